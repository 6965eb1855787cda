"""A document as boxes of text in rows, the way a sheet holds a page. Pure; sheet_page.py writes them down.

What stands where is word_flow's. A sheet knows no paragraphs that go over pages and no head row of one table among
others: so the rows are put on pages here, and a table's head is a row again where a page begins with its rows.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from hoctap_desktop.document import word_styles as styles
from hoctap_desktop.document.layout import Layout, PageSize
from hoctap_desktop.document.lines import NO_BREAK, Line, Measure, broken
from hoctap_desktop.document.model import Document, Run, Runs
from hoctap_desktop.document.pieces import Keep, Piece, paginate
from hoctap_desktop.document.word_flow import word_flow
from hoctap_desktop.document.word_parts import WordCell, WordGrid, WordParagraph, WordRow, WordSection

_STEP = 0.75  # heights of rows are whole dots of a screen
_TALLEST = 400.0  # a row of a sheet is at most 409.5 points high
# Another program measures letters a little wider than we do and leaves room at a cell's edges: a line more is better
# than a line cut off.
_PLAY, _INSET = 0.99, 3.0
_LINE = 1.2  # of the type size: from line to line inside a cell, which has no spacing of its own
_SAME = 0.4  # edges nearer than this are one
_FOOT_SHARE = 0.8  # of a page: recipients that need more go on below


@dataclass(frozen=True)
class Box:
    """Text in a rectangle. left, right: points from the left margin; first, last: rows of its block, from 0.

    A line end in a run ends the line. under: width of a rule along the lower edge; bordered: a table's cell.
    """

    left: float
    right: float
    first: int
    last: int
    runs: Runs = ()
    size: float = 0.0
    align: styles.Align = "left"
    wrapped: bool = True
    bordered: bool = False
    under: float = 0.0


@dataclass(frozen=True)
class SheetBlock:
    """Rows that stand on one page. heights: of each row, points; head: printed above it at the head of a page."""

    heights: tuple[float, ...]
    boxes: tuple[Box, ...] = ()
    keep: Keep = Keep.FREE
    new_page: bool = False
    head: "SheetBlock | None" = None

    @property
    def height(self) -> float:
        return sum(self.heights)


@dataclass(frozen=True)
class SheetSection:
    """Pages of one size, each its blocks from above."""

    page: PageSize
    pages: tuple[tuple[SheetBlock, ...], ...]


def sheet_flow(document: Document, layout: Layout, measure: Measure) -> Iterator[SheetSection]:
    """Everything between the margins, in reading order."""
    for section in word_flow(document, layout, measure):
        blocks = list(_Blocks(section, layout, measure).made())
        yield SheetSection(section.page, tuple(_pages(blocks, section.page.text_height)))


def _pages(blocks: Sequence[SheetBlock], height: float) -> Iterator[tuple[SheetBlock, ...]]:
    pieces = [
        Piece(
            block.height, (), keep=block.keep, key=str(number), new_page=block.new_page,
            head=Piece(block.head.height, ()) if block.head else None,
        )
        for number, block in enumerate(blocks)
    ]  # fmt: skip
    # what rounds up elsewhere must not push a row over the edge we broke at
    for page in paginate(pieces, height - _INSET):
        found: list[SheetBlock] = []
        for placed in page:
            if placed.piece.key:
                block = blocks[int(placed.piece.key)]
                if not found and block.head and page[0].piece.key == "":
                    found.append(block.head)
                found.append(block)
        yield tuple(found)


class _Blocks:
    """One section on its way into blocks."""

    def __init__(self, section: WordSection, layout: Layout, measure: Measure) -> None:
        self._section, self._layout, self._measure = section, layout, measure
        self._styles = {style.id: style for style in styles.styles(layout)}
        self._width = section.page.text_width

    def made(self) -> Iterator[SheetBlock]:
        for part in self._section.parts:
            if isinstance(part, WordParagraph):
                yield from self._paragraph(part)
            elif part.bordered:
                yield from self._table(part)
            else:
                for row in part.rows:
                    yield from self._side_by_side(part, row)

    # --- paragraphs ----------------------------------------------------------------------------------------------

    def _paragraph(self, paragraph: WordParagraph) -> Iterator[SheetBlock]:
        style = self._styles[paragraph.style]
        before = style.before if paragraph.before is None else paragraph.before
        keep = Keep.ALWAYS if paragraph.keep else Keep.HEADING if style.keep else Keep.FREE
        if not paragraph.lines and not paragraph.under:
            if paragraph.new_page or paragraph.pitch:  # a spacer, where it does something
                space = before + (paragraph.pitch or 0.0)
                yield SheetBlock((_whole(space),), keep=Keep.ALWAYS, new_page=paragraph.new_page)
            return
        parts = self._set(paragraph, 0.0, self._width)
        for number, (box, height) in enumerate(parts):
            heights = [height + (0.0 if number else before)]
            if number == len(parts) - 1 and paragraph.after:
                heights.append(paragraph.after)
            yield SheetBlock(
                tuple(map(_whole, heights)), (box,), keep if number == len(parts) - 1 else Keep.LINES,
                new_page=paragraph.new_page and number == 0,
            )  # fmt: skip

    def _set(self, paragraph: WordParagraph, left: float, right: float) -> list[tuple[Box, float]]:
        """A paragraph between two edges as a box and its height; as several when no row is high enough for it."""
        style = self._styles[paragraph.style]
        size, pitch = paragraph.size or style.size, paragraph.pitch or style.pitch
        if paragraph.under:
            rule = Box(left + (paragraph.left or 0.0), right - (paragraph.right or 0.0), 0, 0, under=paragraph.under)
            return [(rule, pitch)]
        align = paragraph.align or style.align
        first = style.first if paragraph.first is None else paragraph.first
        box = Box(left, right, 0, 0, size=size, align=align)
        lines = [_styled(runs, style) for runs in paragraph.lines]
        line_height = min(pitch, size * _LINE)
        if (paragraph.left or 0.0) < 0:  # names and dates: each line a cell, out over the edge by a hair
            return [(replace(box, runs=runs, wrapped=False), pitch) for runs in lines]
        if len(lines) > 1:
            joined = tuple(run for number, runs in enumerate(lines) for run in (*_line_end(number), *runs))
            return [(replace(box, runs=joined), line_height * len(lines))]
        runs = lines[0] if lines else ()
        room = (right - left) * _PLAY - _INSET
        found = broken(runs, size, room, self._measure, indent=first)
        per_row = max(int(_TALLEST // line_height), 1)
        if len(found) <= per_row:
            indent = self._indent(first, size)
            height = pitch if len(found) < 2 else line_height * len(found)
            return [(replace(box, runs=(*indent, *runs)), height)]
        made = []
        for start in range(0, len(found), per_row):
            part = found[start : start + per_row]
            indent = self._indent(first, size) if start == 0 else ()
            made.append((replace(box, runs=(*indent, *_joined(part))), line_height * len(part)))
        return made

    def _indent(self, first: float, size: float) -> Runs:
        """A cell has no indent for its first line alone: so many spaces."""
        count = round(first / self._measure(" ", False, False, size))
        return (Run(NO_BREAK * count),) if count > 0 else ()

    # --- tables --------------------------------------------------------------------------------------------------

    def _table(self, grid: WordGrid) -> Iterator[SheetBlock]:
        head: SheetBlock | None = None
        for number, row in enumerate(grid.rows):
            parts = list(self._table_row(grid, row))
            if row.head:
                head = replace(parts[0], keep=Keep.ALWAYS)
                yield from (head, *(replace(part, keep=Keep.ALWAYS) for part in parts[1:]))
                continue
            bond = Keep.ALWAYS if number == len(grid.rows) - 1 else Keep.LINES
            yield from (replace(part, head=head) for part in parts[:-1])
            yield replace(parts[-1], head=head, keep=bond if row.keep else Keep.FREE)

    def _table_row(self, grid: WordGrid, row: WordRow) -> Iterator[SheetBlock]:
        look = self._layout.table
        cells = list(self._cells(grid, row))
        count = max((len(lines) for _, lines in cells), default=0)
        per_row = int((_TALLEST - 2 * look.padding_y) // look.pitch)
        if count <= per_row:
            height = _whole(max(count, 1) * look.pitch + 2 * look.padding_y)
            yield SheetBlock((height,), tuple(box for box, _ in cells))
            return
        for start in range(0, count, per_row):
            rest = min(count - start, per_row)
            boxes = tuple(replace(box, runs=_joined(lines[start : start + per_row])) for box, lines in cells)
            yield SheetBlock((_whole(rest * look.pitch + 2 * look.padding_y),), boxes)

    def _cells(self, grid: WordGrid, row: WordRow) -> Iterator[tuple[Box, list[Line]]]:
        """The cells with their lines. In a heading inside the table a cell takes in the empty ones after it."""
        left, number = 0.0, 0
        while number < len(row.cells):
            (paragraph,) = row.cells[number].paragraphs
            style = self._styles[paragraph.style]
            runs = tuple(run for line in paragraph.lines for run in _styled(line, style))
            right, number = left + grid.widths[number], number + 1
            while row.group and runs and number < len(row.cells) and _is_empty(row.cells[number]):
                right, number = right + grid.widths[number], number + 1
            box = Box(left, right, 0, 0, runs, style.size, paragraph.align or style.align, bordered=True)
            room = right - left - 2 * self._layout.table.padding_x
            yield box, broken(runs, style.size, room, self._measure)
            left = right

    # --- letterhead, recipients and signature --------------------------------------------------------------------

    def _side_by_side(self, grid: WordGrid, row: WordRow) -> Iterator[SheetBlock]:
        """Columns of paragraphs, each at its own height: the rows end wherever a paragraph ends in one of them."""
        most = math.inf if row.whole else self._section.page.text_height * _FOOT_SHARE
        placed: list[tuple[Box, float, float]] = []
        later: list[tuple[Box, float]] = []
        left = 0.0
        for cell, width in zip(row.cells, grid.widths, strict=True):
            top = 0.0
            for paragraph in cell.paragraphs:
                before = paragraph.before
                top += self._styles[paragraph.style].before if before is None else before
                if not paragraph.lines and not paragraph.under:
                    continue
                for box, height in self._set(paragraph, left, left + width - cell.right):
                    if top + height > most:
                        later.append((box, height))
                        continue
                    placed.append((box, top, top + height))
                    top += height
            left += width
        bottom = max(row.height, *(end for _, _, end in placed)) if placed else row.height
        edges = _merged([0.0, bottom, *(top for _, top, _ in placed), *(end for _, _, end in placed)])
        boxes = tuple(
            replace(box, first=_at(edges, top), last=max(_at(edges, end) - 1, _at(edges, top)))
            for box, top, end in placed
        )
        heights = tuple(_whole(end - top) for top, end in pairwise(edges))
        yield SheetBlock(heights, boxes, Keep.ALWAYS if row.keep else Keep.FREE)
        for box, height in later:
            yield SheetBlock((_whole(height),), (box,))


def _whole(points: float) -> float:
    return math.ceil(points / _STEP - 0.01) * _STEP


def _merged(edges: Sequence[float]) -> list[float]:
    """Edges in order, those that are nearly one as one."""
    found: list[float] = []
    for edge in sorted(edges):
        if not found or edge - found[-1] > _SAME:
            found.append(edge)
    return found


def _at(edges: Sequence[float], place: float) -> int:
    return min(range(len(edges)), key=lambda number: abs(edges[number] - place))


def _styled(runs: Runs, style: styles.Style) -> Runs:
    return tuple(Run(run.text, run.bold or style.bold, run.italic or style.italic) for run in runs)


def _line_end(number: int) -> Runs:
    return (Run("\n"),) if number else ()


def _joined(lines: Sequence[Line]) -> Runs:
    """Lines as one text, for the program to break again."""
    found: list[Run] = []
    for number, line in enumerate(lines):
        if number:
            found.append(Run(" "))
        found += [Run(span.text, span.bold, span.italic) for span in line.spans]
    return tuple(found)


def _is_empty(cell: WordCell) -> bool:
    return not any(run.text.strip() for p in cell.paragraphs for line in p.lines for run in line)
