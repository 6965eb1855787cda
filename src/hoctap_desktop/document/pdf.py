"""Documents as PDF, byte for byte the same for the same input. The only user of reportlab beside fonts.py."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any, assert_never

from hoctap_desktop.document import fonts
from hoctap_desktop.document.flow import pages
from hoctap_desktop.document.layout import Layout, official
from hoctap_desktop.document.lines import Measure, printable
from hoctap_desktop.document.model import (
    AppendixTitle,
    Block,
    Bullet,
    Document,
    Footer,
    Heading,
    LegalBasis,
    PageBreak,
    Paragraph,
    SpecialLine,
    Table,
    runs_text,
)
from hoctap_desktop.document.pieces import Page, Rule, Text
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.text import to_nfc

NO_DAY = date(2000, 1, 1)
_EXCERPT = 30


@dataclass(frozen=True)
class Mark:
    """Where a keyed block is printed: page from 1; top, bottom in points from the page's upper edge.

    A block that goes over several pages has a mark on each. Letterhead, title and signature block, when they have no
    key of their own, are called "letterhead", "title", "signature".
    """

    key: str
    page: int
    top: float
    bottom: float


@dataclass(frozen=True)
class Printed:
    """A printed document: the PDF's bytes, its number of pages, where its blocks are, in printed order."""

    data: bytes
    pages: int
    marks: tuple[Mark, ...]


def render(document: Document, layout: Layout | None = None) -> Printed:
    """The document as A4 PDF, everything embedded, the same bytes for the same input.

    Raises UserError(LETTER_MISSING) naming the place and the letter before anything is printed.
    """
    layout = layout or official()
    _refuse_missing_letters(document)
    measure = fonts.measure()
    made = pages(document, layout, measure)
    return Printed(_drawn(document, made, layout, measure), len(made), tuple(_marks(made, layout)))


def _marks(made: tuple[Page, ...], layout: Layout) -> Iterator[Mark]:
    for number, page in enumerate(made, 1):
        found: dict[str, tuple[float, float]] = {}
        for placed in page:
            if placed.piece.key:
                top, bottom = found.get(placed.piece.key, (placed.top, placed.bottom))
                found[placed.piece.key] = min(top, placed.top), max(bottom, placed.bottom)
        for key, (top, bottom) in found.items():
            yield Mark(key, number, top + layout.page.top, bottom + layout.page.top)


# --- letters -----------------------------------------------------------------------------------------------------


def _refuse_missing_letters(document: Document) -> None:
    for field, text in _texts(document):
        letter = fonts.lacking(printable(text))
        if letter:
            codepoint = " ".join(f"U+{ord(c):04X}" for c in letter)
            raise UserError(Code.LETTER_MISSING, field=field, letter=letter, codepoint=codepoint)


def _texts(document: Document) -> Iterator[tuple[str, str]]:
    """Every printed text with the name of its place, for people."""
    head = document.letterhead
    for text in (*head.governing, *head.issuing):
        yield "Tên cơ quan", text
    yield "Số và ký hiệu", f"{head.number}/{head.symbol}"
    yield "Địa danh", head.place
    yield "Tên loại văn bản", document.title.kind
    yield "Trích yếu", document.title.subject
    for block in (*document.blocks, *document.appendix):
        yield from _block_texts(block)
    if document.recipients:
        for heading, items in document.recipients.groups:
            for text in (heading, *items):
                yield "Nơi nhận", text
    if document.signature:
        for text in (*document.signature.capacity, document.signature.note):
            yield "Chức vụ người ký", text
        yield "Họ tên người ký", document.signature.name
    for text in (document.footer.left, document.footer.center, document.footer.right):
        yield "Chân trang", text


def _block_texts(block: Block) -> Iterator[tuple[str, str]]:
    match block:
        case LegalBasis(runs=runs):
            yield f"Căn cứ: {_excerpt(runs_text(runs))}", runs_text(runs)
        case Heading(number=number, runs=runs):
            text = f"{number} {runs_text(runs)}"
            yield f"Đề mục: {_excerpt(text)}", text
        case Paragraph(runs=runs) | SpecialLine(runs=runs):
            yield f"Đoạn: {_excerpt(runs_text(runs))}", runs_text(runs)
        case Bullet(mark=mark, runs=runs):
            text = f"{mark} {runs_text(runs)}"
            yield f"Đoạn: {_excerpt(text)}", text
        case Table(columns=columns, rows=rows):
            for column in columns:
                yield "Tên cột của bảng", column.title
            for row in rows:
                name = "Bảng, dòng: " + _excerpt(" ".join(runs_text(cell) for cell in row.cells))
                for cell in row.cells:
                    yield name, runs_text(cell)
        case AppendixTitle(number=number, title=title, attached_to=attached_to):
            for text in (number, title, attached_to):
                yield "Tên phụ lục", text
        case PageBreak():
            return
        case _:
            assert_never(block)


