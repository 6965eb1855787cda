"""At the right of Tổng hợp: one number, how it is spread over the units, and every unit with its share."""

from collections.abc import Callable
from math import sqrt

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from hoctap_desktop.foundation.numbers import print_count
from hoctap_desktop.ui import icons, theme
from hoctap_desktop.ui.consolidation.rows_view import CENTRE, RIGHT, ROW_ROLE, Index, scrolled, write
from hoctap_desktop.ui.consolidation.totals_model import SharesModel
from hoctap_desktop.ui.consolidation.totals_presenter import Confirming, Detail, Share, Warned, Years
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.reading_order import bring_in_sight
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.labels import ElidedLabel, IconLabel, Label, rule
from hoctap_desktop.ui.widgets.panes import pane

WIDTH, WIDE = 452, 520
SIDE = 16


class DotStrip(QWidget):
    """Every unit is a dot on an axis that grows by the square, so small and large stay apart; a bar at the median."""

    EDGE = 8

    def __init__(self) -> None:
        super().__init__()
        self._detail: Detail | None = None
        self.setFixedHeight(theme.px(92))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_detail(self, detail: Detail) -> None:
        self._detail = detail
        self.setAccessibleName(f"{print_count(len(detail.told))} đơn vị có số. {detail.middle_words}")
        self.update()

    @guarded(QSize(400, 92))
    def sizeHint(self) -> QSize:
        return QSize(400, theme.px(92))

    @guarded(None)
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        if self._detail is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = self.height() - theme.px(20)
        width = self.width() - 2 * self.EDGE
        most = max((share.value or 0 for share in self._detail.told), default=0)
        painter.setPen(QPen(theme.color("edge"), 1))
        painter.drawLine(QPointF(0, ground + 0.5), QPointF(self.width(), ground + 0.5))

        def place(value: float) -> float:
            return self.EDGE + (width * sqrt(value / most) if most else 0)

        self._paint_axis(painter, place, most, ground)
        if self._detail.middle is not None and most:
            x = round(place(self._detail.middle))
            painter.fillRect(QRectF(x - 1, 6, 2, ground - 6), theme.color("ink"))
        self._paint_dots(painter, place, ground)

    def _paint_axis(self, painter: QPainter, place: Callable[[float], float], most: int, ground: int) -> None:
        right = -1000.0
        metrics = QFontMetrics(theme.font("axis"))
        wanted = [0, *(nice(most * share * share) for share in (0.25, 0.5, 0.75)), most]
        last = place(most) - metrics.horizontalAdvance(print_count(most)) / 2
        for value in dict.fromkeys(wanted):
            words = print_count(value)
            wide = metrics.horizontalAdvance(words)
            left = min(max(place(value) - wide / 2, 0), self.width() - wide)
            if value not in (0, most) and (left < right + 14 or left + wide > last - 14):
                continue
            if value == most and most and left < right + 6:
                continue
            write(painter, QRectF(left, ground + 3, wide + 2, theme.px(17)), words, "ink2", role="axis")
            right = left + wide

    def _paint_dots(self, painter: QPainter, place: Callable[[float], float], ground: int) -> None:
        assert self._detail is not None
        told = [share for share in self._detail.told if share.value is not None]
        size = 7.0 if len(told) <= 20 else 4.4
        stacks: dict[int, list[Share]] = {}
        for share in told:
            stacks.setdefault(round(place(share.value or 0) / size), []).append(share)
        highest = max((len(stack) for stack in stacks.values()), default=1)
        step = min(size, (ground - 14) / highest)
        named = False
        for at, stack in stacks.items():
            for level, share in enumerate(stack):
                spot = QPointF(at * size, ground - 2 - size / 2 - level * step)
                if not share.far:
                    painter.setPen(Qt.PenStyle.NoPen)
                    painter.setBrush(theme.color("pri"))
                    painter.drawEllipse(spot, size / 2 - 0.4, size / 2 - 0.4)
                    continue
                half = 6.0
                spot.setY(ground - 2 - half - level * step)
                corners = [(0, -half), (half, 0), (0, half), (-half, 0)]
                painter.setPen(QPen(theme.color("warn-line"), 2))
                painter.setBrush(theme.color("surface"))
                painter.drawPolygon(QPolygonF([QPointF(spot.x() + x, spot.y() + y) for x, y in corners]))
                if not named:
                    named = True
                    wide = QFontMetrics(theme.font("secondary", bold=True)).horizontalAdvance(share.unit) + 4
                    left = min(max(0.0, spot.x() - wide + 8), self.width() - wide)
                    box = QRectF(left, spot.y() - half - 20, wide, 18)
                    painter.fillRect(box, theme.color("surface"))  # the bar at the median stands behind the name
                    write(painter, box, share.unit, "warn", role="secondary", bold=True, align=CENTRE)


