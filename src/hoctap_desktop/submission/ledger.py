"""Revisions and replay: what to do with a package, given those taken before. Pure.

Per unit, series and epoch the highest revision counts. Rules: package-format.md §6.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from hoctap_desktop.foundation.errors import Code, UserError


@dataclass(frozen=True)
class Taken:
    """A package that was taken in. epoch: of the key that signed it, by the roster of the office that took it.

    previous: id of the package it says it follows, or None.
    """

    unit_code: str
    series: str
    epoch: int
    revision: int
    package_id: str
    day: date
    previous: str | None = None


class Register:
    """Packages that were taken in, found by unit and series: judging one costs the same however many there are."""

    def __init__(self, taken: Iterable[Taken] = ()) -> None:
        self._all: list[Taken] = []
        self._by_series: dict[tuple[str, str], list[Taken]] = {}
        for one in taken:
            self.add(one)

    def __iter__(self) -> Iterator[Taken]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    def add(self, one: Taken) -> None:
        self._all.append(one)
        self._by_series.setdefault((one.unit_code, one.series), []).append(one)

    def cut_to(self, length: int) -> None:
        """Forgets what was added last: as it was when there were `length`."""
        while len(self._all) > length:
            one = self._all.pop()
            self._by_series[one.unit_code, one.series].pop()

    def of(self, unit_code: str, series: str) -> Sequence[Taken]:
        """Those of one unit and series, as they came."""
        return self._by_series.get((unit_code, series), ())


Before = Register | Sequence[Taken]


def of_series(taken: Before, unit_code: str, series: str) -> Sequence[Taken]:
    """Those of one unit and series among `taken`, as they came."""
    if isinstance(taken, Register):
        return taken.of(unit_code, series)
    return [one for one in taken if one.unit_code == unit_code and one.series == series]


@dataclass(frozen=True)
class Take:
    """Higher than all before: take it; the one it follows stays readable."""

    older: Taken | None


@dataclass(frozen=True)
class TakeWithGap:
    """Take it, with the note that the revision it names as its previous one never came."""

    older: Taken | None


@dataclass(frozen=True)
class Same:
    """Received already; nothing changes."""

    known: Taken


@dataclass(frozen=True)
class Fork:
    """Another package with the same revision: refuse, show both."""

    known: Taken


@dataclass(frozen=True)
class Old:
    """A higher revision is here: refuse. seen: this very file was taken before, or one taken says it follows it."""

    known: Taken
    seen: bool


Decision = Take | TakeWithGap | Same | Fork | Old


def decide(
    taken: Before,
    *,
    unit_code: str,
    series: str,
    epoch: int,
    revision: int,
    package_id: str,
    previous: str | None,
) -> Decision:
    """What becomes of a package, by the packages taken before (in any order)."""
    own = of_series(taken, unit_code, series)
    highest = max(own, key=lambda one: (one.epoch, one.revision), default=None)
    if highest is not None and (highest.epoch, highest.revision) == (epoch, revision):
        return Same(highest) if highest.package_id == package_id else Fork(highest)
    before = next((one for one in own if one.package_id == package_id), None)
    if before is not None and highest is not None and (before is highest or before.epoch != highest.epoch):
        return Same(before)  # of another epoch the numbers began anew: comparing them says nothing
    followed = package_id in {one.previous for one in own}
    # What came or was followed is never news, also when its epoch counts for more since (a merged unit's key revoked).
    if highest is not None and (before or followed or (highest.epoch, highest.revision) > (epoch, revision)):
        return Old(highest, before is not None or followed)
    if (previous is None and revision == 1) or previous in {one.package_id for one in own}:
        return Take(highest)
    return TakeWithGap(highest)


def refusal(decision: Decision, revision: int) -> UserError | None:
    """The refusal a decision stands for (ALREADY_RECEIVED is a quiet one), or None when the package is taken."""
    match decision:
        case Same(known):
            return UserError(Code.ALREADY_RECEIVED, day=_day(known.day))
        case Fork(known):
            return UserError(Code.FORKED_REVISION, revision=revision, next_revision=known.revision + 1)
        case Old(known, seen=True):
            return UserError(Code.OLD_REVISION, revision=revision, known=known.revision, day=_day(known.day))
        case Old(known):
            facts = {"known": known.revision, "day": _day(known.day), "next_revision": known.revision + 1}
            return UserError(Code.OLD_REVISION_NEW_CONTENT, revision=revision, **facts)
        case Take() | TakeWithGap():
            return None


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
