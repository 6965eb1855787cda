"""The table of Theo dõi: marked letters, chips, a head that sorts."""

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView

from hoctap_desktop.ui import theme
from hoctap_desktop.ui.consolidation.board_model import BoardModel, standing_chip
from hoctap_desktop.ui.consolidation.board_presenter import KIND, NOTE, PLAN, RECEIVED, REPORT, UNIT, Line, Wanted
from hoctap_desktop.ui.consolidation.rows_view import PAD, ROW_ROLE, Index, RowDelegate, RowsView, write
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.widgets.chips import chip_size, paint_chip
from hoctap_desktop.ui.widgets.panes import Head

LONGEST_CHIP = "Chưa nộp, quá 12 ngày"
_NARROW_BELOW = 1000


class _Paint(RowDelegate):
    def paint_cell(self, painter: QPainter, rect: QRect, index: Index, *, current: bool) -> None:  # noqa: ARG002
        line: Line = index.data(ROW_ROLE)
        column = index.column()
        room = rect.adjusted(PAD, 0, -PAD, 0)
        if column == UNIT:
            self._paint_name(painter, rect.adjusted(theme.PAGE_MARGIN, 0, -PAD, 0), line)
        elif column in (PLAN, REPORT):
            standing = line.plan if column == PLAN else line.report
            chip = standing_chip(standing)
            if chip is None:
                write(painter, room, standing.words, "ink3", role="secondary")
            else:
                paint_chip(painter, QRectF(room), chip)
        else:
            write(painter, room, str(index.data()), "ink" if column == RECEIVED else "ink2")

    @staticmethod
    def _paint_name(painter: QPainter, room: QRect, line: Line) -> None:
        metrics = QFontMetrics(theme.font("body"))
        height = metrics.height()
        painter.setClipRect(room)
        for start, length in line.spans:
            left = room.left() + metrics.horizontalAdvance(line.unit[:start])
            width = metrics.horizontalAdvance(line.unit[start : start + length])
            mark = QRect(left - 1, room.center().y() - height // 2 + 1, width + 2, height)
            painter.fillRect(mark, theme.color("search-hit"))
            if theme.theme().contrast:
                painter.fillRect(mark.left(), mark.bottom(), mark.width(), 2, theme.color("ink"))
        painter.setClipping(False)
        write(painter, room, line.unit)


class _Head(Head):
    """The first column begins at the page's margin."""

    @guarded(None)
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        if logicalIndex == UNIT:
            painter.fillRect(rect, theme.color("head"))
            painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.color("line"))
            rect = rect.adjusted(theme.PAGE_MARGIN - PAD, 0, 0, 0)
        super().paintSection(painter, rect, logicalIndex)


class BoardView(RowsView):
    """`sorted_by(column, descending)` when a head is pressed (Enter or a click)."""

    sorted_by = Signal(int, bool)

    def __init__(self, model: BoardModel) -> None:
        super().__init__(model, "Các đơn vị")
        self._model = model
        self.use_head(_Head(clickable=True, parent=self))
        self.head.sectionClicked.connect(self._sort)
        self.head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.head.setCursor(Qt.CursorShape.PointingHandCursor)
        self.verticalHeader().setDefaultSectionSize(theme.px(theme.ROW["list"]))
        self.setItemDelegate(_Paint(self))
        self.head.show_sorted(UNIT)
        self.lay_out()

    def lay_out(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme.px(theme.ROW["list"]))
        whole = self.viewport().width()
        narrow = whole < _NARROW_BELOW
        chip = chip_size(LONGEST_CHIP).width() + 2 * PAD
        widths = {
            UNIT: theme.px(230 if narrow else 276),
            KIND: 0 if narrow else theme.px(124),
            PLAN: chip if narrow else max(chip, theme.px(168)),
            REPORT: chip if narrow else max(chip, theme.px(168)),
            RECEIVED: theme.px(96 if narrow else 110),
        }
        self.setColumnHidden(KIND, narrow)
        for column, width in widths.items():
            if width:
                self.setColumnWidth(column, width)
        self.setColumnWidth(NOTE, max(theme.px(80), whole - sum(widths.values())))

    def _sort(self, column: int) -> None:
        wanted = self._model.wanted
        descending = not wanted.descending if column == wanted.column else False
        self.sorted_by.emit(column, descending)

    def show_order(self, wanted: Wanted) -> None:
        """Marks the sorted column in the head."""
        self.head.show_sorted(wanted.column, descending=wanted.descending)