def nice(value: float) -> int:
    """A round number near `value`: 1, 2 or 5 and zeros."""
    if value < 1:
        return 0
    power = 10 ** (len(str(int(value))) - 1)
    return int(min((1, 2, 5, 10), key=lambda step: abs(step * power - value)) * power)


class _PaintShare(QStyledItemDelegate):
    """Name, bar, number; or name and why there is none."""

    @guarded(QSize(200, 27))
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - Qt's signature
        return QSize(200, theme.px(theme.ROW["totals"] + (8 if index.data(ROW_ROLE) is None else 0)))

    @guarded(None)
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        share: Share | None = index.data(ROW_ROLE)
        view = option.widget
        selected = bool(option.state & QStyle.StateFlag.State_Selected) and view.hasFocus()
        painter.save()
        if share is None:
            painter.fillRect(rect, theme.color("group"))
            painter.fillRect(rect.left(), rect.top(), rect.width(), 1, theme.color("line2"))
            write(painter, rect.adjusted(SIDE, 0, -SIDE, 0), str(index.data()), bold=True)
            painter.restore()
            return
        fill = "pri-tint" if selected else "warn-tint" if share.far else "surface"
        painter.fillRect(rect, theme.color(fill))
        if selected:
            painter.fillRect(rect.left(), rect.top(), 3, rect.height(), theme.color("pri"))
        names = max(theme.px(150), round(rect.width() * 0.45))
        room = rect.adjusted(SIDE, 0, -SIDE, 0)
        write(painter, QRectF(room.left(), room.top(), names - 8, room.height()), share.unit, bold=share.far)
        tail = QRectF(room.left() + names, room.top(), room.width() - names, room.height())
        if share.value is None or share.icon:
            self._paint_words(painter, tail, share)
        else:
            self._paint_bar(painter, tail, share, index)
        painter.restore()

    @staticmethod
    def _paint_words(painter: QPainter, room: QRectF, share: Share) -> None:
        if share.icon:
            icons.paint(painter, share.icon, share.token, room.left(), room.center().y() - 7.5, 15)
        write(painter, room.adjusted(22, 0, 0, 0), share.words, share.token, role="secondary")

    @staticmethod
    def _paint_bar(painter: QPainter, room: QRectF, share: Share, index: Index) -> None:
        model = index.model()
        most = model.most() if isinstance(model, SharesModel) else 1
        number = QFontMetrics(theme.font("body", bold=True)).horizontalAdvance(print_count(most)) + 12
        whole = room.width() - number
        wide = whole * (share.value or 0) / most
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("warn-banner" if share.far else "bar"))
        if share.value:
            painter.drawRoundedRect(QRectF(room.left(), room.center().y() - 5, max(3.0, wide), 11), 2, 2)
        if share.before:
            painter.setPen(QPen(theme.color("ink3"), 1.4, Qt.PenStyle.DashLine))
            y = round(room.center().y()) + 8.5
            painter.drawLine(QPointF(room.left(), y), QPointF(room.left() + whole * min(1, share.before / most), y))
        write(painter, room, share.words, bold=share.far, align=RIGHT)


class ShareList(QListView):
    """`opened(package id)`: Enter or a double click on a unit that has reported."""

    opened = Signal(str)
    owned = Signal()

    def __init__(self, model: SharesModel) -> None:
        super().__init__()
        self._model = model
        model.setParent(self)
        self.setModel(model)
        self._painter = _PaintShare(self)
        self.setItemDelegate(self._painter)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName("Từng đơn vị")
        self.setMinimumHeight(60)
        self.doubleClicked.connect(lambda index: self._open(index.row()))

    def _open(self, at: int) -> None:
        share = self._model.share(at)
        if share is not None and share.package_id:
            self.opened.emit(share.package_id)
        elif share is not None and share.own:
            self.owned.emit()

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex().row())
            return
        bring_in_sight(self)
        super().keyPressEvent(event)


