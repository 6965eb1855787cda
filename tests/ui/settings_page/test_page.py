"""Thiết lập: a choice is kept and takes hold at once."""

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hoctap_desktop.ui import theme
from hoctap_desktop.ui.settings_page.page import SettingsPage
from tests.ui.conftest import Office


def test_a_larger_text_is_kept_and_told(office: Office, qtbot: QtBot, qapp: QApplication) -> None:
    page = SettingsPage(office.session)
    qtbot.addWidget(page)
    with qtbot.waitSignal(office.session.look_changed):
        page.text_size.chosen.emit(130)
    assert (office.session.settings.text_size, theme.theme().text_size) == (130, 130)
    page.contrast.chosen.emit(True)
    assert theme.theme() == theme.Theme(contrast=True, text_size=130)
    page.contrast.chosen.emit("")
    assert office.session.settings.contrast is None
