"""Tổng hợp: the consolidated table with its coverage; a number opens into its units."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from hoctap_desktop.campaign.model import Campaign
from hoctap_desktop.campaign.repository import known_campaigns, with_deadlines
from hoctap_desktop.consolidation.overview import current_totals
from hoctap_desktop.consolidation.own_report import prepare_report
from hoctap_desktop.consolidation.totals import Totals
from hoctap_desktop.filing import repository as filings
from hoctap_desktop.filing.model import Filing, Kind, Status, filing_id
from hoctap_desktop.foundation.clock import VIETNAM
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission.sending import resubmit
from hoctap_desktop.ui import files
from hoctap_desktop.ui.consolidation import totals_presenter as words
from hoctap_desktop.ui.consolidation.rows_view import scrolled
from hoctap_desktop.ui.consolidation.source_pane import WIDE, WIDTH, SourcePane
from hoctap_desktop.ui.consolidation.totals_model import TotalsModel
from hoctap_desktop.ui.consolidation.totals_view import TotalsView
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.keyboard import listen, pick
from hoctap_desktop.ui.page import Page
from hoctap_desktop.ui.session import Session
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.chips import Chip, ChipState
from hoctap_desktop.ui.widgets.dialog import ask
from hoctap_desktop.ui.widgets.empty_state import EmptyState
from hoctap_desktop.ui.widgets.panes import Panes, TitleRow


@dataclass(frozen=True)
class Read:
    """before: totals of the year before, None when nothing is known. has_numbers: the own report holds some already.

    final: the revision of the own report when it is final, 0 when a draft may be written.
    """

    found: Totals
    before: Totals | None
    has_numbers: bool
    final: int = 0


def read_totals(store: Store, campaign: Campaign) -> Read:
    """The totals of today. Raises UserError NO_UNITS_BELOW, STORE_DAMAGED."""
    found = current_totals(store, campaign=campaign)
    earlier = next((one for one in known_campaigns() if one.year == campaign.year - 1), None)
    before = current_totals(store, campaign=with_deadlines(store, earlier.id)) if earlier else None
    own = filings.find(store, filing_id(campaign.id, Kind.REPORT))
    held = own is not None and any(field.id in own.answers for field in found.form.indicators())
    final = own.revision if own is not None and own.status is Status.FINAL else 0
    return Read(found, before if before and before.reported else None, held, final)


def next_report(store: Store, campaign: Campaign) -> Filing:
    """The next revision of the own final report, with the numbers of the totals, in one commit.

    Raises UserError as sending.resubmit and prepare_report.
    """
    with store.atomic():
        resubmit(store, filing_id(campaign.id, Kind.REPORT))
        return prepare_report(store)


class TotalsPage(Page):
    """Table at the left, the chosen number at the right; narrow: one of the two."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.read: Read | None = None
        self._narrow = False
        self._pane_open = False
        self._entering = False
        level = session.own.level
        self.title = TitleRow(f"Tổng hợp {words.whole_words(level)}".strip())
        self.chip = Chip(ChipState("info", "warn", ""))
        self.chip.hide()
        self.title.lead(self.chip)
        self.units_button = Button("Từng đơn vị", icon="list", size="small", act=self._turn_pane)
        self.excel = Button("Lưu Excel", icon="file-down", size="small", act=self._save_excel)
        self.paper = Button("In bảng", icon="printer", size="small", act=self._print)
        self.paper.setToolTip("In bảng (F9)")
        listen(self, {"Ctrl+P": self.paper.click, "F9": self.paper.click, "Ctrl+F": self.pick_row})
        self.make = Button(words.report_words(level), "primary", icon="arrow-right", size="small", act=self._ask_report)
        for button in (self.units_button, self.excel, self.paper, self.make):
            self.title.act(button)
        self.column.addWidget(self.title)
        self.banners.setContentsMargins(20, 8, 20, 8)
        self.column.addWidget(self.banners)

        self.model = TotalsModel()
        self.view = TotalsView(self.model)
        self.view.selectionModel().currentRowChanged.connect(lambda now, _before: self._open_row(now.row()))
        self.view.acted.connect(lambda _row: self.open_pane())
        self.sources = SourcePane()
        self.sources.opened.connect(self._open_paper)
        self.panes_box = Panes(self.view, self.sources, sizes=(730, WIDTH), grows=0)
        self.panes_box.remember(session.settings, "totals")
        self.empty = EmptyState(
            "sigma",
            "Chưa có báo cáo nào để cộng",
            "Nhận báo cáo của các đơn vị ở Tiếp nhận. Máy cộng từng số và nói rõ mỗi tổng từ bao nhiêu đơn vị.",
            "Sang Tiếp nhận",
            lambda: session.navigate.emit("receive", None),
            button_icon="inbox",
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(QWidget())
        self.stack.addWidget(scrolled(self.empty))
        self.stack.addWidget(self.panes_box)
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
        self.session.jobs.run(lambda store: read_totals(store, campaign), self.totals_read, words="Đang cộng số liệu")

    def first_focus(self) -> QWidget | None:
        return self.empty.button if self.stack.currentIndex() == 1 else self.view

    def panes(self) -> Sequence[QWidget]:
        return (self.view, self.sources.list)

    def set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        self._pane_open = False
        self._show_panes()
        self._show_buttons()
        layout = self.empty.layout()
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
        whole = words.whole_words(self.session.own.level)
        rows = words.table(found, read.before)
        self.model.set_rows(rows, whole[:1].upper() + whole[1:], self.session.campaign.year)
        has_some = bool(found.reported)
        self.stack.setCurrentIndex(2 if has_some else 1)
        tone, icon = ("warn", "info") if found.silent else ("ok", "circle-check")
        self.chip.set_state(ChipState(icon, tone, words.silent_words(found)))
        self._show_buttons()
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
            self.sources.show_detail(words.detail(total, row.label, self.read.before, year))

    def _show_buttons(self) -> None:
        has_some = self.read is not None and bool(self.read.found.reported)
        for button, text in ((self.excel, "Lưu Excel"), (self.paper, "In bảng")):
            button.setVisible(has_some)
            button.setText("" if self._narrow else text)
            button.setAccessibleName(text)
            button.setToolTip(text)
        self.make.setVisible(has_some)
        self.units_button.setVisible(has_some and self._narrow)
        self.chip.setVisible(has_some and not self._narrow)

    def _show_panes(self) -> None:
        self.view.setVisible(not (self._narrow and self._pane_open))
        self.sources.setVisible(not self._narrow or self._pane_open)
        self.units_button.setText("Về bảng" if self._pane_open else "Từng đơn vị")
        self.units_button.set_icon("arrow-left" if self._pane_open else "list")

    def open_pane(self) -> None:
        """Brings the units of the chosen number up where there is room for one pane only; the keyboard goes there."""
        if self._narrow and not self._pane_open:
            self._turn_pane()
        self.sources.list.setFocus()

    def _turn_pane(self) -> None:
        self._pane_open = not self._pane_open
        self._show_panes()
        (self.sources.list if self._pane_open else self.view).setFocus()

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

    def _save_excel(self) -> None:
        if self.read is None:
            return
        found, own, campaign, day = self.read.found, self.session.own, self.session.campaign, self._today()

        def make() -> bytes:
            from hoctap_desktop.consolidation.printed import totals_sheets
            from hoctap_desktop.document.sheet import render

            sheets = totals_sheets(found, own, campaign, day)
            return render(sheets, title=f"Tổng hợp {campaign.name}", author=own.name, created=day)

        files.save_as(self, f"tong-hop-{campaign.id}-{day:%Y%m%d}.xlsx", files.SHEETS, make)

    def _print(self) -> None:
        if self.read is None:
            return
        from hoctap_desktop.ui.consolidation.print_dialog import print_table

        found, own, campaign, day = self.read.found, self.session.own, self.session.campaign, self._today()

        def make() -> bytes:
            from hoctap_desktop.consolidation.printed import totals_document
            from hoctap_desktop.document.pdf import render

            return render(totals_document(found, own, campaign, day)).data

        print_table(self, f"tong-hop-{campaign.id}-{day:%Y%m%d}.pdf", make)

    def _ask_report(self) -> None:
        if self.read is None:
            return
        if self.read.final:
            number = self.read.final
            ask(
                self,
                f"Lập báo cáo lần {number + 1}?",
                f"Báo cáo lần {number} đã chốt và giữ nguyên như đã in. Lần {number + 1} bắt đầu từ những gì đã ghi ở "
                f"lần {number}, các con số lấy từ bảng tổng hợp bây giờ.",
                yes="Lập lần sau",
                no="Không lập",
                act=self.make_next,
                icon="copy",
            )
            return
        if not self.read.has_numbers:
            self.make_report()
            return
        ask(
            self,
            "Thay số trong báo cáo của đơn vị?",
            "Báo cáo đã có số. Phần lời giữ nguyên, các con số được thay bằng số tổng hợp bây giờ. Số cũ vẫn còn "
            "trong lịch sử thay đổi.",
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

    def _today(self) -> date:
        return self.session.now().astimezone(VIETNAM).date()
