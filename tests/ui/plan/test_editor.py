"""The block editor: what is typed is what is stored, blocks are split, joined, moved and given other kinds."""

from typing import cast

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from hoctap_desktop.document.model import plain
from hoctap_desktop.filing.filled_file import read_filled
from hoctap_desktop.form.answers import text
from hoctap_desktop.form.loader import form_by_id
from hoctap_desktop.foundation import paths
from hoctap_desktop.plan.outline import Block, bullet, heading, paragraph, parse, write
from hoctap_desktop.ui.plan import blocks as b
from hoctap_desktop.ui.plan.block_clipboard import MIME
from hoctap_desktop.ui.plan.editor import BlockEditor
from tests.ui.plan.block_hand import (
    LABELS,
    TEXT,
    VALUES,
    Key,
    Mod,
    bold_blocks,
    caret,
    commit,
    end_of,
    heads,
    numbers,
    press,
    type_in,
)


def test_a_text_comes_back_as_it_was_loaded(editor: BlockEditor) -> None:
    assert editor.text() == TEXT
    assert not editor.document().isUndoAvailable()


def test_the_form_of_the_commune_comes_back_as_it_was_loaded(editor: BlockEditor) -> None:
    form = form_by_id("plan/commune", 1)
    body = next(f.default for f in form.fields() if f.id == "body").strip()
    editor.set_values(dict.fromkeys((f.id for f in form.fields()), "x") | VALUES | {"unit.name": "xã"}, LABELS)
    editor.load(body)
    assert editor.text() == write(parse(body)).rstrip("\n")


def test_numbers_are_computed_and_an_override_stands(editor: BlockEditor) -> None:
    assert numbers(editor) == ["", "I.", "1.", "", "-", "+", "", "III.", ""]
    caret(editor, 2)
    press(editor, Key.Key_Backtab)
    assert numbers(editor)[1:3] == ["I.", "II."]
    caret(editor, 1)
    press(editor, Key.Key_Tab)
    assert numbers(editor)[1:3] == ["1.", "I."]


def test_decomposed_letters_are_stored_composed(editor: BlockEditor) -> None:
    caret(editor, 8, 0)
    commit(editor, "Vie\u0302\u0323t Nam\u200b ")
    assert editor.text().endswith("\n\nVi\u1ec7t Nam Hết.")


def test_enter_splits_and_backspace_joins(editor: BlockEditor) -> None:
    caret(editor, 4, 5)
    press(editor, Key.Key_Return)
    assert [x.text for x in editor.outline()[4:6]] == ["Thành", "phần: đại diện các đoàn thể."]
    press(editor, Key.Key_Backspace)  # to a paragraph
    press(editor, Key.Key_Backspace)  # to one block
    assert editor.outline()[4].text == "Thành phần: đại diện các đoàn thể."
    assert heads(editor)[4] == "bullet1"


@pytest.mark.parametrize("modifiers", [Mod.NoModifier, Mod.ShiftModifier])
def test_enter_after_a_heading_begins_a_paragraph(editor: BlockEditor, modifiers: Mod) -> None:
    caret(editor, 1, end_of(editor, 1))
    press(editor, Key.Key_Return, modifiers)
    assert heads(editor)[1:3] == ["heading1", "paragraph"]
    assert "\u2028" not in editor.toPlainText()


def test_enter_before_a_heading_pushes_it_down_with_its_number(editor: BlockEditor) -> None:
    caret(editor, 7, 0)
    press(editor, Key.Key_Return)
    assert heads(editor)[7:9] == ["paragraph", "heading1"]
    assert numbers(editor)[8] == "III."


def test_enter_in_an_empty_bullet_ends_the_list(editor: BlockEditor) -> None:
    caret(editor, 5, end_of(editor, 5))
    press(editor, Key.Key_Return)
    assert heads(editor)[6] == "bullet2"
    press(editor, Key.Key_Return)
    assert heads(editor)[6] == "paragraph"


KINDS = [
    heading(1, plain("a")),
    heading(3, plain("a")),
    paragraph(plain("a")),
    bullet(1, "-", plain("a")),
    bullet(2, "+", plain("a")),
]


