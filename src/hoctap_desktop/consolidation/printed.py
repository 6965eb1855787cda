"""Board and totals on paper and as sheets: what they say is decided elsewhere, here it is laid out."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from hoctap_desktop.campaign.model import Campaign
from hoctap_desktop.consolidation.status import Board, Standing
from hoctap_desktop.consolidation.totals import Total, Totals
from hoctap_desktop.document.model import (
    Block,
    Bullet,
    Column,
    Document,
    Footer,
    Letterhead,
    Metadata,
    Paragraph,
    Signature,
    Table,
    TableRow,
    Title,
    plain,
)
from hoctap_desktop.document.sheet import Cell, Sheet, SheetColumn, Value
from hoctap_desktop.filing.model import Kind
from hoctap_desktop.filing.printed import ILLUSTRATIVE
from hoctap_desktop.form.answers import Count, Missing, NoNumber
from hoctap_desktop.form.definition import FieldType, Row, Section
from hoctap_desktop.foundation.dates import print_date
from hoctap_desktop.foundation.numbers import print_count
from hoctap_desktop.units.levels import level_word
from hoctap_desktop.units.model import Unit

MAY_REPEAT = "có thể trùng giữa các đơn vị"
_NAMED = 3
_TOTAL_COLUMNS = (
    Column("TT", 0.06, "center"),
    Column("Nội dung hoạt động", 0.38),
    Column("Số lượng", 0.19, "right"),
    Column("Tổng từ", 0.11, "center"),
    Column("Ghi chú", 0.26),
)
_BOARD_COLUMNS = (
    Column("TT", 0.06, "center"),
    Column("Đơn vị", 0.30),
    Column("Kế hoạch", 0.15),
    Column("Báo cáo", 0.15),
    Column("Ngày nhận báo cáo", 0.16, "center"),
    Column("Ghi chú", 0.18),
)


def totals_document(found: Totals, own: Unit, campaign: Campaign, as_of: date) -> Document:
    """The consolidated table on A4. Keys of rows: "row.<id>"."""
    return _document(
        own,
        as_of,
        Title("BẢNG TỔNG HỢP", _subject(campaign)),
        tuple(_totals_blocks(found, as_of)),
        symbol="BTH",
        illustrative=found.illustrative,
    )


def board_document(found: Board, own: Unit) -> Document:
    """The board on A4. Keys of rows: "unit.<code>"."""
    rows = tuple(
        TableRow(
            tuple(
                plain(words)
                for words in (
                    str(number),
                    row.unit.short_name,
                    row.plan.words,
                    row.report.words,
                    _day(row.report),
                    row.report.note or row.plan.note,
                )
            ),
            key=f"unit.{row.unit.code}",
        )
        for number, row in enumerate(found.rows, 1)
    )
    blocks = (Paragraph(plain(_board_words(found))), Table(_BOARD_COLUMNS, rows, key="board"))
    title = Title("BẢNG THEO DÕI NỘP KẾ HOẠCH, BÁO CÁO", found.campaign.name)
    return _document(own, found.as_of, title, blocks, symbol="BTD", illustrative=found.illustrative)


def totals_sheets(found: Totals, own: Unit, campaign: Campaign, as_of: date) -> tuple[Sheet, ...]:
    """The table, every unit's numbers, and the packages they come from."""
    above = (
        f"BẢNG TỔNG HỢP {_subject(campaign).upper()}",
        f"{own.name}. {_covered_words(found, as_of)}",
        *((ILLUSTRATIVE,) if found.illustrative else ()),
    )
    return (
        Sheet("Tổng hợp", _TOTAL_SHEET, tuple(_total_rows(found)), above),
        Sheet("Từng đơn vị", _unit_columns(found), tuple(_unit_rows(found)), above, landscape=True),
        Sheet("Nguồn số liệu", _SOURCE_SHEET, tuple(_source_rows(found)), above),
    )


