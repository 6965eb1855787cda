"""Filings in the store: autosave, history, freezing, amending."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from hoctap_desktop.document.code import paper_code
from hoctap_desktop.filing import change_rows
from hoctap_desktop.filing import repository as filings
from hoctap_desktop.filing.content import filing_json
from hoctap_desktop.filing.frozen import Frozen
from hoctap_desktop.filing.model import Filing, Status
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.store import sitting
from hoctap_desktop.store.database import Store, open_store
from hoctap_desktop.store.facts import Fact, facts
from tests.offices import CLOCK, NOW, commune_store, report_draft

ID = "2022-report"
PDF = b"%PDF-1.7 the printed pages"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = commune_store(tmp_path / "a.hoctap")
    yield store
    store.close()


def _freeze(store: Store) -> Filing:
    data = filing_json(filings.current(store, ID))
    return filings.freeze(store, ID, data, PDF, paper_code(data), NOW)


def _facts(store: Store) -> tuple[Fact, ...]:
    with store.atomic() as db:
        return facts(db, db.execute("SELECT source FROM filing LIMIT 1").fetchone()[0])


def test_a_filing_comes_back_as_it_began(store: Store) -> None:
    begun = filings.begin(store, report_draft({"participants": 535, "launch": "Lúc 7 giờ\nngày 06/10"}))
    assert filings.current(store, ID) == begun
    assert filings.all_filings(store) == (begun,)
    assert begun.changed_at == NOW


def test_a_filing_is_begun_once(store: Store) -> None:
    filings.begin(store, report_draft({"participants": 535}))
    with pytest.raises(ValueError, match="in the store already"):
        filings.begin(store, report_draft({}))
    assert filings.current(store, ID).answers == {"participants": 535}


def test_an_unknown_filing_is_told_with_those_there_are(store: Store) -> None:
    filings.begin(store, report_draft({}))
    assert filings.find(store, "2022-plan") is None
    for look in (filings.current, filings.versions):
        with pytest.raises(UserError) as caught:
            look(store, "2022-plan")
        assert caught.value.code is Code.FILING_UNKNOWN
        assert ID in str(caught.value)


def test_zero_none_unknown_and_blank_stay_four_things(store: Store) -> None:
    filings.begin(store, report_draft({"books_donated": 4}))
    unknown: JsonValue = {"none": "unknown", "reason": "Chờ Hội Khuyến học xã"}
    filings.set_answer(store, ID, "participants", 0, NOW)
    filings.set_answer(store, ID, "exhibitions", {"none": "not_held", "reason": ""}, NOW)
    filings.set_answer(store, ID, "leaflets", unknown, NOW)
    filings.set_answer(store, ID, "books_donated", None, NOW)
    answers = filings.current(store, ID).answers
    assert answers == {"participants": 0, "exhibitions": {"none": "not_held", "reason": ""}, "leaflets": unknown}
    assert _facts(store) == (
        Fact("exhibitions", None, "not_held"),
        Fact("leaflets", None, "unknown", "Chờ Hội Khuyến học xã"),
        Fact("participants", 0),
    )


def test_texts_and_flags_are_no_facts(store: Store) -> None:
    filings.begin(store, report_draft({"launch": "7", "class_list": [{"name": "Lớp", "learners": 3}], "banners": 2}))
    assert _facts(store) == (Fact("banners", 2),)


def test_what_a_paste_brings_never_keeps_a_field_from_being_saved(store: Store) -> None:
    filings.begin(store, report_draft({}))
    filings.set_answer(store, ID, "launch", "Lễ\u200b phát\u00a0đo\u0323\u0302ng\r\ndòng\thai\x07", NOW)
    assert filings.current(store, ID).answers["launch"] == "Lễ phát động\ndòng hai"


def test_every_change_of_a_field_is_in_the_history(store: Store) -> None:
    sitting.be(store, "Lan")
    filings.begin(store, report_draft({"participants": 5}))
    later = NOW + timedelta(minutes=1)
    filings.set_answer(store, ID, "participants", 53, NOW)
    filings.set_answer(store, ID, "participants", 53, later)
    filings.set_answer(store, ID, "participants", None, later)
    assert change_rows.history(store, ID) == (
        change_rows.Change(1, "participants", 5, 53, NOW, 1, "Lan"),
        change_rows.Change(1, "participants", 53, None, later, 2, "Lan"),
    )
    assert filings.current(store, ID).changed_at == later


def test_replacing_all_answers_is_one_change_per_field(store: Store) -> None:
    filings.begin(store, report_draft({"participants": 5, "banners": 2, "leaflets": 1}))
    filings.replace_answers(store, ID, {"participants": 5, "banners": 3, "launch": "x"}, NOW, based_on=("a" * 64,))
    changed = filings.current(store, ID)
    assert changed.answers == {"participants": 5, "banners": 3, "launch": "x"}
    assert changed.based_on == ("a" * 64,)
    assert [(c.field, c.before, c.after) for c in change_rows.history(store, ID)] == [
        ("banners", 2, 3),
        ("launch", None, "x"),
        ("leaflets", 1, None),
    ]


def test_true_is_not_one(store: Store) -> None:
    filings.begin(store, report_draft({"participants": 1}))
    filings.set_answer(store, ID, "participants", True, NOW)
    assert filings.current(store, ID).answers["participants"] is True
    assert len(change_rows.history(store, ID)) == 1


def test_what_was_frozen_comes_back_byte_for_byte(store: Store) -> None:
    filings.begin(store, report_draft({"participants": 535}))
    final = _freeze(store)
    data = filing_json(final)
    assert filings.current(store, ID) == final
    assert (final.status, final.finalised_at) == (Status.FINAL, NOW)
    assert filings.frozen(store, ID, 1) == Frozen(data, PDF, paper_code(data), NOW)


def test_a_final_filing_takes_no_change(store: Store) -> None:
    filings.begin(store, report_draft({"participants": 535}))
    final = _freeze(store)
    acts: tuple[Callable[[], object], ...] = (
        lambda: filings.set_answer(store, ID, "participants", 1, NOW),
        lambda: filings.replace_answers(store, ID, {}, NOW),
        lambda: _freeze(store),
    )
    for act in acts:
        with pytest.raises(UserError) as caught:
            act()
        assert caught.value.code is Code.FILING_FINAL
    assert filings.current(store, ID) == final


def test_a_draft_is_neither_amended_nor_read_as_frozen(store: Store) -> None:
    filings.begin(store, report_draft({}))
    acts: tuple[Callable[[], object], ...] = (
        lambda: filings.amend(store, ID, NOW),
        lambda: filings.frozen(store, ID, 1),
    )
    for act in acts:
        with pytest.raises(UserError) as caught:
            act()
        assert caught.value.code is Code.FILING_NOT_FINAL


def test_an_answer_that_changed_since_the_print_is_not_frozen(store: Store) -> None:
    filings.begin(store, report_draft({"participants": 535}))
    printed = filing_json(filings.current(store, ID))
    filings.set_answer(store, ID, "participants", 536, NOW)
    with pytest.raises(ValueError, match="changed since"):
        filings.freeze(store, ID, printed, PDF, "", NOW)
    assert filings.current(store, ID).status is Status.DRAFT


def test_an_amendment_is_the_next_revision_and_the_old_one_stays_readable(store: Store) -> None:
    filings.begin(store, report_draft({"participants": 535}))
    first = filings.set_document_number(store, _freeze(store).id, "25", date(2022, 10, 14), NOW)
    second = filings.amend(store, ID, NOW)
    assert (second.revision, second.status, second.paper_code, second.document_number) == (2, Status.DRAFT, "", "")
    assert second.answers == first.answers
    filings.set_answer(store, ID, "participants", 540, NOW)
    assert filings.revision(store, ID, 1) == first
    assert [f.answers["participants"] for f in filings.versions(store, ID)] == [535, 540]
    assert filings.all_filings(store) == (filings.current(store, ID),)
    assert _facts(store) == (Fact("participants", 540),)
    assert filings.frozen(store, ID, 1).pdf == PDF


def test_number_and_day_are_noted_after_signing_and_change_no_content(store: Store) -> None:
    filings.begin(store, report_draft({"participants": 535}))
    final = _freeze(store)
    numbered = filings.set_document_number(store, ID, "25", date(2022, 10, 14), NOW)
    assert (numbered.document_number, numbered.document_day) == ("25", date(2022, 10, 14))
    assert filing_json(numbered) == filing_json(final)
    assert filings.frozen(store, ID, 1).answers_json == filing_json(final)
    assert [c.field for c in change_rows.history(store, ID)] == [filings.DOCUMENT_DAY, filings.DOCUMENT_NUMBER]


def test_a_print_that_cannot_be_kept_leaves_a_draft(store: Store) -> None:
    filings.begin(store, report_draft({"participants": 535}))
    store.files.write_text("a file where the folder should be")
    with pytest.raises(UserError) as caught:
        _freeze(store)
    assert caught.value.code is Code.FILE_UNWRITABLE
    assert filings.current(store, ID).status is Status.DRAFT


def test_everything_is_there_after_reopening(tmp_path: Path) -> None:
    store = commune_store(tmp_path / "b.hoctap")
    filings.begin(store, report_draft({"participants": 535}))
    final = _freeze(store)
    store.close()
    again = open_store(tmp_path / "b.hoctap", CLOCK)
    assert filings.current(again, ID) == final
    again.close()
