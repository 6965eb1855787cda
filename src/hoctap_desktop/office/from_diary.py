"""The diary beside the office's filings: what the plan promised, and taking its numbers into the report."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from hoctap_desktop.campaign.repository import active
from hoctap_desktop.diary import repository as diary
from hoctap_desktop.diary.loader import diary_form
from hoctap_desktop.diary.model import Entry
from hoctap_desktop.diary.promises import Promise, promised_indicators, promises
from hoctap_desktop.diary.proposals import Proposal, Taken, class_rows, proposals, with_rows
from hoctap_desktop.filing import attachment_rows, repository
from hoctap_desktop.filing.fields import field_values
from hoctap_desktop.filing.model import Filing, Kind, filing_id
from hoctap_desktop.form.answers import Answers, number
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.office.paper import campaign_of, form_of
from hoctap_desktop.store.database import Store

CLASS_LIST = "class_list"


@dataclass(frozen=True)
class FromDiary:
    """What the diary offers the report of a campaign. classes: rows for its list of classes. taken: by indicator."""

    entries: tuple[Entry, ...] = ()
    proposals: Mapping[str, Proposal] = field(default_factory=dict)
    classes: tuple[dict[str, JsonValue], ...] = ()
    taken: Mapping[str, Taken] = field(default_factory=dict)


@dataclass(frozen=True)
class Diary:
    """The whole page: entries by day, those removed, the plan's promises, what the report may take.

    next_number: for a new entry. files: how many files stand beside an owner. report: None before it was begun.
    """

    entries: tuple[Entry, ...]
    removed: tuple[Entry, ...]
    next_number: int
    promises: tuple[Promise, ...]
    has_plan: bool
    offered: FromDiary
    files: Mapping[str, int]
    report: Filing | None


def promises_of(plan: Filing | None) -> tuple[Promise, ...]:
    """What a plan promises; () without one."""
    if plan is None:
        return ()
    form = form_of(plan)
    return promises(plan.answers, field_values(form, plan.answers, plan.unit, campaign_of(plan)), diary_form())


def promised(plan: Filing | None) -> frozenset[str]:
    """The indicators of the report that a plan promised something of."""
    return promised_indicators(promises_of(plan), diary_form())


def from_diary(store: Store, campaign: str) -> FromDiary:
    """What the report of a campaign may take. Raises UserError STORE_DAMAGED."""
    found = diary.entries(store, campaign)
    form = diary_form()
    return FromDiary(
        found,
        proposals(found, form),
        class_rows(found, form, CLASS_LIST),
        diary.taken(store, filing_id(campaign, Kind.REPORT)),
    )


def read_diary(store: Store, campaign: str) -> Diary:
    """The diary of a campaign with what belongs to it. Raises UserError STORE_DAMAGED."""
    plan = repository.find(store, filing_id(campaign, Kind.PLAN))
    offered = from_diary(store, campaign)
    return Diary(
        offered.entries,
        diary.removed_entries(store, campaign),
        diary.next_number(store),
        promises_of(plan),
        plan is not None,
        offered,
        attachment_rows.owners(store),
        repository.find(store, filing_id(campaign, Kind.REPORT)),
    )


def answers_with(offered: FromDiary, answers: Answers, indicators: Collection[str]) -> dict[str, JsonValue]:
    """The answers that change when these numbers are taken; classes and learners come through the list of classes."""
    changes: dict[str, JsonValue] = {}
    for id in indicators:
        if id in offered.proposals:
            changes[id] = offered.proposals[id].value
    if offered.classes and {"classes", "learners"} & set(indicators):
        listed = answers.get(CLASS_LIST)
        known = [row for row in listed if isinstance(row, dict)] if isinstance(listed, list) else []
        rows = with_rows(known, offered.classes)
        changes[CLASS_LIST] = [dict(row) for row in rows]
        changes["classes"] = len(rows)
        changes["learners"] = sum(number(row, "learners") or 0 for row in rows)
    return {id: value for id, value in changes.items() if answers.get(id) != value}


def add_entries(store: Store, contents: Sequence[Mapping[str, JsonValue]]) -> tuple[Entry, ...]:
    """Puts entries into the diary of the campaign the office works on; all of them or none."""
    campaign, at = active(store).id, store.clock()
    with store.atomic():
        return tuple(diary.write(store, diary.next_number(store), campaign, dict(content), at) for content in contents)


def take(store: Store, indicators: Collection[str] | None = None) -> dict[str, JsonValue]:
    """Puts the diary's numbers (all of them, or these) into the draft of the report; what was changed, by field.

    Each stays traceable to its entries. Raises UserError FILING_UNKNOWN, FILING_FINAL, STORE_DAMAGED.
    """
    campaign = active(store)
    id = filing_id(campaign.id, Kind.REPORT)
    offered = from_diary(store, campaign.id)
    wanted = offered.proposals.keys() if indicators is None else indicators
    at = store.clock()
    with store.atomic():
        changes = answers_with(offered, repository.current(store, id).answers, wanted)
        for name, value in changes.items():
            repository.set_answer(store, id, name, value, at)
        note(store, id, [name for name in wanted if name in offered.proposals], offered, changes)
    return changes


def note(
    store: Store, filing: str, indicators: Collection[str], offered: FromDiary, changes: Mapping[str, JsonValue]
) -> None:
    """Remembers that these numbers of a filing came from the diary as `offered`; one commit."""
    at = store.clock()
    with store.atomic():
        for id in indicators:
            proposal = offered.proposals[id]
            stated = changes.get(id, proposal.value)
            value = stated if isinstance(stated, int) else proposal.value
            diary.note_taken(store, filing, Proposal(id, value, proposal.parts), at)
