"""Căn cứ and nơi nhận on the page of the text: one keyboard, one history, and never one running into another."""

import random
from collections.abc import Callable

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hoctap_desktop.document.model import plain
from hoctap_desktop.office import trash
from hoctap_desktop.plan.outline import heading, paragraph
from hoctap_desktop.plan.page_text import Lines, joined
from hoctap_desktop.ui import theme
from hoctap_desktop.ui.history.dialogs import TrashDialog
from hoctap_desktop.ui.history.trash_can import TrashCan
from hoctap_desktop.ui.plan import blocks as b
from hoctap_desktop.ui.plan.editor import BlockEditor
from hoctap_desktop.ui.plan.page import PlanPage
from hoctap_desktop.ui.session import Session
from tests.ui.keys import ALT, CTRL, SHIFT, press, write
from tests.ui.plan.conftest import Stored

Key = Qt.Key
LISTS = (
    Lines("recipient", "recipients", "Nơi nhận", "Mỗi dòng một nơi."),
    Lines("basis", "legal_bases", "Căn cứ ban hành", "Mỗi dòng một căn cứ."),
)
PAGE = joined(
    {"legal_bases": "Luật A;\nLuật B;", "body": "Mở đầu\n\n# MỘT\n\nHai.", "recipients": "Nhà trường;\nLưu: VT."},
    "body",
)


@pytest.fixture
def editor(qtbot: QtBot, qapp: QApplication) -> BlockEditor:
    theme.apply(qapp, theme.Theme())
    made = BlockEditor("decree", "Nội dung", lines=LISTS)
    qtbot.addWidget(made)
    made.set_values({"year": "2022"}, {"year": "Năm"})
    made.resize(526, 560)
    made.load(PAGE)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.setFocus()
    return made


def parts(editor: BlockEditor) -> tuple[str, str, str]:
    return editor.answer("legal_bases"), editor.text(), editor.answer("recipients")


def sound(editor: BlockEditor) -> bool:
    """Each group stands in its place with a block at least, and every row has its height."""
    groups = [b.group(block) for block in b.blocks_of(editor.document())]
    return groups == sorted(groups) and set(groups) == {0, 1, 2} and len(editor.blocks.heights()) == len(groups)


def test_the_page_holds_all_three_and_begins_at_the_text(editor: BlockEditor) -> None:
    assert editor.fields() == ("legal_bases", "body", "recipients")
    assert parts(editor) == ("Luật A;\nLuật B;", "Mở đầu\n\n# MỘT\n\nHai.", "Nhà trường;\nLưu: VT.")
    assert (editor.field_here(), editor.place()) == ("body", 0)
    assert editor.page_text() == PAGE
    editor.go(1, "recipients")
    assert (editor.field_here(), editor.place()) == ("recipients", 1)
    assert editor.number_of(editor.textCursor().blockNumber()) == "-"


def test_enter_makes_the_next_line_and_an_empty_one_leads_into_the_text(editor: BlockEditor) -> None:
    editor.go(1, "legal_bases")
    press(Key.Key_End)
    press(Key.Key_Return)
    write("Luật C;")
    assert editor.answer("legal_bases") == "Luật A;\nLuật B;\nLuật C;"
    press(Key.Key_Return)
    press(Key.Key_Return)
    assert editor.field_here() == "body"
    write("Nay: ")
    assert parts(editor)[0] == "Luật A;\nLuật B;\nLuật C;"
    assert parts(editor)[1].startswith("Nay: Mở đầu")
    assert sound(editor)


def test_backspace_joins_lines_and_stops_at_the_edge_of_a_list(editor: BlockEditor) -> None:
    editor.go(1, "legal_bases")
    press(Key.Key_Backspace)
    assert editor.answer("legal_bases") == "Luật A;Luật B;"
    editor.go(0)
    press(Key.Key_Backspace)
    assert editor.field_here() == "legal_bases"
    assert parts(editor)[1].startswith("Mở đầu")
    editor.go(0, "recipients")
    press(Key.Key_Backspace)
    assert editor.field_here() == "body"
    assert editor.answer("recipients") == "Nhà trường;\nLưu: VT."
    editor.go(1, "recipients")
    press(Key.Key_End)
    press(Key.Key_Delete)
    assert sound(editor)


def test_an_empty_first_block_of_the_text_goes_when_backspace_leaves_it(editor: BlockEditor) -> None:
    editor.load(joined({"legal_bases": "A", "body": "x\n\ny", "recipients": ""}, "body"))
    editor.go(0)
    press(Key.Key_Delete)
    count = editor.document().blockCount()
    press(Key.Key_Backspace)
    assert editor.field_here() == "legal_bases"
    assert editor.document().blockCount() == count - 1
    assert editor.text() == "y"


