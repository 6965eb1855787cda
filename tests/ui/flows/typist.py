"""Types into the report page of a real window without end, and prints each change once the window has acknowledged it.

python typist.py STORE BEGIN: fields get BEGIN, BEGIN + 1, … in turn, by keys. A line is "<field> <number>".
"""

import os
import sys
from collections import deque
from pathlib import Path

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
from hoctap_desktop.ui.report.page import ReportPage
from hoctap_desktop.ui.session import Session
from hoctap_desktop.ui.settings import Settings
from tests.ui.keys import CTRL, NONE, press, write
from tests.ui.sessions import NOW

FIELDS = ("participants", "leaflets", "direction", "funding.state", "books_donated", "launch")
LONG = ("direction", "launch")


class Typist:
    """One change after another; the next one is typed whether or not the last one is acknowledged yet."""

    def __init__(self, store: Path, begin: int) -> None:
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
        self.window.open_room("report")
        jobs.finish()
        page = self.window.page("report")
        assert isinstance(page, ReportPage)
        self.page = page
        self.number = begin
        self.typed: deque[tuple[str, int]] = deque()
        session.saved.connect(self.acknowledged)
        self.timer = QTimer()
        self.timer.timeout.connect(self.type_one)
        self.timer.start(0)

    def type_one(self) -> None:
        field = FIELDS[self.number % len(FIELDS)]
        self.page.go_to(field)
        long = field in LONG
        if long or field == "funding.state":
            press(Qt.Key.Key_A, CTRL)
        write(f"so {self.number}" if long else str(self.number))
        self.typed.append((field, self.number))
        press(Qt.Key.Key_Return, CTRL if long else NONE)
        self.number += 1

    def acknowledged(self, _at: object) -> None:
        """Saves come back in the order they were given."""
        if self.window.top.saved.text().startswith("Đã lưu"):
            field, number = self.typed.popleft()
            print(field, number, flush=True)


def main() -> None:
    app = QApplication([])
    theme.apply(app, theme.Theme())
    typist = Typist(Path(sys.argv[1]), int(sys.argv[2]))
    assert typist.page is not None
    QCoreApplication.exec()


if __name__ == "__main__":
    main()
