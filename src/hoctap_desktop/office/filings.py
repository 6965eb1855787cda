"""Begin, fill in, check, finalise, amend: one function per act."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime

from hoctap_desktop.campaign.model import Campaign
from hoctap_desktop.campaign.repository import active, choose, is_chosen
from hoctap_desktop.document.code import paper_code
from hoctap_desktop.document.pdf import Printed
from hoctap_desktop.filing import repository
from hoctap_desktop.filing.carried import carried_of
from hoctap_desktop.filing.content import Content, filing_json
from hoctap_desktop.filing.doubts import keep_doubts
from hoctap_desktop.filing.fields import field_findings, field_values
from hoctap_desktop.filing.letters import letter_findings
from hoctap_desktop.filing.model import Filing, FormRef, Kind, Status, filing_id
from hoctap_desktop.filing.printed import reserved_values
from hoctap_desktop.filing.totals_acts import own_numbers
from hoctap_desktop.form import validation
from hoctap_desktop.form.answers import COMPUTED, Answers, lines, number, text
from hoctap_desktop.form.context import Context
from hoctap_desktop.form.definition import FieldType, FormDefinition
from hoctap_desktop.form.findings import Finding
from hoctap_desktop.form.loader import form_for_below, form_for_unit
from hoctap_desktop.form.upgrades import answers_on
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.office.from_diary import promised
from hoctap_desktop.office.paper import campaign_of, form_of, print_filing, print_with_number, sheet_of, word_of
from hoctap_desktop.plan.belonging import belonging_findings
from hoctap_desktop.plan.empty_lists import empty_list_findings
from hoctap_desktop.plan.leftovers import leftover_findings
from hoctap_desktop.plan.weekday_slips import weekday_findings
from hoctap_desktop.report.empty_parts import empty_part_findings
from hoctap_desktop.store.database import Store
from hoctap_desktop.units.levels import level_word, unit_word
from hoctap_desktop.units.model import Unit
from hoctap_desktop.units.repository import own_unit
from hoctap_desktop.units.repository import unit as find_unit


def new_filing(kind: Kind, unit: Unit, campaign: Campaign, today: date) -> Filing:
    """A draft with what is already known: the form's own words, the Week, the signer."""
    form = form_for_unit(kind.value, unit, year=campaign.year)
    known = reserved_values(unit, campaign)
    days = {"campaign.week.from": campaign.week_from, "campaign.week.to": campaign.week_to}
    answers: dict[str, JsonValue] = {"document.month": f"{today:%Y-%m}"}
    for field in form.fields():
        value = field.default
        if field.type is FieldType.BODY:
            answers[field.id] = _in_own_words(value.strip(), unit)
            continue
        words = known
        if field.type is FieldType.DATE:
            words = known | {name: day.isoformat() for name, day in days.items()}
        for name, word in words.items():
            value = value.replace(f"{{{{{name}}}}}", word)
        if value:
            answers[field.id] = [*value.split("\n")] if field.type is FieldType.LINES else value
    signer = {"collective": unit.signer.collective, "authority": unit.signer.authority}
    signer |= {"title": unit.signer.title, "name": unit.signer.name}
    answers |= {f"signer.{part}": word for part, word in signer.items()}
    known_ids = {field.id for field in form.fields()}
    kept = {id: value for id, value in answers.items() if id in known_ids and value not in ("", [])}
    reference = FormRef(form.id, form.version, form.hash)
    return Filing(filing_id(campaign.id, kind), kind, campaign.id, unit, reference, kept)


def _in_own_words(words: str, unit: Unit) -> str:
    """The words a form begins with, which speak of the level ("xã"), as this unit is called ("phường")."""
    level, own = level_word(unit.level), unit_word(unit)
    return words if own == level else re.sub(rf"\b{re.escape(level)}\b(?! hội\b)", own, words)


def draft_of(store: Store, kind: Kind) -> Filing:
    """What the office would begin with in the active campaign: new_filing, and whom a report goes to. Writes nothing.

    A report goes where last year's went; to the upper unit when there was none, or that is another one now. Raises
    UserError(FORM_UNKNOWN).
    """
    unit, campaign = own_unit(store), active(store)
    made = new_filing(kind, unit, campaign, store.clock().date())
    if kind is not Kind.REPORT or form_of(made).field("recipients") is None:
        return made
    before = repository.find(store, filing_id(str(campaign.year - 1), kind))
    named: list[JsonValue] = []
    if before is not None and before.unit.upper == unit.upper:
        named += [line for line in lines(before.answers, "recipients") if line.strip()]
    if not named:
        upper = find_unit(store, unit.upper) if unit.upper else None
        named = [*([upper.name] if upper else []), "Lưu: VT"]
    return replace(made, answers={**made.answers, "recipients": named})


def open_or_begin(store: Store, kind: Kind) -> Filing:
    """The newest revision of the own filing of this kind in the active campaign; begun when there is none yet."""
    known = repository.find(store, filing_id(active(store).id, kind))
    return known or repository.begin(store, draft_of(store, kind))


