"""The units as a table: filtered and sorted here, painted whole."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetrics, QPainter

from hoctap_desktop.ui import theme
from hoctap_desktop.ui.consolidation.lines_model import LinesModel, LinesView
from hoctap_desktop.ui.consolidation.rows_view import PAD, ROW_ROLE, Index, RowDelegate, write
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

_NARROW_BELOW = 1000
# The least width of each column that is not as wide as its words; in the order in which they get more.
_LEAST = ((CODE, 120), (UNIT, 160), (PHONE, 112), (OWES, 110), (UNTIL, 100), (CONTACT, 110), (KIND, 104))


class UnitModel(LinesModel[UnitLine, Asked]):
    """`set_lines` for other units, `want` for another search, filter or order."""

    def __init__(self) -> None:
        super().__init__(TITLES, Asked(), select, UnitLine.text, _spoken, _tip)


def _tip(line: UnitLine, column: int) -> str:
    if column == UNIT and line.alike:
        return f"{line.unit.name}. Có đơn vị khác tên không dấu giống hệt: xem mã."
    reasons = "; ".join(dict.fromkeys(line.below.free.values()))
    return (reasons if column == OWES else "") or line.text(column)


def _spoken(line: UnitLine, column: int) -> str:
    said = f"{line.unit.short_name}, {TITLES[column]}: {line.text(column) or 'để trống'}"
    return said + (", tên không dấu giống đơn vị khác" if line.alike else "")


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


class UnitView(LinesView):
    """`sorted_by(column, descending)` when a head is pressed; `acted(row)` to open a unit."""

    def __init__(self, model: UnitModel) -> None:
        super().__init__(model, "Các đơn vị cấp dưới")
        self._units = model
        self.setItemDelegate(_Paint(self))
        self.lay_out()

    def lay_out(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme.px(theme.ROW["list"]))
        whole = self.viewport().width()
        narrow = whole < theme.px(_NARROW_BELOW)
        metrics = QFontMetrics(theme.font("body", bold=True))
        widths = {KIND: 0, CONTACT: 0}
        room = whole
        wanted = {}
        for column, least in _LEAST:
            if narrow and column in widths:
                continue
            texts = (TITLES[column], self._units.longest(column))
            margin = theme.PAGE_MARGIN if column == CODE else PAD
            wanted[column] = max(metrics.horizontalAdvance(text) for text in texts) + margin + 2 * PAD
            widths[column] = min(wanted[column], theme.px(least))
            room -= widths[column]
        for column, _least in _LEAST:  # what is left goes to what is cut
            if column in wanted:
                more = max(0, min(wanted[column] - widths[column], room))
                widths[column] += more
                room -= more
        del widths[UNIT]
        for column, width in widths.items():
            self.setColumnHidden(column, not width)
            if width:
                self.setColumnWidth(column, width)
        self.setColumnWidth(UNIT, max(theme.px(160), whole - sum(widths.values())))
