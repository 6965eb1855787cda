"""The earlier and later states of the texts of a draft, in the store: undo goes on after the program was closed.

Work on a draft, no part of it: nothing of this is printed, sealed or exported. Also where the person stopped.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from hoctap_desktop.filing.timeline import Step, Timeline, Unsaved
from hoctap_desktop.store.database import Store
from hoctap_desktop.store.digest import intact
from hoctap_desktop.store.rows import insert, put


@dataclass(frozen=True)
class Stopped:
    """Where the person was: block and letter of a text in blocks; 0, 0 in a box."""

    field: str
    block: int = 0
    letter: int = 0


def keep_steps(store: Store, filing: str, revision: int, unsaved: Mapping[str, Unsaved]) -> None:
    """Keeps what timelines of fields have new; those of other revisions are forgotten. On the disk on return."""
    with store.atomic() as db:
        for table in ("undo_step", "undo_now"):
            db.execute(f"DELETE FROM {table} WHERE filing = ? AND revision <> ?", (filing, revision))  # noqa: S608
        for field, new in unsaved.items():
            key = (filing, revision, field)
            where = "WHERE filing = ? AND revision = ? AND field = ?"
            gone = f"DELETE FROM undo_step {where} AND (number < ? OR number >= ?)"  # noqa: S608
            db.execute(gone, (*key, new.first, new.since))
            for number, step in enumerate(new.steps, new.since):
                row = dict(zip(("filing", "revision", "field"), key, strict=True))
                row |= {"number": number, "at": step.at, "removed": step.removed, "inserted": step.inserted}
                insert(db, "undo_step", row)
            now = dict(zip(("filing", "revision", "field"), key, strict=True)) | {"place": new.place, "text": new.text}
            put(db, "undo_now", now)


def timelines(store: Store, filing: str, revision: int) -> dict[str, Timeline]:
    """Those kept for the fields of a revision. A damaged or broken one is left out: nothing but undo is lost."""
    key = (filing, revision)
    found: dict[str, Timeline] = {}
    steps: dict[str, dict[int, Step]] = {}
    damaged = set()
    for row in store.query("SELECT * FROM undo_step WHERE filing = ? AND revision = ? ORDER BY number", key):
        if not intact(row):
            damaged.add(row["field"])
        steps.setdefault(row["field"], {})[row["number"]] = Step(row["at"], row["removed"], row["inserted"])
    for row in store.query("SELECT * FROM undo_now WHERE filing = ? AND revision = ?", key):
        known = steps.get(row["field"], {})
        numbers = tuple(known)
        first = numbers[0] if numbers else row["place"]
        whole = numbers == tuple(range(first, first + len(numbers)))
        if intact(row) and row["field"] not in damaged and whole and first <= row["place"] <= first + len(numbers):
            found[row["field"]] = Timeline(row["text"], tuple(known.values()), first, row["place"])
    return found


def keep_stopped(store: Store, filing: str, stopped: Stopped) -> None:
    """Where the person is now. On the disk on return."""
    row = {"filing": filing, "field": stopped.field, "block": stopped.block, "letter": stopped.letter}
    with store.atomic() as db:
        put(db, "stopped", row)


def stopped(store: Store, filing: str) -> Stopped | None:
    """Where the person was when last seen in a filing; None when unknown."""
    rows = [row for row in store.query("SELECT * FROM stopped WHERE filing = ?", (filing,)) if intact(row)]
    return Stopped(rows[0]["field"], rows[0]["block"], rows[0]["letter"]) if rows else None
