"""Changes on the page Báo cáo: by typing, one key, a paste, the list of classes; undone and done again."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal

from hoctap_desktop.form.answers import NoNumber
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.ui.page_saves import PageSaves
from hoctap_desktop.ui.report.class_list import Act, ClassListDialog, keep_while_written
from hoctap_desktop.ui.report.figures_model import NOTE
from hoctap_desktop.ui.report.frame import ReportFrame
from hoctap_desktop.ui.report.open_report import OpenReport
from hoctap_desktop.ui.report.page_sections import PageSections
from hoctap_desktop.ui.report.paste_dialog import PasteDialog
from hoctap_desktop.ui.report.pasting import cells_of, judge
from hoctap_desktop.ui.report.report_answers import Save


class PageChanges(QObject):
    """Every change goes through `change`: to the presenter, to the store, and then `made` is said."""

    made = Signal()

    def __init__(self, page: ReportFrame, at: OpenReport, sections: PageSections) -> None:
        super().__init__(page)
        self._page, self._at, self._sections = page, at, sections
        self.saves = PageSaves(page.session)
        grid, figures = page.grid, page.figures
        figures.typed.connect(lambda field, text: self.change(lambda p: p.type_number(field, text)))
        figures.noted.connect(lambda row, text: self.change(lambda p: p.write_note(p.row(row), text)))
        grid.stated.connect(self._state_none)
        grid.blanked.connect(lambda fields: self.change(lambda p: p.blank(*fields)))
        grid.pasted.connect(self._paste)
        grid.computed_asked.connect(lambda field: self.change(lambda p: p.take_computed(field)))
        grid.list_asked.connect(self._open_classes)
        sections.written.connect(lambda field, text: self.change(lambda p: p.write(field, text)))
        sections.list_asked.connect(self._open_classes)
        page.legend.picked.connect(self._pick_kind)

    def change(self, act: Act) -> None:
        """Does `act` and keeps what it gives back."""
        if self._at.presenter is not None:
            self._keep(act(self._at.presenter))

    def _keep(self, saves: Sequence[Save]) -> None:
        assert self._at.presenter is not None
        self.saves.keep_answers(self._at.presenter.filing.id, {save.field: save.value for save in saves})
        self.made.emit()

    def put_back(self, field: str, value: JsonValue | None) -> None:
        """A value a field had before."""
        self.change(lambda p: p.put(field, value))
        self._sections.show_text(field)

    def undo(self) -> None:
        """Takes the last change back and goes to where it was."""
        if self._at.presenter is not None and self._at.presenter.can_undo:
            self._step(self._at.presenter.last_changed(), self._at.presenter.undo)

    def redo(self) -> None:
        """Does again what was taken back last."""
        if self._at.presenter is not None and self._at.presenter.can_redo:
            self._step(self._at.presenter.last_undone(), self._at.presenter.redo)

    def _step(self, field: str, act: Callable[[], tuple[Save, ...]]) -> None:
        self._keep(act())
        self._sections.show_text(field)
        self._sections.go_to(field)

    # --- the table ------------------------------------------------------------------------------------------------

    def _state_none(self, field: str, kind: NoNumber) -> None:
        self.change(lambda p: p.state_none(field, kind))
        presenter = self._at.presenter
        row = presenter.form.row_of(field) if presenter else None
        if kind is NoNumber.UNKNOWN and row is not None:
            self._page.grid.go_to_note(row.id)

    def _pick_kind(self, kind: str) -> None:
        """A press on the key under the findings: for the cell the cursor is in."""
        field = self._page.grid.field_at()
        if not field or not self._page.in_grid():
            return
        if kind == "number":
            self.change(lambda p: p.type_number(field, "0"))
        elif kind == "blank":
            self.change(lambda p: p.blank(field))
        else:
            self._state_none(field, NoNumber(kind))
        if kind != NoNumber.UNKNOWN:
            self._page.grid.setFocus()

    def _paste(self, text: str) -> None:
        """One cell is taken at once, as if typed; a block is shown first, with a verdict on each cell."""
        page, presenter = self._page, self._at.presenter
        at, block = page.grid.currentIndex(), cells_of(text)
        if presenter is None or presenter.frozen or not block or not at.isValid():
            return
        if len(block) == 1 and len(block[0]) == 1:
            page.figures.setData(at, block[0][0])
            return
        found = judge(block, presenter.grid(), at.row(), notes=at.column() == NOTE)
        dialog = PasteDialog(page, found, lambda: self.change(lambda p: p.take_pasted(found)))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    # --- the list of classes --------------------------------------------------------------------------------------

    def list_classes(self) -> None:
        """Opens the list the form asks, if it asks one."""
        if self._at.presenter is not None and self._at.presenter.class_field() is not None:
            self._open_classes()

    def _open_classes(self, _field: str = "") -> None:
        presenter = self._at.presenter
        if presenter is None:
            return
        dialog = ClassListDialog(self._page, presenter.classes(), editable=not presenter.frozen)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        keep = partial(self.saves.keep_answers, presenter.filing.id)
        keep_while_written(dialog, lambda: self._at.presenter, keep, self.change)
        dialog.open()
