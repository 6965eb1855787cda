"""Filings in the store: every change is one durable commit, with its history and its digest."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from hoctap_desktop.filing.attachment_rows import copy_to_next
from hoctap_desktop.filing.change_rows import ActKind, last_change, note_act
from hoctap_desktop.filing.content import filing_json, summed_from_value, summed_value
from hoctap_desktop.filing.frozen import Frozen
from hoctap_desktop.filing.model import KIND_WORDS, Filing, FormRef, Kind, Status, Summed
from hoctap_desktop.form.answers import Answers
from hoctap_desktop.foundation import canonical_json
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.said_ids import filings_said
from hoctap_desktop.foundation.text import clean_lines
from hoctap_desktop.store import sitting
from hoctap_desktop.store.attached import fetch, keep
from hoctap_desktop.store.database import Store
from hoctap_desktop.store.digest import intact, row_digest
from hoctap_desktop.store.facts import change_facts, new_source
from hoctap_desktop.store.rows import put
from hoctap_desktop.units.as_json import unit_from_value, unit_value
from hoctap_desktop.units.model import Unit

DOCUMENT_NUMBER = "document.number"
DOCUMENT_DAY = "document.day"
# Stands in the id of a removed draft ("2022-report~3"), and in no other.
REMOVED = "~"
# Characters of a text as stored: from how many on it is long, and how many less are no correction any more.
_LONG = 500
_TAKEN_AWAY = 80


def begin(store: Store, filing: Filing) -> Filing:
    """Puts a new draft, revision 1, into the store. Raises ValueError when the id is there: ask `find` first."""
    if filing.revision != 1 or filing.status is not Status.DRAFT:
        raise ValueError("a filing begins as draft, revision 1")
    if find(store, filing.id) is not None:
        raise ValueError(f"{filing.id} is in the store already")
    begun = replace(filing, answers=_storable(filing.answers), changed_at=filing.changed_at or store.clock())
    with store.atomic() as db:
        source = new_source(db, "own", begun.unit.code, begun.campaign, begun.kind.value)
        _write(db, begun, source)
        note_act(store, db, begun, ActKind.BEGUN, store.clock())
    return begun


def find(store: Store, id: str) -> Filing | None:
    """The newest revision, or None when the store has no such filing. Raises UserError STORE_DAMAGED."""
    rows = store.query("SELECT * FROM filing WHERE id = ? ORDER BY revision DESC LIMIT 1", (id,))
    return _filing(store, rows[0]) if rows else None


def current(store: Store, id: str) -> Filing:
    """The newest revision. Raises UserError FILING_UNKNOWN, STORE_DAMAGED."""
    found = find(store, id)
    if found is None:
        raise _unknown(store, id)
    return found


def revision(store: Store, id: str, number: int) -> Filing:
    """One revision. Raises UserError FILING_UNKNOWN, STORE_DAMAGED."""
    rows = store.query("SELECT * FROM filing WHERE id = ? AND revision = ?", (id, number))
    if not rows:
        raise _unknown(store, f"{id} lần {number}")
    return _filing(store, rows[0])


def versions(store: Store, id: str) -> tuple[Filing, ...]:
    """Every revision, first to newest. Raises UserError FILING_UNKNOWN, STORE_DAMAGED."""
    rows = store.query("SELECT * FROM filing WHERE id = ? ORDER BY revision", (id,))
    if not rows:
        raise _unknown(store, id)
    return tuple(_filing(store, row) for row in rows)


def all_filings(store: Store) -> tuple[Filing, ...]:
    """The newest revision of each filing, by id. Raises UserError STORE_DAMAGED."""
    newest = "SELECT * FROM filing AS f WHERE revision = (SELECT max(revision) FROM filing WHERE id = f.id) ORDER BY id"
    return tuple(_filing(store, row) for row in store.query(newest) if REMOVED not in row["id"])


def set_answer(store: Store, id: str, field: str, value: JsonValue | None, at: datetime) -> Filing:
    """Stores one field; None makes it blank. On return the change is on the disk.

    Text is stored in NFC, without invisible characters: what a paste brings must never keep a field from being saved.
    Raises UserError FILING_UNKNOWN, FILING_FINAL, STORE_DAMAGED, and those of a full or failing disk.
    """
    with store.atomic() as db:
        filing = _draft(store, id)
        answers = {name: answer for name, answer in filing.answers.items() if name != field}
        if value is not None:
            answers[field] = cleaned(value)
        return _change(store, db, filing, replace(filing, answers=answers, changed_at=at), at)


def replace_answers(
    store: Store,
    id: str,
    answers: Answers,
    at: datetime,
    *,
    based_on: Sequence[str] | None = None,
    illustrative: bool | None = None,
    summed: Summed | None = None,
) -> Filing:
    """Makes these all the answers of a draft, in one commit. Fields left out become blank. None leaves as it is.

    Raises UserError FILING_UNKNOWN, FILING_FINAL, BAD_JSON, STORE_DAMAGED.
    """
    with store.atomic() as db:
        filing = _draft(store, id)
        changed = replace(
            filing,
            answers=_storable(answers),
            changed_at=at,
            based_on=filing.based_on if based_on is None else tuple(based_on),
            summed=filing.summed if based_on is None else summed,
            illustrative=filing.illustrative if illustrative is None else illustrative,
        )
        return _change(store, db, filing, changed, at)


def refill(store: Store, filled: Filing, at: datetime) -> Filing:
    """Makes the draft what `filled` says: its form, the unit as named there, every answer; in one commit.

    Raises UserError FILING_UNKNOWN, FILING_FINAL, BAD_JSON, STORE_DAMAGED.
    """
    with store.atomic() as db:
        before = _draft(store, filled.id)
        after = replace(
            before,
            unit=filled.unit,
            form=filled.form,
            answers=_storable(filled.answers),
            illustrative=filled.illustrative,
            based_on=filled.based_on,
            summed=filled.summed,
            changed_at=at,
        )
        return _change(store, db, before, after, at)


def set_document_number(store: Store, id: str, number: str, day: date | None, at: datetime) -> Filing:
    """Notes number and day, written on the paper after signing; allowed on a final filing, no part of its content."""
    with store.atomic() as db:
        filing = current(store, id)
        changed = replace(filing, document_number=clean_lines(number), document_day=day, changed_at=at)
        return _change(store, db, filing, changed, at)


def readdress(store: Store, unit: Unit, at: datetime) -> tuple[Filing, ...]:
    """Gives the drafts of a unit its facts of today; what was frozen keeps those it was printed with."""
    with store.atomic() as db:
        drafts = [one for one in all_filings(store) if one.status is Status.DRAFT and one.unit.code == unit.code]
        return tuple(_change(store, db, one, replace(one, unit=unit, changed_at=at), at) for one in drafts)


def freeze(store: Store, id: str, answers_json: bytes, pdf: bytes, paper_code: str, at: datetime) -> Filing:
    """Makes the draft final: answers, printed pages and paper code stay as they are from here on.

    Raises UserError FILING_UNKNOWN, FILING_FINAL, STORE_DAMAGED, FILE_UNWRITABLE, DISK_FULL; ValueError when
    `answers_json` is not what the store holds (it changed since it was printed).
    """
    filing = _draft(store, id)
    if filing_json(filing) != answers_json:
        raise ValueError(f"{id} changed since it was printed")
    print_name = keep(store, pdf, ".pdf")
    final = replace(filing, status=Status.FINAL, paper_code=paper_code, finalised_at=at)
    with store.atomic() as db:
        if _draft(store, id) != filing:
            raise ValueError(f"{id} changed since it was printed")
        _write(db, final, _source(db, id), frozen=answers_json, print_name=print_name, before=filing)
        note_act(store, db, final, ActKind.FINALISED, at)
    return final


def frozen(store: Store, id: str, revision: int) -> Frozen:
    """What was frozen. Raises UserError FILING_UNKNOWN, FILING_NOT_FINAL, STORE_DAMAGED (naming the file beside)."""
    rows = store.query("SELECT * FROM filing WHERE id = ? AND revision = ?", (id, revision))
    if not rows:
        raise _unknown(store, f"{id} lần {revision}")
    filing = _filing(store, rows[0])
    if filing.status is not Status.FINAL or filing.finalised_at is None:
        raise UserError(Code.FILING_NOT_FINAL, filing=_words(filing))
    pdf = fetch(store, rows[0]["print"], ".pdf")
    return Frozen(rows[0]["frozen"], pdf, filing.paper_code, filing.finalised_at)


def amend(store: Store, id: str, at: datetime, least: int = 0) -> Filing:
    """Begins the next revision of a final filing, answers and the files it was made final with copied.

    least: the lowest number it may have, when the upper unit knows a higher revision than this store (restored from an
    old backup); then a draft is carried on under that number too. Raises UserError FILING_NOT_FINAL, FILING_UNKNOWN.
    """
    with store.atomic() as db:
        filing = current(store, id)
        if filing.status is not Status.FINAL and filing.revision >= least:
            raise UserError(Code.FILING_NOT_FINAL, filing=_words(filing))
        begun = replace(
            filing,
            revision=max(filing.revision + 1, least),
            status=Status.DRAFT,
            paper_code="",
            document_number="",
            document_day=None,
            changed_at=at,
            finalised_at=None,
        )
        _write(db, begun, _source(db, id), before=filing)
        copy_to_next(db, id, filing.revision, begun.revision, filing.finalised_at)
        note_act(store, db, begun, ActKind.AMENDED, at, str(filing.revision))
    return begun


# --- rows --------------------------------------------------------------------------------------------------------


def _draft(store: Store, id: str) -> Filing:
    filing = current(store, id)
    if filing.status is Status.FINAL:
        raise UserError(Code.FILING_FINAL, filing=_words(filing), revision=filing.revision)
    return filing


def _change(store: Store, db: sqlite3.Connection, before: Filing, after: Filing, at: datetime) -> Filing:
    """Writes `after` and the history of every field in which it differs; nothing when it does not differ."""
    old, new = _fields(before), _fields(after)
    # an answer carried over is the same object: of thousands only the one that was set is compared as it is written
    others = [field for field in {*old, *new} if old.get(field) is not new.get(field)]
    changed = [field for field in sorted(others) if _dumped(old.get(field)) != _dumped(new.get(field))]
    if not changed and _head(before) == _head(after):
        return before
    kept = db.execute(
        "SELECT frozen, print FROM filing WHERE id = ? AND revision = ?", (after.id, after.revision)
    ).fetchone()
    _write(db, after, _source(db, after.id), frozen=kept["frozen"], print_name=kept["print"], before=before)
    sitting.begin(store, db)
    for field in changed:
        row: dict[str, object] = {
            "number": last_change(db) + 1,
            "filing": after.id,
            "revision": after.revision,
            "field": field,
            "before": _dumped(old.get(field)),
            "after": _dumped(new.get(field)),
            "at": at.isoformat(),
        }
        going_on = _same_typing(store, db, row)
        if going_on is not None:
            row |= {"number": going_on["number"], "before": going_on["before"]}
        put(db, "change", row)
    return after


def _same_typing(store: Store, db: sqlite3.Connection, row: dict[str, object]) -> sqlite3.Row | None:
    """The newest change when `row` only goes on with it: a long text typed in one go is one change, not a hundred.

    At most five minutes of it, by one person, with nothing else changed meanwhile and nothing larger taken away.
    """
    newest: sqlite3.Row | None = db.execute("SELECT * FROM change ORDER BY number DESC LIMIT 1").fetchone()
    if newest is None or any(newest[name] != row[name] for name in ("filing", "revision", "field")):
        return None
    before, after = newest["after"], row["after"]
    if before != row["before"] or not intact(newest) or not isinstance(before, str) or not isinstance(after, str):
        return None
    if min(len(before), len(after)) < _LONG or len(after) < len(before) - _TAKEN_AWAY:
        return None
    if _five_minutes(newest["at"]) != _five_minutes(str(row["at"])):
        return None
    began = db.execute("SELECT first_change FROM sitting WHERE number = ?", (store.sitting,)).fetchone()
    acted = db.execute("SELECT 1 FROM filing_act WHERE after_change >= ? LIMIT 1", (newest["number"],)).fetchone()
    return newest if began is not None and began[0] <= newest["number"] and acted is None else None


def _five_minutes(at: str) -> tuple[datetime, int]:
    moment = datetime.fromisoformat(at)
    return moment.replace(minute=0, second=0, microsecond=0), moment.minute // 5


def _head(filing: Filing) -> tuple[object, ...]:
    """What a draft may change beside its fields."""
    return filing.unit, filing.form, filing.based_on, filing.illustrative, filing.summed


def _fields(filing: Filing) -> dict[str, JsonValue]:
    found = dict(filing.answers)
    if filing.document_number:
        found[DOCUMENT_NUMBER] = filing.document_number
    if filing.document_day:
        found[DOCUMENT_DAY] = filing.document_day.isoformat()
    return found


def _source(db: sqlite3.Connection, id: str) -> int:
    return int(db.execute("SELECT source FROM filing WHERE id = ? LIMIT 1", (id,)).fetchone()[0])


def _write(
    db: sqlite3.Connection,
    filing: Filing,
    source: int,
    frozen: bytes | None = None,
    print_name: str | None = None,
    before: Filing | None = None,
) -> None:
    """before: the revision whose facts stand under `source`; None while there are none."""
    row: dict[str, object] = {
        "id": filing.id,
        "revision": filing.revision,
        "source": source,
        "kind": filing.kind.value,
        "campaign": filing.campaign,
        "unit": canonical_json.encode(unit_value(filing.unit)).decode(),
        "form_id": filing.form.id,
        "form_version": filing.form.version,
        "form_hash": filing.form.hash,
        "answers": canonical_json.encode(dict(filing.answers)).decode(),
        "status": filing.status.value,
        "illustrative": int(filing.illustrative),
        "paper_code": filing.paper_code,
        "document_number": filing.document_number,
        "document_day": filing.document_day.isoformat() if filing.document_day else None,
        "based_on": _based_on(filing),
        "changed_at": filing.changed_at.isoformat() if filing.changed_at else None,
        "finalised_at": filing.finalised_at.isoformat() if filing.finalised_at else None,
        "frozen": frozen,
        "print": print_name,
    }
    row["digest"] = row_digest(row)
    names = ", ".join(row)
    marks = ", ".join(f":{name}" for name in row)
    news = ", ".join(f"{name} = excluded.{name}" for name in row if name not in ("id", "revision"))
    db.execute(
        f"INSERT INTO filing ({names}) VALUES ({marks}) ON CONFLICT (id, revision) DO UPDATE SET {news}",  # noqa: S608
        row,
    )
    change_facts(db, source, before.answers if before else {}, filing.answers)


def _filing(store: Store, row: sqlite3.Row) -> Filing:
    if not intact(row):
        where = f"{KIND_WORDS.get(row['kind'], 'văn bản')} «{row['id']}», lần {row['revision']}"
        raise UserError(Code.STORE_DAMAGED, file=store.path.name, where=where)
    based_on = json.loads(row["based_on"])
    summed = summed_from_value(based_on, str(row["id"])) if isinstance(based_on, dict) else None
    return Filing(
        id=row["id"],
        kind=Kind(row["kind"]),
        campaign=row["campaign"],
        unit=unit_from_value(json.loads(row["unit"]), row["id"]),
        form=FormRef(row["form_id"], row["form_version"], row["form_hash"]),
        answers=json.loads(row["answers"]),
        revision=row["revision"],
        status=Status(row["status"]),
        illustrative=bool(row["illustrative"]),
        paper_code=row["paper_code"],
        document_number=row["document_number"],
        document_day=date.fromisoformat(row["document_day"]) if row["document_day"] else None,
        changed_at=_moment(row["changed_at"]),
        finalised_at=_moment(row["finalised_at"]),
        based_on=summed.based_on if summed else tuple(based_on),
        summed=summed,
    )


def _based_on(filing: Filing) -> str:
    """A list of package ids, or an object when units, revisions and own numbers are known too."""
    if filing.summed is None:
        return json.dumps(filing.based_on)
    return canonical_json.encode(summed_value(filing.summed)).decode()


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _unknown(store: Store, id: str) -> UserError:
    known = [str(row["id"]) for row in store.query("SELECT DISTINCT id FROM filing ORDER BY id")]
    known = [id for id in known if REMOVED not in id]
    said = ", ".join(f"{filings_said(id)} ({id})" for id in known)  # the id too: the command line takes it
    return UserError(Code.FILING_UNKNOWN, filing=id, known=said or "chưa có văn bản nào")


def _words(filing: Filing) -> str:
    return f"{KIND_WORDS[filing.kind]} {filing.campaign}"


# --- values ------------------------------------------------------------------------------------------------------


def _storable(answers: Answers) -> dict[str, JsonValue]:
    """The answers that are not blank, cleaned."""
    return {field: cleaned(value) for field, value in answers.items() if value is not None}


def cleaned(value: JsonValue) -> JsonValue:
    """An answer as it is stored: NFC, without what cannot be seen."""
    if isinstance(value, str):
        return clean_lines(value)
    if isinstance(value, list):
        return [cleaned(item) for item in value]
    if isinstance(value, dict):
        return {key: cleaned(item) for key, item in value.items()}
    return value


def _dumped(value: JsonValue) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True)
