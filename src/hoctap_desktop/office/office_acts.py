"""In the store: what the office agreed on for itself. Every act stays with who and when, the last one stands."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from hoctap_desktop.foundation import canonical_json
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.text import clean_line
from hoctap_desktop.store.database import Store
from hoctap_desktop.store.rows import append, checked

TWO_PERSONS, UNIT_DAY = "two_persons", "unit_day"
_LONGEST_REASON = 300


@dataclass(frozen=True)
class OfficeAct:
    """One act. content: what holds from then on, None when it was taken back. who: the person at the machine."""

    act: str
    subject: str
    content: JsonValue
    reason: str
    who: str
    at: datetime


def standing(store: Store, act: str) -> Mapping[str, OfficeAct]:
    """The act of one kind that stands for each subject. Raises UserError(STORE_DAMAGED)."""
    last: dict[str, OfficeAct] = {}
    for row in store.query("SELECT * FROM office_act ORDER BY number"):
        checked(store, row, f"quy ước của cơ quan, ghi ngày {row['at'][:10]}")
        if row["act"] == act:
            at = datetime.fromisoformat(row["at"])
            last[row["subject"]] = OfficeAct(
                act, row["subject"], json.loads(row["content"]), row["reason"], row["who"], at
            )
    return {subject: one for subject, one in last.items() if one.content is not None}


def two_persons(store: Store) -> bool:
    """True when a received paper counts only after one person found it right and another one approved it."""
    return bool(standing(store, TWO_PERSONS))


def set_two_persons(store: Store, *, on: bool) -> None:
    """The office's rule from now on; what was approved before stays approved."""
    if on != two_persons(store):
        _add(store, TWO_PERSONS, "", True if on else None, "")


def note_unit_day(store: Store, campaign: str, kind: str, unit: str, day: date | None, reason: str) -> None:
    """Why a unit has a day of its own, or has it no more. Raises UserError(DEADLINE_NEEDS_REASON) without a reason."""
    words = clean_line(reason)[:_LONGEST_REASON]
    if not words:
        raise UserError(Code.DEADLINE_NEEDS_REASON, unit=unit)
    _add(store, UNIT_DAY, f"{campaign}/{kind}/{unit}", day.isoformat() if day else None, words)


def unit_day_reasons(store: Store, campaign: str) -> Mapping[tuple[str, str], str]:
    """Why units have days of their own in a campaign, by kind of paper and unit code."""
    found = {}
    for subject, one in standing(store, UNIT_DAY).items():
        week, kind, unit = subject.split("/", 2)
        if week == campaign:
            found[kind, unit] = one.reason
    return found


def _add(store: Store, act: str, subject: str, content: JsonValue, reason: str) -> None:
    with store.atomic() as db:
        row = {
            "act": act,
            "subject": subject,
            "content": canonical_json.encode(content).decode(),
            "reason": reason,
            "who": store.who,
            "at": store.clock().isoformat(),
        }
        append(db, "office_act", row)
