"""A removed draft is out of sight and nothing of it is gone."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from hoctap_desktop.filing import change_rows
from hoctap_desktop.filing import repository as filings
from hoctap_desktop.filing.content import filing_json
from hoctap_desktop.filing.doubts import doubts_of, keep_doubts
from hoctap_desktop.filing.model import Status
from hoctap_desktop.filing.removed import _WITH_A_DRAFT, put_back, remove_draft, removed_drafts
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.store import sitting
from hoctap_desktop.store.check import check
from hoctap_desktop.store.database import Store
from tests.offices import NOW, commune_store, report_draft

ID = "2022-report"
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store with a draft of a report, two changes and a doubt in it."""
    opened = commune_store(tmp_path / "a.hoctap")
    sitting.be(opened, "Lan")
    filings.begin(opened, report_draft({"launch": "Lễ phát động"}))
    filings.set_answer(opened, ID, "participants", 312, NOW)
    filings.set_answer(opened, ID, "leaflets", 40, NOW)
    keep_doubts(opened, ID, [(3, "chữ", "không rõ")])
    yield opened
    assert check(opened) == ()
    opened.close()


def freeze(store: Store) -> None:
    data = filing_json(filings.current(store, ID))
    filings.freeze(store, ID, data, b"%PDF-1.4", "AAAA-BBBB-CCCC", NOW)


def test_a_removed_draft_is_in_no_list_and_in_the_trash(store: Store) -> None:
    removed = remove_draft(store, ID, LATER)
    assert filings.find(store, ID) is None
    assert filings.all_filings(store) == ()
    assert change_rows.history(store, ID) == ()
    assert doubts_of(store, ID) == ()
    assert removed_drafts(store) == (removed,)
    assert (removed.filing, removed.revision, removed.who, removed.removed_at) == (ID, 1, "Lan", LATER)
    with pytest.raises(UserError) as caught:
        filings.current(store, ID)
    assert "~" not in str(caught.value)


def test_put_back_it_is_what_it_was_with_its_history(store: Store) -> None:
    before, history = filings.current(store, ID), change_rows.history(store, ID)
    removed = remove_draft(store, ID, LATER)
    assert put_back(store, removed.number, LATER) == before
    assert filings.current(store, ID) == before
    assert change_rows.history(store, ID) == history
    assert [doubt.line for doubt in doubts_of(store, ID)] == [3]
    assert [act.kind.value for act in change_rows.acts(store, ID)] == ["begun", "removed", "put_back"]
    assert removed_drafts(store) == ()


def test_a_draft_begun_meanwhile_goes_into_the_trash_in_its_place(store: Store) -> None:
    first = remove_draft(store, ID, LATER)
    filings.begin(store, report_draft({"launch": "Bản mới"}))
    put_back(store, first.number, LATER)
    assert filings.current(store, ID).answers["launch"] == "Lễ phát động"
    (second,) = removed_drafts(store)
    assert filings.revision(store, second.kept_as, 1).answers == {"launch": "Bản mới"}


def test_of_a_final_filing_only_the_draft_after_it_can_be_removed(store: Store) -> None:
    freeze(store)
    with pytest.raises(UserError) as caught:
        remove_draft(store, ID, LATER)
    assert caught.value.code is Code.FILING_FINAL
    filings.amend(store, ID, LATER)
    filings.set_answer(store, ID, "participants", 1, LATER)
    removed = remove_draft(store, ID, LATER)
    now = filings.current(store, ID)
    assert (now.revision, now.status, now.answers["participants"]) == (1, Status.FINAL, 312)
    assert put_back(store, removed.number, LATER).revision == 2
    assert filings.current(store, ID).answers["participants"] == 1


def test_after_another_paper_was_made_final_the_removed_words_become_the_next_revision(store: Store) -> None:
    removed = remove_draft(store, ID, LATER)
    filings.begin(store, report_draft({"launch": "Bản mới"}))
    freeze(store)
    back = put_back(store, removed.number, LATER)
    assert (back.revision, back.status, back.answers["launch"]) == (2, Status.DRAFT, "Lễ phát động")
    assert filings.revision(store, ID, 1).answers["launch"] == "Bản mới"
    assert removed_drafts(store) == ()


def test_a_draft_that_took_a_higher_number_comes_back_under_it(store: Store) -> None:
    freeze(store)
    filings.amend(store, ID, LATER, least=4)
    before = filings.set_answer(store, ID, "leaflets", 41, LATER)
    assert put_back(store, remove_draft(store, ID, LATER).number, LATER) == before
    assert [one.revision for one in filings.versions(store, ID)] == [1, 4]


def test_every_table_that_names_a_filing_is_thought_of(store: Store) -> None:
    known = {table for table, _, _ in _WITH_A_DRAFT} | {"removed_draft"}
    found = store.query(
        "SELECT m.name FROM sqlite_schema AS m JOIN pragma_table_info(m.name) AS c ON c.name = 'filing' "
        "WHERE m.type = 'table'"
    )
    assert {row["name"] for row in found} <= known


def test_what_is_not_in_the_trash_cannot_be_put_back(store: Store) -> None:
    removed = remove_draft(store, ID, LATER)
    put_back(store, removed.number, LATER)
    for number in (removed.number, 99):
        with pytest.raises(UserError) as caught:
            put_back(store, number, LATER)
        assert caught.value.code is Code.REMOVED_UNKNOWN
