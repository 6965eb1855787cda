"""In the store: the office's own key, the keys it trusts, what it sent, what waits for its key to be accepted."""

import hashlib
import sqlite3
from dataclasses import dataclass, field
from datetime import date, datetime

from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.store.attached import fetch, keep, mend
from hoctap_desktop.store.database import Store
from hoctap_desktop.store.rows import checked, insert
from hoctap_desktop.submission.fingerprint import fingerprint
from hoctap_desktop.submission.manifest import UnitName
from hoctap_desktop.submission.roster import Roster, RosterKey
from hoctap_desktop.submission.seal import EXTENSION, Sealed

# Older than any Week: the day of a roster nobody has written in.
_LONG_AGO = date(2000, 1, 1)
_HELD_FILE = "SELECT file FROM quarantine WHERE package_id = ? AND key_hash = ?"


@dataclass(frozen=True)
class OwnKey:
    """The office's key as the store keeps it. pkcs12: under its passphrase, b"" on a token. certificate: DER."""

    key_hash: str
    certificate: bytes = field(repr=False)
    pkcs12: bytes = field(repr=False)
    made_at: datetime

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.key_hash)


@dataclass(frozen=True)
class Sent:
    """A file that was sealed; the same revision is handed out again byte for byte.

    written_at: when it was last written out and read back the same, None: never; written_to: where, in words.
    """

    series: str
    revision: int
    epoch: int
    package_id: str
    previous: str | None
    recipient: UnitName
    name: str
    sealed_at: datetime
    written_at: datetime | None = None
    written_to: str = ""


@dataclass(frozen=True)
class Held:
    """A file whose seal holds, signed by a key nobody has compared yet. unit: as it calls itself."""

    package_id: str
    file_name: str
    key_hash: str
    fingerprint: str
    unit: UnitName
    received_at: datetime


# --- own key -----------------------------------------------------------------------------------------------------


def own_key(store: Store) -> OwnKey | None:
    """The office's key, or None before one was made. Raises UserError(STORE_DAMAGED)."""
    rows = store.query("SELECT * FROM own_key")
    if not rows:
        return None
    row = checked(store, rows[0], "khóa của đơn vị")
    return OwnKey(row["key_hash"], row["certificate"], row["pkcs12"], datetime.fromisoformat(row["made_at"]))


def save_own_key(store: Store, key: OwnKey) -> None:
    """Keeps the office's key. Raises UserError(KEY_EXISTS): a key is never written over."""
    with store.atomic() as db:
        if own_key(store) is not None:
            raise UserError(Code.KEY_EXISTS)
        insert(
            db,
            "own_key",
            {
                "id": 1,
                "key_hash": key.key_hash,
                "certificate": key.certificate,
                "pkcs12": key.pkcs12,
                "made_at": key.made_at.isoformat(),
            },
        )


# --- roster ------------------------------------------------------------------------------------------------------


def roster(store: Store) -> Roster:
    """Every key that was accepted, in the order of acceptance. number: of the last roster written, 0 before the first.

    Raises UserError(STORE_DAMAGED).
    """
    rows = store.query("SELECT * FROM roster_key ORDER BY accepted_at, unit_code, epoch, key_hash")
    keys = tuple(_roster_key(checked(store, row, f"khóa của {row['unit_name']}")) for row in rows)
    number = store.query("SELECT coalesce(max(number), 0) FROM roster_issue")[0][0]
    days = [key.accepted for key in keys] + [key.revoked for key in keys if key.revoked]
    return Roster(number, max(days, default=_LONG_AGO), keys)


def add_roster_key(store: Store, key: RosterKey, certificate: bytes) -> None:
    """Writes a key into the roster; it must be new."""
    with store.atomic() as db:
        insert(db, "roster_key", _roster_row(key, certificate))


def change_roster_key(store: Store, key: RosterKey) -> None:
    """Writes a key of the roster anew: closed earlier, or revoked."""
    with store.atomic() as db:
        row = db.execute("SELECT certificate FROM roster_key WHERE key_hash = ?", (key.key_hash,)).fetchone()
        db.execute("DELETE FROM roster_key WHERE key_hash = ?", (key.key_hash,))
        insert(db, "roster_key", _roster_row(key, row["certificate"]))


