"""Whatever is done in the block editor: undo gives the start, redo the end, heights are right."""

import random
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor

from hoctap_desktop.document.model import Run, plain
from hoctap_desktop.plan.outline import Block, bullet, heading, paragraph, parse, table, write
from hoctap_desktop.ui.plan import blocks as b
from hoctap_desktop.ui.plan.editor import BlockEditor
from tests.ui.plan.block_hand import (
    TEXT,
    Key,
    Mod,
    bold_blocks,
    caret,
    commit,
    heights_are_right,
    numbers,
    press,
    printed_bold,
    type_in,
)

PIECES = ["{{week.from}}", "{{ year }}", "{{lạ}}", "**", "* ", "#", "|", "ế", " ", "\\", "📚"]
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


def test_hundreds_of_blocks_keep_right_heights(editor: BlockEditor) -> None:
    editor.load("\n\n".join(f"## Việc {n}\n\nNội dung thứ {n} của {{{{year}}}}.\n\n- Gạch {n}" for n in range(100)))
    assert editor.document().blockCount() == 300
    caret(editor, 151, 2)
    type_in(editor, "x" * 80)
    press(editor, Key.Key_Return)
    assert numbers(editor)[-3] == "100."
    assert heights_are_right(editor)


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
        lambda: type_in(editor, chance.choice(["ế", "một hai", " ", "📚"])),
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
        assert numbers(editor) == b.gutter(stored, "decree")
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
    stored = [b.kept(b.raw_block(block)) for block in b.blocks_of(editor.document())]
    assert numbers(editor) == b.gutter(stored, "decree")
    assert bold_blocks(editor) == printed_bold(stored)
