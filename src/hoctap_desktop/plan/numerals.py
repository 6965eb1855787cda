"""Numbers at the head of a line: Phần I, A., I., 1., 1.1., a), (1). Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

# The order of these names is the order of depth in a document.
KINDS = ("part", "upper", "roman", "arabic", "decimal2", "decimal3", "decimal4", "bracket", "lower")
_PATTERNS = (
    (
        "part",
        re.compile(r"((?:Phần|PHẦN|Chương|CHƯƠNG)\s+(?:thứ\s+)?([IVXLC]+|\d{1,2}|nhất|hai|ba|tư)\s*[.:\-–]?)\s*(?=\S)"),
    ),
    ("roman", re.compile(r"([IVXLC]{1,7}\s*[.)/]|[IVXLC]{1,7}\s*[-–:](?=\s))\s*(?=\S)")),
    ("upper", re.compile(r"([A-HĐ]\s*[.)/])\s*(?=\S)")),
    ("decimal", re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,3}[.)]?)(?:\s+|(?<=[.)]))(?=[^\W\d_]|[“\"(])")),
    ("arabic", re.compile(r"(\d{1,2}\s*[.)/])\s*(?=[^\W\d_]|[“\"(])|(\d{1,2}\s*[-–])\s+(?=[^\W\d_])")),
    ("bracket", re.compile(r"(\(\d{1,2}\)|\([a-zđ]\))\s*(?=\S)")),
    ("lower", re.compile(r"([a-zđ]\s*[.)/])\s+(?=\S)|([a-zđ]\))(?=\S)")),
)
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_VIETNAMESE = "abcdđeghiklmnopqrstuvxy"


@dataclass(frozen=True)
class Numeral:
    """kind: one of KINDS. text: as written ("2.1", "a)"). length: letters it takes of the line, spaces behind too."""

    kind: str
    text: str
    length: int


def numeral(words: str) -> Numeral | None:
    """The number `words` (no bold, no italics) begins with, if any."""
    for kind, pattern in _PATTERNS:
        found = pattern.match(words)
        if not found or found.end() >= len(words):
            continue
        text = next(group for group in found.groups() if group).strip()
        if kind == "decimal":
            kind = f"decimal{text.strip('.)').count('.') + 1}"
        if kind in ("roman", "arabic", "upper", "part") and words[found.end()].islower():
            continue
        return Numeral(kind, text, found.end())
    return None


def with_letters(numerals: Sequence[Numeral | None]) -> tuple[Numeral | None, ...]:
    """C., D. and I. are letters where A. and B. came before, else Roman numbers."""
    letters = [n.text[0] for n in numerals if n and n.kind == "upper"]
    fixed: list[Numeral | None] = []
    expected = ""
    for found in numerals:
        if found and found.kind == "upper":
            expected = _next_letter(found.text[0])
        elif (
            found and found.kind == "roman" and letters and found.text[0] == expected and not found.text[1:2].isalpha()
        ):
            found = Numeral("upper", found.text, found.length)
            expected = _next_letter(expected)
        fixed.append(found)
    return tuple(fixed)


def _next_letter(letter: str) -> str:
    return "ABCDEGHIK"[("ABCDEGHIK".find(letter) + 1) % 9]


def value(found: Numeral) -> int:
    """What the number counts, of its own level: "2.3." -> 3, "IV." -> 4, "c)" -> 3; 0 when it says nothing."""
    last = re.split(r"[.\s]+", found.text.strip(" .)/(:-–"))[-1]
    if last.isdigit():
        return int(last)
    if last and all(letter in _ROMAN for letter in last) and found.kind in ("roman", "part"):
        worth = [_ROMAN[letter] for letter in last]
        return sum(-a if any(b > a for b in worth[i + 1 : i + 2]) else a for i, a in enumerate(worth))
    return _LETTERS.find(last.lower()) + 1 if len(last) == 1 else 0


def follows(before: Numeral | None, found: Numeral) -> bool:
    """True when `found` may come next in its list: 1 after none, else one more; letters with or without đ."""
    if value(found) == 0 and found.text[0].lower() != "đ":
        return True
    if before is None:
        return value(found) == 1
    if found.kind in ("lower", "upper", "bracket"):
        a, b = before.text.strip("()")[0].lower(), found.text.strip("()")[0].lower()
        if a.isalpha() and b.isalpha():
            return any(row.find(b) == row.find(a) + 1 for row in (_LETTERS, _VIETNAMESE) if a in row and b in row)
    return value(found) == value(before) + 1
