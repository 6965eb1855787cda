"""Where a searched text stands in the blocks and boxes of the plan, and other letters put in its place."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from PySide6.QtGui import QTextBlock, QTextCursor

from hoctap_desktop.filing.fields import FIELD
from hoctap_desktop.plan.programme import is_programme
from hoctap_desktop.ui.plan import blocks as b
from hoctap_desktop.ui.plan import cursor_acts as acts
from hoctap_desktop.ui.plan import field_acts
from hoctap_desktop.ui.plan.editor import BlockEditor
from hoctap_desktop.ui.widgets.page_text import stretches
from hoctap_desktop.ui.widgets.qt_letters import qt_length

Cell = tuple[int, int]
Rows = tuple[tuple[str, ...], ...]
# What is shown, the letters (begin, end) it stands for, and whether it is the value of a field.
_Piece = tuple[str, int, int, bool]
_STAR_OR_FIELD = re.compile(rf"{FIELD.pattern}|\*")


@dataclass(frozen=True)
class Found:
    """field: the box or text. start, end: letters of the document, as Qt counts them; or of the cell (row, column) of

    the table at `at`, or of the box. fixed: the value of a field stands there, which is entered elsewhere.
    """

    field: str
    start: int
    end: int
    at: int = -1
    cell: Cell | None = None
    box: bool = False
    fixed: bool = False

    @property
    def place(self) -> int:
        """Where in the document; -1 in a box, which stands over it."""
        return -1 if self.box else self.at if self.cell is not None else self.start


def in_box(query: str, field: str, words: str, *, whole: bool) -> Iterator[Found]:
    """Hits in the words of a box."""
    for start, end in stretches(query, words, whole=whole):
        yield Found(field, start, end, box=True)


def in_text(query: str, editor: BlockEditor, *, whole: bool) -> Iterator[Found]:
    """Hits in all blocks of an editor, with what their fields show."""
    for block in b.blocks_of(editor.document()):
        field, at = editor.field_of(block), block.position()
        if b.is_table(block):
            rows = b.raw_block(block).rows
            first = 1 if whole and is_programme(rows) else 0  # its numbers are computed
            for row, cells in enumerate(rows):
                for column in range(first if row else 0, len(cells)):
                    for start, end, fixed in _hits(query, _of_cell(cells[column], editor.values), whole):
                        yield Found(field, start, end, at, (row, column), fixed=fixed)
        else:
            for start, end, fixed in _hits(query, _of_block(block, editor.values), whole):
                yield Found(field, at + start, at + end, fixed=fixed)


def _hits(query: str, pieces: Iterable[_Piece], whole: bool) -> Iterator[tuple[int, int, bool]]:
    shown: list[str] = []
    places: list[_Piece] = []
    for piece in pieces:
        shown.append(piece[0])
        places += [piece] * len(piece[0])
    for low, high in stretches(query, "".join(shown), whole=whole):
        yield places[low][1], places[high - 1][2], any(piece[3] for piece in places[low:high])


def _of_block(block: QTextBlock, values: Mapping[str, str]) -> Iterator[_Piece]:
    cursor, at = QTextCursor(block), 0
    for letter in block.text():
        end = at + qt_length(letter)
        if letter == b.OBJECT:
            yield values.get(field_acts.field_at(cursor, block.position() + at), ""), at, end, True
        else:
            yield letter, at, end, False
        at = end


def _of_cell(cell: str, values: Mapping[str, str]) -> Iterator[_Piece]:
    done = 0
    for found in _STAR_OR_FIELD.finditer(cell):
        yield from ((cell[at], at, at + 1, False) for at in range(done, found.start()))
        if found[1] is not None:
            yield values.get(found[1]) or found[0], found.start(), found.end(), True
        done = found.end()
    yield from ((cell[at], at, at + 1, False) for at in range(done, len(cell)))


# --- other letters -----------------------------------------------------------------------------------------------


def replace_in_text(editor: BlockEditor, hits: Sequence[Found], query: str, words: str) -> None:
    """Other letters in the place of hits of this text, as one step of undo; they keep bold and italic."""
    with editor.step() as cursor:
        for place, group in groupby(sorted(hits, key=lambda hit: hit.place, reverse=True), key=lambda hit: hit.place):
            those = list(group)
            if those[0].cell is None:
                _put_letters(cursor, those[0], query, words)
            else:
                _put_cells(cursor, place, those, query, words)


def _put_letters(cursor: QTextCursor, hit: Found, query: str, words: str) -> None:
    cursor.setPosition(hit.start + 1)
    style = acts.style_of(cursor)
    cursor.setPosition(hit.start)
    cursor.setPosition(hit.end, QTextCursor.MoveMode.KeepAnchor)
    cursor.insertText(in_case_of(cursor.selectedText(), query, words), style)


def _put_cells(cursor: QTextCursor, at: int, hits: Sequence[Found], query: str, words: str) -> None:
    block = cursor.document().findBlock(at)
    rows = [list(row) for row in b.raw_block(block).rows]
    for hit in sorted(hits, key=lambda one: one.start, reverse=True):
        assert hit.cell is not None
        row, column = hit.cell
        rows[row][column] = replaced(rows[row][column], (hit,), query, words)
    acts.select(cursor, block.blockNumber(), block.blockNumber())
    cursor.setCharFormat(b.table_format(tuple(tuple(row) for row in rows)))
    cursor.clearSelection()


def replaced(text: str, hits: Sequence[Found], query: str, words: str) -> str:
    """A box or cell with other letters in the place of its hits."""
    for hit in sorted(hits, key=lambda one: one.start, reverse=True):
        text = text[: hit.start] + in_case_of(text[hit.start : hit.end], query, words) + text[hit.end :]
    return text


def in_case_of(found: str, query: str, words: str) -> str:
    """What stands in the place of `found`: in capitals, or with a first one, where that has and the query has not."""
    if query != query.lower():
        return words
    if len(found) > 1 and found.isupper():
        return words.upper()
    return words[:1].upper() + words[1:] if found[:1].isupper() else words
