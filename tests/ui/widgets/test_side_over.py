"""What lies over the content of a narrow window goes by Esc, and the keyboard goes back to where it was."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.panes import Panes
from hoctap_desktop.ui.widgets.side_over import SideOver


@pytest.mark.parametrize("narrow", [True, False])
def test_esc_puts_it_away_only_where_it_lies_over_the_content(qtbot: QtBot, narrow: bool) -> None:
    work, middle, right = QWidget(), QWidget(), QWidget()
    qtbot.addWidget(work)
    typed, inside = QLineEdit(middle), Button("Cần xem")
    QVBoxLayout(right).addWidget(inside)
    box = Panes(middle, right, sizes=(300, 200), grows=0)
    QVBoxLayout(work).addWidget(box)
    over = SideOver(work, box, right)
    over.set_narrow(narrow)
    work.resize(700, 300)
    work.show()
    work.activateWindow()
    qtbot.waitUntil(work.isActiveWindow)
    typed.setFocus()
    if narrow:
        over.turn(inside)
    else:
        inside.setFocus()
    assert inside.hasFocus()
    QTest.keyClick(inside, Qt.Key.Key_Escape)
    assert right.isVisible() is not narrow
    assert typed.hasFocus() is narrow