@pytest.mark.parametrize("first", KINDS)
@pytest.mark.parametrize("second", KINDS)
@pytest.mark.parametrize("empty", [False, True])
def test_a_join_keeps_the_first_kind_unless_the_first_is_empty(
    editor: BlockEditor, first: Block, second: Block, empty: bool
) -> None:
    editor.load(write((first, second)))
    if empty:
        caret(editor, 0, 0, until=(0, 1))
        press(editor, Key.Key_Delete)
    caret(editor, 0, end_of(editor, 0))
    before = b.raw_outline(editor.document())
    press(editor, Key.Key_Delete)
    (joined,) = b.raw_outline(editor.document())
    kept = second if empty else first
    assert (joined.kind, joined.level, joined.mark) == (kept.kind, kept.level, kept.mark)
    assert joined.text == ("a" if empty else "aa")
    editor.undo()
    assert b.raw_outline(editor.document()) == before


def test_a_selection_over_blocks_goes_as_one_step(editor: BlockEditor) -> None:
    caret(editor, 2, 4, until=(5, 4))
    press(editor, Key.Key_Delete)
    assert editor.outline()[2] == heading(2, plain("ThờiKhuyến học."))
    editor.undo()
    assert editor.text() == TEXT


def test_deleting_everything_leaves_one_paragraph(editor: BlockEditor) -> None:
    editor.selectAll()
    press(editor, Key.Key_Backspace)
    assert heads(editor) == ["paragraph"]
    assert editor.text() == ""
    editor.undo()
    assert editor.text() == TEXT


def test_tab_and_shift_tab_climb_the_ladder(editor: BlockEditor) -> None:
    caret(editor, 8)
    seen = []
    for key in [Key.Key_Tab] * 4 + [Key.Key_Backtab] * 4:
        press(editor, key)
        seen.append(heads(editor)[8])
    assert seen == ["bullet1", "bullet2", "bullet3", "bullet3", "bullet2", "bullet1", "paragraph", "paragraph"]


def test_alt_arrows_move_blocks_and_tables_whole(editor: BlockEditor) -> None:
    rows = editor.outline()[6].rows
    caret(editor, 6)
    press(editor, Key.Key_Up, Mod.AltModifier)
    assert heads(editor)[5:7] == ["table", "bullet2"]
    assert editor.outline()[5].rows == rows
    caret(editor, 1, 0, until=(2, 2))
    press(editor, Key.Key_Down, Mod.AltModifier)
    assert heads(editor)[1:] == [
        "heading1",
        "paragraph",
        "heading1",
        "heading2",
        "paragraph",
        "bullet1",
        "table",
        "bullet2",
    ]
    assert editor.textCursor().block().text() == "Thời gian"
    editor.undo()
    editor.undo()
    assert editor.text() == TEXT


def test_a_space_makes_a_step_of_undo(editor: BlockEditor) -> None:
    caret(editor, 8, end_of(editor, 8))
    type_in(editor, " Năm hai")
    editor.undo()
    assert editor.text().endswith("Hết. Năm")
    editor.undo()
    editor.undo()
    assert editor.text() == TEXT


def test_a_new_heading_comes_after_the_part_of_its_level(editor: BlockEditor) -> None:
    caret(editor, 3)
    editor.add_heading()
    type_in(editor, "Địa điểm")
    assert editor.outline()[7] == heading(2, plain("Địa điểm"))
    assert numbers(editor)[7] == "2."
    editor.load("")
    editor.add_heading()
    assert heads(editor) == ["heading1"]


def test_delete_takes_whole_blocks_and_keeps_the_neighbours(editor: BlockEditor) -> None:
    caret(editor, 1)
    editor.delete_blocks()
    assert heads(editor)[:3] == ["paragraph", "heading2", "paragraph"]
    caret(editor, editor.document().blockCount() - 1)
    editor.delete_blocks()
    assert heads(editor)[-1] == "heading1"
    editor.undo()
    editor.undo()
    assert editor.text() == TEXT


def test_read_only_changes_nothing(editor: BlockEditor) -> None:
    editor.setReadOnly(True)
    caret(editor, 3, 2)
    for act in (editor.demote, editor.move_down, editor.delete_blocks, editor.add_heading, editor.cut_blocks):
        act()
    editor.insert_field("year")
    for key in (Key.Key_Return, Key.Key_Delete, Key.Key_Backspace):
        press(editor, key)
    type_in(editor, "x")
    commit(editor, "x")
    assert editor.text() == TEXT


