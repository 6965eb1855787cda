"""Workbooks (xlsx) of tables. With its sisters the only user of openpyxl. Text never becomes a formula."""

import math
import textwrap
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from itertools import islice
from typing import Any, Literal
from xml.sax.saxutils import escape

from hoctap_desktop.foundation.numbers import print_count
from hoctap_desktop.foundation.text import clean_lines

COUNT_FORMAT = "#,##0"
DAY_FORMAT = "dd/mm/yyyy"
FONT = "Times New Roman"
NO_DAY = date(2000, 1, 1)
_LONGEST_NAME = 31  # the limits of the format: a sheet's name, a cell's text
_LONGEST_TEXT = 32_767
_FORBIDDEN_IN_NAME = str.maketrans(dict.fromkeys("[]:*?/\\", "-"))
_NARROWEST, _WIDEST = 6.0, 60.0
_PAPER_A4 = 9
# inches: the long and the short side of A4, what stays white at the left and right, a letter and the edge of a column
_LONG, _SHORT, _MARGIN = 11.69, 8.27, 0.4
_LETTER, _EDGE = 7 / 96, 5 / 96
_SMALLEST = 0.62  # of the letters' size, so that 12 points print as 7.4; a wider table goes over several sheets
_ROWS_AT_ONCE = 200
_LINE, _HIGHEST = 15.75, 409.0
_DAY_ZERO = date(1899, 12, 30)
_END_OF_ROWS = b"</sheetData>"

Value = str | int | date | None
Look = Literal["", "title", "head", "group", "total", "note"]


@dataclass(frozen=True)
class Cell:
    """A value with a look: "title", "head", "group" and "total" are bold, "note" is slanted."""

    value: Value
    look: Look = ""


@dataclass(frozen=True)
class SheetColumn:
    """title: head cell; width: letters, 0 for as wide as its content."""

    title: str
    width: float = 0.0


@dataclass(frozen=True)
class Sheet:
    """One sheet. above: lines over the table, the first the title. A row's cells are values or Cells; None is empty.

    landscape: how it prints on A4, the head row again on each page, fitted to the paper's width; a table that would be
    too small to read then goes over several sheets side by side. frozen: how many columns at the left stay in sight,
    and are printed again on those. The table can be filtered; rows that end it and add it up are no part of that.
    """

    name: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[tuple[Value | Cell, ...], ...]
    above: tuple[str, ...] = ()
    landscape: bool = False
    frozen: int = 0


def render(sheets: Sequence[Sheet], *, title: str = "", author: str = "", created: date | None = None) -> bytes:
    """The workbook's bytes, the same for the same input. Numbers stay numbers (1234567 shows as 1.234.567 in Vietnam).

    Sheet names are cut to 31 characters and made unlike each other. ValueError when there is no sheet.
    """
    from openpyxl import Workbook

    if not sheets:
        raise ValueError("a workbook needs a sheet")
    book = Workbook(write_only=True)
    moment = datetime.combine(created or NO_DAY, time())
    book.properties.title, book.properties.creator = title or None, author or "hoctap"
    book.properties.created = book.properties.modified = moment
    tables = [_write(book, sheet, name) for sheet, name in zip(sheets, _names(sheets), strict=True)]
    data = BytesIO()
    book.save(data)
    return timeless(data.getvalue(), moment, {f"xl/worksheets/sheet{n}.xml": rows for n, rows in enumerate(tables, 1)})


def _names(sheets: Sequence[Sheet]) -> Iterator[str]:
    seen: set[str] = set()
    for sheet in sheets:
        name = base = (sheet.name.translate(_FORBIDDEN_IN_NAME).strip().strip("'") or "Bảng")[:_LONGEST_NAME]
        number = 2
        while name.casefold() in seen:
            ending = f" ({number})"
            name, number = base[: _LONGEST_NAME - len(ending)] + ending, number + 1
        seen.add(name.casefold())
        yield name