class YearBars(QWidget):
    """Last year and this one as two bars under each other: dashed grey and ink, each with its figure."""

    def __init__(self) -> None:
        super().__init__()
        self._years: Years | None = None
        self.setFixedHeight(theme.px(46))

    def show_years(self, years: Years | None) -> None:
        self._years = years
        self.setVisible(years is not None)
        self.setAccessibleName(years.words if years is not None else "")
        self.update()

    @guarded(None)
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        if self._years is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        years, height = self._years, self.height() / 2
        pairs = ((years.year - 1, years.before), (years.year, years.value))
        most = max([1, *(value or 0 for _, value in pairs)])
        metrics = QFontMetrics(theme.font("secondary", bold=True))
        names = metrics.horizontalAdvance("Năm 2022") + 12
        figures = metrics.horizontalAdvance(print_count(most)) + 10
        room = self.width() - names - figures
        for line, (year, value) in enumerate(pairs):
            top = line * height
            now = line == 1
            write(painter, QRectF(0, top, names, height), f"Năm {year}", "ink2", role="secondary", bold=now)
            if value is None:
                continue
            bar = QRectF(names + 0.5, round(top + height / 2 - 5) + 0.5, max(2.0, room * value / most), 10)
            if now:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.color("bar"))
            else:
                painter.setPen(QPen(theme.color("ink3"), 1.2, Qt.PenStyle.DashLine))
                painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(bar)
            figure = QRectF(bar.right() + 6, top, figures, height)
            write(painter, figure, print_count(value), "ink" if now else "ink2", role="secondary", bold=now)


