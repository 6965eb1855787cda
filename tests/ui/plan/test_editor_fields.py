"""Fields in the block editor: one letter each, never damaged, asked about before they go."""

from typing import cast

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from hoctap_desktop.ui.plan import blocks as b
from hoctap_desktop.ui.plan.editor import BlockEditor
from tests.ui.plan.block_hand import LABELS, TEXT, VALUES, Key, Mod, caret, commit, end_of, press, type_in


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


def test_a_field_among_bold_letters_is_bold_as_on_the_page(editor: BlockEditor) -> None:
    def width(block: int) -> float:
        line = editor.document().findBlockByNumber(block).layout().lineAt(0)
        left, right = (cast("tuple[float, int]", line.cursorToX(at))[0] for at in (0, 1))
        return right - left

    editor.load("# {{week.from}} đến\n\n### {{week.from}}\n\n**{{week.from}} đến**\n\n{{week.from}}")
    assert width(0) == width(2) > width(1) == width(3)
    caret(editor, 0)
    press(editor, Key.Key_3, Mod.ControlModifier)
    assert width(0) == width(3)


def test_an_unknown_field_stays_as_written(editor: BlockEditor) -> None:
    editor.load("Ngày {{không.có}} và {{ year }}.")
    assert b.OBJECT in editor.toPlainText()
    assert editor.text() == "Ngày {{không.có}} và {{ year }}."


def test_a_click_on_a_chip_puts_the_caret_on_its_side(editor: BlockEditor) -> None:
    layout = editor.document().findBlockByNumber(3).layout()
    line = layout.lineAt(0)
    left, right = (cast("tuple[float, int]", line.cursorToX(at))[0] for at in (8, 9))
    middle = layout.position().y() + line.y() + line.height() / 2
    for x, at in ((left + 2, 8), (right - 2, 9)):
        point = QPointF(layout.position().x() + x, middle)
        hit = editor.blocks.hitTest(point, Qt.HitTestAccuracy.FuzzyHit)
        assert hit == editor.document().findBlockByNumber(3).position() + at


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


def test_ctrl_backspace_and_ctrl_delete_stop_at_a_field(editor: BlockEditor) -> None:
    editor.load("Từ {{week.from}} đến hết\n\nnăm {{year}}")
    caret(editor, 0, 5)
    press(editor, Key.Key_Backspace, Mod.ControlModifier)
    assert editor.text().startswith("Từ {{week.from}}đến hết")
    caret(editor, 0, 7)
    press(editor, Key.Key_Delete, Mod.ControlModifier)
    press(editor, Key.Key_Delete, Mod.ControlModifier)
    assert editor.text() == "Từ {{week.from}}đến\n\nnăm {{year}}"
    caret(editor, 1, 2)
    press(editor, Key.Key_Delete, Mod.ControlModifier)
    assert editor.text().endswith("nă{{year}}")
    editor.undo()
    assert editor.text().endswith("năm {{year}}")


def test_a_press_on_what_is_chosen_begins_anew_and_drags_nothing_away(editor: BlockEditor) -> None:
    caret(editor, 0, 0, until=(0, end_of(editor, 0)))
    line = editor.document().firstBlock().layout().lineAt(0)
    top = editor.blocks.row(editor.document().firstBlock()).top() + line.y() + line.height() / 2
    x = editor.document().firstBlock().layout().position().x() + 40
    before = editor.text()
    QTest.mousePress(editor.viewport(), Qt.MouseButton.LeftButton, pos=QPointF(x, top).toPoint())
    assert not editor.textCursor().hasSelection()
    QTest.mouseRelease(editor.viewport(), Qt.MouseButton.LeftButton, pos=QPointF(x, top).toPoint())
    assert editor.text() == before


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


def test_a_value_behind_a_picture_letter_becomes_a_field_and_no_letter_beside_it(editor: BlockEditor) -> None:
    editor.load("📚📚 Ngày 06/10/2022 rồi")
    caret(editor, 0, end_of(editor, 0) - 4)
    found = editor.typed_value(["week.from"])
    assert found is not None
    editor.value_to_field(found, "week.from")
    assert editor.text() == "📚📚 Ngày {{week.from}} rồi"


@pytest.mark.parametrize("text", ["106/10/2022", "06/10/20221", "năm 2022 xong", "06/10/2022" + " a" * 40])
def test_a_value_inside_other_letters_short_or_long_ago_is_left_alone(editor: BlockEditor, text: str) -> None:
    editor.load(text)
    caret(editor, 0, end_of(editor, 0))
    assert editor.typed_value(["week.from"]) is None
