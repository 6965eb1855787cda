"""The units as a table: filtered and sorted here, painted whole."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView

from hoctap_desktop.ui import theme
from hoctap_desktop.ui.consolidation.rows_view import PAD, ROW_ROLE, Index, RowDelegate, RowsView, write
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.units.presenter import (
    CODE,
    CONTACT,
    KIND,
    OWES,
    PHONE,
    TITLES,
    UNIT,
    UNTIL,
    Asked,
    UnitLine,
    select,
)
from hoctap_desktop.ui.widgets.panes import Head

_NARROW_BELOW = 1000


class UnitModel(QAbstractTableModel):
    """`set_lines` for other units, `ask` for another search, filter or order."""

    def __init__(self) -> None:
        super().__init__()
        self._every: tuple[UnitLine, ...] = ()
        self._shown: tuple[UnitLine, ...] = ()
        self.asked = Asked()

    def set_lines(self, every: Sequence[UnitLine]) -> None:
        self._every = tuple(every)
        self._select()

    def ask(self, asked: Asked) -> None:
        self.asked = asked
        self._select()

    def _select(self) -> None:
        self.beginResetModel()
        self._shown = select(self._every, self.asked)
        self.endResetModel()

    def every(self) -> tuple[UnitLine, ...]:
        return self._every

    def line(self, at: int) -> UnitLine:
        return self._shown[at]

    def row_of(self, code: str) -> int:
        return next((at for at, line in enumerate(self._shown) if line.code == code), -1)

    @guarded(0)
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._shown)

    @guarded(0)
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(TITLES)

    @guarded(None)
    def data(self, index: Index, role: int = 0) -> object:
        if not index.isValid() or index.row() >= len(self._shown):
            return None
        line = self._shown[index.row()]
        if role == 0:
            return line.text(index.column())
        if role == ROW_ROLE:
            return line
        if role == Qt.ItemDataRole.ToolTipRole:
            if index.column() == UNIT and line.alike:
                return f"{line.unit.name}. Có đơn vị khác tên không dấu giống hệt: xem mã."
            reasons = "; ".join(dict.fromkeys(line.below.free.values()))
            return (reasons if index.column() == OWES else "") or line.text(index.column()) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            text = line.text(index.column()) or "để trống"
            name = f"{line.unit.short_name}, {TITLES[index.column()]}"
            return f"{name}: {text}" + (", tên không dấu giống đơn vị khác" if line.alike else "")
        return None

    @guarded(None)
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        if role == 0 and orientation == Qt.Orientation.Horizontal:
            return TITLES[section]
        return None


class _Paint(RowDelegate):
    def paint_cell(self, painter: QPainter, rect: QRect, index: Index, *, current: bool) -> None:  # noqa: ARG002
        line: UnitLine = index.data(ROW_ROLE)
        column = index.column()
        ended = line.unit.valid_to is not None or not line.below.here
        room = rect.adjusted(theme.PAGE_MARGIN if column == CODE else PAD, 0, -PAD, 0)
        token = "ink3" if ended else "ink" if column in (UNIT, PHONE) else "ink2"
        if column == CODE and line.alike:
            write(painter, room, line.text(column), "warn", bold=True)
        else:
            write(painter, room, line.text(column), token)


class _Head(Head):
    """The first column begins at the page's margin."""

    @guarded(None)
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        if logicalIndex == CODE:
            painter.fillRect(rect, theme.color("head"))
            painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.color("line"))
            rect = rect.adjusted(theme.PAGE_MARGIN - PAD, 0, 0, 0)
        super().paintSection(painter, rect, logicalIndex)


class UnitView(RowsView):
    """`sorted_by(column, descending)` when a head is pressed; `acted(row)` to open a unit."""

    sorted_by = Signal(int, bool)

    def __init__(self, model: UnitModel) -> None:
        super().__init__(model, "Các đơn vị cấp dưới")
        self._model = model
        self.use_head(_Head(clickable=True, parent=self))
        self.head.sectionClicked.connect(self._sort)
        self.head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.head.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setItemDelegate(_Paint(self))
        self.lay_out()

    def lay_out(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme.px(theme.ROW["list"]))
        whole = self.viewport().width()
        narrow = whole < _NARROW_BELOW
        widths = {
            CODE: theme.px(120),
            KIND: 0 if narrow else theme.px(104),
            OWES: theme.px(150),
            CONTACT: 0 if narrow else theme.px(150),
            PHONE: theme.px(112),
            UNTIL: theme.px(150 if narrow else 230),
        }
        for column, width in widths.items():
            self.setColumnHidden(column, not width)
            if width:
                self.setColumnWidth(column, width)
        self.setColumnWidth(UNIT, max(theme.px(160), whole - sum(widths.values())))

    def _sort(self, column: int) -> None:
        asked = self._model.asked
        self.sorted_by.emit(column, not asked.descending if column == asked.column else False)

    def show_order(self, asked: Asked) -> None:
        self.head.show_sorted(asked.column, descending=asked.descending)
