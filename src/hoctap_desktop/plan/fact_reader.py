"""Facts of a plan that become fields standing once, where the page stays the same letter for letter. Pure."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from hoctap_desktop.document.model import Run
from hoctap_desktop.foundation.dates import parse_date, print_date
from hoctap_desktop.foundation.errors import UserError
from hoctap_desktop.plan.outline import Block

_DAY = r"(\d{1,2}/\d{1,2}/\d{4})"
_WEEK = re.compile(rf"[Tt]ừ\s+ngày\s+{_DAY}(?:\s*\([^()]*\))?\s+đến\s+(?:hết\s+)?(?:ngày\s+)?{_DAY}")
_THEME = re.compile(r"[Cc]hủ đề[^“\"]{0,90}[“\"]([^“”\"]{10,300})[”\"]")
_DUE = re.compile(rf"trước\s+ngày\s+{_DAY}")
_PLACE = re.compile(r"[Đđ]ịa điểm\s*:\s*(?:[Tt]ại\s+)?([^\W\d_][^.;()]{4,180}?)\s*(?=[.;(]|$)")
_PAGE_TIME = re.compile(r"\b(\d{1,2}) giờ (\d{2})(?![\d/])")


@dataclass(frozen=True)
class Facts:
    """values: by field id, days as date. body: the blocks with {{fields}} in place of what they print."""

    values: dict[str, object]
    body: tuple[Block, ...]


def find_facts(body: Sequence[Block], has_field: Callable[[str], bool]) -> Facts:
    """The facts of a body; only for fields the form has, only where the print stays the same."""
    blocks = list(body)
    values: dict[str, object] = {}
    for index, id, start, end, value in _found(body):
        if id in values or not has_field(id):
            continue
        changed = _with_field(blocks[index], start, end, id)
        if changed is None:
            continue
        blocks[index] = changed
        values[id] = value
    return Facts(values, tuple(blocks))


def _found(body: Sequence[Block]) -> Iterator[tuple[int, str, int, int, object]]:
    """Block, field, place in the block's text and value of each fact. Later places first: earlier ones stay right."""
    section = ""
    for index, block in enumerate(body):
        text = block.text
        if block.kind == "heading" and len(text) < 120:
            section = text.lower()
        facts: list[tuple[str, int, int, object]] = []
        if week := _WEEK.search(text):
            facts += _day("week.from", week, 1) + _day("week.to", week, 2)
        if theme := _THEME.search(text):
            facts.append(("theme", theme.start(1), theme.end(1), theme[1].strip()))
        if "báo cáo" in text.lower() and (due := _DUE.search(text)):
            facts += _day("report.due", due, 1)
        for id, word in (("opening", "khai mạc"), ("closing", "tổng kết")):
            about = re.search(rf"{word}[^.;]*?ngày\s+{_DAY}", text, re.IGNORECASE)
            if about and not week:
                facts += _day(f"{id}.day", about, 1)
            if (word in section or word in text.lower()) and (hour := _PAGE_TIME.search(text)):
                facts += _time(f"{id}.time", hour)
            if word in section and (place := _PLACE.search(text)):
                facts.append((f"{id}.place", place.start(1), place.end(1), place[1]))
        facts.sort(key=lambda fact: fact[1], reverse=True)
        kept: list[tuple[str, int, int, object]] = []
        for fact in facts:
            if not kept or fact[2] <= kept[-1][1]:
                kept.append(fact)
        for id, start, end, value in kept:
            yield index, id, start, end, value


def _day(id: str, found: re.Match[str], group: int) -> list[tuple[str, int, int, object]]:
    day = same_day(found[group])
    return [(id, found.start(group), found.end(group), day)] if day else []


def _time(id: str, found: re.Match[str]) -> list[tuple[str, int, int, object]]:
    real = int(found[1]) < 24 and int(found[2]) < 60 and found[1] == str(int(found[1]))
    return [(id, found.start(), found.end(), f"{int(found[1]):02d}:{found[2]}")] if real else []


def same_day(words: str) -> date | None:
    """The day, when printing it gives these very letters."""
    try:
        day = parse_date(words)
    except UserError:
        return None
    return day if print_date(day) == words else None


def _with_field(block: Block, start: int, end: int, id: str) -> Block | None:
    """The block with {{id}} instead of its letters start…end; None when they do not stand in one run."""
    at = 0
    runs: list[Run] = []
    done = False
    for run in block.runs:
        if at <= start and end <= at + len(run.text):
            words = f"{run.text[: start - at]}{{{{{id}}}}}{run.text[end - at :]}"
            runs.append(replace(run, text=words))
            done = True
        else:
            runs.append(run)
        at += len(run.text)
    return replace(block, runs=tuple(runs)) if done else None
