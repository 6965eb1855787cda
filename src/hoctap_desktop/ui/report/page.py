"""Báo cáo: sections at the left, forms and the grid of numbers in the middle, Cần xem and Trang in at the right."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from hoctap_desktop.document.pdf import Printed
from hoctap_desktop.filing import repository
from hoctap_desktop.filing.differences import label_of
from hoctap_desktop.filing.model import Filing, Kind, filing_id
from hoctap_desktop.form.answers import NoNumber
from hoctap_desktop.form.context import NOTHING_ELSE_KNOWN, Context
from hoctap_desktop.form.definition import FieldType
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.office import filings
from hoctap_desktop.office.paper import form_of
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission.remarks import remark_findings, slip_words, standing_return
from hoctap_desktop.submission.reply import Reply
from hoctap_desktop.submission.sending import resubmit
from hoctap_desktop.ui import help_places, theme
from hoctap_desktop.ui.attached import AttachedLink
from hoctap_desktop.ui.form_entry.section_form import SectionForm
from hoctap_desktop.ui.form_upgrade import offer_upgrade
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.history.page_history import PageHistory, Ways
from hoctap_desktop.ui.keyboard import pick
from hoctap_desktop.ui.page import Page
from hoctap_desktop.ui.report.class_list import ClassListDialog
from hoctap_desktop.ui.report.figures_model import NOTE, ROW_ROLE, FiguresModel
from hoctap_desktop.ui.report.figures_view import FiguresView
from hoctap_desktop.ui.report.legend import Legend
from hoctap_desktop.ui.report.looks import Look, Part
from hoctap_desktop.ui.report.page_diary import DiaryWays, PageDiary
from hoctap_desktop.ui.report.page_workbook import PageWorkbook, WorkbookWays
from hoctap_desktop.ui.report.paste_dialog import PasteDialog
from hoctap_desktop.ui.report.pasting import cells_of, judge
from hoctap_desktop.ui.report.presenter import ReportPresenter, Save
from hoctap_desktop.ui.session import Session
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.chips import Chip, ChipState
from hoctap_desktop.ui.widgets.dialog import ask
from hoctap_desktop.ui.widgets.empty_state import EmptyState
from hoctap_desktop.ui.widgets.fields import Choice
from hoctap_desktop.ui.widgets.finding_strip import FindingStrip
from hoctap_desktop.ui.widgets.findings_list import FindingRow, FindingsList
from hoctap_desktop.ui.widgets.labels import Label, rule
from hoctap_desktop.ui.widgets.panes import Panes, RightPane, TitleRow, pane
from hoctap_desktop.ui.widgets.preview import Highlight, Preview
from hoctap_desktop.ui.widgets.reason_dialog import ask_reason
from hoctap_desktop.ui.widgets.section_list import SectionList, SectionRow

PREVIEW_AFTER_MS = 300
OUTLOOK_AFTER_MS = 250
LEFT, RIGHT, WIDE_RIGHT = 180, 268, 520
_TITLE = "Báo cáo kết quả Tuần lễ"


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


class ReportPage(Page):
    """The page; what is decided stands in the presenter, what is stored goes through session.save."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.presenter: ReportPresenter | None = None
        self._wanted: object = None
        self._edits = self._edits_read = 0
        self._narrow = False
        self._forms: dict[str, SectionForm] = {}
        self._marks: tuple[Printed, str] | None = None
        self._open_section = ""
        self._field = ""
        self._slip: Reply | None = None

        self.title = TitleRow(_TITLE)
        self.chip = Chip(ChipState("pencil", "plain", "Bản nháp, lần 1"))
        self.section_box = Choice()
        self.section_box.setAccessibleName("Mục")
        self.section_box.setMinimumWidth(110)
        self.title.lead(self.chip)
        self.title.lead(self.section_box)
        self.entered = Label("", "body", "ink2")
        self.look_button = Button("Cần xem", icon="list-checks", size="small", act=self._turn_right)
        self.undo_button = Button("Hoàn tác", icon="undo", size="small", act=self._undo)
        self.try_button = Button("In thử", icon="printer", size="small", act=self._print)
        self.final_button = Button("Chốt để in", "primary", icon="lock", size="small", act=self._ask_final)
        self.amend_button = Button("Lập lần sau", icon="copy", size="small", act=self._ask_amend)
        self.history = PageHistory(self, self._ways())
        self.workbook = PageWorkbook(self, self._workbook_ways())
        self.diary = PageDiary(self, self._diary_ways())
        self.files_link = AttachedLink(self)
        for part in (
            self.entered, self.look_button, self.workbook.button, self.history.button, self.undo_button,
            self.try_button, self.amend_button, self.final_button,
        ):  # fmt: skip
            self.title.act(part)
        self.column.addWidget(self.title)
        bar = QHBoxLayout()
        bar.setContentsMargins(20, 0, 16, 0)
        bar.addWidget(self.banners)
        self.column.addLayout(bar)

        self.empty = EmptyState(
            "clipboard-list",
            "Chưa lập báo cáo",
            "Báo cáo kết quả Tuần lễ có phần lời, 18 số liệu và người ký. Máy điền sẵn những gì đã biết.",
            "Lập báo cáo",
            self._begin,
        )
        self.sections = SectionList()
        self.figures = FiguresModel(session.campaign.year)
        self.grid = FiguresView(self.figures)
        self.middle = QStackedWidget()
        self.middle.addWidget(self.grid)
        self.findings = FindingsList()
        self.legend = Legend()
        self.preview = Preview(session.jobs)
        self.right = RightPane([("look", "Cần xem", self.findings), ("page", "Trang in", self.preview)])
        self.right.tools("page", self._zoom_buttons())
        self.edge = rule("v")
        self.strip = FindingStrip()
        self.left = self._left_pane()
        self.work = QWidget()
        self.edge.setParent(self.work)
        self.edge.hide()
        work = QVBoxLayout(self.work)
        work.setContentsMargins(0, 0, 0, 0)
        work.setSpacing(0)
        self.panes_box = Panes(self.left, self.middle, self.right, sizes=(LEFT, 734, RIGHT), grows=1)
        self.right.setMinimumWidth(RIGHT)
        self.left.setMinimumWidth(150)
        self.panes_box.remember(session.settings, "report")
        work.addWidget(self.panes_box, 1)
        work.addWidget(self.strip)
        self.stack = QStackedWidget()
        self.stack.addWidget(QWidget())
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self.work)
        self.column.addWidget(self.stack, 1)

        # In a form of hundreds of fields these follow a moment after the last key.
        self._outlook_timer = QTimer(self)
        self._outlook_timer.setSingleShot(True)
        self._outlook_timer.setInterval(OUTLOOK_AFTER_MS)
        self._outlook_timer.timeout.connect(self._show_outlook)
        self._page_timer = QTimer(self)
        self._page_timer.setSingleShot(True)
        self._page_timer.setInterval(PREVIEW_AFTER_MS)
        self._page_timer.timeout.connect(self._paint_page)
        self._connect()
        self.set_narrow(False)

    def _zoom_buttons(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for icon, words, by in (("zoom-out", "Thu nhỏ", -1), ("zoom-in", "Phóng to", 1)):
            row.addWidget(Button("", "icon", icon=icon, words=words, act=partial(self.preview.zoom_by, by)))
        return holder

    def _left_pane(self) -> QWidget:
        left = pane("window")
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 8, 0, 10)
        column.addWidget(self.sections, 1)
        links = QVBoxLayout()
        links.setContentsMargins(12, 0, 8, 0)
        for link in (self.diary.button, self.files_link):
            link.set_flush()
            links.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(links)
        hints = Label("Enter: ô tiếp theo\nN: số từ nhật ký\nF6: sang khung khác", "secondary", "ink3", wrap=True)
        hints.setContentsMargins(12, 0, 8, 4)
        column.addWidget(hints)
        return left

    def _connect(self) -> None:
        self.sections.chosen.connect(self._choose_section)
        # a click or Enter means to work there; the arrows only look
        for meant in (self.sections.clicked, self.sections.activated):
            meant.connect(lambda _index: self._show_section(self.sections.current(), focus=True))
        self.section_box.activated.connect(lambda at: self._choose_section(str(self.section_box.itemData(at))))
        self.figures.typed.connect(lambda field, text: self._change(lambda p: p.type_number(field, text)))
        self.figures.noted.connect(lambda row, text: self._change(lambda p: p.write_note(p.row(row), text)))
        self.grid.stated.connect(self._state_none)
        self.grid.blanked.connect(lambda fields: self._change(lambda p: p.blank(*fields)))
        self.grid.pasted.connect(self._paste)
        self.grid.computed_asked.connect(lambda field: self._change(lambda p: p.take_computed(field)))
        self.legend.picked.connect(self._pick_kind)
        self.grid.entered.connect(self._at_field)
        self.grid.list_asked.connect(self._open_classes)
        self.grid.diary_asked.connect(self.diary.ask)
        self.grid.passed.connect(self._next_section)
        self.findings.chosen.connect(self._tint_finding)
        self.findings.opened.connect(self._go_to_finding)
        self.findings.acted.connect(self._act_on_finding)
        self.strip.opened.connect(self._go_to_finding)
        self.right.tabs.opened.connect(lambda _tab: self._page_timer.start(0))
        self.session.campaign_changed.connect(self._campaign_changed)
        self.history.add_to(self.grid, has_menu=True)
        # Not on the buttons: a button forgets its shortcut when its text changes.
        for keys, act in (
            ("F8", partial(self.findings.step, 1)),
            ("Shift+F8", partial(self.findings.step, -1)),
            ("Ctrl+Z", self._undo),
            ("Ctrl+P", self._print),
            ("F9", self._print),
            ("Ctrl+F", self.pick_field),
            ("Ctrl+L", self._list_classes),
            ("F5", self._list_classes),
            ("F7", self.check),
            ("Ctrl+Y", self._redo),
            ("Ctrl+Shift+Z", self._redo),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        self.undo_button.setToolTip("Hoàn tác (Ctrl+Z)")

    # --- the page protocol ----------------------------------------------------------------------------------------

    def enter(self, argument: object = None) -> None:
        """argument: id of the field to go to, or None."""
        self._wanted = argument
        self._edits_read = self._edits
        campaign = self.session.campaign.id
        self.session.jobs.run(partial(read_report, campaign=campaign), self._show_read, words="Đang mở báo cáo")

    def leave(self) -> None:
        """Says what is being typed, so that it is saved."""
        QGuiApplication.inputMethod().commit()
        if self.grid.is_editing():
            self.grid.setFocus()
        for form in self._forms.values():
            form.say_all()

    def undo_last(self) -> None:
        self._undo()

    def save_now(self) -> None:
        self.leave()

    def pick_field(self) -> None:
        """Ctrl+F: to a field by a few letters of where it stands."""
        presenter = self.presenter
        if presenter is None:
            return
        rows = [(field.id, label_of(presenter.form, field.id)) for field in presenter.form.fields()]
        pick(self.stack, "Đến một ô", rows, self.go_to)

    def help_part(self) -> str:
        field = self._field_here()
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
        if self.middle.currentWidget() is self.grid:
            return self.grid
        form = self.middle.currentWidget()
        if not isinstance(form, SectionForm):
            return None
        inside: QWidget | None = form.focusWidget()  # None before anything in it had the keyboard
        return inside if inside is not None else next(iter(self._form_edits(form)), None)

    def panes(self) -> Sequence[QWidget]:
        shown: list[QWidget] = [] if self._narrow else [self.sections]
        current = self.middle.currentWidget()
        shown.append(self.grid if current is self.grid else next(iter(self._form_edits(current)), self.middle))
        if self.right.isVisible():
            shown.append(self.findings if self.right.tabs.current() == "look" else self.preview)
        return shown

    def _form_edits(self, form: QWidget | None) -> list[QWidget]:
        if not isinstance(form, SectionForm) or self.presenter is None:
            return []
        return [box.edit for box in form.boxes.values()]

    def set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        self.title.title.setText("Báo cáo" if narrow else _TITLE)
        # with large letters the box that names the section has to do
        self.title.title.setVisible(not narrow or theme.theme().factor == 1)
        self.left.setVisible(not narrow)
        self.section_box.setVisible(narrow)
        self.look_button.setVisible(narrow)
        # icons alone where their words would take the room of the others
        cramped = narrow or theme.theme().factor > 1
        self.history.set_narrow(cramped)
        self.workbook.set_narrow(cramped)
        self.chip.setVisible(not narrow)
        if narrow:
            self.right.setParent(self.work)
            self.right.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
            self.right.setProperty("pane", "surface")
            self._show_right(False)
        elif self.right.parentWidget() is not self.panes_box:
            self.panes_box.addWidget(self.right)
            self.right.show()
            self.edge.hide()
            self.panes_box.lay_out()
        self.strip.setHidden(not narrow)
        self._refresh()

    def saved_place(self) -> Callable[[QWidget], object] | None:
        return self.title.fold

    def _turn_right(self) -> None:
        """Narrow: the right pane over the content, and away again."""
        self._show_right(not self.right.isVisible())
        if self.right.isVisible():
            self.right.raise_()
            self.findings.setFocus()

    def _show_right(self, shown: bool) -> None:
        self.right.setVisible(shown)
        self.edge.setVisible(shown)
        self._place_right()

    def _place_right(self) -> None:
        if self._narrow:
            width = min(theme.px(340), self.work.width())
            self.right.setGeometry(QRect(self.work.width() - width, 0, width, self.panes_box.height()))
            self.edge.setGeometry(QRect(self.work.width() - width - 1, 0, 1, self.panes_box.height()))
            self.edge.raise_()

    @guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_right()
        self.panes_box.suppose(LEFT, WIDE_RIGHT if self.is_wide() else RIGHT)

    # --- reading --------------------------------------------------------------------------------------------------

    def _campaign_changed(self) -> None:
        self.leave()
        self.presenter = None
        if self.isVisible():
            self.enter()

    def _begin(self) -> None:
        campaign = self.session.campaign.id
        self.session.save(partial(begin_report, campaign=campaign), self._show_read)

    def _show_read(self, read: Read) -> None:
        if read.filing is None:
            self.presenter = None
            self.stack.setCurrentWidget(self.empty)
            self._refresh()
            if self.empty.button is not None:
                self.empty.button.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        old, filing = self.presenter, self.session.as_typed(read.filing)
        same = old is not None and (old.filing.id, old.filing.revision, old.filing.status, old.filing.form) == (
            filing.id,
            filing.revision,
            filing.status,
            filing.form,
        )
        # What the person typed while the store was being read must not be overwritten by what was read.
        typed_since = self._edits != self._edits_read
        if not (same and old is not None and (old.answers == filing.answers or typed_since)):
            self._take(ReportPresenter(filing, form_of(filing), read.context))
        assert self.presenter is not None
        self.presenter.set_remarks(remark_findings(self.presenter.form, read.slip))
        self._show_slip(read.slip)
        offer_upgrade(self, filing.id)
        self.stack.setCurrentWidget(self.work)
        self._refresh()
        self.diary.read()
        self.files_link.show_owner(filing.id)
        self._go_first()

    def _show_slip(self, slip: Reply | None) -> None:
        """What the upper unit wrote on the whole; beside it, while the paper is final, the way to the next revision."""
        self._slip = slip
        if slip is None or self.presenter is None:
            self.banners.drop("slip")
        elif self.presenter.frozen:
            self.banners.show_banner("slip", "warn", slip_words(slip), "Nộp lại", self._amend)
        else:
            self.banners.show_banner("slip", "warn", slip_words(slip), closable=True)

    def _take(self, presenter: ReportPresenter) -> None:
        self.presenter = presenter
        for form in self._forms.values():
            self.middle.removeWidget(form)
            form.deleteLater()
        self._forms = {}
        self.figures.set_year(presenter.year)
        self.preview.show_pdf(b"")
        self._marks = None
        self.section_box.clear()
        for part in presenter.parts():
            if not part.head:
                self.section_box.addItem(" ".join(w for w in (part.number, part.label) if w), part.key)

    def _go_first(self) -> None:
        presenter = self.presenter
        if presenter is None:
            return
        field, self._wanted = self._wanted, None
        if isinstance(field, str) and field and self.go_to(field):
            return
        if self._open_section and any(part.key == self._open_section for part in presenter.parts()):
            self._show_section(self._open_section, focus=True)
            return
        parts = [part for part in presenter.parts() if not part.head]
        first = next((part for part in parts if part.mark in ("block", "open")), parts[0])
        self._show_section(first.key, focus=True)

    # --- sections -------------------------------------------------------------------------------------------------

    def _choose_section(self, key: str) -> None:
        self._show_section(key, focus=not self.sections.hasFocus())

    def _show_section(self, key: str, *, focus: bool) -> None:
        presenter = self.presenter
        if presenter is None:
            return
        section = presenter.section(key)
        self._open_section = key
        self.sections.open(key)
        self.section_box.setCurrentIndex(self.section_box.findData(key))
        if section.rows:
            self.middle.setCurrentWidget(self.grid)
            if focus:
                self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
                if not self.grid.currentIndex().isValid():
                    self.grid.step(1)
        else:
            form = self._form(key)
            form.show_all(presenter, keep_typed=True)
            self.middle.setCurrentWidget(form)
            if focus:
                form.focus()
        self.legend.setVisible(bool(section.rows))
        self._tint_page()

    def _form(self, key: str) -> SectionForm:
        assert self.presenter is not None
        if key not in self._forms:
            section = self.presenter.section(key)
            fields = [field for field in section.fields if field.type is not FieldType.CLASSES]
            form = SectionForm(section.label, fields, heading=self.presenter.heading_of(section))
            form.written.connect(lambda field, text: self._change(lambda p: p.write(field, text)))
            form.entered.connect(self._at_field)
            form.left.connect(self._left_field)
            form.passed.connect(self._next_section)
            self._forms[key] = form
            self.middle.addWidget(form)
            form.show_all(self.presenter, keep_typed=True)
        return self._forms[key]

    def _next_section(self) -> None:
        if self.presenter is None:
            return
        keys = [part.key for part in self.presenter.parts() if not part.head]
        at = keys.index(self._open_section) + 1
        if at < len(keys):
            self._show_section(keys[at], focus=True)
        else:
            self.final_button.setFocus() if self.final_button.isEnabled() else self.findings.setFocus()

    def go_to(self, field: str, *, edit: bool = False) -> bool:
        """Opens the section of a field and puts the keyboard there. False for a field the form does not have."""
        presenter = self.presenter
        section = presenter.form.section_of(field) if presenter else None
        if presenter is None or section is None:
            return False
        self._show_section(section.id, focus=False)
        definition = presenter.class_field()
        if definition is not None and definition.id == field:
            self._open_classes(field)
            return True
        if section.rows:
            return self.grid.go_to(field, edit=edit)
        return self._form(section.id).focus(field)

    def field_box(self, field: str) -> QWidget | None:
        """What takes the keys of a field outside the table, once its section was opened."""
        return next((form.boxes[field].edit for form in self._forms.values() if field in form.boxes), None)

    # --- changes --------------------------------------------------------------------------------------------------

    def _change(self, act: Callable[[ReportPresenter], tuple[Save, ...]]) -> None:
        if self.presenter is None:
            return
        self._store(act(self.presenter))
        self._refresh()
        self.diary.refresh()

    def _show_marks(self, marks: Mapping[str, str]) -> None:
        if self.presenter is not None:
            self.presenter.mark(marks)
            self.figures.set_rows(self.presenter.grid())

    def _diary_ways(self) -> DiaryWays:
        return DiaryWays(
            answers=lambda: self.presenter.answers if self.presenter and not self.presenter.frozen else None,
            form=lambda: self.presenter.form if self.presenter else None,
            filing=lambda: self.presenter.filing.id if self.presenter else "",
            show=self._show_marks,
            put=lambda changes: self._change(lambda p: p.put_all(changes)),
        )

    def _store(self, saves: Sequence[Save]) -> None:
        if self.presenter is None or not saves:
            return
        self._edits += 1
        self.session.save_answers(self.presenter.filing.id, {save.field: save.value for save in saves})

    def _state_none(self, field: str, kind: NoNumber) -> None:
        self._change(lambda p: p.state_none(field, kind))
        presenter = self.presenter
        row = presenter.form.row_of(field) if presenter else None
        if kind is NoNumber.UNKNOWN and row is not None:
            self.grid.go_to_note(row.id)

    def _undo(self) -> None:
        presenter = self.presenter
        if presenter is None or not presenter.can_undo:
            return
        field = presenter.last_changed()
        self._store(presenter.undo())
        self._refresh()
        for form in self._forms.values():
            form.show_text(presenter, field)
        self.go_to(field)

    def _redo(self) -> None:
        presenter = self.presenter
        if presenter is None or not presenter.can_redo:
            return
        field = presenter.last_undone()
        self._store(presenter.redo())
        self._refresh()
        for form in self._forms.values():
            form.show_text(presenter, field)
        self.go_to(field)

    def _paste(self, text: str) -> None:
        """One cell is taken at once, as if typed; a block is shown first, with a verdict on each cell."""
        presenter, at = self.presenter, self.grid.currentIndex()
        block = cells_of(text)
        if presenter is None or presenter.frozen or not block or not at.isValid():
            return
        if len(block) == 1 and len(block[0]) == 1:
            self.figures.setData(at, block[0][0])
            return
        found = judge(block, presenter.grid(), at.row(), notes=at.column() == NOTE)
        dialog = PasteDialog(self, found, lambda: self._change(lambda p: p.take_pasted(found)))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _pick_kind(self, kind: str) -> None:
        """A press on the key under the findings: for the cell the cursor is in."""
        field = self.grid.field_at()
        if not field or self.middle.currentWidget() is not self.grid:
            return
        if kind == "number":
            self._change(lambda p: p.type_number(field, "0"))
        elif kind == "blank":
            self._change(lambda p: p.blank(field))
        else:
            self._state_none(field, NoNumber(kind))
        if kind != NoNumber.UNKNOWN:
            self.grid.setFocus()

    def check(self) -> None:
        """Kiểm tra (F7): everything is looked at, also what nobody has been in; the first finding has the keyboard."""
        self.leave()
        presenter = self.presenter
        if presenter is None or presenter.frozen:
            return
        presenter.touch_all()
        self._refresh()
        self._show_outlook()
        looks = presenter.looks()
        if not looks:
            words = "Đã kiểm tra: không còn chỗ nào cần xem. Có thể chốt để in."
            self.banners.show_banner("checked", "ok", words, leaves=True)
            return
        self.banners.drop("checked")
        if self._narrow:
            self._show_right(True)
            self.right.raise_()
        self.right.open("look")
        self.findings.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.findings.choose(looks[0].key)
        self._tint_finding(looks[0].key)

    def _list_classes(self) -> None:
        field = self.presenter.class_field() if self.presenter else None
        if field is not None:
            self._open_classes(field.id)

    def _open_classes(self, field: str) -> None:
        if self.presenter is None:
            return
        dialog = ClassListDialog(self, self.presenter.classes(), editable=not self.presenter.frozen)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.done_with.connect(lambda items: self._change(lambda p: p.set_classes(field, items)))
        dialog.open()

    # --- what was before ------------------------------------------------------------------------------------------

    def _ways(self) -> Ways:
        return Ways(
            filing=lambda: self.presenter.filing if self.presenter else None,
            field=self._field_here,
            now=lambda: self.presenter.answers if self.presenter else {},
            hand_over=self.leave,
            put=self._put_back,
            read_again=self._read_again,
        )

    def _workbook_ways(self) -> WorkbookWays:
        return WorkbookWays(
            filing=lambda: self.presenter.filing if self.presenter else None,
            hand_over=self.leave,
            read_again=self._read_again,
        )

    def _field_here(self) -> str:
        """The field the keyboard is in; in the column Ghi chú the note of the row."""
        at = self.grid.currentIndex()
        if self.presenter is not None and self.middle.currentWidget() is self.grid and at.column() == NOTE:
            row = at.data(ROW_ROLE)
            return self.presenter.row(row.id).note if row is not None and not row.group else ""
        form = self.middle.currentWidget()
        edit = form.focusWidget() if isinstance(form, SectionForm) else None
        field = edit.property("field") if edit is not None else None
        return field if isinstance(field, str) else self._field

    def _put_back(self, field: str, value: JsonValue | None) -> None:
        self._change(lambda p: p.put(field, value))
        for form in self._forms.values():
            if self.presenter is not None:
                form.show_text(self.presenter, field)

    def _read_again(self) -> None:
        self.presenter = None
        self.enter(self._field or None)

    # --- showing --------------------------------------------------------------------------------------------------

    def _refresh(self) -> None:
        presenter = self.presenter
        frozen = presenter is not None and presenter.frozen
        there = presenter is not None
        # with the largest letters the row is full
        self.entered.setVisible(there and not frozen and not self._narrow and theme.theme().factor < 1.3)
        self.chip.setVisible(there and not self._narrow)
        self.undo_button.setVisible(there and not frozen and not self._narrow)
        self.try_button.setVisible(there)
        self.workbook.button.setVisible(there)
        self.amend_button.setVisible(frozen)
        self.final_button.setVisible(there and not frozen)
        if presenter is None:
            return
        self.chip.set_state(ChipState("lock" if frozen else "pencil", "plain", presenter.chip))
        self.entered.setText(presenter.entered().words)
        self.try_button.setText("In trình ký" if frozen else "" if self._narrow else "In thử")
        self.try_button.setAccessibleName("In trình ký" if frozen else "In thử")
        self.try_button.setToolTip("" if self.try_button.text() else "In thử (Ctrl+P)")
        self.try_button.set_kind("primary" if frozen else "secondary")
        self.undo_button.enable() if presenter.can_undo else self.undo_button.disable("Chưa có gì để hoàn tác.")
        self.figures.set_rows(presenter.grid())
        shown = self.middle.currentWidget()
        if isinstance(shown, SectionForm):
            shown.show_all(presenter, keep_typed=True)
        if presenter.large:
            self._outlook_timer.start()
        else:
            self._show_outlook()
        self._show_final_banner(presenter)
        self._page_timer.start()

    def _show_outlook(self) -> None:
        """What is read off all answers together: Cần xem, the marks of the sections, whether it can be finalised."""
        self._outlook_timer.stop()
        presenter = self.presenter
        if presenter is None:
            return
        why = presenter.why_not_final()
        self.final_button.disable(why) if why else self.final_button.enable()
        parts = presenter.parts()
        self.sections.set_rows([_section_row(part, parts) for part in parts])
        self.sections.open(self._open_section)
        rows = [_finding_row(look) for look in presenter.looks()]
        self.findings.show_rows(rows, self.legend)
        self._choose_look()
        self.right.tabs.set_count("look", len(rows))
        self.strip.show_rows(rows)
        self.strip.setHidden(not (self._narrow and rows))
        self.look_button.setText(f"Cần xem  {len(rows)}" if rows else "Cần xem")

    def _show_final_banner(self, presenter: ReportPresenter) -> None:
        if not presenter.frozen:
            self.banners.drop("final")
            return
        again = "Nộp lại" if self._slip is not None else "Lập lần sau"
        self.amend_button.setText(again)
        words = f"{presenter.final_words} Muốn sửa thì bấm {again}."
        if self.banners.texts().get("final") != words:
            self.banners.show_banner("final", "info", words)

    def _at_field(self, field: str) -> None:
        self._field = field
        self._choose_look()
        self._tint_page()

    def _choose_look(self) -> None:
        """The finding of the field the keyboard is in is tinted with it."""
        if self._outlook_timer.isActive():
            return  # with the rest
        looks = self.presenter.looks() if self.presenter else ()
        look = next((look for look in looks if look.field == self._field), None)
        self.findings.choose(look.key if look else "", scroll=look is not None)

    def _left_field(self, field: str) -> None:
        presenter = self.presenter
        if presenter is None:
            return
        presenter.touch(field)
        for form in self._forms.values():
            if field in form.boxes:
                form.show_text(presenter, field)
                form.show_state(presenter, field)

    # --- findings -------------------------------------------------------------------------------------------------

    def _look(self, key: str) -> Look | None:
        looks = self.presenter.looks() if self.presenter else ()
        return next((look for look in looks if look.key == key), None)

    def _tint_finding(self, key: str) -> None:
        """A finding was chosen: its section comes up, the keyboard stays in the list."""
        look = self._look(key)
        section = self.presenter.form.section_of(look.field) if look and self.presenter else None
        if look is None or section is None:
            return
        self._show_section(section.id, focus=False)
        place = self.figures.place_of(look.field)
        if section.rows and place.isValid():
            self.grid.setCurrentIndex(place)
            self.grid.scrollTo(place)
        self._field = look.field
        self.findings.choose(key)

    def _go_to_finding(self, key: str) -> None:
        look = self._look(key)
        if look is not None:
            if self._narrow:
                self._show_right(False)
            self.go_to(look.field)
            self.findings.choose(key)

    def _act_on_finding(self, key: str, act: str) -> None:
        look = self._look(key)
        if look is None or self.presenter is None:
            return
        if act == "fix":
            self.go_to(look.field, edit=True)
        elif look.settled_by.startswith("reason.unknown_reason."):
            row = self.presenter.form.row_of(look.field)
            if row is not None:
                self._show_section(self._open_section, focus=False)
                self.go_to(look.field)
                self.grid.go_to_note(row.id)
        else:
            self._ask_reason(look)

    def _ask_reason(self, look: Look) -> None:
        def keep(reason: str) -> None:
            self._change(lambda p: p.give_reason(look.settled_by, reason))

        ask_reason(self, look.title if look.reason else look.text, look.reason, keep)

    # --- the page -------------------------------------------------------------------------------------------------

    def _paint_page(self) -> None:
        if self.presenter is None or self.right.tabs.current() != "page" or not self.right.isVisible():
            return
        filing = self.presenter.as_filing()
        self.session.jobs.latest(
            self._page_timer, partial(filings.draft_page, filing.answers, filing), self._show_page, self._page_failed
        )

    def _show_page(self, page: Printed) -> None:
        if self.presenter is None:
            return
        self.banners.drop("page")
        self._marks = (page, self.presenter.filing.id)
        self.preview.show_pdf(page.data)
        self._tint_page()

    def _page_failed(self, failure: BaseException) -> None:
        finding = self.presenter.letter_missing() if self.presenter else None
        if finding is None:
            self.banners.show_banner("page", "warn", str(failure))
        else:
            act = partial(self.go_to, finding.field)
            self.banners.show_banner("page", "warn", f"{finding.place}: {finding.message}", "Đến chỗ đó", act)

    def _tint_page(self) -> None:
        """The part of the page that belongs to the field the keyboard is in."""
        if self._marks is None or self.presenter is None:
            return
        row = self.presenter.form.row_of(self._field)
        key = f"row.{row.id}" if row else self._field
        found = [Highlight(m.page - 1, m.top, m.bottom) for m in self._marks[0].marks if m.key == key]
        self.preview.set_highlights(found)
        if found:
            self.preview.reveal(found[0])

    # --- acts -----------------------------------------------------------------------------------------------------

    def _print(self) -> None:
        if self.presenter is not None:
            self.leave()
            self.session.navigate.emit("print", self.presenter.filing.id)

    def _ask_final(self) -> None:
        self.leave()
        if self.presenter is None or self.presenter.why_not_final():
            return
        ask(
            self,
            f"Chốt báo cáo lần {self.presenter.filing.revision}?",
            "Chốt rồi thì số liệu và lời của lần này giữ nguyên như bản in. Cần sửa thì lập lần sau.",
            yes="Chốt để in",
            no="Xem lại",
            act=self._finalise,
            icon="lock",
        )

    def _finalise(self) -> None:
        assert self.presenter is not None
        job = partial(filings.finalise, id=self.presenter.filing.id)
        self.session.after_saves(job, self._finalised, words="Đang chốt báo cáo")

    def _finalised(self, filing: Filing) -> None:
        self.session.changed.emit(filing.id)
        self.presenter = None
        self.enter()
        self.session.navigate.emit("print", filing.id)

    def _ask_amend(self) -> None:
        assert self.presenter is not None
        revision = self.presenter.filing.revision
        ask(
            self,
            f"Lập báo cáo lần {revision + 1}?",
            f"Lần {revision} giữ nguyên như đã in. Lần {revision + 1} bắt đầu từ những gì đã ghi ở lần {revision}.",
            yes="Lập lần sau",
            no="Không lập",
            act=self._amend,
            icon="copy",
        )

    def _amend(self) -> None:
        assert self.presenter is not None
        id = self.presenter.filing.id
        self.session.save(partial(resubmit, filing_id=id), lambda _filing: self.enter(), filing=id)


def _section_row(part: Part, parts: Sequence[Part]) -> SectionRow:
    ruled = part.number == "" and part.key == parts[-1].key
    return SectionRow(
        part.key, part.label, part.number, level=0 if part.head else 1, mark=part.mark, head=part.head, ruled=ruled
    )


def _finding_row(look: Look) -> FindingRow:
    return FindingRow(look.key, look.kind, look.title, look.text, look.acts)
