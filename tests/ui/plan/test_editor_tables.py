"""Tables in the block editor: cells over the text, rows, a programme that numbers itself."""

from typing import cast

import pytest
from PySide6.QtGui import QFontMetricsF, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from hoctap_desktop.ui import theme
from hoctap_desktop.ui.plan import blocks as b
from hoctap_desktop.ui.plan.editor import BlockEditor
from tests.ui.plan.block_hand import TEXT, Key, Mod, caret, commit, heads, press, type_in


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
