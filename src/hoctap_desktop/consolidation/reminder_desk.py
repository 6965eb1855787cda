"""In the store: letters that remind, as they were written last; who was called when, and what was said."""

import json
import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from hoctap_desktop.campaign.repository import active
from hoctap_desktop.consolidation.overview import current_board
from hoctap_desktop.consolidation.reminders import ListedUnit, Reminder, awaited, draft
from hoctap_desktop.consolidation.status import Board
from hoctap_desktop.filing.model import Kind
from hoctap_desktop.foundation.text import clean_line
from hoctap_desktop.store.database import Store
from hoctap_desktop.store.rows import append, change, checked, insert
from hoctap_desktop.units.model import Signer
from hoctap_desktop.units.repository import own_unit, unit


@dataclass(frozen=True)
class Call:
    """A call to a unit. note: what was agreed; who: at the machine."""

    number: int
    unit: str
    note: str
    who: str
    at: datetime


# --- letters -----------------------------------------------------------------------------------------------------


def begin_reminder(
    store: Store, kinds: Sequence[Kind], as_of: date | None = None, codes: Collection[str] | None = None
) -> Reminder:
    """A new letter to who is missing, kept. codes: only these units. Raises UserError NO_UNITS_BELOW, STORE_DAMAGED."""
    with store.atomic():
        found, own = current_board(store, as_of), own_unit(store)
        id = f"{found.campaign.id}-{1 + len(reminders(store, found.campaign.id))}"
        made = draft(id, awaited(found, kinds, codes), own, unit(store, own.upper), found, kinds)
        return keep_reminder(store, made)


def keep_reminder(store: Store, written: Reminder) -> Reminder:
    """Keeps a letter as it is now."""
    content = asdict(written) | {"as_of": written.as_of.isoformat()}
    row = {
        "id": written.id,
        "campaign": written.campaign,
        "content": json.dumps(content, ensure_ascii=False),
        "changed_at": store.clock().isoformat(),
    }
    with store.atomic() as db:
        db.execute("DELETE FROM reminder WHERE id = ?", (written.id,))
        insert(db, "reminder", row)
    return written


def reminders(store: Store, campaign: str) -> tuple[Reminder, ...]:
    """The letters of a campaign, oldest first. Raises UserError(STORE_DAMAGED)."""
    rows = store.query("SELECT * FROM reminder WHERE campaign = ?", (campaign,))
    found = [_reminder(checked(store, row, f"công văn đôn đốc của đợt {campaign}")) for row in rows]
    return tuple(sorted(found, key=lambda one: int(one.id.rpartition("-")[2])))


def _reminder(row: sqlite3.Row) -> Reminder:
    content = json.loads(row["content"])
    lines = ("to", "before", "after", "recipients")
    return Reminder(
        **content
        | {name: tuple(content[name]) for name in lines}
        | {
            "kinds": tuple(Kind(kind) for kind in content["kinds"]),
            "as_of": date.fromisoformat(content["as_of"]),
            "units": tuple(ListedUnit(**one) for one in content["units"]),
            "signer": Signer(**content["signer"]),
        }
    )


# --- calls -------------------------------------------------------------------------------------------------------


def note_call(store: Store, unit_code: str, note: str) -> Call:
    """That a unit was called now."""
    at = store.clock()
    with store.atomic() as db:
        row = {
            "unit": unit_code,
            "campaign": active(store).id,
            "note": clean_line(note),
            "who": store.who,
            "at": at.isoformat(),
            "undone_at": None,
        }
        number = append(db, "phone_call", row)
    return Call(number, unit_code, clean_line(note), store.who, at)


def take_call_back(store: Store, number: int) -> None:
    """A call that was ticked by mistake; the row stays, marked."""
    with store.atomic() as db:
        change(db, "phone_call", {"number": number}, {"undone_at": store.clock().isoformat()})


def calls(store: Store, campaign: str) -> Mapping[str, tuple[Call, ...]]:
    """The calls of a campaign by unit, newest first. Raises UserError(STORE_DAMAGED)."""
    found: dict[str, list[Call]] = {}
    for row in store.query("SELECT * FROM phone_call ORDER BY number DESC"):
        checked(store, row, f"cuộc gọi ngày {row['at'][:10]} cho đơn vị mã {row['unit']}")
        if row["campaign"] == campaign and row["undone_at"] is None:
            call = Call(row["number"], row["unit"], row["note"], row["who"], datetime.fromisoformat(row["at"]))
            found.setdefault(row["unit"], []).append(call)
    return {code: tuple(each) for code, each in found.items()}


def board_and_calls(store: Store, as_of: date | None) -> tuple[Board, Mapping[str, tuple[Call, ...]]]:
    """What the page of reminders shows."""
    found = current_board(store, as_of)
    return found, calls(store, found.campaign.id)
