"""Cell 9a: "Kính gửi:" of a letter, one office in the same line, several below it under its colon."""

from collections.abc import Iterator
from dataclasses import dataclass

from hoctap_desktop.document.layout import Layout
from hoctap_desktop.document.lines import NO_BREAK, Line, Measure, balanced, broken
from hoctap_desktop.document.model import Addressees, Run
from hoctap_desktop.document.pieces import Keep, Piece, set_line

LEAD = "Kính gửi:"


@dataclass(frozen=True)
class AddresseePart:
    """Lines that stand at one place: `left` points from the margin, or in the middle of the line."""

    lines: tuple[Line, ...]
    left: float = 0.0
    centred: bool = False


def addressee_parts(block: Addressees, layout: Layout, measure: Measure) -> tuple[AddresseePart, ...]:
    """What is printed, part by part; () when there is nobody."""
    look, width = layout.addressees, layout.page.text_width
    to = [each for each in block.to if each.strip()]
    if not to:
        return ()
    if len(to) == 1:
        lines = balanced((Run(f"{LEAD} {to[0]}"),), look.size, width, measure)
        return (AddresseePart(tuple(lines), centred=True),)
    under_colon = look.left + measure(LEAD[:-1], False, False, look.size)
    lead = broken((Run(LEAD),), look.size, width - look.left, measure)
    items = (broken((Run(f"-{NO_BREAK}{each}"),), look.size, width - under_colon, measure) for each in to)
    return (AddresseePart(tuple(lead), look.left), *(AddresseePart(tuple(lines), under_colon) for lines in items))


def addressee_pieces(block: Addressees, layout: Layout, measure: Measure) -> Iterator[Piece]:
    """A piece a line; the first stays with the second, the last has room below."""
    look, width = layout.addressees, layout.page.text_width
    parts = addressee_parts(block, layout, measure)
    lines = [(line, part) for part in parts for line in part.lines]
    for number, (line, part) in enumerate(lines):
        texts = set_line(
            line,
            layout,
            look.size,
            look.pitch,
            left=part.left,
            width=width,
            align="center" if part.centred else "left",
        )
        last = number == len(lines) - 1
        yield Piece(
            look.pitch + (look.gap_below if last else 0.0),
            texts,
            gap=0.0 if number else look.gap,
            keep=Keep.FREE if last else Keep.LINES,
            key=block.key,
        )
