"""Workbooks to be filled in: locked but for the cells to fill, each cell tagged, checked by Excel as it is typed.

Tags stand in two hidden rows (the sheet's own, then what each column holds) and in hidden columns (what each row is
about), never in positions: rows and columns may be moved without a number landing elsewhere.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any, Literal

from hoctap_desktop.document.sheet import COUNT_FORMAT, Look, fonts, frame, shade, timeless

TAG_ROW, ROLE_ROW = 1, 2
MARK = "hoctap-workbook"
LONGEST_TEXT = 32_767  # of a cell, in UTF-16 units
_PAPER_A4 = 9
_LIST_LETTERS = 255
# Typed into a cell of text, 07/10/2022 stays what it is (elsewhere an English Excel makes the tenth of July of it) and
# 0912 keeps its zero. Older Excels show ##### for longer words in such a cell.
_SHOWN_AS_TEXT = 255
_FORMULA_STARTS = ("=", "+", "-", "@")
_TALLEST = 400.0
_ROWS_BELOW = 500
_LINE = 16.5


@dataclass(frozen=True)
class Check:
    """What Excel lets a person type. count: a whole number up to `most`; text: at most `most` letters; choice."""

    kind: Literal["count", "text", "choice"]
    most: int = 0
    choices: tuple[str, ...] = ()
    title: str = ""
    prompt: str = ""
    error: str = ""


@dataclass(frozen=True)
class EntryCell:
    """check: the cell is open for typing; None: it is locked. align: "left", "center" or "right"."""

    value: str | int | None = None
    look: Look = ""
    check: Check | None = None
    align: str = "left"


@dataclass(frozen=True)
class EntryColumn:
    """role: what the column holds, for the reader; hidden columns carry tags. below: the rows under the last one are
    open too, checked so.
    """

    role: str
    title: str = ""
    width: float = 10.0
    hidden: bool = False
    below: Check | None = None


@dataclass(frozen=True)
class EntrySheet:
    """tag: which sheet it is, for the reader. above: lines over the table, the first the title. hidden: no page."""

    tag: str
    name: str
    columns: tuple[EntryColumn, ...]
    rows: tuple[tuple[EntryCell, ...], ...]
    above: tuple[str, ...] = ()
    hidden: bool = False
    landscape: bool = False


def render_entry(sheets: Sequence[EntrySheet], *, title: str, author: str, created: datetime) -> bytes:
    """The workbook's bytes, the same for the same input. Text never becomes a formula."""
    from openpyxl import Workbook
    from openpyxl.workbook.protection import WorkbookProtection

    book = Workbook()
    book.remove(book.active)
    moment = created.replace(tzinfo=None, microsecond=0)
    book.properties.title, book.properties.creator = title, author
    book.properties.created = book.properties.modified = moment
    book.security = WorkbookProtection(lockStructure=True)
    for sheet in sheets:
        _write(book.create_sheet(sheet.name), sheet)
    data = BytesIO()
    book.save(data)
    return timeless(data.getvalue(), moment)


def unescaped(text: str) -> str:
    """The text of a cell as it was before Excel's own escapes ("_x000D_")."""
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)


def _escaped(text: str) -> str:
    """Excel reads "_x0041_" as "A": such an underscore is written as its own escape."""
    return re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)


def _write(page: Any, sheet: EntrySheet) -> None:
    from openpyxl.utils import get_column_letter

    looks = _looks()
    _put(page, TAG_ROW, 1, EntryCell(f"{MARK}:{sheet.tag}"), looks)
    first_shown = next((at for at, column in enumerate(sheet.columns, 1) if not column.hidden), 1)
    for at, column in enumerate(sheet.columns, 1):
        _put(page, ROLE_ROW, at, EntryCell(column.role), looks)
        letter = get_column_letter(at)
        page.column_dimensions[letter].width = column.width
        page.column_dimensions[letter].hidden = column.hidden
    for tags in (TAG_ROW, ROLE_ROW):
        page.row_dimensions[tags].hidden = True
    head = ROLE_ROW + len(sheet.above) + 1
    for number, line in enumerate(sheet.above):
        _put(page, ROLE_ROW + 1 + number, first_shown, EntryCell(line, "title" if number == 0 else "note"), looks)
    for at, column in enumerate(sheet.columns, 1):
        if column.title:
            _put(page, head, at, EntryCell(column.title, "head"), looks, bordered=True)
    checks: dict[Check, Any] = {}
    for number, row in enumerate(sheet.rows, head + 1):
        height = _LINE
        for at, cell in enumerate(row, 1):
            column = sheet.columns[at - 1]
            _put(page, number, at, cell, looks, bordered=not (column.hidden or sheet.hidden))
            if not column.hidden:
                height = max(height, _height(cell, column.width))
            if cell.check is not None:
                _check(page, checks, cell.check, f"{get_column_letter(at)}{number}")
        if not sheet.hidden:
            page.row_dimensions[number].height = min(height, _TALLEST)
    _open_below(page, sheet, head, checks, looks)
    page.protection.sheet = True
    page.protection.formatRows = page.protection.formatColumns = False  # wider and taller is allowed
    if sheet.hidden:
        page.sheet_state = "hidden"
        return
    page.sheet_view.showGridLines = False
    page.freeze_panes = f"A{head + 1}"
    page.print_title_rows = f"{head}:{head}"
    last = get_column_letter(len(sheet.columns))
    page.print_area = f"{get_column_letter(first_shown)}{ROLE_ROW + 1}:{last}{head + len(sheet.rows)}"
    page.page_setup.orientation = "landscape" if sheet.landscape else "portrait"
    page.page_setup.paperSize = _PAPER_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.page_margins.left, page.page_margins.right = 0.7, 0.5
    page.page_margins.top = page.page_margins.bottom = 0.7
    page.oddFooter.center.text = "&P/&N"