def test_our_own_copy_keeps_kinds_chips_and_tables(editor: BlockEditor) -> None:
    caret(editor, 3, 0, until=(7, end_of(editor, 7)))
    editor.copy()
    data = QApplication.clipboard().mimeData()
    assert data.hasFormat(MIME)
    assert data.text().splitlines()[:3] == [
        "Từ ngày 06/10/2022 đến ngày 12/10/2022 tại {{opening.place}}.",
        "- Thành phần: đại diện các đoàn thể.",
        "+ Hội Khuyến học.",
    ]
    assert "1\tKhai mạc" in data.text()
    wanted = editor.outline()[3:8]
    editor.load("")
    editor.paste()
    assert editor.outline() == wanted
    editor.undo()
    assert editor.text() == ""


def test_a_part_of_a_line_is_pasted_into_a_line(editor: BlockEditor) -> None:
    caret(editor, 3, 3, until=(3, 9))
    editor.copy()
    caret(editor, 8, 3)
    editor.paste()
    assert editor.text().endswith("\n\nHếtngày {{week.from}}.")


def test_cut_leaves_a_paragraph_and_paste_brings_all_back(editor: BlockEditor) -> None:
    editor.selectAll()
    press(editor, Key.Key_X, Mod.ControlModifier)
    assert editor.text() == ""
    editor.paste()
    assert editor.text() == TEXT


PASTED = "I. Mục đích\r\n1. Yêu cầu\r\nđoạn một\x0b\r\na) Lễ khai mạc\r\n• Thành phần\r\n+ Hội\r\nTT\tViệc\r\n1\tMở\r\n"


def test_plain_text_becomes_blocks_in_one_step(editor: BlockEditor) -> None:
    editor.load("đầu cuối")
    caret(editor, 0, 4)
    QApplication.clipboard().setText(PASTED)
    editor.paste()
    assert heads(editor) == [
        "paragraph",
        "heading1",
        "heading2",
        "paragraph",
        "heading3",
        "bullet1",
        "bullet2",
        "table",
        "paragraph",
    ]
    assert editor.outline()[7].rows == (("TT", "Việc"), ("1", "Mở"))
    assert editor.outline()[8].text == "cuối"
    editor.undo()
    assert editor.text() == "đầu cuối"


def test_the_real_plan_of_the_examples_comes_back_as_it_was_loaded(editor: BlockEditor) -> None:
    filing = read_filled(paths.forms() / "examples" / "2022-ha-thuong-plan.toml")
    form = form_by_id(filing.form.id, filing.form.version)
    editor.set_values(dict.fromkeys((f.id for f in form.fields()), "x") | VALUES, LABELS)
    for field in ("body", "appendix"):
        outline = parse(text(filing.answers, field))
        editor.load(write(outline))
        assert editor.outline() == outline
        assert editor.text() == write(outline).rstrip("\n")


def test_undoing_a_change_of_kind_leaves_the_caret_in_its_block(editor: BlockEditor) -> None:
    caret(editor, 3, 5)
    press(editor, Key.Key_Tab)
    press(editor, Key.Key_Z, Mod.ControlModifier)
    assert editor.textCursor().blockNumber() == 3
    press(editor, Key.Key_Y, Mod.ControlModifier)
    assert editor.head().kind == "bullet"
    assert editor.textCursor().blockNumber() == 3


def test_a_part_moves_whole_and_a_bullet_takes_what_is_under_it(editor: BlockEditor) -> None:
    editor.load("- a\n  + a1\n- b\n  + b1\n\n# I\n\n## 1\n\nx\n\n# II")
    caret(editor, 2)
    press(editor, Key.Key_Up, Mod.AltModifier)
    assert [block.text for block in editor.outline()] == ["b", "b1", "a", "a1", "I", "1", "x", "II"]
    caret(editor, 4, 1)
    press(editor, Key.Key_Down, Mod.AltModifier)
    assert [block.text for block in editor.outline()][4:] == ["II", "I", "1", "x"]
    assert (editor.textCursor().block().text(), editor.textCursor().positionInBlock()) == ("I", 1)


