"""The history of filings as rows: every change of a field, and what was done with a filing as a whole."""

import json
import sqlite3
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hoctap_desktop.filing.model import Filing
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.store import sitting
from hoctap_desktop.store.database import Store
from hoctap_desktop.store.digest import intact
from hoctap_desktop.store.rows import append


@dataclass(frozen=True)
class Change:
    """One field, before and after; None stands for blank. Number and day of the document are fields here too.

    number: of the change in its store, rising; who: the person at the machine, "" in a store of before it was kept.
    """

    revision: int
    field: str
    before: JsonValue
    after: JsonValue
    at: datetime
    number: int = 0
    who: str = ""


class ActKind(StrEnum):
    """What was done with a filing as a whole."""

    BEGUN = "begun"
    FINALISED = "finalised"
    AMENDED = "amended"
    RESTORED = "restored"
    TAKEN = "taken"  # from a workbook
    REMOVED = "removed"
    PUT_BACK = "put_back"


@dataclass(frozen=True)
class Act:
    """after: number of the newest change of the store when it was done.

    words: of RESTORED the version gone back to, of AMENDED the revision it was made from, of TAKEN the file's name.
    """

    revision: int
    kind: ActKind
    after: int
    at: datetime
    who: str
    words: str = ""


def history(store: Store, id: str) -> tuple[Change, ...]:
    """Every change of a field since the filing began, oldest first. Raises UserError STORE_DAMAGED."""
    rows = store.query("SELECT * FROM change NOT INDEXED ORDER BY number")
    if not all(intact(row) for row in rows):
        raise UserError(Code.STORE_DAMAGED, file=store.path.name, where=f"nhật ký sửa của «{id}»")
    who = _who_at(store)
    return tuple(_loaded_change(row, who) for row in rows if row["filing"] == id)


def changes_from(store: Store, number: int) -> tuple[tuple[str, Change], ...]:
    """(filing id, change) of every change of the store from `number` on. Raises UserError STORE_DAMAGED."""
    rows = store.query("SELECT * FROM change WHERE number >= ? ORDER BY number", (number,))
    if not all(intact(row) for row in rows):
        raise UserError(Code.STORE_DAMAGED, file=store.path.name, where="nhật ký sửa")
    who = _who_at(store)
    return tuple((row["filing"], _loaded_change(row, who)) for row in rows)


def acts(store: Store, id: str) -> tuple[Act, ...]:
    """What was done with a filing as a whole, oldest first; nothing from before it was noted. A damaged row is left."""
    names = {one.number: one.who for one in sitting.sittings(store)}
    rows = store.query("SELECT * FROM filing_act WHERE filing = ? ORDER BY number", (id,))
    return tuple(
        Act(
            row["revision"],
            ActKind(row["act"]),
            row["after_change"],
            datetime.fromisoformat(row["at"]),
            names.get(row["sitting"], ""),
            row["words"],
        )
        for row in rows
        if intact(row)
    )


def note_act(
    store: Store, db: sqlite3.Connection, filing: Filing, kind: ActKind, at: datetime, words: str = ""
) -> None:
    """Notes an act, within the caller's transaction."""
    row: dict[str, object] = {
        "filing": filing.id,
        "revision": filing.revision,
        "act": kind.value,
        "words": words,
        "after_change": last_change(db),
        "sitting": sitting.begin(store, db),
        "at": at.isoformat(),
    }
    append(db, "filing_act", row)


def last_change(db: sqlite3.Connection) -> int:
    """The number of the newest change of the store; 0 for none."""
    return int(db.execute("SELECT coalesce(max(number), 0) FROM change").fetchone()[0])


def _who_at(store: Store) -> Callable[[int], str]:
    """Gives the person of a change by its number: the sitting that had begun last by then."""
    begun = sitting.sittings(store)
    firsts = [one.first_change for one in begun]

    def who(number: int) -> str:
        at = bisect_right(firsts, number) - 1
        return begun[at].who if at >= 0 else ""

    return who


def _loaded_change(row: sqlite3.Row, who: Callable[[int], str]) -> Change:
    return Change(
        row["revision"],
        row["field"],
        _loaded(row["before"]),
        _loaded(row["after"]),
        datetime.fromisoformat(row["at"]),
        row["number"],
        who(row["number"]),
    )


def _loaded(text: str | None) -> JsonValue:
    found: JsonValue = None if text is None else json.loads(text)
    return found
