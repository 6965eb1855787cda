"""Thay đổi sau khi gửi on paper and as a sheet: what it says is decided elsewhere, here it is laid out."""

from collections.abc import Iterator, Sequence
from datetime import date

from hoctap_desktop.campaign.model import Campaign
from hoctap_desktop.consolidation.sent import CellChange, Since, Told
from hoctap_desktop.consolidation.totals import BLANK
from hoctap_desktop.document.model import Block, Column, Document, Heading, Paragraph, Table, TableRow, Title, plain
from hoctap_desktop.document.sheet import Sheet, SheetColumn, Value
from hoctap_desktop.filing.printed import office_document
from hoctap_desktop.units.model import Unit

NO_CELL = "Không ô số nào khác"
_COLUMNS = (
    Column("TT", 0.06, "center"),
    Column("Nội dung", 0.50),
    Column("Lúc gửi", 0.22, "right"),
    Column("Bây giờ", 0.22, "right"),
)
_SHEET_COLUMNS = (
    SheetColumn("TT", 6),
    SheetColumn("Đơn vị", 36),
    SheetColumn("Thay đổi", 36),
    SheetColumn("Ô", 40),
    SheetColumn("Lúc gửi", 24),
    SheetColumn("Bây giờ", 24),
)


def since_document(since: Since, own: Unit, campaign: Campaign, as_of: date, *, illustrative: bool) -> Document:
    """The difference on A4: the sums that differ, then every unit with its cells. Keys: "number.<n>", "unit.<code>"."""
    blocks: list[Block] = [Paragraph(plain(since.words + " Bản đã gửi vẫn giữ nguyên."))]
    if since.numbers:
        blocks.append(Heading(2, "1.", plain("Các tổng khác")))
        rows = (_row(number, cell, f"number.{number}") for number, cell in enumerate(since.numbers, 1))
        blocks.append(Table(_COLUMNS, tuple(rows), key="numbers"))
    if since.units:
        blocks.append(Heading(2, "2." if since.numbers else "1.", plain("Nơi thay đổi")))
        blocks.append(Table(_COLUMNS, tuple(_unit_rows(since)), key="units"))
    title = Title("BẢNG THAY ĐỔI SAU KHI GỬI BÁO CÁO", f"Kết quả {campaign.name}")
    return office_document(own, as_of, title, tuple(blocks), symbol="BTĐ", illustrative=illustrative)


def _unit_rows(since: Since) -> Iterator[TableRow]:
    for each in since.units:
        words = f"{each.unit.short_name}: {each.what}"
        head = tuple(plain(cell) for cell in ("", words, "", ""))
        yield TableRow(head, group=True, key=f"unit.{each.unit.code}")
        said = [cell for cell in each.cells if _says_something(cell)]
        for number, cell in enumerate(said, 1):
            yield _row(number, cell, f"unit.{each.unit.code}.{number}")
        if not said:
            yield TableRow(tuple(plain(cell) for cell in ("", NO_CELL, "", "")), key=f"unit.{each.unit.code}.0")


def _says_something(cell: CellChange) -> bool:
    """False where there was no number and is none: of a late paper the blank cells, twenty lines that say nothing."""
    told = cell.then, cell.now
    return any(one.number is not None for one in told) or BLANK not in (one.words for one in told)


def _row(number: int, cell: CellChange, key: str) -> TableRow:
    return TableRow(tuple(plain(words) for words in (str(number), cell.place, cell.old, cell.new)), key=key)


def since_sheet(since: Since, above: Sequence[str]) -> Sheet:
    """The same as a sheet, a row a cell, numbers as numbers (docs/xlsx.md)."""
    rows = tuple((number, *row) for number, row in enumerate(_sheet_rows(since), 1))
    return Sheet("Thay đổi sau khi gửi", _SHEET_COLUMNS, rows, (*above, since.words), landscape=True)


def _sheet_rows(since: Since) -> Iterator[tuple[Value, ...]]:
    for each in since.units:
        for cell in each.cells:
            yield (each.unit.short_name, each.what, cell.place, _value(cell.then), _value(cell.now))
        if not each.cells:
            yield (each.unit.short_name, each.what, NO_CELL, None, None)
    for cell in since.numbers:
        was, now = cell.then.coverage, cell.now.coverage
        what = "tổng khác" + (f", từ {was} thành {now} đơn vị" if was and now and was != now else "")
        yield ("Toàn bộ", what, cell.place, _value(cell.then), _value(cell.now))


def _value(told: Told) -> Value:
    return told.words if told.number is None else told.number
