"""Đơn vị cấp dưới: the list of who reports here, found, added, changed, closed; every act can be taken back."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QStackedWidget, QWidget

from hoctap_desktop.campaign.model import Campaign
from hoctap_desktop.campaign.repository import with_deadlines
from hoctap_desktop.foundation.numbers import print_count
from hoctap_desktop.foundation.progress import Progress
from hoctap_desktop.foundation.text import clean_line
from hoctap_desktop.office import units_below as acts
from hoctap_desktop.office.office_acts import unit_day_reasons
from hoctap_desktop.office.unit_sheet import SheetReading, read_unit_sheet, take_unit_sheet
from hoctap_desktop.office.units_below import Below, Register, read_register
from hoctap_desktop.store.database import Store
from hoctap_desktop.ui import files, theme
from hoctap_desktop.ui.campaign.unit_days import UnitDay, UnitDaysDialog, keep_unit_days
from hoctap_desktop.ui.keyboard import listen
from hoctap_desktop.ui.office_facts import read_facts
from hoctap_desktop.ui.page import Page
from hoctap_desktop.ui.session import OfficeFacts, Session
from hoctap_desktop.ui.units import presenter as words
from hoctap_desktop.ui.units.dialogs import ElsewhereDialog, EndDialog, GazetteerDialog, SheetDialog, UnitDialog
from hoctap_desktop.ui.units.presenter import SHOWN_WORDS, Asked, Shown
from hoctap_desktop.ui.units.table import UnitModel, UnitView
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.choice import Choice
from hoctap_desktop.ui.widgets.dialog import Dialog, ask
from hoctap_desktop.ui.widgets.empty_state import EmptyState
from hoctap_desktop.ui.widgets.filter_row import FilterRow
from hoctap_desktop.ui.widgets.labels import rule
from hoctap_desktop.ui.widgets.panes import TitleRow
from hoctap_desktop.units import register
from hoctap_desktop.units.model import Unit

Read: TypeAlias = tuple[Register, OfficeFacts]


def read_units(store: Store, campaign: str, year: int) -> Read:
    """The list and what the window knows of the office."""
    return read_register(store, campaign, year), read_facts(store)


class UnitsPage(Page):
    """Read again each time it comes up and after each act."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.found: Register | None = None
        self._narrow = False
        self.title = TitleRow("Đơn vị cấp dưới", lined=False, margin=theme.PAGE_MARGIN)
        self.back = Button("Thiết lập", "text", icon="chevron-left", size="small", act=self._go_back)
        self.title.lead(self.back)
        self.from_list = Button("Từ danh mục", icon="list-checks", size="small", act=self.open_gazetteer)
        self.excel_in = Button("Nhập từ Excel", icon="upload", size="small", act=self._choose_sheet)
        self.excel_out = Button("Lưu Excel", icon="file-down", size="small", act=self._save_excel)
        for button in (self.from_list, self.excel_in, self.excel_out, self.back):
            button.may_shorten("")
        self.add = Button("Thêm đơn vị", "primary", icon="plus", size="small", act=self.open_new)
        for button in (self.from_list, self.excel_in, self.excel_out, self.add):
            self.title.act(button)
        self.column.addWidget(self.title)
        self.banners.setContentsMargins(theme.PAGE_MARGIN, 0, 16, 8)
        self.column.addWidget(self.banners)
        self.column.addWidget(rule())
        self._filters = self._filter_row()
        self.column.addWidget(self._filters)
        self._line = rule()
        self.column.addWidget(self._line)
        self.model = UnitModel()
        self.view = UnitView(self.model)
        self.view.sorted_by.connect(self._sort)
        self.view.acted.connect(lambda at: self.open_unit(self.model.line(at).code))
        listed = ("Lấy từ danh mục", self.open_gazetteer)
        sheet = ("Nhập từ bảng Excel", self._choose_sheet)
        if session.own.level == "commune":  # the country's list ends at communes: below them are schools
            ways = "Lấy từ bảng Excel danh sách trường của xã, hoặc thêm từng đơn vị."
            first, also, icon = sheet, ("Thêm từng đơn vị", self.open_new), "upload"
        else:
            ways = "Lấy cả tỉnh từ danh mục, từ một bảng Excel, hoặc thêm từng đơn vị."
            first, also, icon = listed, sheet, "list-checks"
        self.empty = EmptyState(
            "landmark",
            "Chưa có đơn vị cấp dưới",
            f"Thêm các đơn vị nộp về đây thì máy mới nhận gói, theo dõi và cộng số. {ways}",
            *first,
            button_icon=icon,
            also=also[0],
            also_act=also[1],
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.empty)
        self.column.addWidget(self._stack, 1)
        listen(
            self,
            {
                "Ctrl+F": self.search.edit.setFocus,
                "F5": self.open_new,
                "Alt+Left": self._go_back,
                "Ctrl+Shift+I": self._choose_sheet,
                "Ctrl+Shift+E": self._save_excel,
            },
        )
        for button, keys in ((self.add, "F5"), (self.excel_in, "Ctrl+Shift+I"), (self.excel_out, "Ctrl+Shift+E")):
            button.setToolTip(f"{button.text()} ({keys})")
        session.campaign_changed.connect(self._read_if_seen)

    def _filter_row(self) -> QWidget:
        holder = FilterRow(self._search, "Tìm tên hoặc mã", "Tìm tên hoặc mã đơn vị", width=230)
        row, self.search = holder.row, holder.search
        group = QButtonGroup(self)
        self.filters: dict[Shown, Button] = {}
        for shown in Shown:
            button = Button(SHOWN_WORDS[shown], "filter", act=partial(self._show_only, shown))
            button.setCheckable(True)
            group.addButton(button)
            self.filters[shown] = button
            row.addWidget(button)
        self.filters[Shown.ALL].setChecked(True)
        self.level = Choice()
        self.level.setAccessibleName("Loại đơn vị")
        self.level.setToolTip("Loại đơn vị")
        self.level.activated.connect(self._level_chosen)
        row.addWidget(self.level)
        self.count = holder.end()
        self.undo_button = Button("Hoàn tác", "text", icon="undo", size="small", act=self.undo_last)
        row.addWidget(self.undo_button)
        return holder

    def _search(self, text: str) -> None:
        self._ask(replace(self.model.wanted, query=clean_line(text)))

    # --- the page protocol ----------------------------------------------------------------------------------------

    def enter(self, argument: object = None) -> None:
        campaign = self.session.campaign
        self.session.jobs.run(
            lambda store: read_units(store, campaign.id, campaign.year), self._read, words="Đang đọc danh sách đơn vị"
        )
        if argument == "new":
            self.open_new()

    def first_focus(self) -> QWidget | None:
        return self.empty.button if self.found is not None and not self.found.rows else self.search.edit

    def panes(self) -> Sequence[QWidget]:
        return (self.search.edit, self.view) if self.model.every() else ()

    def set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        self.search.setFixedWidth(theme.px(170 if narrow else 230))
        self.title.title.setText("Đơn vị" if narrow else "Đơn vị cấp dưới")
        self.undo_button.setText("" if narrow else "Hoàn tác")
        self.undo_button.setAccessibleName("Hoàn tác")
        self._show_counts()

    def saved_place(self) -> Callable[[QWidget], object] | None:
        return self.title.fold

    def undo_last(self) -> None:
        """Ctrl+Z: takes the newest act back."""
        if self.found is not None and self.found.acts:
            self._keep(register.undo, f"Đã hoàn tác: {self.found.acts[0].words}.")

    # --- showing --------------------------------------------------------------------------------------------------

    def _read(self, read: Read) -> None:
        found, facts = read
        code = self._current_code()
        self.found = found
        self.model.set_lines(words.lines(found))
        if code:
            self.view.go_to_row(self.model.row_of(code))
        if facts != self.session.facts:
            self.session.office_changed.emit(facts)
        some = bool(found.rows)
        was_searching = self.search.edit.hasFocus()
        self._stack.setCurrentWidget(self.view if some else self.empty)
        for widget in (self._filters, self._line):
            widget.setVisible(some)
        self.add.set_kind("primary" if some else "secondary")  # one filled button on a page
        if not some and was_searching and self.empty.button is not None:
            self.empty.button.setFocus(Qt.FocusReason.OtherFocusReason)
        if found.acts:
            self.undo_button.enable()
            self.undo_button.setToolTip(f"Hoàn tác: {found.acts[0].words} (Ctrl+Z)")
        else:
            self.undo_button.disable("Chưa có việc nào để hoàn tác")
        self._show_levels()
        self._show_counts()

    def _show_levels(self) -> None:
        present = {line.unit.level: line.kind for line in self.model.every()}
        self.level.clear()
        self.level.addItem("Mọi loại", "")
        for id, word in present.items():
            self.level.addItem(word or id, id)
        self.level.setCurrentIndex(max(0, self.level.findData(self.model.wanted.level)))
        self.level.setVisible(len(present) > 1)

    def _show_counts(self) -> None:
        every = self.model.every()
        found = words.counts(every, self.model.wanted)
        ever = words.counts(every, Asked())
        for shown, button in self.filters.items():
            button.setText(f"{SHOWN_WORDS[shown]}  {print_count(found[shown])}")
            needed = shown is Shown.ALL or bool(ever[shown] and ever[shown] != len(every))
            button.setVisible(needed or self.model.wanted.shown is shown)
        self.count.set_text(words.count_words(self.model.rowCount(), len(every)))
        self.count.setVisible(not self._narrow)
        self.view.show_order(self.model.wanted)

    def _current_code(self) -> str:
        at = self.view.currentIndex().row()
        return self.model.line(at).code if 0 <= at < self.model.rowCount() else ""

    def _ask(self, asked: Asked) -> None:
        self.model.want(asked)
        self._show_counts()
        self.view.scrollToTop()

    def _show_only(self, shown: Shown) -> None:
        self._ask(replace(self.model.wanted, shown=shown))

    def _level_chosen(self, at: int) -> None:
        self._ask(replace(self.model.wanted, level=str(self.level.itemData(at))))

    def _sort(self, column: int, descending: bool) -> None:
        self._ask(replace(self.model.wanted, column=column, descending=descending))

    def _read_if_seen(self) -> None:
        if self.isVisible():
            self.enter()

    def _go_back(self) -> None:
        self.session.navigate.emit("settings", None)

    # --- acts -----------------------------------------------------------------------------------------------------

    def _keep(self, job: Callable[[Store], object], said: str = "") -> None:
        """Does it in the store, reads again, and says what was done where it is not to be seen by itself."""
        campaign = self.session.campaign

        def work(store: Store) -> Read:
            job(store)
            return read_units(store, campaign.id, campaign.year)

        def done(read: Read) -> None:
            self._read(read)
            if said:
                self.banners.show_banner("done", "ok", said, leaves=True)

        self.session.save(work, done)

    def _known(self) -> dict[str, Unit]:
        return {line.code: line.unit for line in self.model.every()}

    def open_new(self) -> None:
        """The form of a unit that is not in the list yet."""
        if self.found is not None:
            self._open(UnitDialog(self, None, self._known(), self._keep_new))

    def open_unit(self, code: str) -> None:
        """The form of one unit of the list."""
        below = self._below(code)
        if below is None or self.found is None:
            return
        ended = below.unit.valid_to is not None
        more = [
            ("Còn hiệu lực", partial(self._keep, lambda store: acts.reopen(store, code)))
            if ended
            else ("Hết hiệu lực", partial(self._open_end, below)),
            ("Nơi nộp", partial(self._open_elsewhere, below)),
            ("Hạn riêng", partial(self._open_days, below)),
            ("Bỏ", partial(self._ask_remove, below)),
        ]
        self._open(
            UnitDialog(self, below, self._known(), partial(self._keep_unit, below), more, len(self._alike(below)))
        )

    def open_gazetteer(self) -> None:
        """Units of the country's list."""
        if self.found is None:
            return

        def take(units: tuple[Unit, ...]) -> None:
            said = f"Đã thêm {print_count(len(units))} đơn vị từ danh mục."
            self._keep(lambda store: acts.take_offered(store, units), said)

        self._open(GazetteerDialog(self, self.session.own, self._known(), take))

    def _below(self, code: str) -> Below | None:
        rows = self.found.rows if self.found is not None else ()
        return next((one for one in rows if one.unit.code == code), None)

    def _keep_new(self, unit: Unit, owed: str, reason: str, _alike: bool) -> None:
        campaign = self.session.campaign.id

        def job(store: Store) -> None:
            with store.atomic():
                acts.add(store, unit)
                if owed != "both":
                    acts.excuse(store, [unit.code], campaign, words.freed(owed, reason))

        self._keep(job, f"Đã thêm {unit.short_name or unit.name}.")

    def _keep_unit(self, below: Below, unit: Unit, owed: str, reason: str, alike: bool = False) -> None:
        campaign, free = self.session.campaign.id, words.freed(owed, reason)
        codes = [unit.code, *(self._alike(below) if alike else ())]

        def job(store: Store) -> None:
            with store.atomic():
                acts.change(store, unit)
                if free != below.free or alike:
                    acts.excuse(store, codes, campaign, free)

        self._keep(job, f"Đã đặt phần phải nộp của {print_count(len(codes))} đơn vị." if alike else "")

    def _alike(self, below: Below) -> tuple[str, ...]:
        """The other units of its kind that stand and report here."""
        rows, unit, last = self.found.rows if self.found is not None else (), below.unit, self.session.campaign.week_to
        others = (one.unit for one in rows if one.here and one.unit.stood_on(last) and one.unit.code != unit.code)
        return tuple(one.code for one in others if one.level == unit.level)

    def _open_end(self, below: Below) -> None:
        def end(day: date, codes: tuple[str, ...]) -> None:
            self._keep(lambda store: acts.close(store, below.unit.code, day, codes))

        self._open(EndDialog(self, below.unit, self._known(), end))

    def _open_days(self, below: Below) -> None:
        id, code = self.session.campaign.id, below.unit.code

        def read(store: Store) -> tuple[Campaign, dict[str, str]]:
            reasons = unit_day_reasons(store, id)
            return with_deadlines(store, id), {kind: why for (kind, unit), why in reasons.items() if unit == code}

        def keep(days: tuple[UnitDay, ...], reason: str) -> None:
            self._keep(lambda store: keep_unit_days(store, id, code, days, reason))

        def show(found: tuple[Campaign, dict[str, str]]) -> None:
            self._open(UnitDaysDialog(self, below.unit, *found, keep))

        self.session.jobs.run(read, show)

    def _open_elsewhere(self, below: Below) -> None:
        def move(year: int, upper: str) -> None:
            self._keep(lambda store: acts.move(store, below.unit.code, year, upper))

        self._open(ElsewhereDialog(self, below, self.session.campaign.year, self.session.own, move))

    def _ask_remove(self, below: Below) -> None:
        ask(
            self,
            f"Bỏ {below.unit.short_name} khỏi danh sách?",
            "Chỉ bỏ đơn vị thêm nhầm. Đơn vị đã sáp nhập thì ghi ngày hết hiệu lực. Hoàn tác được.",
            yes="Bỏ đơn vị",
            no="Giữ lại",
            act=partial(self._keep, lambda store: acts.remove(store, below.unit.code)),
            danger=True,
        )

    def _open(self, dialog: Dialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    # --- Excel ----------------------------------------------------------------------------------------------------

    def _choose_sheet(self) -> None:
        files.choose_one(self, "Chọn bảng danh sách đơn vị", files.SHEETS, lambda paths: self.read_sheet(paths[0]))

    def read_sheet(self, path: Path) -> None:
        """Reads a sheet in a process of its own and shows what it would do."""
        found = self.found
        if found is None:
            return

        def read(_progress: Progress) -> SheetReading:
            return read_unit_sheet(path, found)

        self.session.jobs.aside(read, self._show_reading, words=f"Đang đọc {path.name}")

    def _show_reading(self, reading: SheetReading) -> None:
        said = f"Đã nhập {print_count(len(reading.differences))} đơn vị từ {reading.file}."
        self._open(SheetDialog(self, reading, partial(self._keep, lambda store: take_unit_sheet(store, reading), said)))

    def _save_excel(self) -> None:
        found, today = self.found, self.session.now().date()
        if found is None:
            return

        def make() -> bytes:
            from hoctap_desktop.office.unit_sheet import unit_sheet

            return unit_sheet(found, today)

        files.save_as(self, f"don-vi-{today:%Y%m%d}.xlsx", files.SHEETS, make)
