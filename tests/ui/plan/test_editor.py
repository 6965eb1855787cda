"""The block editor: what is typed is what is stored, every act can be undone, chips and tables are never damaged."""

import random
from collections.abc import Callable
from typing import cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QFontMetricsF, QInputMethodEvent, QKeyEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from hoctap_desktop.document.model import Run, plain
from hoctap_desktop.filing.filled_file import read_filled
from hoctap_desktop.form.answers import text
from hoctap_desktop.form.loader import form_by_id
from hoctap_desktop.foundation import paths
from hoctap_desktop.plan.outline import Block, bullet, heading, paragraph, parse, table, write
from hoctap_desktop.ui import theme
from hoctap_desktop.ui.plan import blocks as b
from hoctap_desktop.ui.plan.block_clipboard import MIME
from hoctap_desktop.ui.plan.editor import BlockEditor

VALUES = {"week.from": "06/10/2022", "week.to": "12/10/2022", "opening.place": "", "year": "2022"}
LABELS = {"week.from": "Từ ngày", "week.to": "Đến ngày", "opening.place": "Nơi khai mạc"}
TEXT = """Mở đầu năm {{year}}:

# Mục đích

## Thời gian

Từ ngày {{week.from}} đến ngày {{week.to}} tại {{opening.place}}.

- Thành phần: đại diện các đoàn thể.
  + Hội Khuyến học.

| TT | Việc |
| --- | --- |
| 1 | Khai mạc |

# Tổ chức thực hiện {III.}

Hết."""
Key = Qt.Key
Mod = Qt.KeyboardModifier


@pytest.fixture
def editor(qtbot: QtBot, qapp: QApplication) -> BlockEditor:
    theme.apply(qapp, theme.Theme())
    made = BlockEditor("decree", "Nội dung kế hoạch")
    qtbot.addWidget(made)
    made.set_values(VALUES, LABELS)
    made.resize(526, 560)
    made.load(TEXT)
    made.show()
    qtbot.waitExposed(made)
    made.setFocus()
    return made


def press(editor: BlockEditor, key: Key, modifiers: Mod = Mod.NoModifier, text: str = "") -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(editor, QKeyEvent(kind, key, modifiers, text))


def type_in(editor: BlockEditor, words: str) -> None:
    """Letters as a keyboard of the system sends them, Vietnamese ones too."""
    for letter in words:
        press(editor, Key.Key_Space if letter == " " else Key.Key_unknown, text=letter)


def commit(editor: BlockEditor, words: str, *, replace: tuple[int, int] = (0, 0), preedit: str = "") -> None:
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(words, *replace)
    QApplication.sendEvent(editor, event)


def caret(editor: BlockEditor, block: int, at: int = 0, *, until: tuple[int, int] | None = None) -> None:
    document = editor.document()
    cursor = QTextCursor(document.findBlockByNumber(block))
    cursor.setPosition(cursor.position() + at)
    if until is not None:
        cursor.setPosition(document.findBlockByNumber(until[0]).position() + until[1], QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)


def end_of(editor: BlockEditor, block: int) -> int:
    return editor.document().findBlockByNumber(block).length() - 1


def heads(editor: BlockEditor) -> list[str]:
    return [f"{x.kind}{x.level or ''}" for x in map(b.head_of, b.blocks_of(editor.document()))]


def numbers(editor: BlockEditor) -> list[str]:
    return [editor.number_of(n) for n in range(editor.document().blockCount())]


# --- text and document ---


def test_a_text_comes_back_as_it_was_loaded(editor: BlockEditor) -> None:
    assert editor.text() == TEXT
    assert not editor.document().isUndoAvailable()


def test_the_form_of_the_commune_comes_back_as_it_was_loaded(editor: BlockEditor) -> None:
    form = form_by_id("plan/commune", 1)
    body = next(f.default for f in form.fields() if f.id == "body").strip()
    editor.set_values(dict.fromkeys((f.id for f in form.fields()), "x") | VALUES | {"unit.name": "xã"}, LABELS)
    editor.load(body)
    assert editor.text() == write(parse(body)).rstrip("\n")


