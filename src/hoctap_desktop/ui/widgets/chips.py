"""State chips: glyph, word and colour, as widgets and painted into table cells."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from hoctap_desktop.ui import icons, theme
from hoctap_desktop.ui.guarded import guarded

ICON = 15


@dataclass(frozen=True)
class Look:
    """ink, fill, edge: tokens; fill "" for white, edge "" for none."""

    ink: str
    fill: str = ""
    edge: str = ""


TONES: Mapping[str, Look] = {
    "open": Look("ink2", "surface", "edge"),
    "pri": Look("pri", "pri-tint"),
    "ok": Look("ok", "ok-tint"),
    "warn": Look("warn", "warn-tint"),
    "danger": Look("danger", "surface", "danger"),
    "returned": Look("returned", "returned-tint"),
    "again": Look("again", "again-tint"),
    "none-held": Look("none-held", "none-held-tint"),
    "exempt": Look("exempt", "exempt-tint"),
    "plain": Look("ink2", "head"),
}


@dataclass(frozen=True)
class ChipState:
    """What a chip shows. tone: a key of TONES."""

    icon: str
    tone: str
    words: str


# The states of a filing at the upper office (look.md §4), by name; late and overdue chips carry their days in words.
STATES: Mapping[str, ChipState] = {
    "not_sent": ChipState("circle", "open", "Chưa nộp"),
    "received": ChipState("inbox", "pri", "Đã nhận"),
    "returned": ChipState("undo-2", "returned", "Trả lại"),
    "again": ChipState("refresh-cw", "again", "Nộp lại"),
    "proposed": ChipState("users", "pri", "Chờ người thứ hai"),
    "accepted": ChipState("circle-check", "ok", "Đã duyệt"),
    "late": ChipState("clock-alert", "warn", "Nộp muộn"),
    "not_held": ChipState("circle-minus", "none-held", "Không tổ chức"),
    "exempt": ChipState("circle-slash", "exempt", "Được miễn"),
    "overdue": ChipState("circle-alert", "danger", "Quá hạn"),
    "draft": ChipState("pencil", "plain", "Bản nháp"),
    "final": ChipState("lock", "plain", "Đã chốt"),
}


def chip_size(words: str, *, bold: bool = False) -> QSize:
    """The size of a chip with these words at the present text size."""
    width = QFontMetrics(theme.font("secondary", bold=bold)).horizontalAdvance(words)
    return QSize(8 + ICON + 5 + width + 11, theme.px(theme.CHIP_HEIGHT))


def paint_chip(painter: QPainter, rect: QRectF, state: ChipState, *, bold: bool = False) -> None:
    """Draws the chip at the left edge of `rect`, centred on its height, elided to its width."""
    look = TONES[state.tone]
    size = chip_size(state.words, bold=bold)
    width = min(float(size.width()), rect.width())
    box = QRectF(rect.left(), round(rect.center().y() - size.height() / 2), width, size.height())
    edge = look.edge or (look.ink if theme.theme().contrast else "")
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color(edge), 1) if edge else Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(look.fill or "surface"))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), box.height() / 2, box.height() / 2)
    icons.paint(painter, state.icon, look.ink, box.left() + 8, box.center().y() - ICON / 2, ICON)
    painter.setPen(theme.color(look.ink))
    face = theme.font("secondary", bold=bold)
    painter.setFont(face)
    text = box.adjusted(8 + ICON + 5, 0, -8, 0)
    words = QFontMetrics(face).elidedText(state.words, Qt.TextElideMode.ElideRight, round(text.width()) + 3)
    painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
    painter.restore()


def paint_chip_again(painter: QPainter, rect: QRectF, state: ChipState) -> None:
    """As paint_chip, for tables: the same chip is drawn once a look and put down from then on."""
    ratio = painter.device().devicePixelRatioF()
    made = _pixmap(state, ratio, theme.theme())
    height, width = made.height() / ratio, made.width() / ratio
    if width > rect.width():
        paint_chip(painter, rect, state)  # cut short: rare
        return
    painter.drawPixmap(QPointF(rect.left(), round(rect.center().y() - height / 2)), made)


@lru_cache(maxsize=2_000)
def _pixmap(state: ChipState, ratio: float, _theme: theme.Theme) -> QPixmap:
    size = chip_size(state.words)
    made = QPixmap(size * ratio)
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    paint_chip(painter, QRectF(0, 0, size.width(), size.height()), state)
    painter.end()
    return made


class Chip(QWidget):
    """A chip as a widget: Chip(STATES["draft"]), Chip(ChipState("pencil", "plain", "Bản nháp, lần 1"))."""

    def __init__(self, state: ChipState, *, bold: bool = False) -> None:
        super().__init__()
        self._bold = bold
        self._state = state
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_state(state)

    def set_state(self, state: ChipState) -> None:
        self._state = state
        self.setAccessibleName(state.words)
        self.updateGeometry()
        self.update()

    def state(self) -> ChipState:
        return self._state

    @guarded(QSize(80, 24))
    def sizeHint(self) -> QSize:
        return chip_size(self._state.words, bold=self._bold)

    @guarded(None)
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        paint_chip(QPainter(self), QRectF(self.rect()), self._state, bold=self._bold)
