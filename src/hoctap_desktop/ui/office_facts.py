"""What the window reads of the store before it shows a page."""

from hoctap_desktop.campaign.repository import active, choose, shipped
from hoctap_desktop.store.database import Store
from hoctap_desktop.ui.session import OfficeFacts
from hoctap_desktop.units import repository as units


def read_facts(store: Store) -> OfficeFacts:
    """The office, its neighbours in the tree, its campaign. Raises UserError UNIT_UNKNOWN, CAMPAIGN_UNKNOWN."""
    own = units.own_unit(store)
    return OfficeFacts(
        own=own,
        upper=units.unit(store, own.upper) if own.upper else None,
        below=units.units_below(store, own.code),
        campaign=active(store),
        campaigns=shipped(),
    )


def choose_campaign(store: Store, id: str) -> OfficeFacts:
    """Makes `id` the campaign the office works on."""
    choose(store, id)
    return read_facts(store)