PIECES = ["{{week.from}}", "{{ year }}", "{{lạ}}", "**", "* ", "#", "|", "ế", " ", "\\"]
words = st.lists(
    st.one_of(
        st.sampled_from(PIECES),
        st.text("ab1.", max_size=3),
    ),
    max_size=5,
).map("".join)
runs = st.lists(st.builds(Run, words, st.booleans(), st.booleans()), max_size=3).map(tuple)
outlines = st.lists(
    st.one_of(
        st.builds(heading, st.integers(1, 4), runs, st.sampled_from([None, "", "III.", "a)"])),
        st.builds(paragraph, runs),
        st.builds(bullet, st.integers(1, 3), st.sampled_from("-+*"), runs),
        st.builds(table, st.lists(st.lists(words, min_size=2, max_size=2), min_size=1, max_size=3)),
    ),
    max_size=6,
).map(tuple)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(outlines)
def test_any_outline_goes_into_the_document_and_comes_back(editor: BlockEditor, outline: tuple[Block, ...]) -> None:
    editor.load(write(outline))
    once = editor.text()
    assert once == write(outline).rstrip("\n")
    assert parse(once) == parse(write(outline))


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


# --- keys ---


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


# --- chips ---


def test_a_chip_is_one_letter_and_the_letters_after_it_are_plain(editor: BlockEditor) -> None:
    caret(editor, 8, 0)
    editor.insert_field("week.to")
    type_in(editor, "x")
    assert editor.text().endswith("{{week.to}}xHết.")
    press(editor, Key.Key_Left)
    press(editor, Key.Key_Backspace)
    press(editor, Key.Key_Backspace)
    assert editor.text().endswith("\n\nxHết.")


@pytest.mark.parametrize("side", [0, 1])
def test_a_burst_of_an_input_method_beside_a_chip_leaves_the_chip(editor: BlockEditor, side: int) -> None:
    editor.load("{{week.from}}")
    caret(editor, 0, side)
    commit(editor, "", preedit="Viê")
    assert editor.text() == "{{week.from}}"  # not yet said
    commit(editor, "Viê")
    commit(editor, "Việ", replace=(-3, 3))
    for letter in ("t", "\b", "\b", "\b", "\b", "V", "i", "ệ", "t"):
        if letter == "\b":
            press(editor, Key.Key_Backspace)
        else:
            type_in(editor, letter)
    assert editor.text() == ("{{week.from}}Việt" if side else "Việt{{week.from}}")


def test_a_new_value_is_shown_at_once_and_is_no_step_of_undo(editor: BlockEditor) -> None:
    caret(editor, 8, 0)
    type_in(editor, "x")
    wide = editor.blocks.heights()
    editor.set_values(VALUES | {"opening.place": "Nhà văn hóa " * 9}, LABELS)
    assert editor.blocks.chips.words("opening.place").startswith("Nhà văn hóa")
    assert editor.blocks.heights() != wide
    assert editor.horizontalScrollBar().maximum() == 0
    editor.undo()
    assert editor.text() == TEXT


def test_an_unknown_field_stays_as_written(editor: BlockEditor) -> None:
    editor.load("Ngày {{không.có}} và {{ year }}.")
    assert b.OBJECT in editor.toPlainText()
    assert editor.text() == "Ngày {{không.có}} và {{ year }}."


# --- tables ---


def test_typing_at_a_table_makes_a_paragraph_under_it(editor: BlockEditor) -> None:
    for at, typed in ((0, lambda: type_in(editor, "x")), (1, lambda: commit(editor, "x"))):
        editor.load(TEXT)
        caret(editor, 6, at)
        typed()
        assert heads(editor)[6:8] == ["table", "paragraph"]
        assert editor.outline()[7].text == "x"


@pytest.mark.parametrize(
    ("start", "end"),
    [((5, 3), (6, 0)), ((5, 3), (6, 1)), ((6, 0), (7, 3)), ((6, 1), (7, 3)), ((6, 1), (7, 0)), ((6, 0), (6, 1))],
)
def test_deleting_up_to_a_table_never_puts_letters_beside_it(
    editor: BlockEditor, start: tuple[int, int], end: tuple[int, int]
) -> None:
    caret(editor, *start, until=end)
    press(editor, Key.Key_Delete)
    for block in b.blocks_of(editor.document()):
        kept_rows = b.raw_runs(block)[1] is not None
        assert kept_rows == b.is_table(block)
        assert not kept_rows or block.length() == 2
    editor.undo()
    assert editor.text() == TEXT


def test_one_key_selects_a_table_and_the_second_takes_it(editor: BlockEditor) -> None:
    caret(editor, 6, 1)
    press(editor, Key.Key_Backspace)
    assert editor.text() == TEXT
    press(editor, Key.Key_Backspace)
    assert "table" not in heads(editor)
    editor.undo()
    assert editor.text() == TEXT


