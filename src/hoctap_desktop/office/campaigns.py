"""Next year's campaign: made from last year's, its days set, its forms edited, drafts moved to a new form."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from hoctap_desktop.campaign import repository as campaigns
from hoctap_desktop.campaign.made import keep_campaign, made_campaigns, year_after
from hoctap_desktop.campaign.model import Campaign, Deadline
from hoctap_desktop.campaign.rules import mistake
from hoctap_desktop.filing import repository
from hoctap_desktop.filing.model import Filing, FormRef, Kind, Status
from hoctap_desktop.form import editing
from hoctap_desktop.form.definition import FormDefinition
from hoctap_desktop.form.loader import (
    form_by_id,
    form_for_below,
    form_for_unit,
    is_for_below,
    is_told,
    known_forms,
)
from hoctap_desktop.form.made import drop_draft, form_draft, keep_draft, keep_form, made_forms
from hoctap_desktop.form.taken import learn
from hoctap_desktop.form.upgrades import Upgrade, answers_on, upgrade
from hoctap_desktop.foundation.dates import parse_date
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.text import clean_line
from hoctap_desktop.office.office_acts import note_unit_day, unit_day_reasons
from hoctap_desktop.office.units_below import read_register
from hoctap_desktop.store.database import Store
from hoctap_desktop.units import register
from hoctap_desktop.units import repository as units
from hoctap_desktop.units.levels import levels
from hoctap_desktop.units.model import Unit

_WORDS = {
    "themes": "cần ít nhất một chủ đề. Hãy ghi chủ đề.",
    "week_to": "ngày cuối của Tuần lễ phải sau ngày đầu, cách không quá 60 ngày. Hãy sửa ngày.",
    "year": "năm phải có bốn chữ số, từ 2000 đến 2099.",
}


@dataclass(frozen=True)
class CampaignFacts:
    """What the page of a campaign shows. campaign: with its deadlines; made: it was made or changed here.

    levels: of the units below in it, in order; below: how many stand and report here; excused: how many papers less.
    form: the report form the units below are asked on; draft: the one being edited, None when it is not; upward: the
    one the office itself fills in for its upper unit. reasons: why units have days of their own, by kind of paper and
    unit code. own, upper: the office and whom it sends to; above: the days it has from a campaign file of the upper
    unit, which are not set here; above_free: what it need not file by that file, as Campaign.free.
    """

    campaign: Campaign
    made: bool
    levels: tuple[str, ...]
    below: int
    excused: int
    form: FormDefinition
    draft: FormDefinition | None
    upward: FormDefinition
    reasons: Mapping[tuple[str, str], str] = field(default_factory=dict)
    own: Unit | None = None
    upper: Unit | None = None
    above: tuple[Deadline, ...] = ()
    above_free: frozenset[tuple[str, str]] = frozenset()


def make_campaign(store: Store, year: int, before: str = "") -> Campaign:
    """The campaign of `year`, from last year's: theme, Week, deadlines, and who need not file.

    before: id of the campaign it is made from, "" for the newest one of an earlier year.
    Raises UserError CAMPAIGN_EXISTS, CAMPAIGN_UNKNOWN, CAMPAIGN_WRONG.
    """
    known = campaigns.known_campaigns()
    if any(campaign.id == str(year) for campaign in known):
        raise UserError(Code.CAMPAIGN_EXISTS, campaign=year)
    earlier = [campaign for campaign in known if campaign.year < year]
    if not before and not earlier:
        raise UserError(Code.CAMPAIGN_UNKNOWN, campaign=year - 1, known=", ".join(one.id for one in known))
    last = campaigns.with_deadlines(store, before or earlier[-1].id)
    made = year_after(last, year)
    with store.atomic():
        change_campaign(store, made)
        carried = [replace(one, campaign=made.id) for one in register.excuses(store, last.id)]
        words = f"Đợt {made.id}: miễn như đợt {last.id}"
        register.keep(store, words, [register.with_excuse(one) for one in carried])
    return campaigns.with_deadlines(store, made.id)


def change_campaign(store: Store, campaign: Campaign) -> Campaign:
    """Keeps what the office sets for a campaign: theme, Week, deadlines. Filings begun keep the words in them.

    Raises UserError(CAMPAIGN_WRONG).
    """
    tidy = replace(
        campaign,
        themes=tuple(theme for line in campaign.themes if (theme := clean_line(line))),
        sources=tuple(source for line in campaign.sources if (source := clean_line(line))),
    )
    wrong = mistake(tidy)
    if wrong is not None:
        raise UserError(Code.CAMPAIGN_WRONG, campaign=tidy.id, why=_WORDS.get(wrong[0], wrong[1]))
    keys = [(due.kind, due.level, due.unit) for due in tidy.deadlines]
    if len(set(keys)) != len(keys):
        raise UserError(Code.CAMPAIGN_WRONG, campaign=tidy.id, why="một hạn nộp được ghi hai lần. Hãy bỏ một.")
    keep_campaign(store, tidy, store.clock())
    learn(store)
    return campaigns.with_deadlines(store, tidy.id)


def set_unit_day(
    store: Store, campaign_id: str, kind: str, code: str, day: date | None, *, inclusive: bool, reason: str
) -> Campaign:
    """A day of its own for one unit, None for its level's again; with the reason, in one commit.

    Raises UserError UNIT_UNKNOWN, DEADLINE_NEEDS_REASON, CAMPAIGN_WRONG.
    """
    unit = units.unit(store, code)
    if unit is None:
        raise UserError(Code.UNIT_UNKNOWN, unit=code)
    with store.atomic():
        note_unit_day(store, campaign_id, kind, code, day, reason)
        campaign = campaigns.with_deadlines(store, campaign_id)
        others = tuple(one for one in campaign.deadlines if (one.kind, one.unit) != (kind, code))
        own = () if day is None else (Deadline(kind, unit.level, day, inclusive, code),)
        return change_campaign(store, replace(campaign, deadlines=(*others, *own)))


def read_campaign_facts(store: Store, id: str) -> CampaignFacts:
    """Raises UserError CAMPAIGN_UNKNOWN, FORM_UNKNOWN, STORE_DAMAGED."""
    campaign = campaigns.with_deadlines(store, id)
    own = units.own_unit(store)
    rows = [
        one for one in read_register(store, id, campaign.year).rows if one.here and one.unit.stood_on(campaign.week_to)
    ]
    form = form_for_below(Kind.REPORT.value, own, campaign.year)
    known = [one.campaign.id for one in made_campaigns(store)]
    return CampaignFacts(
        campaign,
        id in known,
        tuple(dict.fromkeys(one.unit.level for one in rows)),
        len(rows),
        sum(len(one.free) for one in rows),
        form,
        form_draft(store, form.id),
        form_for_unit(Kind.REPORT.value, own, year=campaign.year),
        unit_day_reasons(store, id),
        own,
        units.unit(store, own.upper) if own.upper else None,
        campaigns.days_from_above(store, id),
        campaigns.free_from_above(store, id),
    )


# --- forms --------------------------------------------------------------------------------------------------------


def edit_form(store: Store, form: FormDefinition) -> FormDefinition:
    """Keeps a form being edited; nobody fills it in before it is published. Raises UserError(FORM_BAD)."""
    keep_draft(store, form, store.clock())
    return form


def ids_ever(store: Store, form: FormDefinition) -> frozenset[str]:
    """Every id any form ever had here, the one being edited among them: none is given again."""
    draft = form_draft(store, form.id)
    return editing.ids_of((*known_forms(), form, *((draft,) if draft is not None else ())))


def publish_form(store: Store, id: str, year: int) -> FormDefinition:
    """The form being edited becomes the next version, for the campaigns from `year` on; older versions stay for ever.

    Raises UserError FORM_UNKNOWN, FORM_UNCHANGED, FORM_BAD.
    """
    draft = form_draft(store, id)
    newest = _line_of(store, id, year)
    if draft is None or editing.same_content(draft, newest):
        raise UserError(Code.FORM_UNCHANGED, version=newest.version)
    versions = [form.version for form in known_forms() if form.id == id]
    with store.atomic():
        made = keep_form(store, editing.next_version(draft, versions), year, store.clock())
        drop_draft(store, id)
    learn(store)
    return made


def _line_of(store: Store, id: str, year: int) -> FormDefinition:
    """The form a draft of that name was begun from: what the campaign asks below, not another issuer's newest."""
    newest = form_by_id(id)
    asked = form_for_below(newest.kind, units.own_unit(store), year)
    return asked if asked.id == id else newest


