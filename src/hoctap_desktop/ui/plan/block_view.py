"""What a block editor shows and tells: its document, our layout, the numbers in the gutter, where the caret is."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QHelpEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextCursor,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QToolTip

from hoctap_desktop.plan import page_text
from hoctap_desktop.plan.headings import HeadLook, heading_looks, is_appendix_line
from hoctap_desktop.plan.outline import Block, Outline, parse, write
from hoctap_desktop.plan.page_text import BODY, GROUPS, LINE_KINDS, Lines
from hoctap_desktop.plan.programme import is_programme
from hoctap_desktop.ui import theme
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.plan import blocks as b
from hoctap_desktop.ui.plan.block_painting import Headings, paint_caption, paint_number
from hoctap_desktop.ui.plan.blocks import head_of, raw_block
from hoctap_desktop.ui.plan.layout import PAD, BlockLayout


class BlockView(QTextEdit):
    """`edited` when the document may have changed; `moved` when the caret is in another block or its kind changed.

    field: the answer that is the text; lines: lists that stand over and under it on the same page, each an answer of
    its own. Places of blocks are counted within one answer.
    """

    edited = Signal()
    moved = Signal()

    def __init__(self, scheme: str, name: str, *, field: str = "body", lines: Sequence[Lines] = ()) -> None:
        super().__init__()
        self._scheme = scheme
        self.field = field
        self.lists = tuple(sorted(lines, key=lambda one: GROUPS[one.kind]))
        self._groups = {BODY: field, **{GROUPS[one.kind]: one.field for one in lines}}
        self._gutter: list[str] = [""]
        self._heads: list[Block] = []
        self._kept: list[Block | None] = []  # of each text block what is stored
        self._looks: dict[int, HeadLook] = {}
        self._touched: tuple[int, int] | None = None
        self._renumber = False
        self._looks_stale = True
        self.values: Mapping[str, str] = {}
        self.place_of_field: Callable[[str], str] = lambda _id: ""  # the name of where a field is entered, or ""
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
        self.blocks.captions = bool(lines)
        document.setDocumentLayout(self.blocks)
        document.contentsChange.connect(self._note)
        self._headings = Headings(document)  # asked by Qt for what changed, when _note knows which are bold
        b.load(document, self.page_blocks(""), self.known)
        document.contentsChanged.connect(self._changed)
        self.cursorPositionChanged.connect(self._moved)
        theme.changed().changed.connect(self._dress)

    # --- what stands here ---

    def load(self, text: str) -> None:
        """Another page or text, without history; the caret goes to the beginning of the text."""
        b.load(self.document(), self.page_blocks(text), self.known)
        self._changed()
        self.verticalScrollBar().setValue(0)
        self.go(0)

    def page_blocks(self, page: str) -> Outline:
        """The blocks of a page (`page_text`) as they shall stand; a list it says nothing of stays as it is."""
        parts = page_text.split(page, self.field)
        found: list[Block] = []
        for group, field in sorted(self._groups.items()):
            if group == BODY:
                found += parse(parts.get(field, "")) or (b.PARAGRAPH,)
                continue
            kind, words = LINE_KINDS[group], parts.get(field)
            lines = self.answer(field).split("\n") if words is None else words.split("\n")
            found += [page_text.line_block(kind, line) for line in lines]
        return tuple(found)

    def text(self) -> str:
        """The text as it is stored (plan/outline.py), without a line end at its end."""
        return write(self.outline()).rstrip("\n")

    def fields(self) -> tuple[str, ...]:
        """The answers that stand on this page, from above."""
        return tuple(field for _, field in sorted(self._groups.items()))

    def answer(self, field: str) -> str:
        """One of them as it would be typed into a box: the text, or the lines of a list."""
        return self.text() if field == self.field else "\n".join(block.text for block in self.outline(field))

    def page_text(self) -> str:
        """The whole page as one text, to go back to."""
        return page_text.joined({field: self.answer(field) for field in self.fields()}, self.field)

    def outline(self, field: str = "") -> Outline:
        """The blocks that are stored. Only changed ones are read from the document: with 300 all would take 40 ms."""
        group = self._group_of(field)
        return tuple(block for block in self._kept if block is not None and page_text.group_of(block.kind) == group)

    def _group_of(self, field: str) -> int:
        return next((group for group, known in self._groups.items() if known == field), BODY)

    def field_here(self) -> str:
        """The answer the caret stands in."""
        return self.field_of(self.textCursor().block())

    def field_of(self, block: QTextBlock) -> str:
        """The answer a text block stands in."""
        return self._groups.get(b.group(block), self.field)

    def set_values(self, values: Mapping[str, str], labels: Mapping[str, str]) -> None:
        """The fields a text may hold, as printed, and their names. Chips show them at once; no step of undo."""
        if values == self.values and labels == self.blocks.chips.labels:
            return
        new_ids = set(values) - set(self.values)
        self.values = dict(values)
        self.blocks.chips.values = self.blocks.tables.values = self.values
        self.blocks.chips.labels = self.blocks.tables.labels = dict(labels)
        self.blocks.again()
        if new_ids and not self.document().isUndoAvailable():
            b.load(self.document(), b.raw_outline(self.document()), self.known)
        self.viewport().update()

    def place(self) -> int:
        """Index of the current block in outline(field_here())."""
        block = self.textCursor().block()
        first, _ = b.group_range(block)
        return sum(one is not None for one in self._kept[first : block.blockNumber()])

    def part_place(self) -> int:
        """As place, but in an empty paragraph that of the block before it: the part it stands in. -1 for none."""
        return self.place() - (self._kept[self.textCursor().blockNumber()] is None)

    def number_at(self, place: int, field: str = "") -> int:
        """The text block that is outline(field)[place]; the nearest one of its group when there are fewer."""
        numbers = self.numbers(field)
        if 0 <= place < len(numbers):
            return numbers[place]
        group = self._group_of(field)
        first, last = self.group_span(group)
        return first if group != BODY or place <= 0 else last

    def numbers(self, field: str = "") -> list[int]:
        """The text blocks that are outline(field), in order."""
        group = self._group_of(field)
        return [
            number
            for number, block in enumerate(self._kept)
            if block is not None and page_text.group_of(block.kind) == group
        ]

    def group_span(self, group: int) -> tuple[int, int]:
        """The first and last text block of a group that stands here."""
        return next(
            span for block in b.blocks_of(self.document()) if b.group(block) == group and (span := b.group_range(block))
        )

    def go(self, place: int, field: str = "") -> None:
        """The caret to the block that is outline(field)[place], in sight."""
        block = self.document().findBlockByNumber(self.number_at(place, field))
        self.setTextCursor(QTextCursor(block))
        row = self.blocks.row(block)
        bar = self.verticalScrollBar()
        if row.top() < bar.value() or row.bottom() > bar.value() + self.viewport().height():
            over = 0 if head_of(block).kind == "heading" else self.viewport().height() // 4
            bar.setValue(round(row.top() - self.blocks.caption_room(block)) - PAD - over)
        self.ensureCursorVisible()

    def show_chosen(self, cursor: QTextCursor) -> None:
        """Takes over what a cursor chooses; out of sight it comes with some lines over it."""
        view = self.viewport()
        seen = view.rect().contains(self.cursorRect(cursor))
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
        if not seen:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + self.cursorRect().top() - view.height() // 3)

    def show_row(self, at: int, row: int) -> None:
        """Brings a row of the table at a position of the document in sight."""
        block = self.document().findBlock(at)
        _, heights = self.blocks.tables.shape(raw_block(block).rows)
        top = round(self.blocks.row(block).top() + PAD + sum(heights[:row]))
        bar = self.verticalScrollBar()
        if not bar.value() <= top <= bar.value() + self.viewport().height() - round(heights[row]):
            bar.setValue(top - self.viewport().height() // 4)

    def head(self) -> Block:
        """Kind, level and mark of the current block."""
        return head_of(self.textCursor().block())

    def go_to_letter(self, number: int, letter: int) -> None:
        """The caret to a letter of text block `number`, or as near as there is one, in sight."""
        block = self.document().findBlockByNumber(number)
        if not block.isValid():
            block = self.document().lastBlock()
        self.put_caret(block.position() + min(letter, block.length() - 1))
        self.ensureCursorVisible()

    def heads(self) -> list[Block]:
        """Kind, level and mark of every text block."""
        return [head_of(block) for block in b.blocks_of(self.document())]

    def tint(self, words: Mapping[int, Sequence[tuple[str, int]]]) -> None:
        """Tints words in text blocks: by block number (words, which of the same ones). No step of undo."""
        before, self._headings.tinted = self._headings.tinted, dict(words)
        for number in {number for number in {*before, *words} if before.get(number) != words.get(number)}:
            block = self.document().findBlockByNumber(number)
            if block.isValid():
                self._headings.rehighlightBlock(block)

    def number_of(self, number: int) -> str:
        """What stands in the gutter before text block `number`."""
        if not 0 <= number < len(self._heads):
            return ""
        if self._heads[number].kind == "recipient":
            words = self.document().findBlockByNumber(number).text()
            return "-" if words.strip() and page_text.has_dash("recipient", words) else ""
        return self._gutter[number]

    @contextmanager
    def step(self) -> Iterator[QTextCursor]:
        """One step of undo; the caret stands afterwards where the cursor was left."""
        cursor = self.textCursor()
        cursor.beginEditBlock()
        try:
            yield cursor
        finally:
            cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def known(self, id: str) -> bool:
        """True for a field a text may hold."""
        return id in self.values

    def put_caret(self, position: int) -> None:
        """The caret to a position, without a selection."""
        cursor = self.textCursor()
        cursor.setPosition(position)
        self.setTextCursor(cursor)

    def selected(self) -> tuple[int, int]:
        """The first and last text block of the selection."""
        cursor = self.textCursor()
        document = self.document()
        first = document.findBlock(cursor.selectionStart()).blockNumber()
        last = document.findBlock(cursor.selectionEnd())
        number = last.blockNumber()
        if cursor.hasSelection() and number > first and cursor.selectionEnd() == last.position():
            number -= 1  # the selection ends before the first letter
        return first, number

    # --- fields ---

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

    def field_words(self, field: str) -> str:
        """ "Từ ngày: 06/10/2022", or that nothing was entered."""
        value = self.values.get(field, "").strip()
        return f"{self.blocks.chips.labels.get(field, field)}: {value or 'chưa nhập'}"

    @guarded(False)
    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            field = self.field_at(QPointF(event.pos()))
            words = f"{self.field_words(field)}\nBấm đúp để sửa ở mục nhập một lần." if field else ""
            QToolTip.showText(event.globalPos(), words, self.viewport())
            return True
        return super().viewportEvent(event)

    # --- drawing and telling ---

    @guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        self.blocks.fixed_width = float(self.width() - self.verticalScrollBar().sizeHint().width())
        super().resizeEvent(event)

    def _dress(self) -> None:
        self.document().setDefaultFont(theme.font("reading"))
        self.setFont(theme.font("reading"))
        self.blocks.again()

    def _note(self, position: int, _removed: int, added: int) -> None:
        low, high = self._touched or (position, position)
        self._touched = (min(low, position), max(high, position + added))
        self._read_again(position, added)
        self._renew_looks()

    def _read_again(self, position: int, added: int) -> None:
        """Reads the touched blocks in place of those that stood there."""
        document = self.document()
        first, last = document.findBlock(position), document.findBlock(position + added)
        if not last.isValid():
            last = document.lastBlock()
        start = first.blockNumber() if first.isValid() else 0
        touched = last.blockNumber() - start + 1
        before = len(self._kept) - (document.blockCount() - touched)
        if not first.isValid() or before < 0 or start > len(self._kept):
            start, touched, before = 0, document.blockCount(), len(self._kept)
        block, fresh = document.findBlockByNumber(start), []
        for _ in range(touched):
            fresh.append(b.kept(raw_block(block)))
            block = block.next()
        gone = self._kept[start : start + before]
        self._renumber |= any(map(_begins_anew, (*gone, *fresh)))
        self._looks_stale |= any(map(_is_heading, (*gone, *fresh))) or [*map(_kind, gone)] != [*map(_kind, fresh)]
        self._kept[start : start + before] = fresh

    def _renew_gutter(self) -> None:
        """Numbers anew, unless only letters changed: a key in a long text is then as quick as in a short one."""
        document, touched, self._touched = self.document(), self._touched, None
        renumber, self._renumber = self._renumber, False
        if touched is not None and not renumber and len(self._heads) == document.blockCount():
            block = document.findBlock(touched[0])
            end = document.findBlock(touched[1])
            last = end.blockNumber() if end.isValid() else document.blockCount() - 1
            while block.isValid() and head_of(block) == self._heads[block.blockNumber()]:
                if block.blockNumber() >= last:
                    return
                block = block.next()
        self._heads = self.heads()
        self._gutter = b.gutter(self._kept, self._scheme)

    def _renew_looks(self) -> None:
        """Headings are bold here when they are printed so; letters of another block do not change them."""
        if not self._looks_stale:
            return
        self._looks_stale = False
        numbers = self.numbers()
        self._looks = {numbers[place]: look for place, look in heading_looks(self.outline()).items()}
        self._headings.embolden({number for number, look in self._looks.items() if look.bold})

    def is_number_bold(self, number: int) -> bool:
        """True when the number of the heading in text block `number` is printed bold."""
        look = self._looks.get(number)
        return look is not None and look.number_bold

    def number_by(self, scheme: str) -> None:
        """Another way to number the headings: of a plan that was read from a file."""
        if scheme != self._scheme:
            self._scheme = scheme
            self._gutter = b.gutter(self._kept, scheme)
            self.viewport().update()

    def _changed(self) -> None:
        self._renew_gutter()
        self._headings.catch_up()
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
            said = QAccessibleAnnouncementEvent(self, self.field_words(b.field_of(form)))
            QAccessible.updateAccessibility(said)

    def _tell(self, block: QTextBlock, head: Block, *, announce: bool) -> None:
        kind = self._kind_words(block, head)
        number = "" if head.kind in GROUPS else self.number_of(block.blockNumber())
        self.setAccessibleDescription(f"{number} {kind}: {b.spoken(raw_block(block), self.values)}".strip())
        if announce and self.hasFocus() and QAccessible.isActive():
            said = f"{number}, {kind}" if number else kind
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))

    def in_programme(self) -> bool:
        """True when the current block is the programme of a ceremony."""
        return is_programme(raw_block(self.textCursor().block()).rows)

    def list_here(self) -> Lines | None:
        """The list the caret stands in; None in the text."""
        kind = self.head().kind
        return next((one for one in self.lists if one.kind == kind), None)

    def name_here(self) -> str:
        """The name of the answer the caret stands in."""
        here = self.list_here()
        return here.name if here is not None else self.accessibleName()

    def _kind_words(self, block: QTextBlock, head: Block) -> str:
        if head.kind in GROUPS:
            first, last = b.group_range(block)
            name = next(one.name for one in self.lists if one.kind == head.kind)
            return f"{name}, dòng {block.blockNumber() - first + 1} trên {last - first + 1}"
        if head.kind == "table" and is_programme(raw_block(block).rows):
            return "chương trình"
        return {"heading": "đề mục", "bullet": "gạch đầu dòng", "table": "bảng"}.get(head.kind, "đoạn văn")

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
        while block.isValid() and block.layout().position().y() - scrolled <= event.rect().bottom():
            paint_number(self, painter, block, scrolled)
            if self.blocks.caption_room(block):
                paint_caption(self, painter, block, scrolled)
            block = block.next()


def _begins_anew(block: Block | None) -> bool:
    return block is not None and is_appendix_line(block)


def _is_heading(block: Block | None) -> bool:
    return block is not None and block.kind == "heading"


def _kind(block: Block | None) -> str:
    return "appendix" if _begins_anew(block) else block.kind if block is not None else ""
