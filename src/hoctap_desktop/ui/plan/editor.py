"""The text of a plan as blocks: one QTextEdit, one document, our layout, computed numbers in the gutter.

Each act is one step of undo. A join keeps the kind of the first block, unless that one is empty. Nothing is ever
written beside a table in its block. What is stored is `text()`, compared as text: an input method at work changes
the document but not this.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QMimeData, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QContextMenuEvent,
    QFont,
    QHelpEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QFrame, QMenu, QTextEdit, QToolTip, QWidget

from hoctap_desktop.document.model import Run
from hoctap_desktop.plan.outline import DEEPEST_BULLET, DEEPEST_HEADING, Block, Outline, parse, table, write
from hoctap_desktop.ui import theme
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.plan import blocks as b
from hoctap_desktop.ui.plan.blocks import PARAGRAPH, block_format, fill_block, head_of, insert_runs, is_table, raw_block
from hoctap_desktop.ui.plan.layout import GUTTER, NUMBER_RIGHT, PAD, STEP, BlockLayout
from hoctap_desktop.ui.plan.pasted import blocks_from_text, clean
from hoctap_desktop.ui.plan.table_editor import TableEditor

MIME = "application/x-hoctap-blocks"
KIND_WORDS = {
    ("heading", 1): "Đề mục 1",
    ("heading", 2): "Đề mục 2",
    ("heading", 3): "Đề mục 3",
    ("heading", 4): "Đề mục 4",
    ("paragraph", 0): "Đoạn văn",
    ("bullet", 1): "Gạch đầu dòng",
}


class _Headings(QSyntaxHighlighter):
    """Headings are bold on the screen by rule: no step of undo, and not stored."""

    @guarded(None)
    def highlightBlock(self, text: str) -> None:
        if head_of(self.currentBlock()).kind == "heading":
            form = QTextCharFormat()
            form.setFontWeight(QFont.Weight.Bold)
            self.setFormat(0, len(text), form)


class BlockEditor(QTextEdit):
    """`edited` when the document may have changed; `moved` when the caret is in another block or its kind changed.

    `field_opened(id)` on a double click on a field: its value stands elsewhere, once.
    """

    edited = Signal()
    moved = Signal()
    field_opened = Signal(str)

    def __init__(self, scheme: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scheme = scheme
        self._gutter: list[str] = [""]
        self._heads: list[Block] = []
        self._touched: tuple[int, int] | None = None
        self._values: Mapping[str, str] = {}
        self._at = (-1, "", 0)
        self.setProperty("plain", True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAcceptRichText(False)
        self.setAcceptDrops(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setCursorWidth(2)
        self.setAccessibleName(name)
        document = self.document()
        document.setDocumentMargin(0)
        document.setDefaultFont(theme.font("reading"))
        self.setFont(theme.font("reading"))
        self.blocks = BlockLayout(document)
        document.setDocumentLayout(self.blocks)
        self._headings = _Headings(document)
        self._table_editor: TableEditor | None = None
        b.load(document, (), self._known)
        document.contentsChange.connect(self._note)
        document.contentsChanged.connect(self._changed)
        self.cursorPositionChanged.connect(self._moved)
        theme.changed().changed.connect(self._dress)

    # --- what stands here ---

    def load(self, text: str) -> None:
        """Another text, without history; the caret goes to its beginning."""
        b.load(self.document(), parse(text), self._known)
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self._headings.rehighlight()
        self._changed()

    def replace(self, text: str) -> None:
        """Another text as one step that can be undone."""
        with self._step() as cursor:
            self._replace(cursor, 0, self.document().blockCount() - 1, parse(text) or (PARAGRAPH,))

    def text(self) -> str:
        """The text as it is stored (plan/outline.py), without a line end at its end."""
        return write(self.outline()).rstrip("\n")

    def outline(self) -> Outline:
        return b.outline_of(self.document())

    def set_values(self, values: Mapping[str, str], labels: Mapping[str, str]) -> None:
        """The fields a text may hold, as printed, and their names. Chips show them at once; no step of undo."""
        if values == self._values and labels == self.blocks.chips.labels:
            return
        new_ids = set(values) - set(self._values)
        self._values = dict(values)
        self.blocks.chips.values = self.blocks.tables.values = self._values
        self.blocks.chips.labels = self.blocks.tables.labels = dict(labels)
        self.blocks.again()
        if new_ids and not self.document().isUndoAvailable():
            b.load(self.document(), b.raw_outline(self.document()), self._known)
        self.viewport().update()

    def place(self) -> int:
        """Index of the current block in outline()."""
        return b.place_of(self.document(), self.textCursor().blockNumber())

    def part_place(self) -> int:
        """As place, but in an empty paragraph that of the block before it: the part it stands in. -1 for none."""
        return self.place() - (b.kept(raw_block(self.textCursor().block())) is None)

    def go(self, place: int) -> None:
        """The caret to the block that is outline()[place], in sight."""
        block = b.block_at(self.document(), place)
        cursor = QTextCursor(block)
        self.setTextCursor(cursor)
        row = self.blocks.row(block)
        bar = self.verticalScrollBar()
        if row.top() < bar.value() or row.bottom() > bar.value() + self.viewport().height():
            over = 0 if head_of(block).kind == "heading" else self.viewport().height() // 4
            bar.setValue(round(row.top()) - PAD - over)
        self.ensureCursorVisible()

    def head(self) -> Block:
        """Kind, level and mark of the current block."""
        return head_of(self.textCursor().block())

    def number_of(self, number: int) -> str:
        """What stands in the gutter before text block `number`."""
        return self._gutter[number] if 0 <= number < len(self._gutter) else ""

    # --- acts ---

    def set_kind(self, kind: str, level: int) -> None:
        """Makes the selected blocks headings of a level, paragraphs or bullets."""
        mark = b.MARK_OF_DEPTH[level] if kind == "bullet" else ""
        made = {"heading": Block("heading", level), "bullet": Block("bullet", level, mark=mark)}.get(kind, PARAGRAPH)
        self._reshape(lambda head: head if (head.kind, head.level) == (made.kind, made.level) else made)

    def demote(self) -> None:
        """Heading one level down, paragraph to bullet, bullet one deeper."""
        self._reshape(_demoted)

    def promote(self) -> None:
        """Heading one level up, bullet one out, bullet of the first depth to paragraph."""
        self._reshape(_promoted)

    def move_up(self) -> None:
        self._move(-1)

    def move_down(self) -> None:
        self._move(1)

    def delete_blocks(self) -> None:
        """Takes the selected blocks away whole."""
        if self.isReadOnly():
            return
        first, last = self._selected()
        with self._step() as cursor:
            self._remove(cursor, first, last)

    def insert_field(self, id: str) -> None:
        """A chip at the caret, in place of the selection."""
        if self.isReadOnly() or not self._known(id):
            return
        with self._step() as cursor:
            self._clear_selection(cursor)
            self._leave_table(cursor)
            insert_runs(cursor, (Run(f"{{{{{id}}}}}"),), self._known)

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
        with self._step() as cursor:
            if self.document().isEmpty() and self.document().blockCount() == 1:
                fill_block(cursor, Block("heading", level), self._known)
            else:
                cursor.setPosition(last.position() + last.length() - 1)
                cursor.insertBlock(block_format(Block("heading", level)), QTextCharFormat())
        self.ensureCursorVisible()
        self.setFocus()

    def insert_blocks(self, outline: Outline) -> None:
        """Pastes blocks at the caret as one step: the first joins a text it may, what stood behind joins the last."""
        if self.isReadOnly() or not outline:
            return
        with self._step() as cursor:
            self._clear_selection(cursor)
            if is_table(cursor.block()):
                self._leave_table(cursor)
            self._insert(cursor, outline)
        self.ensureCursorVisible()

    def step_back(self) -> None:
        """Undo. The caret stays where it is when only kinds changed: Qt would put it into the next block."""
        self._through_time(self.undo)

    def step_forth(self) -> None:
        """Redo."""
        self._through_time(self.redo)

    def _through_time(self, act: Callable[[], object]) -> None:
        if self.isReadOnly():
            return
        words, at = self.toPlainText(), self.textCursor().position()
        act()
        if self.toPlainText() == words:
            self._put_caret(at)
        self.ensureCursorVisible()

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

    @contextmanager
    def _step(self) -> Iterator[QTextCursor]:
        """One step of undo; the caret stands afterwards where the cursor was left."""
        cursor = self.textCursor()
        cursor.beginEditBlock()
        try:
            yield cursor
        finally:
            cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def _known(self, id: str) -> bool:
        return id in self._values

    def _selected(self) -> tuple[int, int]:
        cursor = self.textCursor()
        document = self.document()
        first = document.findBlock(cursor.selectionStart()).blockNumber()
        last = document.findBlock(cursor.selectionEnd())
        number = last.blockNumber()
        if cursor.hasSelection() and number > first and cursor.selectionEnd() == last.position():
            number -= 1  # the selection ends before the first letter
        return first, number

    def _reshape(self, change: Callable[[Block], Block]) -> None:
        if self.isReadOnly():
            return
        first, last = self._selected()
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

    def _move(self, by: int) -> None:
        if self.isReadOnly():
            return
        first, last = self._selected()
        other = first - 1 if by < 0 else last + 1
        if not 0 <= other < self.document().blockCount():
            return
        cursor = self.textCursor()
        into = cursor.positionInBlock()
        at = cursor.blockNumber() + by
        group = [raw_block(self.document().findBlockByNumber(n)) for n in range(first, last + 1)]
        one = raw_block(self.document().findBlockByNumber(other))
        with self._step() as cursor:
            self._replace(cursor, min(first, other), max(last, other), [*group, one] if by < 0 else [one, *group])
            block = self.document().findBlockByNumber(at)
            cursor.setPosition(block.position() + min(into, block.length() - 1))

    def _replace(self, cursor: QTextCursor, first: int, last: int, new: Sequence[Block]) -> None:
        self._select(cursor, first, last)
        cursor.removeSelectedText()
        for index, block in enumerate(new):
            if index:
                cursor.insertBlock(block_format(PARAGRAPH), QTextCharFormat())
            cursor.setBlockCharFormat(QTextCharFormat())
            fill_block(cursor, block, self._known)

    def _select(self, cursor: QTextCursor, first: int, last: int) -> None:
        end = self.document().findBlockByNumber(last)
        cursor.setPosition(self.document().findBlockByNumber(first).position())
        cursor.setPosition(end.position() + end.length() - 1, QTextCursor.MoveMode.KeepAnchor)

    def _remove(self, cursor: QTextCursor, first: int, last: int) -> None:
        document = self.document()
        behind = document.findBlockByNumber(last + 1)
        before = document.findBlockByNumber(first - 1) if first else QTextBlock()
        self._select(cursor, first, last)
        if behind.isValid():
            cursor.setPosition(cursor.selectionStart())
            head = head_of(behind)
            cursor.setPosition(behind.position(), QTextCursor.MoveMode.KeepAnchor)
        elif before.isValid():
            head = head_of(before)
            end = cursor.selectionEnd()
            cursor.setPosition(before.position() + before.length() - 1)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        else:
            head = PARAGRAPH
        cursor.removeSelectedText()
        cursor.setBlockFormat(block_format(head))

    def _clear_selection(self, cursor: QTextCursor) -> None:
        """Removes what is selected; the block that remains has the right kind, a table never gets letters beside it."""
        if not cursor.hasSelection():
            return
        document = self.document()
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        first, last = document.findBlock(start), document.findBlock(end)
        if first != last:
            if is_table(first) and start > first.position():
                first = first.next()
                start = first.position()
            if is_table(last) and end == last.position():
                last = last.previous()
                end = max(start, last.position() + last.length() - 1)
        everything = start == 0 and end == document.characterCount() - 1
        left = start > first.position()
        right = end < last.position() + last.length() - 1
        if first == last and left + right == 0 and not is_table(first):
            head = head_of(first)
        else:
            head = head_of(first) if left else head_of(last) if right else head_of(first)
        if everything or (head.kind == "table" and not (right and is_table(last) and end == last.position())):
            head = PARAGRAPH
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        if head_of(cursor.block()) != head:
            cursor.setBlockFormat(block_format(head))

    def _join(self, second: QTextBlock) -> None:
        """Joins a block with the one before it."""
        first = second.previous()
        if not first.isValid():
            return
        empty_first, empty_second = first.length() == 1, second.length() == 1
        if is_table(first) or is_table(second):
            if is_table(first) and empty_second:
                with self._step() as cursor:
                    self._remove(cursor, second.blockNumber(), second.blockNumber())
                    cursor.setPosition(first.position() + first.length() - 1)
            elif is_table(second) and empty_first:
                with self._step() as cursor:
                    self._remove(cursor, first.blockNumber(), first.blockNumber())
            else:
                self._put_caret(first.position() + first.length() - 1)
            return
        head = head_of(second) if empty_first and not empty_second else head_of(first)
        with self._step() as cursor:
            cursor.setPosition(second.position())
            cursor.deletePreviousChar()
            if head_of(cursor.block()) != head:
                cursor.setBlockFormat(block_format(head))

    def _put_caret(self, position: int) -> None:
        cursor = self.textCursor()
        cursor.setPosition(position)
        self.setTextCursor(cursor)

    def _leave_table(self, cursor: QTextCursor) -> None:
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

    def _insert(self, cursor: QTextCursor, outline: Outline) -> None:
        here = cursor.block()
        tail = cursor.position() < here.position() + here.length() - 1
        if tail:
            cursor.insertBlock(here.blockFormat(), QTextCharFormat())
            cursor.setPosition(cursor.block().previous().position() + cursor.block().previous().length() - 1)
        for index, block in enumerate(outline):
            empty = cursor.block().length() == 1
            if index == 0 and empty:
                fill_block(cursor, block, self._known)
            elif index == 0 and block.kind == "paragraph":
                insert_runs(cursor, block.runs, self._known)
            else:
                cursor.insertBlock(block_format(PARAGRAPH), QTextCharFormat())
                fill_block(cursor, block, self._known)
        if tail and not is_table(cursor.block()):
            end = cursor.position()
            head = head_of(cursor.block())
            cursor.movePosition(QTextCursor.MoveOperation.NextBlock)
            cursor.deletePreviousChar()
            cursor.setBlockFormat(block_format(head))
            cursor.setPosition(end)

    # --- keys, input methods, mouse ---

    @guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        self.blocks.fixed_width = float(self.width() - self.verticalScrollBar().sizeHint().width())
        super().resizeEvent(event)

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.isReadOnly() or not self._own_key(event):
            super().keyPressEvent(event)

    def _own_key(self, event: QKeyEvent) -> bool:
        key, with_keys = event.key(), event.modifiers()
        control = bool(with_keys & Qt.KeyboardModifier.ControlModifier)
        alt = bool(with_keys & Qt.KeyboardModifier.AltModifier)
        keys = Qt.Key
        if control and key in (keys.Key_B, keys.Key_I) and not alt:
            self.toggle("bold" if key == keys.Key_B else "italic")
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.step_back()
        elif event.matches(QKeySequence.StandardKey.Redo) or (control and key == keys.Key_Y and not alt):
            self.step_forth()
        elif event.matches(QKeySequence.StandardKey.Cut):
            self.cut_blocks()
        elif event.matches(QKeySequence.StandardKey.Delete) or event.matches(QKeySequence.StandardKey.DeleteEndOfWord):
            return self._delete_key(event, back=False)
        elif key == keys.Key_Backspace and not alt:
            return self._delete_key(event, back=True)
        elif key in (keys.Key_Return, keys.Key_Enter):
            self._enter()
        elif key == keys.Key_Tab and not control:
            self.demote()
        elif key == keys.Key_Backtab:
            self.promote()
        elif alt and key in (keys.Key_Up, keys.Key_Down):
            self._move(-1 if key == keys.Key_Up else 1)
        elif key == keys.Key_F2 and is_table(self.textCursor().block()):
            self.edit_table()
        elif event.text() and event.text().isprintable() and not (control and not alt):
            return self._typed(event)
        else:
            return False
        return True

    def _typed(self, event: QKeyEvent) -> bool:
        """A letter: a space makes a step of undo, so that undo goes word by word."""
        cursor = self.textCursor()
        if not (cursor.hasSelection() or is_table(cursor.block()) or event.text() == " "):
            return False
        with self._step() as cursor:
            self._clear_selection(cursor)
            self._leave_table(cursor)
            cursor.insertText(event.text(), _style_of(cursor))
        return True

    def _enter(self) -> None:
        with self._step() as cursor:
            self._clear_selection(cursor)
            block = cursor.block()
            head = head_of(block)
            if head.kind == "table":
                self._leave_table(cursor)
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

    def _delete_key(self, event: QKeyEvent, *, back: bool) -> bool:
        cursor = self.textCursor()
        block = cursor.block()
        if cursor.hasSelection():
            with self._step() as cursor:
                self._clear_selection(cursor)
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
                with self._step() as cursor:
                    cursor.setBlockFormat(block_format(PARAGRAPH))
                self._moved()
            else:
                self._join(block)
            return True
        if not back and cursor.atBlockEnd():
            if block.next().isValid():
                self._join(block.next())
            return True
        return event.modifiers() == Qt.KeyboardModifier.ShiftModifier and back and self._plain_backspace()

    def _plain_backspace(self) -> bool:
        self.textCursor().deletePreviousChar()
        return True

    @guarded(None)
    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        cursor = self.textCursor()
        if self.isReadOnly():
            event.ignore()
            return
        typing = bool(event.commitString() or event.preeditString())
        if typing and (cursor.hasSelection() or is_table(cursor.block())):
            with self._step() as cursor:
                self._clear_selection(cursor)
                self._leave_table(cursor)
        super().inputMethodEvent(event)

    @guarded(None)
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        block = self.cursorForPosition(point).block()
        at = point.y() + self.verticalScrollBar().value()
        if is_table(block) and self.blocks.row(block).top() <= at <= self.blocks.row(block).bottom():
            self._put_caret(block.position())
            self.edit_table()
        elif field := self.field_at(event.position()):
            self.field_opened.emit(field)
        else:
            super().mouseDoubleClickEvent(event)

    def field_at(self, point: QPointF) -> str:
        """The id of the field at a point of the viewport, or ""."""
        inside = point + QPointF(0, self.verticalScrollBar().value())
        at = self.blocks.hitTest(inside, Qt.HitTestAccuracy.ExactHit)
        for position in (at, at - 1) if at >= 0 else ():
            cursor = QTextCursor(self.document())
            cursor.setPosition(max(0, position))
            cursor.movePosition(QTextCursor.MoveOperation.NextCharacter)
            form = cursor.charFormat()
            if form.objectType() != b.FIELD_OBJECT or self.document().characterAt(cursor.position() - 1) != b.OBJECT:
                continue
            line = cursor.block().layout().lineForTextPosition(cursor.positionInBlock() - 1)
            left, right = (line.cursorToX(cursor.positionInBlock() - n)[0] for n in (1, 0))  # type: ignore[index]
            if left <= inside.x() - cursor.block().layout().position().x() <= right:
                return b.field_of(form)
        return ""

    def _field_words(self, field: str) -> str:
        value = self._values.get(field, "").strip()
        return f"{self.blocks.chips.labels.get(field, field)}: {value or 'chưa nhập'}"

    @guarded(False)
    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            field = self.field_at(QPointF(event.pos()))
            words = f"{self._field_words(field)}\nBấm đúp để sửa ở mục nhập một lần." if field else ""
            QToolTip.showText(event.globalPos(), words, self.viewport())
            return True
        return super().viewportEvent(event)

    @guarded(None)
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.menu_of()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def menu_of(self) -> QMenu:
        """The menu of the right button: Qt's own speaks English."""
        menu = QMenu(self)
        free, chosen = not self.isReadOnly(), self.textCursor().hasSelection()
        for words, act, on in (
            ("Hoàn tác\tCtrl+Z", self.step_back, free and self.document().isUndoAvailable()),
            ("Làm lại\tCtrl+Y", self.step_forth, free and self.document().isRedoAvailable()),
            ("", None, False),
            ("Cắt\tCtrl+X", self.cut_blocks, free and chosen),
            ("Chép\tCtrl+C", self.copy, chosen),
            ("Dán\tCtrl+V", self.paste, free and self.canPaste()),
            ("Chọn hết\tCtrl+A", self.selectAll, True),
            ("", None, False),
            ("Sửa bảng\tF2", self.edit_table, free and is_table(self.textCursor().block())),
        ):
            if act is None:
                menu.addSeparator()
                continue
            item = menu.addAction(words)
            item.setEnabled(on)
            item.triggered.connect(lambda _checked=False, act=act: act())
        return menu

    # --- clipboard ---

    def cut_blocks(self) -> None:
        """Cut, with the kinds of what remains put right."""
        if self.textCursor().hasSelection() and not self.isReadOnly():
            self.copy()
            with self._step() as cursor:
                self._clear_selection(cursor)

    @guarded(None)
    def createMimeDataFromSelection(self) -> QMimeData:
        data = QMimeData()
        outline = self.selected_outline()
        data.setData(MIME, b.to_json(outline).encode())
        data.setText(self._selected_words(outline))
        return data

    def selected_outline(self) -> Outline:
        """The blocks of the selection; a part of one block is a paragraph of these letters."""
        document, cursor = self.document(), self.textCursor()
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        first, last = document.findBlock(start), document.findBlock(end)
        whole = start == first.position() and end == first.position() + first.length() - 1
        copy = QTextDocument()
        part = QTextCursor(copy)
        part.insertFragment(cursor.selection())
        found = list(b.raw_outline(copy))
        if first == last and not whole:
            return tuple(Block("paragraph", 0, block.runs) for block in found)
        if found and found[0].kind != "table":  # Qt forgets the kind of a fragment's first block
            head = head_of(first)
            found[0] = Block(head.kind, head.level, found[0].runs, head.mark, head.number)
            if head.kind == "table" or start > first.position():
                found[0] = Block("paragraph", 0, found[0].runs)
        return tuple(found)

    def _selected_words(self, outline: Outline) -> str:
        first = self.document().findBlock(self.textCursor().selectionStart()).blockNumber()
        lines = []
        for index, block in enumerate(outline):
            mark = self.number_of(first + index) if block.kind in ("heading", "bullet") else ""
            if block.kind == "table":
                words = "\n".join("\t".join(self.blocks.tables.words(cell) for cell in row) for row in block.rows)
            else:
                words = b.spoken(block, self._values)
            lines.append(f"{mark} {words}" if mark else words)
        return "\n".join(lines)

    @guarded(False)
    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasFormat(MIME) or source.hasText()

    @guarded(None)
    def insertFromMimeData(self, source: QMimeData) -> None:
        if self.isReadOnly():
            return
        if source.hasFormat(MIME):
            self.insert_blocks(b.from_json(bytes(source.data(MIME).data()).decode("utf-8", "replace")))
            return
        words = source.text()
        found = blocks_from_text(words)
        if len(found) == 1 and found[0].kind != "table" and self.textCursor().block().length() > 1:
            found = (Block("paragraph", 0, (Run(clean(words)),)),)  # letters inside a line stay as they are
        self.insert_blocks(found)

    # --- tables ---

    def edit_table(self) -> None:
        """Opens the cells of the current table over its picture; leaving them is one step of undo."""
        block = self.textCursor().block()
        if self.isReadOnly() or not is_table(block) or self._table_editor is not None:
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
        self._table_editor = editor
        editor.show()
        editor.setFocus()

    def _take_table(self, number: int, rows: tuple[tuple[str, ...], ...]) -> None:
        editor, self._table_editor = self._table_editor, None
        if editor is not None:
            editor.hide()
            editor.deleteLater()
        block = self.document().findBlockByNumber(number)
        new = table(rows)
        if block.isValid() and is_table(block) and raw_block(block) != new:
            with self._step() as cursor:
                self._select(cursor, number, number)
                cursor.setCharFormat(b.table_format(new.rows))
                cursor.clearSelection()
        self.setFocus()

    # --- drawing and telling ---

    def _dress(self) -> None:
        self.document().setDefaultFont(theme.font("reading"))
        self.setFont(theme.font("reading"))
        self.blocks.again()

    def _note(self, position: int, _removed: int, added: int) -> None:
        low, high = self._touched or (position, position)
        self._touched = (min(low, position), max(high, position + added))

    def _renew_gutter(self) -> None:
        """Numbers anew, unless only letters changed: a key in a long text is then as quick as in a short one."""
        document, touched, self._touched = self.document(), self._touched, None
        if touched is not None and len(self._heads) == document.blockCount():
            block = document.findBlock(touched[0])
            end = document.findBlock(touched[1])
            last = end.blockNumber() if end.isValid() else document.blockCount() - 1
            while block.isValid() and head_of(block) == self._heads[block.blockNumber()]:
                if block.blockNumber() >= last:
                    return
                block = block.next()
        self._heads = [head_of(block) for block in b.blocks_of(document)]
        self._gutter = b.gutter(self._heads, self._scheme)

    def number_by(self, scheme: str) -> None:
        """Another way to number the headings: of a plan that was read from a file."""
        if scheme != self._scheme:
            self._scheme = scheme
            self._gutter = b.gutter(self._heads, scheme)
            self.viewport().update()

    def _changed(self) -> None:
        self._renew_gutter()
        self.viewport().update()
        self.edited.emit()
        self._moved()

    def _moved(self) -> None:
        cursor = self.textCursor()
        head = head_of(cursor.block())
        at = (cursor.blockNumber(), head.kind, head.level)
        self._tell_field(cursor)
        if at != self._at:
            other = at[0] != self._at[0]
            self._at = at
            self.viewport().update()
            self._tell(cursor.block(), head, announce=other)
            self.moved.emit()

    def _tell_field(self, cursor: QTextCursor) -> None:
        """A screen reader hears what the chip before the caret shows; in the text it is one nameless letter."""
        form = cursor.charFormat()
        passed = form.objectType() == b.FIELD_OBJECT and not cursor.atBlockStart()
        if passed and self.hasFocus() and QAccessible.isActive():
            said = QAccessibleAnnouncementEvent(self, self._field_words(b.field_of(form)))
            QAccessible.updateAccessibility(said)

    def _tell(self, block: QTextBlock, head: Block, *, announce: bool) -> None:
        kind = {"heading": "đề mục", "bullet": "gạch đầu dòng", "table": "bảng"}.get(head.kind, "đoạn văn")
        number = self.number_of(block.blockNumber())
        self.setAccessibleDescription(f"{number} {kind}: {b.spoken(raw_block(block), self._values)}".strip())
        if announce and self.hasFocus() and QAccessible.isActive():
            said = f"{number}, {kind}" if number else kind
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))

    @guarded(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        scrolled = self.verticalScrollBar().value()
        if not self.isReadOnly():
            painter = QPainter(self.viewport())
            row = self.blocks.row(self.textCursor().block()).translated(0, -scrolled)
            painter.fillRect(QRectF(0, row.top(), self.viewport().width(), row.height()), theme.color("row-focus"))
            painter.fillRect(QRectF(0, row.top(), 3, row.height()), theme.color("pri"))
            painter.end()
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        block = self.document().findBlockByNumber(self.blocks.first_at(event.rect().top() + scrolled))
        while block.isValid() and self.blocks.row(block).top() - scrolled <= event.rect().bottom():
            self._paint_number(painter, block, scrolled)
            block = block.next()

    def _paint_number(self, painter: QPainter, block: QTextBlock, scrolled: int) -> None:
        words = self.number_of(block.blockNumber())
        layout = block.layout()
        if not words or not layout.lineCount():
            return
        line, head = layout.lineAt(0), head_of(block)
        baseline = self.blocks.row(block).top() - scrolled + line.y() + line.ascent()
        painter.setFont(theme.font("reading", bold=head.kind == "heading"))
        painter.setPen(theme.color("ink"))
        width = painter.fontMetrics().horizontalAdvance(words)
        right = NUMBER_RIGHT + (STEP * (head.level - 1) if head.kind == "bullet" else 0)
        painter.drawText(max(4, right - width), round(baseline), words)


def _style_of(cursor: QTextCursor) -> QTextCharFormat:
    form = cursor.charFormat()
    return b.letters(form.fontWeight() >= QFont.Weight.Bold, form.fontItalic())


def _demoted(head: Block) -> Block:
    match head.kind:
        case "heading":
            return Block("heading", min(head.level + 1, DEEPEST_HEADING), number=head.number)
        case "bullet":
            depth = min(head.level + 1, DEEPEST_BULLET)
            return head if depth == head.level else Block("bullet", depth, mark=b.MARK_OF_DEPTH[depth])
        case "paragraph":
            return Block("bullet", 1, mark=b.MARK_OF_DEPTH[1])
        case _:
            return head


def _promoted(head: Block) -> Block:
    match head.kind:
        case "heading":
            return Block("heading", max(head.level - 1, 1), number=head.number)
        case "bullet" if head.level > 1:
            return Block("bullet", head.level - 1, mark=b.MARK_OF_DEPTH[head.level - 1])
        case "bullet":
            return PARAGRAPH
        case _:
            return head
