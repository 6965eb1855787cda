"""The live page beside the report: painted a moment after the last key, the part of the open field tinted."""

from functools import partial

from PySide6.QtCore import QObject, QTimer

from hoctap_desktop.document.pdf import Printed
from hoctap_desktop.office import filings
from hoctap_desktop.ui.report.frame import ReportFrame
from hoctap_desktop.ui.report.open_report import OpenReport
from hoctap_desktop.ui.report.page_sections import PageSections
from hoctap_desktop.ui.widgets.preview import Highlight

AFTER_MS = 300


class PagePreview(QObject):
    """Belongs to the page; the tab Trang in shows it."""

    def __init__(self, page: ReportFrame, at: OpenReport, sections: PageSections) -> None:
        super().__init__(page)
        self._page, self._at, self._sections = page, at, sections
        self._printed: Printed | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(AFTER_MS)
        self._timer.timeout.connect(self.paint)
        sections.opened.connect(self.tint)
        page.right.tabs.opened.connect(lambda _tab: self._timer.start(0))

    def refresh(self) -> None:
        self._timer.start(AFTER_MS)

    def forget(self) -> None:
        """Another report: its page is not painted yet."""
        self._page.preview.show_pdf(b"")
        self._printed = None

    def paint(self) -> None:
        """Paints the page, when it is looked at."""
        page, presenter = self._page, self._at.presenter
        if presenter is None or page.right.tabs.current() != "page" or not page.right.isVisible():
            return
        filing = presenter.as_filing()
        page.session.jobs.latest(self, partial(filings.draft_page, filing.answers, filing), self._show, self._failed)

    def _show(self, printed: Printed) -> None:
        if self._at.presenter is None:
            return
        self._page.banners.drop("page")
        self._printed = printed
        self._page.preview.show_pdf(printed.data)
        self.tint()

    def _failed(self, failure: BaseException) -> None:
        banners = self._page.banners
        finding = self._at.presenter.letter_missing() if self._at.presenter else None
        if finding is None:
            banners.show_banner("page", "warn", str(failure))
        else:
            act = partial(self._sections.go_to, finding.field)
            banners.show_banner("page", "warn", f"{finding.place}: {finding.message}", "Đến chỗ đó", act)

    def tint(self) -> None:
        """The part of the page that belongs to the field the keyboard is in."""
        if self._printed is None or self._at.presenter is None:
            return
        row = self._at.presenter.form.row_of(self._at.field)
        key = f"row.{row.id}" if row else self._at.field
        found = [Highlight(m.page - 1, m.top, m.bottom) for m in self._printed.marks if m.key == key]
        self._page.preview.set_highlights(found)
        if found:
            self._page.preview.reveal(found[0])