def test_lines_move_within_their_list_only(editor: BlockEditor) -> None:
    editor.go(1, "legal_bases")
    press(Key.Key_Up, ALT)
    assert editor.answer("legal_bases") == "Luật B;\nLuật A;"
    press(Key.Key_Up, ALT)
    press(Key.Key_Down, ALT)
    press(Key.Key_Down, ALT)
    press(Key.Key_Down, ALT)
    assert parts(editor) == ("Luật A;\nLuật B;", "Mở đầu\n\n# MỘT\n\nHai.", "Nhà trường;\nLưu: VT.")
    editor.go(1)
    press(Key.Key_Down, ALT)
    assert editor.answer("recipients") == "Nhà trường;\nLưu: VT."


def test_kinds_and_tables_are_for_the_text(editor: BlockEditor) -> None:
    before = parts(editor)
    editor.go(0, "recipients")
    for key in (Key.Key_1, Key.Key_5, Key.Key_0, Key.Key_6, Key.Key_7, Key.Key_B):
        press(key, CTRL)
    press(Key.Key_Tab)
    press(Key.Key_Tab, SHIFT)
    assert parts(editor) == before
    write("- ")
    assert editor.answer("recipients").startswith("Nhà trường;")


def test_ctrl_a_takes_one_list_then_everything(editor: BlockEditor) -> None:
    editor.go(0, "recipients")
    press(Key.Key_A, CTRL)
    press(Key.Key_Delete)
    assert parts(editor)[2] == ""
    assert parts(editor)[0] == "Luật A;\nLuật B;"
    press(Key.Key_A, CTRL)
    press(Key.Key_A, CTRL)
    press(Key.Key_Delete)
    assert parts(editor)[1].startswith("Mở đầu")
    editor.go(0)
    press(Key.Key_A, CTRL)
    press(Key.Key_A, CTRL)
    write("Mới")
    assert parts(editor) == ("", "Mới", "")
    assert sound(editor)
    while editor.document().isUndoAvailable():
        press(Key.Key_Z, CTRL)
    assert editor.page_text() == PAGE


def test_several_pasted_lines_become_several(editor: BlockEditor) -> None:
    data = QMimeData()
    data.setText("- UBND huyện (báo cáo);\r\n- Các trường học\r\ntrên địa bàn;\r\n- Lưu: VT.")
    editor.go(0, "recipients")
    press(Key.Key_A, CTRL)
    editor.insertFromMimeData(data)
    assert editor.answer("recipients") == "UBND huyện (báo cáo);\nCác trường học trên địa bàn;\nLưu: VT."
    press(Key.Key_Z, CTRL)
    assert editor.page_text() == PAGE


def test_own_blocks_change_their_kind_with_their_group(editor: BlockEditor) -> None:
    editor.go(1)
    press(Key.Key_End, SHIFT)
    press(Key.Key_C, CTRL)
    editor.go(1, "recipients")
    press(Key.Key_End)
    press(Key.Key_Return)
    press(Key.Key_V, CTRL)
    assert editor.answer("recipients").splitlines()[-1] == "MỘT"
    editor.go(0, "legal_bases")
    press(Key.Key_A, CTRL)
    press(Key.Key_C, CTRL)
    editor.go(2)
    press(Key.Key_End)
    press(Key.Key_Return)
    press(Key.Key_V, CTRL)
    assert [block.kind for block in editor.outline()][-2:] == ["paragraph", "paragraph"]
    assert editor.text().endswith("Luật A;\n\nLuật B;")
    QApplication.clipboard().clear()


def test_a_field_stands_in_a_line_as_in_the_text(editor: BlockEditor) -> None:
    editor.go(0, "legal_bases")
    editor.insert_field("year")
    assert editor.answer("legal_bases").startswith("{{year}}Luật A;")


def test_a_screen_reader_is_told_which_line_of_which_list(editor: BlockEditor) -> None:
    editor.go(1, "legal_bases")
    assert editor.accessibleDescription() == "Căn cứ ban hành, dòng 2 trên 2: Luật B;"
    editor.go(1, "recipients")
    assert editor.accessibleDescription() == "Nơi nhận, dòng 2 trên 2: Lưu: VT."


def test_names_stand_over_the_first_lines_and_follow_them(editor: BlockEditor) -> None:
    def over() -> list[bool]:
        return [editor.blocks.caption_room(block) > 0 for block in b.blocks_of(editor.document())]

    assert over() == [True, False, True, False, False, True, False]
    editor.go(0, "recipients")
    press(Key.Key_Return)
    heights = editor.blocks.heights()
    editor.blocks.again()
    assert editor.blocks.heights() == heights
    assert over() == [True, False, True, False, False, True, False, False]
    editor.go(0)
    press(Key.Key_F5, SHIFT)
    heights = editor.blocks.heights()
    editor.blocks.again()
    assert editor.blocks.heights() == heights


