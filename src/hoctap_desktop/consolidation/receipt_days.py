"""Days of receipt that were set by hand: what stood before, why, by whom; each can be taken back."""

import sqlite3
from dataclasses import dataclass
from datetime import date, datetime

from hoctap_desktop.store.database import Store
from hoctap_desktop.store.rows import append, change, checked


@dataclass(frozen=True)
class DayChange:
    """One change. subject: id of a package, of an entry from paper, or of a receipt of paper."""

    number: int
    subject: str
    day_before: date
    reason_before: str
    day: date
    reason: str
    who: str
    at: datetime
    undone_at: datetime | None = None


def note(store: Store, subject: str, before: tuple[date, str], after: tuple[date, str]) -> None:
    """Keeps what a day and its reason were, and what they became."""
    with store.atomic() as db:
        row = {
            "subject": subject,
            "day_before": before[0].isoformat(),
            "reason_before": before[1],
            "day": after[0].isoformat(),
            "reason": after[1],
            "who": store.who,
            "at": store.clock().isoformat(),
            "undone_at": None,
        }
        append(db, "receipt_day", row)


def changes(store: Store, subject: str) -> tuple[DayChange, ...]:
    """Every change of one day, oldest first, those taken back among them. Raises UserError(STORE_DAMAGED)."""
    found = []
    for row in store.query("SELECT * FROM receipt_day ORDER BY number"):
        checked(store, row, f"ngày nhận ghi tay, lần {row['number']}")
        if row["subject"] == subject:
            found.append(_change(row))
    return tuple(found)


def mark_undone(store: Store, number: int) -> None:
    """Marks a change as taken back; who takes it back restores the day."""
    with store.atomic() as db:
        change(db, "receipt_day", {"number": number}, {"undone_at": store.clock().isoformat()})


def _change(row: sqlite3.Row) -> DayChange:
    return DayChange(
        number=int(row["number"]),
        subject=row["subject"],
        day_before=date.fromisoformat(row["day_before"]),
        reason_before=row["reason_before"],
        day=date.fromisoformat(row["day"]),
        reason=row["reason"],
        who=row["who"],
        at=datetime.fromisoformat(row["at"]),
        undone_at=datetime.fromisoformat(row["undone_at"]) if row["undone_at"] else None,
    )
