"""The sheets in the middle of the page Kế hoạch: one a section of the form, some with a text in blocks."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from hoctap_desktop.form.definition import FieldType, Section
from hoctap_desktop.plan.outline import Outline
from hoctap_desktop.ui import theme
from hoctap_desktop.ui.form_entry.section_form import SectionForm
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.plan.editor import BlockEditor
from hoctap_desktop.ui.plan.offer_strip import Offer, OfferStrip
from hoctap_desktop.ui.plan.presenter import BODY_FIELD, Choice, PlanPresenter
from hoctap_desktop.ui.plan.toolbar import BlockToolbar
from hoctap_desktop.ui.widgets.labels import Label, rule
from hoctap_desktop.ui.widgets.panes import pane


@dataclass
class Sheet:
    """One section in the middle. field: its text in blocks, or ""; fields: all that is entered here."""

    section: Section
    widget: QWidget
    form: SectionForm | None
    editor: BlockEditor | None = None
    toolbar: BlockToolbar | None = None
    strip: OfferStrip | None = None
    field: str = ""
    fields: tuple[str, ...] = ()

    def say(self, words: str, offers: Sequence[Offer], no: Callable[[], object] = lambda: None) -> None:
        """A sentence under the text, with what the person may do."""
        if self.strip is not None and self.editor is not None:
            self.strip.say(words, offers, no)
            QTimer.singleShot(0, self.editor, self.editor.ensureCursorVisible)  # the strip took some of its room

    def say_done(self, words: str) -> None:
        """What was just done, with Hoàn tác; gone with the next change, which it would take back instead."""
        editor, strip = self.editor, self.strip
        if editor is None or strip is None:
            return
        self.say(words, (("Hoàn tác", editor.step_back),))

        def watch() -> None:
            after = editor.text()

            def look() -> None:
                if strip.words() != words:
                    editor.textChanged.disconnect(look)
                elif editor.text() != after:
                    editor.textChanged.disconnect(look)
                    strip.hide()

            editor.textChanged.connect(look)

        QTimer.singleShot(0, editor, watch)  # the change it tells of is not over yet

    def in_form(self) -> bool:
        """True while the keyboard is in a box over the text."""
        return self.form is not None and any(box.edit.hasFocus() for box in self.form.boxes.values())

    def in_text(self) -> bool:
        """True when the text in blocks is what the person is in."""
        return self.editor is not None and not self.in_form()

    def focus(self) -> None:
        """The keyboard to the first box of the form, else to the text."""
        if self.form is not None and not (self.editor is not None and self.editor.hasFocus()):
            if not self.in_form():
                self.form.focus(next(iter(self.form.boxes)))
        elif self.editor is not None:
            self.editor.setFocus()


class Sheets(QObject):
    """All of them. `typed(field, text)`, `left(field)` of a form; `edited(section)`, `moved(section)`,
    `field_opened(field)` of a text; `entered(section)`: the keyboard came to a box. Through time: `leaving(field)`,
    `landed(field)` of a text, as its editor says; `far(field, -1 or 1)` of a text and of every box. About fields in a
    text, with that text's id first: `field_asked`, `field_left`, `fields_gone`, `picking`, as the editor says.
    `taken(TakenPart)`: blocks of a text went; `cut_out(TakenPart, Outline)`: onto the clipboard;
    `put_in(field, Outline, text before)`: blocks came from there.
    """

    typed = Signal(str, str)
    left = Signal(str)
    entered = Signal(str)
    edited = Signal(str)
    moved = Signal(str)
    field_opened = Signal(str)
    leaving = Signal(str)
    landed = Signal(str)
    far = Signal(str, int)
    field_asked = Signal(str, str)
    field_left = Signal(str)
    fields_gone = Signal(str, int)
    picking = Signal(str)
    taken = Signal(object)
    cut_out = Signal(object, object)
    put_in = Signal(str, object, str)

    def __init__(self, stack: QStackedWidget, presenter: Callable[[], PlanPresenter | None]) -> None:
        super().__init__(stack)
        self._stack = stack
        self._presenter = presenter
        self._sheets: dict[str, Sheet] = {}

    def __getitem__(self, section: str) -> Sheet:
        return self._sheets[section]

    def __iter__(self) -> Iterator[Sheet]:
        return iter(tuple(self._sheets.values()))

    def get(self, section: str) -> Sheet | None:
        return self._sheets.get(section)

    def of(self, field: str) -> Sheet | None:
        """The sheet a field stands on."""
        return next((sheet for sheet in self if field in sheet.fields), None)

    def current(self) -> Sheet | None:
        widget = self._stack.currentWidget()
        return next((sheet for sheet in self if sheet.widget is widget), None)

    def open(self, sheet: Sheet) -> None:
        self._stack.setCurrentWidget(sheet.widget)

    def texts(self) -> Iterator[tuple[str, BlockEditor]]:
        """(field, editor) of each text in blocks."""
        for sheet in self:
            if sheet.editor is not None:
                yield sheet.field, sheet.editor

    def outlines(self) -> dict[str, Outline]:
        """The texts in blocks, and the lists on their pages, as they stand."""
        return {field: editor.outline(field) for _, editor in self.texts() for field in editor.fields()}

    def written(self) -> Iterator[tuple[str, str]]:
        """(field, its text) of all that is written in blocks."""
        for _, editor in self.texts():
            for field in editor.fields():
                yield field, editor.answer(field)

    # --- making --------------------------------------------------------------------------------------------------

    def build(self, presenter: PlanPresenter) -> None:
        """The sheets of a form, in place of those of another."""
        while self._stack.count():
            gone = self._stack.widget(0)
            if gone is not None:
                self._stack.removeWidget(gone)
                gone.deleteLater()
        self._sheets = {}
        for section in presenter.form.sections:
            sheet = self._made(section, presenter)
            if sheet is None:
                continue
            self._sheets[section.id] = sheet
            self._stack.addWidget(sheet.widget)

    def _made(self, section: Section, presenter: PlanPresenter) -> Sheet | None:
        """None for a section all of which stands on the page of the text."""
        lists = presenter.page_lists()
        rest = [field for field in section.fields if all(field.id != one.field for one in lists)]
        if section.fields and not rest:
            return None
        widget = pane("surface")
        column = QVBoxLayout(widget)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        others = [field for field in rest if field.type is not FieldType.BODY]
        body = next((field for field in rest if field.type is FieldType.BODY), None)
        label = presenter.sheet_label(section)
        form = SectionForm(label, others, compact=body is not None, each_letter=True) if others else None
        if form is not None:
            form.typed.connect(self.typed)
            form.left.connect(self.left)
            form.passed.connect(form.leave_forward)
            form.entered.connect(lambda _id: self.entered.emit(section.id))
            for box in form.boxes.values():
                box.edit.installEventFilter(self)
        if body is None:
            head = pane("window")
            row = QHBoxLayout(head)
            row.setContentsMargins(24, 0, 16, 0)
            row.addWidget(Label(label, "group"))
            head.setFixedHeight(theme.px(40))
            column.addWidget(head)
            column.addWidget(rule())
            if form is not None:
                column.addWidget(form, 1)
            return Sheet(section, widget, form, fields=tuple(field.id for field in rest))
        own = lists if body.id == BODY_FIELD else ()
        editor = BlockEditor(presenter.scheme(), body.label, field=body.id, lines=own)
        editor.edited.connect(lambda: self.edited.emit(section.id))
        editor.moved.connect(lambda: self.moved.emit(section.id))
        editor.field_opened.connect(self.field_opened)
        editor.leaving.connect(lambda: self.leaving.emit(body.id))
        editor.landed.connect(lambda: self.landed.emit(body.id))
        editor.far.connect(lambda by: self.far.emit(body.id, by))
        editor.field_asked.connect(lambda id: self.field_asked.emit(body.id, id))
        editor.field_left.connect(lambda: self.field_left.emit(body.id))
        editor.fields_gone.connect(lambda count: self.fields_gone.emit(body.id, count))
        editor.taken.connect(self.taken)
        editor.cut_out.connect(self.cut_out)
        editor.put_in.connect(lambda blocks, before: self.put_in.emit(body.id, blocks, before))
        editor.picking.connect(lambda: self.picking.emit(body.id))
        toolbar = BlockToolbar(editor, self._choices)
        column.addWidget(toolbar)
        if form is not None:
            column.addWidget(form)
            column.addWidget(rule())
        column.addWidget(editor, 1)
        editor.place_of_field = self._place_of_field
        editor.strip = strip = OfferStrip()
        column.addWidget(strip)
        fields = (*(field.id for field in others), *editor.fields())
        return Sheet(section, widget, form, editor, toolbar, strip, body.id, fields)

    def _choices(self) -> tuple[Choice, ...]:
        presenter = self._presenter()
        return presenter.menu() if presenter else ()

    def _place_of_field(self, id: str) -> str:
        presenter = self._presenter()
        return presenter.section_of(id).label if presenter is not None and presenter.has(id) else ""

    @guarded(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Undo and redo in a box go by its kept states, so that they reach behind the last start."""
        field = watched.property("field")
        if isinstance(event, QKeyEvent) and isinstance(field, str):
            by = -1 if event.matches(QKeySequence.StandardKey.Undo) else 1 if _is_redo(event) else 0
            if by and event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if by and event.type() == QEvent.Type.KeyPress:
                self.far.emit(field, by)
                return True
        return super().eventFilter(watched, event)

    # --- showing -------------------------------------------------------------------------------------------------

    def show_all(self, presenter: PlanPresenter) -> None:
        """Everything on the screen from the presenter; texts without history."""
        for sheet in self:
            if sheet.form is not None:
                sheet.form.show_all(presenter)
            if sheet.editor is not None:
                self._show_values(presenter, sheet.editor)
                sheet.editor.load(_page_of(sheet, presenter))
                sheet.editor.setReadOnly(presenter.frozen)
                # what is written anew without a word changed is no change
                for field in sheet.editor.fields():
                    presenter.write(field, sheet.editor.answer(field))
                assert sheet.toolbar is not None
                sheet.toolbar.follow()

    def show_taken(self, presenter: PlanPresenter) -> None:
        """As show_all, but a text in blocks changes as one step of undo."""
        for sheet in self:
            if sheet.form is not None:
                sheet.form.show_all(presenter)
            if sheet.editor is not None:
                self._show_values(presenter, sheet.editor)
                page = _page_of(sheet, presenter)
                if sheet.editor.page_text() != page:
                    sheet.editor.replace(page)
                    sheet.editor.go(0)

    def show_values(self, presenter: PlanPresenter) -> None:
        """What the fields in the texts show."""
        for _, editor in self.texts():
            self._show_values(presenter, editor)

    @staticmethod
    def _show_values(presenter: PlanPresenter, editor: BlockEditor) -> None:
        editor.number_by(presenter.scheme())
        editor.set_values(presenter.values(), presenter.labels())

    def set_read_only(self, frozen: bool) -> None:
        """True: nothing can be typed for the moment."""
        for sheet in self:
            if sheet.editor is not None and sheet.toolbar is not None:
                sheet.editor.setReadOnly(frozen)
                sheet.toolbar.follow()
            if sheet.form is not None:
                sheet.form.set_open(not frozen)

    def open_forms(self) -> None:
        """Boxes may be typed in."""
        for sheet in self:
            if sheet.form is not None:
                sheet.form.set_open(True)


def _page_of(sheet: Sheet, presenter: PlanPresenter) -> str:
    return presenter.page_text() if sheet.field == BODY_FIELD else presenter.shown(sheet.field)


def _is_redo(event: QKeyEvent) -> bool:
    control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
    return event.matches(QKeySequence.StandardKey.Redo) or (control and event.key() == Qt.Key.Key_Y)
