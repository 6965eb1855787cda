"""Lucide icons in the colour of a token, sharp at any scale.

The SVG files in resources/icons are Lucide's (ISC, parts MIT from Feather; texts beside them).
"""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QPointF, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from hoctap_desktop.foundation import paths
from hoctap_desktop.ui import theme

STROKE = "1.9"


@lru_cache(maxsize=128)
def _source(name: str) -> str:
    return (paths.resources() / "icons" / f"{name}.svg").read_text("utf-8")


@lru_cache(maxsize=512)
def _rendered(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    svg = _source(name).replace("currentColor", colour).replace('stroke-width="2"', f'stroke-width="{STROKE}"')
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    picture = QPixmap(round(size * ratio), round(size * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter)
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def pixmap(name: str, token: str = "ink", size: int = 18, ratio: float = 1.0) -> QPixmap:
    """The icon `name` (file name without .svg) in the colour of `token`, `size` logical pixels at `ratio`.

    Raises FileNotFoundError for a name that is not in resources/icons.
    """
    return _rendered(name, theme.theme().tokens[token], size, ratio)


def icon(name: str, token: str = "ink", size: int = 18) -> QIcon:
    """A QIcon with pixmaps for ratios 1, 1.5 and 2, and a disabled look."""
    made = QIcon()
    for ratio in (1.0, 1.5, 2.0):
        made.addPixmap(pixmap(name, token, size, ratio), QIcon.Mode.Normal)
        made.addPixmap(pixmap(name, "disabled", size, ratio), QIcon.Mode.Disabled)
    return made


def paint(painter: QPainter, name: str, token: str, x: float, y: float, size: int = 18) -> None:
    """Draws the icon with its top left corner at (x, y), at the painter's device pixel ratio."""
    ratio = painter.device().devicePixelRatioF()
    painter.drawPixmap(QPointF(round(x * ratio) / ratio, round(y * ratio) / ratio), pixmap(name, token, size, ratio))


def paint_in(painter: QPainter, name: str, token: str, rect: QRectF, size: int = 18) -> None:
    """Draws the icon in the middle of `rect`."""
    paint(painter, name, token, rect.center().x() - size / 2, rect.center().y() - size / 2, size)
