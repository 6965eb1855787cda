"""Fields in a text by a cursor: which one stands where, as plain letters, and letters as a field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextCursor

from hoctap_desktop.document.model import Run
from hoctap_desktop.ui.plan import blocks as b
from hoctap_desktop.ui.widgets.qt_letters import qt_length, spread

SHORTEST_VALUE = 4  # letters; a shorter value is found everywhere by chance
_JOINS = "/.,-"  # between digits these make one number or date of them
_SOON = 40  # letters behind a value within which it counts as just typed


@dataclass(frozen=True)
class PlainValue:
    """Letters in a text that say what a field says: `length` letters from `position` on; fields: whose value it is."""

    position: int
    length: int
    value: str
    fields: tuple[str, ...]


def field_at(cursor: QTextCursor, position: int) -> str:
    """Id of the field that is the letter at a position of the cursor's document; "" for other letters."""
    document = cursor.document()
    if position < 0 or document.characterAt(position) != b.OBJECT:
        return ""
    here = QTextCursor(document)
    here.setPosition(position + 1)
    form = here.charFormat()
    return b.field_of(form) if form.objectType() == b.FIELD_OBJECT else ""


def chosen_field(cursor: QTextCursor) -> str:
    """Id of the field that is all that is selected."""
    start = cursor.selectionStart()
    return field_at(cursor, start) if cursor.selectionEnd() == start + 1 else ""


def count(cursor: QTextCursor) -> int:
    """How many fields are selected."""
    return sum(bool(field_at(cursor, at)) for at in range(cursor.selectionStart(), cursor.selectionEnd()))


def near_field(cursor: QTextCursor) -> tuple[str, int]:
    """(id, position) of the field that is selected, or stands right before or behind the caret; ("", -1) for none."""
    if chosen := chosen_field(cursor):
        return chosen, cursor.selectionStart()
    if not cursor.hasSelection():
        for at in (cursor.position() - 1, cursor.position()):
            if found := field_at(cursor, at):
                return found, at
    return "", -1


def choose(cursor: QTextCursor, position: int) -> None:
    """Selects the field at a position."""
    cursor.setPosition(position)
    cursor.setPosition(position + 1, QTextCursor.MoveMode.KeepAnchor)


def to_plain(cursor: QTextCursor, position: int, words: str) -> None:
    """The field at a position gives way to plain letters in its style."""
    choose(cursor, position)
    form = cursor.charFormat()
    style = b.letters(form.fontWeight() >= b.letters(True).fontWeight(), form.fontItalic())
    cursor.insertText(words, style)


def to_field(cursor: QTextCursor, plain: PlainValue, field: str) -> None:
    """Plain letters give way to a field."""
    cursor.setPosition(plain.position)
    cursor.setPosition(plain.position + plain.length, QTextCursor.MoveMode.KeepAnchor)
    cursor.removeSelectedText()
    b.insert_runs(cursor, (Run(f"{{{{{field}}}}}"),), lambda _id: True)
    cursor.setCharFormat(QTextCharFormat())


def plain_value(block: QTextBlock, caret: int, values: Mapping[str, str], fields: Sequence[str]) -> PlainValue | None:
    """The value of one of `fields` that stands in a block as plain letters, not long before the caret in it."""
    text = spread(block.text())  # a chip is one letter of its own here
    wanted: dict[str, list[str]] = {}
    for field in fields:
        value = values.get(field, "").strip()
        if len(value) >= SHORTEST_VALUE:
            wanted.setdefault(value, []).append(field)
    for value in sorted(wanted, key=len, reverse=True):
        length = qt_length(value)
        at = text.rfind(spread(value), max(0, caret - _SOON - length), caret)
        if at >= 0 and _alone(text, at, at + length):
            return PlainValue(block.position() + at, length, value, tuple(wanted[value]))
    return None


def _alone(text: str, start: int, end: int) -> bool:
    """True when no letter or digit stands against either side, also over the stroke or dot of a longer date, number."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    if before[-1:].isalnum() or after[:1].isalnum():
        return False
    return not any(len(part) == 2 and part.strip(_JOINS).isdigit() for part in (before, after))
