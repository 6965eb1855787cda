"""The text of a plan as blocks: one QTextEdit, one document, our layout, computed numbers in the gutter.

Each act is one step of undo. A join keeps the kind of the first block, unless that one is empty. Nothing is ever
written beside a table in its block. What is stored is `text()`, compared as text: an input method at work changes
the document but not this.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextBlock, QTextCharFormat, QTextCursor

from hoctap_desktop.foundation.legacy import Coding
from hoctap_desktop.plan.outline import Block, Outline
from hoctap_desktop.plan.page_text import BODY, Lines, line_block, pasted_lines
from hoctap_desktop.plan.pasting import Pasted, read_pasted, text_in_unicode, with_tables
from hoctap_desktop.ui.plan import blocks as b
from hoctap_desktop.ui.plan import cursor_acts as acts
from hoctap_desktop.ui.plan import field_acts as fields
from hoctap_desktop.ui.plan.block_clipboard import inside_line, selected_outline
from hoctap_desktop.ui.plan.block_shape import BlockShape
from hoctap_desktop.ui.plan.blocks import PARAGRAPH, block_format, head_of, is_table

MANY = 6  # blocks of a paste that is told about
A_PLAN = 12  # blocks of a paste that may be a whole plan


class BlockActs(BlockShape):
    """What keys, input methods and the clipboard do to blocks."""

    pasted = Signal(object)  # Pasted: much, or not all of it sure
    cut_out = Signal(object, object)  # TakenPart that goes, Outline that lies on the clipboard
    put_in = Signal(object, str)  # Outline that came from a text of ours, the text as it was without it

    def __init__(self, scheme: str, name: str, *, field: str = "body", lines: Sequence[Lines] = ()) -> None:
        super().__init__(scheme, name, field=field, lines=lines)
        # Is a long paste a whole plan, to be read into its fields? False: the words go in only if `paste` is called.
        self.takes_plan: Callable[[str, Callable[[], object]], bool] = lambda _text, _paste: True

    def add_block(self) -> None:
        """A new empty block of the same kind under this one; in a table a row."""
        block = self.textCursor().block()
        if is_table(block):
            self.edit_table(add_row=True)
        elif not self.isReadOnly():
            self.put_caret(block.position() + block.length() - 1)
            self.enter()

    def take_offer(self) -> None:
        """Ctrl+Enter: what the strip under the text offers first, else as Enter."""
        if self.isReadOnly() or not (self.strip is not None and self.strip.take()):
            self.enter()

    def _join(self, second: QTextBlock) -> None:
        """Joins a block with the one before it."""
        first = second.previous()
        if not first.isValid():
            return
        if b.group(first) != b.group(second):
            self._step_over(first, second)
            return
        empty_first, empty_second = first.length() == 1, second.length() == 1
        if is_table(first) or is_table(second):
            if is_table(first) and empty_second:
                with self.step() as cursor:
                    acts.remove(cursor, second.blockNumber(), second.blockNumber())
                    cursor.setPosition(first.position() + first.length() - 1)
            elif is_table(second) and empty_first:
                with self.step() as cursor:
                    acts.remove(cursor, first.blockNumber(), first.blockNumber())
            else:
                self.put_caret(first.position() + first.length() - 1)
            return
        head = head_of(second) if empty_first and not empty_second else head_of(first)
        with self.step() as cursor:
            cursor.setPosition(second.position())
            cursor.deletePreviousChar()
            if head_of(cursor.block()) != head:
                cursor.setBlockFormat(block_format(head))

    def _step_over(self, first: QTextBlock, second: QTextBlock) -> None:
        """At the edge of a group nothing is joined: the caret goes over, an empty line it leaves goes away."""
        here = self.textCursor().block()
        number = second.blockNumber()
        end = first.position() + first.length() - 1
        if here == second:
            self.remove_empty(here)
            self.put_caret(end)
        elif self.remove_empty(here):
            self.put_caret(self.document().findBlockByNumber(number - 1).position())

    # --- keys, input methods, mouse ---

    def type_letter(self, event: QKeyEvent) -> bool:
        """A letter: a space makes a step of undo, so that undo goes word by word."""
        self.spare_field()
        if event.text() == " " and self.mark_to_bullet():
            return True
        cursor = self.textCursor()
        if not (cursor.hasSelection() or is_table(cursor.block()) or event.text() == " "):
            return False
        self.give_up_selected()
        with self.step() as cursor:
            acts.clear_selection(cursor)
            acts.leave_table(cursor)
            cursor.insertText(event.text(), acts.style_of(cursor))
        return True

    def enter(self) -> None:
        """Splits the block, or ends a list in its empty bullet; from the empty last line of a list on into the text."""
        if self._leaves_list():
            return
        with self.step() as cursor:
            acts.clear_selection(cursor)
            block = cursor.block()
            head = head_of(block)
            if head.kind == "table":
                acts.leave_table(cursor)
            elif block.length() == 1 and head.kind in ("bullet", "heading"):
                cursor.setBlockFormat(block_format(PARAGRAPH))
            else:
                start, end = cursor.atBlockStart(), cursor.atBlockEnd()
                new = PARAGRAPH if head.kind == "heading" and end else Block(head.kind, head.level, mark=head.mark)
                cursor.insertBlock(block_format(new), QTextCharFormat())
                if start and not end:  # an empty block before this one: what stood here keeps what it is
                    cursor.setBlockFormat(block_format(head))
                    if head.kind == "heading":
                        above = QTextCursor(cursor.block().previous())
                        above.setBlockFormat(block_format(PARAGRAPH))

    def _leaves_list(self) -> bool:
        """Enter in an empty line of a list does nothing; behind the last căn cứ the text goes on."""
        cursor = self.textCursor()
        block = cursor.block()
        if cursor.hasSelection() or not b.is_line(block) or block.length() > 1:
            return False
        behind = block.next()
        if behind.isValid() and b.group(behind) != b.group(block):
            self.remove_empty(block)
            first, _ = self.group_span(BODY)
            self.put_caret(self.document().findBlockByNumber(first).position())
            self.ensureCursorVisible()
        return True

    def delete_key(self, event: QKeyEvent, *, back: bool) -> bool:
        """Backspace and Delete where blocks, tables or a selection are touched; False: Qt does it."""
        cursor = self.textCursor()
        block = cursor.block()
        if cursor.hasSelection():
            if fields.chosen_field(cursor) and self._asked != cursor.selectionStart():
                self.ask_about(cursor.selectionStart())
                return True
            gone = fields.count(cursor) if not fields.chosen_field(cursor) else 0
            self.give_up_selected()
            with self.step() as cursor:
                acts.clear_selection(cursor)
            if gone:
                self.fields_gone.emit(gone)
            return True
        beside = cursor.position() - back
        if fields.field_at(cursor, beside) and not (cursor.atBlockStart() if back else cursor.atBlockEnd()):
            self.ask_about(beside)
            return True
        if is_table(block):
            if back == cursor.atBlockStart():
                self._join(block if back else block.next())
            else:  # first selected, so that a whole table never goes by one key
                cursor.setPosition(block.position())
                cursor.setPosition(block.position() + block.length() - 1, QTextCursor.MoveMode.KeepAnchor)
                self.setTextCursor(cursor)
            return True
        if back and cursor.atBlockStart():
            if head_of(block).kind in ("heading", "bullet"):
                with self.step() as cursor:
                    cursor.setBlockFormat(block_format(PARAGRAPH))
                self._moved()
            else:
                self._join(block)
            return True
        if not back and cursor.atBlockEnd():
            if block.next().isValid():
                self._join(block.next())
            return True
        if back and event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
            cursor.deletePreviousChar()
            return True
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._delete_word(back=back)
            return True
        return False

    def _delete_word(self, *, back: bool) -> None:
        """The letters up to the next word in this block, or up to a field: a field is asked about first."""
        cursor = self.textCursor()
        block, move, keep = cursor.block(), QTextCursor.MoveOperation, QTextCursor.MoveMode.KeepAnchor
        cursor.movePosition(move.PreviousWord if back else move.NextWord, keep)
        low, high = block.position(), block.position() + block.length() - 1
        cursor.setPosition(min(max(cursor.position(), low), high), keep)
        while fields.count(cursor):
            cursor.movePosition(move.NextCharacter if back else move.PreviousCharacter, keep)
        self.setTextCursor(cursor)
        with self.step() as cursor:
            cursor.removeSelectedText()

    def select_all(self) -> None:
        """The group the caret stands in; when that is selected already, the whole page. Of an empty list nothing."""
        low, high = b.group_range(self.textCursor().block())
        first, last = self.document().findBlockByNumber(low), self.document().findBlockByNumber(high)
        cursor = self.textCursor()
        start, end = first.position(), last.position() + last.length() - 1
        if cursor.hasSelection() and (cursor.selectionStart(), cursor.selectionEnd()) == (start, end):
            self.selectAll()
            return
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    # --- clipboard ---

    def cut_blocks(self) -> None:
        """Cut, with the kinds of what remains put right."""
        if self.textCursor().hasSelection() and not self.isReadOnly():
            self.copy()
            gone = self.selected_part()
            if gone is not None:
                self.cut_out.emit(gone, selected_outline(self))
            with self.step() as cursor:
                acts.clear_selection(cursor)

    def paste_own(self, outline: Outline) -> None:
        """Blocks that were copied or cut in a text of ours."""
        before = self.text()
        self.insert_blocks(outline)
        self.put_in.emit(outline, before)

    def paste_foreign(self, html: str, text: str, coding: Coding | None = None) -> None:
        """What another program put on the clipboard, as blocks in one step. coding: agreed to by the person."""
        pasted = read_pasted(html, text, coding=coding)
        whole = text_in_unicode(html, text, coding)
        if self.textCursor().block().length() > 1:
            pasted = inside_line(pasted, whole)
        if self.list_here() is not None and text:
            kind = self.head().kind
            lines = tuple(line_block(kind, line) for line in pasted_lines(whole))
            pasted = replace(pasted, outline=lines, doubts=())
        if len(pasted.outline) >= A_PLAN:
            plan = with_tables(html, whole, coding)
            if not self.takes_plan(plan, lambda: self._insert_pasted(pasted)):
                return
        self._insert_pasted(pasted)

    def _insert_pasted(self, pasted: Pasted) -> None:
        in_list = self.list_here() is not None
        self.insert_blocks(pasted.outline)
        if in_list:
            return
        if len(pasted.outline) >= MANY or pasted.doubts:
            self.pasted.emit(pasted)
