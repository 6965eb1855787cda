"""The page Kế hoạch: outline at the left, blocks or a form in the middle, printed page and findings at the right."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from shiboken6 import isValid

from hoctap_desktop.document.pdf import Mark
from hoctap_desktop.filing import doubts
from hoctap_desktop.filing.model import Filing
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.errors import UserError
from hoctap_desktop.office import filings
from hoctap_desktop.submission.remarks import remark_findings, slip_words
from hoctap_desktop.submission.reply import Reply
from hoctap_desktop.submission.sending import resubmit
from hoctap_desktop.ui import help_places, theme
from hoctap_desktop.ui.history.page_history import Ways
from hoctap_desktop.ui.plan.field_offers import FieldOffers
from hoctap_desktop.ui.plan.host import PlanHost
from hoctap_desktop.ui.plan.last_year import LastYear
from hoctap_desktop.ui.plan.last_year_marks import LastYearMarks
from hoctap_desktop.ui.plan.old_plan import OldPlan
from hoctap_desktop.ui.plan.outlook import Opened, View, look_at, open_plan
from hoctap_desktop.ui.plan.presenter import Look, PlanPresenter
from hoctap_desktop.ui.plan.saving import timer
from hoctap_desktop.ui.plan.text_search import TextSearch
from hoctap_desktop.ui.session import Session
from hoctap_desktop.ui.widgets.chips import ChipState
from hoctap_desktop.ui.widgets.dialog import ask
from hoctap_desktop.ui.widgets.findings_list import FindingRow
from hoctap_desktop.ui.widgets.picker import Picked, Picker
from hoctap_desktop.ui.widgets.preview import Highlight
from hoctap_desktop.ui.widgets.reason_dialog import ask_reason
from hoctap_desktop.ui.widgets.section_list import SectionRow

LOOK_AFTER_MS = 300
_LONGEST_IN_BOX = 22
_NOT_LOADED = "Đang mở kế hoạch."


class PlanPage(PlanHost):
    """The plan of the campaign. Everything typed is on its way to the store 400 ms later, and at once when left."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.old_plan = OldPlan(self)
        self.last_year = LastYear(self)
        self.answers_taken.connect(self.show_taken)
        self.findings_changed.connect(self.show_findings)
        self.look_wanted.connect(self.look)
        self.file_wanted.connect(self.old_plan.choose)
        self.year_taken.connect(self.last_year.begin)
        self.offers = FieldOffers(self.sheets, lambda: self.presenter, self._open_field)
        self.search = TextSearch(self.sheets)
        self.search.reached.connect(self._see_field)
        self.middle_column.insertWidget(0, self.search)
        self.picker: Picker | None = None
        self._marks: tuple[Mark, ...] = ()
        self._quiet = False
        self._checking = False
        self._goal: object = None
        self._rows: tuple[Look, ...] = ()
        self._look_timer = timer(self, LOOK_AFTER_MS, self.look)
        self._connect_frame()
        self._connect_sheets()
        session.campaign_changed.connect(self._campaign_changed)
        for keys, act in (
            ("F8", partial(self._step_finding, 1)),
            ("Shift+F8", partial(self._step_finding, -1)),
            ("Ctrl+F", self.ask_search),
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
        self.saving.noted.connect(self._look_timer.start)
        sheets.field_opened.connect(self._open_field)

    def _open_field(self, id: str) -> None:
        if self.sheets.of(id) is not None:
            self.go_field(id, focus=True)

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
        if sheet.section.id in help_places.PLAN_LINE_SECTIONS:
            return help_places.PLAN_LINES
        if sheet.editor is None:
            return help_places.PLAN_FIELDS
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

    # --- typing --------------------------------------------------------------------------------------------------

    def _typed(self, field: str, typed: str) -> None:
        if self._quiet or self.presenter is None:
            return
        save = self.presenter.write(field, typed)
        if save is None:
            return
        self.saving.later((save,))
        self._renew_values()
        sheet = self.sheets.of(field)
        if sheet is not None and sheet.form is not None:
            sheet.form.show_beside(self.presenter, field)

    def _left(self, field: str) -> None:
        presenter = self.presenter
        sheet = self.sheets.of(field)
        if self._quiet or presenter is None or sheet is None or sheet.form is None:
            return
        self._typed(field, sheet.form.boxes[field].text())
        presenter.leave(field)
        box = sheet.form.boxes[field]
        if box.text() != presenter.shown(field):
            self._quiet = True
            box.set_text(presenter.shown(field))
            self._quiet = False
        sheet.form.show_state(presenter, field)
        self.saving.save_now()

    def _edited(self, section: str) -> None:
        if self._quiet or self.presenter is None or self.sheets.get(section) is None:
            return
        # The text is read when the timer ends, and compared then: an input method at work has changed nothing yet.
        self.saving.begin()
        self._look_timer.start()

    # --- what was before -----------------------------------------------------------------------------------------

    def ways(self) -> Ways:
        return Ways(
            filing=lambda: self.presenter.filing if self.presenter else None,
            field=self._field_here,
            now=lambda: self.presenter.answers if self.presenter else {},
            hand_over=self._hand_over,
            put=self._put_back,
            read_again=self.enter,
        )

    def _field_here(self) -> str:
        """The box the keyboard is in, else the text of the sheet, else its first box."""
        sheet = self.sheets.current()
        if sheet is None:
            return ""
        boxes = sheet.form.boxes if sheet.form is not None else {}
        here = next((id for id, box in boxes.items() if box.edit.hasFocus()), "")
        return here or sheet.field or next(iter(boxes), "")

    def _hand_over(self) -> None:
        QGuiApplication.inputMethod().commit()
        self.saving.save_now()

    def _put_back(self, field: str, value: JsonValue | None) -> None:
        presenter = self.presenter
        if presenter is None or presenter.frozen:
            return
        self.saving.collect()
        self.saving.later(presenter.give_back({field: value}))
        self.show_taken()
        self.go_field(field, focus=True)

    # --- through time --------------------------------------------------------------------------------------------

    def _note_state(self, field: str) -> None:
        self.saving.collect()
        self.past.note(field)

    def _landed(self, field: str) -> None:
        self.saving.collect()
        self.past.landed(field)
        self.saving.begin()

    def _far(self, field: str, by: int) -> None:
        """Undo or redo beyond what the window remembers, and in every box."""
        presenter, sheet = self.presenter, self.sheets.of(field)
        if presenter is None or presenter.frozen or sheet is None:
            return
        self._note_state(field)
        text = self.past.step(field, by)
        if text is None:
            return
        save = presenter.write(field, text)
        if sheet.editor is not None and sheet.field == field:
            sheet.editor.show_state(text)
        elif sheet.form is not None:
            self._quiet = True
            sheet.form.show_text(presenter, field)
            sheet.form.show_state(presenter, field)
            self._quiet = False
            self._renew_values()
        self.saving.later((save,) if save is not None else ())
        self.saving.begin()

    def _renew_values(self) -> None:
        assert self.presenter is not None
        self._quiet = True
        self.sheets.show_values(self.presenter)
        self._quiet = False

    # --- looking -------------------------------------------------------------------------------------------------

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

    def _show_outline(self) -> None:
        presenter = self.presenter
        if presenter is None:
            return
        parts = presenter.parts(self.sheets.outlines())
        self.outline.set_rows([SectionRow(p.key, p.label, p.number, p.level, p.mark) for p in parts])
        now = [(self.sections_box.itemText(n), self.sections_box.itemData(n)) for n in range(self.sections_box.count())]
        new = [(_short(f"{p.number} {p.label}".strip()), p.key) for p in parts]
        if now != new:
            self.sections_box.clear()
            for words, key in new:
                self.sections_box.addItem(words, key)
        sheet = self.sheets.current()
        if sheet is not None:
            self._follow(sheet.section.id)

    # --- going ---------------------------------------------------------------------------------------------------

    def go_key(self, key: object, *, focus: bool = False) -> None:
        """To a row of the outline."""
        if not isinstance(key, str) or not key:
            return
        field, _, place = key.rpartition(":")
        if field:
            self.show_block(field, int(place), focus=focus)
            return
        sheet = self.sheets.get(key)
        if sheet is None:
            return
        self.sheets.open(sheet)
        if sheet.form is None and sheet.editor is not None:
            sheet.editor.go(0)
        if focus:
            sheet.focus()
        self._follow(key)

    def show_block(self, field: str, place: int, *, focus: bool) -> None:
        """To a block of a text, by its index in the outline; focus: the keyboard too."""
        sheet = self.sheets.of(field)
        if sheet is None or sheet.editor is None:
            return
        self.sheets.open(sheet)
        sheet.editor.go(place)
        if focus:
            sheet.editor.setFocus()
        self._moved(sheet.section.id)

    def go_field(self, field: str, *, focus: bool) -> None:
        """To a field, or to a section by its id."""
        sheet = self.sheets.of(field)
        if sheet is None:
            self.go_key(field, focus=focus)
            return
        self.sheets.open(sheet)
        if field == sheet.field and sheet.editor is not None:
            if focus:
                sheet.editor.setFocus()
            self._moved(sheet.section.id)
        elif sheet.form is not None and field in sheet.form.boxes:
            if focus:
                sheet.form.focus(field)
            self._follow(sheet.section.id)

    def _go_look(self, key: str, *, focus: bool) -> None:
        row = next((row for row in self._rows if row.key == key), None)
        if row is not None:
            self._go_row(row, focus=focus)

    def _go_row(self, row: Look, *, focus: bool) -> None:
        if row.place >= 0:
            self.show_block(row.field, row.place, focus=focus)
        else:
            self.go_field(row.field, focus=focus)

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
        if self.narrow:
            self.strip.step(by)
        elif self._rows:
            self.right.open("look")
            self.findings.step(by)

    def _moved(self, section: str) -> None:
        sheet = self.sheets.get(section)
        if self._quiet or sheet is None or self.sheets.current() is not sheet:
            return
        self._follow(section)
        self.saving.begin()  # where the person is, is kept too

    def _follow(self, section: str) -> None:
        """The outline and the page at the right show where the person is."""
        presenter, sheet = self.presenter, self.sheets.get(section)
        if presenter is None or sheet is None or self.sheets.current() is not sheet:
            return
        key = section
        if sheet.editor is not None and sheet.in_text():
            key = presenter.part_at(sheet.field, sheet.editor.part_place(), {sheet.field: sheet.editor.outline()})
        self.outline.open(key)
        at = self.sections_box.findData(key)
        if at >= 0:
            self.sections_box.setCurrentIndex(at)
        self._show_place()

    def _show_place(self) -> None:
        """Tints what belongs to the current block or section on the page."""
        presenter, sheet = self.presenter, self.sheets.current()
        if presenter is None or sheet is None or presenter.frozen:
            return
        if sheet.editor is not None and sheet.in_text():
            wanted = f"{sheet.field}.{sheet.editor.place()}"
            marks = [mark for mark in self._marks if mark.key == wanted]
        else:
            starts = presenter.marks_of(sheet.section)
            marks = [mark for mark in self._marks if mark.key.split(".")[0] in starts or mark.key in starts]
        shown = [Highlight(mark.page - 1, mark.top, mark.bottom) for mark in marks]
        self.preview.set_highlights(shown)
        if shown:
            self.preview.reveal(shown[0])

    def _page_pressed(self, page: int, y: float) -> None:
        hit = next((m for m in self._marks if m.page - 1 == page and m.top <= y <= m.bottom), None)
        if hit is None or self.presenter is None:
            return
        field, _, place = hit.key.rpartition(".")
        sheet = self.sheets.of(field)
        if sheet is not None and sheet.field == field and place.isdigit():
            self.show_block(field, int(place), focus=True)
            return
        for other in self.sheets:
            starts = self.presenter.marks_of(other.section)
            if hit.key in starts or hit.key.split(".")[0] in starts:
                self.go_key(other.section.id, focus=True)
                return

    def ask_search(self) -> None:
        """Ctrl+F: in the printed page when the keyboard is there, else in what is written."""
        focused = QApplication.focusWidget()
        if focused is not None and self.right.isAncestorOf(focused) and self.right.tabs.current() == "page":
            self.page_search.ask()
        else:
            self.search.ask()

    def _step_hit(self, by: int) -> None:
        if not self.search.isHidden():
            self.search.step(by)
        elif not self.page_search.isHidden():
            self.page_search.step(by)

    def _see_field(self, field: str) -> None:
        sheet = self.sheets.of(field)
        if sheet is not None and sheet is not self.sheets.current():
            self.sheets.open(sheet)
            self._follow(sheet.section.id)

    def pick_part(self) -> None:
        """Ctrl+G: to a part of the plan by typing a few letters of its name."""
        presenter = self.presenter
        if presenter is None:
            return
        parts = presenter.parts(self.sheets.outlines())
        rows = [Picked(part.key, f"{part.number} {part.label}".strip()) for part in parts]
        back = QApplication.focusWidget()
        self.picker = Picker("Đến mục", rows, self._middle_pane)
        self.picker.chosen.connect(lambda key: self.go_key(key, focus=True))
        self.picker.closed.connect(lambda: back.setFocus() if back is not None and isValid(back) else None)
        self.picker.open_at(QPoint(theme.px(60), theme.px(48)))

    def add_heading(self) -> None:
        """A new heading after the part the person is in."""
        sheet = self.sheets.current()
        if sheet is None or sheet.editor is None:
            sheet = next((s for s in self.sheets if s.editor is not None), None)
        if sheet is not None and sheet.editor is not None:
            self.sheets.open(sheet)
            sheet.editor.add_heading()
            self._show_outline()

    # --- printing and finalising ---------------------------------------------------------------------------------

    def show_taken(self) -> None:
        """As _show_all, but a text in blocks changes as one step of undo."""
        presenter = self.presenter
        assert presenter is not None
        self._quiet = True
        self.sheets.show_taken(presenter)
        self._quiet = False
        self.saving.save_now()
        self.look()

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
        ask(
            self,
            "Chốt kế hoạch để in?",
            "Sau khi chốt, nội dung được khóa để bản in và bản trong máy luôn giống nhau. Cần sửa thì lập lần sau.",
            yes="Chốt để in",
            no="Xem lại đã",
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
        self.session.jobs.run(open_plan, self._take)
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


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST_IN_BOX else words[: _LONGEST_IN_BOX - 1].rstrip() + "…"
