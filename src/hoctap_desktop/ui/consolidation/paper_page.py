"""A paper that was received: its pages as the unit printed them, what is known of the file, and the decision on it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from hoctap_desktop.campaign.repository import with_deadlines
from hoctap_desktop.consolidation import keying, repository, side_by_side
from hoctap_desktop.consolidation.model import Beside, Submission
from hoctap_desktop.consolidation.status import ReviewAct
from hoctap_desktop.filing.attaching import about
from hoctap_desktop.filing.attachments import file_name
from hoctap_desktop.filing.model import KIND_WORDS, Filing, Kind
from hoctap_desktop.foundation.dates import print_date
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.file_kind import extension_of
from hoctap_desktop.office.paper import print_filing
from hoctap_desktop.store.database import Store
from hoctap_desktop.ui import theme
from hoctap_desktop.ui.attached import ask_before_opening, open_bytes, save_bytes
from hoctap_desktop.ui.consolidation.board_presenter import Dated
from hoctap_desktop.ui.consolidation.comparison_view import show_comparison
from hoctap_desktop.ui.consolidation.lost_file import LostFile
from hoctap_desktop.ui.consolidation.receipt_dialogs import ReceiptDayDialog
from hoctap_desktop.ui.consolidation.review import Case, decide_case, look_rows, read_case
from hoctap_desktop.ui.consolidation.review_pane import ReturnPane, ReviewPane
from hoctap_desktop.ui.consolidation.rows_view import scrolled
from hoctap_desktop.ui.consolidation.slips_dialog import ask_for_slips
from hoctap_desktop.ui.history.difference_view import DifferenceView
from hoctap_desktop.ui.history.person import person_at_machine
from hoctap_desktop.ui.keyboard import listen
from hoctap_desktop.ui.page import Page
from hoctap_desktop.ui.session import Session
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.findings_list import FindingRow, FindingsList
from hoctap_desktop.ui.widgets.labels import ElidedLabel, Label, rule
from hoctap_desktop.ui.widgets.panes import Panes, RightPane, TitleRow, pane
from hoctap_desktop.ui.widgets.reader import Reader
from hoctap_desktop.ui.widgets.reason_dialog import ask_reason
from hoctap_desktop.units.repository import unit

RIGHT = 340


@dataclass(frozen=True)
class ReceivedFile:
    """A file that came beside a paper, bytes as the unit sealed them. about: kind, size, signatures, in words."""

    name: str
    about: str
    active: bool
    data: bytes


@dataclass(frozen=True)
class Paper:
    """pages: the PDF as received, b"" when the package holds none. attached: the files beside it. case: its pile.

    waits: this paper, or the one that came for it, waits for a choice between the two; None when neither does.
    last_good_day: for this unit and kind; None where no day is set. lost: that its kept file is, and what to do, or "".
    """

    submission: Submission
    pages: bytes
    attached: tuple[ReceivedFile, ...]
    case: Case
    waits: Beside | None = None
    last_good_day: date | None = None
    lost: str = ""


def read_paper(store: Store, package_id: str, chosen: Sequence[str] = ()) -> Paper:
    """A received paper; without its pages when its file is lost. chosen: as read_case.

    Raises UserError PACKAGE_UNKNOWN, STORE_DAMAGED.
    """
    got = repository.submission(store, package_id)
    case = read_case(store, package_id, chosen)
    waits = next((one for one in side_by_side.waiting(store, [got.campaign]) if got in _both(one)), None)
    last = _last_good_day(store, got)
    if got.from_paper:
        return Paper(got, print_of(store, got), (), case, waits, last)
    try:
        opened = repository.opened(store, package_id)
    except UserError as lost:
        if lost.code is not Code.KEPT_FILE_LOST:
            raise
        return Paper(got, b"", (), case, waits, last, str(lost))
    prints = [entry.data for entry in opened.prints if entry.data.startswith(b"%PDF")]
    names = opened.manifest.attachments
    files = tuple(
        ReceivedFile(file_name(names[entry.name], extension_of(entry.name)), *about(entry.name, entry.data), entry.data)
        for entry in opened.attachments
    )
    return Paper(got, prints[0] if prints else b"", files, case, waits, last)


def _last_good_day(store: Store, got: Submission) -> date | None:
    sender = unit(store, got.unit_code)
    due = with_deadlines(store, got.campaign).deadline(got.kind.value, sender.level, sender.code) if sender else None
    return due.last_good_day if due else None


def _both(one: Beside) -> tuple[Submission, Submission]:
    return one.accepted.submission, one.later.submission


def print_of(store: Store, got: Submission) -> bytes:
    """A print of what was typed from paper, as a draft: the paper itself lies in the file. b"" for a plan."""
    sender = unit(store, got.unit_code)
    if got.kind is not Kind.REPORT or sender is None:
        return b""
    answers = repository.answers_of(store, got.package_id)
    return print_filing(Filing(got.series, got.kind, got.campaign, sender, got.form, answers)).data


def facts(paper: Paper) -> tuple[tuple[str, str], ...]:
    """What stands beside the pages: label and value; what is not known is left out."""
    got = paper.submission
    number = got.document_number
    signed = f", ngày {print_date(got.document_day)}" if got.document_day else ""
    shown = (
        ("Đơn vị", got.unit_name),
        ("Số văn bản", f"{number}{signed}" if number else ""),
        ("Lần nộp", str(got.revision)),
        ("Ngày nhận", print_date(got.received_on)),
        ("Ngày nhận ghi tay vì", got.day_reason),
        ("Mã giấy", got.paper_code),
        ("Tệp", got.file_name),
        ("Lưu ý", " ".join(got.notes)),
    )
    return tuple((label, value) for label, value in shown if value)


class ReceivedPaperPage(Page):
    """Opened with (package id, room to go back to), and the packages to go through where that room has an order."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._back = "receive"
        self._chosen: tuple[str, ...] = ()
        self._narrow = False
        self.paper: Paper | None = None
        self.title = TitleRow("")
        self.unit = ElidedLabel("", "body", "ink2")
        self.title.lead(self.unit)
        self.reader = Reader(session.jobs, self, outside=True)
        self.preview = self.reader.preview
        self.page_words = Label("", "secondary", "ink2")
        self.preview.page_changed.connect(self._show_page)
        self.title.act(self.page_words)
        for button in (self.reader.list_button, self.reader.search_button, *self.reader.zoom_buttons):
            self.title.act(button)
        self.before = Button("", "icon", icon="chevron-left", act=lambda: self._step(-1))
        self.after = Button("", "icon", icon="chevron-right", act=lambda: self._step(1))
        for button, words in ((self.before, "Bản trước (Alt+PgUp)"), (self.after, "Bản sau (Alt+PgDn)")):
            button.setToolTip(words)
            button.setAccessibleName(words)
        self.place = Label("", "secondary", "ink2")
        for part in (self.place, self.before, self.after):
            self.title.act(part)
        self.back = Button("Về danh sách", icon="arrow-left", size="small", act=self._go_back)
        self.back.may_shorten("")
        self.back.setToolTip("Về danh sách (Alt+mũi tên trái)")
        listen(
            self,
            {
                "Alt+Left": self._go_back,
                "Alt+PgUp": self.before.click,
                "Alt+PgDown": self.after.click,
                "Ctrl+Return": self._press_accept,
                "Ctrl+Backspace": self._press_give_back,
                "F2": self.change_day,
                "F8": lambda: self._step_look(1),
                "Shift+F8": lambda: self._step_look(-1),
            },
        )
        self.title.act(self.back)
        self.column.addWidget(self.title)
        self.banners.setContentsMargins(20, 8, 16, 8)
        self.column.addWidget(self.banners)
        inner = pane("surface")
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 14, 16, 16)
        column.setSpacing(14)
        self.review = ReviewPane()
        self.review.decided.connect(self._decide)
        self.review.returning.connect(self._write_slip)
        self.review.writing.connect(self._write_slips)
        self._lost = LostFile(self, (self.review.accept, self.review.give_back))
        column.addWidget(self.review)
        self._facts = QVBoxLayout()
        self._facts.setSpacing(4)
        column.addLayout(self._facts, 1)
        self.slip = ReturnPane()
        self.slip.sent.connect(self._give_back)
        self.slip.left.connect(self._leave_slip)
        self.side = QStackedWidget()
        self.side.setMinimumWidth(theme.px(250))
        self.look = FindingsList()
        self.look.setAccessibleName("Những chỗ nên xem")
        self.look.acted.connect(lambda key, _act: self._remark_on(key))
        self.look.opened.connect(self._remark_on)
        self.compare = DifferenceView()
        parts = [("review", "Duyệt", scrolled(inner)), ("look", "Cần xem", self.look)]
        self.tabs = RightPane([*parts, ("compare", "So sánh", self.compare)])
        self.side.addWidget(self.tabs)
        self.side.addWidget(scrolled(self.slip))
        panes = Panes(self.reader, self.side, sizes=(760, RIGHT), grows=0)
        panes.remember(session.settings, "received")
        self.column.addWidget(panes, 1)

    def enter(self, argument: object = None) -> None:
        if isinstance(argument, tuple) and len(argument) in (2, 3):
            package, back, *chosen = argument
            same = back == self._back and package in self._chosen  # as after two papers stood side by side
            self._chosen = chosen[0] if chosen else self._chosen if same else ()
            self._back = back
            job = partial(read_paper, package_id=package, chosen=self._chosen)
            self.session.jobs.run(job, self._show, words="Đang mở gói")

    def first_focus(self) -> QWidget | None:
        return self.preview

    def panes(self) -> Sequence[QWidget]:
        decide = next((one for one in (self.review.accept, self.review.reopen) if one.isVisible()), self.back)
        return (self.preview, self.slip.fields if self.side.currentIndex() else decide)

    def set_narrow(self, narrow: bool) -> None:
        self.back.setToolTip("Về danh sách (Alt+←)")
        self.page_words.setVisible(not narrow)
        self._narrow = narrow
        self._show_place()

    def saved_place(self) -> Callable[[QWidget], object] | None:
        return self.title.fold

    def under(self) -> str:
        """Marked in the sidebar: where the person came from."""
        return self._back

    def _show_page(self, page: int, pages: int) -> None:
        self.page_words.setText(f"Trang {page} trên {pages}" if pages else "")

    def _go_back(self) -> None:
        self.session.navigate.emit(self._back, None)

    # --- the decision ---------------------------------------------------------------------------------------------

    def _decide(self, act: ReviewAct, words: str, remarks: Mapping[str, str]) -> None:
        if self.paper is None:
            return
        package, who, chosen = self.paper.submission.package_id, person_at_machine(self.session), self._chosen

        def job(store: Store) -> Case:
            return decide_case(store, package, act, words, remarks, who, chosen)

        self.session.jobs.run(job, self._decided, self._not_decided, words="Đang ghi quyết định")

    def _decided(self, case: Case) -> None:
        if self.paper is None or case.package_id != self.paper.submission.package_id:
            return
        self.paper = replace(self.paper, case=case)
        self._leave_slip()
        self.banners.drop("refused")
        self._show_case(case)
        self.tabs.open("review")  # where the decision stands
        self.session.changed.emit("")
        # the next key goes to the next paper of the pile
        (self.after if case.after else self.back).setFocus(Qt.FocusReason.OtherFocusReason)

    def _not_decided(self, failure: BaseException) -> None:
        if isinstance(failure, UserError) and failure.code is Code.REVIEW_NEEDS_WORDS:
            self.slip.refuse(str(failure))
        elif isinstance(failure, UserError) and failure.code in (Code.REVIEW_SAME_PERSON, Code.REVIEW_NEEDS_NAME):
            to_name = partial(self.session.navigate.emit, "settings", "person")
            self.banners.show_banner("refused", "warn", str(failure), "Người nhập", to_name, closable=True)
        else:
            self.session.problem.emit(failure)

    def _press_accept(self) -> None:
        if self.review.accept.isVisible():
            self.review.accept.click()

    def change_day(self) -> None:
        """F2: the day of receipt of this paper, with its reason."""
        if self.paper is None:
            return
        got = self.paper.submission
        words = f"{KIND_WORDS[got.kind]}, {got.nth}"
        dated = Dated(got.package_id, words, got.received_on, False, self.paper.last_good_day)
        ReceiptDayDialog(self, got.unit_name, [dated], self._day_told).open()

    def _day_told(self, said: str) -> None:
        self.banners.show_banner("day", "ok", said, leaves=True)
        self.session.changed.emit("")
        if self.paper is not None:
            self.enter((self.paper.submission.package_id, self._back, self._chosen))

    def _press_give_back(self) -> None:
        if self.review.give_back.isVisible():
            self.review.give_back.click()

    def _step_look(self, by: int) -> None:
        """F8: to the next thing to look at."""
        self.tabs.open("look")
        self.look.step(by)

    def _remark_on(self, key: str) -> None:
        """Begins a return slip at the field of one line, with what the machine says of it."""
        case = self.paper.case if self.paper is not None else None
        row = next((one for one in look_rows(case.checked) if one.key == key), None) if case is not None else None
        if row is None or case is None or not case.may_be_returned or all(one.id != row.field for one in case.rows):
            return
        self._write_slip()
        self.slip.choose(row.field)
        if not self.slip.remark.text().strip():
            self.slip.remark.set_text(row.remark)
        self.slip.remark.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.slip.remark.edit.moveCursor(QTextCursor.MoveOperation.End)  # what is typed goes on from what is there

    def _show_checked(self, case: Case) -> None:
        rows = look_rows(case.checked)
        may = case.may_be_returned and self.paper is not None and not self.paper.lost
        acts = (("remark", "Nhận xét để trả lại"),) if may else ()
        known = {one.id for one in case.rows}
        shown = [FindingRow(r.key, r.kind, r.title, r.text, acts if r.field in known else ()) for r in rows]
        nothing = FindingRow("", "info", "Không có gì phải hỏi lại", "Máy đã so các ô với nhau và với các đơn vị bạn.")
        self.look.show_rows(shown or [nothing])
        self.tabs.tabs.set_count("look", sum(row.kind != "info" for row in rows))
        show_comparison(self.compare, case.checked)

    def _write_slip(self) -> None:
        if self.paper is not None and not self.paper.lost:
            self.side.setCurrentIndex(1)
            self.slip.begin(self.paper.case)

    def _give_back(self, words: str, remarks: Mapping[str, str]) -> None:
        self._decide(ReviewAct.RETURNED, words, remarks)

    def _write_slips(self) -> None:
        if self.paper is not None:
            ask_for_slips(self, self.paper.submission.unit_code)

    def _leave_slip(self) -> None:
        if self.side.currentIndex() == 1:
            self.side.setCurrentIndex(0)
            self.review.give_back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_place(self) -> None:
        """ "Bản 3 trên 17"; in a narrow window with large letters "3/17"."""
        case = self.paper.case if self.paper is not None else None
        whole = case.place_words if case is not None else ""
        short = self._narrow and theme.theme().text_size > 100 and case is not None and case.place > 0
        self.place.setText(f"{case.place}/{case.of}" if short and case is not None else whole)
        self.place.setAccessibleName(whole)
        self.place.setToolTip(whole if short else "")

    def _step(self, by: int) -> None:
        case = self.paper.case if self.paper is not None else None
        package = (case.after if by > 0 else case.before) if case is not None else ""
        if package:
            self.enter((package, self._back, self._chosen))

    def _show_case(self, case: Case) -> None:
        self.review.show_case(case)
        self._show_checked(case)
        self._show_place()
        for button, there in ((self.before, case.before), (self.after, case.after)):
            button.setVisible(case.of > 1)
            button.enable() if there else button.disable("Không còn bản nào ở phía này.")

    def _ask_withdraw(self, got: Submission) -> None:
        def withdraw(reason: str) -> None:
            job = partial(keying.withdraw, id=got.package_id, reason=reason)
            self.session.save(job, lambda _entry: self._go_back(), filing=got.package_id)

        about = f"Bỏ bản nhập hộ của {got.unit_name}: số không được tính nữa, nội dung còn giữ để xem lại."
        ask_reason(self, about, "", withdraw)

    def _show_waits(self, waits: Beside | None) -> None:
        if waits is None:
            self.banners.drop("waits")
            return
        later = waits.later.submission
        words = f"Có bản lần {later.revision} chờ quyết định; vẫn tính {waits.accepted.submission.named}."
        look = partial(self.session.navigate.emit, "beside", (later.package_id, self._back))
        self.banners.show_banner("waits", "warn", words, "Xem hai bản", look)

    def _show(self, paper: Paper) -> None:
        got = paper.submission
        self.paper = paper
        self.side.setCurrentIndex(0)
        self.banners.drop("refused")
        self._show_case(paper.case)
        self.title.title.setText(f"{KIND_WORDS[got.kind]}, {got.nth}")
        self.unit.set_text(got.unit_name)
        self.preview.show_pdf(paper.pages)
        if got.from_paper:
            words = "Nhập hộ từ bản giấy: trang dưới đây in từ số đã gõ, không phải bản có dấu."
            self.banners.show_banner("none", "info", words, "Bỏ bản nhập hộ", partial(self._ask_withdraw, got))
        elif not paper.pages and not paper.lost:
            self.banners.show_banner("none", "info", "Gói này không kèm bản in.")
        else:
            self.banners.drop("none")
        self._lost.show(paper.lost)
        self._show_waits(paper.waits)
        if got.illustrative:
            self.banners.show_banner("illustrative", "warn", "Số liệu minh họa: gói này chỉ để làm mẫu.")
        else:
            self.banners.drop("illustrative")
        while (item := self._facts.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._facts.addWidget(Label("Bản nhập hộ" if got.from_paper else "Gói đã nhận", "group"))
        self._facts.addSpacing(4)
        for label, value in facts(paper):
            self._facts.addWidget(rule("h2"))
            self._facts.addWidget(Label(label, "secondary", "ink2"))
            said = Label(value, wrap=True, selectable=True)
            if label == "Mã giấy":
                said.setFont(theme.code_font(14))
            self._facts.addWidget(said)
            if label == "Ngày nhận":
                change = Button("Sửa ngày nhận", "text", icon="calendar-days", size="small", act=self.change_day)
                change.setToolTip("Sửa ngày nhận, có lý do (F2)")
                self._facts.addWidget(change, 0, Qt.AlignmentFlag.AlignLeft)
        self._show_files(paper.attached)
        self._facts.addStretch(1)

    def _show_files(self, attached: Sequence[ReceivedFile]) -> None:
        if not attached:
            return
        self._facts.addSpacing(10)
        self._facts.addWidget(Label(f"Tệp kèm: {len(attached)}", "group"))
        for one in attached:
            self._facts.addWidget(rule("h2"))
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            words = QVBoxLayout()
            words.setSpacing(0)
            words.addWidget(ElidedLabel(one.name, "body"))
            words.addWidget(Label(one.about, "secondary", "warn" if one.active else "ink2", wrap=True))
            row.addLayout(words, 1)
            look = partial(open_bytes, self, one.name, one.data)
            act = partial(ask_before_opening, self, one.name, look) if one.active else look
            save = partial(save_bytes, self, one.name, one.data)
            row.addWidget(Button("", "icon", icon="eye", words=f"Mở {one.name}", act=act))
            row.addWidget(Button("", "icon", icon="file-down", words=f"Lưu {one.name} ra nơi khác", act=save))
            self._facts.addWidget(line)
