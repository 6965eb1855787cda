"""The watched folder in the window: offered, taken on a press, never before; quiet when it is away."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hoctap_desktop.consolidation import desk as desks
from hoctap_desktop.consolidation import inbox, repository
from hoctap_desktop.foundation.progress import Cancelled
from hoctap_desktop.ui import files
from hoctap_desktop.ui.consolidation.inbox_dialog import InboxDialog
from hoctap_desktop.ui.consolidation.inbox_watch import InboxWatch
from hoctap_desktop.ui.consolidation.receive_page import ReceivePage
from hoctap_desktop.ui.settings_page.page import SettingsPage
from tests.ui.conftest import Office, OpenOffice
from tests.ui.consolidation import papers
from tests.ui.consolidation.conftest import accept_keys, on_screen


@pytest.fixture
def page(upper: Office, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[ReceivePage]:
    """Tiếp nhận, where a look needs no pause before the next one."""
    monkeypatch.setattr(inbox, "STILL_AFTER_S", 0.0)
    upper.worker.submit(lambda store: accept_keys(store, papers.NAMES)).result()
    yield on_screen(ReceivePage(upper.session), upper, qtbot)
    upper.settle()


def watched(page: ReceivePage, office: Office, folder: Path) -> InboxWatch:
    page.inbox.set_folder(folder)
    for _ in range(4):
        office.settle()
        page.inbox._look()
    office.settle()
    return page.inbox


def taken(office: Office) -> int:
    return len(office.worker.submit(lambda store: repository.reported(store, "2022")).result())


def test_new_files_are_offered_and_taken_only_when_asked(page: ReceivePage, upper: Office, stick: Path) -> None:
    watch = watched(page, upper, stick)
    assert len(watch.new) == 4
    assert page.banners.texts()["inbox"] == "4 tệp mới trong thư mục nhận «usb»."
    assert upper.session.count("receive") == 4
    assert taken(upper) == 0
    assert page.empty.button is not None
    QTest.keyClick(page.empty.button, Qt.Key.Key_F5)
    upper.settle()
    assert taken(upper) == 4
    assert page.turn.whole() == "Lượt chiều 14/10/2022, từ thư mục nhận, 4 tệp"
    page.inbox._look()
    upper.settle()
    assert "inbox" not in page.banners.texts()
    assert len(list(stick.iterdir())) == 4


def test_files_taken_after_the_watched_ones_were_given_up_are_not_told_as_theirs(
    page: ReceivePage, upper: Office, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched(page, upper, stick)
    with monkeypatch.context() as stopped:

        def stop(*_asked: object, **_more: object) -> object:
            raise Cancelled

        stopped.setattr(desks, "locked", stop)
        page.take_new()
        upper.settle()
    page.take_in([stick])
    upper.settle()
    assert taken(upper) == 4
    assert "từ thư mục nhận" not in page.turn.whole()


def test_after_a_restart_nothing_that_was_judged_is_offered(page: ReceivePage, upper: Office, stick: Path) -> None:
    watched(page, upper, stick)
    page.take_new()
    upper.settle()
    again = InboxWatch(upper.session)  # as a window opened later makes it
    for _ in range(2):
        again._look()
        upper.settle()
    assert (again.folder, again.new, again.moving) == (stick, (), 0)
    papers.put(stick, papers.report(papers.NAMES[0], 2))
    for _ in range(3):
        again._look()
        upper.settle()
    assert [path.name for path in again.new] == [papers.report(papers.NAMES[0], 2).name]


def test_a_turn_that_was_put_back_is_offered_again(page: ReceivePage, upper: Office, stick: Path) -> None:
    watched(page, upper, stick)
    page.take_new()
    upper.settle()
    page._undo()
    upper.settle()
    page.inbox._look()
    upper.settle()
    assert len(page.inbox.new) == 4


def test_a_folder_that_is_pulled_away_is_said_quietly(page: ReceivePage, upper: Office, tmp_path: Path) -> None:
    away = tmp_path / "E"
    watch = watched(page, upper, away)
    assert watch.gone
    assert page.banners.texts() == {}
    assert page.zone.accessibleName().endswith(f"Không thấy thư mục nhận «{away}». Cắm lại USB hoặc chọn thư mục khác.")
    papers.put(away, papers.report(papers.NAMES[0]))
    for _ in range(3):
        watch._look()
        upper.settle()
    assert len(watch.new) == 1


def test_a_file_that_is_still_copied_is_waited_for(page: ReceivePage, upper: Office, tmp_path: Path) -> None:
    folder = papers.put(tmp_path / "nhan", papers.report(papers.NAMES[0]))
    page.inbox.set_folder(folder)
    page.session.jobs.finish()
    assert (page.inbox.new, page.inbox.moving) == ((), 1)
    assert "1 tệp còn đang chép" in page.zone.accessibleName()
    upper.settle()
    page.inbox._look()
    upper.settle()
    assert len(page.inbox.new) == 1


def test_the_dialog_says_what_is_watched_and_lets_it_go(page: ReceivePage, upper: Office, stick: Path) -> None:
    assert isinstance(page.ask_inbox(), InboxDialog)
    watched(page, upper, stick)
    dialog = page.ask_inbox()
    assert isinstance(dialog, InboxDialog)
    assert dialog.said.text() == f"Đang theo dõi: {stick}"
    dialog.stop.click()
    upper.settle()
    assert (page.inbox.folder, page.inbox.new) == (None, ())
    assert "inbox" not in page.banners.texts()


def test_the_folder_is_chosen_in_the_settings_too(
    upper: Office, open_office: OpenOffice, stick: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "STILL_AFTER_S", 0.0)
    settings = SettingsPage(upper.session)
    qtbot.addWidget(settings)
    settings.enter("data")
    upper.settle()
    monkeypatch.setattr(files, "choose_folder", lambda _page, then: then([stick]))
    settings.data.buttons["Thư mục nhận"].click()
    dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, InboxDialog))
    dialog.choose.click()
    upper.settle()
    assert InboxWatch.of(upper.session).folder == stick
    school = open_office("05812-TH")
    alone = SettingsPage(school.session)
    qtbot.addWidget(alone)
    assert "Thư mục nhận" not in alone.data.buttons
