"""Fields in a text in blocks: put in, made plain letters, found in letters, asked about before they go."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from hoctap_desktop.document.model import Run
from hoctap_desktop.plan.page_text import Lines
from hoctap_desktop.ui.plan import cursor_acts as acts
from hoctap_desktop.ui.plan import field_acts as fields
from hoctap_desktop.ui.plan.block_steps import BlockSteps
from hoctap_desktop.ui.plan.blocks import insert_runs, is_table
from hoctap_desktop.ui.plan.field_acts import PlainValue
from hoctap_desktop.ui.plan.offer_strip import OfferStrip


class BlockFields(BlockSteps):
    """`field_opened(id)` on a double click on a field: its value stands elsewhere, once.

    `field_asked(id)`: a key would have destroyed a field; `field_left()`: the caret went on; `fields_gone(n)`: n went
    with a selection. `picking()`: a field is to be put in.
    """

    field_opened = Signal(str)
    field_asked = Signal(str)
    field_left = Signal()
    fields_gone = Signal(int)
    picking = Signal()

    def __init__(self, scheme: str, name: str, *, field: str = "body", lines: Sequence[Lines] = ()) -> None:
        super().__init__(scheme, name, field=field, lines=lines)
        self.strip: OfferStrip | None = None
        self._asked = -1  # position of the field the person was asked about
        self.cursorPositionChanged.connect(self._caret_moved)
        self.selectionChanged.connect(self._caret_moved)

    def _caret_moved(self) -> None:
        if self._asked >= 0 and self.textCursor().selectionStart() != self._asked:
            self._asked = -1
            self.field_left.emit()

    def insert_field(self, id: str) -> None:
        """A chip at the caret, in place of the selection."""
        if self.isReadOnly() or not self.known(id):
            return
        with self.step() as cursor:
            acts.clear_selection(cursor)
            acts.leave_table(cursor)
            insert_runs(cursor, (Run(f"{{{{{id}}}}}"),), self.known)

    def pick_field(self) -> None:
        """Asks for the list of fields, to put one in."""
        if not self.isReadOnly():
            self.picking.emit()

    def field_to_plain(self) -> None:
        """The field at the caret becomes plain letters: from now on it does not follow its value."""
        field, position = fields.near_field(self.textCursor())
        words = self.values.get(field, "").strip()
        if self.isReadOnly() or not field or not words:
            return
        with self.step() as cursor:
            fields.to_plain(cursor, position, words)

    def delete_field(self) -> None:
        """The selected field goes; its value stays where it was entered."""
        if not self.isReadOnly() and fields.chosen_field(self.textCursor()):
            with self.step() as cursor:
                acts.clear_selection(cursor)

    def typed_value(self, among: Sequence[str]) -> PlainValue | None:
        """The value of one of these fields that was just typed as plain letters."""
        cursor = self.textCursor()
        if is_table(cursor.block()) or cursor.hasSelection():
            return None
        return fields.plain_value(cursor.block(), cursor.positionInBlock(), self.values, among)

    def value_to_field(self, plain: PlainValue, field: str) -> None:
        """These letters become a field; the caret stays behind what it stood behind."""
        back = self.textCursor().position() - (plain.position + plain.length)
        with self.step() as cursor:
            fields.to_field(cursor, plain, field)
            cursor.setPosition(cursor.position() + max(0, back))

    def open_field(self) -> None:
        """To where the value of the field at the caret is entered."""
        if field := fields.near_field(self.textCursor())[0]:
            self.field_opened.emit(field)

    def asked(self) -> bool:
        """True while a field is selected about which the person was asked."""
        return self._asked >= 0

    def ask_about(self, position: int) -> None:
        """Selects a field that a key would destroy, and asks; the same key once more then does it."""
        cursor = self.textCursor()
        fields.choose(cursor, position)
        self.setTextCursor(cursor)
        self._asked = position
        self.field_asked.emit(fields.field_at(cursor, position))

    def spare_field(self) -> None:
        """Letters typed over a selected field go behind it: a field is never typed over by accident."""
        cursor = self.textCursor()
        if field := fields.chosen_field(cursor):
            cursor.setPosition(cursor.selectionEnd())
            self.setTextCursor(cursor)
            self.field_asked.emit(field)
