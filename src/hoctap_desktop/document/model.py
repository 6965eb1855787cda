"""A page as data: what is printed, in reading order. Renderers (pdf, word, sheet) know how, this knows what.

Rules of the page: Nghị định 30/2020/NĐ-CP, Phụ lục I (domain.md §2).
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Run:
    """Text in one style. Text is NFC; a no-break space holds pairs together."""

    text: str
    bold: bool = False
    italic: bool = False


Runs = tuple[Run, ...]


def plain(text: str) -> Runs:
    """One run without style."""
    return (Run(text),)


def runs_text(runs: Runs) -> str:
    """The text of runs, styles dropped."""
    return "".join(run.text for run in runs)


@dataclass(frozen=True)
class Letterhead:
    """Cells 1–4. governing, issuing: printed lines. number: "" leaves a gap. symbol: "KH-UBND".

    place: "Hà Thượng". year, month, day: day None leaves a gap; month None too.
    about: cell 5b, what a letter (công văn) is about, "V/v …" under the number; "" on a paper that has a title.
    """

    governing: tuple[str, ...]
    issuing: tuple[str, ...]
    number: str
    symbol: str
    place: str
    year: int
    month: int | None = None
    day: int | None = None
    about: str = ""


@dataclass(frozen=True)
class Title:
    """Cell 5a: kind in capitals, subject under it, a rule under both."""

    kind: str
    subject: str


@dataclass(frozen=True)
class LegalBasis:
    """Cell 6: a căn cứ, italic, one a paragraph. Printed as given (ends with ";" or ".")."""

    runs: Runs
    key: str = ""


@dataclass(frozen=True)
class Heading:
    """level 1… (I., 1., a)); number as printed, "" for none. Levels 1 and 2 are bold, level 3 too when bold is set."""

    level: int
    number: str
    runs: Runs
    bold: bool = True
    key: str = ""


@dataclass(frozen=True)
class Paragraph:
    """Justified body text with first-line indent. key: the block of the form it comes from (for the screen)."""

    runs: Runs
    key: str = ""


@dataclass(frozen=True)
class Bullet:
    """mark: "-", "+", "*" as printed; depth 1…"""

    mark: str
    runs: Runs
    depth: int = 1
    key: str = ""


@dataclass(frozen=True)
class Column:
    """title: head cell; width: share of the text width (all shares add up to 1); align: "left", "center", "right".

    torn: its words may go over lines at their joints ("05812-ubnd-xa-ha-thuong-…"): it is not made wide for them.
    """

    title: str
    width: float
    align: str = "left"
    torn: bool = False


@dataclass(frozen=True)
class Bar:
    """A bar in a cell: share of the column's width, 0 to 1; before: where a dashed line of last year ends, or None.

    A picture of a number that stands in the same row; where there are no pictures (Word) it is left out.
    """

    column: int
    share: float
    before: float | None = None


@dataclass(frozen=True)
class TableRow:
    """cells: one Runs per column. group: bold, a heading inside the table."""

    cells: tuple[Runs, ...]
    group: bool = False
    key: str = ""
    bar: Bar | None = None


@dataclass(frozen=True)
class Table:
    """Bordered; the header row repeats on each page; no row is split."""

    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    key: str = ""


@dataclass(frozen=True)
class SpecialLine:
    """A centred line of its own after the text ("(Kế hoạch này thay cho giấy mời)")."""

    runs: Runs
    key: str = ""


@dataclass(frozen=True)
class Addressees:
    """Cell 9a of a letter, "Kính gửi:". One stands in its line, several under one another, each after a dash."""

    to: tuple[str, ...]
    key: str = ""


@dataclass(frozen=True)
class PageBreak:
    """What follows begins a new page."""


@dataclass(frozen=True)
class AppendixTitle:
    """number: "" or "I", "II" …; title: upper case; attached_to: "(Kèm theo Kế hoạch số …)"."""

    number: str
    title: str
    attached_to: str = ""


Block = LegalBasis | Heading | Paragraph | Bullet | Table | SpecialLine | Addressees | PageBreak | AppendixTitle


@dataclass(frozen=True)
class Recipients:
    """Cell 9b. groups: (heading in italics or "", items as printed without "- ")."""

    groups: tuple[tuple[str, tuple[str, ...]], ...]
    key: str = ""


@dataclass(frozen=True)
class Signature:
    """Cells 7a, 7b: capacity lines in capitals ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), a gap of at least 35 mm, the name.

    note: italics under the capacity ("(ký tên và đóng dấu)") or "".
    """

    capacity: tuple[str, ...]
    name: str
    note: str = ""
    key: str = ""


@dataclass(frozen=True)
class Footer:
    """Printed small at the foot of every page: paper code, revision words, and a mark such as "Số liệu minh họa".

    qr: text in letters of base45, painted at the foot of the last page; "" for none.
    """

    left: str = ""
    center: str = ""
    right: str = ""
    qr: str = ""


@dataclass(frozen=True)
class Metadata:
    """Of the PDF: title, author (unit), subject; created: day, so that the same input gives the same bytes.

    identifier: the paper code of a final print, where a program finds it without reading pages; "" for none.
    """

    title: str
    author: str
    subject: str = ""
    created: date | None = None
    identifier: str = ""


@dataclass(frozen=True)
class Document:
    """One printed document. recipients and signature stand side by side after the blocks, before any appendix.

    title: None on a letter (công văn), which says what it is about in its letterhead.
    appendix: blocks after the signature, beginning on a new page.
    """

    letterhead: Letterhead
    title: Title | None
    blocks: tuple[Block, ...]
    recipients: Recipients | None
    signature: Signature | None
    metadata: Metadata
    footer: Footer = Footer()
    appendix: tuple[Block, ...] = ()
