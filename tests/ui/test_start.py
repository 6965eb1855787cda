"""The start of the program: first page or last office, quick, and alone."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from hoctap_desktop.__main__ import NO_SCREEN, has_screen
from hoctap_desktop.app import Program
from hoctap_desktop.filing.model import Status
from hoctap_desktop.filing.repository import find
from hoctap_desktop.foundation.clock import VIETNAM, fixed_clock
from hoctap_desktop.office import filings
from hoctap_desktop.office.safekeeping import back_up
from hoctap_desktop.office.sample import make_sample
from hoctap_desktop.store.database import Store, open_store
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
    passing = tmp_path / "tmp"
    killed = passing / "hoctap-mau-killed"
    killed.mkdir(parents=True)
    (killed / "05812.hoctap").write_bytes(b"sample data of a program that was killed")
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": str(repository / "src"),
        "HOME": str(tmp_path),
        "XDG_DATA_HOME": str(tmp_path),
        "LOCALAPPDATA": str(tmp_path),
        "TMPDIR": str(passing),
        "TEMP": str(passing),
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
    assert not killed.exists()


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


def leave(program: Program, window: MainWindow, qtbot: QtBot) -> None:
    """As a person does: the window is closed, with its copy, then the program ends."""
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=20_000)
    program.end()
    window.deleteLater()


def foreign(store: Path) -> None:
    store.write_bytes(b"%PDF-1.7 something else" + b"0" * 200)


def newer(store: Path) -> None:
    """The number of SQLite's user version is that of a program to come."""
    make_sample(store, CLOCK).close()
    raw = bytearray(store.read_bytes())
    raw[60:64] = (1000).to_bytes(4, "big")
    store.write_bytes(raw)


@pytest.mark.parametrize(
    ("prepare", "code", "words"),
    [
        (foreign, "store_foreign", "Tệp không phải dữ liệu của chương trình"),
        (newer, "store_newer", "Dữ liệu do bản chương trình mới hơn ghi"),
        (lambda _store: None, "store_missing", "Không thấy tệp dữ liệu"),
        (Path.mkdir, "store_missing", "Không thấy tệp dữ liệu"),
        (lambda store: make_sample(store, CLOCK), "store_in_use", "Dữ liệu đang mở ở cửa sổ khác"),
    ],
    ids=["foreign", "newer", "missing", "folder", "in use"],
)
def test_data_that_cannot_be_opened_lead_to_the_first_page_with_the_reason(
    qtbot: QtBot, tmp_path: Path, prepare: Callable[[Path], Store | None], code: str, words: str
) -> None:
    store = tmp_path / "a.hoctap"
    held = prepare(store)
    settings = Settings(tmp_path / "settings.ini")
    settings.store = store
    program = Program(settings, CLOCK)
    program.start()
    qtbot.waitUntil(lambda: isinstance(program.window, FirstRunWindow))
    window = shown(program)
    assert isinstance(window, FirstRunWindow)
    qtbot.addWidget(window)
    dialog = window.problems.shown()
    assert dialog is not None
    assert dialog.said.title == words
    assert dialog.said.details.startswith(code)
    assert settings.store == store  # once the cause is gone, the next start opens it
    dialog.reject()
    program.end()
    if held is not None:
        held.close()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a screen")
