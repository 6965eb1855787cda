"""Types into the plan or the grid of a real window without a pause, and prints what was typed the moment it was typed.

python writer.py STORE plan|grid BEGIN: words or cells get BEGIN, BEGIN + 1, … A line is "<field> <number> <time>".
"""

import os
import sys
import time
import traceback
from pathlib import Path
from typing import NoReturn

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from hoctap_desktop.foundation.clock import fixed_clock
from hoctap_desktop.store.worker import Worker
from hoctap_desktop.ui import theme
from hoctap_desktop.ui.jobs import Jobs
from hoctap_desktop.ui.main_window import MainWindow
from hoctap_desktop.ui.office_facts import read_facts
from hoctap_desktop.ui.plan.page import PlanPage
from hoctap_desktop.ui.report.page import ReportPage
from hoctap_desktop.ui.session import Session
from hoctap_desktop.ui.settings import Settings
from tests.ui.keys import CTRL, press, write
from tests.ui.sessions import NOW

CELLS = ("participants", "leaflets", "books_donated", "banners")
BETWEEN_MS = 25
ROOM = {"plan": "plan", "grid": "report"}


class Writer:
    """One word or cell after another, faster than anyone types."""

    def __init__(self, store: Path, where: str, begin: int) -> None:
        clock = fixed_clock(NOW)
        worker = Worker(store, clock)
        jobs = Jobs(worker)
        facts = worker.submit(read_facts).result()
        session = Session(facts, store, jobs, Settings(store.with_suffix(".ini")), clock)
        self.window = MainWindow(session)
        self.window.show()
        self.window.activateWindow()
        QTest.qWaitForWindowActive(self.window)
        QApplication.processEvents()
        self.window.open_room(ROOM[where])
        jobs.finish()
        self.page = self.window.page(ROOM[where])
        self.number = begin
        if isinstance(self.page, PlanPage):
            QApplication.processEvents()
            editor = self.page.sheets["text"].editor
            assert editor is not None
            self.page.go_field("body", focus=True)
            editor.setFocus()
            press(Qt.Key.Key_A, CTRL)
            press(Qt.Key.Key_Delete)
        self.timer = QTimer()
        self.timer.timeout.connect(self.type_one)
        self.timer.start(BETWEEN_MS)

    def type_one(self) -> None:
        try:
            self._type()
        except Exception:  # noqa: BLE001 - whatever it is, it ends
            _end()

    def _type(self) -> None:
        if isinstance(self.page, ReportPage):
            field = CELLS[self.number % len(CELLS)]
            self.page.go_to(field)
            write(str(self.number))
            press(Qt.Key.Key_Return)
        else:
            field = "body"
            write(f"số {self.number} ")
            if self.number % 10 == 0:
                press(Qt.Key.Key_Return)
        print(field, self.number, time.time(), flush=True)
        self.number += 1


def _end() -> NoReturn:
    """Says why and ends, threads and all: whoever waits for a line sees that none comes."""
    traceback.print_exc()
    sys.stderr.flush()
    os._exit(1)


def main() -> None:
    app = QApplication([])
    theme.apply(app, theme.Theme())
    try:
        writer = Writer(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
        assert writer.page is not None
        QCoreApplication.exec()
    except Exception:  # noqa: BLE001 - whatever it is, it ends
        _end()


if __name__ == "__main__":
    main()
