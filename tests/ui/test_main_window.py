"""The window: rooms, keys, narrow and wide, saving that fails, closing that loses nothing."""

import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from hoctap_desktop.filing import repository
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.office import filings
from hoctap_desktop.store.database import Store
from hoctap_desktop.ui import main_window
from hoctap_desktop.ui.closing_dialog import UnsavedDialog
from hoctap_desktop.ui.help_dialog import HelpDialog
from hoctap_desktop.ui.main_window import FIRST_SIZE, MainWindow
from hoctap_desktop.ui.office_facts import read_facts
from hoctap_desktop.ui.page import Page, Room
from hoctap_desktop.ui.session import OfficeFacts, Session
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.fields import TextField
from hoctap_desktop.ui.widgets.panes import TitleRow
from hoctap_desktop.ui.window_frame import window_title
from tests.ui.conftest import Office, OpenOffice


class Plain(Page):
    """A page with one field; notes what the window asks of it."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.row = TitleRow("Trang thử")
        self.column.addWidget(self.row)
        self.field = TextField("Họ tên")
        self.column.addWidget(self.field)
        self.column.addStretch(1)
        self.events: list[object] = []
        self.field.left.connect(lambda text: self.events.append(("left", text)))

    def enter(self, argument: object = None) -> None:
        self.events.append(("enter", argument))

    def leave(self) -> None:
        self.events.append("leave")

    def set_narrow(self, narrow: bool) -> None:
        self.events.append(("narrow", narrow))

    def first_focus(self) -> QWidget:
        return self.field.edit

    def panes(self) -> tuple[QWidget, ...]:
        return (self.field.edit,)


class Folding(Plain):
    """A page whose title row takes the saved label in."""

    def saved_place(self):  # type: ignore[no-untyped-def]
        return self.row.fold


ROOMS = (
    Room("home", "house", "Trang chính", Plain),
    Room("plan", "file-pen-line", "Kế hoạch", Folding),
    Room("board", "list-checks", "Theo dõi", Plain, group="below"),
    Room("print", "printer", "In", Plain, group="hidden", under="plan"),
    Room("settings", "settings", "Thiết lập", Plain, group="foot"),
)


def made(office: Office, qtbot: QtBot, width: int = 1366, height: int = 696) -> MainWindow:
    window = MainWindow(office.session, ROOMS)
    qtbot.addWidget(window)
    window.resize(width, height)
    window.show()
    window.open_room("home")
    office.settle()
    return window


def page(window: MainWindow, id: str) -> Plain:
    found = window.page(id)
    assert isinstance(found, Plain)
    return found


def test_the_title_names_the_unit(office: Office, qtbot: QtBot) -> None:
    assert made(office, qtbot).windowTitle() == "Tuần lễ học tập suốt đời – UBND xã Hà Thượng, huyện Đại Từ"
    assert window_title("Sở GDĐT", "") == "Tuần lễ học tập suốt đời – Sở GDĐT"
    province = "Sở GDĐT tỉnh Thái Nguyên", "tỉnh Thái Nguyên"
    assert window_title(*province) == "Tuần lễ học tập suốt đời – Sở GDĐT, tỉnh Thái Nguyên"


def test_rooms_for_units_below_stand_only_where_there_are_some(open_office: OpenOffice, qtbot: QtBot) -> None:
    commune = made(open_office(), qtbot)
    assert [room.id for room in commune.visible_rooms()] == ["home", "plan"]
    upper = made(open_office("19-171-GDDT"), qtbot)
    assert [room.id for room in upper.visible_rooms()] == ["home", "plan", "board"]


def test_alt_and_a_number_opens_a_room_and_tells_the_page_that_goes(office: Office, qtbot: QtBot) -> None:
    window = made(office, qtbot)
    home = page(window, "home")
    home.field.edit.setText("Đặng Văn Thi")
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert window.open_page() is page(window, "plan")
    assert home.events[-2:] == [("left", "Đặng Văn Thi"), "leave"]
    assert QApplication.focusWidget() is page(window, "plan").field.edit


def test_a_hidden_room_marks_the_one_it_belongs_to(office: Office, qtbot: QtBot) -> None:
    window = made(office, qtbot)
    office.session.navigate.emit("print", "2022-plan")
    assert page(window, "print").events == [("narrow", False), ("enter", "2022-plan")]
    assert window.sidebar.rooms.currentIndex().row() == 1


def test_the_keyboard_is_seen_in_the_sidebar_where_no_room_of_it_is_open(office: Office, qtbot: QtBot) -> None:
    window = made(office, qtbot)
    side = window.sidebar.rooms
    window.open_room("settings")
    side.setFocus()
    assert (side.opened, side.currentIndex().row()) == ("", 0)
    qtbot.keyClick(side, Qt.Key.Key_Down)
    assert (side.currentIndex().row(), side.selectedIndexes()) == (1, [])
    qtbot.keyClick(side, Qt.Key.Key_Return)
    assert (side.opened, window.sidebar.foot.opened) == ("plan", "")
    qtbot.keyClick(window, Qt.Key.Key_F6)
    side.setFocus()
    qtbot.keyClick(side, Qt.Key.Key_Up)
    assert side.opened == "plan"  # moving does not open, and does not look as if it did


def test_going_to_a_room_that_is_not_there_stays(office: Office, qtbot: QtBot) -> None:
    window = made(office, qtbot)
    office.session.navigate.emit("receipts", None)
    assert window.open_page() is page(window, "home")


def test_f6_walks_from_pane_to_pane(office: Office, qtbot: QtBot) -> None:
    window = made(office, qtbot)
    assert QApplication.focusWidget() is page(window, "home").field.edit
    qtbot.keyClick(window, Qt.Key.Key_F6)
    assert QApplication.focusWidget() is window.sidebar.rooms
    qtbot.keyClick(window, Qt.Key.Key_F6)
    assert QApplication.focusWidget() is page(window, "home").field.edit


def test_f1_opens_the_help_of_the_page(office: Office, qtbot: QtBot) -> None:
    window = made(office, qtbot)
    window.open_room("plan")
    qtbot.keyClick(window, Qt.Key.Key_F1)
    dialog = window.findChild(HelpDialog)
    assert dialog is not None
    assert dialog.shown()[0] == "plan"
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)


def test_under_1180_the_sidebar_is_icons_and_pages_are_told(office: Office, qtbot: QtBot) -> None:
    window = made(office, qtbot, 1000, 500)
    assert window.is_narrow()
    assert window.sidebar.width() == 55
    assert window.top.isVisible()
    assert ("narrow", True) in page(window, "home").events
    window.open_room("plan")
    assert not window.top.isVisible()
    office.session.saved.emit(office.session.now())
    assert window.top.saved.isVisible()
    window.resize(1366, 696)
    assert window.top.isVisible()
    assert window.top.isAncestorOf(window.top.saved)
    assert page(window, "plan").events[-1] == ("narrow", False)


def test_the_saved_time_is_said_only_after_the_job_came_back(office: Office, qtbot: QtBot) -> None:
    window = made(office, qtbot)
    changed: list[str] = []
    office.session.changed.connect(changed.append)
    office.session.save(lambda store: store.path, filing="2022-plan")
    assert window.top.saved.text() == "Đang lưu"
    office.settle()
    assert window.top.saved.text() == "Đã lưu lúc 10:32:05"
    assert changed == ["2022-plan"]


def test_a_save_that_failed_stays_in_a_banner_until_it_is_written(office: Office, qtbot: QtBot) -> None:
    window = made(office, qtbot)
    tries: list[int] = []

    def job(_store: Store) -> None:
        tries.append(1)
        if len(tries) <= 3:
            raise UserError(Code.DISK_FULL, file="a.hoctap")

    office.session.save(job)
    office.settle()
    assert window.top.saved.text() == "Chưa lưu được"
    assert "Ổ đĩa đã đầy" in window.banners.texts()["save"]
    assert not window.close()  # tried again, in vain: closing asks
    assert not window.close()  # and is not done by asking twice
    (dialog,) = [d for d in window.findChildren(UnsavedDialog) if d.isVisible()]
    focus = dialog.focusWidget()
    assert isinstance(focus, Button)
    assert focus.text() == "Ở lại"
    dialog.reject()
    again = next(b for b in window.banners.findChildren(Button) if b.text() == "Lưu lại")
    again.click()
    office.settle()
    assert (len(tries), window.banners.texts()) == (4, {})


@pytest.mark.parametrize(("words", "works", "closed"), [
    ("Lưu lại rồi đóng", True, True),
    ("Lưu lại rồi đóng", False, False),
    ("Đóng, bỏ phần này", False, True),
    ("Ở lại", True, False),
])  # fmt: skip
def test_closing_never_loses_words_that_are_not_on_the_disk_unasked(
    office: Office, qtbot: QtBot, words: str, works: bool, closed: bool
) -> None:
    window = made(office, qtbot)
    mended = [False]

    def job(_store: Store) -> None:
        if not mended[0]:
            raise UserError(Code.DISK_FULL, file="a.hoctap")

    office.session.save(job)
    office.settle()
    assert not window.close()
    (dialog,) = [d for d in window.findChildren(UnsavedDialog) if d.isVisible()]
    mended[0] = works
    next(b for b in dialog.findChildren(Button) if b.text() == words).click()
    qtbot.wait(0)
    office.settle()
    assert window.isHidden() is closed
    mended[0] = True
    office.session.save_again()
    office.settle()


@pytest.mark.expected_log("unexpected failure")
def test_the_banner_stays_while_any_change_is_not_on_the_disk(office: Office, qtbot: QtBot) -> None:
    window = made(office, qtbot)
    works = [False]

    def job(_store: Store) -> None:
        if not works[0]:
            raise ValueError("a bug")

    office.session.save(job)
    office.settle()
    dialog = window.problems.shown()
    assert dialog is not None
    dialog.reject()
    office.session.save(lambda _store: None)
    office.settle()
    assert "save" in window.banners.texts()
    assert window.top.saved.text() == "Chưa lưu được"
    assert not window.problems.shown(), "the same failure is told once"
    assert not window.close()
    works[0] = True
    office.session.save_again()
    office.settle()
    assert window.banners.texts() == {}
    assert window.top.saved.text() == "Đã lưu lúc 10:32:05"
    works[0] = False
    office.session.save(job)
    office.settle()
    again = window.problems.shown()
    assert again is not None
    again.reject()
    assert not window.close(), "a later failure holds the window once more"


def test_nothing_is_saved_past_a_change_that_failed(office: Office, qtbot: QtBot) -> None:
    window = made(office, qtbot)
    disk = {"full": True}
    written: list[str] = []

    def job(word: str) -> Callable[[Store], None]:
        def write(_store: Store) -> None:
            if disk["full"] and word == "cũ":
                raise UserError(Code.DISK_FULL, file="a.hoctap")
            written.append(word)

        return write

    office.session.save(job("cũ"))
    office.session.save(job("mới"))
    refused: list[BaseException] = []
    office.session.after_saves(job("chốt"), failed=refused.append)
    office.settle()
    assert (written, len(refused)) == ([], 1)
    disk["full"] = False
    office.session.save(job("mới hơn"))
    office.session.after_saves(job("chốt"))
    office.settle()
    assert written == ["cũ", "mới", "mới hơn", "chốt"]
    assert window.banners.texts() == {}


def test_a_change_refused_for_its_own_sake_holds_up_no_other(office: Office, qtbot: QtBot) -> None:
    made(office, qtbot)
    written: list[str] = []

    def refused(_store: Store) -> None:
        raise UserError(Code.FILING_FINAL, filing="2022-report", revision=1)

    office.session.save(refused)
    office.session.save(lambda _store: written.append("khác"))
    office.settle()
    assert written == ["khác"]


def test_closing_hands_on_what_is_being_typed(office: Office, qtbot: QtBot) -> None:
    window = made(office, qtbot)
    home = page(window, "home")
    home.field.edit.setText("chưa rời ô")
    window.close()
    assert home.events[-2:] == [("left", "chưa rời ô"), "leave"]


def test_another_campaign_is_kept_in_the_store_and_told_to_pages(office: Office, qtbot: QtBot) -> None:
    window = made(office, qtbot)
    told: list[str] = []
    office.session.campaign_changed.connect(lambda: told.append(office.session.campaign.id))
    window.top.chosen.emit("2023")
    office.settle()
    assert told == ["2023"]
    assert "2023" in window.top.campaign.text()


def test_the_week_is_that_of_the_offices_own_plan_and_is_shown_as_such(office: Office, qtbot: QtBot) -> None:
    window = made(office, qtbot)

    def plan_says(last: str) -> tuple[str, str]:
        office.session.save(lambda store: filings.set_answer(store, "2022-plan", "week.to", last), filing="2022-plan")
        office.settle()
        return window.top.week()

    why = "Tuần lễ theo kế hoạch của đơn vị; cả nước 01/10 đến 07/10/2022"
    assert plan_says("2022-10-12") == (f"{week_begins(office)} đến 12/10/2022", why)
    assert office.session.facts.week.last == date(2022, 10, 12)
    assert plan_says("chưa rõ") == ("01/10 đến 07/10/2022", "")
    plan_says("2022-10-12")
    window.top.chosen.emit("2023")
    office.settle()
    assert window.top.week() == ("02/10 đến 08/10/2023", "")


def week_begins(office: Office) -> str:
    """The first day of the sample's own plan."""
    plan = office.worker.submit(lambda store: repository.current(store, "2022-plan")).result()
    return f"{date.fromisoformat(str(plan.answers['week.from'])):%d/%m}"


