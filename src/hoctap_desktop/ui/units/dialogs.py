"""What is asked about units: facts, end, where else one reports, which of the country's list, what a sheet says."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QSizePolicy

from hoctap_desktop.foundation.dates import print_date
from hoctap_desktop.foundation.numbers import print_count
from hoctap_desktop.foundation.text import clean_line, matches
from hoctap_desktop.office.unit_sheet import SheetReading
from hoctap_desktop.office.units_below import Below, offered
from hoctap_desktop.ui import theme
from hoctap_desktop.ui.first_run.frame import in_columns
from hoctap_desktop.ui.first_run.type_page import level_field
from hoctap_desktop.ui.page import Page
from hoctap_desktop.ui.units import presenter
from hoctap_desktop.ui.units.presenter import OWED, Typed
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.check_box import CheckBox, TickedRows
from hoctap_desktop.ui.widgets.dialog import Dialog
from hoctap_desktop.ui.widgets.fields import ChoiceField, TextField
from hoctap_desktop.ui.widgets.labels import Label
from hoctap_desktop.units import gazetteer
from hoctap_desktop.units.model import Unit
from hoctap_desktop.units.rules import mistakes

_LIST_HEIGHT = 190


class UnitDialog(Dialog):
    """A unit's facts. below: None for a new one. keep(unit, owed, reason, alike) when all is right; more: acts beside.

    alike: how many others of its kind there are: what it owes may be said of all at once.
    """

    def __init__(
        self,
        page: Page,
        below: Below | None,
        known: Mapping[str, Unit],
        keep: Callable[[Unit, str, str, bool], object],
        more: Sequence[tuple[str, Callable[[], object]]] = (),
        alike: int = 0,
    ) -> None:
        title = below.unit.short_name if below else "Thêm đơn vị cấp dưới"
        super().__init__(page, title, icon="landmark", tone="pri")
        self._below, self._known, self._keep = below, known, keep
        unit = below.unit if below else Unit("", "", "", "school")
        self.fields = {
            "code": TextField("Mã đơn vị", unit.code),
            "name": TextField("Tên đầy đủ", unit.name),
            "short_name": TextField("Tên ngắn", unit.short_name),
            "area": TextField("Thuộc", unit.area),
            "contact": TextField("Người liên hệ", unit.contact),
            "phone": TextField("Điện thoại", unit.phone),
            "since": TextField(
                "Có từ ngày",
                print_date(unit.valid_from) if unit.valid_from else "",
                placeholder="Trống: đã có từ trước",
                icon="calendar-days",
            ),
        }
        if below:
            self.fields["code"].show_state("frozen")
        self.level = level_field("Loại đơn vị", unit.level)
        # as wide as its column, however long the longest kind is called
        self.level.box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.owed = ChoiceField("Phải nộp")
        for id, words, _free in OWED:
            self.owed.add(words, id)
        self.owed.choose(presenter.owed_by(below) if below else "both")
        self.reason = TextField("Lý do miễn", next(iter(below.free.values()), "") if below else "")
        self.owed.chosen.connect(lambda _data: self._show_reason())
        fields = self.fields
        beside = Label("Đơn vị mới lập, mới sáp nhập: đợt nào trước ngày này thì không phải nộp.", "secondary", "ink2")
        beside.setWordWrap(True)
        in_columns(self.body, (fields["name"],), (fields["code"], self.level))
        in_columns(self.body, (fields["short_name"], fields["area"]), (fields["contact"], fields["phone"]))
        in_columns(self.body, (self.owed, self.reason))
        if said := presenter.unowed_words(below):
            self.add_text(said, "ink2")
        self.alike = CheckBox(f"Phần phải nộp: đặt như vậy cho cả {print_count(alike + 1)} đơn vị cùng loại")
        self.level.chosen.connect(lambda level: self.alike.setVisible(bool(alike) and level == unit.level))
        self.body.addWidget(self.alike)
        self.alike.setVisible(bool(alike))
        self.body.addSpacing(12 if alike else 0)
        in_columns(self.body, (fields["since"], beside))
        for words, act in more:
            aside = Button(words, "text", size="small")
            aside.clicked.connect(partial(self._instead, act))
            self.add_aside(aside)
        self.add_button("Để sau")
        self.save = self.add_button("Ghi lại" if below else "Thêm đơn vị", "primary", closes=False, act=self.try_keep)
        self.focus_first(fields["name"].edit)
        self._show_reason()

    def _show_reason(self) -> None:
        owes_all = self.owed.data() == "both"
        self.reason.show_state("frozen" if owes_all else "normal")
        if owes_all:
            self.reason.set_text("")

    def _instead(self, act: Callable[[], object], _checked: bool = False) -> None:
        self.reject()
        act()

    def try_keep(self) -> None:
        """Keeps what is typed, or says at each field what is wrong."""
        text = {name: field.text() for name, field in self.fields.items()}
        typed = Typed(
            code=text["code"],
            name=text["name"],
            short_name=text["short_name"],
            level=str(self.level.data()),
            area=text["area"],
            contact=text["contact"],
            phone=text["phone"],
            since=text["since"],
        )
        unit = presenter.typed_unit(typed, self._below.unit if self._below else None)
        wrong = mistakes(unit, {code: one for code, one in self._known.items() if code != unit.code})
        if clean_line(text["since"]) and unit.valid_from is None:
            wrong["since"] = "Ghi ngày như 01/07/2025, hoặc để trống."
        elif unit.valid_from and unit.valid_to and unit.valid_from > unit.valid_to:
            wrong["since"] = f"Ngày đầu đứng sau ngày cuối {print_date(unit.valid_to)}. Hãy sửa ngày."
        if self._below is None and unit.code in self._known:
            wrong["code"] = f"Mã này đã là của {self._known[unit.code].short_name}."
        for name, field in self.fields.items():
            if self._below is None or name != "code":
                field.show_state("error" if name in wrong else "normal", wrong.get(name, ""))
        owed, reason = str(self.owed.data()), clean_line(self.reason.text())
        without_reason = owed != "both" and not reason
        if owed != "both":
            said = "Ghi lý do, ví dụ số công văn." if without_reason else ""
            self.reason.show_state("error" if without_reason else "normal", said)
        if wrong or without_reason:
            return
        self.accept()
        self._keep(unit, owed, reason, self.alike.isChecked() and not self.alike.isHidden())


class EndDialog(Dialog):
    """The last day of a unit, and who took its place. end(day, codes)."""

    def __init__(self, page: Page, unit: Unit, known: Mapping[str, Unit], end: Callable[..., object]) -> None:
        super().__init__(page, f"{unit.short_name} hết hiệu lực", icon="history", tone="warn")
        self._known, self._end, self._unit = known, end, unit
        self.add_text(
            "Những gì đơn vị đã nộp vẫn giữ nguyên tên lúc nộp. Số năm trước tính vào đơn vị thay thế.", "ink2"
        )
        self.body.addSpacing(6)
        self.day = TextField("Ngày cuối còn hiệu lực", placeholder="Ví dụ: 30/06/2025", icon="calendar-days")
        self.after = TextField(
            "Mã đơn vị thay thế", hint="Nhập vào một: một mã. Chia ra: nhiều mã, đơn vị nhận phần lớn trước."
        )
        in_columns(self.body, (self.day,), (self.after,))
        self.add_button("Để sau")
        self.add_button("Ghi ngày cuối", "primary", closes=False, act=self.try_end)
        self.focus_first(self.day.edit)

    def try_end(self) -> None:
        day, codes = presenter.day_typed(self.day.text()), presenter.codes_typed(self.after.text())
        self.day.show_state("normal" if day else "error", "" if day else "Ghi ngày như 30/06/2025.")
        unknown = [code for code in codes if code not in self._known or code == self._unit.code]
        said = f"Chưa có đơn vị mã «{unknown[0]}». Hãy thêm đơn vị đó trước." if unknown else ""
        self.after.show_state("error" if unknown else "normal", said)
        if day is None or unknown:
            return
        self.accept()
        self._end(day, codes)


class ElsewhereDialog(Dialog):
    """Whom a unit reports to from a campaign on. move(year, code)."""

    def __init__(self, page: Page, below: Below, year: int, own: Unit, move: Callable[[int, str], object]) -> None:
        super().__init__(page, f"{below.unit.short_name} nộp cho ai", icon="arrow-right", tone="pri")
        self._move = move
        self.add_text(f"Từ đợt {year} trở đi. Các đợt trước giữ như cũ.", "ink2")
        self.body.addSpacing(6)
        words = f"Mã của cơ quan này là {own.code}."
        self.upper = TextField("Mã nơi nhận", "" if below.here else below.upper, hint=words)
        in_columns(self.body, (self.upper,))
        self._year = year
        self.add_button("Để sau")
        self.add_button("Ghi nơi nhận", "primary", closes=False, act=self.try_move)
        self.focus_first(self.upper.edit)

    def try_move(self) -> None:
        code = clean_line(self.upper.text())
        self.upper.show_state("normal" if code else "error", "" if code else "Ghi mã nơi nhận.")
        if code:
            self.accept()
            self._move(self._year, code)


class GazetteerDialog(Dialog):
    """Units of the country's list: a province, then its communes, all or some. take(units)."""

    def __init__(
        self, page: Page, own: Unit, known: Mapping[str, Unit], take: Callable[[tuple[Unit, ...]], object]
    ) -> None:
        super().__init__(page, "Thêm từ danh mục cả nước", icon="list-checks", tone="pri")
        self._own, self._known, self._take = own, known, take
        self.province = ChoiceField("Tỉnh, thành phố")
        for place in gazetteer.in_order(gazetteer.provinces()):
            self.province.add(place.full_name, place.code)
        self.search = TextField("Tìm xã", placeholder="có dấu hay không dấu", icon="search")
        in_columns(self.body, (self.province, self.search))
        self.list = QListWidget()
        self.list.setAccessibleName("Các xã của tỉnh")
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setItemDelegate(TickedRows(self.list))
        self.list.setFixedHeight(theme.px(_LIST_HEIGHT))
        self.body.addWidget(self.list)
        self.said = Label("", "secondary", "ink2", wrap=True)
        self.body.addWidget(self.said)
        every = Button("Chọn hết", "text", size="small", act=partial(self._check_all, True))
        none = Button("Bỏ chọn hết", "text", size="small", act=partial(self._check_all, False))
        self.add_aside(every)
        self.add_aside(none)
        self.add_button("Để sau")
        self.take_button = self.add_button("Thêm", "primary", act=self._taken)
        self.focus_first(self.province)
        self.province.chosen.connect(lambda _data: self._fill())
        self.search.edit.textChanged.connect(self._narrow)
        self.list.itemChanged.connect(lambda _item: self._count())
        mine = own.code[:2]
        if gazetteer.by_code(mine) is not None and mine.isdigit():
            self.province.choose(mine)
        self._units: dict[str, Unit] = {}
        self._fill()

    def _fill(self) -> None:
        units = offered(str(self.province.data()), self._own)
        self._units = {unit.code: unit for unit in units if unit.code not in self._known}
        self.list.blockSignals(True)
        self.list.clear()
        for unit in self._units.values():
            item = QListWidgetItem(f"{unit.short_name}   {unit.code}")
            item.setData(Qt.ItemDataRole.UserRole, unit.code)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
            self.list.addItem(item)
        self.list.blockSignals(False)
        here = len(units) - len(self._units)
        self.said.setText(f"{print_count(here)} đơn vị của tỉnh này đã có trong danh sách." if here else "")
        self.said.setVisible(bool(here))
        self._count()

    def _narrow(self, words: str) -> None:
        query = clean_line(words)
        for at in range(self.list.count()):
            item = self.list.item(at)
            item.setHidden(bool(query) and not matches(query, item.text()))

    def _check_all(self, on: bool) -> None:
        self.list.blockSignals(True)
        for at in range(self.list.count()):
            if not self.list.item(at).isHidden():
                self.list.item(at).setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        self.list.blockSignals(False)
        self._count()

    def chosen(self) -> tuple[Unit, ...]:
        """The units that are ticked."""
        items = (self.list.item(at) for at in range(self.list.count()))
        ticked = (item for item in items if item.checkState() == Qt.CheckState.Checked)
        return tuple(self._units[item.data(Qt.ItemDataRole.UserRole)] for item in ticked)

    def _count(self) -> None:
        count = len(self.chosen())
        self.take_button.setText(f"Thêm {print_count(count)} đơn vị")
        if count:
            self.take_button.enable()
        else:
            self.take_button.disable("Chọn ít nhất một đơn vị")

    def _taken(self) -> None:
        self._take(self.chosen())


class SheetDialog(Dialog):
    """What a sheet says, before anything is taken. take() when the person wants it."""

    def __init__(self, page: Page, reading: SheetReading, take: Callable[[], object]) -> None:
        wrong = bool(reading.wrong)
        super().__init__(
            page, f"Bảng {reading.file}", icon="file-x-2" if wrong else "table", tone="danger" if wrong else "pri"
        )
        self.add_text(presenter.reading_words(reading))
        found = presenter.reading_lines(reading)
        if found:
            self.list = QListWidget()
            self.list.setAccessibleName("Các ô phải sửa" if wrong else "Các chỗ khác")
            self.list.setWordWrap(True)
            self.list.setFixedHeight(theme.px(_LIST_HEIGHT))
            self.list.addItems(list(found))
            self.body.addSpacing(4)
            self.body.addWidget(self.list)
        if wrong or not reading.edits:
            self.add_button("Đóng", "primary")
        else:
            self.add_button("Không nhập")
            self.add_button(f"Nhập {print_count(len(reading.differences))} đơn vị", "primary", act=take)
