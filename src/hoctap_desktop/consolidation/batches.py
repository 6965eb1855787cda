"""Batches: what came in one act of receiving goes in one act, and what it put by with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from hoctap_desktop.campaign.repository import unchoose
from hoctap_desktop.consolidation import repository
from hoctap_desktop.consolidation.model import Submission
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.store.attached import fetch
from hoctap_desktop.store.database import Store
from hoctap_desktop.store.rows import change, checked, insert
from hoctap_desktop.submission import repository as sealed
from hoctap_desktop.submission.fingerprint import fingerprint
from hoctap_desktop.submission.manifest import UnitName
from hoctap_desktop.submission.repository import Held
from hoctap_desktop.submission.seal import EXTENSION
from hoctap_desktop.submission.unseal import signed_by

_CHOICES = "SELECT * FROM batch_choice ORDER BY rowid"
_ANY_PAPER = (
    "SELECT 1 FROM submission WHERE undone_at IS NULL UNION ALL SELECT 1 FROM filing "
    "UNION ALL SELECT 1 FROM paper_entry UNION ALL SELECT 1 FROM paper_receipt WHERE undone_at IS NULL LIMIT 1"
)


@dataclass(frozen=True)
class Batch:
    """One act of receiving. taken: how many packages it brought in."""

    id: str
    begun_at: datetime
    undone_at: datetime | None
    taken: int


def begin(store: Store, at: datetime) -> str:
    """The id of a new batch: the day and the number of the batch on that day ("20221014-2")."""
    with store.atomic() as db:
        day = f"{at:%Y%m%d}"
        known = store.query("SELECT id FROM batch WHERE id GLOB ?", (f"{day}-*",))
        id = f"{day}-{max((int(row['id'].rpartition('-')[2]) for row in known), default=0) + 1}"
        row = {"id": id, "begun_at": at.isoformat(), "undone_at": None}
        insert(db, "batch", row)
    return id


def every(store: Store) -> tuple[Batch, ...]:
    """Every batch, newest first: as they came, whatever the clock said then."""
    rows = store.query(
        "SELECT b.*, (SELECT count(*) FROM submission WHERE batch = b.id) AS taken FROM batch AS b ORDER BY rowid DESC"
    )
    return tuple(
        Batch(
            row["id"],
            datetime.fromisoformat(row["begun_at"]),
            datetime.fromisoformat(row["undone_at"]) if row["undone_at"] else None,
            row["taken"],
        )
        for row in rows
    )


def packages_of(store: Store, batch: str) -> frozenset[str]:
    """The packages a batch took in that count."""
    rows = store.query("SELECT package_id FROM submission WHERE batch = ? AND undone_at IS NULL", (batch,))
    return frozenset(row["package_id"] for row in rows)


def put_by(store: Store, batch: str) -> frozenset[str]:
    """The packages a batch put by that still wait."""
    sql = "SELECT package_id FROM batch_held JOIN quarantine USING (package_id, key_hash) WHERE batch = ?"
    return frozenset(row["package_id"] for row in store.query(sql, (batch,)))


def note_held(store: Store, batch: str, package_id: str, key_hash: str) -> None:
    """Remembers that a batch put a package by, so that undoing the batch lets it go again."""
    with store.atomic() as db:
        row = (batch, package_id, key_hash)
        db.execute("INSERT OR IGNORE INTO batch_held (batch, package_id, key_hash) VALUES (?, ?, ?)", row)


def note_choice(store: Store, batch: str, campaign: str) -> None:
    """Remembers that the first paper of a batch chose the campaign, so that with the batch the choice goes too."""
    with store.atomic() as db:
        insert(db, "batch_choice", {"batch": batch, "campaign": campaign})


def _choice_back(store: Store) -> None:
    """Nothing is chosen again once no paper is left, taken in, typed, noted or filled in, and a batch had chosen."""
    rows = [checked(store, row, f"đợt do lượt nhập {row['batch']} chọn") for row in store.query(_CHOICES)]
    if rows and not store.query(_ANY_PAPER):
        with store.atomic() as db:
            unchoose(store, rows[-1]["campaign"])
            db.execute("DELETE FROM batch_choice")


def undo(store: Store, batch: str, at: datetime) -> tuple[Submission, ...]:
    """Puts a batch back in one commit: what it took in counts no more, what it put by is let go.

    What had waited since a batch that stands waits again: the stick it came on is long gone.
    Rows and files stay, marked with the moment. Raises UserError(BATCH_UNKNOWN), also for one put back before.
    """
    with store.atomic() as db:
        if not store.query("SELECT 1 FROM batch WHERE id = ? AND undone_at IS NULL", (batch,)):
            raise UserError(Code.BATCH_UNKNOWN, batch=batch)
        undone = repository.put_back(store, batch, at)
        _hold_again(store, batch, undone)
        _let_held_go(store, batch)
        change(db, "batch", {"id": batch}, {"undone_at": at.isoformat()})
        _choice_back(store)
    return undone


def forget(store: Store, batch: str) -> None:
    """Takes back, in one commit, a batch that was broken off: nobody was told of it, so it was never there."""
    with store.atomic() as db:
        repository.forget(store, batch)
        _let_held_go(store, batch)
        _choice_back(store)
        db.execute("DELETE FROM batch_held WHERE batch = ?", (batch,))
        db.execute("DELETE FROM batch_choice WHERE batch = ?", (batch,))
        db.execute("DELETE FROM batch WHERE id = ?", (batch,))


def _let_held_go(store: Store, batch: str) -> None:
    for held in store.query("SELECT package_id, key_hash FROM batch_held WHERE batch = ?", (batch,)):
        sealed.let_go(store, held["package_id"], held["key_hash"])


def _hold_again(store: Store, batch: str, undone: Sequence[Submission]) -> None:
    waited = {
        (row["package_id"], row["key_hash"])
        for row in store.query(
            "SELECT h.package_id, h.key_hash FROM batch_held AS h JOIN batch AS b ON b.id = h.batch "
            "WHERE b.undone_at IS NULL AND b.id <> ?1 "
            "AND h.package_id IN (SELECT package_id FROM submission WHERE batch = ?1)",
            (batch,),
        )
    }
    ids = {id for id, _ in waited}
    for one in (one for one in undone if one.package_id in ids):
        try:
            data = fetch(store, one.file, EXTENSION)
        except UserError:
            continue  # lost: it cannot wait again, and comes with its stick
        key = signed_by(data)
        if (one.package_id, key) in waited:
            unit = UnitName(one.unit_code, one.unit_name)
            sealed.hold(store, Held(one.package_id, one.file_name, key, fingerprint(key), unit, one.received_at), data)
