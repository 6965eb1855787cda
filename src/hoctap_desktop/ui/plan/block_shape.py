"""The shape of a text in blocks: kinds, levels, places, whole blocks put in and taken away, tables.

Each act is one step of undo. What belongs to a heading or bullet goes along, unless an act says otherwise. The lists
over and under a text keep their place: nothing leads from one group into another.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QFont, QTextBlock, QTextCharFormat, QTextCursor

from hoctap_desktop.plan import outline_moves as moves
from hoctap_desktop.plan.outline import BULLET_MARKS, Block, Outline, table
from hoctap_desktop.plan.page_text import BODY, GROUPS, Lines
from hoctap_desktop.plan.programme import is_programme, numbered
from hoctap_desktop.plan.removed_parts import TakenPart
from hoctap_desktop.ui import theme
from hoctap_desktop.ui.plan import blocks as b
from hoctap_desktop.ui.plan import cursor_acts as acts
from hoctap_desktop.ui.plan.block_fields import BlockFields
from hoctap_desktop.ui.plan.blocks import PARAGRAPH, block_format, fill_block, head_of, is_table, raw_block
from hoctap_desktop.ui.plan.layout import GUTTER, PAD
from hoctap_desktop.ui.plan.number_box import NumberBox
from hoctap_desktop.ui.plan.table_editor import TableEditor
from hoctap_desktop.ui.widgets.unseen import seen_only

TOO_DEEP = "Phần này đã có cấp thấp nhất bên trong, không xuống thêm được. Đổi riêng một dòng: Ctrl+1 đến Ctrl+4."


class BlockShape(BlockFields):
    """`taken(TakenPart)`: whole blocks of the text went, and can be had again from the trash."""

    taken = Signal(object)

    def __init__(self, scheme: str, name: str, *, field: str = "body", lines: Sequence[Lines] = ()) -> None:
        super().__init__(scheme, name, field=field, lines=lines)
        self.table_editor: TableEditor | None = None

    # --- kinds and levels ---

    def set_kind(self, kind: str, level: int) -> None:
        """Makes the selected blocks headings of a level, paragraphs or bullets, and no others."""
        mark = b.MARK_OF_DEPTH[level] if kind == "bullet" else ""
        made = {"heading": Block("heading", level), "bullet": Block("bullet", level, mark=mark)}.get(kind, PARAGRAPH)
        first, last = self.selected()

        def change(number: int, head: Block) -> Block:
            same = (head.kind, head.level) == (made.kind, made.level)
            return made if first <= number <= last and not same else head

        self._reshape(change)

    def demote(self) -> None:
        """The selected blocks with what belongs to them one level down; a paragraph becomes a bullet."""
        self._shift(1)

    def promote(self) -> None:
        """One level up; a bullet of the first depth becomes a paragraph."""
        self._shift(-1)

    def _shift(self, by: int) -> None:
        new = moves.shifted(self.heads(), *self.selected(), by)
        if new is None:
            self._say(TOO_DEEP)
        else:
            self._reshape(new.get)

    def _say(self, words: str) -> None:
        if self.strip is not None and not self.isReadOnly():
            self.strip.say(words, ())

    def _reshape(self, change: Callable[[int, Block], Block]) -> None:
        """Other kinds for blocks of the text; change(block number, its head) gives the new head."""
        if self.isReadOnly():
            return
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for number, head in enumerate(self.heads()):
            new = change(number, head)
            if new != head and head.kind != "table" and head.kind not in GROUPS:
                cursor.setPosition(self.document().findBlockByNumber(number).position())
                cursor.setBlockFormat(block_format(new))
        cursor.endEditBlock()
        self._moved()

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
        if head.kind in GROUPS and len(mark) == 1 and mark in BULLET_MARKS:  # the printer puts its own
            with self.step() as cursor:
                cursor.deletePreviousChar()
            return True
        if head.kind not in ("paragraph", "bullet") or len(mark) != 1 or mark not in BULLET_MARKS:
            return False
        with self.step() as cursor:
            cursor.deletePreviousChar()
            cursor.setBlockFormat(block_format(Block("bullet", max(1, head.level), mark=mark)))
        self._moved()
        return True

    def toggle(self, style: str) -> None:
        """Bold or italic on or off for the selection."""
        if self.isReadOnly() or self.list_here() is not None:
            return
        now, form = self.textCursor().charFormat(), QTextCharFormat()
        if style == "bold":
            heavy = now.fontWeight() >= QFont.Weight.Bold
            form.setFontWeight(QFont.Weight.Normal if heavy else QFont.Weight.Bold)
        else:
            form.setFontItalic(not now.fontItalic())
        self.mergeCurrentCharFormat(form)

    # --- places ---

    def move_up(self) -> None:
        self.move_by(-1)

    def move_down(self) -> None:
        self.move_by(1)

    def family(self) -> tuple[int, int]:
        """(first, number after the last) of the selected blocks with what belongs to them, in the caret's group."""
        low, high = b.group_range(self.textCursor().block())
        first, last = self.selected()
        heads = self.heads()[: high + 1]
        first = min(max(first, low), high)
        return moves.family(heads, first, max(first, min(last, high)))

    def move_by(self, by: int) -> None:
        """The selected blocks with all that belongs to them one place up (-1) or down (1), within their group."""
        if self.isReadOnly():
            return
        low_edge, high_edge = b.group_range(self.textCursor().block())
        first, end = self.family()
        heads, size = self.heads()[low_edge : high_edge + 1], end - first
        own = first - low_edge
        to = moves.move_up(heads, own, own + size) if by < 0 else moves.move_down(heads, own, own + size)
        if to is None:
            return
        to += low_edge
        into, at = self.textCursor().positionInBlock(), self.textCursor().blockNumber()
        low, high = (to, end) if by < 0 else (first, to)
        blocks = [raw_block(self.document().findBlockByNumber(number)) for number in range(low, high)]
        new = [*blocks[-size:], *blocks[:-size]] if by < 0 else [*blocks[size:], *blocks[:size]]
        with self.step() as cursor:
            acts.replace(cursor, low, high - 1, new, self.known)
            block = self.document().findBlockByNumber(at + (to - first if by < 0 else to - end))
            cursor.setPosition(block.position() + min(into, block.length() - 1))

    def duplicate(self) -> None:
        """The selected blocks with all that belongs to them once more, under themselves; the caret goes there."""
        if self.isReadOnly():
            return
        first, end = self.family()
        into, at = self.textCursor().positionInBlock(), self.textCursor().blockNumber()
        blocks = [raw_block(self.document().findBlockByNumber(number)) for number in range(first, end)]
        with self.step() as cursor:
            acts.insert_after(cursor, end - 1, blocks, self.known)
            block = self.document().findBlockByNumber(at + end - first)
            cursor.setPosition(block.position() + min(into, block.length() - 1))

    # --- in and out ---

    def delete_blocks(self) -> None:
        """Takes the selected blocks away whole, without what belongs to them."""
        self._take_away(*self.selected())

    def delete_part(self) -> None:
        """Takes the selected blocks away with all that belongs to them."""
        first, end = self.family()
        self._take_away(first, end - 1)

    def _take_away(self, first: int, last: int) -> None:
        if self.isReadOnly():
            return
        gone = self.whole_blocks(first, last)
        with self.step() as cursor:
            acts.remove(cursor, first, last)
        if gone is not None:
            self.taken.emit(gone)

    def whole_blocks(self, first: int, last: int) -> TakenPart | None:
        """What of the text blocks first … last would come into the trash: those of the text that say something."""
        low, high = self.group_span(BODY)
        first, last = max(first, low), min(last, high)
        found = tuple(one for one in self._kept[first : last + 1] if one is not None)
        if not any(b.says_something(one) for one in found):
            return None
        above = [one for one in self._kept[low:first] if one is not None]
        return TakenPart(self.field, len(above), found, above[-1] if above else None)

    def give_up_selected(self) -> None:
        """Before the selection goes: blocks selected from their first letter to their last can be had again."""
        gone = self.selected_part()
        if gone is not None:
            self.taken.emit(gone)

    def selected_part(self) -> TakenPart | None:
        """The blocks of the text that are selected from their first letter to their last."""
        cursor, document = self.textCursor(), self.document()
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        first, last = document.findBlock(start), document.findBlock(end)
        if start > first.position():
            first = first.next()
        if end < last.position() + last.length() - 1:
            last = last.previous()
        if not first.isValid() or not last.isValid() or last.blockNumber() < first.blockNumber():
            return None
        return self.whole_blocks(first.blockNumber(), last.blockNumber())

    def add_heading(self) -> None:
        """A new empty heading after the part the caret is in, of the level of the heading over the caret."""
        if self.isReadOnly():
            return
        low, high = self.group_span(BODY)
        here = min(max(self.textCursor().blockNumber(), low), high)
        heads = self.heads()
        over = next((heads[at] for at in range(here, low - 1, -1) if heads[at].kind == "heading"), None)
        level = over.level if over is not None else 1
        last = here
        while last < high and not (heads[last + 1].kind == "heading" and heads[last + 1].level <= level):
            last += 1
        block = self.document().findBlockByNumber(last)
        with self.step() as cursor:
            if low == high and block.length() == 1:
                cursor.setPosition(block.position())
                fill_block(cursor, Block("heading", level), self.known)
            else:
                cursor.setPosition(block.position() + block.length() - 1)
                cursor.insertBlock(block_format(Block("heading", level)), QTextCharFormat())
        self.ensureCursorVisible()
        self.setFocus()

    def insert_blocks(self, outline: Outline) -> None:
        """Pastes blocks at the caret as one step: the first joins a text it may, what stood behind joins the last."""
        if self.isReadOnly() or not outline:
            return
        self.give_up_selected()
        with self.step() as cursor:
            acts.clear_selection(cursor)
            if is_table(cursor.block()):
                acts.leave_table(cursor)
            acts.insert(cursor, outline, self.known)
        self.ensureCursorVisible()

    def put_block(self, place: int, block: Block, field: str = "") -> None:
        """Another block in the place of outline(field)[place], as one step; the caret stays as near as it can."""
        if self.isReadOnly():
            return
        number = self.number_at(place, field)
        at = self.textCursor().position()
        with self.step() as cursor:
            acts.replace(cursor, number, number, [block], self.known)
            cursor.setPosition(min(at, self.document().characterCount() - 1))

    def remove_empty(self, block: QTextBlock) -> bool:
        """Takes an empty block away, unless it is all of its group."""
        first, last = b.group_range(block)
        if block.length() > 1 or first == last:
            return False
        with self.step() as cursor:
            acts.remove(cursor, block.blockNumber(), block.blockNumber())
        return True

    def insert_table(self, rows: tuple[tuple[str, ...], ...]) -> None:
        """A table under the current block (in place of an empty one), its cells open for typing."""
        if self.isReadOnly() or self.list_here() is not None:
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
        rows = tuple(tuple(seen_only(cell, self.name_here()) for cell in row) for row in rows)
        new = table(numbered(rows) if is_programme(rows) else rows)
        if block.isValid() and is_table(block) and raw_block(block) != new:
            with self.step() as cursor:
                acts.select(cursor, number, number)
                cursor.setCharFormat(b.table_format(new.rows))
                cursor.clearSelection()
        self.setFocus()
