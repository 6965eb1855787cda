"""The report page decides without widgets: numbers, no-numbers, slips, reasons, undo."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from hoctap_desktop.filing.filled_file import read_filled
from hoctap_desktop.filing.model import Filing, Status
from hoctap_desktop.form.answers import NoNumber
from hoctap_desktop.form.context import Context
from hoctap_desktop.form.definition import Severity
from hoctap_desktop.foundation import paths
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.office.paper import form_of
from hoctap_desktop.ui.report.grid_rows import GridRow
from hoctap_desktop.ui.report.presenter import ReportPresenter
from hoctap_desktop.ui.report.report_answers import Save


def sample() -> Filing:
    return read_filled(paths.forms() / "examples" / "2022-ha-thuong-report.toml")


def presenter(filing: Filing | None = None, last_year: Mapping[str, int] | None = None) -> ReportPresenter:
    filing = filing or sample()
    return ReportPresenter(filing, form_of(filing), Context(last_year=last_year or {}))


def empty() -> ReportPresenter:
    return presenter(replace(sample(), answers={}))


def row(p: ReportPresenter, id: str) -> GridRow:
    return next(found for found in p.grid() if found.id == id)


def test_a_number_is_stored_as_a_number() -> None:
    p = presenter()
    assert p.type_number("participants", " 1.248 ") == (Save("participants", 1248),)
    assert p.shown("participants") == "1.248"


def test_the_same_number_again_stores_nothing() -> None:
    p = presenter()
    assert p.type_number("participants", "535") == ()
    assert not p.can_undo


def test_zero_is_a_number_and_not_blank() -> None:
    p = presenter()
    assert p.type_number("leaflets", "0") == (Save("leaflets", 0),)
    assert row(p, "leaflets").boxes[0].kind == "number"
    assert p.blank("leaflets") == (Save("leaflets", None),)
    assert row(p, "leaflets").boxes[0].kind == "blank"


@pytest.mark.parametrize("typed", ["1,5", "1.5", "-3", "mười", "1234567890"])
def test_what_cannot_be_read_stays_as_typed_on_the_screen_and_in_the_store(typed: str) -> None:
    p = presenter()
    assert p.type_number("participants", typed) == (Save("participants", typed),)
    box = row(p, "participants").boxes[0]
    assert (box.kind, box.text) == ("error", typed)
    first = p.findings()[0]
    assert (first.rule, first.field, first.severity) == ("rejected", "participants", Severity.BLOCK)
    assert p.why_not_final() != ""


def test_a_slip_is_over_when_the_number_is_put_right() -> None:
    p = presenter()
    p.type_number("participants", "1,5")
    assert p.type_number("participants", "535") == (Save("participants", 535),)
    assert all(finding.rule != "rejected" for finding in p.findings())


def test_undo_brings_the_number_back_and_takes_the_slip_away() -> None:
    p = presenter()
    p.type_number("participants", "1,5")
    assert p.undo() == (Save("participants", 535),)
    assert p.rejected("participants") is None
    p.type_number("participants", "x")
    p.type_number("participants", "y")
    assert p.undo() == (Save("participants", "x"),)
    assert p.rejected("participants") == "x"


def test_what_could_not_be_read_is_there_again_when_the_report_is_opened_again() -> None:
    p = presenter()
    p.type_number("participants", "1,5")
    p.write("document.month", "13/2022")
    again = presenter(replace(p.filing, answers=p.answers))
    assert row(again, "participants").boxes[0].text == "1,5"
    assert row(again, "participants").boxes[0].why == row(p, "participants").boxes[0].why
    assert again.message_of("document.month") == p.message_of("document.month")
    assert again.shown("document.month") == "13/2022"
    assert again.answers == p.answers
    assert again.type_number("participants", "15") == (Save("participants", 15),)
    assert again.blank("document.month") == (Save("document.month", None),)


@pytest.mark.parametrize(
    ("letter", "kind"),
    [("K", NoNumber.NOT_HELD), ("c", NoNumber.UNKNOWN), ("A", NoNumber.NOT_APPLICABLE)],
)
def test_a_letter_alone_states_why_there_is_no_number(letter: str, kind: NoNumber) -> None:
    p = presenter()
    assert p.type_number("leaflets", letter) == (Save("leaflets", {"none": kind.value, "reason": ""}),)
    assert row(p, "leaflets").boxes[0].kind == kind.value


def test_a_no_number_holds_for_both_numbers_of_a_row_while_neither_is_known() -> None:
    p = empty()
    said: JsonValue = {"none": "not_held", "reason": ""}
    assert p.state_none("wall_newspapers", NoNumber.NOT_HELD) == (
        Save("wall_newspapers", said),
        Save("wall_articles", said),
    )
    assert [box.kind for box in row(p, "wall").boxes] == ["not_held"]
    assert p.blank("wall_newspapers") == (Save("wall_newspapers", None), Save("wall_articles", None))


def test_a_no_number_leaves_the_other_number_of_its_row_alone() -> None:
    p = empty()
    p.type_number("wall_newspapers", "3")
    assert p.state_none("wall_articles", NoNumber.UNKNOWN) == (
        Save("wall_articles", {"none": "unknown", "reason": ""}),
    )
    assert [box.kind for box in row(p, "wall").boxes] == ["number", "unknown"]


def test_the_note_of_an_unknown_number_is_its_reason() -> None:
    p = presenter()
    p.state_none("leaflets", NoNumber.UNKNOWN)
    assert row(p, "leaflets").asks_reason
    saved = p.write_note(p.row("leaflets"), "  Chờ   xóm 5 ")
    assert saved == (Save("leaflets", {"none": "unknown", "reason": "Chờ xóm 5"}),)
    assert row(p, "leaflets").note == "Chờ xóm 5"
    p.type_number("leaflets", "7")
    assert p.write_note(p.row("leaflets"), "in ở huyện") == (Save("note.leaflets", "in ở huyện"),)


def test_a_reason_settles_a_doubt() -> None:
    p = presenter(last_year={"books_donated": 10})
    look = next(look for look in p.looks() if look.field == "books_donated")
    assert look.kind == "warn"
    assert [words for _, words in look.acts] == ["Ghi lý do", "Sửa số"]
    settled = "reason.jump_from_last_year.books_donated"
    assert p.give_reason(look.settled_by, "Có đợt quyên góp lớn") == (Save(settled, "Có đợt quyên góp lớn"),)
    assert next(look for look in p.looks() if look.field == "books_donated").kind == "info"


def test_classes_are_counted_from_their_list() -> None:
    p = empty()
    items: list[Mapping[str, JsonValue]] = [{"name": "Tin học", "learners": 20}, {"name": "Chăn nuôi"}]
    saved = p.set_classes("class_list", items)
    counts = ("classes", 2), ("learners", 20)
    kept = tuple(Save(f"{how}{id}", n) for how in ("", "computed.") for id, n in counts)
    assert saved[1:] == kept
    assert [row(p, id).boxes[0].kind for id in ("classes", "learners")] == ["computed", "computed"]
    assert p.undo() == (Save("class_list", None), *(Save(save.field, None) for save in kept))


def test_a_count_over_the_list_keeps_computed_stated_and_reason() -> None:
    p = empty()
    items: list[Mapping[str, JsonValue]] = [{"name": "Tin học", "learners": 20}, {"name": "Chăn nuôi"}]
    p.set_classes("class_list", items)
    p.type_number("classes", "5")
    assert (p.answers["computed.classes"], p.answers["classes"]) == (2, 5)
    standing = [f for f in p.findings() if f.field == "classes"]
    assert [(f.rule, f.severity, f.blocks) for f in standing] == [("total_overridden", Severity.ASK, True)]
    assert "danh sách được 2" in standing[0].message
    box = row(p, "classes").boxes[0]
    assert (box.kind, box.editable, box.computed) == ("warn", True, 2)
    p.give_reason("reason.total_overridden.classes", "Ba lớp mở cùng xã bên, không kê ở đây")
    assert not any(f.blocks for f in p.findings() if f.field == "classes")

    # one class more: what was stated and why stay, the count beside it is new
    p.set_classes("class_list", [*items, {"name": "May"}])
    assert [p.answers[id] for id in ("computed.classes", "classes", "learners")] == [3, 5, 20]
    assert "Ba lớp" in str(p.answers["reason.total_overridden.classes"])
    p.take_computed("classes")
    assert p.answers["classes"] == 3
    assert "reason.total_overridden.classes" not in p.answers

    p.set_classes("class_list", [])
    assert not any(id.startswith("computed.") for id in p.answers)


def test_the_reason_for_a_count_over_the_list_is_part_of_the_checks_of_the_report() -> None:
    filing = sample()
    stated = {**filing.answers, "classes": 9, "computed.classes": 2}
    told = [f for f in presenter(replace(filing, answers=stated)).findings() if f.field == "classes"]
    assert [f.severity for f in told if f.blocks] == [Severity.ASK]
    # a count that is not the one of the list settles nothing
    stated["computed.classes"] = 3
    told = [f for f in presenter(replace(filing, answers=stated)).findings() if f.field == "classes"]
    assert "class_list_count" in [f.rule for f in told if f.severity is Severity.BLOCK]


def test_a_count_that_differs_from_the_list_can_be_corrected() -> None:
    filing = sample()
    p = presenter(replace(filing, answers={**filing.answers, "classes": 9}))
    box = row(p, "classes").boxes[0]
    assert (box.kind, box.editable) == ("error", True)
    p.type_number("classes", "2")
    assert row(p, "classes").boxes[0].kind == "computed"


def test_a_row_with_two_numbers_is_one_cell() -> None:
    p = presenter()
    assert p.entered().words == "Đã nhập 16 trên 16 ô"
    p.type_number("wall_newspapers", "3")
    assert p.entered().words == "Đã nhập 15 trên 16 ô"


def test_many_empty_cells_are_one_row_of_what_is_to_be_done() -> None:
    p = empty()
    looks = p.looks()
    assert [look.key for look in looks if look.kind == "block"] == ["required", "blank_cell"]
    assert p.entered().words == "Đã nhập 0 trên 16 ô"
    assert looks[1].text.startswith("16 ô chưa nhập")
    assert [look.field for look in looks[2:]] == ["funding.state", "difficulties", "proposals", "recipients"]


def test_the_outline_ticks_what_is_done_and_marks_what_must_be_put_right() -> None:
    p = presenter()
    p.type_number("talks", "hai")
    p.write("difficulties", "")
    marks = {part.key: part.mark for part in p.parts()}
    shown = [marks[key] for key in ("launch", "figures", "difficulties", "part_one")]
    assert shown == ["done", "block", "open", ""]


def test_lines_money_and_month_are_read_strictly() -> None:
    p = presenter()
    assert p.write("recipients", " Phòng GD&ĐT \n\n Lưu: VT ") == (Save("recipients", ["Phòng GD&ĐT", "Lưu: VT"]),)
    assert p.write("funding.state", "4.500.000.000") == (Save("funding.state", 4_500_000_000),)
    assert p.write("funding.state", "4,5 triệu") == (Save("funding.state", "4,5 triệu"),)
    assert p.message_of("funding.state")[0] == "error"
    assert p.write("document.month", "tháng 11 năm 2022") == (Save("document.month", "2022-11"),)
    assert p.shown("document.month") == "11/2022"
    assert p.write("document.month", "13/2022") == (Save("document.month", "13/2022"),)
    assert p.shown("document.month") == "13/2022"


def test_that_a_field_is_empty_is_told_only_after_it_was_left() -> None:
    p = presenter()
    p.write("launch", "  ")
    assert p.message_of("launch") == ("normal", "")
    assert p.touch("launch")
    assert p.message_of("launch") == ("blank", "Mục «Lễ phát động» còn trống. Hãy nhập.")
    assert not p.touch("launch")


def test_a_part_that_may_stay_blank_is_no_doubt_of_what_stands_in_its_box() -> None:
    p = presenter()
    p.write("proposals", "")
    p.touch("proposals")
    assert p.message_of("proposals") == (
        "empty",
        "Mục II.4 «Kiến nghị, đề xuất» còn trống: giấy chỉ có tên mục. Nếu không có gì, ghi «Không có».",
    )


def test_a_final_report_takes_nothing() -> None:
    p = presenter(replace(sample(), status=Status.FINAL))
    assert p.type_number("participants", "1") == ()
    assert p.blank("participants") == ()
    assert all(not box.editable for row in p.grid() for box in row.boxes)
    assert p.chip == "Đã chốt, lần 1"


def test_last_years_numbers_stand_beside_todays() -> None:
    p = presenter(last_year={"participants": 1105, "exhibitions": 1, "exhibition_visits": 90})
    assert row(p, "participants").last_year == ("1.105",)
    assert row(p, "exhibitions").last_year == ("1", "90")
    assert row(p, "leaflets").last_year == ("–",)
    assert row(presenter(), "leaflets").last_year == ()
