"""A sealed file named at the start: the window that opens says what it is, or the one that is open already."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from hoctap_desktop.app import Program
from hoctap_desktop.office.sample import make_sample
from hoctap_desktop.ui.first_run.window import FirstRunWindow
from hoctap_desktop.ui.letterbox import Letterbox
from hoctap_desktop.ui.main_window import MainWindow
from hoctap_desktop.ui.settings import Settings
from hoctap_desktop.ui.widgets.dialog import Dialog
from tests.offices import CLOCK
from tests.submission.packages import sealed


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    """The program with an office to open, ended whatever the test met."""
    store = tmp_path / "a.hoctap"
    make_sample(store, CLOCK).close()
    settings = Settings(tmp_path / "settings.ini")
    settings.store = store
    program = Program(settings, CLOCK)
    yield program
    leave(program)


def leave(program: Program) -> None:
    """In this order, as the window goes in the program: its jobs end before it does."""
    window = program.window
    program.end()
    if window is not None:
        window.close()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def dialog_of(program: Program, qtbot: QtBot) -> Dialog:
    def there() -> bool:
        return isinstance(program.window, MainWindow) and program.window.opener.dialog is not None

    qtbot.waitUntil(there, timeout=20_000)
    window = program.window
    assert isinstance(window, MainWindow)
    assert window.opener.dialog is not None
    return window.opener.dialog


def test_the_window_opens_on_the_file(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "gui.htgoi"
    file.write_bytes(sealed().data)
    program.open_file(file)
    program.start()
    dialog = dialog_of(program, qtbot)
    assert dialog.accessibleName() == "Gói nộp của UBND xã Hà Thượng"
    dialog.reject()

    # another start of the program finds the data in use and hands its file over
    program.listen(Letterbox(tmp_path / "opening"))
    second = Program(Settings(tmp_path / "settings.ini"), CLOCK)
    second.listen(Letterbox(tmp_path / "opening"))
    second.open_file(tmp_path / "khac.htgoi")
    second.start()
    dialog = dialog_of(program, qtbot)
    assert dialog.accessibleName() == "Không mở được «khac.htgoi»"
    dialog.reject()
    assert second.window is None
    second.end()


def test_a_second_start_goes_and_the_open_window_comes_up(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    program.listen(Letterbox(tmp_path / "opening"))
    program.start()
    qtbot.waitUntil(lambda: isinstance(program.window, MainWindow), timeout=20_000)
    assert program.window is not None
    program.window.showMinimized()
    second = Program(Settings(tmp_path / "settings.ini"), CLOCK)
    second.listen(Letterbox(tmp_path / "opening"))
    with qtbot.waitSignal(second.done, timeout=20_000):
        second.start()
    assert second.window is None  # no first page, as though there were no data
    second.end()
    assert not program.window.isMinimized()


def test_data_in_use_by_nobody_who_answers_are_said_to_be_in_use(
    program: Program, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hoctap_desktop.app._ANSWER_S", 0.1)
    program.start()
    qtbot.waitUntil(lambda: isinstance(program.window, MainWindow), timeout=20_000)
    second = Program(Settings(tmp_path / "settings.ini"), CLOCK)
    second.listen(Letterbox(tmp_path / "opening"))
    second.start()
    qtbot.waitUntil(lambda: isinstance(second.window, FirstRunWindow), timeout=20_000)
    assert list((tmp_path / "opening").iterdir()) == []
    leave(second)


def test_a_file_on_the_command_line_asks_for_a_window(tmp_path: Path, repository: Path) -> None:
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    start = "import sys; sys.platform = 'linux'; from hoctap_desktop.__main__ import main; sys.exit(main(sys.argv[1:]))"
    ended = subprocess.run(
        [sys.executable, "-c", start, str(tmp_path / "A.HTGOI")],
        capture_output=True,
        text=True,
        env={**environment, "PYTHONPATH": str(repository / "src")},
        timeout=60,
        check=False,
    )
    assert (ended.returncode, "không có màn hình" in ended.stderr) == (1, True)