def fill(store: Store, filled: Filing) -> Filing:
    """Takes a filled filing (filing/filled_file.py) in as the draft of its kind and campaign, form and unit included.

    Raises UserError FILLED_OTHER_UNIT, FILING_FINAL (make the next revision first).
    """
    unit = own_unit(store)
    if filled.unit.code != unit.code:
        raise UserError(
            Code.FILLED_OTHER_UNIT, claimed=filled.unit.short_name, unit=filled.unit.code, own=unit.short_name
        )
    with store.atomic():
        if not is_chosen(store):
            choose(store, filled.campaign)
        if repository.find(store, filled.id) is None:
            return repository.begin(store, filled)
        return repository.refill(store, filled, store.clock())


@dataclass(frozen=True)
class LocalWeek:
    """The Week as this office holds it. local: its plan sets other days than the campaign's."""

    first: date
    last: date
    local: bool


def local_week(store: Store, campaign: Campaign) -> LocalWeek:
    """The days the office's own plan names, else the campaign's: a local office may shift them (domain.md §1)."""
    plan = repository.find(store, filing_id(campaign.id, Kind.PLAN))
    answers = plan.answers if plan else {}
    try:
        first, last = (date.fromisoformat(text(answers, id)) for id in ("week.from", "week.to"))
    except ValueError:
        return LocalWeek(campaign.week_from, campaign.week_to, False)
    return LocalWeek(first, last, (first, last) != (campaign.week_from, campaign.week_to))


def context_for(store: Store, filing: Filing) -> Context:
    """What the checks may look at: last year's own numbers, the plan of the same campaign, the Week's last day."""
    campaign = active(store)
    plan = repository.find(store, filing_id(filing.campaign, Kind.PLAN))
    before = repository.find(store, filing_id(str(int(filing.campaign[:4]) - 1), filing.kind))
    last_year: dict[str, int] = {}
    if before is not None and filing.kind is Kind.REPORT:
        last_year = answers_on(form_of(before), form_of(filing), numbers(before))
    context = Context(
        last_year=last_year,
        week_to=local_week(store, campaign).last if campaign.id == filing.campaign else None,
        promised=promised(plan) if filing.kind is Kind.REPORT else frozenset(),
        carried=carried_of(store, filing.id),
    )
    if filing.summed is None:
        return context
    form, asked = form_of(filing), form_for_below(filing.kind.value, filing.unit, campaign_of(filing).year)
    own = own_and_children(filing, answers_on(asked, form, own_numbers(store, filing.campaign)))
    return replace(context, own_and_children=own, not_asked_below=not_asked_below(form, asked))


def not_asked_below(form: FormDefinition, asked: FormDefinition) -> frozenset[str]:
    """The numbers `form` has added up from units that are asked on a form without them. Pure."""
    return frozenset(id for id in form.added_up if not asked.asked_at(form, id))


def own_and_children(filing: Filing | Content, own: Answers | None = None) -> dict[str, int]:
    """What a consolidated report should say: the office's own activity plus the units below (domain.md §4). Pure.

    own: as it stands now, None as it was added up. A number whose computed total is just that is left out: that it was
    overridden is told by another rule.
    """
    if filing.summed is None:
        return {}
    now = filing.summed if own is None else replace(filing.summed, own=own)
    return {id: value for id, value in now.own_and_children.items() if number(filing.answers, COMPUTED + id) != value}


def numbers(filing: Filing) -> dict[str, int]:
    """The numbers of a report's table, by field id; cells without a number are left out."""
    found = ((field.id, number(filing.answers, field.id)) for field in form_of(filing).indicators())
    return {id: value for id, value in found if value is not None}


def check(filing: Filing, context: Context) -> tuple[Finding, ...]:
    """Every finding of a filing: its form's, those of the {{fields}} in its texts, letters that cannot be printed.

    Days of the week that are not those of their dates. Of a report parts nobody has written. Of a plan lists that are
    empty, what seems to be left of another unit, year or Week, and what is marked of the older plan it was begun from.
    """
    form, campaign = form_of(filing), campaign_of(filing)
    found = validation.findings(form, filing.answers, context)
    found = (*found, *field_findings(form, filing.answers, filing.unit, campaign))
    found = (*found, *letter_findings(form, filing.answers))
    found = (*found, *weekday_findings(form, filing.answers, filing.unit, campaign))
    if filing.kind is Kind.REPORT:
        found = (*found, *empty_part_findings(form, filing.answers))
    if filing.kind is Kind.PLAN:
        values = field_values(form, filing.answers, filing.unit, campaign)
        found = (*found, *empty_list_findings(form, filing.answers))
        found = (*found, *belonging_findings(form, filing.answers, filing.unit, campaign))
        found = (*found, *leftover_findings(form, filing.answers, context.carried, campaign, values))
    return tuple(sorted(found, key=lambda finding: validation.ORDER[finding.severity]))


