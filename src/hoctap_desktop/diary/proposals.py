"""The report's numbers as the diary has them, each with the entries it comes from. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hoctap_desktop.diary.model import DiaryForm, Entry, class_item
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.dates import parse_date
from hoctap_desktop.foundation.errors import UserError
from hoctap_desktop.foundation.text import fold


@dataclass(frozen=True)
class Part:
    """What one entry adds. entry: its number."""

    entry: int
    value: int


@dataclass(frozen=True)
class Proposal:
    """A number of the report, and what it is made of, in the order of the entries."""

    indicator: str
    value: int
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Taken:
    """A number that was taken from the diary into the report: what it was made of at that moment."""

    indicator: str
    value: int
    parts: tuple[Part, ...]
    at: datetime


class Standing(StrEnum):
    """How a number of the report stands to the diary."""

    NONE = "none"  # the diary says nothing of it
    OFFERED = "offered"  # the diary has a number, the report another or none
    SAME = "same"  # typed by hand, and the diary says the same
    TAKEN = "taken"  # taken, and both are still what they were
    DIARY_CHANGED = "diary_changed"  # taken, and the diary has changed since
    OVERTYPED = "overtyped"  # taken, and written over in the report since


def proposals(entries: Iterable[Entry], form: DiaryForm) -> Mapping[str, Proposal]:
    """By indicator, every number the diary has something for. Blank numbers add nothing; a stated 0 is a number.

    Removed entries and those without a kind count for nothing.
    """
    parts: dict[str, list[Part]] = {}
    for entry in entries:
        for indicator, value in _adds(entry, form):
            parts.setdefault(indicator, []).append(Part(entry.number, value))
    return {id: Proposal(id, sum(part.value for part in found), tuple(found)) for id, found in parts.items()}


def _adds(entry: Entry, form: DiaryForm) -> list[tuple[str, int]]:
    kind = form.kind(entry.text("kind"))
    if kind is None or entry.removed_at is not None:
        return []
    found = [(kind.each, 1)] if kind.each else []
    for number in kind.numbers:
        value = entry.count(number.id)
        if value is not None:
            found += [(indicator, value) for indicator in number.feeds]
    return found


def class_rows(entries: Iterable[Entry], form: DiaryForm, field: str) -> tuple[dict[str, JsonValue], ...]:
    """The rows of the report's list `field` that the diary has; a class without a name waits until it has one."""
    rows = []
    for entry in entries:
        kind = form.kind(entry.text("kind"))
        if kind is not None and kind.class_list == field and entry.removed_at is None and entry.text("title"):
            rows.append(class_item(entry, kind))
    return tuple(rows)


def with_rows(
    listed: Sequence[Mapping[str, JsonValue]], rows: Sequence[Mapping[str, JsonValue]]
) -> tuple[dict[str, JsonValue], ...]:
    """The report's list with the diary's rows: one of the same name and first day is brought up to date, the others are

    added at the end; what was typed in the report alone stays.
    """
    merged = [dict(row) for row in listed]
    places: dict[tuple[str, str], list[int]] = {}
    for at, row in enumerate(merged):
        places.setdefault(_name(row), []).append(at)
    for new in rows:
        free = places.get(_name(new))
        if free:
            merged[free.pop(0)].update(new)
        else:
            merged.append(dict(new))
    return tuple(merged)


def _name(row: Mapping[str, JsonValue]) -> tuple[str, str]:
    first = str(row.get("from", ""))
    try:
        first = parse_date(first).isoformat()
    except UserError:
        pass  # as it was typed
    return fold(str(row.get("name", ""))), first


def standing(proposal: Proposal | None, taken: Taken | None, stated: int | None) -> Standing:
    """How the number in the report stands to the diary. stated: what the report has, None: no number."""
    if taken is not None and stated is not None and stated != taken.value:
        return Standing.OVERTYPED if proposal is None or stated != proposal.value else Standing.SAME
    if taken is not None and stated is not None:
        same = proposal is not None and proposal.value == taken.value and proposal.parts == taken.parts
        return Standing.TAKEN if same else Standing.DIARY_CHANGED
    if proposal is None:
        return Standing.NONE
    return Standing.SAME if stated == proposal.value else Standing.OFFERED
