"""The programme of a ceremony: a table of STT, Thời gian, Nội dung, Thực hiện whose rows number themselves. Pure.

A row may have no time, no end or no performer (domain.md §2): nothing is filled in or complained of.
"""

from collections.abc import Sequence

from hoctap_desktop.document.model import runs_text
from hoctap_desktop.foundation.text import fold
from hoctap_desktop.plan.outline import Block, parse_runs, table

HEAD = ("STT", "Thời gian", "Nội dung", "Thực hiện")
Rows = tuple[tuple[str, ...], ...]
_COUNTED = {"stt", "tt"}


def is_programme(rows: Rows) -> bool:
    """True for a table that begins with the column STT or TT and has one of Thời gian."""
    return is_counted(rows) and len(rows[0]) > 2 and fold(HEAD[1]) in _head(rows)


def is_counted(rows: Sequence[Sequence[str]]) -> bool:
    """True for a table of several columns that begins with the column STT or TT."""
    head = _head(rows)
    return len(head) > 1 and head[0] in _COUNTED


def _head(rows: Sequence[Sequence[str]]) -> list[str]:
    return [fold(runs_text(parse_runs(cell))) for cell in rows[0]] if rows else []


def empty_programme() -> Block:
    """A programme with one row to fill in."""
    return table((HEAD, ("1", "", "", "")))


def numbered(rows: Rows) -> Rows:
    """The rows with their numbers: 1, 2, … down to the last one that says something.

    A row that carries a mark of its own in STT ("I", "A") keeps it, and a blank row carries none.
    """
    made, number = [rows[0]], 0
    for row in rows[1:]:
        own = row[0].strip()
        if own and not own.rstrip(".").isdigit():
            made.append(row)
            continue
        said = any(cell.strip() for cell in row[1:])
        number += said
        made.append((str(number) if said else "", *row[1:]))
    return tuple(made)