def check_stored(store: Store, id: str, context: Context | None = None) -> tuple[Finding, ...]:
    """The findings of the newest revision of `id`. Raises UserError(FILING_UNKNOWN)."""
    filing = repository.current(store, id)
    return check(filing, context or context_for(store, filing))


def finalise(store: Store, id: str, context: Context | None = None) -> Filing:
    """Freezes the newest revision: its answers, its paper code, the very bytes of its PDF.

    Raises UserError FILING_FINAL, FILING_HAS_FINDINGS (count and first), LETTER_MISSING; then nothing has changed.
    """
    filing = repository.current(store, id)
    if filing.status is Status.FINAL:
        raise UserError(Code.FILING_FINAL, filing=id, revision=filing.revision)
    standing = [finding for finding in check_stored(store, id, context) if finding.blocks]
    if standing:
        first = f"{standing[0].place}: {standing[0].message}"
        raise UserError(Code.FILING_HAS_FINDINGS, filing=id, count=len(standing), first=first)
    answers_json = filing_json(filing)
    code = paper_code(answers_json)
    at = store.clock()
    page = print_filing(as_final(filing, code, at))
    with store.atomic():
        repository.freeze(store, id, answers_json, page.data, code, at)
        keep_doubts(store, id, ())  # what the reader of an old plan was unsure of is settled by the signature
    return repository.current(store, id)


def as_final(filing: Filing, code: str, at: datetime) -> Filing:
    """The filing as it is printed for signature."""
    return replace(filing, status=Status.FINAL, paper_code=code, finalised_at=at)


def amend(store: Store, id: str, least: int = 0) -> Filing:
    """Begins the next revision with the answers of the frozen one; least: its lowest number (filing.repository.amend).

    Raises UserError(FILING_NOT_FINAL).
    """
    filing = repository.current(store, id)
    if filing.status is not Status.FINAL and filing.revision >= least:
        raise UserError(Code.FILING_NOT_FINAL, filing=id)
    with store.atomic():
        repository.amend(store, id, store.clock(), least)
        repository.readdress(store, own_unit(store), store.clock())
    return repository.current(store, id)


def paper(store: Store, id: str) -> bytes:
    """The PDF of the newest revision: the frozen bytes once final, else a print of the draft as it stands."""
    filing = repository.current(store, id)
    if filing.status is Status.FINAL:
        return repository.frozen(store, id, filing.revision).pdf
    return print_filing(filing).data


def paper_with_number(store: Store, id: str) -> bytes:
    """A new print of the newest revision with the number and day written on the paper after signing; it says so.

    The frozen bytes stay what `paper` gives; the paper code is the same, for the answers are. Raises UserError
    FILING_NOT_FINAL, NUMBER_MISSING, FILING_UNKNOWN, STORE_DAMAGED.
    """
    return print_with_number(_numbered(store, id)).data


def word(store: Store, id: str) -> bytes:
    """The newest revision as a Word file: the answers as frozen once final, else the draft as it stands.

    Raises UserError FILING_UNKNOWN, FORM_UNKNOWN.
    """
    return word_of(repository.current(store, id))


def word_with_number(store: Store, id: str) -> bytes:
    """Like `word`, of a paper that has its number or day. Raises UserError like `paper_with_number`."""
    return word_of(_numbered(store, id))


def sheet(store: Store, id: str) -> bytes:
    """Like `word`, as an xlsx sheet. Raises UserError FILING_UNKNOWN, FORM_UNKNOWN."""
    return sheet_of(repository.current(store, id))


def sheet_with_number(store: Store, id: str) -> bytes:
    """Like `sheet`, of a paper that has its number or day. Raises UserError like `paper_with_number`."""
    return sheet_of(_numbered(store, id))


def _numbered(store: Store, id: str) -> Filing:
    filing = repository.current(store, id)
    if filing.status is not Status.FINAL:
        raise UserError(Code.FILING_NOT_FINAL, filing=id)
    if not filing.document_number and filing.document_day is None:
        raise UserError(Code.NUMBER_MISSING, filing=id)
    return filing


def set_answer(store: Store, id: str, field: str, value: JsonValue | None) -> datetime:
    """Keeps one answer (None: blank) and says when: the answer is on the disk when this returns.

    Raises UserError FIELD_UNKNOWN, FILING_FINAL, FILING_UNKNOWN, DISK_FULL.
    """
    filing = repository.current(store, id)
    form = form_of(filing)
    if not validation.is_known(form, field):
        raise UserError(Code.FIELD_UNKNOWN, form=form.name, field=field)
    at = store.clock()
    repository.set_answer(store, id, field, value, at)
    return at


def draft_page(answers: Answers, filing: Filing) -> Printed:
    """The live page: `filing` with the answers on the screen, which may be ahead of the store."""
    return print_filing(replace(filing, answers=answers))
