"""Sittings: who changed what when, and whether the program ended as it should.

A sitting begins with the first change after a store was opened, or after the person at the machine became another, and
ends when the store is closed. One that did not end was cut off by a power cut or a kill.
"""

import sqlite3
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from hoctap_desktop.foundation.clock import Clock
from hoctap_desktop.store.digest import intact, row_digest

_LONGEST_NAME = 80


class Store(Protocol):
    """What a sitting wants of store.database.Store."""

    who: str
    sitting: int | None
    clock: Clock

    def atomic(self) -> AbstractContextManager[sqlite3.Connection]: ...

    def query(self, sql: str) -> list[sqlite3.Row]: ...


@dataclass(frozen=True)
class Sitting:
    """first_change: number of the first change that may be its own; ended: False for one that lasts or was cut off."""

    number: int
    who: str
    began_at: datetime
    first_change: int
    ended: bool


def be(store: Store, who: str) -> None:
    """From the next change on the person at the machine is `who`. Nothing is written before there is a change."""
    name = " ".join(who.split())[:_LONGEST_NAME]
    if name != store.who:
        end(store)
        store.who = name


def begin(store: Store, db: sqlite3.Connection) -> int:
    """The number of the present sitting; the first call puts it into the store, within the caller's transaction."""
    if store.sitting is not None:
        known = db.execute("SELECT 1 FROM sitting WHERE number = ?", (store.sitting,)).fetchone()
        if known is not None:
            return store.sitting
    row: dict[str, object] = {
        "number": db.execute("SELECT coalesce(max(number), 0) + 1 FROM sitting").fetchone()[0],
        "who": store.who,
        "began_at": store.clock().isoformat(),
        "first_change": db.execute("SELECT coalesce(max(number), 0) + 1 FROM change").fetchone()[0],
        "ending": None,
    }
    db.execute(
        "INSERT INTO sitting (number, who, began_at, first_change, ending, digest) VALUES (?, ?, ?, ?, ?, ?)",
        (*row.values(), row_digest(row)),
    )
    number = int(str(row["number"]))
    store.sitting = number
    return number


def end(store: Store) -> None:
    """Notes that the present sitting ended in order, when there is one. Raises UserError of a disk that refuses."""
    if store.sitting is not None:
        with store.atomic() as db:
            _mark(db, store.sitting, "closed")
        store.sitting = None


def sittings(store: Store) -> tuple[Sitting, ...]:
    """All of them, oldest first. A damaged row is left out; `check` names it."""
    rows = store.query("SELECT * FROM sitting ORDER BY number")
    return tuple(
        Sitting(
            row["number"],
            row["who"],
            datetime.fromisoformat(row["began_at"]),
            row["first_change"],
            row["ending"] is not None,
        )
        for row in rows
        if intact(row)
    )


def cut_off(store: Store) -> Sitting | None:
    """The newest sitting that was cut off and has not been told of yet; None when there is none."""
    found = [one for one in sittings(store) if not one.ended and one.number != store.sitting]
    return found[-1] if found else None


def told(store: Store) -> None:
    """The person has seen what `cut_off` found."""
    with store.atomic() as db:
        for one in sittings(store):
            if not one.ended and one.number != store.sitting:
                _mark(db, one.number, "told")


def settle_copy(copy: sqlite3.Connection) -> None:
    """A copy of an open store was cut off from nothing: its unfinished sittings are those of the store it came from."""
    copy.row_factory = sqlite3.Row
    copy.text_factory = lambda stored: stored.decode("utf-8", "replace")  # damage is found by digests, not here
    if copy.execute("SELECT 1 FROM sqlite_schema WHERE name = 'sitting'").fetchone():
        for row in copy.execute("SELECT number FROM sitting WHERE ending IS NULL").fetchall():
            _mark(copy, row["number"], "copied")


def _mark(db: sqlite3.Connection, number: int, ending: str) -> None:
    row = db.execute("SELECT * FROM sitting WHERE number = ?", (number,)).fetchone()
    if row is None or not intact(row):
        return  # damage stays as it is and is named by `check`
    changed: Mapping[str, object] = {**{name: row[name] for name in row.keys()}, "ending": ending}  # noqa: SIM118
    db.execute("UPDATE sitting SET ending = ?, digest = ? WHERE number = ?", (ending, row_digest(changed), number))
