"""Which report is open on its page, and where in it the person is."""

from dataclasses import dataclass

from hoctap_desktop.submission.reply import Reply
from hoctap_desktop.ui.report.presenter import ReportPresenter


@dataclass
class OpenReport:
    """What the parts of the page share. presenter: None while nothing is open; section, field: where the keyboard was

    last; slip: by which the upper unit wants it put right.
    """

    presenter: ReportPresenter | None = None
    section: str = ""
    field: str = ""
    slip: Reply | None = None

    @property
    def frozen(self) -> bool:
        return self.presenter is not None and self.presenter.frozen
