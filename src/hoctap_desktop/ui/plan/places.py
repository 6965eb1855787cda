"""Where the person is in the plan: from part to part, by the outline, the findings, the printed page and by search."""

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from hoctap_desktop.document.pdf import Mark
from hoctap_desktop.foundation.text import shortened
from hoctap_desktop.ui import theme
from hoctap_desktop.ui.plan.host import PlanHost
from hoctap_desktop.ui.plan.presenter import Look
from hoctap_desktop.ui.plan.text_search import TextSearch
from hoctap_desktop.ui.session import Session
from hoctap_desktop.ui.widgets.picker import Picked, Picker
from hoctap_desktop.ui.widgets.preview import Highlight
from hoctap_desktop.ui.widgets.section_list import SectionRow

_LONGEST_IN_BOX = 22


class PlanPlaces(PlanHost):
    """Going there, and showing at both sides where the person is."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.search = TextSearch(self.sheets)
        self.search.reached.connect(self._see_field)
        self.middle_column.insertWidget(0, self.search)
        self.find_action = QAction("Tìm\tCtrl+F", self)  # in the menus of the texts
        self.find_action.triggered.connect(self.search.ask)
        self.replace_action = QAction("Tìm và thay\tCtrl+Shift+F", self)
        self.replace_action.triggered.connect(self.search.ask_replace)
        self.picker: Picker | None = None
        self._marks: tuple[Mark, ...] = ()
        self._quiet = False

    def _open_field(self, id: str) -> None:
        if self.sheets.of(id) is not None:
            self.go_field(id, focus=True)

    def go_key(self, key: object, *, focus: bool = False) -> None:
        """To a row of the outline."""
        if not isinstance(key, str) or not key:
            return
        field, _, place = key.rpartition(":")
        if field:
            self.show_block(field, int(place), focus=focus)
            return
        sheet = self.sheets.get(key)
        if sheet is None:
            self._go_section(key, focus=focus)
            return
        self.sheets.open(sheet)
        if sheet.form is None and sheet.editor is not None:
            sheet.editor.go(0)
        if focus:
            sheet.focus()
        self._follow(key)

    def _go_section(self, section: str, *, focus: bool) -> None:
        """To a section all of which stands on the page of the text."""
        form = self.presenter.form if self.presenter is not None else None
        fields = next((one.fields for one in form.sections if one.id == section), ()) if form is not None else ()
        if fields and self.sheets.of(fields[0].id) is not None:
            self.go_field(fields[0].id, focus=focus)

    def show_block(self, field: str, place: int, *, focus: bool) -> None:
        """To a block of a text or a list on its page, by its index there; focus: the keyboard too."""
        sheet = self.sheets.of(field)
        if sheet is None or sheet.editor is None or field not in sheet.editor.fields():
            self.go_field(field, focus=focus)
            return
        self.sheets.open(sheet)
        sheet.editor.go(place, field)
        if focus:
            sheet.editor.setFocus()
        self._moved(sheet.section.id)

    def go_field(self, field: str, *, focus: bool) -> None:
        """To a field, or to a section by its id."""
        sheet = self.sheets.of(field)
        if sheet is None:
            if self.presenter is None or not self.presenter.has(field):
                self.go_key(field, focus=focus)
            return
        self.sheets.open(sheet)
        if sheet.editor is not None and field in sheet.editor.fields():
            if sheet.editor.field_here() != field:
                sheet.editor.go(0, field)
            if focus:
                sheet.editor.setFocus()
            self._moved(sheet.section.id)
        elif sheet.form is not None and field in sheet.form.boxes:
            if focus:
                sheet.form.focus(field, choose=True)
            self._follow(sheet.section.id)

    def _go_row(self, row: Look, *, focus: bool) -> None:
        if row.place >= 0:
            self.show_block(row.field, row.place, focus=focus)
        else:
            self.go_field(row.field, focus=focus)

    def _show_outline(self) -> None:
        presenter = self.presenter
        if presenter is None:
            return
        parts = presenter.parts(self.sheets.outlines())
        self.outline.set_rows([SectionRow(p.key, p.label, p.number, p.level, p.mark) for p in parts])
        now = [(self.sections_box.itemText(n), self.sections_box.itemData(n)) for n in range(self.sections_box.count())]
        new = [(shortened(f"{p.number} {p.label}".strip(), _LONGEST_IN_BOX), p.key) for p in parts]
        if now != new:
            self.sections_box.clear()
            for words, key in new:
                self.sections_box.addItem(words, key)
        sheet = self.sheets.current()
        if sheet is not None:
            self._follow(sheet.section.id)

    def _moved(self, section: str) -> None:
        sheet = self.sheets.get(section)
        if self._quiet or sheet is None or self.sheets.current() is not sheet:
            return
        self._follow(section)
        self.saving.begin()  # where the person is, is kept too

    def _follow(self, section: str) -> None:
        """The outline and the page at the right show where the person is."""
        presenter, sheet = self.presenter, self.sheets.get(section)
        if presenter is None or sheet is None or self.sheets.current() is not sheet:
            return
        key = section
        if sheet.editor is not None and sheet.in_text():
            field = sheet.editor.field_here()
            key = presenter.part_at(field, sheet.editor.part_place(), {field: sheet.editor.outline(field)})
        self.outline.open(key)
        at = self.sections_box.findData(key)
        if at >= 0:
            self.sections_box.setCurrentIndex(at)
        self._show_place()

    def _show_place(self) -> None:
        """Tints what belongs to the current block or section on the page."""
        presenter, sheet = self.presenter, self.sheets.current()
        if presenter is None or sheet is None or presenter.frozen:
            return
        if sheet.editor is not None and sheet.in_text():
            field = sheet.editor.field_here()
            wanted: tuple[str, ...] = (f"{field}.{sheet.editor.place()}",)
            if sheet.editor.list_here() is not None and not any(mark.key in wanted for mark in self._marks):
                wanted = presenter.marks_of(presenter.section_of(field))  # nơi nhận is one place with the signature
            marks = [mark for mark in self._marks if mark.key in wanted]
        else:
            starts = presenter.marks_of(sheet.section)
            marks = [mark for mark in self._marks if mark.key.split(".")[0] in starts or mark.key in starts]
        shown = [Highlight(mark.page - 1, mark.top, mark.bottom) for mark in marks]
        self.preview.set_highlights(shown)
        if shown:
            self.preview.reveal(shown[0])

    def _page_pressed(self, page: int, y: float) -> None:
        hit = next((m for m in self._marks if m.page - 1 == page and m.top <= y <= m.bottom), None)
        if hit is None or self.presenter is None:
            return
        field, _, place = hit.key.rpartition(".")
        for id, at in ((field, place), (hit.key, "0")):
            sheet = self.sheets.of(id)
            if sheet is not None and sheet.editor is not None and id in sheet.editor.fields() and at.isdigit():
                self.show_block(id, int(at), focus=True)
                return
        for other in self.sheets:
            starts = self.presenter.marks_of(other.section)
            if hit.key in starts or hit.key.split(".")[0] in starts:
                self.go_key(other.section.id, focus=True)
                return

    def ask_search(self) -> None:
        """Ctrl+F: in the printed page when the keyboard is there, else in what is written."""
        focused = QApplication.focusWidget()
        if focused is not None and self.right.isAncestorOf(focused) and self.right.tabs.current() == "page":
            self.page_search.ask()
        else:
            self.search.ask()

    def _step_hit(self, by: int) -> None:
        if not self.search.isHidden():
            self.search.step(by)
        elif not self.page_search.isHidden():
            self.page_search.step(by)

    def _see_field(self, field: str) -> None:
        sheet = self.sheets.of(field)
        if sheet is not None and sheet is not self.sheets.current():
            self.sheets.open(sheet)
            self._follow(sheet.section.id)

    def pick_part(self) -> None:
        """Ctrl+G: to a part of the plan by typing a few letters of its name."""
        presenter = self.presenter
        if presenter is None:
            return
        parts = presenter.parts(self.sheets.outlines())
        rows = [Picked(part.key, f"{part.number} {part.label}".strip()) for part in parts]
        back = QApplication.focusWidget()
        self.picker = Picker("Đến mục", rows, self._middle_pane)
        self.picker.chosen.connect(lambda key: self.go_key(key, focus=True))
        self.picker.closed.connect(lambda: back.setFocus() if back is not None and isValid(back) else None)
        self.picker.open_at(QPoint(theme.px(60), theme.px(48)))

    def add_heading(self) -> None:
        """A new heading after the part the person is in."""
        sheet = self.sheets.current()
        if sheet is None or sheet.editor is None:
            sheet = next((s for s in self.sheets if s.editor is not None), None)
        if sheet is not None and sheet.editor is not None:
            self.sheets.open(sheet)
            sheet.editor.add_heading()
            self._show_outline()
