"""The start of the program: first page or last office, quick, and alone."""

import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from hoctap_desktop.app import Program
from hoctap_desktop.foundation.clock import VIETNAM, fixed_clock
from hoctap_desktop.office.sample import make_sample
from hoctap_desktop.ui.first_run.window import FirstRunWindow
from hoctap_desktop.ui.main_window import MainWindow
from hoctap_desktop.ui.settings import Settings

CLOCK = fixed_clock(datetime(2022, 10, 12, 10, 32, 5, tzinfo=VIETNAM))
HEAVY = ("reportlab", "openpyxl", "sqlite_utils", "cryptography", "docx", "lxml", "numpy")

AFTER_FIRST_PAINT = """
import sys
from pathlib import Path
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from hoctap_desktop import app as program
from hoctap_desktop.ui.guarded import guarded

heavy = sys.argv[2].split(",")
made = program.make_application([])

class Painted(QObject):
    @guarded(False)
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget) and watched.objectName() == sys.argv[1]:
            print("loaded:" + ",".join(name for name in heavy if name in sys.modules), flush=True)
            made.removeEventFilter(self)
            QTimer.singleShot(0, made.closeAllWindows)
            QTimer.singleShot(0, made.quit)
        return False

watch = Painted()
made.installEventFilter(watch)
program.make_application = lambda arguments: made
sys.exit(program.run([]))
"""


def shown(program: Program) -> QWidget:
    """The window that is up now."""
    assert program.window is not None
    return program.window


@pytest.mark.parametrize("window", ["first", "main"])
def test_after_first_paint_no_heavy_library_is_loaded(window: str, tmp_path: Path, repository: Path) -> None:
    data = tmp_path / "hoctap"
    data.mkdir()
    if window == "main":
        store = data / "a.hoctap"
        made = make_sample(store, CLOCK)
        made.close()
        settings = Settings(data / "settings.ini")
        settings.store = store
        settings.sync()
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": str(repository / "src"),
        "XDG_DATA_HOME": str(tmp_path),
        "LOCALAPPDATA": str(tmp_path),
    }
    ended = subprocess.run(
        [sys.executable, "-c", AFTER_FIRST_PAINT, window, ",".join(HEAVY)],
        capture_output=True,
        text=True,
        env=environment,
        timeout=60,
        check=False,
    )
    assert (ended.returncode, ended.stdout.strip()) == (0, "loaded:"), ended.stderr


def test_without_data_the_first_page_comes_and_leads_into_the_window(
    qtbot: QtBot, tmp_path: Path, qapp: QApplication
) -> None:
    settings = Settings(tmp_path / "settings.ini")
    program = Program(settings, CLOCK)
    program.start()
    first = shown(program)
    assert isinstance(first, FirstRunWindow)
    store = tmp_path / "a.hoctap"
    make_sample(store, CLOCK).close()
    program.open_office(store)
    qtbot.waitUntil(lambda: isinstance(shown(program), MainWindow))
    assert settings.store == store
    window = shown(program)
    assert isinstance(window, MainWindow)
    assert not shiboken6.isValid(first) or not first.isVisible()
    window.session.leave_office.emit()
    qtbot.waitUntil(lambda: isinstance(shown(program), FirstRunWindow))
    assert Settings(tmp_path / "settings.ini").store is None
    assert qapp.quitOnLastWindowClosed()
    qtbot.addWidget(shown(program))
    program.end()


def test_data_that_cannot_be_opened_lead_to_the_first_page_with_the_reason(qtbot: QtBot, tmp_path: Path) -> None:
    store = tmp_path / "not-ours.hoctap"
    store.write_bytes(b"%PDF-1.7 something else" + b"0" * 200)
    settings = Settings(tmp_path / "settings.ini")
    settings.store = store
    program = Program(settings, CLOCK)
    program.start()
    qtbot.waitUntil(lambda: isinstance(shown(program), FirstRunWindow))
    window = shown(program)
    assert isinstance(window, FirstRunWindow)
    qtbot.addWidget(window)
    dialog = window.problems.shown()
    assert dialog is not None
    assert dialog.said.details.startswith("store_foreign")
    dialog.reject()
    program.end()
