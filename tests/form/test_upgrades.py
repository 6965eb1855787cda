"""Answers of an older form on a newer one: by id, nothing lost without being named."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from hoctap_desktop.form import editing
from hoctap_desktop.form.answers import COMPUTED
from hoctap_desktop.form.definition import FieldType, FormDefinition
from hoctap_desktop.form.loader import form_by_id
from hoctap_desktop.form.upgrades import upgrade
from hoctap_desktop.foundation.canonical_json import JsonValue

OLD = form_by_id("report", 1)
TALKS = next(row for section in OLD.sections for row in section.rows if "talks" in row.cells)
NEW = editing.moved(editing.retired(OLD, TALKS.id).form, "leaflets", -1)
NEW, ADDED = editing.added(NEW, "Số câu lạc bộ", "câu lạc bộ", year=2026, taken=())


def test_answers_come_along_by_id() -> None:
    answers: dict[str, JsonValue] = {
        "participants": 12,
        "subject": "Kết quả",
        "leaflets": {"none": "not_held", "reason": ""},
    }
    found = upgrade(OLD, NEW, answers)
    assert found.answers == answers
    assert (found.kept, found.dropped) == (3, ())
    assert found.new == ("Số câu lạc bộ",)


def test_what_is_asked_no_more_is_named_with_its_note_and_what_was_added_up() -> None:
    answers: dict[str, JsonValue] = {"talks": 3, TALKS.note: "ở xã", f"{COMPUTED}talks": 3, "participants": 1}
    found = upgrade(OLD, NEW, answers)
    assert [(one.id, one.value) for one in found.dropped] == [
        ("talks", 3),
        (TALKS.note, "ở xã"),
        (f"{COMPUTED}talks", 3),
    ]
    assert all(one.why == "Biểu mẫu mới không hỏi mục này." and one.label for one in found.dropped)
    assert found.answers == {"participants": 1}


def test_an_answer_in_another_place_is_listed_as_moved() -> None:
    other = editing.relabelled(OLD, "leaflets", "Tờ gấp, tờ rơi")
    (moved,) = upgrade(OLD, other, {"leaflets": 4, "participants": 1}).moved
    assert moved.id == "leaflets"
    assert moved.after.endswith("Tờ gấp, tờ rơi")
    assert moved.before != moved.after


def test_a_field_of_another_type_or_too_small_is_dropped_with_its_reason() -> None:
    def with_field(**changes: object) -> FormDefinition:
        sections = tuple(
            replace(s, fields=tuple(replace(f, **changes) if f.id == "lead" else f for f in s.fields))  # type: ignore[arg-type]
            for s in OLD.sections
        )
        return replace(OLD, sections=sections)

    short, other = with_field(max_length=3), with_field(type=FieldType.DATE)
    assert upgrade(OLD, short, {"lead": "dài quá"}).dropped[0].why == "Biểu mẫu mới cho nhiều nhất 3 chữ."
    assert upgrade(OLD, other, {"lead": "x"}).dropped[0].why == "Biểu mẫu mới hỏi mục này theo kiểu khác."


def test_a_reason_for_a_check_that_went_is_dropped() -> None:
    answers: dict[str, JsonValue] = {
        "reason.talks_without_attendees.talks": "đúng",
        "reason.jump_from_last_year.participants": "đông",
    }
    found = upgrade(OLD, NEW, answers)
    assert [one.id for one in found.dropped] == ["reason.talks_without_attendees.talks"]
    assert list(found.answers) == ["reason.jump_from_last_year.participants"]


@given(st.lists(st.sampled_from([field.id for field in OLD.fields()]), unique=True))
def test_every_answer_is_kept_or_named(ids: list[str]) -> None:
    found = upgrade(OLD, NEW, dict.fromkeys(ids, 1))
    assert sorted([*found.answers, *(one.id for one in found.dropped)]) == sorted(ids)
