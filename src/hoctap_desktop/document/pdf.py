"""Documents as PDF, byte for byte the same for the same input. The only user of reportlab beside fonts.py."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from typing import Any, assert_never

from hoctap_desktop.document import fonts
from hoctap_desktop.document.accents import clusters, drawn_letter, has_accents, place_accents
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
from hoctap_desktop.document.qr import Symbol, symbol
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.text import to_nfc

FieldOf = Callable[[str], str]
"""The key of a block -> the name of the form's field behind it, "" when there is none."""

NO_DAY = date(2000, 1, 1)
_EXCERPT = 30


def no_field(_key: str) -> str:
    """Of a document that comes from no form."""
    return ""


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


def render(document: Document, layout: Layout | None = None, field_of: FieldOf = no_field) -> Printed:
    """The document as A4 PDF, everything embedded, the same bytes for the same input.

    field_of: what the field that a key comes from is called on the screen. Raises UserError(LETTER_MISSING) naming
    field (or place on the page) and letter before anything is printed.
    """
    layout = layout or official()
    _refuse_missing_letters(document, field_of)
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


@dataclass(frozen=True)
class _Place:
    """A printed text. name: of its place on the page, for people; excerpt: its first words, when it is one of many."""

    key: str
    name: str
    text: str
    excerpt: str = ""


def _refuse_missing_letters(document: Document, field_of: FieldOf) -> None:
    for place in _places(document):
        letter = fonts.lacking(printable(place.text))
        if letter:
            codepoint = " ".join(f"U+{ord(c):04X}" for c in letter)
            name = field_of(place.key) or place.name
            field = f"{name}: {place.excerpt}" if place.excerpt else name
            raise UserError(Code.LETTER_MISSING, field=field, letter=letter, codepoint=codepoint)


def _places(document: Document) -> Iterator[_Place]:
    """Every printed text. Cells of the letterhead are the unit's own; they have no key."""
    head = document.letterhead
    for text in (*head.governing, *head.issuing):
        yield _Place("", "Tên cơ quan", text)
    yield _Place("", "Số và ký hiệu", f"{head.number}/{head.symbol}")
    yield _Place("", "Địa danh", head.place)
    yield _Place("", "Tên loại văn bản", document.title.kind)
    yield _Place("subject", "Trích yếu", document.title.subject)
    for block in (*document.blocks, *document.appendix):
        yield from _block_places(block)
    if document.recipients:
        for heading, items in document.recipients.groups:
            for text in (heading, *items):
                yield _Place(document.recipients.key, "Nơi nhận", text)
    if document.signature:
        for text in (*document.signature.capacity, document.signature.note):
            yield _Place("signer.title", "Chức vụ người ký", text)
        yield _Place("signer.name", "Họ tên người ký", document.signature.name)
    for text in (document.footer.left, document.footer.center, document.footer.right):
        yield _Place("", "Chân trang", text)


def _block_places(block: Block) -> Iterator[_Place]:
    match block:
        case LegalBasis(runs=runs, key=key):
            yield _Place(key, "Căn cứ", runs_text(runs), _excerpt(runs_text(runs)))
        case Heading(number=number, runs=runs, key=key):
            text = f"{number} {runs_text(runs)}"
            yield _Place(key, "Đề mục", text, _excerpt(text))
        case Paragraph(runs=runs, key=key) | SpecialLine(runs=runs, key=key):
            yield _Place(key, "Đoạn", runs_text(runs), _excerpt(runs_text(runs)))
        case Bullet(mark=mark, runs=runs, key=key):
            text = f"{mark} {runs_text(runs)}"
            yield _Place(key, "Đoạn", text, _excerpt(text))
        case Table(columns=columns, rows=rows, key=key):
            for column in columns:
                yield _Place(key, "Tên cột của bảng", column.title)
            for row in rows:
                excerpt = _excerpt(" ".join(runs_text(cell) for cell in row.cells))
                for cell in row.cells:
                    yield _Place(row.key, "Bảng, dòng", runs_text(cell), excerpt)
        case AppendixTitle(number=number, title=title, attached_to=attached_to):
            for text in (number, title, attached_to):
                yield _Place("", "Tên phụ lục", text)
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
        last = number == len(made)
        _draw_footer(canvas, document.footer if last else replace(document.footer, qr=""), layout, measure)
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
    width = size.text_width
    if footer.qr:
        width -= layout.qr.size
        _draw_qr(canvas, symbol(footer.qr), size.left + width, layout)
        width -= layout.qr.gap
    if not any(texts):
        return
    y = size.height - look.rule
    _draw(canvas, Rule(0.0, y, width, y, look.rule_width), size.left, 0.0, size.height)
    for text, place in zip(texts, (0.0, 0.5, 1.0), strict=True):
        if text:
            x = (width - measure(text, False, False, look.size)) * place
            item = Text(x, size.height - look.baseline, text, look.size)
            _draw(canvas, item, size.left, 0.0, size.height)


def _draw_qr(canvas: Any, found: Symbol, left: float, layout: Layout) -> None:
    """A symbol as one filled shape: squares painted one by one would show hair lines between them."""
    module = layout.qr.size / found.size
    shape = canvas.beginPath()
    for dark in found.dark:
        y = layout.qr.bottom + layout.qr.size - (dark.row + 1) * module
        shape.rect(left + dark.column * module, y, dark.width * module, module)
    canvas.drawPath(shape, stroke=0, fill=1)


def _draw(canvas: Any, item: Text | Rule, left: float, top: float, height: float) -> None:
    """Draws an item whose origin is at `left`, `top` of the page (y downwards)."""
    match item:
        case Text(text=text) if has_accents(text):
            _draw_with_accents(canvas, item, left, height - top)
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


def _draw_with_accents(canvas: Any, item: Text, left: float, top: float) -> None:
    """Text with signs that have to be placed. Each word with one says what it is read as: copying gives it back."""
    measure = fonts.measure()
    ink, slope = fonts.ink(item.bold, item.italic), fonts.slope(item.bold, item.italic)
    x, y, unit = left + item.x, top - item.y, item.size / 1000

    def put(text: str, x: float, y: float) -> None:
        line = canvas.beginText(x, y)
        line.setFont(fonts.face(item.bold, item.italic), item.size)
        line.setWordSpace(item.spacing)
        line.textOut(text)
        line.setWordSpace(0)
        canvas.drawText(line)

    for part in re.findall(r"[^ ]+ *| +", item.text):
        word = part.rstrip(" ")
        if not has_accents(word):
            put(part, x, y)
            x += measure(part, item.bold, item.italic, item.size) + part.count(" ") * item.spacing
            continue
        canvas.addLiteral(f"/Span <</ActualText <FEFF{word.encode('utf-16-be').hex().upper()}>>> BDC")
        for cluster in clusters(word):
            letter = drawn_letter(cluster)
            put(letter, x, y)
            for accent in place_accents(cluster, ink, slope):
                put(accent.sign, x + accent.x * unit, y + accent.y * unit)
            x += measure(letter, item.bold, item.italic, item.size)
        canvas.addLiteral("EMC")
        x += (measure(" ", item.bold, item.italic, item.size) + item.spacing) * (len(part) - len(word))
