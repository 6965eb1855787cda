"""Nhập hộ: what an upper office typed for a unit that sent paper, in the store beside the sealed packages.

An entry is a draft until it is entered; from then on it counts like a package that was received, and says on every
board, trace and print that it was typed from paper. Nothing is deleted: an entry that was taken back stays, marked.
"""

import hashlib
import json
import sqlite3
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from hoctap_desktop.consolidation.model import Reported, Submission
from hoctap_desktop.filing.model import FormRef, Kind, filing_id
from hoctap_desktop.filing.repository import cleaned
from hoctap_desktop.form.answers import Answers, Cell, Count, Missing, NoNumber
from hoctap_desktop.form.loader import forms_by_hash
from hoctap_desktop.foundation import canonical_json
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.text import clean_line
from hoctap_desktop.store.database import Store
from hoctap_desktop.store.facts import facts_of, new_source, replace_facts
from hoctap_desktop.store.rows import append, checked, put


class EntryStatus(StrEnum):
    """draft: being typed; entered: it counts; withdrawn: it counts no more."""

    DRAFT = "draft"
    ENTERED = "entered"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class PaperEntry:
    """One paper typed for a unit.

    id: 64 hex digits, stands where a package id stands. answers: as typed; second: the second keying, None when it was
    not begun. paper_code: as printed on the paper, "" when it bears none; scanned: the numbers came from its QR.
    revision: of the paper, 1 unless its QR says otherwise. who: the person at the machine when it was entered.
    instead_of: id of the sealed package that it was decided to count instead of. reason: why so; without one, why the
    day of receipt was set later; of one withdrawn, why.
    """

    id: str
    unit_code: str
    unit_name: str
    campaign: str
    kind: Kind
    form: FormRef
    answers: Answers
    received_on: date
    begun_at: datetime
    second: Answers | None = None
    status: EntryStatus = EntryStatus.DRAFT
    revision: int = 1
    paper_code: str = ""
    scanned: bool = False
    illustrative: bool = False
    document_number: str = ""
    document_day: date | None = None
    who: str = ""
    instead_of: str = ""
    reason: str = ""
    entered_at: datetime | None = None

    @property
    def series(self) -> str:
        return filing_id(self.campaign, self.kind)


def new_id(unit: str, campaign: str, kind: Kind, at: datetime) -> str:
    """The id of an entry begun at that moment."""
    return hashlib.sha256(f"paper {unit} {campaign} {kind.value} {at.isoformat()}".encode()).hexdigest()


def find(store: Store, id: str) -> PaperEntry | None:
    """One entry, whatever its status. Raises UserError(STORE_DAMAGED)."""
    rows = store.query("SELECT * FROM paper_entry WHERE id = ?", (id,))
    return _entry(store, rows[0]) if rows else None


def current(store: Store, id: str) -> PaperEntry:
    """One entry. Raises UserError PACKAGE_UNKNOWN, STORE_DAMAGED."""
    found = find(store, id)
    if found is None:
        raise UserError(Code.PACKAGE_UNKNOWN, package=id[:12])
    return found


def entries(store: Store, campaign: str, status: EntryStatus | None = None) -> tuple[PaperEntry, ...]:
    """The entries of a campaign in the order they were begun. Raises UserError(STORE_DAMAGED)."""
    found = (_entry(store, row) for row in store.query("SELECT * FROM paper_entry NOT INDEXED ORDER BY number"))
    return tuple(one for one in found if one.campaign == campaign and status in (None, one.status))


def add(store: Store, entry: PaperEntry) -> PaperEntry:
    """Puts a new draft into the store."""
    with store.atomic() as db:
        append(db, "paper_entry", {**_row(entry), "source": None})
    return current(store, entry.id)


def change(store: Store, entry: PaperEntry) -> PaperEntry:
    """Writes an entry as it is now; its numbers are facts while it is entered."""
    with store.atomic() as db:
        row = dict(store.query("SELECT number, source FROM paper_entry WHERE id = ?", (entry.id,))[0])
        counts = entry.status is EntryStatus.ENTERED
        if counts and row["source"] is None:
            row["source"] = new_source(db, "received", entry.unit_code, entry.campaign, entry.kind.value)
        if row["source"] is not None:
            replace_facts(db, row["source"], entry.answers if counts else {})
        put(db, "paper_entry", {**_row(entry), **row})
    return entry


def reported(store: Store, campaign: str, kind: Kind | None = None) -> tuple[Reported, ...]:
    """The entries that count, as submissions with their numbers."""
    found = entries(store, campaign, EntryStatus.ENTERED)
    return tuple(as_reported(one) for one in found if kind in (None, one.kind))


