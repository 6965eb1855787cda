"""Báo cáo: sections at the left, forms and the grid of numbers in the middle, Cần xem and Trang in at the right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from hoctap_desktop.filing import repository
from hoctap_desktop.filing.differences import label_of
from hoctap_desktop.filing.model import Filing, Kind, filing_id
from hoctap_desktop.form.context import NOTHING_ELSE_KNOWN, Context
from hoctap_desktop.office import filings
from hoctap_desktop.office.paper import form_of
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission.remarks import remark_findings, standing_return
from hoctap_desktop.submission.reply import Reply
from hoctap_desktop.ui import help_places, theme
from hoctap_desktop.ui.form_upgrade import offer_upgrade
from hoctap_desktop.ui.history.page_history import PageHistory, Ways
from hoctap_desktop.ui.keyboard import pick
from hoctap_desktop.ui.report.frame import ReportFrame
from hoctap_desktop.ui.report.open_report import OpenReport
from hoctap_desktop.ui.report.page_changes import PageChanges
from hoctap_desktop.ui.report.page_diary import DiaryWays, PageDiary
from hoctap_desktop.ui.report.page_final import PageFinal
from hoctap_desktop.ui.report.page_looks import PageLooks
from hoctap_desktop.ui.report.page_preview import PagePreview
from hoctap_desktop.ui.report.page_sections import PageSections
from hoctap_desktop.ui.report.page_totals import PageTotals
from hoctap_desktop.ui.report.page_workbook import PageWorkbook, WorkbookWays
from hoctap_desktop.ui.report.presenter import ReportPresenter
from hoctap_desktop.ui.session import Session
from hoctap_desktop.ui.widgets.chips import ChipState

# In a form of hundreds of fields the cell is painted first, and what lies round it this long after.
FOLLOWS_AFTER_MS = 10


@dataclass(frozen=True)
class Read:
    """What the page reads from the store; filing None: not begun. slip: by which it is to be put right, or None."""

    filing: Filing | None
    context: Context
    slip: Reply | None = None


def read_report(store: Store, campaign: str) -> Read:
    """The report of a campaign and what its checks may look at."""
    filing = repository.find(store, filing_id(campaign, Kind.REPORT))
    if filing is None:
        return Read(None, NOTHING_ELSE_KNOWN)
    return Read(filing, filings.context_for(store, filing), standing_return(store, filing.id))


def begin_report(store: Store, campaign: str) -> Read:
    """Begins the report when there is none yet."""
    filings.open_or_begin(store, Kind.REPORT)
    return read_report(store, campaign)


class ReportPage(ReportFrame):
    """The page: what stands where is in the frame, what is decided in the presenter, what is done in its parts."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._wanted: object = None
        self.at = OpenReport()
        self.forms = PageSections(self, self.at)
        self.changes = PageChanges(self, self.at, self.forms)
        self.looks = PageLooks(self, self.at, self.forms, self.changes)
        self.printed = PagePreview(self, self.at, self.forms)
        self.final = PageFinal(self, self.at, self.leave, self.enter)
        self.totals = PageTotals(self, self.at, self.leave, self._read_again)
        self.history = PageHistory(self, self._history_ways())
        self.workbook = PageWorkbook(self, WorkbookWays(self._filing, self.leave, self._read_again))
        self.diary = PageDiary(self, self._diary_ways())
        self.put_acts(self.workbook.button, self.history.button)
        self.put_link(self.diary.button)
        self._follows = QTimer(self)
        self._follows.setSingleShot(True)
        self._follows.setInterval(FOLLOWS_AFTER_MS)
        self._follows.timeout.connect(self._follow)
        self._connect()
        self.set_narrow(False)

    @property
    def presenter(self) -> ReportPresenter | None:
        return self.at.presenter

    def _connect(self) -> None:
        self.forms.entered.connect(self._at_field)
        self.grid.entered.connect(self._at_field)
        self.grid.diary_asked.connect(self.diary.ask)
        self.changes.made.connect(self._changed)
        self.undo_button.clicked.connect(self.changes.undo)
        self.try_button.clicked.connect(self._print)
        self.session.campaign_changed.connect(self._campaign_changed)
        self.history.add_to(self.grid, has_menu=True)
        # Not on the buttons: a button forgets its shortcut when its text changes.
        for keys, act in (
            ("F8", partial(self._step, 1)),
            ("Shift+F8", partial(self._step, -1)),
            ("Ctrl+Z", self.changes.undo),
            ("Ctrl+P", self._print),
            ("F9", self._print),
            ("Ctrl+F", self.pick_field),
            ("Ctrl+L", self.changes.list_classes),
            ("F5", self.changes.list_classes),
            ("F7", self.check),
            ("Ctrl+Y", self.changes.redo),
            ("Ctrl+Shift+Z", self.changes.redo),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # --- the page protocol ----------------------------------------------------------------------------------------

    def enter(self, argument: object = None) -> None:
        """argument: id of the field to go to, or None."""
        self._wanted = argument
        self.changes.saves.reading()
        campaign = self.session.campaign.id
        self.session.jobs.run(partial(read_report, campaign=campaign), self._show_read, words="Đang mở báo cáo")

    def leave(self) -> None:
        """Says what is being typed, so that it is saved."""
        QGuiApplication.inputMethod().commit()
        if self.grid.is_editing():
            self.grid.setFocus()
        self.forms.say_all()

    def undo_last(self) -> None:
        self.changes.undo()

    def save_now(self) -> None:
        self.leave()

    def check(self) -> None:
        """Kiểm tra (F7)."""
        self.leave()
        self._follow()
        self.looks.check()

    def _step(self, by: int) -> None:
        """F8: what was typed the moment before is settled by then."""
        self.leave()
        self._follow()
        self.looks.show()
        self.findings.step(by)

    def pick_field(self) -> None:
        """Ctrl+F: to a field by a few letters of where it stands."""
        presenter = self.presenter
        if presenter is None:
            return
        rows = [(field.id, label_of(presenter.form, field.id)) for field in presenter.form.fields()]
        pick(self.stack, "Đến một ô", rows, self.go_to)

    def go_to(self, field: str, *, edit: bool = False) -> bool:
        """Opens the section of a field and puts the keyboard there. False for a field the form does not have."""
        return self.forms.go_to(field, edit=edit)

    def field_box(self, field: str) -> QWidget | None:
        """What takes the keys of a field outside the table, once its section was opened."""
        return self.forms.box(field)

    def help_part(self) -> str:
        field = self.forms.field_here()
        section = self.presenter.form.section_of(field) if self.presenter and field else None
        if section is None or self.presenter is None:
            return ""
        classes = self.presenter.class_field()
        if classes is not None and field == classes.id:
            return help_places.REPORT_CLASSES
        if section.rows:
            return help_places.REPORT_GRID
        return help_places.SECTIONS.get(f"report.{section.id}", help_places.REPORT_TEXT)

    def first_focus(self) -> QWidget | None:
        if self.stack.currentWidget() is self.empty:
            return self.empty.button
        return self.forms.keyboard_place()

    def panes(self) -> Sequence[QWidget]:
        shown: list[QWidget] = [] if self.narrow else [self.sections]
        shown.append(self.grid if self.in_grid() else self.forms.first_box() or self.middle)
        if self.right.isVisible():
            shown.append(self.findings if self.right.tabs.current() == "look" else self.preview)
        return shown

    def set_narrow(self, narrow: bool) -> None:
        super().set_narrow(narrow)
        self._refresh()

    # --- reading --------------------------------------------------------------------------------------------------

    def _campaign_changed(self) -> None:
        self.leave()
        self.at.presenter = None
        if self.isVisible():
            self.enter()

    def begin(self) -> None:
        campaign = self.session.campaign.id
        self.session.save(partial(begin_report, campaign=campaign), self._show_read)

    def _read_again(self) -> None:
        self.at.presenter = None
        self.enter(self.at.field or None)

    def _show_read(self, read: Read) -> None:
        if read.filing is None:
            self.at.presenter = None
            offer_upgrade(self, "")
            self.stack.setCurrentWidget(self.empty)
            self._refresh()
            if self.empty.button is not None:
                self.empty.button.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        filing = self.session.as_typed(read.filing)
        if not self._shows(filing):
            self._take(ReportPresenter(filing, form_of(filing), read.context))
        assert self.presenter is not None
        self.presenter.set_remarks(remark_findings(self.presenter.form, read.slip))
        self.final.show_slip(read.slip)
        self.totals.look()
        offer_upgrade(self, filing.id)
        self.stack.setCurrentWidget(self.work)
        self._refresh()
        self.diary.read()
        self.files_link.show_owner(filing.id)
        wanted, self._wanted = self._wanted, None
        self.forms.go_first(wanted)

    def _shows(self, filing: Filing) -> bool:
        """What was read stands on the screen, or something newer that was typed while the store was being read."""
        if self.presenter is None:
            return False
        old = self.presenter.filing
        if (old.id, old.revision, old.status, old.form) != (filing.id, filing.revision, filing.status, filing.form):
            return False
        return self.presenter.answers == filing.answers or self.changes.saves.changed_since

    def _take(self, presenter: ReportPresenter) -> None:
        self.at.presenter = presenter
        self.figures.set_year(presenter.year)
        self.printed.forget()
        self.forms.take(presenter)

    # --- showing --------------------------------------------------------------------------------------------------

    def _refresh(self) -> None:
        """All of the page as it stands now."""
        presenter = self.presenter
        frozen, there = self.at.frozen, presenter is not None
        # with the largest letters the row is full
        self.entered.setVisible(there and not frozen and not self.narrow and theme.theme().factor < 1.3)
        self.chip.setVisible(there and not self.narrow)
        self.undo_button.setVisible(there and not frozen and not self.narrow)
        self.try_button.setVisible(there)
        self.workbook.button.setVisible(there)
        self.amend_button.setVisible(frozen)
        self._show_heads()
        self.final_button.setVisible(there and not frozen)
        if presenter is None:
            return
        self.chip.set_state(ChipState("lock" if frozen else "pencil", "plain", presenter.chip))
        words = "In trình ký" if frozen else "In thử"
        self.try_button.setText(words)
        self.try_button.setToolTip(f"{words} (Ctrl+P)")
        self.try_button.set_kind("primary" if frozen else "secondary")
        self.figures.set_rows(presenter.grid())
        self.forms.refresh()
        self._follow()
        self.final.refresh()

    def _changed(self) -> None:
        """What the change itself touched is shown now; what is read off it follows, in a large form after the frame."""
        if self.presenter is None:
            return
        self.figures.set_rows(self.presenter.grid())
        if self.presenter.large:
            self._follows.start()
        else:
            self._follow()

    def _follow(self) -> None:
        """What is read off the answers: the count, the open form, Cần xem, the live page, the diary's marks."""
        self._follows.stop()
        presenter = self.presenter
        if presenter is None:
            return
        self.entered.setText(presenter.entered().words)
        self.undo_button.enable() if presenter.can_undo else self.undo_button.disable("Chưa có gì để hoàn tác.")
        self.forms.refresh(presenter.take_changed())
        self.looks.refresh()
        self.printed.refresh()
        self.diary.refresh()

    def _at_field(self, field: str) -> None:
        self.at.field = field
        self.looks.choose()
        self.printed.tint()

    def _show_marks(self, marks: Mapping[str, str]) -> None:
        if self.presenter is not None:
            self.presenter.mark(marks)
            self.figures.set_rows(self.presenter.grid())

    # --- its parts ask --------------------------------------------------------------------------------------------

    def _filing(self) -> Filing | None:
        return self.presenter.filing if self.presenter else None

    def _history_ways(self) -> Ways:
        return Ways(
            filing=self._filing,
            field=self.forms.field_here,
            now=lambda: self.presenter.answers if self.presenter else {},
            hand_over=self.leave,
            put=self.changes.put_back,
            read_again=self._read_again,
        )

    def _diary_ways(self) -> DiaryWays:
        return DiaryWays(
            answers=lambda: self.presenter.answers if self.presenter and not self.presenter.frozen else None,
            form=lambda: self.presenter.form if self.presenter else None,
            filing=lambda: self.presenter.filing.id if self.presenter else "",
            show=self._show_marks,
            put=lambda changes: self.changes.change(lambda p: p.put_all(changes)),
        )

    def _print(self) -> None:
        if self.presenter is not None:
            self.leave()
            self.session.navigate.emit("print", self.presenter.filing.id)
