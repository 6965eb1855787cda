"""At every size of window, text and theme: no word of the window's own pages is cut off."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.ui import rooms, theme
from hoctap_desktop.ui.first_run.window import CHOOSE, KEY, PAPER, PLACES, TYPE, FirstRunWindow
from hoctap_desktop.ui.main_window import MainWindow
from hoctap_desktop.ui.theme import Theme
from tests.ui.conftest import Office
from tests.ui.cut import cut_off

# 1366×768 at 100, 125 and 150 %, and a wide screen
SIZES = ((1366, 696), (1093, 557), (911, 464), (1920, 1000))


@pytest.fixture(params=[Theme(), Theme(contrast=True), Theme(text_size=115), Theme(text_size=130)], ids=str)
def dressed(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[Theme]:
    """One size more than elsewhere."""
    theme.apply(qapp, request.param)
    yield request.param
    theme.apply(qapp, Theme())


def at_every_size(window: QWidget, office: Office | None = None) -> dict[str, list[str]]:
    found = {}
    for width, height in SIZES:
        window.resize(width, height)
        QApplication.processEvents()
        if office is not None:
            office.settle()
        if cut := cut_off(window):
            found[f"{width}×{height}"] = cut
    return found


@pytest.mark.parametrize("room", ["home", "settings"])
def test_pages_of_the_window_are_cut_nowhere(room: str, dressed: Theme, office: Office, qtbot: QtBot) -> None:
    window = MainWindow(office.session, [rooms.room("home"), rooms.room("settings")])
    qtbot.addWidget(window)
    window.show()
    window.open_room(room)
    office.settle()
    assert at_every_size(window, office) == {}


@pytest.mark.parametrize("part", ["papers", "data", "key", "look"])
def test_the_parts_of_thiet_lap_are_cut_nowhere(part: str, dressed: Theme, office: Office, qtbot: QtBot) -> None:
    window = MainWindow(office.session, [rooms.room("settings")])
    qtbot.addWidget(window)
    window.show()
    window.open_room("settings", part)
    office.settle()
    assert at_every_size(window, office) == {}


@pytest.mark.parametrize("step", [CHOOSE, TYPE, PAPER, PLACES, KEY])
def test_the_first_pages_are_cut_nowhere(step: int, dressed: Theme, office: Office, qtbot: QtBot) -> None:
    window = FirstRunWindow(office.session.settings, office.session.clock, office.path.parent)
    qtbot.addWidget(window)
    window.show()
    window._go(step)
    assert at_every_size(window) == {}


def test_the_dialog_of_a_refusal_is_cut_nowhere(dressed: Theme, office: Office, qtbot: QtBot) -> None:
    window = MainWindow(office.session, [rooms.room("home")])
    qtbot.addWidget(window)
    window.show()
    for code in (Code.FILE_UNWRITABLE, Code.STORE_NEWER, Code.FORKED_REVISION):
        failure = UserError(code, file="05812-ubnd-xa-ha-thuong-bao-cao-2022-lan-1.htgoi", revision=2)
        window.problems.show(failure)
        dialog = window.problems.shown()
        assert dialog is not None
        assert cut_off(dialog) == []
        dialog.reject()
