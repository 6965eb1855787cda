"""The diary in the store: every field is one durable commit with its history; removing marks an entry."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from hoctap_desktop.diary.loader import diary_form
from hoctap_desktop.diary.model import DAYS, FIELDS, KIND, MAX_LENGTH, TYPED, Entry, day_of
from hoctap_desktop.diary.proposals import Part, Proposal, Taken
from hoctap_desktop.foundation import canonical_json
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.numbers import COUNT_DIGITS
from hoctap_desktop.foundation.text import clean_lines
from hoctap_desktop.store import sitting
from hoctap_desktop.store.database import Store
from hoctap_desktop.store.digest import intact
from hoctap_desktop.store.rows import append, insert


@dataclass(frozen=True)
class Change:
    """One field of an entry, before and after; None stands for blank."""

    entry: int
    field: str
    before: JsonValue
    after: JsonValue
    at: datetime


def entries(store: Store, campaign: str) -> tuple[Entry, ...]:
    """What stands in the diary of a campaign, by day, then as it was begun; entries without a day come last.

    Raises UserError STORE_DAMAGED.
    """
    found = [one for one in _all(store) if one.campaign == campaign and one.removed_at is None]
    return tuple(sorted(found, key=lambda one: (one.text("day") or "9999", one.number)))


def removed_entries(store: Store, campaign: str) -> tuple[Entry, ...]:
    """What was removed and can be put back, the latest first. Raises UserError STORE_DAMAGED."""
    found = [one for one in _all(store) if one.campaign == campaign and one.removed_at is not None]
    return tuple(sorted(found, key=lambda one: (str(one.removed_at), one.number), reverse=True))


def entry(store: Store, number: int) -> Entry:
    """One entry, removed or not. Raises UserError ENTRY_UNKNOWN, STORE_DAMAGED."""
    rows = store.query("SELECT * FROM diary_entry WHERE number = ?", (number,))
    if not rows:
        raise UserError(Code.ENTRY_UNKNOWN, number=number)
    return _entry(store, rows[0])


def next_number(store: Store) -> int:
    """The number a new entry gets. Only one program has the store open, so it may be given out ahead."""
    return int(store.query("SELECT coalesce(max(number), 0) + 1 FROM diary_entry")[0][0])


def write(store: Store, number: int, campaign: str, changes: Mapping[str, JsonValue | None], at: datetime) -> Entry:
    """Stores fields of an entry (None: blank), begun by its first; on return they are on the disk.

    Text is stored in NFC, without invisible characters. Raises ValueError for a field or a value the diary cannot hold
    (the caller has read what a person typed), UserError STORE_DAMAGED and those of a full or failing disk.
    """
    clean = {field: _clean(field, value) for field, value in changes.items()}
    with store.atomic() as db:
        rows = store.query("SELECT * FROM diary_entry WHERE number = ?", (number,))
        before = _entry(store, rows[0]) if rows else Entry(number, campaign, begun_at=at)
        content = dict(before.content)
        for field, value in clean.items():
            if value is None:
                content.pop(field, None)
            else:
                content[field] = value
        changed = [field for field in clean if before.content.get(field) != content.get(field)]
        if rows and not changed:
            return before
        after = replace(before, content=content, changed_at=at)
        _put(db, after)
        for field in changed:
            _note(store, db, Change(number, field, before.content.get(field), content.get(field), at))
    return after


def set_removed(store: Store, number: int, at: datetime, *, removed: bool) -> Entry:
    """Takes an entry into the trash, or out of it again. Raises UserError ENTRY_UNKNOWN, STORE_DAMAGED."""
    with store.atomic() as db:
        before = entry(store, number)
        if (before.removed_at is not None) is removed:
            return before
        after = replace(before, removed_at=at if removed else None)
        _put(db, after)
        _note(store, db, Change(number, "removed", not removed, removed, at))
    return after


def history(store: Store, number: int) -> tuple[Change, ...]:
    """Every change of an entry, oldest first. Raises UserError STORE_DAMAGED."""
    rows = store.query("SELECT * FROM diary_change NOT INDEXED ORDER BY number")
    if not all(intact(row) for row in rows):
        raise _damaged(store, "nhật ký sửa của nhật ký hoạt động")
    return tuple(
        Change(
            row["entry"],
            row["field"],
            json.loads(row["before"]),
            json.loads(row["after"]),
            datetime.fromisoformat(row["at"]),
        )
        for row in rows
        if row["entry"] == number
    )


def changed_in(store: Store, sitting: int) -> tuple[tuple[int, datetime], ...]:
    """(entry, moment) of every change made in a sitting (store/sitting.py), oldest first."""
    rows = store.query("SELECT * FROM diary_change WHERE sitting = ? ORDER BY number", (sitting,))
    return tuple((row["entry"], datetime.fromisoformat(row["at"])) for row in rows if intact(row))


# --- numbers taken into the report -------------------------------------------------------------------------------


def taken(store: Store, filing: str) -> Mapping[str, Taken]:
    """By indicator, what was taken from the diary into a filing. Raises UserError STORE_DAMAGED."""
    found = {}
    for row in store.query("SELECT * FROM taken_number WHERE filing = ? ORDER BY indicator", (filing,)):
        if not intact(row):
            raise _damaged(store, f"số lấy từ nhật ký của «{filing}»")
        parts = tuple(Part(entry, value) for entry, value in json.loads(row["parts"]))
        found[row["indicator"]] = Taken(row["indicator"], row["value"], parts, datetime.fromisoformat(row["at"]))
    return found


def note_taken(store: Store, filing: str, proposal: Proposal, at: datetime) -> None:
    """Remembers what a number of the report was made of when it was taken."""
    row: dict[str, object] = {
        "filing": filing,
        "indicator": proposal.indicator,
        "value": proposal.value,
        "parts": json.dumps([[part.entry, part.value] for part in proposal.parts]),
        "at": at.isoformat(),
    }
    with store.atomic() as db:
        db.execute("DELETE FROM taken_number WHERE filing = ? AND indicator = ?", (filing, proposal.indicator))
        insert(db, "taken_number", row)


# --- rows --------------------------------------------------------------------------------------------------------


def _all(store: Store) -> list[Entry]:
    # Read whole and judged before any is left out: a damaged campaign must not let an entry fall out in silence.
    return [_entry(store, row) for row in store.query("SELECT * FROM diary_entry NOT INDEXED ORDER BY number")]


def _entry(store: Store, row: sqlite3.Row) -> Entry:
    if not intact(row):
        raise _damaged(store, f"nhật ký hoạt động, mục {row['number']}")
    return Entry(
        row["number"],
        row["campaign"],
        json.loads(row["content"]),
        datetime.fromisoformat(row["begun_at"]),
        datetime.fromisoformat(row["changed_at"]),
        datetime.fromisoformat(row["removed_at"]) if row["removed_at"] else None,
    )


def _put(db: sqlite3.Connection, one: Entry) -> None:
    assert one.begun_at is not None
    row: dict[str, object] = {
        "number": one.number,
        "campaign": one.campaign,
        "content": canonical_json.encode(dict(one.content)).decode(),
        "begun_at": one.begun_at.isoformat(),
        "changed_at": (one.changed_at or one.begun_at).isoformat(),
        "removed_at": one.removed_at.isoformat() if one.removed_at else None,
    }
    db.execute("DELETE FROM diary_entry WHERE number = ?", (one.number,))
    insert(db, "diary_entry", row)


def _note(store: Store, db: sqlite3.Connection, change: Change) -> None:
    row: dict[str, object] = {
        "entry": change.entry,
        "field": change.field,
        "before": json.dumps(change.before, ensure_ascii=False),
        "after": json.dumps(change.after, ensure_ascii=False),
        "at": change.at.isoformat(),
        "sitting": sitting.begin(store, db),
    }
    append(db, "diary_change", row)


def _clean(field: str, value: JsonValue | None) -> JsonValue | None:
    read_as = field.removeprefix(TYPED)
    if read_as != field and (read_as in DAYS or diary_form().number(read_as) is not None):
        if not isinstance(value, str | None):
            raise ValueError(f"{field}: {value!r} is no text")
        return clean_lines(value or "")[:200] or None
    if diary_form().number(field) is not None:
        if value is not None and (
            isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 10**COUNT_DIGITS
        ):
            raise ValueError(f"{field}: {value!r} is no count")
        return value
    if field not in FIELDS:
        raise ValueError(f"the diary has no field {field}")
    if value is None:
        return None
    if not isinstance(value, str):
        raise ValueError(f"{field}: {value!r} is no text")
    text = clean_lines(value)
    if field in DAYS and text and day_of(text) is None:
        raise ValueError(f"{field}: {text} is no day")
    if field == KIND and text and diary_form().kind(text) is None:
        raise ValueError(f"the diary has no kind {text}")
    return text[: MAX_LENGTH.get(field, 200)] or None


def _damaged(store: Store, where: str) -> UserError:
    return UserError(Code.STORE_DAMAGED, file=store.path.name, where=where)
