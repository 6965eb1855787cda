"""The printed page on the screen: painted aside, the old page kept meanwhile, the place kept."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hoctap_desktop.document.pdf import render
from hoctap_desktop.office.paper import document_of
from hoctap_desktop.office.sample import filled_examples
from hoctap_desktop.ui.jobs import Jobs
from hoctap_desktop.ui.widgets.pdf_pages import render_pages
from hoctap_desktop.ui.widgets.preview import Highlight, Preview, PreviewTools


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
def preview(jobs: Jobs, qtbot: QtBot) -> Preview:
    made = Preview(jobs)
    qtbot.addWidget(made)
    made.resize(430, 500)
    made.show()
    return made


def ink(image: QImage) -> int:
    return sum(
        image.pixelColor(x, y).lightness() < 128 for x in range(0, image.width(), 3) for y in range(image.height())
    )


def test_pages_have_the_size_asked_for_and_something_printed(report: bytes) -> None:
    rendered = render_pages(report, 1.0)
    assert len(rendered.images) == len(rendered.sizes) >= 2
    assert (rendered.images[0].width(), rendered.images[0].height()) == (596, 842)
    assert ink(rendered.images[0]) > 200


def test_a_pdf_is_shown_to_the_width_of_the_pane(preview: Preview, jobs: Jobs, report: bytes) -> None:
    told: list[tuple[int, int]] = []
    preview.page_changed.connect(lambda page, pages: told.append((page, pages)))
    preview.show_pdf(report)
    assert preview.pages() == 0
    jobs.finish()
    assert preview.pages() >= 2
    assert told[-1] == (1, preview.pages())
    assert preview.grab().toImage().width() == 430


def test_a_new_pdf_keeps_the_place_and_the_old_page_until_it_is_painted(
    preview: Preview, jobs: Jobs, report: bytes
) -> None:
    preview.show_pdf(report)
    jobs.finish()
    preview.verticalScrollBar().setValue(300)
    before = preview.viewport().grab().toImage()
    preview.show_pdf(bytes(bytearray(report)))
    assert preview.viewport().grab().toImage() == before
    jobs.finish()
    assert preview.verticalScrollBar().value() == 300


def test_a_highlight_is_painted_and_scrolled_to(preview: Preview, jobs: Jobs, report: bytes) -> None:
    preview.show_pdf(report)
    jobs.finish()
    plain = preview.viewport().grab().toImage()
    preview.set_highlights([Highlight(0, 100, 140)])
    assert preview.viewport().grab().toImage() != plain
    preview.reveal(Highlight(1, 600, 640))
    assert preview.current_page() == 2


def test_zoom_asks_for_a_sharper_picture(preview: Preview, jobs: Jobs, report: bytes) -> None:
    preview.show_pdf(report)
    jobs.finish()
    height = preview.verticalScrollBar().maximum()
    preview.zoom_by(1)
    jobs.finish()
    assert preview.verticalScrollBar().maximum() > height
    assert preview.horizontalScrollBar().maximum() > 0
    preview.fit()
    jobs.finish()
    assert preview.verticalScrollBar().maximum() == height


def test_two_pages_stand_side_by_side(preview: Preview, jobs: Jobs, report: bytes) -> None:
    preview.resize(850, 600)
    preview.set_columns(2)
    preview.show_pdf(report)
    jobs.finish()
    boxes = preview._boxes()
    assert boxes[0].top() == boxes[1].top()
    assert boxes[1].left() > boxes[0].right()


def test_the_tools_say_the_page(preview: Preview, jobs: Jobs, report: bytes, qtbot: QtBot) -> None:
    tools = PreviewTools(preview)
    qtbot.addWidget(tools)
    preview.show_pdf(report)
    jobs.finish()
    assert tools._page.text() == f"Trang 1 trên {preview.pages()}"
    preview.show_pdf(b"")
    assert tools._page.text() == ""
