"""What an upper office sees of its store: the board, the totals, what the units wrote."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from weakref import WeakKeyDictionary

from hoctap_desktop.campaign.model import Campaign
from hoctap_desktop.campaign.repository import active, known_campaigns, with_deadlines
from hoctap_desktop.consolidation import paper_receipts, repository
from hoctap_desktop.consolidation.choices import choices
from hoctap_desktop.consolidation.model import PaperReceipt, Reported
from hoctap_desktop.consolidation.outliers import Outliers, outliers
from hoctap_desktop.consolidation.reviewing import decisions
from hoctap_desktop.consolidation.status import DONE, Board, Excuses, State, board
from hoctap_desktop.consolidation.totals import ON_PAPER, Confirmed, Totals, Uncounted, totals, values_of
from hoctap_desktop.filing.model import Kind
from hoctap_desktop.filing.totals_acts import CONFIRMED, DISMISSED, own_numbers, standing
from hoctap_desktop.form.answers import text
from hoctap_desktop.form.definition import FormDefinition
from hoctap_desktop.form.loader import form_for_below
from hoctap_desktop.form.upgrades import answers_on
from hoctap_desktop.foundation.clock import VIETNAM
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.office.office_acts import two_persons
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission import repository as sealed
from hoctap_desktop.units.model import Unit
from hoctap_desktop.units.past import Ancestry, Past, predecessor_sum
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
    on_paper = paper_receipts.receipts(store, week.id)
    days = [one.submission.received_on for one in received] + [one.received_on for one in on_paper]
    today = max(days, default=date.min)
    day = as_of or max(today, store.clock().astimezone(VIETNAM).date())
    made = _BOARDS.setdefault(store, {})
    found = board(
        week,
        _units(store, week, received, on_paper),
        received,
        {Kind.REPORT: asked_form(store)},
        day,
        excuses_of(store, week.id),
        decisions(store),
        choices=choices(store),
        two_persons=two_persons(store),
        receipts=on_paper,
        last=made.get(week.id),
    )
    if as_of is not None:
        return found
    made[week.id] = found
    held = {one.unit.code for one in sealed.held_packages(store)}
    return found.with_held(held) if held else found


# The last board of each campaign: after one more paper the other rows are taken from it.
_BOARDS: WeakKeyDictionary[Store, dict[str, Board]] = WeakKeyDictionary()


def current_totals(store: Store, *, campaign: Campaign | None = None, form: FormDefinition | None = None) -> Totals:
    """The totals of the reports that count today.

    form: to add up on, None for what the units are asked; the office's own report has that of its upper unit.
    Every unit that owes a report stands in the denominator, and every one that sent one. Raises UserError as above.
    """
    form = form or asked_form(store)
    week = campaign or active(store)
    key = store.state, week, store.clock().astimezone(VIETNAM).date(), form.hash
    known = _LAST.setdefault(store, {})
    if key not in known:
        if len(known) >= _KEPT:
            known.clear()
        known[key] = _totals_of(store, form, week)
    return known[key]


_KEPT = 8
_LAST: WeakKeyDictionary[Store, dict[object, Totals]] = WeakKeyDictionary()


def _totals_of(store: Store, form: FormDefinition, week: Campaign) -> Totals:
    found = current_board(store, campaign=week)
    units, counted = [], []
    uncounted: dict[str, Uncounted] = {}
    counting = found.counting
    for row in found.rows:  # ten thousand of them: gone through once
        unit, report = row.unit, row.report
        received = report.received
        if received is None:
            if report.state not in _OUTSIDE:
                units.append(unit)
                if report.paper is not None:
                    uncounted[unit.code] = Uncounted(ON_PAPER, None)
            continue
        units.append(unit)
        if report.state in counting:
            counted.append(received)
        else:
            waits = f", {WAITS}" if report.state in _ONLY_WAITING else ""
            uncounted[unit.code] = Uncounted(f"{report.words}{waits}", received.submission)
    asked, id = asked_form(store), found.campaign.id  # what the officer adds to the sums stands on the form asked
    own, confirmed = own_numbers(store, id), confirmed_sums(store, id)
    return totals(form, units, counted, answers_on(asked, form, own), answers_on(asked, form, confirmed), uncounted)


_OUTSIDE = frozenset({State.EXEMPT, State.NOT_OWED})
# Nothing is wrong with these: under the two-person rule nobody has looked yet, which is why they are not added up.
_ONLY_WAITING = DONE - {State.PROPOSED, State.APPROVED}
WAITS = "chờ duyệt"


def board_before(store: Store, campaign: Campaign) -> Board | None:
    """The board of the year before, as it ended; None when nothing came then."""
    earlier = next((one for one in known_campaigns() if one.year == campaign.year - 1), None)
    if earlier is None or not repository.reported(store, earlier.id):
        return None
    return current_board(store, campaign=with_deadlines(store, earlier.id))


def totals_before(store: Store, campaign: Campaign) -> Totals | None:
    """The totals of the year before, None when nothing came then; merged units as the sum of those before them."""
    earlier = next((one for one in known_campaigns() if one.year == campaign.year - 1), None)
    if earlier is None or not repository.reported(store, earlier.id, Kind.REPORT):
        return None
    week = with_deadlines(store, earlier.id)
    found = current_totals(store, campaign=week)
    return replace(found, pasts=_pasts(store, found, week.week_to)) if found.reported else None


def _pasts(store: Store, found: Totals, day: date) -> dict[str, Past]:
    """Of every unit that others went into: what they had in the year of `found`."""
    every = all_units(store)
    ancestry = Ancestry(every)
    after = [unit for unit in every if ancestry.of(unit.code)]
    if not after:
        return {}
    numbers = {one.submission.unit_code: values_of(found.form, one) for one in found.reported}
    return {unit.code: predecessor_sum(unit, ancestry, numbers, day) for unit in after}


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
        shares = str(one.content.get("shares", ""))
        found[field] = Confirmed(summed, value, one.reason, one.who, one.at, shares)
    return found


def narratives(store: Store, field: str) -> tuple[Narrative, ...]:
    """What the units wrote in `field` of the reports that count, in the order of the units; blanks are left out.

    Raises UserError FIELD_UNKNOWN, NO_UNITS_BELOW, STORE_DAMAGED.
    """
    form = asked_form(store)
    if form.field(field) is None:
        raise UserError(Code.FIELD_UNKNOWN, field=field, form=form.name)
    found: list[Narrative] = []
    board = current_board(store)
    for row in board.rows:
        if row.report.received is not None and board.counts_in(row.report):
            package = row.report.received.submission.package_id
            words = text(repository.answers_of(store, package), field).strip()
            if words:
                found.append(Narrative(row.unit, words, package))
    return tuple(found)


def asked_form(store: Store) -> FormDefinition:
    """The report form the units below are asked on: the board, the totals and the papers typed here are on it."""
    return form_for_below(Kind.REPORT.value, own_unit(store), active(store).year)


def excuses_of(store: Store, campaign: str) -> Excuses:
    """Who need not file in a campaign. Raises UserError(STORE_DAMAGED)."""
    found = excuses(store, campaign)
    return Excuses({kind: frozenset(one.unit for one in found if one.kind == kind.value) for kind in Kind})


def _units(
    store: Store, campaign: Campaign, received: Sequence[Reported], on_paper: Sequence[PaperReceipt]
) -> tuple[Unit, ...]:
    """The units that reported here that year and stood when the Week ended, and those that filed all the same."""
    filed = {one.submission.unit_code for one in received} | {one.unit_code for one in on_paper}
    own, lines = own_unit(store).code, reports_to(store)
    below = (unit for unit in all_units(store) if upper_in(unit, campaign.year, lines) == own)
    found = tuple(unit for unit in below if unit.stood_on(campaign.week_to) or unit.code in filed)
    if not found:
        raise UserError(Code.NO_UNITS_BELOW)
    return found