def test_without_any_screen_one_sentence_names_the_command_line(repository: Path, tmp_path: Path) -> None:
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    environment |= {"PYTHONPATH": str(repository / "src"), "XDG_DATA_HOME": str(tmp_path)}
    ended = subprocess.run(
        [sys.executable, "-m", "hoctap_desktop"],
        capture_output=True,
        encoding="utf-8",
        env=environment,
        timeout=60,
        check=False,
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (1, "", NO_SCREEN + "\n")


@pytest.mark.parametrize(
    ("platform", "environ", "screen"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("linux", {"QT_QPA_PLATFORM": "offscreen"}, True),
        ("win32", {}, True),
    ],
)
def test_a_screen_is_looked_for_only_where_one_may_be_missing(
    platform: str, environ: dict[str, str], screen: bool
) -> None:
    assert has_screen(platform, environ) is screen


def tree(folder: Path) -> dict[str, bytes]:
    """Everything in a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("leave", ["by the banner", "by closing the window"])
def test_sample_data_are_left_without_a_trace(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, leave: str
) -> None:
    passing = tmp_path / "tmp"
    passing.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(passing))
    data = tmp_path / "data"
    monkeypatch.setenv("XDG_DATA_HOME", str(data))
    monkeypatch.setenv("LOCALAPPDATA", str(data))
    settings = Settings(tmp_path / "settings.ini")
    settings.sync()
    before = tree(tmp_path)
    program = Program(settings, CLOCK)
    program.start()
    first = shown(program)
    assert isinstance(first, FirstRunWindow)
    first.open_sample("05812")
    qtbot.waitUntil(lambda: isinstance(shown(program), MainWindow), timeout=20_000)
    window = shown(program)
    assert isinstance(window, MainWindow)
    session = window.session
    assert session.sample
    assert "dữ liệu mẫu" in window.banners.texts()["sample"]
    assert [path.name[:11] for path in passing.iterdir()] == ["hoctap-mau-"]
    session.settings.text_size = 130
    session.save_answers("2022-report", {"participants": 7})
    session.jobs.finish()
    if leave == "by the banner":
        session.leave_office.emit()
        qtbot.waitUntil(lambda: isinstance(shown(program), FirstRunWindow))
    else:
        assert window.close()
    qtbot.addWidget(shown(program))
    program.end()
    assert tree(tmp_path) == before
    assert list(passing.iterdir()) == []
    assert (settings.store, settings.text_size) == (None, 100)


def test_a_copy_put_back_from_thiet_lap_opens_as_it_was_then(qtbot: QtBot, tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.ini")
    path = tmp_path / "a.hoctap"
    made = make_sample(path, CLOCK)
    copy = back_up(made, tmp_path / "x.htsao")
    filings.finalise(made, "2022-report")
    made.close()
    settings.store = path
    program = Program(settings, CLOCK)
    program.start()
    qtbot.waitUntil(lambda: isinstance(program.window, MainWindow))
    window = shown(program)
    assert isinstance(window, MainWindow)
    window.session.restore_wanted.emit(copy)
    qtbot.waitUntil(lambda: isinstance(program.window, MainWindow) and program.window is not window, timeout=20_000)
    again = shown(program)
    assert isinstance(again, MainWindow)
    said = again.banners.texts()["restored"]
    (kept,) = tmp_path.glob("a.hoctap.truoc-khoi-phuc-*[0-9]")
    assert said.startswith("Đã khôi phục dữ liệu lúc ")
    assert f"«{kept.name}»" in said
    program.end()
    qtbot.addWidget(again)
    store = open_store(path, CLOCK)
    assert find(store, "2022-report").status is Status.DRAFT  # type: ignore[union-attr]
    store.close()
    assert len(list(tmp_path.glob("a.hoctap.truoc-khoi-phuc-*"))) >= 1


def test_data_without_a_folder_for_copies_get_the_usual_one_and_trang_chinh_says_where(
    qtbot: QtBot, tmp_path: Path
) -> None:
    settings = Settings(tmp_path / "settings.ini")
    settings.store = tmp_path / "a.hoctap"  # as `hoctap restore` leaves them: no first page was gone through
    make_sample(settings.store, CLOCK).close()
    folder = tmp_path / "documents" / "copies"
    program = Program(settings, CLOCK, folder)
    program.start()
    qtbot.waitUntil(lambda: bool(list(folder.glob("*.htsao"))), timeout=20_000)
    assert settings.copies == folder
    window = shown(program)
    assert isinstance(window, MainWindow)
    said = f"Bản sao hằng ngày trên máy này để ở «{folder}»; đổi trong Thiết lập."
    assert window.banners.texts()["copies begun"] == said
    leave(program, window, qtbot)


def test_data_that_can_have_no_folder_for_copies_say_so_on_trang_chinh(qtbot: QtBot, tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.ini")
    settings.store = tmp_path / "a.hoctap"
    make_sample(settings.store, CLOCK).close()
    (tmp_path / "documents").write_bytes(b"a file where a folder would be")
    program = Program(settings, CLOCK, tmp_path / "documents" / "copies")
    program.start()
    qtbot.waitUntil(
        lambda: isinstance(program.window, MainWindow) and "copies" in program.window.banners.texts(), timeout=20_000
    )
    window = shown(program)
    assert isinstance(window, MainWindow)
    assert window.banners.texts()["copies"] == "Chưa chọn thư mục bản sao, máy chưa tự sao lưu."
    assert settings.copies is None
    settings.copies = tmp_path
    window.copies.copy()
    qtbot.waitUntil(lambda: "copies" not in window.banners.texts(), timeout=20_000)
    leave(program, window, qtbot)


def test_a_copy_that_is_none_is_refused_and_the_office_opens_again(qtbot: QtBot, tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.ini")
    settings.store = tmp_path / "a.hoctap"
    make_sample(settings.store, CLOCK).close()
    bad = tmp_path / "x.htsao"
    bad.write_bytes(b"nothing")
    program = Program(settings, CLOCK)
    program.start()
    qtbot.waitUntil(lambda: isinstance(program.window, MainWindow))
    window = shown(program)
    assert isinstance(window, MainWindow)
    window.session.restore_wanted.emit(bad)
    qtbot.waitUntil(lambda: isinstance(program.window, FirstRunWindow) and program.window.problems.shown() is not None)
    first = shown(program)
    assert isinstance(first, FirstRunWindow)
    dialog = first.problems.shown()
    assert dialog is not None
    dialog.reject()
    qtbot.waitUntil(lambda: isinstance(program.window, MainWindow))
    program.end()
    qtbot.addWidget(shown(program))


@pytest.mark.parametrize(("year", "told"), [(2019, True), (2022, False), (2031, False)])
def test_a_clock_that_stands_before_what_was_written_is_told(
    qtbot: QtBot, tmp_path: Path, year: int, told: bool
) -> None:
    settings = Settings(tmp_path / "settings.ini")
    settings.store = tmp_path / "a.hoctap"
    make_sample(settings.store, CLOCK).close()
    program = Program(settings, fixed_clock(datetime(year, 10, 12, 10, 40, tzinfo=VIETNAM)))
    program.start()
    qtbot.waitUntil(lambda: isinstance(program.window, MainWindow))
    window = shown(program)
    assert isinstance(window, MainWindow)
    said = window.banners.texts().get("clock", "")
    assert said.startswith("Máy đang để ngày 12/10/2019, trước lần ghi gần nhất (12/10/2022).") is told
    assert bool(said) is told
    program.end()
    qtbot.addWidget(window)
