"""Documents as PDF, byte for byte the same for the same input: tagged in reading order, as an archive wants it.

The file is written by pdf_file.py; the font programs in it are cut by reportlab (fonts.py).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from hoctap_desktop.document import fonts
from hoctap_desktop.document.archive import srgb_profile, xmp
from hoctap_desktop.document.flow import Sheet, sheets
from hoctap_desktop.document.layout import Layout, PageSize, official
from hoctap_desktop.document.letters import FieldOf, no_field, refuse_missing_letters
from hoctap_desktop.document.lines import Measure, printable
from hoctap_desktop.document.model import Document, Footer
from hoctap_desktop.document.page_content import FontUse, PageContent
from hoctap_desktop.document.pdf_file import Name, PdfFile, Raw, Ref, Value
from hoctap_desktop.document.pieces import BULLET, Piece, Rule, Text
from hoctap_desktop.document.qr import symbol
from hoctap_desktop.document.structure import Structure
from hoctap_desktop.foundation.text import to_nfc

NO_DAY = date(2000, 1, 1)
TOOL = "hoctap"


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
    refuse_missing_letters(document, field_of)
    measure = fonts.measure()
    made = sheets(document, layout, measure)
    return Printed(_File(document, layout, measure).written(made), len(made), tuple(_marks(made)))


def _marks(made: Sequence[Sheet]) -> Iterator[Mark]:
    for number, sheet in enumerate(made, 1):
        found: dict[str, tuple[float, float]] = {}
        for placed in sheet.page:
            if placed.piece.key:
                top, bottom = found.get(placed.piece.key, (placed.top, placed.bottom))
                found[placed.piece.key] = min(top, placed.top), max(bottom, placed.bottom)
        for key, (top, bottom) in found.items():
            yield Mark(key, number, top + sheet.size.top, bottom + sheet.size.top)


@dataclass(frozen=True)
class _Bookmark:
    """An entry of the outline: depth from 0, where it leads."""

    depth: int
    text: str
    page: Ref
    y: float


class _File:
    """One document on its way into a file."""

    def __init__(self, document: Document, layout: Layout, measure: Measure) -> None:
        self._document, self._layout, self._measure = document, layout, measure
        self._file = PdfFile()
        self._fonts = FontUse()
        self._structure = Structure()
        self._bookmarks: list[_Bookmark] = []
        self._pieces = 0

    def written(self, made: Sequence[Sheet]) -> bytes:
        file = self._file
        root, tree, fonts_used = file.reserve(), file.reserve(), file.reserve()
        pages = [
            self._page(number, sheet, tree, fonts_used, last=number == len(made))
            for number, sheet in enumerate(made, 1)
        ]
        file.set(tree, {"Type": Name("Pages"), "Kids": pages, "Count": len(pages)})
        file.set(fonts_used, self._fonts.add_to(file))
        about = self._document.metadata
        day = about.created or NO_DAY
        title, author, subject = (to_nfc(text) for text in (about.title, about.author, about.subject))
        moment = Raw(f"(D:{day.year:04d}{day.month:02d}{day.day:02d}000000+07'00')".encode())
        info: dict[str, Value] = {"Title": title, "Author": author, "Subject": subject, "Creator": TOOL}
        info |= {"Producer": TOOL, "CreationDate": moment, "ModDate": moment}
        packet = xmp(title=title, author=author, subject=subject, day=day, tool=TOOL, identifier=about.identifier)
        profile = file.add_stream(srgb_profile(), {"N": 3})
        catalog: dict[str, Value] = {
            "Type": Name("Catalog"),
            "Pages": tree,
            "Lang": Raw(b"(vi)"),
            "ViewerPreferences": {"DisplayDocTitle": True},
            "MarkInfo": {"Marked": True},
            "Metadata": file.add_stream(packet, {"Type": Name("Metadata"), "Subtype": Name("XML")}, packed=False),
            "OutputIntents": [
                {
                    "Type": Name("OutputIntent"),
                    "S": Name("GTS_PDFA1"),
                    "OutputConditionIdentifier": Raw(b"(sRGB)"),
                    "Info": Raw(b"(sRGB)"),
                    "DestOutputProfile": profile,
                }
            ],
            "StructTreeRoot": self._structure.add_to(file, pages),
        }
        if self._bookmarks:
            catalog["Outlines"] = self._outlines()
        return file.finished(file.set(root, catalog), file.add(info))

    # --- pages ---------------------------------------------------------------------------------------------------

    def _page(self, number: int, sheet: Sheet, tree: Ref, fonts_used: Ref, *, last: bool) -> Ref:
        size, page = sheet.size, self._file.reserve()
        content = PageContent(self._fonts, self._measure, size.height)
        if number > 1:
            content.begin_ornament()
            content.text(self._page_number(number, size), size.left, 0.0)
            content.end()
        for placed in sheet.page:
            if placed.piece.bookmark:
                level, text = placed.piece.bookmark
                self._bookmark(level, text, page, size.height - size.top - placed.top)
            self._piece(placed.piece, content, number - 1, size.left, size.top + placed.top)
        footer = self._document.footer
        content.begin_ornament()
        self._footer(footer if last else replace(footer, qr=""), content, size)
        content.end()
        entries: dict[str, Value] = {"Type": Name("Page"), "Parent": tree, "Tabs": Name("S")}
        entries |= {"MediaBox": [0, 0, size.width, size.height], "Resources": {"Font": fonts_used}}
        entries |= {"Contents": self._file.add_stream(content.data()), "StructParents": number - 1}
        return self._file.set(page, entries)

    def _piece(self, piece: Piece, content: PageContent, page: int, left: float, top: float) -> None:
        """Draws a piece: its texts, line by line, as the part of the document they are; its rules as ornament."""
        self._pieces += 1
        before: tuple[int, float] | None = None
        for text in piece.items:
            if not isinstance(text, Text):
                continue
            if (text.cell, text.y) != before:
                if before is not None:
                    content.end()
                before = text.cell, text.y
                if piece.tag:
                    tag = ("Lbl", "LBody")[text.cell] if piece.tag == BULLET else piece.tag
                    content.begin(tag, self._structure.place(piece, self._pieces, text.cell, page))
                else:
                    content.begin_ornament()
            content.text(text, left, top)
        if before is not None:
            content.end()
        rules = [item for item in piece.items if isinstance(item, Rule)]
        if rules:
            content.begin_ornament()
            for rule in rules:
                content.rule(rule, left, top)
            content.end()

    def _page_number(self, number: int, size: PageSize) -> Text:
        look, text = self._layout.page_number, str(number)
        x = (size.text_width - self._measure(text, False, False, look.size)) / 2
        return Text(x, look.baseline, text, look.size)

    def _footer(self, footer: Footer, content: PageContent, size: PageSize) -> None:
        look, measure, width = self._layout.footer, self._measure, size.text_width
        if footer.qr:
            qr = self._layout.qr
            width -= qr.size
            content.symbol(symbol(footer.qr), size.left + width, qr.bottom, qr.size)
            width -= qr.gap
        texts = [printable(text).strip() for text in (footer.left, footer.center, footer.right)]
        if not any(texts):
            return
        y = size.height - look.rule
        content.rule(Rule(0.0, y, width, y, look.rule_width), size.left, 0.0)
        for text, place in zip(texts, (0.0, 0.5, 1.0), strict=True):
            if text:
                x = (width - measure(text, False, False, look.size)) * place
                content.text(Text(x, size.height - look.baseline, text, look.size), size.left, 0.0)

    # --- the outline ---------------------------------------------------------------------------------------------

    def _bookmark(self, level: int, text: str, page: Ref, y: float) -> None:
        """A level that was skipped in the document is skipped by none."""
        deepest = self._bookmarks[-1].depth + 1 if self._bookmarks else 0
        self._bookmarks.append(_Bookmark(min(level - 1, deepest), " ".join(text.split()), page, y))

    def _outlines(self) -> Ref:
        file, marks = self._file, self._bookmarks
        root = file.reserve()
        refs = [file.reserve() for _ in marks]
        above: list[int | None] = []
        path: list[int] = []
        for number, mark in enumerate(marks):
            del path[mark.depth :]
            above.append(path[-1] if path else None)
            path.append(number)
        sisters: dict[int | None, list[int]] = {}
        for number, parent in enumerate(above):
            sisters.setdefault(parent, []).append(number)
        for parent, family in sisters.items():
            for place, number in enumerate(family):
                mark = marks[number]
                entry: dict[str, Value] = {"Title": mark.text, "Parent": root if parent is None else refs[parent]}
                entry["Dest"] = [mark.page, Name("FitH"), mark.y]
                if place:
                    entry["Prev"] = refs[family[place - 1]]
                if place + 1 < len(family):
                    entry["Next"] = refs[family[place + 1]]
                if below := sisters.get(number):
                    entry |= {"First": refs[below[0]], "Last": refs[below[-1]], "Count": _offspring(number, sisters)}
                file.set(refs[number], entry)
        top = sisters[None]
        ends: dict[str, Value] = {"First": refs[top[0]], "Last": refs[top[-1]], "Count": len(marks)}
        return file.set(root, {"Type": Name("Outlines"), **ends})


def _offspring(number: int, sisters: dict[int | None, list[int]]) -> int:
    """How many entries stand below one, at any depth."""
    return sum(1 + _offspring(below, sisters) for below in sisters.get(number, ()))
