"""A merged unit's past: the sum of those that went into it, shown as such. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from hoctap_desktop.foundation.numbers import print_count
from hoctap_desktop.units.model import Unit


@dataclass(frozen=True)
class Past:
    """What a unit of today had in an earlier year.

    values: by field id, its own numbers plus those of every unit that went into it whole. summed: whose numbers are
    in, the unit itself among them when it reported then. missing: those that stood then and have no numbers. shared:
    those that were split among several units, whose numbers nobody can divide: they are left out.
    """

    values: Mapping[str, int] = field(default_factory=dict)
    summed: tuple[Unit, ...] = ()
    missing: tuple[Unit, ...] = ()
    shared: tuple[Unit, ...] = ()

    @property
    def merged(self) -> bool:
        """True when it is no longer one unit's own figure, and must be said to be a sum."""
        return bool(self.shared) or len(self.summed) + len(self.missing) > 1

    @property
    def words(self) -> str:
        """One line for beside the figures; "" when they are simply the unit's own."""
        if not self.merged:
            return ""
        said = []
        if self.summed:
            said.append(f"Cộng từ {print_count(len(self.summed))} đơn vị trước đây: {_names(self.summed)}.")
        if self.missing:
            said.append(f"Chưa có số của {_names(self.missing)}.")
        if self.shared:
            said.append(f"Không tính {_names(self.shared)}: đã chia cho nhiều đơn vị.")
        return " ".join(said)


class Ancestry:
    """Who went into whom, of many units: looked through once, asked for each of them."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self._into: dict[str, list[tuple[int, Unit]]] = {}
        for place, unit in enumerate(units):
            for code in unit.successors:
                self._into.setdefault(code, []).append((place, unit))

    def of(self, code: str) -> tuple[Unit, ...]:
        """Every unit that went into `code`, whole or in part, also by way of another, in the order given."""
        if code not in self._into:
            return ()
        found: dict[str, tuple[int, Unit]] = {}
        wanted = [code]
        while wanted:
            for place, unit in self._into.get(wanted.pop(), ()):
                if unit.code != code and unit.code not in found:
                    found[unit.code] = place, unit
                    wanted.append(unit.code)
        return tuple(unit for _place, unit in sorted(found.values(), key=lambda one: one[0]))


def predecessors(code: str, units: Iterable[Unit]) -> tuple[Unit, ...]:
    """Every unit that went into `code`, whole or in part, also by way of another, in the order given."""
    return Ancestry(units).of(code)


def predecessor_sum(
    unit: Unit, units: Iterable[Unit] | Ancestry, numbers: Mapping[str, Mapping[str, int]], on: date | None = None
) -> Past:
    """The past of `unit` from what each unit reported then.

    units: all that are known, ended ones too (an Ancestry where many are asked for). numbers: by unit code, then by
    field id, of one earlier year. on: a day of that year, so that who did not stand then is not missed; None: all that
    ended are missed when they have none.
    """
    before = units.of(unit.code) if isinstance(units, Ancestry) else predecessors(unit.code, units)
    whole = {one.code for one in _whole(unit.code, before)}
    asked = [unit, *(one for one in before if one.code in whole)]
    summed = tuple(one for one in asked if one.code in numbers)
    missing = tuple(one for one in asked if one.code not in numbers and _stood(one, unit, on))
    values: dict[str, int] = {}
    for one in summed:
        for id, value in numbers[one.code].items():
            values[id] = values.get(id, 0) + value
    shared = tuple(one for one in before if one.code not in whole and one.code in numbers)
    return Past(values, summed, missing if summed or before else (), shared)


def _whole(code: str, before: tuple[Unit, ...]) -> Iterator[Unit]:
    """Those whose every part ended up in `code`: all their successors are `code` or went into it whole themselves."""
    inside = {code}
    grown = True
    while grown:
        grown = False
        for unit in before:
            if unit.code not in inside and set(unit.successors) <= inside:
                inside.add(unit.code)
                grown = True
                yield unit


def _stood(one: Unit, unit: Unit, on: date | None) -> bool:
    return one.stood_on(on) if on is not None else one.code != unit.code


def _names(units: tuple[Unit, ...]) -> str:
    return ", ".join(unit.short_name or unit.name for unit in units)
