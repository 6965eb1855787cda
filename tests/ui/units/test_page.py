"""Đơn vị cấp dưới in the window."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from hoctap_desktop.office.unit_sheet import unit_sheet
from hoctap_desktop.ui import theme
from hoctap_desktop.ui.consolidation.rows_view import PAD
from hoctap_desktop.ui.units import presenter as words
from hoctap_desktop.ui.units.dialogs import EndDialog, GazetteerDialog, SheetDialog, UnitDialog
from hoctap_desktop.ui.units.page import UnitsPage
from hoctap_desktop.ui.units.presenter import Asked, Shown
from tests.ui.conftest import Office, OpenOffice

UPPER = "19-171-GDDT"
SCHOOL = "05812-THCS"


@pytest.fixture
def upper(open_office: OpenOffice) -> Office:
    return open_office(UPPER)


@pytest.fixture
def page(upper: Office, qtbot: QtBot) -> UnitsPage:
    made = UnitsPage(upper.session)
    qtbot.addWidget(made)
    made.resize(1182, 654)
    made.show()
    made.enter()
    upper.settle()
    return made


def dialog(page: UnitsPage, kind: type[QWidget]) -> QWidget:
    return next(one for one in page.window().findChildren(kind) if one.isVisible())


def codes(page: UnitsPage) -> list[str]:
    return [page.model.line(at).code for at in range(page.model.rowCount())]


def test_the_table_is_a_right_model(page: UnitsPage, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(page.model)
    assert len(codes(page)) == 4


def test_what_one_owes_is_said_of_all_of_its_kind_in_one_act(page: UnitsPage, upper: Office) -> None:
    page.open_unit(SCHOOL)
    asked = dialog(page, UnitDialog)
    assert isinstance(asked, UnitDialog)
    assert asked.alike.text() == "Phần phải nộp: đặt như vậy cho cả 3 đơn vị cùng loại"
    asked.owed.choose("report")
    asked.reason.set_text("Trường không lập kế hoạch riêng")
    asked.alike.setChecked(True)
    asked.try_keep()
    upper.settle()
    owes = {line.code: line.unit.level for line in page.model.every() if line.below.owes == "Chỉ báo cáo"}
    assert set(owes.values()) == {"school"}
    assert len(owes) == 3
    page.undo_last()
    upper.settle()
    assert not any(line.below.owes == "Chỉ báo cáo" for line in page.model.every())


def test_a_unit_alone_of_its_kind_asks_for_itself(page: UnitsPage) -> None:
    page.open_unit("05812")
    asked = dialog(page, UnitDialog)
    assert isinstance(asked, UnitDialog)
    assert asked.alike.isHidden()


def test_units_are_found_without_accents_and_by_code(page: UnitsPage) -> None:
    page.search.edit.setText("tieu hoc")
    assert codes(page) == ["05812-TH"]
    page.search.edit.setText("thcs")
    assert codes(page) == [SCHOOL]
    page.search.edit.setText("không có")
    assert codes(page) == []
    assert page.count.text() != ""


def test_a_head_sorts_and_sorts_the_other_way(page: UnitsPage) -> None:
    page.view.sorted_by.emit(words.CODE, False)
    ascending = codes(page)
    page.view.sorted_by.emit(words.CODE, True)
    assert codes(page) == ascending[::-1] == sorted(ascending, reverse=True)


def test_a_unit_is_changed_in_its_form_and_put_back(page: UnitsPage, upper: Office) -> None:
    page.open_unit(SCHOOL)
    form = dialog(page, UnitDialog)
    assert isinstance(form, UnitDialog)
    form.fields["phone"].set_text("0912 345 678")
    form.owed.choose("plan")
    form.try_keep()
    assert form.reason.message.text() == "Ghi lý do, ví dụ số công văn."
    form.reason.set_text("Công văn 12")
    form.try_keep()
    upper.settle()
    line = page.model.line(page.model.row_of(SCHOOL))
    assert (line.unit.phone, line.below.owes) == ("0912 345 678", "Chỉ kế hoạch")
    page.undo_last()
    upper.settle()
    page.undo_last()
    upper.settle()
    line = page.model.line(page.model.row_of(SCHOOL))
    assert (line.unit.phone, line.below.owes) == ("", "Kế hoạch, báo cáo")


def test_a_new_unit_needs_a_code_and_a_name(page: UnitsPage, upper: Office, qtbot: QtBot) -> None:
    qtbot.keyClick(page, Qt.Key.Key_F5)
    form = dialog(page, UnitDialog)
    assert isinstance(form, UnitDialog)
    form.try_keep()
    assert form.isVisible()
    form.fields["code"].set_text(SCHOOL)
    form.fields["name"].set_text("Trường Mầm non Mới")
    form.try_keep()
    assert "đã là của" in form.fields["code"].message.text()
    form.fields["code"].set_text("05812-MOI")
    form.fields["since"].set_text("tháng một")
    form.try_keep()
    assert form.fields["since"].message.text() == "Ghi ngày như 01/07/2025, hoặc để trống."
    form.fields["since"].set_text("1/1/2022")
    form.try_keep()
    upper.settle()
    added = next(line.below.unit for line in page.model.every() if line.code == "05812-MOI")
    assert added.valid_from == date(2022, 1, 1)
    assert "05812-MOI" in codes(page)


def test_a_unit_ends_with_a_successor(page: UnitsPage, upper: Office) -> None:
    below = next(line.below for line in page.model.every() if line.code == SCHOOL)
    page._open_end(below)
    form = dialog(page, EndDialog)
    assert isinstance(form, EndDialog)
    form.day.set_text("hôm qua")
    form.after.set_text("00000")
    form.try_end()
    assert form.isVisible()
    form.day.set_text("30/06/2022")
    form.after.set_text("05812")
    form.try_end()
    upper.settle()
    line = page.model.line(page.model.row_of(SCHOOL))
    assert line.unit.valid_to == date(2022, 6, 30)
    assert line.until == "đến hết 30/06/2022, nay là UBND xã Hà Thượng"
    assert words.counts(page.model.every(), Asked())[Shown.ENDED] == 1


def test_a_province_comes_from_the_list_in_one_act(page: UnitsPage, upper: Office) -> None:
    page.open_gazetteer()
    form = dialog(page, GazetteerDialog)
    assert isinstance(form, GazetteerDialog)
    form._check_all(False)
    assert not form.take_button.isEnabled()
    form.search.edit.setText("xa an khanh")
    form._check_all(True)
    assert [unit.short_name for unit in form.chosen()] == ["UBND xã An Khánh"]
    form.take_button.click()
    upper.settle()
    assert "05809" in codes(page)


def test_a_sheet_shows_its_differences_before_anything_is_taken(page: UnitsPage, upper: Office, tmp_path: Path) -> None:
    assert page.found is not None
    path = tmp_path / "don-vi.xlsx"
    path.write_bytes(unit_sheet(page.found, date(2022, 10, 1)))
    page.read_sheet(path)
    upper.settle()
    form = dialog(page, SheetDialog)
    assert isinstance(form, SheetDialog)
    form.accept()
    assert len(codes(page)) == 4


def test_two_telephone_numbers_of_a_unit_stand_whole_in_the_table(page: UnitsPage, upper: Office) -> None:
    numbers = "02083.824.195 - 0912345679"
    below = next(line.below for line in page.model.every() if line.code == SCHOOL)
    page._keep_unit(below, replace(below.unit, phone=numbers), "both", "")
    upper.settle()
    needed = QFontMetrics(theme.font("body")).horizontalAdvance(numbers) + 2 * PAD
    assert page.view.columnWidth(words.PHONE) >= needed
    shown = [column for column in range(page.model.columnCount()) if not page.view.isColumnHidden(column)]
    assert sum(page.view.columnWidth(column) for column in shown) <= page.view.viewport().width()


def test_an_office_without_units_is_told_how_to_begin(office: Office, qtbot: QtBot) -> None:
    made = UnitsPage(office.session)
    qtbot.addWidget(made)
    made.enter()
    office.settle()
    assert made._stack.currentWidget() is made.empty
    assert made.add.property("kind") == "secondary"
    assert made.empty.button is not None
    assert made.empty.button.text() == "Nhập từ bảng Excel"  # a commune's units are schools, which no list has
