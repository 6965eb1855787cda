"""What the page of reminders says: rows to call by, texts to copy. No Qt."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from hoctap_desktop.consolidation.reminder_desk import Call, board_and_calls
from hoctap_desktop.consolidation.reminder_printed import call_words
from hoctap_desktop.consolidation.reminders import Awaited, awaited, messages_needed
from hoctap_desktop.consolidation.status import Board
from hoctap_desktop.filing.model import Kind
from hoctap_desktop.foundation.numbers import print_count
from hoctap_desktop.foundation.text import Findable, findable, finder, sort_key
from hoctap_desktop.store.database import Store

UNIT, CONTACT, PHONE, OWED, CALLED = range(5)
TITLES = ("Đơn vị", "Liên hệ", "Điện thoại", "Còn thiếu", "Đã gọi, hẹn gì")
KINDS: Mapping[str, tuple[Kind, ...]] = {
    "report": (Kind.REPORT,),
    "plan": (Kind.PLAN,),
    "both": (Kind.PLAN, Kind.REPORT),
}
KIND_CHOICES = {"report": "Báo cáo", "plan": "Kế hoạch", "both": "Kế hoạch và báo cáo"}


@dataclass(frozen=True)
class Asked:
    """Which rows, in which order. uncalled: only who was not called yet."""

    query: str = ""
    uncalled: bool = False
    column: int = UNIT
    descending: bool = False


@dataclass(frozen=True)
class CallLine:
    """A unit to call. owed: what it owes, in words; called: newest first."""

    awaited: Awaited
    owed: str
    called: tuple[Call, ...]
    name: Findable
    keys: tuple[object, ...]

    @property
    def code(self) -> str:
        return self.awaited.unit.code

    def text(self, column: int) -> str:
        """What stands in a cell."""
        unit = self.awaited.unit
        return (
            unit.short_name,
            unit.contact,
            unit.phone,
            self.owed,
            call_words(self.called),
        )[column]


@dataclass(frozen=True)
class RemindRead:
    """The board, and the calls of each unit by its code, newest first."""

    board: Board
    called: Mapping[str, tuple[Call, ...]]


def read(store: Store, as_of: date | None) -> RemindRead:
    """Board and calls. Raises UserError as current_board."""
    return RemindRead(*board_and_calls(store, as_of))


def rows(found: RemindRead, kinds: Sequence[Kind], codes: Collection[str] | None) -> tuple[Awaited, ...]:
    """Who is reminded."""
    return awaited(found.board, kinds, codes)


def lines(found: RemindRead, waiting: Sequence[Awaited], kinds: Sequence[Kind]) -> tuple[CallLine, ...]:
    """A line for each, with its keys for sorting. kinds: asked for; where it is one, it is not named in each line."""
    made = []
    for one in waiting:
        unit, called = one.unit, found.called.get(one.unit.code, ())
        name = sort_key(unit.short_name)
        keys = (
            name,
            (not unit.contact, sort_key(unit.contact), name),
            (not unit.phone, unit.phone, name),
            (-one.overdue, sort_key(one.words), name),
            (called[0].at.isoformat() if called else "", name),
        )
        owed = one.states if len(kinds) == 1 else one.words
        made.append(CallLine(one, owed[:1].upper() + owed[1:], called, findable(unit.short_name), keys))
    return tuple(made)


def select(every: Sequence[CallLine], asked: Asked) -> Sequence[CallLine]:
    """The lines that are asked for, sorted."""
    query = " ".join(asked.query.split())
    holds = finder(query) if query else None
    found = [line for line in every if (not asked.uncalled or not line.called) and (holds is None or holds(line.name))]
    found.sort(key=lambda line: line.keys[asked.column], reverse=asked.descending)  # type: ignore[arg-type, return-value]
    return found


@lru_cache(maxsize=256)
def text_words(text: str) -> str:
    """ "142 ký tự, 3 tin SMS"."""
    needed = messages_needed(text)
    return f"{print_count(len(text))} ký tự, {needed} tin SMS" if text else ""


def counted_words(every: Sequence[CallLine]) -> str:
    """ "54 đơn vị, đã gọi 12"."""
    called = sum(bool(line.called) for line in every)
    return f"{print_count(len(every))} đơn vị, đã gọi {print_count(called)}"
