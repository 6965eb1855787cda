"""The turns of receiving as the officer saw them: what was refused leaves no other trace in the store."""

import json
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from hoctap_desktop.consolidation.verdict_lines import Line, Outcome
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.store.database import Store
from hoctap_desktop.store.rows import checked, put

_OUTSIDE = ("number", "undone_at")
# a damaged turn is named where it is read
_READABLE = "CASE WHEN json_valid(t.content) THEN t.content ELSE '{}' END"


@dataclass(frozen=True)
class Turn:
    """batches: what it wrote, () when nothing was; at: when it began. The rest as in intake.Summary and the desk.

    number: 0 before it is kept. undone_at: when it was put back, None while it stands. broken_off: the program was
    killed while it was read: the lines are those of what was taken in until then.
    """

    batches: tuple[str, ...]
    at: datetime
    lines: tuple[Line, ...]
    skipped: int = 0
    source: str = ""
    notes: tuple[str, ...] = ()
    number: int = 0
    undone_at: datetime | None = None
    broken_off: bool = False

    def count(self, *outcomes: Outcome) -> int:
        return sum(line.outcome in outcomes for line in self.lines)

    @property
    def own(self) -> tuple[Line, ...]:
        """The lines of its own files, without those told again of a turn before."""
        return tuple(line for line in self.lines if not line.left_over)


def keep_turn(store: Store, turn: Turn) -> Turn:
    """Keeps a turn: a new one gets its number, a known one stands as it is now."""
    number = turn.number or store.query("SELECT coalesce(max(number), 0) + 1 FROM turn_kept")[0][0]
    content = {name: value for name, value in vars(turn).items() if name not in _OUTSIDE}
    content["lines"] = [vars(line) for line in turn.lines]
    row: dict[str, object] = {
        "number": number,
        "begun_at": turn.at.isoformat(),
        "content": json.dumps(content | {"at": turn.at.isoformat()}, ensure_ascii=False),
        "undone_at": turn.undone_at.isoformat() if turn.undone_at else None,
    }
    with store.atomic() as db:
        put(db, "turn_kept", row)
        db.executemany(
            "INSERT OR IGNORE INTO turn_file (sha256, turn) VALUES (?, ?)",
            [(line.digest, number) for line in turn.own if line.digest],
        )
    return replace(turn, number=number)


def undo_turn(store: Store, number: int, at: datetime) -> None:
    """Marks a turn as put back. Raises UserError TURN_UNKNOWN, STORE_DAMAGED."""
    keep_turn(store, replace(turn(store, number), undone_at=at))


def forget_turn(store: Store, number: int) -> None:
    """Takes a turn away that was begun and told to nobody."""
    with store.atomic() as db:
        db.execute("DELETE FROM turn_kept WHERE number = ?", (number,))


def turns(store: Store) -> tuple[Turn, ...]:
    """Every turn, newest first, those that were put back too. Raises UserError(STORE_DAMAGED)."""
    return tuple(newest_first(store))


def newest_first(store: Store) -> Iterator[Turn]:
    """Every turn as `turns` has them, each read when it is asked for. Raises UserError(STORE_DAMAGED)."""
    before = 2**62
    while rows := store.query("SELECT * FROM turn_kept WHERE number < ? ORDER BY number DESC LIMIT 1", (before,)):
        before = rows[0]["number"]
        yield _turn(store, rows[0])


def turn(store: Store, number: int) -> Turn:
    """One turn. Raises UserError TURN_UNKNOWN, STORE_DAMAGED."""
    rows = store.query("SELECT * FROM turn_kept WHERE number = ?", (number,))
    if not rows:
        raise UserError(Code.TURN_UNKNOWN, turn=number)
    return _turn(store, rows[0])


def last_turn(store: Store) -> Turn | None:
    """The last turn that stands, or None. Raises UserError(STORE_DAMAGED)."""
    rows = store.query("SELECT * FROM turn_kept WHERE undone_at IS NULL ORDER BY number DESC LIMIT 1")
    return _turn(store, rows[0]) if rows else None


def is_told(store: Store, batch: str) -> bool:
    """True when a turn names the batch."""
    sql = f"SELECT 1 FROM turn_kept AS t, json_each({_READABLE}, '$.batches') AS b WHERE b.value = ? LIMIT 1"  # noqa: S608
    return bool(store.query(sql, (batch,)))


def judged(store: Store, digests: Collection[str]) -> frozenset[str]:
    """Those of the files (SHA-256) that a turn told of which was not put back."""
    known: set[str] = set()
    wanted = sorted(digests)
    for at in range(0, len(wanted), 500):
        some = wanted[at : at + 500]
        marks = ", ".join("?" * len(some))
        rows = store.query(
            "SELECT DISTINCT f.sha256 FROM turn_file AS f JOIN turn_kept AS t ON t.number = f.turn "  # noqa: S608 - marks
            f"WHERE t.undone_at IS NULL AND f.sha256 IN ({marks})",
            tuple(some),
        )
        known.update(row[0] for row in rows)
    return frozenset(known)


def _turn(store: Store, row: sqlite3.Row) -> Turn:
    checked(store, row, f"lượt tiếp nhận lúc {row['begun_at'][:16].replace('T', ' ')}")
    content = json.loads(row["content"])
    content["at"] = datetime.fromisoformat(content["at"])
    content["lines"] = _lines(content["lines"])
    for name in ("batches", "notes"):
        content[name] = tuple(content[name])
    undone = datetime.fromisoformat(row["undone_at"]) if row["undone_at"] else None
    return Turn(**content, number=row["number"], undone_at=undone)


def _lines(rows: Sequence[dict[str, Any]]) -> tuple[Line, ...]:
    return tuple(
        Line(**(row | {"outcome": Outcome(row["outcome"]), "code": Code(row["code"]) if row["code"] else None}))
        for row in rows
    )
