"""Two versions side by side in a narrow place."""

from pytestqt.qtbot import QtBot

from hoctap_desktop.filing.differences import Differences, NumberDifference
from hoctap_desktop.ui.history.difference_view import DifferenceView


def test_a_number_is_never_broken_into_two_lines(qtbot: QtBot) -> None:
    view = DifferenceView()
    qtbot.addWidget(view)
    view.resize(320, 400)
    money = NumberDifference("funding.state", "Mục I.4, ngân sách nhà nước", "1.049.981.000", "16.500.000")
    view.show_differences(Differences((money,), ()), "Lần 1", "Bản này")
    view.show()
    qtbot.waitExposed(view)
    block, lines = view.document().begin(), {}
    while block.isValid():
        lines[block.text()] = block.layout().lineCount()
        block = block.next()
    assert (lines["1.049.981.000"], lines["16.500.000"]) == (1, 1)
    assert lines["Mục I.4, ngân sách nhà nước"] > 1
