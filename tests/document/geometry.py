"""The page measured: every element of the decree's page (domain.md §2), found in the PDF and compared with its place.

The figures stand here a second time, in millimetres and points, on purpose: the layout file must not check itself.
"""

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2
import pypdfium2.raw as raw

from hoctap_desktop.document.lines import printable
from hoctap_desktop.document.model import (
    AppendixTitle,
    Block,
    Bullet,
    Document,
    Heading,
    LegalBasis,
    PageBreak,
    Paragraph,
    SpecialLine,
    Table,
    runs_text,
)

MM = 72 / 25.4
TOLERANCE = 0.5  # mm
LEFT, RIGHT, TOP, BOTTOM = 30.0, 195.0, 20.0, 277.0
MIDDLE = (LEFT + RIGHT) / 2
LEFT_BLOCK = 63.25  # middle of the 66.5 mm the names have
LEFT_BLOCK_END = 96.5
RIGHT_BLOCK = 147.0  # middle of what is right of 99 mm
SIGNER_BLOCK = 150.45  # middle of what is right of 105.9 mm
COUNTRY_BASE, MOTTO_BASE, MOTTO_RULE = 24.3, 29.9, 32.0
NAME_PITCH, FIRST_NAME_BASE = 5.47, 24.3
NUMBER_BASE = 43.2  # for names of up to three lines; more push it down
NUMBER_TO_TITLE, RULE_TO_BODY = 12.15, 11.9
LINE, PARAGRAPH = 6.42, 8.54  # from base line to base line, 18.2 and 24.2 points
TEXT_TO_SIGNER = 11.35
APPENDIX_TO_TEXT = 12.07
PAGE_NUMBER_BASE = 13.0
NUMBER_BLANK, DAY_BLANK = 10.58, 8.47  # 30 and 24 points


@dataclass(frozen=True)
class Letter:
    """A letter of the PDF. Places in mm, y downwards; y is the base line."""

    text: str
    page: int
    left: float
    right: float
    y: float
    size: float
    bold: bool
    italic: bool


@dataclass(frozen=True)
class Stroke:
    """A horizontal rule, mm; its thickness in points."""

    page: int
    left: float
    right: float
    y: float
    thickness: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    @property
    def length(self) -> float:
        return self.right - self.left


@dataclass(frozen=True)
class Row:
    """Letters on one base line."""

    letters: tuple[Letter, ...]

    @property
    def left(self) -> float:
        return self.letters[0].left

    @property
    def right(self) -> float:
        return max(letter.right for letter in self.letters)

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def y(self) -> float:
        return self.letters[0].y

    @property
    def page(self) -> int:
        return self.letters[0].page

    @property
    def text(self) -> str:
        return "".join(letter.text for letter in self.letters)


@dataclass(frozen=True)
class Measured:
    """What a PDF holds. sizes: of the pages, mm."""

    letters: tuple[Letter, ...]
    strokes: tuple[Stroke, ...]
    sizes: tuple[tuple[float, float], ...]


def measured(data: bytes) -> Measured:
    """Every letter but spaces in the order drawn, every horizontal rule, every page's size."""
    letters: list[Letter] = []
    strokes: list[Stroke] = []
    sizes: list[tuple[float, float]] = []
    with pypdfium2.PdfDocument(data) as file:
        for number in range(len(file)):
            page = file[number]
            width, height = page.get_size()
            sizes.append((width / MM, height / MM))
            letters += _letters(page, number, height)
            for item in page.get_objects([raw.FPDF_PAGEOBJ_PATH]):
                left, bottom, right, top = item.get_bounds()
                thick = ctypes.c_float()
                raw.FPDFPageObj_GetStrokeWidth(item.raw, thick)
                if top - bottom < 3 and right - left > 3:
                    edge = thick.value / 2
                    y = (height - (top + bottom) / 2) / MM
                    strokes.append(Stroke(number, (left + edge) / MM, (right - edge) / MM, y, thick.value))
    return Measured(tuple(letters), tuple(strokes), tuple(sizes))