def board_sheets(found: Board, own: Unit) -> tuple[Sheet, ...]:
    """The board as one sheet."""
    columns = ("TT", "Mã đơn vị", "Đơn vị", "Loại", "Kế hoạch", "Ngày nhận kế hoạch", "Báo cáo", "Ngày nhận báo cáo")
    rows = tuple(
        (
            number,
            row.unit.code,
            row.unit.short_name,
            _kind_of_unit(row.unit),
            row.plan.words,
            row.plan.received_on,
            row.report.words,
            row.report.received_on,
            row.report.note or row.plan.note,
        )
        for number, row in enumerate(found.rows, 1)
    )
    above = (f"BẢNG THEO DÕI {found.campaign.name.upper()}", f"{own.name}. {_board_words(found)}")
    heads = tuple(SheetColumn(title) for title in (*columns, "Ghi chú"))
    return (Sheet("Theo dõi", heads, rows, above, landscape=True),)


# --- the page ----------------------------------------------------------------------------------------------------


def _document(
    own: Unit, as_of: date, title: Title, blocks: tuple[Block, ...], *, symbol: str, illustrative: bool
) -> Document:
    signer = own.signer
    capacity = tuple(line for line in (signer.collective, signer.authority, signer.title) if line)
    return Document(
        letterhead=Letterhead(
            governing=own.governing,
            issuing=own.issuing or (own.name.upper(),),
            number="",
            symbol="-".join(part for part in (symbol, own.symbol) if part),
            place=own.place,
            year=as_of.year,
            month=as_of.month,
        ),
        title=title,
        blocks=blocks,
        recipients=None,
        signature=Signature(capacity or ("THỦ TRƯỞNG ĐƠN VỊ",), signer.name, key="signature"),
        metadata=Metadata(f"{title.kind}: {title.subject}", own.name, created=as_of),
        footer=Footer(center=ILLUSTRATIVE if illustrative else ""),
    )


def _totals_blocks(found: Totals, as_of: date) -> Iterator[Block]:
    yield Paragraph(plain(_covered_words(found, as_of)))
    by_field = {total.field.id: total for total in found.numbers}
    for total in found.numbers:
        if total.field.type is FieldType.MONEY:
            yield Bullet("-", plain(_money_words(total)), key=total.field.id)
    for section in found.form.sections:
        if section.rows:
            rows = tuple(_table_row(row, by_field) for row in section.rows)
            yield Table(_TOTAL_COLUMNS, rows, key=f"section.{section.id}")


def _table_row(row: Row, by_field: Mapping[str, Total]) -> TableRow:
    numbers = [by_field[id] for id in row.cells if id in by_field]
    cells = (row.printed_number, row.label, _quantity(numbers), _coverage(numbers), _remark(numbers))
    return TableRow(tuple(plain(words) for words in cells), group=row.is_group, key=f"row.{row.id}")


def _quantity(numbers: Sequence[Total]) -> str:
    """A number alone; two with their units, as on the form."""
    known = [total for total in numbers if isinstance(total.cell, Count)]
    if len(numbers) == 1:
        return "".join(print_count(total.value) for total in known if total.value is not None)
    return "; ".join(
        f"{print_count(total.value)}\u00a0{total.field.unit}" for total in known if total.value is not None
    )


def _coverage(numbers: Sequence[Total]) -> str:
    return "; ".join(dict.fromkeys(total.coverage for total in numbers))


def _remark(numbers: Sequence[Total]) -> str:
    said: list[str] = []
    if numbers and all(total.cell == Missing(NoNumber.NOT_HELD) for total in numbers):
        said.append("không đơn vị nào tổ chức")
    missing = {source.unit.code: source.unit for total in numbers for source in total.missing}
    if missing:
        said.append(f"Chưa có số: {_names(tuple(missing.values()))}")
    if any(total.may_repeat and (total.value or 0) > 0 for total in numbers):
        said.append(MAY_REPEAT)
    words = "; ".join(said)
    return words[:1].upper() + words[1:]


def _money_words(total: Total) -> str:
    amount = f"{print_count(total.value)} {total.field.unit}" if total.value is not None else "chưa có số"
    return f"{total.field.label}: {amount} (từ {total.coverage} đơn vị)."


def _names(units: Sequence[Unit]) -> str:
    named = ", ".join(unit.short_name for unit in units[:_NAMED])
    return named if len(units) <= _NAMED else f"{named} và {len(units) - _NAMED} đơn vị khác"


