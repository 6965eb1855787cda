from collections.abc import Iterator
from pathlib import Path

import pytest

from hoctap_desktop.diary import repository as diary
from hoctap_desktop.diary.proposals import Part
from hoctap_desktop.filing import change_rows, repository
from hoctap_desktop.filing.content import filing_json
from hoctap_desktop.filing.filled_file import read_filled
from hoctap_desktop.form.checks import CHECKS
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.paths import forms
from hoctap_desktop.office import filings
from hoctap_desktop.office.from_diary import from_diary, read_diary, take
from hoctap_desktop.store.check import check
from hoctap_desktop.store.database import Store
from tests.offices import NOW, commune_store, report_draft

ID = "2022-report"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = commune_store(tmp_path / "xa.hoctap")
    repository.begin(opened, report_draft({"banners": 0, "class_list": [{"name": "Tin học", "learners": 9}]}))
    written: tuple[dict[str, JsonValue], ...] = (
        {"kind": "banner", "day": "2022-10-06", "banner_count": 7},
        {"kind": "banner", "day": "2022-10-07", "banner_count": 5},
        {"kind": "class", "day": "2022-10-07", "title": "Cây chè", "class_people": 27},
    )
    for number, content in enumerate(written, start=1):
        diary.write(opened, number, "2022", content, NOW)
    yield opened
    opened.close()


def test_all_numbers_are_taken_at_once_and_each_leads_back(store: Store) -> None:
    changed = take(store)
    answers = repository.current(store, ID).answers
    assert (answers["banners"], answers["classes"], answers["learners"]) == (12, 2, 36)
    assert answers["participants"] == 27
    assert isinstance(changed["class_list"], list)
    taken = diary.taken(store, ID)
    assert taken["banners"].parts == (Part(1, 7), Part(2, 5))
    assert (taken["classes"].value, taken["learners"].value) == (2, 36)
    assert take(store) == {}
    assert check(store) == ()


def test_one_number_is_taken_alone(store: Store) -> None:
    assert take(store, ["banners"]) == {"banners": 12}
    assert set(diary.taken(store, ID)) == {"banners"}
    assert [change.field for change in change_rows.history(store, ID)] == ["banners"]


def test_a_final_report_takes_nothing_and_notes_nothing(store: Store) -> None:
    repository.freeze(store, ID, filing_json(repository.current(store, ID)), b"%PDF", "A" * 12, NOW)
    with pytest.raises(UserError) as refusal:
        take(store)
    assert refusal.value.code is Code.FILING_FINAL
    assert diary.taken(store, ID) == {}


def test_banners_promised_in_the_plan_and_none_reported_are_warned_of(store: Store) -> None:
    assert "promised_in_plan" in CHECKS
    rules = {finding.rule for finding in filings.check_stored(store, ID)}
    assert "banners_promised" not in rules
    plan = read_filled(forms() / "examples" / "2022-ha-thuong-plan.toml")
    repository.begin(store, plan)
    assert {one.kind for one in read_diary(store, "2022").promises} >= {"opening", "closing", "banner", "class"}
    assert "banners_promised" in {finding.rule for finding in filings.check_stored(store, ID)}
    take(store)
    assert "banners_promised" not in {finding.rule for finding in filings.check_stored(store, ID)}


def test_a_removed_entry_leaves_the_proposals(store: Store) -> None:
    diary.set_removed(store, 2, NOW, removed=True)
    assert from_diary(store, "2022").proposals["banners"].value == 7
    assert [one.number for one in read_diary(store, "2022").removed] == [2]
