"""Several printed papers as one, to be printed in one go."""

from collections.abc import Sequence
from io import BytesIO

from hoctap_desktop.document.pdfium_lock import PDFIUM


def joined(papers: Sequence[bytes]) -> bytes:
    """One PDF with the pages of several of our own, in their order."""
    import pypdfium2

    with PDFIUM:
        whole = pypdfium2.PdfDocument.new()
        try:
            for paper in papers:
                part = pypdfium2.PdfDocument(paper)
                try:
                    whole.import_pages(part)
                finally:
                    part.close()
            written = BytesIO()
            whole.save(written)
        finally:
            whole.close()
    return written.getvalue()
