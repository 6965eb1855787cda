"""What a filing said at any moment can be told, and going back loses nothing."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hoctap_desktop.filing import change_rows
from hoctap_desktop.filing import repository as filings
from hoctap_desktop.filing.content import filing_json
from hoctap_desktop.filing.model import Status
from hoctap_desktop.filing.versions import VersionId, field_history, removed_items, timeline, version, version_id
from hoctap_desktop.form.loader import form_by_id
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.office.story_words import what
from hoctap_desktop.store import sitting
from hoctap_desktop.store.check import check
from hoctap_desktop.store.database import Store
from tests.offices import NOW, commune_store, report_draft

ID = "2022-report"


def later(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = commune_store(tmp_path / "a.hoctap")
    sitting.be(opened, "Lan")
    filings.begin(opened, report_draft({"participants": 1, "launch": "Lễ"}))
    yield opened
    assert check(opened) == ()
    opened.close()


def points(store: Store) -> list[tuple[str, str, str]]:
    found = timeline(filings.versions(store, ID), change_rows.history(store, ID), change_rows.acts(store, ID))
    return [(str(point.id), point.kind, point.who) for point in found]


def answers(store: Store, id: str) -> object:
    wanted = version_id(id)
    assert wanted is not None
    return version(filings.versions(store, ID), change_rows.history(store, ID), wanted).answers


def test_every_state_there_ever_was_can_be_told(store: Store) -> None:
    states = [dict(filings.current(store, ID).answers)]
    for number, (field, value) in enumerate(
        [("participants", 2), ("banners", 7), ("launch", None), ("participants", 3), ("launch", "Lễ khai mạc")]
    ):
        filings.set_answer(store, ID, field, value, later(number))
        states.append(dict(filings.current(store, ID).answers))
    assert [answers(store, f"1.{number}") for number in range(6)] == states
    assert answers(store, "1") == states[-1]


def test_an_earlier_revision_is_told_from_its_own_changes(store: Store) -> None:
    filings.set_answer(store, ID, "participants", 2, NOW)
    filings.freeze(store, ID, filing_json(filings.current(store, ID)), b"%PDF-1.4", "AAAA-BBBB-CCCC", NOW)
    filings.set_document_number(store, ID, "21", None, NOW)
    filings.amend(store, ID, later(1))
    filings.set_answer(store, ID, "participants", 9, later(2))
    assert answers(store, "1.0") == {"participants": 1, "launch": "Lễ"}
    assert answers(store, "1") == answers(store, "2.0") == {"participants": 2, "launch": "Lễ"}
    assert answers(store, "2") == {"participants": 9, "launch": "Lễ"}
    assert [point[1:] for point in points(store)] == [
        (kind, "Lan") for kind in ("typed", "amended", "finalised", "typed", "begun")
    ]


def test_the_next_revision_tells_when_it_was_begun_and_from_which_one(store: Store) -> None:
    filings.freeze(store, ID, filing_json(filings.current(store, ID)), b"%PDF-1.4", "AAAA-BBBB-CCCC", NOW)
    filings.amend(store, ID, later(1), least=4)  # the upper unit knows of more revisions than this store
    told = timeline(filings.versions(store, ID), change_rows.history(store, ID), change_rows.acts(store, ID))[0]
    assert (told.kind, told.at) == ("amended", later(1))
    assert what(form_by_id("report", 1), told) == "Lập lần 4 từ lần 1"


@pytest.mark.parametrize("text", ["3", "1.99", "2.1"])
def test_a_version_there_is_none_of_is_named(store: Store, text: str) -> None:
    with pytest.raises(UserError) as caught:
        answers(store, text)
    assert caught.value.code is Code.VERSION_UNKNOWN
    assert text in str(caught.value)


def test_only_numbers_are_the_name_of_a_version() -> None:
    assert version_id("2.57") == VersionId(2, 57)
    assert version_id("2") == VersionId(2)
    assert [version_id(text) for text in ("", "0", "1.", "a", "1.2.3", "-1")] == [None] * 6


def test_a_pause_and_another_person_each_begin_a_new_point(store: Store) -> None:
    for minute in (0, 1, 2):
        filings.set_answer(store, ID, "participants", 10 + minute, later(minute))
    filings.set_answer(store, ID, "banners", 5, later(40))
    sitting.be(store, "Bình")
    filings.set_answer(store, ID, "banners", 6, later(41))
    assert points(store) == [
        ("1", "typed", "Bình"),
        ("1.4", "typed", "Lan"),
        ("1.3", "typed", "Lan"),
        ("1.0", "begun", "Lan"),
    ]


def test_points_stand_in_the_order_things_happened_whatever_the_clock_said(store: Store) -> None:
    filings.set_answer(store, ID, "participants", 2, later(60))
    filings.set_answer(store, ID, "participants", 3, later(-60 * 24 * 3))  # the battery of the clock was empty
    assert [(id, kind) for id, kind, _ in points(store)] == [("1", "typed"), ("1.1", "typed"), ("1.0", "begun")]


def test_a_text_typed_in_one_go_is_one_entry_of_its_field(store: Store) -> None:
    for number, words in enumerate(["Lễ khai", "Lễ khai mạc", "Lễ khai mạc ngày 3"]):
        filings.set_answer(store, ID, "launch", words, later(number / 10))
        filings.set_answer(store, ID, "banners", number, later(number / 10))
    filings.set_answer(store, ID, "launch", "Lễ khai mạc ngày 6", later(9))
    found = field_history(change_rows.history(store, ID), "launch")
    assert [(entry.before, entry.after, entry.at) for entry in found] == [
        ("Lễ khai mạc ngày 3", "Lễ khai mạc ngày 6", later(9)),
        ("Lễ", "Lễ khai mạc ngày 3", later(0.2)),
    ]


def test_every_number_that_stood_there_is_an_entry_and_can_be_had_again(store: Store) -> None:
    for number, value in enumerate([312, 31, 312]):
        filings.set_answer(store, ID, "participants", value, later(number / 10))
    found = field_history(change_rows.history(store, ID), "participants")
    assert [entry.after for entry in found] == [312, 31, 312]


def test_a_text_that_was_taken_back_at_once_is_no_entry(store: Store) -> None:
    filings.set_answer(store, ID, "launch", "Lễ a", later(0))
    filings.set_answer(store, ID, "launch", "Lễ", later(0.1))
    assert field_history(change_rows.history(store, ID), "launch") == ()


def test_a_long_text_typed_in_one_go_is_one_change(store: Store) -> None:
    begun = "chữ " * 300
    filings.set_answer(store, ID, "direction", begun, later(0))
    for number in range(20):
        filings.set_answer(store, ID, "direction", begun + "thêm " * (number + 1), later(number / 60))
    (change, *_), rest = change_rows.history(store, ID), change_rows.history(store, ID)[1:]
    assert change.before is None
    assert len(rest) <= 1  # the first line of a text is a change of its own
    assert filings.current(store, ID).answers["direction"] == (begun + "thêm " * 20).rstrip()


def test_a_text_typed_for_an_hour_has_a_point_for_every_five_minutes(store: Store) -> None:
    text = "chữ " * 300
    for minute in range(60):
        text += "thêm "
        filings.set_answer(store, ID, "direction", text, later(minute))
    assert 12 <= len(change_rows.history(store, ID)) <= 14


def test_a_text_that_loses_a_part_is_kept_as_it_was_before(store: Store) -> None:
    whole = "chữ " * 300 + "phần cuối " * 20
    filings.set_answer(store, ID, "direction", whole, later(0))
    filings.set_answer(store, ID, "direction", whole + "nữa", later(0.1))
    filings.set_answer(store, ID, "direction", "chữ " * 300, later(0.2))
    assert (whole + "nữa") in [change.before for change in change_rows.history(store, ID)]


def test_a_row_taken_out_of_a_list_can_be_named_until_it_is_back(store: Store) -> None:
    one: dict[str, JsonValue] = {"name": "Lớp tin học", "learners": 30}
    two: dict[str, JsonValue] = {"name": "Lớp khuyến nông", "learners": 25}
    filings.set_answer(store, ID, "class_list", [one, two], later(0))
    filings.set_answer(store, ID, "class_list", [two], later(1))
    filings.set_answer(store, ID, "class_list", [{**two, "learners": 26}], later(2))  # changed, not taken out
    filing = filings.current(store, ID)
    (gone,) = removed_items(filing.answers, change_rows.history(store, ID))
    assert (gone.field, gone.item, gone.at) == ("class_list", one, later(1))
    filings.set_answer(store, ID, "class_list", [two, one], later(3))
    filing = filings.current(store, ID)
    assert removed_items(filing.answers, change_rows.history(store, ID)) == ()
    assert filing.status is Status.DRAFT
