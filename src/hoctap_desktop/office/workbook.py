"""Excel in and out of the store: write the workbook of a report, look at one that came back, take what was agreed."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from hoctap_desktop.campaign.repository import active, is_chosen
from hoctap_desktop.filing import repository
from hoctap_desktop.filing.change_rows import ActKind, note_act
from hoctap_desktop.filing.model import Filing, Kind, Status, filing_id
from hoctap_desktop.filing.workbook import write_workbook
from hoctap_desktop.filing.workbook_changes import Comparison, compare
from hoctap_desktop.filing.workbook_reader import Reading, read_workbook
from hoctap_desktop.form.answers import same_answer
from hoctap_desktop.form.loader import form_by_id
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.office.filings import draft_of
from hoctap_desktop.office.paper import form_of
from hoctap_desktop.store.database import Store
from hoctap_desktop.units.model import Unit
from hoctap_desktop.units.repository import own_unit


def workbook_of(store: Store, id: str) -> bytes:
    """The workbook of the newest revision.

    Raises UserError FILING_UNKNOWN, WORKBOOK_ONLY_REPORT, WORKBOOK_TEXT_LONG.
    """
    filing = repository.current(store, id)
    return write_workbook(filing, form_of(filing), store.clock())


@dataclass(frozen=True)
class Looked:
    """A workbook held against the report it belongs to, nothing changed yet. begun: the report is in the store."""

    filing: Filing
    begun: bool
    comparison: Comparison


def look_at(store: Store, path: Path) -> Looked:
    """What taking the workbook would change in the own report. Writes nothing.

    Raises UserError WORKBOOK_OTHER_UNIT, WORKBOOK_OTHER_CAMPAIGN, WORKBOOK_OTHER_FORM, WORKBOOK_OLD, FILING_FINAL, and
    those of `read_workbook`.
    """
    return held_against(store, read_workbook(path, form_by_id))


def held_against(store: Store, reading: Reading) -> Looked:
    """The same for a workbook that was read before (reading it needs no store)."""
    unit, facts = own_unit(store), reading.facts
    refuse_other(reading, unit, active(store).id if is_chosen(store) else facts.campaign)
    known = repository.find(store, filing_id(facts.campaign, Kind(facts.kind)))
    filing = known or draft_of(store, Kind(facts.kind))
    if filing.status is Status.FINAL:
        raise UserError(Code.FILING_FINAL, filing=filing.id, revision=filing.revision)
    form = form_of(filing)
    if (facts.form, facts.form_version, facts.form_hash) != (form.id, form.version, form.hash):
        claimed = f"{facts.form_name}, bản {facts.form_version}"
        own = f"{form.name}, bản {form.version}"
        raise UserError(Code.WORKBOOK_OTHER_FORM, file=reading.file, claimed=claimed, own=own)
    if known is not None and facts.revision != filing.revision:
        raise UserError(Code.WORKBOOK_OLD, file=reading.file, claimed=facts.revision, own=filing.revision)
    return Looked(filing, known is not None, compare(reading, form, filing.answers, begun=known is not None))


def refuse_other(reading: Reading, unit: Unit, campaign: str) -> None:
    """Raises UserError WORKBOOK_OTHER_UNIT, WORKBOOK_OTHER_CAMPAIGN for a workbook of somebody or some year else."""
    facts = reading.facts
    if facts.unit != unit.code:
        own = unit.short_name or unit.name
        raise UserError(Code.WORKBOOK_OTHER_UNIT, file=reading.file, claimed=facts.unit_name, unit=facts.unit, own=own)
    if facts.campaign != campaign:
        raise UserError(Code.WORKBOOK_OTHER_CAMPAIGN, file=reading.file, claimed=facts.campaign, own=campaign)


def take(store: Store, looked: Looked, fields: Collection[str]) -> Filing:
    """Makes the agreed differences answers of the report, in one commit; begins it when there was none.

    Raises ValueError when the comparison was refused; UserError WORKBOOK_CONFLICT when an answer was changed here since
    it was shown, FILING_FINAL, FILING_UNKNOWN, STORE_DAMAGED.
    """
    if looked.comparison.refused:
        raise ValueError("nothing of this workbook may be taken")
    chosen = [each for each in looked.comparison.differences if each.field in fields]
    at = store.clock()
    with store.atomic() as db:
        filing = repository.current(store, looked.filing.id) if looked.begun else repository.begin(store, looked.filing)
        for each in chosen:
            if filing.answers.get(each.field) != each.before:
                raise UserError(
                    Code.WORKBOOK_CONFLICT,
                    address=each.address,
                    label=each.label,
                    current="khác lúc xem",
                    typed=each.after_words,
                )
        answers = {**filing.answers, **{each.field: each.after for each in chosen}}
        taken = repository.replace_answers(store, filing.id, answers, at)
        if chosen:
            note_act(store, db, taken, ActKind.TAKEN, at, looked.comparison.file)
        return taken


def give_back(store: Store, looked: Looked, fields: Collection[str]) -> tuple[str, ...]:
    """Takes `take` back where nothing was written since; the labels of what somebody changed after it, which stays.

    Raises UserError FILING_FINAL, FILING_UNKNOWN, STORE_DAMAGED.
    """
    chosen = [each for each in looked.comparison.differences if each.field in fields]
    with store.atomic():
        filing = repository.current(store, looked.filing.id)
        kept = [each for each in chosen if not same_answer(filing.answers.get(each.field), each.after)]
        before = {each.field: each.before for each in chosen if each not in kept}
        answers = {**filing.answers, **before}
        given = {id: value for id, value in answers.items() if value is not None}
        repository.replace_answers(store, filing.id, given, store.clock())
    return tuple(each.label for each in kept)


def fill_from_workbook(store: Store, path: Path) -> tuple[Filing, Comparison]:
    """Takes a workbook in whole, or not at all: a fault or an answer changed on both sides refuses it, all named.

    Raises UserError WORKBOOK_NOT_TAKEN (its `faults`: every sentence), and those of `look_at`.
    """
    looked = look_at(store, path)
    found = looked.comparison
    faults = [fault.sentence for fault in found.faults]
    faults += [
        str(
            UserError(
                Code.WORKBOOK_CONFLICT,
                address=each.address,
                label=each.label,
                current=each.before_words,
                typed=each.after_words,
            )
        )
        for each in found.differences
        if each.both_changed
    ]
    if faults:
        raise UserError(
            Code.WORKBOOK_NOT_TAKEN, file=path.name, count=len(faults), first=faults[0], faults=tuple(faults)
        )
    return take(store, looked, {each.field for each in found.differences}), found
