"""What a PDF that came from elsewhere says on its first and last page. Loads pypdfium2 when asked."""

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

# PDFium may be in one thread at a time only, whoever calls it.
PDFIUM = threading.Lock()
# Far more than a printed page holds; a page made to hold more is looked at from both its ends.
_MOST_LETTERS = 20_000


def ends_text(data: bytes) -> str:
    """The text of the first and the last page; "" for what is no PDF, or one without text (a scan)."""
    import pypdfium2

    with PDFIUM:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError:
            return ""
        try:
            return "\n".join(_page_text(document, number) for number in sorted({0, len(document) - 1}) if number >= 0)
        except pypdfium2.PdfiumError:
            return ""
        finally:
            document.close()


def carries_code(data: bytes, code: str) -> bool:
    """True when the first or the last page shows the paper code, however its letters are set apart."""
    return _bare(code) in _bare(ends_text(data))


def _page_text(document: "PdfDocument", number: int) -> str:
    page = document[number]
    try:
        letters = page.get_textpage()
        try:
            count: int = letters.count_chars()
            if count <= _MOST_LETTERS:
                return str(letters.get_text_range(0, count)) if count else ""
            half = _MOST_LETTERS // 2
            return f"{letters.get_text_range(0, half)}\n{letters.get_text_range(count - half, half)}"
        finally:
            letters.close()
    finally:
        page.close()


def _bare(text: str) -> str:
    return "".join(c for c in text.upper() if c.isalnum())
