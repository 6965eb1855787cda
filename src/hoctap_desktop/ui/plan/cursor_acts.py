"""Acts on whole blocks by a cursor of their document: none of them begins or ends a step of undo."""

from collections.abc import Sequence

from PySide6.QtGui import QFont, QTextBlock, QTextCharFormat, QTextCursor

from hoctap_desktop.plan.outline import Block, Outline
from hoctap_desktop.plan.page_text import BODY, GROUPS, blank, fitted
from hoctap_desktop.ui.plan import blocks as b
from hoctap_desktop.ui.plan.blocks import (
    PARAGRAPH,
    Known,
    block_format,
    fill_block,
    head_of,
    insert_runs,
    is_table,
)


def select(cursor: QTextCursor, first: int, last: int) -> None:
    """The text of the blocks first … last."""
    end = cursor.document().findBlockByNumber(last)
    cursor.setPosition(cursor.document().findBlockByNumber(first).position())
    cursor.setPosition(end.position() + end.length() - 1, QTextCursor.MoveMode.KeepAnchor)


def replace(cursor: QTextCursor, first: int, last: int, new: Sequence[Block], known: Known) -> None:
    """Other blocks in the place of the blocks first … last."""
    select(cursor, first, last)
    cursor.removeSelectedText()
    for index, block in enumerate(new):
        if index:
            cursor.insertBlock(block_format(PARAGRAPH), QTextCharFormat())
        cursor.setBlockCharFormat(QTextCharFormat())
        fill_block(cursor, block, known)


def insert_after(cursor: QTextCursor, number: int, new: Sequence[Block], known: Known) -> None:
    """Blocks under text block `number`; the cursor stands at the end of the last."""
    block = cursor.document().findBlockByNumber(number)
    cursor.setPosition(block.position() + block.length() - 1)
    for one in new:
        cursor.insertBlock(block_format(PARAGRAPH), QTextCharFormat())
        fill_block(cursor, one, known)


def remove(cursor: QTextCursor, first: int, last: int) -> None:
    """The blocks first … last go whole; their neighbours stay what they are, and each group keeps a block."""
    for low, high in reversed(b.by_group(cursor.document(), first, last)):
        _remove(cursor, low, high)


def _remove(cursor: QTextCursor, first: int, last: int) -> None:
    document = cursor.document()
    low, high = b.group_range(document.findBlockByNumber(first))
    behind = document.findBlockByNumber(last + 1) if last < high else QTextBlock()
    before = document.findBlockByNumber(first - 1) if first > low else QTextBlock()
    head = blank(b.group(document.findBlockByNumber(first)))
    select(cursor, first, last)
    if behind.isValid():
        cursor.setPosition(cursor.selectionStart())
        head = head_of(behind)
        cursor.setPosition(behind.position(), QTextCursor.MoveMode.KeepAnchor)
    elif before.isValid():
        head = head_of(before)
        end = cursor.selectionEnd()
        cursor.setPosition(before.position() + before.length() - 1)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    cursor.removeSelectedText()
    cursor.setBlockFormat(block_format(head))


def clear_selection(cursor: QTextCursor) -> None:
    """Removes what is selected, group by group: the lists over and under a text never run into it.

    The block that remains has the right kind, a table never gets letters beside it. The cursor is then where the
    selection began, or in the text when it went from a list into it.
    """
    if not cursor.hasSelection():
        return
    document = cursor.document()
    start, end = cursor.selectionStart(), cursor.selectionEnd()
    numbers = document.findBlock(start).blockNumber(), document.findBlock(end).blockNumber()
    parts = b.by_group(document, *numbers)
    for first, last in reversed(parts):
        block = document.findBlockByNumber(last)
        low = max(start, document.findBlockByNumber(first).position())
        _clear(cursor, low, min(end, block.position() + block.length() - 1))
    cursor.setPosition(start)
    block = cursor.block()
    if len(parts) > 1 and b.group(block) < BODY:
        cursor.setPosition(document.findBlockByNumber(b.group_range(block)[1] + 1).position())


def _clear(cursor: QTextCursor, start: int, end: int) -> None:
    """Within one group."""
    if start >= end:
        return
    document = cursor.document()
    first, last = document.findBlock(start), document.findBlock(end)
    whole = b.group_range(first)
    edge = document.findBlockByNumber(whole[1])
    everything = start == document.findBlockByNumber(whole[0]).position() and end == edge.position() + edge.length() - 1
    if first != last:
        if is_table(first) and start > first.position():
            first = first.next()
            start = first.position()
        if is_table(last) and end == last.position():
            last = last.previous()
            end = max(start, last.position() + last.length() - 1)
    left = start > first.position()
    right = end < last.position() + last.length() - 1
    if first == last and left + right == 0 and not is_table(first):
        head = head_of(first)
    else:
        head = head_of(first) if left else head_of(last) if right else head_of(first)
    if everything or (head.kind == "table" and not (right and is_table(last) and end == last.position())):
        head = blank(b.group(first))
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    cursor.removeSelectedText()
    if head_of(cursor.block()) != head:
        cursor.setBlockFormat(block_format(head))


def leave_table(cursor: QTextCursor) -> None:
    """Out of a table's block into a new paragraph under it (over it, when the caret stood before a first one)."""
    block = cursor.block()
    if not is_table(block):
        return
    if cursor.position() == block.position() and block.blockNumber() == 0:
        cursor.insertBlock(block_format(head_of(block)), QTextCharFormat())
        cursor.movePosition(QTextCursor.MoveOperation.PreviousBlock)
        cursor.setBlockFormat(block_format(PARAGRAPH))
        return
    cursor.setPosition(block.position() + block.length() - 1)
    cursor.insertBlock(block_format(PARAGRAPH), QTextCharFormat())


def insert(cursor: QTextCursor, outline: Outline, known: Known) -> None:
    """Blocks at the cursor: the first joins a text it may, what stood behind joins the last.

    In a list they become its lines.
    """
    here = cursor.block()
    outline = fitted(outline, b.group(here))
    if not outline:
        return
    tail = cursor.position() < here.position() + here.length() - 1
    if tail:
        cursor.insertBlock(here.blockFormat(), QTextCharFormat())
        cursor.setPosition(cursor.block().previous().position() + cursor.block().previous().length() - 1)
    for index, block in enumerate(outline):
        empty = cursor.block().length() == 1
        if index == 0 and empty:
            fill_block(cursor, block, known)
        elif index == 0 and (block.kind == "paragraph" or block.kind in GROUPS):
            insert_runs(cursor, block.runs, known)
        else:
            cursor.insertBlock(block_format(PARAGRAPH), QTextCharFormat())
            fill_block(cursor, block, known)
    if tail and not is_table(cursor.block()):
        end = cursor.position()
        head = head_of(cursor.block())
        cursor.movePosition(QTextCursor.MoveOperation.NextBlock)
        cursor.deletePreviousChar()
        cursor.setBlockFormat(block_format(head))
        cursor.setPosition(end)


def style_of(cursor: QTextCursor) -> QTextCharFormat:
    """The format of letters typed here."""
    form = cursor.charFormat()
    return b.letters(form.fontWeight() >= QFont.Weight.Bold, form.fontItalic())
