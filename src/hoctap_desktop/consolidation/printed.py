"""Totals on paper and as sheets: what they say is decided elsewhere, here it is laid out."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from hoctap_desktop.campaign.model import Campaign
from hoctap_desktop.consolidation.board_printed import board_sheets
from hoctap_desktop.consolidation.outliers import Outliers
from hoctap_desktop.consolidation.recheck import BAR, SUM, recheck_document, recheck_sheets
from hoctap_desktop.consolidation.sent import Since
from hoctap_desktop.consolidation.since_printed import since_sheet
from hoctap_desktop.consolidation.status import Board
from hoctap_desktop.consolidation.totals import BLANK, NOT_ASKED, Total, Totals
from hoctap_desktop.document.model import (
    Bar,
    Block,
    Bullet,
    Column,
    Document,
    Heading,
    Paragraph,
    Table,
    TableRow,
    Title,
    plain,
)
from hoctap_desktop.document.sheet import Cell, Sheet, SheetColumn, Value
from hoctap_desktop.filing.printed import ILLUSTRATIVE, office_document
from hoctap_desktop.form.answers import Count, Missing, NoNumber
from hoctap_desktop.form.definition import FieldType, Row, Section
from hoctap_desktop.foundation.dates import print_date
from hoctap_desktop.foundation.numbers import print_count
from hoctap_desktop.units.model import Unit

MAY_REPEAT = "có thể trùng giữa các đơn vị"
OWN_WORDS = "Hoạt động của riêng cơ quan"
NOT_NOW = "Nơi năm nay không còn"
CONFIRMED_WORDS = "cán bộ xác nhận"
_NAMED = 3
_LISTED = 200  # on paper; the sheet "Từng đơn vị" has them all
_TOTAL_COLUMNS = (
    Column("TT", 0.06, "center"),
    Column("Nội dung hoạt động", 0.38),
    Column("Số lượng", 0.19, "right"),
    Column("Tổng từ", 0.11, "center"),
    Column("Ghi chú", 0.26),
)


def totals_document(found: Totals, own: Unit, campaign: Campaign, as_of: date) -> Document:
    """The consolidated table on A4. Keys of rows: "row.<id>". Raises UserError(TOTALS_DO_NOT_ADD_UP)."""
    made = office_document(
        own,
        as_of,
        Title("BẢNG TỔNG HỢP", _subject(campaign)),
        tuple(_totals_blocks(found, as_of)),
        symbol="BTH",
        illustrative=found.illustrative,
    )
    return recheck_document(made, found)


def charts_document(
    found: Totals,
    own: Unit,
    campaign: Campaign,
    as_of: date,
    fields: Sequence[str],
    before: Totals | None = None,
    doubts: Outliers = (),
) -> Document:
    """A bar per unit for each of these numbers, the figures beside them, last year as a dashed line.

    Bars are grey and what is doubtful is said in words, so a black-and-white print loses nothing. Raises UserError
    INDICATOR_UNKNOWN, TOTALS_DO_NOT_ADD_UP.
    """
    blocks: list[Block] = [Paragraph(plain(_covered_words(found, as_of)))]
    for number, id in enumerate(fields, 1):
        total = found.number(id)
        doubtful = {one.unit.code for one in doubts if one.standing and one.field is not None and one.field.id == id}
        blocks += _chart_blocks(number, total, before, own, campaign.year, doubtful)
    title = Title("BIỂU ĐỒ THEO ĐƠN VỊ", _subject(campaign))
    made = office_document(own, as_of, title, tuple(blocks), symbol="BĐ", illustrative=found.illustrative)
    return recheck_document(made, found)


def totals_sheets(
    found: Totals,
    own: Unit,
    campaign: Campaign,
    as_of: date,
    *,
    standing: Board | None = None,
    before: Totals | None = None,
    doubts: Outliers = (),
    since: Since | None = None,
) -> tuple[Sheet, ...]:
    """The table, every unit's numbers, the packages they come from, and where given: states, doubts, what changed
    after sending (docs/xlsx.md). Raises UserError(TOTALS_DO_NOT_ADD_UP).
    """
    above = (
        f"BẢNG TỔNG HỢP {_subject(campaign).upper()}",
        f"{own.name}. {_covered_words(found, as_of)}",
        *((ILLUSTRATIVE,) if found.illustrative else ()),
    )
    last = {total.field.id: total for total in before.numbers} if before else {}
    sheets = [
        Sheet("Tổng hợp", _total_columns(campaign), tuple(_total_rows(found, last)), above, landscape=True),
        Sheet("Từng đơn vị", _unit_columns(found), tuple(_unit_rows(found, own)), above, landscape=True, frozen=3),
        Sheet("Nguồn số liệu", _SOURCE_SHEET, tuple(_source_rows(found)), above, landscape=True),
    ]
    if standing is not None:
        sheets.append(replace(board_sheets(standing, own)[0], name="Tình trạng"))
    if doubts:
        sheets.append(Sheet("Cần xem", _DOUBT_SHEET, tuple(_doubt_rows(doubts)), above, landscape=True))
    if since is not None:
        sheets.append(since_sheet(since, above[:1]))
    return tuple(recheck_sheets(sheets, found))


# --- the page ----------------------------------------------------------------------------------------------------


def _totals_blocks(found: Totals, as_of: date) -> Iterator[Block]:
    yield Paragraph(plain(_covered_words(found, as_of)))
    by_field = {total.field.id: total for total in found.numbers}
    # named once, over the table, or under it where a line cannot hold them; a row names only who is missing there
    silent = found.silent if len(found.silent) > _NAMED else ()
    listed = frozenset(unit.code for unit in found.silent)
    for total in found.numbers:
        if total.field.type is FieldType.MONEY:
            yield Bullet("-", plain(_money_words(total)), key=total.field.id)
    for section in found.form.sections:
        if section.rows:
            rows = tuple(_table_row(row, by_field, listed) for row in section.rows)
            yield Table(_TOTAL_COLUMNS, rows, key=f"section.{section.id}")
    if silent:
        yield Heading(2, "", plain(f"{print_count(len(silent))} đơn vị chưa tính vào tổng nào"), key="silent")
        for words, units in _why_silent(found):
            said = f"{words.removesuffix(' của')} ({print_count(len(units))}): {_names(units, _LISTED)}."
            yield Bullet("-", plain(said))


def _why_silent(found: Totals) -> Iterator[tuple[str, tuple[Unit, ...]]]:
    """Who is in no sum, by why: what came and is not counted, then who sent nothing."""
    for state, units in found.came.items():
        yield f"{state}, chưa tính", units
    if nothing := tuple(unit for unit in found.silent if unit.code not in found.uncounted):
        yield "Chưa có báo cáo của", nothing


def _table_row(row: Row, by_field: Mapping[str, Total], listed: Collection[str]) -> TableRow:
    numbers = [by_field[id] for id in row.cells if id in by_field]
    cells = (row.printed_number, row.label, _quantity(numbers), _coverage(numbers), _remark(numbers, listed))
    return TableRow(tuple(plain(words) for words in cells), group=row.is_group, key=f"row.{row.id}")


def _quantity(numbers: Sequence[Total]) -> str:
    """A number alone; two with their units, as on the form."""
    known = [(total, total.stated) for total in numbers if isinstance(total.cell, Count)]
    if len(numbers) == 1:
        return "".join(print_count(stated) for _, stated in known if stated is not None)
    return "; ".join(f"{print_count(stated)}\u00a0{total.field.unit}" for total, stated in known if stated is not None)


def _coverage(numbers: Sequence[Total]) -> str:
    return "; ".join(dict.fromkeys(total.coverage_words for total in numbers))


def _remark(numbers: Sequence[Total], listed: Collection[str] = ()) -> str:
    """listed: codes of units that are named elsewhere on the page as missing everywhere."""
    said: list[str] = []
    if numbers and all(total.cell == Missing(NoNumber.NOT_HELD) for total in numbers):
        said.append("không đơn vị nào tổ chức")
    missing = {source.unit.code: source.unit for total in numbers for source in total.missing}
    missing = {code: unit for code, unit in missing.items() if code not in listed}
    if missing:
        said.append(f"{'Thêm chưa' if listed else 'Chưa'} có số: {_names(tuple(missing.values()))}")
    if unasked := tuple(dict.fromkeys(unit for total in numbers for unit in total.not_asked)):
        said.append(f"{NOT_ASKED[:1].lower()}{NOT_ASKED[1:]}: {_names(unasked)}")
    if any(total.to_confirm for total in numbers):
        said.append(MAY_REPEAT)
    for total in numbers:
        if total.own_value:
            said.append(f"trong đó của cơ quan {print_count(total.own_value)}")
        if total.confirmed is not None:
            said.append(f"cộng được {print_count(total.confirmed.summed)}, {CONFIRMED_WORDS}: {total.confirmed.reason}")
    words = "; ".join(said)
    return words[:1].upper() + words[1:]


def _chart_blocks(
    number: int, total: Total, earlier: Totals | None, own: Unit, year: int, doubtful: Collection[str]
) -> Iterator[Block]:
    last = next((one for one in earlier.numbers if one.field.id == total.field.id), None) if earlier else None
    id = total.field.id
    before = {source.unit.code: earlier.values(source.unit.code).get(id) for source in total.sources} if earlier else {}
    merged = earlier.pasts if earlier else {}
    starred = [s.unit for s in total.sources if s.unit.code in merged and merged[s.unit.code].merged]
    shares = [source for source in total.sources if source.value is not None]
    own_value, own_before = total.own_value, last.own_value if last is not None else None
    every = (*(source.value for source in shares), *before.values(), own_value, own_before)
    most = max(1, *(value or 0 for value in every))
    unit = total.field.unit
    yield Heading(2, f"{number}.", plain(f"{total.field.label} ({unit})"), key=total.field.id)
    said = f"Tổng {_amount(total.value)}, từ {total.coverage_words} đơn vị."
    if last is not None and last.value is not None:
        said += f" Năm {year - 1}: {_amount(last.value)}, từ {last.coverage_words} đơn vị (vạch đứt dưới mỗi thanh)."
    yield Paragraph(plain(said))
    rows = []
    if own_value is not None or own_before is not None:
        words = total.own_words or BLANK
        rows.append(_chart_row(OWN_WORDS, own_value, words, own_before, most, key=f"unit.{own.code}"))
    for source in total.sources:
        name = source.unit.short_name + (" (nên xem lại)" if source.unit.code in doubtful else "")
        name += " *" if source.unit in starred else ""
        then = before.get(source.unit.code)
        rows.append(_chart_row(name, source.value, source.words, then, most, key=f"unit.{source.unit.code}"))
    if last is not None and last.value is not None:
        # whoever reported then and does not now: else last year's column would not add up to its sum
        told = sum(value or 0 for value in before.values()) + (own_before or 0)
        if rest := last.value - told:
            rows.append(_chart_row(NOT_NOW, None, "", rest, most, key="not_now"))
    cells = ("Cộng", "", _amount(total.value), _amount(last.value) if last is not None else "")
    rows.append(TableRow(tuple(plain(words) for words in cells), group=True, key=SUM))
    columns: tuple[Column, ...] = (
        Column("Đơn vị", 0.34),
        Column("So với nơi nhiều nhất", 0.36),
        Column("Số lượng", 0.17, "right"),
        Column(f"Năm {year - 1}", 0.13, "right"),
    )
    if last is None:  # nothing is known of the year before: no empty column
        columns = (Column("Đơn vị", 0.40), Column("So với nơi nhiều nhất", 0.42), Column("Số lượng", 0.18, "right"))
        rows = [replace(row, cells=row.cells[:3]) for row in rows]
    yield Table(columns, tuple(rows), key=f"{BAR}{total.field.id}")
    for one in starred:
        yield Paragraph(plain(f"* {one.short_name}, năm {year - 1}: {merged[one.code].words}"))


def _chart_row(name: str, value: int | None, words: str, before: int | None, most: int, *, key: str) -> TableRow:
    # why there is no number stands where there is no bar: a number in a reason is no share of the sum
    number = value is not None and any(map(str.isdigit, words))
    why, shown = ("", words) if number else (words, "")
    cells = (name, why, shown, print_count(before) if before is not None else "")
    bar = None if value is None else Bar(1, value / most, before / most if before is not None else None)
    return TableRow(tuple(plain(each) for each in cells), key=key, bar=bar)


def _amount(value: int | None) -> str:
    return print_count(value) if value is not None else "chưa có số"


def _money_words(total: Total) -> str:
    amount = f"{print_count(total.stated)} {total.field.unit}" if total.stated is not None else "chưa có số"
    return f"{total.field.label}: {amount} (từ {total.coverage_words} đơn vị)."


def _names(units: Sequence[Unit], most: int = _NAMED) -> str:
    named = ", ".join(unit.short_name for unit in units[:most])
    return named if len(units) <= most else f"{named} và {print_count(len(units) - most)} đơn vị khác"


def _covered_words(found: Totals, as_of: date) -> str:
    words = f"Tổng hợp từ báo cáo của {found.coverage_words} đơn vị, tính đến ngày {print_date(as_of)}."
    if found.from_paper:
        words += f" Nhập hộ từ bản giấy của: {_names(found.from_paper)}."
    for why, units in _why_silent(found):
        words += f" {why}: {_names(units)}."
    return words


def _subject(campaign: Campaign) -> str:
    return f"Kết quả {campaign.name}"


# --- sheets ------------------------------------------------------------------------------------------------------

SheetRow = tuple[Value | Cell, ...]

_DOUBT_SHEET = (
    SheetColumn("TT", 6),
    SheetColumn("Mã đơn vị", 16),
    SheetColumn("Đơn vị", 36),
    SheetColumn("Ô", 36),
    SheetColumn("Số đã ghi", 14),
    SheetColumn("Vì sao", 60),
    SheetColumn("Cán bộ đã bỏ qua vì", 40),
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


def _total_columns(campaign: Campaign) -> tuple[SheetColumn, ...]:
    return (
        SheetColumn("TT", 6),
        SheetColumn("Nội dung hoạt động", 52),
        SheetColumn("Số lượng", 14),
        SheetColumn("Đơn vị tính", 16),
        SheetColumn("Cấp dưới", 14),
        SheetColumn("Của cơ quan", 14),
        SheetColumn("Đơn vị có số", 10),
        SheetColumn("Trên số đơn vị", 10),
        SheetColumn(f"Năm {campaign.year - 1}", 14),
        SheetColumn("Ghi chú", 48),
    )


def _doubt_rows(doubts: Outliers) -> Iterator[SheetRow]:
    for number, one in enumerate(doubts, 1):
        yield (number, one.unit.code, one.unit.short_name, one.place, one.value, one.sentence, one.reason)


def _total_rows(found: Totals, last: Mapping[str, Total]) -> Iterator[SheetRow]:
    by_field = {total.field.id: total for total in found.numbers}
    for total in found.numbers:
        if total.field.type is FieldType.MONEY:
            yield _sheet_row("", total.field.label, total, last)
    for section in found.form.sections:
        yield from _section_rows(section, by_field, last)


def _section_rows(section: Section, by_field: Mapping[str, Total], last: Mapping[str, Total]) -> Iterator[SheetRow]:
    for row in section.rows:
        if row.is_group:
            group: tuple[Value, ...] = (row.printed_number, row.label, *(None,) * 8)
            yield tuple(Cell(value, "group") for value in group)
        for place, id in enumerate(id for id in row.cells if id in by_field):
            total = by_field[id]
            label = row.label if len(row.cells) == 1 else total.field.label
            yield _sheet_row(row.printed_number if place == 0 else "", label, total, last)


def _sheet_row(number: str, label: str, total: Total, last: Mapping[str, Total]) -> SheetRow:
    earlier = last.get(total.field.id)
    return (
        number,
        label,
        total.stated,
        total.field.unit,
        total.below,
        _own(total),
        total.covered,
        total.of,
        earlier.value if earlier is not None else None,
        _remark([total]),
    )


def _own(total: Total) -> Value:
    """The own activity in a cell: none held is no 0."""
    return total.own.value if isinstance(total.own, Count) else total.own_words or None


def _unit_columns(found: Totals) -> tuple[SheetColumn, ...]:
    heads = (SheetColumn(f"{total.field.label} ({total.field.unit})", 14) for total in found.numbers)
    return (SheetColumn("TT", 6), SheetColumn("Mã đơn vị", 16), SheetColumn("Đơn vị", 36), *heads)


def _unit_rows(found: Totals, own: Unit) -> Iterator[SheetRow]:
    traces = [{source.unit.code: source for source in total.sources} for total in found.numbers]
    for number, unit in enumerate(found.units, 1):
        cells: list[Value] = []
        for trace in traces:
            source = trace[unit.code]
            plain_number = source.value is not None and source.words == print_count(source.value)
            cells.append(source.value if plain_number else source.words)
        yield (number, unit.code, unit.short_name, *cells)
    if found.own:
        words = f"{own.short_name or own.name} ({OWN_WORDS.lower()})"
        yield (None, own.code, words, *(_own(total) for total in found.numbers))
    yield tuple(Cell(value, "total") for value in (None, None, "Tổng", *(total.value for total in found.numbers)))
    yield tuple(Cell(value, "note") for value in (None, None, "Tổng từ", *(total.coverage for total in found.numbers)))


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
            # who filed for a merged unit, what the file carries
            " ".join(made.notes if made.from_paper else ("Gói đã ký.", *made.notes)),
        )
