"""From the PDF to a printer: every page as a picture at the printer's own resolution. And measuring a PDF."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from hoctap_desktop.document.pdfium_lock import PDFIUM
from hoctap_desktop.filing.model import Filing
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.progress import Progress, silent
from hoctap_desktop.office.paper import print_filing, print_with_number
from hoctap_desktop.ui.paper.presenter import Checked, Inked, checks, written_text

# Beyond this a page of letters looks no better and takes 100 MB.
MOST_DPI = 600
POINTS = 72


@dataclass(frozen=True)
class Printer:
    """What there is to print on."""

    names: tuple[str, ...]
    default: str


def printers() -> Printer:
    """The printers of this machine; asking may take a while."""
    names = tuple(QPrinterInfo.availablePrinterNames())
    default = QPrinterInfo.defaultPrinterName()
    return Printer(names, default if default in names else next(iter(names), ""))


def make_printer(name: str, copies: int, *, both_sides: bool) -> QPrinter:
    """A QPrinter set up for A4 to the edge of the sheet: our PDFs carry their own margins."""
    printer = QPrinter(QPrinterInfo.printerInfo(name), QPrinter.PrinterMode.HighResolution)
    dress(printer, copies, both_sides=both_sides)
    return printer


def dress(printer: QPrinter, copies: int, *, both_sides: bool) -> None:
    """Paper, copies and sides."""
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    printer.setResolution(min(printer.resolution(), MOST_DPI))
    printer.setCopyCount(copies if printer.supportsMultipleCopies() else 1)
    modes = QPrinter.DuplexMode
    printer.setDuplex(modes.DuplexLongSide if both_sides else modes.DuplexNone)


def print_pdf(
    data: bytes, printer: QPrinter, copies: int, progress: Progress = silent, pages: Sequence[int] = ()
) -> None:
    """Prints these pages of `data` (from 1; () for all). Where the driver cannot make copies, they are sent again.

    A page that lies is turned: its upper edge, with the margin for binding, comes to the left of the standing sheet.

    Raises UserError(PRINT_FAILED) when the printer takes nothing; Cancelled between pages.
    """
    import pypdfium2

    rounds = 1 if printer.supportsMultipleCopies() else copies
    scale = printer.resolution() / POINTS
    with PDFIUM:
        document = pypdfium2.PdfDocument(data)
        wanted = tuple(pages) or tuple(range(1, len(document) + 1))
    total = len(wanted) * rounds
    painter = QPainter()
    if not painter.begin(printer):
        with PDFIUM:
            document.close()
        raise UserError(Code.PRINT_FAILED, printer=printer.printerName())
    try:
        for done in range(total):
            number = wanted[done % len(wanted)]
            progress(done, total, f"trang {number}")
            if done and not printer.newPage():
                raise UserError(Code.PRINT_FAILED, printer=printer.printerName())
            with PDFIUM:
                page = document[number - 1]
                bitmap = page.render(scale=scale, grayscale=True)
                raw = bytes(bitmap.buffer)
                image = QImage(raw, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_Grayscale8).copy()
                width, height = page.get_width() * scale, page.get_height() * scale
                page.close()
            painter.save()
            if width > height:
                painter.translate(0, width)
                painter.rotate(-90)
            painter.drawImage(QRectF(0, 0, width, height), image)
            painter.restore()
        progress(total, total)
    finally:
        painter.end()
        with PDFIUM:
            document.close()


def examine(filing: Filing, data: bytes, *, numbered: bool = False) -> tuple[Checked, ...]:
    """Measures the PDF of a filing and says what was checked (runs aside). numbered: printed again, with its number."""
    from dataclasses import replace

    from hoctap_desktop.document.layout import official

    if numbered:
        again = print_with_number(filing)
    else:
        # Number and day are filled in after signing: the pages were printed without them.
        again = print_filing(replace(filing, document_number="", document_day=None))
    marks = again.marks if again.data == data else None
    pages, text = measured(data)
    return checks(pages, official().page, marks, written_text(filing), text)


def measured(data: bytes) -> tuple[Sequence[Inked], str]:
    """Size and outermost letters of every page, and all the text in it."""
    import pypdfium2
    import pypdfium2.raw as raw

    pages, texts = [], []
    with PDFIUM:
        document = pypdfium2.PdfDocument(data)
        try:
            for page in document:
                lefts, rights = [page.get_width()], [0.0]
                for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
                    left, _, right, _ = item.get_bounds()
                    if right > left:
                        lefts.append(left)
                        rights.append(right)
                pages.append(Inked(page.get_width(), page.get_height(), min(lefts), max(rights)))
                text = page.get_textpage()
                texts.append(text.get_text_range())
                text.close()
                page.close()
        finally:
            document.close()
    return pages, "\n".join(texts)
