"""A commune asks its schools a question of its own; its report upward is on the form of the province. Two years.

In the second year both add a question, and both call it q2025_1: none changes its id, each sum goes where it belongs.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from hoctap_desktop.campaign import repository as campaigns
from hoctap_desktop.campaign.repository import active, choose, with_deadlines
from hoctap_desktop.consolidation.overview import asked_form, current_totals
from hoctap_desktop.consolidation.own_report import behind_words, prepare_report
from hoctap_desktop.consolidation.sent import as_sent, since_sent
from hoctap_desktop.consolidation.settling import confirm, set_own
from hoctap_desktop.consolidation.verdict_lines import Outcome
from hoctap_desktop.filing import repository as filings
from hoctap_desktop.filing.content import filing_json
from hoctap_desktop.filing.model import FormRef, Kind
from hoctap_desktop.form import editing, loader
from hoctap_desktop.form.definition import RollUp
from hoctap_desktop.form.taken import learn
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.office.campaigns import (
    edit_form,
    ids_ever,
    move_draft,
    offered_upgrade,
    publish_form,
    read_campaign_facts,
    take_upper_form,
)
from hoctap_desktop.office.filings import amend, check_stored, context_for, draft_of, set_answer
from hoctap_desktop.store.check import check
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission.campaigns import issue_campaign
from hoctap_desktop.submission.coming_down import take_down, trust_upper
from hoctap_desktop.submission.enrolment import open_key
from hoctap_desktop.submission.repository import roster, sent_packages
from hoctap_desktop.submission.sending import seal
from hoctap_desktop.units.model import Unit
from tests.flows.test_two_years import (
    KIEU,
    LOWER,
    LOWER_1,
    MINISTRY,
    NEXT_LOWER,
    NEXT_PRIMARY,
    PASSPHRASE,
    PRIMARY,
    PRIMARY_1,
    PROVINCE,
    World,
    deadlines,
)
from tests.pages import page_saying

OTHER = replace(PRIMARY, code="17854-TH", upper=KIEU.code)
CLUBS, SHELVES, VANS = "Số câu lạc bộ đọc sách", "Số tủ sách dùng chung", "Số chuyến thư viện lưu động"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    made.set_up(PROVINCE, MINISTRY, (KIEU,), deadlines("commune", 18))
    made.set_up(KIEU, PROVINCE, (LOWER, OTHER), deadlines("school", 12))
    made.set_up(LOWER, KIEU)
    made.set_up(OTHER, KIEU)
    for own, upper in ((LOWER, KIEU), (OTHER, KIEU), (KIEU, PROVINCE)):
        made.enrol(own, upper)
    yield made
    campaigns.know(())
    loader.know(())


def publishes(world: World, unit: Unit, question: str, unit_word: str, roll_up: RollUp = RollUp.SUM) -> str:
    """The unit adds a question to what it asks below, in the campaign it works on; the question's id."""
    with world.at(unit) as store:
        facts = read_campaign_facts(store, active(store).id)
        year, taken = facts.campaign.year, ids_ever(store, facts.form)
        form = facts.draft or facts.form
        form, id = editing.added(form, question, unit_word, year=year, taken=taken, roll_up=roll_up)
        edit_form(store, form)
        publish_form(store, form.id, year)
        return id


def sends_campaign(world: World, own: Unit, *below: Unit) -> str:
    """What the last one is told on taking it in."""
    with world.at(own) as store:
        sealed = issue_campaign(store, open_key(store, PASSPHRASE), world.now)
    for unit in below:
        with world.at(unit) as store:
            if all(key.unit.code != own.code for key in roster(store).keys):
                trust_upper(store, sealed.data, sealed.name, world.now)
            verdict = take_down(store, sealed.data, sealed.name)
            assert verdict.code is None, verdict.sentence
            told = verdict.sentence
    return told


def turns_to(world: World, year: int, *units: Unit) -> None:
    for unit in units:
        with world.at(unit) as store:
            choose(store, str(year))


def sums(store: Store) -> Mapping[str, int | None]:
    return {one.field.id: one.value for one in current_totals(store).numbers}


