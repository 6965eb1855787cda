"""The table of Theo dõi: marked letters, chips, a head that sorts."""

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QFontMetrics, QPainter

from hoctap_desktop.ui import theme
from hoctap_desktop.ui.consolidation.board_model import BoardModel, standing_chip
from hoctap_desktop.ui.consolidation.board_presenter import KIND, NOTE, PLAN, RECEIVED, REPORT, UNIT, Line, spans
from hoctap_desktop.ui.consolidation.lines_model import LinesView
from hoctap_desktop.ui.consolidation.rows_view import PAD, ROW_ROLE, Index, RowDelegate, RowsView, write
from hoctap_desktop.ui.widgets.chips import chip_size, paint_chip_again

_NARROW_BELOW = 1000
_LEAST_CHIP = 96
_GOOD_NOTE = 200
_LEAST_NOTE = 80  # narrower it says nothing: the note stands on the unit's page too


class _Paint(RowDelegate):
    def __init__(self, view: RowsView, model: BoardModel) -> None:
        super().__init__(view)
        self._board = model

    def paint_cell(self, painter: QPainter, rect: QRect, index: Index, *, current: bool) -> None:  # noqa: ARG002
        line: Line = index.data(ROW_ROLE)
        column = index.column()
        room = rect.adjusted(PAD, 0, -PAD, 0)
        if line.heading:
            write(painter, rect.adjusted(theme.PAGE_MARGIN, 0, -PAD, 0), line.heading, bold=True)
        elif column == UNIT:
            self._paint_name(painter, rect.adjusted(theme.PAGE_MARGIN, 0, -PAD, 0), line)
        elif column in (PLAN, REPORT):
            standing = line.plan if column == PLAN else line.report
            chip = standing_chip(standing)
            if chip is None:
                write(painter, room, standing.words, "ink3", role="secondary")
            else:
                paint_chip_again(painter, QRectF(room), chip)
        else:
            write(painter, room, str(index.data()), "ink" if column == RECEIVED else "ink2")

    def fill(self, index: Index, *, current: bool) -> str:
        line: Line = index.data(ROW_ROLE)
        return "group" if line.heading and not current else super().fill(index, current=current)

    def _paint_name(self, painter: QPainter, room: QRect, line: Line) -> None:
        marks = spans(self._board.wanted.query, line.unit) if self._board.wanted.query else ()
        if not marks:
            write(painter, room, line.unit)
            return
        metrics = QFontMetrics(theme.font("body"))
        height = metrics.height()
        painter.setClipRect(room)
        for start, length in marks:
            left = room.left() + metrics.horizontalAdvance(line.unit[:start])
            width = metrics.horizontalAdvance(line.unit[start : start + length])
            mark = QRect(left - 1, room.center().y() - height // 2 + 1, width + 2, height)
            painter.fillRect(mark, theme.color("search-hit"))
            if theme.theme().contrast:
                painter.fillRect(mark.left(), mark.bottom(), mark.width(), 2, theme.color("ink"))
        painter.setClipping(False)
        write(painter, room, line.unit)


class BoardView(LinesView):
    """`sorted_by(column, descending)` when a head is pressed; `acted(row)` to open what a unit sent."""

    def __init__(self, model: BoardModel) -> None:
        super().__init__(model, "Các đơn vị")
        self._board = model
        self._spanned: list[int] = []
        self.setItemDelegate(_Paint(self, model))
        self.head.show_sorted(UNIT)
        model.modelReset.connect(self._span)
        self.lay_out()

    def _span(self) -> None:
        """The heading of a group goes over the whole width."""
        if self._spanned:
            self.clearSpans()
        self._spanned = self._board.headings()
        for at in self._spanned:
            self.setSpan(at, UNIT, 1, self._board.columnCount())

    def lay_out(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme.px(theme.ROW["list"]))
        whole = self.viewport().width()
        narrow = whole < theme.px(_NARROW_BELOW)
        chips = {
            column: max(chip_size(self._board.longest(column)).width() + 2 * PAD, theme.px(_LEAST_CHIP))
            for column in (PLAN, REPORT)
        }
        widths = {
            UNIT: theme.px(230 if narrow else 276),
            KIND: 0 if narrow else theme.px(124),
            PLAN: chips[PLAN] if narrow else max(chips[PLAN], theme.px(168)),
            REPORT: chips[REPORT] if narrow else max(chips[REPORT], theme.px(168)),
            RECEIVED: theme.px(96 if narrow else 110),
        }
        note = theme.px(_LEAST_NOTE)
        left = whole - sum(widths.values())
        self.setColumnHidden(NOTE, left < note)
        if left < note:
            widths[UNIT] = max(theme.px(150), widths[UNIT] + left)
        else:  # long names take of the notes what these can spare
            name = QFontMetrics(theme.font("body")).horizontalAdvance(self._board.longest(UNIT))
            more = name + theme.PAGE_MARGIN + 2 * PAD - widths[UNIT]
            widths[UNIT] += max(0, min(more, left - theme.px(_GOOD_NOTE)))
        left = whole - sum(widths.values())
        self.setColumnHidden(KIND, narrow)
        for column, width in widths.items():
            if width:
                self.setColumnWidth(column, width)
        self.setColumnWidth(NOTE, max(note, left))
