"""The report made final, the next revision of it, and what the page says of both."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from hoctap_desktop.filing.model import Filing
from hoctap_desktop.office import filings
from hoctap_desktop.submission.remarks import slip_words
from hoctap_desktop.submission.reply import Reply
from hoctap_desktop.submission.sending import next_revision, resubmit
from hoctap_desktop.ui.report.frame import ReportFrame
from hoctap_desktop.ui.report.open_report import OpenReport
from hoctap_desktop.ui.report.page_totals import BEHIND
from hoctap_desktop.ui.widgets.dialog import ask


class PageFinal(QObject):
    """hand_over: what is being typed goes to the store; read_again: the store has another revision or state."""

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
        page.final_button.clicked.connect(self.ask_final)
        page.amend_button.clicked.connect(self._ask_amend)

    def show_slip(self, slip: Reply | None) -> None:
        """What the upper unit wrote on the whole; beside it, while the paper is final, the way to the next revision."""
        self._at.slip = slip
        banners = self._page.banners
        if slip is None or self._at.presenter is None:
            banners.drop("slip")
        elif self._at.presenter.frozen:
            banners.show_banner("slip", "warn", slip_words(slip), "Nộp lại", self._amend)
        else:
            banners.show_banner("slip", "warn", slip_words(slip), closable=True)

    def refresh(self) -> None:
        """The banner over a report that is final."""
        banners, presenter = self._page.banners, self._at.presenter
        if presenter is None or not presenter.frozen:
            banners.drop("final")
            return
        again = "Nộp lại" if self._at.slip is not None else "Lập lần sau"
        self._page.amend_button.setText(again)
        words = f"{presenter.final_words} Muốn sửa thì bấm {again}."
        if banners.texts().get("final") != words:
            banners.show_banner("final", "info", words)

    def ask_final(self) -> None:
        """Asks before the report is made final."""
        self._hand_over()
        presenter = self._at.presenter
        if presenter is None or presenter.why_not_final():
            return
        words = "Chốt rồi thì số liệu và lời của lần này giữ nguyên như bản in. Cần sửa thì lập lần sau."
        told = self._page.banners.texts()
        behind = [told[BEHIND]] if BEHIND in told else []
        empty = [finding.message for finding in presenter.empty_parts()]
        ask(
            self._page,
            f"Chốt báo cáo lần {presenter.filing.revision}?",
            "\n\n".join([*behind, *empty, words]),
            yes="Chốt để in",
            no="Xem lại",
            act=self.finalise,
            icon="lock",
        )

    def finalise(self) -> None:
        """Makes the open report final."""
        assert self._at.presenter is not None
        job = partial(filings.finalise, id=self._at.presenter.filing.id)
        self._page.session.after_saves(job, self._finalised, words="Đang chốt báo cáo")

    def _finalised(self, filing: Filing) -> None:
        self._page.session.changed.emit(filing.id)
        self._at.presenter = None
        self._read_again()
        self._page.session.navigate.emit("print", filing.id)

    def _ask_amend(self) -> None:
        assert self._at.presenter is not None
        filing = self._at.presenter.filing
        job = partial(next_revision, filing_id=filing.id)
        self._page.session.jobs.run(job, partial(self._ask_next, filing.revision))

    def _ask_next(self, revision: int, number: int) -> None:
        ask(
            self._page,
            f"Lập báo cáo lần {number}?",
            f"Lần {revision} giữ nguyên như đã in. Lần {number} bắt đầu từ những gì đã ghi ở lần {revision}.",
            yes="Lập lần sau",
            no="Không lập",
            act=self._amend,
            icon="copy",
        )

    def _amend(self) -> None:
        assert self._at.presenter is not None
        id = self._at.presenter.filing.id
        self._page.session.save(partial(resubmit, filing_id=id), self._amended, filing=id)

    def _amended(self, _filing: Filing) -> None:
        self._at.field = ""  # the next revision comes up at what it is about, not where the last one was left
        self._read_again()
