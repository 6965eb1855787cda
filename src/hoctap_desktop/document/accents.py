"""Accents on letters that Unicode has no single sign for (ê̆ and ơ̆ of Ê Đê names), placed by the ink of both. Pure.

The font has the signs but no anchors for them on ê, ô, ơ, ư: drawn one after the other they would lie in each other.
"""

import math
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from hoctap_desktop.foundation.text import to_nfc

_ABOVE, _BELOW = 230, 220  # canonical combining classes
_DOTLESS = {"i": "ı", "j": "ȷ"}


@dataclass(frozen=True)
class Ink:
    """Where a glyph has ink: thousandths of the type size from its origin, y upwards."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    @property
    def height(self) -> float:
        return self.top - self.bottom


@dataclass(frozen=True)
class Accent:
    """A sign and how far its origin stands from that of its letter: thousandths of the type size, y upwards."""

    sign: str
    x: float
    y: float


InkOf = Callable[[str], Ink]


def has_accents(text: str) -> bool:
    """True when `text` (NFC) holds signs that have to be placed."""
    return any(map(unicodedata.combining, text))


def can_be_placed(sign: str) -> bool:
    """True for signs that stand above or below their letter, free of it."""
    return unicodedata.combining(sign) in (_ABOVE, _BELOW)


def clusters(text: str) -> list[str]:
    """`text` in letters, each with the signs that belong to it."""
    found: list[str] = []
    for letter in text:
        if found and unicodedata.combining(letter):
            found[-1] += letter
        else:
            found.append(letter)
    return found


def drawn_letter(cluster: str) -> str:
    """The letter of a cluster as drawn: i and j lose their dot under an accent."""
    above = any(unicodedata.combining(sign) == _ABOVE for sign in cluster[1:])
    return _DOTLESS.get(cluster[0], cluster[0]) if above else cluster[0]


def place_accents(cluster: str, ink: InkOf, slope: float) -> tuple[Accent, ...]:
    """Where the signs of a cluster stand. slope: how many degrees the face leans to the right.

    A sign stands in the middle of the letter itself (of the o in ơ, not of o and horn), above or below all ink that
    is there already, as far away as the breve of the font's own ă is from its a.
    """
    letter = drawn_letter(cluster)
    body = ink(to_nfc(unicodedata.normalize("NFD", letter)[0]))
    whole = ink(letter)
    free = ink("ă").top - ink("\u0306").height - ink("a").top
    top, bottom = whole.top, whole.bottom
    accents = []
    for sign in cluster[1:]:
        own = ink(sign)
        if unicodedata.combining(sign) == _ABOVE:
            y = top + free - own.bottom
            top += free + own.height
        else:
            y = bottom - free - own.top
            bottom -= free + own.height
        lean = math.tan(math.radians(slope)) * (y + (own.top + own.bottom - body.top - body.bottom) / 2)
        accents.append(Accent(sign, body.middle + lean - own.middle, y))
    return tuple(accents)
