"""Blocks that went out of a text: into the trash, and out of it when they stand in the text again."""

from functools import partial

from PySide6.QtCore import QObject

from hoctap_desktop.plan import removed_parts
from hoctap_desktop.plan.removed_parts import TakenPart
from hoctap_desktop.ui.plan.host import PlanHost

_SAID_FROM = 2  # blocks that go at once: the person is told where they are


class Removing(QObject):
    """What is taken away is in the store before the text without it; what undo brings back leaves the trash."""

    def __init__(self, page: PlanHost) -> None:
        super().__init__(page)
        self._page = page
        self._any = False  # something was taken away since the page was opened
        page.sheets.taken.connect(self._taken)
        page.sheets.landed.connect(self._landed)

    def _taken(self, part: TakenPart) -> None:
        presenter = self._page.presenter
        if presenter is None or presenter.frozen:
            return
        self._any = True
        self._page.session.save(partial(removed_parts.keep_removed, filing=presenter.filing.id, part=part))
        sheet = self._page.sheets.of(part.field)
        if sheet is not None and sheet.editor is not None and len(part.blocks) >= _SAID_FROM:
            words = f"Đã bỏ {len(part.blocks)} khối. Lấy lại được trong Thùng rác (Lịch sử)."
            sheet.say_done(words)

    def _landed(self, _field: str) -> None:
        presenter = self._page.presenter
        if self._any and presenter is not None and not presenter.frozen:
            self._page.saving.save_now()
            job = partial(removed_parts.close_standing, filing=presenter.filing.id)
            self._page.session.jobs.run(job, failed=lambda _failure: None)
