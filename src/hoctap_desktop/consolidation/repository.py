"""Submissions in the store of an upper office: never deleted, put back when asked; batch by batch: batches.py."""

import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from weakref import WeakKeyDictionary

from hoctap_desktop.consolidation import paper_entries
from hoctap_desktop.consolidation.model import Reported, Submission
from hoctap_desktop.filing.model import FormRef, Kind
from hoctap_desktop.form.answers import Answers, Cell, Count, Missing, NoNumber
from hoctap_desktop.form.loader import forms_by_hash
from hoctap_desktop.foundation import canonical_json
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.store.attached import fetch, keep_packages, mend
from hoctap_desktop.store.database import Store
from hoctap_desktop.store.digest import intact, row_digest
from hoctap_desktop.store.facts import Fact, add_fact_rows, facts_of, new_source
from hoctap_desktop.store.rows import digests
from hoctap_desktop.submission.ledger import Taken
from hoctap_desktop.submission.model import Opened
from hoctap_desktop.submission.seal import EXTENSION
from hoctap_desktop.submission.unseal import unseal

_LEAST_OF_ID = 8
# What board and totals are made of; one digest covers these and the facts.
_TALLIED = (
    "package_id", "unit", "series", "campaign", "kind", "epoch", "revision", "received_on", "illustrative", "source",
    "undone_at",
)  # fmt: skip
_NUMBERS = """
    SELECT f.source, f.indicator, f.value, f.none, f.reason
    FROM submission AS s JOIN fact AS f ON f.source = s.source
    WHERE {where} ORDER BY f.source, f.indicator"""
_FACTS_OF_BATCH = "DELETE FROM fact WHERE source IN (SELECT source FROM submission WHERE batch = ?)"
# Everything but the answers, which are long. Every row is read and judged before any is chosen, so that a damaged one
# does not fall out of the totals in silence.
_HEADS = """
    SELECT package_id, unit, unit_name, series, campaign, kind, revision, epoch, previous, form_id, form_version,
        form_hash, illustrative, document_number, document_day, paper_code, received_on, day_reason, received_at, batch,
        file_name, file, notes, source, undone_at, tally, digest, number
    FROM submission AS s NOT INDEXED WHERE {where} ORDER BY number"""


@dataclass(frozen=True)
class _Read:
    """A row as it was judged. counts: it was not put back."""

    reported: Reported
    campaign: str
    counts: bool


@dataclass
class _Known:
    """Every row judged so far. digests: of the whole table when `rows` was read last."""

    judged: dict[tuple[int, str], _Read] = field(default_factory=dict)
    digests: str = ""
    rows: list[_Read] = field(default_factory=list)


_READ: WeakKeyDictionary[Store, _Known] = WeakKeyDictionary()


# --- submissions -------------------------------------------------------------------------------------------------


def record_all(store: Store, submissions: Sequence[tuple[Submission, Answers]]) -> None:
    """Takes submissions in, in their order and in one commit; their files must be kept before it (`keep_files`)."""
    if not submissions:
        return
    with store.atomic() as db:
        last: int = db.execute("SELECT coalesce(max(number), 0) FROM submission").fetchone()[0]
        rows: list[dict[str, object]] = []
        numbers: list[tuple[str, int, int | None, str | None, str | None]] = []
        for number, (one, answers) in enumerate(submissions, last + 1):
            source = new_source(db, "received", one.unit_code, one.campaign, one.kind.value)
            row = _new_row(one, answers, source, number)
            facts = facts_of(answers)
            row["tally"] = _tally(row, facts)
            row["digest"] = row_digest(row)
            rows.append(row)
            numbers += [(fact.indicator, source, fact.value, fact.none, fact.reason) for fact in facts]
        db.executemany(_insert_of(tuple(rows[0])), rows)
        add_fact_rows(db, numbers)


@cache
def _insert_of(names: tuple[str, ...]) -> str:
    marks = ", ".join(f":{name}" for name in names)
    return f"INSERT INTO submission ({', '.join(names)}) VALUES ({marks})"  # noqa: S608 - our own names


