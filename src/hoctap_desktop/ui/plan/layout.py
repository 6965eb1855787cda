"""Where each block stands: our own document layout, so that lines are 23 high and rows can be tinted whole.

300 blocks are laid out in about 50 ms, one in under 1: only what changed is laid out again, the rest is moved.
"""

from bisect import bisect_right

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QPainter,
    QTextBlock,
    QTextCharFormat,
    QTextDocument,
    QTextFrame,
    QTextLayout,
    QTextOption,
)

from hoctap_desktop.ui import theme
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.plan.blocks import FIELD_OBJECT, TABLE_OBJECT, group, head_of, is_table
from hoctap_desktop.ui.plan.chips import FieldChip, TableObject

GUTTER = 65
NUMBER_RIGHT = 55
RIGHT = 14
PAD = 6
STEP = 20  # indent of each deeper bullet
NARROWEST = 60.0
BAR = 46  # room under a block for the bar of what is left of last year
CAPTION = 30  # room over the first block of a group for its name
ABOVE, BELOW = 8.0, 40.0  # empty room over the first and under the last block


class BlockLayout(QAbstractTextDocumentLayout):
    """Blocks under each other: gutter at the left, text in lines of 23, 6 above and below.

    `moved` when blocks may stand elsewhere.
    """

    moved = Signal()

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._heights: list[float] = []
        self._tops: list[float] = []
        self._bars: list[bool] = []  # has room for a bar under it
        self._size = QSizeF(0, 0)
        self.captions = False  # groups have names over them
        self.fixed_width = 0.0  # of the editor without its scroll bar, shown or not: then the lines never jump
        self.chips = FieldChip(self)
        self.tables = TableObject(self)
        self.registerHandler(FIELD_OBJECT, self.chips)
        self.registerHandler(TABLE_OBJECT, self.tables)

    # --- geometry, for the editor ---

    def width(self) -> float:
        """The width blocks are laid out for."""
        return max(self.fixed_width or self.document().pageSize().width(), GUTTER + RIGHT + NARROWEST)

    def row(self, block: QTextBlock) -> QRectF:
        """The whole row of a block, gutter and padding too, in the document; without the name over it."""
        number = block.blockNumber()
        if not 0 <= number < len(self._tops):
            return QRectF()
        over = self.caption_room(block)
        return QRectF(0, self._tops[number] + over, self.width(), self._heights[number] - over)

    def caption_room(self, block: QTextBlock) -> float:
        """The room over a block for the name of its group: 0 unless it is the first one of it."""
        first = self.captions and (not block.previous().isValid() or group(block.previous()) != group(block))
        return float(theme.px(CAPTION)) if first else 0.0

    def first_at(self, y: float) -> int:
        """Number of the block at height y; the nearest one outside."""
        return max(0, min(bisect_right(self._tops, y) - 1, len(self._tops) - 1))

    def heights(self) -> list[float]:
        """The height of each row."""
        return list(self._heights)

    def set_bars(self, numbers: set[int]) -> None:
        """Room for a bar under these blocks and no others. No step of undo: a margin would be one."""
        changed = [n for n in range(len(self._heights)) if self._bars[n] != (n in numbers)]
        for number in changed:
            self._bars[number] = number in numbers
            self._heights[number] += theme.px(BAR) * (1 if self._bars[number] else -1)
        if changed:
            self._place(changed[0])

    def again(self) -> None:
        """Lays everything out again: values, width or theme changed. No step of undo."""
        self.chips.renew()
        self.tables.renew()
        self.document().markContentsDirty(0, self.document().characterCount())

    # --- laying out ---

    @staticmethod
    def left(block: QTextBlock) -> float:
        head = head_of(block)
        return GUTTER + (STEP * max(0, head.level - 1) if head.kind == "bullet" else 0)

    def _lay(self, block: QTextBlock) -> float:
        layout = block.layout()
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setUseDesignMetrics(False)
        layout.setTextOption(option)
        line_height = 0.0 if is_table(block) else float(theme.line_height("reading"))
        width = self.width() - self.left(block) - RIGHT
        y = PAD + self.caption_room(block)
        layout.beginLayout()
        while True:
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(width)
            height = max(line_height, line.height())
            line.setPosition(QPointF(0, y + round((height - line.height()) / 2)))
            y += height
        layout.endLayout()
        return y + PAD

    @guarded(None)
    def documentChanged(self, from_: int, charsRemoved: int, charsAdded: int) -> None:  # noqa: ARG002 - Qt's signature
        document = self.document()
        room = self.width() - GUTTER - RIGHT
        if self.chips.room != room:
            self.chips.room = self.tables.room = room
            self.chips.renew()
            self.tables.renew()
        whole = from_ == 0 and charsAdded >= document.characterCount() - 1
        first = document.findBlock(from_)
        last = document.findBlock(from_ + charsAdded)
        if whole or not first.isValid():
            first = document.begin()
        if whole or not last.isValid():
            last = document.lastBlock()
        start, touched = first.blockNumber(), last.blockNumber() - first.blockNumber() + 1
        before = len(self._heights) - (document.blockCount() - touched)
        if before < 0 or start > len(self._heights):  # never seen; then all of it
            first, start, touched, before = document.begin(), 0, document.blockCount(), len(self._heights)
        heights = []
        block = first
        for _ in range(touched):
            heights.append(self._lay(block))
            block = block.next()
        # A bar stays with its block; a block cut in two keeps it at its first part.
        bars = (self._bars[start : start + before] + [False] * touched)[:touched]
        heights = [height + theme.px(BAR) * bar for height, bar in zip(heights, bars, strict=True)]
        self._bars[start : start + before] = bars
        same = self._heights[start : start + before] == heights and len(self._tops) == document.blockCount()
        self._heights[start : start + before] = heights
        same = self._lay_behind(start + touched) and same
        if same:  # nothing under it moves
            for number in range(start, start + touched):
                moved = document.findBlockByNumber(number)
                moved.layout().setPosition(QPointF(self.left(moved), self._tops[number]))
            self._emit_update(self._tops[start], sum(heights))
        else:
            self._place(start)

    def _lay_behind(self, number: int) -> bool:
        """The block behind those touched may now be the first of its group, or no longer; True when it is as it was."""
        block = self.document().findBlockByNumber(number)
        if not self.captions or not block.isValid() or not 0 <= number < len(self._heights):
            return True
        height = self._lay(block) + theme.px(BAR) * self._bars[number]
        same, self._heights[number] = self._heights[number] == height, height
        if same and number < len(self._tops):
            block.layout().setPosition(QPointF(self.left(block), self._tops[number]))
        return same

    def _place(self, start: int) -> None:
        top = self._tops[start - 1] + self._heights[start - 1] if start else ABOVE
        from_y = top
        del self._tops[start:]
        block = self.document().findBlockByNumber(start)
        for height in self._heights[start:]:
            self._tops.append(top)
            block.layout().setPosition(QPointF(self.left(block), top))
            top += height
            block = block.next()
        size = QSizeF(self.width(), top + BELOW)
        if size != self._size:
            self._size = size
            self.documentSizeChanged.emit(size)
        self._emit_update(from_y, max(top - from_y, 1) + 4000)

    def _emit_update(self, y: float, height: float) -> None:
        self.moved.emit()
        area = QRectF(0, y, self.width(), height)
        self.update[QRectF].emit(area)  # type: ignore[index]  # one of two signatures; the stubs do not know

    # --- what Qt asks ---

    @guarded(1)
    def pageCount(self) -> int:
        return 1

    @guarded(QSizeF(0, 0))
    def documentSize(self) -> QSizeF:
        return self._size

    @guarded(QRectF())
    def frameBoundingRect(self, frame: QTextFrame) -> QRectF:  # noqa: ARG002 - Qt's signature
        return QRectF(QPointF(0, 0), self._size)

    @guarded(QRectF())
    def blockBoundingRect(self, block: QTextBlock) -> QRectF:
        # Its corner must be the position of the block's layout, or caret and input method stand elsewhere.
        if not block.isValid() or not 0 <= block.blockNumber() < len(self._tops):
            return QRectF()
        left = self.left(block)
        number = block.blockNumber()
        return QRectF(left, self._tops[number], self.width() - left - RIGHT, self._heights[number])

    @guarded(-1)
    def hitTest(self, point: QPointF, accuracy: Qt.HitTestAccuracy) -> int:  # type: ignore[override]
        if not self._tops:
            return -1 if accuracy == Qt.HitTestAccuracy.ExactHit else 0
        block = self.document().findBlockByNumber(self.first_at(point.y()))
        layout = block.layout()
        inside = point - layout.position()
        count = layout.lineCount()
        for index in range(count):
            line = layout.lineAt(index)
            below = layout.lineAt(index + 1).y() if index + 1 < count else float("inf")
            if inside.y() < below:
                if accuracy == Qt.HitTestAccuracy.ExactHit and not line.naturalTextRect().contains(inside):
                    return -1
                return block.position() + line.xToCursor(inside.x())
        return block.position()

    @guarded(None)
    def draw(self, painter: QPainter, context: QAbstractTextDocumentLayout.PaintContext) -> None:
        clip = context.clip if context.clip.isValid() else QRectF(QPointF(0, 0), self._size)
        # A format kept past its selection crashed: copy while it lives.
        chosen = [
            (s.cursor.selectionStart(), s.cursor.selectionEnd(), QTextCharFormat(s.format)) for s in context.selections
        ]
        block = self.document().findBlockByNumber(self.first_at(clip.top()))
        painter.setPen(theme.color("ink"))
        while block.isValid() and self._tops[block.blockNumber()] <= clip.bottom():
            layout = block.layout()
            start, length = block.position(), block.length()
            ranges = []
            for low, high, form in chosen:
                low, high = max(low - start, 0), min(high - start, length)
                if low < high:
                    part = QTextLayout.FormatRange()
                    part.start, part.length, part.format = low, high - low, form
                    ranges.append(part)
            layout.draw(painter, QPointF(0, 0), ranges, clip)
            self._caret(painter, context.cursorPosition, block, layout)
            block = block.next()

    @staticmethod
    def _caret(painter: QPainter, at: int, block: QTextBlock, layout: QTextLayout) -> None:
        if at < -1 and layout.preeditAreaText():
            # While an input method composes, Qt gives the caret's place in its text, negative.
            layout.drawCursor(painter, QPointF(0, 0), layout.preeditAreaPosition() - (at + 2), 2)
        elif 0 <= at - block.position() < block.length():
            layout.drawCursor(painter, QPointF(0, 0), at - block.position(), 2)
