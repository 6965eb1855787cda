"""Nhập hộ, act by act: begin, type or scan, type again blind, decide, enter, take back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from hoctap_desktop.campaign.repository import active
from hoctap_desktop.consolidation import paper_entries, paper_receipts, repository
from hoctap_desktop.consolidation.model import Submission, newest
from hoctap_desktop.consolidation.paper_entries import EntryStatus, PaperEntry
from hoctap_desktop.consolidation.reviewing import decided
from hoctap_desktop.document.code import QR_PREFIX, read_code, read_qr
from hoctap_desktop.filing.model import KIND_WORDS, FormRef, Kind
from hoctap_desktop.filing.workbook_changes import Comparison, compare, words
from hoctap_desktop.filing.workbook_reader import Reading
from hoctap_desktop.form.answers import Answers, cell_json
from hoctap_desktop.form.definition import Field, FieldType, FormDefinition
from hoctap_desktop.form.loader import form_by_id, form_for_below, twins
from hoctap_desktop.form.validation import is_known, shape_findings
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.clock import VIETNAM
from hoctap_desktop.foundation.dates import print_date
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.text import clean_line
from hoctap_desktop.office.workbook import refuse_other
from hoctap_desktop.store.database import Store
from hoctap_desktop.units.model import Unit
from hoctap_desktop.units.register import below_in, ever_below
from hoctap_desktop.units.repository import own_unit

_NUMBERS = (FieldType.COUNT, FieldType.MONEY)


@dataclass(frozen=True)
class Differing:
    """A number that was typed in two ways. first_words, second_words: as a person reads them."""

    field: str
    label: str
    first: JsonValue | None
    second: JsonValue | None
    first_words: str
    second_words: str


def unit_below(store: Store, code: str) -> Unit:
    """A unit below this office in the active campaign's year. Raises UserError UNIT_UNKNOWN, UNIT_ELSEWHERE."""
    own, campaign = own_unit(store).code, active(store)
    found = below_in(store, own, campaign.year).get(code)
    other = next((unit for unit in ever_below(store, own) if unit.code == code), None)
    if found is None and other is not None:
        raise UserError(Code.UNIT_ELSEWHERE, unit=other.short_name or other.name, campaign=campaign.id)
    if found is None:
        raise UserError(Code.UNIT_UNKNOWN, unit=code)
    return found


def begin(store: Store, unit_code: str, kind: Kind) -> PaperEntry:
    """The draft for a unit in the active campaign; the one that was begun before when there is one.

    Day and code come from the receipt of the paper, when one was noted (paper_desk.py).

    Raises UserError UNIT_UNKNOWN, FORM_UNKNOWN, STORE_DAMAGED.
    """
    unit, campaign = unit_below(store, unit_code), active(store)
    for entry in paper_entries.entries(store, campaign.id, EntryStatus.DRAFT):
        if (entry.unit_code, entry.kind) == (unit.code, kind):
            return entry
    form, at = form_for_below(kind.value, unit, campaign.year), store.clock()
    noted = paper_receipts.receipts(store, campaign.id)
    paper = next((one for one in noted if (one.unit_code, one.kind) == (unit.code, kind)), None)
    return paper_entries.add(
        store,
        PaperEntry(
            id=_free_id(store, unit.code, campaign.id, kind, at),
            unit_code=unit.code,
            unit_name=unit.name,
            campaign=campaign.id,
            kind=kind,
            form=FormRef(form.id, form.version, form.hash),
            answers={},
            received_on=paper.received_on if paper else at.astimezone(VIETNAM).date(),
            begun_at=at,
            paper_code=paper.paper_code if paper else "",
        ),
    )


def _free_id(store: Store, unit: str, campaign: str, kind: Kind, at: datetime) -> str:
    """An id no entry has: one entered or taken back in this very second must not be written over."""
    while paper_entries.find(store, id := paper_entries.new_id(unit, campaign, kind, at)) is not None:
        at += timedelta(microseconds=1)
    return id


def form_of(entry: PaperEntry) -> FormDefinition:
    """The form an entry is typed on. Raises UserError(FORM_UNKNOWN)."""
    return form_by_id(entry.form.id, entry.form.version, sha256=entry.form.hash)


def set_answers(store: Store, id: str, values: Mapping[str, JsonValue | None], *, second: bool = False) -> PaperEntry:
    """Keeps answers of the first or the second keying; None makes one blank. On return they are on the disk.

    Words are typed once: those of the second keying take the place of the first's. Raises UserError FIELD_UNKNOWN,
    PAPER_ENTERED, STORE_DAMAGED, DISK_FULL.
    """
    with store.atomic():
        entry = _draft(store, id)
        form = form_of(entry)
        twice = {field.id for field in _typed_twice(form)}
        for field, value in values.items():
            if not is_known(form, field):
                raise UserError(Code.FIELD_UNKNOWN, form=form.name, field=field)
            if second:
                entry = replace(entry, second=paper_entries.with_answer(entry.second or {}, field, value))
            if not second or field not in twice:
                entry = replace(entry, answers=paper_entries.with_answer(entry.answers, field, value))
        return paper_entries.change(store, entry)


