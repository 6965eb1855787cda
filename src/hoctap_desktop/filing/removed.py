"""Drafts in the trash: taken out of sight with all that belongs to them, never out of the store."""

import sqlite3
from dataclasses import dataclass, replace
from datetime import datetime

from hoctap_desktop.filing import change_rows, repository
from hoctap_desktop.filing.change_rows import ActKind
from hoctap_desktop.filing.model import KIND_WORDS, Filing, Status
from hoctap_desktop.filing.repository import REMOVED
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.store import sitting
from hoctap_desktop.store.database import Store
from hoctap_desktop.store.digest import intact
from hoctap_desktop.store.facts import new_source, replace_facts
from hoctap_desktop.store.rows import change, insert

# Tables whose rows go with a draft: column of the filing's id, and whether they say the revision.
_WITH_A_DRAFT = (
    ("change", "filing", True),
    ("filing_act", "filing", True),
    ("attachment", "owner", True),
    ("undo_step", "filing", True),
    ("undo_now", "filing", True),
    ("stopped", "filing", False),
    ("doubt", "filing", False),
    ("taken_number", "filing", False),
    ("carried", "filing", False),
    ("removed_part", "filing", False),
)


@dataclass(frozen=True)
class RemovedDraft:
    """number: its name in the trash; kept_as: the id its rows have there."""

    number: int
    filing: str
    revision: int
    kept_as: str
    who: str
    removed_at: datetime


def remove_draft(store: Store, id: str, at: datetime) -> RemovedDraft:
    """Puts the draft of a filing into the trash; a final revision before it is the newest again. On the disk on return.

    Raises UserError FILING_UNKNOWN, FILING_FINAL (what was printed stays), STORE_DAMAGED.
    """
    with store.atomic() as db:
        filing = repository.current(store, id)
        if filing.status is Status.FINAL:
            words = f"{KIND_WORDS[filing.kind]} {filing.campaign}"
            raise UserError(Code.FILING_FINAL, filing=words, revision=filing.revision)
        number = int(db.execute("SELECT coalesce(max(number), 0) + 1 FROM removed_draft").fetchone()[0])
        row: dict[str, object] = {
            "number": number,
            "filing": id,
            "revision": filing.revision,
            "kept_as": f"{id}{REMOVED}{number}",
            "sitting": sitting.begin(store, db),
            "removed_at": at.isoformat(),
            "put_back_at": None,
        }
        change_rows.note_act(store, db, filing, ActKind.REMOVED, at)
        _rename(db, id, str(row["kept_as"]), filing.revision)
        # Its numbers leave those of the filing: these are of the newest revision that is left.
        source = new_source(db, "own", filing.unit.code, filing.campaign, filing.kind.value)
        left = db.execute("SELECT source FROM filing WHERE id = ? AND revision = ?", (row["kept_as"], filing.revision))
        change(db, "filing", {"id": row["kept_as"], "revision": filing.revision}, {"source": source})
        old_source = left.fetchone()[0]
        before = repository.find(store, id)
        replace_facts(db, old_source, before.answers if before else {})
        replace_facts(db, source, filing.answers)
        insert(db, "removed_draft", row)
    return removed_drafts(store)[0]


def removed_drafts(store: Store) -> tuple[RemovedDraft, ...]:
    """What lies in the trash, the latest first. A damaged row is left out; `check` names it."""
    names = {one.number: one.who for one in sitting.sittings(store)}
    rows = store.query("SELECT * FROM removed_draft WHERE put_back_at IS NULL ORDER BY number DESC")
    return tuple(
        RemovedDraft(
            row["number"],
            row["filing"],
            row["revision"],
            row["kept_as"],
            names.get(row["sitting"], ""),
            datetime.fromisoformat(row["removed_at"]),
        )
        for row in rows
        if intact(row)
    )


def put_back(store: Store, number: int, at: datetime) -> Filing:
    """Makes a removed draft the draft of its filing again, with its history.

    A draft begun meanwhile goes into the trash in its place. When its own revision was made final meanwhile, the
    content of the removed draft becomes the next one's. Raises UserError REMOVED_UNKNOWN, STORE_DAMAGED.
    """
    found = next((one for one in removed_drafts(store) if one.number == number), None)
    if found is None:
        raise UserError(Code.REMOVED_UNKNOWN, number=number)
    with store.atomic() as db:
        now = repository.find(store, found.filing)
        if now is not None and now.status is Status.DRAFT:
            remove_draft(store, found.filing, at)
            now = repository.find(store, found.filing)
        if now is None or now.revision < found.revision:
            _put_rows_back(store, db, found, now)
            filing = repository.current(store, found.filing)
        else:
            kept = repository.revision(store, found.kept_as, found.revision)
            repository.amend(store, found.filing, at)
            filing = repository.refill(store, replace(kept, id=found.filing), at)
        change_rows.note_act(store, db, filing, ActKind.PUT_BACK, at)
        change(db, "removed_draft", {"number": number}, {"put_back_at": at.isoformat()})
    return filing


def _put_rows_back(store: Store, db: sqlite3.Connection, found: RemovedDraft, before: Filing | None) -> None:
    _rename(db, found.kept_as, found.filing, found.revision)
    if before is not None:
        source = db.execute(
            "SELECT source FROM filing WHERE id = ? AND revision = ?", (found.filing, before.revision)
        ).fetchone()[0]
        key = {"id": found.filing, "revision": found.revision}
        own = db.execute("SELECT source FROM filing WHERE id = :id AND revision = :revision", key).fetchone()[0]
        change(db, "filing", key, {"source": source})
        replace_facts(db, own, {})
        replace_facts(db, source, repository.current(store, found.filing).answers)


def _rename(db: sqlite3.Connection, old: str, new: str, revision: int) -> None:
    """Gives the rows of one revision another id."""
    db.execute("PRAGMA defer_foreign_keys = ON")
    change(db, "filing", {"id": old, "revision": revision}, {"id": new})
    for table, column, by_revision in _WITH_A_DRAFT:
        where, args = (
            (f"{column} = ?", (old,)) if not by_revision else (f"{column} = ? AND revision = ?", (old, revision))
        )
        for row in db.execute(f"SELECT rowid FROM {table} WHERE {where}", args).fetchall():  # noqa: S608 - our own names
            change(db, table, {"rowid": row[0]}, {column: new})
