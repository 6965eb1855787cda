"""The rules of domain.md §4, each seen to fire and seen to stay silent."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoctap_desktop.filing.filled_file import read_filled
from hoctap_desktop.form.context import NOTHING_ELSE_KNOWN, Context, Others
from hoctap_desktop.form.definition import Field, FieldType, Severity
from hoctap_desktop.form.findings import Finding
from hoctap_desktop.form.loader import form_by_id
from hoctap_desktop.form.validation import findings, place_of, wrong_shape
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.paths import forms

FORM = form_by_id("report", 1)
SOUND = dict(read_filled(forms() / "examples" / "2022-truong-thcs-ha-thuong-report.toml").answers)
NOT_HELD: JsonValue = {"none": "not_held", "reason": ""}
UNKNOWN: JsonValue = {"none": "unknown", "reason": ""}


def found(changes: dict[str, JsonValue], context: Context = NOTHING_ELSE_KNOWN) -> tuple[Finding, ...]:
    answers = {**SOUND, **changes}
    return findings(FORM, {id: value for id, value in answers.items() if value is not None}, context)


def rules(changes: dict[str, JsonValue], context: Context = NOTHING_ELSE_KNOWN) -> dict[tuple[str, str], Severity]:
    return {(f.rule, f.field): f.severity for f in found(changes, context)}


def test_a_sound_report_has_no_finding() -> None:
    assert found({}) == ()


# By type: answers that are one, and what is none, with a word of why.
SHAPES: dict[FieldType, tuple[list[JsonValue], list[tuple[JsonValue, str]]]] = {
    FieldType.COUNT: (
        [0, 10**9 - 1, NOT_HELD],
        [(-1, "âm"), (10**9, "9 chữ số"), (True, "số nguyên"), ("5", "số nguyên")],
    ),
    FieldType.MONEY: ([0, 10**15 - 1], [(10**15, "15 chữ số"), ({"none": "lost"}, "kiểu «không có số»")]),
    FieldType.LINE: (["", "x" * 30], [("x" * 31, "nhiều nhất 30"), ("a\nb", "một dòng"), (5, "phải là chữ")]),
    FieldType.LONG_TEXT: (["a\nb"], [("x" * 31, "nhiều nhất 30"), ([], "phải là chữ")]),
    FieldType.DATE: (
        ["", "2022-10-06"],
        [("06/10/2022", "ngày có thật"), ("2022-02-30", "ngày có thật"), ("2022-10", "ngày")],
    ),
    FieldType.MONTH: (["2022-10"], [("2022-13", "tháng"), ("10/2022", "tháng"), ("2022-10-06", "tháng")]),
    FieldType.TIME: (
        ["00:00", "07:30", "23:59"],
        [("24:00", "giờ"), ("07:60", "giờ"), ("7:30", "giờ"), ("07.30", "giờ"), ("٠٧:٣٠", "giờ"), ("ab:cd", "giờ")],
    ),
    FieldType.LINES: (
        [[], ["x" * 30] * 100],
        [(["x"] * 101, "nhiều nhất 100"), (["a", "x" * 31], "dòng 2"), ("a", "danh sách")],
    ),
    FieldType.CLASSES: (
        [[], [{"name": "Tin học", "learners": 10**9 - 1, "from": "2022-10-06"}]],
        [
            ([{"learners": 3}], "thiếu tên"),
            ([{"name": "a", "teacher": "b"}], "mục lạ"),
            ([{"name": "a", "learners": 10**9}], "số học viên"),
            ([{"name": "a", "learners": -1}], "số học viên"),
            ([{"name": "a", "learners": True}], "số học viên không đúng"),
            ([{"name": "a", "learners": "mười"}], "số học viên «mười» không đúng"),
            ([{"name": "x" * 31}], "quá dài"),
            ([{"name": "a"}] * 501, "500 lớp"),
        ],
    ),
}


@pytest.mark.parametrize("kind", SHAPES)
def test_each_type_takes_what_it_is_and_says_why_it_takes_nothing_else(kind: FieldType) -> None:
    sound, wrong = SHAPES[kind]
    field = Field("a", "Mục", kind, max_length=30)
    assert [value for value in sound if wrong_shape(field, value)] == []
    assert [(value, said) for value, words in wrong if words not in (said := wrong_shape(field, value))] == []


BLOCKS: list[tuple[dict[str, JsonValue], str, str]] = [
    ({"participants": -1}, "type", "participants"),
    ({"participants": 10**9}, "type", "participants"),
    ({"participants": True}, "type", "participants"),
    ({"participants": "12"}, "type", "participants"),
    ({"participants": {"none": "lost", "reason": ""}}, "type", "participants"),
    ({"group_content": 3}, "group_row", "group_content"),
    ({"visitors": 3}, "unknown_field", "visitors"),
    ({"subject": "x" * 301}, "type", "subject"),
    ({"subject": "hai\ndòng"}, "type", "subject"),
    ({"recipients": "Lưu: VT"}, "type", "recipients"),
    ({"document.month": "2022-13"}, "type", "document.month"),
    ({"reason.no_such_rule.talks": "x"}, "unknown_field", "reason.no_such_rule.talks"),
    ({"class_list": [{"learners": 3}]}, "type", "class_list"),
    ({"class_list": [{"name": "x", "learners": True}]}, "type", "class_list"),
    ({"funding.state": 10**15}, "type", "funding.state"),
    ({"direction": None}, "required", "direction"),
    ({"signer.name": "  "}, "required", "signer.name"),
    ({"talks": None}, "attendees_without_talks", "talks"),
    ({"talks": 0}, "attendees_without_talks", "talks"),
    ({"talks": NOT_HELD}, "attendees_without_talks", "talks"),
    ({"exhibitions": 0}, "visits_without_exhibitions", "exhibitions"),
    ({"classes": NOT_HELD}, "learners_without_classes", "classes"),
    ({"class_list": [{"name": "a", "learners": 24}, {"name": "b"}]}, "class_list_count", "classes"),
    ({"class_list": [{"name": "a", "learners": 23}]}, "class_list_learners", "learners"),
    ({"organising_units": 0}, "held_without_unit", "organising_units"),
    ({"participants": NOT_HELD}, "held_without_participant", "participants"),
    ({"bookcases": None}, "blank_cell", "bookcases"),
]


@pytest.mark.parametrize(("changes", "rule", "field"), BLOCKS)
def test_what_must_be_fixed_blocks(changes: dict[str, JsonValue], rule: str, field: str) -> None:
    assert rules(changes)[rule, field] is Severity.BLOCK
    assert any(f.blocks for f in found(changes) if f.rule == rule)


def test_a_cell_already_asked_for_is_not_told_twice() -> None:
    assert [f.rule for f in found({"talks": None}) if f.field == "talks"] == ["attendees_without_talks"]


def test_of_a_cell_that_cannot_be_read_nothing_else_is_told() -> None:
    told = [one.rule for one in found({"participants": "1,5"}) if one.field == "participants"]
    assert told == ["type"]


def test_unknown_asks_for_a_reason_and_then_passes() -> None:
    (asked,) = [f for f in found({"leaflets": UNKNOWN}) if f.rule == "unknown_reason"]
    assert asked.severity is Severity.ASK
    assert asked.blocks
    (told,) = [f for f in found({"leaflets": {"none": "unknown", "reason": "Chờ in"}}) if f.rule == "unknown_reason"]
    assert not told.blocks
    assert told.reason == "Chờ in"


def test_everything_zero_asks_and_its_reason_settles_it() -> None:
    zero: dict[str, JsonValue] = {field.id: 0 for field in FORM.indicators()}
    (asked,) = [f for f in found(zero) if f.rule == "everything_zero"]
    assert asked.blocks
    (told,) = [f for f in found({**zero, asked.settled_by: "Không có hoạt động"}) if f.rule == "everything_zero"]
    assert not told.blocks


def test_a_week_that_was_not_held_is_an_answer_and_not_everything_zero() -> None:
    nothing: dict[str, JsonValue] = {field.id: NOT_HELD for field in FORM.indicators()}
    assert not [f for f in found(nothing) if f.blocks]


def test_a_total_changed_by_hand_keeps_the_computed_one_and_asks_why() -> None:
    assert ("total_overridden", "leaflets") not in rules({"computed.leaflets": 150})
    assert rules({"computed.leaflets": 149})["total_overridden", "leaflets"] is Severity.ASK
    settled = found({"computed.leaflets": 149, "reason.total_overridden.leaflets": "Cộng thêm của xã"})
    assert not any(f.blocks for f in settled)


@pytest.mark.parametrize("stated", [NOT_HELD, {"none": "not_applicable", "reason": ""}])
def test_a_total_stated_as_no_number_asks_why_as_well(stated: JsonValue) -> None:
    words = {"leaflets": stated, "computed.leaflets": 150}
    assert rules(words)["total_overridden", "leaflets"] is Severity.ASK
    assert not any(f.blocks for f in found({**words, "reason.total_overridden.leaflets": "Đơn vị báo lại"}))
    assert ("total_overridden", "leaflets") not in rules({"leaflets": NOT_HELD, "computed.leaflets": 0})


def test_a_sum_of_money_changed_or_left_out_by_hand_asks_why() -> None:
    added: dict[str, JsonValue] = {"computed.funding.raised": 5_000_000}
    assert ("total_overridden", "funding.raised") not in rules({**added, "funding.raised": 5_000_000})
    for stated in (4_000_000, None):
        assert rules({**added, "funding.raised": stated})["total_overridden", "funding.raised"] is Severity.ASK


WARNINGS: list[tuple[dict[str, JsonValue], Context, str, str]] = [
    ({"talk_attendees": 500}, NOTHING_ELSE_KNOWN, "attendees_over_participants", "talk_attendees"),
    ({"talk_attendees": 0}, NOTHING_ELSE_KNOWN, "talks_without_attendees", "talk_attendees"),
    ({"learners": 201}, NOTHING_ELSE_KNOWN, "class_size", "learners"),
    ({"learners": 2}, NOTHING_ELSE_KNOWN, "class_size", "learners"),
    ({"bookcases": 266}, NOTHING_ELSE_KNOWN, "bookcases_over_books", "bookcases"),
    ({}, Context(last_year={"books_donated": 26}), "jump_from_last_year", "books_donated"),
    ({}, Context(last_year={"books_donated": 2650}), "jump_from_last_year", "books_donated"),
    ({}, Context(usual={"leaflets": 15}), "jump_from_sisters", "leaflets"),
    ({"document.month": "2022-09"}, Context(week_to=date(2022, 10, 12)), "dated_before_week_ends", "document.month"),
    ({"banners": 0}, Context(promised=frozenset({"banners"})), "banners_promised", "banners"),
    ({}, Context(own_and_children={"talks": 5}), "own_and_children", "talks"),
]


@pytest.mark.parametrize(("changes", "context", "rule", "field"), WARNINGS)
def test_what_looks_odd_warns_and_lets_pass(
    changes: dict[str, JsonValue], context: Context, rule: str, field: str
) -> None:
    assert rules(changes, context)[rule, field] is Severity.WARN
    assert not any(f.blocks for f in found(changes, context))


SILENT: list[tuple[dict[str, JsonValue], Context, str]] = [
    ({"learners": 200}, NOTHING_ELSE_KNOWN, "class_size"),
    ({"learners": 3}, NOTHING_ELSE_KNOWN, "class_size"),
    ({}, Context(last_year={"books_donated": 27}), "jump_from_last_year"),
    ({}, Context(last_year={"books_donated": 0}), "jump_from_last_year"),
    ({"banners": 0}, Context(promised=frozenset({"talks"})), "banners_promised"),
    ({"talks": UNKNOWN}, NOTHING_ELSE_KNOWN, "attendees_without_talks"),
    ({"participants": UNKNOWN}, NOTHING_ELSE_KNOWN, "held_without_participant"),
    ({}, Context(week_to=date(2022, 10, 12)), "dated_before_week_ends"),
]


@pytest.mark.parametrize(("changes", "context", "rule"), SILENT)
def test_what_is_usual_stays_silent(changes: dict[str, JsonValue], context: Context, rule: str) -> None:
    assert rule not in {name for name, _ in rules(changes, context)}


def test_numbers_all_round_are_odd_and_one_that_is_not_settles_it() -> None:
    round_ones: dict[str, JsonValue] = {
        id: value * 100 for id, value in SOUND.items() if isinstance(value, int) and FORM.row_of(id)
    }
    assert "round_numbers" in {rule for rule, _ in rules(round_ones)}
    assert "round_numbers" not in {rule for rule, _ in rules({**round_ones, "banners": 601})}


def test_a_table_equal_to_another_units_is_odd() -> None:
    other = {id: value for id, value in SOUND.items() if isinstance(value, int) and FORM.row_of(id)}
    assert "same_as_other_unit" in {r for r, _ in rules({}, Context(others=Others({"Trường X": other})))}
    assert "same_as_other_unit" not in {
        r for r, _ in rules({}, Context(others=Others({"Trường X": {**other, "talks": 9}})))
    }


def test_a_place_is_told_in_the_words_of_the_paper() -> None:
    assert place_of(FORM, "talks") == "mục 4, số lần hội thảo, tọa đàm"
    assert place_of(FORM, "launch") == "mục I.2, lễ phát động"
    assert place_of(FORM, "note.books_donated").startswith("mục 6")


def test_must_fix_comes_first() -> None:
    order = [f.severity for f in found({"talks": None, "leaflets": UNKNOWN, "learners": 999})]
    assert order == sorted(order, key=[Severity.BLOCK, Severity.ASK, Severity.WARN].index)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=6,
)
ids = st.sampled_from([field.id for field in FORM.fields()] + ["group_talks", "x", "reason.x.y", "computed.talks"])


@given(st.dictionaries(ids, json_values, max_size=6))
def test_any_answers_are_judged_without_a_crash(answers: dict[str, JsonValue]) -> None:
    for finding in findings(FORM, answers):
        assert finding.message
        assert "{" not in finding.message or "{" in str(answers)
