"""Blocks that went out of a text: into the trash, and out of it when they stand in the text again."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject

from hoctap_desktop.plan import removed_parts
from hoctap_desktop.plan.outline import Outline
from hoctap_desktop.plan.removed_parts import TakenPart
from hoctap_desktop.ui.plan.host import PlanHost

_SAID_FROM = 2  # blocks that go at once: the person is told where they are


@dataclass(frozen=True)
class _Cut:
    """The last part that was cut. lies: what lies on the clipboard; before, after: the text it was put into."""

    filing: str
    part: TakenPart
    lies: Outline
    field: str = ""
    before: str = ""
    after: str = ""


class Removing(QObject):
    """What is taken away is in the store before the text without it; what undo brings back leaves the trash.

    So does a part that was cut and then pasted, wherever in the plan: it was moved. One that is never pasted stays.
    """

    def __init__(self, page: PlanHost) -> None:
        super().__init__(page)
        self._page = page
        self._any = False  # something was taken away since the page was opened
        self._cut: _Cut | None = None
        page.sheets.taken.connect(self._taken)
        page.sheets.cut_out.connect(self._was_cut)
        page.sheets.put_in.connect(self._put_in)
        page.sheets.landed.connect(self._landed)

    def _taken(self, part: TakenPart) -> None:
        self._keep(part)
        sheet = self._page.sheets.of(part.field)
        if sheet is not None and sheet.editor is not None and len(part.blocks) >= _SAID_FROM:
            words = f"Đã bỏ {len(part.blocks)} khối. Lấy lại được trong Thùng rác (Lịch sử)."
            sheet.say_done(words)

    def _keep(self, part: TakenPart) -> str:
        """The filing it lies in the trash of, "" for none."""
        presenter = self._page.presenter
        if presenter is None or presenter.frozen:
            return ""
        self._any = True
        self._page.session.save(partial(removed_parts.keep_removed, filing=presenter.filing.id, part=part))
        return presenter.filing.id

    def _was_cut(self, part: TakenPart, lies: Outline) -> None:
        filing = self._keep(part)
        self._cut = _Cut(filing, part, lies) if filing else None

    def _put_in(self, field: str, blocks: Outline, before: str) -> None:
        presenter, cut = self._page.presenter, self._cut
        if presenter is None or presenter.frozen or cut is None:
            return
        if (cut.filing, cut.lies) == (presenter.filing.id, blocks) and not cut.field:
            self._cut = _Cut(cut.filing, cut.part, cut.lies, field, before, self._text(field))
            self._set_moved(self._cut, moved=True)

    def _landed(self, field: str) -> None:
        presenter, cut = self._page.presenter, self._cut
        if not self._any or presenter is None or presenter.frozen:
            return
        self._page.saving.save_now()
        job = partial(removed_parts.close_standing, filing=presenter.filing.id)
        self._page.session.jobs.run(job, failed=lambda _failure: None)
        if cut is not None and (cut.filing, cut.field) == (presenter.filing.id, field):
            now = self._text(field)
            if now in (cut.before, cut.after):  # a step back over the paste, or forth again
                self._set_moved(cut, moved=now == cut.after)

    def _set_moved(self, cut: _Cut, *, moved: bool) -> None:
        self._page.saving.save_now()
        self._page.session.save(partial(removed_parts.set_moved, filing=cut.filing, part=cut.part, moved=moved))

    def _text(self, field: str) -> str:
        return next((editor.text() for id, editor in self._page.sheets.texts() if id == field), "")
