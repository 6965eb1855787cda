"""Theo dõi: which unit has handed in what, on any day, and how far the whole is."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QButtonGroup, QMenu, QStackedWidget, QWidget

from hoctap_desktop.consolidation.status import STATE_WORDS, Board, State
from hoctap_desktop.filing.model import Kind
from hoctap_desktop.foundation.clock import VIETNAM
from hoctap_desktop.foundation.dates import parse_date, print_date
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.numbers import print_count
from hoctap_desktop.foundation.text import clean_line
from hoctap_desktop.ui import files, icons, theme
from hoctap_desktop.ui.consolidation import board_presenter as words
from hoctap_desktop.ui.consolidation.board_head import BoardHeadPane
from hoctap_desktop.ui.consolidation.board_model import TITLES, BoardModel, chip_of
from hoctap_desktop.ui.consolidation.board_presenter import BoardRead, Line, Wanted
from hoctap_desktop.ui.consolidation.board_view import BoardView
from hoctap_desktop.ui.consolidation.receipt_dialogs import PaperReceiptDialog, ReceiptDayDialog
from hoctap_desktop.ui.consolidation.slips_dialog import ask_for_slips
from hoctap_desktop.ui.keyboard import listen
from hoctap_desktop.ui.page import Page
from hoctap_desktop.ui.session import Session
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.choice import Choice
from hoctap_desktop.ui.widgets.empty_state import EmptyState
from hoctap_desktop.ui.widgets.fields import TextField
from hoctap_desktop.ui.widgets.filter_row import FilterRow
from hoctap_desktop.ui.widgets.labels import Label, rule
from hoctap_desktop.ui.widgets.panes import TitleRow

# The states one looks for; a chip for one nobody stands in would be noise.
_FILTERS = (State.NOT_SENT, State.RETURNED, State.LATE)


class BoardPage(Page):
    """Read again each time it comes up, and whenever papers came in or went."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.board: Board | None = None
        self._before: Board | None = None
        self._ever = words.Counted(0, {})
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
        self.excel = Button("Lưu Excel", icon="file-down", size="small", act=self._save_excel)
        self.excel.may_shorten("")
        self.title.act(self.excel)
        self.more = Button("Việc khác", icon="chevron-down", size="small", act=self._open_more)
        self.more.put_icon_behind()
        self.more.setToolTip("In bảng, phiếu trả lời, bản giấy, ngày nhận (F4)")
        self.title.act(self.more)
        self.remind = Button("Nhắc nộp", "primary", icon="phone", size="small", act=self._remind)
        self.remind.may_shorten("Nhắc")
        self.remind.setToolTip("Danh sách gọi điện, tin nhắn, công văn đôn đốc (F7)")
        self.title.act(self.remind)
        self.column.addWidget(self.title)
        self.banners.setContentsMargins(theme.PAGE_MARGIN, 0, theme.PAGE_MARGIN, 8)
        self.column.addWidget(self.banners)
        self.head = BoardHeadPane()
        self.column.addWidget(self.head)
        self._lines = (rule(), rule())
        self.column.addWidget(self._lines[0])
        self._filters = self._filter_row()
        self.column.addWidget(self._filters)
        self.column.addWidget(self._lines[1])
        self.model = BoardModel()
        self.view = BoardView(self.model)
        self.view.sorted_by.connect(self._sort)
        self.view.acted.connect(self._open)
        self.empty = EmptyState(
            "list-checks",
            "Chưa có đơn vị nào để theo dõi",
            "Thêm đơn vị cấp dưới, hoặc xem lại ngày hiệu lực và nơi nộp của chúng.",
            "Mở danh sách đơn vị",
            lambda: session.navigate.emit("units", None),
            button_icon="landmark",
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(self.view)
        self.stack.addWidget(self.empty)
        self.column.addWidget(self.stack, 1)
        listen(
            self,
            {
                "Ctrl+F": self.search.edit.setFocus,
                "F4": self._open_more,
                "Shift+F4": self._open_sight,
                "F7": self._remind,
                "F5": self.receive_paper,
                "F2": self.change_day,
                "F8": partial(self._step, 1),
                "Shift+F8": partial(self._step, -1),
                "F9": self._print,
                "Ctrl+P": self._print,
            },
        )
        self.model.want(words.recalled(session.settings.seen("board", session.own.code)))
        self.filters.get(self.model.wanted.state, self.filters[None]).setChecked(True)
        session.changed.connect(self._read_if_seen)
        session.campaign_changed.connect(self._forget_day)
        theme.changed().changed.connect(self._dressed)

    def _filter_row(self) -> QWidget:
        holder = FilterRow(self._search, "Tìm đơn vị", width=250)
        row, self.search = holder.row, holder.search
        self._chips = row
        self._clear = self.search.edit.addAction(
            icons.icon("x", "ink2", 18), self.search.edit.ActionPosition.TrailingPosition
        )
        self._clear.setToolTip("Xóa chữ đang tìm")
        self._clear.triggered.connect(self.search.edit.clear)
        self._clear.setVisible(False)
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
        self.sight = Button("Sắp xếp, nhóm", "filter", icon="chevron-down", act=self._open_sight)
        self.sight.put_icon_behind()
        self.sight.setToolTip("Sắp xếp, nhóm, lọc theo tình trạng (Shift+F4)")
        row.addWidget(self.sight)
        self.found = holder.end()
        return holder

    # --- the page protocol ----------------------------------------------------------------------------------------

    def enter(self, argument: object = None) -> None:  # noqa: ARG002 - no argument
        campaign = self.session.campaign
        job = partial(words.read_board, as_of=self._as_of, campaign=campaign)
        self.session.jobs.run(job, self.show_read, self._not_read, words="Đang xem tình hình nộp")

    def first_focus(self) -> QWidget | None:
        return self.empty.button if self.stack.currentWidget() is self.empty else self.search.edit

    def panes(self) -> Sequence[QWidget]:
        return (self.search.edit, self.view) if self.model.every() else ()

    def set_narrow(self, narrow: bool) -> None:
        self.head.set_narrow(narrow)
        self.search.setFixedWidth(theme.px(150 if narrow else 250))
        self.found.setVisible(not narrow)
        for state, button in self.filters.items():
            chip = chip_of(state) if state else None
            button.set_icon("" if narrow else chip.icon if chip else "list")
        self._narrow = narrow
        self._show_levels()
        if self.board is not None:
            self._show_counts()
        self._day_label.setVisible(not narrow)
        self.title.title.setText("Theo dõi" if narrow else "Theo dõi nộp báo cáo")
        self.sight.setText("Sắp xếp" if narrow else "Sắp xếp, nhóm")

    def saved_place(self) -> Callable[[QWidget], object] | None:
        return self.title.fold

    # --- showing --------------------------------------------------------------------------------------------------

    def show_read(self, read: BoardRead) -> None:
        """Shows what was read of a board; search, filter and order stay."""
        board = read.board
        self.board, self._before = board, read.before
        self._ever = words.counted(read.lines, Wanted())
        self.stack.setCurrentWidget(self.view)
        self._show_rest(shown=True)
        self.day.set_text(print_date(board.as_of))
        self.head.show_head(words.head(board), read.curve)
        current = self.view.currentIndex().row()
        code = self.model.line(current).code if current >= 0 else ""
        self.model.set_lines(read.lines)
        self._show_levels()
        self._show_counts()
        if code:
            self.view.go_to_row(self.model.row_of(code))
        if board.illustrative:
            self.banners.show_banner("illustrative", "warn", "Số liệu minh họa: có gói nhận được chỉ để làm mẫu.")
        else:
            self.banners.drop("illustrative")

    def _not_read(self, failure: BaseException) -> None:
        if not isinstance(failure, UserError) or failure.code is not Code.NO_UNITS_BELOW:
            self.session.problem.emit(failure)
            return
        self.board = None
        self.model.set_lines(())
        focused = QApplication.focusWidget()
        was_here = focused is not None and self.isAncestorOf(focused)
        self.stack.setCurrentWidget(self.empty)
        self._show_rest(shown=False)
        if was_here:  # the field it was in is gone
            self._take_keyboard()

    def _show_rest(self, *, shown: bool) -> None:
        """What has no meaning while there is nobody to follow."""
        for part in (self.head, self._filters, *self._lines, self.more, self.excel, self.remind, self.day):
            part.setVisible(shown)
        self._day_label.setVisible(shown and not self._narrow)

    def _show_levels(self) -> None:
        present = {line.level: line.kind for line in self.model.every()}
        now = self.model.wanted.level
        self.level.clear()
        self.level.addItem("Mọi loại", None)
        for id, word in present.items():
            self.level.addItem(word or id, id)
        self.level.setCurrentIndex(max(0, self.level.findData(now)))
        self.level.setVisible(len(present) > 1 and not self._narrow and not _large())  # it stands in the menu too

    def _dressed(self) -> None:
        self._show_levels()
        if self.board is not None:
            self._show_counts()

    def _show_counts(self) -> None:
        wanted, every = self.model.wanted, self.model.every()
        found = words.counted(every, wanted)
        self._show_extra(wanted.state)
        for state, button in self.filters.items():
            said, count = (words.chip_words(state, found), found.states[state]) if state else ("Tất cả", found.named)
            button.setText(f"{said}  {print_count(count)}")
            room = not (self._narrow and _large())  # all states stand in the menu
            often = state in (None, State.NOT_SENT) or (room and state in _FILTERS and bool(self._ever.states[state]))
            button.setVisible(often or wanted.state is state)
        self.found.set_text(words.found_words(self.model.units(), len(every), wanted))
        self.view.show_order(wanted)
        waiting = words.to_remind(words.awaited_lines(every, wanted))
        self.remind.setText(f"Nhắc {print_count(waiting)} đơn vị" if waiting else "Nhắc")
        if waiting:
            self.remind.enable()
        else:
            self.remind.disable("Không còn đơn vị nào phải nhắc")

    def _show_extra(self, state: State | None) -> None:
        """A state that was asked for in the menu has its chip while it is asked for."""
        if state in self.filters:
            self.filters[state].setChecked(True)
            return
        chip = chip_of(state) if state else None
        button = Button("", "filter", icon=chip.icon if chip else "list", act=partial(self._filter, state))
        button.setCheckable(True)
        self._group.addButton(button)
        self.filters[state] = button
        self._chips.insertWidget(len(self.filters), button)
        button.setChecked(True)

    def _want(self, wanted: Wanted) -> None:
        self.model.want(wanted)
        self.session.settings.set_seen("board", self.session.own.code, words.remembered(wanted))
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
            shown = words.pile([self.model.line(n) for n in range(self.model.rowCount())], line)
            self.session.navigate.emit("received", (line.package_id, "board", shown))
        elif line.code and (line.report.paper or line.plan.paper):
            kind = Kind.REPORT if line.report.paper else Kind.PLAN
            self.session.navigate.emit("keying", (line.code, kind.value, "board"))

    def _current(self) -> Line | None:
        at = self.view.currentIndex().row()
        line = self.model.line(at) if 0 <= at < self.model.rowCount() else None
        return line if line is not None and line.code else None

    def _key_in(self) -> None:
        line = self._current()
        self.session.navigate.emit("keying", (line.code if line else "", "", "board"))

    def _step(self, by: int) -> None:
        """F8: the next unit something is awaited from."""
        at = self.view.currentIndex().row()
        row = words.next_awaited([self.model.line(n) for n in range(self.model.rowCount())], at, by)
        if row >= 0:
            self.view.go_to_row(row)
            self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _remind(self) -> None:
        """Whom the person sees: with a search or a filter only those that are awaited among them."""
        if self.board is None or not self.remind.isEnabled():
            return
        wanted = self.model.wanted
        some = wanted.query or wanted.level or wanted.state
        codes = [line.code for line in words.awaited_lines(self.model.every(), wanted)] if some else None
        self.session.navigate.emit("remind", (self._as_of, codes))

    def receive_paper(self) -> None:
        """F5: paper that was handed in by itself."""
        if self.board is None:
            return
        line = self._current()
        units = [(one.code, one.unit) for one in self.model.every()]
        PaperReceiptDialog(self, units, line.code if line else "", self._told).open()

    def change_day(self) -> None:
        """F2: the day of receipt of the line that is current."""
        line = self._current()
        if line is None or self.board is None:
            self.banners.show_banner("choose", "info", "Chọn một đơn vị trong bảng rồi sửa ngày nhận.", leaves=True)
            return
        dated = words.dated(line)
        if not dated:
            said = f"{line.unit} chưa nộp gì nên chưa có ngày nhận để sửa."
            self.banners.show_banner("choose", "info", said, leaves=True)
            return
        ReceiptDayDialog(self, line.unit, dated, self._told).open()

    def _told(self, said: str) -> None:
        self.banners.show_banner("done", "ok", said, leaves=True)
        self.session.changed.emit("")

    # --- menus ----------------------------------------------------------------------------------------------------

    def _open_more(self) -> None:
        self._pop_up(self.more_menu(), self.more)

    def more_menu(self) -> QMenu:
        """What is done less often."""
        menu = QMenu(self.more)
        menu.addAction("In bảng theo dõi\tF9", self._print)
        menu.addAction("Phiếu trả lời: ghi phiếu tiếp nhận, phiếu trả lại", lambda: ask_for_slips(self))
        menu.addSeparator()
        menu.addAction("Nhận bản giấy theo mã giấy\tF5", self.receive_paper)
        menu.addAction("Nhập hộ số trên bản giấy", self._key_in)
        menu.addAction("Sửa ngày nhận của đơn vị đang chọn\tF2", self.change_day)
        return menu

    def _open_sight(self) -> None:
        self._pop_up(self.sight_menu(), self.sight)

    def sight_menu(self) -> QMenu:
        """Order, groups and states, for the keyboard too."""
        menu, wanted = QMenu(self.sight), self.model.wanted

        def add(to: QMenu, said: str, then: Wanted, *, now: bool) -> None:
            action = to.addAction(said, partial(self._want, then))
            action.setCheckable(True)
            action.setChecked(now)

        order = menu.addMenu("Sắp xếp theo")
        for column, title in enumerate(TITLES):
            add(order, title, replace(wanted, column=column, descending=False), now=column == wanted.column)
        order.addSeparator()
        add(order, "Ngược lại", replace(wanted, descending=not wanted.descending), now=wanted.descending)
        kinds = {line.level: line.kind or line.level for line in self.model.every()}
        if len(kinds) > 1:
            levels = menu.addMenu("Loại đơn vị")
            add(levels, "Mọi loại", replace(wanted, level=None), now=wanted.level is None)
            for id, said in kinds.items():
                add(levels, said, replace(wanted, level=id), now=id == wanted.level)
        groups = menu.addMenu("Nhóm")
        add(groups, "Không nhóm", replace(wanted, group=""), now=not wanted.group)
        for group in words.groups_of(self.model.every()):
            add(groups, words.GROUPS[group], replace(wanted, group=group), now=group == wanted.group)
        states = menu.addMenu("Tình trạng")
        add(states, "Tất cả", replace(wanted, state=None), now=wanted.state is None)
        for state in words.ORDER:
            if self._ever.states[state]:
                said = f"{STATE_WORDS[state]} ({print_count(self._ever.states[state])})"
                add(states, said, replace(wanted, state=state), now=state is wanted.state)
        return menu

    @staticmethod
    def _pop_up(menu: QMenu, under: Button) -> None:
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(under.mapToGlobal(under.rect().bottomLeft()))

    def _print(self) -> None:
        if self.board is None:
            return
        from hoctap_desktop.ui.paper.print_dialog import print_table

        board, own, before = self.board, self.session.own, self._before

        def make() -> bytes:
            from hoctap_desktop.consolidation.board_printed import board_document
            from hoctap_desktop.document.pdf import render

            return render(board_document(board, own, before)).data

        print_table(self, f"theo-doi-{board.campaign.id}-{board.as_of:%Y%m%d}.pdf", make, "In bảng theo dõi")

    def _save_excel(self) -> None:
        if self.board is None:
            return
        board, own = self.board, self.session.own

        def make() -> bytes:
            from hoctap_desktop.consolidation.board_printed import board_sheets
            from hoctap_desktop.document.sheet import render

            return render(board_sheets(board, own), title=board.campaign.name, author=own.name, created=board.as_of)

        files.save_as(self, f"theo-doi-{board.campaign.id}-{board.as_of:%Y%m%d}.xlsx", files.SHEETS, make)


def _large() -> bool:
    """Letters so large that the row of filters holds only what is used most."""
    return theme.theme().text_size > 115
