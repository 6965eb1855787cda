from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from hoctap_desktop.diary.loader import diary_form
from hoctap_desktop.diary.model import Entry
from hoctap_desktop.diary.proposals import (
    Part,
    Proposal,
    Standing,
    Taken,
    class_rows,
    proposals,
    standing,
    with_rows,
)
from hoctap_desktop.form.loader import form_by_id
from hoctap_desktop.foundation.canonical_json import JsonValue

FORM = diary_form()
AT = datetime(2022, 10, 7, tzinfo=UTC)
NUMBERS = [number.id for kind in FORM.kinds for number in kind.numbers]


def entry(number: int, kind: str, **content: JsonValue) -> Entry:
    return Entry(number, "2022", {"kind": kind, "day": "2022-10-06", **content}, AT, AT)


def values(*entries: Entry) -> dict[str, int]:
    return {id: one.value for id, one in proposals(entries, FORM).items()}


def test_a_number_names_the_entries_it_comes_from() -> None:
    found = proposals([entry(1, "banner", banner_count=7), entry(4, "banner", banner_count=5)], FORM)
    assert found == {"banners": Proposal("banners", 12, (Part(1, 7), Part(4, 5)))}


def test_who_came_to_a_talk_counts_as_participant_too() -> None:
    assert values(entry(1, "talk", talk_count=1, talk_people=97), entry(2, "opening", opening_people=412)) == {
        "talks": 1,
        "talk_attendees": 97,
        "participants": 509,
    }


def test_blank_is_no_number_and_a_stated_zero_is_one() -> None:
    assert values(entry(1, "leaflet"), entry(2, "donation", donated_books=0)) == {"books_donated": 0}


def test_numbers_of_another_kind_and_removed_entries_do_not_count() -> None:
    gone = Entry(2, "2022", {"kind": "banner", "banner_count": 3}, AT, AT, AT)
    assert values(entry(1, "talk", banner_count=7, talk_count=1), gone) == {"talks": 1}


def test_flags_are_noted_but_no_row_of_the_report_asks_them() -> None:
    assert values(entry(1, "banner", flag_count=5)) == {}


def test_each_class_is_one_and_a_row_of_the_list() -> None:
    classes = [
        entry(1, "class", title="Chăm sóc cây chè", class_people=27, place="Nhà văn hóa", subject="Trồng trọt"),
        entry(2, "class", class_people=5),
    ]
    assert values(*classes) == {"classes": 2, "learners": 32, "participants": 32}
    assert class_rows(classes, FORM, "class_list") == (
        {
            "name": "Chăm sóc cây chè",
            "learners": 27,
            "place": "Nhà văn hóa",
            "subject": "Trồng trọt",
            "from": "2022-10-06",
        },
    )


def test_classes_of_the_diary_join_those_typed_in_the_report_without_doubling() -> None:
    listed: list[dict[str, JsonValue]] = [
        {"name": "Cây chè", "learners": 20, "from": "06/10/2022"},
        {"name": "Tin học", "learners": 9},
    ]
    rows: list[dict[str, JsonValue]] = [
        {"name": "cây chè", "learners": 27, "from": "2022-10-06"},
        {"name": "Ngoại ngữ", "learners": 12},
    ]
    assert [(row["name"], row["learners"]) for row in with_rows(listed, rows)] == [
        ("cây chè", 27),
        ("Tin học", 9),
        ("Ngoại ngữ", 12),
    ]
    assert with_rows(with_rows(listed, rows), rows) == with_rows(listed, rows)


@given(
    st.lists(
        st.tuples(
            st.sampled_from([kind.id for kind in FORM.kinds]),
            st.dictionaries(st.sampled_from(NUMBERS), st.integers(0, 10**6), max_size=8),
        ),
        max_size=20,
    )
)
def test_every_proposal_is_the_sum_of_what_its_entries_hold(drawn: list[tuple[str, dict[str, int]]]) -> None:
    entries = [entry(at, kind, **content) for at, (kind, content) in enumerate(drawn, start=1)]
    expected: dict[str, int] = {}
    for kind_id, content in drawn:  # once more, by another way: by indicator, not by entry
        kind = FORM.kind(kind_id)
        assert kind is not None
        for indicator in form_by_id("report", 1).indicators():
            feeding = [n.id for n in kind.numbers if indicator.id in n.feeds and n.id in content]
            if feeding or kind.each == indicator.id:
                added = sum(content[id] for id in feeding) + (kind.each == indicator.id)
                expected[indicator.id] = expected.get(indicator.id, 0) + added
    assert values(*entries) == expected
    for one in proposals(entries, FORM).values():
        assert sum(part.value for part in one.parts) == one.value
        assert {part.entry for part in one.parts} <= {e.number for e in entries}


def test_how_the_report_stands_to_the_diary() -> None:
    twelve, fourteen = Proposal("banners", 12, (Part(1, 12),)), Proposal("banners", 14, (Part(1, 12), Part(2, 2)))
    taken = Taken("banners", 12, (Part(1, 12),), AT)
    assert standing(None, None, 5) is Standing.NONE
    assert standing(twelve, None, None) is Standing.OFFERED
    assert standing(twelve, None, 5) is Standing.OFFERED
    assert standing(twelve, None, 12) is Standing.SAME
    assert standing(twelve, taken, 12) is Standing.TAKEN
    assert standing(fourteen, taken, 12) is Standing.DIARY_CHANGED
    assert standing(None, taken, 12) is Standing.DIARY_CHANGED
    assert standing(twelve, taken, 15) is Standing.OVERTYPED
    assert standing(twelve, taken, None) is Standing.OFFERED