def _letters(page: pypdfium2.PdfPage, number: int, height: float) -> Iterator[Letter]:
    text = page.get_textpage()
    x, y = ctypes.c_double(), ctypes.c_double()
    name = ctypes.create_string_buffer(100)
    for index in range(text.count_chars()):
        # PDFium tells a hyphen at the end of a line by a number of its own
        letter = "-" if raw.FPDFText_IsHyphen(text.raw, index) == 1 else chr(raw.FPDFText_GetUnicode(text.raw, index))
        if letter.isspace() or not letter.isprintable() or raw.FPDFText_IsGenerated(text.raw, index):
            continue
        raw.FPDFText_GetCharOrigin(text.raw, index, x, y)
        flags = ctypes.c_int()
        raw.FPDFText_GetFontInfo(text.raw, index, name, 100, flags)
        box = text.get_charbox(index, loose=True)
        style = name.value.decode()
        yield Letter(
            letter, number, box[0] / MM, box[2] / MM, (height - y.value) / MM,
            raw.FPDFText_GetFontSize(text.raw, index), "Bold" in style, "Italic" in style,
        )  # fmt: skip


def rows(letters: Sequence[Letter]) -> list[Row]:
    """Letters by base line, in the order drawn."""
    found: list[list[Letter]] = []
    for letter in letters:
        if found and (found[-1][-1].page, round(found[-1][-1].y, 1)) == (letter.page, round(letter.y, 1)):
            found[-1].append(letter)
        else:
            found.append([letter])
    return [Row(tuple(row)) for row in found]


def bare(text: str) -> str:
    """Text without any space."""
    return "".join(printable(text).split()).replace("\u00a0", "")


# --- the checker -------------------------------------------------------------------------------------------------


def faults(document: Document, data: bytes) -> list[str]:
    """What is not in its place, or not as large, bold, slanted or long as it should be; and words lost or invented."""
    return list(_Check(document, measured(data)).run())


class _Lost(Exception):
    """The words on paper are not those of the document."""


