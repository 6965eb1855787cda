"""After a kill while papers came in the window tells once what was kept, and leads to the turn."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from hoctap_desktop.consolidation import desk as desks
from hoctap_desktop.store.attached import keep, unnamed
from hoctap_desktop.store.database import Store
from hoctap_desktop.ui.consolidation.receive_page import ReceivePage
from hoctap_desktop.ui.main_window import MainWindow
from hoctap_desktop.ui.widgets.buttons import Button
from tests.ui.conftest import Office
from tests.ui.consolidation.conftest import accept_keys
from tests.ui.consolidation.papers import NAMES


class _KilledError(BaseException):
    """Stands for kill -9."""


def _window(office: Office, qtbot: QtBot) -> MainWindow:
    window = MainWindow(office.session)
    qtbot.addWidget(window)
    window.show()
    office.settle()
    return window


def test_a_broken_off_turn_is_told_once_and_shown(upper: Office, stick: Path, qtbot: QtBot) -> None:
    def kill(done: int, total: int, what: str = "") -> None:
        if done:
            raise _KilledError

    def feed(store: Store) -> None:
        accept_keys(store, NAMES)
        keep(store, b"of a paper whose row was never written", ".htgoi")
        with pytest.raises(_KilledError):
            desks.receive(store, kill, [stick], "USB (E:)")

    upper.worker.submit(feed).result()
    window = _window(upper, qtbot)
    said = window.banners.texts()["broken off"]
    assert "dừng giữa chừng; đã giữ đủ 4 tệp" in said
    assert upper.worker.submit(unnamed).result() == frozenset()
    next(button for button in window.banners.findChildren(Button) if button.text() == "Xem lượt").click()
    upper.settle()
    page = window.page("receive")
    assert isinstance(page, ReceivePage)
    assert page.turn.whole().endswith("từ USB (E:), 4 tệp; dừng giữa chừng")
    assert page.undo.isVisible()
    assert "broken off" not in window.banners.texts()
    assert "broken off" not in _window(upper, qtbot).banners.texts()
