"""The country's own list: provinces and communes of today, what stood before 1 July 2025, and what became of it.

Source: resources/units (Quyết định 19/2025/QĐ-TTg). A code of before may be the code of another commune today: each
function says which of the two lists it looks in. Read when first asked for, never when the window starts.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from hoctap_desktop.foundation import paths
from hoctap_desktop.foundation.text import fold, sort_key, without_marks

SINCE = date(2025, 7, 1)
_LIST_LENGTH = 20
_SIGNS = str.maketrans({"'": "", "’": "", "ʼ": "", "-": " ", "–": " ", ",": " "})


@dataclass(frozen=True)
class Place:
    """A province, a district of before or a commune. code: 2, 3 or 5 digits, text with leading zeros.

    kind: "tỉnh", "thành phố", "xã", "phường", "đặc khu", …; upper: code of what it lies in, "" for a province.
    became: codes of today that took its place, the one that took most first; () for what stands today.
    """

    code: str
    kind: str
    name: str
    upper: str = ""
    became: tuple[str, ...] = ()

    @property
    def full_name(self) -> str:
        """ "xã Hà Thượng"."""
        return f"{self.kind} {self.name}"

    @property
    def stands(self) -> bool:
        return not self.became


@dataclass(frozen=True)
class Hit:
    """A place of today that was searched for. was: the place of before whose name was typed, None for its own name."""

    place: Place
    was: Place | None = None


def provinces() -> tuple[Place, ...]:
    """The 34 of today, by code."""
    return tuple(_provinces().values())


def communes() -> tuple[Place, ...]:
    """The 3,321 of today, by code."""
    return tuple(_communes().values())


def by_code(code: str) -> Place | None:
    """The province or commune of today with this code."""
    return _communes().get(code) or _provinces().get(code)


def before(code: str) -> Place | None:
    """The province, district or commune that had this code until 30 June 2025."""
    return _before().get(code)


def upper(place: Place) -> Place | None:
    """What a place lies in, in its own time."""
    if not place.upper:
        return None
    return _provinces().get(place.upper) if place.stands else _before().get(place.upper)


def successors(code: str) -> tuple[Place, ...]:
    """What took the place of the province, district or commune that had this code before; () for an unknown one."""
    old = before(code)
    return tuple(place for one in (old.became if old else ()) if (place := by_code(one)) is not None)


def predecessors(code: str) -> tuple[Place, ...]:
    """The communes of before that went into this commune of today, whole or in part; for an island its district."""
    return _predecessors().get(code, ())


def search(query: str, limit: int = _LIST_LENGTH) -> tuple[Hit, ...]:
    """Communes and provinces of today by name or by code, best first; where these run out, by a name of before.

    Accents count only when the query has some (domain.md §3). The province may stand behind: "ha thuong thai nguyen".
    """
    words = " ".join(query.split())
    if not words or limit < 1:
        return ()
    if words.isdigit():
        return _by_digits(words, limit)
    wanted = _Wanted(words)
    today, old = wanted.best(_today_keys()), wanted.best(_before_keys()) if wanted.long else ()
    # Whoever types the name of before gets what it became, told by that name.
    offered = [Hit(place) for rank, place in today if rank < _LOOSE]
    offered += [Hit(new, place) for rank, place in old if rank < _LOOSE for new in successors(place.code)]
    offered += [Hit(place) for rank, place in today if rank == _LOOSE]
    offered += [Hit(new, place) for rank, place in old if rank == _LOOSE for new in successors(place.code)]
    found: dict[str, Hit] = {}
    for hit in offered:
        if len(found) == limit:
            break
        found.setdefault(hit.place.code, hit)
    return tuple(found.values())


def _by_digits(digits: str, limit: int) -> tuple[Hit, ...]:
    found = [Hit(place) for place in (*provinces(), *communes()) if place.code.startswith(digits)]
    old = before(digits)
    if old is not None:
        seen = {hit.place.code for hit in found}
        found += [Hit(place, old) for place in successors(digits) if place.code not in seen]
    return tuple(found[:limit])


@dataclass(frozen=True)
class _Key:
    """What of a place is compared, without accents. name: kind and name; behind: what it lies in."""

    place: Place
    name: str
    behind: str


_LOOSE = 3  # every word somewhere, one of them in the name


class _Wanted:
    """Words searched for. Accents, when there are any, are looked at last: few places are left by then."""

    def __init__(self, words: str) -> None:
        plain = without_marks(words)
        self._accents = () if plain == words.lower() else tuple(tidy(fold(words)).split())
        self._words = tidy(plain)
        self.long = len(self._words) > 2

    def best(self, keys: Sequence[_Key]) -> list[tuple[int, Place]]:
        """Those that fit, with their rank: 0 called so, 1 holding the words, 2 holding the letters, 3 loosely."""
        ranked = [(rank, key) for key in keys if (rank := self._rank(key)) is not None and self._accents_fit(key.place)]
        ranked.sort(key=lambda one: (one[0], -len(one[1].place.code), len(one[1].place.name), one[1].place.code))
        return [(rank, key.place) for rank, key in ranked]

    def _rank(self, key: _Key) -> int | None:
        words, name = self._words, key.name
        if words in name:
            if name == words or (name.endswith(f" {words}") and words == tidy(without_marks(key.place.name))):
                return 0
            return 1 if f" {words} " in f" {name} " else 2
        parts, behind = name.split(), key.behind.split()
        told = [word for word in words.split() if any(part.startswith(word) for part in parts)]
        left = [word for word in words.split() if word not in told]
        return _LOOSE if told and all(any(part.startswith(word) for part in behind) for word in left) else None

    def _accents_fit(self, place: Place) -> bool:
        if not self._accents:
            return True
        # "hoà" and "hòa" are one word; the last word may not be typed to its end.
        words = [tidy(fold(one)) for one in (place.full_name, *_behind(place))]
        held = " ".join(words).split()
        return all(any(_begins(word, accent) for word in held) for accent in self._accents)


def _begins(word: str, typed: str) -> bool:
    """fold() puts the tone behind the word: the letters must begin as typed, and a tone that was typed be there."""
    tones = "".join(c for c in typed if unicodedata.combining(c))
    letters = typed[: len(typed) - len(tones)] if tones else typed
    return word == typed or (word.startswith(letters) and (word.endswith(tones) if tones else True))


def _behind(place: Place) -> tuple[str, ...]:
    above = upper(place)
    higher = upper(above) if above is not None else None
    return tuple(one.name for one in (above, higher) if one is not None)


def tidy(text: str) -> str:
    """Without apostrophes and hyphens, which people type in many ways: "Ea H'Leo" is found by "ea hleo"."""
    return " ".join(text.translate(_SIGNS).split())


def in_order(places: Sequence[Place]) -> tuple[Place, ...]:
    """By name, in the Vietnamese order."""
    return tuple(sorted(places, key=lambda place: (sort_key(place.name), place.code)))


# --- read once ----------------------------------------------------------------------------------------------------


def _rows(file: str) -> list[list[str]]:
    text = (paths.resources() / "units" / file).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines()[1:]]


@cache
def _provinces() -> Mapping[str, Place]:
    return {code: Place(code, kind, name) for code, kind, name in _rows("provinces.tsv")}


@cache
def _communes() -> Mapping[str, Place]:
    return {code: Place(code, kind, name, province) for code, kind, name, province in _rows("communes.tsv")}


@cache
def _before() -> Mapping[str, Place]:
    return {
        code: Place(code, kind, name, above, tuple(became.split(",")))
        for code, kind, name, above, became in _rows("before.tsv")
    }


@cache
def _predecessors() -> Mapping[str, tuple[Place, ...]]:
    found: dict[str, list[Place]] = {}
    for wanted in (5, 3):  # a district only where no commune says it
        known = frozenset(found)
        for place in _before().values():
            if len(place.code) == wanted:
                for code in place.became:
                    if code not in known:
                        found.setdefault(code, []).append(place)
    return {code: tuple(places) for code, places in found.items()}


@cache
def _today_keys() -> tuple[_Key, ...]:
    return tuple(_key(place) for place in (*_provinces().values(), *_communes().values()))


@cache
def _before_keys() -> tuple[_Key, ...]:
    return tuple(_key(place) for place in _before().values() if len(place.code) > 2)


def _key(place: Place) -> _Key:
    return _Key(place, tidy(without_marks(place.full_name)), tidy(without_marks(" ".join(_behind(place)))))
