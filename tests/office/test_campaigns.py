"""Next year's campaign from last year's, its forms, drafts moved, old papers readable for ever."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from hoctap_desktop.campaign import repository as campaigns
from hoctap_desktop.campaign.made import MadeCampaign, standing, year_after
from hoctap_desktop.campaign.model import Deadline
from hoctap_desktop.campaign.repository import active, campaign_by_id, choose, save_office, with_deadlines
from hoctap_desktop.campaign.taken import TakenCampaign
from hoctap_desktop.filing import change_rows, repository
from hoctap_desktop.filing.filled_file import read_filled
from hoctap_desktop.filing.model import Kind
from hoctap_desktop.form import editing, loader
from hoctap_desktop.form.definition import FormDefinition
from hoctap_desktop.form.loader import form_by_id, form_for_below, form_for_unit
from hoctap_desktop.form.taken import form_text, learn
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.paths import forms
from hoctap_desktop.office import filings
from hoctap_desktop.office.campaigns import (
    change_campaign,
    edit_form,
    give_up_form,
    ids_ever,
    make_campaign,
    move_draft,
    move_drafts,
    offered_upgrade,
    parse_deadline,
    parse_freed,
    publish_form,
    read_campaign_facts,
    set_deadlines,
    set_free,
    set_unit_day,
)
from hoctap_desktop.office.office_acts import unit_day_reasons
from hoctap_desktop.office.units_below import close, excuse, read_register
from hoctap_desktop.store.check import check
from hoctap_desktop.store.database import Store, open_store
from hoctap_desktop.submission.campaigns import campaign_to_send, undated_words
from hoctap_desktop.units import register
from hoctap_desktop.units.repository import own_unit
from tests.offices import CLOCK, HA_THUONG, NOW, commune_store, upper_store


@pytest.fixture
def upper(tmp_path: Path) -> Iterator[Store]:
    found = upper_store(tmp_path / "huyen.htdl")
    yield found
    found.close()
    campaigns.know(())
    loader.know(())


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[Store]:
    """Nobody stands above it: what it makes it fills in itself."""
    found = commune_store(tmp_path / "xa.htdl")
    save_office(found, replace(HA_THUONG, upper=""), [], None, [])
    choose(found, "2022")
    learn(found)
    yield found
    found.close()
    campaigns.know(())
    loader.know(())


def made(store: Store, year: int = 2023) -> FormDefinition:
    """Version 2: without talks, with a new question, the leaflets further up."""
    form = editing.retired(form_by_id("report", 1), form_by_id("report", 1).row_of("talks").id).form  # type: ignore[union-attr]
    form, _ = editing.added(form, "Số câu lạc bộ", "câu lạc bộ", year=year, taken=ids_ever(store, form))
    edit_form(store, editing.relabelled(form, "leaflets", "Tờ gấp, tờ rơi"))
    return publish_form(store, "report", year)


# --- the campaign -------------------------------------------------------------------------------------------------


def test_next_years_campaign_has_last_years_days_theme_deadlines_and_excuses(upper: Store) -> None:
    excuse(upper, ["05812-THCS"], "2025", {"report": "Công văn 12"})
    before = set_deadlines(upper, "2025", [Deadline("report", "school", date(2025, 10, 20), inclusive=True)])
    made_one = make_campaign(upper, 2026)
    assert made_one.themes == before.themes
    assert (made_one.week_from, made_one.week_to) == (date(2026, 10, 1), date(2026, 10, 7))
    assert made_one.deadline("report", "school") == Deadline("report", "school", date(2026, 10, 20), inclusive=True)
    assert [one.unit for one in register.excuses(upper, "2026")] == ["05812-THCS"]
    assert campaign_by_id("2026").deadlines == ()
    assert check(upper) == ()


def test_it_is_known_when_the_store_is_opened_again(upper: Store, tmp_path: Path) -> None:
    make_campaign(upper, 2026)
    upper.close()
    campaigns.know(())
    again = open_store(tmp_path / "huyen.htdl", CLOCK)
    learn(again)
    assert choose(again, "2026").year == 2026
    again.close()


def test_a_campaign_that_is_there_is_not_made_again(upper: Store) -> None:
    with pytest.raises(UserError) as refusal:
        make_campaign(upper, 2022)
    assert refusal.value.code is Code.CAMPAIGN_EXISTS


def test_a_29_february_becomes_the_28th() -> None:
    leap = replace(campaign_by_id("2024"), deadlines=(Deadline("report", "school", date(2024, 2, 29)),))
    assert year_after(leap, 2025).deadlines[0].day == date(2025, 2, 28)


def test_a_campaign_without_a_theme_or_with_a_week_the_wrong_way_round_is_refused(upper: Store) -> None:
    campaign = with_deadlines(upper, "2022")
    for wrong in (
        replace(campaign, themes=("  ",)),
        replace(campaign, week_to=campaign.week_from - timedelta(days=1)),
        replace(campaign, deadlines=(*campaign.deadlines, *campaign.deadlines)),
    ):
        with pytest.raises(UserError) as refusal:
            change_campaign(upper, wrong)
        assert refusal.value.code is Code.CAMPAIGN_WRONG


def test_deadlines_are_set_for_a_level_and_for_one_unit(upper: Store) -> None:
    wanted = [parse_deadline("report:school:20/10/2022"), parse_deadline("report:05812-THCS:2022-10-25:ca")]
    with pytest.raises(UserError) as refusal:
        set_deadlines(upper, "2022", wanted)
    assert refusal.value.code is Code.DEADLINE_NEEDS_REASON
    set_deadlines(upper, "2022", wanted, "Công văn xin gia hạn số 12")
    assert unit_day_reasons(upper, "2022") == {("report", "05812-THCS"): "Công văn xin gia hạn số 12"}
    found = with_deadlines(upper, "2022")
    assert found.deadline("report", "school", "05812-TH") == Deadline("report", "school", date(2022, 10, 20))
    own = found.deadline("report", "school", "05812-THCS")
    assert own == Deadline("report", "school", date(2022, 10, 25), inclusive=True, unit="05812-THCS")
    set_unit_day(upper, "2022", "report", "05812-THCS", None, inclusive=False, reason="Nộp được rồi")
    assert with_deadlines(upper, "2022").deadline("report", "school", "05812-THCS") == Deadline(
        "report", "school", date(2022, 10, 20)
    )


def test_a_units_own_day_is_set_and_given_up_with_a_reason(upper: Store) -> None:
    def day() -> Deadline | None:
        return with_deadlines(upper, "2022").deadline("report", "school", "05812-THCS")

    shared = day()
    with pytest.raises(UserError):
        set_unit_day(upper, "2022", "report", "05812-THCS", date(2022, 10, 25), inclusive=True, reason=" ")
    assert day() == shared
    set_unit_day(upper, "2022", "report", "05812-THCS", date(2022, 10, 25), inclusive=True, reason="Mưa lũ")
    assert day() == Deadline("report", "school", date(2022, 10, 25), inclusive=True, unit="05812-THCS")
    assert read_campaign_facts(upper, "2022").reasons == {("report", "05812-THCS"): "Mưa lũ"}
    set_unit_day(upper, "2022", "report", "05812-THCS", None, inclusive=False, reason="Đã kịp")
    assert day() == shared
    assert unit_day_reasons(upper, "2022") == {}


@pytest.mark.parametrize("words", ["report:school", "x:school:20/10/2022", "report:school:20/10/2022:x"])
def test_a_deadline_that_cannot_be_read_is_refused(words: str) -> None:
    with pytest.raises(UserError) as refusal:
        parse_deadline(words)
    assert refusal.value.code is Code.CAMPAIGN_WRONG


def test_changed_days_of_a_shipped_campaign_are_the_offices_own(upper: Store) -> None:
    before = with_deadlines(upper, "2022")
    changed = change_campaign(upper, replace(before, week_to=date(2022, 10, 12)))
    assert changed.week_to == date(2022, 10, 12)
    assert changed.deadlines == before.deadlines
    assert read_campaign_facts(upper, "2022").made
    assert campaign_to_send(upper).campaign.week_to == date(2022, 10, 12)


def test_a_kind_of_paper_without_a_last_day_for_anybody_who_owes_it_is_told(upper: Store) -> None:
    assert undated_words(upper) == ""
    made = with_deadlines(upper, "2022")
    assert {due.level for due in made.deadlines if due.kind == "plan"} == {"commune"}
    close(upper, "05812", date(2022, 9, 30))  # the one commune
    assert undated_words(upper) == "Đợt chưa có hạn nộp kế hoạch: các đơn vị sẽ không thấy ngày cuối."
    for school in ("05812-THCS", "05812-TH", "05812-MN"):
        excuse(upper, [school], "2022", {"plan": "Công văn 12"})
    assert undated_words(upper) == ""
    change_campaign(upper, replace(made, deadlines=()))
    assert undated_words(upper) == "Đợt chưa có hạn nộp báo cáo: các đơn vị sẽ không thấy ngày cuối."


def test_what_a_level_need_not_file_is_said_once_for_the_campaign(upper: Store) -> None:
    made = with_deadlines(upper, "2022")
    change_campaign(upper, replace(made, deadlines=()))
    assert undated_words(upper).startswith("Đợt chưa có hạn nộp kế hoạch, báo cáo:")
    changed = set_free(upper, "2022", {("plan", "school"), ("plan", "commune")})
    assert changed.free == {("plan", "school"), ("plan", "commune")}
    assert undated_words(upper) == "Đợt chưa có hạn nộp báo cáo: các đơn vị sẽ không thấy ngày cuối."
    assert {one.owes for one in read_register(upper, "2022", 2022).rows} == {"Chỉ báo cáo"}
    assert campaign_to_send(upper).campaign.free == changed.free
    assert make_campaign(upper, 2026, "2022").free == changed.free
    set_deadlines(upper, "2022", [parse_deadline("plan:commune:20/09/2022")])
    assert with_deadlines(upper, "2022").free == {("plan", "school")}  # a day says it is owed
    for wrong in ("plan", "plan:trường", "diary:school"):
        with pytest.raises(UserError):
            parse_freed(wrong)


def test_the_upper_units_word_stands_until_we_change_ours_again() -> None:
    ours = replace(campaign_by_id("2022"), themes=("của ta",), deadlines=(Deadline("plan", "school", NOW.date()),))
    theirs = replace(ours, themes=("của trên",), deadlines=())

    def themes(made_at: datetime) -> tuple[str, ...]:
        (found,) = standing([MadeCampaign(ours, made_at)], [TakenCampaign(theirs, "1", "s", 1, 1, "p", NOW)])
        assert found.deadlines == ours.deadlines
        return found.themes

    assert themes(NOW - timedelta(days=1)) == ("của trên",)
    assert themes(NOW + timedelta(days=1)) == ("của ta",)


# --- forms --------------------------------------------------------------------------------------------------------


def test_a_form_is_edited_published_and_sent_with_its_hash(upper: Store) -> None:
    make_campaign(upper, 2026)
    choose(upper, "2026")
    new = made(upper, 2026)
    assert (new.id, new.version) == ("report", 2)
    assert new.hash != form_by_id("report", 1).hash
    facts = read_campaign_facts(upper, "2026")
    assert (facts.form, facts.draft) == (new, None)
    sent = {one.ref.id: one for one in campaign_to_send(upper).forms}
    assert (sent["report"].ref.version, sent["report"].ref.hash) == (2, new.hash)
    assert form_text(upper, new) == sent["report"].data
    assert check(upper) == ()


def test_an_older_campaign_keeps_its_form(upper: Store) -> None:
    new = made(upper, 2026)
    own = own_unit(upper)
    assert form_for_below("report", own, 2022).version == 1
    assert form_for_below("report", own, 2026) == new
    assert form_for_unit("report", own, year=2026).version == 1, "upward it fills in what its upper unit reads"
    assert read_campaign_facts(upper, "2022").form.version == 1
    assert {one.ref.version for one in campaign_to_send(upper).forms if one.ref.id == "report"} == {1}


def test_a_form_nobody_changed_is_not_published(upper: Store) -> None:
    edit_form(upper, form_by_id("report", 1))
    with pytest.raises(UserError) as refusal:
        publish_form(upper, "report", 2026)
    assert refusal.value.code is Code.FORM_UNCHANGED


def test_what_was_edited_can_be_let_go(upper: Store) -> None:
    edit_form(upper, editing.relabelled(form_by_id("report", 1), "leaflets", "Khác"))
    assert read_campaign_facts(upper, "2022").draft is not None
    give_up_form(upper, "report")
    assert read_campaign_facts(upper, "2022").draft is None
    assert [form.version for form in loader.known_forms() if form.id == "report"] == [1]


def test_an_id_of_a_version_long_gone_is_not_given_again(upper: Store) -> None:
    made(upper, 2026)
    again = editing.retired(form_by_id("report", 2), "q2026_1").form
    edit_form(upper, again)
    publish_form(upper, "report", 2026)
    _, id = editing.added(again, "x", "y", year=2026, taken=ids_ever(upper, again))
    assert id == "q2026_2"


# --- drafts and papers on an older form ---------------------------------------------------------------------------


def begun(store: Store) -> str:
    filing = filings.open_or_begin(store, Kind.REPORT)
    filings.set_answer(store, filing.id, "talks", 3)
    filings.set_answer(store, filing.id, "leaflets", 40)
    return filing.id


def test_a_draft_on_an_older_form_is_moved_and_nothing_is_lost(alone: Store) -> None:
    id = begun(alone)
    made(alone, 2022)
    offer = offered_upgrade(alone, id)
    assert offer is not None
    assert [one.id for one in offer.upgrade.dropped] == ["talks"]
    assert [one.id for one in offer.upgrade.moved] == ["leaflets"]
    assert "Số câu lạc bộ" in offer.upgrade.new
    assert repository.current(alone, id).form.version == 1
    assert move_draft(alone, id) == offer
    now = repository.current(alone, id)
    assert now.form.version == 2
    assert now.answers["leaflets"] == 40
    assert "talks" not in now.answers
    (dropped,) = (one for one in change_rows.history(alone, id) if one.field == "talks" and one.after is None)
    assert dropped.before == 3
    assert offered_upgrade(alone, id) is None
    filings.set_answer(alone, id, "q2022_1", 2)
    assert filings.paper(alone, id).startswith(b"%PDF")
    assert check(alone) == ()


def test_a_final_paper_on_version_one_is_readable_printable_and_amendable_after_version_two(alone: Store) -> None:
    id = filings.fill(alone, read_filled(forms() / "examples" / "2022-ha-thuong-report.toml")).id
    filings.finalise(alone, id)
    before = filings.paper(alone, id), filings.word(alone, id), filings.sheet(alone, id)
    made(alone, 2022)
    assert offered_upgrade(alone, id) is None
    assert (filings.paper(alone, id), filings.word(alone, id), filings.sheet(alone, id)) == before
    assert "talks" in filings.numbers(repository.current(alone, id))
    amended = filings.amend(alone, id)
    assert amended.form.version == 1
    assert filings.check(amended, filings.context_for(alone, amended)) is not None
    assert filings.paper(alone, id).startswith(b"%PDF")
    assert move_draft(alone, id) is not None
    assert [one.form.version for one in repository.versions(alone, id)] == [1, 2]


def test_every_draft_is_moved_in_one_go(alone: Store) -> None:
    begun(alone)
    made(alone, 2022)
    assert [offer.filing.id for offer in move_drafts(alone)] == ["2022-report"]
    assert move_drafts(alone) == ()


def test_a_new_report_begins_on_the_form_of_its_campaign(alone: Store) -> None:
    made(alone, 2023)
    assert filings.open_or_begin(alone, Kind.REPORT).form.version == 1
    choose(alone, "2023")
    assert active(alone).year == 2023
    assert filings.open_or_begin(alone, Kind.REPORT).form.version == 2
