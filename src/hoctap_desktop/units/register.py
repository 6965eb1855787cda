"""In the store: the tree of units as it changes. Every act is one commit, with who and when, and can be undone.

Units stand in table `unit`, who need not file in `excuse`, who reports to whom from which year on in `reports_to`;
`unit_change` holds what each act replaced.
"""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from hoctap_desktop.foundation import canonical_json
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.store.database import Store
from hoctap_desktop.store.digest import row_digest
from hoctap_desktop.store.rows import append, change, checked, insert
from hoctap_desktop.units import repository
from hoctap_desktop.units.as_json import unit_value
from hoctap_desktop.units.model import Unit
from hoctap_desktop.units.rules import Excuse, ReportsTo, upper_in

_SEPARATOR = "\n"


@dataclass(frozen=True)
class Edit:
    """One thing that becomes `value`; None: it goes. table: "unit", "excuse" or "reports_to"; key: which row."""

    table: str
    key: tuple[str, ...]
    value: JsonValue


@dataclass(frozen=True)
class UnitAct:
    """What was done to the tree in one go. words: for the list and the undo button; changed: how many things."""

    number: int
    words: str
    who: str
    at: datetime
    changed: int


def with_unit(unit: Unit) -> Edit:
    """The unit is known from now on, or known so."""
    return Edit("unit", (unit.code,), unit_value(unit))


def without_unit(code: str) -> Edit:
    return Edit("unit", (code,), None)


def with_excuse(excuse: Excuse) -> Edit:
    return Edit("excuse", (excuse.campaign, excuse.unit, excuse.kind), excuse.reason)


def without_excuse(campaign: str, unit: str, kind: str) -> Edit:
    return Edit("excuse", (campaign, unit, kind), None)


def with_reports_to(line: ReportsTo) -> Edit:
    return Edit("reports_to", (line.unit, str(line.year)), line.upper)


def without_reports_to(unit: str, year: int) -> Edit:
    return Edit("reports_to", (unit, str(year)), None)


def keep(store: Store, words: str, edits: Sequence[Edit]) -> UnitAct | None:
    """Makes the edits in one commit; None when nothing is different from before. Raises UserError(STORE_DAMAGED)."""
    with store.atomic() as db:
        changed = [(edit, before) for edit in edits if (before := _now(store, edit)) != edit.value]
        if not changed:
            return None
        act = int(db.execute("SELECT coalesce(max(act), 0) + 1 FROM unit_change").fetchone()[0])
        at = store.clock()
        for edit, before in changed:
            row = {
                "act": act,
                "words": words,
                "subject": edit.table,
                "key": _SEPARATOR.join(edit.key),
                "before": _dumped(before),
                "after": _dumped(edit.value),
                "who": store.who,
                "at": at.isoformat(),
                "undone_at": None,
            }
            append(db, "unit_change", row)
            _put(db, edit)
    return UnitAct(act, words, store.who, at, len(changed))


def acts(store: Store) -> tuple[UnitAct, ...]:
    """Every act that stands, newest first. Raises UserError(STORE_DAMAGED)."""
    found: dict[int, UnitAct] = {}
    for row in _rows(store):
        if row["undone_at"] is None:
            known = found.get(row["act"])
            at = datetime.fromisoformat(row["at"])
            found[row["act"]] = UnitAct(row["act"], row["words"], row["who"], at, known.changed + 1 if known else 1)
    return tuple(found[number] for number in sorted(found, reverse=True))


def undo(store: Store) -> UnitAct | None:
    """Takes the newest act that stands back, in one commit; None when there is none.

    Raises UserError UNITS_CHANGED when something else (a new file of the whole office) changed what it did since.
    """
    with store.atomic() as db:
        last = next(iter(acts(store)), None)
        if last is None:
            return None
        rows = [row for row in _rows(store) if row["act"] == last.number]
        for row in reversed(rows):
            edit = Edit(row["subject"], tuple(row["key"].split(_SEPARATOR)), _loaded(row["after"]))
            if _now(store, edit) != edit.value:
                raise UserError(Code.UNITS_CHANGED, act=last.words)
            _put(db, Edit(edit.table, edit.key, _loaded(row["before"])))
            change(db, "unit_change", {"number": row["number"]}, {"undone_at": store.clock().isoformat()})
    return last


def listed(store: Store) -> Mapping[str, datetime]:
    """When each unit was put into the list, without those that came with the office. Raises STORE_DAMAGED."""
    return {
        row["key"]: datetime.fromisoformat(row["at"])
        for row in _rows(store)
        if row["subject"] == "unit" and row["undone_at"] is None and _loaded(row["before"]) is None
    }


