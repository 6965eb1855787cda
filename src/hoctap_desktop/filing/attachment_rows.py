"""Attachments in the store: rows that name files beside it. Removing marks a row; its bytes stay."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from hoctap_desktop.filing.attachments import Attachment
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.store import rows as kept_rows
from hoctap_desktop.store.database import Store
from hoctap_desktop.store.digest import intact


def attached(store: Store, owner: str, revision: int = 0) -> tuple[Attachment, ...]:
    """The files that stand beside an owner, in the order they came. Raises UserError STORE_DAMAGED."""
    rows = store.query(
        "SELECT * FROM attachment WHERE owner = ? AND revision = ? AND removed_at IS NULL ORDER BY number",
        (owner, revision),
    )
    return tuple(_attachment(store, row) for row in rows)


def removed(store: Store) -> tuple[Attachment, ...]:
    """What was taken away and can be put back, the latest first. Raises UserError STORE_DAMAGED."""
    rows = store.query("SELECT * FROM attachment WHERE removed_at IS NOT NULL ORDER BY removed_at DESC, number DESC")
    return tuple(_attachment(store, row) for row in rows)


def owners(store: Store) -> Mapping[str, int]:
    """How many files stand beside each owner that has any, all revisions of it together."""
    rows = store.query("SELECT owner, count(*) FROM attachment WHERE removed_at IS NULL GROUP BY owner")
    return {row[0]: row[1] for row in rows}


def one(store: Store, number: int) -> Attachment:
    """One attachment, removed or not. Raises UserError ATTACHMENT_UNKNOWN, STORE_DAMAGED."""
    rows = store.query("SELECT * FROM attachment WHERE number = ?", (number,))
    if not rows:
        raise UserError(Code.ATTACHMENT_UNKNOWN, number=number)
    return _attachment(store, rows[0])


def insert(db: sqlite3.Connection, new: Attachment) -> Attachment:
    """Writes a new row; its number is given here."""
    row: dict[str, object] = {
        "owner": new.owner,
        "revision": new.revision,
        "name": new.name,
        "extension": new.extension,
        "kept": new.kept,
        "size": new.size,
        "signatures": new.signatures,
        "active": int(new.active),
        "added_at": new.added_at.isoformat(),
        "removed_at": new.removed_at.isoformat() if new.removed_at else None,
    }
    return replace(new, number=kept_rows.append(db, "attachment", row))


def set_removed(db: sqlite3.Connection, number: int, at: datetime | None) -> None:
    """Marks a row as taken away at a moment, or as standing again (None)."""
    kept_rows.change(db, "attachment", {"number": number}, {"removed_at": at.isoformat() if at else None})


def copy_to_next(db: sqlite3.Connection, owner: str, revision: int, begun: int, until: datetime | None) -> None:
    """The revision `begun` starts with the files of the one before it; not with what came after `until`.

    What came after a paper was made final belongs to that paper: the scan with its signature and stamp.
    """
    rows = db.execute(
        "SELECT * FROM attachment WHERE owner = ? AND revision = ? AND removed_at IS NULL ORDER BY number",
        (owner, revision),
    ).fetchall()
    for row in rows:
        if until is None or datetime.fromisoformat(row["added_at"]) <= until:
            new = {name: row[name] for name in row.keys() if name not in ("number", "digest")}  # noqa: SIM118
            kept_rows.append(db, "attachment", new | {"revision": begun})


def close(store: Store, owner: str, revision: int, at: datetime) -> None:
    """The list of a revision is what was sealed: nothing is added to it or taken away from here on."""
    files = [[one.name, one.kept] for one in attached(store, owner, revision)]
    row: dict[str, object] = {
        "owner": owner,
        "revision": revision,
        "files": json.dumps(files, ensure_ascii=False),
        "closed_at": at.isoformat(),
    }
    with store.atomic() as db:
        kept_rows.insert(db, "attachment_list", row)


def closed_at(store: Store, owner: str, revision: int) -> datetime | None:
    """When the list was sealed, None while it is open."""
    rows = store.query("SELECT * FROM attachment_list WHERE owner = ? AND revision = ?", (owner, revision))
    if not rows:
        return None
    if not intact(rows[0]):
        raise _damaged(store, f"danh sách tệp kèm của «{owner}»")
    return datetime.fromisoformat(rows[0]["closed_at"])


def _attachment(store: Store, row: sqlite3.Row) -> Attachment:
    if not intact(row):
        raise _damaged(store, f"tệp kèm «{row['name']}»")
    return Attachment(
        row["number"],
        row["owner"],
        row["revision"],
        row["name"],
        row["extension"],
        row["kept"],
        row["size"],
        row["signatures"],
        bool(row["active"]),
        datetime.fromisoformat(row["added_at"]),
        datetime.fromisoformat(row["removed_at"]) if row["removed_at"] else None,
    )


def _damaged(store: Store, where: str) -> UserError:
    return UserError(Code.STORE_DAMAGED, file=store.path.name, where=where)