def _open_below(page: Any, sheet: EntrySheet, head: int, checks: dict[Check, Any], looks: "_Looks") -> None:
    from openpyxl.utils import get_column_letter

    last = head + len(sheet.rows)
    for at, column in enumerate(sheet.columns, 1):
        if column.below is None:
            continue
        letter = get_column_letter(at)
        page.column_dimensions[letter].protection = looks.open
        page.column_dimensions[letter].number_format = _number_format(column.below)
        for row in range(1, head + 1):  # what stands over the table keeps its lock, blank or not
            if page.cell(row, at).value is None:
                _put(page, row, at, EntryCell(), looks)
        _check(page, checks, column.below, f"{letter}{last + 1}:{letter}{last + _ROWS_BELOW}")


def _number_format(check: Check) -> str:
    return COUNT_FORMAT if check.kind == "count" else "@" if check.most <= _SHOWN_AS_TEXT else "General"


def _put(page: Any, row: int, column: int, content: EntryCell, looks: "_Looks", *, bordered: bool = False) -> None:
    from openpyxl.styles import Alignment

    cell = page.cell(row, column)
    value = content.value
    if isinstance(value, str):
        cell.value = _escaped(value)
        cell.data_type = "s"  # else "=…" would be a live formula
        cell.quotePrefix = value.startswith(_FORMULA_STARTS)
    elif value is not None:
        cell.value = value
        cell.number_format = COUNT_FORMAT
    cell.font = looks.fonts[content.look]
    if bordered:
        cell.border = looks.border
        upright = "top" if content.look == "" and "\n" in str(value) else "center"
        align = "center" if content.look == "head" else content.align
        cell.alignment = Alignment(horizontal=align, vertical=upright, wrap_text=True)
        if content.look in ("head", "group"):
            cell.fill = looks.locked
    if content.check is not None:
        cell.protection = looks.open
        cell.fill = looks.open_fill
        cell.number_format = _number_format(content.check)


def _check(page: Any, made: dict[Check, Any], check: Check, place: str) -> None:
    """One validation a kind of check, over all its cells."""
    from openpyxl.worksheet.datavalidation import DataValidation

    if check not in made:
        match check.kind:
            case "count":
                found = DataValidation("whole", operator="between", formula1=0, formula2=check.most)
            case "choice":
                found = DataValidation("list", formula1=f'"{",".join(check.choices)}"')
            case _:
                found = DataValidation("textLength", operator="lessThanOrEqual", formula1=check.most)
        found.allow_blank = True
        found.showErrorMessage = found.showInputMessage = True
        found.errorTitle, found.error = "Chưa đúng", check.error[:_LIST_LETTERS]
        found.promptTitle, found.prompt = check.title[:32], check.prompt[:_LIST_LETTERS]
        made[check] = found
        page.add_data_validation(found)
    made[check].add(place)


def fits_list(choices: Sequence[str]) -> bool:
    """True when the choices can stand in a validation of Excel."""
    return len(",".join(choices)) <= _LIST_LETTERS and not any("," in choice or '"' in choice for choice in choices)


def _height(cell: EntryCell, width: float) -> float:
    """Points for the lines of a wrapped text: neither Excel nor LibreOffice makes a protected row taller by itself."""
    if not isinstance(cell.value, str):
        return _LINE
    letters = max(1.0, width * 1.1 - 1)
    return _LINE * sum(-(-max(1, len(line)) // int(letters)) for line in cell.value.split("\n"))


@dataclass(frozen=True)
class _Looks:
    fonts: dict[str, Any]
    border: Any
    locked: Any
    open: Any
    open_fill: Any


def _looks() -> _Looks:
    from openpyxl.styles import PatternFill, Protection

    return _Looks(
        fonts=fonts(note=11),
        border=frame(),
        locked=shade(),
        open=Protection(locked=False),
        open_fill=PatternFill("solid", fgColor="FFFFFBE6"),
    )
