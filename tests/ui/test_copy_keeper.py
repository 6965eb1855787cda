"""Copies by themselves: once a day, on closing what was changed, never in anybody's way."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.office import filings
from hoctap_desktop.office.office_acts import set_two_persons
from hoctap_desktop.store.copies import content
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission.enrolment import init_key
from hoctap_desktop.ui import copy_keeper, main_window, rooms
from hoctap_desktop.ui.copy_keeper import CopyKeeper, CopyState
from hoctap_desktop.ui.main_window import MainWindow
from tests.ui.conftest import Office


@pytest.fixture
def folder(office: Office, tmp_path: Path) -> Path:
    made = tmp_path / "copies"
    made.mkdir()
    office.session.settings.copies = made
    return made


def opened(office: Office, qtbot: QtBot) -> MainWindow:
    window = MainWindow(office.session, [rooms.room("home"), rooms.room("settings")])
    qtbot.addWidget(window)
    window.show()
    window.open_room("home")
    office.settle()
    return window


def change(office: Office) -> None:
    office.session.save_answers("2022-report", {"participants": 7})
    office.settle()


def test_the_first_look_of_a_day_makes_a_copy_and_the_next_one_none(office: Office, qtbot: QtBot, folder: Path) -> None:
    window = opened(office, qtbot)
    window.copies.daily()
    office.settle()
    assert len(list(folder.iterdir())) == 1
    made = next(folder.iterdir()).stat().st_mtime_ns
    window.copies.daily()
    office.settle()
    assert [path.stat().st_mtime_ns for path in folder.iterdir()] == [made]


def close(office: Office, window: MainWindow) -> None:
    """Closes it, through the dialog that waits where there is one."""
    assert window.close() or window.closing is not None
    office.settle()
    if window.closing is not None:
        window.closing.reject()
        window.close()
        office.settle()


def test_closing_copies_what_was_changed_and_nothing_else(office: Office, qtbot: QtBot, folder: Path) -> None:
    window = opened(office, qtbot)
    close(office, window)
    assert len(list(folder.iterdir())) == 1, "these data were never copied"
    forget(folder)
    window.show()
    close(office, window)
    assert list(folder.iterdir()) == []
    window.show()
    change(office)
    close(office, window)
    assert len(list(folder.iterdir())) == 1


def forget(folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()


# Jobs of the window that write to the store and tell no signal of it.
SILENT: dict[str, Callable[[Store], object]] = {
    "key": lambda store: init_key(store, "mat khau minh hoa", store.clock(), rounds=1),
    "rule": lambda store: set_two_persons(store, on=True),
}


@pytest.mark.parametrize("what", SILENT)
def test_a_write_that_nobody_tells_of_is_copied_on_closing(
    what: str, office: Office, qtbot: QtBot, folder: Path
) -> None:
    window = opened(office, qtbot)
    window.copies.copy()
    office.settle()
    forget(folder)
    office.session.jobs.run(SILENT[what])
    office.settle()
    close(office, window)
    assert len(list(folder.iterdir())) == 1


def test_what_a_killed_program_had_written_is_copied_on_the_next_closing(
    office: Office, qtbot: QtBot, folder: Path
) -> None:
    CopyKeeper.of(office.session).copy()
    change(office)  # and no closing: another window of another process opens the data
    forget(folder)
    window = opened(office, qtbot)
    close(office, window)
    assert len(list(folder.iterdir())) == 1


def test_closing_while_a_copy_is_being_written_copies_what_came_after_it(
    office: Office, qtbot: QtBot, folder: Path
) -> None:
    window = opened(office, qtbot)
    window.copies.copy()
    office.session.jobs.run(SILENT["rule"])
    close(office, window)
    held = office.session.settings.copied
    assert held == office.session.jobs.run(content).result()


def test_a_copy_that_cannot_be_made_is_tried_once_a_closing(
    office: Office, qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opened(office, qtbot)
    change(office)
    tried: list[int] = []
    dialog_is_up = threading.Event()

    def slow(_store: Store, _folder: Path) -> Path:
        tried.append(1)
        dialog_is_up.wait(10)
        raise UserError(Code.COPY_FOLDER_AWAY, file="x")

    monkeypatch.setattr(copy_keeper, "_take", slow)
    monkeypatch.setattr(main_window, "CLOSE_GRACE_S", 0.05)
    window.close()
    assert window.closing is not None
    dialog_is_up.set()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=5000)
    assert tried == [1]


def test_a_copy_that_fails_is_told_and_the_window_closes_all_the_same(
    office: Office, qtbot: QtBot, folder: Path
) -> None:
    window = opened(office, qtbot)
    folder.rmdir()
    window.copies.copy()
    office.settle()
    assert "Không thấy thư mục bản sao" in window.banners.texts()["copies"]
    assert office.session.settings.copy_failed
    change(office)
    assert window.close() or window.closing is not None
    office.settle()
    folder.mkdir()
    window.show()
    window.copies.copy()
    office.settle()
    assert "copies" not in window.banners.texts()
    assert office.session.settings.copy_failed == ""
    window.close()


def test_no_folder_and_sample_data_mean_no_copy(office: Office, qtbot: QtBot, tmp_path: Path) -> None:
    keeper = CopyKeeper.of(office.session)
    assert CopyKeeper.of(office.session) is keeper
    told: list[CopyState] = []
    keeper.told.connect(told.append)
    keeper.daily()
    keeper.copy()
    office.settle()
    assert told == []
    office.session.sample = True
    office.session.settings.copies = tmp_path
    keeper.daily()
    change(office)
    keeper.before_close()
    office.settle()
    assert list(tmp_path.glob("*.htsao")) == []


def test_what_is_no_autosave_is_copied_on_closing_too(office: Office, qtbot: QtBot, folder: Path) -> None:
    window = opened(office, qtbot)
    office.session.jobs.run(
        lambda store: filings.finalise(store, "2022-report"), lambda f: office.session.changed.emit(f.id)
    )
    office.settle()
    assert window.close() or window.closing is not None
    office.settle()
    assert len(list(folder.iterdir())) == 1
    if window.closing is not None:
        window.closing.reject()
        window.close()
