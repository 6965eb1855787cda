"""Whose forms a campaign is filled in on, when two offices issued forms of one name."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from hoctap_desktop.form import editing, loader
from hoctap_desktop.form.definition import FormDefinition
from hoctap_desktop.form.issuers import Issued, Issuers
from hoctap_desktop.form.loader import (
    form_by_id,
    form_for_below,
    form_for_unit,
    is_for_below,
    is_told,
    known_forms,
    parse_form,
    shipped_forms,
    twins,
)
from hoctap_desktop.form.upgrades import answers_on, upgrade
from hoctap_desktop.form.writer import form_source
from tests.offices import HA_THUONG

OLD = form_by_id("report", 1)


def asking(words: str, version: int) -> FormDefinition:
    """The report with a new question in these words."""
    form, id = editing.added(OLD, words, "chiếc", year=2026, taken=(), after="talks")
    assert id == "q2026_1"
    return parse_form(form_source(replace(form, version=version)), "x")


BIKES, BOATS = asking("Số xe sách", 2), asking("Số thuyền sách", 2)
LATER = asking("Số xe, thuyền sách", 3)


@pytest.fixture(autouse=True)
def as_it_shipped() -> Iterator[None]:
    yield
    loader.know(())


def know(*issued: tuple[str, FormDefinition, int], upper: str = "B", **sent: str) -> None:
    """Forms by issuer and year; who sent the campaign of a year as y2026="A"."""
    who = tuple(Issued(issuer, form.hash, year) for issuer, form, year in issued)
    years = {int(year.removeprefix("y")): issuer for year, issuer in sent.items()}
    loader.know({form.hash: form for _, form, _ in issued}.values(), Issuers(who, "own", upper, years))


def chosen(year: int | None) -> str:
    return form_for_unit("report", HA_THUONG, year=year).hash


def asked(year: int | None) -> str:
    return form_for_below("report", HA_THUONG, year).hash


def test_a_campaign_is_filled_in_on_the_forms_of_who_sent_it() -> None:
    know(("A", BIKES, 2026), ("A", LATER, 2027), ("B", BOATS, 2028), y2026="A", y2027="A", y2028="B")
    assert [chosen(year) for year in (2025, 2026, 2027, 2028, 2029)] == [
        OLD.hash,
        BIKES.hash,
        LATER.hash,
        BOATS.hash,
        BOATS.hash,
    ]
    assert chosen(None) == BOATS.hash
    assert is_told(BOATS, 2028)
    assert not is_told(BOATS, 2029)


def test_after_a_move_nothing_of_the_former_upper_unit_is_offered_before_the_new_one_said_a_word() -> None:
    know(("A", BIKES, 2026), y2026="A")
    assert chosen(2026) == BIKES.hash
    assert chosen(2027) == OLD.hash


def test_the_form_the_campaign_file_names_stands_before_a_newer_one_of_the_program(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    newer = replace(OLD, version=9, hash="9" * 64)
    monkeypatch.setattr(loader, "shipped_forms", lambda folder=None: (*shipped_forms(folder), newer))
    know(("B", OLD, 2026), y2026="B")
    assert chosen(2026) == OLD.hash
    assert chosen(2027) == newer.hash, "of that year the upper unit said nothing"
    know(y2026="B")
    assert chosen(2026) == newer.hash, "the file named no form for such a unit"


def test_what_the_office_made_is_asked_below_and_never_filled_in_for_the_office_above() -> None:
    for mine, theirs in ((LATER, BOATS), (BIKES, BOATS), (BIKES, LATER)):
        know(("own", mine, 2026), ("B", theirs, 2026), y2026="B")
        assert (chosen(2026), asked(2026)) == (theirs.hash, mine.hash)
        assert (chosen(2025), asked(2025)) == (OLD.hash, OLD.hash)
        assert is_for_below(mine, 2026)
        assert not is_for_below(theirs, 2026)


def test_with_nobody_above_what_is_asked_below_is_filled_in_too() -> None:
    know(("own", BIKES, 2026), upper="")
    assert (chosen(2026), asked(2026)) == (BIKES.hash, BIKES.hash)
    assert not is_for_below(BIKES, 2026)
    know(("own", BIKES, 2026), upper="B")
    assert (chosen(2026), asked(2026)) == (OLD.hash, BIKES.hash), "the office above said nothing: the program's"


def test_a_question_another_office_asks_under_another_number_is_known_by_its_words() -> None:
    know(("A", BIKES, 2026), ("B", BOATS, 2026), ("own", LATER, 2026))
    bikes, boats = (form_by_id("report", one.version, one.hash) for one in (BIKES, BOATS))
    both, id = editing.added(BOATS, "Số xe sách", "chiếc", year=2027, taken=())
    own = replace(both, line=frozenset(["own"]))
    assert (own.asked_at(bikes, "q2026_1"), own.asked_at(boats, "q2026_1"), id) == ("q2027_1", "q2026_1", "q2027_1")
    assert bikes.asked_at(own, "q2027_1") == "q2026_1"
    assert bikes.asked_at(own, "q2026_1") == ""
    assert own.asked_at(OLD, "talks") == "talks"
    again = replace(bikes, line=frozenset(["own"]))
    assert again.asked_at(own, "q2027_1") == "", "within one office only the id tells: words may change and come back"
    assert answers_on(own, bikes, {"q2026_1": 9, "q2027_1": 4, "talks": 1}) == {"q2026_1": 4, "talks": 1}


def test_two_texts_of_one_number_are_told_apart_by_their_hash() -> None:
    know(("A", BIKES, 2026), ("B", BOATS, 2027))
    assert form_by_id("report", 2, BIKES.hash).field("q2026_1") == BIKES.field("q2026_1")
    assert form_by_id("report", 2, BOATS.hash).field("q2026_1") == BOATS.field("q2026_1")
    assert [one.hash for one in twins(BIKES)] == [BOATS.hash]
    assert twins(OLD) == ()
    assert {one.line for one in known_forms() if one.version == 2} == {frozenset("A"), frozenset("B")}


def test_an_own_question_of_one_office_is_not_that_of_another_under_the_same_id() -> None:
    know(("A", BIKES, 2026), ("A", LATER, 2027), ("B", BOATS, 2026))
    bikes, later, boats = (form_by_id("report", one.version, one.hash) for one in (BIKES, LATER, BOATS))
    assert bikes.asks_as(later, "q2026_1"), "the same office said it in other words"
    assert not bikes.asks_as(boats, "q2026_1")
    assert not bikes.asks_as(OLD, "q2026_1")
    assert bikes.asks_as(boats, "talks")
    moved = upgrade(bikes, boats, {"q2026_1": 3, "note.q2026_1": "ở thôn", "participants": 1})
    assert moved.answers == {"participants": 1}
    assert [(one.id, one.why) for one in moved.dropped] == [
        ("q2026_1", "Biểu mẫu mới hỏi câu khác ở mục này."),
        ("note.q2026_1", "Biểu mẫu mới hỏi câu khác ở mục này."),
    ]
    assert upgrade(bikes, later, {"q2026_1": 3}).answers == {"q2026_1": 3}
