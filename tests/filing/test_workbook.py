import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from hoctap_desktop.filing.model import Filing
from hoctap_desktop.filing.workbook import NUMBERS, in_workbook, shown_text, write_workbook
from hoctap_desktop.filing.workbook_changes import Comparison, compare
from hoctap_desktop.filing.workbook_reader import read_workbook
from hoctap_desktop.form.answers import NoNumber
from hoctap_desktop.form.checks import counted_from_list
from hoctap_desktop.form.definition import Field, FieldType
from hoctap_desktop.form.loader import form_by_id
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.text import clean_lines
from tests.filing.workbooks import AT, CLASSES, FIGURES, TEXTS, form, report, row_of, value_cell, written


def looked(path: Path, filing: Filing | None = None) -> Comparison:
    return compare(read_workbook(path, form_by_id), form(), (filing or report()).answers)


def set_cell(id: str, value: object) -> Callable[[Any], None]:
    def change(book: Any) -> None:
        value_cell(book, id).value = value

    return change


# --- writing -------------------------------------------------------------------------------------------------------


def test_only_the_cells_to_fill_are_open_and_each_is_checked_by_excel() -> None:
    book = load_workbook(BytesIO(write_workbook(report(), form(), AT)))
    for name in (FIGURES, TEXTS, CLASSES, "hoctap"):
        assert book[name].protection.sheet
    sheet = book[FIGURES]
    assert not value_cell(book, "participants").protection.locked
    assert sheet.cell(row_of(sheet, "participants"), 4).protection.locked
    kinds = {found.type for found in sheet.data_validations.dataValidation}
    assert kinds == {"whole", "list", "textLength"}
    whole = next(found for found in sheet.data_validations.dataValidation if found.type == "whole")
    assert (whole.formula1, whole.formula2) == ("0", "999999999")
    choice = next(found for found in sheet.data_validations.dataValidation if found.type == "list")
    assert choice.formula1 == '"0,Không tổ chức,Chưa có số liệu,Không áp dụng"'
    open_cells = {cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
    checked = {place for found in sheet.data_validations.dataValidation for place in _cells(found.sqref)}
    assert open_cells == checked


def _cells(ranges: Any) -> list[str]:
    return [
        f"{_letters(column)}{row}"
        for found in ranges.ranges
        for row in range(found.min_row, found.max_row + 1)
        for column in range(found.min_col, found.max_col + 1)
    ]


def _letters(column: int) -> str:
    return chr(64 + column)


def test_under_the_ready_rows_of_the_class_list_more_may_be_written_and_nothing_over_it() -> None:
    sheet = load_workbook(BytesIO(write_workbook(report(), form(), AT)))[CLASSES]
    assert [sheet.column_dimensions[letter].protection.locked for letter in "CDEFGH"] == [False] * 6
    assert sheet.column_dimensions["B"].protection.locked
    head = row_of(sheet, "class_list") - 1
    assert all(cell.protection.locked for row in sheet.iter_rows(max_row=head, max_col=8) for cell in row)
    written_below = {f"{letter}{sheet.max_row + 1}" for letter in "CDEFGH"}
    checked = {place for found in sheet.data_validations.dataValidation for place in _cells(found.sqref)}
    assert written_below <= checked


def test_the_heads_are_those_of_the_paper_and_the_tags_are_hidden() -> None:
    book = load_workbook(BytesIO(write_workbook(report(), form(), AT)))
    sheet = book[FIGURES]
    head = row_of(sheet, "organising_units") - 1
    assert [sheet.cell(head, column).value for column in range(3, 7)] == [
        "TT", "Nội dung hoạt động", "Số lượng", "Ghi chú",
    ]  # fmt: skip
    assert sheet.row_dimensions[1].hidden
    assert sheet.row_dimensions[2].hidden
    assert sheet.column_dimensions["A"].hidden
    assert book["hoctap"].sheet_state == "hidden"
    assert sheet.page_setup.paperSize == 9


def test_days_notes_and_names_are_cells_of_text_so_that_excel_makes_no_other_day_of_them() -> None:
    book = load_workbook(BytesIO(write_workbook(report(), form(), AT)))
    note = book[FIGURES].cell(row_of(book[FIGURES], "participants"), 6)
    first_class = row_of(book[CLASSES], "class_list")
    name, begun = book[CLASSES].cell(first_class, 3), book[CLASSES].cell(first_class, 7)
    assert [cell.number_format for cell in (note, name, begun)] == ["@", "@", "@"]
    assert book[TEXTS].cell(row_of(book[TEXTS], "document.month"), 4).number_format == "@"
    assert book[TEXTS].cell(row_of(book[TEXTS], "results"), 4).number_format == "General"


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        (FieldType.DATE, "2022-10-06", "06/10/2022"),
        (FieldType.DATE, "mồng 6", "mồng 6"),
        (FieldType.MONTH, "2022-10", "10/2022"),
        (FieldType.LINE, "2022-10-06", "2022-10-06"),
        (FieldType.LINE, "2022-10", "2022-10"),
        (FieldType.CHOICE, "yes", "Có tổ chức"),
        (FieldType.CHOICE, "gone", "gone"),
        (FieldType.LINES, ["một", "hai"], "một\nhai"),
        (FieldType.LINES, [], None),
        (FieldType.LINE, "", None),
        (FieldType.LINE, None, None),
    ],
)
def test_each_answer_stands_in_its_cell_as_it_is_printed(kind: FieldType, value: JsonValue, shown: str | None) -> None:
    field = Field("x", "Câu hỏi", kind, choices=(("yes", "Có tổ chức"), ("no", "Không tổ chức")))
    assert shown_text(field, value) == shown


