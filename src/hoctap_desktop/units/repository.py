"""The units an office knows: itself, those below it, the one above."""

import json
import sqlite3
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from weakref import WeakKeyDictionary

from hoctap_desktop.foundation import canonical_json
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.store.database import Store
from hoctap_desktop.store.digest import intact, row_digest
from hoctap_desktop.store.rows import digests, insert
from hoctap_desktop.units.as_json import unit_from_value, unit_value
from hoctap_desktop.units.model import Unit


def save_units(store: Store, own: Unit, below: Sequence[Unit], upper: Unit | None, campaign: str | None = None) -> None:
    """Makes these the units of the office. A unit that is left out is known no more; what it sent stays.

    campaign: id of the campaign the office works on, None while none was chosen (campaign/repository.py reads it).
    """
    known = [own, *below, *([upper] if upper else [])]
    if len({unit.code for unit in known}) != len(known):
        raise ValueError("two units with one code")
    with store.atomic() as db:
        before = db.execute("SELECT * FROM office").fetchone()
        begun = before["created_at"] if before and intact(before) else store.clock().isoformat()
        db.execute("DELETE FROM office")
        db.execute("DELETE FROM unit")
        for position, unit in enumerate(known):
            row = {
                "code": unit.code,
                "content": canonical_json.encode(unit_value(unit)).decode(),
                "position": position,
            }
            insert(db, "unit", row)
        office = {"id": 1, "unit": own.code, "campaign": campaign, "created_at": begun}
        insert(db, "office", office)


def own_unit(store: Store) -> Unit:
    """The office whose store this is. Raises UserError UNIT_UNKNOWN when none was saved, STORE_DAMAGED."""
    rows = store.query("SELECT * FROM office")
    if not rows:
        raise UserError(Code.UNIT_UNKNOWN, unit="của cơ quan này")
    found = unit(store, rows[0]["unit"]) if intact(rows[0]) else None
    if found is None:
        raise UserError(Code.STORE_DAMAGED, file=store.path.name, where="đơn vị của cơ quan này")
    return found


def unit(store: Store, code: str) -> Unit | None:
    """The unit with this code, or None. Raises UserError STORE_DAMAGED."""
    rows = store.query("SELECT * FROM unit WHERE code = ?", (code,))
    return _unit(store, rows[0]) if rows else None


def all_units(store: Store) -> tuple[Unit, ...]:
    """Every unit that is known, the office itself and its upper one among them, in the order they were saved."""
    now = digests(store, "unit", "position")
    before, known = _READ.get(store, ("", ()))
    if now != before or not now:
        known = tuple(_unit(store, row) for row in store.query("SELECT * FROM unit ORDER BY position"))
        _READ[store] = now, known
    return known


_READ: WeakKeyDictionary[Store, tuple[str, tuple[Unit, ...]]] = WeakKeyDictionary()


def units_below(store: Store, code: str, on: date | None = None) -> tuple[Unit, ...]:
    """The units that report to `code`, in the order they were saved; with `on`, those that stood on that day."""
    # All are read and judged before any is chosen: a damaged row must not fall out of the list in silence.
    return tuple(unit for unit in all_units(store) if unit.upper == code and (on is None or unit.stood_on(on)))


def _unit(store: Store, row: sqlite3.Row) -> Unit:
    found = _judged(*row) if row.keys() == _COLUMNS else None
    if found is None:
        raise UserError(Code.STORE_DAMAGED, file=store.path.name, where=f"đơn vị mã {row['code']}")
    return found


_COLUMNS = ["code", "content", "position", "digest"]


@lru_cache(maxsize=20_000)
def _judged(code: str, content: str, position: int, digest: str) -> Unit | None:
    """The unit in a row, None when it is not what was written. The same row is judged and read once."""
    if digest != row_digest({"code": code, "content": content, "position": position}):
        return None
    return unit_from_value(json.loads(content), f"đơn vị {code}")
