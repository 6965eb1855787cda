"""Copies by themselves: once a day, on closing what was changed, never in anybody's way."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from hoctap_desktop.office import filings
from hoctap_desktop.ui import rooms
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


def test_closing_copies_what_was_changed_and_nothing_else(office: Office, qtbot: QtBot, folder: Path) -> None:
    window = opened(office, qtbot)
    assert window.close()
    assert list(folder.iterdir()) == []
    window.show()
    change(office)
    assert window.close() or window.closing is not None
    office.settle()
    assert len(list(folder.iterdir())) == 1
    if window.closing is not None:
        window.closing.reject()
        window.close()


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
