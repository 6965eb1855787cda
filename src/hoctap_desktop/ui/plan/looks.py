"""Looking at the plan while it is written: its printed page, Cần xem, and what the person answers to a row of it."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from hoctap_desktop.filing import doubts
from hoctap_desktop.foundation.errors import UserError
from hoctap_desktop.office.filings import check
from hoctap_desktop.ui.plan.field_offers import FieldOffers
from hoctap_desktop.ui.plan.last_year import LastYear
from hoctap_desktop.ui.plan.outlook import View, look_at
from hoctap_desktop.ui.plan.places import PlanPlaces
from hoctap_desktop.ui.plan.presenter import Look
from hoctap_desktop.ui.plan.saving import timer
from hoctap_desktop.ui.session import Session
from hoctap_desktop.ui.widgets.findings_list import FindingRow
from hoctap_desktop.ui.widgets.reason_dialog import ask_reason

LOOK_AFTER_MS = 300


class PlanLooks(PlanPlaces):
    """A look is made aside, 300 ms after the last key."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.last_year = LastYear(self)
        self.offers = FieldOffers(self.sheets, lambda: self.presenter, self._open_field)
        self._rows: tuple[Look, ...] = ()
        self._checking = False
        self._look_timer = timer(self, LOOK_AFTER_MS, self.look)

    def look(self) -> None:
        """The page and its findings anew, aside."""
        presenter = self.presenter
        if presenter is None:
            return
        self._look_timer.stop()
        self.saving.collect()
        self.offers.look()
        self.search.refresh()
        self.last_year.show()
        self._show_outline()
        if self.saving.waiting:
            self.saving.begin()
        filing, context, campaign = presenter.as_filing(), presenter.context, presenter.campaign
        if presenter.frozen:
            return
        self.session.jobs.latest(self, lambda: look_at(filing, context, campaign), self._looked)

    def _looked(self, view: View) -> None:
        presenter = self.presenter
        if presenter is None or presenter.frozen:
            return
        presenter.found(view.findings)
        if view.refusal is not None:
            self._tell_refusal(view.refusal)
        else:
            self.banners.drop("page")
            self._marks = view.marks
            self.preview.show_pdf(view.pdf)
        self.show_findings()
        self._show_outline()
        if self._checking:
            self._checked()

    def _tell_refusal(self, refusal: UserError) -> None:
        look = self.presenter.letter_missing(self.sheets.outlines()) if self.presenter else None
        if look is None:
            self.banners.show_banner("page", "danger", str(refusal))
        else:
            act = partial(self._go_row, look, focus=True)
            self.banners.show_banner("page", "danger", f"{look.title}. {look.text}", "Đến chỗ đó", act)

    def show_findings(self) -> None:
        """Cần xem, and whether Chốt để in may be pressed."""
        presenter = self.presenter
        assert presenter is not None
        self._rows = presenter.looks(self.sheets.outlines())
        rows = [FindingRow(row.key, row.kind, row.title, row.text, row.acts) for row in self._rows]
        self.show_rows(rows)
        hint = presenter.finalise_hint()
        if hint:
            self.finalise_button.disable(hint)
        else:
            self.finalise_button.enable()
            self.finalise_button.setToolTip("Khóa nội dung và in bản trình ký")

    def _go_look(self, key: str, *, focus: bool) -> None:
        row = next((row for row in self._rows if row.key == key), None)
        if row is not None:
            self._go_row(row, focus=focus)

    def _act_on_look(self, key: str, act: str) -> None:
        row = next((row for row in self._rows if row.key == key), None)
        if row is None:
            return
        if self.last_year.acts_on(row, act):
            return
        if act == "seen":
            assert self.presenter is not None
            self.session.save(partial(doubts.seen, number=self.presenter.seen(key)))
            self.show_findings()
        elif act == "fix":
            if self.narrow and self.right.isVisible():
                self.toggle_right()
            self._go_look(key, focus=True)
        else:
            ask_reason(
                self, row.title if row.reason else row.text, row.reason, partial(self._give_reason, row.settled_by)
            )

    def _give_reason(self, settled_by: str, reason: str) -> None:
        save = self.presenter.give_reason(settled_by, reason) if self.presenter else None
        if save is not None:
            self.saving.later((save,))
            self.saving.save_now()
            self.look()

    def check(self) -> None:
        """Kiểm tra (F7): all that is typed is looked at; the first finding has the keyboard."""
        QGuiApplication.inputMethod().commit()
        self.saving.save_now()
        presenter = self.presenter
        if presenter is None or presenter.frozen:
            return
        self._checking = True
        self.look()

    def _checked(self) -> None:
        self._checking = False
        if not self._rows:
            words = "Đã kiểm tra: không còn chỗ nào cần xem. Có thể chốt để in."
            self.banners.show_banner("checked", "ok", words, leaves=True)
            return
        self.banners.drop("checked")
        if self.narrow and not self.right.isVisible():
            self.toggle_right()
        self.right.open("look")
        self.findings.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.findings.choose(self._rows[0].key)

    def _step_finding(self, by: int) -> None:
        """F8: what was typed the moment before is settled by then, or its row would be gone to once more."""
        QGuiApplication.inputMethod().commit()
        self.saving.save_now()
        presenter = self.presenter
        if presenter is not None and not presenter.frozen and self._look_timer.isActive():
            presenter.found(check(presenter.as_filing(), presenter.context))
            self.show_findings()
        if self.narrow:
            self.strip.step(by)
        elif self._rows:
            self.right.open("look")
            self.findings.step(by)