def _new_row(submission: Submission, answers: Answers, source: int, number: int) -> dict[str, object]:
    return {
        "package_id": submission.package_id,
        "unit": submission.unit_code,
        "unit_name": submission.unit_name,
        "series": submission.series,
        "campaign": submission.campaign,
        "kind": submission.kind.value,
        "revision": submission.revision,
        "epoch": submission.epoch,
        "previous": submission.previous,
        "form_id": submission.form.id,
        "form_version": submission.form.version,
        "form_hash": submission.form.hash,
        "answers": canonical_json.spell(dict(answers)).decode(),
        "illustrative": int(submission.illustrative),
        "document_number": submission.document_number,
        "document_day": submission.document_day.isoformat() if submission.document_day else None,
        "paper_code": submission.paper_code,
        "received_on": submission.received_on.isoformat(),
        "day_reason": submission.day_reason,
        "received_at": submission.received_at.isoformat(),
        "batch": submission.batch,
        "file_name": submission.file_name,
        "file": submission.file,
        "notes": json.dumps(submission.notes, ensure_ascii=False),
        "source": source,
        "undone_at": None,
        "number": number,
    }


def put_back(store: Store, batch: str, at: datetime) -> tuple[Submission, ...]:
    """What a batch took in counts no more. Rows and files stay, marked with the moment."""
    with store.atomic() as db:
        rows = store.query("SELECT * FROM submission WHERE batch = ? AND undone_at IS NULL ORDER BY number", (batch,))
        db.execute(_FACTS_OF_BATCH, (batch,))
        undone = [_put_back(_checked(store, row), at) for row in rows]
        db.executemany("UPDATE submission SET undone_at = ?, tally = ?, digest = ? WHERE number = ?", undone)
    return tuple(_submission(row) for row in rows)


def forget(store: Store, batch: str) -> None:
    """What a batch that was broken off took in was never there.

    The bytes of its files lie beside the store until they are swept (store/attached.py).
    """
    with store.atomic() as db:
        db.execute(_FACTS_OF_BATCH, (batch,))
        sources = store.query("SELECT source FROM submission WHERE batch = ?", (batch,))
        db.execute("DELETE FROM submission WHERE batch = ?", (batch,))
        db.executemany("DELETE FROM source WHERE id = ?", [(row["source"],) for row in sources])


def keep_files(store: Store, packages: Sequence[tuple[bytes, str]], told: Callable[[], None]) -> None:
    """Keeps the bytes of sealed files that were judged, by their package ids. told: called now and then; may raise."""
    keep_packages(store, packages, EXTENSION, told)


def taken(store: Store) -> tuple[Taken, ...]:
    """Every package that was taken in and not put back: what the ledger judges by."""
    rows = [_checked(store, row) for row in store.query("SELECT * FROM submission NOT INDEXED ORDER BY number")]
    return tuple(
        Taken(
            row["unit"],
            row["series"],
            row["epoch"],
            row["revision"],
            row["package_id"],
            date.fromisoformat(row["received_on"]),
            row["previous"],
        )
        for row in rows
        if row["undone_at"] is None
    )


def reported(store: Store, campaign: str, kind: Kind | None = None) -> tuple[Reported, ...]:
    """Every submission of a campaign with its numbers, all revisions, as they came; then what was typed from paper.

    Raises UserError(STORE_DAMAGED) when a row or a number of it is not what was written.
    """
    found = [
        one.reported
        for one in _all_read(store)
        if one.counts and one.campaign == campaign and kind in (None, one.reported.submission.kind)
    ]
    return (*found, *paper_entries.reported(store, campaign, kind))


