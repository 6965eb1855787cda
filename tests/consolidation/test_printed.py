"""Board and totals on paper and as sheets."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl

from hoctap_desktop.campaign.repository import active, save_office
from hoctap_desktop.consolidation.board_printed import board_document, board_sheets
from hoctap_desktop.consolidation.intake import intake
from hoctap_desktop.consolidation.overview import current_board, current_totals
from hoctap_desktop.consolidation.printed import totals_document, totals_sheets
from hoctap_desktop.document import pdf, sheet
from hoctap_desktop.document.model import Bullet, Heading, Paragraph, Table, TableRow, runs_text
from hoctap_desktop.store.database import Store
from tests.consolidation.papers import ALL, COMMUNE, LOWER, NOT_HELD, UNKNOWN, paper, put
from tests.offices import dai_tu

OWN = dai_tu().own
DAY = date(2022, 10, 14)
SILENT = "Trường Tiểu học Hà Thượng, Trường Mầm non Hà Thượng"


def _fill(store: Store, stick: Path, *, illustrative: bool = False) -> None:
    put(
        stick,
        paper(COMMUNE, {"participants": 1200, "talks": NOT_HELD, "newspaper_articles": 2, "exhibitions": 1}),
        paper(
            LOWER,
            {"participants": 34, "talks": NOT_HELD, "leaflets": UNKNOWN, "newspaper_articles": 1},
            illustrative=illustrative,
        ),
    )
    intake(store, [stick])


def _rows(store: Store) -> dict[str, tuple[str, ...]]:
    document = totals_document(current_totals(store), OWN, active(store), DAY)
    (table,) = (block for block in document.blocks if isinstance(block, Table))
    return {row.key: tuple(runs_text(cell) for cell in row.cells) for row in table.rows}


def test_the_table_has_every_row_of_the_form_with_number_coverage_and_remark(store: Store, stick: Path) -> None:
    _fill(store, stick)
    rows = _rows(store)
    form = current_totals(store).form
    assert list(rows) == [f"row.{row.id}" for section in form.sections for row in section.rows]
    # the two that sent nothing are named over the table, once
    assert rows["row.participants"] == ("2", "Số người tham gia", "1.234", "2/4", "")
    assert rows["row.talks"][2:] == ("0", "2/4", "")
    assert rows["row.newspaper_articles"][4] == "Có thể trùng giữa các đơn vị"
    assert rows["row.leaflets"][2:4] == ("", "0/4")
    assert rows["row.leaflets"][4] == "Thêm chưa có số: UBND xã Hà Thượng, Trường THCS Hà Thượng"
    two = next(row.key for row in _table_rows(store) if "triển lãm, số lượt" in runs_text(row.cells[1]).lower())
    assert rows[two][2] == "1\u00a0cuộc"


def _table_rows(store: Store) -> tuple[TableRow, ...]:
    document = totals_document(current_totals(store), OWN, active(store), DAY)
    return next(block for block in document.blocks if isinstance(block, Table)).rows


def test_what_nobody_held_is_said_in_words(store: Store, stick: Path) -> None:
    put(stick, *(paper(code, {"talks": NOT_HELD}) for code in ALL))
    intake(store, [stick])
    assert _rows(store)["row.talks"][2:] == ("", "4/4", "Không đơn vị nào tổ chức")


def test_the_page_says_what_it_covers_and_who_is_silent(store: Store, stick: Path) -> None:
    _fill(store, stick)
    document = totals_document(current_totals(store), OWN, active(store), DAY)
    first = document.blocks[0]
    assert isinstance(first, Paragraph)
    words = runs_text(first.runs)
    assert "2/4 đơn vị, tính đến ngày 14/10/2022" in words
    assert "Chưa có báo cáo của: Trường Tiểu học Hà Thượng, Trường Mầm non Hà Thượng." in words
    assert document.footer.center == ""


def test_units_too_many_for_a_line_are_all_named_once_under_the_table(store: Store, stick: Path) -> None:
    document = totals_document(current_totals(store), OWN, active(store), DAY)
    assert {words[4] for words in _rows(store).values()} == {""}
    head, nothing = document.blocks[-2:]
    assert isinstance(head, Heading)
    assert isinstance(nothing, Bullet)
    assert runs_text(head.runs) == "4 đơn vị chưa tính vào tổng nào"
    words = runs_text(nothing.runs)
    assert words.startswith("Chưa có báo cáo (4): ")
    assert all(unit.short_name in words for unit in current_totals(store).units)


def test_invented_figures_mark_every_print(store: Store, stick: Path) -> None:
    _fill(store, stick, illustrative=True)
    found, board = current_totals(store), current_board(store)
    assert totals_document(found, OWN, board.campaign, DAY).footer.center == "Số liệu minh họa"
    assert board_document(board, OWN).footer.center == "Số liệu minh họa"
    assert all("Số liệu minh họa" in one.above for one in totals_sheets(found, OWN, board.campaign, DAY))


def test_both_pages_print(store: Store, stick: Path) -> None:
    _fill(store, stick)
    board = current_board(store)
    pages = [
        pdf.render(totals_document(current_totals(store), OWN, board.campaign, DAY)),
        pdf.render(board_document(board, OWN)),
    ]
    assert all(page.data.startswith(b"%PDF") for page in pages)
    assert {mark.key for mark in pages[1].marks} >= {f"unit.{code}" for code in ALL}


def test_the_workbook_holds_numbers_as_numbers_and_their_sources(store: Store, stick: Path) -> None:
    _fill(store, stick)
    found = current_totals(store)
    book = openpyxl.load_workbook(BytesIO(sheet.render(totals_sheets(found, OWN, active(store), DAY))))
    assert book.sheetnames == ["Tổng hợp", "Từng đơn vị", "Nguồn số liệu"]
    table = {row[1]: row[2:] for row in book["Tổng hợp"].iter_rows(values_only=True)}
    assert table["Số người tham gia"] == (1234, "lượt người", 1234, None, 2, 4, None, f"Chưa có số: {SILENT}")
    units = list(book["Từng đơn vị"].iter_rows(values_only=True))
    head = next(number for number, row in enumerate(units) if row[2] == "Đơn vị")
    place = next(n for n, title in enumerate(units[head]) if title and str(title).startswith("Số người tham gia"))
    assert [row[place] for row in units[head + 1 :]] == [1200, 34, "Chưa nộp", "Chưa nộp", 1234, "2/4"]
    ids = [row[5] for row in book["Nguồn số liệu"].iter_rows(values_only=True)]
    assert ids[-2:] == list(found.based_on)


def test_the_sources_say_who_filed_for_a_merged_unit(store: Store, stick: Path) -> None:
    office = dai_tu()
    ended = replace(office.below[0], valid_to=date(2022, 10, 13), successor=LOWER)
    save_office(store, office.own, (ended, *office.below[1:]), office.upper, office.deadlines)
    instead = paper(COMMUNE, {"participants": 10}, signed_by=LOWER)
    intake(store, [put(stick, instead, paper(LOWER, {"participants": 5}))])
    sources = totals_sheets(current_totals(store), OWN, active(store), DAY)[2]
    by_successor = f"«{office.below[1].short_name}» nộp thay cho «{ended.short_name}» đã sáp nhập."
    assert [row[6] for row in sources.rows] == [f"Gói đã ký. {by_successor}", "Gói đã ký."]


def test_the_board_as_a_sheet_has_a_row_per_unit(store: Store, stick: Path) -> None:
    _fill(store, stick)
    book = openpyxl.load_workbook(BytesIO(sheet.render(board_sheets(current_board(store, DAY), OWN))))
    rows = list(book["Theo dõi"].iter_rows(values_only=True))[-4:]
    assert [(row[1], row[3], row[4], row[6]) for row in rows] == [
        ("05812", "Xã", "Chưa nộp, quá 9 ngày", "Đã nhận"),
        ("05812-THCS", "Trường", "Không phải nộp", "Đã nhận"),
        ("05812-TH", "Trường", "Không phải nộp", "Chưa nộp"),
        ("05812-MN", "Trường", "Không phải nộp", "Chưa nộp"),
    ]
