"""Windows and dialogs open where they can be reached."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from hoctap_desktop.ui.main_window import FIRST_SIZE
from hoctap_desktop.ui.on_screen import TITLE_BAR, fitted, least_size
from hoctap_desktop.ui.widgets.dialog import Dialog
from hoctap_desktop.ui.window_frame import SMALLEST

WANTED, LEAST = QSize(*FIRST_SIZE), QSize(*SMALLEST)


def test_a_first_start_on_a_small_laptop_at_150_percent_stays_on_the_screen() -> None:
    room = QRect(0, 0, 911, 480)
    box = fitted(WANTED, room, LEAST)
    assert room.contains(box.adjusted(0, 0, 0, TITLE_BAR))
    assert box.size() == QSize(911, 448)


def test_at_200_percent_the_window_may_be_as_small_as_the_screen() -> None:
    assert least_size(LEAST, QRect(0, 0, 683, 384)) == QSize(683, 384 - TITLE_BAR)
    assert least_size(LEAST, QRect(0, 0, 1920, 1040)) == LEAST


def test_on_a_large_screen_the_window_opens_in_the_middle_beside_a_task_bar() -> None:
    room = QRect(60, 0, 1860, 1040)
    box = fitted(WANTED, room, LEAST)
    assert box == QRect(60 + 247, 156, 1366, 696)


def test_a_window_that_cannot_be_smaller_shows_its_title_bar() -> None:
    assert fitted(WANTED, QRect(10, 20, 800, 400), LEAST) == QRect(10, 20, 900, 440)


def test_the_buttons_of_a_dialog_are_on_the_screen_though_its_window_is_half_off(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(600, 300)
    bottom = window.screen().availableGeometry().bottom()
    window.move(0, bottom - 100)
    window.show()
    dialog = Dialog(window, "Hỏi")
    for _ in range(8):
        dialog.add_text("Một dòng.")
    dialog.add_button("Để sau")
    dialog.open()
    assert dialog.geometry().bottom() <= bottom
    dialog.reject()


def test_a_dialog_that_grows_stays_in_its_place_whatever_the_screen_last_said(qtbot: QtBot) -> None:
    """X tells the place a window was made at (0, 0) after the one it was moved to; a new size alone led it there."""
    window = QWidget()
    qtbot.addWidget(window)
    window.setGeometry(100, 60, 640, 480)
    window.show()
    dialog = Dialog(window, "Tệp kèm văn bản")
    dialog.add_button("Đóng")
    dialog.open()
    place, high = dialog.pos(), dialog.height()
    assert abs(dialog.geometry().center().x() - window.geometry().center().x()) <= 1
    dialog.move(0, 0)
    for _ in range(3):
        dialog.add_text("Một tệp nữa.").show()
    dialog._fit()
    assert dialog.pos() == place
    assert dialog.height() > high
    dialog.reject()
