"""A report that adds up the units below: that papers came in after it took its numbers, and the way to take them."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from hoctap_desktop.filing.model import Filing
from hoctap_desktop.store.database import Store
from hoctap_desktop.ui.report.frame import ReportFrame
from hoctap_desktop.ui.report.open_report import OpenReport

BEHIND = "behind"  # the banner


def _behind(store: Store) -> str:
    from hoctap_desktop.consolidation.own_report import behind_words

    return behind_words(store)


def _take(store: Store) -> Filing:
    from hoctap_desktop.consolidation.own_report import prepare_report

    return prepare_report(store)


class PageTotals(QObject):
    """hand_over: what is being typed goes to the store; read_again: the store has other numbers."""

    def __init__(
        self,
        page: ReportFrame,
        at: OpenReport,
        hand_over: Callable[[], object],
        read_again: Callable[[], object],
    ) -> None:
        super().__init__(page)
        self._page, self._at = page, at
        self._hand_over, self._read_again = hand_over, read_again

    def look(self) -> None:
        """Asks the store whether the open draft's numbers are those of now."""
        presenter = self._at.presenter
        if presenter is None or presenter.frozen or presenter.filing.summed is None:
            self._page.banners.drop(BEHIND)
        else:
            self._page.session.jobs.run(_behind, self._tell)

    def _tell(self, said: str) -> None:
        banners = self._page.banners
        if not said:
            banners.drop(BEHIND)
        elif banners.texts().get(BEHIND) != said:
            banners.show_banner(BEHIND, "warn", said, "Lấy số bây giờ", self.take)

    def take(self) -> None:
        """The numbers of now; the office's words stay, the numbers of before stay in the history."""
        presenter = self._at.presenter
        if presenter is not None:
            self._hand_over()
            self._page.session.save(_take, lambda _filing: self._read_again(), filing=presenter.filing.id)
