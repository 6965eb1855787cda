"""In the store: replies this office wrote to units below, and replies and rosters it took from its upper unit."""

import hashlib
import sqlite3
from dataclasses import dataclass
from datetime import datetime

from hoctap_desktop.campaign.taken import taken_campaigns
from hoctap_desktop.store.attached import fetch, keep
from hoctap_desktop.store.database import Store
from hoctap_desktop.store.rows import checked, insert
from hoctap_desktop.submission.manifest import UnitName
from hoctap_desktop.submission.reply import Reply, ReplyAct, reply_from_json, reply_json
from hoctap_desktop.submission.repository import own_key, sent_packages
from hoctap_desktop.submission.seal import EXTENSION, Sealed, seal_reply
from hoctap_desktop.submission.signer import Signer
from hoctap_desktop.submission.unseal import signed_by
from hoctap_desktop.units.repository import own_unit


@dataclass(frozen=True)
class TakenReply:
    """A reply that came down. unit: who answers. note: what was noted when it came ("" for nothing)."""

    reply_id: str
    unit: UnitName
    reply: Reply
    taken_at: datetime
    note: str = ""


# --- of the office that answers -----------------------------------------------------------------------------------


def issue_reply(store: Store, recipient: UnitName, reply: Reply, key: Signer, at: datetime) -> Sealed:
    """The sealed reply. What was decided once is one file: asked again it is the last one, until the key changes.

    Raises UserError STORE_DAMAGED, and those of a full disk.
    """
    content = hashlib.sha256(reply_json(reply)).hexdigest()
    known = _issued(store, reply.package_id, content)
    if known is not None:
        return known
    sealed = seal_reply(own_unit(store), recipient, reply, key, at)
    row = {
        "reply_id": sealed.package_id,
        "package_id": reply.package_id,
        "content": content,
        "name": sealed.name,
        "file": keep(store, sealed.data, EXTENSION),
        "issued_at": at.isoformat(),
    }
    with store.atomic() as db:
        insert(db, "reply_issued", row)
    return sealed


def already_issued(store: Store, reply: Reply) -> Sealed | None:
    """The file of exactly this reply, or None while none was written: no key is asked for then."""
    return _issued(store, reply.package_id, hashlib.sha256(reply_json(reply)).hexdigest())


def _issued(store: Store, package_id: str, content: str) -> Sealed | None:
    own = own_key(store)
    rows = store.query(
        "SELECT * FROM reply_issued WHERE package_id = ? AND content = ? ORDER BY issued_at DESC", (package_id, content)
    )
    for row in rows:
        checked(store, row, f"phiếu trả lời «{row['name']}»")
        data = fetch(store, row["file"], EXTENSION)
        if own is None or signed_by(data) == own.key_hash:
            return Sealed(row["name"], data, row["reply_id"])
    return None  # none was written, or by a key that was replaced since


# --- of the unit that is answered ---------------------------------------------------------------------------------


def remember_reply(store: Store, taken: TakenReply, data: bytes) -> None:
    """Keeps a reply: bytes beside the store, then the row that names them."""
    row = {
        "reply_id": taken.reply_id,
        "unit_code": taken.unit.code,
        "unit_name": taken.unit.name,
        "series": taken.reply.series,
        "revision": taken.reply.revision,
        "content": reply_json(taken.reply).decode(),
        "note": taken.note,
        "file": keep(store, data, EXTENSION),
        "taken_at": taken.taken_at.isoformat(),
    }
    with store.atomic() as db:
        insert(db, "reply_taken", row)


def taken_replies(store: Store, series: str | None = None) -> tuple[TakenReply, ...]:
    """Every reply that came down, in the order they were decided. Raises UserError(STORE_DAMAGED).

    None was decided after it came: where its clock says so, the moment it came counts.
    """
    rows = store.query("SELECT * FROM reply_taken")
    found = [_taken(store, row) for row in rows if series in (None, row["series"])]
    return tuple(sorted(found, key=lambda one: (min(one.reply.decided_at, one.taken_at), one.reply.decided_at)))


def last_reply(store: Store, series: str, package_id: str | None = None) -> TakenReply | None:
    """The newest reply of a series (to one package of it), or None."""
    found = [one for one in taken_replies(store, series) if package_id in (None, one.reply.package_id)]
    return found[-1] if found else None


def returned(store: Store, series: str, package_id: str) -> Reply | None:
    """The return slip that stands for a package: None when it was not returned, or was approved since."""
    last = last_reply(store, series, package_id)
    return last.reply if last is not None and last.reply.act is ReplyAct.RETURNED else None


def answered_revision(store: Store, series: str) -> int:
    """The highest revision the upper unit ever answered, 0 for none: an office with old data goes on after it."""
    return max((one.reply.revision for one in taken_replies(store, series)), default=0)


def remember_roster(
    store: Store, number: int, package_id: str, unit_code: str, epoch: int, data: bytes, at: datetime
) -> None:
    """Keeps a roster of the upper unit, in the place of one of that number by a key revoked since.

    epoch: of this office's own keys, as it says.
    """
    row = {
        "number": number,
        "package_id": package_id,
        "unit_code": unit_code,
        "epoch": epoch,
        "file": keep(store, data, EXTENSION),
        "taken_at": at.isoformat(),
    }
    with store.atomic() as db:
        db.execute("DELETE FROM roster_taken WHERE number = ?", (number,))
        insert(db, "roster_taken", row)


def taken_rosters(store: Store) -> tuple[sqlite3.Row, ...]:
    """The rosters of the upper unit that came down, oldest first. Raises UserError(STORE_DAMAGED)."""
    rows = store.query("SELECT * FROM roster_taken ORDER BY number")
    return tuple(checked(store, row, f"danh sách khóa số {row['number']} của cấp trên") for row in rows)


def uppers(store: Store) -> frozenset[str]:
    """The codes of the upper unit and of those before it: whom this office sent to, or who sent something down."""
    came = [one.unit.code for one in taken_replies(store)] + [row["unit_code"] for row in taken_rosters(store)]
    came += [one.unit_code for one in taken_campaigns(store)]
    return frozenset([own_unit(store).upper, *came, *(one.recipient.code for one in sent_packages(store))])


def own_epoch(store: Store) -> int:
    """The epoch of this office's key as the upper unit last said; 1 until it says another."""
    said = [one.reply.epoch for one in taken_replies(store)] + [row["epoch"] for row in taken_rosters(store)]
    return max(said, default=1)


def _taken(store: Store, row: sqlite3.Row) -> TakenReply:
    checked(store, row, f"phiếu trả lời của {row['unit_name']}, {row['series']}, lần {row['revision']}")
    return TakenReply(
        row["reply_id"],
        UnitName(row["unit_code"], row["unit_name"]),
        reply_from_json(row["content"].encode()),
        datetime.fromisoformat(row["taken_at"]),
        row["note"],
    )
