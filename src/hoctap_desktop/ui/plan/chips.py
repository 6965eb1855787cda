"""Objects in the text: a field chip that shows its value, and a table painted whole. Each is one letter to the caret.

Handlers need a parent: without one they are collected silently and nothing is drawn.
"""

import re
from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import QObject, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QPyTextObject, QTextDocument, QTextFormat

from hoctap_desktop.document.model import runs_text
from hoctap_desktop.filing.fields import FIELD
from hoctap_desktop.plan.outline import parse_runs
from hoctap_desktop.ui import theme
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.plan.blocks import field_of, rows_of

_SELECTED = 0x822  # ObjectSelectionBrush of qtextformat.h: there while Qt draws a selected object
PADDING = 6
GAP = 1  # between a chip and the letters beside it
CELL = 8
LEAST = 48.0
_WIDEST_CELL = 240.0


def _faces() -> tuple[QFont, QFont]:
    """Of plain and of bold letters."""
    return theme.font("reading"), theme.font("reading", bold=True)


def _is_bold(format: QTextFormat) -> bool:  # noqa: A002 - Qt's name
    return format.toCharFormat().fontWeight() >= QFont.Weight.Bold


class FieldChip(QPyTextObject):
    """A field in the text. A blank one shows its label with a dashed edge. Too long a value is elided at the line."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.values: Mapping[str, str] = {}
        self.labels: Mapping[str, str] = {}
        self.room = 400.0
        self._sizes: dict[tuple[str, float, bool], QSizeF] = {}
        self._fonts = _faces()

    def renew(self) -> None:
        """After a change of values, width or theme: sizes are measured again."""
        self._sizes.clear()
        self._fonts = _faces()

    def words(self, field: str) -> str:
        """What the chip of `field` shows."""
        return self.values.get(field, "").strip() or self.labels.get(field, field)

    @guarded(QSizeF(LEAST, 16))
    def intrinsicSize(self, doc: QTextDocument, posInDocument: int, format: QTextFormat) -> QSizeF:  # noqa: A002, ARG002
        # Called while painting too: measuring each time would cost.
        key = (self.words(field_of(format)), self.room, _is_bold(format))
        if key not in self._sizes:
            metrics = QFontMetricsF(self._fonts[key[2]])
            width = metrics.horizontalAdvance(key[0]) + 2 * (PADDING + GAP)
            self._sizes[key] = QSizeF(max(LEAST / 2, min(width, self.room)), metrics.ascent())
        return self._sizes[key]

    @guarded(None)
    def drawObject(  # type: ignore[override]  # Qt gives a QRectF
        self,
        painter: QPainter,
        rect: QRectF,
        doc: QTextDocument,  # noqa: ARG002
        posInDocument: int,  # noqa: ARG002
        format: QTextFormat,  # noqa: A002
    ) -> None:
        field = field_of(format)
        blank = not self.values.get(field, "").strip()
        face = self._fonts[_is_bold(format)]
        metrics = QFontMetricsF(face)
        baseline = rect.bottom()
        box = QRectF(
            round(rect.left()) + GAP + 0.5,
            round(baseline - metrics.ascent()) + 0.5,
            round(rect.width()) - 2 * GAP - 1,
            round(metrics.ascent() + metrics.descent()),
        )
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # Qt then washes the whole chip with the colour of the selection: light letters stay readable under it.
        chosen = format.hasProperty(_SELECTED)
        pen = QPen(theme.color("warn-line" if blank else "bar"), 1)
        if blank:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(theme.color("pri-dark" if chosen else "surface" if blank else "pri-tint"))
        painter.drawRoundedRect(box, 4, 4)
        painter.setFont(face)
        painter.setPen(theme.color("on-pri" if chosen else "warn" if blank else "pri"))
        room = rect.width() - 2 * (PADDING + GAP)
        shown = metrics.elidedText(self.words(field), Qt.TextElideMode.ElideRight, room + 1)
        painter.drawText(round(rect.left()) + PADDING + GAP, round(baseline), shown)
        painter.restore()


class TableObject(QPyTextObject):
    """A table as one object: head row tinted, words wrapped, 1 px lines."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.values: Mapping[str, str] = {}
        self.labels: Mapping[str, str] = {}
        self.room = 400.0
        self._shapes: dict[tuple[object, float], tuple[list[float], list[float]]] = {}
        self._found: Collection[tuple[int, int, int]] = ()
        self._current: tuple[int, int, int] | None = None

    def mark(self, found: Collection[tuple[int, int, int]], current: tuple[int, int, int] | None) -> None:
        """Cells (position of the table, row, column) that hold searched letters, and the one the person is at."""
        self._found, self._current = found, current

    def renew(self) -> None:
        """After a change of values, width or theme."""
        self._shapes.clear()

    def shape(self, rows: tuple[tuple[str, ...], ...]) -> tuple[list[float], list[float]]:
        """Widths of the columns and heights of the rows at the present width."""
        key = (rows, self.room)
        if key not in self._shapes:
            if len(self._shapes) > 64:
                self._shapes.clear()
            self._shapes[key] = self._measured(rows)
        return self._shapes[key]

    def words(self, cell: str) -> str:
        """The words of a cell as shown."""

        def shown(found: re.Match[str]) -> str:
            return self.values.get(found[1]) or (f"[{self.labels[found[1]]}]" if found[1] in self.labels else found[0])

        return FIELD.sub(shown, runs_text(parse_runs(cell)))

    def _measured(self, rows: Sequence[Sequence[str]]) -> tuple[list[float], list[float]]:
        metrics = QFontMetricsF(theme.font("bold"))
        columns = [[self.words(row[at]) for row in rows] for at in range(len(rows[0]))]
        # No word is cut while there is room; what is left goes to the columns with long cells.
        least = [
            max(24.0, *(metrics.horizontalAdvance(word) for cell in column for word in cell.split() or [""])) + 2 * CELL
            for column in columns
        ]
        wanted = [
            max(low, min(_WIDEST_CELL, max(metrics.horizontalAdvance(cell) for cell in column) + 2 * CELL))
            for low, column in zip(least, columns, strict=True)
        ]
        spare = self.room - sum(least)
        more = [want - low for want, low in zip(wanted, least, strict=True)]
        if spare <= 0:
            widths = [float(int(self.room * low / sum(least))) for low in least]
        elif sum(more) > spare:
            widths = [float(int(low + spare * part / sum(more))) for low, part in zip(least, more, strict=True)]
        else:
            widths = [float(int(self.room * want / sum(wanted))) for want in wanted]
        widths[-1] += self.room - sum(widths)
        heights = [
            max(
                float(theme.px(28)),
                *(
                    self._box(self.words(cell), width - 2 * CELL, head=index == 0) + CELL
                    for cell, width in zip(row, widths, strict=True)
                ),
            )
            for index, row in enumerate(rows)
        ]
        return widths, heights

    @staticmethod
    def _face(head: bool) -> QFont:
        return theme.font("bold" if head else "body")

    def _box(self, words: str, width: float, *, head: bool) -> float:
        flags = int(Qt.TextFlag.TextWordWrap)
        return QFontMetricsF(self._face(head)).boundingRect(QRectF(0, 0, max(width, 8), 1e5), flags, words).height()

    @guarded(QSizeF(LEAST, 30))
    def intrinsicSize(self, doc: QTextDocument, posInDocument: int, format: QTextFormat) -> QSizeF:  # noqa: A002, ARG002
        rows = rows_of(format)
        if not rows:
            return QSizeF(LEAST, 30)
        _, heights = self.shape(rows)
        return QSizeF(self.room, sum(heights) + 2)

    @guarded(None)
    def drawObject(  # type: ignore[override]  # Qt gives a QRectF
        self,
        painter: QPainter,
        rect: QRectF,
        doc: QTextDocument,  # noqa: ARG002
        posInDocument: int,
        format: QTextFormat,  # noqa: A002
    ) -> None:
        rows = rows_of(format)
        if not rows:
            return
        widths, heights = self.shape(rows)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        left, top = float(round(rect.left())), float(round(rect.top()))
        painter.fillRect(QRectF(left, top, sum(widths), sum(heights)), theme.color("surface"))
        painter.fillRect(QRectF(left, top, sum(widths), heights[0]), theme.color("head"))
        y = top
        for index, (row, height) in enumerate(zip(rows, heights, strict=True)):
            x = left
            painter.setFont(self._face(index == 0))
            for column, (cell, width) in enumerate(zip(row, widths, strict=True)):
                place = (posInDocument, index, column)
                if place in self._found:
                    painter.fillRect(QRectF(x, y, width, height), theme.color("search-hit"))
                painter.setPen(theme.color("ink"))
                box = QRectF(x + CELL, y + CELL / 2, width - 2 * CELL, height - CELL)
                painter.drawText(box, int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter), self.words(cell))
                painter.setPen(theme.color("line"))
                painter.drawRect(QRectF(x, y, width - 1, height))
                if place == self._current:
                    painter.setPen(QPen(theme.color("pri"), 2))
                    painter.drawRect(QRectF(x + 1, y + 1, width - 3, height - 2))
                x += width
            y += height
        painter.restore()