def test_the_same_report_gives_the_same_bytes() -> None:
    assert write_workbook(report(), form(), AT) == write_workbook(report(), form(), AT)


@pytest.mark.parametrize("text", ["=1+1", "+84", "-5", "@lệnh", '=HYPERLINK("a")'])
def test_text_never_becomes_a_formula(text: str, tmp_path: Path) -> None:
    filing = replace(report(), answers={**report().answers, "launch": text})
    data = write_workbook(filing, form(), AT)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist() if "sheet" in name)
    path = tmp_path / "a.xlsx"
    path.write_bytes(data)
    assert looked(path, filing).differences == ()


def test_a_plan_has_no_workbook() -> None:
    from hoctap_desktop.filing.model import Kind

    with pytest.raises(UserError) as refused:
        write_workbook(replace(report(), kind=Kind.PLAN), form(), AT)
    assert refused.value.code is Code.WORKBOOK_ONLY_REPORT


# --- reading: what is taken ----------------------------------------------------------------------------------------


def test_a_workbook_nobody_touched_changes_nothing(tmp_path: Path) -> None:
    found = looked(written(tmp_path / "a.xlsx"))
    assert (found.differences, found.faults) == ((), ())
    assert found.same == 37


@pytest.mark.parametrize(
    ("value", "number"),
    [(777, 777), (12.0, 12), (0, 0), ("1.234.567", 1_234_567), ("1 234", 1234), ("  45 ", 45), ("05", 5)],
)
def test_numbers_are_taken_by_the_rules_of_the_grid(value: object, number: int, tmp_path: Path) -> None:
    found = looked(written(tmp_path / "a.xlsx", change=set_cell("participants", value)))
    (difference,) = found.differences
    assert (difference.field, difference.after, found.faults) == ("participants", number, ())
    assert difference.before_words == "535"
    assert bool(difference.said) == isinstance(value, str)