def test_cells_are_edited_over_the_table_as_one_step(editor: BlockEditor, qtbot: QtBot) -> None:
    caret(editor, 6)
    press(editor, Key.Key_F2)
    cells = editor.table_editor
    assert cells is not None
    item = cells.item(1, 1)
    assert item is not None
    item.setText("Lễ khai mạc")
    QTest.keyClick(cells, Key.Key_Escape)
    assert editor.outline()[6].rows == (("TT", "Việc"), ("1", "Lễ khai mạc"))
    editor.undo()
    assert editor.text() == TEXT


# --- clipboard ---


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


def test_hundreds_of_blocks_keep_right_heights(editor: BlockEditor) -> None:
    editor.load("\n\n".join(f"## Việc {n}\n\nNội dung thứ {n} của {{{{year}}}}.\n\n- Gạch {n}" for n in range(100)))
    assert editor.document().blockCount() == 300
    caret(editor, 151, 2)
    type_in(editor, "x" * 80)
    press(editor, Key.Key_Return)
    assert numbers(editor)[-3] == "100."
    assert heights_are_right(editor)


# --- the fuzz ---


def heights_are_right(editor: BlockEditor) -> bool:
    now = editor.blocks.heights()
    editor.document().setPageSize(editor.document().pageSize())  # a whole relayout
    return now == editor.blocks.heights()


def acts(editor: BlockEditor, chance: random.Random) -> list[Callable[[], object]]:
    last = editor.document().characterCount() - 1

    def somewhere(*, select: bool) -> None:
        cursor = editor.textCursor()
        cursor.setPosition(chance.randint(0, last))
        if select:
            cursor.setPosition(chance.randint(0, last), QTextCursor.MoveMode.KeepAnchor)
        editor.setTextCursor(cursor)

    return [
        lambda: somewhere(select=False),
        lambda: somewhere(select=False),
        lambda: somewhere(select=chance.random() < 0.5),
        lambda: type_in(editor, chance.choice(["ế", "một hai", " "])),
        lambda: commit(editor, "Việt"),
        lambda: press(editor, Key.Key_Return),
        lambda: press(editor, Key.Key_Backspace),
        lambda: press(editor, Key.Key_Delete),
        lambda: press(editor, Key.Key_Tab),
        lambda: press(editor, Key.Key_Backtab),
        lambda: press(editor, chance.choice([Key.Key_Up, Key.Key_Down]), Mod.AltModifier),
        lambda: press(editor, Key.Key_B, Mod.ControlModifier),
        lambda: editor.insert_field("week.from"),
        editor.add_heading,
        editor.delete_blocks,
        editor.add_block,
        editor.duplicate if len(editor.heads()) < 60 else editor.delete_blocks,
        editor.field_to_plain,
        lambda: editor.set_kind("bullet", 2),
        lambda: editor.insert_blocks(parse(TEXT)[3:7]),
        lambda: editor.insert_blocks((paragraph(plain("x {{year}}")),)),
        editor.undo,
        editor.redo,
    ]


@pytest.mark.parametrize("seed", range(12))
def test_undo_gives_the_start_and_redo_the_end_whatever_was_done(editor: BlockEditor, seed: int) -> None:
    chance = random.Random(seed)
    start = b.raw_outline(editor.document())
    for _ in range(50):
        chance.choice(acts(editor, chance))()
        stored = [b.kept(b.raw_block(block)) for block in b.blocks_of(editor.document())]
        assert editor.outline() == tuple(block for block in stored if block is not None)
        assert numbers(editor) == b.gutter([b.head_of(x) for x in b.blocks_of(editor.document())], "decree")
        for block in b.blocks_of(editor.document()):
            if b.is_table(block) or b.raw_runs(block)[1] is not None:
                assert block.length() == 2, "letters beside a table"
                assert b.is_table(block)
    while editor.document().isRedoAvailable():
        editor.redo()
    end = b.raw_outline(editor.document())
    assert heights_are_right(editor)
    assert parse(editor.text()) == editor.outline() or editor.text() == ""
    while editor.document().isUndoAvailable():
        editor.undo()
    assert b.raw_outline(editor.document()) == start
    while editor.document().isRedoAvailable():
        editor.redo()
    assert b.raw_outline(editor.document()) == end
    assert heights_are_right(editor)
    heads_now = [b.head_of(block) for block in b.blocks_of(editor.document())]
    assert numbers(editor) == b.gutter(heads_now, "decree")


