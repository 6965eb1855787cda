"""Pages of a PDF as pictures, and their letters: read on the painting thread, no widget among it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QImage

from hoctap_desktop.document import pdf_outside
from hoctap_desktop.document.pdfium_lock import PDFIUM
from hoctap_desktop.ui.widgets.page_text import Box, PageText

A4 = (595.276, 841.89)


@dataclass(frozen=True)
class Rendered:
    """Pages as pictures at `scale` device pixels per point; sizes in points."""

    data: bytes
    scale: float
    images: tuple[QImage, ...]
    sizes: tuple[tuple[float, float], ...]


def render_pages(data: bytes, scale: float, *, outside: bool = False) -> Rendered:
    """Every page of a PDF as a QImage (runs on the render thread). Our own PDFs have few pages.

    outside: it came from somebody else, and PDFium reads it in a process of its own. Raises UserError then, as
    document.pdf_outside.pages.
    """
    if outside:
        found = pdf_outside.pages(data, "trang in", scale)
        painted = tuple(
            QImage(one.rgb, one.width, one.height, 3 * one.width, QImage.Format.Format_RGB888).copy() for one in found
        )
        return Rendered(data, scale, painted, tuple(one.page for one in found))
    import pypdfium2

    images, sizes = [], []
    with PDFIUM:
        document = pypdfium2.PdfDocument(data)
        try:
            for page in document:
                bitmap = page.render(scale=scale, rev_byteorder=False)
                width, height = bitmap.width, bitmap.height
                raw = bytes(bitmap.buffer)
                kind = QImage.Format.Format_RGB888 if bitmap.n_channels == 3 else QImage.Format.Format_RGB32
                image = QImage(raw, width, height, bitmap.stride, kind)
                images.append(image.rgbSwapped() if bitmap.n_channels == 3 else image.copy())
                sizes.append((page.get_width(), page.get_height()))
                page.close()
        finally:
            document.close()
    return Rendered(data, scale, tuple(images), tuple(sizes))


def read_text(data: bytes, *, outside: bool = False) -> tuple[PageText, ...]:
    """The letters of every page of a PDF with their places (runs aside). outside: as render_pages."""
    if outside:
        return tuple(_page_text(text, boxes) for text, boxes in pdf_outside.letters(data, "trang in"))
    import pypdfium2

    with PDFIUM:
        document = pypdfium2.PdfDocument(data)
        try:
            return tuple(_page_text(text, boxes) for text, boxes in pdf_outside.letters_of(document))
        finally:
            document.close()


def _page_text(text: str, boxes: Sequence[pdf_outside.Box | None]) -> PageText:
    return PageText(text, tuple(None if box is None else Box(*box) for box in boxes))
