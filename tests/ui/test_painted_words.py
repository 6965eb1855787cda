"""That the search for painted words which are cut finds each way of cutting, and says nothing of what is whole."""

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from hoctap_desktop.ui import theme
from hoctap_desktop.ui.report.figures_model import FiguresModel
from hoctap_desktop.ui.report.figures_view import FiguresView
from hoctap_desktop.ui.widgets.choice import Choice
from hoctap_desktop.ui.widgets.labels import ElidedLabel
from tests.ui.painted_words import cut_words
from tests.ui.report.test_presenter import presenter

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
WORDS = "Số tờ báo tường"
LONG = "Số tờ báo tường, số bài viết về học tập suốt đời"


class _Painted(QWidget):
    """Words where a test wants them."""

    def __init__(self, *places: tuple[int, int], clip: QRect | None = None) -> None:
        super().__init__()
        self._places, self._clip = places, clip

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(theme.font("body"))
        if self._clip is not None:
            painter.setClipRect(self._clip)
        for x, y in self._places:
            painter.drawText(QPointF(x, y), WORDS)


class _Tall(QStyledItemDelegate):
    """Paints three lines into a row of any height: those that are beyond it lie under the next rows."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect: QRect = option.rect
        painter.fillRect(rect, Qt.GlobalColor.white)
        for line in range(3):
            painter.drawText(QPointF(rect.left(), rect.top() + 14 + 18 * line), f"{index.data()} {line}")

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, 44)


def shown(qtbot: QtBot, widget: QWidget, width: int, height: int) -> QWidget:
    qtbot.addWidget(widget)
    widget.resize(width, height)
    widget.show()
    qtbot.waitExposed(widget)
    QApplication.processEvents()
    return widget


def test_whole_words_are_not_told(qtbot: QtBot) -> None:
    assert cut_words(shown(qtbot, _Painted((10, 20), (10, 60)), 300, 80)) == []


@pytest.mark.parametrize("place", [(250, 20), (-20, 20), (10, 3), (10, 85)], ids=["right", "left", "top", "foot"])
def test_words_beyond_their_widget_are_told(place: tuple[int, int], qtbot: QtBot) -> None:
    (told,) = cut_words(shown(qtbot, _Painted(place), 300, 80))
    assert f"«{WORDS}»" in told


def test_words_a_clip_cuts_are_told(qtbot: QtBot) -> None:
    assert len(cut_words(shown(qtbot, _Painted((10, 20), clip=QRect(0, 0, 40, 80)), 300, 80))) == 1


def test_words_over_one_another_are_told(qtbot: QtBot) -> None:
    (told,) = cut_words(shown(qtbot, _Painted((10, 20), (30, 26)), 300, 80))
    assert "over one another" in told


def test_words_of_a_part_over_those_of_its_ground_are_told(qtbot: QtBot) -> None:
    ground = _Painted((10, 20))
    _Painted((0, 15)).setParent(ground)
    (told,) = cut_words(shown(qtbot, ground, 300, 80))
    assert f"«{WORDS}» over «{WORDS}»" in told


def test_lines_of_a_row_that_the_next_row_hides_are_told_also_far_down(qtbot: QtBot) -> None:
    rows = QListWidget()
    rows.setItemDelegate(_Tall(rows))
    rows.addItems([f"hàng {at}" for at in range(20)])
    told = cut_words(shown(qtbot, rows, 300, 150))
    assert any("hàng 0 2" in one for one in told)
    assert any("hàng 18 2" in one for one in told)
    assert not any(" 0»" in one or " 1»" in one for one in told)


def test_a_part_wider_than_what_holds_it_is_told_but_not_one_that_scrolls(qtbot: QtBot) -> None:
    inside = QLabel(LONG)
    inside.setMinimumWidth(400)
    area = QScrollArea()
    area.setWidget(inside)
    window = QWidget()
    QVBoxLayout(window).addWidget(area)
    shown(qtbot, window, 200, 100)
    assert cut_words(window) == []
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    qtbot.wait_until(lambda: not area.horizontalScrollBar().isVisible())
    assert [LONG in told for told in cut_words(window)] == [True]


def test_words_that_end_in_dots_need_a_tooltip(qtbot: QtBot) -> None:
    rows = QListWidget()
    rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    item = QListWidgetItem(LONG)
    rows.addItem(item)
    shown(qtbot, rows, 120, 60)
    (told,) = cut_words(rows)
    assert "nothing tells the rest" in told
    item.setToolTip("Một câu khác")
    assert len(cut_words(rows)) == 1
    item.setToolTip(LONG)
    assert cut_words(rows) == []


def test_our_own_boxes_and_labels_tell_what_they_shorten(qtbot: QtBot) -> None:
    holder = QWidget()
    column = QVBoxLayout(holder)
    choice, label = Choice(), ElidedLabel(LONG)
    choice.addItem(LONG)
    choice.setMinimumWidth(0)
    choice.setFixedWidth(130)
    column.addWidget(choice)
    column.addWidget(label)
    shown(qtbot, holder, 160, 120)
    assert cut_words(holder) == []


def test_a_row_of_numbers_lower_than_its_words_is_told(qtbot: QtBot) -> None:
    model = FiguresModel(2022)
    view = FiguresView(model)
    model.set_rows(presenter().grid())
    shown(qtbot, view, 520, 620)
    assert cut_words(view) == []
    view.setRowHeight(model.place_of("wall_newspapers").row(), 44)
    assert any("Số tờ báo tường" in told for told in cut_words(view))
