"""Lines as a table, filtered and sorted by the page's presenter; and the view whose heads sort. A base for both."""

from collections.abc import Callable, Sequence
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView

from hoctap_desktop.ui import theme
from hoctap_desktop.ui.consolidation.rows_view import PAD, ROW_ROLE, Index, RowsView
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.widgets.panes import Head


class Coded(Protocol):
    """A line that is found again by the code of its unit."""

    @property
    def code(self) -> str: ...


class Order(Protocol):
    """What is asked for says by which column it is sorted."""

    @property
    def column(self) -> int: ...

    @property
    def descending(self) -> bool: ...


L = TypeVar("L", bound=Coded)
A = TypeVar("A", bound=Order)


class LinesModel(QAbstractTableModel, Generic[L, A]):
    """`set_lines` for other lines, `want` for another search, filter or order.

    chosen: the lines that are asked for, in their order; text: what stands in a cell; spoken: what is read aloud;
    tip: what the pointer is told, by default the text.
    """

    def __init__(
        self,
        titles: Sequence[str],
        wanted: A,
        chosen: Callable[[Sequence[L], A], Sequence[L]],
        text: Callable[[L, int], str],
        spoken: Callable[[L, int], str],
        tip: Callable[[L, int], str] | None = None,
    ) -> None:
        super().__init__()
        self._titles = tuple(titles)
        self._every: tuple[L, ...] = ()
        self._shown: Sequence[L] = ()
        self._chosen, self._text, self._spoken, self._tip = chosen, text, spoken, tip or text
        self.wanted = wanted

    def set_lines(self, every: Sequence[L]) -> None:
        self._every = tuple(every)
        self._select()

    def want(self, wanted: A) -> None:
        self.wanted = wanted
        self._select()

    def _select(self) -> None:
        self.beginResetModel()
        self._shown = self._chosen(self._every, self.wanted)
        self.endResetModel()

    def every(self) -> tuple[L, ...]:
        return self._every

    def line(self, at: int) -> L:
        return self._shown[at]

    def row_of(self, code: str) -> int:
        """Where the line of a unit stands, -1 when it is not shown. A heading has no code."""
        return next((at for at, line in enumerate(self._shown) if code and line.code == code), -1)

    @guarded(0)
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._shown)

    @guarded(0)
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._titles)

    @guarded(None)
    def data(self, index: Index, role: int = 0) -> object:
        if not index.isValid() or index.row() >= len(self._shown):
            return None
        line = self._shown[index.row()]
        if role == 0:
            return self._text(line, index.column())
        if role == ROW_ROLE:
            return line
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(line, index.column()) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(line, index.column())
        return None

    @guarded(None)
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        if orientation == Qt.Orientation.Horizontal and role == 0 and 0 <= section < len(self._titles):
            return self._titles[section]
        return None


class _Head(Head):
    """The first column begins at the page's margin."""

    @guarded(None)
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        if logicalIndex == 0:
            painter.fillRect(rect, theme.color("head"))
            painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.color("line"))
            rect = rect.adjusted(theme.PAGE_MARGIN - PAD, 0, 0, 0)
        super().paintSection(painter, rect, logicalIndex)


class LinesView(RowsView):
    """`sorted_by(column, descending)` when a head is pressed; `acted(row)` for a row."""

    sorted_by = Signal(int, bool)

    def __init__(self, model: LinesModel[L, A], name: str) -> None:
        super().__init__(model, name)
        self._lines: LinesModel[L, A] = model
        self.use_head(_Head(clickable=True, parent=self))
        self.head.sectionClicked.connect(self._sort)
        self.head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.head.setCursor(Qt.CursorShape.PointingHandCursor)

    def _sort(self, column: int) -> None:
        wanted = self._lines.wanted
        self.sorted_by.emit(column, not wanted.descending if column == wanted.column else False)

    def show_order(self, wanted: Order) -> None:
        """Marks the sorted column in the head."""
        self.head.show_sorted(wanted.column, descending=wanted.descending)
