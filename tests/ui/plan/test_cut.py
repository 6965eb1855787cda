"""Ctrl+X in a plan: what is pasted again was moved; what is not lies in the trash."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtTest import QTest

from hoctap_desktop.office.trash import trash
from hoctap_desktop.plan.page_text import BODY
from hoctap_desktop.ui.plan.editor import BlockEditor
from hoctap_desktop.ui.plan.page import PlanPage
from hoctap_desktop.ui.session import Session

Lying = Callable[[], list[str]]


@pytest.fixture
def lying(session: Session, page: PlanPage) -> Lying:
    """Titles of the parts in the trash, everything saved."""

    def read() -> list[str]:
        found: list[str] = []
        page.save_now()
        session.jobs.finish()
        session.jobs.run(lambda store: [one.title for one in trash(store, "2022") if one.kind == "part"], found.extend)
        session.jobs.finish()
        return found

    return read


@pytest.fixture
def editor(page: PlanPage) -> BlockEditor:
    """The text of the plan, the keyboard in it."""
    sheet = page.sheets.of("body")
    assert sheet is not None
    assert sheet.editor is not None
    page.sheets.open(sheet)
    sheet.editor.setFocus()
    return sheet.editor


def press(editor: BlockEditor, key: Qt.Key) -> None:
    QTest.keyClick(editor, key, Qt.KeyboardModifier.ControlModifier)


def select(editor: BlockEditor, first: int, last: int) -> None:
    """Blocks of the text, from the first letter to the last."""
    low, _ = editor.group_span(BODY)
    document = editor.document()
    end = document.findBlockByNumber(low + last)
    cursor = editor.textCursor()
    cursor.setPosition(document.findBlockByNumber(low + first).position())
    cursor.setPosition(end.position() + end.length() - 1, QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)


def to_end(editor: BlockEditor, at: int) -> None:
    """The caret behind the last letter of a block of the text."""
    block = editor.document().findBlockByNumber(editor.group_span(BODY)[0] + at)
    editor.put_caret(block.position() + block.length() - 1)


def test_a_part_cut_and_never_pasted_lies_in_the_trash(editor: BlockEditor, lying: Lying) -> None:
    select(editor, 1, 3)
    press(editor, Qt.Key.Key_X)
    (title,) = lying()
    assert title.endswith("cùng 2 khối sau nó")


def test_a_part_pasted_elsewhere_was_moved_even_when_it_is_changed_there(editor: BlockEditor, lying: Lying) -> None:
    select(editor, 1, 3)
    press(editor, Qt.Key.Key_X)
    to_end(editor, 4)  # into a line that has letters: the first block may join it
    press(editor, Qt.Key.Key_V)
    assert lying() == []
    QTest.keyClicks(editor, "xyz")
    assert lying() == []


def test_a_step_back_over_the_paste_brings_it_into_the_trash_and_forth_out_of_it(
    editor: BlockEditor, lying: Lying
) -> None:
    select(editor, 1, 3)
    press(editor, Qt.Key.Key_X)
    to_end(editor, 4)
    press(editor, Qt.Key.Key_V)
    assert lying() == []
    press(editor, Qt.Key.Key_Z)
    assert len(lying()) == 1
    press(editor, Qt.Key.Key_Y)
    assert lying() == []
    press(editor, Qt.Key.Key_Z)
    press(editor, Qt.Key.Key_Z)
    assert lying() == []


def test_only_the_last_cut_was_moved_by_a_paste(editor: BlockEditor, lying: Lying) -> None:
    select(editor, 4, 4)
    press(editor, Qt.Key.Key_X)
    select(editor, 1, 3)
    press(editor, Qt.Key.Key_X)
    to_end(editor, 2)
    press(editor, Qt.Key.Key_V)
    assert len(lying()) == 1
    press(editor, Qt.Key.Key_V)
    assert len(lying()) == 1


def test_what_was_copied_meanwhile_moves_nothing(editor: BlockEditor, lying: Lying) -> None:
    select(editor, 1, 3)
    press(editor, Qt.Key.Key_X)
    select(editor, 2, 2)
    press(editor, Qt.Key.Key_C)
    to_end(editor, 2)
    press(editor, Qt.Key.Key_V)
    assert len(lying()) == 1
    QGuiApplication.clipboard().clear()


def test_letters_of_a_line_leave_nothing_there(editor: BlockEditor, lying: Lying) -> None:
    block = editor.document().findBlockByNumber(editor.group_span(BODY)[0] + 1)
    cursor = editor.textCursor()
    cursor.setPosition(block.position() + 1)
    cursor.setPosition(block.position() + 4, QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)
    press(editor, Qt.Key.Key_X)
    assert lying() == []
