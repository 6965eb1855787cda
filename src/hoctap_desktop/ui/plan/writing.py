"""What is typed into the plan, what stood there before, and going back and forth through it."""

from PySide6.QtGui import QGuiApplication

from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.plan.page_text import split
from hoctap_desktop.ui.history.page_history import Ways
from hoctap_desktop.ui.plan.looks import PlanLooks


class PlanWriting(PlanLooks):
    """From the boxes and the texts in blocks to the presenter, and back."""

    def _typed(self, field: str, typed: str) -> None:
        if self._quiet or self.presenter is None:
            return
        save = self.presenter.write(field, typed)
        if save is None:
            return
        self.saving.later((save,))
        self._renew_values()
        sheet = self.sheets.of(field)
        if sheet is not None and sheet.form is not None:
            sheet.form.show_beside(self.presenter, field)

    def _left(self, field: str) -> None:
        presenter = self.presenter
        sheet = self.sheets.of(field)
        if self._quiet or presenter is None or sheet is None or sheet.form is None:
            return
        self._typed(field, sheet.form.boxes[field].text())
        presenter.leave(field)
        box = sheet.form.boxes[field]
        if box.text() != presenter.shown(field):
            self._quiet = True
            box.set_text(presenter.shown(field))
            self._quiet = False
        sheet.form.show_state(presenter, field)
        self.saving.save_now()

    def _box_replaced(self, field: str, text: str) -> None:
        """Other words for a box than those typed there."""
        sheet = self.sheets.of(field)
        if self.presenter is None or self.presenter.frozen or sheet is None or sheet.form is None:
            return
        self._note_state(field)
        sheet.form.boxes[field].set_text(text)
        self._left(field)

    def _edited(self, section: str) -> None:
        if self._quiet or self.presenter is None or self.sheets.get(section) is None:
            return
        # The text is read when the timer ends, and compared then: an input method at work has changed nothing yet.
        self.saving.begin()
        self._look_timer.start()

    # --- what was before -----------------------------------------------------------------------------------------

    def ways(self) -> Ways:
        return Ways(
            filing=lambda: self.presenter.filing if self.presenter else None,
            field=self._field_here,
            now=lambda: self.presenter.answers if self.presenter else {},
            hand_over=self._hand_over,
            put=self._put_back,
            read_again=self.enter,
        )

    def _field_here(self) -> str:
        """The box the keyboard is in, else the text of the sheet, else its first box."""
        sheet = self.sheets.current()
        if sheet is None:
            return ""
        boxes = sheet.form.boxes if sheet.form is not None else {}
        here = next((id for id, box in boxes.items() if box.edit.hasFocus()), "")
        return here or (sheet.editor.field_here() if sheet.editor is not None else next(iter(boxes), ""))

    def _hand_over(self) -> None:
        QGuiApplication.inputMethod().commit()
        self.saving.save_now()

    def _put_back(self, field: str, value: JsonValue | None) -> None:
        presenter = self.presenter
        if presenter is None or presenter.frozen:
            return
        self.saving.collect()
        self.saving.later(presenter.give_back({field: value}))
        self.show_taken()
        self.go_field(field, focus=True)

    # --- through time --------------------------------------------------------------------------------------------

    def _note_state(self, field: str) -> None:
        self.saving.collect()
        self.past.note(field)

    def _landed(self, field: str) -> None:
        self.saving.collect()
        self.past.landed(field)
        self.saving.begin()

    def _far(self, field: str, by: int) -> None:
        """Undo or redo beyond what the window remembers, and in every box."""
        presenter, sheet = self.presenter, self.sheets.of(field)
        if presenter is None or presenter.frozen or sheet is None or (by < 0 and self.last_year.take_back()):
            return
        self._note_state(field)
        text = self.past.step(field, by)
        if text is None:
            return
        saves = [presenter.write(id, words) for id, words in split(text, field).items() if presenter.has(id)]
        if sheet.editor is not None and sheet.field == field:
            sheet.editor.show_state(text)
        elif sheet.form is not None:
            self._quiet = True
            sheet.form.show_text(presenter, field)
            sheet.form.show_state(presenter, field)
            self._quiet = False
            self._renew_values()
        self.saving.later([save for save in saves if save is not None])
        self.saving.begin()

    def undo_last(self) -> None:
        """Ctrl+Z outside the texts, such as in Cần xem: what was answered there last."""
        self.last_year.take_back()

    def _renew_values(self) -> None:
        assert self.presenter is not None
        self._quiet = True
        self.sheets.show_values(self.presenter)
        self._quiet = False

    def show_taken(self) -> None:
        """As _show_all, but a text in blocks changes as one step of undo."""
        presenter = self.presenter
        assert presenter is not None
        self._quiet = True
        self.sheets.show_taken(presenter)
        self._quiet = False
        self.saving.save_now()
        self.look()