def test_a_click_on_a_chip_puts_the_caret_on_its_side(editor: BlockEditor) -> None:
    layout = editor.document().findBlockByNumber(3).layout()
    line = layout.lineAt(0)
    left, right = (cast("tuple[float, int]", line.cursorToX(at))[0] for at in (8, 9))
    middle = layout.position().y() + line.y() + line.height() / 2
    for x, at in ((left + 2, 8), (right - 2, 9)):
        point = QPointF(layout.position().x() + x, middle)
        hit = editor.blocks.hitTest(point, Qt.HitTestAccuracy.FuzzyHit)
        assert hit == editor.document().findBlockByNumber(3).position() + at


def test_the_real_plan_of_the_examples_comes_back_as_it_was_loaded(editor: BlockEditor) -> None:
    filing = read_filled(paths.forms() / "examples" / "2022-ha-thuong-plan.toml")
    form = form_by_id(filing.form.id, filing.form.version)
    editor.set_values(dict.fromkeys((f.id for f in form.fields()), "x") | VALUES, LABELS)
    for field in ("body", "appendix"):
        outline = parse(text(filing.answers, field))
        editor.load(write(outline))
        assert editor.outline() == outline
        assert editor.text() == write(outline).rstrip("\n")


def test_a_double_click_on_a_chip_opens_its_field_and_a_tooltip_names_it(editor: BlockEditor, qtbot: QtBot) -> None:
    layout = editor.document().findBlockByNumber(3).layout()
    line = layout.lineAt(0)
    left = cast("tuple[float, int]", line.cursorToX(8))[0]
    point = QPointF(layout.position().x() + left + 8, layout.position().y() + line.y() + 10)
    assert editor.field_at(point) == "week.from"
    assert editor.field_at(point - QPointF(60, 0)) == ""
    with qtbot.waitSignal(editor.field_opened) as opened:
        QTest.mouseDClick(editor.viewport(), Qt.MouseButton.LeftButton, pos=point.toPoint())
    assert opened.args == ["week.from"]


def test_undoing_a_change_of_kind_leaves_the_caret_in_its_block(editor: BlockEditor) -> None:
    caret(editor, 3, 5)
    press(editor, Key.Key_Tab)
    press(editor, Key.Key_Z, Mod.ControlModifier)
    assert editor.textCursor().blockNumber() == 3
    press(editor, Key.Key_Y, Mod.ControlModifier)
    assert editor.head().kind == "bullet"
    assert editor.textCursor().blockNumber() == 3


@pytest.mark.parametrize("key", [Key.Key_Escape, Key.Key_F6])
def test_what_is_typed_in_a_cell_is_kept_however_it_is_left(editor: BlockEditor, qtbot: QtBot, key: Key) -> None:
    editor.activateWindow()
    qtbot.waitUntil(editor.isActiveWindow)
    caret(editor, 6)
    editor.edit_table()
    cells = editor.table_editor
    assert cells is not None
    cells.setCurrentCell(1, 0)
    cells.setFocus()
    QTest.keyClick(cells, Key.Key_F2)
    box = QApplication.focusWidget()
    assert isinstance(box, QLineEdit)
    box.selectAll()
    commit_to = QInputMethodEvent("", [])
    commit_to.setCommitString("Tối")
    QApplication.sendEvent(box, commit_to)
    if key == Key.Key_Escape:
        QTest.keyClick(box, key)
    else:
        cells.finish()
    assert editor.outline()[6].rows == (("TT", "Việc"), ("Tối", "Khai mạc"))
    assert editor.table_editor is None


def test_no_word_of_a_table_is_cut_while_there_is_room(editor: BlockEditor) -> None:
    rows = (("TT", "Nội dung dài", "Ngày"), ("1", "Giới thiệu sách mới cho học sinh các trường " * 3, "06/10/2022"))
    widths, heights = editor.blocks.tables.shape(rows)
    assert sum(widths) == pytest.approx(editor.blocks.tables.room)
    assert widths[2] > QFontMetricsF(theme.font("bold")).horizontalAdvance("06/10/2022")
    assert heights[1] > heights[0]


# --- more acts on blocks ---


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


@pytest.fixture
def active(editor: BlockEditor, qtbot: QtBot) -> BlockEditor:
    """The editor with the keyboard of the system."""
    editor.activateWindow()
    qtbot.waitUntil(editor.hasFocus)
    return editor