def as_reported(entry: PaperEntry) -> Reported:
    """An entry with its numbers."""
    return Reported(as_submission(entry), _cells(entry), forms_by_hash().get(entry.form.hash))


def as_submission(entry: PaperEntry) -> Submission:
    """An entry where a package that was received is asked for."""
    return Submission(
        package_id=entry.id,
        unit_code=entry.unit_code,
        unit_name=entry.unit_name,
        series=entry.series,
        campaign=entry.campaign,
        kind=entry.kind,
        revision=entry.revision,
        epoch=0,
        previous=None,
        form=entry.form,
        illustrative=entry.illustrative,
        document_number=entry.document_number,
        document_day=entry.document_day,
        paper_code=entry.paper_code,
        received_on=entry.received_on,
        day_reason="" if entry.instead_of or entry.status is not EntryStatus.ENTERED else entry.reason,
        received_at=entry.entered_at or entry.begun_at,
        batch="",
        file_name="",
        file="",
        notes=(origin_words(entry),),
        from_paper=True,
        instead_of=entry.instead_of,
    )


def origin_words(entry: PaperEntry) -> str:
    """ "Nhập hộ từ bản giấy, mã giấy 7K3M-Q9TX-2HBV (quét mã)." and why it counts over a package."""
    said = "Nhập hộ từ bản giấy"
    if entry.paper_code:
        said += f", mã giấy {entry.paper_code}" + (" (quét mã)" if entry.scanned else "")
    if entry.second is not None:
        said += ", gõ hai lần"
    said += "."
    return f"{said} Tính thay gói đã nhận: {entry.reason}" if entry.instead_of else said


def with_answer(answers: Answers, field: str, value: JsonValue | None) -> dict[str, JsonValue]:
    """The answers with one of them changed; None makes it blank."""
    kept = {name: answer for name, answer in answers.items() if name != field}
    return kept if value is None else {**kept, field: cleaned(value)}


# --- rows --------------------------------------------------------------------------------------------------------


def _cells(entry: PaperEntry) -> dict[str, Cell]:
    return {
        fact.indicator: Count(fact.value)
        if fact.value is not None
        else Missing(NoNumber(str(fact.none)), fact.reason or "")
        for fact in facts_of(entry.answers)
    }


def _row(entry: PaperEntry) -> dict[str, object]:
    return {
        "id": entry.id,
        "unit": entry.unit_code,
        "unit_name": entry.unit_name,
        "campaign": entry.campaign,
        "kind": entry.kind.value,
        "form_id": entry.form.id,
        "form_version": entry.form.version,
        "form_hash": entry.form.hash,
        "answers": canonical_json.encode(dict(entry.answers)).decode(),
        "second": None if entry.second is None else canonical_json.encode(dict(entry.second)).decode(),
        "status": entry.status.value,
        "revision": entry.revision,
        "paper_code": entry.paper_code,
        "scanned": int(entry.scanned),
        "illustrative": int(entry.illustrative),
        "document_number": clean_line(entry.document_number),
        "document_day": entry.document_day.isoformat() if entry.document_day else None,
        "received_on": entry.received_on.isoformat(),
        "who": entry.who,
        "instead_of": entry.instead_of,
        "reason": clean_line(entry.reason),
        "begun_at": entry.begun_at.isoformat(),
        "entered_at": entry.entered_at.isoformat() if entry.entered_at else None,
    }


def _entry(store: Store, row: sqlite3.Row) -> PaperEntry:
    checked(store, row, f"bản nhập hộ của {row['unit_name']}, {row['campaign']}")
    entry = PaperEntry(
        id=row["id"],
        unit_code=row["unit"],
        unit_name=row["unit_name"],
        campaign=row["campaign"],
        kind=Kind(row["kind"]),
        form=FormRef(row["form_id"], row["form_version"], row["form_hash"]),
        answers=json.loads(row["answers"]),
        second=None if row["second"] is None else json.loads(row["second"]),
        status=EntryStatus(row["status"]),
        revision=row["revision"],
        paper_code=row["paper_code"],
        scanned=bool(row["scanned"]),
        illustrative=bool(row["illustrative"]),
        document_number=row["document_number"],
        document_day=date.fromisoformat(row["document_day"]) if row["document_day"] else None,
        received_on=date.fromisoformat(row["received_on"]),
        who=row["who"],
        instead_of=row["instead_of"],
        reason=row["reason"],
        begun_at=datetime.fromisoformat(row["begun_at"]),
    )
    return replace(entry, entered_at=datetime.fromisoformat(row["entered_at"]) if row["entered_at"] else None)