def roster_certificate(store: Store, key_hash: str) -> bytes | None:
    """The certificate (DER) of a key in the roster, for a check with other tools."""
    rows = store.query("SELECT certificate FROM roster_key WHERE key_hash = ?", (key_hash,))
    return rows[0]["certificate"] if rows else None


def last_issue(store: Store) -> tuple[str, Sealed] | None:
    """The last roster file written, and the hash of the keys in it. Raises UserError(STORE_DAMAGED)."""
    rows = store.query("SELECT * FROM roster_issue ORDER BY number DESC LIMIT 1")
    if not rows:
        return None
    row = checked(store, rows[0], f"danh sách khóa số {rows[0]['number']}")
    return row["keys_hash"], Sealed(row["name"], fetch(store, row["file"], EXTENSION), row["package_id"])


def remember_issue(store: Store, number: int, keys_hash: str, sealed: Sealed, at: datetime) -> None:
    """Keeps a roster file that was written."""
    file = keep(store, sealed.data, EXTENSION)
    with store.atomic() as db:
        insert(
            db,
            "roster_issue",
            {
                "number": number,
                "keys_hash": keys_hash,
                "name": sealed.name,
                "package_id": sealed.package_id,
                "file": file,
                "issued_at": at.isoformat(),
            },
        )


def latest_signed(store: Store) -> date | None:
    """The latest day on which anybody trusted signed what came here, None while nobody did. Raises STORE_DAMAGED."""
    rows = store.query("SELECT * FROM latest_signed")
    return date.fromisoformat(checked(store, rows[0], "ngày ký gần nhất")["day"]) if rows else None


def note_signed(store: Store, at: datetime) -> None:
    """Remembers when a trusted file was signed, by its signer's clock; an earlier day changes nothing."""
    day, known = at.date(), latest_signed(store)
    if known is None or day > known:
        with store.atomic() as db:
            db.execute("DELETE FROM latest_signed")
            insert(db, "latest_signed", {"id": 1, "day": day.isoformat()})


def unnote_signed(store: Store, noted: date | None, before: date | None) -> None:
    """Takes back what note_signed remembered of papers that were never taken in; a later day of others stays."""
    if noted != before and latest_signed(store) == noted:
        with store.atomic() as db:
            db.execute("DELETE FROM latest_signed")
            if before is not None:
                insert(db, "latest_signed", {"id": 1, "day": before.isoformat()})


# --- sent --------------------------------------------------------------------------------------------------------


def sent_packages(store: Store) -> tuple[Sent, ...]:
    """Everything that was sealed for the upper unit, oldest first. Raises UserError(STORE_DAMAGED)."""
    rows = store.query("SELECT * FROM sent_package ORDER BY sealed_at, series, revision")
    return tuple(_sent(checked(store, row, _sent_words(row))) for row in rows)


def sent_package(store: Store, series: str, revision: int) -> tuple[Sent, Sealed] | None:
    """One sealed revision with its bytes, or None when it was never sealed. Raises UserError(STORE_DAMAGED)."""
    rows = store.query("SELECT * FROM sent_package WHERE series = ? AND revision = ?", (series, revision))
    if not rows:
        return None
    row = checked(store, rows[0], _sent_words(rows[0]))
    return _sent(row), Sealed(row["name"], fetch(store, row["file"], EXTENSION), row["package_id"])


def remember_sent(store: Store, sent: Sent, data: bytes) -> None:
    """Keeps a sealed file: bytes beside the store, then the row that names them."""
    file = keep(store, data, EXTENSION)
    with store.atomic() as db:
        insert(
            db,
            "sent_package",
            {
                "series": sent.series,
                "revision": sent.revision,
                "epoch": sent.epoch,
                "package_id": sent.package_id,
                "previous": sent.previous,
                "recipient_code": sent.recipient.code,
                "recipient_name": sent.recipient.name,
                "name": sent.name,
                "file": file,
                "sealed_at": sent.sealed_at.isoformat(),
                "written_at": sent.written_at.isoformat() if sent.written_at else None,
                "written_to": sent.written_to,
            },
        )


def note_written(store: Store, package_id: str, place: str, at: datetime) -> None:
    """Remembers that a sealed file was written out and read back the same: only then it counts as sent.

    place: where it lies, in words ("USB KINGSTON (E:)"). A package that is not ours changes nothing.
    """
    with store.atomic() as db:
        for row in store.query("SELECT * FROM sent_package WHERE package_id = ?", (package_id,)):
            new = dict(checked(store, row, _sent_words(row))) | {"written_at": at.isoformat(), "written_to": place}
            del new["digest"]
            db.execute("DELETE FROM sent_package WHERE package_id = ?", (package_id,))
            insert(db, "sent_package", new)


