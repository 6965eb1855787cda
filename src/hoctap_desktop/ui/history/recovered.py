"""After a power cut or a kill: the banner that says what came back and leads to each place."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from hoctap_desktop.filing.model import KIND_WORDS, Kind
from hoctap_desktop.office.recovery import Kept, Recovered, forget, recovered
from hoctap_desktop.ui.session import Session
from hoctap_desktop.ui.widgets.banner import BannerArea

KEY = "recovered"


class RecoveredBanner(QObject):
    """Stands over every page until it is put away or each place was looked at; then, or on closing, it was told."""

    def __init__(self, session: Session, banners: BannerArea, shown: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._banners, self._shown = session, banners, shown
        self.found: Recovered | None = None
        self._unseen: set[str] = set()
        # A damaged history is named by the pages that need it: here it says nothing.
        session.jobs.run(recovered, self._show, self._nothing)

    def _nothing(self, _failure: BaseException) -> None:
        self._show(None)

    def show_in(self, banners: BannerArea) -> None:
        """The window was made anew: what was not put away stands in its new place."""
        self._banners = banners
        self._show(self.found)

    def _show(self, found: Recovered | None) -> None:
        self.found = found
        if found is None:
            return
        self._unseen = {one.kind.value for one in found.kept} | ({"diary"} if found.diary else set())
        links = [(f"Đến {KIND_WORDS[one.kind]}", partial(self._go, one)) for one in found.kept]
        if found.diary:
            links.append(("Đến Nhật ký", partial(self._session.navigate.emit, "diary", None)))
        banner = self._banners.show_banner(KEY, "info", found.sentence, also=links, closable=True)
        banner.closed.connect(self.tell)
        banner.closed.connect(self._shown)
        self._shown()

    def _go(self, one: Kept) -> None:
        """The plan knows itself where the caret was; the report goes to the field."""
        self._session.navigate.emit(one.kind.value, None if one.kind is Kind.PLAN else one.field)

    def looked_at(self, room: str) -> None:
        """The person was in this room and leaves it; after the last one there is nothing more to say."""
        if self.found is not None and room in self._unseen:
            self._unseen.discard(room)
            if not self._unseen:
                self._banners.drop(KEY)
                self._shown()
                self.tell()

    def tell(self) -> None:
        """The person has seen it: it is not said again."""
        if self.found is not None:
            self.found = None
            self._session.jobs.run(forget, failed=self._nothing)
