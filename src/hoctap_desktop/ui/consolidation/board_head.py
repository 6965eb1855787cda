"""Over the table of Theo dõi: the figure, the bar of states with its legend, the curve towards the last day."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from hoctap_desktop.consolidation.progress import Curve, CurveDay
from hoctap_desktop.consolidation.status import State
from hoctap_desktop.foundation.dates import print_date
from hoctap_desktop.ui import icons, theme
from hoctap_desktop.ui.consolidation.board_model import chip_of
from hoctap_desktop.ui.consolidation.board_presenter import BoardHead, Part
from hoctap_desktop.ui.consolidation.rows_view import CENTRE, LEFT, RIGHT, write
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.widgets.chips import TONES
from hoctap_desktop.ui.widgets.labels import Label

_FILLS = {
    State.APPROVED: "ok",
    State.RECEIVED: "pri",
    State.RESENT: "again",
    State.PROPOSED: "bar",
    State.NOT_HELD: "none-held",
    State.EXEMPT: "edge",
    State.LATE: "warn-line",
    State.RETURNED: "returned",
    State.NOT_SENT: "surface",
}
ICON = 16


class StateBar(QWidget):
    """Every unit is a part of one bar; a white line parts the states."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: tuple[Part, ...] = ()
        self.setFixedHeight(18)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_parts(self, parts: tuple[Part, ...]) -> None:
        self._parts = tuple(part for part in parts if part.count)
        self.setAccessibleName("; ".join(f"{part.words} {part.count}" for part in self._parts))
        self.update()

    @guarded(None)
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        shape = QPainterPath()
        shape.addRoundedRect(box, 5, 5)
        painter.save()
        painter.setClipPath(shape)
        painter.fillRect(box, theme.color("surface"))
        total = sum(part.count for part in self._parts)
        left = box.left()
        for part in self._parts:
            width = box.width() * part.count / total
            painter.fillRect(QRectF(left, box.top(), width, box.height()), theme.color(_FILLS[part.state]))
            left += width
            painter.fillRect(QRectF(left - 0.75, box.top(), 1.5, box.height()), theme.color("surface"))
        painter.restore()
        painter.setPen(QPen(theme.color("edge"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(shape)


class _LegendLine(QWidget):
    """Glyph, word, count."""

    def __init__(self) -> None:
        super().__init__()
        self._part: Part | None = None
        self.setFixedHeight(theme.px(23))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_part(self, part: Part) -> None:
        self._part = part
        self.setAccessibleName(f"{part.words}: {part.count}")
        self.update()

    @guarded(QSize(240, 23))
    def sizeHint(self) -> QSize:
        return QSize(240, theme.px(23))

    @guarded(None)
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        if self._part is None:
            return
        painter = QPainter(self)
        chip = chip_of(self._part.state)
        room = QRectF(self.rect())
        if chip is not None:
            icons.paint(painter, chip.icon, TONES[chip.tone].ink, 0, room.center().y() - ICON / 2, ICON)
        write(painter, room.adjusted(24, 0, 0, 0), self._part.words)
        write(painter, room, str(self._part.count), bold=True, align=RIGHT)


class CurveChart(QWidget):
    """Units that had filed, day by day: one ink line, grey days off, a red last day. The table says the same."""

    # the caption has its own line above the plot: nothing in the plot may stand over it
    LEFT, BOTTOM, TOP, RIGHT = 40, 20, 24, 10

    def __init__(self) -> None:
        super().__init__()
        self._curve: Curve | None = None
        self.setMinimumSize(320, 150)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_curve(self, curve: Curve) -> None:
        self._curve = curve
        now = [one for one in curve.days if one.count is not None]
        last = f"; ngày cuối {print_date(curve.last)}" if curve.last else ""
        if now:
            self.setAccessibleName(f"{now[-1].count} trên {curve.total} đơn vị đến {print_date(now[-1].day)}{last}")
        self.update()

    @guarded(QSize(512, 160))
    def sizeHint(self) -> QSize:
        return QSize(512, theme.px(160))

    def _plot(self) -> QRectF:
        return QRectF(
            self.LEFT,
            theme.px(self.TOP),
            self.width() - self.LEFT - self.RIGHT,
            self.height() - theme.px(self.TOP) - theme.px(self.BOTTOM),
        )

    @guarded(None)
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        if self._curve is None or len(self._curve.days) < 2:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        plot, curve = self._plot(), self._curve
        step = plot.width() / (len(curve.days) - 1)
        top = max(1, curve.total)

        def spot(at: int, count: float) -> QPointF:
            return QPointF(plot.left() + at * step, plot.bottom() - plot.height() * count / top)

        self._paint_free_days(painter, plot, step, curve.days)
        for share in sorted({0, top // 2, top}):
            y = round(spot(0, share).y()) + 0.5
            painter.setPen(QPen(theme.color("line"), 1))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            write(painter, QRectF(0, y - 9, self.LEFT - 8, 18), str(share), "ink2", role="axis", align=RIGHT)
        self._paint_days(painter, plot, step, curve)
        known = [(at, one.count) for at, one in enumerate(curve.days) if one.count is not None]
        points = [spot(at, count) for at, count in known]
        if len(points) > 1:
            area = QPolygonF([QPointF(points[0].x(), plot.bottom()), *points, QPointF(points[-1].x(), plot.bottom())])
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("group" if theme.theme().contrast else "pri-tint"))
            painter.drawPolygon(area)
            painter.setPen(QPen(theme.color("pri"), 2.4, j=Qt.PenJoinStyle.RoundJoin))
            painter.drawPolyline(QPolygonF(points))
        write(painter, QRectF(plot.left(), 0, plot.width(), theme.px(18)), curve.caption, "ink2", role="secondary")
        self._paint_last_day(painter, plot, step, curve)
        if points:
            self._paint_now(painter, points[-1], known[-1][1] or 0, plot)

    @staticmethod
    def _paint_free_days(painter: QPainter, plot: QRectF, step: float, days: tuple[CurveDay, ...]) -> None:
        for at, one in enumerate(days):
            if one.free:
                left = max(plot.left(), plot.left() + (at - 0.5) * step)
                right = min(plot.right(), plot.left() + (at + 0.5) * step)
                painter.fillRect(QRectF(left, plot.top(), right - left, plot.height()), theme.color("head"))
        first = next((at for at in range(len(days) - 1) if days[at].free and days[at + 1].free), None)
        if first is not None and step > 26:
            box = QRectF(plot.left() + (first - 0.5) * step, plot.bottom() - 22, 2 * step, 18)
            write(painter, box, "nghỉ", "ink2", role="axis", align=CENTRE)

    @staticmethod
    def _paint_days(painter: QPainter, plot: QRectF, step: float, curve: Curve) -> None:
        known = [at for at, one in enumerate(curve.days) if one.count is not None]
        every = max(1, round(30 / step + 0.49))
        for at, one in enumerate(curve.days):
            today = bool(known) and at == known[-1] and one.day == curve.as_of
            near_today = bool(known) and curve.days[known[-1]].day == curve.as_of and abs(at - known[-1]) < every
            if not today and (at % every or near_today) and every != 1:
                continue
            words = f"{one.day.day}/{one.day.month}" if one.day.day == 1 else str(one.day.day)
            box = QRectF(plot.left() + at * step - 24, plot.bottom() + 3, 48, 18)
            write(painter, box, words, "pri" if today else "ink2", role="axis", bold=today, align=CENTRE)

    @staticmethod
    def _paint_last_day(painter: QPainter, plot: QRectF, step: float, curve: Curve) -> None:
        at = next((at for at, one in enumerate(curve.days) if one.day == curve.last), None)
        if at is None:
            return
        x = plot.left() + at * step
        painter.setPen(QPen(theme.color("danger"), 2))
        painter.drawLine(QPointF(x, plot.top() - 4), QPointF(x, plot.bottom()))
        words = "Ngày cuối"
        width = QFontMetrics(theme.font("secondary", bold=True)).horizontalAdvance(words) + 4
        left = x - width - 6 if x - width - 6 > plot.left() else x + 6
        write(painter, QRectF(left, plot.top() - 1, width, 18), words, "danger", role="secondary", bold=True)

    @staticmethod
    def _paint_now(painter: QPainter, at: QPointF, count: int, plot: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("pri"))
        painter.drawEllipse(at, 4.5, 4.5)
        words = str(count)
        width = QFontMetrics(theme.font("bold")).horizontalAdvance(words)
        box = QRectF(at.x() - width - 8, at.y() - 22, width + 2, 18)
        if box.top() < plot.top() + 18:  # the line of "Ngày cuối"
            box.moveTop(at.y() + 6)
        write(painter, box, words, "pri", bold=True, align=LEFT)


class BoardHeadPane(QWidget):
    """Figure, bar and legend at the left, curve at the right; narrow: figure and bar only."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.PAGE_MARGIN, 0, theme.PAGE_MARGIN, 10)
        row.setSpacing(28)
        left = QVBoxLayout()
        left.setSpacing(8)
        line = QHBoxLayout()
        line.setSpacing(10)
        self.figure = Label("", "display")
        self.words = Label("", "reading")
        self.due = Label("", "bold", "warn")
        line.addWidget(self.figure)
        line.addWidget(self.words, 1, Qt.AlignmentFlag.AlignBottom)
        line.addWidget(self.due, 0, Qt.AlignmentFlag.AlignBottom)
        left.addLayout(line)
        self.bar = StateBar()
        left.addWidget(self.bar)
        self._legend = QWidget()
        grid = QGridLayout(self._legend)
        grid.setContentsMargins(0, 2, 0, 0)
        grid.setHorizontalSpacing(32)
        grid.setVerticalSpacing(0)
        self._lines = [_LegendLine() for _ in range(8)]
        for place, one in enumerate(self._lines):
            grid.addWidget(one, place % 4, place // 4)
        left.addWidget(self._legend)
        left.addStretch(1)
        row.addLayout(left, 8)
        self.curve = CurveChart()
        row.addWidget(self.curve, 7)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_head(self, head: BoardHead, curve: Curve) -> None:
        self.figure.setText(str(head.done))
        self.words.setText(head.words)
        self.due.setText(head.due)
        self.due.set_token("danger" if head.overdue else "warn")
        self.bar.show_parts(head.parts)
        for line, part in zip(self._lines, head.parts, strict=True):
            line.show_part(part)
        self.curve.show_curve(curve)

    def set_narrow(self, narrow: bool) -> None:
        self._legend.setVisible(not narrow)
        self.curve.setVisible(not narrow)
