"""Undo and redo of the plan's texts beyond what the screen remembers: they go on after the program was closed."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject

from hoctap_desktop.filing import undo
from hoctap_desktop.filing.timeline import Timeline
from hoctap_desktop.filing.undo import Stopped
from hoctap_desktop.ui.plan.presenter import BODY_FIELD, PlanPresenter
from hoctap_desktop.ui.plan.sheets import Sheet, Sheets
from hoctap_desktop.ui.session import Session


class PlanPast(QObject):
    """One timeline a field; a text and the lists on its page have one together, under the text's name.

    Each is kept in the store soon after the answer itself.
    """

    def __init__(self, session: Session, sheets: Sheets) -> None:
        super().__init__(sheets)
        self._session = session
        self._sheets = sheets
        self._presenter: PlanPresenter | None = None
        self._timelines: dict[str, Timeline] = {}
        self._stopped: Stopped | None = None
        self.resting = True  # the page is not open: where its keyboard goes says nothing

    def follow(self, presenter: PlanPresenter, known: Mapping[str, Timeline], stopped: Stopped | None) -> None:
        """Another plan. What was changed since its states were kept is one more state."""
        self._presenter = presenter
        self._timelines = {}
        self._stopped = stopped
        for field in presenter.fields():
            if self._line(field) != field:
                continue
            shown = self._shown(field)
            self._timelines[field] = known.get(field) or Timeline(shown)
            self._timelines[field].note(shown)
        for field, editor in self._sheets.texts():
            editor.past = self._timelines[field]

    def _line(self, field: str) -> str:
        """The field whose timeline tells of a field."""
        sheet = self._sheets.of(field)
        on_page = sheet is not None and sheet.editor is not None and field in sheet.editor.fields()
        return sheet.field if sheet is not None and on_page else field

    def _shown(self, field: str) -> str:
        """What a timeline keeps of the present state."""
        assert self._presenter is not None
        return self._presenter.page_text() if field == BODY_FIELD else self._presenter.shown(field)

    def note(self, field: str) -> None:
        """What stands in a field now is one of its states."""
        field = self._line(field)
        timeline = self._timelines.get(field)
        if timeline is None or self._presenter is None or self._presenter.frozen:
            return
        timeline.note(self._shown(field), self._depth(field))

    def landed(self, field: str) -> None:
        """The editor's own undo or redo has changed a text."""
        if self._presenter is not None and field in self._timelines:
            self._timelines[field].landed(self._shown(field), self._depth(field))

    def step(self, field: str, by: int) -> str | None:
        """The state before (-1) or after (1) the present one, which becomes it; None when there is none.

        Of a text it is that of its whole page (plan/page_text.py).
        """
        timeline = self._timelines.get(field)
        if timeline is None or not (timeline.can_go_back() if by < 0 else timeline.can_go_forth()):
            return None
        return timeline.back() if by < 0 else timeline.forth()

    def _depth(self, field: str) -> int:
        sheet = self._sheets.of(field)
        if sheet is None or sheet.editor is None or sheet.field != field:
            return 0
        return sheet.editor.document().availableUndoSteps()

    # --- the store -----------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Keeps what is new. It fails in silence and goes again with the next: of the answers the person is told."""
        presenter = self._presenter
        if presenter is None or presenter.frozen or self.resting:
            return
        new = {field: kept for field, line in self._timelines.items() if (kept := line.unsaved()) is not None}
        id, revision = presenter.filing.id, presenter.filing.revision
        if new:
            job = partial(undo.keep_steps, filing=id, revision=revision, unsaved=new)
            self._session.jobs.run(job, failed=partial(self._not_kept, tuple(new)))
        stopped = self._place()
        if stopped is not None and stopped != self._stopped:
            self._stopped = stopped
            self._session.jobs.run(partial(undo.keep_stopped, filing=id, stopped=stopped), failed=self._forget_place)

    def _not_kept(self, fields: tuple[str, ...], _failure: BaseException) -> None:
        for field in fields:
            if field in self._timelines:
                self._timelines[field].keep_again()

    def _forget_place(self, _failure: BaseException) -> None:
        self._stopped = None

    # --- where the person is -------------------------------------------------------------------------------------

    def _place(self) -> Stopped | None:
        sheet = self._sheets.current()
        if sheet is None:
            return None
        if sheet.editor is not None and not sheet.in_form():
            cursor = sheet.editor.textCursor()
            return Stopped(sheet.field, cursor.blockNumber(), cursor.positionInBlock())
        boxes = sheet.form.boxes if sheet.form is not None else {}
        field = next((id for id, box in boxes.items() if box.edit.hasFocus()), sheet.section.id)
        return Stopped(field)

    def return_to(self, sheet: Sheet | None) -> None:
        """The caret to where it was when the program was closed."""
        if sheet is None or sheet.editor is None or self._stopped is None:
            return
        if sheet.field == self._stopped.field:
            sheet.editor.go_to_letter(self._stopped.block, self._stopped.letter)

    @property
    def stopped(self) -> Stopped | None:
        return self._stopped
