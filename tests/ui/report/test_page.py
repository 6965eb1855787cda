"""The report page over a real store: saved after each field, undone, reasons, final and the next revision."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QPaintEvent, QRegion
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from hoctap_desktop.filing import repository
from hoctap_desktop.filing.model import Filing, Status
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.office import filings
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission import sending
from hoctap_desktop.ui.report import class_list, presenter
from hoctap_desktop.ui.report.class_list import ClassesModel, ClassListDialog
from hoctap_desktop.ui.report.figures_view import FiguresView
from hoctap_desktop.ui.report.page import ReportPage
from hoctap_desktop.ui.session import Session
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.dialog import Dialog
from hoctap_desktop.ui.widgets.labels import Label
from tests.ui import keys
from tests.ui.painted import PaintedWidgets
from tests.ui.sessions import office_session

ID = "2022-report"
T = TypeVar("T", bound=Dialog)


def settle(session: Session) -> None:
    for _ in range(4):
        session.jobs.finish()
        QCoreApplication.sendPostedEvents(None, 0)


class Desk:
    """The page, its session, and shorthands."""

    def __init__(self, session: Session, qtbot: QtBot) -> None:
        self.session = session
        self.qtbot = qtbot
        self.page = ReportPage(session)
        qtbot.addWidget(self.page)
        self.page.resize(1182, 654)
        self.page.show()
        self.page.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is self.page)
        self.enter()

    def enter(self, argument: object = None) -> None:
        self.page.enter(argument)
        settle(self.session)

    def stored(self) -> Filing:
        filing: Filing = self.session.jobs.run(partial(repository.current, id=ID)).result()
        settle(self.session)
        return filing

    def answer(self, field: str) -> JsonValue:
        return self.stored().answers.get(field)

    def dialog(self, kind: type[T]) -> T:
        """The dialog that is open, with the keyboard in it."""
        found = next(
            widget for widget in QApplication.topLevelWidgets() if isinstance(widget, kind) and widget.isVisible()
        )
        self.qtbot.waitUntil(lambda: QApplication.activeWindow() is found)
        return found

    def back(self) -> None:
        """The dialog is gone, the page has the keyboard: a window manager would see to that."""
        self.page.activateWindow()
        self.qtbot.waitUntil(lambda: QApplication.activeWindow() is self.page)

    def button(self, words: str) -> Button:
        dialog = self.dialog(Dialog)
        return next(button for button in dialog.findChildren(Button) if button.text() == words)


@pytest.fixture
def open_desk(tmp_path: Path, qtbot: QtBot) -> Iterator[Callable[..., Desk]]:
    with ExitStack() as stack:

        def make(prepare: Callable[[Store], object] | None = None) -> Desk:
            return Desk(stack.enter_context(office_session(tmp_path, prepare=prepare)), qtbot)

        yield make


@pytest.fixture
def desk(open_desk: Callable[..., Desk]) -> Desk:
    return open_desk()


def test_without_a_report_the_page_offers_to_begin_one(open_desk: Callable[..., Desk]) -> None:
    def drop(store: Store) -> None:
        with store.atomic() as db:
            db.execute("DELETE FROM change WHERE filing = ?", (ID,))
            db.execute("DELETE FROM filing WHERE id = ?", (ID,))

    desk = open_desk(drop)
    assert desk.page.stack.currentWidget() is desk.page.empty
    desk.page.set_narrow(True)
    assert not desk.page.section_box.isVisible(), "there is no section to choose yet"
    assert not desk.page.look_button.isVisible()
    desk.page.set_narrow(False)
    keys.press(Qt.Key.Key_Return)
    settle(desk.session)
    assert desk.page.stack.currentWidget() is desk.page.work
    assert desk.answer("subject") == "Kết quả tổ chức Tuần lễ hưởng ứng học tập suốt đời năm 2022"
    assert desk.page.sections.current() == "direction"  # the first that is still to be written


def test_a_number_is_saved_when_its_cell_is_left_and_told_only_then(desk: Desk) -> None:
    told: list[str] = []
    desk.session.saving.connect(lambda: told.append("saving"))
    desk.session.saved.connect(lambda _at: told.append(f"saved {desk.answer('participants')}"))
    desk.page.go_to("participants")
    keys.write("600")
    assert told == []
    keys.press(Qt.Key.Key_Return)
    assert told == []  # the key is painted first
    assert desk.session.jobs.busy()
    assert desk.session.unsaved(ID) == {"participants": 600}
    settle(desk.session)
    assert told == ["saving", "saved 600"]
    assert desk.page.grid.field_at() == "newspaper_articles"


def test_a_slip_is_kept_as_typed_and_stops_the_final_print(desk: Desk) -> None:
    assert desk.page.final_button.isEnabled()
    desk.page.go_to("participants")
    keys.write("1,5")
    keys.press(Qt.Key.Key_Tab)
    settle(desk.session)
    assert desk.answer("participants") == "1,5"
    assert not desk.page.final_button.isEnabled()
    assert desk.page.findings.rows()[0].title == "Phải sửa: mục 2, số người tham gia"
    desk.enter()  # leaving and coming back keeps what was typed
    assert desk.page.presenter is not None
    assert desk.page.presenter.rejected("participants") == "1,5"


def test_c_asks_for_the_reason_where_it_will_stand(desk: Desk) -> None:
    desk.page.go_to("leaflets")
    keys.write("c")
    keys.write("Chờ xóm 5 báo")
    keys.press(Qt.Key.Key_Return)
    settle(desk.session)
    assert desk.answer("leaflets") == {"none": "unknown", "reason": "Chờ xóm 5 báo"}
    assert desk.page.grid.field_at() == "books_published"


def test_undo_takes_back_and_stores_what_was_before(desk: Desk) -> None:
    desk.page.go_to("leaflets")
    keys.press(Qt.Key.Key_Delete)
    settle(desk.session)
    assert desk.answer("leaflets") is None
    keys.press(Qt.Key.Key_Z, keys.CTRL)
    settle(desk.session)
    assert desk.answer("leaflets") == 215
    assert desk.page.grid.field_at() == "leaflets"
    assert not desk.page.undo_button.isEnabled()


def test_long_texts_are_left_with_ctrl_enter_and_saved(desk: Desk) -> None:
    desk.page.go_to("launch")
    keys.press(Qt.Key.Key_A, keys.CTRL)
    keys.write("Lễ phát động ngày 06/10/2022")
    keys.press(Qt.Key.Key_Return)
    keys.write("Có 412 người dự")
    keys.press(Qt.Key.Key_Return, keys.CTRL)
    settle(desk.session)
    assert desk.answer("launch") == "Lễ phát động ngày 06/10/2022\nCó 412 người dự"
    assert desk.page.sections.current() == "activities"


def test_a_long_text_is_saved_while_it_is_typed(desk: Desk, qtbot: QtBot) -> None:
    desk.page.go_to("difficulties")
    keys.write("x")
    with qtbot.waitSignal(desk.session.saved, timeout=5000):
        pass
    settle(desk.session)
    assert str(desk.answer("difficulties")).startswith("x")


def test_leaving_the_page_hands_on_what_is_being_typed(desk: Desk) -> None:
    desk.page.go_to("proposals")
    keys.press(Qt.Key.Key_A, keys.CTRL)
    keys.write("Cấp máy chiếu")
    desk.page.leave()
    settle(desk.session)
    assert desk.answer("proposals") == "Cấp máy chiếu"


def test_money_is_read_when_its_field_is_left(desk: Desk) -> None:
    desk.page.go_to("funding.state")
    keys.press(Qt.Key.Key_A, keys.CTRL)
    keys.write("12500000")
    keys.press(Qt.Key.Key_Return)
    settle(desk.session)
    assert desk.answer("funding.state") == 12_500_000
    form = desk.page.forms.form("funding")
    assert form.boxes["funding.state"].text() == "12.500.000"
    assert form.boxes["funding.raised"].edit.hasFocus()


def test_a_finding_leads_to_its_field_and_takes_its_reason(open_desk: Callable[..., Desk]) -> None:
    def last_year(store: Store) -> None:
        filing = repository.current(store, ID)
        answers = {**filing.answers, "books_donated": 10}
        repository.begin(store, replace(filing, id="2021-report", campaign="2021", answers=answers))

    desk = open_desk(last_year)
    row = next(row for row in desk.page.findings.rows() if row.kind == "warn")
    assert [words for _, words in row.acts] == ["Ghi lý do", "Sửa số"]
    desk.page.findings.acted.emit(row.key, "fix")
    assert desk.page.grid.field_at() == "books_donated"
    assert desk.page.grid.is_editing()
    keys.press(Qt.Key.Key_Escape)
    desk.page.findings.acted.emit(row.key, "reason")
    settle(desk.session)
    desk.dialog(Dialog)
    keys.write("Có đợt quyên góp của dòng họ")
    keys.press(Qt.Key.Key_Return)
    settle(desk.session)
    assert desk.answer("reason.jump_from_last_year.books_donated") == "Có đợt quyên góp của dòng họ"
    assert all(row.kind == "info" for row in desk.page.findings.rows())


def test_f8_goes_to_the_next_finding(desk: Desk) -> None:
    desk.page.go_to("talks")
    keys.press(Qt.Key.Key_Delete)
    desk.page.go_to("launch")
    keys.press(Qt.Key.Key_F8)
    assert desk.page.grid.field_at() == "talks"


def test_f8_right_after_typing_goes_to_the_next_blank_part(desk: Desk) -> None:
    """Four blank parts are one row of Cần xem: it must not be passed over once the first of them is written."""
    assert desk.page.presenter is not None
    fields = desk.page.presenter.form.fields()
    blank = [field.id for field in fields if field.type.value == "long_text" and field.required]
    assert len(blank) == 4
    for id in blank:
        desk.page.go_to(id)
        keys.press(Qt.Key.Key_A, keys.CTRL)
        keys.press(Qt.Key.Key_Delete)
    settle(desk.session)
    desk.page.go_to(blank[0])
    assert desk.page.findings.rows()[0].key == "required"
    keys.write("Da ban hanh.")
    keys.press(Qt.Key.Key_F8)
    keys.write("Sang 16/11.")
    desk.page.leave()
    settle(desk.session)
    assert desk.answer(blank[1]) == "Sang 16/11."


def test_classes_are_listed_and_counted(desk: Desk) -> None:
    desk.page.go_to("classes")
    keys.press(Qt.Key.Key_L, keys.CTRL)
    settle(desk.session)
    dialog = desk.dialog(ClassListDialog)
    assert dialog.table.hasFocus()
    keys.write("Tin học")
    keys.press(Qt.Key.Key_Tab)
    keys.write("2x")
    keys.press(Qt.Key.Key_Return)
    desk.button("Xong").click()
    assert dialog.isVisible()
    assert "2x" in dialog.message.text()
    dialog.classes.setData(dialog.classes.index(2, 1), "20")
    failed: list[object] = []
    desk.session.save_failed.connect(failed.append)
    desk.button("Xong").click()
    settle(desk.session)
    assert failed == []
    assert (desk.answer("classes"), desk.answer("learners")) == (3, 78)
    listed = desk.answer("class_list")
    assert isinstance(listed, list)
    assert listed[2] == {"name": "Tin học", "learners": 20}


def test_a_number_written_over_the_counted_one_is_kept_with_it_and_its_reason(desk: Desk) -> None:
    failed: list[object] = []
    desk.session.save_failed.connect(failed.append)
    desk.page.changes.change(lambda p: p.set_classes("class_list", [{"name": "Tin học", "learners": 20}]))
    desk.page.changes.change(lambda p: p.type_number("learners", "25"))
    desk.page.changes.change(lambda p: p.give_reason("reason.total_overridden.learners", "Năm người học ghép"))
    settle(desk.session)
    assert failed == []
    stored = desk.stored().answers
    assert (stored["learners"], stored["computed.learners"]) == (25, 20)
    assert (stored["classes"], stored["computed.classes"]) == (1, 1)
    assert "Năm người học ghép" in stored.values()


def third(desk: Desk) -> JsonValue:
    """The third class in the store."""
    listed = desk.answer("class_list")
    return listed[2] if isinstance(listed, list) and len(listed) == 3 else None


def test_a_list_of_classes_half_written_is_in_the_store_and_gone_again_when_it_is_left(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(class_list, "KEPT_AFTER_MS", 0)
    before = desk.stored()
    desk.page.go_to("classes")
    keys.press(Qt.Key.Key_L, keys.CTRL)
    settle(desk.session)
    dialog = desk.dialog(ClassListDialog)
    keys.write("Tin học")
    keys.press(Qt.Key.Key_Tab)
    keys.write("1200")
    desk.qtbot.waitUntil(lambda: third(desk) == {"name": "Tin học", "learners": 1200})
    assert (desk.answer("classes"), desk.answer("learners")) == (3, 1258)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    assert (editor.text(), editor.cursorPosition()) == ("1200", 4)  # nothing moved under the hands
    keys.press(Qt.Key.Key_Return)
    dialog.classes.setData(dialog.classes.index(2, 5), "31/9/2022")
    dialog.classes.setData(dialog.classes.index(2, 1), "hai mươi")
    desk.qtbot.waitUntil(lambda: third(desk) == {"name": "Tin học", "learners": "hai mươi"})
    desk.button("Không đổi").click()
    settle(desk.session)
    assert desk.stored().answers == before.answers
    assert desk.page.presenter is not None
    assert not desk.page.presenter.can_undo


def test_a_list_of_classes_is_one_step_of_undo(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(class_list, "KEPT_AFTER_MS", 0)
    before = desk.stored()
    desk.page.changes.list_classes()
    dialog = desk.dialog(ClassListDialog)
    for name in ("Tin học", "Tin học cơ bản"):
        dialog.classes.setData(dialog.classes.index(2, 0), name)
        desk.qtbot.waitUntil(lambda: third(desk) is not None)
    desk.button("Xong").click()
    settle(desk.session)
    assert third(desk) == {"name": "Tin học cơ bản"}
    desk.back()
    desk.page.changes.undo()
    settle(desk.session)
    assert desk.stored().answers == before.answers


def test_the_class_list_keeps_qts_rules(qtmodeltester: ModelTester) -> None:
    model = ClassesModel([{"name": "Tin học", "learners": 20, "from": "2022-10-07"}])
    qtmodeltester.check(model)
    assert model.data(model.index(0, 4)) == "07/10/2022"
    assert model.items() == ({"name": "Tin học", "learners": 20, "from": "2022-10-07"},)
    model.remove(0)
    assert model.counted() == (0, 0)


def test_the_live_page_follows_and_tints_the_field(desk: Desk, qtbot: QtBot) -> None:
    desk.page.go_to("talks")
    desk.page.right.open("page")
    with qtbot.waitSignal(desk.page.preview.ready, timeout=10_000):
        pass
    assert desk.page.preview.pages() >= 2
    assert desk.page.preview._highlights


def test_a_letter_that_cannot_be_printed_is_told_on_the_page(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_answers: object, _filing: object) -> object:
        raise UserError(Code.LETTER_MISSING, field="Đoạn", letter="漢", codepoint="U+6F22")

    monkeypatch.setattr(filings, "draft_page", refuse)
    desk.page.right.open("page")
    desk.page.printed.paint()
    settle(desk.session)
    assert "漢" in desk.page.banners.texts()["page"]


def test_a_letter_that_cannot_be_printed_is_a_finding_of_its_field_and_the_page_leads_there(desk: Desk) -> None:
    desk.page.right.open("page")
    desk.session.save_answers(ID, {"results": "Ô trống ☐ này"})
    settle(desk.session)
    desk.enter("participants")
    desk.page.printed.paint()
    settle(desk.session)
    assert not desk.page.final_button.isEnabled()
    assert "☐" in desk.page.findings.rows()[0].text
    assert "«☐»" in desk.page.banners.texts()["page"]
    link = next(b for b in desk.page.banners.findChildren(Button) if b.text() == "Đến chỗ đó")
    link.click()
    assert desk.page.forms.form(desk.page.at.section).boxes["results"].edit.hasFocus()


def test_final_then_the_next_revision(desk: Desk) -> None:
    went: list[tuple[str, object]] = []
    desk.session.navigate.connect(lambda room, argument: went.append((room, argument)))
    desk.page.final_button.click()
    settle(desk.session)
    desk.button("Chốt để in").click()
    settle(desk.session)
    assert desk.stored().status is Status.FINAL
    assert went == [("print", ID)]
    assert desk.page.presenter is not None
    assert desk.page.presenter.frozen
    assert "mã giấy" in desk.page.banners.texts()["final"]
    desk.back()
    desk.page.go_to("participants")
    keys.write("9")
    assert not desk.page.grid.is_editing()
    desk.page.amend_button.click()
    settle(desk.session)
    desk.button("Lập lần sau").click()
    settle(desk.session)
    assert (desk.stored().revision, desk.stored().status) == (2, Status.DRAFT)
    assert desk.page.chip.state().words == "Bản nháp, lần 2"
    assert desk.page.banners.texts() == {}


def test_the_next_revision_is_asked_for_under_the_number_it_will_have(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "answered_revision", lambda _store, _id: 3)  # restored from an old copy
    desk.page.final.finalise()
    settle(desk.session)
    desk.back()
    desk.page.amend_button.click()
    settle(desk.session)
    assert desk.dialog(Dialog).windowTitle() == "Lập báo cáo lần 4?"
    desk.button("Lập lần sau").click()
    settle(desk.session)
    assert desk.stored().revision == 4


@pytest.mark.parametrize(("proposals", "about"), [("", "proposals"), ("Không có", "head")])
def test_the_next_revision_comes_up_at_its_first_finding_and_else_at_the_top(
    desk: Desk, proposals: str, about: str
) -> None:
    desk.page.changes.change(lambda presenter: presenter.write("proposals", proposals))
    desk.page.final.finalise()
    settle(desk.session)
    desk.back()
    desk.page.forms.show("foot", focus=True)
    desk.page.final._amend()
    settle(desk.session)
    presenter = desk.page.presenter
    assert presenter is not None
    assert presenter.filing.revision == 2
    assert desk.page.at.section == about
    desk.page.forms.show("foot", focus=True)
    desk.page.enter()
    settle(desk.session)
    assert desk.page.at.section == "foot", "where it was left, once somebody was in it"


def test_a_narrow_window_has_a_list_box_a_strip_and_the_pane_on_demand(desk: Desk) -> None:
    page = desk.page
    page.resize(855, 410)
    page.set_narrow(True)
    page.go_to("talks")
    keys.press(Qt.Key.Key_Delete)
    assert not page.left.isVisible()
    assert page.section_box.isVisible()
    assert page.section_box.currentText() == "II.2 Bảng số liệu"
    assert page.strip.isVisible()
    assert not page.right.isVisible()
    page.look_button.click()
    assert page.right.isVisible()
    page.look_button.click()
    assert not page.right.isVisible()
    page.set_narrow(False)
    assert page.right.isVisible()
    assert page.left.isVisible()
    assert not page.strip.isVisible()


def test_what_could_not_be_saved_is_saved_with_the_next_change(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    failures: list[object] = []
    desk.session.save_failed.connect(failures.append)

    def full(*_args: object, **_more: object) -> object:
        raise UserError(Code.DISK_FULL, file="x")

    with monkeypatch.context() as disk:
        disk.setattr(filings, "set_answer", full)
        desk.page.go_to("participants")
        keys.write("700")
        keys.press(Qt.Key.Key_Return)
        keys.write("5")
        keys.press(Qt.Key.Key_Return)
        settle(desk.session)
    assert len(failures) >= 2  # the first is tried again with the second
    assert (desk.answer("participants"), desk.answer("newspaper_articles")) == (535, 0)
    desk.enter()  # what is on the screen is not overwritten by what could be stored
    desk.page.go_to("banners")
    keys.write("13")
    keys.press(Qt.Key.Key_Return)
    settle(desk.session)
    assert [desk.answer(id) for id in ("participants", "newspaper_articles", "banners")] == [700, 5, 13]


def test_what_could_not_be_saved_survives_going_to_another_campaign(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_args: object, **_more: object) -> object:
        raise ValueError("a bug")

    facts = desk.session.facts
    with monkeypatch.context() as disk:
        disk.setattr(filings, "set_answer", fails)
        desk.page.go_to("participants")
        keys.write("700")
        keys.press(Qt.Key.Key_Return)
        settle(desk.session)
        for campaign in (next(c for c in facts.campaigns if c.id != facts.campaign.id), facts.campaign):
            desk.session.facts = replace(facts, campaign=campaign)
            desk.session.campaign_changed.emit()
            settle(desk.session)
    assert desk.page.presenter is not None
    assert desk.page.presenter.shown("participants") == "700"
    desk.session.save_again()
    settle(desk.session)
    assert desk.answer("participants") == 700


def test_the_banner_of_an_older_form_goes_with_its_report(desk: Desk) -> None:
    desk.page.banners.show_banner("form-upgrade", "warn", "Biểu mẫu bản 2", "Xem và chuyển", lambda: None)
    facts = desk.session.facts
    other = next(c for c in facts.campaigns if c.id != facts.campaign.id)
    desk.session.facts = replace(facts, campaign=other)
    desk.session.campaign_changed.emit()
    settle(desk.session)
    assert desk.page.stack.currentWidget() is desk.page.empty
    assert "form-upgrade" not in desk.page.banners.texts()


def test_the_final_print_holds_what_could_not_be_saved_before(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: object, **_more: object) -> object:
        raise UserError(Code.DISK_FULL, file="x")

    with monkeypatch.context() as disk:
        disk.setattr(filings, "set_answer", full)
        desk.page.go_to("participants")
        keys.write("700")
        keys.press(Qt.Key.Key_Return)
        settle(desk.session)
    desk.page.final.finalise()
    settle(desk.session)
    assert desk.stored().status is Status.FINAL
    assert desk.answer("participants") == 700


def test_a_click_on_a_section_takes_the_keyboard_to_its_first_field(desk: Desk) -> None:
    page = desk.page
    for key in ("difficulties", "direction", "figures"):
        row = page.sections.rows.index(page.sections.rows.row_of(key))
        page.sections.scrollTo(row)
        desk.qtbot.mouseClick(
            page.sections.viewport(), Qt.MouseButton.LeftButton, pos=page.sections.visualRect(row).center()
        )
        settle(desk.session)
        wanted = page.grid if key == "figures" else page.field_box(key)
        assert page.focusWidget() is wanted
    page.sections.setFocus()
    keys.press(Qt.Key.Key_Up)
    assert page.focusWidget() is page.sections


def test_a_banner_that_goes_gives_the_keyboard_back_to_the_work(desk: Desk) -> None:
    page = desk.page
    for key in ("difficulties", "figures"):
        desk.enter(None)
        page.forms.show(key, focus=True)
        banner = page.banners.show_banner(
            "taken", "info", "Đã lấy.", "Trả lại như cũ", lambda: page.banners.drop("taken")
        )
        button = banner.findChild(Button)
        assert button is not None
        button.setFocus()
        keys.press(Qt.Key.Key_Space)
        assert page.focusWidget() is (page.grid if key == "figures" else page.field_box(key))
        closing = page.banners.show_banner("told", "info", "Đã ghi.", closable=True)
        button = closing.findChild(Button)
        assert button is not None
        button.setFocus()
        keys.press(Qt.Key.Key_Space)
        assert page.focusWidget() is (page.grid if key == "figures" else page.field_box(key))


def test_a_part_nobody_wrote_is_said_in_the_list_and_again_before_the_final_print(desk: Desk) -> None:
    box = desk.page.forms.form("proposals").boxes["proposals"]
    desk.page.changes.change(lambda p: p.write("proposals", ""))
    settle(desk.session)
    row = next(row for row in desk.page.findings.rows() if row.key == "empty_part|proposals")
    assert (row.kind, row.acts) == ("warn", (("fix", "Viết vào mục này"),))
    desk.page.findings.acted.emit(row.key, "fix")
    assert box.edit.hasFocus()
    assert desk.page.final_button.isEnabled()
    desk.page.final.ask_final()
    said = [label.text() for label in desk.dialog(Dialog).findChildren(Label)]
    assert any("Mục II.4 «Kiến nghị, đề xuất» còn trống" in words for words in said)
    desk.button("Xem lại").click()
    desk.back()
    desk.page.changes.change(lambda p: p.write("proposals", "Không có."))
    assert all(row.key != "empty_part|proposals" for row in desk.page.findings.rows())
    desk.page.changes.undo()
    assert any(row.key == "empty_part|proposals" for row in desk.page.findings.rows())


def test_undo_takes_the_reason_for_a_number_back(desk: Desk) -> None:
    desk.page.changes.change(lambda p: p.type_number("talk_attendees", "9999"))
    reason = "reason.attendees_over_participants.talk_attendees"
    row = next(row for row in desk.page.findings.rows() if "attendees_over" in row.key)
    desk.page.findings.acted.emit(row.key, "reason")
    desk.dialog(Dialog)
    keys.write("Co khach")
    keys.press(Qt.Key.Key_Return)
    settle(desk.session)
    assert desk.answer(reason) == "Co khach"
    desk.back()
    keys.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle(desk.session)
    assert desk.answer(reason) is None
    assert desk.answer("talk_attendees") == 9999


def test_in_a_large_form_the_cell_is_shown_first_and_the_rest_follows(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presenter, "LARGE", 1)
    desk.page.go_to("talks")
    QApplication.processEvents()
    keys.write("1")
    painted = PaintedWidgets(desk.page)
    keys.write("2")
    QApplication.processEvents()
    assert [type(widget).__name__ for widget in painted.seen] == ["CellEdit"]
    rows = len(desk.page.findings.rows())
    keys.write("3,5")
    keys.press(Qt.Key.Key_Return)
    place = desk.page.figures.place_of("talks")
    box = desk.page.figures.box(place)
    assert box is not None
    assert (box.kind, box.text) == ("error", "123,5")
    assert len(desk.page.findings.rows()) == rows
    desk.qtbot.waitUntil(lambda: len(desk.page.findings.rows()) > rows)
    assert desk.page.entered.text() == "Đã nhập 15 trên 16 ô"
    settle(desk.session)
    assert desk.answer("talks") == "123,5"


def test_an_enter_that_scrolls_moves_what_was_painted_and_paints_the_rest(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    grid = desk.page.grid
    desk.page.resize(1182, 420)
    desk.page.go_to(desk.page.figures.grid_row(1).boxes[0].field)
    bar = grid.verticalScrollBar()
    regions: list[QRegion] = []
    paint = type(grid).paintEvent

    def look(view: FiguresView, event: QPaintEvent) -> None:
        regions.append(event.region())
        paint(view, event)

    monkeypatch.setattr(type(grid), "paintEvent", look)
    before = bar.value()
    while bar.value() == before:
        keys.write("1")
        QApplication.processEvents()
        regions.clear()
        keys.press(Qt.Key.Key_Return)
    QApplication.processEvents()
    at = grid.visualRect(grid.currentIndex())
    assert grid.viewport().rect().contains(at)
    still = [y for y in range(grid.viewport().height()) if not any(r.contains(QPoint(2, y)) for r in regions)]
    assert len(still) > grid.viewport().height() // 6  # the rest of a half, without the rows left and come to