def set_illustrative(store: Store, id: str) -> PaperEntry:
    """Marks the numbers as invented for show, for ever. Raises UserError PAPER_ENTERED, STORE_DAMAGED."""
    with store.atomic():
        return paper_entries.change(store, replace(_draft(store, id), illustrative=True))


def set_facts(
    store: Store, id: str, *, received_on: date, number: str = "", day: date | None = None, paper_code: str = ""
) -> PaperEntry:
    """Keeps what stands about the paper itself. paper_code: as typed from its foot, "" when it bears none.

    Raises UserError RECEIPT_DAY (a day to come), PAPER_CODE_BAD, PAPER_ENTERED, STORE_DAMAGED.
    """
    code = read_code(paper_code) if paper_code.strip() else ""
    if code is None:
        raise UserError(Code.PAPER_CODE_BAD, typed=clean_line(paper_code)[:40])
    if received_on > store.clock().astimezone(VIETNAM).date():
        raise UserError(Code.RECEIPT_DAY, day=print_date(received_on), why="ngày đó chưa đến. Hãy xem lại ngày.")
    with store.atomic():
        entry = _draft(store, id)
        return paper_entries.change(
            store,
            replace(
                entry,
                received_on=received_on,
                document_number=clean_line(number),
                document_day=day,
                paper_code=code,
                scanned=entry.scanned and code == entry.paper_code,
            ),
        )


def is_scan(typed: str) -> bool:
    """True for what a hand scanner types when it reads the QR of a print."""
    return typed.strip("\r\n\t").startswith(QR_PREFIX)


def take_scan(store: Store, id: str, scanned: str, *, second: bool = False) -> PaperEntry:
    """Fills in the numbers (of the first or the second keying), the paper code and the revision the QR of a print says.

    Raises UserError PAPER_QR_BAD, PAPER_OTHER_UNIT, PAPER_OTHER_FORM, PAPER_ENTERED, STORE_DAMAGED.
    """
    facts = read_qr(scanned)
    with store.atomic():
        entry = _draft(store, id)
        if facts.unit != entry.unit_code:
            raise UserError(Code.PAPER_OTHER_UNIT, claimed=facts.unit, own=entry.unit_name)
        if (facts.form, facts.form_version) != (entry.form.id, entry.form.version):
            raise UserError(Code.PAPER_OTHER_FORM, claimed=f"{facts.form}, bản {facts.form_version}")
        form = form_of(entry)
        fields = list(form.indicators())
        if facts.figures and not all(_asks_the_same(form, one) for one in twins(form)):
            # the code in the paper names no text: its numbers could stand beside other questions
            raise UserError(Code.PAPER_OTHER_FORM, claimed=f"{facts.form}, hai biểu cùng số bản {facts.form_version}")
        if facts.figures and len(facts.figures) != len(fields):
            raise UserError(Code.PAPER_OTHER_FORM, claimed=f"{facts.form}, {len(facts.figures)} số")
        answers: Answers = (entry.second or {}) if second else entry.answers
        for field, figure in zip(fields, facts.figures, strict=False):
            answers = paper_entries.with_answer(answers, field.id, cell_json(figure))
        entry = replace(entry, second=answers) if second else replace(entry, answers=answers)
        return paper_entries.change(
            store, replace(entry, paper_code=facts.code, revision=max(1, facts.revision), scanned=True)
        )


def _asks_the_same(form: FormDefinition, other: FormDefinition) -> bool:
    ids = form.indicator_ids
    return ids == other.indicator_ids and all(form.asks_as(other, id) for id in ids)


# --- a workbook the unit filled in ---------------------------------------------------------------------------------


def refuse_other_workbook(store: Store, entry: PaperEntry, reading: Reading) -> None:
    """Raises UserError WORKBOOK_OTHER_UNIT, WORKBOOK_OTHER_CAMPAIGN, WORKBOOK_OTHER_FORM for one of something else."""
    refuse_other(reading, unit_below(store, entry.unit_code), entry.campaign)
    if reading.facts.form_hash != entry.form.hash:
        form, facts = form_of(entry), reading.facts
        claimed, own = f"{facts.form_name}, bản {facts.form_version}", f"{form.name}, bản {form.version}"
        raise UserError(Code.WORKBOOK_OTHER_FORM, file=reading.file, claimed=claimed, own=own)


