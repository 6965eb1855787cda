"""What the window reads of the store before it shows a page."""

from datetime import datetime, timedelta

from hoctap_desktop.campaign.model import Campaign
from hoctap_desktop.campaign.repository import active, choose, known_campaigns
from hoctap_desktop.form.taken import learn
from hoctap_desktop.foundation.dates import print_date
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.office.filings import LocalWeek, local_week
from hoctap_desktop.store.database import Store
from hoctap_desktop.store.sitting import sittings
from hoctap_desktop.ui.session import OfficeFacts
from hoctap_desktop.units import repository as units


def read_facts(store: Store) -> OfficeFacts:
    """The office, its neighbours in the tree, its campaign. Raises UserError UNIT_UNKNOWN, CAMPAIGN_UNKNOWN."""
    learn(store)
    own, campaign = units.own_unit(store), active(store)
    return OfficeFacts(
        own=own,
        upper=units.unit(store, own.upper) if own.upper else None,
        below=units.units_below(store, own.code),
        campaign=campaign,
        campaigns=known_campaigns(),
        week=read_week(store, campaign),
        written_at=before[-1].began_at if (before := sittings(store)) else None,
    )


def clock_words(now: datetime, written_at: datetime | None) -> str:
    """A sentence when the machine's clock stands before what was written already (a dead battery), else ""."""
    if written_at is None or now >= written_at - timedelta(days=1):
        return ""
    return (
        f"Máy đang để ngày {print_date(now.date())}, trước lần ghi gần nhất ({print_date(written_at.date())}). "
        "Hãy xem lại ngày giờ của máy: ngày chốt, ngày ký lấy từ đó."
    )


def read_week(store: Store, campaign: Campaign) -> LocalWeek:
    """The Week as the office holds it; the campaign's while the plan cannot be read, for its own page says so."""
    try:
        return local_week(store, campaign)
    except UserError as failure:
        if failure.code is not Code.STORE_DAMAGED:
            raise
        return LocalWeek(campaign.week_from, campaign.week_to, False)


def choose_campaign(store: Store, id: str) -> OfficeFacts:
    """Makes `id` the campaign the office works on."""
    choose(store, id)
    return read_facts(store)
