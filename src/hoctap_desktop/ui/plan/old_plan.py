"""An old plan read from a file in place of the draft: asked first, given back by one press."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from hoctap_desktop.filing import doubts
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.ui.plan.doubts_dialog import doubts_dialog
from hoctap_desktop.ui.plan.outlook import Recognised, recognise

if TYPE_CHECKING:
    from hoctap_desktop.ui.plan.page import PlanPage


class OldPlan(QObject):
    """Reads the file aside, shows what the reader was unsure of, then puts the answers in."""

    def __init__(self, page: "PlanPage") -> None:
        super().__init__(page)
        self._page = page

    def choose(self) -> None:
        """Asks for the file of an old plan."""
        dialog = QFileDialog(self._page, "Mở kế hoạch có sẵn", "", "Kế hoạch (*.docx *.txt)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.read(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def read(self, path: Path) -> None:
        """Reads it aside, then shows what was not sure."""
        own = self._page.session.own
        self._page.session.jobs.aside(
            lambda _progress: recognise(path, own), self._recognised, words="Đang đọc kế hoạch"
        )

    def _recognised(self, found: Recognised) -> None:
        doubts_dialog(self._page, found, lambda: self.take(found))

    def take(self, found: Recognised) -> None:
        """Puts the old plan in place of what is there; one press gives everything back."""
        presenter = self._page.presenter
        if presenter is None or presenter.frozen:
            return
        self._page.saving.save_now()
        before = presenter.before(found.answers)
        known = [(doubt.line, doubt.words, doubt.why) for doubt in presenter.doubts]
        self._page.saving.later(presenter.take(found.answers))
        self._page.show_taken()
        self._keep_doubts(found.doubts)
        self._page.banners.show_banner(
            "taken",
            "info",
            f"Đã lấy kế hoạch từ tệp {found.file}.",
            "Trả lại như cũ",
            lambda: self._give_back(before, known),
            closable=True,
        )

    def _keep_doubts(self, found: Sequence[tuple[int, str, str]]) -> None:
        """In place of those of a plan read before."""
        assert self._page.presenter is not None
        job = partial(doubts.keep_doubts, filing=self._page.presenter.filing.id, doubts=tuple(found))
        self._page.session.save(job, self._doubts_kept)

    def _doubts_kept(self, kept: tuple[doubts.KeptDoubt, ...]) -> None:
        if self._page.presenter is not None:
            self._page.presenter.doubts = kept
            self._page.show_findings()

    def _give_back(self, before: Mapping[str, JsonValue | None], known: Sequence[tuple[int, str, str]]) -> None:
        presenter = self._page.presenter
        if presenter is None or presenter.frozen:
            return
        self._page.saving.collect()
        self._page.saving.later(presenter.give_back(before))
        self._page.show_taken()
        self._keep_doubts(known)
        self._page.banners.drop("taken")
