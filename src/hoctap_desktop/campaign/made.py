"""In the store: campaigns this office made, or made its own by setting their days."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from hoctap_desktop.campaign.as_json import campaign_from_value, campaign_value
from hoctap_desktop.campaign.model import Campaign, Deadline
from hoctap_desktop.campaign.taken import TakenCampaign
from hoctap_desktop.foundation import canonical_json
from hoctap_desktop.store.database import Store
from hoctap_desktop.store.rows import checked, insert


@dataclass(frozen=True)
class MadeCampaign:
    campaign: Campaign
    made_at: datetime


def made_campaigns(store: Store) -> tuple[MadeCampaign, ...]:
    """Every campaign that was made here, by year. Raises UserError(STORE_DAMAGED)."""
    found = [
        MadeCampaign(
            campaign_from_value(json.loads(row["content"]), f"đợt {row['id']}"), datetime.fromisoformat(row["made_at"])
        )
        for one in store.query("SELECT * FROM campaign_made")
        for row in [checked(store, one, f"đợt {one['id']} lập ở đây")]
    ]
    return tuple(sorted(found, key=lambda one: (one.campaign.year, one.campaign.id)))


def keep_campaign(store: Store, campaign: Campaign, at: datetime) -> None:
    """Keeps a campaign as it is now; what it was before gives way."""
    content = canonical_json.encode(campaign_value(campaign)).decode()
    with store.atomic() as db:
        db.execute("DELETE FROM campaign_made WHERE id = ?", (campaign.id,))
        insert(db, "campaign_made", {"id": campaign.id, "content": content, "made_at": at.isoformat()})


def standing(made: Iterable[MadeCampaign], taken: Iterable[TakenCampaign]) -> tuple[Campaign, ...]:
    """What was made here, with theme and days of the Week from above where that came later. The deadlines stay.

    The upper unit's word stands before ours until we change ours again; what those below owe, and when, is always ours.
    """
    above = {one.campaign.id: one for one in taken}
    found = []
    for one in made:
        word = above.get(one.campaign.id)
        later = word is not None and word.taken_at > one.made_at
        found.append(_with_days_of(one.campaign, word.campaign) if later and word else one.campaign)
    return tuple(found)


def _with_days_of(ours: Campaign, above: Campaign) -> Campaign:
    return replace(above, deadlines=ours.deadlines, free=ours.free)


def year_after(before: Campaign, year: int) -> Campaign:
    """A campaign of `year` to begin with, made from an older one: days, deadlines, papers nobody owes. Pure."""
    years = year - before.year
    return Campaign(
        id=str(year),
        year=year,
        themes=before.themes,
        week_from=_moved(before.week_from, years),
        week_to=_moved(before.week_to, years),
        deadlines=tuple(_moved_deadline(due, years) for due in before.deadlines),
        free=before.free,
    )


def _moved_deadline(due: Deadline, years: int) -> Deadline:
    return replace(due, day=_moved(due.day, years))


def _moved(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)
