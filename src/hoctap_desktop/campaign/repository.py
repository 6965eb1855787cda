"""The campaigns that ship with the program, and what the office set for its own: active campaign and deadlines."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from hoctap_desktop.campaign.model import Campaign, Deadline
from hoctap_desktop.foundation import paths
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.text import clean_line
from hoctap_desktop.foundation.toml_source import load_toml
from hoctap_desktop.store.database import Store
from hoctap_desktop.store.digest import intact, row_digest
from hoctap_desktop.units.model import Unit
from hoctap_desktop.units.repository import save_units

_ID = r"[a-z0-9][a-z0-9-]{0,39}"
_LONGEST_WEEK = timedelta(days=60)


def read_campaign(path: Path) -> Campaign:
    """The campaign in a TOML file. Raises UserError FORM_BAD with file, row and sentence."""
    top = load_toml(path, Code.FORM_BAD)
    campaign = Campaign(
        id=top.word("id", _ID),
        year=top.whole("year"),
        themes=top.texts("themes"),
        week_from=top.day("week_from"),
        week_to=top.day("week_to"),
        sources=top.texts("sources", ()),
    )
    if not re.fullmatch(r"20\d\d", str(campaign.year)):
        raise top.wrong("year", f"“year = {campaign.year}” không phải năm. Hãy ghi năm bốn chữ số.")
    if not campaign.themes or not all(theme and clean_line(theme) == theme for theme in campaign.themes):
        raise top.wrong("themes", "cần ít nhất một chủ đề, mỗi chủ đề một dòng chữ. Hãy sửa “themes”.")
    if not timedelta(0) <= campaign.week_to - campaign.week_from <= _LONGEST_WEEK:
        raise top.wrong("week_to", "“week_to” phải sau “week_from”, cách không quá 60 ngày. Hãy sửa ngày.")
    top.refuse_unknown()
    return campaign


def read_campaigns(folder: Path) -> tuple[Campaign, ...]:
    """Every campaign of a folder, oldest first. Raises UserError FORM_BAD, also when one id stands twice."""
    found: dict[str, Campaign] = {}
    for path in sorted(folder.glob("*.toml")):
        campaign = read_campaign(path)
        if campaign.id in found:
            why = f"mã đợt “{campaign.id}” đã có ở tệp khác. Hãy đổi mã."
            raise UserError(Code.FORM_BAD, file=path.name, row=1, why=why)
        found[campaign.id] = campaign
    return tuple(sorted(found.values(), key=lambda campaign: (campaign.year, campaign.id)))


@cache
def shipped() -> tuple[Campaign, ...]:
    """The campaigns in forms/campaigns, oldest first, without deadlines: those are the office's own."""
    return read_campaigns(paths.forms() / "campaigns")


def campaign_by_id(id: str) -> Campaign:
    """The shipped campaign `id`. Raises UserError CAMPAIGN_UNKNOWN naming those there are."""
    found = next((campaign for campaign in shipped() if campaign.id == id), None)
    if found is None:
        raise UserError(Code.CAMPAIGN_UNKNOWN, campaign=id, known=", ".join(campaign.id for campaign in shipped()))
    return found


def save_office(
    store: Store, own: Unit, below: Sequence[Unit], upper: Unit | None, deadlines: Sequence[Deadline]
) -> None:
    """Makes these the units and the deadlines of the office, in one commit; the chosen campaign stays."""
    with store.atomic() as db:
        save_units(store, own, below, upper, _chosen(store))
        db.execute("DELETE FROM deadline")
        for due in deadlines:
            row = {
                "kind": due.kind,
                "level": due.level,
                "unit": due.unit,
                "day": due.day.isoformat(),
                "inclusive": int(due.inclusive),
            }
            db.execute(
                "INSERT INTO deadline (kind, level, unit, day, inclusive, digest) VALUES (?, ?, ?, ?, ?, ?)",
                (*row.values(), row_digest(row)),
            )


def choose(store: Store, id: str) -> Campaign:
    """Makes `id` the campaign the office works on. Raises UserError CAMPAIGN_UNKNOWN."""
    campaign_by_id(id)
    with store.atomic() as db:
        for row in store.query("SELECT * FROM office"):
            digest = row_digest(dict(row) | {"campaign": id})
            db.execute("UPDATE office SET campaign = ?, digest = ?", (id, digest))
    return active(store)


def is_chosen(store: Store) -> bool:
    """True once somebody chose the campaign, or the first filing or submission did."""
    return bool(_chosen(store))


def active(store: Store) -> Campaign:
    """The campaign the office works on, with the office's deadlines; the newest one until one was chosen."""
    return with_deadlines(store, _chosen(store) or shipped()[-1].id)


def with_deadlines(store: Store, id: str) -> Campaign:
    """The campaign `id` with those of the office's deadlines that fall into its year. Raises CAMPAIGN_UNKNOWN."""
    campaign = campaign_by_id(id)
    rows = store.query("SELECT * FROM deadline ORDER BY rowid")
    if not all(intact(row) for row in rows):
        raise UserError(Code.STORE_DAMAGED, file=store.path.name, where="hạn nộp")
    deadlines = (
        Deadline(row["kind"], row["level"], date.fromisoformat(row["day"]), bool(row["inclusive"]), row["unit"])
        for row in rows
    )
    return replace(campaign, deadlines=tuple(d for d in deadlines if _year_of(d.day) == campaign.year))


def _chosen(store: Store) -> str | None:
    rows = store.query("SELECT * FROM office")
    if rows and not intact(rows[0]):
        raise UserError(Code.STORE_DAMAGED, file=store.path.name, where="đợt đang làm")
    return rows[0]["campaign"] if rows else None


def _year_of(day: date) -> int:
    """The campaign year of a due day: plans are due before the Week of October, reports up to the next spring."""
    return day.year if day.month >= 3 else day.year - 1
