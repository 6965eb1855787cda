"""The plan page: what is typed reaches the store, shows everywhere, is checked, frozen and amended."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hoctap_desktop.filing.model import Status
from hoctap_desktop.form.answers import text
from hoctap_desktop.form.definition import FieldType
from hoctap_desktop.plan.outline import heading, parse, write
from hoctap_desktop.ui.plan.editor import BlockEditor
from hoctap_desktop.ui.plan.outlook import Recognised, recognise
from hoctap_desktop.ui.plan.page import PlanPage
from hoctap_desktop.ui.session import Session
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.choice import Choice
from hoctap_desktop.ui.widgets.dialog import Dialog
from hoctap_desktop.ui.widgets.fields import LineEdit
from hoctap_desktop.ui.widgets.findings_list import FindingRow
from hoctap_desktop.ui.widgets.labels import Label
from tests.ui.plan.conftest import Stored

Key = Qt.Key


def body(page: PlanPage) -> BlockEditor:
    editor = page.sheets["text"].editor
    assert editor is not None
    return editor


def type_in(target: QApplication | BlockEditor, words: str) -> None:
    for letter in words:
        event = QKeyEvent(QEvent.Type.KeyPress, Key.Key_unknown, Qt.KeyboardModifier.NoModifier, letter)
        QApplication.sendEvent(target, event)


def fill_field(page: PlanPage, field: str, words: str) -> None:
    """Types over a field and leaves it with Tab."""
    page.go_field(field, focus=True)
    form = page.sheets.of(field).form  # type: ignore[union-attr]
    assert form is not None
    box = form.boxes[field].edit
    assert not isinstance(box, Choice)
    assert box.hasFocus()
    box.selectAll()
    event = QInputMethodEvent("", [])
    event.setCommitString(words)
    if words:
        QApplication.sendEvent(box, event)
    else:
        QTest.keyClick(box, Key.Key_Delete)
    QTest.keyClick(box, Key.Key_Tab)


def test_the_page_opens_on_the_text_with_its_outline(page: PlanPage, stored: Stored) -> None:
    rows = [page.outline.rows.data(page.outline.rows.index(n)) for n in range(page.outline.rows.rowCount())]
    assert rows[:3] == ["Đầu văn bản", "Thông tin chung", "Căn cứ"]
    assert any(str(row).startswith("I. ") for row in rows)
    assert rows.index("Người ký") == rows.index("Nơi nhận") + 1
    assert page.first_focus() is body(page)
    assert body(page).text() == write(parse(text(stored().answers, "body"))).rstrip("\n")


def test_opening_and_leaving_changes_nothing_in_the_store(page: PlanPage, session: Session, stored: Stored) -> None:
    before = stored()
    page.look()
    page.leave()
    assert stored() == before


def test_typing_is_stored_after_a_moment_and_only_then_said(
    page: PlanPage, session: Session, stored: Stored, qtbot: QtBot
) -> None:
    said: list[str] = []
    session.saving.connect(lambda: said.append("saving"))
    session.saved.connect(lambda _at: said.append(text(stored().answers, "body")[:4]))
    body(page).go(0)
    type_in(body(page), "Đây ")
    assert said == []
    qtbot.waitUntil(lambda: len(said) >= 2)
    assert said[0] == "saving"
    assert said[1] == "Đây "


def test_leaving_the_page_stores_what_was_typed_last(page: PlanPage, stored: Stored) -> None:
    type_in(body(page), "Việt")
    page.leave()
    assert "Việt" in text(stored().answers, "body")


def test_an_input_method_at_work_stores_nothing_until_it_commits(
    page: PlanPage, session: Session, stored: Stored
) -> None:
    before = stored()
    saves: list[int] = []
    session.saving.connect(lambda: saves.append(1))
    QApplication.sendEvent(body(page), QInputMethodEvent("Vie", []))
    page.saving.save_now()
    page.look()
    page.saving.save_now()
    assert saves == []
    assert stored() == before


def test_a_fact_typed_once_shows_in_the_text_and_on_the_page_at_once(page: PlanPage, stored: Stored) -> None:
    assert "{{opening.place}}" in body(page).text()
    fill_field(page, "opening.place", "Nhà văn hóa xóm 5")
    assert body(page).blocks.chips.words("opening.place") == "Nhà văn hóa xóm 5"
    assert text(stored().answers, "opening.place") == "Nhà văn hóa xóm 5"


def test_another_way_of_numbering_is_picked_from_a_list_kept_and_shown_at_once(page: PlanPage, stored: Stored) -> None:
    page.go_field("numbering", focus=True)
    form = page.sheets["head"].form
    assert form is not None
    box = form.boxes["numbering"].edit
    assert isinstance(box, Choice)
    assert box.currentText() == "I. 1. a) b) c) d) đ)"
    body(page).load("# VIỆC\n\n## Một\n\n### Nhỏ\n")
    assert "a)" in body(page)._gutter
    QTest.keyClick(box, Key.Key_End)
    assert text(stored().answers, "numbering") == "decimal"
    assert "1.1." in body(page)._gutter


def test_a_day_that_does_not_exist_is_said_on_leaving_kept_as_typed_and_blocks(page: PlanPage, stored: Stored) -> None:
    fill_field(page, "opening.day", "31/09/2022")
    form = page.sheets["facts"].form
    assert form is not None
    box = form.boxes["opening.day"]
    assert "31/09/2022" in box.message.text()
    assert box.text() == "31/09/2022"
    assert text(stored().answers, "opening.day") == "31/09/2022"
    page.look()
    page.session.jobs.finish()
    assert not page.finalise_button.isEnabled()
    assert "chỗ phải sửa" in page.finalise_button.toolTip()
    fill_field(page, "opening.day", "6/10/2022")
    assert box.message.text() == ""
    assert box.text() == "06/10/2022"
    assert text(stored().answers, "opening.day") == "2022-10-06"


@pytest.mark.parametrize(
    ("field", "typed", "kept", "shown"),
    [
        ("opening.time", "7h30", "07:30", "7 giờ 30"),
        ("document.month", "tháng 9 năm 2022", "2022-09", "09/2022"),
        ("closing.day", "ngày 12 tháng 10 năm 2022", "2022-10-12", "12/10/2022"),
    ],
)
def test_what_is_typed_in_any_style_is_stored_in_one(
    page: PlanPage, stored: Stored, field: str, typed: str, kept: str, shown: str
) -> None:
    fill_field(page, field, typed)
    assert text(stored().answers, field) == kept
    assert page.presenter is not None
    assert page.presenter.shown(field) == shown


def test_a_blank_fact_is_a_finding_that_leads_to_its_field(page: PlanPage) -> None:
    fill_field(page, "opening.place", "")
    page.look()
    page.session.jobs.finish()
    assert [row.key.split(":")[-1] for row in page.findings.rows()] == ["opening.place"]
    page.go_key("text")
    QTest.keyClick(page, Key.Key_F8)
    form = page.sheets["facts"].form
    assert form is not None
    assert form.boxes["opening.place"].edit.hasFocus()
    marks = {part.key: part.mark for part in page.presenter.parts(page.sheets.outlines())} if page.presenter else {}
    assert marks["facts"] == "block"


def test_f8_right_after_typing_leaves_what_was_typed(page: PlanPage) -> None:
    """The list is made anew 300 ms after the last key: its old row would lead back, all of the box chosen."""
    form = page.sheets["facts"].form
    assert form is not None
    ids = ("opening.place", "closing.place")
    for id in ids:
        form.boxes[id].set_text("")
        page._typed(id, "")
    page.look()
    page.session.jobs.finish()
    assert [row.key.split(":")[-1] for row in page.findings.rows()] == list(ids)
    for id, words in zip(ids, ("Nha van hoa", "Hoi truong"), strict=True):
        QTest.keyClick(page, Key.Key_F8)
        assert form.boxes[id].edit.hasFocus()
        QTest.keyClicks(form.boxes[id].edit, words)
    QTest.keyClick(page, Key.Key_F8)
    assert [form.boxes[id].text() for id in ids] == ["Nha van hoa", "Hoi truong"]
    assert page.findings.rows() == []


def test_a_letter_that_cannot_be_printed_is_a_finding_and_the_banner_leads_to_its_block(page: PlanPage) -> None:
    body(page).load("Đoạn một\n\nĐoạn 漢 hai\n")
    page.look()
    page.session.jobs.finish()
    assert not page.finalise_button.isEnabled()
    row = page.findings.rows()[0]
    assert "«漢»" in row.text
    body(page).go(0)
    assert "«漢»" in page.banners.texts()["page"]
    link = next(b for b in page.banners.findChildren(type(page.print_button)) if b.text() == "Đến chỗ đó")
    link.click()
    assert body(page).place() == 1


def test_the_outline_follows_the_caret_and_leads_to_blocks(page: PlanPage) -> None:
    headings = [n for n, block in enumerate(body(page).outline()) if block.kind == "heading"]
    body(page).go(headings[2] + 1)
    assert page.outline.current() == f"body:{headings[2]}"
    page.go_key(f"body:{headings[1]}", focus=True)
    assert body(page).place() == headings[1]
    assert body(page).hasFocus()


def test_the_lines_of_the_current_block_are_tinted_on_the_page(page: PlanPage, session: Session) -> None:
    body(page).go(1)
    session.jobs.finish()
    marks = [mark for mark in page._marks if mark.key == "body.1"]
    assert marks
    assert [(h.page, h.top) for h in page.preview._highlights] == [(m.page - 1, m.top) for m in marks]
    last = page._marks[-1]
    page._page_pressed(marks[0].page - 1, (marks[0].top + marks[0].bottom) / 2)
    assert body(page).place() == 1
    assert last.page >= 1


def test_in_an_empty_paragraph_the_outline_marks_the_part_it_stands_in(page: PlanPage) -> None:
    body(page).load("# MỘT\n\nĐoạn\n\n# HAI\n\nĐoạn hai\n")
    page.look()
    body(page).go(1)
    QTest.keyClick(body(page), Key.Key_End)
    QTest.keyClick(body(page), Key.Key_Return)
    assert body(page).textCursor().block().length() == 1
    page._moved("text")
    assert page.outline.current() == "body:0"
    type_in(body(page), "x")
    body(page).undo()
    page.look()
    assert page.outline.current() == "body:0"


def test_a_new_heading_is_added_after_the_current_part(page: PlanPage) -> None:
    count = len([block for block in body(page).outline() if block.kind == "heading"])
    page.add_button.click()
    type_in(body(page), "Kinh phí")
    found = [block for block in body(page).outline() if block.kind == "heading"]
    assert len(found) == count + 1
    assert any(block == heading(block.level, block.runs) and block.text == "Kinh phí" for block in found)


def test_the_toolbar_acts_on_the_current_block(page: PlanPage) -> None:
    bar = page.sheets["text"].toolbar
    assert bar is not None
    body(page).go(0)
    assert bar.kind.currentText() == "Đoạn văn"
    bar.kind.setCurrentIndex(bar.kind.findText("Đề mục 2"))
    bar.kind.activated.emit(bar.kind.currentIndex())
    assert body(page).head().level == 2
    bar.undo.click()
    assert body(page).head().kind == "paragraph"
    menu = bar.fields_menu()
    words = [act.text() for act in menu.actions()]
    assert any(word.startswith("Tuần lễ từ ngày: 06/10/2022") for word in words)
    menu.actions()[0].trigger()
    assert body(page).text().startswith("{{")
    menu.deleteLater()


def test_undo_survives_saving_and_coming_back(page: PlanPage, session: Session) -> None:
    before = body(page).text()
    type_in(body(page), "Việt")
    page.leave()
    session.jobs.finish()
    page.enter()
    session.jobs.finish()
    assert body(page).text() != before
    body(page).undo()
    assert body(page).text() == before


def test_finalising_asks_once_freezes_and_goes_to_print(
    page: PlanPage, session: Session, stored: Stored, qtbot: QtBot
) -> None:
    went: list[tuple[str, object]] = []
    session.navigate.connect(lambda room, argument: went.append((room, argument)))
    assert page.finalise_button.isEnabled()
    page.finalise_button.click()
    (dialog,) = page.findChildren(Dialog)
    dialog.accept()
    page.finalise()
    filing = stored()
    assert filing.status is Status.FINAL
    assert went == [("print", filing.id)]
    assert page.chip.state().words == "Đã chốt, lần 1"
    assert body(page).isReadOnly()
    form = page.sheets["facts"].form
    assert form is not None
    theme = form.boxes["theme"].edit
    assert isinstance(theme, LineEdit)
    assert theme.isReadOnly()
    assert page.amend_button.isVisible()
    page.amend_button.click()
    session.jobs.finish()
    session.jobs.finish()
    assert stored().revision == 2
    assert stored().status is Status.DRAFT
    assert page.chip.state().words == "Bản nháp, lần 2"
    assert not body(page).isReadOnly()
    assert not theme.isReadOnly()


OLD_PLAN = """ỦY BAN NHÂN DÂN
XÃ HÀ THƯỢNG
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 20/KH-UBND
Hà Thượng, ngày 01 tháng 10 năm 2021