def take_upper_form(store: Store, year: int) -> FormDefinition:
    """The form being edited begins anew from the one the upper unit has filled in; the own questions stay in it.

    Raises UserError FORM_UNKNOWN, FORM_BAD, QUESTION_WRONG.
    """
    own = units.own_unit(store)
    upward = form_for_unit(Kind.REPORT.value, own, year=year)
    asked = form_for_below(Kind.REPORT.value, own, year)
    made = {one.form.hash for one in made_forms(store)}
    ours = [form for form in reversed(known_forms()) if form.hash in made and form.id == asked.id]
    theirs = [form for form in known_forms() if form.hash not in made]
    edited = form_draft(store, asked.id) or asked
    form = editing.rebased((edited, *ours), upward, theirs, year=year, taken=ids_ever(store, asked))
    return edit_form(store, form)


def give_up_form(store: Store, id: str) -> None:
    """What was edited is let go; the published versions stay."""
    drop_draft(store, id)


# --- drafts on an older form --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Offer:
    """A draft that can be moved from `old` to `new`, and what would come of it.

    for_below: `old` is what the office asks below, which the office above cannot read.
    """

    filing: Filing
    old: FormDefinition
    new: FormDefinition
    upgrade: Upgrade
    for_below: bool = False

    @property
    def words(self) -> str:
        """Why the draft should be moved, in a sentence."""
        if self.for_below:
            return (
                "Bản nháp này theo biểu cơ quan lập cho cấp dưới, cấp trên không đọc được. "
                f"Văn bản nộp lên theo biểu mẫu bản {self.new.version}."
            )
        if self.new.version > self.old.version:
            return f"Cấp trên đã ra biểu mẫu bản {self.new.version}; bản nháp này theo bản {self.old.version}."
        numbers = "" if self.new.version == self.old.version else f" bản {self.old.version}"
        return f"Đợt này theo biểu mẫu bản {self.new.version} của cấp trên; bản nháp này theo biểu mẫu khác{numbers}."


