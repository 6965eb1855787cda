"""The open entry as a form: kind and day, numbers of its kind, words. Enter and Down go on, Up goes back."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from hoctap_desktop.diary.model import DAY, DAYS, KIND, NOTE, DiaryForm
from hoctap_desktop.ui import theme
from hoctap_desktop.ui.diary.presenter import Shown
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.widgets.fields import ChoiceField, LineEdit, LongTextField, TextField

Box = TextField | LongTextField | ChoiceField
_ON = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down)
_HALF = (KIND, *DAYS)


class EntryForm(QWidget):
    """`left(field, text)` when a field is left with another text; numbers and days stand two in a row."""

    left = Signal(str, str)
    entered = Signal(str)

    def __init__(self, form: DiaryForm) -> None:
        super().__init__()
        self._form = form
        self._boxes: dict[str, Box] = {}
        self._order: list[str] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._holder: QWidget | None = None

    def show_fields(self, fields: Sequence[Shown]) -> None:
        """The fields as they are; boxes are made anew only when other fields are asked."""
        if [one.id for one in fields] != self._order:
            self._build(fields)
        for one in fields:
            self._show(one)

    def box(self, field: str) -> Box | None:
        """The box of a field, None when it is not asked."""
        return self._boxes.get(field)

    def focus_on(self, field: str) -> None:
        """The keyboard into a field, what stands there chosen."""
        box = self._boxes.get(field)
        if box is not None:
            box.setFocus(Qt.FocusReason.ShortcutFocusReason)
            if isinstance(box, TextField):
                box.edit.selectAll()

    def first_unfinished(self) -> QWidget | None:
        """The first box that is empty, else the first."""
        for id in self._order:
            box = self._boxes[id]
            if (isinstance(box, ChoiceField) and not box.data()) or (
                not isinstance(box, ChoiceField) and not box.text().strip()
            ):
                return _edit(box)
        return _edit(self._boxes[self._order[0]]) if self._order else None

    def say_all(self) -> None:
        """Says what is being typed, so that it is saved."""
        for box in self._boxes.values():
            if not isinstance(box, ChoiceField):
                box.edit.say()

    def _build(self, fields: Sequence[Shown]) -> None:
        with_keyboard = next((id for id, box in self._boxes.items() if _edit(box).hasFocus()), "")
        if self._holder is not None:
            self._column.removeWidget(self._holder)
            self._holder.hide()
            self._holder.deleteLater()
        holder = QWidget(self)
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self._boxes, self._order = {}, [one.id for one in fields]
        row, column = 0, 0
        for one in fields:
            box = self._make(one)
            self._boxes[one.id] = box
            half = one.kind in ("choice", "day", "count")
            if not half and column:
                row, column = row + 1, 0
            grid.addWidget(box, row, column, 1, 1 if half else 2, Qt.AlignmentFlag.AlignTop)
            column = 1 - column if half else 0
            row += 1 if not half or column == 0 else 0
        self._holder = holder
        self._column.addWidget(holder)
        previous: QWidget | None = None
        for id in self._order:
            edit = _edit(self._boxes[id])
            if previous is not None:
                QWidget.setTabOrder(previous, edit)
            previous = edit
        if with_keyboard in self._boxes:
            _edit(self._boxes[with_keyboard]).setFocus(Qt.FocusReason.OtherFocusReason)

    def _make(self, one: Shown) -> Box:
        box: Box
        if one.kind == "choice":
            choice = ChoiceField(one.label)
            choice.add("Chọn loại việc", "")
            for kind in self._form.kinds:
                choice.add(kind.label, kind.id)
            choice.chosen.connect(lambda data, id=one.id: self.left.emit(id, str(data)))
            box = choice
        elif one.kind == "long":
            box = LongTextField(one.label, lines=3)
            box.left.connect(lambda text, id=one.id: self.left.emit(id, text))
        else:
            label = f"{one.label} ({one.unit})" if one.unit and one.unit not in one.label.lower() else one.label
            text = TextField(label, hint=one.hint, icon="calendar-days" if one.id == DAY else "")
            if one.kind == "count":
                text.edit.setAlignment(Qt.AlignmentFlag.AlignRight)
                text.edit.setMaximumWidth(theme.px(160))
            text.left.connect(lambda words, id=one.id: self.left.emit(id, words))
            box = text
        _edit(box).installEventFilter(self)
        return box

    def _show(self, one: Shown) -> None:
        box = self._boxes[one.id]
        if isinstance(box, ChoiceField):
            box.choose(one.value)
        elif box.text() != one.value:
            box.set_text(one.value)
        box.show_state(one.state, one.message)

    @guarded(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self.entered.emit(next((id for id, box in self._boxes.items() if _edit(box) is watched), ""))
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(watched, LineEdit):
            if event.key() in _ON and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                watched.say()
                self._step(watched, 1)
                return True
            if event.key() == Qt.Key.Key_Up:
                watched.say()
                self._step(watched, -1)
                return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and not isinstance(watched, LineEdit):
            choice = self._boxes.get(KIND)
            if choice is not None and _edit(choice) is watched and event.key() in _ON[:2]:
                self._step(watched, 1)
                return True
        return super().eventFilter(watched, event)

    def _step(self, edit: QObject, by: int) -> None:
        """The box before or after one, found again by its field: what was said may have made the form anew."""
        at = next((n for n, id in enumerate(self._order) if _edit(self._boxes[id]) is edit), None)
        if at is None:
            return
        to = at + by
        if 0 <= to < len(self._order):
            self.focus_on(self._order[to])

    def last(self) -> QWidget | None:
        """The box the keyboard leaves the form from."""
        box = self._boxes.get(NOTE)
        return _edit(box) if box is not None else None


def _edit(box: Box) -> QWidget:
    return box.box if isinstance(box, ChoiceField) else box.edit
