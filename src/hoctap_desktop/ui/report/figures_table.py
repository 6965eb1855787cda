"""The shape of the report's table: its columns and rows, what a cell is a part of, its head, the button in a row."""

from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QTableView, QWidget

from hoctap_desktop.ui import theme
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.report.figures_delegate import GAP, PAD, pair_width, words_height
from hoctap_desktop.ui.report.figures_model import BEFORE, FIRST, LABEL, NOTE, NUMBER, SECOND, FiguresModel, Index
from hoctap_desktop.ui.report.grid_rows import GridRow
from hoctap_desktop.ui.widgets import number_cell
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.panes import Head

_WIDTHS = {NUMBER: 34, FIRST: 86, SECOND: 140, BEFORE: 86}
_LABEL_WIDTH, _LABEL_LEAST, _NOTE_LEAST = 286, 160, 118
_ABOVE_AND_BELOW = 4


class _Head(Head):
    """Số lượng stands over both of its columns."""

    @guarded(None)
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        if logicalIndex in (FIRST, SECOND):
            left = self.sectionViewportPosition(FIRST)
            both = QRect(left, rect.top(), self.sectionSize(FIRST) + self.sectionSize(SECOND), rect.height())
            super().paintSection(painter, both, FIRST)
        else:
            super().paintSection(painter, rect, logicalIndex)


