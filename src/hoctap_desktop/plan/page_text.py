"""The one page a clerk writes on: căn cứ, then the text, then nơi nhận. What is stored stays three answers. Pure.

The lines of a list are blocks of a kind of their own, in their fixed place; `joined` is the whole page as one text, for
going back and forth through its states.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from hoctap_desktop.document.model import Run
from hoctap_desktop.foundation.text import clean_line
from hoctap_desktop.plan.outline import Block, Kind, Outline
from hoctap_desktop.plan.pasting import LONGEST_PASTE

BODY = 1  # the group of the text itself; lists stand over it and under it
GROUPS: Mapping[Kind, int] = {"basis": 0, "recipient": 2}
LINE_KINDS: Mapping[int, Kind] = {group: kind for kind, group in GROUPS.items()}
_PART = "\x1e"  # no text that is stored holds it
_LINE_END = re.compile(r"\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
_MARK = re.compile(r"^[-–—•·+*\uf0b7\uf02d\uf0a7]\s+")
_GOES_ON = re.compile(r"[^.;:!?…)”\"»]$")


@dataclass(frozen=True)
class Lines:
    """A list that stands on the page of a text. field: its answer; name: over its lines; hint: while there are none."""

    kind: Kind
    field: str
    name: str
    hint: str = ""


def group_of(kind: str) -> int:
    """0 for lines over the text, BODY for the blocks of the text, 2 for lines under it."""
    return next((group for known, group in GROUPS.items() if known == kind), BODY)


def blank(group: int) -> Block:
    """The empty block of a group: each has one at least."""
    return Block(LINE_KINDS.get(group, "paragraph"))


def line_of(typed: str) -> str:
    """One line of a list, without the dash it may have been written with: the printer puts its own."""
    return _MARK.sub("", clean_line(typed))


def line_block(kind: Kind, line: str) -> Block:
    """The block of a line of a list."""
    return Block(kind, runs=(Run(line),) if line else ())


def has_dash(kind: str, line: str) -> bool:
    """True for a recipient; a line that ends in a colon is the name of a list, and has none on paper either."""
    return kind == "recipient" and not line.rstrip().endswith(":")


def fitted(outline: Outline, group: int) -> Outline:
    """Blocks as they may stand in a group: plain lines in a list, no lines of a list in a text."""
    if group == BODY:
        return tuple(Block("paragraph", runs=one.runs) if one.kind in GROUPS else one for one in outline)
    kind = LINE_KINDS[group]
    return tuple(line_block(kind, line) for one in outline for words in _words(one) if (line := line_of(words)))


def _words(block: Block) -> Iterator[str]:
    if block.kind == "table":
        yield from (" ".join(cell for cell in row if cell) for row in block.rows)
    else:
        yield block.text


def pasted_lines(text: str) -> tuple[str, ...]:
    """The lines of a list in a foreign text: a line that was broken at the width of a page goes on in the next one."""
    text = text[:LONGEST_PASTE].replace("{{", "{ {")
    found: list[str] = []
    for line in _LINE_END.split(text):
        words = line_of(line)
        begins = not words or bool(_MARK.match(clean_line(line)))
        if found and not begins and words[0].islower() and _GOES_ON.search(found[-1]):
            found[-1] = f"{found[-1]} {words}"
        elif words:
            found.append(words)
    return tuple(found)


# --- the whole page as one text ----------------------------------------------------------------------------------


def joined(parts: Mapping[str, str], body: str) -> str:
    """The text of a page by field. A page that is only its body is that text, as it always was."""
    if set(parts) == {body}:
        return parts[body]
    return "".join(f"{_PART}{field}\n{words.replace(_PART, '')}" for field, words in parts.items())


@lru_cache(maxsize=8)
def _split(page: str) -> tuple[tuple[str, str], ...]:
    return tuple((field, words) for field, _, words in (part.partition("\n") for part in page.split(_PART)[1:]))


def split(page: str, body: str) -> dict[str, str]:
    """The parts `joined` made one of. What was kept when the page was only its body says nothing of the lists."""
    return dict(_split(page)) if page.startswith(_PART) else {body: page}
