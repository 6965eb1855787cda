"""Blocks of an outline in a QTextDocument: one text block each, its kind as properties, fields and tables as objects.

Properties of formats survive delete, undo and copies inside Qt; block user data does not.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence

from PySide6.QtGui import QFont, QTextBlock, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument, QTextFormat

from hoctap_desktop.document.model import Run, Runs
from hoctap_desktop.filing.fields import FIELD
from hoctap_desktop.foundation.text import to_nfc
from hoctap_desktop.plan.headings import heading_numbers
from hoctap_desktop.plan.outline import BULLET_MARKS, Block, Kind, Outline, table, tidy
from hoctap_desktop.plan.page_text import GROUPS, group_of, line_block, line_of

KIND = QTextFormat.Property.UserProperty.value + 1
LEVEL = KIND + 1
MARK = KIND + 2
NUMBER = KIND + 3
FIELD_WORDS = KIND + 4  # "{{week.from}}", as written
ROWS = KIND + 5  # JSON of the rows of a table
FIELD_OBJECT = QTextFormat.ObjectTypes.UserObject.value + 1
TABLE_OBJECT = FIELD_OBJECT + 1
OBJECT = "\ufffc"
MARK_OF_DEPTH = dict(enumerate(BULLET_MARKS, start=1))
PARAGRAPH = Block("paragraph")
Known = Callable[[str], bool]


# --- formats -----------------------------------------------------------------------------------------------------


def block_format(block: Block) -> QTextBlockFormat:
    """The block format that says what `block` is (its text and rows aside)."""
    made = QTextBlockFormat()
    made.setProperty(KIND, block.kind)
    made.setProperty(LEVEL, block.level)
    if block.kind == "bullet":
        made.setProperty(MARK, block.mark)
    if block.kind == "heading":
        made.setHeadingLevel(block.level)
        if block.number is not None:
            made.setProperty(NUMBER, f"={block.number}")  # an empty text would come back as a list
    return made


def head_of(block: QTextBlock) -> Block:
    """Kind, level, mark and number of a text block, without its text. A block of unknown kind is a paragraph."""
    form = block.blockFormat()
    kind: Kind
    match form.property(KIND):
        case "heading":
            kind = "heading"
        case "bullet":
            kind = "bullet"
        case "table":
            kind = "table"
        case "basis":
            kind = "basis"
        case "recipient":
            kind = "recipient"
        case _:
            return PARAGRAPH
    number = form.property(NUMBER) if form.hasProperty(NUMBER) else None
    mark = str(form.property(MARK) or "-") if kind == "bullet" else ""
    return Block(kind, int(form.property(LEVEL) or 0), mark=mark, number=None if number is None else str(number)[1:])


def is_table(block: QTextBlock) -> bool:
    return bool(block.blockFormat().property(KIND) == "table")


def is_line(block: QTextBlock) -> bool:
    """True for a line of a list that stands over or under the text."""
    return block.blockFormat().property(KIND) in GROUPS


def group(block: QTextBlock) -> int:
    """The group a text block stands in (plan/page_text.py)."""
    return group_of(str(block.blockFormat().property(KIND)))


def group_range(block: QTextBlock) -> tuple[int, int]:
    """Numbers of the first and last text block of the group a block stands in."""
    own, first, last = group(block), block, block
    while first.previous().isValid() and group(first.previous()) == own:
        first = first.previous()
    while last.next().isValid() and group(last.next()) == own:
        last = last.next()
    return first.blockNumber(), last.blockNumber()


def by_group(document: QTextDocument, first: int, last: int) -> list[tuple[int, int]]:
    """The text blocks first … last as stretches that stand in one group each."""
    found = []
    while first <= last:
        _, end = group_range(document.findBlockByNumber(first))
        found.append((first, min(end, last)))
        first = end + 1
    return found


def letters(bold: bool = False, italic: bool = False) -> QTextCharFormat:
    """The format of plain letters."""
    made = QTextCharFormat()
    if bold:
        made.setFontWeight(QFont.Weight.Bold)
    if italic:
        made.setFontItalic(True)
    return made


def _field_format(words: str, run: Run) -> QTextCharFormat:
    made = letters(run.bold, run.italic)
    made.setObjectType(FIELD_OBJECT)
    made.setProperty(FIELD_WORDS, words)
    return made


def table_format(rows: tuple[tuple[str, ...], ...]) -> QTextCharFormat:
    """The format of the one letter that is a whole table."""
    made = QTextCharFormat()
    made.setObjectType(TABLE_OBJECT)
    made.setProperty(ROWS, json.dumps(rows, ensure_ascii=False))
    return made


def rows_of(form: QTextFormat) -> tuple[tuple[str, ...], ...]:
    """The rows kept in a table's format."""
    kept = json.loads(str(form.property(ROWS) or "[]"))
    return tuple(tuple(str(cell) for cell in row) for row in kept)


def field_of(form: QTextFormat) -> str:
    """The id in a field's format: "week.from"."""
    found = FIELD.fullmatch(str(form.property(FIELD_WORDS) or ""))
    return found[1] if found else ""


# --- from the document -------------------------------------------------------------------------------------------


def storable(text: str) -> str:
    """Letters that may be kept: NFC, no control, zero-width or private characters, other white space as a space."""
    return "".join(
        c if c.isprintable() or c in "\u00a0\u202f" else " " if c.isspace() else "" for c in to_nfc(text)
    ).replace(OBJECT, "")


