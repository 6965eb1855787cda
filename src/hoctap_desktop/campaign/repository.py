"""The campaigns that ship with the program, and what the office set for its own: active campaign and deadlines."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from hoctap_desktop.campaign.model import Campaign, Deadline
from hoctap_desktop.campaign.rules import ID, mistake
from hoctap_desktop.foundation import paths
from hoctap_desktop.foundation.boundary import Outside
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.toml_source import load_toml
from hoctap_desktop.store.database import Store
from hoctap_desktop.store.digest import intact, row_digest
from hoctap_desktop.store.rows import insert
from hoctap_desktop.units.model import Unit
from hoctap_desktop.units.repository import own_unit, save_units


def read_campaign(path: Path) -> Campaign:
    """The campaign in a TOML file. Raises UserError FORM_BAD with file, row and sentence."""
    top = load_toml(path, Outside.CAMPAIGN, Code.FORM_BAD)
    campaign = Campaign(
        id=top.word("id", ID),
        year=top.whole("year"),
        themes=top.texts("themes"),
        week_from=top.day("week_from"),
        week_to=top.day("week_to"),
        sources=top.texts("sources", ()),
    )
    if wrong := mistake(campaign):
        raise top.wrong(*wrong)
    top.refuse_unknown()
    return campaign


def read_campaigns(folder: Path) -> tuple[Campaign, ...]:
    """Every campaign of a folder, oldest first. Raises UserError FORM_BAD, also when one id stands twice."""
    found: dict[str, Campaign] = {}
    for path in sorted(folder.glob("*.toml")):
        campaign = read_campaign(path)
        if campaign.id in found:
            why = f"mã đợt «{campaign.id}» đã có ở tệp khác. Hãy đổi mã."
            raise UserError(Code.FORM_BAD, file=path.name, row=1, why=why)
        found[campaign.id] = campaign
    return tuple(sorted(found.values(), key=lambda campaign: (campaign.year, campaign.id)))


@cache
def shipped() -> tuple[Campaign, ...]:
    """The campaigns in forms/campaigns, oldest first, without deadlines: those are the office's own."""
    return read_campaigns(paths.forms() / "campaigns")


# Those that came from the upper unit of the one office open in this process (campaign/taken.py).
_taken: tuple[Campaign, ...] = ()
# Those the office made itself, as they stand (campaign/made.py).
_made: tuple[Campaign, ...] = ()


def know(taken: Iterable[Campaign], made: Iterable[Campaign] = ()) -> None:
    """Makes these, beside the shipped ones, the campaigns this process knows; another office's are forgotten."""
    global _taken, _made
    _taken, _made = tuple(taken), tuple(made)


def known_campaigns() -> tuple[Campaign, ...]:
    """Every campaign there is, oldest first, without deadlines: what the upper unit says stands before the shipped."""
    found = {one.id: replace(one, deadlines=(), free=frozenset()) for one in (*shipped(), *_taken, *_made)}
    return tuple(sorted(found.values(), key=lambda campaign: (campaign.year, campaign.id)))


def campaign_by_id(id: str) -> Campaign:
    """The campaign `id`. Raises UserError CAMPAIGN_UNKNOWN naming those there are."""
    every = known_campaigns()
    found = next((campaign for campaign in every if campaign.id == id), None)
    if found is None:
        raise UserError(Code.CAMPAIGN_UNKNOWN, campaign=id, known=", ".join(campaign.id for campaign in every))
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
            insert(db, "deadline", row)


def choose(store: Store, id: str) -> Campaign:
    """Makes `id` the campaign the office works on. Raises UserError CAMPAIGN_UNKNOWN."""
    campaign_by_id(id)
    _put_choice(store, id)
    return active(store)


def unchoose(store: Store, id: str) -> None:
    """As before anybody chose, when the office works on `id`: on the newest campaign, whichever that is."""
    if _chosen(store) == id:
        _put_choice(store, None)


def _put_choice(store: Store, id: str | None) -> None:
    with store.atomic() as db:
        for row in store.query("SELECT * FROM office"):
            digest = row_digest(dict(row) | {"campaign": id})
            db.execute("UPDATE office SET campaign = ?, digest = ?", (id, digest))


def is_chosen(store: Store) -> bool:
    """True once somebody chose the campaign, or the first filing or submission did."""
    return bool(_chosen(store))


def active(store: Store) -> Campaign:
    """The campaign the office works on, with the office's deadlines; the newest one until one was chosen."""
    return with_deadlines(store, _chosen(store) or known_campaigns()[-1].id)


def with_deadlines(store: Store, id: str) -> Campaign:
    """The campaign `id` with those of the office's deadlines that fall into its year. Raises CAMPAIGN_UNKNOWN.

    The days the upper unit set for this office by a campaign file stand before those that were typed in; so does what
    it said that this office need not file.
    """
    campaign = campaign_by_id(id)
    rows = store.query("SELECT * FROM deadline ORDER BY rowid")
    if not all(intact(row) for row in rows):
        raise UserError(Code.STORE_DAMAGED, file=store.path.name, where="hạn nộp")
    typed = tuple(
        Deadline(row["kind"], row["level"], date.fromisoformat(row["day"]), bool(row["inclusive"]), row["unit"])
        for row in rows
    )
    made = next((one for one in _made if one.id == id), None)
    if made is not None:  # its days stand in it
        typed = made.deadlines
    set_above, free_above = days_from_above(store, id), free_from_above(store, id)
    there = {(due.kind, due.level, due.unit) for due in set_above}
    there |= {(kind, level, unit) for kind, level in free_above for unit in ("", own_unit(store).code)}
    own = (
        d
        for d in typed
        if (made is not None or _year_of(d.day) == campaign.year) and (d.kind, d.level, d.unit) not in there
    )
    free = (made.free if made is not None else frozenset()) | free_above
    return replace(campaign, deadlines=(*set_above, *own), free=free)


def days_from_above(store: Store, id: str) -> tuple[Deadline, ...]:
    """The days the upper unit set for this office: its own override, else that of its level."""
    taken = next((one for one in _taken if one.id == id), None)
    if taken is None:
        return ()
    own = own_unit(store)
    found = (taken.deadline(kind, own.level, own.code) for kind in ("plan", "report"))
    return tuple(due for due in found if due is not None)


def free_from_above(store: Store, id: str) -> frozenset[tuple[str, str]]:
    """The papers the upper unit said this office need not file, as Campaign.free."""
    taken = next((one for one in _taken if one.id == id), None)
    if taken is None:
        return frozenset()
    own = own_unit(store)
    return frozenset(one for one in taken.free if one[1] == own.level and not taken.owes(one[0], own.level, own.code))


def _chosen(store: Store) -> str | None:
    rows = store.query("SELECT * FROM office")
    if rows and not intact(rows[0]):
        raise UserError(Code.STORE_DAMAGED, file=store.path.name, where="đợt đang làm")
    return rows[0]["campaign"] if rows else None


def _year_of(day: date) -> int:
    """The campaign year of a due day: plans are due before the Week of October, reports up to the next spring."""
    return day.year if day.month >= 3 else day.year - 1
