"""Documents as sheets (xlsx) that print on A4 as the PDF does: for those who go on counting with what is in a table.

Numbers in tables are numbers; text never becomes a formula. With its sisters the only user of openpyxl.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, time
from io import BytesIO
from itertools import pairwise
from typing import Any

from hoctap_desktop.document import fonts
from hoctap_desktop.document.layout import Layout, official
from hoctap_desktop.document.lines import printable
from hoctap_desktop.document.model import Document, Footer, Run, Runs, runs_text
from hoctap_desktop.document.sheet import COUNT_FORMAT, FONT, NO_DAY, timeless
from hoctap_desktop.document.sheet_flow import Box, SheetBlock, SheetSection, sheet_flow
from hoctap_desktop.foundation.numbers import print_count

_DOTS = 96 / 72  # dots of a screen in a point
_OWN_SIZE = 12.0
_DOTS_A_DIGIT = 8.0  # a column's width is counted in digits of the book's own font
_SAME = 2.0  # edges of columns nearer than this are one
_INCH = 72.0
_PAPER_A4 = 9
_ROOM_AT_RIGHT = 6.0  # of the right margin given to the columns: rounding must not push one onto another page
_COUNT = re.compile(r"0|[1-9]\d{0,2}(\.\d{3})*", re.ASCII)
_LARGEST = 10**15  # a sheet keeps fifteen digits
_MAIN, _APPENDIX = "Văn bản", "Phụ lục"


def render_sheet(document: Document) -> bytes:
    """The document as A4 workbook, the same bytes for the same input: one sheet, and one for each change of paper.

    Each paragraph is a cell, each cell of a table too; a page ends where it must by the rules of the decree. The
    lines break where the program that opens it breaks them.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils.indexed_list import IndexedList

    layout = official()
    book = Workbook()
    book.remove(book.active)
    # The first font is the one that widths are counted in: one whose digits are as wide on every machine.
    book._fonts = IndexedList([Font(name=FONT, size=_OWN_SIZE)])  # noqa: SLF001 - openpyxl has no public way
    book._named_styles["Normal"].font = Font(name=FONT, size=_OWN_SIZE)  # noqa: SLF001
    about = document.metadata
    moment = datetime.combine(about.created or NO_DAY, time())
    book.properties.title, book.properties.creator = about.title or None, about.author or "hoctap"
    book.properties.subject, book.properties.language = about.subject or None, "vi"
    book.properties.created = book.properties.modified = moment
    for number, section in enumerate(sheet_flow(document, layout, fonts.measure())):
        name = _MAIN if not number else _APPENDIX if number == 1 else f"{_APPENDIX} ({number})"
        _Page(book.create_sheet(name), section, layout).write(document.footer, first=number == 0)
    data = BytesIO()
    book.save(data)
    return timeless(data.getvalue(), moment)


class _Page:
    """One sheet of the workbook, being written."""

    def __init__(self, page: Any, section: SheetSection, layout: Layout) -> None:
        self._page, self._section, self._layout = page, section, layout
        self._edges = _edges(box for blocks in section.pages for block in blocks for box in block.boxes)
        self._looks = _Looks()

    def write(self, footer: Footer, *, first: bool) -> None:
        from openpyxl.worksheet.pagebreak import Break

        self._set_up(footer, first=first)
        row = 1
        for number, blocks in enumerate(self._section.pages):
            if number:
                self._page.row_breaks.append(Break(id=row - 1))
            for block in blocks:
                row = self._block(block, row)
        last = self._page.cell(max(row - 1, 1), max(len(self._edges) - 1, 1)).coordinate
        self._page.print_area = f"A1:{last}"

    def _set_up(self, footer: Footer, *, first: bool) -> None:
        from openpyxl.utils import get_column_letter

        page, size = self._page, self._section.page
        for place, (left, right) in enumerate(pairwise(self._edges), 1):
            dots = int(right * _DOTS) - int(left * _DOTS)
            page.column_dimensions[get_column_letter(place)].width = dots / _DOTS_A_DIGIT
        page.sheet_view.showGridLines = False
        page.page_setup.paperSize = _PAPER_A4
        page.page_setup.orientation = "landscape" if size.width > size.height else "portrait"
        margins = page.page_margins
        margins.left, margins.right = size.left / _INCH, (size.right - _ROOM_AT_RIGHT) / _INCH
        margins.top, margins.bottom = size.top / _INCH, (size.bottom - _ROOM_AT_RIGHT) / _INCH
        number, foot = self._layout.page_number, self._layout.footer
        margins.header = (number.baseline - number.size) / _INCH
        margins.footer = (foot.baseline - foot.size * 0.3) / _INCH
        page.HeaderFooter.differentFirst = first
        page.oddHeader.center.text = "&P"
        page.oddHeader.center.font, page.oddHeader.center.size = FONT, round(number.size)
        for part in (page.oddFooter, page.firstFooter):
            for place, text in ((part.left, footer.left), (part.center, footer.center), (part.right, footer.right)):
                if text.strip():
                    place.text = printable(text).strip().replace("&", "&&")
                    place.font, place.size = FONT, round(foot.size)

    def _block(self, block: SheetBlock, row: int) -> int:
        """Writes rows from `row` on; the row after them."""
        for number, height in enumerate(block.heights):
            self._page.row_dimensions[row + number].height = height
        for box in block.boxes:
            self._box(box, row)
        return row + len(block.heights)

    def _box(self, box: Box, row: int) -> None:
        top, bottom = row + box.first, row + box.last
        left, right = _column(self._edges, box.left) + 1, max(_column(self._edges, box.right), 1)
        cell = self._page.cell(top, left)
        if box.bordered or box.under:
            border = self._looks.border if box.bordered else self._looks.rule
            for line in self._page.iter_rows(top, bottom, left, right):
                for each in line:
                    each.border = border
        if not box.under and (top, left) != (bottom, right):
            self._page.merge_cells(start_row=top, end_row=bottom, start_column=left, end_column=right)
        if box.under:
            return
        cell.alignment = self._looks.alignment(box)
        _write(cell, box, self._looks)


