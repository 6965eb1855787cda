"""The form for the parts of a plan that stand once, made from the definition: labels, hints, a line under a mistake."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout

from hoctap_desktop.form.definition import Field, FieldType
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.plan.presenter import SHORT, PlanPresenter
from hoctap_desktop.ui.widgets.fields import ChoiceField, LongTextField, TextField
from hoctap_desktop.ui.widgets.panes import pane

PLACEHOLDERS = {FieldType.DATE: "06/10/2022", FieldType.TIME: "7 giờ 30", FieldType.MONTH: "10/2022"}
LINES_SHOWN = {FieldType.LINES: 7, FieldType.LONG_TEXT: 6}
PER_LINE = "Mỗi dòng một mục."


class PickedField(ChoiceField):
    """A list box in a form: its text is the value that is kept, not the words shown."""

    def __init__(self, field: Field) -> None:
        super().__init__(field.label, hint=field.hint)
        self.edit = self.box
        self._default = field.default
        self._kept = ""
        for value, words in field.choices:
            self.add(words, value)
        self.chosen.connect(self.set_text)

    def text(self) -> str:
        return self._kept

    def set_text(self, text: str) -> None:
        """Picks the item that is kept as `text`; the form's own when nothing is."""
        self._kept = text
        self.box.setCurrentIndex(self.box.findData(text or self._default))


Box = TextField | LongTextField | PickedField


class SectionForm(QScrollArea):
    """`typed(field, text)` with each letter, `left(field)` when a field is left; days and times stand in pairs."""

    typed = Signal(str, str)
    left = Signal(str)
    entered = Signal(str)

    def __init__(self, name: str, fields: Sequence[Field], *, compact: bool = False) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(name)
        self._compact = compact
        self.boxes: dict[str, Box] = {}
        body = pane("surface")
        column = QVBoxLayout(body)
        column.setContentsMargins(24, 12 if compact else 20, 24, 12 if compact else 24)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(16)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        column.addLayout(grid)
        column.addStretch(1)
        row = side = 0
        for field in fields:
            box = self._box(field)
            self.boxes[field.id] = box
            short = field.type in SHORT
            if side and not short:
                row, side = row + 1, 0
            grid.addWidget(box, row, side, 1, 1 if short else 2, Qt.AlignmentFlag.AlignTop)
            if short and not side:
                side = 1
            else:
                row, side = row + 1, 0
        self.setWidget(body)

    def _box(self, field: Field) -> Box:
        if field.type is FieldType.CHOICE:
            picked = PickedField(field)
            picked.chosen.connect(lambda value: self._picked(field.id, str(value)))
            return self._watched(picked, field.id)
        if field.type in LINES_SHOWN:
            hint = field.hint or (PER_LINE if field.type is FieldType.LINES else "")
            long = LongTextField(field.label, hint=hint, lines=LINES_SHOWN[field.type])
            long.edit.textChanged.connect(lambda: self.typed.emit(field.id, long.edit.typed()))
            return self._watched(long, field.id)
        line = TextField(field.label, hint=field.hint, placeholder=PLACEHOLDERS.get(field.type, ""))
        line.edited.connect(lambda _text: self.typed.emit(field.id, line.edit.typed()))
        line.edit.returnPressed.connect(lambda: self._next(field.id))
        return self._watched(line, field.id)

    def _picked(self, id: str, value: str) -> None:
        self.typed.emit(id, value)
        self.left.emit(id)

    def _watched(self, box: Box, id: str) -> Box:
        box.edit.setProperty("field", id)
        box.edit.installEventFilter(self)
        return box

    @guarded(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        field = watched.property("field")
        if isinstance(field, str):
            if event.type() == QEvent.Type.FocusIn:
                self.entered.emit(field)
            elif (
                isinstance(event, QFocusEvent)
                and event.type() == QEvent.Type.FocusOut
                and event.reason() != Qt.FocusReason.PopupFocusReason
            ):
                self.left.emit(field)
        return super().eventFilter(watched, event)

    def _next(self, id: str) -> None:
        ids = list(self.boxes)
        at = ids.index(id) + 1
        if at < len(ids):
            self.focus(ids[at])

    def focus(self, id: str) -> None:
        """The keyboard to a field, in sight."""
        box = self.boxes[id]
        box.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, box, lambda: self.ensureWidgetVisible(box, 0, 24))

    def show_all(self, presenter: PlanPresenter) -> None:
        """Every box anew, except one that is being typed in and says the same."""
        for id, box in self.boxes.items():
            shown = presenter.shown(id)
            if not box.edit.hasFocus() or presenter.frozen or not self._same(presenter, id, box.text()):
                box.set_text(shown)
            self.show_state(presenter, id)

    @staticmethod
    def _same(presenter: PlanPresenter, id: str, typed: str) -> bool:
        return typed.strip() == presenter.shown(id).strip()

    def show_state(self, presenter: PlanPresenter, id: str) -> None:
        """Look and sentence of one field."""
        box = self.boxes[id]
        why = "" if presenter.frozen else presenter.why(id)
        box.show_state("frozen" if presenter.frozen else "error" if why else "normal", why)
        if self._compact:
            QTimer.singleShot(0, self, self._fit)
        self.show_weekday(presenter, id)

    def show_weekday(self, presenter: PlanPresenter, id: str) -> None:
        """ "Thứ Năm" under a day."""
        if presenter.field(id).type is FieldType.DATE:
            day = presenter.weekday(id)
            self.boxes[id].hint.setText(day)
            self.boxes[id].hint.setVisible(bool(day))

    def set_open(self, open_: bool) -> None:
        """False: nothing can be typed for the moment."""
        for box in self.boxes.values():
            box.setEnabled(open_)

    def _fit(self) -> None:
        """Over a text in blocks the form takes no more room than it needs."""
        body = self.widget()
        if body is not None:
            self.setFixedHeight(body.minimumSizeHint().height())
