"""The page Kế hoạch: outline at the left, blocks or a form in the middle, printed page and findings at the right."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from hoctap_desktop.document.pdf import Mark
from hoctap_desktop.filing import doubts
from hoctap_desktop.filing.model import Filing
from hoctap_desktop.form.definition import FieldType, Section
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.errors import UserError
from hoctap_desktop.office import filings
from hoctap_desktop.plan.outline import Outline
from hoctap_desktop.ui import theme
from hoctap_desktop.ui.form_entry.section_form import SectionForm
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.page import Page
from hoctap_desktop.ui.plan.doubts_dialog import doubts_dialog
from hoctap_desktop.ui.plan.editor import BlockEditor
from hoctap_desktop.ui.plan.outlook import Opened, Recognised, View, look_at, open_plan, recognise
from hoctap_desktop.ui.plan.presenter import Look, PlanPresenter, Save
from hoctap_desktop.ui.plan.toolbar import BlockToolbar
from hoctap_desktop.ui.session import Session
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.chips import Chip, ChipState
from hoctap_desktop.ui.widgets.dialog import ask
from hoctap_desktop.ui.widgets.fields import Choice
from hoctap_desktop.ui.widgets.finding_strip import FindingStrip
from hoctap_desktop.ui.widgets.findings_list import FindingRow, FindingsList
from hoctap_desktop.ui.widgets.labels import IconLabel, Label, rule
from hoctap_desktop.ui.widgets.panes import Panes, RightPane, TitleRow, pane
from hoctap_desktop.ui.widgets.preview import Highlight, Preview, PreviewTools
from hoctap_desktop.ui.widgets.reason_dialog import ask_reason
from hoctap_desktop.ui.widgets.section_list import SectionList, SectionRow

SAVE_AFTER_MS = 400
LOOK_AFTER_MS = 300
OUTLINE_WIDTH, PREVIEW_WIDTH, WIDE_PREVIEW = 226, 430, 520
_LONGEST_IN_BOX = 22
_NOT_LOADED = "Đang mở kế hoạch."


@dataclass
class _Sheet:
    """One section in the middle. field: its text in blocks, or ""."""

    section: Section
    widget: QWidget
    form: SectionForm | None
    editor: BlockEditor | None = None
    toolbar: BlockToolbar | None = None
    field: str = ""


class PlanPage(Page):
    """The plan of the campaign. Everything typed is on its way to the store 400 ms later, and at once when left."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.presenter: PlanPresenter | None = None
        self._sheets: dict[str, _Sheet] = {}
        self._pending: dict[str, JsonValue | None] = {}
        self._stored: dict[str, JsonValue | None] = {}  # as handed to the store
        self._marks: tuple[Mark, ...] = ()
        self._narrow = False
        self._quiet = False
        self._goal: object = None
        self._rows: tuple[Look, ...] = ()
        self._save_timer = self._timer(SAVE_AFTER_MS, self.save_now)
        self._look_timer = self._timer(LOOK_AFTER_MS, self.look)
        self._title_row()
        self._frame()
        session.campaign_changed.connect(self._campaign_changed)
        QShortcut(QKeySequence("F8"), self).activated.connect(lambda: self._step_finding(1))
        QShortcut(QKeySequence("Shift+F8"), self).activated.connect(lambda: self._step_finding(-1))
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self.save_now)

    def _timer(self, after: int, act: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after)
        timer.timeout.connect(act)
        return timer

    # --- frame ---------------------------------------------------------------------------------------------------

    def _title_row(self) -> None:
        self.title = TitleRow("Kế hoạch Tuần lễ")
        self.chip = Chip(ChipState("pencil", "plain", "Bản nháp"))
        self.sections_box = Choice()
        self.sections_box.setAccessibleName("Mục đang mở")
        self.sections_box.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.sections_box.setMinimumContentsLength(18)
        self.sections_box.setMinimumWidth(100)  # gives way to the words of the buttons
        self.sections_box.activated.connect(lambda at: self._go_key(self.sections_box.itemData(at), focus=True))
        self.sections_box.hide()
        self.read_button = Button("Mở kế hoạch có sẵn", icon="folder-open", size="small", act=self.choose_file)
        self.amend_button = Button("Lập lần sau", icon="copy", size="small", act=self.amend)
        self.pane_button = Button("Trang in", icon="eye", size="small", act=self._toggle_right)
        self.print_button = Button("In thử", icon="printer", size="small", act=self.print)
        self.finalise_button = Button("Chốt để in", "primary", icon="lock", size="small", act=self.ask_finalise)
        self.title.lead(self.chip)
        self.title.lead(self.sections_box)
        for button in (self.read_button, self.amend_button, self.pane_button, self.print_button, self.finalise_button):
            self.title.act(button)
        self.amend_button.hide()
        self.pane_button.hide()
        self.finalise_button.disable(_NOT_LOADED)
        self.column.addWidget(self.title)
        banners = self.banners.layout()
        if banners is not None:
            banners.setContentsMargins(20, 8, 16, 8)
        self.column.addWidget(self.banners)

    def _frame(self) -> None:
        self.outline = SectionList(outline=True)
        self.outline.chosen.connect(self._go_key)
        self.outline.clicked.connect(lambda _index: self._go_key(self.outline.current(), focus=True))
        self.outline.activated.connect(lambda _index: self._go_key(self.outline.current(), focus=True))
        self.add_button = Button("Thêm mục", icon="plus", size="small", act=self.add_heading)
        self.left = pane("window")
        column = QVBoxLayout(self.left)
        column.setContentsMargins(2, 8, 2, 10)
        column.setSpacing(8)
        column.addWidget(self.outline, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(6, 0, 6, 0)
        foot.addWidget(self.add_button)
        foot.addStretch(1)
        column.addLayout(foot)
        self.middle = QStackedWidget()
        self.findings = FindingsList()
        self.findings.chosen.connect(lambda key: self._go_look(key, focus=False))
        self.findings.opened.connect(lambda key: self._go_look(key, focus=True))
        self.findings.acted.connect(self._act_on_look)
        self.nothing = _nothing_to_see()
        self.preview = Preview(self.session.jobs)
        self.preview.pressed.connect(self._page_pressed)
        self.preview.ready.connect(self._show_place)
        self.right = RightPane([("page", "Trang in", self.preview), ("look", "Cần xem", self.findings)])
        self.right.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.right.setProperty("pane", "window")  # over the text of a narrow window nothing shines through
        self._right_edge = rule("v")
        self._right_edge.setParent(self)
        self._right_edge.hide()
        self.right.tools("page", PreviewTools(self.preview))
        self.split = Panes(self.left, self.middle, self.right, sizes=(OUTLINE_WIDTH, 526, PREVIEW_WIDTH), grows=1)
        self.split.remember(self.session.settings, "plan")
        self.left.setMinimumWidth(180)
        self.middle.setMinimumWidth(300)
        self.right.setMinimumWidth(268)
        self.column.addWidget(self.split, 1)
        self.strip = FindingStrip()
        self.strip.opened.connect(lambda key: self._go_look(key, focus=True))
        self.strip.hide()
        self.column.addWidget(self.strip)

    # --- the window's calls --------------------------------------------------------------------------------------

    def enter(self, argument: object = None) -> None:
        """argument: id of the field to go to, or None."""
        self._goal = argument
        self.session.jobs.run(open_plan, self._take, words="Đang mở kế hoạch")

    def leave(self) -> None:
        QGuiApplication.inputMethod().commit()
        self.save_now()

    def first_focus(self) -> QWidget | None:
        sheet = self._current()
        if sheet is None or sheet.editor is not None:
            return sheet.editor if sheet is not None else None
        return next(iter(sheet.form.boxes.values())).edit if sheet.form is not None else None

    def panes(self) -> Sequence[QWidget]:
        middle = self.first_focus()
        right = self.findings if self.right.tabs.current() == "look" else self.preview
        return [part for part in (self.outline, middle, right) if part is not None]

    def saved_place(self) -> Callable[[QWidget], object] | None:
        return self.title.fold

    def help_name(self) -> str:
        return "plan"

    def set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        self.left.setVisible(not narrow)
        self.chip.setVisible(not narrow)
        self.sections_box.setVisible(narrow)
        self.pane_button.setVisible(narrow)
        for button, words in ((self.read_button, "Mở kế hoạch có sẵn"), (self.print_button, "In thử")):
            button.setText("" if narrow else words)
            button.setProperty("kind", "secondary")
            button.setToolTip(words)
            button.setAccessibleName(words)
        self.title.title.setText("Kế hoạch" if narrow else "Kế hoạch Tuần lễ")
        if narrow:
            self.right.setParent(self)
            self.right.hide()
            self._right_edge.hide()
            self._name_pane_button()
        elif self.right.parentWidget() is not self.split:
            self._right_edge.hide()
            self.split.addWidget(self.right)
            self.right.show()
            self.split.lay_out()
        self._show_strip()

    @guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._narrow:
            self._place_right()
        self.split.suppose(OUTLINE_WIDTH, WIDE_PREVIEW if self.is_wide() else PREVIEW_WIDTH)

    def _toggle_right(self) -> None:
        self.right.setVisible(not self.right.isVisible())
        self._place_right()
        self._name_pane_button()

    def _name_pane_button(self) -> None:
        words = "Đóng" if self.right.isVisible() else "Trang in"
        self.pane_button.setText(words if theme.theme().factor == 1 else "")
        self.pane_button.setToolTip(words)
        self.pane_button.setAccessibleName(words)

    def _place_right(self) -> None:
        top = self.split.y()
        width = min(PREVIEW_WIDTH, self.width() - 80)
        self.right.setGeometry(self.width() - width, top, width, self.split.height())
        self._right_edge.setGeometry(self.width() - width - 1, top, 1, self.split.height())
        self._right_edge.setVisible(self.right.isVisible())
        self.right.raise_()

    def _campaign_changed(self) -> None:
        if self.isVisible():
            self.leave()
            self.enter()

    # --- opening -------------------------------------------------------------------------------------------------

    def _take(self, opened: Opened) -> None:
        self._collect()
        if self._pending:  # typed while it was read
            self.save_now()
            self.enter(self._goal)
            return
        old = self.presenter
        filing = self.session.as_typed(opened.filing)
        same = (
            old is not None
            and (old.filing.id, old.filing.revision, old.filing.status, old.form.hash)
            == (opened.filing.id, opened.filing.revision, opened.filing.status, opened.form.hash)
            and {id: value for id, value in self._stored.items() if value is not None} == dict(filing.answers)
        )
        if not same:
            fresh = old is None or old.form.hash != opened.form.hash
            self.presenter = PlanPresenter(filing, opened.form, opened.context, opened.campaign)
            self._stored = dict(filing.answers)
            self._pending = {}
            if fresh:
                self._build_sheets()
            self._show_all()
        elif old is not None:
            old.context = opened.context
        if self.presenter is not None:
            self.presenter.doubts = opened.doubts
        for sheet in self._sheets.values():
            if sheet.form is not None:
                sheet.form.set_open(True)
        self._show_final(opened.pdf)
        self.look()
        self._go_field(self._goal if isinstance(self._goal, str) else self._first_key(fresh=not same), focus=True)
        self._goal = None

    def _first_key(self, *, fresh: bool) -> str:
        current = self._current()
        assert self.presenter is not None
        if current is not None and not fresh:
            return current.field or current.section.id
        body = next(iter(self.presenter.bodies()), None)
        return body.id if body else self.presenter.form.sections[0].id

    def _build_sheets(self) -> None:
        assert self.presenter is not None
        while self.middle.count():
            gone = self.middle.widget(0)
            if gone is not None:
                self.middle.removeWidget(gone)
                gone.deleteLater()
        self._sheets = {}
        for section in self.presenter.form.sections:
            sheet = self._sheet(section)
            self._sheets[section.id] = sheet
            self.middle.addWidget(sheet.widget)

    def _sheet(self, section: Section) -> _Sheet:
        assert self.presenter is not None
        widget = pane("surface")
        column = QVBoxLayout(widget)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        others = [field for field in section.fields if field.type is not FieldType.BODY]
        body = next((field for field in section.fields if field.type is FieldType.BODY), None)
        form = SectionForm(section.label, others, compact=body is not None) if others else None
        if form is not None:
            form.typed.connect(self._typed)
            form.left.connect(self._left)
            form.passed.connect(form.leave_forward)
            form.entered.connect(lambda _id: self._follow(section.id))
        if body is None:
            head = pane("window")
            row = QHBoxLayout(head)
            row.setContentsMargins(24, 0, 16, 0)
            row.addWidget(Label(section.label, "group"))
            head.setFixedHeight(theme.px(40))
            column.addWidget(head)
            column.addWidget(rule())
            if form is not None:
                column.addWidget(form, 1)
            return _Sheet(section, widget, form)
        editor = BlockEditor(self.presenter.scheme(), body.label)
        editor.edited.connect(lambda: self._edited(section.id))
        editor.moved.connect(lambda: self._moved(section.id))
        editor.field_opened.connect(lambda id: self._go_field(id, focus=True) if self._sheet_of(id) else None)
        toolbar = BlockToolbar(editor, lambda: self.presenter.menu() if self.presenter else ())
        column.addWidget(toolbar)
        if form is not None:
            column.addWidget(form)
            column.addWidget(rule())
        column.addWidget(editor, 1)
        return _Sheet(section, widget, form, editor, toolbar, body.id)

    def _show_all(self) -> None:
        """Everything on the screen from the presenter."""
        presenter = self.presenter
        assert presenter is not None
        self._quiet = True
        values, labels = presenter.values(), presenter.labels()
        for sheet in self._sheets.values():
            if sheet.form is not None:
                sheet.form.show_all(presenter)
            if sheet.editor is not None:
                sheet.editor.number_by(presenter.scheme())
                sheet.editor.set_values(values, labels)
                sheet.editor.load(presenter.shown(sheet.field))
                sheet.editor.setReadOnly(presenter.frozen)
                # what is written anew without a word changed is no change
                presenter.write(sheet.field, sheet.editor.text())
                assert sheet.toolbar is not None
                sheet.toolbar.follow()
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

    # --- typing --------------------------------------------------------------------------------------------------

    def _typed(self, field: str, typed: str) -> None:
        if self._quiet or self.presenter is None:
            return
        save = self.presenter.write(field, typed)
        if save is None:
            return
        self._later((save,))
        self._renew_values()
        sheet = self._sheet_of(field)
        if sheet is not None and sheet.form is not None:
            sheet.form.show_beside(self.presenter, field)

    def _left(self, field: str) -> None:
        presenter = self.presenter
        sheet = self._sheet_of(field)
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
        self.save_now()

    def _edited(self, section: str) -> None:
        if self._quiet or self.presenter is None or section not in self._sheets:
            return
        # The text is read when the timer ends, and compared then: an input method at work has changed nothing yet.
        self._save_timer.start()
        self._look_timer.start()

    def _collect(self) -> None:
        """Notes what the editors hold now."""
        presenter = self.presenter
        if presenter is None or presenter.frozen:
            return
        for sheet in self._sheets.values():
            if sheet.editor is not None:
                save = presenter.write(sheet.field, sheet.editor.text())
                if save is not None:
                    self._pending[save.field] = save.value

    def _later(self, saves: Sequence[Save]) -> None:
        for save in saves:
            self._pending[save.field] = save.value
        if saves:
            self._save_timer.start()
            self._look_timer.start()

    def _renew_values(self) -> None:
        assert self.presenter is not None
        values, labels = self.presenter.values(), self.presenter.labels()
        self._quiet = True
        for sheet in self._sheets.values():
            if sheet.editor is not None:
                sheet.editor.number_by(self.presenter.scheme())
                sheet.editor.set_values(values, labels)
        self._quiet = False

    def save_now(self) -> None:
        """Hands everything typed and not yet handed over to the store."""
        self._save_timer.stop()
        self._collect()
        if self.presenter is None or not self._pending:
            return
        changes, self._pending = self._pending, {}
        self._stored.update(changes)
        self.session.save_answers(self.presenter.filing.id, changes)

    # --- looking -------------------------------------------------------------------------------------------------

    def outlines(self) -> dict[str, Outline]:
        """The texts in blocks as they stand."""
        return {sheet.field: sheet.editor.outline() for sheet in self._sheets.values() if sheet.editor is not None}

    def look(self) -> None:
        """The page and its findings anew, aside."""
        presenter = self.presenter
        if presenter is None:
            return
        self._look_timer.stop()
        self._collect()
        self._show_outline()
        if self._pending:
            self._save_timer.start()
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
        self._show_findings()
        self._show_outline()

    def _tell_refusal(self, refusal: UserError) -> None:
        look = self.presenter.letter_missing(self.outlines()) if self.presenter else None
        if look is None:
            self.banners.show_banner("page", "danger", str(refusal))
        else:
            act = partial(self._go_row, look, focus=True)
            self.banners.show_banner("page", "danger", f"{look.title}. {look.text}", "Đến chỗ đó", act)

    def _show_findings(self) -> None:
        presenter = self.presenter
        assert presenter is not None
        self._rows = presenter.looks(self.outlines())
        rows = [FindingRow(row.key, row.kind, row.title, row.text, row.acts) for row in self._rows]
        self.nothing.setVisible(not rows)
        self.findings.show_rows(rows, self.nothing)
        self.nothing.setVisible(not rows)
        self.right.tabs.set_count("look", len(rows))
        self.strip.show_rows(rows)
        self._show_strip()
        hint = presenter.finalise_hint()
        if hint:
            self.finalise_button.disable(hint)
        else:
            self.finalise_button.enable()
            self.finalise_button.setToolTip("Khóa nội dung và in bản trình ký")

    def _show_strip(self) -> None:
        self.strip.setVisible(self._narrow and bool(self._rows))

    def _show_outline(self) -> None:
        presenter = self.presenter
        if presenter is None:
            return
        parts = presenter.parts(self.outlines())
        self.outline.set_rows([SectionRow(p.key, p.label, p.number, p.level, p.mark) for p in parts])
        now = [(self.sections_box.itemText(n), self.sections_box.itemData(n)) for n in range(self.sections_box.count())]
        new = [(_short(f"{p.number} {p.label}".strip()), p.key) for p in parts]
        if now != new:
            self.sections_box.clear()
            for words, key in new:
                self.sections_box.addItem(words, key)
        sheet = self._current()
        if sheet is not None:
            self._follow(sheet.section.id)

    # --- going ---------------------------------------------------------------------------------------------------

    def _current(self) -> _Sheet | None:
        widget = self.middle.currentWidget()
        return next((sheet for sheet in self._sheets.values() if sheet.widget is widget), None)

    def _sheet_of(self, field: str) -> _Sheet | None:
        for sheet in self._sheets.values():
            if any(one.id == field for one in sheet.section.fields):
                return sheet
        return None

    def _go_key(self, key: object, *, focus: bool = False) -> None:
        """To a row of the outline."""
        if not isinstance(key, str) or not key:
            return
        field, _, place = key.rpartition(":")
        if field:
            self.show_block(field, int(place), focus=focus)
            return
        sheet = self._sheets.get(key)
        if sheet is None:
            return
        self.middle.setCurrentWidget(sheet.widget)
        if sheet.form is None and sheet.editor is not None:
            sheet.editor.go(0)
        if focus:
            self._focus_sheet(sheet)
        self._follow(key)

    def _focus_sheet(self, sheet: _Sheet) -> None:
        if sheet.form is not None and not (sheet.editor is not None and sheet.editor.hasFocus()):
            if not any(box.edit.hasFocus() for box in sheet.form.boxes.values()):
                sheet.form.focus(next(iter(sheet.form.boxes)))
        elif sheet.editor is not None:
            sheet.editor.setFocus()

    def show_block(self, field: str, place: int, *, focus: bool) -> None:
        """To a block of a text, by its index in the outline; focus: the keyboard too."""
        sheet = self._sheet_of(field)
        if sheet is None or sheet.editor is None:
            return
        self.middle.setCurrentWidget(sheet.widget)
        sheet.editor.go(place)
        if focus:
            sheet.editor.setFocus()
        self._moved(sheet.section.id)

    def _go_field(self, field: str, *, focus: bool) -> None:
        """To a field, or to a section by its id."""
        sheet = self._sheet_of(field)
        if sheet is None:
            self._go_key(field, focus=focus)
            return
        self.middle.setCurrentWidget(sheet.widget)
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
            self._go_field(row.field, focus=focus)

    def _act_on_look(self, key: str, act: str) -> None:
        row = next((row for row in self._rows if row.key == key), None)
        if row is None:
            return
        if act == "seen":
            assert self.presenter is not None
            self.session.save(partial(doubts.seen, number=self.presenter.seen(key)))
            self._show_findings()
        elif act == "fix":
            if self._narrow and self.right.isVisible():
                self._toggle_right()
            self._go_look(key, focus=True)
        else:
            ask_reason(
                self, row.title if row.reason else row.text, row.reason, partial(self._give_reason, row.settled_by)
            )

    def _give_reason(self, settled_by: str, reason: str) -> None:
        save = self.presenter.give_reason(settled_by, reason) if self.presenter else None
        if save is not None:
            self._later((save,))
            self.save_now()
            self.look()

    def _step_finding(self, by: int) -> None:
        if self._narrow:
            self.strip.step(by)
        elif self._rows:
            self.right.open("look")
            self.findings.step(by)

    def _moved(self, section: str) -> None:
        sheet = self._sheets.get(section)
        if self._quiet or sheet is None or self._current() is not sheet:
            return
        self._follow(section)

    def _follow(self, section: str) -> None:
        """The outline and the page at the right show where the person is."""
        presenter, sheet = self.presenter, self._sheets.get(section)
        if presenter is None or sheet is None or self._current() is not sheet:
            return
        key = section
        if sheet.editor is not None and not (sheet.form is not None and self._in_form(sheet.form)):
            key = presenter.part_at(sheet.field, sheet.editor.part_place(), {sheet.field: sheet.editor.outline()})
        self.outline.open(key)
        at = self.sections_box.findData(key)
        if at >= 0:
            self.sections_box.setCurrentIndex(at)
        self._show_place()

    @staticmethod
    def _in_form(form: SectionForm) -> bool:
        return any(box.edit.hasFocus() for box in form.boxes.values())

    def _show_place(self) -> None:
        """Tints what belongs to the current block or section on the page."""
        presenter, sheet = self.presenter, self._current()
        if presenter is None or sheet is None or presenter.frozen:
            return
        if sheet.editor is not None and not (sheet.form is not None and self._in_form(sheet.form)):
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
        sheet = self._sheet_of(field)
        if sheet is not None and sheet.field == field and place.isdigit():
            self.show_block(field, int(place), focus=True)
            return
        for other in self._sheets.values():
            starts = self.presenter.marks_of(other.section)
            if hit.key in starts or hit.key.split(".")[0] in starts:
                self._go_key(other.section.id, focus=True)
                return

    def add_heading(self) -> None:
        """A new heading after the part the person is in."""
        sheet = self._current()
        if sheet is None or sheet.editor is None:
            sheet = next((s for s in self._sheets.values() if s.editor is not None), None)
        if sheet is not None and sheet.editor is not None:
            self.middle.setCurrentWidget(sheet.widget)
            sheet.editor.add_heading()
            self._show_outline()

    # --- an old plan ---------------------------------------------------------------------------------------------

    def choose_file(self) -> None:
        """Asks for the file of an old plan."""
        dialog = QFileDialog(self, "Mở kế hoạch có sẵn", "", "Kế hoạch (*.docx *.txt)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.read_file(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def read_file(self, path: Path) -> None:
        """Reads it aside, then shows what was not sure."""
        own = self.session.own
        self.session.jobs.aside(lambda _progress: recognise(path, own), self._recognised, words="Đang đọc kế hoạch")

    def _recognised(self, found: Recognised) -> None:
        doubts_dialog(self, found, lambda: self.take_recognised(found))

    def take_recognised(self, found: Recognised) -> None:
        """Puts the old plan in place of what is there; one press gives everything back."""
        presenter = self.presenter
        if presenter is None or presenter.frozen:
            return
        self.save_now()
        before = presenter.before(found.answers)
        known = [(doubt.line, doubt.words, doubt.why) for doubt in presenter.doubts]
        self._later(presenter.take(found.answers))
        self._show_taken()
        self._keep_doubts(found.doubts)
        self.banners.show_banner(
            "taken",
            "info",
            f"Đã lấy kế hoạch từ tệp {found.file}.",
            "Trả lại như cũ",
            lambda: self._give_back(before, known),
            closable=True,
        )

    def _keep_doubts(self, found: Sequence[tuple[int, str, str]]) -> None:
        """In place of those of a plan read before."""
        assert self.presenter is not None
        job = partial(doubts.keep_doubts, filing=self.presenter.filing.id, doubts=tuple(found))
        self.session.save(job, self._doubts_kept)

    def _doubts_kept(self, kept: tuple[doubts.KeptDoubt, ...]) -> None:
        if self.presenter is not None:
            self.presenter.doubts = kept
            self._show_findings()

    def _give_back(self, before: Mapping[str, JsonValue | None], known: Sequence[tuple[int, str, str]]) -> None:
        presenter = self.presenter
        if presenter is None or presenter.frozen:
            return
        self._collect()
        self._later(presenter.give_back(before))
        self._show_taken()
        self._keep_doubts(known)
        self.banners.drop("taken")

    def _show_taken(self) -> None:
        """As _show_all, but a text in blocks changes as one step of undo."""
        presenter = self.presenter
        assert presenter is not None
        self._quiet = True
        values, labels = presenter.values(), presenter.labels()
        for sheet in self._sheets.values():
            if sheet.form is not None:
                sheet.form.show_all(presenter)
            if sheet.editor is not None:
                sheet.editor.number_by(presenter.scheme())
                sheet.editor.set_values(values, labels)
                if sheet.editor.text() != presenter.shown(sheet.field):
                    sheet.editor.replace(presenter.shown(sheet.field))
                    sheet.editor.go(0)
        self._quiet = False
        self.save_now()
        self.look()

    # --- printing and finalising ---------------------------------------------------------------------------------

    def print(self) -> None:
        """To the page that prints, with the draft as it stands."""
        QGuiApplication.inputMethod().commit()
        self.save_now()
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
        self.save_now()
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
        self.save_now()
        self._set_read_only(True)  # nothing typed now would be in what is frozen
        job = partial(filings.finalise, id=self.presenter.filing.id)
        self.session.after_saves(job, self._finalised, self._not_finalised, words="Đang chốt kế hoạch")

    def _not_finalised(self, failure: BaseException) -> None:
        self._set_read_only(False)
        self.session.problem.emit(failure)
        self.look()

    def _set_read_only(self, frozen: bool) -> None:
        for sheet in self._sheets.values():
            if sheet.editor is not None and sheet.toolbar is not None:
                sheet.editor.setReadOnly(frozen)
                sheet.toolbar.follow()
            if sheet.form is not None:
                sheet.form.set_open(not frozen)

    def _finalised(self, filing: Filing) -> None:
        self.session.changed.emit(filing.id)
        self.session.jobs.run(open_plan, self._take)
        self.session.navigate.emit("print", filing.id)

    def amend(self) -> None:
        """Begins the next revision."""
        if self.presenter is None:
            return
        job = partial(filings.amend, id=self.presenter.filing.id)
        self.session.jobs.run(job, self._amended, words="Đang lập lần sau")

    def _amended(self, filing: Filing) -> None:
        self.session.changed.emit(filing.id)
        self.enter()


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST_IN_BOX else words[: _LONGEST_IN_BOX - 1].rstrip() + "…"


def _nothing_to_see() -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(14, 14, 12, 12)
    row.setSpacing(9)
    row.addWidget(IconLabel("circle-check", "ok", 18), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(Label("Máy đã kiểm tra: không còn chỗ nào cần xem.", "body", wrap=True), 1)
    line.hide()
    return line