def first_year(world: World) -> None:
    """2024: the commune's own question, a late paper after sending, a supplement."""
    world.day(2024, 9, 12)
    assert publishes(world, KIEU, CLUBS, "câu lạc bộ") == "q2024_1"
    sends_campaign(world, KIEU, LOWER, OTHER)
    world.day(2024, 10, 10)
    assert world.receive(KIEU, world.report(LOWER, LOWER_1 | {"q2024_1": 4})).clean
    with world.at(KIEU) as store:
        set_own(store, "2024", "q2024_1", "2")
        set_own(store, "2024", "participants", "47")
        assert sums(store)["q2024_1"] == 6
        assert asked_form(store).version == 2
    (line,) = world.receive(PROVINCE, world.consolidate(KIEU)).lines
    assert line.outcome is Outcome.TAKEN
    with world.at(PROVINCE) as store:
        assert sums(store)["participants"] == LOWER_1["participants"] + 47
        assert "q2024_1" not in sums(store)
    with world.at(KIEU) as store:
        sent = filings.current(store, "2024-report")
        assert sent.form.version == 1
        assert sent.summed is not None
        assert all("q2024_1" not in each for each in (sent.answers, sent.summed.below, sent.summed.own))
        assert as_sent(store).same
        assert since_sent(store) is None, "the own question was never sent: nothing differs"
        assert since_sent(store, now=current_totals(store)) is None, "held against the page of totals neither"
        set_own(store, "2024", "q2024_1", "3")
        assert since_sent(store) is None

    world.day(2024, 10, 25)
    assert world.receive(KIEU, world.report(OTHER, PRIMARY_1 | {"q2024_1": 1})).clean
    with world.at(KIEU) as store:
        assert as_sent(store).same
        since = since_sent(store)
        assert since is not None
        assert [(one.unit.code, one.what) for one in since.units] == [(OTHER.code, "nộp thêm")]
        assert CLUBS not in {one.place for one in since.numbers}
        assert "Số người tham gia" in " ".join(one.place for one in since.numbers)
        assert sums(store)["q2024_1"] == 4 + 1 + 3
    (line,) = world.receive(PROVINCE, world.consolidate(KIEU, supplementing=True)).lines
    assert line.outcome is Outcome.REPLACED


def second_year(world: World) -> None:
    """2025: the commune asks for shelves before it hears that the province asks for vans; then for both."""
    world.day(2025, 9, 12)
    turns_to(world, 2025, PROVINCE, KIEU, LOWER, OTHER)
    assert publishes(world, KIEU, SHELVES, "tủ") == "q2025_1"
    assert publishes(world, PROVINCE, VANS, "chuyến", RollUp.SUM_MAY_REPEAT) == "q2025_1"
    assert f"Biểu hỏi cấp dưới chưa có: {VANS}." in sends_campaign(world, PROVINCE, KIEU)
    with world.at(KIEU) as store:
        facts = read_campaign_facts(store, "2025")
        assert editing.lacking(facts.form, facts.upward) == (VANS,)
        begun = prepare_report(store)
        assert begun.form.hash == facts.upward.hash
        assert "q2025_1" not in begun.answers, "no school was asked: the number is the office's to state"
        assert context_for(store, begun).not_asked_below == {"q2025_1"}
        (told,) = [one for one in check_stored(store, begun.id) if one.field == "q2025_1"]
        assert told.blocks
        assert "Biểu hỏi cấp dưới không có câu này" in told.message

        draft = take_upper_form(store, 2025)
        asked = {one.label: one.id for one in editing.questions(draft)}
        assert (asked[CLUBS], asked[SHELVES], asked[VANS]) == ("q2024_1", "q2025_1", "q2025_2")
        made = publish_form(store, draft.id, 2025)
        assert editing.lacking(made, facts.upward) == ()
        take_upper_form(store, 2025)
        with pytest.raises(UserError) as refusal:
            publish_form(store, draft.id, 2025)
        assert refusal.value.code is Code.FORM_UNCHANGED
    assert "chưa có" not in sends_campaign(world, KIEU, LOWER, OTHER)
    world.day(2025, 10, 9)
    lower = NEXT_LOWER | {"q2024_1": 5, "q2025_1": 7, "q2025_2": 2}
    other = NEXT_PRIMARY | {"q2024_1": 1, "q2025_1": 3, "q2025_2": 1}
    assert world.receive(KIEU, world.report(LOWER, lower), world.report(OTHER, other)).clean
    with world.at(KIEU) as store:
        found = sums(store)
        assert (found["q2024_1"], found["q2025_1"], found["q2025_2"]) == (6, 10, 3)
        set_own(store, "2025", "q2025_1", "100")
        confirm(store, active(store), "q2025_2", "2", "Một chuyến hai trường cùng kể")
        assert behind_words(store)
        assert context_for(store, prepare_report(store)).own_and_children == {}, "shelves are no vans"
    (line,) = world.receive(PROVINCE, world.consolidate(KIEU)).lines
    assert line.outcome is Outcome.TAKEN
    with world.at(KIEU) as store:
        sent = filings.current(store, "2025-report")
        assert (sent.answers["q2025_1"], sent.answers["computed.q2025_1"]) == (2, 3), "vans, not shelves"
        assert sent.answers["reason.total_overridden.q2025_1"] == "Một chuyến hai trường cùng kể"
        assert "q2025_2" not in sent.answers
        assert since_sent(store) is None
    with world.at(PROVINCE) as store:
        assert sums(store)["q2025_1"] == 2
        assert current_totals(store).number("q2025_1").coverage == "1/1"


def test_an_own_question_stays_with_the_office_that_asks_it_for_two_years(world: World) -> None:
    first_year(world)
    second_year(world)
    with world.at(KIEU) as store:
        for campaign, revision in (("2024", 1), ("2024", 2), ("2025", 1)):
            assert as_sent(store, with_deadlines(store, campaign), revision).same
    for unit in (KIEU, PROVINCE, LOWER, OTHER):
        with world.at(unit) as store:
            assert check(store) == ()