def _covered_words(found: Totals, as_of: date) -> str:
    words = f"Tổng hợp từ báo cáo của {found.coverage} đơn vị, tính đến ngày {print_date(as_of)}."
    if found.from_paper:
        words += f" Nhập hộ từ bản giấy của: {_names(found.from_paper)}."
    if found.silent:
        words += f" Chưa có báo cáo của: {_names(found.silent)}."
    return words


def _board_words(found: Board) -> str:
    said = [
        f"{words} {found.done(kind)}/{found.owing(kind)} đơn vị"
        for kind, words in ((Kind.PLAN, "kế hoạch"), (Kind.REPORT, "báo cáo"))
        if found.owing(kind)
    ]
    return f"Tính đến ngày {print_date(found.as_of)} đã nộp: {'; '.join(said)}."


def _subject(campaign: Campaign) -> str:
    return f"Kết quả {campaign.name}"


def _day(standing: Standing) -> str:
    return print_date(standing.received_on) if standing.received_on else ""


# --- sheets ------------------------------------------------------------------------------------------------------

SheetRow = tuple[Value | Cell, ...]

_TOTAL_SHEET = (
    SheetColumn("TT", 6),
    SheetColumn("Nội dung hoạt động", 52),
    SheetColumn("Số lượng", 14),
    SheetColumn("Đơn vị tính", 16),
    SheetColumn("Tổng từ", 10),
    SheetColumn("Ghi chú", 48),
)
_SOURCE_SHEET = (
    SheetColumn("TT", 6),
    SheetColumn("Mã đơn vị", 16),
    SheetColumn("Đơn vị", 36),
    SheetColumn("Lần", 6),
    SheetColumn("Ngày nhận", 14),
    SheetColumn("Mã gói", 68),
    SheetColumn("Nguồn", 44),
)


def _total_rows(found: Totals) -> Iterator[SheetRow]:
    by_field = {total.field.id: total for total in found.numbers}
    for total in found.numbers:
        if total.field.type is FieldType.MONEY:
            yield _sheet_row("", total.field.label, total)
    for section in found.form.sections:
        yield from _section_rows(section, by_field)


def _section_rows(section: Section, by_field: Mapping[str, Total]) -> Iterator[SheetRow]:
    for row in section.rows:
        if row.is_group:
            group: tuple[Value, ...] = (row.printed_number, row.label, None, None, None, None)
            yield tuple(Cell(value, "group") for value in group)
        for place, id in enumerate(id for id in row.cells if id in by_field):
            total = by_field[id]
            label = row.label if len(row.cells) == 1 else total.field.label
            yield _sheet_row(row.printed_number if place == 0 else "", label, total)


def _sheet_row(number: str, label: str, total: Total) -> SheetRow:
    return (number, label, total.value, total.field.unit, total.coverage, _remark([total]))


def _unit_columns(found: Totals) -> tuple[SheetColumn, ...]:
    heads = (SheetColumn(f"{total.field.label} ({total.field.unit})", 14) for total in found.numbers)
    return (SheetColumn("TT", 6), SheetColumn("Đơn vị", 36), *heads)


def _unit_rows(found: Totals) -> Iterator[SheetRow]:
    traces = [{source.unit.code: source for source in total.sources} for total in found.numbers]
    for number, unit in enumerate(found.units, 1):
        cells: list[Value] = []
        for trace in traces:
            source = trace[unit.code]
            plain_number = source.value is not None and source.words == print_count(source.value)
            cells.append(source.value if plain_number else source.words)
        yield (number, unit.short_name, *cells)
    yield tuple(Cell(value, "total") for value in (None, "Tổng", *(total.value for total in found.numbers)))
    yield tuple(Cell(value, "note") for value in (None, "Tổng từ", *(total.coverage for total in found.numbers)))


def _source_rows(found: Totals) -> Iterator[SheetRow]:
    names = {unit.code: unit.short_name for unit in found.units}
    for number, one in enumerate(found.reported, 1):
        made = one.submission
        yield (
            number,
            made.unit_code,
            names[made.unit_code],
            made.revision,
            made.received_on,
            made.package_id,
            " ".join(made.notes) if made.from_paper else "Gói đã ký",
        )


def _kind_of_unit(unit: Unit) -> str:
    word = level_word(unit.level)
    return word[:1].upper() + word[1:]