def _all_read(store: Store) -> list[_Read]:
    """Every row of `submission`, judged. Nobody else writes to an open store: a row judged once in this process, and
    not written since, is what it was then; only rows with another digest are read and judged again.
    """
    known = _READ.setdefault(store, _Known())
    now, before = digests(store, "submission", "number"), known.digests
    if now == before:
        return known.rows
    kept = known.rows if before and now.startswith(f"{before},") else []
    told = now[len(before) + 1 :] if kept else now
    marks = [(int(number), digest) for number, _, digest in (each.partition(" ") for each in told.split(",") if each)]
    new = [number for number, digest in marks if (number, digest) not in known.judged]
    if new:
        few = len(new) * 8 < len(kept) + len(marks)
        where = f"s.number IN ({', '.join(map(str, new))})" if few else "1"
        forms = forms_by_hash()
        numbers: dict[int, list[Fact]] = {}
        for row in store.query(_NUMBERS.format(where=where)):
            fact = Fact(row["indicator"], row["value"], row["none"], row["reason"])
            numbers.setdefault(row["source"], []).append(fact)
        for row in store.query(_HEADS.format(where=where)):
            facts = numbers.get(row["source"], [])
            if row["tally"] != _tally(row, facts):
                raise _damaged(store, row)
            made = Reported(_submission(row), _cells(facts), forms.get(row["form_hash"]))
            known.judged[row["number"], row["digest"]] = _Read(made, row["campaign"], row["undone_at"] is None)
        if not kept:
            for gone in known.judged.keys() - set(marks):
                del known.judged[gone]
    known.rows, known.digests = [*kept, *(known.judged[each] for each in marks)], now
    return known.rows


def submission(store: Store, package_id: str) -> Submission:
    """One submission, or what was typed from paper. Raises UserError PACKAGE_UNKNOWN, STORE_DAMAGED."""
    if (entry := paper_entries.find(store, package_id)) is not None:
        return paper_entries.as_submission(entry)
    return _submission(_row(store, package_id))


def package_named(store: Store, beginning: str) -> str:
    """The package id that begins so (eight letters or more, as `totals --trace` shows it).

    Raises UserError(PACKAGE_UNKNOWN), also when several do.
    """
    papers = store.query("SELECT id FROM paper_entry WHERE status = 'entered'")
    known = [one.package_id for one in taken(store)] + [str(row["id"]) for row in papers]
    ids = {id for id in known if id.startswith(beginning.lower())}
    if len(beginning) < _LEAST_OF_ID or len(ids) != 1:
        raise UserError(Code.PACKAGE_UNKNOWN, package=beginning)
    return ids.pop()


def answers_of(store: Store, package_id: str) -> Answers:
    """What a unit answered. Raises UserError PACKAGE_UNKNOWN, STORE_DAMAGED."""
    if (entry := paper_entries.find(store, package_id)) is not None:
        return entry.answers
    found: Answers = json.loads(_row(store, package_id)["answers"])
    return found


def as_it_came(store: Store, package_id: str) -> Reported:
    """A submission with its numbers by its answers, also one that was put back: what a sent report was made of.

    Raises UserError PACKAGE_UNKNOWN, STORE_DAMAGED.
    """
    if (entry := paper_entries.find(store, package_id)) is not None:
        return paper_entries.as_reported(entry)
    rows = store.query("SELECT * FROM submission WHERE package_id = ? ORDER BY number DESC LIMIT 1", (package_id,))
    if not rows:
        raise UserError(Code.PACKAGE_UNKNOWN, package=package_id[:12])
    row = _checked(store, rows[0])
    return Reported(
        _submission(row), _cells(facts_of(json.loads(row["answers"]))), forms_by_hash().get(row["form_hash"])
    )


def sealed_file(store: Store, package_id: str) -> bytes:
    """The file as it came, byte for byte. Raises UserError PACKAGE_UNKNOWN, STORE_DAMAGED, KEPT_FILE_LOST."""
    return _kept(store, _row(store, package_id))


def opened(store: Store, package_id: str) -> Opened:
    """The package read again: its printed pages and attachments. Raises UserError as `sealed_file`."""
    row = _row(store, package_id)
    return unseal(_kept(store, row), row["file_name"])


def mend_file(store: Store, package_id: str, data: bytes) -> bool:
    """Keeps a file again that was lost or altered beside the store; `data`: the same package, judged. True when it was.

    Nothing else changes: the row and what was decided of it stay.
    """
    rows = store.query("SELECT * FROM submission WHERE package_id = ? AND undone_at IS NULL", (package_id,))
    return bool(rows) and _checked(store, rows[0])["file"] == package_id and mend(store, data, package_id, EXTENSION)