def test_a_report_begun_upward_on_the_own_form_is_offered_the_form_of_the_office_above(world: World) -> None:
    publishes(world, KIEU, CLUBS, "câu lạc bộ")
    sends_campaign(world, KIEU, LOWER, OTHER)
    world.day(2024, 10, 10)
    assert world.receive(KIEU, world.report(LOWER, LOWER_1 | {"q2024_1": 4})).clean
    with world.at(KIEU) as store:  # as a version before this one began it: on the form for below, added up on that
        form, found = asked_form(store), current_totals(store)
        reference = FormRef(form.id, form.version, form.hash)
        draft = replace(draft_of(store, Kind.REPORT), form=reference, based_on=found.based_on, summed=found.summed)
        id = filings.begin(store, draft).id
        set_answer(store, id, "q2024_1", 4)
        offer = offered_upgrade(store, id)
        assert offer is not None
        assert offer.for_below
        assert "cấp trên không đọc được" in offer.words
        assert [one.id for one in offer.upgrade.dropped] == ["q2024_1"]
        assert offer.new.version == 1
        move_draft(store, id)
        moved = filings.current(store, id)
        assert moved.form.hash == offer.new.hash
        assert moved.summed is not None
        assert "q2024_1" not in moved.summed.below
        assert offered_upgrade(store, id) is None
    assert world.receive(PROVINCE, world.consolidate(KIEU)).lines[0].outcome is Outcome.TAKEN
    with world.at(KIEU) as store:
        assert as_sent(store).same


def test_last_years_number_of_the_own_question_is_none_of_the_upper_units(world: World) -> None:
    publishes(world, KIEU, CLUBS, "câu lạc bộ")
    with world.at(KIEU) as store:  # as a version before this one began it
        form = asked_form(store)
        reference = FormRef(form.id, form.version, form.hash)
        last = filings.begin(store, replace(draft_of(store, Kind.REPORT), form=reference)).id
        for id, value in {"q2024_1": 4, "talks": 3}.items():
            set_answer(store, last, id, value)
    assert publishes(world, PROVINCE, VANS, "chuyến") == "q2024_1"
    turns_to(world, 2025, PROVINCE, KIEU)
    sends_campaign(world, PROVINCE, KIEU)
    with world.at(KIEU) as store:
        report = filings.begin(store, draft_of(store, Kind.REPORT))
        assert report.form.version == 2
        assert context_for(store, report).last_year == {"talks": 3}


def test_a_report_made_final_on_the_own_form_is_not_sealed_and_the_way_out_is_told(world: World) -> None:
    publishes(world, KIEU, CLUBS, "câu lạc bộ")
    with world.at(KIEU) as store:
        form = asked_form(store)
        draft = replace(draft_of(store, Kind.REPORT), form=FormRef(form.id, form.version, form.hash))
        id = filings.begin(store, draft).id
        at, page = world.now, page_saying("x")
        filings.freeze(store, id, filing_json(filings.current(store, id)), page, "AAAA-BBBB-CCCC", at)
        with pytest.raises(UserError) as refusal:
            seal(store, id, open_key(store, PASSPHRASE), at)
        assert refusal.value.code is Code.FORM_FOR_BELOW
        assert sent_packages(store) == ()
        amend(store, id)
        assert move_draft(store, id) is not None
        filings.freeze(store, id, filing_json(filings.current(store, id)), page, "AAAA-BBBB-DDDD", at)
        assert seal(store, id, open_key(store, PASSPHRASE), at).name


def test_a_number_the_schools_were_not_asked_for_is_typed_sent_and_made_again(world: World) -> None:
    publishes(world, KIEU, CLUBS, "câu lạc bộ")
    sends_campaign(world, KIEU, LOWER, OTHER)
    publishes(world, PROVINCE, VANS, "chuyến")
    sends_campaign(world, PROVINCE, KIEU)
    world.day(2024, 10, 10)
    assert world.receive(KIEU, world.report(LOWER, LOWER_1 | {"q2024_1": 4})).clean
    with world.at(KIEU) as store:
        learn(store)
        report = prepare_report(store)
        set_answer(store, report.id, "q2024_1", 9)
        again = prepare_report(store)
        assert again.answers["q2024_1"] == 9, "what the office stated stays when the sums are taken anew"
        assert "note.q2024_1" not in again.answers
    assert world.receive(PROVINCE, world.consolidate(KIEU)).lines[0].outcome is Outcome.TAKEN
    with world.at(KIEU) as store:
        made = as_sent(store)
        assert (made.same, made.overridden) == (True, ("q2024_1",))
        assert since_sent(store) is None
    world.day(2024, 10, 12)
    assert world.receive(KIEU, world.report(OTHER, PRIMARY_1 | {"q2024_1": 1})).clean
    world.consolidate(KIEU, supplementing=True)
    with world.at(KIEU) as store:
        assert filings.current(store, "2024-report").answers["q2024_1"] == 9
        assert [as_sent(store, revision=revision).same for revision in (1, 2)] == [True, True]
