"""Printed pages to be read: list of pages, search in the PDF's own text, zoom and keys."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from hoctap_desktop.document.pdf import render
from hoctap_desktop.office.paper import document_of
from hoctap_desktop.office.sample import filled_examples
from hoctap_desktop.ui import theme
from hoctap_desktop.ui.jobs import Jobs
from hoctap_desktop.ui.widgets.page_list import PICTURE_ROLE
from hoctap_desktop.ui.widgets.page_text import find
from hoctap_desktop.ui.widgets.pdf_pages import read_text
from hoctap_desktop.ui.widgets.preview import Preview
from hoctap_desktop.ui.widgets.reader import Reader
from tests.ui.keys import CTRL, NONE, SHIFT, press, target, write


@pytest.fixture(scope="module")
def report() -> bytes:
    filing = next(f for f in filled_examples() if f.id == "2022-report" and f.unit.code == "05812")
    return render(document_of(filing)).data


@pytest.fixture
def jobs(qapp: QApplication) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.finish()
    made.close()


@pytest.fixture
def reader(jobs: Jobs, report: bytes, qtbot: QtBot) -> Iterator[Reader]:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    made = Reader(jobs, page)
    column.addWidget(made)
    head = QWidget(page)
    line = QVBoxLayout(head)
    for button in (made.list_button, made.search_button, *made.zoom_buttons):
        line.addWidget(button)
    column.addWidget(head)
    qtbot.addWidget(page)
    page.resize(700, 620)
    page.show()
    page.activateWindow()
    made.preview.show_pdf(report)
    jobs.finish()
    made.preview.setFocus()
    yield made
    page.close()


def ask(reader: Reader, jobs: Jobs, query: str) -> str:
    """Ctrl+F, the query, and what the count says."""
    press(Qt.Key.Key_F, CTRL)
    write(query)
    jobs.finish()
    return reader.search.count.text()


def test_the_letters_of_the_pdf_stand_where_they_are_seen(report: bytes) -> None:
    pages = read_text(report)
    (hit, *_) = find("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", pages)
    (box,) = hit.boxes
    assert hit.page == 0
    assert 55 < box.top < box.bottom < 90  # the first line under an upper margin of 20 mm
    assert 250 < box.left < box.right < 560


def test_search_without_accents_finds_all_and_with_accents_the_same_words(reader: Reader, jobs: Jobs) -> None:
    said = ask(reader, jobs, "tuan le")
    assert said.startswith("1 trên ")
    assert len(reader.search.found()) > 3
    every = reader.search.found()
    assert ask(reader, jobs, "Tuần lễ") == said
    assert reader.search.found() == every
    assert ask(reader, jobs, "tuấn lễ") == "Không thấy"
    assert not reader.search.next.isEnabled()


def test_hits_are_marked_on_the_page_and_the_marks_go_with_the_bar(reader: Reader, jobs: Jobs) -> None:
    def tinted() -> int:
        image, wanted = reader.preview.viewport().grab().toImage(), QColor(theme.LIGHT["search-hit"])
        return sum(
            image.pixelColor(x, y) == wanted for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)
        )

    assert tinted() == 0
    ask(reader, jobs, "ha thuong")
    assert tinted() > 50
    press(Qt.Key.Key_Escape)
    assert reader.search.isHidden()
    assert tinted() == 0
    assert target() is reader.preview


def test_enter_and_shift_enter_go_round_the_hits(reader: Reader, jobs: Jobs) -> None:
    count = ask(reader, jobs, "tuan le").split()[-1]
    press(Qt.Key.Key_Return)
    assert reader.search.count.text() == f"2 trên {count}"
    press(Qt.Key.Key_Return, SHIFT)
    press(Qt.Key.Key_Return, SHIFT)
    assert reader.search.count.text() == f"{count} trên {count}"
    last = reader.search.found()[-1]
    assert last.page > 0
    assert reader.preview.current_page() == last.page + 1
    press(Qt.Key.Key_Return)
    assert reader.search.count.text() == f"1 trên {count}"
    assert reader.preview.current_page() == 1


def test_search_begins_at_the_page_that_is_seen_and_a_longer_query_stays(reader: Reader, jobs: Jobs) -> None:
    reader.preview.go_to(2)
    ask(reader, jobs, "tuan")
    assert reader.search.found()[reader.search._current].page == 1
    place = reader.search.found()[reader.search._current].boxes[0].top
    write(" le")
    jobs.finish()
    hit = reader.search.found()[reader.search._current]
    assert (hit.page, hit.boxes[0].top) >= (1, place)


def test_another_pdf_is_searched_anew(reader: Reader, jobs: Jobs) -> None:
    ask(reader, jobs, "de nghi")
    assert reader.search.found()
    plan = next(f for f in filled_examples() if f.id == "2022-plan" and f.unit.code == "05812")
    data = render(document_of(plan)).data
    reader.preview.show_pdf(data)
    jobs.finish()
    assert reader.search.found() == find("de nghi", read_text(data))


def test_enter_before_an_answer_does_nothing(reader: Reader, jobs: Jobs) -> None:
    press(Qt.Key.Key_F, CTRL)
    press(Qt.Key.Key_Return)
    write("zzz")
    press(Qt.Key.Key_Return)
    jobs.finish()
    press(Qt.Key.Key_Return)
    assert reader.search.count.text() == "Không thấy"


def test_an_answer_after_esc_marks_nothing(reader: Reader, jobs: Jobs) -> None:
    press(Qt.Key.Key_F, CTRL)
    write("tuan")
    press(Qt.Key.Key_Escape)
    jobs.finish()
    assert reader.search.found() == ()


def test_the_list_shows_a_picture_of_each_page_and_marks_the_current_one(
    reader: Reader, jobs: Jobs, qtmodeltester: ModelTester
) -> None:
    model = reader.pages.model_
    qtmodeltester.check(model)
    assert reader.is_list_open()
    assert model.rowCount() == reader.preview.pages() == 3
    assert all(model.index(row).data(PICTURE_ROLE) is not None for row in range(3))
    assert model.index(1).data(Qt.ItemDataRole.AccessibleTextRole) == "Trang 2 trên 3"
    assert reader.pages.current() == 1
    reader.preview.verticalScrollBar().setValue(reader.preview.verticalScrollBar().maximum())
    assert reader.pages.current() == 3


def test_the_arrow_keys_of_the_list_go_to_a_page(reader: Reader) -> None:
    reader.pages.setFocus()
    press(Qt.Key.Key_Down)
    assert reader.preview.current_page() == reader.pages.current() == 2
    press(Qt.Key.Key_End)
    assert reader.preview.current_page() == reader.pages.current() == 3
    press(Qt.Key.Key_Up)
    assert reader.pages.current() == 2


def test_a_folded_list_stays_folded_and_makes_no_pictures(reader: Reader, jobs: Jobs, report: bytes) -> None:
    told: list[bool] = []
    reader.list_chosen.connect(told.append)
    reader.list_button.click()
    assert told == [False]
    assert reader.list_button.accessibleName() == "Hiện danh sách trang"
    reader.preview.show_pdf(bytes(bytearray(report)))
    jobs.finish()
    assert not reader.is_list_open()
    reader.list_button.click()
    jobs.finish()
    assert reader.is_list_open()
    assert reader.pages.model_.index(0).data(PICTURE_ROLE) is not None


def test_the_list_is_folded_in_a_narrow_window_and_for_two_pages(reader: Reader, jobs: Jobs) -> None:
    reader.set_narrow(True)
    assert not reader.is_list_open()
    reader.set_narrow(False)
    assert reader.is_list_open()
    reader.preview.show_pdf(b"")
    assert not reader.is_list_open()


@pytest.mark.parametrize("key", [Qt.Key.Key_Plus, Qt.Key.Key_Equal])
def test_ctrl_plus_minus_and_zero_set_the_size(reader: Reader, jobs: Jobs, key: Qt.Key) -> None:
    fit = reader.preview._scale()
    press(key, CTRL)
    larger = reader.preview._scale()
    assert larger > fit
    press(Qt.Key.Key_Minus, CTRL)
    assert reader.preview._scale() < larger
    reader.list_button.setFocus()
    press(Qt.Key.Key_0, CTRL)
    assert reader.preview._scale() == fit


def test_what_stood_in_the_middle_stays_there_when_the_size_changes(reader: Reader, jobs: Jobs) -> None:
    reader.preview.go_to(2)
    for _ in range(3):
        reader.preview.zoom_by(1)
    jobs.finish()
    assert reader.preview.current_page() == 2
    assert reader.preview._boxes()[1].top() < reader.preview.verticalScrollBar().value() + 300


def wheel(preview: Preview, turned: int) -> None:
    event = QWheelEvent(
        QPointF(50, 50),
        QPointF(50, 50),
        QPoint(),
        QPoint(0, turned),
        Qt.MouseButton.NoButton,
        CTRL,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(preview.viewport(), event)


def test_ctrl_and_the_wheel_zoom_by_whole_notches(reader: Reader, jobs: Jobs) -> None:
    fit = reader.preview._scale()
    wheel(reader.preview, 60)
    assert reader.preview._scale() == fit
    wheel(reader.preview, 60)
    assert reader.preview._scale() > fit
    larger = reader.preview._scale()
    wheel(reader.preview, -120)
    assert reader.preview._scale() < larger


def test_page_keys_go_by_screens_and_to_both_ends(reader: Reader) -> None:
    bar = reader.preview.verticalScrollBar()
    press(Qt.Key.Key_PageDown)
    assert 0 < bar.value() < reader.preview.viewport().height()  # nothing is skipped
    for _ in range(20):
        press(Qt.Key.Key_PageDown)
    assert (bar.value(), reader.preview.current_page()) == (bar.maximum(), 3)
    press(Qt.Key.Key_PageUp)
    assert bar.value() < bar.maximum()
    press(Qt.Key.Key_Home)
    assert (bar.value(), reader.preview.current_page()) == (0, 1)
    press(Qt.Key.Key_End, CTRL)
    assert reader.preview.current_page() == 3


def test_pages_seen_whole_are_turned_one_by_one(reader: Reader, jobs: Jobs) -> None:
    reader.pages.show_pages(False)
    reader.preview.set_columns(2)
    jobs.finish()
    turned = [reader.preview.current_page()]
    for _ in range(3):
        press(Qt.Key.Key_PageDown)
        turned.append(reader.preview.current_page())
    assert turned == [1, 2, 3, 3]
    press(Qt.Key.Key_PageUp, NONE)
    assert reader.preview.current_page() == 2


def test_a_page_pressed_is_the_current_one(reader: Reader, jobs: Jobs, qtbot: QtBot) -> None:
    reader.preview.set_columns(2)
    jobs.finish()
    box = reader.preview._boxes()[1]
    qtbot.mouseClick(reader.preview.viewport(), Qt.MouseButton.LeftButton, pos=box.center().toPoint())
    assert reader.pages.current() == 2