def against_workbook(store: Store, id: str, reading: Reading, *, second: bool = False) -> Comparison:
    """What a workbook would change in one keying, before it does. Raises as refuse_other_workbook, PAPER_ENTERED."""
    entry = _draft(store, id)
    refuse_other_workbook(store, entry, reading)
    return compare(reading, form_of(entry), (entry.second or {}) if second else entry.answers, begun=False)


# --- typed twice ---------------------------------------------------------------------------------------------------


def begin_second(store: Store, id: str) -> PaperEntry:
    """Begins the second keying with nothing in it; goes on with one that was begun. Raises PAPER_ENTERED."""
    with store.atomic():
        entry = _draft(store, id)
        return entry if entry.second is not None else paper_entries.change(store, replace(entry, second={}))


def drop_second(store: Store, id: str) -> PaperEntry:
    """Leaves the second keying out again. Raises UserError PAPER_ENTERED, STORE_DAMAGED."""
    with store.atomic():
        return paper_entries.change(store, replace(_draft(store, id), second=None))


def differing(entry: PaperEntry) -> tuple[Differing, ...]:
    """The numbers that were typed in two ways, in the order of the form; () before a second keying."""
    if entry.second is None:
        return ()
    found = []
    for field in _typed_twice(form_of(entry)):
        first, second = entry.answers.get(field.id), entry.second.get(field.id)
        if first != second:
            found.append(Differing(field.id, field.label, first, second, words(field, first), words(field, second)))
    return tuple(found)


def decide(store: Store, id: str, field: str, value: JsonValue | None) -> PaperEntry:
    """What a number is, after both keyings were looked at beside the paper."""
    set_answers(store, id, {field: value})
    return set_answers(store, id, {field: value}, second=True)


def _typed_twice(form: FormDefinition) -> tuple[Field, ...]:
    """Numbers only: words are read by a person anyway."""
    return tuple(field for field in form.fields() if field.type in _NUMBERS)


# --- entered, taken back -------------------------------------------------------------------------------------------


def standing_package(store: Store, entry: PaperEntry) -> Submission | None:
    """The sealed package of the same paper that counts now, or None."""
    received = tuple(
        one
        for one in repository.reported(store, entry.campaign, entry.kind)
        if one.submission.unit_code == entry.unit_code and not one.submission.from_paper
    )
    return next((one.submission for one in newest(received, decided(store))), None)


def enter(store: Store, id: str, reason: str = "") -> Submission:
    """Makes the entry count, from the day the paper came. It takes the place of an earlier entry for the same paper.

    reason: why it counts instead of the sealed package the unit sent; asked for when there is one, and naming it: a
    later package takes its place again. Raises UserError PAPER_OVER_SEALED, PAPER_KEYINGS_DIFFER, PAPER_BLANK,
    PAPER_CELL_BAD, PAPER_ENTERED, STORE_DAMAGED.
    """
    with store.atomic():
        entry = _draft(store, id)
        form = form_of(entry)
        if entry.kind is Kind.REPORT and not any(field.id in entry.answers for field in form.indicators()):
            raise UserError(Code.PAPER_BLANK, unit=entry.unit_name)
        wrong = next(iter(shape_findings(form, entry.answers)), None)
        if wrong is not None:
            raise UserError(Code.PAPER_CELL_BAD, place=wrong.place, why=wrong.message)
        if undecided := differing(entry):
            raise UserError(Code.PAPER_KEYINGS_DIFFER, count=len(undecided), first=undecided[0].label)
        package = standing_package(store, entry)
        if package is not None and not clean_line(reason):
            raise UserError(
                Code.PAPER_OVER_SEALED,
                unit=entry.unit_name,
                paper=KIND_WORDS[entry.kind].lower(),
                revision=package.revision,
                day=print_date(package.received_on),
            )
        done = replace(
            entry,
            status=EntryStatus.ENTERED,
            entered_at=store.clock(),
            who=store.who,
            instead_of=package.package_id if package else "",
            reason=clean_line(reason) if package else "",
        )
        return paper_entries.as_submission(paper_entries.change(store, done))


def withdraw(store: Store, id: str, reason: str = "") -> PaperEntry:
    """Takes an entry back, draft or entered: it counts no more, what it stood for counts again; it stays readable."""
    with store.atomic():
        entry = paper_entries.current(store, id)
        return paper_entries.change(
            store, replace(entry, status=EntryStatus.WITHDRAWN, reason=clean_line(reason) or entry.reason)
        )


def _draft(store: Store, id: str) -> PaperEntry:
    entry = paper_entries.current(store, id)
    if entry.status is not EntryStatus.DRAFT:
        raise UserError(Code.PAPER_ENTERED, unit=entry.unit_name)
    return entry
