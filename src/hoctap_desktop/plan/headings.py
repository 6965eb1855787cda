"""Headings as they are printed: their numbers, and what of them is bold. The page, its editor and the outline ask here.

"Phụ lục II" begins a text of its own: numbers begin anew, and nothing before it is its neighbour.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from hoctap_desktop.document.numbering import numbers
from hoctap_desktop.plan.outline import Block, Outline

APPENDIX_LINE = re.compile(r"phụ lục(?:\s+(?:số\s+)?([IVXLC]+|\d+))?[.:]?", re.IGNORECASE)
_LONGEST_HEADING = 12  # words; a longer numbered sentence is a point of running text
_LONGEST_SIDEHEAD = 30
_BOLD_LEVELS = 2  # domain.md §2: headings I. and 1. are bold


@dataclass(frozen=True)
class HeadLook:
    """bold: all its words are, else those that were made so; number_bold: its number is.

    runs_on: it is printed as a paragraph that begins with its number ("3. Sở … chỉ đạo …").
    """

    bold: bool
    number_bold: bool
    runs_on: bool = False


def is_appendix_line(block: Block) -> bool:
    """True for a paragraph that only says "Phụ lục" or "Phụ lục II"."""
    return block.kind == "paragraph" and bool(APPENDIX_LINE.fullmatch(block.text.strip()))


def appendix_starts(body: Outline) -> list[int]:
    """Indexes at which an appendix begins after another text."""
    return [index for index, block in enumerate(body) if index and is_appendix_line(block)]


def heading_numbers(body: Outline, scheme: str) -> list[str]:
    """The printed number of each heading, in order; "" where none is printed. KeyError when the scheme is unknown."""
    found: list[str] = []
    levels: list[tuple[int, str | None]] = []
    for block in body:
        if block.kind == "heading":
            levels.append((block.level, block.number))
        elif levels and is_appendix_line(block):
            found += numbers(levels, scheme)
            levels = []
    return [*found, *numbers(levels, scheme)]


def heading_looks(body: Outline) -> dict[int, HeadLook]:
    """How the heading at each index is printed."""
    points = points_of(body)
    return {index: _look(block, index in points) for index, block in enumerate(body) if block.kind == "heading"}


def _look(block: Block, point: bool) -> HeadLook:
    styled = any(run.bold for run in block.runs)
    if styled and all(run.bold or not run.text.strip() for run in block.runs):
        return HeadLook(bold=True, number_bold=True)
    if styled or point:
        return HeadLook(bold=False, number_bold=bool(block.runs) and block.runs[0].bold, runs_on=True)
    bold = block.level <= _BOLD_LEVELS
    return HeadLook(bold, bold)


def points_of(body: Outline) -> frozenset[int]:
    """Indexes of the headings that are numbered sentences and so print as running text, not bold.

    Such is a heading below the first level without text under it that is long and ends like a sentence; its
    plain sisters under the same heading go with it, so that a list of points looks the same from first to last.
    """
    sisters: dict[int, list[int]] = {}
    above: list[int] = []
    top = -1  # what the headings of the first level stand under
    for index, block in enumerate(body):
        if block.kind == "heading":
            above = [i for i in above if body[i].level < block.level]
            sisters.setdefault(above[-1] if above else top, []).append(index)
            above.append(index)
        elif above and is_appendix_line(block):
            above, top = [], -1 - index
    return frozenset(
        index for family in sisters.values() if any(_is_sentence(body, i) for i in family) for index in family
    )


def _is_sentence(body: Outline, index: int) -> bool:
    block = body[index]
    if block.level == 1 or any(run.bold for run in block.runs):
        return False
    count = len(block.text.split())
    return count > _LONGEST_SIDEHEAD or (
        count > _LONGEST_HEADING and block.text.rstrip()[-1:] in ".;,…" and _is_leaf(body, index)
    )


def _is_leaf(body: Sequence[Block], index: int) -> bool:
    """True for a heading without text under it."""
    after = body[index + 1] if index + 1 < len(body) else None
    if after is None or after.kind == "table" or is_appendix_line(after):
        return True
    return after.kind == "heading" and after.level <= body[index].level
