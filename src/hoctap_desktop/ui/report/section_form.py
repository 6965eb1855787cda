"""One section of the report as a form: long texts, money, lines, the signer."""

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from hoctap_desktop.form.definition import Field, FieldType, Section
from hoctap_desktop.ui import theme
from hoctap_desktop.ui.report.presenter import ReportPresenter
from hoctap_desktop.ui.widgets.fields import LongEdit, LongTextField, TextField
from hoctap_desktop.ui.widgets.labels import Label
from hoctap_desktop.ui.widgets.panes import pane

# A long text is also saved while it is being typed: this long after the last key.
PAUSE_MS = 1_000
_SHORT_TEXT = 2_000
_LINES_HINT = "Mỗi nơi nhận một dòng."
_NUMBER_TYPES = (FieldType.COUNT, FieldType.MONEY)
_WIDTHS = {FieldType.MONEY: 240, FieldType.COUNT: 160, FieldType.MONTH: 160, FieldType.DATE: 160}


class SectionForm(QScrollArea):
    """`written(field, text)` when a field was left, or a long text has rested; `touched(field)` when one was left;

    `here(field)` when the keyboard comes to one; `passed` when Ctrl+Enter (or Enter) goes beyond the last field.
    """

    written = Signal(str, str)
    touched = Signal(str)
    here = Signal(str)
    passed = Signal()

    def __init__(self, section: Section, number: str) -> None:
        super().__init__()
        self.section = section
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._boxes: dict[str, TextField | LongTextField] = {}
        body = pane("surface")
        outer = QHBoxLayout(body)
        outer.setContentsMargins(24, 18, 24, 20)
        holder = QWidget()
        holder.setMaximumWidth(theme.px(760))
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        outer.addWidget(holder, 1)
        outer.addStretch(0)
        column.addWidget(Label(" ".join(part for part in (number, _title(section)) if part), "group", wrap=True))
        grows = False
        for field in section.fields:
            if field.type is FieldType.CLASSES:
                continue
            box = self._box(field, len(section.fields))
            self._boxes[field.id] = box
            if isinstance(box, LongTextField) and box.sizePolicy().verticalPolicy() == QSizePolicy.Policy.Expanding:
                column.addWidget(box, 1)
                grows = True
            else:
                column.addWidget(box)
        if not grows:
            column.addStretch(1)
        self.setWidget(body)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.next_field)

    def _box(self, field: Field, count: int) -> TextField | LongTextField:
        if field.type in (FieldType.LONG_TEXT, FieldType.LINES, FieldType.BODY):
            lines = 5 if field.type is FieldType.LINES else 4 if field.max_length <= _SHORT_TEXT else 9
            hint = field.hint or (_LINES_HINT if field.type is FieldType.LINES else "")
            # the heading over it says the same words
            label = field.label if count > 1 else ""
            box = LongTextField(label, hint=hint, lines=lines)
            box.edit.setAccessibleName(field.label)
            if count == 1:
                box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
            self._watch_rest(box.edit)
            box.left.connect(lambda text, id=field.id: self.written.emit(id, text))
            return box
        unit = f" ({field.unit})" if field.unit else ""
        line = TextField(f"{field.label}{unit}", hint=field.hint)
        _narrow(line, field.type)
        if field.type in _NUMBER_TYPES:
            line.edit.setAlignment(Qt.AlignmentFlag.AlignRight)
        line.left.connect(lambda text, id=field.id: self.written.emit(id, text))
        line.edit.returnPressed.connect(self.next_field)
        return line

    def _watch_rest(self, edit: LongEdit) -> None:
        timer = QTimer(edit)
        timer.setSingleShot(True)
        timer.setInterval(PAUSE_MS)
        timer.timeout.connect(edit.say)
        edit.textChanged.connect(timer.start)

    def show_answers(self, presenter: ReportPresenter) -> None:
        """Texts and states of the boxes; a box being typed in keeps its text."""
        for id, box in self._boxes.items():
            if not box.edit.hasFocus() or presenter.frozen:
                box.set_text(presenter.shown(id))
            state, words = presenter.message_of(id)
            box.show_state("frozen" if presenter.frozen else state, "" if presenter.frozen else words)

    def take_back(self, presenter: ReportPresenter, field: str) -> None:
        """After an undo the box shows what stands now, even while the keyboard is in it."""
        if field in self._boxes:
            self._boxes[field].set_text(presenter.shown(field))

    def go_to(self, field: str = "") -> bool:
        """Puts the keyboard into a field, "" for the first one."""
        id = field or next(iter(self._boxes), "")
        box = self._boxes.get(id)
        if box is None:
            return False
        box.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.ensureWidgetVisible(box)
        return True

    def say_all(self) -> None:
        """Says what was typed and not yet said."""
        for box in self._boxes.values():
            if isinstance(box, LongTextField):
                box.edit.say()

    def field_of(self, widget: QObject | None) -> str:
        """The field whose box this is, "" for none."""
        return next((id for id, box in self._boxes.items() if box.edit is widget), "")

    def box(self, field: str) -> TextField | LongTextField:
        return self._boxes[field]

    def next_field(self) -> None:
        """The keyboard goes to the next field of the section, or out of it."""
        ids = list(self._boxes)
        at = next((place for place, id in enumerate(ids) if self._boxes[id].edit.hasFocus()), -1)
        if at + 1 < len(ids):
            self.go_to(ids[at + 1])
        else:
            self.passed.emit()


def _title(section: Section) -> str:
    return section.heading if section.heading and not section.heading.isupper() else section.label


def _narrow(box: TextField, kind: FieldType) -> None:
    """Short kinds of field are short."""
    width, column = _WIDTHS.get(kind), box.layout()
    if width is not None and column is not None:
        box.edit.setFixedWidth(theme.px(width))
        column.setAlignment(box.edit, Qt.AlignmentFlag.AlignLeft)
