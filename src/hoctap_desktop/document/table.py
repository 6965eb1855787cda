"""Bordered tables: the head row again on each page, rows never split, unless one is taller than a page."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from hoctap_desktop.document.layout import Layout
from hoctap_desktop.document.lines import Line, Measure, broken, longest_word
from hoctap_desktop.document.model import Bar, Column, Run, Runs, Table, TableRow
from hoctap_desktop.document.pieces import HEAD_ROW, ROW, Item, Keep, Piece, Rule, set_line


def table_pieces(table: Table, layout: Layout, measure: Measure) -> list[Piece]:
    """The head, then a piece per row. A group row stays with the row under it, the last row with the one before."""
    edges = [0.0, *accumulate(column_widths(table, layout, measure))]
    head = _row(
        tuple((Run(column.title, bold=True),) for column in table.columns),
        ("center",) * len(table.columns), edges, layout, measure,
    )  # fmt: skip
    head_height = max(piece.height for piece in head)
    head = [replace(piece, tag=HEAD_ROW, cells=len(table.columns)) for piece in head]
    pieces = [replace(p, keep=Keep.ALWAYS, key=table.key) for p in _gap_first(head, layout)]
    for number, row in enumerate(table.rows):
        keep = Keep.LINES if row.group or number == len(table.rows) - 2 else Keep.FREE
        parts = _row(
            tuple(_bold(cell) if row.group else cell for cell in row.cells), _aligned(table.columns, row),
            edges, layout, measure, room=layout.page.text_height - head_height,
        )  # fmt: skip
        if row.bar is not None:
            parts = [_with_bar(parts[0], row.bar, edges, layout), *parts[1:]]
        for part in parts:
            last = part is parts[-1]
            bond = keep if last else Keep.FREE
            pieces.append(replace(part, keep=bond, key=row.key, head=head[0], tag=ROW, cells=len(table.columns)))
    return pieces


_BAR_HEIGHT, _BAR_GREY, _BEFORE_GREY = 7.0, 0.45, 0.35


def _with_bar(piece: Piece, bar: Bar, edges: Sequence[float], layout: Layout) -> Piece:
    """The row with its bar, grey so that it prints, and the dashed line of the year before under it."""
    left = edges[bar.column] + layout.table.padding_x
    room = edges[bar.column + 1] - layout.table.padding_x - left
    middle = piece.height / 2 - (1.5 if bar.before is not None else 0)
    drawn = [Rule(left, middle, left + room * bar.share, middle, _BAR_HEIGHT, _BAR_GREY)] if bar.share > 0 else []
    if bar.before:
        y = middle + _BAR_HEIGHT / 2 + 2
        drawn.append(Rule(left, y, left + room * bar.before, y, 1.2, _BEFORE_GREY, dashed=True))
    return replace(piece, items=(*drawn, *piece.items))


def _aligned(columns: Sequence[Column], row: TableRow) -> tuple[str, ...]:
    return tuple(column.align for column in columns[: len(row.cells)])


def _bold(cell: Runs) -> Runs:
    return tuple(Run(run.text, True, run.italic) for run in cell)


def _gap_first(head: Sequence[Piece], layout: Layout) -> list[Piece]:
    first, *rest = head
    return [replace(first, gap=layout.table.gap), *rest]


def _row(
    cells: Sequence[Runs], aligns: Sequence[str], edges: Sequence[float], layout: Layout, measure: Measure,
    room: float = float("inf"),
) -> list[Piece]:  # fmt: skip
    """A row as one piece, or as several when its text does not fit in `room` points of height."""
    look = layout.table
    texts = [
        broken(cell, look.size, edges[i + 1] - edges[i] - 2 * look.padding_x, measure) for i, cell in enumerate(cells)
    ]
    texts += [[] for _ in range(len(edges) - 1 - len(texts))]
    per_piece = max(int((room - 2 * look.padding_y) // look.pitch), 1) if room < float("inf") else 10**6
    count = max((len(lines) for lines in texts), default=0)
    return [
        _cells([lines[start : start + per_piece] for lines in texts], aligns, edges, layout)
        for start in range(0, max(count, 1), per_piece)
    ]


def _cells(texts: Sequence[Sequence[Line]], aligns: Sequence[str], edges: Sequence[float], layout: Layout) -> Piece:
    look = layout.table
    height = max((len(lines) for lines in texts), default=0) or 1
    height_points = height * look.pitch + 2 * look.padding_y
    items: list[Item] = []
    for i, lines in enumerate(texts):
        top = (height_points - len(lines) * look.pitch) / 2
        for line in lines:
            items += set_line(
                line, layout, look.size, look.pitch, top=top, left=edges[i] + look.padding_x,
                width=edges[i + 1] - edges[i] - 2 * look.padding_x, align=aligns[i], cell=i,
            )  # fmt: skip
            top += look.pitch
    for y in (0.0, height_points):
        items.append(Rule(edges[0], y, edges[-1], y, look.rule_width))
    for x in edges:
        items.append(Rule(x, 0.0, x, height_points, look.rule_width))
    return Piece(height_points, tuple(items))


def is_wide(table: Table, layout: Layout, measure: Measure) -> bool:
    """True when the page is too narrow for the longest words of all columns side by side, so that one would be torn."""
    return sum(_least_widths(table, layout, measure)) > layout.page.text_width


def column_widths(table: Table, layout: Layout, measure: Measure) -> list[float]:
    """The columns' widths: the shares asked for, but none so narrow that a word is torn while another has room."""
    whole = layout.page.text_width
    widths = [column.width * whole for column in table.columns]
    least = _least_widths(table, layout, measure)
    for longest in sorted(range(len(least)), key=lambda at: -least[at]):
        if sum(least) <= whole:
            break
        # its word is torn in any case, and no other with it: it gives only what is lacking
        enough = least[longest] - (sum(least) - whole)
        least[longest] = min(least[longest], max(enough, 0.8 * widths[longest]))
    if sum(least) > whole:
        return widths
    narrow = [width < needed for width, needed in zip(widths, least, strict=True)]
    while any(width < needed - 0.01 for width, needed in zip(widths, least, strict=True)):
        # what the narrow ones lack comes from the others, in equal parts of what they have
        left = whole - sum(needed for needed, is_narrow in zip(least, narrow, strict=True) if is_narrow)
        others = sum(width for width, is_narrow in zip(widths, narrow, strict=True) if not is_narrow)
        widths = [
            needed if is_narrow else width * left / others
            for width, needed, is_narrow in zip(widths, least, narrow, strict=True)
        ]
        narrow = [n or width < needed for n, width, needed in zip(narrow, widths, least, strict=True)]
    return widths


def _least_widths(table: Table, layout: Layout, measure: Measure) -> list[float]:
    """Per column the width of its longest word and the free space beside it."""
    look = layout.table
    found = []
    for number, column in enumerate(table.columns):
        cells: list[Runs] = [(Run(column.title, bold=True),)]
        cells += [_bold(r.cells[number]) if r.group else r.cells[number] for r in table.rows if number < len(r.cells)]
        longest = max(longest_word(cell, look.size, measure, torn=column.torn) for cell in cells)
        found.append(longest + 2 * look.padding_x + 0.01)
    return found
