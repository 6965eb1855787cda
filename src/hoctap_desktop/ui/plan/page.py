"""The page Kế hoạch: outline at the left, blocks or a form in the middle, printed page and findings at the right."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from hoctap_desktop.submission.remarks import remark_findings, slip_words
from hoctap_desktop.submission.reply import Reply
from hoctap_desktop.ui import help_places
from hoctap_desktop.ui.form_upgrade import offer_upgrade
from hoctap_desktop.ui.plan.final import PlanFinal
from hoctap_desktop.ui.plan.last_year_marks import LastYearMarks
from hoctap_desktop.ui.plan.old_plan import OldPlan
from hoctap_desktop.ui.plan.outlook import Opened, open_plan
from hoctap_desktop.ui.plan.presenter import PlanPresenter
from hoctap_desktop.ui.plan.removing import Removing
from hoctap_desktop.ui.session import Session
from hoctap_desktop.ui.widgets.chips import ChipState

_NOT_LOADED = "Đang mở kế hoạch."


class PlanPage(PlanFinal):
    """The plan of the campaign. Everything typed is on its way to the store 400 ms later, and at once when left."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.old_plan = OldPlan(self)
        self.removing = Removing(self)
        self.answers_taken.connect(self.show_taken)
        self.findings_changed.connect(self.show_findings)
        self.look_wanted.connect(self.look)
        self.file_wanted.connect(self.old_plan.choose)
        self.year_taken.connect(self.last_year.begin)
        self._goal: object = None
        self._connect_frame()
        self._connect_sheets()
        session.campaign_changed.connect(self._campaign_changed)
        for keys, act in (
            ("F8", partial(self._step_finding, 1)),
            ("Shift+F8", partial(self._step_finding, -1)),
            ("Ctrl+F", self.ask_search),
            ("Ctrl+Shift+F", self.search.ask_replace),
            ("F3", partial(self._step_hit, 1)),
            ("Shift+F3", partial(self._step_hit, -1)),
            ("Ctrl+G", self.pick_part),
            ("F7", self.check),
            ("F9", self.print),
            ("Ctrl+P", self.print),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    def _connect_frame(self) -> None:
        self.sections_box.activated.connect(lambda at: self.go_key(self.sections_box.itemData(at), focus=True))
        self.outline.chosen.connect(self.go_key)
        self.outline.clicked.connect(lambda _index: self.go_key(self.outline.current(), focus=True))
        self.outline.activated.connect(lambda _index: self.go_key(self.outline.current(), focus=True))
        self.findings.chosen.connect(lambda key: self._go_look(key, focus=False))
        self.findings.opened.connect(lambda key: self._go_look(key, focus=True))
        self.findings.acted.connect(self._act_on_look)
        self.strip.opened.connect(lambda key: self._go_look(key, focus=True))
        self.preview.pressed.connect(self._page_pressed)
        self.preview.ready.connect(self._show_place)
        for button, act in (
            (self.read_button, self._choose_old),
            (self.amend_button, self.amend),
            (self.print_button, self.print),
            (self.finalise_button, self.ask_finalise),
            (self.add_button, self.add_heading),
        ):
            button.clicked.connect(lambda _checked=False, act=act: act())
        self.finalise_button.disable(_NOT_LOADED)

    def _choose_old(self) -> None:
        """What the draft may begin from: last year's plan, or a file."""
        menu = self.old_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.read_button.mapToGlobal(self.read_button.rect().bottomLeft()))

    def old_menu(self) -> QMenu:
        """The menu of the button Lấy bản có sẵn."""
        menu = QMenu(self)
        menu.addAction("Lấy của năm trước").triggered.connect(self.last_year.offer)
        menu.addAction("Lấy từ tệp Word, tệp chữ").triggered.connect(self.old_plan.choose)
        return menu

    def _connect_sheets(self) -> None:
        sheets = self.sheets
        sheets.typed.connect(self._typed)
        sheets.left.connect(self._left)
        sheets.entered.connect(self._follow)
        sheets.edited.connect(self._edited)
        sheets.moved.connect(self._moved)
        sheets.leaving.connect(self._note_state)
        sheets.landed.connect(self._landed)
        sheets.far.connect(self._far)
        self.search.replaced.connect(self._box_replaced)
        self.saving.noted.connect(self._look_timer.start)
        sheets.field_opened.connect(self._open_field)

    # --- the window's calls --------------------------------------------------------------------------------------

    def enter(self, argument: object = None) -> None:
        """argument: id of the field to go to, or None."""
        self._goal = argument
        self.past.resting = False
        self.session.jobs.run(open_plan, self._take, words="Đang mở kế hoạch")

    def leave(self) -> None:
        QGuiApplication.inputMethod().commit()
        self.saving.save_now()
        self.past.resting = True

    def first_focus(self) -> QWidget | None:
        sheet = self.sheets.current()
        if sheet is None or sheet.editor is not None:
            return sheet.editor if sheet is not None else None
        return next(iter(sheet.form.boxes.values())).edit if sheet.form is not None else None

    def panes(self) -> Sequence[QWidget]:
        middle = self.first_focus()
        right = self.findings if self.right.tabs.current() == "look" else self.preview
        return [part for part in (self.outline, middle, right) if part is not None]

    def save_now(self) -> None:
        self.saving.save_now()

    def help_name(self) -> str:
        return "plan"

    def help_part(self) -> str:
        sheet = self.sheets.current()
        if sheet is None:
            return ""
        if sheet.editor is None:
            return help_places.PLAN_FIELDS
        if sheet.in_text() and sheet.editor.list_here() is not None:
            return help_places.PLAN_LINES
        focused = QApplication.focusWidget()
        in_table = focused is not None and focused is not sheet.editor and sheet.editor.isAncestorOf(focused)
        return help_places.PLAN_TABLE if in_table else help_places.PLAN_TEXT

    def _campaign_changed(self) -> None:
        if self.isVisible():
            self.leave()
            self.enter()

    # --- opening -------------------------------------------------------------------------------------------------

    def _take(self, opened: Opened) -> None:
        self.saving.collect()
        if self.saving.waiting:  # typed while it was read
            self.saving.save_now()
            self.enter(self._goal)
            return
        old = self.presenter
        filing = self.session.as_typed(opened.filing)
        same = (
            old is not None
            and (old.filing.id, old.filing.revision, old.filing.status, old.form.hash)
            == (opened.filing.id, opened.filing.revision, opened.filing.status, opened.form.hash)
            and {id: value for id, value in self.saving.stored.items() if value is not None} == dict(filing.answers)
        )
        if not same:
            fresh = old is None or old.form.hash != opened.form.hash
            self.presenter = PlanPresenter(filing, opened.form, opened.context, opened.campaign)
            self.marks_of_last_year = LastYearMarks(self.presenter, self.sheets.outlines)
            self.presenter.more_looks = self.marks_of_last_year.rows
            self.presenter.more_said = self.marks_of_last_year.said
            self.saving.follow(self.presenter)
            if fresh:
                self.sheets.build(self.presenter)
                for _, editor in self.sheets.texts():
                    editor.addActions([self.find_action, self.replace_action])
                    self.history.add_to(editor, has_menu=True)
                    self.old_plan.watch(editor)
            self._show_all()
            self.past.follow(self.presenter, opened.past, opened.stopped)
        elif old is not None:
            old.context = opened.context
        if self.presenter is not None:
            self.presenter.doubts = opened.doubts
            self.presenter.remarks = remark_findings(opened.form, opened.slip)
            self.presenter.found(())
            self.files_link.show_owner(self.presenter.filing.id)
            offer_upgrade(self, self.presenter.filing.id)
        self.sheets.open_forms()
        self._show_final(opened.pdf)
        self._show_slip(opened.slip)
        self.look()
        if isinstance(self._goal, str):
            self.go_field(self._goal, focus=True)
        else:
            self.go_field(self._first_key(fresh=not same), focus=True)
            if not same:
                self.past.return_to(self.sheets.current())
        self._goal = None

    def _first_key(self, *, fresh: bool) -> str:
        current = self.sheets.current()
        assert self.presenter is not None
        if current is not None and not fresh:
            return current.field or current.section.id
        if self.past.stopped is not None:
            return self.past.stopped.field
        body = next(iter(self.presenter.bodies()), None)
        return body.id if body else self.presenter.form.sections[0].id

    def _show_all(self) -> None:
        """Everything on the screen from the presenter."""
        presenter = self.presenter
        assert presenter is not None
        self._quiet = True
        self.sheets.show_all(presenter)
        self._quiet = False
        self._show_outline()

    def _show_final(self, pdf: bytes) -> None:
        presenter = self.presenter
        assert presenter is not None
        icon, words = presenter.chip
        self.chip.set_state(ChipState(icon, "plain", words))
        frozen = presenter.frozen
        self.read_button.setVisible(not frozen)
        self.add_button.setVisible(not frozen)
        self.amend_button.setVisible(frozen)
        self.print_button.setVisible(not frozen)
        self.finalise_button.setText("In trình ký" if frozen else "Chốt để in")
        self.finalise_button.set_icon("printer" if frozen else "lock")
        if frozen:
            self.finalise_button.enable()
            self.preview.show_pdf(pdf)
            self.preview.set_highlights(())

    def _show_slip(self, slip: Reply | None) -> None:
        """What the upper unit wrote on the whole; beside it, while the plan is final, the way to the next revision."""
        presenter = self.presenter
        assert presenter is not None
        self.amend_button.setText("Nộp lại" if slip is not None else "Lập lần sau")
        if slip is None:
            self.banners.drop("slip")
        elif presenter.frozen:
            self.banners.show_banner("slip", "warn", slip_words(slip), "Nộp lại", self.amend)
        else:
            self.banners.show_banner("slip", "warn", slip_words(slip), closable=True)
        if presenter.frozen:
            self.show_findings()