def test_a_programme_is_written_by_keys_and_numbers_its_rows(active: BlockEditor) -> None:
    editor = active
    caret(editor, 8, 0)
    press(editor, Key.Key_7, Mod.ControlModifier)
    for key, words in (
        (None, "7h30"), (Key.Key_Tab, "Don khach"), (Key.Key_Tab, "Doan xa"), (Key.Key_Tab, ""),
        (Key.Key_Tab, "Van nghe"), (Key.Key_F5, "Be mac"), (Key.Key_Escape, ""),
    ):  # fmt: skip
        if key is not None:
            QTest.keyClick(cast("QWidget", QApplication.focusWidget()), key)
        for letter in words:
            QTest.keyClicks(cast("QWidget", QApplication.focusWidget()), letter)
    (programme,) = [block for block in editor.outline() if len(block.rows) and len(block.rows[0]) == 4]
    assert programme.rows[1:] == (
        ("1", "7h30", "Don khach", "Doan xa"),
        ("2", "", "Van nghe", ""),
        ("3", "", "Be mac", ""),
    )
    assert editor.in_programme()
    editor.undo()
    editor.undo()
    assert editor.text() == TEXT


def test_rows_of_a_table_are_added_removed_moved_and_given_back(active: BlockEditor) -> None:
    editor = active
    caret(editor, 6)
    press(editor, Key.Key_F5)
    cells = editor.table_editor
    assert cells is not None
    assert cells.rowCount() == 3
    cells.move_row(-1)
    assert [row[1] for row in cells._all()] == ["Việc", "", "Khai mạc"]
    cells.setCurrentCell(2, 0)
    cells.remove_row()
    assert cells.rowCount() == 2
    cells._undo_rows()
    assert cells._all()[2] == ("1", "Khai mạc")
    cells.finish()


# --- fields are spared ---


def test_a_field_is_asked_about_before_it_goes(editor: BlockEditor, qtbot: QtBot) -> None:
    editor.load("a {{week.from}} b")
    caret(editor, 0, 3)
    with qtbot.waitSignal(editor.field_asked) as asked:
        press(editor, Key.Key_Backspace)
    assert asked.args == ["week.from"]
    assert editor.text() == "a {{week.from}} b"
    press(editor, Key.Key_Backspace)
    assert editor.text() == "a  b"
    editor.undo()
    caret(editor, 0, 2)
    press(editor, Key.Key_Delete)
    press(editor, Key.Key_Left)
    press(editor, Key.Key_Delete)
    assert editor.text() == "a {{week.from}} b", "the question was left, so it is asked anew"


@pytest.mark.parametrize("way", ["key", "input method"])
def test_letters_typed_over_a_chosen_field_go_behind_it(editor: BlockEditor, qtbot: QtBot, way: str) -> None:
    editor.load("a {{week.from}} b")
    caret(editor, 0, 2, until=(0, 3))
    with qtbot.waitSignal(editor.field_asked):
        if way == "key":
            type_in(editor, "x")
        else:
            commit(editor, "x")
    assert editor.text() == "a {{week.from}}x b"


def test_a_selection_with_fields_goes_and_says_so(editor: BlockEditor, qtbot: QtBot) -> None:
    editor.load("a {{week.from}} b {{week.to}} c")
    editor.selectAll()
    with qtbot.waitSignal(editor.fields_gone) as gone:
        press(editor, Key.Key_Delete)
    assert gone.args == [2]
    assert editor.text() == ""


def test_a_field_becomes_letters_and_letters_a_field(editor: BlockEditor) -> None:
    editor.load("Ngày **{{week.from}}** rồi")
    caret(editor, 0, 6)
    editor.field_to_plain()
    assert editor.text() == "Ngày **06/10/2022** rồi"
    caret(editor, 0, 16)
    found = editor.typed_value(["week.to", "week.from", "year"])
    assert found is not None
    assert (found.value, found.fields) == ("06/10/2022", ("week.from",))
    editor.value_to_field(found, "week.from")
    assert "{{week.from}} rồi" in editor.text()
    assert editor.textCursor().positionInBlock() == 7
    editor.undo()
    editor.undo()
    assert editor.text() == "Ngày **{{week.from}}** rồi"


@pytest.mark.parametrize("text", ["106/10/2022", "06/10/20221", "năm 2022 xong", "06/10/2022" + " a" * 40])
def test_a_value_inside_other_letters_short_or_long_ago_is_left_alone(editor: BlockEditor, text: str) -> None:
    editor.load(text)
    caret(editor, 0, end_of(editor, 0))
    assert editor.typed_value(["week.from"]) is None


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
