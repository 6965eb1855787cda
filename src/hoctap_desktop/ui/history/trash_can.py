"""Opens the trash for a page and puts back what the person picks."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from hoctap_desktop.office import trash
from hoctap_desktop.office.trash import Removed
from hoctap_desktop.ui.history.dialogs import TrashDialog
from hoctap_desktop.ui.page import Page


class TrashCan(QObject):
    """came_back(filing id, "" for the diary): something is where it was again."""

    def __init__(self, page: Page, came_back: Callable[[str], object]) -> None:
        super().__init__(page)
        self._page, self._came_back = page, came_back

    def open(self) -> None:
        """Reads the trash and shows it."""
        campaign = self._page.session.campaign.id
        self._page.session.jobs.run(partial(trash.trash, campaign=campaign), self._show, words="Đang mở Thùng rác")

    def _show(self, found: tuple[Removed, ...]) -> None:
        dialog = TrashDialog(self._page, found)
        dialog.wanted.connect(self._put_back)
        dialog.open()

    def _put_back(self, one: Removed) -> None:
        done = partial(self._done, one)
        self._page.session.after_saves(partial(trash.put_back, one=one), done, words="Đang lấy lại")

    def _done(self, one: Removed, filing: str) -> None:
        if filing:
            self._page.session.changed.emit(filing)
        self._page.session.saved.emit(self._page.session.now())
        self._came_back(filing)
        self._page.banners.show_banner("put_back", "ok", f"Đã lấy lại: {one.title}.", leaves=True)
