"""The boxes of numbers, and the four kinds of no number: they differ in shape, word and edge (look.md §5)."""

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from hoctap_desktop.ui import icons, theme
from hoctap_desktop.ui.guarded import guarded

WIDTH, NARROW_WIDTH, HEIGHT = 126, 58, 23
_LEFT, _RIGHT, _ICON = 6, 8, 14

# kind: (icon, words, ink, fill, edge, dashed)
KINDS = ("number", "focus", "error", "warn", "computed", "blank", "not_held", "unknown", "not_applicable", "frozen")
_WORDS = {"not_held": "Không tổ chức", "unknown": "Chưa có số", "not_applicable": "Không áp dụng"}
_ICONS = {
    "not_held": "circle-minus",
    "unknown": "hourglass",
    "not_applicable": "circle-slash",
    "computed": "sigma",
    "warn": "triangle-alert",
}
_INKS = {"not_held": "none-held", "unknown": "warn", "not_applicable": "exempt", "computed": "ink2", "warn": "warn"}
_FILLS = {
    "error": "danger-tint",
    "warn": "warn-tint",
    "computed": "computed",
    "not_held": "none-held-tint",
    "not_applicable": "exempt-tint",
}
_EDGES = {
    "focus": "pri",
    "error": "danger",
    "warn": "warn-line",
    "computed": "line",
    "not_held": "none-held-line",
    "unknown": "warn-line",
    "not_applicable": "page-edge",
}


@lru_cache(maxsize=8192)
def needed_width(_theme: theme.Theme, kind: str, text: str) -> int:
    """What a box needs for its number to stand whole beside its icon; a number cut short would be another number."""
    if not text or kind in _WORDS:
        return 0
    icon = _ICON + 4 if kind in _ICONS else 0
    return _LEFT + icon + QFontMetrics(theme.font("body")).horizontalAdvance(text) + _RIGHT


def paint_cell(painter: QPainter, rect: QRectF, kind: str, text: str = "") -> None:
    """One box. kind: one of KINDS; text: the number as printed ("1.248"), "" for the kinds that carry words."""
    ratio = painter.device().devicePixelRatio()
    whole = rect.toRect()
    if QRectF(whole) == rect and ratio == int(ratio):
        painter.drawPixmap(whole.topLeft(), _drawn(theme.theme(), kind, whole.width(), whole.height(), int(ratio)))
    else:
        _draw(painter, rect, kind)
    if text and kind not in _WORDS:
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color("ink2" if kind == "frozen" else "ink"))
        painter.drawText(
            rect.adjusted(_LEFT, 0, -_RIGHT, 0), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text
        )


@lru_cache(maxsize=128)
def _drawn(_theme: theme.Theme, kind: str, width: int, height: int, ratio: int) -> QPixmap:
    """The box without its number, drawn once: a table of them is painted whenever it scrolls."""
    made = QPixmap(width * ratio, height * ratio)
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    _draw(painter, QRectF(0, 0, width, height), kind)
    painter.end()
    return made


def _draw(painter: QPainter, rect: QRectF, kind: str) -> None:
    contrast = theme.theme().contrast
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    width = 2.0 if kind in ("focus", "error") or (contrast and kind == "warn") else 1.0
    if kind == "error" and contrast:
        width = 3.0
    pen = QPen(theme.color(_EDGES.get(kind, "edge")), width)
    if kind == "unknown":
        pen.setStyle(Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([3, 2])
    inset = width / 2
    painter.setPen(pen)
    if kind == "frozen":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
    else:
        painter.setBrush(theme.color(_FILLS.get(kind, "surface")))
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), 3, 3)
    if kind == "blank":
        # as on paper: a dotted line to write on
        painter.setPen(QPen(theme.color("ink3"), 0))
        painter.setBrush(theme.color("ink3"))
        painter.setPen(Qt.PenStyle.NoPen)
        at = rect.left() + 8
        while at < rect.right() - 6:
            painter.drawEllipse(QPointF(at, rect.center().y() + 4), 0.8, 0.8)
            at += 8
    if name := _ICONS.get(kind):
        icons.paint(painter, name, _INKS[kind], rect.left() + _LEFT + 1, rect.center().y() - 7, _ICON)
    if (words := _WORDS.get(kind)) and rect.width() >= 90:  # a narrow box of two has room for the icon alone
        face = theme.font("secondary")
        painter.setFont(face)
        painter.setPen(theme.color(_INKS[kind]))
        box = rect.adjusted(26, 0, -2, 0)
        shown = QFontMetrics(face).elidedText(words, Qt.TextElideMode.ElideRight, int(box.width()))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, shown)
    painter.restore()


def words(kind: str, text: str = "") -> str:
    """What a screen reader says of a box."""
    spoken = _WORDS.get(kind) or text or "để trống"
    extra = {"error": "phải sửa", "warn": "nên xem lại", "computed": "máy tính ra"}.get(kind, "")
    return f"{spoken}, {extra}" if extra else spoken


class NumberCell(QWidget):
    """A box that only shows, for keys and examples."""

    def __init__(self, kind: str, text: str = "") -> None:
        super().__init__()
        self._kind, self._text = kind, text
        self.setAccessibleName(words(kind, text))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @guarded(QSize(WIDTH, HEIGHT))
    def sizeHint(self) -> QSize:
        return QSize(theme.px(WIDTH), theme.px(HEIGHT))

    @guarded(None)
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        paint_cell(QPainter(self), QRectF(self.rect()), self._kind, self._text)