ACTS: tuple[Callable[[], None], ...] = (
    lambda: press(Key.Key_Return),
    lambda: press(Key.Key_Backspace),
    lambda: press(Key.Key_Delete),
    lambda: press(Key.Key_Up, ALT),
    lambda: press(Key.Key_Down, ALT),
    lambda: press(Key.Key_Tab),
    lambda: press(Key.Key_Tab, SHIFT),
    lambda: press(Key.Key_D, CTRL),
    lambda: press(Key.Key_F5, SHIFT),
    lambda: press(Key.Key_F5, CTRL | SHIFT),
    lambda: press(Key.Key_X, CTRL),
    lambda: press(Key.Key_V, CTRL),
    lambda: press(Key.Key_1, CTRL),
    lambda: press(Key.Key_5, CTRL),
    lambda: write("ab "),
)


@pytest.mark.parametrize("seed", range(12))
def test_whatever_is_done_lists_keep_their_place_and_undo_leads_back(editor: BlockEditor, seed: int) -> None:
    dice = random.Random(seed)
    for _ in range(40):
        end = editor.document().characterCount() - 1
        cursor = editor.textCursor()
        cursor.setPosition(dice.randint(0, end))
        if dice.random() < 0.4:
            cursor.setPosition(dice.randint(0, end), QTextCursor.MoveMode.KeepAnchor)
        editor.setTextCursor(cursor)
        dice.choice(ACTS)()
        assert sound(editor)
    last = b.raw_outline(editor.document())
    heights = editor.blocks.heights()
    editor.blocks.again()
    assert editor.blocks.heights() == heights
    while editor.document().isUndoAvailable():
        editor.undo()
        assert sound(editor)
    assert editor.page_text() == PAGE
    while editor.document().isRedoAvailable():
        editor.redo()
    assert b.raw_outline(editor.document()) == last
    QApplication.clipboard().clear()


@pytest.mark.parametrize("first", ["", "Luật"])
@pytest.mark.parametrize("second", [heading(1, plain("A")), paragraph(plain("x"))])
def test_nothing_joins_over_the_edge_of_a_group(editor: BlockEditor, first: str, second: object) -> None:
    body = "# A" if second == heading(1, plain("A")) else "x"
    editor.load(joined({"legal_bases": first, "body": body, "recipients": ""}, "body"))
    editor.go(0, "legal_bases")
    press(Key.Key_End)
    press(Key.Key_Delete)
    editor.go(0)
    press(Key.Key_Backspace)
    press(Key.Key_Backspace)
    assert editor.answer("legal_bases") in (first, first[:-1])
    assert editor.text() in ("# A", "A", "x")
    assert sound(editor)


# --- on the page -------------------------------------------------------------------------------------------------


def body_of(page: PlanPage) -> BlockEditor:
    editor = page.sheets["text"].editor
    assert editor is not None
    editor.setFocus()
    return editor


def test_what_is_typed_in_a_list_is_stored_as_its_answer(page: PlanPage, stored: Stored) -> None:
    editor = body_of(page)
    page.go_field("legal_bases", focus=True)
    press(Key.Key_A, CTRL)
    write("Căn cứ Luật Giáo dục;")
    press(Key.Key_Return)
    write("Căn cứ Công văn 12;")
    page.saving.save_now()
    assert stored().answers["legal_bases"] == ["Căn cứ Luật Giáo dục;", "Căn cứ Công văn 12;"]
    assert page.outline.current() == "legal_bases:0"
    press(Key.Key_Z, CTRL)
    press(Key.Key_Z, CTRL)
    press(Key.Key_Z, CTRL)
    page.saving.save_now()
    assert stored().answers["legal_bases"] != ["Căn cứ Luật Giáo dục;", "Căn cứ Công văn 12;"]
    assert editor.field_here() == "legal_bases"


def test_search_and_the_outline_lead_into_a_list(page: PlanPage) -> None:
    editor = body_of(page)
    page.go_field("recipients", focus=True)
    press(Key.Key_A, CTRL)
    write("Trạm phát thanh xã")
    press(Key.Key_F, CTRL)
    write("phat thanh xa")
    assert [hit.field for hit in page.search.hits()] == ["recipients"]
    assert editor.textCursor().selectedText() == "phát thanh xã"
    press(Key.Key_Escape)
    page.go_key("legal_bases:0", focus=True)
    assert editor.field_here() == "legal_bases"
    page.go_key("bases", focus=True)
    assert editor.field_here() == "legal_bases"
    page.go_key("foot", focus=True)
    assert page.sheets.current() is page.sheets["foot"]
    assert set(page.sheets["foot"].fields) == {
        "signer.collective",
        "signer.authority",
        "signer.title",
        "signer.name",
    }