def offered_upgrade(store: Store, filing_id: str) -> Offer | None:
    """What a draft would become on the form of its campaign; None when it is on it, final, or not there.

    A campaign file of the upper unit says which form that is, whatever its number; else it is a newer one.
    """
    filing = repository.find(store, filing_id)
    if filing is None or filing.status is Status.FINAL:
        return None
    week = next((one for one in campaigns.known_campaigns() if one.id == filing.campaign), None)
    try:
        old = form_by_id(filing.form.id, filing.form.version, sha256=filing.form.hash)
        new = form_for_unit(filing.kind.value, filing.unit, year=week.year if week else None)
    except UserError as refusal:
        if refusal.code is Code.FORM_UNKNOWN:
            return None
        raise
    said = week is not None and is_told(new, week.year)
    for_below = is_for_below(old, week.year if week else None)
    if new.hash == old.hash or not (for_below or (new.id == old.id and (new.version > old.version or said))):
        return None
    return Offer(filing, old, new, upgrade(old, new, filing.answers), for_below)


def move_draft(store: Store, filing_id: str) -> Offer | None:
    """Moves a draft to the newest form of its campaign, in one commit; every answer left behind is in its history."""
    with store.atomic():
        offer = offered_upgrade(store, filing_id)
        if offer is not None:
            new = offer.new
            moved = replace(offer.filing, form=FormRef(new.id, new.version, new.hash), answers=offer.upgrade.answers)
            if summed := moved.summed:
                below, own = answers_on(offer.old, new, summed.below), answers_on(offer.old, new, summed.own)
                moved = replace(moved, summed=replace(summed, below=below, own=own))
            repository.refill(store, moved, store.clock())
    return offer


