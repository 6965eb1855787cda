"""The print page: which pages are sent to the printer, and that search and list leave every word its room."""

from collections.abc import Iterator
from functools import partial
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hoctap_desktop.office.filings import finalise, paper
from hoctap_desktop.store.database import Store
from hoctap_desktop.ui import rooms
from hoctap_desktop.ui.main_window import MainWindow
from hoctap_desktop.ui.paper import page as print_page
from hoctap_desktop.ui.paper.page import PaperPage
from hoctap_desktop.ui.paper.page_range import Part
from hoctap_desktop.ui.paper.printing import Printer, dress, print_pdf
from hoctap_desktop.ui.session import Session
from hoctap_desktop.ui.theme import Theme
from tests.ui.cut import cut_off
from tests.ui.keys import CTRL, press, write
from tests.ui.sessions import office_session

ID = "2022-report"
SIZES = ((1366, 696), (1093, 557), (911, 464), (1920, 1000))


def final(store: Store) -> None:
    finalise(store, ID)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with office_session(tmp_path, prepare=final) as opened:
        yield opened


@pytest.fixture
def window(session: Session, qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(session, [rooms.room(id) for id in ("home", "report", "print")])
    qtbot.addWidget(made)
    made.resize(1366, 696)
    made.show()
    made.activateWindow()
    made.open_room("print", ID)
    settle(session)
    yield made
    made.close()


def settle(session: Session) -> None:
    for _ in range(3):
        session.jobs.finish()
        QApplication.processEvents()


def page_of(window: MainWindow) -> PaperPage:
    page = window.open_page()
    assert isinstance(page, PaperPage)
    page.show_printers(Printer(("HP",), "HP"))
    return page


def pdf_printer(path: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    dress(printer, 1, both_sides=False)
    return printer


def choose(page: PaperPage, part: Part, typed: str = "") -> None:
    page.part.choose(part)
    page.part.chosen.emit(part)
    page.some.set_text(typed)
    page._show_acts()


def test_all_this_page_and_some_pages_are_offered(window: MainWindow) -> None:
    page = page_of(window)
    box = page.part.box
    assert [box.itemText(n) for n in range(box.count())] == ["Tất cả", "Trang này", "Các trang"]
    assert not page.some.isVisible()
    assert page.print_button.text() == "In 2 bản"
    page.preview.go_to(2)
    choose(page, Part.THIS)
    assert page.print_button.text() == "In 2 bản, trang 2"
    page.preview.go_to(3)
    assert page.print_button.text() == "In 2 bản, trang 3"
    choose(page, Part.SOME, "1, 3")
    assert page.some.isVisible()
    assert page.print_button.text() == "In 2 bản, 2 trang"


def test_a_slip_in_the_pages_is_told_when_the_field_is_left_and_stops_printing(window: MainWindow) -> None:
    page = page_of(window)
    choose(page, Part.SOME)
    assert page.some.edit.hasFocus()
    assert page.some.message.text() == ""
    write("2, 9")
    assert not page.print_button.isEnabled()
    assert page.some.message.text() == ""
    press(Qt.Key.Key_Tab)
    assert page.some.message.text() == "Không có trang 9: văn bản có 3 trang."
    assert page.print_button.toolTip() == page.some.message.text()
    choose(page, Part.SOME, "2, 3")
    assert page.some.message.text() == ""
    assert page.print_button.isEnabled()


def test_the_pages_chosen_are_the_pages_printed(
    window: MainWindow, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stand_in(_name: str, _copies: int, *, both_sides: bool) -> QPrinter:
        return pdf_printer(tmp_path / f"out-{both_sides}.pdf")

    monkeypatch.setattr(print_page, "make_printer", stand_in)
    page = page_of(window)
    page.copies.set_text("1")
    choose(page, Part.SOME, "3, 1")
    page.copies.edit.setFocus()
    press(Qt.Key.Key_P, CTRL)
    settle(session)
    assert page.banners.texts()["printed"] == "Đã gửi 1 bản trang 1, 3 đến máy in HP."
    given = shares(session.jobs.run(partial(paper, id=ID)).result())
    taken = shares((tmp_path / "out-False.pdf").read_bytes())
    assert taken == pytest.approx([given[0], given[2]], rel=0.25)


def shares(data: bytes) -> list[float]:
    """How much of each page is ink."""
    document = pypdfium2.PdfDocument(data)
    try:
        raws = [bytes(page.render(scale=1, grayscale=True).buffer) for page in document]
        return [sum(255 - value for value in raw) / (255 * len(raw)) for raw in raws]
    finally:
        document.close()


def lying_page() -> bytes:
    """A landscape A4 page with a black bar along its upper edge and a square in the lower right corner."""
    from reportlab.pdfgen.canvas import Canvas

    out = BytesIO()
    canvas = Canvas(out, pagesize=(842, 595))
    canvas.rect(0, 545, 842, 50, fill=1)
    canvas.rect(792, 0, 50, 50, fill=1)
    canvas.save()
    return out.getvalue()


def test_a_lying_page_is_turned_whole_onto_the_standing_sheet(tmp_path: Path, qapp: QApplication) -> None:
    out = tmp_path / "out.pdf"
    print_pdf(lying_page(), pdf_printer(out), 1)
    document = pypdfium2.PdfDocument(str(out))
    try:
        image = document[0].render(scale=1, grayscale=True)
        raw, stride = bytes(image.buffer), image.stride
        assert (image.width, image.height) == (595, 842)
        dark = {(x, y): raw[y * stride + x] < 128 for x in (25, 300, 570) for y in (25, 420, 817)}
        # the upper edge is at the left, the lower right corner at the upper right
        assert {spot for spot, black in dark.items() if black} == {(25, 25), (25, 420), (25, 817), (570, 25)}
    finally:
        document.close()


def test_keys_search_and_fold_the_list_from_anywhere_on_the_page(window: MainWindow, session: Session) -> None:
    page = page_of(window)
    page.print_button.setFocus()
    press(Qt.Key.Key_F, CTRL)
    write("de nghi")
    settle(session)
    assert page.reader.search.count.text().startswith("1 trên")
    press(Qt.Key.Key_Escape)
    assert page.reader.search.isHidden()
    assert page.reader.is_list_open()
    page.reader.list_button.click()
    again = PaperPage(session)
    try:
        again.enter(ID)
        settle(session)
        assert not again.reader.is_list_open()  # as it was left
    finally:
        again.deleteLater()


def test_search_list_and_range_leave_every_word_its_room(dressed: Theme, window: MainWindow, session: Session) -> None:
    page = page_of(window)
    choose(page, Part.SOME, "1, 9")
    page._show_slip()
    page.reader.search.ask()
    write("tuan le")
    found = {}
    for width, height in SIZES:
        window.resize(width, height)
        settle(session)
        page.reader.pages.show_pages(True)
        settle(session)
        if cut := cut_off(window):
            found[f"{width}×{height}"] = cut
    assert found == {}
