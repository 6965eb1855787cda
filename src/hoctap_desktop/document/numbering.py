"""Heading numbers: computed, never typed. Schemes are data; a printed number may be overridden."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

# The letters of points in official documents: the Vietnamese alphabet without ă â ê ô ơ ư (a, b, c, d, đ, e, g …).
VIETNAMESE_LETTERS = "abcdđeghiklmnopqrstuvxy"
# Some offices leave đ out (a, b, c, d, e): Đắk Lắk does.
LATIN_LETTERS = "abcdefghijklmnopqrstuvwxyz"

# One pattern per heading level. {level:style}: the counter of that level, written as I, 1, a (with đ) or z (without).
SCHEMES: Mapping[str, tuple[str, ...]] = {
    "decree": ("{1:I}.", "{2:1}.", "{3:a})", "-"),
    "decree_latin": ("{1:I}.", "{2:1}.", "{3:z})", "-"),
    "decimal": ("{1:I}.", "{2:1}.", "{2:1}.{3:1}.", "{2:1}.{3:1}.{4:1}."),
}

_SLOT = re.compile(r"\{(\d):([I1az])\}")
_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL")),
    *((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)


def numbers(levels: Sequence[tuple[int, str | None]], scheme: str) -> list[str]:
    """The printed number of each heading ("I.", "2.", "b)"), "" where none is printed.

    levels: (level from 1, override) per heading in order; override None computes, "" prints none and counts nothing,
    other text is printed as it is. What follows an override that fits the scheme counts on from it, as after a
    number set by hand in a word processor: "III." again is followed by "IV.", "4." by "4.1.".
    Levels deeper than the scheme use its last pattern. KeyError when the scheme is unknown.
    """
    patterns = SCHEMES[scheme]
    counters = [0] * len(patterns)
    printed = []
    for level, override in levels:
        place = min(max(level, 1), len(patterns))
        counters[place:] = [0] * (len(patterns) - place)
        if override == "":
            printed.append("")
            continue
        counters[place - 1] += 1
        if override is not None:
            counters[place - 1] = _value(override, patterns[place - 1], place) or counters[place - 1]
        printed.append(_SLOT.sub(_written(counters), patterns[place - 1]) if override is None else override)
    return printed


def roman(value: int) -> str:
    """1 -> "I"."""
    text = ""
    for worth, letters in _ROMAN:
        text += letters * (value // worth)
        value %= worth
    return text


def letter(value: int, row: str = VIETNAMESE_LETTERS) -> str:
    """1 -> "a", 5 -> "đ"; after the last letter "aa", "ab" …"""
    text = ""
    while value > 0:
        value, place = divmod(value - 1, len(row))
        text = row[place] + text
    return text


_STYLES: Mapping[str, Callable[[int], str]] = {
    "I": roman,
    "1": str,
    "a": letter,
    "z": lambda value: letter(value, LATIN_LETTERS),
}
_HIGHEST = 200  # no document has more headings of one level


def _written(counters: Sequence[int]) -> Callable[[re.Match[str]], str]:
    """Writes one slot. A level that was skipped reads as 1: a heading "1.1." may stand under no "1."."""
    return lambda slot: _STYLES[slot[2]](max(counters[int(slot[1]) - 1], 1))


@lru_cache(maxsize=2048)
def _value(override: str, pattern: str, level: int) -> int | None:
    """The counter of `level` that an override says, or None when it does not fit the pattern."""
    own = next((slot for slot in _SLOT.finditer(pattern) if int(slot[1]) == level), None)
    if own is None:
        return None
    said = re.split(r"[.\s]+", override.strip().rstrip(".)"))[-1]
    write = _STYLES[own[2]]
    return next((n for n in range(1, _HIGHEST) if write(n) == said), None)
