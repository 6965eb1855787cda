"""A QR code painted module by module, with its quiet zone."""

from functools import lru_cache

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from hoctap_desktop.ui import theme
from hoctap_desktop.ui.guarded import guarded


@lru_cache(maxsize=16)
def modules(text: str) -> tuple[tuple[bool, ...], ...]:
    """The dark modules of the QR code of `text`, row by row, medium error correction."""
    import segno

    return tuple(tuple(bool(cell) for cell in row) for row in segno.make_qr(text, error="m").matrix)


class QrCode(QWidget):
    """Black on white whatever the theme: a scanner reads it off the screen."""

    def __init__(self, size: int = 112) -> None:
        super().__init__()
        self._text = ""
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_text(self, text: str) -> None:
        self._text = text
        self.setAccessibleName("Mã vuông của mã giấy" if text else "")
        self.update()

    def text(self) -> str:
        return self._text

    @guarded(QSize(112, 112))
    def sizeHint(self) -> QSize:
        return QSize(theme.px(self._size), theme.px(self._size))

    @guarded(None)
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        if not self._text:
            return
        painter = QPainter(self)
        rows = modules(self._text)
        ratio = self.devicePixelRatioF()
        # whole device pixels: a module with a soft edge is read badly
        unit = max(1, int(self.width() * ratio / len(rows))) / ratio
        left = (self.width() - unit * len(rows)) / 2
        for y, row in enumerate(rows):
            for x, dark in enumerate(row):
                if dark:
                    painter.fillRect(QRectF(left + x * unit, left + y * unit, unit, unit), theme.color("ink"))