def _excerpt(text: str) -> str:
    text = " ".join(printable(text).split())
    return text if len(text) <= _EXCERPT else text[:_EXCERPT].rsplit(" ", 1)[0] + "…"


# --- drawing -----------------------------------------------------------------------------------------------------


def _drawn(document: Document, made: tuple[Page, ...], layout: Layout, measure: Measure) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    size = layout.page
    data = BytesIO()
    canvas = Canvas(
        data, pagesize=(size.width, size.height), pageCompression=1, invariant=1, lang="vi",
        initialFontName=fonts.face(False, False), initialFontSize=layout.body.size,
    )  # fmt: skip
    _describe(canvas, document)
    outline = _Outline(canvas)
    for number, page in enumerate(made, 1):
        if number > 1:
            _draw(canvas, _page_number(number, layout, measure), size.left, 0.0, size.height)
        for placed in page:
            if placed.piece.bookmark:
                outline.add(*placed.piece.bookmark, size.height - size.top - placed.top)
            for item in placed.piece.items:
                _draw(canvas, item, size.left, size.top + placed.top, size.height)
        _draw_footer(canvas, document.footer, layout, measure)
        canvas.showPage()
    canvas.save()
    return data.getvalue()


def _page_number(number: int, layout: Layout, measure: Measure) -> Text:
    look, text = layout.page_number, str(number)
    x = (layout.page.text_width - measure(text, False, False, look.size)) / 2
    return Text(x, look.baseline, text, look.size)


def _describe(canvas: Any, document: Document) -> None:
    meta = document.metadata
    canvas.setTitle(to_nfc(meta.title))
    canvas.setAuthor(to_nfc(meta.author))
    canvas.setSubject(to_nfc(meta.subject))
    canvas.setCreator("hoctap")
    canvas.setProducer("hoctap")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    # The library knows only "now" and the year 2000; the day of the document is the same for the same document.
    day = meta.created or NO_DAY
    canvas.setDateFormatter(lambda *_now: f"D:{day.year:04d}{day.month:02d}{day.day:02d}000000+07'00'")


class _Outline:
    """The PDF's bookmarks; a level that was skipped in the document is skipped by none."""

    def __init__(self, canvas: Any) -> None:
        self._canvas = canvas
        self._depth = -1
        self._count = 0

    def add(self, level: int, text: str, y: float) -> None:
        """An entry that leads to the height `y` of the page being drawn."""
        self._count += 1
        self._depth = min(level - 1, self._depth + 1)
        place = f"heading-{self._count}"  # the library keeps one entry a place
        self._canvas.bookmarkHorizontal(place, 0, y)
        self._canvas.addOutlineEntry(" ".join(text.split()), place, self._depth, closed=False)


def _draw_footer(canvas: Any, footer: Footer, layout: Layout, measure: Measure) -> None:
    look, size = layout.footer, layout.page
    texts = [printable(text).strip() for text in (footer.left, footer.center, footer.right)]
    if not any(texts):
        return
    y = size.height - look.rule
    _draw(canvas, Rule(0.0, y, size.text_width, y, look.rule_width), size.left, 0.0, size.height)
    for text, place in zip(texts, (0.0, 0.5, 1.0), strict=True):
        if text:
            x = (size.text_width - measure(text, False, False, look.size)) * place
            item = Text(x, size.height - look.baseline, text, look.size)
            _draw(canvas, item, size.left, 0.0, size.height)


def _draw(canvas: Any, item: Text | Rule, left: float, top: float, height: float) -> None:
    """Draws an item whose origin is at `left`, `top` of the page (y downwards)."""
    match item:
        case Text(x, y, text, size, bold, italic, spacing):
            line = canvas.beginText(left + x, height - top - y)
            line.setFont(fonts.face(bold, italic), size)
            if spacing:
                line.setWordSpace(spacing)
            line.textOut(text)
            if spacing:
                line.setWordSpace(0)
            canvas.drawText(line)
        case Rule(x1, y1, x2, y2, width):
            canvas.setLineWidth(width)
            canvas.line(left + x1, height - top - y1, left + x2, height - top - y2)
        case _:
            assert_never(item)
