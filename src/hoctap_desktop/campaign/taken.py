"""In the store: campaigns as the upper unit sent them."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from hoctap_desktop.campaign.as_json import campaign_from_value, campaign_value
from hoctap_desktop.campaign.model import Campaign
from hoctap_desktop.foundation import canonical_json
from hoctap_desktop.store.database import Store
from hoctap_desktop.store.rows import checked, insert


@dataclass(frozen=True)
class TakenCampaign:
    """The last a unit said of a campaign. unit_code, series, epoch, revision, package_id: of the file it came in."""

    campaign: Campaign
    unit_code: str
    series: str
    epoch: int
    revision: int
    package_id: str
    taken_at: datetime


def taken_campaigns(store: Store) -> tuple[TakenCampaign, ...]:
    """Every campaign that came, by year. Raises UserError(STORE_DAMAGED)."""
    found = [_taken(store, row) for row in store.query("SELECT * FROM campaign_taken")]
    return tuple(sorted(found, key=lambda one: (one.campaign.year, one.campaign.id)))


def remember_campaign(store: Store, taken: TakenCampaign, file: str) -> None:
    """Keeps a campaign; what was known of it before gives way. file: SHA-256 of the file kept beside the store."""
    row = {
        "id": taken.campaign.id,
        "unit_code": taken.unit_code,
        "series": taken.series,
        "epoch": taken.epoch,
        "revision": taken.revision,
        "package_id": taken.package_id,
        "content": canonical_json.encode(campaign_value(taken.campaign)).decode(),
        "file": file,
        "taken_at": taken.taken_at.isoformat(),
    }
    with store.atomic() as db:
        db.execute("DELETE FROM campaign_taken WHERE id = ?", (taken.campaign.id,))
        insert(db, "campaign_taken", row)


def differences(here: Campaign, there: Campaign) -> Sequence[str]:
    """What two definitions of one campaign say differently, in words; deadlines aside."""
    said = (
        ("năm", here.year, there.year),
        ("chủ đề", here.themes, there.themes),
        ("ngày của Tuần lễ", (here.week_from, here.week_to), (there.week_from, there.week_to)),
    )
    return [words for words, one, other in said if one != other]


def _taken(store: Store, row: sqlite3.Row) -> TakenCampaign:
    checked(store, row, f"đợt {row['id']} của cấp trên")
    return TakenCampaign(
        campaign_from_value(json.loads(row["content"]), f"đợt {row['id']}"),
        row["unit_code"],
        row["series"],
        row["epoch"],
        row["revision"],
        row["package_id"],
        datetime.fromisoformat(row["taken_at"]),
    )
