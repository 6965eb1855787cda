"""The older plan a draft was begun from, kept beside the draft: no part of what is printed."""

import json
from collections.abc import Sequence
from dataclasses import astuple
from datetime import date

from hoctap_desktop.form.context import Carried, Spot
from hoctap_desktop.store.database import Store
from hoctap_desktop.store.rows import insert


def keep_carried(store: Store, filing: str, carried: Carried | None) -> None:
    """In place of what was kept for the filing; None forgets it. On the disk on return."""
    with store.atomic() as db:
        db.execute("DELETE FROM carried WHERE filing = ?", (filing,))
        if carried is None:
            return
        row: dict[str, object] = {
            "filing": filing,
            "year": carried.year,
            "week_from": carried.week_from.isoformat(),
            "week_to": carried.week_to.isoformat(),
            "themes": json.dumps(carried.themes, ensure_ascii=False),
            "spots": _json(carried.spots),
            "staying": _json(carried.kept),
        }
        insert(db, "carried", row)


def carried_of(store: Store, filing: str) -> Carried | None:
    """What a filing was begun from, or None."""
    rows = store.query(
        "SELECT year, week_from, week_to, themes, spots, staying FROM carried WHERE filing = ?", (filing,)
    )
    for year, week_from, week_to, themes, spots, staying in rows:
        week = date.fromisoformat(week_from), date.fromisoformat(week_to)
        return Carried(year, *week, tuple(json.loads(themes)), _spots(spots), _spots(staying))
    return None


def _json(spots: Sequence[Spot]) -> str:
    return json.dumps([astuple(spot) for spot in spots], ensure_ascii=False)


def _spots(written: str) -> tuple[Spot, ...]:
    return tuple(Spot(*values) for values in json.loads(written))
