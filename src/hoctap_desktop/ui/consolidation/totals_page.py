"""Tổng hợp: the consolidated table with its coverage; a number opens into its units."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget
from shiboken6 import isValid

from hoctap_desktop.consolidation import settling, telling
from hoctap_desktop.consolidation.overview import (
    Narrative,
)
from hoctap_desktop.consolidation.own_report import prepare_report
from hoctap_desktop.consolidation.sent import AsSent, as_sent, supplement
from hoctap_desktop.filing.model import Filing
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.numbers import print_count
from hoctap_desktop.store.database import Store
from hoctap_desktop.ui.consolidation import totals_papers as papers
from hoctap_desktop.ui.consolidation import totals_presenter as words
from hoctap_desktop.ui.consolidation.narratives_pane import NarrativesPane
from hoctap_desktop.ui.consolidation.rows_view import scrolled
from hoctap_desktop.ui.consolidation.source_pane import WIDE, WIDTH, SourcePane
from hoctap_desktop.ui.consolidation.totals_dialogs import (
    Asking,
    ConfirmDialog,
    OwnDialog,
    ReasonDialog,
    SinceDialog,
)
from hoctap_desktop.ui.consolidation.totals_model import TotalsModel
from hoctap_desktop.ui.consolidation.totals_read import Read, keep_own, next_report, read_totals
from hoctap_desktop.ui.consolidation.totals_view import TotalsView
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.keyboard import listen, pick
from hoctap_desktop.ui.page import Page
from hoctap_desktop.ui.session import Session
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.chips import Chip, ChipState
from hoctap_desktop.ui.widgets.dialog import ask
from hoctap_desktop.ui.widgets.empty_state import EmptyState
from hoctap_desktop.ui.widgets.findings_list import FindingRow, FindingsList
from hoctap_desktop.ui.widgets.panes import Panes, RightPane, TitleRow


class TotalsPage(Page):
    """Table at the left, the chosen number at the right; narrow: one of the two."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.read: Read | None = None
        self._asking: Asking | None = None
        self._narrow = False
        self._pane_open = False
        self._entering = False
        self.title = TitleRow("Tổng hợp")
        self.chip = Chip(ChipState("info", "warn", ""))
        self.chip.hide()
        self.title.lead(self.chip)
        self.units_button = Button("Từng đơn vị", icon="list", size="small", act=self._turn_pane)
        self.own = Button("Của cơ quan", icon="landmark", size="small", act=self.ask_own)
        self.own.setToolTip("Số hoạt động của riêng cơ quan")
        self.excel = Button(
            "Lưu Excel", icon="file-down", size="small", act=partial(self._write_out, papers.save_excel)
        )
        self.paper = Button("In bảng", icon="printer", size="small", act=partial(self._write_out, papers.print_totals))
        self.paper.setToolTip("In bảng (F9)")
        listen(self, {"Ctrl+P": self.paper.click, "F9": self.paper.click, "Ctrl+F": self.pick_row})
        make = words.report_words(session.own)
        self.make = Button(make, "primary", icon="arrow-right", size="small", act=self._ask_report)
        for button in (self.own, self.excel, self.paper):
            button.may_shorten("")
        self.make.may_shorten("Lập báo cáo")
        for button in (self.units_button, self.own, self.excel, self.paper, self.make):
            self.title.act(button)
        self.column.addWidget(self.title)
        self.banners.setContentsMargins(20, 8, 16, 8)
        self.column.addWidget(self.banners)

        self.model = TotalsModel()
        self.view = TotalsView(self.model)
        self.view.selectionModel().currentRowChanged.connect(lambda now, _before: self._open_row(now.row()))
        self.view.acted.connect(lambda _row: self.open_pane())
        self.sources = SourcePane()
        self.sources.opened.connect(self._open_paper)
        self.sources.owned.connect(self.ask_own)
        self.sources.charts.clicked.connect(self._print_chart)
        self.sources.confirm.asked.connect(self.ask_confirm)
        self.sources.warn.dismissed.connect(self.ask_dismiss)
        self.sources.warn.listed.connect(self._list_doubts)
        self.doubts = FindingsList()
        self.doubts.opened.connect(self._open_doubt)
        self.doubts.acted.connect(self._act_on_doubt)
        self.narratives = NarrativesPane()
        self.narratives.asked.connect(self.read_section)
        self.narratives.opened.connect(self._open_paper)
        self.narratives.inserted.connect(self._insert)
        self.narratives.written.connect(self._write_own_text)
        parts = [("units", "Từng đơn vị", self.sources), ("look", "Cần xem", self.doubts)]
        self.right = RightPane([*parts, ("words", "Phần viết", self.narratives)])
        self.right.tabs.opened.connect(self._tab_opened)
        self.right.setMinimumWidth(320)
        self.panes_box = Panes(self.view, self.right, sizes=(730, WIDTH), grows=0)
        self.panes_box.remember(session.settings, "totals")
        self.empty = EmptyState(
            "sigma",
            "Chưa có báo cáo nào để cộng",
            "Nhận báo cáo của các đơn vị ở Tiếp nhận. Máy cộng từng số và nói rõ mỗi tổng từ bao nhiêu đơn vị.",
            "Sang Tiếp nhận",
            lambda: session.navigate.emit("receive", None),
            button_icon="inbox",
        )
        self.waiting = EmptyState(
            "users",
            "Các báo cáo đã nhận chưa được tính",
            "Theo quy ước hai người, báo cáo được cộng khi một người đã đề nghị và một người khác đã duyệt. "
            "Bản trả lại và bản giấy chưa nhập số cũng chưa tính.",
            "Sang Theo dõi",
            lambda: session.navigate.emit("board", None),
            button_icon="list-checks",
        )
        self.nobody = EmptyState(
            "landmark",
            "Đợt này không có đơn vị nào nộp về đây",
            "Thêm đơn vị cấp dưới, hoặc xem lại ngày hiệu lực và nơi nộp của chúng trong năm đó.",
            "Mở danh sách đơn vị",
            lambda: session.navigate.emit("units", None),
            button_icon="landmark",
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(QWidget())
        self.stack.addWidget(scrolled(self.empty))
        self.stack.addWidget(self.panes_box)
        self.stack.addWidget(scrolled(self.waiting))
        self.stack.addWidget(scrolled(self.nobody))
        self.column.addWidget(self.stack, 1)
        self._show_buttons()
        session.changed.connect(self._read_if_seen)
        session.campaign_changed.connect(self._read_if_seen)

    # --- the page protocol ----------------------------------------------------------------------------------------

    def enter(self, argument: object = None) -> None:  # noqa: ARG002 - no argument
        self._entering = True
        self._read_again()

    def _read_again(self) -> None:
        campaign = self.session.campaign
        self.session.jobs.run(
            lambda store: read_totals(store, campaign), self.totals_read, self._not_read, words="Đang cộng số liệu"
        )

    def _not_read(self, failure: BaseException) -> None:
        """A year in which nobody reported here, as before the units of today were made."""
        if not isinstance(failure, UserError) or failure.code is not Code.NO_UNITS_BELOW:
            self.session.problem.emit(failure)
            return
        self.read = None
        self.stack.setCurrentIndex(4)
        self._show_buttons()
        for banner in ("since", "illustrative"):
            self.banners.drop(banner)

    def first_focus(self) -> QWidget | None:
        states = {1: self.empty, 3: self.waiting, 4: self.nobody}
        shown = states.get(self.stack.currentIndex())
        return shown.button if shown is not None else self.view

    def panes(self) -> Sequence[QWidget]:
        return (self.view, self.sources.list)

    def set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        self._pane_open = False
        self._show_panes()
        self._show_buttons()
        for state in (self.empty, self.waiting, self.nobody):
            layout = state.layout()
            if layout is not None:
                layout.setContentsMargins(*((48, 16, 16, 0) if narrow else (84, 56, 24, 24)))

    def saved_place(self) -> Callable[[QWidget], object] | None:
        return self.title.fold

    # --- showing --------------------------------------------------------------------------------------------------

    def totals_read(self, read: Read) -> None:
        """Shows totals; the chosen row stays."""
        self.read = read
        found = read.found
        chosen = self.chosen()
        whole = words.whole_words(self.session.own)
        rows = words.table(found, read.before, read.doubts)
        self.model.set_totals(rows, whole[:1].upper() + whole[1:], self.session.campaign.year)
        has_some = bool(found.reported)
        self.stack.setCurrentIndex(2 if has_some else 3 if found.uncounted else 1)
        tone, icon = ("warn", "info") if found.silent else ("ok", "circle-check")
        self.chip.set_state(ChipState(icon, tone, words.silent_words(found)))
        self._show_buttons()
        self._show_doubts(read)
        self.narratives.freeze(f"Báo cáo lần {read.final} đã chốt. Lập lần sau rồi viết." if read.final else "")
        if self.right.tabs.current() == "words":  # what units and this office wrote may be another by now
            self._tab_opened("words")
        if read.since is not None:
            self.banners.show_banner("since", "warn", read.since.words, "Xem thay đổi", self.ask_since)
        else:
            self.banners.drop("since")
        if found.illustrative:
            self.banners.show_banner("illustrative", "warn", "Số liệu minh họa: có báo cáo trong tổng chỉ để làm mẫu.")
        else:
            self.banners.drop("illustrative")
        self.choose(chosen if self.model.row_of(chosen) >= 0 else words.first_choice(rows))
        if self._entering and self.isVisible() and (target := self.first_focus()) is not None:
            target.setFocus()
        self._entering = False

    def pick_row(self) -> None:
        """Ctrl+F: to a number by a few letters of its name."""
        rows = [(row.field, row.label) for row in self.model.rows() if not row.group]
        pick(self.stack, "Đến một số", rows, self.choose)

    def chosen(self) -> str:
        """Field id of the chosen row, "" for none."""
        at = self.view.currentIndex().row()
        return self.model.row(at).field if 0 <= at < self.model.rowCount() else ""

    def choose(self, field: str) -> None:
        """Opens a number into its units."""
        at = self.model.row_of(field)
        if at >= 0:
            self.view.go_to_row(at)
            self._open_row(at)

    def _open_row(self, at: int) -> None:
        if self.read is None or not 0 <= at < self.model.rowCount():
            return
        row = self.model.row(at)
        if not row.group:
            total = self.read.found.number(row.field)
            year = self.session.campaign.year
            self.sources.show_detail(words.detail(total, row.label, self.read.before, year, self.read.doubts))

    def _show_buttons(self) -> None:
        has_some = self.read is not None and bool(self.read.found.reported)
        for button in (self.own, self.excel, self.paper):
            button.setVisible(has_some)
        self.make.setText(words.report_words(self.session.own))
        area = words.whole_words(self.session.own)
        self.title.title.setText("Tổng hợp" if self._narrow else f"Tổng hợp {area}".strip())
        self.make.setVisible(has_some)
        self.units_button.setVisible(has_some and self._narrow)
        self.chip.setVisible(has_some and not self._narrow)

    def _show_panes(self) -> None:
        self.view.setVisible(not (self._narrow and self._pane_open))
        self.right.setVisible(not self._narrow or self._pane_open)
        self.units_button.setText("Về bảng" if self._pane_open else "Từng đơn vị")
        self.units_button.set_icon("arrow-left" if self._pane_open else "list")

    def open_pane(self) -> None:
        """Brings the units of the chosen number up where there is room for one pane only; the keyboard goes there."""
        if self._narrow and not self._pane_open:
            self._turn_pane()
        self.sources.come_up()

    def _turn_pane(self) -> None:
        self._pane_open = not self._pane_open
        self._show_panes()
        if self._pane_open:
            self.sources.come_up()
        else:
            self.view.setFocus()

    @guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.panes_box.suppose(WIDE if self.is_wide() else WIDTH)

    # --- acts -----------------------------------------------------------------------------------------------------

    def _read_if_seen(self, _filing: str = "") -> None:
        if self.isVisible():
            self._read_again()

    def _open_paper(self, package_id: str) -> None:
        if package_id:
            self.session.navigate.emit("received", (package_id, "totals"))

    def _write_out(self, write: Callable[[Page, Read], None]) -> None:
        if self.read is not None:
            write(self, self.read)

    def _print_chart(self) -> None:
        field = self.chosen()
        if self.read is not None and field:
            papers.print_chart(self, self.read, field)

    # --- what the officer adds ------------------------------------------------------------------------------------

    def ask_own(self) -> None:
        """The office's own numbers."""
        if self.read is not None:
            campaign = self.session.campaign.id
            self._ask(
                OwnDialog(
                    self, self.read.own, lambda typed: self._keep(partial(keep_own, campaign=campaign, numbers=typed))
                )
            )

    def ask_confirm(self) -> None:
        """Confirms the chosen sum."""
        if self.read is None or not self.chosen():
            return
        total, campaign = self.read.found.number(self.chosen()), self.session.campaign
        shares = [f"{source.unit.short_name} {source.words}" for source in total.sources if source.value]

        def keep(typed: str, reason: str) -> None:
            self._keep(partial(settling.confirm, campaign=campaign, field=total.field.id, typed=typed, reason=reason))

        self._ask(ConfirmDialog(self, total.field.label, print_count(total.value or 0), shares, keep, total.field.unit))

    def ask_dismiss(self, doubt: str) -> None:
        """Asks why a doubt may be put aside."""
        found = next((one for one in self.read.doubts if one.id == doubt), None) if self.read else None
        if found is None:
            return
        campaign = self.session.campaign
        title = f"Giữ số của {found.unit.short_name}?"

        def keep(reason: str) -> None:
            self._keep(partial(settling.dismiss, campaign=campaign, doubt=doubt, reason=reason))

        self._ask(ReasonDialog(self, title, f"{found.place}. {found.sentence}", keep))

    def ask_since(self) -> None:
        """What changed after the report was sent."""
        if self.read is not None and self.read.since is not None:
            save, paper = (partial(self._write_out, write) for write in (papers.save_excel, papers.print_since))
            SinceDialog(self, self.read.since, self.make_supplement, save, paper, self.compare_sent).open()

    def compare_sent(self) -> None:
        """Makes the sent report again from what lies in the store and says whether it is the same, byte for byte."""
        campaign = self.session.campaign
        self.session.jobs.run(partial(as_sent, campaign=campaign), self._sent_made, words="Đang dựng lại bản đã gửi")

    def _sent_made(self, made: AsSent) -> None:
        said = words.as_sent_words(made)
        self.banners.show_banner("as-sent", "ok" if made.same else "danger", said, closable=True)

    def make_supplement(self) -> None:
        """Begins the supplementary report and goes there."""
        self.session.jobs.run(supplement, self._report_made, words="Đang lập báo cáo bổ sung")

    def _ask(self, dialog: Asking) -> None:
        self._asking = dialog
        dialog.open()

    def _keep(self, job: Callable[[Store], object]) -> None:
        self.session.jobs.run(job, self._kept, self._not_kept, words="Đang ghi")

    def _not_kept(self, failure: BaseException) -> None:
        asking = self._asking if self._asking is not None and isValid(self._asking) else None
        if asking is None or not isinstance(failure, UserError) or not asking.refuse(failure):
            self.session.problem.emit(failure)

    def _kept(self, _done: object) -> None:
        if self._asking is not None and isValid(self._asking):
            self._asking.accept()
        self.session.saved.emit(self.session.now())
        self._read_again()

    def _show_doubts(self, read: Read) -> None:
        rows = words.doubt_rows(read.doubts)
        self.right.tabs.set_count("look", sum(row.standing for row in rows))
        both = (("open", "Mở báo cáo"), ("keep", "Giữ số này"))
        shown = [
            FindingRow(
                row.key,
                "warn" if row.standing else "info",
                row.title,
                row.text,
                both if row.standing else both[:1],
            )
            for row in rows
        ]
        nothing = FindingRow(
            "", "info", "Không có số nào khác thường", "Máy đã so các đơn vị với nhau và với năm trước."
        )
        self.doubts.show_rows(shown or [nothing])

    def _list_doubts(self) -> None:
        self.right.open("look")

    def _open_doubt(self, doubt: str) -> None:
        found = next((one for one in self.read.doubts if one.id == doubt), None) if self.read else None
        if found is not None and found.field is not None:
            self.choose(found.field.id)
            self.right.open("units")
        elif found is not None:
            self._open_paper(found.package_id)

    def _act_on_doubt(self, doubt: str, act: str) -> None:
        found = next((one for one in self.read.doubts if one.id == doubt), None) if self.read else None
        if found is not None and act == "open":
            self._open_paper(found.package_id)
        elif found is not None:
            self.ask_dismiss(doubt)

    # --- what the units wrote -------------------------------------------------------------------------------------

    def _tab_opened(self, tab: str) -> None:
        if tab == "words" and self.read is not None:
            fields = telling.sections(self.read.found.form)
            if not self.narratives.chosen():
                self.narratives.set_sections(fields)
            self.read_section(self.narratives.chosen() or fields[0].id)

    def read_section(self, field: str) -> None:
        """Shows one section of all units."""
        self.session.jobs.run(partial(telling.told, field=field), self.narratives.show_told, words="Đang đọc báo cáo")

    def _insert(self, one: Narrative) -> None:
        self._write(partial(telling.insert, field=self.narratives.chosen(), one=one))

    def _write_own_text(self, typed: str) -> None:
        self._write(partial(telling.write_own, field=self.narratives.chosen(), words=typed))

    def _write(self, job: Callable[[Store], Filing]) -> None:
        self.session.save(job, self._text_kept)

    def _text_kept(self, _filing: Filing) -> None:
        self.read_section(self.narratives.chosen())

    def _ask_report(self) -> None:
        if self.read is None:
            return
        if self.read.final:
            number, following = self.read.final, self.read.next
            ask(
                self,
                f"Lập báo cáo lần {following}?",
                f"Báo cáo lần {number} đã chốt và giữ nguyên như đã in. Lần {following} bắt đầu từ những gì đã ghi ở "
                f"lần {number}, các con số lấy từ bảng tổng hợp bây giờ.",
                yes="Lập lần sau",
                no="Không lập",
                act=self.make_next,
                icon="copy",
            )
            return
        left = words.left_words(self.read.found, self.read.doubts)
        if not self.read.has_numbers:
            if left:
                text = f"{left} Lập ngay thì các số ấy vào báo cáo như máy cộng được."
                ask(self, "Lập báo cáo bây giờ?", text, yes="Lập báo cáo", no="Xem lại", act=self.make_report)
            else:
                self.make_report()
            return
        ask(
            self,
            "Thay số trong báo cáo của đơn vị?",
            "Báo cáo đã có số. Phần lời giữ nguyên, các con số được thay bằng số tổng hợp bây giờ. Số cũ vẫn còn "
            f"trong lịch sử thay đổi. {left}".strip(),
            yes="Thay bằng số tổng hợp",
            no="Giữ số cũ",
            act=self.make_report,
            icon="sigma",
        )

    def make_report(self) -> None:
        """Puts the totals into the office's own report and goes there."""
        self.session.jobs.run(prepare_report, self._report_made, words="Đang lập báo cáo")

    def make_next(self) -> None:
        """Begins the next revision of the final report with the totals, and goes there."""
        campaign = self.session.campaign
        self.session.jobs.run(lambda store: next_report(store, campaign), self._report_made, words="Đang lập báo cáo")

    def _report_made(self, filing: Filing) -> None:
        self.session.saved.emit(self.session.now())
        self.session.changed.emit(filing.id)
        self.session.navigate.emit("report", None)