def test_a_plan_that_cannot_be_read_keeps_nobody_out_of_the_window(office: Office) -> None:
    def damaged(store: Store) -> OfficeFacts:
        with store.atomic() as rows:
            rows.execute("UPDATE filing SET answers = '{}' WHERE id = '2022-plan'")
        return read_facts(store)

    facts = office.worker.submit(damaged).result()
    assert (facts.week.last, facts.week.local) == (facts.campaign.week_to, False)


def test_the_window_opens_where_it_was_closed(office: Office, qtbot: QtBot) -> None:
    first = made(office, qtbot, 1200, 600)
    first.close()
    kept = office.session.settings.blob("window")
    assert kept is not None
    # the offscreen screen is smaller than the window: what is kept is looked at, not the size restored
    assert kept == first.saveGeometry()
    second = MainWindow(office.session, ROOMS)
    qtbot.addWidget(second)
    assert second.size() != QSize(*FIRST_SIZE)


def test_a_new_look_makes_the_pages_anew_and_opens_the_same(office: Office, qtbot: QtBot) -> None:
    window = made(office, qtbot)
    window.open_room("plan")
    before = window.page("plan")
    office.session.look_changed.emit()
    qtbot.waitUntil(lambda: window.page("plan") is not before)
    assert window.open_page() is window.page("plan")
    office.session.saved.emit(office.session.now())
    assert window.top.saved.text().startswith("Đã lưu")