def test_a_heading_taken_away_with_its_part_comes_back_from_the_trash(
    page: PlanPage, session: Session, stored: Stored
) -> None:
    editor = body_of(page)
    page.saving.save_now()
    before = stored().answers["body"]
    first = next(n for n, block in enumerate(editor.outline()) if block.kind == "heading")
    editor.go(first)
    count = len(editor.outline())
    press(Key.Key_F5, CTRL | SHIFT)
    assert len(editor.outline()) < count - 1
    page.saving.save_now()
    strip = page.sheets["text"].strip
    assert strip is not None
    assert strip.words().startswith("Đã bỏ")
    session.jobs.finish()
    found: list[tuple[trash.Removed, ...]] = []
    session.jobs.run(lambda store: trash.trash(store, session.campaign.id), found.append)
    session.jobs.finish()
    ((one,),) = found
    assert one.kind == "part"
    session.jobs.run(lambda store: trash.put_back(store, one))
    session.jobs.finish()
    assert stored().answers["body"] == before
    page.enter()
    session.jobs.finish()
    assert editor.text() == before
    assert strip.words() == ""  # its Hoàn tác would take the part away again


def test_undo_of_what_was_taken_away_is_offered_until_something_else_is_done(page: PlanPage) -> None:
    editor = body_of(page)
    before = editor.text()
    first = next(n for n, block in enumerate(editor.outline()) if block.kind == "heading")
    strip = page.sheets["text"].strip
    assert strip is not None
    for typed in ("", "abc"):
        editor.go(first)
        press(Key.Key_F5, CTRL | SHIFT)
        QApplication.processEvents()
        assert strip.offers() == ("Hoàn tác",)
        write(typed)
        QApplication.processEvents()
        if not typed:
            assert strip.take()
            assert editor.text() == before
        assert strip.words() == ""


def test_undo_takes_a_part_out_of_the_trash(page: PlanPage, session: Session) -> None:
    editor = body_of(page)
    before = editor.text()
    first = next(n for n, block in enumerate(editor.outline()) if block.kind == "heading")
    editor.go(first)
    press(Key.Key_F5, CTRL | SHIFT)
    press(Key.Key_Z, CTRL)
    assert editor.text() == before
    session.jobs.finish()
    found: list[tuple[trash.Removed, ...]] = []
    session.jobs.run(lambda store: trash.trash(store, session.campaign.id), found.append)
    session.jobs.finish()
    assert found == [()]


def test_tab_on_a_heading_with_the_deepest_level_under_it_says_why_not(page: PlanPage) -> None:
    editor = body_of(page)
    editor.load("# A\n\n#### B")
    before = editor.text()
    press(Key.Key_Tab)
    strip = page.sheets["text"].strip
    assert strip is not None
    assert "cấp thấp nhất" in strip.words()
    assert editor.text() == before
    press(Key.Key_2, CTRL)
    assert [block.level for block in editor.outline()] == [2, 4]


def test_a_click_on_a_line_of_the_paper_leads_to_its_block_and_back(page: PlanPage, session: Session) -> None:
    editor = body_of(page)
    page.look()
    session.jobs.finish()
    mark = next(mark for mark in page._marks if mark.key == "legal_bases.0")
    page.preview.pressed.emit(mark.page - 1, (mark.top + mark.bottom) / 2)
    assert (editor.field_here(), editor.place()) == ("legal_bases", 0)
    assert page.preview._highlights
    editor.go(0, "recipients")
    assert page.preview._highlights


def test_the_trash_gives_a_part_back_by_keys(page: PlanPage, session: Session, qtbot: QtBot) -> None:
    editor = body_of(page)
    before = editor.text()
    editor.go(next(n for n, block in enumerate(editor.outline()) if block.kind == "heading"))
    press(Key.Key_F5, CTRL | SHIFT)
    page.saving.save_now()
    session.jobs.finish()
    can = TrashCan(page, lambda _filing: page.enter())
    can.open()
    session.jobs.finish()
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), TrashDialog))
    press(Key.Key_Return)
    session.jobs.finish()
    assert editor.text() == before
    assert page.banners.texts()["put_back"].startswith("Đã lấy lại: Kế hoạch: Đề mục «")


def test_the_outline_keys_and_f6_lead_to_each_list_and_the_ring_follows(page: PlanPage) -> None:
    editor = body_of(page)
    page.outline.setFocus()
    page.outline.open("recipients:0")
    press(Key.Key_Return)
    assert QApplication.focusWidget() is editor
    assert editor.field_here() == "recipients"
    assert page.panes()[1] is editor
    write("Đài truyền thanh; ")
    assert editor.answer("recipients").startswith("Đài truyền thanh; ")