def _kept(store: Store, row: sqlite3.Row) -> bytes:
    try:
        return fetch(store, row["file"], EXTENSION)
    except UserError as cause:
        raise UserError(Code.KEPT_FILE_LOST, file=row["file_name"]) from cause


def put_day(store: Store, package_id: str, day: date, reason: str) -> Submission:
    """Puts a day of receipt, and why it was set by hand, into the row itself; receipt_days keeps what was before.

    package_id: also of what was typed from paper. Raises UserError PACKAGE_UNKNOWN, STORE_DAMAGED.
    """
    if (entry := paper_entries.find(store, package_id)) is not None:
        return paper_entries.as_submission(paper_entries.change(store, replace(entry, received_on=day, reason=reason)))
    with store.atomic() as db:
        _rewrite(db, _row(store, package_id), {"received_on": day.isoformat(), "day_reason": reason})
    return submission(store, package_id)


# --- rows --------------------------------------------------------------------------------------------------------


def _row(store: Store, package_id: str) -> sqlite3.Row:
    rows = store.query("SELECT * FROM submission WHERE package_id = ? AND undone_at IS NULL", (package_id,))
    if not rows and (entry := paper_entries.find(store, package_id)) is not None:
        raise UserError(Code.PAPER_NO_FILE, unit=entry.unit_name)
    if not rows:
        raise UserError(Code.PACKAGE_UNKNOWN, package=package_id[:12])
    return _checked(store, rows[0])


def _checked(store: Store, row: sqlite3.Row) -> sqlite3.Row:
    if not intact(row):
        raise _damaged(store, row)
    return row


def _damaged(store: Store, row: sqlite3.Row) -> UserError:
    where = f"gói của {row['unit_name']}, {row['series']}, lần {row['revision']}"
    return UserError(Code.STORE_DAMAGED, file=store.path.name, where=where)


def _put_back(row: sqlite3.Row, at: datetime) -> tuple[object, ...]:
    """What changes in a row that is put back, and its number. It has no facts any more."""
    new = dict(row) | {"undone_at": at.isoformat()}
    new["tally"] = _tally(new, ())
    return new["undone_at"], new["tally"], row_digest(new), new["number"]


def _rewrite(db: sqlite3.Connection, row: sqlite3.Row, changes: Mapping[str, object]) -> None:
    new = dict(row) | dict(changes)
    new["tally"] = _tally(new, facts_of(json.loads(str(new["answers"]))))
    new["digest"] = row_digest(new)
    sets = ", ".join(f"{name} = :{name}" for name in new)
    db.execute(f"UPDATE submission SET {sets} WHERE number = :number", new)  # noqa: S608 - names of the schema


def _tally(row: Mapping[str, object] | sqlite3.Row, facts: Sequence[Fact]) -> str:
    content: dict[str, object] = {name: row[name] for name in _TALLIED}
    content["facts"] = [[fact.indicator, fact.value, fact.none, fact.reason] for fact in facts]
    return row_digest(content)


def _cells(facts: Sequence[Fact]) -> dict[str, Cell]:
    return {fact.indicator: _cell(fact) for fact in facts}


def _cell(fact: Fact) -> Cell:
    return Count(fact.value) if fact.value is not None else Missing(NoNumber(str(fact.none)), fact.reason or "")


def _submission(row: sqlite3.Row) -> Submission:
    return Submission(
        package_id=row["package_id"],
        unit_code=row["unit"],
        unit_name=row["unit_name"],
        series=row["series"],
        campaign=row["campaign"],
        kind=Kind(row["kind"]),
        revision=row["revision"],
        epoch=row["epoch"],
        previous=row["previous"],
        form=FormRef(row["form_id"], row["form_version"], row["form_hash"]),
        illustrative=bool(row["illustrative"]),
        document_number=row["document_number"],
        document_day=date.fromisoformat(row["document_day"]) if row["document_day"] else None,
        paper_code=row["paper_code"],
        received_on=date.fromisoformat(row["received_on"]),
        day_reason=row["day_reason"],
        received_at=datetime.fromisoformat(row["received_at"]),
        batch=row["batch"],
        file_name=row["file_name"],
        file=row["file"],
        notes=tuple(json.loads(row["notes"])),
    )
