"""The leaf of a block calendar with the last good day, and the strip of the days until then."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from hoctap_desktop.foundation.dates import weekday
from hoctap_desktop.ui import theme
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.widgets.labels import Label

_SHORT = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")


LEAF = (124, 128)


class DeadlineLeaf(QWidget):
    """124×128: month on a blue band, the day large, the weekday under it."""

    def __init__(self, day: date) -> None:
        super().__init__()
        self._day = day
        self.setFixedSize(theme.px(LEAF[0]), theme.px(LEAF[1]))
        self.set_day(day)

    def set_day(self, day: date) -> None:
        self._day = day
        self.setAccessibleName(f"Ngày cuối: {weekday(day)} {day:%d/%m/%Y}")
        self.update()

    @guarded(None)
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # drawn at 100 % and scaled as one picture
        width, height = LEAF
        painter.scale(theme.theme().factor, theme.theme().factor)
        outer = QRectF(0, 0, width, height).adjusted(0.5, 0.5, -0.5, -2.5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("page-edge"))
        painter.drawRoundedRect(outer.adjusted(0, 3, 0, 2), 6, 6)
        painter.setPen(QPen(theme.color("page-edge"), 1))
        painter.setBrush(theme.color("surface"))
        painter.drawRoundedRect(outer, 6, 6)
        band = QPainterPath()
        band.addRoundedRect(outer, 6, 6)
        painter.save()
        painter.setClipRect(QRectF(0, 0, width, 26.5))
        painter.fillPath(band, theme.color("pri"))
        painter.restore()
        center = Qt.AlignmentFlag.AlignCenter
        for role, size, token, top, room, words in (
            ("secondary", 13, "on-pri", 0, 27, f"Tháng {self._day:%m/%Y}"),
            ("page", 58, "pri", 25, 70, f"{self._day:%d}"),
            ("bold", 14, "ink", 94, 24, weekday(self._day)),
        ):
            face = QFont(theme.font(role))
            face.setPixelSize(size)
            painter.setFont(face)
            painter.setPen(theme.color(token))
            painter.drawText(QRectF(0, top, width, room), center, words)


@dataclass(frozen=True)
class StripDay:
    """One day of the strip. kind: "today", "work", "rest", "last"."""

    day: date
    kind: str


class DayStrip(QWidget):
    """Up to seven days; weekends grey, today filled, the last day with a red edge; a legend under them."""

    def __init__(self, days: Sequence[StripDay] = ()) -> None:
        super().__init__()
        self._days = tuple(days)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Các ngày đến hạn: " + ", ".join(f"{d.day:%d/%m}" for d in self._days))

    @guarded(QSize(320, 72))
    def sizeHint(self) -> QSize:
        return QSize(320, theme.px(44) + 1 + theme.px(26))

    @guarded(None)
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        gap = 4
        width = min(58.0, (self.width() - gap * (len(self._days) - 1)) / max(1, len(self._days)))
        for place, one in enumerate(self._days):
            box = QRectF(place * (width + gap), 0, width, theme.px(44))
            self._paint_day(painter, box, one)
        self._legend(painter)

    @staticmethod
    def _paint_day(painter: QPainter, box: QRectF, one: StripDay) -> None:
        fill, edge, ink, pen = {
            "today": ("pri", "pri", "on-pri", 1),
            "work": ("surface", "line", "ink", 1),
            "rest": ("head", "line", "disabled", 1),
            "last": ("surface", "danger", "danger", 2),
        }[one.kind]
        painter.setPen(QPen(theme.color(edge), pen))
        painter.setBrush(theme.color(fill))
        inset = pen / 2
        painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), 4, 4)
        painter.setPen(theme.color(ink))
        painter.setFont(theme.font("secondary"))
        middle = Qt.AlignmentFlag.AlignCenter
        painter.drawText(QRectF(box.left(), theme.px(3), box.width(), theme.px(19)), middle, _SHORT[one.day.weekday()])
        painter.setFont(theme.font("bold"))
        painter.drawText(QRectF(box.left(), theme.px(21), box.width(), theme.px(20)), middle, f"{one.day:%d}")

    def _legend(self, painter: QPainter) -> None:
        kinds = {one.kind for one in self._days}
        left = 0.0
        painter.setFont(theme.font("secondary"))
        for kind, words, fill, edge, pen in (
            ("today", "Hôm nay", "pri", "pri", 1),
            ("rest", "Ngày nghỉ", "head", "page-edge", 1),
            ("last", "Ngày cuối", "surface", "danger", 2),
        ):
            if kind not in kinds:
                continue
            painter.setPen(QPen(theme.color(edge), pen))
            painter.setBrush(theme.color(fill))
            painter.drawRoundedRect(QRectF(left + 0.5, theme.px(60) - 4.5, 11, 11), 2, 2)
            painter.setPen(theme.color("ink2"))
            width = painter.fontMetrics().horizontalAdvance(words)
            painter.drawText(QRectF(left + 18, theme.px(60) - 11, width + 4, 24), Qt.AlignmentFlag.AlignVCenter, words)
            left += 18 + width + 16


class DeadlinePane(QWidget):
    """Leaf, days left, one or two sentences, and the strip."""

    def __init__(self, day: date, left: str, sentences: Sequence[str], days: Sequence[StripDay]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        top = QHBoxLayout()
        top.setSpacing(18)
        top.addWidget(DeadlineLeaf(day), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setContentsMargins(0, 4, 0, 0)
        words.setSpacing(6)
        big = Label(left, "page")
        face = big.font()
        face.setPixelSize(theme.px(24))
        big.setFont(face)
        words.addWidget(big)
        for sentence in sentences:
            words.addWidget(Label(sentence, "body", "ink2", wrap=True))
        words.addStretch(1)
        top.addLayout(words, 1)
        column.addLayout(top)
        if days:
            column.addWidget(DayStrip(days))
