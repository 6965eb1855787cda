"""Numbers and bullets Word counts by itself (word/numbering.xml): 1., I., a), 1.1., -, +."""

from dataclasses import dataclass, field
from typing import Any

from hoctap_desktop.document.numbering import LATIN_LETTERS, letter, roman

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS = 9
_HIGHEST = 10_000
# Bullets of Word's own lists, by depth, as an office types them; "•" is left to whoever prints it.
_MARKS = ("•", "+", "*")
_KEPT = "-+*–—•"


@dataclass(frozen=True)
class Label:
    """text: as printed before the paragraph, "" for none. replaced: the sign that became another mark."""

    text: str = ""
    replaced: str = ""


@dataclass(frozen=True)
class _Level:
    start: int = 1
    style: str = "decimal"
    pattern: str = ""
    paragraph_style: str = ""
    restarts: bool = True
    legal: bool = False


@dataclass
class _List:
    levels: dict[int, _Level] = field(default_factory=dict)
    counters: dict[int, int] = field(default_factory=dict)


class WordNumbers:
    """The lists of one document; next_label counts them on in the order of its paragraphs."""

    def __init__(self, root: Any) -> None:
        self._lists: dict[str, _List] = {}
        self._numbers: dict[str, tuple[str, dict[int, int]]] = {}
        self._begun: set[str] = set()
        if root is None:
            return
        linked: dict[str, str] = {}
        by_style: dict[str, str] = {}
        for found in root.iter(f"{_W}abstractNum"):
            id = found.get(f"{_W}abstractNumId") or ""
            self._lists[id] = _List(dict(map(_level, found.findall(f"{_W}lvl"))))
            if (link := found.find(f"{_W}numStyleLink")) is not None:
                linked[id] = link.get(f"{_W}val") or ""
            if (name := found.find(f"{_W}styleLink")) is not None:
                by_style[name.get(f"{_W}val") or ""] = id
        for found in root.iter(f"{_W}num"):
            of = found.find(f"{_W}abstractNumId")
            id = of.get(f"{_W}val") if of is not None else ""
            id = by_style.get(linked.get(id, ""), id)
            begins = {}
            for override in found.findall(f"{_W}lvlOverride"):
                start = override.find(f"{_W}startOverride")
                if start is not None:
                    begins[_whole(override.get(f"{_W}ilvl"), 0)] = _whole(start.get(f"{_W}val"), 1)
            self._numbers[found.get(f"{_W}numId") or ""] = (id, begins)

    def level_of_style(self, number: str | None, style: str) -> str | None:
        """The level a paragraph style stands for in its list, None when the list does not say."""
        levels = self._list(number).levels
        return next((str(n) for n, level in levels.items() if level.paragraph_style == style), None)

    def _list(self, number: str | None) -> _List:
        return self._lists.get(self._numbers.get(number or "", ("", {}))[0], _List())

    def next_label(self, number: str | None, level: str | None) -> Label:
        """What Word prints before the next paragraph of list `number` (w:numId) at `level` (w:ilvl)."""
        found = self._list(number)
        place = min(_whole(level, 0), _LEVELS - 1)
        if number is None or place not in found.levels:
            return Label()
        if number not in self._begun:
            self._begun.add(number)
            for at, first in self._numbers[number][1].items():
                found.counters[at] = first - 1
        own = found.levels[place]
        if own.style == "bullet":
            return _bullet(own.pattern, place)
        found.counters[place] = min(found.counters.get(place, own.start - 1) + 1, _HIGHEST)
        for deeper in range(place + 1, _LEVELS):
            if deeper in found.counters and found.levels.get(deeper, own).restarts:
                del found.counters[deeper]
        text = own.pattern
        for at in range(_LEVELS):
            if f"%{at + 1}" in text:
                level_at = found.levels.get(at, own)
                count = found.counters.get(at, level_at.start)
                text = text.replace(f"%{at + 1}", _written(count, "decimal" if own.legal else level_at.style))
        return Label(text.strip())


def _level(found: Any) -> tuple[int, _Level]:
    def value(name: str) -> str | None:
        inner = found.find(f"{_W}{name}")
        return None if inner is None else inner.get(f"{_W}val")

    legal = found.find(f"{_W}isLgl")
    return _whole(found.get(f"{_W}ilvl"), 0), _Level(
        start=_whole(value("start"), 0 if value("start") == "0" else 1),
        style=value("numFmt") or "decimal",
        pattern=(value("lvlText") or "")[:40],
        paragraph_style=value("pStyle") or "",
        restarts=value("lvlRestart") != "0",
        legal=legal is not None and legal.get(f"{_W}val") not in ("0", "false"),
    )


def _whole(words: str | None, otherwise: int) -> int:
    return min(int(words), _HIGHEST) if words and words.isdecimal() else otherwise


def _bullet(sign: str, place: int) -> Label:
    sign = sign.strip()
    if sign and sign in _KEPT:
        return Label(sign)
    mark = _MARKS[min(place, len(_MARKS) - 1)]
    # symbol fonts keep their signs where no letter is
    shown = "•" if not sign or "\ue000" <= sign[0] <= "\uf8ff" else sign
    return Label(mark, "" if mark == "•" else shown)


def _written(count: int, style: str) -> str:
    match style:
        case "upperRoman":
            return roman(count)
        case "lowerRoman":
            return roman(count).lower()
        case "upperLetter":
            return letter(count, LATIN_LETTERS).upper()
        case "lowerLetter":
            return letter(count, LATIN_LETTERS)
        case "decimalZero":
            return f"{count:02d}"
        case "none":
            return ""
        case _:
            return str(count)