def _write(book: Any, sheet: Sheet, name: str) -> "_Rows":
    """Everything but the rows of the table, which come back as XML to be put in: cell by cell openpyxl takes seven
    times as long."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.page import PageMargins

    page = book.create_sheet(name)
    widths = list(_widths(sheet))
    across = _sheets_across(widths, sheet.frozen, _LONG if sheet.landscape else _SHORT)
    again = sheet.frozen if across > 1 else 0
    above = [part for line in sheet.above for part in _parts(line, sum(widths[again:]) / across, whole=across == 1)]
    head_row = len(above) + 1
    # a write-only sheet takes its settings before its first row
    for place, width in enumerate(widths, 1):
        page.column_dimensions[get_column_letter(place)].width = width
    page.freeze_panes = f"{get_column_letter(sheet.frozen + 1)}{head_row + 1}"
    if rows := _filtered(sheet):
        page.auto_filter.ref = f"A{head_row}:{get_column_letter(len(sheet.columns))}{head_row + rows}"
    page.print_title_rows = f"{head_row}:{head_row}"
    if again:
        page.print_title_cols = f"A:{get_column_letter(again)}"
    page.page_setup.orientation = "landscape" if sheet.landscape else "portrait"
    page.page_setup.paperSize = _PAPER_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = across, 0
    page.page_margins = PageMargins(_MARGIN, _MARGIN, top=0.5, bottom=0.6, header=0.3, footer=0.3)
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.oddFooter.center.text = "&P/&N"
    looks = _looks()
    for number, line in enumerate(above):
        # beside what is printed on every sheet: else it would stand cut off on all but the first
        held = [None] * again
        page.append([*held, _cell(page, Cell(line, "title" if number == 0 else "note"), looks, bordered=False)])
    heads = zip((column.title for column in sheet.columns), widths, strict=True)
    page.row_dimensions[head_row].height = _LINE * max((_lines(title, width) for title, width in heads), default=1)
    page.append([_cell(page, Cell(column.title, "head"), looks) for column in sheet.columns])
    return _Rows(sheet.rows, head_row + 1, _Styles(page, looks), widths)


def _sheets_across(widths: Sequence[float], frozen: int, paper: float) -> int:
    """Over how many sheets of paper side by side a table goes, the frozen columns on each of them."""
    inches = [width * _LETTER + _EDGE for width in widths]
    room, held = (paper - 2 * _MARGIN) / _SMALLEST, sum(inches[:frozen])
    if sum(inches) <= room:
        return 1
    return math.ceil((sum(inches) - held) / max(room - held, room / 4))


def _parts(line: str, letters: float, *, whole: bool) -> Sequence[str]:
    """A line over the table, broken where it would run onto the second of several sheets of paper."""
    return [line] if whole else textwrap.wrap(line, max(int(letters), 40)) or [line]


def _lines(text: str, width: float) -> int:
    """How many lines a text takes in a column: not every program finds that out by itself."""
    if len(text) < width and "\n" not in text:
        return 1
    return sum(-(-len(line) // max(int(width) - 1, 1)) or 1 for line in text.split("\n"))


class _Styles:
    """The number of a cell's style in the workbook, by look and kind of value."""

    def __init__(self, page: Any, looks: "_Looks") -> None:
        kinds: tuple[tuple[type, Value], ...] = ((str, ""), (int, 0), (date, NO_DAY), (type(None), None))
        every: tuple[Look, ...] = ("", "title", "head", "group", "total", "note")
        self.ids = {
            (look, kind): _cell(page, Cell(value, look), looks).style_id for look in every for kind, value in kinds
        }


@dataclass(frozen=True)
class _Rows:
    """The rows of a table on their way into a sheet. first: number of the first of them."""

    rows: tuple[tuple[Value | Cell, ...], ...]
    first: int
    styles: _Styles
    widths: Sequence[float]

    def xml(self) -> Iterator[bytes]:
        """A row at a time."""
        ids, texts = self.styles.ids, _Texts()
        letters = _letters_of(max(map(len, self.rows), default=0))
        for number, row in enumerate(self.rows, self.first):
            parts, lines = [], 1
            for letter, each, width in zip(letters, row, self.widths, strict=False):
                value, look = (each.value, each.look) if isinstance(each, Cell) else (each, "")
                place = f'<c r="{letter}{number}" s="'
                if isinstance(value, str):
                    if len(value) >= width or "\n" in value:
                        lines = max(lines, _lines(value, width))
                    parts.append(f'{place}{ids[look, str]}" t="inlineStr"><is>{texts[value]}</is></c>')
                elif isinstance(value, int):  # also a bool, as 0 or 1
                    parts.append(f'{place}{ids[look, int]}"><v>{int(value)}</v></c>')
                elif value is not None:
                    parts.append(f'{place}{ids[look, date]}"><v>{(value - _DAY_ZERO).days}</v></c>')
                else:
                    parts.append(f'{place}{ids[look, type(None)]}"/>')
            height = f' ht="{min(lines * _LINE, _HIGHEST):g}" customHeight="1"' if lines > 1 else ""
            yield f'<row r="{number}"{height}>{"".join(parts)}</row>'.encode()


class _Texts(dict[str, str]):
    """Texts as XML, each made once."""

    def __missing__(self, text: str) -> str:
        made = escape(clean_lines(text)[:_LONGEST_TEXT])
        self[text] = found = f'<t xml:space="preserve">{made}</t>'
        return found


def _letters_of(count: int) -> list[str]:
    from openpyxl.utils import get_column_letter

    return [get_column_letter(place) for place in range(1, count + 1)]


