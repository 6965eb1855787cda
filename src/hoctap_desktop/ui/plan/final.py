"""Printing the plan, making it final, beginning its next revision."""

from functools import partial

from PySide6.QtGui import QGuiApplication

from hoctap_desktop.filing.model import Filing
from hoctap_desktop.office import filings
from hoctap_desktop.submission.sending import resubmit
from hoctap_desktop.ui.plan.writing import PlanWriting
from hoctap_desktop.ui.widgets.dialog import ask


class PlanFinal(PlanWriting):
    """Asked once, then frozen; a final plan is read-only."""

    def print(self) -> None:
        """To the page that prints, with the draft as it stands."""
        QGuiApplication.inputMethod().commit()
        self.saving.save_now()
        if self.presenter is not None:
            self.session.navigate.emit("print", self.presenter.filing.id)

    def ask_finalise(self) -> None:
        """Asks once, then freezes; a final plan goes to print."""
        presenter = self.presenter
        if presenter is None:
            return
        if presenter.frozen:
            self.print()
            return
        QGuiApplication.inputMethod().commit()
        self.saving.save_now()
        words = "Sau khi chốt, nội dung được khóa để bản in và bản trong máy luôn giống nhau. Cần sửa thì lập lần sau."
        if left := sum(row.kind == "warn" for row in self._rows):
            words = f"Còn {left} chỗ nên xem lại, ghi ở Cần xem.\n\n{words}"
        ask(
            self,
            f"Chốt kế hoạch lần {presenter.filing.revision}?",
            words,
            yes="Chốt để in",
            no="Xem lại",
            act=self.finalise,
            icon="lock",
        )

    def finalise(self) -> None:
        """Freezes the plan, then goes to the page that prints."""
        if self.presenter is None:
            return
        self.saving.save_now()
        self.sheets.set_read_only(True)  # nothing typed now would be in what is frozen
        job = partial(filings.finalise, id=self.presenter.filing.id)
        self.session.after_saves(job, self._finalised, self._not_finalised, words="Đang chốt kế hoạch")

    def _not_finalised(self, failure: BaseException) -> None:
        self.sheets.set_read_only(False)
        self.session.problem.emit(failure)
        self.look()

    def _finalised(self, filing: Filing) -> None:
        self.session.changed.emit(filing.id)
        self.enter()
        self.session.navigate.emit("print", filing.id)

    def amend(self) -> None:
        """Begins the next revision."""
        if self.presenter is None:
            return
        job = partial(resubmit, filing_id=self.presenter.filing.id)
        self.session.jobs.run(job, self._amended, words="Đang lập lần sau")

    def _amended(self, filing: Filing) -> None:
        self.session.changed.emit(filing.id)
        self.enter()
