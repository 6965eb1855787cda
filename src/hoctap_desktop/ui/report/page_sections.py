"""The sections of the report: which one is open, its form, and where the keyboard goes in it."""

from collections.abc import Collection

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from hoctap_desktop.form.definition import FieldType
from hoctap_desktop.ui.form_entry.section_form import SectionForm
from hoctap_desktop.ui.report.figures_model import NOTE
from hoctap_desktop.ui.report.frame import ReportFrame
from hoctap_desktop.ui.report.open_report import OpenReport
from hoctap_desktop.ui.report.presenter import ReportPresenter


class PageSections(QObject):
    """`written(field, text)` when a field of a form was left with another text; `entered(field)` when the keyboard came

    to one; `opened` when another section came up; `list_asked(field)` for the list of classes.
    """

    written = Signal(str, str)
    entered = Signal(str)
    opened = Signal()
    list_asked = Signal(str)

    def __init__(self, page: ReportFrame, at: OpenReport) -> None:
        super().__init__(page)
        self._page, self._at = page, at
        self._forms: dict[str, SectionForm] = {}
        self._of: tuple[str, int] | None = None
        page.sections.chosen.connect(self._choose)
        # a click or Enter means to work there; the arrows only look
        for meant in (page.sections.clicked, page.sections.activated):
            meant.connect(lambda _index: self.show(page.sections.current(), focus=True))
        page.section_box.activated.connect(lambda at: self._choose(str(page.section_box.itemData(at))))
        page.grid.passed.connect(self.next)

    def take(self, presenter: ReportPresenter) -> None:
        """Another report, with no form made yet; of another revision nobody has been anywhere in it."""
        now = (presenter.filing.id, presenter.filing.revision)
        if self._of not in (None, now):
            self._at.section = ""
        self._of = now
        for form in self._forms.values():
            self._page.middle.removeWidget(form)
            form.deleteLater()
        self._forms = {}
        box = self._page.section_box
        box.clear()
        for part in presenter.parts():
            if not part.head:
                box.addItem(" ".join(w for w in (part.number, part.label) if w), part.key)

    def go_first(self, wanted: object) -> None:
        """To the field wanted, the section of before, or the first that is still to be written.

        A next revision comes up at what it is about: what the upper unit said of a field, else its first finding.
        """
        presenter = self._at.presenter
        if presenter is None or (isinstance(wanted, str) and wanted and self.go_to(wanted)):
            return
        parts = [part for part in presenter.parts() if not part.head]
        known = any(part.key == self._at.section for part in parts)
        if not known and presenter.filing.revision > 1 and not presenter.frozen:
            self._go_to_what_it_is_about(presenter, parts[0].key)
            return
        first = next((part for part in parts if part.mark in ("block", "open")), parts[0])
        self.show(self._at.section if known else first.key, focus=True)

    def _go_to_what_it_is_about(self, presenter: ReportPresenter, top: str) -> None:
        said = (one.field for one in (*presenter.remarks, *presenter.findings()) if not one.reason)
        field = next((one for one in said if presenter.form.section_of(one) is not None), "")
        classes = presenter.class_field()
        if not field or (classes is not None and field == classes.id):  # its list would open over the page
            section = presenter.form.section_of(field)
            self.show(section.id if section is not None else top, focus=True)
        else:
            self.go_to(field)

    def _choose(self, key: str) -> None:
        self.show(key, focus=not self._page.sections.hasFocus())

    def show(self, key: str, *, focus: bool) -> None:
        """Brings a section up; focus: with the keyboard in it."""
        page, presenter = self._page, self._at.presenter
        if presenter is None:
            return
        section = presenter.section(key)
        self._at.section = key
        page.sections.open(key)
        page.section_box.setCurrentIndex(page.section_box.findData(key))
        if section.rows:
            page.middle.setCurrentWidget(page.grid)
            if focus:
                page.grid.setFocus(Qt.FocusReason.OtherFocusReason)
                if not page.grid.currentIndex().isValid():
                    page.grid.step(1)
        else:
            form = self.form(key)
            form.show_all(presenter, keep_typed=True)
            page.middle.setCurrentWidget(form)
            if focus:
                form.focus()
        page.legend.setVisible(bool(section.rows))
        self.opened.emit()

    def form(self, key: str) -> SectionForm:
        """The form of a section, made when it is first wanted."""
        presenter = self._at.presenter
        assert presenter is not None
        if key not in self._forms:
            section = presenter.section(key)
            fields = [field for field in section.fields if field.type is not FieldType.CLASSES]
            form = SectionForm(section.label, fields, heading=presenter.heading_of(section))
            form.written.connect(self.written)
            form.entered.connect(self.entered)
            form.left.connect(self._left)
            form.passed.connect(self.next)
            self._forms[key] = form
            self._page.middle.addWidget(form)
            form.show_all(presenter, keep_typed=True)
        return self._forms[key]

    def _left(self, field: str) -> None:
        presenter = self._at.presenter
        if presenter is None:
            return
        presenter.touch(field)
        for form in self._forms.values():
            if field in form.boxes:
                form.show_text(presenter, field)
                form.show_state(presenter, field)

    def next(self) -> None:
        """The section after the open one; behind the last the act that ends the work."""
        page, presenter = self._page, self._at.presenter
        if presenter is None:
            return
        keys = [part.key for part in presenter.parts() if not part.head]
        at = keys.index(self._at.section) + 1
        if at < len(keys):
            self.show(keys[at], focus=True)
            if not presenter.section(keys[at]).rows:
                self.form(keys[at]).focus(choose=True)
        else:
            page.final_button.setFocus() if page.final_button.isEnabled() else page.findings.setFocus()

    def go_to(self, field: str, *, edit: bool = False) -> bool:
        """Opens the section of a field and puts the keyboard there. False for a field the form does not have."""
        presenter = self._at.presenter
        section = presenter.form.section_of(field) if presenter else None
        if presenter is None or section is None:
            return False
        self.show(section.id, focus=False)
        classes = presenter.class_field()
        if classes is not None and classes.id == field:
            self.list_asked.emit(field)
            return True
        if section.rows:
            return self._page.grid.go_to(field, edit=edit)
        return self.form(section.id).focus(field, choose=True)

    # --- what the forms show --------------------------------------------------------------------------------------

    def refresh(self, fields: Collection[str] | None = None) -> None:
        """The form that is open says what stands now; fields: only these may be others, None for any."""
        shown, presenter = self._page.middle.currentWidget(), self._at.presenter
        if isinstance(shown, SectionForm) and presenter is not None:
            shown.show_all(presenter, keep_typed=True, only=fields)

    def show_text(self, field: str) -> None:
        """After an undo a box shows what stands now, even while the keyboard is in it."""
        for form in self._forms.values():
            if self._at.presenter is not None:
                form.show_text(self._at.presenter, field)

    def say_all(self) -> None:
        """Hands on what was typed and not yet said."""
        for form in self._forms.values():
            form.say_all()

    def box(self, field: str) -> QWidget | None:
        """What takes the keys of a field outside the table, once its section was opened."""
        return next((form.boxes[field].edit for form in self._forms.values() if field in form.boxes), None)

    # --- where the keyboard is ------------------------------------------------------------------------------------

    def field_here(self) -> str:
        """The field the keyboard is in; in the column Ghi chú the note of the row."""
        page, at = self._page, self._page.grid.currentIndex()
        if self._at.presenter is not None and page.in_grid() and at.column() == NOTE:
            row = page.figures.grid_row(at.row())
            return "" if row.group else self._at.presenter.row(row.id).note
        form = page.middle.currentWidget()
        edit = form.focusWidget() if isinstance(form, SectionForm) else None
        field = edit.property("field") if edit is not None else None
        return field if isinstance(field, str) else self._at.field

    def keyboard_place(self) -> QWidget | None:
        """Where the keyboard belongs in the open section: where it was, or its first field."""
        if self._page.in_grid():
            return self._page.grid
        form = self._page.middle.currentWidget()
        if not isinstance(form, SectionForm):
            return None
        inside: QWidget | None = form.focusWidget()  # None before anything in it had the keyboard
        return inside if inside is not None else self.first_box()

    def first_box(self) -> QWidget | None:
        """The first field of the form that is open."""
        form = self._page.middle.currentWidget()
        if not isinstance(form, SectionForm) or self._at.presenter is None:
            return None
        return next((box.edit for box in form.boxes.values()), None)