def test_a_count_stands_in_the_sidebar(open_office: OpenOffice, qtbot: QtBot) -> None:
    office = open_office("19-171-GDDT")
    window = made(office, qtbot)
    office.session.set_count("board", 5)
    row = window.sidebar.rooms.entries.row_of("board")
    assert window.sidebar.rooms.entries.row(row).count == 5


def test_nothing_is_smaller_than_allowed(office: Office, qtbot: QtBot) -> None:
    window = made(office, qtbot)
    assert (window._frame.minimumWidth(), window._frame.minimumHeight()) == (900, 440)


@pytest.mark.expected_log("unexpected failure")
def test_a_failure_nobody_asked_for_reaches_the_dialog(office: Office, qtbot: QtBot) -> None:
    window = made(office, qtbot)

    def job(_store: Store) -> None:
        raise ValueError("a bug")

    office.session.jobs.run(job)
    office.settle()
    dialog = window.problems.shown()
    assert dialog is not None
    assert dialog.said.bug
    dialog.reject()


def held_up(office: Office) -> threading.Event:
    """A stick that does not answer until the event is set."""
    release = threading.Event()
    office.session.jobs.aside(lambda _progress: release.wait(20), words="Đang ghi vào USB", stoppable=True)
    return release


def test_closing_says_what_is_waited_for_and_closes_when_it_is_over(
    office: Office, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(main_window, "CLOSE_GRACE_S", 0.05)
    window = made(office, qtbot)
    release = held_up(office)
    assert not window.close()
    dialog = window.closing
    assert dialog is not None
    assert dialog.said.text() == "Đang ghi vào USB. Xong thì chương trình tự đóng."
    assert dialog.stop.isVisible()
    assert not dialog.anyway.isVisible()
    release.set()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert window.closing is None


def test_a_stick_that_hangs_does_not_hold_the_window_for_ever(
    office: Office, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(main_window, "CLOSE_GRACE_S", 0.05)
    window = made(office, qtbot)
    release = held_up(office)
    assert not window.close()
    dialog = window.closing
    assert dialog is not None
    dialog.hangs()
    assert "Mọi thứ đã gõ đều đã lưu" in dialog.said.text()
    dialog.anyway.click()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert office.session.jobs.abandoned
    release.set()


def test_the_window_is_not_left_while_changes_go_to_the_disk(
    office: Office, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(main_window, "CLOSE_GRACE_S", 0.05)
    window = made(office, qtbot)
    release = threading.Event()
    office.session.save(lambda _store: release.wait(20))
    assert not window.close()
    dialog = window.closing
    assert dialog is not None
    dialog.hangs()
    assert not dialog.anyway.isVisible()
    dialog.stay.click()
    release.set()
    office.settle()
    assert window.isVisible()


def test_a_sealed_file_let_go_over_the_window_is_opened_and_stays_where_it_was(
    office: Office, qtbot: QtBot, tmp_path: Path
) -> None:
    window = made(office, qtbot)
    for name, taken in (("gói.htgoi", True), ("ảnh.png", False)):
        path = tmp_path / name
        path.write_bytes(b"no file of ours inside")
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        given = (Qt.DropAction.CopyAction | Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton)
        entered = QDragEnterEvent(QPoint(5, 5), *given, Qt.KeyboardModifier.NoModifier)
        entered.ignore()
        QApplication.sendEvent(window, entered)
        assert entered.isAccepted() == taken
        dropped = QDropEvent(QPointF(5, 5), *given, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(window, dropped)
        office.settle()
        assert (window.opener.dialog is not None) == taken
        assert not taken or dropped.dropAction() == Qt.DropAction.CopyAction
        assert path.exists()
        if window.opener.dialog is not None:
            window.opener.dialog.reject()
