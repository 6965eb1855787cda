"""The text of a plan as blocks: one QTextEdit, one document, our layout, computed numbers in the gutter.

Each act is one step of undo. A join keeps the kind of the first block, unless that one is empty. Nothing is ever
written beside a table in its block. What is stored is `text()`, compared as text: an input method at work changes
the document but not this.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QKeyEvent,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QWidget

from hoctap_desktop.document.model import Run
from hoctap_desktop.filing.timeline import Timeline
from hoctap_desktop.foundation.legacy import Coding
from hoctap_desktop.plan import outline_moves as moves
from hoctap_desktop.plan.outline import BULLET_MARKS, Block, Outline, parse, table
from hoctap_desktop.plan.pasting import Pasted, in_unicode, read_pasted
from hoctap_desktop.plan.programme import is_programme, numbered
from hoctap_desktop.ui import theme
from hoctap_desktop.ui.plan import blocks as b
from hoctap_desktop.ui.plan import cursor_acts as acts
from hoctap_desktop.ui.plan import field_acts as fields
from hoctap_desktop.ui.plan.block_clipboard import inside_line
from hoctap_desktop.ui.plan.block_view import BlockView
from hoctap_desktop.ui.plan.blocks import PARAGRAPH, block_format, fill_block, head_of, insert_runs, is_table, raw_block
from hoctap_desktop.ui.plan.field_acts import PlainValue
from hoctap_desktop.ui.plan.layout import GUTTER, PAD
from hoctap_desktop.ui.plan.number_box import NumberBox
from hoctap_desktop.ui.plan.offer_strip import OfferStrip
from hoctap_desktop.ui.plan.table_editor import TableEditor

MANY = 6  # blocks of a paste that is told about
A_PLAN = 12  # blocks of a paste that may be a whole plan


class BlockActs(BlockView):
    """The acts on blocks, and what keys, input methods and the mouse do.

    `field_opened(id)` on a double click on a field: its value stands elsewhere, once.
    `field_asked(id)`: a key would have destroyed a field; `field_left()`: the caret went on; `fields_gone(n)`: n went
    with a selection. `picking()`: a field is to be put in.
    Through time: `leaving` before and `landed` after a step of the window's own; `far(-1 or 1)` beyond these.
    """

    field_opened = Signal(str)
    field_asked = Signal(str)
    field_left = Signal()
    fields_gone = Signal(int)
    picking = Signal()
    leaving = Signal()
    landed = Signal()
    far = Signal(int)
    pasted = Signal(object)  # Pasted: much, or not all of it sure

    def __init__(self, scheme: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(scheme, name, parent)
        self.table_editor: TableEditor | None = None
        self.past: Timeline | None = None
        self.strip: OfferStrip | None = None
        # Is a long paste a whole plan, to be read into its fields? False: the words go in only if `paste` is called.
        self.takes_plan: Callable[[str, Callable[[], object]], bool] = lambda _text, _paste: True
        self._asked = -1  # position of the field the person was asked about
        self.cursorPositionChanged.connect(self._caret_moved)
        self.selectionChanged.connect(self._caret_moved)

    def _caret_moved(self) -> None:
        if self._asked >= 0 and self.textCursor().selectionStart() != self._asked:
            self._asked = -1
            self.field_left.emit()

    # --- acts ---

    def replace(self, text: str) -> None:
        """Another text as one step that can be undone."""
        with self.step() as cursor:
            acts.replace(cursor, 0, self.document().blockCount() - 1, parse(text) or (PARAGRAPH,), self.known)

    def set_kind(self, kind: str, level: int) -> None:
        """Makes the selected blocks headings of a level, paragraphs or bullets."""
        mark = b.MARK_OF_DEPTH[level] if kind == "bullet" else ""
        made = {"heading": Block("heading", level), "bullet": Block("bullet", level, mark=mark)}.get(kind, PARAGRAPH)
        self._reshape(lambda head: head if (head.kind, head.level) == (made.kind, made.level) else made)

    def demote(self) -> None:
        """Heading one level down, paragraph to bullet, bullet one deeper."""
        self._reshape(acts.demoted)

    def promote(self) -> None:
        """Heading one level up, bullet one out, bullet of the first depth to paragraph."""
        self._reshape(acts.promoted)

    def move_up(self) -> None:
        self.move_by(-1)

    def move_down(self) -> None:
        self.move_by(1)

    def delete_blocks(self) -> None:
        """Takes the selected blocks away whole, without what belongs to them."""
        if self.isReadOnly():
            return
        first, last = self.selected()
        with self.step() as cursor:
            acts.remove(cursor, first, last)

    def insert_field(self, id: str) -> None:
        """A chip at the caret, in place of the selection."""
        if self.isReadOnly() or not self.known(id):
            return
        with self.step() as cursor:
            acts.clear_selection(cursor)
            acts.leave_table(cursor)
            insert_runs(cursor, (Run(f"{{{{{id}}}}}"),), self.known)

    def edit_number(self) -> None:
        """Asks for the number of the current heading, over the gutter."""
        block = self.textCursor().block()
        head = head_of(block)
        if self.isReadOnly() or head.kind != "heading":
            return
        row, place = self.blocks.row(block), block.blockNumber()
        computed = self.number_of(place) if head.number is None else ""
        box = NumberBox(head.number, computed, self.viewport())
        box.done.connect(lambda number: self._take_number(place, number))
        box.dropped.connect(self.setFocus)
        top = round(row.top() - self.verticalScrollBar().value()) + PAD
        box.open_over(QRect(2, top, GUTTER - 6, theme.line_height("reading")))

    def _take_number(self, place: int, number: str | None) -> None:
        block = self.document().findBlockByNumber(place)
        head = head_of(block)
        self.setFocus()
        if block.isValid() and head.kind == "heading" and head.number != number:
            cursor = QTextCursor(block)
            cursor.setBlockFormat(block_format(Block("heading", head.level, number=number)))

    def mark_to_bullet(self) -> bool:
        """A mark typed at the beginning of a paragraph or bullet becomes its bullet; False when there is none."""
        cursor = self.textCursor()
        block, head = cursor.block(), head_of(cursor.block())
        mark = block.text()[: cursor.positionInBlock()]
        if head.kind not in ("paragraph", "bullet") or len(mark) != 1 or mark not in BULLET_MARKS:
            return False
        with self.step() as cursor:
            cursor.deletePreviousChar()
            cursor.setBlockFormat(block_format(Block("bullet", max(1, head.level), mark=mark)))
        self._moved()
        return True

    def pick_field(self) -> None:
        """Asks for the list of fields, to put one in."""
        if not self.isReadOnly():
            self.picking.emit()

    def field_to_plain(self) -> None:
        """The field at the caret becomes plain letters: from now on it does not follow its value."""
        field, position = fields.near_field(self.textCursor())
        words = self.values.get(field, "").strip()
        if self.isReadOnly() or not field or not words:
            return
        with self.step() as cursor:
            fields.to_plain(cursor, position, words)

    def delete_field(self) -> None:
        """The selected field goes; its value stays where it was entered."""
        if not self.isReadOnly() and fields.chosen_field(self.textCursor()):
            with self.step() as cursor:
                acts.clear_selection(cursor)

    def typed_value(self, among: Sequence[str]) -> PlainValue | None:
        """The value of one of these fields that was just typed as plain letters."""
        cursor = self.textCursor()
        if is_table(cursor.block()) or cursor.hasSelection():
            return None
        return fields.plain_value(cursor.block(), cursor.positionInBlock(), self.values, among)

    def value_to_field(self, plain: PlainValue, field: str) -> None:
        """These letters become a field; the caret stays behind what it stood behind."""
        back = self.textCursor().position() - (plain.position + plain.length)
        with self.step() as cursor:
            fields.to_field(cursor, plain, field)
            cursor.setPosition(cursor.position() + max(0, back))

    def open_field(self) -> None:
        """To where the value of the field at the caret is entered."""
        if field := fields.near_field(self.textCursor())[0]:
            self.field_opened.emit(field)

    def asked(self) -> bool:
        """True while a field is selected about which the person was asked."""
        return self._asked >= 0

    def take_offer(self) -> None:
        """Ctrl+Enter: what the strip under the text offers first, else as Enter."""
        if self.isReadOnly() or not (self.strip is not None and self.strip.take()):
            self.enter()

    def _ask_about(self, position: int) -> None:
        """Selects a field that a key would destroy, and asks; the same key once more then does it."""
        cursor = self.textCursor()
        fields.choose(cursor, position)
        self.setTextCursor(cursor)
        self._asked = position
        self.field_asked.emit(fields.field_at(cursor, position))

    def _spare_field(self) -> None:
        """Letters typed over a selected field go behind it: a field is never typed over by accident."""
        cursor = self.textCursor()
        if field := fields.chosen_field(cursor):
            cursor.setPosition(cursor.selectionEnd())
            self.setTextCursor(cursor)
            self.field_asked.emit(field)

    def add_heading(self) -> None:
        """A new empty heading after the part the caret is in, of the level of the heading over the caret."""
        if self.isReadOnly():
            return
        at = self.textCursor().block()
        while at.isValid() and head_of(at).kind != "heading":
            at = at.previous()
        level = head_of(at).level if at.isValid() else 1
        last = self.textCursor().block()
        while last.next().isValid():
            behind = head_of(last.next())
            if behind.kind == "heading" and behind.level <= level:
                break
            last = last.next()
        with self.step() as cursor:
            if self.document().isEmpty() and self.document().blockCount() == 1:
                fill_block(cursor, Block("heading", level), self.known)
            else:
                cursor.setPosition(last.position() + last.length() - 1)
                cursor.insertBlock(block_format(Block("heading", level)), QTextCharFormat())
        self.ensureCursorVisible()
        self.setFocus()

    def insert_blocks(self, outline: Outline) -> None:
        """Pastes blocks at the caret as one step: the first joins a text it may, what stood behind joins the last."""
        if self.isReadOnly() or not outline:
            return
        with self.step() as cursor:
            acts.clear_selection(cursor)
            if is_table(cursor.block()):
                acts.leave_table(cursor)
            acts.insert(cursor, outline, self.known)
        self.ensureCursorVisible()

    def put_block(self, place: int, block: Block) -> None:
        """Another block in the place of outline()[place], as one step; the caret stays as near as it can."""
        if self.isReadOnly():
            return
        number = b.block_at(self.document(), place).blockNumber()
        at = self.textCursor().position()
        with self.step() as cursor:
            acts.replace(cursor, number, number, [block], self.known)
            cursor.setPosition(min(at, self.document().characterCount() - 1))

    def can_undo(self) -> bool:
        return self.document().isUndoAvailable() or (self.past is not None and self.past.can_go_back())

    def can_redo(self) -> bool:
        return self.document().isRedoAvailable() or (self.past is not None and self.past.can_go_forth())

    def step_back(self) -> None:
        """Undo; beyond what this window remembers, the states from before.

        The caret stays where it is when only kinds changed: Qt would put it into the next block.
        """
        if self.document().isUndoAvailable():
            self._through_time(self.undo)
        elif not self.isReadOnly():
            self.far.emit(-1)

    def step_forth(self) -> None:
        """Redo."""
        if self.document().isRedoAvailable():
            self._through_time(self.redo)
        elif not self.isReadOnly():
            self.far.emit(1)

    def _through_time(self, act: Callable[[], object]) -> None:
        if self.isReadOnly():
            return
        self.leaving.emit()
        words, at = self.toPlainText(), self.textCursor().position()
        act()
        if self.toPlainText() == words:
            self.put_caret(at)
        self.ensureCursorVisible()
        self.landed.emit()

    def show_state(self, text: str) -> None:
        """Another state of the text, which becomes the beginning of what this window remembers.

        Only blocks that differ are written; the caret goes to the end of them.
        """
        if text == self.text():
            return
        old, new = b.raw_outline(self.document()), parse(text) or (PARAGRAPH,)
        shorter = min(len(old), len(new))
        low = next((n for n in range(shorter) if old[n] != new[n]), shorter)
        same = next((n for n in range(shorter - low) if old[-1 - n] != new[-1 - n]), shorter - low)
        if low + same == shorter:  # blocks only came or only went: with a neighbour there is something to replace
            low, same = (low, same - 1) if same else (low - 1, same)
        with self.step() as cursor:
            acts.replace(cursor, low, len(old) - 1 - same, new[low : len(new) - same], self.known)
        self.document().clearUndoRedoStacks()

    def toggle(self, style: str) -> None:
        """Bold or italic on or off for the selection."""
        if self.isReadOnly():
            return
        now, form = self.textCursor().charFormat(), QTextCharFormat()
        if style == "bold":
            heavy = now.fontWeight() >= QFont.Weight.Bold
            form.setFontWeight(QFont.Weight.Normal if heavy else QFont.Weight.Bold)
        else:
            form.setFontItalic(not now.fontItalic())
        self.mergeCurrentCharFormat(form)

    # --- how acts are done ---

    def _reshape(self, change: Callable[[Block], Block]) -> None:
        if self.isReadOnly():
            return
        first, last = self.selected()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for number in range(first, last + 1):
            block = self.document().findBlockByNumber(number)
            head = head_of(block)
            new = change(head)
            if new != head and head.kind != "table":
                cursor.setPosition(block.position())
                cursor.setBlockFormat(block_format(new))
        cursor.endEditBlock()
        self._moved()

    def move_by(self, by: int) -> None:
        """The selected blocks with all that belongs to them one place up (-1) or down (1)."""
        if self.isReadOnly():
            return
        heads = self.heads()
        first, end = moves.family(heads, *self.selected())
        to = moves.move_up(heads, first, end) if by < 0 else moves.move_down(heads, first, end)
        if to is None:
            return
        into, at = self.textCursor().positionInBlock(), self.textCursor().blockNumber()
        low, high = (to, end) if by < 0 else (first, to)
        blocks = [raw_block(self.document().findBlockByNumber(number)) for number in range(low, high)]
        size = end - first
        new = [*blocks[-size:], *blocks[:-size]] if by < 0 else [*blocks[size:], *blocks[:size]]
        with self.step() as cursor:
            acts.replace(cursor, low, high - 1, new, self.known)
            block = self.document().findBlockByNumber(at + (to - first if by < 0 else to - end))
            cursor.setPosition(block.position() + min(into, block.length() - 1))

    def duplicate(self) -> None:
        """The selected blocks with all that belongs to them once more, under themselves; the caret goes there."""
        if self.isReadOnly():
            return
        first, end = moves.family(self.heads(), *self.selected())
        into, at = self.textCursor().positionInBlock(), self.textCursor().blockNumber()
        blocks = [raw_block(self.document().findBlockByNumber(number)) for number in range(first, end)]
        with self.step() as cursor:
            acts.insert_after(cursor, end - 1, blocks, self.known)
            block = self.document().findBlockByNumber(at + end - first)
            cursor.setPosition(block.position() + min(into, block.length() - 1))

    def add_block(self) -> None:
        """A new empty block of the same kind under this one; in a table a row."""
        block = self.textCursor().block()
        if is_table(block):
            self.edit_table(add_row=True)
        elif not self.isReadOnly():
            self.put_caret(block.position() + block.length() - 1)
            self.enter()

    def insert_table(self, rows: tuple[tuple[str, ...], ...]) -> None:
        """A table under the current block (in place of an empty one), its cells open for typing."""
        if self.isReadOnly():
            return
        made = table(rows)
        here = self.textCursor().block()
        with self.step() as cursor:
            if here.length() == 1 and not is_table(here):
                cursor.setPosition(here.position())
                fill_block(cursor, made, self.known)
            else:
                acts.insert_after(cursor, here.blockNumber(), [made], self.known)
        self.edit_table()

    def _join(self, second: QTextBlock) -> None:
        """Joins a block with the one before it."""
        first = second.previous()
        if not first.isValid():
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

    # --- keys, input methods, mouse ---

    def type_letter(self, event: QKeyEvent) -> bool:
        """A letter: a space makes a step of undo, so that undo goes word by word."""
        self._spare_field()
        if event.text() == " " and self.mark_to_bullet():
            return True
        cursor = self.textCursor()
        if not (cursor.hasSelection() or is_table(cursor.block()) or event.text() == " "):
            return False
        with self.step() as cursor:
            acts.clear_selection(cursor)
            acts.leave_table(cursor)
            cursor.insertText(event.text(), acts.style_of(cursor))
        return True

    def enter(self) -> None:
        """Splits the block, or ends a list in its empty bullet."""
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

    def delete_key(self, event: QKeyEvent, *, back: bool) -> bool:
        """Backspace and Delete where blocks, tables or a selection are touched; False: Qt does it."""
        cursor = self.textCursor()
        block = cursor.block()
        if cursor.hasSelection():
            if fields.chosen_field(cursor) and self._asked != cursor.selectionStart():
                self._ask_about(cursor.selectionStart())
                return True
            gone = fields.count(cursor) if not fields.chosen_field(cursor) else 0
            with self.step() as cursor:
                acts.clear_selection(cursor)
            if gone:
                self.fields_gone.emit(gone)
            return True
        beside = cursor.position() - back
        if fields.field_at(cursor, beside) and not (cursor.atBlockStart() if back else cursor.atBlockEnd()):
            self._ask_about(beside)
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
        return False

    # --- clipboard ---

    def cut_blocks(self) -> None:
        """Cut, with the kinds of what remains put right."""
        if self.textCursor().hasSelection() and not self.isReadOnly():
            self.copy()
            with self.step() as cursor:
                acts.clear_selection(cursor)

    def paste_foreign(self, html: str, text: str, coding: Coding | None = None) -> None:
        """What another program put on the clipboard, as blocks in one step. coding: agreed to by the person."""
        pasted = read_pasted(html, text, coding=coding)
        whole = in_unicode(text, coding) if coding else text
        if self.textCursor().block().length() > 1:
            pasted = inside_line(pasted, whole)
        if len(pasted.outline) >= A_PLAN and not self.takes_plan(whole, lambda: self._insert_pasted(pasted)):
            return
        self._insert_pasted(pasted)

    def _insert_pasted(self, pasted: Pasted) -> None:
        self.insert_blocks(pasted.outline)
        if len(pasted.outline) >= MANY or pasted.doubts:
            self.pasted.emit(pasted)

    # --- tables ---

    def edit_table(self, *, add_row: bool = False) -> None:
        """Opens the cells of the current table over its picture; leaving them is one step of undo."""
        block = self.textCursor().block()
        if self.isReadOnly() or not is_table(block) or self.table_editor is not None:
            return
        raw = raw_block(block)
        row = self.blocks.row(block)
        widths, heights = self.blocks.tables.shape(raw.rows)
        editor = TableEditor(raw.rows, widths, heights, self.viewport())
        top = round(row.top() - self.verticalScrollBar().value()) + PAD
        editor.move(GUTTER, max(top, 0))
        editor.resize(
            round(sum(widths)) + 2, min(round(sum(heights)) + len(heights) + 4, self.viewport().height() - max(top, 0))
        )
        number = block.blockNumber()
        editor.done.connect(lambda rows: self._take_table(number, rows))
        self.table_editor = editor
        editor.show()
        editor.setFocus()
        if add_row:
            editor.add_row(at_end=True)

    def _take_table(self, number: int, rows: tuple[tuple[str, ...], ...]) -> None:
        editor, self.table_editor = self.table_editor, None
        if editor is not None:
            editor.hide()
            editor.deleteLater()
        block = self.document().findBlockByNumber(number)
        new = table(numbered(rows) if is_programme(rows) else rows)
        if block.isValid() and is_table(block) and raw_block(block) != new:
            with self.step() as cursor:
                acts.select(cursor, number, number)
                cursor.setCharFormat(b.table_format(new.rows))
                cursor.clearSelection()
        self.setFocus()
