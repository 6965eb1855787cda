"""In the store: sealed files as they were encrypted, beside the signed ones that stay readable here."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from hoctap_desktop.store.attached import fetch, keep
from hoctap_desktop.store.database import Store
from hoctap_desktop.store.rows import change, checked, insert
from hoctap_desktop.submission.seal import EXTENSION, Sealed


@dataclass(frozen=True)
class Readers:
    """The hashes of the two keys a file is encrypted to."""

    recipient: str
    own: str


def encrypted_package(store: Store, package_id: str, readers: Readers) -> Sealed | None:
    """The encrypted file of a package for these two keys, None before it was made. Raises UserError STORE_DAMAGED."""
    rows = store.query(
        "SELECT * FROM sent_encrypted WHERE package_id = ? AND recipient_key = ? AND own_key = ?",
        (package_id, readers.recipient, readers.own),
    )
    return _sealed(store, rows[0]) if rows else None


def encrypted_written(store: Store, package_id: str, at: datetime) -> Sealed | None:
    """The encrypted file that was written out at this moment, None when what was written then was not encrypted."""
    rows = store.query(
        "SELECT * FROM sent_encrypted WHERE package_id = ? AND written_at = ?", (package_id, at.isoformat())
    )
    return _sealed(store, rows[0]) if rows else None


def remember_encrypted(store: Store, made: Sealed, readers: Readers, at: datetime) -> None:
    """Keeps an encrypted file: bytes beside the store, then the row that names them."""
    file = keep(store, made.data, EXTENSION)
    with store.atomic() as db:
        row = {
            "package_id": made.package_id,
            "recipient_key": readers.recipient,
            "own_key": readers.own,
            "name": made.name,
            "file": file,
            "made_at": at.isoformat(),
            "written_at": None,
        }
        insert(db, "sent_encrypted", row)


def note_encrypted_written(store: Store, package_id: str, name: str, at: datetime) -> None:
    """Remembers when an encrypted file was written out and read back the same; another name changes nothing."""
    with store.atomic() as db:
        rows = store.query("SELECT * FROM sent_encrypted WHERE package_id = ? AND name = ?", (package_id, name))
        if rows:
            # of several, for keys since replaced, the one made last is the one that is handed out
            row = max(rows, key=lambda one: str(one["made_at"]))
            key = {name: row[name] for name in ("package_id", "recipient_key", "own_key")}
            change(db, "sent_encrypted", key, {"written_at": at.isoformat()})


def _sealed(store: Store, row: sqlite3.Row) -> Sealed:
    kept = checked(store, row, _words(row))
    return Sealed(kept["name"], fetch(store, kept["file"], EXTENSION), kept["package_id"])


def _words(row: sqlite3.Row) -> str:
    return f"bản mã hóa của gói đã xuất «{row['name']}»"
