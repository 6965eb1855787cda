"""Changing what an office is called, who signs, whom it sends to. What was printed stays what it was."""

from dataclasses import replace

from hoctap_desktop.campaign.repository import active, is_chosen
from hoctap_desktop.filing.repository import readdress
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.store.database import Store
from hoctap_desktop.units import repository as units
from hoctap_desktop.units.model import Unit


def change_own(store: Store, unit: Unit) -> Unit:
    """Keeps the facts of the own office and gives them to its drafts; frozen filings stay as they were printed.

    Its code is its identity and its upper unit is named by change_upper: neither is taken from `unit`.
    Raises UserError UNIT_UNKNOWN, STORE_DAMAGED.
    """
    own = units.own_unit(store)
    changed = replace(unit, code=own.code, upper=own.upper)
    upper = units.unit(store, own.upper) if own.upper else None
    _save(store, changed, upper)
    return changed


def change_upper(store: Store, upper: Unit | None) -> Unit:
    """Names the unit this office sends to, None for nobody. Returns the own unit, which points to it.

    Raises UserError UPPER_IS_BELOW when it is the office itself or one of those that report to it.
    """
    own = units.own_unit(store)
    known = {own.code, *(one.code for one in units.units_below(store, own.code))}
    if upper is not None and upper.code in known:
        raise UserError(Code.UPPER_IS_BELOW, unit=upper.code)
    changed = replace(own, upper=upper.code if upper else "")
    _save(store, changed, upper)
    return changed


def _save(store: Store, own: Unit, upper: Unit | None) -> None:
    with store.atomic():
        # its deadlines stay: they are not named here
        campaign = active(store).id if is_chosen(store) else None
        # units that report elsewhere by now stay known: what they sent here before is theirs
        left_out = {own.code, units.own_unit(store).upper, upper.code if upper else ""}
        others = [one for one in units.all_units(store) if one.code not in left_out]
        units.save_units(store, own, others, upper, campaign)
        readdress(store, own, store.clock())
