"""What the officer of an upper office adds to its totals: the office's own activity, confirmed sums, doubts put aside.

Nothing is overwritten: every act stays with who and when, the last one about a subject stands.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from hoctap_desktop.foundation import canonical_json
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.text import clean_line
from hoctap_desktop.store.database import Store
from hoctap_desktop.store.rows import append, checked

OWN, CONFIRMED, DISMISSED = "own", "confirmed", "dismissed"
_LONGEST_REASON = 300


@dataclass(frozen=True)
class TotalsAct:
    """One act. content: of "own" the answer (form/answers.py); of "confirmed" {"sum", "value", "shares"}; of
    "dismissed" true. None takes the act before it back. who: the person at the machine.
    """

    act: str
    subject: str
    content: JsonValue
    reason: str
    who: str
    at: datetime


def acts(store: Store, campaign: str) -> tuple[TotalsAct, ...]:
    """Every act about the totals of a campaign, oldest first. Raises UserError(STORE_DAMAGED)."""
    found = []
    for row in store.query("SELECT * FROM totals_act ORDER BY number"):
        checked(store, row, f"điều cán bộ ghi ở Tổng hợp {row['campaign']}, mục {row['subject'][:40]}")
        if row["campaign"] == campaign:
            at = datetime.fromisoformat(row["at"])
            found.append(
                TotalsAct(row["act"], row["subject"], json.loads(row["content"]), row["reason"], row["who"], at)
            )
    return tuple(found)


def standing(store: Store, campaign: str, act: str) -> Mapping[str, TotalsAct]:
    """The act of one kind that stands for each subject; those that were taken back are left out."""
    last = {one.subject: one for one in acts(store, campaign) if one.act == act}
    return {subject: one for subject, one in last.items() if one.content is not None}


def own_numbers(store: Store, campaign: str) -> dict[str, JsonValue]:
    """The office's own activity, as answers by field id; what is blank is left out."""
    return {subject: one.content for subject, one in sorted(standing(store, campaign, OWN).items())}


def set_own_number(store: Store, campaign: str, field: str, value: JsonValue) -> None:
    """Keeps one number of the office's own activity; None makes it blank. The value must have passed validation."""
    _add(store, campaign, OWN, field, value, "")


def confirm_sum(
    store: Store, campaign: str, field: str, summed: int, value: int, reason: str, shares: str = ""
) -> None:
    """Confirms a sum that may count one thing twice: what was added up, what it is to be, and why.

    shares: digest of who brought what. It stands while both are the same. Raises UserError(TOTALS_NEED_REASON)
    without a reason.
    """
    content: dict[str, JsonValue] = {"sum": summed, "value": value}
    if shares:
        content["shares"] = shares
    _with_reason(store, campaign, CONFIRMED, field, content, reason)


def dismiss(store: Store, campaign: str, doubt: str, reason: str) -> None:
    """Puts a doubt aside: it was looked at and is right. Raises UserError(TOTALS_NEED_REASON)."""
    _with_reason(store, campaign, DISMISSED, doubt, True, reason)


def take_back(store: Store, campaign: str, act: str, subject: str) -> None:
    """Takes back what stands: a sum is to be confirmed again, a doubt is shown again."""
    _add(store, campaign, act, subject, None, "")


def _with_reason(store: Store, campaign: str, act: str, subject: str, content: JsonValue, reason: str) -> None:
    words = clean_line(reason)[:_LONGEST_REASON]
    if not words:
        raise UserError(Code.TOTALS_NEED_REASON)
    _add(store, campaign, act, subject, content, words)


def _add(store: Store, campaign: str, act: str, subject: str, content: JsonValue, reason: str) -> None:
    with store.atomic() as db:
        row = {
            "campaign": campaign,
            "act": act,
            "subject": subject,
            "content": canonical_json.encode(content).decode(),
            "reason": reason,
            "who": store.who,
            "at": store.clock().isoformat(),
        }
        append(db, "totals_act", row)
