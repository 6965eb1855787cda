"""Days of receipt that were set by hand: what stood before, why, by whom; each can be taken back."""

import sqlite3
from dataclasses import dataclass
from datetime import date, datetime

from hoctap_desktop.consolidation import paper_entries, paper_receipts, repository
from hoctap_desktop.consolidation.model import PaperReceipt, Submission
from hoctap_desktop.foundation.clock import VIETNAM
from hoctap_desktop.foundation.dates import print_date
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.text import clean_line
from hoctap_desktop.store.database import Store
from hoctap_desktop.store.rows import append, change, checked


@dataclass(frozen=True)
class DayChange:
    """One change. subject: id of a package, of an entry from paper, or of a receipt of paper."""

    number: int
    subject: str
    day_before: date
    reason_before: str
    day: date
    reason: str
    who: str
    at: datetime
    undone_at: datetime | None = None


def set_received_on(store: Store, package_id: str, day: date, reason: str) -> Submission:
    """Sets the day of receipt by hand (the stick lay in the office's letter box): lateness counts from it.

    What it was before is kept, and can be restored. package_id: also of what was typed from paper.
    Raises UserError PACKAGE_UNKNOWN, STORE_DAMAGED, RECEIPT_DAY: no reason, or a day to come (it would be "today" for
    all that is judged by time).
    """
    _refuse_day(store, day, reason)
    said = clean_line(reason)
    with store.atomic():
        if (entry := paper_entries.find(store, package_id)) is not None:
            before = entry.received_on, entry.reason
            said = said if not entry.instead_of else f"{entry.reason} Ngày nhận: {said}"
        else:
            got = repository.submission(store, package_id)
            before = got.received_on, got.day_reason
        _note(store, package_id, before, (day, said))
        return repository.put_day(store, package_id, day, said)


def set_paper_day(store: Store, receipt: str, day: date, reason: str) -> PaperReceipt:
    """As set_received_on, for paper whose numbers were not typed yet. Raises UserError PACKAGE_UNKNOWN, RECEIPT_DAY."""
    _refuse_day(store, day, reason)
    with store.atomic():
        found = paper_receipts.find(store, receipt)
        if found is None:
            raise UserError(Code.PACKAGE_UNKNOWN, package=receipt[:12])
        _note(store, receipt, (found.received_on, found.day_reason), (day, clean_line(reason)))
        return paper_receipts.change_day(store, receipt, day, clean_line(reason))


def undo_received_on(store: Store, subject: str) -> date | None:
    """Takes the last change of a day of receipt back; the day that holds again, None when none was changed.

    Raises UserError PACKAGE_UNKNOWN, STORE_DAMAGED.
    """
    with store.atomic():
        last = next((one for one in reversed(changes(store, subject)) if one.undone_at is None), None)
        if last is None:
            return None
        if paper_receipts.find(store, subject) is not None:
            paper_receipts.change_day(store, subject, last.day_before, last.reason_before)
        else:
            repository.put_day(store, subject, last.day_before, last.reason_before)
        _mark_undone(store, last.number)
    return last.day_before


def changes(store: Store, subject: str) -> tuple[DayChange, ...]:
    """Every change of one day, oldest first, those taken back among them. Raises UserError(STORE_DAMAGED)."""
    found = []
    for row in store.query("SELECT * FROM receipt_day ORDER BY number"):
        checked(store, row, f"ngày nhận ghi tay, lần {row['number']}")
        if row["subject"] == subject:
            found.append(_change(row))
    return tuple(found)


def _refuse_day(store: Store, day: date, reason: str) -> None:
    if not clean_line(reason):
        raise UserError(Code.RECEIPT_DAY, day=print_date(day), why="ngày ghi tay cần có lý do. Hãy ghi lý do.")
    if day > store.clock().astimezone(VIETNAM).date():
        raise UserError(Code.RECEIPT_DAY, day=print_date(day), why="ngày đó chưa đến. Hãy xem lại ngày.")


def _note(store: Store, subject: str, before: tuple[date, str], after: tuple[date, str]) -> None:
    """Keeps what a day and its reason were, and what they became."""
    with store.atomic() as db:
        row = {
            "subject": subject,
            "day_before": before[0].isoformat(),
            "reason_before": before[1],
            "day": after[0].isoformat(),
            "reason": after[1],
            "who": store.who,
            "at": store.clock().isoformat(),
            "undone_at": None,
        }
        append(db, "receipt_day", row)


def _mark_undone(store: Store, number: int) -> None:
    """Marks a change as taken back; who takes it back restores the day."""
    with store.atomic() as db:
        change(db, "receipt_day", {"number": number}, {"undone_at": store.clock().isoformat()})


def _change(row: sqlite3.Row) -> DayChange:
    return DayChange(
        number=int(row["number"]),
        subject=row["subject"],
        day_before=date.fromisoformat(row["day_before"]),
        reason_before=row["reason_before"],
        day=date.fromisoformat(row["day"]),
        reason=row["reason"],
        who=row["who"],
        at=datetime.fromisoformat(row["at"]),
        undone_at=datetime.fromisoformat(row["undone_at"]) if row["undone_at"] else None,
    )
