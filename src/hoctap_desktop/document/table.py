"""Bordered tables: the head row again on each page, rows never split, unless one is taller than a page."""

from collections.abc import Sequence
from itertools import accumulate

from hoctap_desktop.document.layout import Layout
from hoctap_desktop.document.lines import Line, Measure, broken
from hoctap_desktop.document.model import Column, Run, Runs, Table, TableRow
from hoctap_desktop.document.pieces import Item, Keep, Piece, Rule, set_line


def table_pieces(table: Table, layout: Layout, measure: Measure) -> list[Piece]:
    """The head, then a piece per row. A group row stays with the row under it, the last row with the one before."""
    edges = [0.0, *accumulate(column.width * layout.page.text_width for column in table.columns)]
    head = _row(
        tuple((Run(column.title, bold=True),) for column in table.columns),
        ("center",) * len(table.columns), edges, layout, measure,
    )  # fmt: skip
    head_height = max(piece.height for piece in head)
    pieces = [Piece(p.height, p.items, gap=p.gap, keep=Keep.ALWAYS, key=table.key) for p in _gap_first(head, layout)]
    for number, row in enumerate(table.rows):
        keep = Keep.LINES if row.group or number == len(table.rows) - 2 else Keep.FREE
        parts = _row(
            tuple(_bold(cell) if row.group else cell for cell in row.cells), _aligned(table.columns, row),
            edges, layout, measure, room=layout.page.text_height - head_height,
        )  # fmt: skip
        for part in parts:
            last = part is parts[-1]
            pieces.append(Piece(part.height, part.items, keep=keep if last else Keep.FREE, key=row.key, head=head[0]))
    return pieces


def _aligned(columns: Sequence[Column], row: TableRow) -> tuple[str, ...]:
    return tuple(column.align for column in columns[: len(row.cells)])


def _bold(cell: Runs) -> Runs:
    return tuple(Run(run.text, True, run.italic) for run in cell)


def _gap_first(head: Sequence[Piece], layout: Layout) -> list[Piece]:
    first, *rest = head
    return [Piece(first.height, first.items, gap=layout.table.gap), *rest]


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
                width=edges[i + 1] - edges[i] - 2 * look.padding_x, align=aligns[i],
            )  # fmt: skip
            top += look.pitch
    for y in (0.0, height_points):
        items.append(Rule(edges[0], y, edges[-1], y, look.rule_width))
    for x in edges:
        items.append(Rule(x, 0.0, x, height_points, look.rule_width))
    return Piece(height_points, tuple(items))