def test_the_words_for_no_number_are_taken_from_either_cell(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        value_cell(book, "participants").value = "không tổ chức"
        row = row_of(book[FIGURES], "banners")
        book[FIGURES].cell(row, 5).value = None
        book[FIGURES].cell(row, 7).value = "Chưa có số liệu"
        book[FIGURES].cell(row, 8).value = "chờ xóm báo"
        book[FIGURES].cell(row_of(book[FIGURES], "books_published"), 7).value = "0"
        book[FIGURES].cell(row_of(book[FIGURES], "books_published"), 8).value = None

    found = looked(written(tmp_path / "a.xlsx", change=change))
    assert found.faults == ()
    assert {each.field: each.after for each in found.differences} == {
        "participants": {"none": "not_held", "reason": ""},
        "banners": {"none": "unknown", "reason": "chờ xóm báo"},
        "books_published": 0,
    }


def test_a_class_written_below_the_ready_rows_is_taken_too(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        row = book[CLASSES].max_row + 2
        for column, value in zip(
            range(3, 9), ("Lớp mới", 20, "Tin học", "Nhà văn hóa", date(2022, 10, 6), "8/10/2022"), strict=True
        ):
            book[CLASSES].cell(row, column).value = value

    difference, *counts = looked(written(tmp_path / "a.xlsx", change=change)).differences
    assert [each.field for each in counts] == ["classes", "learners"]
    assert isinstance(difference.after, list)
    assert "Excel đã đổi chữ gõ ở ô này thành ngày; máy đọc là «06/10/2022»" in difference.said
    assert difference.after[-1] == {
        "name": "Lớp mới",
        "learners": 20,
        "subject": "Tin học",
        "place": "Nhà văn hóa",
        "from": "2022-10-06",
        "to": "2022-10-08",
    }


def test_rows_and_columns_are_found_by_tag_wherever_they_stand(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        value_cell(book, "banners").value = 99
        book[FIGURES].insert_cols(5)
        book[FIGURES].title = "Số"
        book.move_sheet("Số", 2)
        book.create_sheet("Nháp")["A1"] = "=1+1"

    found = looked(written(tmp_path / "a.xlsx", change=change))
    assert [(each.field, each.after) for each in found.differences] == [("banners", 99)]
    assert any("«Nháp»" in note for note in found.notes)


# --- reading: what is refused --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("3 lớp", "không phải chữ số"),
        (12.5, "phần lẻ"),
        (1.2, "phần lẻ"),
        ("1,5", "phần lẻ"),
        ("1.5", "phần lẻ"),
        (-3, "âm"),
        (10**9, "9 chữ số"),
        (date(2022, 10, 6), "ngày tháng"),
        (True, "đúng/sai"),
        ("#REF!", "báo lỗi"),
        ("nhiều", "không phải chữ số"),
    ],
)
def test_what_is_no_number_is_named_with_its_cell_and_not_taken(value: object, words: str, tmp_path: Path) -> None:
    found = looked(written(tmp_path / "a.xlsx", change=set_cell("participants", value)))
    assert found.differences == ()
    (fault,) = found.faults
    assert words in fault.sentence
    assert fault.address in fault.sentence
    assert fault.address.startswith(f"Trang «{FIGURES}», ô E")


def test_every_fault_is_named_in_one_pass(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        for id, value in (("participants", "3 lớp"), ("banners", 1.5), ("leaflets", "=2+3")):
            value_cell(book, id).value = value
        book[TEXTS].cell(row_of(book[TEXTS], "document.month"), 4).value = "tháng mười"
        book[CLASSES].cell(row_of(book[CLASSES], "class_list"), 4).value = "ba mươi"
        book[FIGURES].merge_cells("E8:F8")

    found = looked(written(tmp_path / "a.xlsx", change=change))
    assert len(found.faults) == 6
    assert found.refused


def test_words_that_excel_made_a_day_or_a_number_of_are_said(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        sheet = book[FIGURES]
        sheet.cell(row_of(sheet, "participants"), 6).value = date(2022, 9, 2)
        sheet.cell(row_of(sheet, "banners"), 6).value = 912345678

    said = {each.field: each.said for each in looked(written(tmp_path / "a.xlsx", change=change)).differences}
    assert "thành ngày; máy đọc là «02/09/2022»" in said["note.participants"]
    assert "thành số; máy đọc là «912345678»" in said["note.banners"]


def test_a_number_and_a_word_for_none_contradict(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        book[FIGURES].cell(row_of(book[FIGURES], "participants"), 7).value = "Không tổ chức"

    found = looked(written(tmp_path / "a.xlsx", change=change))
    assert "Vừa ghi «535» vừa chọn «Không tổ chức»" in found.faults[0].sentence
    assert found.differences == ()


def insert_row(book: Any) -> None:
    sheet = book[FIGURES]
    row = row_of(sheet, "leaflets")
    sheet.insert_rows(row)
    sheet.cell(row, 4).value = "Số buổi văn nghệ"
    sheet.cell(row, 5).value = 8


def merge(book: Any) -> None:
    row = row_of(book[FIGURES], "banners")
    book[FIGURES].merge_cells(start_row=row, end_row=row + 1, start_column=5, end_column=5)


@pytest.mark.parametrize(
    ("change", "named", "taken"),
    [
        (insert_row, "đã chèn thêm", None),
        (set_cell("participants", "1.200"), "«1.200» ghi dạng chữ, đọc là 1.200", {"participants": 1200}),
        (set_cell("participants", "3 lớp"), "«3 lớp» không phải số đếm", {}),
        (set_cell("participants", None), "Ô trống trong Excel không xóa số", {}),
        (merge, "có ô bị gộp", None),
    ],
)
def test_five_workbooks_with_planted_faults_are_named_and_no_wrong_number_is_taken(
    change: Callable[[Any], None], named: str, taken: dict[str, JsonValue] | None, tmp_path: Path
) -> None:
    found = looked(written(tmp_path / "a.xlsx", change=change))
    said = " ".join(
        [fault.sentence for fault in found.faults] + [each.said for each in found.differences] + [*found.notes]
    )
    assert named in said
    assert found.refused == (taken is None)
    if taken is not None:
        assert {each.field: each.after for each in found.differences} == taken


def test_the_sixth_an_old_copy_is_named_and_undoes_nothing(tmp_path: Path) -> None:
    path = written(tmp_path / "a.xlsx", change=set_cell("banners", 15))
    now = replace(report(), answers={**report().answers, "participants": 600, "banners": 13})
    found = looked(path, now)
    (both,) = found.differences
    assert (both.field, both.both_changed, both.before_words, both.after_words) == ("banners", True, "13", "15")
    assert any("bản cũ" in note and "Số người tham gia" in note for note in found.notes)


def delete_row(book: Any) -> None:
    book[FIGURES].delete_rows(row_of(book[FIGURES], "banners"))


def copy_row(book: Any) -> None:
    sheet, row = book[FIGURES], row_of(book[FIGURES], "banners")
    sheet.insert_rows(row)
    for column in range(1, 9):
        sheet.cell(row, column).value = sheet.cell(row + 1, column).value


def sort_without_tags(book: Any) -> None:
    sheet = book[FIGURES]
    one, other = row_of(sheet, "leaflets"), row_of(sheet, "banners")
    for column in range(3, 9):
        cells = sheet.cell(one, column), sheet.cell(other, column)
        cells[0].value, cells[1].value = cells[1].value, cells[0].value


def copy_sheet(book: Any) -> None:
    book.copy_worksheet(book[FIGURES])


def delete_column(book: Any) -> None:
    book[FIGURES].delete_cols(7)


def number_on_a_group(book: Any) -> None:
    sheet = book[FIGURES]
    row = next(r for r in range(1, 40) if sheet.cell(r, 4).value == "Hoạt động tuyên truyền")
    sheet.cell(row, 5).value = 5


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (delete_row, "mất dòng «Số băng rôn"),
        (copy_row, "có hai lần"),
        (sort_without_tags, "không phải của dòng này"),
        (copy_sheet, "bản chép thêm"),
        (delete_column, "mất cột"),
        (number_on_a_group, "không có ô ghi"),
    ],
)
def test_a_sheet_that_was_rebuilt_is_refused_by_name(change: Callable[[Any], None], named: str, tmp_path: Path) -> None:
    found = looked(written(tmp_path / "a.xlsx", change=change))
    assert any(named in fault.sentence for fault in found.faults)
    assert found.refused or found.differences == ()


def test_an_inserted_blank_row_moves_no_number(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        book[FIGURES].insert_rows(row_of(book[FIGURES], "leaflets"))

    found = looked(written(tmp_path / "a.xlsx", change=change))
    assert (found.differences, found.faults) == ((), ())
    assert any("chèn thêm" in note for note in found.notes)


def test_a_workbook_without_its_hidden_sheet_is_foreign(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        del book["hoctap"]

    with pytest.raises(UserError) as refused:
        looked(written(tmp_path / "a.xlsx", change=change))
    assert refused.value.code is Code.WORKBOOK_FOREIGN


def test_a_workbook_of_another_form_is_refused(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        for row in book["hoctap"].iter_rows():
            if row[1].value == "form_hash":
                row[2].value = "0" * 64

    with pytest.raises(UserError) as refused:
        looked(written(tmp_path / "a.xlsx", change=change))
    assert refused.value.code is Code.WORKBOOK_OTHER_FORM


def test_a_workbook_of_a_newer_program_is_told_as_such(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        for row in book["hoctap"].iter_rows():
            if row[1].value == "version":
                row[2].value = "999"

    with pytest.raises(UserError) as refused:
        looked(written(tmp_path / "a.xlsx", change=change))
    assert refused.value.code is Code.WORKBOOK_NEWER


def test_a_formula_in_a_cell_is_told_with_its_address(tmp_path: Path) -> None:
    found = looked(written(tmp_path / "a.xlsx", change=set_cell("banners", "=1+1")))
    assert [fault.code for fault in found.faults] == [Code.WORKBOOK_FORMULA]
    assert found.refused


def test_a_text_no_cell_of_excel_can_hold_is_told_before_it_is_written() -> None:
    long = replace(report(), answers={**report().answers, "launch": "ă" * 32_768})
    with pytest.raises(UserError) as refused:
        write_workbook(long, form(), AT)
    assert refused.value.code is Code.WORKBOOK_TEXT_LONG


# --- any answers ---------------------------------------------------------------------------------------------------

LETTERS = st.characters(codec="utf-8", exclude_categories=("Cs", "Cn"))
LINE = (
    st.one_of(
        st.text(LETTERS, min_size=1, max_size=40),
        st.sampled_from(
            ["=1+1", "_x0041_", "_x005F_x000D_", "'x", "  lùi vào", "1.200", "Không tổ chức", "<a>&amp;", "Ê̆a"]
        ),
    )
    .map(lambda text: clean_lines(text).replace("\n", " "))
    .filter(lambda text: bool(text.strip()))
)
TEXT = st.lists(LINE, min_size=1, max_size=3).map("\n".join).map(clean_lines).filter(lambda text: bool(text.strip()))
DAY = st.dates(min_value=date(2000, 1, 1), max_value=date(2050, 1, 1)).map(lambda d: d.isoformat())
NONE = st.builds(
    lambda kind, reason: {"none": kind.value, "reason": reason}, st.sampled_from(list(NoNumber)), st.just("") | LINE
)


def answer(field: Field) -> st.SearchStrategy[JsonValue]:
    match field.type:
        case FieldType.COUNT:
            return st.integers(0, 999_999_999) | NONE
        case FieldType.MONEY:
            return st.integers(0, 999_999_999_999_999) | NONE
        case FieldType.LINES:
            return st.lists(LINE, min_size=1, max_size=4).map(lambda items: [clean_lines(item) for item in items])
        case FieldType.MONTH:
            return DAY.map(lambda day: day[:7])
        case FieldType.CLASSES:
            item: st.SearchStrategy[JsonValue] = st.fixed_dictionaries(
                {"name": LINE},
                optional={
                    "learners": st.integers(0, 999_999_999), "subject": LINE, "place": LINE, "from": DAY, "to": DAY,
                },
            )  # fmt: skip
            return st.lists(item, min_size=1, max_size=5).map(lambda items: [*items])
        case FieldType.LONG_TEXT:
            return TEXT
        case _:
            return LINE


ANSWERS = st.fixed_dictionaries(
    {}, optional={field.id: answer(field) for field in form().fields() if in_workbook(field)}
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(answers=ANSWERS)
def test_any_answers_come_back_as_they_went(answers: dict[str, JsonValue], tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(write_workbook(replace(report(), answers=answers), form(), AT))
    found = compare(read_workbook(path, form_by_id), form(), {}, begun=False)
    assert found.faults == ()
    assert {each.field: each.after for each in found.differences} == {**counted_from_list(form(), answers), **answers}


def test_naughty_strings_come_back_as_they_went(shared_bad_input: Path, tmp_path: Path) -> None:
    strings = json.loads((shared_bad_input / "text" / "blns.json").read_text(encoding="utf-8"))
    texts = [cleaned for typed in strings if (cleaned := clean_lines(typed)).strip() and len(cleaned) < 5000]
    fields = [field for field in form().fields() if field.type is FieldType.LONG_TEXT and field.max_length >= 6000]
    path = tmp_path / "a.xlsx"
    taken = 0
    for start in range(0, len(texts), 80 * len(fields)):
        # many to a cell: what is asked is that no letter of them is lost
        answers: dict[str, JsonValue] = {
            field.id: clean_lines("\n".join(texts[start + at :: len(fields)][:80])) for at, field in enumerate(fields)
        }
        path.write_bytes(write_workbook(replace(report(), answers=answers), form(), AT))
        found = read_workbook(path, form_by_id)
        too_long = {fault.address for fault in found.faults}
        assert all("nhiều nhất" in fault.sentence for fault in found.faults)
        assert len(found.entries) + len(too_long) == len(fields)
        assert all(entry.value == answers[entry.field] for entry in found.entries)
        taken += len(found.entries)
    assert taken >= 5


def test_every_number_of_the_form_stands_in_the_workbook() -> None:
    book = load_workbook(BytesIO(write_workbook(report(), form(), AT)))
    tags = {row[0].value for name in (FIGURES, TEXTS) for row in book[name].iter_rows(max_col=1)}
    assert {field.id for field in form().fields() if field.type in NUMBERS} <= tags