def test_ctrl_d_puts_a_part_once_more_under_itself(editor: BlockEditor) -> None:
    caret(editor, 2, 3)
    before = editor.text()
    press(editor, Key.Key_D, Mod.ControlModifier)
    assert heads(editor)[2:9] == ["heading2", "paragraph", "bullet1", "bullet2", "table", "heading2", "paragraph"]
    assert editor.textCursor().blockNumber() == 7
    assert editor.text().count("{{week.from}}") == 2
    editor.undo()
    assert editor.text() == before


@pytest.mark.parametrize(
    ("key", "kind"),
    [(Key.Key_1, "heading1"), (Key.Key_4, "heading4"), (Key.Key_0, "paragraph"), (Key.Key_5, "bullet1")],
)
def test_a_key_changes_the_kind(editor: BlockEditor, key: Key, kind: str) -> None:
    caret(editor, 3, 2)
    press(editor, key, Mod.ControlModifier)
    assert heads(editor)[3] == kind


def test_f5_adds_a_block_and_shift_f5_takes_it_away(editor: BlockEditor) -> None:
    caret(editor, 4, 2)
    press(editor, Key.Key_F5)
    assert heads(editor)[4:6] == ["bullet1", "bullet1"]
    assert editor.textCursor().blockNumber() == 5
    press(editor, Key.Key_F5, Mod.ShiftModifier)
    assert editor.text() == TEXT


@pytest.mark.parametrize(("mark", "level"), [("-", 1), ("+", 1), ("*", 1)])
def test_a_mark_and_a_space_make_a_bullet(editor: BlockEditor, mark: str, level: int) -> None:
    editor.load("")
    type_in(editor, f"{mark} a{mark} b")
    (made,) = editor.outline()
    assert (made.kind, made.level, made.mark, made.text) == ("bullet", level, mark, f"a{mark} b")


@pytest.mark.parametrize(("typed", "number", "shown"), [("2.1.", "2.1.", "2.1."), ("-", "", ""), ("", None, "II.")])
def test_f2_gives_a_heading_its_own_number(active: BlockEditor, typed: str, number: str | None, shown: str) -> None:
    caret(active, 7, 2)
    press(active, Key.Key_F2)
    box = cast("QWidget", QApplication.focusWidget())
    QTest.keyClick(box, Key.Key_A, Mod.ControlModifier)
    QTest.keyClick(box, Key.Key_Delete)
    QTest.keyClicks(box, typed)
    QTest.keyClick(box, Key.Key_Return)
    assert active.outline()[7].number == number
    assert active.number_of(7) == shown
    assert active.hasFocus()
    if number != "III.":
        active.undo()
    assert active.text() == TEXT


# --- headings look as they are printed ---

SENTENCE = "Ngân sách xã chi cho trang trí, tài liệu và nước uống trong cả bảy ngày của Tuần lễ"


def test_headings_of_the_third_level_are_light_as_on_the_page(editor: BlockEditor) -> None:
    editor.load("# Một\n\n## Hai\n\n### Ba\n\n### **Bốn**\n\nNăm")
    assert bold_blocks(editor) == {0, 1, 3}
    assert [editor.is_number_bold(n) for n in range(5)] == [True, True, False, True, False]


def test_a_heading_that_becomes_a_sentence_grows_light_with_its_last_letter(editor: BlockEditor) -> None:
    editor.load(f"# Kinh phí\n\n## {SENTENCE}\n\n## Vận động\n\n# Tổ chức")
    assert bold_blocks(editor) == {0, 1, 2, 3}
    caret(editor, 1, end_of(editor, 1))
    type_in(editor, ".")
    assert bold_blocks(editor) == {0, 3}
    assert not editor.is_number_bold(1)
    press(editor, Key.Key_Backspace)
    assert bold_blocks(editor) == {0, 1, 2, 3}


def test_numbers_begin_anew_at_an_appendix_as_on_the_page(editor: BlockEditor) -> None:
    editor.load("# Một\n\nPhụ lục I\n\n# Hai")
    assert numbers(editor) == ["I.", "", "I."]
    caret(editor, 1, end_of(editor, 1))
    type_in(editor, "?")
    assert numbers(editor) == ["I.", "", "II."]
    press(editor, Key.Key_Backspace)
    assert numbers(editor) == ["I.", "", "I."]
