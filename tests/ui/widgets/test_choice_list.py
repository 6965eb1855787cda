"""The list of a list box: its chosen row is seen, its words are whole, and it stays on the screen."""

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hoctap_desktop.ui import theme
from hoctap_desktop.ui.theme import Theme
from hoctap_desktop.ui.widgets.choice import Choice

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

WORDS = ("Đầu văn bản", "II.2 Bảng số liệu của Tuần lễ hưởng ứng học tập suốt đời", "Người ký")


@pytest.mark.parametrize("contrast", [False, True])
def test_the_chosen_row_stands_on_a_tint_and_every_row_is_read_whole(
    qapp: QApplication, qtbot: QtBot, contrast: bool
) -> None:
    theme.apply(qapp, Theme(contrast=contrast))
    box = Choice()
    qtbot.addWidget(box)
    box.addItems(WORDS)
    box.setCurrentIndex(1)
    box.resize(90, 34)
    box.show()
    box.showPopup()
    view = box.view()
    assert view.viewport().width() >= view.sizeHintForColumn(0)
    picture = view.viewport().grab().toImage()
    colours = []
    for row in range(3):
        place = view.visualRect(box.model().index(row, 0))
        colours.append(picture.pixelColor(place.right() - 4, place.center().y()).name())
    tint, plain = theme.color("pri-tint").name(), theme.color("surface").name()
    assert colours == [plain, tint, plain]
    box.hidePopup()
    theme.apply(qapp, Theme())


def test_a_box_at_the_right_edge_opens_its_list_on_the_screen(qtbot: QtBot) -> None:
    box = Choice()
    qtbot.addWidget(box)
    box.addItems([word * 2 for word in WORDS])
    room = box.screen().availableGeometry()
    box.setGeometry(room.right() - 95, 100, 90, 34)
    box.show()
    box.showPopup()
    shown = box.view().window().geometry()
    assert room.left() <= shown.left()
    assert shown.right() <= room.right()
    box.hidePopup()