# --- quarantine --------------------------------------------------------------------------------------------------


def hold(store: Store, held: Held, data: bytes) -> bool:
    """Puts a file by until its key is accepted. False when it is there already: nothing changes, a lost one is kept.

    The id does not cover who signed: what a stranger signed anew stands beside the real one and never in its place.
    """
    for row in store.query(_HELD_FILE, (held.package_id, held.key_hash)):
        if hashlib.sha256(data).hexdigest() == row["file"]:
            mend(store, data, row["file"], EXTENSION)
        return False
    file = keep(store, data, EXTENSION)
    with store.atomic() as db:
        insert(
            db,
            "quarantine",
            {
                "package_id": held.package_id,
                "file_name": held.file_name,
                "file": file,
                "key_hash": held.key_hash,
                "fingerprint": held.fingerprint,
                "unit_code": held.unit.code,
                "unit_name": held.unit.name,
                "received_at": held.received_at.isoformat(),
            },
        )
    return True


def held_packages(store: Store, key_hash: str | None = None) -> tuple[Held, ...]:
    """What waits, oldest first; with `key_hash` only what that key signed. Raises UserError(STORE_DAMAGED)."""
    rows = store.query(
        "SELECT * FROM quarantine WHERE ?1 IS NULL OR key_hash = ?1 ORDER BY received_at, file_name", (key_hash,)
    )
    return tuple(_held(checked(store, row, f"gói chờ «{row['file_name']}»")) for row in rows)


def held_data(store: Store, held: Held) -> bytes:
    """The bytes of a file that waits. Raises UserError(KEPT_FILE_LOST)."""
    row = store.query(_HELD_FILE, (held.package_id, held.key_hash))[0]
    try:
        return fetch(store, row["file"], EXTENSION)
    except UserError as cause:
        raise UserError(Code.KEPT_FILE_LOST, file=held.file_name) from cause


def let_go(store: Store, package_id: str, key_hash: str) -> None:
    """Takes a file off the waiting list (it was taken in, or refused for good); its bytes go with the next sweep."""
    with store.atomic() as db:
        db.execute("DELETE FROM quarantine WHERE package_id = ? AND key_hash = ?", (package_id, key_hash))


# --- rows --------------------------------------------------------------------------------------------------------


def _roster_row(key: RosterKey, certificate: bytes) -> dict[str, object]:
    return {
        "key_hash": key.key_hash,
        "unit_code": key.unit.code,
        "unit_name": key.unit.name,
        "certificate": certificate,
        "valid_from": key.valid_from.isoformat(),
        "valid_to": key.valid_to.isoformat(),
        "revoked_at": key.revoked.isoformat() if key.revoked else None,
        "epoch": key.epoch,
        "accepted_at": key.accepted.isoformat(),
    }


def _roster_key(row: sqlite3.Row) -> RosterKey:
    return RosterKey(
        unit=UnitName(row["unit_code"], row["unit_name"]),
        key_hash=row["key_hash"],
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=date.fromisoformat(row["valid_to"]),
        accepted=date.fromisoformat(row["accepted_at"]),
        revoked=date.fromisoformat(row["revoked_at"]) if row["revoked_at"] else None,
        epoch=row["epoch"],
    )


def _sent(row: sqlite3.Row) -> Sent:
    return Sent(
        row["series"],
        row["revision"],
        row["epoch"],
        row["package_id"],
        row["previous"],
        UnitName(row["recipient_code"], row["recipient_name"]),
        row["name"],
        datetime.fromisoformat(row["sealed_at"]),
        datetime.fromisoformat(row["written_at"]) if row["written_at"] else None,
        row["written_to"],
    )


def _sent_words(row: sqlite3.Row) -> str:
    return f"gói đã xuất {row['series']}, lần {row['revision']}"


def _held(row: sqlite3.Row) -> Held:
    return Held(
        row["package_id"],
        row["file_name"],
        row["key_hash"],
        row["fingerprint"],
        UnitName(row["unit_code"], row["unit_name"]),
        datetime.fromisoformat(row["received_at"]),
    )
