"""The title row: its buttons say as much as there is room for."""

from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.labels import ElidedLabel
from hoctap_desktop.ui.widgets.panes import TitleRow


def made(qtbot: QtBot, *, note: str = "") -> tuple[QWidget, Button, Button, Button]:
    """The page it stands on, and its buttons."""
    row = TitleRow("Đơn vị")
    if note:
        row.lead(ElidedLabel(note))
    excel = Button("Lưu Excel", icon="file-down", size="small")
    slips = Button("Phiếu trả lời", icon="file-text", size="small")
    add = Button("Thêm đơn vị", "primary", icon="plus", size="small")
    excel.may_shorten("")
    slips.may_shorten("Phiếu", "")
    for button in (excel, slips, add):
        row.act(button)
    page = QWidget()
    line = QHBoxLayout(page)
    line.setContentsMargins(0, 0, 0, 0)
    line.addWidget(row)
    qtbot.addWidget(page)
    page.show()
    return page, excel, slips, add


def said(*buttons: Button) -> list[str]:
    return [button.text() for button in buttons]


def at(page: QWidget, width: int) -> None:
    page.resize(width, 54)
    for _ in range(3):  # the words, and where they then stand
        QApplication.processEvents()


def test_all_words_stand_where_there_is_room(qtbot: QtBot) -> None:
    page, *buttons = made(qtbot)
    at(page, 900)
    assert said(*buttons) == ["Lưu Excel", "Phiếu trả lời", "Thêm đơn vị"]


def test_the_buttons_at_the_left_say_less_first_and_the_first_act_says_all(qtbot: QtBot) -> None:
    page, *buttons = made(qtbot)
    seen: list[list[str]] = []
    for width in range(900, 200, -2):
        at(page, width)
        if not seen or seen[-1] != said(*buttons):
            seen.append(said(*buttons))
    assert seen == [
        ["Lưu Excel", "Phiếu trả lời", "Thêm đơn vị"],
        ["", "Phiếu trả lời", "Thêm đơn vị"],
        ["", "Phiếu", "Thêm đơn vị"],
        ["", "", "Thêm đơn vị"],
    ]
    at(page, 900)
    assert said(*buttons) == ["Lưu Excel", "Phiếu trả lời", "Thêm đơn vị"]


def test_no_button_is_cut_at_any_width_it_has_a_form_for(qtbot: QtBot) -> None:
    page, *buttons = made(qtbot, note="Lượt chiều 14/10/2022, từ USB (E:), 12 tệp")
    for width in range(900, page.minimumSizeHint().width(), -3):
        at(page, width)
        assert all(button.width() >= button.sizeHint().width() for button in buttons), width


def test_an_icon_alone_keeps_its_name_and_says_it_under_the_mouse(qtbot: QtBot) -> None:
    page, excel, *_ = made(qtbot)
    at(page, 260)
    assert excel.text() == ""
    assert (excel.accessibleName(), excel.toolTip()) == ("Lưu Excel", "Lưu Excel")


def test_words_that_change_are_fitted_again(qtbot: QtBot) -> None:
    page, excel, slips, add = made(qtbot)
    at(page, 600)
    assert said(excel, slips) == ["Lưu Excel", "Phiếu trả lời"]
    add.setText("Thêm đơn vị từ danh mục cả nước, tỉnh Thái Nguyên")
    qtbot.waitUntil(lambda: said(excel, slips) != ["Lưu Excel", "Phiếu trả lời"])
    assert add.text().endswith("Nguyên")
