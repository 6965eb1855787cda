"""In the store: the office's key when it changes, the keys it had before, and where a key on a token is found."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from hoctap_desktop.store.database import Store
from hoctap_desktop.store.rows import checked, insert
from hoctap_desktop.submission.repository import OwnKey, own_key


@dataclass(frozen=True)
class FormerKey:
    """A key the office used before. endorsement: its CMS over the successor's certificate, b"" when it gave none."""

    key: OwnKey
    closed_at: datetime
    successor: str
    endorsement: bytes


@dataclass(frozen=True)
class TokenPlace:
    """Where a key on a token is. library: path of the vendor's. serial, label: of the token. key_id: CKA_ID, hex."""

    key_hash: str
    library: str
    serial: str
    label: str
    key_id: str


def write_passphrase(store: Store, own: bytes, former: dict[str, bytes]) -> None:
    """Puts re-encrypted PKCS#12 in the place of the office's key and of former ones (by key hash), all or none."""
    with store.atomic() as db:
        row = dict(checked(store, db.execute("SELECT * FROM own_key").fetchone(), "khóa của đơn vị")) | {"pkcs12": own}
        del row["digest"]
        db.execute("DELETE FROM own_key")
        insert(db, "own_key", row)
        for key_hash, pkcs12 in former.items():
            found = db.execute("SELECT * FROM former_key WHERE key_hash = ?", (key_hash,)).fetchone()
            row = dict(checked(store, found, "khóa cũ của đơn vị")) | {"pkcs12": pkcs12}
            del row["digest"]
            db.execute("DELETE FROM former_key WHERE key_hash = ?", (key_hash,))
            insert(db, "former_key", row)


def replace_key(store: Store, new: OwnKey, endorsement: bytes, at: datetime, token: TokenPlace | None = None) -> None:
    """Makes `new` the office's key; the one before it is kept among the former ones. All or nothing."""
    with store.atomic() as db:
        old = own_key(store)
        if old is not None:
            row = {
                "key_hash": old.key_hash,
                "certificate": old.certificate,
                "pkcs12": old.pkcs12,
                "made_at": old.made_at.isoformat(),
                "closed_at": at.isoformat(),
                "successor": new.key_hash,
                "endorsement": endorsement,
            }
            insert(db, "former_key", row)
            db.execute("DELETE FROM own_key")
        own = {
            "id": 1,
            "key_hash": new.key_hash,
            "certificate": new.certificate,
            "pkcs12": new.pkcs12,
            "made_at": new.made_at.isoformat(),
        }
        insert(db, "own_key", own)
        if token is not None:
            write_token(store, token)


def write_token(store: Store, place: TokenPlace) -> None:
    """Remembers where a key on a token is found on this machine."""
    row = {
        "key_hash": place.key_hash,
        "library": place.library,
        "serial": place.serial,
        "label": place.label,
        "key_id": place.key_id,
    }
    with store.atomic() as db:
        db.execute("DELETE FROM own_token WHERE key_hash = ?", (place.key_hash,))
        insert(db, "own_token", row)


def token_place(store: Store, key_hash: str) -> TokenPlace | None:
    """Where the key is, None when it is on no token. Raises UserError(STORE_DAMAGED)."""
    rows = store.query("SELECT * FROM own_token WHERE key_hash = ?", (key_hash,))
    if not rows:
        return None
    row = checked(store, rows[0], f"thiết bị ký «{rows[0]['label']}»")
    return TokenPlace(row["key_hash"], row["library"], row["serial"], row["label"], row["key_id"])


def former_keys(store: Store) -> tuple[FormerKey, ...]:
    """Every key the office had before, oldest first. Raises UserError(STORE_DAMAGED)."""
    rows = store.query("SELECT * FROM former_key ORDER BY closed_at, key_hash")
    return tuple(_former(checked(store, row, f"khóa cũ của đơn vị, thay ngày {row['closed_at'][:10]}")) for row in rows)


def endorsement(store: Store, key_hash: str) -> bytes:
    """What the key before this one said of it: its CMS over this one's certificate, b"" for nothing."""
    return next((one.endorsement for one in former_keys(store) if one.successor == key_hash), b"")


def _former(row: sqlite3.Row) -> FormerKey:
    key = OwnKey(row["key_hash"], row["certificate"], row["pkcs12"], datetime.fromisoformat(row["made_at"]))
    return FormerKey(key, datetime.fromisoformat(row["closed_at"]), row["successor"], row["endorsement"])
