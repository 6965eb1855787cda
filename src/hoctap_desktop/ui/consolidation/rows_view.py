"""What the tables of these rooms have in common: rows painted whole, one row current, Enter or a click acts on it."""

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent, QStaticText
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QScrollArea,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from hoctap_desktop.ui import theme
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.widgets import rows_model
from hoctap_desktop.ui.widgets.panes import Head

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = rows_model.ROW_ROLE
PAD = 8
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter
_SELECTED = QStyle.StateFlag.State_Selected.value


class RowDelegate(QStyledItemDelegate):
    """Paints fill, line and the mark of the current row; `paint_cell` of a subclass paints what stands in it."""

    def __init__(self, view: "RowsView") -> None:
        super().__init__(view)
        self.view = view

    @guarded(None)
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        painter.save()
        # what QStyle.State tells, without an enum made of it for every cell
        current = bool(option.state.value & _SELECTED)
        painter.fillRect(rect, theme.color(self.fill(index, current=current)))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.color("line2"))
        if current and index.column() == 0 and self.view.hasFocus():
            painter.fillRect(rect.left(), rect.top(), 3, rect.height() - 1, theme.color("pri"))
        self.paint_cell(painter, rect.adjusted(0, 0, 0, -1), index, current=current)
        painter.restore()

    def fill(self, index: Index, *, current: bool) -> str:  # noqa: ARG002 - for subclasses
        """The token of the row's ground."""
        return "pri-tint" if current else "surface"

    def paint_cell(self, painter: QPainter, rect: QRect, index: Index, *, current: bool) -> None:
        """What stands in the cell; the ground is painted."""


def write(
    painter: QPainter,
    rect: QRect | QRectF,
    words: str,
    token: str = "ink",
    *,
    role: str = "body",
    bold: bool | None = None,
    align: Qt.AlignmentFlag = LEFT,
) -> float:
    """One line, elided to `rect`; returns the width it took."""
    painter.setPen(theme.color(token))
    left, top, width, height = rect.x(), rect.y(), rect.width(), rect.height()
    line = _line(words, round(width) + 1, role, bold, theme.theme())
    if align & Qt.AlignmentFlag.AlignRight:
        left += width - line.width
    elif align & Qt.AlignmentFlag.AlignHCenter:
        left += (width - line.width) / 2
    painter.setFont(line.face)
    painter.drawStaticText(QPointF(left, round(top + (height - line.height) / 2)), line.text)
    return line.width


@dataclass(frozen=True)
class _Line:
    """Words laid out: laying out is what costs, and tables say the same words over and over."""

    text: QStaticText
    face: QFont
    width: float
    height: float


@lru_cache(maxsize=20_000)
def _line(words: str, width: int, role: str, bold: bool | None, _theme: theme.Theme) -> _Line:
    face = theme.font(role, bold=bold)
    metrics = QFontMetrics(face)
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, width)
    text = QStaticText(shown)
    text.setTextFormat(Qt.TextFormat.PlainText)
    text.prepare(font=face)
    return _Line(text, face, float(metrics.horizontalAdvance(shown)), float(metrics.height()))


def focus_frame(painter: QPainter, rect: QRectF) -> None:
    """The 2 px frame of what has the keyboard inside a table."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color("pri"), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect, 4, 4)


class RowsView(QTableView):
    """`acted(row)`: Enter, Space or a double click on a row. Subclasses say how wide columns and high rows are."""

    acted = Signal(int)
    laid_out = Signal()

    def __init__(self, model: QAbstractItemModel, name: str) -> None:
        super().__init__()
        model.setParent(self)
        self.setModel(model)
        self.head = Head(parent=self)
        self.use_head(self.head)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(20)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(name)
        self.doubleClicked.connect(lambda index: self.acted.emit(index.row()))
        model.modelReset.connect(self._lay_out)
        theme.changed().changed.connect(self._lay_out)
        self._fitted = 0
        self._fitting = False
        # a scroll bar comes or goes with the rows, and takes its room from the columns
        self.verticalScrollBar().rangeChanged.connect(self._refit)

    def use_head(self, head: Head) -> None:
        """Another head over the columns."""
        self.head = head
        head.setMinimumSectionSize(20)
        self.setHorizontalHeader(head)

    def lay_out(self) -> None:
        """Column widths, row heights, spans; after a reset and whenever the width changes."""

    def _refit(self) -> None:
        if self.viewport().width() != self._fitted:
            self._lay_out()

    def _lay_out(self) -> None:
        if self._fitting:
            return  # a scroll bar that came while columns were set: the loop below sees its width
        self._fitting = True
        for _ in range(3):
            self._fitted = self.viewport().width()
            self.lay_out()
            if self.viewport().width() == self._fitted:
                break
        self._fitting = False
        self.laid_out.emit()

    def go_to_row(self, row: int) -> None:
        """Makes a row current and shows it."""
        index = self.model().index(row, 0)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    @guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        at = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and at.isValid():
            self.acted.emit(at.row())
            return
        super().keyPressEvent(event)


class TableCard(QFrame):
    """A table as a card on the window: a line round it, no higher than its rows."""

    def __init__(self, view: RowsView) -> None:
        super().__init__()
        self.setProperty("tablecard", "true")
        self._view = view
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(view)
        view.laid_out.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        rows = self._view.verticalHeader().length()
        self.setMaximumHeight(max(120, self._view.head.height() + rows + 4))


def scrolled(inner: QWidget) -> QScrollArea:
    """`inner` in an area that scrolls down when the window is low."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inner)
    return area


def card(view: RowsView) -> QWidget:
    """The card with room under it."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(TableCard(view), 1)
    column.addStretch(0)
    return made
