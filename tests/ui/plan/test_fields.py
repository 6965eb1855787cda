"""Fields in the page: asked about, put in from the list, offered for what is typed; going to a part."""

import pytest
from PySide6.QtCore import Qt

from hoctap_desktop.ui.plan.editor import BlockEditor
from hoctap_desktop.ui.plan.editor_menu import menu_of
from hoctap_desktop.ui.plan.offer_strip import OfferStrip
from hoctap_desktop.ui.plan.page import PlanPage
from tests.ui.keys import CTRL, press, target, write

Key = Qt.Key


@pytest.fixture
def strip(page: PlanPage) -> OfferStrip:
    made = page.sheets["text"].strip
    assert made is not None
    return made


def test_a_field_about_to_go_is_named_and_may_become_letters(body: BlockEditor, strip: OfferStrip) -> None:
    body.load("Từ {{week.from}} nhé")
    body.put_caret(body.textCursor().position() + 4)
    press(Key.Key_Backspace)
    assert strip.words() == "«06/10/2022» là Tuần lễ từ ngày, nhập một lần ở Thông tin chung."
    assert strip.offers() == ("Thay bằng chữ thường", "Sửa ở Thông tin chung", "Xóa khỏi đoạn này")
    press(Key.Key_Return, CTRL)
    assert body.text() == "Từ 06/10/2022 nhé"
    assert strip.words() == ""


def test_leaving_the_question_leaves_the_field(body: BlockEditor, strip: OfferStrip) -> None:
    body.load("Từ {{week.from}} nhé")
    body.put_caret(body.textCursor().position() + 4)
    press(Key.Key_Backspace)
    press(Key.Key_Right)
    assert strip.words() == ""
    assert body.text() == "Từ {{week.from}} nhé"
    body.put_caret(body.textCursor().block().position() + 3)
    press(Key.Key_Delete)
    press(Key.Key_Escape)
    assert strip.words() == ""


def test_the_value_is_changed_where_it_stands_once(page: PlanPage, body: BlockEditor, strip: OfferStrip) -> None:
    body.load("Từ {{week.from}} nhé")
    body.put_caret(body.textCursor().position() + 4)
    press(Key.Key_F2)
    form = page.sheets["facts"].form
    assert form is not None
    assert form.boxes["week.from"].edit.hasFocus()
    body.setFocus()
    words = [action.text() for action in menu_of(body).actions()]
    assert "Sửa ở mục Thông tin chung\tF2" in words
    assert "Thay bằng chữ thường" in words


def test_fields_gone_with_a_selection_can_be_had_back(body: BlockEditor, strip: OfferStrip) -> None:
    body.load("Từ {{week.from}} đến {{week.to}} nhé")
    press(Key.Key_A, CTRL)
    press(Key.Key_Delete)
    assert strip.words().startswith("Vừa xóa 2 chỗ")
    assert strip.take()
    assert body.text() == "Từ {{week.from}} đến {{week.to}} nhé"


def test_a_typed_value_is_offered_as_a_field_and_a_no_is_remembered(
    page: PlanPage, body: BlockEditor, strip: OfferStrip
) -> None:
    body.load("")
    write("Khai mạc tại Trường THCS Hà Thượng")
    page.look()
    assert strip.words() == "«Trường THCS Hà Thượng» giống Nơi khai mạc."
    press(Key.Key_Return, CTRL)
    assert body.text() == "Khai mạc tại {{opening.place}}"
    write(", lúc 06/10/2022")
    page.look()
    assert strip.offers() == ("Lấy Tuần lễ từ ngày", "Lấy Ngày khai mạc")
    press(Key.Key_Escape)
    page.look()
    assert strip.words() == ""
    assert body.text().endswith("06/10/2022")


def test_the_year_within_another_date_is_not_offered_as_a_field(
    page: PlanPage, body: BlockEditor, strip: OfferStrip
) -> None:
    body.load("")
    write("học nhóm ngày 08/10/2022")
    page.look()
    assert strip.words() == ""
    write("; cả năm 2022")
    page.look()
    assert strip.words().startswith("«2022»")


def test_a_field_comes_from_the_list_by_a_few_letters(page: PlanPage, body: BlockEditor) -> None:
    body.load("")
    press(Key.Key_Space, CTRL)
    assert page.offers.picker is not None
    write("tong ket")
    assert page.offers.picker.shown() == ("closing.day", "closing.time", "closing.place")
    press(Key.Key_Down)
    press(Key.Key_Return)
    assert body.hasFocus()
    assert body.text() == "{{closing.time}}"
    press(Key.Key_Space, CTRL)
    press(Key.Key_Escape)
    assert body.hasFocus()


def test_ctrl_g_goes_to_a_part_by_its_name(page: PlanPage, body: BlockEditor) -> None:
    press(Key.Key_G, CTRL)
    write("noi nhan")
    press(Key.Key_Return)
    current = page.sheets.current()
    assert current is not None
    assert current.section.id == "text"
    assert target() is body
    assert body.field_here() == "recipients"
