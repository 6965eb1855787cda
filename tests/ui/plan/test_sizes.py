"""At every size of window, text and theme: no word of the plan page is cut off, in any of its sections."""

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hoctap_desktop.ui import rooms
from hoctap_desktop.ui.main_window import MainWindow
from hoctap_desktop.ui.plan.page import PlanPage
from hoctap_desktop.ui.session import Session
from hoctap_desktop.ui.theme import Theme
from tests.ui.cut import cut_off
from tests.ui.plan.conftest import AT

SIZES = ((1366, 696), (1093, 557), (911, 464), (1920, 1000))


def test_no_word_is_cut_off(dressed: Theme, session: Session, qtbot: QtBot) -> None:
    window = MainWindow(session, [rooms.room("home"), rooms.room("plan")])
    qtbot.addWidget(window)
    window.show()
    window.open_room("plan")
    session.jobs.finish()
    session.saved.emit(AT)
    page = window.page("plan")
    assert isinstance(page, PlanPage)
    found = {}
    for width, height in SIZES:
        window.resize(width, height)
        for section in [sheet.section.id for sheet in page.sheets]:
            page.go_key(section, focus=True)
            QApplication.processEvents()
            session.jobs.finish()
            if cut := cut_off(window):
                found[f"{width}×{height} {section}"] = cut
    assert found == {}
