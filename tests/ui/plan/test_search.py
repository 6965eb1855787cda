"""Ctrl+F in the plan, and other words in the place of what was found."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from hoctap_desktop.ui.plan.editor import BlockEditor
from hoctap_desktop.ui.plan.editor_menu import menu_of
from hoctap_desktop.ui.plan.page import PlanPage
from hoctap_desktop.ui.plan.text_hits import in_case_of
from hoctap_desktop.ui.widgets.fields import LineEdit
from tests.ui.keys import CTRL, SHIFT, press, target, write
from tests.ui.plan.conftest import Stored

Key = Qt.Key


def test_search_finds_words_values_of_fields_and_boxes(page: PlanPage, body: BlockEditor) -> None:
    body.load("Một hai\n\nNgày {{week.from}}, hai lần\n\n| TT | Hai |\n| --- | --- |\n| 1 | x |")
    press(Key.Key_F, CTRL)
    assert target() is page.search.query
    write("hai")
    assert [hit.field for hit in page.search.hits()] == ["body", "body", "body"]
    assert page.search.count.text() == "1 trên 3"
    press(Key.Key_Return)
    assert body.textCursor().selectedText() == "hai"
    assert len(body.extraSelections()) == 2  # the cell is marked by the table itself
    press(Key.Key_A, CTRL)
    write("6/10/20")
    assert any(hit.start >= 0 for hit in page.search.hits())
    assert "week.from" in {hit.field for hit in page.search.hits()}
    press(Key.Key_A, CTRL)
    write("ho so khong co")
    assert page.search.hits() == ()
    press(Key.Key_Escape)
    assert page.search.isHidden()
    assert target() is not page.search.query
    assert body.extraSelections() == []


def test_search_reaches_a_box_on_another_sheet(page: PlanPage, body: BlockEditor) -> None:
    press(Key.Key_F, CTRL)
    write("dang van thi")
    hits = page.search.hits()
    assert [hit.field for hit in hits] == ["signer.name"]
    current = page.sheets.current()
    assert current is not None
    assert current.section.id == "foot"


def test_ctrl_f_on_the_printed_page_searches_there(page: PlanPage, body: BlockEditor) -> None:
    page.preview.setFocus()
    press(Key.Key_F, CTRL)
    assert target() is page.page_search.query
    assert page.search.isHidden()


@pytest.mark.parametrize("way", ["undo", "typed"])
def test_marks_of_the_search_follow_the_text(page: PlanPage, body: BlockEditor, way: str) -> None:
    act: dict[str, Callable[[], None]] = {"undo": lambda: press(Key.Key_Z, CTRL), "typed": lambda: write(" hai")}
    body.load("Một hai")
    press(Key.Key_F, CTRL)
    write("hai")
    body.setFocus()
    press(Key.Key_End)
    write(" hai")
    page.look()
    assert len(page.search.hits()) == 2
    act[way]()
    page.look()
    assert len(page.search.hits()) == (1 if way == "undo" else 3)
    assert QApplication.focusWidget() is body
    press(Key.Key_Tab, SHIFT)


def test_the_menu_of_the_right_button_finds_and_replaces_too(page: PlanPage, body: BlockEditor) -> None:
    menu = menu_of(body)
    acts = {act.text().split("\t")[0]: act for act in menu.actions()}
    acts["Tìm"].trigger()
    assert not page.search.isHidden()
    assert page.search.more.isHidden()
    acts["Tìm và thay"].trigger()
    assert not page.search.more.isHidden()


def test_accents_count_when_they_are_typed(page: PlanPage, body: BlockEditor) -> None:
    body.load("Xoè ô\n\nXoe tròn\n\nxoẹ\n\nhoà giải")
    press(Key.Key_F, CTRL)
    write("xoe")
    assert page.search.count.text() == "1 trên 3"
    press(Key.Key_A, CTRL)
    write("xòe")
    assert page.search.count.text() == "1 trên 1"
    press(Key.Key_A, CTRL)
    write("hòa")
    assert page.search.count.text() == "1 trên 1"


def test_each_cell_with_the_words_is_a_hit_and_its_row_comes_in_sight(page: PlanPage, body: BlockEditor) -> None:
    rows = "\n".join(f"| {n} | Việc {n} |" for n in range(60))
    body.load(f"Mở đầu\n\n| TT | Việc |\n| --- | --- |\n{rows}\n\n**việc** sau cùng")
    press(Key.Key_F, CTRL)
    write("viec 59")
    assert [hit.cell for hit in page.search.hits()] == [(60, 1)]
    table = body.document().findBlockByNumber(1)
    _, heights = body.blocks.tables.shape(tuple(tuple(r) for r in body.outline()[1].rows))
    top = body.blocks.row(table).top() + sum(heights[:60])
    assert 0 <= top - body.verticalScrollBar().value() < body.viewport().height()


def test_a_hit_out_of_sight_comes_with_lines_over_it(page: PlanPage, body: BlockEditor) -> None:
    body.load("\n\n".join([f"Đoạn {n}" for n in range(200)]))
    press(Key.Key_F, CTRL)
    write("doan 150")
    assert page.search.count.text() == "1 trên 1"
    assert page.search.query.accessibleDescription() == "1 trên 1, Nội dung"
    height = body.viewport().height()
    assert height // 4 < body.cursorRect().top() < height // 2
    write("x")
    press(Key.Key_Backspace)
    assert height // 4 < body.cursorRect().top() < height // 2


def test_a_hit_in_a_box_is_chosen_there_and_esc_gives_it_the_keyboard(page: PlanPage) -> None:
    press(Key.Key_F, CTRL)
    write("van thi")
    assert page.search.query.accessibleDescription().endswith(", Họ tên người ký")
    press(Key.Key_Escape)
    form = page.sheets["foot"].form
    assert form is not None
    edit = form.boxes["signer.name"].edit
    assert isinstance(edit, LineEdit)
    assert target() is edit
    assert edit.selectedText() == "Văn Thi"


def test_a_hit_behind_a_picture_letter_is_chosen_whole(page: PlanPage, body: BlockEditor) -> None:
    form = page.sheets["foot"].form
    assert form is not None
    edit = form.boxes["signer.name"].edit
    assert isinstance(edit, LineEdit)
    edit.setText("📚 Đặng Văn Thi")
    body.load("📚 Đọc sách {{year}} 📖 cả tuần")
    press(Key.Key_F, CTRL)
    write("cả")
    assert body.textCursor().selectedText() == "cả"
    press(Key.Key_A, CTRL)
    write("van thi")
    assert edit.selectedText() == "Văn Thi"


# --- other words -------------------------------------------------------------------------------------------------


def ask(page: PlanPage, query: str, words: str) -> None:
    press(Key.Key_F, CTRL | SHIFT)
    page.search.query.setFocus()
    press(Key.Key_A, CTRL)
    write(query)
    page.search.words.setFocus()
    press(Key.Key_A, CTRL)
    write(words)


def test_one_place_after_the_other_is_replaced_by_keys_alone(page: PlanPage, body: BlockEditor) -> None:
    body.load("Xã lập danh sách, xã gửi.\n\n- xã **giao** trường")
    press(Key.Key_F, CTRL | SHIFT)
    assert target() is page.search.query
    write("xã")
    press(Key.Key_Tab)
    while target() is not page.search.words:
        press(Key.Key_Tab)
    write("xã mới")
    press(Key.Key_Down)
    press(Key.Key_Up)
    press(Key.Key_Return)
    assert body.text() == "Xã mới lập danh sách, xã gửi.\n\n- xã **giao** trường"
    assert body.textCursor().selectedText() == "xã"
    press(Key.Key_Return)
    press(Key.Key_Return)
    assert body.text() == "Xã mới lập danh sách, xã mới gửi.\n\n- xã mới **giao** trường"
    press(Key.Key_Escape)
    assert target() is body


def test_all_at_once_is_one_step_of_undo_and_spares_fields_and_words_that_go_on(
    page: PlanPage, body: BlockEditor, stored: Stored
) -> None:
    text = (
        "# BƠI KHAI MẠC\n\nBơi, bời, bợi; **bơi** lúc {{week.from}}, năm 2022, KH2022.\n\n"
        "| TT | Việc |\n| --- | --- |\n| 1 | *Bơi* khai mạc 2022 |"
    )
    body.load(text)
    ask(page, "bơi", "thi bơi")
    QTest.mouseClick(page.search.all_button, Qt.MouseButton.LeftButton)
    assert "Đã thay 4 chỗ" in page.search.said.text()
    assert body.text() == text.replace("BƠI", "THI BƠI").replace("Bơi, ", "Thi bơi, ").replace(
        "**bơi**", "**thi bơi**"
    ).replace("*Bơi*", "*Thi bơi*")
    page.saving.save_now()
    assert "THI BƠI" in str(stored().answers["body"])
    body.setFocus()
    press(Key.Key_Z, CTRL)
    assert body.text() == text
    ask(page, "06/10/2022", "07/10/2022")
    page.search.replace_all()
    assert body.text() == text
    assert "1 chỗ lấy từ Thông tin chung, sửa ở đó." in page.search.said.text()


def test_words_behind_a_picture_letter_are_replaced_and_no_letter_beside_them(
    page: PlanPage, body: BlockEditor
) -> None:
    text = "📚 Đọc sách, đọc 📖 sách {{year}}; **sách** 2022\n\n| TT | Việc |\n| --- | --- |\n| 1 | 📚 sách hay |"
    body.load(text)
    ask(page, "sách", "truyện")
    page.search.replace_all()
    assert body.text() == text.replace("sách", "truyện")
    body.undo()
    assert body.text() == text


def test_words_in_boxes_and_lists_are_replaced_and_stored(page: PlanPage, body: BlockEditor, stored: Stored) -> None:
    before = stored().answers
    page.go_field("recipients", focus=True)
    ask(page, "Thi", "Thịnh")
    page.search.replace_all()
    assert page.search.said.text().startswith("Đã thay 1 chỗ. ")
    page.saving.save_now()
    after = stored().answers
    assert after["signer.name"] == str(before["signer.name"]).replace("Thi", "Thịnh")
    body.load("Lưu: VT")
    page.go_key("bases", focus=True)
    ask(page, "VT", "VP")
    page.go_key("head", focus=True)
    page.search.replace_all()
    assert page.search.said.text().startswith("Đã thay 2 chỗ, cả ở «Nội dung». ")
    page.saving.save_now()
    assert "VP" in str(stored().answers["recipients"])
    page.go_field("signer.name", focus=True)
    press(Key.Key_Z, CTRL)
    page.saving.save_now()
    assert stored().answers["signer.name"] == before["signer.name"]


def test_nothing_is_replaced_without_words_to_find_or_in_a_final_plan(page: PlanPage, body: BlockEditor) -> None:
    body.load("Một hai")
    ask(page, "ba", "bốn")
    assert not page.search.all_button.isEnabled()
    page.search.replace()
    page.search.replace_all()
    assert body.text() == "Một hai"
    assert page.search.said.text() == "Không có chỗ nào để thay."
    page.search.close_bar()
    body.setReadOnly(True)
    press(Key.Key_F, CTRL | SHIFT)
    assert not page.search.isHidden()
    assert page.search.more.isHidden()
    assert page.search.more_button.isHidden(), "a button that does nothing"
    page.search.close_bar()
    body.setReadOnly(False)
    press(Key.Key_F, CTRL)
    assert not page.search.more_button.isHidden()


@pytest.mark.parametrize(
    ("found", "query", "words", "put"),
    [
        ("xã", "xã", "phường", "phường"),
        ("Xã", "xã", "phường", "Phường"),
        ("XÃ", "xã", "phường", "PHƯỜNG"),
        ("UBND", "UBND", "Ủy ban", "Ủy ban"),
        ("Ủy ban", "ủy ban", "Hội", "Hội"),
        ("Xã", "Xã", "phường", "phường"),
        ("2022", "2022", "2023", "2023"),
    ],
)
def test_other_words_take_the_capitals_of_what_stood_there(found: str, query: str, words: str, put: str) -> None:
    assert in_case_of(found, query, words) == put
