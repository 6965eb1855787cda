"""Lines as a table, filtered and sorted by the page's presenter; and the view whose heads sort. A base for both."""

from collections.abc import Callable, Sequence
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView

from hoctap_desktop.ui import theme
from hoctap_desktop.ui.consolidation.rows_view import PAD, RowsView
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.widgets.panes import Head
from hoctap_desktop.ui.widgets.rows_model import TableRows


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


class LinesModel(TableRows[L], Generic[L, A]):
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
        super().__init__(titles)
        self._every: tuple[L, ...] = ()
        self._longest: dict[int, str] = {}
        self._chosen, self._text, self._spoken, self._tip = chosen, text, spoken, tip or text
        self.wanted = wanted

    def set_lines(self, every: Sequence[L]) -> None:
        self._every, self._longest = tuple(every), {}
        self._select()

    def want(self, wanted: A) -> None:
        self.wanted = wanted
        self._select()

    def _select(self) -> None:
        self.set_rows(self._chosen(self._every, self.wanted))

    def every(self) -> tuple[L, ...]:
        return self._every

    def longest(self, column: int) -> str:
        """The longest text of a column in any line, shown or not: a column keeps its width while lines are sought."""
        if column not in self._longest:
            self._longest[column] = max({self._text(line, column) for line in self._every}, key=len, default="")
        return self._longest[column]

    def line(self, at: int) -> L:
        return self._rows[at]

    def row_of(self, code: str) -> int:
        """Where the line of a unit stands, -1 when it is not shown. A heading has no code."""
        return next((at for at, line in enumerate(self._rows) if code and line.code == code), -1)

    def said(self, row: L, column: int, role: int) -> object:
        if role == 0:
            return self._text(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(row, column) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(row, column)
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
