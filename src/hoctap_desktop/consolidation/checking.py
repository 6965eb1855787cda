"""What an officer holds a received paper against: its findings, the clerk's reasons, the revision and year before."""

from collections.abc import Mapping
from dataclasses import dataclass

from hoctap_desktop.campaign.repository import known_campaigns
from hoctap_desktop.consolidation import repository
from hoctap_desktop.consolidation.comparison import compared_with, year_before
from hoctap_desktop.consolidation.model import Reported, Submission
from hoctap_desktop.consolidation.reviewing import decided, form_of
from hoctap_desktop.filing.differences import Differences, differences, label_of, value_words
from hoctap_desktop.filing.model import Kind
from hoctap_desktop.form.answers import Missing, cell
from hoctap_desktop.form.context import Context
from hoctap_desktop.form.findings import Finding
from hoctap_desktop.form.validation import findings
from hoctap_desktop.foundation.numbers import print_count
from hoctap_desktop.store.database import Store
from hoctap_desktop.units.past import predecessor_sum
from hoctap_desktop.units.repository import all_units

_REASON = "reason."


@dataclass(frozen=True)
class Reason:
    """Words the clerk wrote about a number. field: id of the number; place: where it stands, in words."""

    field: str
    place: str
    words: str


@dataclass(frozen=True)
class YearRow:
    """One number now and a year before; in words, "" when nothing is known of it then."""

    field: str
    label: str
    now: str
    before: str


@dataclass(frozen=True)
class Checked:
    """findings: of the form's own rules, beside the year before and the sister units. reasons: those that stand alone.

    older: the revision before, None for the first; differences: from it. year: the campaign's, before_words: whose
    sum last year's numbers are when the unit was merged since.
    """

    findings: tuple[Finding, ...] = ()
    reasons: tuple[Reason, ...] = ()
    older: Submission | None = None
    differences: Differences | None = None
    year: int = 0
    rows: tuple[YearRow, ...] = ()
    before_words: str = ""


NOTHING_CHECKED = Checked()


def check_paper(store: Store, package_id: str) -> Checked:
    """Everything beside one received paper; empty when its form is not known here. Raises UserError as reviewing."""
    got, form = repository.submission(store, package_id), form_of(store, package_id)
    if form is None:
        return NOTHING_CHECKED
    answers = repository.answers_of(store, package_id)
    week = next((one for one in known_campaigns() if one.id == got.campaign), None)
    before = year_before(got.campaign)
    received = [one for id in (got.campaign, before) if id for one in repository.reported(store, id)]
    units = {unit.code: unit for unit in all_units(store)}
    unit = units.get(got.unit_code)
    context, words = Context(week_to=week.week_to if week else None), ""
    if unit is not None:
        week_to = context.week_to
        context = compared_with(unit, got.campaign, got.kind, week_to, received, units, decided(store), form)
        words = predecessor_sum(unit, units.values(), _of_year(received, before)).words
    found = findings(form, answers, context)
    told = {name for one in found if one.reason for name in (one.settled_by, one.field)}
    reasons = tuple(
        Reason(id.removeprefix(_REASON).partition(".")[2], label_of(form, id).removeprefix("Lý do: "), str(said))
        for id, said in answers.items()
        if id.startswith(_REASON) and said and id not in told
    )
    missing = tuple(
        Reason(field.id, label_of(form, field.id), value_words(form, field.id, answers.get(field.id)))
        for field in form.fields()
        if field.id not in told and isinstance(none := cell(answers, field.id), Missing) and none.reason
    )
    older = _older(got, received)
    changed = None
    if older is not None:
        was = repository.answers_of(store, older.package_id)
        changed = differences(form, was, answers, form_of(store, older.package_id))
    rows = tuple(
        YearRow(field.id, label_of(form, field.id), value_words(form, field.id, answers.get(field.id)), _was(last))
        for field in form.indicators()
        if (last := context.last_year.get(field.id)) is not None or answers.get(field.id) is not None
    )
    known = bool(context.last_year) and got.kind is Kind.REPORT
    year = int(before) + 1 if before else 0
    return Checked(found, (*reasons, *missing), older, changed, year, rows if known else (), words if known else "")


def _was(value: int | None) -> str:
    return "" if value is None else print_count(value)


def _of_year(received: list[Reported], campaign: str) -> Mapping[str, Mapping[str, int]]:
    """Who reported in a year, by unit code: whose sum it is does not depend on the numbers."""
    return {one.submission.unit_code: {} for one in received if one.submission.campaign == campaign}


def _older(got: Submission, received: list[Reported]) -> Submission | None:
    """The revision before, of the same unit and series."""
    same = [
        one.submission
        for one in received
        if (one.submission.unit_code, one.submission.series) == (got.unit_code, got.series)
        and one.submission.package_id != got.package_id
        and (one.submission.epoch, one.submission.revision) < (got.epoch, got.revision)
        and not one.submission.from_paper
    ]
    return max(same, key=lambda one: (one.epoch, one.revision), default=None)
