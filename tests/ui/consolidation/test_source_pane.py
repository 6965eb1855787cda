"""The pane of one number in a low window."""

from itertools import pairwise

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from hoctap_desktop.ui.consolidation.source_pane import SourcePane
from hoctap_desktop.ui.consolidation.totals_presenter import detail
from tests.ui.consolidation import papers


def test_a_low_window_scrolls_and_presses_nothing_together(qtbot: QtBot) -> None:
    pane = SourcePane()
    qtbot.addWidget(pane)
    pane.resize(420, 160)
    pane.show()
    total = papers.many_totals().number("newspaper_articles")
    assert total.to_confirm
    pane.show_detail(detail(total, total.field.label, None, 2022))
    QApplication.processEvents()

    def place(part: QWidget) -> QRect:
        return QRect(part.mapTo(pane, QPoint(0, 0)), part.size())

    shown = [place(part) for part in (pane.name, pane.coverage, pane.strip, pane.legend, pane.confirm, pane.list)]
    assert all(above.bottom() < below.top() for above, below in pairwise(shown))
    assert pane.confirm.height() >= pane.confirm.sizeHint().height()
    assert pane.area.verticalScrollBar().maximum() > 0
    pane.resize(420, 900)
    QApplication.processEvents()
    assert pane.area.verticalScrollBar().maximum() == 0
