"""The box of one field, chosen by its type: a line, a text, a list box."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy

from hoctap_desktop.form.definition import Field, FieldType
from hoctap_desktop.ui import theme
from hoctap_desktop.ui.widgets.fields import ChoiceField, LongTextField, TextField

# Days, months and times are short: two of them stand in one row.
SHORT = (FieldType.DATE, FieldType.TIME, FieldType.MONTH)
_LONG = (FieldType.LONG_TEXT, FieldType.LINES, FieldType.BODY)
_NUMBERS = {FieldType.MONEY: 240, FieldType.COUNT: 160}
_PLACEHOLDERS = {FieldType.DATE: "06/10/2022", FieldType.TIME: "7 giờ 30", FieldType.MONTH: "10/2022"}
_LINES_SHOWN = {FieldType.LINES: 6, FieldType.LONG_TEXT: 6, FieldType.BODY: 9}
_SHORT_TEXT, _SHORT_TEXT_LINES = 2_000, 4
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


def box_of(field: Field, *, alone: bool = False) -> Box:
    """The box for a field. alone: under a heading that says the same words, in a form of its own: it takes the room."""
    if field.type is FieldType.CHOICE:
        return PickedField(field)
    if field.type in _LONG:
        return _long(field, alone)
    unit = f" ({field.unit})" if field.unit else ""
    line = TextField(f"{field.label}{unit}", hint=field.hint, placeholder=_PLACEHOLDERS.get(field.type, ""))
    width, column = _NUMBERS.get(field.type), line.layout()
    if width is not None and column is not None:
        line.edit.setFixedWidth(theme.px(width))
        line.edit.setAlignment(Qt.AlignmentFlag.AlignRight)
        column.setAlignment(line.edit, Qt.AlignmentFlag.AlignLeft)
    return line


def _long(field: Field, alone: bool) -> LongTextField:
    brief = field.type is FieldType.LONG_TEXT and field.max_length <= _SHORT_TEXT
    lines = _SHORT_TEXT_LINES if brief else _LINES_SHOWN[field.type]
    hint = field.hint or (PER_LINE if field.type is FieldType.LINES else "")
    box = LongTextField("" if alone else field.label, hint=hint, lines=lines)
    box.edit.setAccessibleName(field.label)
    if alone:
        box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
    return box