KẾ HOẠCH
Tổ chức Tuần lễ hưởng ứng học tập suốt đời năm 2021

Căn cứ Công văn số 100/CV-PGDĐT ngày 20/9/2021;
Ủy ban nhân dân xã Hà Thượng lập kế hoạch như sau:
I. MỤC ĐÍCH
1. Mục đích
Để mọi người cùng học.
II. TỔ CHỨC THỰC HIỆN
- Các trường tham gia.

Nơi nhận:
- Phòng GD&ĐT;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Nguyễn Văn A
"""


def test_an_old_plan_is_read_doubts_first_and_can_be_given_back(
    page: PlanPage, session: Session, stored: Stored, tmp_path: Path
) -> None:
    before = stored().answers
    file = tmp_path / "cu.txt"
    file.write_text(OLD_PLAN, "utf-8")
    page.old_plan.read(file)
    session.jobs.finish()
    (dialog,) = page.findChildren(Dialog)
    assert stored().answers == before, "nothing is taken before the person says so"
    dialog.reject()
    found: list[Recognised] = []
    found.append(recognise(file, session.own))
    page.old_plan.take(found[0])
    assert "Để mọi người cùng học." in body(page).text()
    assert "Để mọi người cùng học." in text(stored().answers, "body")
    body(page).undo()
    assert "Để mọi người cùng học." not in body(page).text()
    body(page).redo()
    assert "Trả lại" in page.banners.findChildren(type(page.print_button))[0].text()
    page.banners.findChildren(type(page.print_button))[0].click()
    after = stored().answers
    assert {k: v for k, v in after.items() if k != "body"} == {k: v for k, v in before.items() if k != "body"}
    assert parse(text(after, "body")) == parse(text(before, "body"))


def test_the_doubts_of_a_real_plan_are_shown_and_stay_until_they_are_seen(
    page: PlanPage, session: Session, stored: Stored, shared_documents: Path, qtbot: QtBot
) -> None:
    file = shared_documents / "2022-ha-thuong-commune-plan.txt"
    found = recognise(file, session.own)
    assert found.doubts
    page.old_plan.read(file)
    session.jobs.finish()
    (dialog,) = page.findChildren(Dialog)
    told = [label.text() for label in dialog.findChildren(Label)]
    assert all(why in told for _line, _words, why in found.doubts)
    dialog.reject()
    assert not rows_of_doubts(page), "nothing was taken"
    page.old_plan.take(found)
    session.jobs.finish()
    rows = rows_of_doubts(page)
    assert len(rows) == len(found.doubts)
    line, _words, why = found.doubts[0]
    assert rows[0].title == (f"Máy chưa chắc, dòng {line}" if line else "Máy chưa chắc, cả văn bản")
    assert why in rows[0].text
    assert "reason" not in str(stored().answers.keys() - set(found.answers)), "they are no part of what is sealed"
    page.ask_finalise()
    asked = page.findChildren(Dialog)[-1]
    unread = sum(row.kind == "warn" for row in page._rows)
    assert unread >= len(rows)
    assert any(label.text().startswith(f"Còn {unread} chỗ nên xem lại") for label in asked.findChildren(Label))
    asked.reject()
    page.findings.acted.emit(rows[0].key, "seen")
    session.jobs.finish()
    again = PlanPage(session)
    qtbot.addWidget(again)
    again.enter()
    session.jobs.finish()
    assert [row.text for row in rows_of_doubts(again)] == [row.text for row in rows[1:]]
    page.banners.findChildren(type(page.print_button))[0].click()
    session.jobs.finish()
    assert not rows_of_doubts(page), "given back as it was"


def test_a_plan_of_a_year_before_is_given_back_with_its_doubts(
    page: PlanPage, session: Session, tmp_path: Path
) -> None:
    file = tmp_path / "cu.txt"
    file.write_text(OLD_PLAN, "utf-8")
    found = recognise(file, session.own)
    assert found.campaign.year == 2021
    assert found.doubts
    assert not any("mã đơn vị" in why for _line, _words, why in found.doubts), "the office has its code"
    page.old_plan.take(found)
    session.jobs.finish()
    assert len(rows_of_doubts(page)) == len(found.doubts)
    page.banners.findChildren(type(page.print_button))[0].click()
    session.jobs.finish()
    assert not rows_of_doubts(page)


def rows_of_doubts(page: PlanPage) -> list[FindingRow]:
    return [row for row in page.findings.rows() if row.key.startswith("doubt:")]


def test_a_file_that_is_no_plan_is_refused_in_words(page: PlanPage, session: Session, tmp_path: Path) -> None:
    told: list[object] = []
    session.jobs.unhandled.connect(told.append)
    file = tmp_path / "x.txt"
    file.write_text("không phải kế hoạch", "utf-8")
    page.old_plan.read(file)
    session.jobs.finish()
    assert "x.txt" in str(told[0])


def test_a_narrow_window_keeps_every_part_within_reach(page: PlanPage) -> None:
    page.set_narrow(True)
    page.resize(911 - 56, 464)
    assert not page.outline.isVisible()
    assert page.sections_box.isVisible()
    keys = [page.sections_box.itemData(n) for n in range(page.sections_box.count())]
    page.sections_box.setCurrentIndex(keys.index("facts"))
    page.sections_box.activated.emit(keys.index("facts"))
    assert page.middle.currentWidget() is page.sheets["facts"].widget
    page.pane_button.click()
    assert page.right.isVisible()
    assert page.right.geometry().right() <= page.width()
    page.right.open("look")
    QTest.keyClick(page.findings, Qt.Key.Key_Escape)
    assert not page.right.isVisible()
    page.pane_button.click()
    fill_field(page, "opening.place", "")
    page.look()
    page.session.jobs.finish()
    assert page.strip.isVisible()
    page.set_narrow(False)
    assert page.right.isVisible()
    assert not page.strip.isVisible()


def test_every_field_of_the_form_has_a_place_in_the_middle(page: PlanPage) -> None:
    assert page.presenter is not None
    for field in page.presenter.form.fields():
        page.go_field(field.id, focus=True)
        focused = QApplication.focusWidget()
        assert focused is not None
        if field.type is FieldType.BODY:
            assert isinstance(focused, BlockEditor)
        elif field.type is FieldType.LINES:
            assert isinstance(focused, BlockEditor)
            assert focused.field_here() == field.id
            assert focused.accessibleDescription().startswith(field.label)
        else:
            assert focused.accessibleName() == field.label


def test_a_banner_that_goes_gives_the_keyboard_back_to_the_text(page: PlanPage, session: Session) -> None:
    before = page.first_focus()
    banner = page.banners.show_banner("taken", "info", "Đã lấy.", "Trả lại như cũ", lambda: page.banners.drop("taken"))
    button = banner.findChild(Button)
    assert button is not None
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert before is not None
    assert page.focusWidget() is before
