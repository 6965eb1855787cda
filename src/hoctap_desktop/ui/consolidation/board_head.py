"""Over the table of Theo dõi: the figure, the bar of states with its legend, the curve towards the last day."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from hoctap_desktop.consolidation.progress import Curve, CurveDay
from hoctap_desktop.consolidation.status import State
from hoctap_desktop.foundation.dates import print_date
from hoctap_desktop.foundation.numbers import print_count
from hoctap_desktop.ui import icons, theme
from hoctap_desktop.ui.consolidation.board_model import chip_of
from hoctap_desktop.ui.consolidation.board_presenter import ORDER, BoardHead, Part
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
# Over the colour, so that states are told apart in grey too; the icon of the legend stands in what is wide enough.
_HATCHES = {
    State.RECEIVED: Qt.BrushStyle.BDiagPattern,
    State.RESENT: Qt.BrushStyle.DiagCrossPattern,
    State.PROPOSED: Qt.BrushStyle.HorPattern,
    State.NOT_HELD: Qt.BrushStyle.VerPattern,
    State.EXEMPT: Qt.BrushStyle.Dense6Pattern,
    State.LATE: Qt.BrushStyle.FDiagPattern,
    State.RETURNED: Qt.BrushStyle.CrossPattern,
}
ICON = 16
_IN_BAR = 13


class StateBar(QWidget):
    """Every unit is a part of one bar; a white line parts the states."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: tuple[Part, ...] = ()
        self.setFixedHeight(18)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_parts(self, parts: tuple[Part, ...]) -> None:
        self._parts = tuple(part for part in parts if part.count)
        self.setAccessibleName("; ".join(f"{part.words} {print_count(part.count)}" for part in self._parts))
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
            self._paint_part(painter, QRectF(left, box.top(), width, box.height()), part.state)
            left += width
            painter.fillRect(QRectF(left - 0.75, box.top(), 1.5, box.height()), theme.color("surface"))
        painter.restore()
        painter.setPen(QPen(theme.color("edge"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(shape)

    @staticmethod
    def _paint_part(painter: QPainter, room: QRectF, state: State) -> None:
        painter.fillRect(room, theme.color(_FILLS[state]))
        if state in _HATCHES:
            ink = theme.color("surface")
            ink.setAlpha(90)
            painter.fillRect(room, QBrush(ink, _HATCHES[state]))
        chip = chip_of(state)
        if chip is not None and room.width() > _IN_BAR + 8:
            disc = QRectF(0, 0, _IN_BAR + 3, _IN_BAR + 3)
            disc.moveCenter(room.center())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("surface"))
            painter.drawEllipse(disc)
            icons.paint_in(painter, chip.icon, TONES[chip.tone].ink, disc, _IN_BAR)


class _LegendLine(QWidget):
    """Glyph, word, count."""

    def __init__(self) -> None:
        super().__init__()
        self._part: Part | None = None
        self.setFixedHeight(theme.px(23))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_part(self, part: Part) -> None:
        self._part = part
        self.setAccessibleName(f"{part.words}: {print_count(part.count)}")
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
        write(painter, room, print_count(self._part.count), bold=True, align=RIGHT)


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
            pace = f"; {curve.pace_words}" if curve.pace_words else ""
            done = f"{print_count(now[-1].count or 0)} trên {print_count(curve.total)} đơn vị"
            self.setAccessibleName(f"{done} đến {print_date(now[-1].day)}{last}{pace}")
            self.setToolTip(curve.pace_words)
        self.update()

    @guarded(QSize(512, 160))
    def sizeHint(self) -> QSize:
        return QSize(512, theme.px(160))

    def _plot(self) -> QRectF:
        most = print_count(self._curve.total) if self._curve is not None else ""
        left = max(self.LEFT, QFontMetrics(theme.font("axis")).horizontalAdvance(most) + 12)
        return QRectF(
            left,
            theme.px(self.TOP),
            self.width() - left - self.RIGHT,
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
            write(painter, QRectF(0, y - 9, plot.left() - 8, 18), print_count(share), "ink2", role="axis", align=RIGHT)
        self._paint_days(painter, plot, step, curve)
        then = [spot(at, one.before) for at, one in enumerate(curve.days) if one.before is not None]
        self._paint_before(painter, then, f"năm {curve.year_before}")
        known = [(at, one.count) for at, one in enumerate(curve.days) if one.count is not None]
        points = [spot(at, count) for at, count in known]
        if len(points) > 1:
            area = QPolygonF([QPointF(points[0].x(), plot.bottom()), *points, QPointF(points[-1].x(), plot.bottom())])
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("group" if theme.theme().contrast else "pri-tint"))
            painter.drawPolygon(area)
            painter.setPen(QPen(theme.color("pri"), 2.4, j=Qt.PenJoinStyle.RoundJoin))
            painter.drawPolyline(QPolygonF(points))
        write(painter, QRectF(plot.left(), 0, plot.width(), theme.px(18)), curve.legend, "ink2", role="secondary")
        if points:
            self._paint_pace(painter, points[-1], spot, curve)
        self._paint_last_day(painter, plot, step, curve)
        if points:
            self._paint_now(painter, points[-1], known[-1][1] or 0, plot, free=bool(curve.pace_words))

    @staticmethod
    def _paint_before(painter: QPainter, points: list[QPointF], words: str) -> None:
        """Last year: dashes, no colour."""
        if len(points) > 1:
            painter.setPen(QPen(theme.color("ink3"), 1.4, Qt.PenStyle.DashLine))
            painter.drawPolyline(QPolygonF(points))
            at = points[max(1, len(points) * 4 // 5)]
            write(painter, QRectF(at.x() - 30, at.y() + 2, 60, 18), words, "ink2", role="axis", align=CENTRE)

    @staticmethod
    def _paint_pace(painter: QPainter, now: QPointF, spot: Callable[[int, float], QPointF], curve: Curve) -> None:
        """From where the units are to where they should be on the last day: dots."""
        at = next((at for at, one in enumerate(curve.days) if one.day == curve.last), None)
        if at is not None and curve.pace_words:
            painter.setPen(QPen(theme.color("ink2"), 1.6, Qt.PenStyle.DotLine))
            painter.drawLine(now, spot(at, curve.total))

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
        # the dots that say what is needed end in the upper corner
        top = plot.top() + plot.height() * 0.55 if curve.pace_words else plot.top() - 1
        write(painter, QRectF(left, top, width, 18), words, "danger", role="secondary", bold=True)

    @staticmethod
    def _paint_now(painter: QPainter, at: QPointF, count: int, plot: QRectF, *, free: bool) -> None:
        """free: "Ngày cuối" stands lower down, so the figure may stay above its line up to the edge of the plot."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("pri"))
        painter.drawEllipse(at, 4.5, 4.5)
        words = print_count(count)
        width = QFontMetrics(theme.font("bold")).horizontalAdvance(words)
        box = QRectF(at.x() - width - 8, at.y() - 22, width + 2, 18)
        if free:
            box.moveTop(max(box.top(), plot.top() - 3))
        elif box.top() < plot.top() + 18:  # the line of "Ngày cuối"
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
        self._lines = [_LegendLine() for _ in ORDER]
        for place, one in enumerate(self._lines):
            grid.addWidget(one, place % 4, place // 4)
        left.addWidget(self._legend)
        left.addStretch(1)
        row.addLayout(left, 8)
        self.curve = CurveChart()
        row.addWidget(self.curve, 7)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_head(self, head: BoardHead, curve: Curve) -> None:
        self.figure.setText(print_count(head.done))
        self.words.setText(head.words)
        self.due.setText(head.due)
        self.due.set_token("danger" if head.overdue else "warn")
        self.bar.show_parts(head.parts)
        for at, line in enumerate(self._lines):
            line.setVisible(at < len(head.parts))
            if at < len(head.parts):
                line.show_part(head.parts[at])
        self.curve.show_curve(curve)

    def set_narrow(self, narrow: bool) -> None:
        self._legend.setVisible(not narrow)
        self.curve.setVisible(not narrow)
