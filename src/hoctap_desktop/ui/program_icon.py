"""The program's own picture, resources/hoctap.svg, in every size a desktop asks for."""

import struct
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from hoctap_desktop.foundation import paths
from hoctap_desktop.foundation.files import replace_whole

SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)  # what Windows picks from at 100–200 %


def picture(size: int) -> QImage:
    """The picture, `size` by `size` pixels. Needs no screen and no application."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(QByteArray((paths.resources() / "hoctap.svg").read_bytes())).render(painter)
    painter.end()
    return image


def window_icon() -> QIcon:
    """For the title bar and the task bar."""
    made = QIcon()
    for size in SIZES:
        made.addPixmap(QPixmap.fromImage(picture(size)))
    return made


def write_ico(path: Path) -> None:
    """Writes the .ico of the frozen Windows program. Raises UserError(FILE_UNWRITABLE)."""
    replace_whole(path, ico({size: _png(picture(size)) for size in SIZES}))


def ico(pngs: Mapping[int, bytes]) -> bytes:
    """An .ico file of PNG pictures by their size in pixels (at most 256, which the format writes as 0)."""
    head = struct.pack("<HHH", 0, 1, len(pngs))
    entries, at = b"", len(head) + 16 * len(pngs)
    for size, png in pngs.items():
        entries += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(png), at)
        at += len(png)
    return head + entries + b"".join(pngs.values())


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs ask for bytes, the call for text
    return bytes(buffer.data().data())
