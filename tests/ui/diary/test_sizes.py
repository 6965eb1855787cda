"""At every size of window, text and theme no word of the diary's page is cut off."""

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hoctap_desktop.ui import rooms, theme
from hoctap_desktop.ui.diary.page import DiaryPage
from hoctap_desktop.ui.main_window import MainWindow
from hoctap_desktop.ui.theme import Theme
from tests.ui.conftest import Office
from tests.ui.cut import cut_off

SIZES = ((1366, 696), (1093, 557), (911, 464), (1920, 1000))
THEMES = (Theme(), Theme(contrast=True), Theme(text_size=115), Theme(text_size=130))


@pytest.mark.parametrize("dress", THEMES, ids=str)
def test_no_word_is_cut_off(dress: Theme, office: Office, qtbot: QtBot, qapp: QApplication) -> None:
    theme.apply(qapp, dress)
    try:
        window = MainWindow(office.session, [rooms.room("home"), rooms.room("diary")])
        qtbot.addWidget(window)
        window.show()
        window.open_room("diary", 3)
        office.settle()
        page = window.page("diary")
        assert isinstance(page, DiaryPage)
        found = {}
        for width, height in SIZES:
            window.resize(width, height)
            for tab in ("plan", "report"):
                page.right.open(tab)
                office.settle()
                if not page.right.isVisible():
                    page._turn_right()
                QApplication.processEvents()
                if cut := cut_off(window):
                    found[f"{width}×{height} {tab}"] = cut
        assert found == {}
    finally:
        theme.apply(qapp, Theme())