class _Check:
    def __init__(self, document: Document, paper: Measured) -> None:
        self.document, self.paper = document, paper
        self.text = [letter for letter in paper.letters if TOP <= letter.y <= self._foot(letter.page)]
        self.at = 0
        self.wrong: list[str] = []

    def _foot(self, page: int) -> float:
        return self.paper.sizes[page][1] - 20.0

    def _lies(self, page: int) -> bool:
        return self.paper.sizes[page][0] > self.paper.sizes[page][1]

    def run(self) -> list[str]:
        self._pages()
        try:
            self._head()
            end = self._blocks(self.document.blocks)
            self._foot_of_text(end)
            self._blocks(self.document.appendix)
            if self.at != len(self.text):
                self.wrong.append(f"invented: {''.join(x.text for x in self.text[self.at : self.at + 40])}")
        except _Lost as lost:
            self.wrong.append(str(lost))
        return self.wrong

    # --- helpers

    def take(self, words: str) -> list[Row]:
        """The next letters, which must say `words`."""
        wanted = bare(words)
        found = self.text[self.at : self.at + len(wanted)]
        said = "".join(letter.text for letter in found)
        if said != wanted:
            raise _Lost(f"expected {wanted[:60]!r}, found {said[:60]!r}")
        self.at += len(wanted)
        return rows(found)

    def one(self, words: str) -> Row:
        """The next letters, which must say `words` on one line."""
        found = self.take(words)
        if len(found) != 1:
            raise _Lost(f"{words} does not stand on one line")
        return found[0]

    def near(self, what: str, found: float, wanted: float, within: float = TOLERANCE) -> None:
        if abs(found - wanted) > within:
            self.wrong.append(f"{what}: {found:.2f} mm, not {wanted:.2f}")

    def style(self, what: str, row: Row, sizes: Sequence[float], *, bold: bool, italic: bool = False) -> None:
        for letter in row.letters:
            if not any(abs(letter.size - size) < 0.05 for size in sizes):
                self.wrong.append(f"{what}: {letter.size} points")
                return
            if (letter.bold, letter.italic) != (bold, italic):
                self.wrong.append(f"{what}: bold {letter.bold}, italic {letter.italic}")
                return

    def stroke(self, what: str, page: int, y: float, middle: float) -> Stroke | None:
        """The rule at a place."""
        found = [
            stroke
            for stroke in self.paper.strokes
            if stroke.page == page and abs(stroke.y - y) <= TOLERANCE and abs(stroke.middle - middle) < 20
        ]
        if len(found) != 1:
            self.wrong.append(f"{what}: {len(found)} rules")
            return None
        self.near(what, found[0].middle, middle)
        if abs(found[0].thickness - 0.75) > 0.05:
            self.wrong.append(f"{what}: {found[0].thickness} points thick")
        return found[0]

    def ratio(self, what: str, stroke: Stroke | None, longest: float) -> None:
        if stroke and not 1 / 3 - 0.005 <= stroke.length / longest <= 1 / 2 + 0.005:
            self.wrong.append(f"{what}: {stroke.length / longest:.2f} of the longest line")

    # --- pages

    def _pages(self) -> None:
        for number, (width, height) in enumerate(self.paper.sizes):
            lies = self._lies(number)
            self.near(f"page {number + 1} wide", width, 297.0 if lies else 210.0)
            self.near(f"page {number + 1} high", height, 210.0 if lies else 297.0)
            own = [letter for letter in self.paper.letters if letter.page == number]
            above = [letter for letter in own if letter.y < TOP]
            if number == 0:
                if above:
                    self.wrong.append("page 1 has a number")
            elif "".join(letter.text for letter in above) != str(number + 1):
                self.wrong.append(f"page {number + 1} has another number")
            else:
                row = Row(tuple(above))
                self.style("page number", row, (13.0, 14.0), bold=False)
                self.near("page number", row.middle, width / 2 if lies else MIDDLE)
                self.near("page number", row.y, PAGE_NUMBER_BASE)
            left, right = (20.0, 277.0) if lies else (LEFT, RIGHT)
            for letter in own:
                if letter.left < left - TOLERANCE or letter.right > right + TOLERANCE:
                    self.wrong.append(f"page {number + 1}: {letter.text!r} stands in the margin")
                    break
            for letter in own:
                if letter.y > height - 20 and abs(letter.y - (height - 10)) > TOLERANCE:
                    self.wrong.append(f"page {number + 1}: footer at {letter.y:.1f}")
                    break

    # --- letterhead, title

    def _head(self) -> None:
        head = self.document.letterhead
        names = [row for name in head.governing for row in self._name(name, bold=False)]
        issuing = [row for name in head.issuing for row in self._name(name, bold=True)]
        base = FIRST_NAME_BASE
        for row in (*names, *issuing):
            self.near(f"name {row.text}", row.y, base)
            base += NAME_PITCH
        if issuing:
            stroke = self.stroke("rule of the office", 0, issuing[-1].y + 2.25, LEFT_BLOCK)
            self.ratio("rule of the office", stroke, max(row.width for row in issuing))
        country = self.one("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
        self.style("country", country, (12.0, 13.0), bold=True)
        self.near("country", country.middle, RIGHT_BLOCK)
        self.near("country", country.y, COUNTRY_BASE)
        self.near("country wide", country.width, 95.7)
        motto = self.one("Độc lập - Tự do - Hạnh phúc")
        self.style("motto", motto, (13.0, 14.0), bold=True)
        self.near("motto", motto.middle, RIGHT_BLOCK)
        self.near("motto", motto.y, MOTTO_BASE)
        stroke = self.stroke("rule of the motto", 0, MOTTO_RULE, RIGHT_BLOCK)
        if stroke:
            self.near("rule of the motto long", stroke.length, motto.width)
        lines = len(names) + len(issuing)
        number_base = NUMBER_BASE + max(0.0, (lines - 3) * NAME_PITCH + (1.06 if lines >= 3 else 0.0))
        last = self._number(number_base)
        self._title(max(last, self._date(number_base)))

    def _name(self, name: str, *, bold: bool) -> list[Row]:
        found = self.take(name)
        for row in found:
            self.style(f"name {row.text}", row, (12.0, 13.0), bold=bold)
            self.near(f"name {row.text}", row.middle, LEFT_BLOCK)
            if row.right > LEFT_BLOCK_END + TOLERANCE:
                self.wrong.append(f"name {row.text} runs out of its block")
        return found

    def _number(self, base: float) -> float:
        head = self.document.letterhead
        number = f"{int(head.number):02d}" if head.number.isdigit() else head.number
        symbol = f"/{bare(head.symbol)}" if head.symbol else ""
        row = self.one(f"Số: {number}{symbol}")
        self.style("number", row, (13.0,), bold=False)
        self.near("number", row.y, base)
        self.near("number", row.middle, LEFT_BLOCK, 6.0 if not symbol else TOLERANCE)
        if not number and symbol:
            gap = (row.letters[3].left - row.letters[2].right) * MM
            self.near("free for the number", gap / MM, NUMBER_BLANK)
            if gap < 25:
                self.wrong.append(f"only {gap:.1f} points for the number")
        return row.y

    def _date(self, base: float) -> float:
        head = self.document.letterhead
        day = "" if head.day is None else f"{head.day:02d}"
        month = "" if head.month is None else f"{head.month:02d}" if head.month < 3 else str(head.month)
        place = f"{head.place}, " if printable(head.place).strip() else ""
        found = self.take(f"{place}ngày {day} tháng {month} năm {head.year}")
        self.near("date", found[0].y, base)
        for row in found:
            self.style("date", row, (13.0, 14.0), bold=False, italic=True)
            self.near("date", row.middle, RIGHT_BLOCK)
        if head.day is None:
            line = next((row for row in found if "ngàytháng" in row.text), None)
            if line is None:
                raise _Lost("day and month are not on one line")
            row, at = line, line.text.index("ngàytháng") + 4
            gap = (row.letters[at].left - row.letters[at - 1].right) * MM
            self.near("free for the day", gap / MM, DAY_BLANK)
            if gap < 18:
                self.wrong.append(f"only {gap:.1f} points for the day")
        return found[-1].y

    def _title(self, above: float) -> None:
        title = self.document.title
        assert title is not None
        kind = self.take(title.kind)
        subject = self.take(title.subject) if bare(title.subject) else []
        lines = [*kind, *subject]
        self.near("title", lines[0].y, above + NUMBER_TO_TITLE)
        for row in lines:
            self.style("title", row, (13.0, 14.0), bold=True)
            self.near("title", row.middle, MIDDLE)
        for one, other in pairwise(lines):
            self.near("title, lines", other.y - one.y, LINE)
        if subject:
            stroke = self.stroke("rule of the title", 0, lines[-1].y + 2.95, MIDDLE)
            self.ratio("rule of the title", stroke, max(row.width for row in subject))

    # --- text

    def _blocks(self, blocks: Sequence[Block]) -> Row | None:
        """Checks blocks in order. The last row of text, None when a table ends them."""
        before: Row | None = None
        heads = after_title = False
        for block in blocks:
            found = self._block(block)
            if isinstance(block, PageBreak):
                before = None
                continue
            table = isinstance(block, Table)
            if found and before and found[0].page == before.page and not table:
                wanted = APPENDIX_TO_TEXT if after_title else PARAGRAPH
                self.near(f"space above {found[0].text[:20]}", found[0].y - before.y, wanted)
            if found and before and found[0].page != before.page and heads and not isinstance(block, AppendixTitle):
                self.wrong.append(f"{before.text[:20]} alone at the foot")
            if found:
                before = None if table else found[-1]
                after_title = isinstance(block, AppendixTitle)
                heads = after_title or isinstance(block, Heading)
        return before

    def _block(self, block: Block) -> list[Row]:
        match block:
            case LegalBasis(runs=runs):
                found = self.take(runs_text(runs))
                self._runs([(run.text, run.bold, True) for run in runs], found)
                self._flowing("legal basis", found)
            case Heading(level=level, number=number, runs=runs, bold=bold):
                found = self.take(f"{number} {runs_text(runs)}")
                strong = level <= 2 or bold
                styled = [(run.text, run.bold or strong, run.italic) for run in runs]
                self._runs([(number, strong, False), *styled], found)
                self._flowing("heading", found)
            case Paragraph(runs=runs):
                found = self.take(runs_text(runs))
                self._flowing("paragraph", found)
                self._runs([(run.text, run.bold, run.italic) for run in runs], found)
            case Bullet(mark=mark, runs=runs):
                found = self.take(f"{mark} {runs_text(runs)}")
                self._runs([(mark, False, False), *((run.text, run.bold, run.italic) for run in runs)], found)
                self._flowing("bullet", found)
            case SpecialLine(runs=runs):
                found = self.take(runs_text(runs))
                self._runs([(run.text, run.bold, run.italic) for run in runs], found)
                self._centred("special line", found)
            case AppendixTitle(number=number, title=title, attached_to=attached):
                label = self.take(f"Phụ lục {number}")
                found = [*label, *self.take(title)]
                for row in found:
                    self.style("appendix", row, (13.0, 14.0), bold=True)
                if attached:
                    found += (slanted := self.take(attached))
                    for row in slanted:
                        self.style("appendix, attached to", row, (13.0, 14.0), bold=False, italic=True)
                self._centred("appendix", found)
                for one, other in pairwise(found):
                    self.near("appendix, lines", other.y - one.y, LINE)
                top = 30.0 if self._lies(found[0].page) else TOP
                self.near("appendix at the head of its page", found[0].y, top + 4.88)
            case Table():
                found = self._table(block)
            case PageBreak():
                found = []
        return found

    def _runs(self, styled: Sequence[tuple[str, bool, bool]], found: Sequence[Row]) -> None:
        """Bold is bold and slanted is slanted, letter for letter."""
        letters = [letter for row in found for letter in row.letters]
        wanted = [(bold, italic) for text, bold, italic in styled for _ in bare(text)]
        for letter, style in zip(letters, wanted, strict=True):
            if (letter.bold, letter.italic) != style or abs(letter.size - 14) > 0.05:
                self.wrong.append(f"text {''.join(x.text for x in letters[:20])}: a letter in another style")
                return

    def _flowing(self, what: str, found: Sequence[Row]) -> None:
        """The first line indented, the others from the margin, one below the other, right ends in a line."""
        if not found:
            return
        for number, row in enumerate(found):
            lies = self._lies(row.page)
            left = 20.0 if lies else LEFT
            self.near(f"{what} {row.text[:20]}", row.left, left + (10.0 if number == 0 else 0.0))
            if row.right > (277.0 if lies else RIGHT) + TOLERANCE:
                self.wrong.append(f"{what} {row.text[:20]} runs out of the page")
        pages = [row.page for row in found]
        if pages[0] != pages[-1] and 1 in (pages.count(pages[0]), pages.count(pages[-1])):
            self.wrong.append(f"{what} {found[0].text[:20]}: a line alone on a page")
        for one, other in pairwise(found):
            if one.page == other.page:
                self.near(f"{what} {other.text[:20]}, lines", other.y - one.y, LINE)

    def _centred(self, what: str, found: Sequence[Row]) -> None:
        for row in found:
            self.near(f"{what} {row.text[:20]}", row.middle, 148.5 if self._lies(row.page) else MIDDLE)

    def _table(self, table: Table) -> list[Row]:
        heads = [column.title for column in table.columns]
        head = bare("".join(heads))
        found = []
        for words in heads:
            for row in self.take(words):
                found.append(row)
                self.style("table's head", row, (11.0, 12.0, 13.0, 14.0), bold=True)
        page = self.text[self.at - 1].page if head else 0
        for line in table.rows:
            if self.at < len(self.text) and head:
                ahead = "".join(letter.text for letter in self.text[self.at : self.at + len(head)])
                if self.text[self.at].page != page and ahead == head:
                    self.at += len(head)
                elif self.text[self.at].page != page:
                    self.wrong.append(f"page {self.text[self.at].page + 1} begins with a row and no head")
                page = self.text[self.at].page if self.at < len(self.text) else page
            for cell in line.cells:
                for row in self.take(runs_text(cell)):
                    self.style(
                        "table", row, (11.0, 12.0, 13.0, 14.0), bold=row.letters[0].bold, italic=row.letters[0].italic
                    )
                    if row.page != page:
                        self.wrong.append(f"row {row.text[:20]} is split")
        return found

    # --- signature

    def _foot_of_text(self, before: Row | None) -> None:
        to, signature = self.document.recipients, self.document.signature
        title: Row | None = None
        if to and any(to.groups):
            title = self.one("Nơi nhận:")
            self.style("Nơi nhận", title, (12.0,), bold=True, italic=True)
            self.near("Nơi nhận", title.left, LEFT)
            for heading, items in to.groups:
                if heading:
                    for row in self.take(heading):
                        self.style("list of recipients", row, (11.0,), bold=False, italic=True)
                for item in items:
                    for number, row in enumerate(self.take(f"- {item}")):
                        self.near(f"recipient {row.text}", row.left, LEFT)
                        if any(letter.bold or abs(letter.size - 11) > 0.05 for letter in row.letters):
                            self.wrong.append(f"recipient {row.text}: another type")
                        if number == 0 and not row.text.startswith("-"):
                            self.wrong.append(f"recipient {row.text} without its dash")
        if signature is None:
            return
        capacity = [row for line in signature.capacity for row in self.take(line)]
        for row in capacity:
            self.style(f"capacity {row.text}", row, (13.0, 14.0), bold=True)
            self.near(f"capacity {row.text}", row.middle, SIGNER_BLOCK)
        if title and capacity:
            self.near("Nơi nhận beside the capacity", title.y, capacity[0].y)
        for one, other in pairwise(capacity):
            self.near("capacity, lines", other.y - one.y, LINE)
        if before and capacity:
            if before.page != capacity[0].page:
                self.wrong.append("signature alone on its page")
            else:
                self.near("signature below the text", capacity[0].y - before.y, TEXT_TO_SIGNER)
        note = self.take(signature.note) if signature.note else []
        for row in note:
            self.style("note of the signature", row, (13.0, 14.0), bold=False, italic=True)
            self.near("note of the signature", row.middle, SIGNER_BLOCK)
        if signature.name:
            found = self.take(signature.name)
            for row in found:
                self.style("name of the signer", row, (13.0, 14.0), bold=True)
                self.near("name of the signer", row.middle, SIGNER_BLOCK)
            last = [*capacity, *note][-1]
            if last.page != found[0].page:
                self.wrong.append("signature split")
            # from under the last line to the name's capitals: 35 mm and more for signature and seal
            elif found[0].y - last.y < 35 + 0.25 * 14 / MM + 0.66 * 14 / MM:
                self.wrong.append(f"only {found[0].y - last.y:.1f} mm to sign in")
