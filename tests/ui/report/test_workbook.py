from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton, QScrollArea
from pytestqt.qtbot import QtBot

from hoctap_desktop.filing import repository
from hoctap_desktop.filing.model import Filing
from hoctap_desktop.office.workbook import workbook_of
from hoctap_desktop.ui.report.differences import AFTER, LIST_HEIGHT, DifferencesDialog
from hoctap_desktop.ui.report.page import ReportPage
from hoctap_desktop.ui.report.page_workbook import EXPORT, IMPORT
from hoctap_desktop.ui.widgets.banner import Banner
from tests.filing.workbooks import value_cell
from tests.ui.conftest import Office

ID = "2022-report"


@pytest.fixture
def page(qtbot: QtBot, office: Office) -> ReportPage:
    page = ReportPage(office.session)
    qtbot.addWidget(page)
    page.resize(1182, 654)
    page.show()
    page.enter()
    office.settle()
    return page


def stored(office: Office) -> Filing:
    return office.worker.submit(lambda store: repository.current(store, ID)).result()


def workbook(office: Office, path: Path, **values: object) -> Path:
    path.write_bytes(office.worker.submit(lambda store: workbook_of(store, ID)).result())
    book = load_workbook(path)
    for id, value in values.items():
        value_cell(book, id).value = value
    book.save(path)
    return path


def shown(page: ReportPage, office: Office, path: Path) -> DifferencesDialog:
    page.workbook.look_at(path)
    for _ in range(3):
        office.settle()
    assert page.workbook.dialog is not None
    return page.workbook.dialog


def test_differences_are_shown_before_anything_is_taken(page: ReportPage, office: Office, tmp_path: Path) -> None:
    before = stored(office)
    dialog = shown(page, office, workbook(office, tmp_path / "a.xlsx", participants="1.200", banners=13))
    assert stored(office) == before
    rows = [[dialog.model.index(row, column).data() for column in (1, 2, 3)] for row in range(2)]
    assert [row[0] for row in rows] == ["Số người tham gia", "Số băng rôn, panô, khẩu hiệu đã thực hiện"]
    assert rows[0][2] == "1.200"
    assert "ghi dạng chữ" in dialog.model.index(0, AFTER).data(Qt.ItemDataRole.ToolTipRole)
    assert dialog.view is not None
    QTest.keyClick(dialog.view, Qt.Key.Key_Space)
    assert dialog.model.taken() == {"banners"}
    QTest.keyClick(dialog.view, Qt.Key.Key_Return)
    office.settle()
    answers = stored(office).answers
    assert answers["banners"] == 13
    assert answers["participants"] == before.answers["participants"]
    assert page.presenter is not None
    assert page.presenter.answers["banners"] == 13
    assert page.banners.texts()["excel"] == "Đã lấy 1 mục từ Excel."


def test_a_faulty_cell_is_named_and_the_others_can_be_taken(page: ReportPage, office: Office, tmp_path: Path) -> None:
    dialog = shown(page, office, workbook(office, tmp_path / "a.xlsx", participants="3 lớp", banners=13))
    assert [row.field for row in dialog.model.rows()] == ["banners"]
    assert any("3 lớp" in label.text() for label in dialog.findChildren(type(dialog.add_text("x"))))
    dialog.close()


def test_a_list_that_has_its_room_does_not_scroll(page: ReportPage, office: Office, tmp_path: Path) -> None:
    dialog = shown(page, office, workbook(office, tmp_path / "a.xlsx", participants="1.200", banners="3 lớp"))
    QApplication.processEvents()
    lists = [area for area in dialog.findChildren(QScrollArea) if "Trang" in area.accessibleName()]
    assert len(lists) == 2
    assert not any(area.verticalScrollBar().isVisible() for area in lists)
    dialog.close()


def test_a_long_list_of_faults_has_the_room_the_table_does_not_take(
    page: ReportPage, office: Office, tmp_path: Path
) -> None:
    found = stored(office)
    wrong: dict[str, object] = {field: "3 lớp" for field, value in found.answers.items() if type(value) is int}
    wrong.pop("funding.state", None)
    wrong.pop("funding.raised", None)
    dialog = shown(page, office, workbook(office, tmp_path / "a.xlsx", **{**wrong, "participants": "=1+2"}))
    QApplication.processEvents()
    area = next(area for area in dialog.findChildren(QScrollArea) if "công thức" in area.accessibleName())
    assert area.height() > 2 * LIST_HEIGHT
    assert dialog.height() <= page.height() + 60
    dialog.close()


def test_a_workbook_with_formulas_offers_nothing_to_take(page: ReportPage, office: Office, tmp_path: Path) -> None:
    dialog = shown(page, office, workbook(office, tmp_path / "a.xlsx", participants="=1+2", banners=13))
    assert dialog.model.rows() == ()
    assert dialog.windowTitle() == "Chưa lấy gì từ «a.xlsx»"
    dialog.close()


def test_the_menu_says_what_can_be_done(page: ReportPage, qtbot: QtBot) -> None:
    menu = page.workbook.menu()
    qtbot.addWidget(menu)
    assert [action.text() for action in menu.actions()] == [EXPORT, IMPORT]


def test_export_asks_where_and_writes_the_workbook(page: ReportPage, office: Office, tmp_path: Path) -> None:
    page.workbook.export()
    office.settle()
    (dialog,) = page.findChildren(QFileDialog)
    assert dialog.selectedFiles()[0].endswith("bieu-bao-cao-2022-05812.xlsx")
    dialog.filesSelected.emit([str(tmp_path / "a.xlsx")])
    dialog.close()
    office.settle()
    assert load_workbook(tmp_path / "a.xlsx").sheetnames == ["Bảng số liệu", "Phần lời", "Danh sách lớp", "hoctap"]


def test_what_was_taken_from_excel_is_given_back_in_one_press(page: ReportPage, office: Office, tmp_path: Path) -> None:
    before = stored(office).answers
    dialog = shown(page, office, workbook(office, tmp_path / "a.xlsx", participants=1200, banners=13))
    dialog._agree()
    dialog.close()
    office.settle()
    banner = next(one for one in page.banners.findChildren(Banner))
    link = next(one for one in banner.findChildren(QPushButton) if one.text() == "Trả lại như cũ")
    QTest.mouseClick(link, Qt.MouseButton.LeftButton)
    for _ in range(3):
        office.settle()
    assert stored(office).answers == before
    assert page.presenter is not None
    assert page.presenter.answers["banners"] == before["banners"]
    assert page.banners.texts()["excel"] == "Đã trả lại như trước khi lấy từ Excel."
