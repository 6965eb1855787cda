"""What is drawn, as data: texts and rules in pieces that are never split, and pieces stacked into pages. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from hoctap_desktop.document.layout import Layout
from hoctap_desktop.document.lines import Line


@dataclass(frozen=True)
class Text:
    """Text in one style; x from the left margin, y of the base line downwards, points. spacing: added to each space.

    cell: in a row of a table, which one, from 0; in a bullet 0 for its mark, 1 for its text.
    """

    x: float
    y: float
    text: str
    size: float
    bold: bool = False
    italic: bool = False
    spacing: float = 0.0
    cell: int = 0


@dataclass(frozen=True)
class Rule:
    """A straight line; x from the left margin, y downwards, points. grey: 0 black to 1 white."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float
    grey: float = 0.0
    dashed: bool = False


Item = Text | Rule


# What a piece is, beside PDF's own P, H1 …: rows of a table, lines of a bullet. "" is not read aloud.
ROW, HEAD_ROW, BULLET = "TR", "TH", "LI"


class Keep(IntEnum):
    """How strongly a piece stays on the page of the one after it. The weaker gives way when all does not fit."""

    FREE = 0
    LINES = 1  # the first and last lines of a paragraph
    HEADING = 2  # a heading and what it heads
    ALWAYS = 3  # what is read before a signature; a table's head


@dataclass(frozen=True)
class Piece:
    """Something that stands on one page whole. items: y counted from the piece's top.

    gap: free space above it, but not at the head of a page. head: printed above it when it begins a page (the head
    row of a table). bookmark: level and text in the PDF's outline. tag: what it is, for who has the page read aloud;
    block: pieces with one number are one part of the document; cells: of a row, how many; depth: of a bullet, from 1.
    """

    height: float
    items: tuple[Item, ...]
    gap: float = 0.0
    keep: Keep = Keep.FREE
    key: str = ""
    new_page: bool = False
    head: "Piece | None" = None
    bookmark: tuple[int, str] | None = None
    tag: str = "P"
    block: int = 0
    cells: int = 0
    depth: int = 0


@dataclass(frozen=True)
class Placed:
    """A piece on its page; top: points below the upper edge of the text."""

    piece: Piece
    top: float

    @property
    def bottom(self) -> float:
        return self.top + self.piece.height


Page = tuple[Placed, ...]


def paginate(pieces: Sequence[Piece], height: float) -> tuple[Page, ...]:
    """Pages of at most `height` points, filled from the top, kept together as the pieces ask; at least one page."""
    pages = _Pages(height)
    for group in _groups(pieces, Keep.FREE):
        pages.place(group, Keep.FREE)
    return tuple(tuple(page) for page in pages.done)


class _Pages:
    """Pages being filled."""

    def __init__(self, height: float) -> None:
        self.height = height
        self.done: list[list[Placed]] = [[]]

    def place(self, group: Sequence[Piece], strength: Keep) -> None:
        """Puts the group on this page, else on a new one; when no page can hold it, its weaker bonds give way."""
        if group[0].new_page and self.done[-1]:
            self.done.append([])
        if self._fits(group, self._used()):
            self._put(group)
        elif self._fits(group, 0.0):
            self.done.append([])
            self._put(group)
        elif strength < Keep.ALWAYS:
            for part in _groups(group, Keep(strength + 1)):
                self.place(part, Keep(strength + 1))
        elif len(group) > 1:
            for piece in group:
                self.place([piece], strength)
        else:
            if self.done[-1]:
                self.done.append([])
            self._put(group)

    def _used(self) -> float:
        return self.done[-1][-1].bottom if self.done[-1] else 0.0

    def _fits(self, group: Sequence[Piece], used: float) -> bool:
        needed = used
        for piece in group:
            if needed == 0.0:
                needed += piece.head.height if piece.head else 0.0
            else:
                needed += piece.gap
            needed += piece.height
        return needed <= self.height + 0.01  # a hundredth of a point is rounding, not space

    def _put(self, group: Sequence[Piece]) -> None:
        for piece in group:
            page = self.done[-1]
            if page:
                page.append(Placed(piece, self._used() + piece.gap))
                continue
            if piece.head:
                page.append(Placed(replace(piece.head, key="", tag=""), 0.0))
            page.append(Placed(piece, self._used()))


def _groups(pieces: Sequence[Piece], strength: Keep) -> Iterator[list[Piece]]:
    """Pieces that stay together by a bond stronger than `strength`."""
    group: list[Piece] = []
    for piece in pieces:
        if group and (group[-1].keep <= strength or piece.new_page):
            yield group
            group = []
        group.append(piece)
    if group:
        yield group


def lowered(item: Item, down: float) -> Item:
    """The item `down` points further down."""
    match item:
        case Text(y=y):
            return replace(item, y=y + down)
        case Rule(y1=y1, y2=y2):
            return replace(item, y1=y1 + down, y2=y2 + down)


def set_line(
    line: Line, layout: Layout, size: float, pitch: float, *, top: float = 0.0, left: float = 0.0, width: float = 0.0,
    align: str = "left", stretch: float = 0.0, cell: int = 0,
) -> tuple[Text, ...]:  # fmt: skip
    """A line as texts. left, width: where it stands; align: left, center, right, justify (but a paragraph's last line,
    and lines that would gape by more than `stretch` a space)."""
    free = width - line.width
    spacing = 0.0
    if align == "center":
        left += free / 2
    elif align == "right":
        left += free
    elif align == "justify" and not line.last and line.spaces and 0 < free / line.spaces <= stretch:
        spacing = free / line.spaces
    y = top + layout.baseline(size, pitch)
    return tuple(
        Text(left + span.x + spacing * span.spaces, y, span.text, size, span.bold, span.italic, spacing, cell)
        for span in line.spans
    )