def _write(cell: Any, box: Box, looks: "_Looks") -> None:
    """The value of a cell: a number in a table as a number, text in one style as text, else as rich text."""
    from openpyxl.cell.rich_text import CellRichText, TextBlock

    runs = _gathered(box.runs)
    text = runs_text(runs)
    cell.font = looks.font(runs[0].bold if runs else False, runs[0].italic if runs else False, box.size)
    if not text:
        return
    if box.bordered and _COUNT.fullmatch(text) and (value := int(text.replace(".", ""))) < _LARGEST:
        assert print_count(value) == text
        cell.value, cell.number_format = value, COUNT_FORMAT
    elif len(runs) == 1:
        cell.value = text
        cell.data_type = "s"  # else "=…" would be a live formula
    else:
        cell.value = CellRichText(*(TextBlock(looks.inline(run.bold, run.italic, box.size), run.text) for run in runs))


def _gathered(runs: Runs) -> Runs:
    """Neighbours of one style as one; space takes the style of what stands before it."""
    found: list[Run] = []
    for run in runs:
        blank = not run.text.strip(" \u00a0\n")
        if found and (blank or (found[-1].bold, found[-1].italic) == (run.bold, run.italic)):
            found[-1] = Run(found[-1].text + run.text, found[-1].bold, found[-1].italic)
        elif found and not found[-1].text.strip(" \u00a0\n"):
            found[-1] = Run(found[-1].text + run.text, run.bold, run.italic)
        elif run.text:
            found.append(run)
    return tuple(found)


def _edges(boxes: Iterable[Box]) -> list[float]:
    """The edges of the sheet's columns: wherever a box begins or ends."""
    found: list[float] = []
    for edge in sorted({edge for box in boxes for edge in (box.left, box.right)} | {0.0}):
        if not found or edge - found[-1] > _SAME:
            found.append(edge)
    return found


def _column(edges: Sequence[float], place: float) -> int:
    return min(range(len(edges)), key=lambda number: abs(edges[number] - place))


class _Looks:
    """Fonts, borders and alignments, each made once."""

    def __init__(self) -> None:
        from openpyxl.styles import Border, Side

        line = Side(style="thin", color="FF000000")
        self.border, self.rule = Border(left=line, right=line, top=line, bottom=line), Border(bottom=line)
        self._fonts: dict[tuple[bool, bool, float], Any] = {}
        self._inline: dict[tuple[bool, bool, float], Any] = {}
        self._alignments: dict[tuple[str, bool], Any] = {}

    def font(self, bold: bool, italic: bool, size: float) -> Any:
        from openpyxl.styles import Font

        key = bold, italic, size
        return self._fonts.setdefault(key, Font(name=FONT, size=size, bold=bold, italic=italic))

    def inline(self, bold: bool, italic: bool, size: float) -> Any:
        from openpyxl.cell.text import InlineFont

        key = bold, italic, size
        return self._inline.setdefault(key, InlineFont(rFont=FONT, sz=size, b=bold or None, i=italic or None))

    def alignment(self, box: Box) -> Any:
        from openpyxl.styles import Alignment

        horizontal = "justify" if box.align == "both" else box.align
        key = horizontal, box.wrapped
        made = Alignment(horizontal=horizontal, vertical="center", wrap_text=box.wrapped)
        return self._alignments.setdefault(key, made)
