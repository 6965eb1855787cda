"""What an upper office sees of its store: the board, the totals, what the units wrote."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from weakref import WeakKeyDictionary

from hoctap_desktop.campaign.model import Campaign
from hoctap_desktop.campaign.repository import active, known_campaigns, with_deadlines
from hoctap_desktop.consolidation import repository
from hoctap_desktop.consolidation.model import Reported, newest
from hoctap_desktop.consolidation.outliers import Outliers, outliers
from hoctap_desktop.consolidation.reviewing import decisions
from hoctap_desktop.consolidation.status import Board, Excuses, State, board
from hoctap_desktop.consolidation.totals import Confirmed, Totals, totals
from hoctap_desktop.filing.model import Kind
from hoctap_desktop.filing.totals_acts import CONFIRMED, DISMISSED, own_numbers, standing
from hoctap_desktop.form.answers import text
from hoctap_desktop.form.definition import FormDefinition
from hoctap_desktop.foundation.clock import VIETNAM
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.office.filings import form_for
from hoctap_desktop.store.database import Store
from hoctap_desktop.units.model import Unit
from hoctap_desktop.units.register import excuses, reports_to
from hoctap_desktop.units.repository import all_units, own_unit
from hoctap_desktop.units.rules import upper_in


@dataclass(frozen=True)
class Narrative:
    """What one unit wrote in one field of its report."""

    unit: Unit
    words: str
    package_id: str


def current_board(store: Store, as_of: date | None = None, campaign: Campaign | None = None) -> Board:
    """The board at the end of `as_of` (today), for the campaign the office works on.

    Today is never before the last receipt: a dead battery sets the clock back, and must not empty the board.
    Raises UserError NO_UNITS_BELOW, STORE_DAMAGED.
    """
    week = campaign or active(store)
    received = repository.reported(store, week.id)
    today = max((one.submission.received_on for one in received), default=date.min)
    day = as_of or max(today, store.clock().astimezone(VIETNAM).date())
    return board(
        week,
        _units(store, week, received),
        received,
        {Kind.REPORT: report_form(store)},
        day,
        excuses_of(store, week.id),
        decisions(store),
    )


def current_totals(store: Store, as_of: date | None = None, campaign: Campaign | None = None) -> Totals:
    """The totals of the reports that count at the end of `as_of` (today).

    Every unit that owes a report stands in the denominator, and every one that sent one. Raises UserError as above.
    """
    form = report_form(store)
    week = campaign or active(store)
    key = store.state, week, as_of, store.clock().astimezone(VIETNAM).date(), form.hash
    known = _LAST.setdefault(store, {})
    if key not in known:
        if len(known) >= _KEPT:
            known.clear()
        known[key] = _totals_of(store, form, as_of, week)
    return known[key]


_KEPT = 8
_LAST: WeakKeyDictionary[Store, dict[object, Totals]] = WeakKeyDictionary()


def _totals_of(store: Store, form: FormDefinition, as_of: date | None, week: Campaign) -> Totals:
    found = current_board(store, as_of, week)
    standing = [(row.unit, row.report) for row in found.rows]
    outside = (State.EXEMPT, State.NOT_OWED)
    units = [unit for unit, report in standing if report.state not in outside or report.received is not None]
    counted = [
        report.received for _, report in standing if report.received is not None and report.state is not State.RETURNED
    ]
    return totals(
        form,
        units,
        newest(tuple(counted)),
        own_numbers(store, found.campaign.id),
        confirmed_sums(store, found.campaign.id),
    )


def totals_before(store: Store, campaign: Campaign) -> Totals | None:
    """The totals of the year before, None when nothing came then."""
    earlier = next((one for one in known_campaigns() if one.year == campaign.year - 1), None)
    if earlier is None or not repository.reported(store, earlier.id, Kind.REPORT):
        return None
    found = current_totals(store, campaign=with_deadlines(store, earlier.id))
    return found if found.reported else None


def current_outliers(store: Store, found: Totals, before: Totals | None, campaign: Campaign) -> Outliers:
    """Every doubt about what was added up, those the officer put aside with their reason."""
    dismissed = {id: one.reason for id, one in standing(store, campaign.id, DISMISSED).items()}
    return outliers(found, before, dismissed)


def confirmed_sums(store: Store, campaign: str) -> dict[str, Confirmed]:
    """What the officer confirmed of sums that may count one thing twice, by field id."""
    found = {}
    for field, one in standing(store, campaign, CONFIRMED).items():
        assert isinstance(one.content, dict)
        summed, value = one.content["sum"], one.content["value"]
        assert isinstance(summed, int)
        assert isinstance(value, int)
        found[field] = Confirmed(summed, value, one.reason, one.who, one.at)
    return found


def narratives(store: Store, field: str, as_of: date | None = None) -> tuple[Narrative, ...]:
    """What the units wrote in `field` of the reports that count, in the order of the units; blanks are left out.

    Raises UserError FIELD_UNKNOWN, NO_UNITS_BELOW, STORE_DAMAGED.
    """
    form = report_form(store)
    if form.field(field) is None:
        raise UserError(Code.FIELD_UNKNOWN, field=field, form=form.name)
    found: list[Narrative] = []
    for row in current_board(store, as_of).rows:
        if row.report.received is not None:
            package = row.report.received.submission.package_id
            words = text(repository.answers_of(store, package), field).strip()
            if words:
                found.append(Narrative(row.unit, words, package))
    return tuple(found)


def report_form(store: Store) -> FormDefinition:
    """The form this office adds up on."""
    return form_for(Kind.REPORT, own_unit(store), active(store).year)


def excuses_of(store: Store, campaign: str) -> Excuses:
    """Who need not file in a campaign. Raises UserError(STORE_DAMAGED)."""
    found = excuses(store, campaign)
    return Excuses({kind: frozenset(one.unit for one in found if one.kind == kind.value) for kind in Kind})


def _units(store: Store, campaign: Campaign, received: Sequence[Reported]) -> tuple[Unit, ...]:
    """The units that reported here that year and stood when the Week ended, and those that filed all the same."""
    filed = {one.submission.unit_code for one in received}
    own, lines = own_unit(store).code, reports_to(store)
    below = (unit for unit in all_units(store) if upper_in(unit, campaign.year, lines) == own)
    found = tuple(unit for unit in below if unit.stood_on(campaign.week_to) or unit.code in filed)
    if not found:
        raise UserError(Code.NO_UNITS_BELOW)
    return found
