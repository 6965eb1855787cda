"""Going back is one change more: what stands now is never lost."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hoctap_desktop.filing import repository as filings
from hoctap_desktop.filing.content import filing_json
from hoctap_desktop.filing.model import Status
from hoctap_desktop.filing.versions import VersionId
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.office.going_back import go_back, put_item_back, story
from hoctap_desktop.store import sitting
from hoctap_desktop.store.check import check
from hoctap_desktop.store.database import Store
from tests.offices import NOW, commune_store, report_draft

ID = "2022-report"


class Ticking:
    """A clock that goes on a minute with each look."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        self.at += timedelta(minutes=1)
        return self.at


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = commune_store(tmp_path / "a.hoctap", Ticking())
    sitting.be(opened, "Lan")
    filings.begin(opened, report_draft({"participants": 1, "launch": "Lễ"}))
    for value in (2, 3):
        filings.set_answer(opened, ID, "participants", value, opened.clock())
    yield opened
    assert check(opened) == ()
    opened.close()


def test_going_back_is_a_change_that_can_itself_be_gone_back_from(store: Store) -> None:
    assert go_back(store, ID, VersionId(1, 1)).answers["participants"] == 2
    told = story(store, ID)
    assert [change.after for change in told.changes] == [2, 3, 2]
    assert [point.kind for point in told.points()] == ["restored", "typed", "begun"]
    assert told.points()[0].words == "1.1"
    assert go_back(store, ID, VersionId(1, 2)).answers["participants"] == 3


def test_a_final_filing_is_gone_back_from_in_its_next_revision(store: Store) -> None:
    final = filings.current(store, ID)
    filings.freeze(store, ID, filing_json(final), b"%PDF-1.4", "AAAA-BBBB-CCCC", NOW)
    back = go_back(store, ID, VersionId(1, 0))
    assert (back.revision, back.status, back.answers["participants"]) == (2, Status.DRAFT, 1)
    assert filings.revision(store, ID, 1).answers == final.answers
    assert filings.frozen(store, ID, 1).pdf == b"%PDF-1.4"


def test_going_back_to_what_never_was_changes_nothing(store: Store) -> None:
    before = filings.current(store, ID)
    with pytest.raises(UserError) as caught:
        go_back(store, ID, VersionId(1, 77))
    assert caught.value.code is Code.VERSION_UNKNOWN
    assert filings.current(store, ID) == before


def test_two_versions_are_compared_as_the_form_names_them(store: Store) -> None:
    found = story(store, ID).compare(VersionId(1, 0), VersionId(1))
    assert [(one.field, one.old, one.new) for one in found.numbers] == [("participants", "1", "3")]


def test_a_class_taken_out_of_the_list_is_put_back_at_its_end(store: Store) -> None:
    one: dict[str, JsonValue] = {"name": "A", "learners": 3}
    two: dict[str, JsonValue] = {"name": "B", "learners": 4}
    filings.set_answer(store, ID, "class_list", [one, two], store.clock())
    filings.set_answer(store, ID, "class_list", [two], store.clock())
    (gone,) = story(store, ID).removed_items()
    put_item_back(store, ID, gone.field, gone.item)
    assert filings.current(store, ID).answers["class_list"] == [two, one]
    assert story(store, ID).removed_items() == ()
