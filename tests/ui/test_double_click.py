"""A sealed file named at the start: the window that opens says what it is, or the one that is open already."""

import os
import subprocess
import sys
from pathlib import Path

from pytestqt.qtbot import QtBot

from hoctap_desktop.app import Program
from hoctap_desktop.office.sample import make_sample
from hoctap_desktop.ui.letterbox import Letterbox
from hoctap_desktop.ui.main_window import MainWindow
from hoctap_desktop.ui.settings import Settings
from tests.offices import CLOCK
from tests.submission.packages import sealed


def test_the_window_opens_on_the_file(qtbot: QtBot, tmp_path: Path) -> None:
    store, file = tmp_path / "a.hoctap", tmp_path / "gui.htgoi"
    make_sample(store, CLOCK).close()
    file.write_bytes(sealed().data)
    settings = Settings(tmp_path / "settings.ini")
    settings.store = store
    program = Program(settings, CLOCK)
    program.open_file(file)
    program.start()
    qtbot.waitUntil(lambda: isinstance(program.window, MainWindow) and program.window.opener.dialog is not None)
    window = program.window
    assert isinstance(window, MainWindow)
    assert window.opener.dialog is not None
    assert window.opener.dialog.accessibleName() == "Gói nộp của UBND xã Hà Thượng"
    window.opener.dialog.reject()

    # another start of the program finds the data in use and hands its file over
    program.listen(Letterbox(tmp_path / "opening"))
    second = Program(settings, CLOCK)
    second.listen(Letterbox(tmp_path / "opening"))
    second.open_file(tmp_path / "khac.htgoi")
    second.start()
    qtbot.waitUntil(lambda: window.opener.dialog is not None)
    assert window.opener.dialog is not None
    assert window.opener.dialog.accessibleName() == "Không mở được «khac.htgoi»"
    window.opener.dialog.reject()
    assert second.window is None
    qtbot.addWidget(window)
    window.close()
    program.end()


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