class ConfirmCard(QFrame):
    """A sum that may count one thing twice: to be confirmed, or who confirmed it and why."""

    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", "note")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(10)
        row.addWidget(IconLabel("copy-check", "ink2", 18), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(3)
        self._title = Label("", "bold", wrap=True)
        self._text = Label("", "body", wrap=True)
        self.button = Button("Xác nhận tổng", size="small", act=self.asked.emit)
        for part in (self._title, self._text):
            column.addWidget(part)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        row.addLayout(column, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_confirming(self, found: Confirming | None) -> None:
        self.setVisible(found is not None)
        if found is not None:
            self._title.setText(found.title)
            self._text.setText(found.text)
            self.button.setText("Xác nhận lại" if found.done else "Xác nhận tổng")


class WarnCard(QFrame):
    """A cell worth a second look: the way to its report, or to keep the number with a reason."""

    opened = Signal(str)
    dismissed = Signal(str)
    listed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", "warn")
        self._package = self._id = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 12, 10)
        row.setSpacing(10)
        row.addWidget(IconLabel("triangle-alert", "warn", 18), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(4)
        self._title = Label("", "bold", "warn", wrap=True)
        self._text = Label("", "body", "ink", wrap=True)
        self.button = Button("Mở báo cáo", size="small", act=lambda: self.opened.emit(self._package))
        column.addWidget(self._title)
        column.addWidget(self._text)
        column.addSpacing(2)
        acts = QHBoxLayout()
        acts.setSpacing(6)
        self.keep = Button("Giữ số này", "text", size="small", act=lambda: self.dismissed.emit(self._id))
        self.more = Button("", "text", size="small", act=self.listed.emit)
        for button in (self.button, self.keep, self.more):
            acts.addWidget(button)
        acts.addStretch(1)
        column.addLayout(acts)
        row.addLayout(column, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_warned(self, warned: tuple[Warned, ...]) -> None:
        self.setVisible(bool(warned))
        if warned:
            first = warned[0]
            self._title.setText(first.title)
            self._text.setText(first.text)
            self._package, self._id = first.package_id, first.id
            self.more.setText(f"Còn {len(warned) - 1} chỗ")
            self.more.setVisible(len(warned) > 1)


class SourcePane(QWidget):
    """`opened(package id)`: somebody wants to see the report of a unit; `owned`: the office's own numbers."""

    opened = Signal(str)
    owned = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumWidth(320)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        inner = pane("surface")
        self.area = scrolled(inner)  # low windows with banners over the page: nothing is pressed together
        whole.addWidget(self.area)
        outer = QVBoxLayout(inner)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        top = pane("surface")
        column = QVBoxLayout(top)
        column.setContentsMargins(SIDE, 12, SIDE, 10)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(12)
        names = QVBoxLayout()
        names.setSpacing(1)
        self.name = Label("", "group", wrap=True)
        self.coverage = Label("", "body", "ink2", wrap=True)
        names.addWidget(self.name)
        names.addWidget(self.coverage)
        names.addStretch(1)
        figures = QVBoxLayout()
        figures.setSpacing(0)
        self.value = Label("", "page")
        self.unit = Label("", "secondary", "ink2")
        figures.addWidget(self.value, 0, Qt.AlignmentFlag.AlignRight)
        figures.addWidget(self.unit, 0, Qt.AlignmentFlag.AlignRight)
        figures.addStretch(1)
        head.addLayout(names, 1)
        head.addLayout(figures)
        column.addLayout(head)
        self.strip = DotStrip()
        column.addWidget(self.strip)
        self.legend = _Legend()
        column.addWidget(self.legend)
        self.years = YearBars()
        column.addWidget(self.years)
        self.merged = Label("", "secondary", "ink2", wrap=True)
        column.addWidget(self.merged)
        self.confirm = ConfirmCard()
        column.addWidget(self.confirm)
        self.warn = WarnCard()
        self.warn.opened.connect(self.opened)
        column.addSpacing(4)
        column.addWidget(self.warn)
        top.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        outer.addWidget(top)
        outer.addWidget(rule())
        bar = pane("surface")
        row = QHBoxLayout(bar)
        row.setContentsMargins(SIDE, 6, SIDE, 6)
        row.addWidget(ElidedLabel("Từ nhiều đến ít", bold=True), 1)
        self.silent = Button("", "text", size="small", act=self._go_to_silent)
        row.addWidget(self.silent)
        self.charts = Button("In biểu đồ", "text", size="small")
        row.addWidget(self.charts)
        outer.addWidget(bar)
        self.model = SharesModel()
        self.list = ShareList(self.model)
        self.list.opened.connect(self.opened)
        self.list.owned.connect(self.owned)
        # asks for nothing beyond three rows, and takes what is left
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.list.setMinimumHeight(3 * theme.px(27))
        outer.addWidget(self.list, 1)

    def come_up(self) -> None:
        """The keyboard is at the units, the eye at the number they belong to; a low window scrolls at the first key."""
        self.list.setFocus()
        # after the window brought into sight where the keyboard is
        QTimer.singleShot(0, self, lambda: self.area.verticalScrollBar().setValue(0))

    def show_detail(self, detail: Detail) -> None:
        self.name.setText(detail.label)
        self.coverage.setText(detail.coverage)
        self.value.setText(detail.value)
        self.unit.setText(detail.unit)
        spread = len([share for share in detail.told if not share.icon]) > 1
        self.strip.setVisible(spread)
        self.legend.setVisible(spread)
        self.strip.show_detail(detail)
        self.legend.say(detail.middle_words)
        self.years.show_years(detail.years)
        self.merged.setText(detail.merged_words)
        self.merged.setVisible(bool(detail.merged_words))
        self.confirm.show_confirming(detail.confirming)
        self.warn.show_warned(detail.warned)
        self.silent.setText(f"Chưa có số: {print_count(len(detail.silent))}")
        self.silent.setVisible(bool(detail.silent))
        self.model.set_shares(detail.told, detail.silent)
        self.list.scrollToTop()

    def _go_to_silent(self) -> None:
        at = self.model.head_row()
        if at >= 0:
            self.list.scrollTo(self.model.index(at), QListView.ScrollHint.PositionAtTop)
            self.list.setCurrentIndex(self.model.index(at + 1))
            self.list.setFocus()


_DOTS = "Mỗi chấm là một đơn vị"


class _Legend(QWidget):
    """ "Mỗi chấm là một đơn vị" and what the bar means."""

    def __init__(self) -> None:
        super().__init__()
        self._middle = ""
        self.setFixedHeight(theme.px(18))

    def say(self, middle: str) -> None:
        self._middle = middle
        self.setAccessibleName(f"{_DOTS}. {middle}")
        self.update()

    @guarded(None)
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        painter = QPainter(self)
        room, metrics = QRectF(self.rect()), QFontMetrics(theme.font("secondary"))
        both = metrics.horizontalAdvance(_DOTS) + 22 + metrics.horizontalAdvance(self._middle)
        left = 0.0
        if not self._middle or both <= room.width():  # the number says more than what a dot is
            left = write(painter, room, _DOTS, "ink2", role="secondary") + 14
        if self._middle:
            painter.fillRect(QRectF(round(left), 3, 2, room.height() - 6), theme.color("ink"))
            write(painter, room.adjusted(left + 8, 0, 0, 0), self._middle, "ink2", role="secondary")
