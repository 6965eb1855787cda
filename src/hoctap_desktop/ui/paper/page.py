"""In trình ký: the pages of the frozen PDF (or of the draft), the printer, the checks, number and day after signing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from hoctap_desktop.filing import repository
from hoctap_desktop.filing.model import Filing, Kind, filing_id
from hoctap_desktop.foundation.errors import UserError
from hoctap_desktop.foundation.progress import Progress
from hoctap_desktop.office import filings
from hoctap_desktop.office.paper import sheet_of, word_of
from hoctap_desktop.store.database import Store
from hoctap_desktop.ui import files, theme
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.keyboard import listen
from hoctap_desktop.ui.page import Page
from hoctap_desktop.ui.paper import page_range, presenter
from hoctap_desktop.ui.paper.page_range import PART_WORDS, Pages, Part
from hoctap_desktop.ui.paper.presenter import Checked, Sheet
from hoctap_desktop.ui.paper.printing import Printer, examine, make_printer, print_pdf, printers
from hoctap_desktop.ui.session import Session
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.chips import Chip, ChipState
from hoctap_desktop.ui.widgets.fields import ChoiceField, TextField
from hoctap_desktop.ui.widgets.labels import IconLabel, Label, rule
from hoctap_desktop.ui.widgets.panes import Panes, pane
from hoctap_desktop.ui.widgets.reader import Reader

RIGHT = 331
BAR = 42
LIST_OPEN = "print-pages"
_ROOMS = {Kind.PLAN: "plan", Kind.REPORT: "report"}


@dataclass(frozen=True)
class Read:
    filing: Filing
    data: bytes
    numbered: bool


def read_paper(store: Store, id: str, *, numbered: bool = False) -> Read:
    """The newest revision and its PDF. numbered: printed again with number and day, once there are some."""
    filing = repository.current(store, id)
    numbered = numbered and Sheet(filing).may_number
    data = filings.paper_with_number(store, id) if numbered else filings.paper(store, id)
    return Read(filing, data, numbered)


class _HeadRow(QWidget):
    """The row over the pages. Where its parts do not fit side by side, those that may be missed go, the first first;
    in the end the gaps.
    """

    def __init__(self, missed: Sequence[QWidget]) -> None:
        super().__init__()
        self._missed = missed
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("pane", "window")
        self.setFixedHeight(theme.px(BAR - 1))
        self.setMinimumWidth(1)
        self.row = QHBoxLayout(self)
        self._space(roomy=True)

    def _space(self, *, roomy: bool) -> None:
        self.row.setContentsMargins(12 if roomy else 3, 0, 16 if roomy else 3, 0)
        self.row.setSpacing(10 if roomy else 2)

    def fit(self) -> None:
        """Shows what there is room for."""
        self._space(roomy=True)
        for part in self._missed:
            part.setVisible(True)
        for part in self._missed:
            self.row.invalidate()
            if self.row.sizeHint().width() <= self.width():
                return
            part.setVisible(False)
        self.row.invalidate()
        self._space(roomy=self.row.sizeHint().width() <= self.width())

    @guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()


class PaperPage(Page):
    """argument of enter: filing id."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.sheet: Sheet | None = None
        self._data = b""
        self._printers = Printer((), "")
        self._id = ""
        self.reader = Reader(session.jobs, self, columns=2)
        self.preview = self.reader.preview
        self.back = Button("Về báo cáo", "text", icon="chevron-left", size="small", act=self._go_back)
        self.chip = Chip(ChipState("lock", "plain", ""))
        self.pages = Label("", "body", "ink2")
        self.two = Button("Vừa hai trang", size="small", act=lambda: self._fit(2))
        self.one = Button("Vừa bề ngang", "text", size="small", act=lambda: self._fit(1))
        self.printer = ChoiceField("Máy in")
        self.copies = TextField("Số bản", "2")
        self.sides = ChoiceField("Mặt giấy")
        self.sides.add("In một mặt", False)
        self.sides.add("In hai mặt", True)
        self.part = ChoiceField("Trang in")
        for part, words in PART_WORDS.items():
            self.part.add(words, part)
        self.some = TextField("Số trang", placeholder=page_range.EXAMPLE)
        self.some.hide()
        self.print_button = Button("In 2 bản", "primary", icon="printer", size="large", act=self._act)
        self.save_button = Button("Lưu PDF", icon="file-down", act=self._save_pdf)
        self.word_button = Button("Lưu Word", icon="file-text", act=self._save_word)
        self.sheet_button = Button("Lưu Excel", icon="table", act=self._save_sheet)
        self.number_button = Button("", icon="stamp", act=self._turn_numbered)
        self.number = TextField("Số")
        self.day = TextField("Ngày ký", placeholder="Ví dụ: 13/10/2022")
        self.title = Label("In trình ký", "page", wrap=True)
        self.note = Label("", "body", wrap=True)
        self._checks = QVBoxLayout()
        self._checks.setSpacing(7)
        self._checked: tuple[Checked, ...] = ()
        self._build()
        self.copies.edited.connect(lambda _text: self._show_acts())
        # Not the button's own: Qt forgets that one when the words on the button change.
        listen(self, {"Ctrl+P": self.print_button.click, "F9": self.print_button.click})
        self.part.chosen.connect(self._part_chosen)
        self.some.edited.connect(lambda _text: self._show_acts())
        self.some.edit.editingFinished.connect(self._show_slip)
        self.number.left.connect(lambda _text: self._keep_number())
        self.day.left.connect(lambda _text: self._keep_number())
        self.preview.setAccessibleName("Xem trước bản in")
        self.preview.page_changed.connect(self._count_pages)
        self.preview.ready.connect(self._show_acts)
        self.reader.list_chosen.connect(self._keep_list)
        kept = session.settings.blob(LIST_OPEN)
        self.reader.wish_list(None if kept is None else kept == QByteArray(b"1"))
        session.campaign_changed.connect(self._forget)

    def _build(self) -> None:
        left = pane("desk")
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        zoom = QWidget()
        icons = QHBoxLayout(zoom)
        icons.setContentsMargins(0, 0, 0, 0)
        icons.setSpacing(2)
        for tool in self.reader.zoom_buttons:
            icons.addWidget(tool)
        self.head = _HeadRow((zoom, self.pages, self.chip))
        row = self.head.row
        row.addWidget(self.back)
        row.addWidget(self.reader.list_button)
        row.addStretch(1)
        for part in (self.chip, self.pages, self.two, self.one, zoom, self.reader.search_button):
            row.addWidget(part)
        column.addWidget(self.head)
        column.addWidget(rule())
        bar = QHBoxLayout()
        bar.setContentsMargins(12, 0, 12, 0)
        bar.addWidget(self.banners)
        column.addLayout(bar)
        column.addWidget(self.reader, 1)
        scroll = QScrollArea()
        scroll.setAccessibleName("Cách in")
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self._side())
        scroll.setMinimumWidth(RIGHT)
        panes = Panes(left, scroll, sizes=(851, RIGHT), grows=0)
        panes.remember(self.session.settings, "print")
        self.column.addWidget(panes, 1)

    def _side(self) -> QWidget:
        side = pane("window")
        column = QVBoxLayout(side)
        column.setContentsMargins(20, 14, 20, 14)
        column.setSpacing(11)
        column.addWidget(self.title)
        column.addWidget(self.printer)
        pair = QHBoxLayout()
        pair.setSpacing(12)
        self.copies.setFixedWidth(theme.px(96))
        pair.addWidget(self.copies, 0, Qt.AlignmentFlag.AlignTop)
        pair.addWidget(self.sides, 1, Qt.AlignmentFlag.AlignTop)
        column.addLayout(pair)
        which = QHBoxLayout()
        which.setSpacing(12)
        which.addWidget(self.part, 1, Qt.AlignmentFlag.AlignTop)
        which.addWidget(self.some, 1, Qt.AlignmentFlag.AlignTop)
        column.addLayout(which)
        column.addWidget(self.some.message)  # a sentence wants the whole width
        column.addWidget(self.print_button)
        column.addWidget(self.save_button)
        saves = QHBoxLayout()
        saves.setSpacing(8)
        saves.addWidget(self.word_button, 1)
        saves.addWidget(self.sheet_button, 1)
        column.addLayout(saves)
        column.addWidget(rule())
        self.checks_title = Label("Máy đã kiểm tra", "group")
        column.addWidget(self.checks_title)
        column.addLayout(self._checks)
        card = QFrame()
        card.setProperty("card", "note")
        inside = QHBoxLayout(card)
        inside.setContentsMargins(12, 10, 12, 10)
        inside.setSpacing(10)
        inside.addWidget(IconLabel("info", "pri", 18), 0, Qt.AlignmentFlag.AlignTop)
        inside.addWidget(self.note, 1)
        column.addWidget(card)
        self.after = QWidget()
        after = QVBoxLayout(self.after)
        after.setContentsMargins(0, 0, 0, 0)
        after.setSpacing(8)
        after.addWidget(Label("Ghi sau khi ký", "group"))
        for part in (self.number, self.day, self.number_button):
            after.addWidget(part)
        column.addWidget(self.after)
        column.addStretch(1)
        return side

    # --- the page protocol ----------------------------------------------------------------------------------------

    def enter(self, argument: object = None) -> None:
        if isinstance(argument, str) and argument:
            self._id = argument
        self._id = self._id or filing_id(self.session.campaign.id, Kind.REPORT)
        self._read(numbered=False)
        self.session.jobs.aside(lambda _progress: printers(), self.show_printers)

    def first_focus(self) -> QWidget | None:
        return self.print_button if self.print_button.isEnabled() else self.back

    def panes(self) -> Sequence[QWidget]:
        return (self.preview, self.reader.pages, self.printer.box)

    def under(self) -> str:
        return _ROOMS[Kind.PLAN if self._id.endswith(f"-{Kind.PLAN.value}") else Kind.REPORT]

    def set_narrow(self, narrow: bool) -> None:
        self._fit(1 if narrow else 2)
        self.reader.set_narrow(narrow)

    def saved_place(self) -> Callable[[QWidget], object] | None:
        return None

    def _forget(self) -> None:
        self._id = ""

    def _read(self, *, numbered: bool) -> None:
        self.session.jobs.run(partial(read_paper, id=self._id, numbered=numbered), self._show, words="Đang mở trang in")

    # --- showing --------------------------------------------------------------------------------------------------

    def _show(self, read: Read) -> None:
        sheet = Sheet(read.filing, read.numbered)
        self.sheet = sheet
        self._data = read.data
        self.preview.show_pdf(read.data)
        self.title.setText(sheet.title)
        self.back.setText(sheet.back)
        self.chip.set_state(ChipState("lock" if sheet.final else "pencil", "plain", sheet.chip))
        self.note.setText(sheet.note)
        self.after.setVisible(sheet.final)
        self.number.label.setText(f"Số (trước {sheet.number_words})")
        self.number.set_text(read.filing.document_number)
        self.day.set_text(presenter.day_words(read.filing.document_day))
        self._show_number_act()
        self._show_checks(())
        self._show_acts()
        self.session.jobs.aside(
            lambda _progress: examine(read.filing, read.data, numbered=read.numbered), self._show_checks
        )

    def _show_number_act(self) -> None:
        there = self.sheet is not None and self.sheet.may_number
        self.number_button.setVisible(there)
        if there and self.sheet is not None:
            self.number_button.setText(self.sheet.number_act)
            self.number_button.set_icon("lock" if self.sheet.numbered else "stamp")

    def _show_checks(self, found: Sequence[Checked]) -> None:
        while (item := self._checks.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self._checked = tuple(found)
        self.checks_title.setVisible(bool(found))
        for one in found:
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(9)
            icon, token, said = (
                ("circle-check", "ok", "đúng") if one.good else ("triangle-alert", "warn", "nên xem lại")
            )
            row.addWidget(IconLabel(icon, token, 19, said), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Label(one.words if one.good else f"Xem lại: {one.words.lower()}", wrap=True), 1)
            line.setAccessibleName(f"{one.words}: {said}")
            self._checks.addWidget(line)

    def checked(self) -> tuple[Checked, ...]:
        """What the list of checks says."""
        return self._checked

    def show_printers(self, found: Printer) -> None:
        """Fills the list box; without a printer the next act is to save."""
        self._printers = found
        self.printer.box.clear()
        for name in found.names:
            self.printer.add(name, name)
        if not found.names:
            self.printer.add(presenter.NO_PRINTER, "")
        self.printer.choose(found.default)
        self._show_acts()

    def _show_acts(self) -> None:
        there = bool(self._printers.names)
        self.printer.box.setEnabled(there)
        self.copies.setEnabled(there)
        self.sides.box.setEnabled(there)
        self.part.box.setEnabled(there)
        self.some.setEnabled(there)
        self.save_button.setVisible(there)
        count = presenter.copies(self.copies.text())
        if not there:
            self.print_button.setText("Lưu PDF")
            self.print_button.set_icon("file-down")
            self.copies.show_state()
            self.print_button.enable()
            return
        self.print_button.set_icon("printer")
        if count is None:
            self.copies.show_state("error", f"Nhập từ 1 đến {presenter.MOST_COPIES}.")
            self.print_button.disable("Số bản chưa đúng.")
            return
        self.copies.show_state()
        pages = self.chosen()
        self.print_button.setText(page_range.print_words(count, pages, self._total()))
        if pages.wrong:
            self.print_button.disable(pages.wrong)
        else:
            self.some.show_state()
            self.print_button.enable()

    def _total(self) -> int:
        return self.preview.pages() if self.preview.is_ready() else 0

    def chosen(self) -> Pages:
        """The pages to be printed, or what is wrong with them."""
        part = Part(str(self.part.data()))
        return page_range.chosen_pages(part, self.some.text(), self.preview.current_page(), self._total())

    def _part_chosen(self, part: object) -> None:
        self.some.setVisible(part == Part.SOME)
        if part == Part.SOME:
            self.some.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_acts()

    def _show_slip(self) -> None:
        """What is wrong is told when the field is left, not while it is typed."""
        wrong = self.chosen().wrong
        if wrong and self.some.text().strip():
            self.some.show_state("error", wrong)

    def _keep_list(self, shown: bool) -> None:
        self.session.settings.set_blob(LIST_OPEN, QByteArray(b"1" if shown else b"0"))

    def _count_pages(self, _page: int, pages: int) -> None:
        self.pages.setText(f"{pages} trang" if pages else "")
        self.head.fit()
        self._show_acts()

    def _fit(self, columns: int) -> None:
        self.preview.set_columns(columns)
        self.two.set_kind("secondary" if columns == 2 else "text")
        self.one.set_kind("text" if columns == 2 else "secondary")

    # --- acts -----------------------------------------------------------------------------------------------------

    def _go_back(self) -> None:
        kind = self.sheet.filing.kind if self.sheet else Kind.REPORT
        self.session.navigate.emit(_ROOMS[kind], None)

    def _act(self) -> None:
        if self._printers.names:
            self._print()
        else:
            self._save_pdf()

    def _print(self) -> None:
        count = presenter.copies(self.copies.text())
        name = str(self.printer.data() or "")
        pages, total = self.chosen(), self._total()
        if count is None or not self._data or pages.wrong:
            return
        printer = make_printer(name, count, both_sides=bool(self.sides.data()))
        data = self._data

        def job(progress: Progress) -> None:
            print_pdf(data, printer, count, progress, pages.numbers)

        self.session.jobs.aside(
            job,
            lambda _none: self._printed(page_range.sent_words(count, pages, total, name)),
            words="Đang gửi đến máy in",
            things="trang",
            stoppable=True,
        )

    def _printed(self, words: str) -> None:
        self.banners.show_banner("printed", "ok", words, leaves=True)

    def _save_pdf(self) -> None:
        if self.sheet is not None:
            data = self._data
            files.save_as(self, self.sheet.file_name, files.PAPERS, lambda: data)

    def _save_word(self) -> None:
        if self.sheet is not None:
            files.save_as(self, self.sheet.word_name, files.WORDS, partial(word_of, self.sheet.filing))

    def _save_sheet(self) -> None:
        if self.sheet is not None:
            files.save_as(self, self.sheet.workbook_name, files.SHEETS, partial(sheet_of, self.sheet.filing))

    def _turn_numbered(self) -> None:
        """To the print with number and day, and back to the frozen one; what is shown is what is printed and saved."""
        if self.sheet is not None:
            self._read(numbered=not self.sheet.numbered)

    def _keep_number(self) -> None:
        """Number and day, written on the paper after signing; no part of the paper code."""
        if self.sheet is None or not self.sheet.final:
            return
        try:
            day = presenter.signed_day(self.day.text())
        except UserError as refusal:
            self.day.show_state("error", str(refusal))
            return
        self.day.show_state()
        self.day.set_text(presenter.day_words(day))
        id, number = self.sheet.filing.id, self.number.text().strip()

        def job(store: Store) -> Filing:
            return repository.set_document_number(store, id, number, day, store.clock())

        self.session.save(job, self._kept, filing=id)

    def _kept(self, filing: Filing) -> None:
        if self.sheet is None or self.sheet.filing.id != filing.id:
            return
        if self.sheet.numbered:
            self._read(numbered=True)
        else:
            self.sheet = Sheet(filing)
            self._show_number_act()