class FiguresTable(QTableView):
    """`list_asked(field)` on the button of a group row."""

    list_asked = Signal(str)

    def __init__(self, model: FiguresModel) -> None:
        super().__init__()
        self._model = model
        model.setParent(self)
        self.setModel(model)
        self._head = _Head(parent=self)
        self.setHorizontalHeader(self._head)
        self._head.setMinimumSectionSize(20)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(theme.px(theme.ROW["grid"]))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setAutoScroll(False)  # by a row at each step at the foot; a step out of sight scrolls by half a table
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        # its cells cover it: nothing under it is painted for them, and what scrolls is moved instead of painted anew
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        model.modelReset.connect(self._lay_out)
        model.dataChanged.connect(self._fit_rows)
        theme.changed().changed.connect(self._lay_out)
        self._lay_out()

    def __len__(self) -> int:
        return self._model.rowCount()

    @guarded(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        below = self._model.rowCount() and self.rowViewportPosition(self._model.rowCount() - 1) + self.rowHeight(
            self._model.rowCount() - 1
        )
        if event.rect().bottom() >= below or event.rect().right() >= self._head.length():
            QPainter(self.viewport()).fillRect(event.rect(), theme.color("surface"))
        super().paintEvent(event)

    def _lay_out(self) -> None:
        self._fit_columns()
        self._put_buttons()

    def area(self, index: Index, rect: QRect, row: GridRow) -> QRect:
        """What a cell is a part of: the label of a group goes through to the end, one number takes two columns."""
        first, last = (LABEL, NOTE) if row.group else (FIRST, SECOND) if len(row.boxes) == 1 else (-1, -1)
        if not first <= index.column() <= last:
            return rect
        left = self.columnViewportPosition(first)
        right = self.columnViewportPosition(last) + self.columnWidth(last)
        return QRect(left, rect.top(), right - left, rect.height())

    @guarded(QModelIndex())
    def indexAt(self, pos: QPoint) -> QModelIndex:
        """The cell under a point; both columns of a number that stands alone are that number."""
        found = super().indexAt(pos)
        if found.isValid() and found.column() == SECOND and len(self._model.grid_row(found.row()).boxes) == 1:
            return self._model.index(found.row(), FIRST)
        return found

    def _put_buttons(self) -> None:
        for at in range(self._model.rowCount()):
            row = self._model.grid_row(at)
            place = self._model.index(at, LABEL)
            if row.list_field and self.indexWidget(place) is None:
                button = _list_button()
                button.clicked.connect(lambda _checked=False, field=row.list_field: self.list_asked.emit(field))
                holder = QWidget()
                line = QHBoxLayout(holder)
                line.setContentsMargins(0, 0, PAD + 2, 1)
                line.addStretch(1)
                line.addWidget(button)
                self.setIndexWidget(place, holder)
        self.updateEditorGeometries()

    @guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()
        self.updateEditorGeometries()

    def _fit_columns(self) -> None:
        rows = [self._model.grid_row(at) for at in range(self._model.rowCount())]
        # without a figure of last year its column is room for Ghi chú
        self.setColumnHidden(BEFORE, not any(row.last_year for row in rows))
        widths = {column: width for column, width in _WIDTHS.items() if not self.isColumnHidden(column)}
        for column, width in widths.items():
            self.setColumnWidth(column, theme.px(width))
        fixed = sum(theme.px(width) for width in widths.values())
        both = theme.px(_WIDTHS[FIRST]) + theme.px(_WIDTHS[SECOND])
        first = max(theme.px(_WIDTHS[FIRST]), self._of_two(rows, 0))
        second = max(both - first, self._of_two(rows, 1))
        self.setColumnWidth(FIRST, first)
        self.setColumnWidth(SECOND, second)
        fixed += first + second - both
        # by the width of the whole grid: a scroll bar that comes must not break lines that then need the scroll bar
        room = self.width() - fixed - theme.px(_NOTE_LEAST)
        label = max(theme.px(_LABEL_LEAST), min(theme.px(_LABEL_WIDTH), room))
        self.setColumnWidth(LABEL, label)
        self.setColumnWidth(NOTE, max(theme.px(_NOTE_LEAST) - 10, self.viewport().width() - fixed - label))
        if rows:
            self._fit_rows(self._model.index(0, 0), self._model.index(len(rows) - 1, 0))

    def _of_two(self, rows: Sequence[GridRow], place: int) -> int:
        """What the first or the second of two numbers in a row needs, its unit behind it."""
        metrics = QFontMetrics(theme.font("secondary"))
        pairs = [row for row in rows if len(row.boxes) > 1]
        needed = [pair_width(row) + metrics.horizontalAdvance(row.boxes[place].unit) for row in pairs]
        return PAD + 2 * GAP + max(needed, default=theme.px(number_cell.NARROW_WIDTH))

    def label_width(self, row: GridRow) -> int:
        """The room of a row's words: that of a group goes up to the button at its end."""
        if not row.group:
            return self.columnWidth(LABEL) - PAD
        room = self._head.length() - self._head.sectionPosition(LABEL) - PAD
        return room - (_button_width(theme.theme()) if row.list_field else 0)

    def _height(self, row: GridRow) -> int:
        """As high as its words; of what stands in Ghi chú two lines are seen."""
        role = "bold" if row.group else "body"
        words = words_height(theme.theme(), row.label, role, self.label_width(row))
        note = row.note or row.note_hint
        if words or (note and words_height(theme.theme(), note, "secondary", self.columnWidth(NOTE) - 2 * PAD)):
            return max(theme.px(theme.ROW["grid2"]), words + _ABOVE_AND_BELOW)
        return theme.px(theme.ROW["grid"])

    def _fit_rows(self, first: QModelIndex, last: QModelIndex) -> None:
        """A note may have become longer or shorter, a number too long for its box."""
        changed = [self._model.grid_row(at) for at in range(first.row(), last.row() + 1)]
        wide = self._of_two(changed, 0) > self.columnWidth(FIRST) or self._of_two(changed, 1) > self.columnWidth(SECOND)
        if wide and any(len(row.boxes) > 1 for row in changed):
            self._fit_columns()
            return
        for at in range(first.row(), last.row() + 1):
            height = self._height(self._model.grid_row(at))
            if self.rowHeight(at) != height:
                self.setRowHeight(at, height)


@lru_cache(maxsize=8)
def _button_width(_theme: theme.Theme) -> int:
    button = _list_button()
    button.ensurePolished()
    return button.sizeHint().width() + 2 * PAD


def _list_button() -> Button:
    button = Button("Danh sách lớp", "link", words="Mở danh sách lớp (Ctrl+L)")
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return button
