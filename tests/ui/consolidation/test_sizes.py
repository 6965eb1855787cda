"""At every size of window, text and theme: no word of these rooms is cut off, with 4 units and with 170."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hoctap_desktop.ui import rooms
from hoctap_desktop.ui.consolidation.board_page import BoardPage
from hoctap_desktop.ui.consolidation.board_presenter import PLAN, REPORT, shown
from hoctap_desktop.ui.consolidation.receive_page import ReceivePage
from hoctap_desktop.ui.consolidation.rows_view import PAD
from hoctap_desktop.ui.consolidation.totals_page import TotalsPage
from hoctap_desktop.ui.consolidation.totals_read import Read
from hoctap_desktop.ui.main_window import MainWindow
from hoctap_desktop.ui.theme import Theme
from hoctap_desktop.ui.widgets.chips import chip_size
from tests.ui.conftest import Office
from tests.ui.consolidation import papers
from tests.ui.cut import cut_off

SIZES = ((1366, 696), (1093, 557), (911, 464), (1920, 1000))
NAMES = ("home", "receive", "received", "board", "totals")


def window_of(office: Office, qtbot: QtBot) -> MainWindow:
    made = MainWindow(office.session, [rooms.room(name) for name in NAMES])
    qtbot.addWidget(made)
    made.show()
    return made


def cut_at_every_size(window: MainWindow, office: Office) -> dict[str, list[str]]:
    found = {}
    for width, height in SIZES:
        window.resize(width, height)
        QApplication.processEvents()
        office.settle()
        if cut := cut_off(window):
            found[f"{width}×{height}"] = cut
    return found


@pytest.mark.parametrize("many", [False, True])
@pytest.mark.parametrize("room", ["receive", "board", "totals"])
def test_no_word_is_cut(room: str, many: bool, dressed: Theme, fed: Office, qtbot: QtBot) -> None:
    window = window_of(fed, qtbot)
    window.open_room(room)
    fed.settle()
    page = window.page(room)
    if many:
        match page:
            case BoardPage():
                page.show_read(shown(papers.many_on_the_board()))
            case TotalsPage():
                page.totals_read(Read(papers.many_totals(), None, False))
            case ReceivePage():
                line = page.model.row(1).line
                assert line is not None
                dialog = page.compare(line)
                assert dialog is not None
                fed.settle()
                assert cut_off(dialog) == []
                dialog.reject()
    assert cut_at_every_size(window, fed) == {}


def test_the_chips_of_the_board_are_whole_after_a_year_and_no_column_lies_outside(
    dressed: Theme, fed: Office, qtbot: QtBot
) -> None:
    window = window_of(fed, qtbot)
    window.open_room("board")
    fed.settle()
    page = window.page("board")
    assert isinstance(page, BoardPage)
    late = papers.many_on_the_board(date(2023, 11, 25))
    named = replace(late.rows[0].unit, short_name="Trường PTDT bán trú TH và THCS Nguyễn Thị Minh Khai, xã Sin Suối Hồ")
    page.show_read(shown(replace(late, rows=(replace(late.rows[0], unit=named), *late.rows[1:]))))
    for width, height in SIZES:
        window.resize(width, height)
        fed.settle()
        view = page.view
        for column in (PLAN, REPORT):
            assert chip_size(page.model.longest(column)).width() + 2 * PAD <= view.columnWidth(column)
        assert sum(map(view.columnWidth, range(page.model.columnCount()))) == view.viewport().width()
    assert page.model.longest(REPORT) == "Chưa nộp, quá 404 ngày"


@pytest.mark.parametrize("room", ["receive", "totals"])
def test_no_word_is_cut_before_anything_came(room: str, dressed: Theme, upper: Office, qtbot: QtBot) -> None:
    window = window_of(upper, qtbot)
    window.open_room(room)
    upper.settle()
    assert cut_at_every_size(window, upper) == {}


def test_no_word_is_cut_beside_a_received_paper(dressed: Theme, fed: Office, qtbot: QtBot) -> None:
    window = window_of(fed, qtbot)
    window.open_room("received", (papers.report(papers.NAMES[0]).package_id, "receive"))
    fed.settle()
    assert cut_at_every_size(window, fed) == {}
