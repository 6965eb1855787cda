"""One section of a form on the screen: labels, boxes, a line under a mistake; the keyboard goes from box to box."""

from collections.abc import Collection, Iterator, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from hoctap_desktop.form.definition import Field
from hoctap_desktop.ui import theme
from hoctap_desktop.ui.form_entry.boxes import SHORT, Box, PickedField, box_of
from hoctap_desktop.ui.form_entry.shown import FieldShown, Shows
from hoctap_desktop.ui.widgets.fields import LineEdit, LongEdit, LongTextField
from hoctap_desktop.ui.widgets.labels import Label
from hoctap_desktop.ui.widgets.panes import pane

# A long text is also handed on while it is being typed: this long after the last key.
PAUSE_MS = 1_000
READING_WIDTH = 760


class SectionForm(QScrollArea):
    """`written(field, text)` when a field is left with another text, or a long text has rested; then `left(field)`.

    `entered(field)` when the keyboard comes to one; `passed` when Enter, or Ctrl+Enter in a long text, goes beyond the
    last one. `typed(field, text)` with each letter, when that was asked for.
    """

    typed = Signal(str, str)
    written = Signal(str, str)
    left = Signal(str)
    entered = Signal(str)
    passed = Signal()

    def __init__(
        self,
        name: str,
        fields: Sequence[Field],
        *,
        heading: str = "",
        compact: bool = False,
        each_letter: bool = False,
    ) -> None:
        """heading: printed over the boxes, which then keep the width of a text to read; compact: no higher than needed.

        Days, months and times stand in pairs. The only field under a heading takes all the room. each_letter: `typed`
        comes; to read a long text anew for every letter costs more than the letter.
        """
        super().__init__()
        self._each_letter = each_letter
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(name)
        self._compact = compact
        self.boxes: dict[str, Box] = {}
        self._shown: dict[str, tuple[FieldShown, bool]] = {}  # what each box was told last
        body = pane("surface")
        outer = QHBoxLayout(body)
        outer.setContentsMargins(24, 12 if compact else 18, 24, 12 if compact else 20)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        outer.addWidget(holder, 1)
        outer.addStretch(0)
        if heading:
            holder.setMaximumWidth(theme.px(READING_WIDTH))
            column.addWidget(Label(heading, "group", wrap=True))
        alone = bool(heading) and len(fields) == 1
        column.addLayout(self._grid(fields, alone), 1 if alone else 0)
        if not (alone and isinstance(next(iter(self.boxes.values())), LongTextField)):
            column.addStretch(1)
        self.setWidget(body)
        # Keys, not their names: Qt's Vietnamese calls both of them Enter, and two equal shortcuts do nothing at all.
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            shortcut = QShortcut(QKeySequence(Qt.Modifier.CTRL | key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.next_field)

    def _grid(self, fields: Sequence[Field], alone: bool) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(16)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        row = side = 0
        for field in fields:
            box = self._watched(box_of(field, alone=alone), field.id)
            self.boxes[field.id] = box
            short = field.type in SHORT
            if side and not short:
                row, side = row + 1, 0
            if alone and isinstance(box, LongTextField):
                grid.addWidget(box, row, 0, 1, 2)
            else:
                grid.addWidget(box, row, side, 1, 1 if short else 2, Qt.AlignmentFlag.AlignTop)
            if short and not side:
                side = 1
            else:
                row, side = row + 1, 0
        return grid

    def _watched(self, box: Box, id: str) -> Box:
        if isinstance(box, PickedField):
            box.chosen.connect(lambda value: self._picked(id, str(value)))
        else:
            box.left.connect(lambda text: self.written.emit(id, text))
            self._watch_typing(box.edit, id)
        box.edit.setProperty("field", id)
        # No event filter: it would see every event of a letter, and those of all that lies in the scrolled area.
        box.edit.came.connect(lambda: self.entered.emit(id))
        box.edit.gone.connect(lambda: self.left.emit(id))
        return box

    def _watch_typing(self, edit: LineEdit | LongEdit, id: str) -> None:
        if self._each_letter:
            changed = edit.textEdited if isinstance(edit, LineEdit) else edit.textChanged
            changed.connect(lambda *_: self.typed.emit(id, edit.typed()))
        if isinstance(edit, LineEdit):
            edit.returnPressed.connect(self.next_field)
            return
        timer = QTimer(edit)
        timer.setSingleShot(True)
        timer.setInterval(PAUSE_MS)
        timer.timeout.connect(edit.say)
        edit.textChanged.connect(timer.start)

    def _picked(self, id: str, value: str) -> None:
        self.typed.emit(id, value)
        self.written.emit(id, value)
        self.left.emit(id)

    # --- the keyboard ---------------------------------------------------------------------------------------------

    def focus(self, id: str = "", *, choose: bool = False) -> bool:
        """The keyboard to a field, in sight; "" for the first one. False for a field that is not in this form.

        choose: what stands in a line is chosen, as Tab does: typing is in place of it, never in front of it.
        """
        box = self.boxes.get(id or next(iter(self.boxes), ""))
        if box is None:
            return False
        box.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        if choose and isinstance(box.edit, LineEdit):
            box.edit.selectAll()
        QTimer.singleShot(0, box, lambda: self.ensureWidgetVisible(box, 0, 24))
        return True

    def next_field(self) -> None:
        """The keyboard goes to the next field of the section, or out of it."""
        ids = list(self.boxes)
        at = next((place for place, id in enumerate(ids) if self.boxes[id].edit.hasFocus()), -1)
        if at + 1 < len(ids):
            self.focus(ids[at + 1], choose=True)
        else:
            self.passed.emit()

    def leave_forward(self) -> None:
        """The keyboard goes to whatever comes after this form."""
        self.focusNextChild()

    # --- what is shown --------------------------------------------------------------------------------------------

    def show_all(self, presenter: Shows, *, keep_typed: bool = False, only: Collection[str] | None = None) -> None:
        """Every box anew, except one that is being typed in and says the same.

        keep_typed: the box with the keyboard keeps its text whatever it says, as the presenter has not heard of it.
        only: the fields that may be others, None for any.
        """
        for id, box in self.boxes.items() if only is None else self._boxes_of(only):
            shown = presenter.field_shown(id)
            if self._shown.get(id) == (shown, presenter.frozen) and (keep_typed or box.text() == shown.text):
                continue
            self._shown[id] = (shown, presenter.frozen)
            typing = box.edit.hasFocus() and not presenter.frozen
            if not typing or not (keep_typed or box.text().strip() == shown.text.strip()):
                box.set_text(shown.text)
            self._show(box, shown, presenter.frozen)
        self._fit_soon()

    def _boxes_of(self, ids: Collection[str]) -> Iterator[tuple[str, Box]]:
        return ((id, self.boxes[id]) for id in ids if id in self.boxes)

    def show_text(self, presenter: Shows, id: str) -> None:
        """After an undo a box shows what stands now, even while the keyboard is in it."""
        if id in self.boxes:
            self.boxes[id].set_text(presenter.field_shown(id).text)

    def show_state(self, presenter: Shows, id: str) -> None:
        """Look and sentence of one field."""
        self._show(self.boxes[id], presenter.field_shown(id), presenter.frozen)
        self._fit_soon()

    def show_beside(self, presenter: Shows, id: str) -> None:
        """ "Thứ Năm" under a day."""
        self._show_beside(self.boxes[id], presenter.field_shown(id))

    def _show(self, box: Box, shown: FieldShown, frozen: bool) -> None:
        box.show_state("frozen" if frozen else shown.state, "" if frozen else shown.message)
        self._show_beside(box, shown)

    @staticmethod
    def _show_beside(box: Box, shown: FieldShown) -> None:
        if shown.beside != box.property("beside"):
            box.setProperty("beside", shown.beside)
            box.show_hint(shown.beside)

    def set_open(self, open_: bool) -> None:
        """False: nothing can be typed for the moment."""
        for box in self.boxes.values():
            box.setEnabled(open_)

    def say_all(self) -> None:
        """Hands on what was typed and not yet said."""
        for box in self.boxes.values():
            if not isinstance(box, PickedField):
                box.edit.say()

    def _fit_soon(self) -> None:
        if self._compact:
            QTimer.singleShot(0, self, self._fit)

    def _fit(self) -> None:
        """Over a text in blocks the form takes no more room than it needs."""
        body = self.widget()
        if body is not None:
            self.setFixedHeight(body.minimumSizeHint().height())