def move_drafts(store: Store) -> tuple[Offer, ...]:
    """Every draft of the office that is on an older form, moved."""
    drafts = [one.id for one in repository.all_filings(store) if one.status is Status.DRAFT]
    return tuple(offer for id in drafts if (offer := move_draft(store, id)) is not None)


def parse_deadline(words: str) -> Deadline:
    """ "report:commune:2026-10-15", "plan:05812:20/09/2026:ca" (a unit's own; "ca": tính cả ngày đó).

    Raises UserError CAMPAIGN_WRONG, NOT_A_DATE. A unit's level is put in by who keeps it.
    """
    parts = words.split(":")
    if len(parts) not in (3, 4) or parts[0] not in ("plan", "report") or (len(parts) == 4 and parts[3] != "ca"):
        why = f"hạn nộp «{words}» không đọc được. Ghi như report:commune:15/10/2026, thêm :ca nếu tính cả ngày đó."
        raise UserError(Code.CAMPAIGN_WRONG, campaign="", why=why)
    known = {level.id for level in levels()}
    level, unit = (parts[1], "") if parts[1] in known else ("", parts[1])
    return Deadline(parts[0], level, parse_date(parts[2]), len(parts) == 4, unit)


def set_deadlines(store: Store, campaign_id: str, deadlines: Sequence[Deadline], reason: str = "") -> Campaign:
    """Several at once; a unit's own gets the unit's level and needs the reason. A day says the paper is owed again.

    Raises UserError UNIT_UNKNOWN, CAMPAIGN_WRONG, DEADLINE_NEEDS_REASON.
    """
    campaign = campaigns.with_deadlines(store, campaign_id)
    found = {(due.kind, due.level, due.unit): due for due in campaign.deadlines}
    for due in deadlines:
        whole = due
        if due.unit:
            unit = units.unit(store, due.unit)
            if unit is None:
                raise UserError(Code.UNIT_UNKNOWN, unit=due.unit)
            whole = replace(due, level=unit.level)
            note_unit_day(store, campaign_id, due.kind, due.unit, due.day, reason)
        found[(whole.kind, whole.level, whole.unit)] = whole
    free = campaign.free - {(due.kind, due.level) for due in deadlines}
    return change_campaign(store, replace(campaign, deadlines=tuple(found.values()), free=free))


def parse_freed(words: str) -> tuple[str, str]:
    """ "plan:school": no school owes a plan. Raises UserError(CAMPAIGN_WRONG)."""
    kind, _, level = words.partition(":")
    if kind not in ("plan", "report") or level not in {one.id for one in levels()}:
        why = f"«{words}» không đọc được. Ghi loại văn bản và cấp, như plan:school."
        raise UserError(Code.CAMPAIGN_WRONG, campaign="", why=why)
    return kind, level


def set_free(store: Store, campaign_id: str, freed: Collection[tuple[str, str]]) -> Campaign:
    """No unit of these levels owes these kinds of paper, a day of the level goes. Raises UserError(CAMPAIGN_WRONG)."""
    campaign = campaigns.with_deadlines(store, campaign_id)
    left = tuple(due for due in campaign.deadlines if due.unit or (due.kind, due.level) not in freed)
    return change_campaign(store, replace(campaign, deadlines=left, free=campaign.free.union(freed)))
