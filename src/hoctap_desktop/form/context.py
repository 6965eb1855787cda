"""What a check may look at beside the answers themselves. What is not known is left out, and its checks stay silent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType


@dataclass(frozen=True)
class Spot:
    """Words in a field, known by what stands round them: they are found again after an edit elsewhere.

    kind: "year", "date", "weekday", "theme", "number" or "name"; before, after: up to 24 letters of the same block;
    item: the block or line it stood in, which tells alike ones apart.
    """

    field: str
    kind: str
    words: str
    before: str = ""
    after: str = ""
    item: int = 0


@dataclass(frozen=True)
class Carried:
    """What a draft was begun from: the plan of a year before.

    year, week_from, week_to, themes: of that plan. spots: what in it may be of that year only. kept: the spots the
    person wants to stay as they are.
    """

    year: int
    week_from: date
    week_to: date
    themes: tuple[str, ...] = ()
    spots: tuple[Spot, ...] = ()
    kept: tuple[Spot, ...] = ()


class Others:
    """Whole tables of other units: which of them is the very same."""

    def __init__(self, tables: Mapping[str, Mapping[str, int]] = MappingProxyType({})) -> None:
        """tables: numbers by field id, by the name of the unit."""
        self._tables = tables

    def __bool__(self) -> bool:
        return bool(self._tables)

    def same_as(self, own: Mapping[str, int], fields: Sequence[str]) -> str:
        """The first unit whose numbers of `fields` are exactly `own`; "" for none."""
        alike = (name for name, table in self._tables.items() if {id: table[id] for id in fields if id in table} == own)
        return next(alike, "")


@dataclass(frozen=True)
class Context:
    """last_year: own numbers of the year before, by field id. usual: what units of the same kind have, by field id:

    the median, where at least three are known (of one or two it says nothing about what is usual).
    others: whole tables of other units.
    own_and_children: own activity plus the units below, where both are known; not_asked_below: numbers the units were
    not asked for. week_to: last day of the Week.
    promised: indicators the plan of the same campaign promised something of.
    carried: of a plan that was begun from an older one.
    """

    last_year: Mapping[str, int] = field(default_factory=dict)
    usual: Mapping[str, int] = field(default_factory=dict)
    others: Others = field(default_factory=Others)
    own_and_children: Mapping[str, int] = field(default_factory=dict)
    not_asked_below: frozenset[str] = frozenset()
    week_to: date | None = None
    promised: frozenset[str] = frozenset()
    carried: Carried | None = None


NOTHING_ELSE_KNOWN = Context()
