"""What the parts of the page Kế hoạch share: the plan, its sheets, its saving; and how they speak to the page."""

from PySide6.QtCore import Signal

from hoctap_desktop.ui.plan.frame import PlanFrame
from hoctap_desktop.ui.plan.last_year_marks import LastYearMarks
from hoctap_desktop.ui.plan.past import PlanPast
from hoctap_desktop.ui.plan.presenter import PlanPresenter
from hoctap_desktop.ui.plan.saving import PlanSaving
from hoctap_desktop.ui.plan.sheets import Sheets
from hoctap_desktop.ui.session import Session


class PlanHost(PlanFrame):
    """`answers_taken()`: many answers changed at once, all is shown anew; `findings_changed()`: Cần xem anew;

    `file_wanted()`: an old plan is to be chosen; `year_taken(old plan, sentence, given back)`: it is of a
    year before, and what is called when it is given back; `look_wanted()`: page and findings anew.
    """

    answers_taken = Signal()
    findings_changed = Signal()
    file_wanted = Signal()
    year_taken = Signal(object, str, object)
    look_wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.presenter: PlanPresenter | None = None
        self.sheets = Sheets(self.middle, lambda: self.presenter)
        self.past = PlanPast(session, self.sheets)
        self.saving = PlanSaving(session, self.sheets, self.past)
        self.marks_of_last_year: LastYearMarks | None = None