def _filtered(sheet: Sheet) -> int:
    """How many rows a filter sorts: all but the sums at the end."""
    count = len(sheet.rows)
    while count and any(isinstance(each, Cell) and each.look in ("total", "note") for each in sheet.rows[count - 1]):
        count -= 1
    return count


def _cell(page: Any, content: Cell, looks: "_Looks", *, bordered: bool = True) -> Any:
    from openpyxl.cell import WriteOnlyCell

    value = content.value
    cell = WriteOnlyCell(page)
    cell.font = looks.fonts[content.look]
    if bordered:
        cell.border = looks.border
        cell.alignment = looks.head if content.look == "head" else looks.placed(value)
        if content.look in ("head", "group", "total"):
            cell.fill = looks.fill
    if isinstance(value, str):
        cell.value = clean_lines(value)[:_LONGEST_TEXT]
        cell.data_type = "s"  # else "=…" would be a live formula
    elif isinstance(value, int):  # also a bool, as 0 or 1
        cell.value = int(value)
        cell.number_format = COUNT_FORMAT
    elif value is not None:
        cell.value = value
        cell.number_format = DAY_FORMAT
    return cell


@dataclass(frozen=True)
class _Looks:
    fonts: dict[str, Any]
    border: Any
    head: Any
    wrapped: Any
    day: Any
    number: Any
    fill: Any

    def placed(self, value: Value) -> Any:
        """A number keeps off the words in the column beside it, which begin at their edge."""
        return self.wrapped if isinstance(value, str) else self.number if isinstance(value, int) else self.day


def _looks() -> _Looks:
    from openpyxl.styles import Alignment

    return _Looks(
        fonts=fonts(note=12),
        border=frame(),
        head=Alignment(horizontal="center", vertical="center", wrap_text=True),
        wrapped=Alignment(vertical="center", wrap_text=True),
        day=Alignment(horizontal="center", vertical="center"),
        number=Alignment(horizontal="right", vertical="center", indent=1),
        fill=shade(),
    )


def fonts(note: int) -> dict[str, Any]:
    """A font of openpyxl for each Look. note: points of what is slanted."""
    from openpyxl.styles import Font

    bold = Font(name=FONT, size=12, bold=True)
    return {
        "": Font(name=FONT, size=12),
        "title": Font(name=FONT, size=14, bold=True),
        "note": Font(name=FONT, size=note, italic=True),
        "head": bold,
        "group": bold,
        "total": bold,
    }


def frame() -> Any:
    """The thin grey line round a cell of a table."""
    from openpyxl.styles import Border, Side

    line = Side(style="thin", color="FF808080")
    return Border(left=line, right=line, top=line, bottom=line)


def shade() -> Any:
    """The ground of heads, groups and cells nobody types in."""
    from openpyxl.styles import PatternFill

    return PatternFill("solid", fgColor="FFF2F2F2")


def _widths(sheet: Sheet) -> Iterator[float]:
    for place, column in enumerate(sheet.columns):
        if column.width:
            yield column.width
            continue
        cells = (row[place] for row in sheet.rows if place < len(row))
        longest = max((_letters(cell) for cell in cells), default=0)
        yield min(max(_NARROWEST, longest + 2.0, max(map(len, column.title.split()), default=0) + 2.0), _WIDEST)


def _letters(content: Value | Cell) -> int:
    value = content.value if isinstance(content, Cell) else content
    if isinstance(value, str):
        return max(map(len, value.split("\n")), default=0)
    if isinstance(value, date):
        return len(DAY_FORMAT)
    return len(print_count(value)) if value is not None else 0


def timeless(data: bytes, moment: datetime, rows: "Mapping[str, _Rows] | None" = None) -> bytes:
    """The same workbook without the moment it was written, which openpyxl puts into the zip and its properties.

    rows: those still to be put into a sheet, by the sheet's entry.
    """
    stamp = moment.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as before, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as after:
        for entry in before.infolist():
            content = before.read(entry)
            if entry.filename == "docProps/core.xml":
                content = _modified(content, stamp)
            info = zipfile.ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0))
            info.external_attr = 0o600 << 16
            table = (rows or {}).get(entry.filename)
            if table is None:
                after.writestr(info, content, zipfile.ZIP_DEFLATED)
                continue
            info.compress_type = zipfile.ZIP_DEFLATED
            head, tail = content.split(_END_OF_ROWS)
            with after.open(info, "w") as sheet:
                sheet.write(head)
                for some in _chunks(table.xml()):
                    sheet.write(some)
                sheet.write(_END_OF_ROWS + tail)
    return made.getvalue()


def _chunks(parts: Iterator[bytes]) -> Iterator[bytes]:
    while some := b"".join(islice(parts, _ROWS_AT_ONCE)):
        yield some


def _modified(content: bytes, stamp: bytes) -> bytes:
    start = content.index(b">", content.index(b"<dcterms:modified")) + 1
    return content[:start] + stamp + content[content.index(b"<", start) :]
