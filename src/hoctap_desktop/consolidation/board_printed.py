"""The board on paper and as a sheet: what it says is decided elsewhere, here it is laid out."""

from collections.abc import Iterator

from hoctap_desktop.consolidation.progress import Curve, curve
from hoctap_desktop.consolidation.status import STATE_WORDS, Board, Standing, State
from hoctap_desktop.document.model import (
    Bar,
    Block,
    Column,
    Document,
    Heading,
    Paragraph,
    Table,
    TableRow,
    Title,
    plain,
)
from hoctap_desktop.document.sheet import Sheet, SheetColumn
from hoctap_desktop.filing.model import Kind
from hoctap_desktop.filing.printed import office_document
from hoctap_desktop.foundation.dates import print_date
from hoctap_desktop.foundation.numbers import print_count
from hoctap_desktop.office.units_below import kind_word
from hoctap_desktop.units.model import Unit

_STATE_COLUMNS = (
    Column("Tình trạng", 0.28),
    Column("Kế hoạch", 0.16, "right"),
    Column("Phần của báo cáo", 0.40),
    Column("Báo cáo", 0.16, "right"),
)
_DAY_COLUMNS = (
    Column("Hết ngày", 0.18, "center"),
    Column("Đã nộp trên tổng số", 0.46),
    Column("Số đơn vị", 0.14, "right"),
    Column("Ghi chú", 0.22),
)
_MOST_DAYS = 16
_BOARD_COLUMNS = (
    Column("TT", 0.06, "center"),
    Column("Đơn vị", 0.29),
    Column("Kế hoạch", 0.13),
    Column("Báo cáo", 0.15),
    Column("Ngày nhận báo cáo", 0.14, "center"),
    Column("Ghi chú", 0.23),
)


def board_document(found: Board, own: Unit, before: Board | None = None) -> Document:
    """The board on A4: how far the whole is, then every unit. Rows: "unit.<code>", "state.<state>", "day.<day>".

    before: last year's board, drawn as a dashed line. Bars are grey and each has its number, so a grey print says all.
    """
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
    blocks = (
        Paragraph(plain(_board_words(found))),
        *_progress_blocks(found, before),
        Heading(2, "3.", plain("Từng đơn vị")),
        Table(_BOARD_COLUMNS, rows, key="board"),
    )
    title = Title("BẢNG THEO DÕI NỘP KẾ HOẠCH, BÁO CÁO", found.campaign.name)
    return office_document(own, found.as_of, title, blocks, symbol="BTD", illustrative=found.illustrative)


def board_sheets(found: Board, own: Unit) -> tuple[Sheet, ...]:
    """The board as one sheet."""
    columns = ("TT", "Mã đơn vị", "Đơn vị", "Loại", "Kế hoạch", "Ngày nhận kế hoạch", "Báo cáo", "Ngày nhận báo cáo")
    rows = tuple(
        (
            number,
            row.unit.code,
            row.unit.short_name,
            kind_word(row.unit),
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


def _progress_blocks(found: Board, before: Board | None) -> Iterator[Block]:
    yield Heading(2, "1.", plain("Tình trạng nộp"))
    yield Table(_STATE_COLUMNS, tuple(_state_rows(found)), key="states")
    picture = curve(found, before)
    yield Heading(2, "2.", plain("Tiến độ nộp báo cáo"))
    said = [f"Đã nộp {print_count(picture.now)}/{print_count(picture.total)} đơn vị"]
    if picture.last is not None:
        said.append(f"ngày cuối {print_date(picture.last)}")
    if picture.pace_words:
        said.append(picture.pace_words)
    if picture.year_before:
        said.append(f"vạch đứt là năm {picture.year_before}, cùng số ngày trước hạn")
    yield Paragraph(plain("; ".join(said) + "."))
    yield Table(_DAY_COLUMNS, tuple(_day_rows(picture)), key="days")


def _state_rows(found: Board) -> Iterator[TableRow]:
    plans, reports = found.counts(Kind.PLAN), found.counts(Kind.REPORT)
    units = max(1, len(found.rows))
    for state in State:
        if plans[state] or reports[state]:
            cells = (STATE_WORDS[state], print_count(plans[state]), "", print_count(reports[state]))
            bar = Bar(2, reports[state] / units)
            yield TableRow(tuple(plain(words) for words in cells), key=f"state.{state.value}", bar=bar)


def _day_rows(picture: Curve) -> Iterator[TableRow]:
    total = max(1, picture.total)
    last: int | None = None
    for one in picture.days:
        told = [
            words
            for words, holds in (
                ("ngày cuối", one.day == picture.last),
                ("ngày tính", one.day == picture.as_of),
                ("nghỉ", one.free),
            )
            if holds
        ]
        if one.count == last and not told and len(picture.days) > _MOST_DAYS:
            continue  # of many days those on which something happened
        last = one.count
        bar = None
        if one.count is not None or one.before is not None:
            before = None if one.before is None else min(1.0, one.before / total)
            bar = Bar(1, (one.count or 0) / total, before)
        cells = (print_date(one.day), "", "" if one.count is None else print_count(one.count), ", ".join(told))
        yield TableRow(tuple(plain(words) for words in cells), key=f"day.{one.day}", bar=bar)


def _board_words(found: Board) -> str:
    said = [
        f"{words} {print_count(found.done(kind))}/{print_count(found.owing(kind))} đơn vị"
        for kind, words in ((Kind.PLAN, "kế hoạch"), (Kind.REPORT, "báo cáo"))
        if found.owing(kind)
    ]
    return f"Tính đến ngày {print_date(found.as_of)} đã nộp: {'; '.join(said)}."


def _day(standing: Standing) -> str:
    return print_date(standing.received_on) if standing.received_on else ""
