"""What a block from a spreadsheet would do, cell by cell, before anything is taken."""

import pytest

from hoctap_desktop.form.answers import NoNumber
from hoctap_desktop.ui.report.figures import COUNTED_ASKS
from hoctap_desktop.ui.report.pasting import cells_of, copied, judge, words_of
from tests.ui.report.test_presenter import presenter

NBSP, THIN = "\u00a0", "\u202f"


def verdicts(text: str, at: str = "organising_units", *, notes: bool = False) -> list[tuple[str, str, object]]:
    """(field, verdict, value) of each cell pasted at the row of a field of the sample report."""
    rows = presenter().grid()
    first = next(n for n, row in enumerate(rows) if at in row.cells)
    return [(one.field, one.verdict, one.value) for one in judge(cells_of(text), rows, first, notes=notes)]


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("12\n0\n5\n", (("12",), ("0",), ("5",))),
        ("12\r\n0\r\n", (("12",), ("0",))),
        ("12\tgồm cả xóm 3\n4\t", (("12", "gồm cả xóm 3"), ("4", ""))),
        ('"hai\ndòng"\t5\n', (("hai dòng", "5"),)),
        ("12;ghi\n4;\n", (("12", "ghi"), ("4", ""))),
        ("12,ghi\n4,chú\n", (("12", "ghi"), ("4", "chú"))),
        ("1,5\n2,5\n", (("1,5",), ("2,5",))),
        ("1.234\n\n7\n", (("1.234",), ("",), ("7",))),
        ("   \n", ()),
    ],
)
def test_lines_and_cells_are_read_as_a_spreadsheet_gives_them(text: str, cells: tuple[tuple[str, ...], ...]) -> None:
    assert cells_of(text) == cells


def test_one_column_goes_down_the_rows_and_past_the_groups() -> None:
    found = verdicts("15\n1.234\n7\n0\n")
    assert [(field, value) for field, _, value in found] == [
        ("organising_units", 15),
        ("participants", 1234),
        ("newspaper_articles", 7),
        ("tv_items", 0),
    ]


def test_empty_lines_at_the_group_rows_of_the_paper_are_understood() -> None:
    found = verdicts("15\n900\n\n7\n")
    assert [(field, value) for field, _, value in found] == [
        ("organising_units", 15),
        ("participants", 900),
        ("newspaper_articles", 7),
    ]


def test_a_block_with_the_words_of_the_table_goes_by_them_wherever_it_is_pasted() -> None:
    rows = presenter().grid()
    leaflets, units = (next(row for row in rows if id in row.cells) for id in ("leaflets", "organising_units"))
    text = f"-\t{leaflets.label}\t321\tphát ở chợ\n1\t{units.label.upper()}\t17\t\n"
    found = verdicts(text, at="participants")
    assert found[0][::2] == ("leaflets", 321)
    assert (found[1][0], found[1][2]) == ("note.leaflets", "phát ở chợ")
    assert found[2][::2] == ("organising_units", 17)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("3\t46", [3, 46]),
        ("3 tờ; 46 bài", [3, 46]),
        ("3\t46\tở trường", [3, 46, "ở trường"]),
        ("3\tở trường", [3, "ở trường"]),
    ],
)
def test_a_row_of_two_numbers_takes_two_cells_or_the_words_of_the_paper(text: str, values: list[object]) -> None:
    rows = presenter().grid()
    first = next(n for n, row in enumerate(rows) if "wall_newspapers" in row.cells)
    found = judge([tuple(text.split("\t"))], rows, first)
    assert [one.value for one in found] == values


@pytest.mark.parametrize(
    "text", ["1,5", "-3", "3 lớp", "1e3", "12 34", "1234567890", "٣", "１２", "-", "=1+1", "1,234,567"]
)
def test_what_is_no_number_is_refused_with_the_reason_and_not_taken(text: str) -> None:
    rows = presenter().grid()
    found = judge(((text,), ("5",)), rows, 0)
    assert found[0].verdict == "refused"
    assert found[0].why
    assert not found[0].taken
    assert found[1].taken or found[1].verdict == "same"


@pytest.mark.parametrize(
    ("text", "kind"),
    [("Không tổ chức", NoNumber.NOT_HELD), ("k", NoNumber.NOT_HELD), ("CHƯA CÓ SỐ LIỆU", NoNumber.UNKNOWN),
     ("không áp dụng", NoNumber.NOT_APPLICABLE)],
)  # fmt: skip
def test_the_words_for_no_number_are_understood(text: str, kind: NoNumber) -> None:
    found = verdicts(f"5\n{text}")
    assert found[1][2] == {"none": kind.value, "reason": ""}


def test_a_number_counted_from_the_class_list_is_not_pasted_over() -> None:
    rows = presenter().grid()
    first = next(n for n, row in enumerate(rows) if "classes" in row.cells)
    found = judge((("9",),), rows, first)
    assert (found[0].verdict, found[0].why) == ("refused", COUNTED_ASKS)


def test_lines_beyond_the_table_are_told() -> None:
    rows = presenter().grid()
    found = judge((("1",), ("2",)), rows, len(rows) - 1)
    assert [one.verdict for one in found][1] == "outside"
    assert "1 ô không lấy được" in words_of(found)


def test_a_heading_line_is_left_out() -> None:
    assert verdicts("Số lượng\tGhi chú\n15\thay")[0][2] == 15


def test_the_column_of_notes_takes_notes() -> None:
    assert verdicts("xóm 3\n12", notes=True) == [
        ("note.organising_units", "new", "xóm 3"),
        ("note.participants", "new", "12"),
    ]


def test_taking_a_block_is_one_step_of_undo_and_of_redo() -> None:
    report = presenter()
    before = dict(report.answers)
    rows = report.grid()
    found = judge(cells_of("15\tgồm xóm 3\n1,5\n"), rows, 0)
    saves = report.take_pasted(found)
    assert {save.field for save in saves} == {"organising_units", "note.organising_units"}
    assert report.answers["organising_units"] == 15
    after = dict(report.answers)
    report.undo()
    assert dict(report.answers) == before
    report.redo()
    assert dict(report.answers) == after


def test_what_is_copied_comes_back_the_same() -> None:
    rows = presenter().grid()
    text = copied(rows, [(at, True, True) for at in range(len(rows))])
    back = judge(cells_of(text), rows, 0)
    assert {one.verdict for one in back} <= {"same", "refused"}
    assert all("danh sách" in one.why for one in back if one.verdict == "refused")


def test_text_like_a_formula_is_copied_as_text() -> None:
    report = presenter()
    report.write_note(report.row("leaflets"), "=1+1")
    rows = report.grid()
    at = next(n for n, row in enumerate(rows) if row.id == "leaflets")
    assert copied(rows, [(at, False, True)]) == "'=1+1"
    assert judge((("'=1+1",),), rows, at, notes=True)[0].verdict == "same"


@pytest.mark.parametrize("space", [" ", NBSP, THIN, "\u2009", "."])
def test_every_way_to_group_is_one_number(space: str) -> None:
    assert verdicts(f"1{space}234{space}567\n3")[0][2] == 1_234_567
