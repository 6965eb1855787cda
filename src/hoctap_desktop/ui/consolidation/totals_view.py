"""The table of Tổng hợp: sums with the bar of their coverage."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QRect, QRectF
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView

from hoctap_desktop.ui import icons, theme
from hoctap_desktop.ui.consolidation.rows_view import CENTRE, PAD, RIGHT, ROW_ROLE, Index, RowDelegate, RowsView, write
from hoctap_desktop.ui.consolidation.totals_model import BEFORE, COVERAGE, LABEL, NUMBER, VALUE, TotalsModel
from hoctap_desktop.ui.consolidation.totals_presenter import MAY_REPEAT, TotalRow
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.widgets.progress import paint_bar

BAR = 46
_LABEL = 300


class _Paint(RowDelegate):
    def __init__(self, view: "TotalsView") -> None:
        super().__init__(view)
        self._table = view

    def fill(self, index: Index, *, current: bool) -> str:
        return "group" if index.data(ROW_ROLE).group else super().fill(index, current=current)

    def paint_cell(self, painter: QPainter, rect: QRect, index: Index, *, current: bool) -> None:
        row: TotalRow = index.data(ROW_ROLE)
        room = rect.adjusted(PAD, 0, -PAD, 0)
        match index.column():
            case 0:
                write(painter, rect, row.number, "ink" if row.group else "ink2", bold=row.group, align=CENTRE)
            case 1:
                self._paint_label(painter, room, row, bold=current or row.group)
            case 2 if not row.group:
                if row.value:
                    write(painter, room, row.value, bold=True, align=RIGHT)
                else:
                    write(painter, room, "chưa có số", "ink3", role="secondary", align=RIGHT)
            case 3 if not row.group:
                words = QRectF(room)
                if self._table.bars:
                    bar = QRectF(room.left(), room.center().y() - 2, theme.px(BAR), 6)
                    paint_bar(painter, bar, row.covered, row.of, "warn-banner" if row.thin else "bar")
                    words.setLeft(bar.right() + 8)
                write(painter, words, row.coverage, "warn" if row.thin else "ink2", role="secondary")
            case 4:
                write(painter, room, row.before, "ink2", align=RIGHT)
            case _:
                pass

    @staticmethod
    def _paint_label(painter: QPainter, room: QRect, row: TotalRow, *, bold: bool) -> None:
        words = QFontMetrics(theme.font("secondary")).horizontalAdvance(MAY_REPEAT) if row.may_repeat else 0
        tail = (28 if row.doubtful else 0) + (28 if row.may_repeat else 0)
        label = QFontMetrics(theme.font("body", bold=bold)).horizontalAdvance(row.label)
        said = label + tail + words + 4 <= room.width()  # else the glyph alone, and the words in the tooltip
        tail += words if said else 0
        left = room.left() + write(painter, room.adjusted(0, 0, -tail, 0), row.label, bold=bold) + 6
        if row.doubtful:
            icons.paint(painter, "triangle-alert", "warn", left, room.center().y() - 7.5, 15)
            left += 22
        if row.may_repeat:
            icons.paint(painter, "copy-check", "ink2", left, room.center().y() - 7, 14)
            if said:
                place = QRectF(left + 19, room.top(), room.right() - left - 19, room.height())
                write(painter, place, MAY_REPEAT, "ink2", role="secondary")


class TotalsView(RowsView):
    """Up and Down go from number to number."""

    def __init__(self, model: TotalsModel) -> None:
        super().__init__(model, "Bảng tổng hợp")
        self._model = model
        self.bars = True
        self.setItemDelegate(_Paint(self))
        self.lay_out()

    def lay_out(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme.px(theme.ROW["totals"]))
        before = self._model.knows_before()
        self.setColumnHidden(BEFORE, not before)
        rows = [row for at in range(self._model.rowCount()) if not (row := self._model.row(at)).group]

        def longest(text: Callable[[TotalRow], str], role: str, *, bold: bool = False) -> int:
            metrics = QFontMetrics(theme.font(role, bold=bold))
            return max((metrics.horizontalAdvance(text(row)) for row in rows), default=0) + 2 * PAD

        coverage = longest(lambda row: row.coverage, "secondary")
        widths = {
            NUMBER: theme.px(40),
            VALUE: max(theme.px(96), longest(lambda row: row.value, "body", bold=True)),
            COVERAGE: max(theme.px(128), theme.px(BAR) + 8 + coverage),
            BEFORE: max(theme.px(92), longest(lambda row: row.before, "body")) if before else 0,
        }
        whole = self.viewport().width()
        if before and whole - sum(widths.values()) + theme.px(BAR) < theme.px(_LABEL):
            widths[BEFORE] = 0  # the year before stands beside each number too
            self.setColumnHidden(BEFORE, True)
        # whole words are worth more than a picture of two numbers that stand beside it
        self.bars = whole - sum(widths.values()) >= theme.px(_LABEL)
        if not self.bars:
            widths[COVERAGE] = max(theme.px(76), coverage)
        for column, width in widths.items():
            if width:
                self.setColumnWidth(column, width)
        self.setColumnWidth(LABEL, max(theme.px(200), whole - sum(widths.values())))
        for at in range(self._model.rowCount()):
            span = BEFORE if self._model.row(at).group else 1
            if self.columnSpan(at, LABEL) != span:
                self.setSpan(at, LABEL, 1, span)

    @guarded(QModelIndex())
    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: object) -> QModelIndex:
        step = {
            QAbstractItemView.CursorAction.MoveUp: -1,
            QAbstractItemView.CursorAction.MovePrevious: -1,
            QAbstractItemView.CursorAction.MoveDown: 1,
            QAbstractItemView.CursorAction.MoveNext: 1,
        }.get(action)
        numbers = [at for at in range(self._model.rowCount()) if not self._model.row(at).group]
        at = self.currentIndex().row()
        if step is None or at not in numbers:
            return super().moveCursor(action, modifiers)  # type: ignore[arg-type]
        place = min(max(numbers.index(at) + step, 0), len(numbers) - 1)
        return self._model.index(numbers[place], NUMBER)