def raw_runs(block: QTextBlock) -> tuple[Runs, tuple[tuple[str, ...], ...] | None]:
    """Runs of a text block as they stand (fields as "{{id}}"), and the rows of a table in it."""
    runs: list[Run] = []
    rows = None
    at = block.begin()
    while not at.atEnd():
        fragment = at.fragment()
        form = fragment.charFormat()
        text = fragment.text()
        if form.objectType() == FIELD_OBJECT and OBJECT in text:
            text = str(form.property(FIELD_WORDS)) * text.count(OBJECT)
        elif form.objectType() == TABLE_OBJECT and OBJECT in text:
            rows, text = rows_of(form), ""
        else:
            text = text.replace("\u2028", " ").replace(OBJECT, "")
        if text:
            runs.append(Run(text, form.fontWeight() >= QFont.Weight.Bold, form.fontItalic()))
        at += 1
    return tuple(runs), rows


def raw_block(block: QTextBlock) -> Block:
    """A text block exactly as it stands on the screen, spaces at its ends included."""
    head = head_of(block)
    runs, rows = raw_runs(block)
    if rows is not None:
        return table(rows)
    if head.kind == "table":
        head = PARAGRAPH
    return Block(head.kind, head.level, runs, head.mark, head.number)


def blocks_of(document: QTextDocument) -> Iterator[QTextBlock]:
    """The text blocks in order."""
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def raw_outline(document: QTextDocument) -> Outline:
    """Every block as it stands, empty paragraphs too: two of them are equal when the screens are."""
    return tuple(raw_block(block) for block in blocks_of(document))


def kept(block: Block) -> Block | None:
    """A block as it is stored; None for an empty paragraph or line, which is not."""
    if block.kind == "table":
        return block
    if block.kind in GROUPS:
        line = line_of(storable(block.text))
        return line_block(block.kind, line) if line else None
    runs = tidy(tuple(Run(storable(run.text), run.bold, run.italic) for run in block.runs))
    if block.kind == "paragraph" and not runs:
        return None
    return Block(block.kind, block.level, runs, block.mark, block.number)


def says_something(block: Block) -> bool:
    """False for a block without a word: nothing is lost with it."""
    return bool("".join("".join(row) for row in block.rows).strip() or block.text.strip())


def gutter(kept: Sequence[Block | None], scheme: str) -> list[str]:
    """What stands before each text block: the computed number of a heading, the mark of a bullet, else ""."""
    stored = tuple(block for block in kept if block is not None)
    counted = iter(heading_numbers(stored, scheme))
    return ["" if k is None else next(counted) if k.kind == "heading" else k.mark for k in kept]


def spoken(block: Block, values: Mapping[str, str]) -> str:
    """The words of a block with the values of its fields."""
    words = " / ".join(" | ".join(row) for row in block.rows) if block.kind == "table" else block.text
    return FIELD.sub(lambda found: values.get(found[1]) or found[0], words)


# --- into the document -------------------------------------------------------------------------------------------


def insert_runs(cursor: QTextCursor, runs: Runs, known: Known) -> None:
    """Types runs at the cursor; "{{id}}" of a known field becomes one letter that shows its value."""
    for run in runs:
        at = 0
        for found in FIELD.finditer(run.text):
            if not known(found[1]):
                continue
            cursor.insertText(run.text[at : found.start()], letters(run.bold, run.italic))
            cursor.insertText(OBJECT, _field_format(found[0], run))
            at = found.end()
        cursor.insertText(run.text[at:], letters(run.bold, run.italic))
    cursor.setCharFormat(QTextCharFormat())


def fill_block(cursor: QTextCursor, block: Block, known: Known) -> None:
    """Makes the empty text block at the cursor into `block`."""
    cursor.setBlockFormat(block_format(block))
    if block.kind == "table":
        cursor.insertText(OBJECT, table_format(block.rows))
        cursor.setCharFormat(QTextCharFormat())
    else:
        insert_runs(cursor, block.runs, known)


def load(document: QTextDocument, outline: Outline, known: Known) -> None:
    """The whole document anew, without history."""
    document.setUndoRedoEnabled(False)
    document.clear()
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    for index, block in enumerate(outline or (PARAGRAPH,)):
        if index:
            cursor.insertBlock(block_format(PARAGRAPH), QTextCharFormat())
        fill_block(cursor, block, known)
    cursor.endEditBlock()
    document.setUndoRedoEnabled(True)
    document.setModified(False)


# --- as data of the clipboard ------------------------------------------------------------------------------------


def to_json(outline: Outline) -> str:
    """Blocks as JSON, for our own clipboard format."""
    return json.dumps(
        [
            {
                "kind": b.kind,
                "level": b.level,
                "runs": [[r.text, r.bold, r.italic] for r in b.runs],
                "mark": b.mark,
                "number": b.number,
                "rows": b.rows,
            }
            for b in outline
        ],
        ensure_ascii=False,
    )


def from_json(text: str) -> Outline:
    """Blocks from our own clipboard format; () when it is not what we wrote."""
    try:
        return tuple(
            Block(
                item["kind"],
                int(item["level"]),
                tuple(Run(str(t), bool(b), bool(i)) for t, b, i in item["runs"]),
                str(item["mark"]),
                None if item["number"] is None else str(item["number"]),
                tuple(tuple(str(c) for c in row) for row in item["rows"]),
            )
            for item in json.loads(text)
            if item["kind"] in ("heading", "paragraph", "bullet", "table", *GROUPS)
        )
    except (ValueError, KeyError, TypeError):
        return ()