def excuses(store: Store, campaign: str | None = None) -> tuple[Excuse, ...]:
    """Who need not file (in one campaign); every row is judged first. Raises UserError(STORE_DAMAGED)."""
    found = [checked(store, row, f"đơn vị được miễn, mã {row['unit']}") for row in store.query("SELECT * FROM excuse")]
    return tuple(
        Excuse(row["campaign"], row["unit"], row["kind"], row["reason"])
        for row in found
        if campaign in (None, row["campaign"])
    )


def reports_to(store: Store) -> tuple[ReportsTo, ...]:
    """Who reports to whom from which campaign's year on. Raises UserError(STORE_DAMAGED)."""
    found = [checked(store, row, f"nơi nộp của mã {row['unit']}") for row in store.query("SELECT * FROM reports_to")]
    return tuple(ReportsTo(row["unit"], row["year"], row["upper"]) for row in found)


def ever_below(store: Store, code: str) -> tuple[Unit, ...]:
    """The units that report to `code` in some year or other, in the order they were saved."""
    here = {line.unit for line in reports_to(store) if line.upper == code}
    return tuple(unit for unit in repository.all_units(store) if unit.upper == code or unit.code in here)


def below_in(store: Store, code: str, year: int) -> dict[str, Unit]:
    """The units that report to `code` in the campaign of that year, ended ones too, by code."""
    lines = reports_to(store)
    return {unit.code: unit for unit in ever_below(store, code) if upper_in(unit, year, lines) == code}


# --- rows --------------------------------------------------------------------------------------------------------


def _rows(store: Store) -> list[sqlite3.Row]:
    rows = store.query("SELECT * FROM unit_change ORDER BY number")
    return [checked(store, row, f"nhật ký sửa danh sách đơn vị, lần {row['act']}") for row in rows]


def _now(store: Store, edit: Edit) -> JsonValue:
    match edit.table, edit.key:
        case "unit", (code,):
            rows = store.query("SELECT * FROM unit WHERE code = ?", (code,))
            value: JsonValue = json.loads(checked(store, rows[0], f"đơn vị mã {code}")["content"]) if rows else None
            return value
        case "excuse", (campaign, unit, kind):
            rows = store.query(
                "SELECT * FROM excuse WHERE campaign = ? AND unit = ? AND kind = ?", (campaign, unit, kind)
            )
            return str(checked(store, rows[0], f"đơn vị được miễn, mã {unit}")["reason"]) if rows else None
        case "reports_to", (unit, year):
            rows = store.query("SELECT * FROM reports_to WHERE unit = ? AND year = ?", (unit, int(year)))
            return str(checked(store, rows[0], f"nơi nộp của mã {unit}")["upper"]) if rows else None
    raise ValueError(edit)


def _put(db: sqlite3.Connection, edit: Edit) -> None:
    match edit.table, edit.key:
        case "unit", (code,):
            _put_unit(db, code, edit.value)
        case "excuse", (campaign, unit, kind):
            db.execute("DELETE FROM excuse WHERE campaign = ? AND unit = ? AND kind = ?", (campaign, unit, kind))
            if edit.value is not None:
                insert(db, "excuse", {"campaign": campaign, "unit": unit, "kind": kind, "reason": edit.value})
        case "reports_to", (unit, year):
            db.execute("DELETE FROM reports_to WHERE unit = ? AND year = ?", (unit, int(year)))
            if edit.value is not None:
                insert(db, "reports_to", {"unit": unit, "year": int(year), "upper": edit.value})


def _put_unit(db: sqlite3.Connection, code: str, value: JsonValue) -> None:
    if value is None:
        db.execute("DELETE FROM unit WHERE code = ?", (code,))
        return
    known = db.execute("SELECT position FROM unit WHERE code = ?", (code,)).fetchone()
    last = db.execute("SELECT coalesce(max(position), -1) + 1 FROM unit").fetchone()[0]
    assert isinstance(value, Mapping)
    row = {
        "code": code,
        "content": canonical_json.encode(dict(value)).decode(),
        "position": known[0] if known else last,
    }
    # the row of the office itself points here: it is changed in its place, never taken out and put back
    db.execute(
        "INSERT INTO unit (code, content, position, digest) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (code) DO UPDATE SET content = excluded.content, digest = excluded.digest",
        (*row.values(), row_digest(row)),
    )


def _dumped(value: JsonValue) -> str | None:
    return None if value is None else canonical_json.encode(value).decode()


def _loaded(text: str | None) -> JsonValue:
    found: JsonValue = None if text is None else json.loads(text)
    return found
