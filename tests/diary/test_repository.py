from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from hoctap_desktop.diary import repository
from hoctap_desktop.diary.proposals import Part, Proposal
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.store.check import check
from hoctap_desktop.store.database import Store, open_store
from tests.offices import CLOCK, NOW, commune_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = commune_store(tmp_path / "xa.hoctap")
    yield opened
    opened.close()


def put(store: Store, number: int, **fields: JsonValue) -> None:
    repository.write(store, number, "2022", fields, NOW)


def test_each_field_is_on_the_disk_when_it_was_written(store: Store, tmp_path: Path) -> None:
    put(store, 1, kind="banner", day="2022-10-06")
    put(store, 1, banner_count=7)
    put(store, 1, title="Tre\u0302n đường\u200b")
    store.close()
    again = open_store(tmp_path / "xa.hoctap", CLOCK)
    try:
        (one,) = repository.entries(again, "2022")
        assert dict(one.content) == {"kind": "banner", "day": "2022-10-06", "banner_count": 7, "title": "Trên đường"}
        assert check(again) == ()
    finally:
        again.close()


def test_history_tells_every_change_and_writing_the_same_again_tells_nothing(store: Store) -> None:
    put(store, 1, kind="banner", banner_count=7)
    put(store, 1, banner_count=7)
    put(store, 1, banner_count=9)
    put(store, 1, banner_count=None)
    told = [(one.field, one.before, one.after) for one in repository.history(store, 1)]
    assert told == [
        ("kind", None, "banner"),
        ("banner_count", None, 7),
        ("banner_count", 7, 9),
        ("banner_count", 9, None),
    ]


def test_what_was_typed_as_a_number_or_day_and_is_none_is_kept_beside_it_and_counts_nowhere(store: Store) -> None:
    put(store, 1, kind="banner", **{"typed.banner_count": "3 tấm", "typed.day": "32/10"})
    one = repository.entry(store, 1)
    assert (one.text("typed.banner_count"), one.count("banner_count"), one.day) == ("3 tấm", None, None)
    put(store, 1, banner_count=3, **{"typed.banner_count": None})
    assert "typed.banner_count" not in repository.entry(store, 1).content


def test_entries_come_by_day_and_each_campaign_has_its_own(store: Store) -> None:
    put(store, 1, day="2022-10-09")
    put(store, 2, day="2022-10-06")
    put(store, 3, note="chưa rõ ngày")
    repository.write(store, 4, "2023", {"day": "2023-10-02"}, NOW)
    assert [one.number for one in repository.entries(store, "2022")] == [2, 1, 3]
    assert repository.next_number(store) == 5


def test_a_removed_entry_lies_in_the_trash_and_comes_back(store: Store) -> None:
    put(store, 1, kind="talk")
    repository.set_removed(store, 1, NOW, removed=True)
    assert repository.entries(store, "2022") == ()
    assert [one.number for one in repository.removed_entries(store, "2022")] == [1]
    repository.set_removed(store, 1, NOW, removed=False)
    assert [one.number for one in repository.entries(store, "2022")] == [1]
    assert [one.field for one in repository.history(store, 1)] == ["kind", "removed", "removed"]
    with pytest.raises(UserError) as refusal:
        repository.set_removed(store, 9, NOW, removed=True)
    assert refusal.value.code is Code.ENTRY_UNKNOWN


@pytest.mark.parametrize(
    "fields",
    [
        {"banner_count": -1},
        {"banner_count": True},
        {"banner_count": 10**9},
        {"banner_count": "7"},
        {"day": "06/10/2022"},
        {"kind": "party"},
        {"nothing": "x"},
        {"title": 5},
        {"typed.title": "x"},
        {"typed.day": 5},
    ],
)
def test_what_the_diary_cannot_hold_is_not_written(store: Store, fields: dict[str, JsonValue]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        put(store, 1, **fields)
    assert repository.entries(store, "2022") == ()


def test_a_number_taken_into_the_report_remembers_its_entries(store: Store) -> None:
    proposal = Proposal("banners", 12, (Part(1, 7), Part(2, 5)))
    repository.note_taken(store, "2022-report", proposal, NOW)
    repository.note_taken(store, "2022-report", proposal, NOW + timedelta(hours=1))
    found = repository.taken(store, "2022-report")["banners"]
    assert (found.value, found.parts, found.at) == (12, proposal.parts, NOW + timedelta(hours=1))


@pytest.mark.parametrize(
    ("statement", "read"),
    [
        ("UPDATE diary_entry SET campaign = '2023'", lambda store: repository.entries(store, "2022")),
        ("UPDATE diary_change SET after = '8'", lambda store: repository.history(store, 1)),
        ("UPDATE taken_number SET value = 8", lambda store: repository.taken(store, "2022-report")),
    ],
)
def test_a_changed_row_is_damage_and_never_left_out_in_silence(store: Store, statement: str, read: object) -> None:
    put(store, 1, kind="banner", banner_count=7)
    repository.note_taken(store, "2022-report", Proposal("banners", 7, (Part(1, 7),)), NOW)
    with store.atomic() as db:
        db.execute(statement)
    assert callable(read)
    with pytest.raises(UserError) as refusal:
        read(store)
    assert refusal.value.code is Code.STORE_DAMAGED
    assert check(store) != ()
