"""Workbooks, read back by openpyxl and as the zip they are."""

import io
import zipfile
from dataclasses import replace
from datetime import date
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoctap_desktop.document.sheet import Cell, Sheet, SheetColumn, render

COLUMNS = (SheetColumn("TT", 6), SheetColumn("Nội dung"), SheetColumn("Số lượng"))
TOTALS = Sheet(
    "Tổng hợp",
    COLUMNS,
    (("1", "Số người tham gia", 1234567), (Cell("3", "group"), Cell("Nội dung", "group")), ("-", date(2022, 10, 6), 0)),
    above=("TỔNG HỢP", "tổng từ 17/20 đơn vị"),
    landscape=True,
)


def read(*sheets: Sheet) -> Any:
    return openpyxl.load_workbook(io.BytesIO(render(sheets)))


def test_numbers_are_numbers_days_are_days_and_text_is_text() -> None:
    page = read(TOTALS).worksheets[0]
    assert [(c.value, c.data_type, c.number_format) for c in page[4]] == [
        ("1", "s", "General"), ("Số người tham gia", "s", "General"), (1234567, "n", "#,##0"),
    ]  # fmt: skip
    assert page["C6"].value == 0
    assert page["B6"].value.date() == date(2022, 10, 6)
    assert page["B6"].number_format == "dd/mm/yyyy"


@pytest.mark.parametrize("text", ["=1+1", "+x", "-2+3", "@SUM(A1)", "=cmd|' /C calc'!A0", "#REF!"])
def test_text_never_becomes_a_formula_or_an_error(text: str) -> None:
    data = render([Sheet("a", (SheetColumn(text),), ((text,),), above=(text,))])
    page = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert [(page[cell].value, page[cell].data_type) for cell in ("A1", "A2", "A3")] == [(text, "s")] * 3
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


def test_the_sheet_prints_on_a4_with_its_head_row_again_on_each_page() -> None:
    page = read(TOTALS).worksheets[0]
    assert page.page_setup.orientation == "landscape"
    assert int(page.page_setup.paperSize) == 9
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.print_title_rows == "$3:$3"
    assert page.freeze_panes == "A4"
    assert (page["A3"].font.bold, page["B5"].font.bold, page["B4"].font.bold) == (True, True, False)
    assert page.column_dimensions["A"].width == 6
    assert page.column_dimensions["B"].width > len("Số người tham gia")


def test_a_table_too_wide_to_be_read_on_one_sheet_goes_over_several() -> None:
    columns = (SheetColumn("TT", 6), SheetColumn("Đơn vị", 36), *(SheetColumn(f"Số {n}", 14) for n in range(20)))
    wide = Sheet("Từng đơn vị", columns, ((1, "Xã", *range(20)),), ("Tiêu đề", "Lời"), landscape=True, frozen=2)
    page = read(wide).worksheets[0]
    assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (2, 0)
    assert (page.print_title_cols, page.print_title_rows) == ("$A:$B", "$3:$3")
    assert [cell.value for cell in page[1]][:3] == [None, None, "Tiêu đề"]  # not cut off where A and B stand again
    assert page["A3"].value == "TT"
    long = read(replace(wide, above=("Tiêu đề", "Lời dài " * 40))).worksheets[0]
    rows = [row[2].value for row in long.iter_rows(max_row=5)]
    assert " ".join(rows[1:4]) == ("Lời dài " * 40).strip()  # no line runs onto the second sheet
    assert (long["A5"].value, long.print_title_rows, long.freeze_panes) == ("TT", "$5:$5", "C6")
    narrow = read(replace(wide, columns=columns[:10], rows=((1, "Xã", *range(8)),))).worksheets[0]
    assert (narrow.page_setup.fitToWidth, narrow.print_title_cols, narrow["A1"].value) == (1, None, "Tiêu đề")


def test_a_number_keeps_off_the_words_beside_it_and_the_paper_is_used() -> None:
    page = read(TOTALS).worksheets[0]
    assert (page["C4"].alignment.horizontal, page["C4"].alignment.indent) == ("right", 1)
    assert (page["B6"].alignment.horizontal, page["B4"].alignment.horizontal) == ("center", None)
    assert max(page.page_margins.left, page.page_margins.top, page.page_margins.bottom) < 0.7  # inches


def test_names_of_sheets_are_made_fit_and_unlike() -> None:
    long = "Phòng Giáo dục và Đào tạo huyện Đại Từ"
    names = read(*(Sheet(name, COLUMNS, ()) for name in ("a/b:c", "A/B:C", long, long, "", "'"))).sheetnames
    assert names[:2] == ["a-b-c", "A-B-C (2)"]
    assert len(set(map(str.casefold, names))) == 6
    assert all(0 < len(name) <= 31 for name in names)


def test_the_same_tables_give_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    first = render([TOTALS], title="Tổng hợp", author="Phòng GD&ĐT", created=date(2022, 10, 20))
    monkeypatch.setattr("time.localtime", lambda *_: (2031, 1, 2, 3, 4, 5, 0, 0, 0))
    again = render([TOTALS], title="Tổng hợp", author="Phòng GD&ĐT", created=date(2022, 10, 20))
    assert first == again
    properties = openpyxl.load_workbook(io.BytesIO(first)).properties
    assert (properties.title, properties.creator) == ("Tổng hợp", "Phòng GD&ĐT")
    assert properties.modified.date() == properties.created.date() == date(2022, 10, 20)
    with zipfile.ZipFile(io.BytesIO(first)) as parts:
        assert {entry.date_time for entry in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_other_tables_give_other_bytes() -> None:
    assert render([TOTALS]) != render([Sheet(TOTALS.name, COLUMNS, TOTALS.rows[:1], TOTALS.above, True)])


def test_a_workbook_without_sheets_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="needs a sheet"):
        render([])


@settings(max_examples=25)
@given(st.lists(st.tuples(st.text(max_size=40), st.integers(0, 10**9), st.none()), max_size=8))
def test_whatever_was_typed_makes_a_workbook_that_opens(rows: list[tuple[str, int, None]]) -> None:
    page = read(Sheet("a", COLUMNS, tuple(rows))).worksheets[0]
    read_back = [tuple(cell.value for cell in row[:3]) for row in page.iter_rows(min_row=2)]
    assert [row[1] for row in read_back] == [row[1] for row in rows]
