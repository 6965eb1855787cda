"""Paper that came before its file, or without one: the day it was handed in counts, its numbers are typed later.

Rows only; paper_desk.py finds whose paper it is. Nothing is deleted: a receipt that was taken back stays, marked.
"""

import hashlib
import sqlite3
from datetime import date, datetime

from hoctap_desktop.consolidation.model import PaperReceipt
from hoctap_desktop.filing.model import Kind
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.text import clean_line
from hoctap_desktop.store.database import Store
from hoctap_desktop.store.rows import change, checked, insert
from hoctap_desktop.units.model import Unit


def receipts(store: Store, campaign: str) -> tuple[PaperReceipt, ...]:
    """What was received on paper in a campaign and not taken back, oldest first. Raises UserError(STORE_DAMAGED)."""
    rows = [_checked(store, row) for row in store.query("SELECT * FROM paper_receipt ORDER BY number")]
    return tuple(_receipt(row) for row in rows if row["campaign"] == campaign and row["undone_at"] is None)


def find(store: Store, id: str) -> PaperReceipt | None:
    """One receipt that stands, or None. Raises UserError(STORE_DAMAGED)."""
    rows = store.query("SELECT * FROM paper_receipt WHERE id = ? AND undone_at IS NULL", (id,))
    return _receipt(_checked(store, rows[0])) if rows else None


def add(store: Store, unit: Unit, campaign: str, kind: Kind, day: date, code: str, note: str) -> PaperReceipt:
    """Puts a receipt into the store; code: as printed, "" when the paper bears none."""
    at = store.clock()
    with store.atomic() as db:
        number = int(db.execute("SELECT coalesce(max(number), 0) + 1 FROM paper_receipt").fetchone()[0])
        made = PaperReceipt(
            id=hashlib.sha256(
                f"receipt {number} {unit.code} {campaign} {kind.value} {at.isoformat()}".encode()
            ).hexdigest(),
            unit_code=unit.code,
            unit_name=unit.name,
            campaign=campaign,
            kind=kind,
            received_on=day,
            paper_code=code,
            note=clean_line(note),
            who=store.who,
            at=at,
        )
        insert(db, "paper_receipt", {**_row(made), "number": number, "undone_at": None})
    return made


def change_day(store: Store, id: str, day: date, reason: str) -> PaperReceipt:
    """Another day of receipt, with its reason; what it was before is the caller's to keep. KeyError for no receipt."""
    with store.atomic() as db:
        if (found := find(store, id)) is None:
            raise KeyError(id)
        change(db, "paper_receipt", {"id": id}, {"received_on": day.isoformat(), "day_reason": reason})
    changed = find(store, found.id)
    assert changed is not None
    return changed


def take_back(store: Store, id: str) -> PaperReceipt:
    """Takes a receipt back: it was noted for the wrong unit, or twice. Raises UserError(PACKAGE_UNKNOWN)."""
    with store.atomic() as db:
        found = find(store, id)
        if found is None:
            raise UserError(Code.PACKAGE_UNKNOWN, package=id[:12])
        change(db, "paper_receipt", {"id": id}, {"undone_at": store.clock().isoformat()})
    return found


# --- rows --------------------------------------------------------------------------------------------------------


def _checked(store: Store, row: sqlite3.Row) -> sqlite3.Row:
    return checked(store, row, f"bản giấy đã nhận của {row['unit_name']}, {row['campaign']}")


def _row(made: PaperReceipt) -> dict[str, object]:
    return {
        "id": made.id,
        "unit": made.unit_code,
        "unit_name": made.unit_name,
        "campaign": made.campaign,
        "kind": made.kind.value,
        "received_on": made.received_on.isoformat(),
        "day_reason": made.day_reason,
        "paper_code": made.paper_code,
        "note": made.note,
        "who": made.who,
        "at": made.at.isoformat(),
    }


def _receipt(row: sqlite3.Row) -> PaperReceipt:
    return PaperReceipt(
        id=row["id"],
        unit_code=row["unit"],
        unit_name=row["unit_name"],
        campaign=row["campaign"],
        kind=Kind(row["kind"]),
        received_on=date.fromisoformat(row["received_on"]),
        paper_code=row["paper_code"],
        note=row["note"],
        who=row["who"],
        at=datetime.fromisoformat(row["at"]),
        day_reason=row["day_reason"],
    )
