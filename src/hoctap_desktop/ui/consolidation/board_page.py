"""Theo dõi: which unit has handed in what, on any day, and how far the whole is."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from hoctap_desktop.consolidation.overview import current_board
from hoctap_desktop.consolidation.status import STATE_WORDS, Board, State
from hoctap_desktop.foundation.clock import VIETNAM
from hoctap_desktop.foundation.dates import parse_date, print_date
from hoctap_desktop.foundation.errors import UserError
from hoctap_desktop.foundation.text import clean_line
from hoctap_desktop.ui import files, icons, theme
from hoctap_desktop.ui.consolidation import board_presenter as words
from hoctap_desktop.ui.consolidation.board_head import BoardHeadPane
from hoctap_desktop.ui.consolidation.board_model import BoardModel, chip_of
from hoctap_desktop.ui.consolidation.board_presenter import Wanted
from hoctap_desktop.ui.consolidation.board_view import BoardView
from hoctap_desktop.ui.consolidation.slips_dialog import ask_for_slips
from hoctap_desktop.ui.page import Page
from hoctap_desktop.ui.session import Session
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.fields import Choice, TextField
from hoctap_desktop.ui.widgets.labels import ElidedLabel, Label, rule
from hoctap_desktop.ui.widgets.panes import TitleRow

# The states one looks for; a chip for one nobody stands in would be noise.
_FILTERS = (State.NOT_SENT, State.RETURNED, State.LATE)


class BoardPage(Page):
    """Read again each time it comes up, and whenever papers came in or went."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.board: Board | None = None
        self._as_of: date | None = None
        self._narrow = False
        self.title = TitleRow("Theo dõi nộp báo cáo", lined=False, margin=theme.PAGE_MARGIN)
        self.title.setContentsMargins(0, 0, theme.PAGE_MARGIN - 16, 0)
        self._day_label = Label("Tính đến ngày", "body", "ink2")
        self.title.act(self._day_label)
        self.day = TextField(icon="calendar-days")
        self.day.setFixedWidth(theme.px(146))
        self.day.edit.setAccessibleName("Tính đến ngày")
        self.day.left.connect(self._day_typed)
        self.title.act(self.day)
        self.excel = Button("Lưu Excel", icon="file-down", act=self._save_excel)
        self.title.act(self.excel)
        self.slips = Button("Phiếu trả lời", icon="file-check-2", act=lambda: ask_for_slips(self))
        self.slips.setToolTip("Ghi phiếu tiếp nhận, phiếu trả lại vào USB")
        self.title.act(self.slips)
        self.keying = Button("Nhập hộ", icon="file-pen-line", words="Nhập hộ đơn vị gửi bản giấy", act=self._key_in)
        self.title.act(self.keying)
        self.column.addWidget(self.title)
        self.banners.setContentsMargins(theme.PAGE_MARGIN, 0, theme.PAGE_MARGIN, 8)
        self.column.addWidget(self.banners)
        self.head = BoardHeadPane()
        self.column.addWidget(self.head)
        self.column.addWidget(rule())
        self.column.addLayout(self._filter_row())
        self.column.addWidget(rule())
        self.model = BoardModel()
        self.view = BoardView(self.model)
        self.view.sorted_by.connect(self._sort)
        self.view.acted.connect(self._open)
        self.column.addWidget(self.view, 1)
        shortcut = QShortcut(QKeySequence.StandardKey.Find, self)
        shortcut.activated.connect(self.search.edit.setFocus)
        session.changed.connect(self._read_if_seen)
        session.campaign_changed.connect(self._forget_day)

    def _filter_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(theme.PAGE_MARGIN, 7, theme.PAGE_MARGIN, 7)
        row.setSpacing(8)
        self.search = TextField(placeholder="Tìm đơn vị", icon="search")
        self.search.setFixedWidth(theme.px(250))
        self.search.edit.setAccessibleName("Tìm đơn vị")
        self.search.edit.setToolTip("Gõ có dấu hay không dấu đều tìm được (Ctrl+F)")
        self.search.edit.textChanged.connect(self._search)
        self._clear = self.search.edit.addAction(
            icons.icon("x", "ink2", 18), self.search.edit.ActionPosition.TrailingPosition
        )
        self._clear.setToolTip("Xóa chữ đang tìm")
        self._clear.triggered.connect(self.search.edit.clear)
        self._clear.setVisible(False)
        row.addWidget(self.search)
        self._group = QButtonGroup(self)
        self.filters: dict[State | None, Button] = {}
        for state in (None, *_FILTERS):
            chip = chip_of(state) if state else None
            button = Button("", "filter", icon=chip.icon if chip else "list", act=partial(self._filter, state))
            button.setCheckable(True)
            self._group.addButton(button)
            self.filters[state] = button
            row.addWidget(button)
        self.filters[None].setChecked(True)
        self.level = Choice()
        self.level.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.level.setMinimumContentsLength(9)
        self.level.setToolTip("Loại đơn vị")
        self.level.setAccessibleName("Loại đơn vị")
        self.level.activated.connect(self._level_chosen)
        row.addWidget(self.level)
        row.addStretch(1)
        self.found = ElidedLabel("", "body", "ink2")
        row.addWidget(self.found)
        return row

    # --- the page protocol ----------------------------------------------------------------------------------------

    def enter(self, argument: object = None) -> None:  # noqa: ARG002 - no argument
        campaign = self.session.campaign
        self.session.jobs.run(
            lambda store: current_board(store, self._as_of, campaign), self.board_read, words="Đang xem tình hình nộp"
        )

    def first_focus(self) -> QWidget | None:
        return self.search.edit

    def panes(self) -> Sequence[QWidget]:
        return (self.search.edit, self.view)

    def set_narrow(self, narrow: bool) -> None:
        self.head.set_narrow(narrow)
        self.search.setFixedWidth(theme.px(190 if narrow else 250))
        self.found.setVisible(not narrow)
        for state, button in self.filters.items():
            chip = chip_of(state) if state else None
            button.set_icon("" if narrow else chip.icon if chip else "list")
        self._narrow = narrow
        self._show_levels()
        self._day_label.setVisible(not narrow)
        self.title.title.setText("Theo dõi" if narrow else "Theo dõi nộp báo cáo")

    def saved_place(self) -> Callable[[QWidget], object] | None:
        return self.title.fold

    # --- showing --------------------------------------------------------------------------------------------------

    def board_read(self, board: Board) -> None:
        """Shows a board; search, filter and order stay."""
        self.board = board
        self.day.set_text(print_date(board.as_of))
        self.head.show_head(words.head(board), words.curve(board))
        current = self.view.currentIndex().row()
        code = self.model.line(current).code if current >= 0 else ""
        self.model.set_lines(words.lines(board))
        self._show_levels()
        self._show_counts()
        if code:
            self.view.go_to_row(self.model.row_of(code))
        if board.illustrative:
            self.banners.show_banner("illustrative", "warn", "Số liệu minh họa: có gói nhận được chỉ để làm mẫu.")
        else:
            self.banners.drop("illustrative")

    def _show_levels(self) -> None:
        present = {line.level: line.kind for line in self.model.every()}
        now = self.model.wanted.level
        self.level.clear()
        self.level.addItem("Mọi loại", None)
        for id, word in present.items():
            self.level.addItem(word or id, id)
        self.level.setCurrentIndex(max(0, self.level.findData(now)))
        cramped = self._narrow and theme.theme().text_size > 100
        self.level.setVisible(len(present) > 1 and not cramped)

    def _show_counts(self) -> None:
        wanted, every = self.model.wanted, self.model.every()
        counts = words.state_counts(every, wanted)
        ever = words.state_counts(every, Wanted())
        named = len(words.named(every, wanted))
        for state, button in self.filters.items():
            button.setText(f"{STATE_WORDS[state]}  {counts[state]}" if state else f"Tất cả  {named}")
            button.setVisible(state in (None, State.NOT_SENT) or bool(ever[state]) or wanted.state is state)
        self.found.set_text(words.found_words(self.model.rowCount(), len(every), wanted))
        self.view.show_order(wanted)

    def _want(self, wanted: Wanted) -> None:
        self.model.want(wanted)
        self._show_counts()
        self.view.scrollToTop()

    # --- acts -----------------------------------------------------------------------------------------------------

    def _search(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self._want(replace(self.model.wanted, query=clean_line(text)))

    def _filter(self, state: State | None) -> None:
        self._want(replace(self.model.wanted, state=state))

    def _level_chosen(self, at: int) -> None:
        self._want(replace(self.model.wanted, level=self.level.itemData(at)))

    def _sort(self, column: int, descending: bool) -> None:
        self._want(replace(self.model.wanted, column=column, descending=descending))

    def _day_typed(self, text: str) -> None:
        try:
            day = parse_date(text, where="Tính đến ngày")
        except UserError as failure:
            self.day.edit.set_state("error")
            self.banners.show_banner("day", "danger", str(failure))
            return
        self.day.edit.set_state("normal")
        self.banners.drop("day")
        today = self.session.now().astimezone(VIETNAM).date()
        self._as_of = None if day == today else day
        self.enter()

    def _forget_day(self) -> None:
        self._as_of = None
        self._read_if_seen()

    def _read_if_seen(self, _filing: str = "") -> None:
        if self.isVisible():
            self.enter()

    def _open(self, at: int) -> None:
        line = self.model.line(at)
        if line.package_id:
            self.session.navigate.emit("received", (line.package_id, "board"))

    def _key_in(self) -> None:
        at = self.view.currentIndex().row()
        self.session.navigate.emit("keying", (self.model.line(at).code if at >= 0 else "", "", "board"))

    def _save_excel(self) -> None:
        if self.board is None:
            return
        board, own = self.board, self.session.own

        def make() -> bytes:
            from hoctap_desktop.consolidation.printed import board_sheets
            from hoctap_desktop.document.sheet import render

            return render(board_sheets(board, own), title=board.campaign.name, author=own.name, created=board.as_of)

        files.save_as(self, f"theo-doi-{board.campaign.id}-{board.as_of:%Y%m%d}.xlsx", files.SHEETS, make)
