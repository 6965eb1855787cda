"""Every page with panes opens as a person left it; narrow windows change nothing in that."""

import pytest
from pytestqt.qtbot import QtBot

from hoctap_desktop.ui import rooms
from hoctap_desktop.ui.main_window import MainWindow
from hoctap_desktop.ui.widgets.panes import Panes
from tests.ui.conftest import Office


def panes(office: Office, qtbot: QtBot, room: str) -> tuple[MainWindow, Panes]:
    window = MainWindow(office.session, [rooms.room(room)])
    qtbot.addWidget(window)
    window.resize(1366, 696)
    window.show()
    window.open_room(room)
    office.settle()
    found = window.page(room).findChild(Panes)
    assert found is not None
    return window, found


@pytest.mark.parametrize("room", ["plan", "report", "print"])
def test_widths_are_there_again_after_a_narrow_window_and_in_the_next_one(
    room: str, office: Office, qtbot: QtBot
) -> None:
    window, first = panes(office, qtbot, room)
    last = first.count() - 1
    before = first.sizes()
    first.moveSplitter(first.width() - before[-1] - 60, last)
    dragged = first.sizes()
    assert dragged[-1] == before[-1] + 59
    window.resize(911, 464)
    office.settle()
    window.resize(1366, 696)
    office.settle()
    assert first.sizes() == dragged
    window.close()
    _, second = panes(office, qtbot, room)
    assert second.sizes() == dragged
