"""The print page: pages and checks of a real report, printing, saving, number and day."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from hoctap_desktop.filing import repository
from hoctap_desktop.filing.model import Filing
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.progress import Cancelled
from hoctap_desktop.office.filings import finalise, paper, paper_with_number, word
from hoctap_desktop.office.paper import sheet_of
from hoctap_desktop.ui.paper.page import PaperPage
from hoctap_desktop.ui.paper.printing import Printer, dress, print_pdf
from hoctap_desktop.ui.session import Session
from hoctap_desktop.ui.widgets.buttons import Button
from tests.ui.sessions import office_session

ID = "2022-report"


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with office_session(tmp_path) as opened:
        yield opened


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> PaperPage:
    made = PaperPage(session)
    qtbot.addWidget(made)
    made.resize(1182, 654)
    made.show()
    return made


def final_pdf(session: Session) -> bytes:
    session.jobs.run(partial(finalise, id=ID))
    data: bytes = session.jobs.run(partial(paper, id=ID)).result()
    return data


def show(page: PaperPage, session: Session) -> None:
    page.enter(ID)
    session.jobs.finish()


def current(session: Session) -> Filing:
    filing: Filing = session.jobs.run(partial(repository.current, id=ID)).result()
    return filing


def test_a_draft_is_shown_as_one(page: PaperPage, session: Session) -> None:
    show(page, session)
    assert page.title.text() == "In thử báo cáo"
    assert page.preview.pages() >= 2
    assert not page.after.isVisible()


def test_the_frozen_pages_are_shown_with_what_was_checked(page: PaperPage, session: Session) -> None:
    final_pdf(session)
    show(page, session)
    assert page.title.text() == "In trình ký báo cáo"
    assert [one.good for one in page.checked()] == [True] * 4


def test_without_a_printer_the_next_act_is_to_save(page: PaperPage, session: Session) -> None:
    show(page, session)
    page.show_printers(Printer((), ""))
    assert page.printer.box.currentText() == "Chưa có máy in"
    assert page.print_button.text() == "Lưu PDF"
    assert not page.save_button.isVisible()


def test_the_button_says_how_many_and_a_slip_disables_it(page: PaperPage, session: Session) -> None:
    show(page, session)
    page.show_printers(Printer(("Canon LBP 2900", "HP"), "HP"))
    assert page.printer.data() == "HP"
    assert page.print_button.text() == "In 2 bản"
    page.copies.set_text("3")
    page._show_acts()
    assert page.print_button.text() == "In 3 bản"
    page.copies.set_text("ba")
    page._show_acts()
    assert not page.print_button.isEnabled()


def save(page: PaperPage, button: Button, target: Path) -> str:
    """Presses the button, picks `target`; the name that was suggested."""
    button.click()
    dialog = page.findChild(QFileDialog)
    assert dialog is not None
    suggested = Path(dialog.selectedFiles()[0]).name
    dialog.filesSelected.emit([str(target)])
    dialog.reject()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    page.session.jobs.finish()
    return suggested


def test_the_saved_file_is_the_frozen_print(
    page: PaperPage, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = final_pdf(session)
    show(page, session)
    page.show_printers(Printer(("HP",), "HP"))
    target = tmp_path / "usb" / "bao-cao.pdf"
    assert save(page, page.save_button, target) == "bao-cao-2022-lan-1.pdf"
    assert target.read_bytes() == data
    assert page.banners.texts()["saved"].startswith("Đã lưu bao-cao.pdf")

    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    next(button for button in page.banners.findChildren(Button) if button.text() == "Mở thư mục").click()
    assert opened == [str(target.parent)]


def test_the_same_page_is_saved_as_a_word_file(page: PaperPage, session: Session, tmp_path: Path) -> None:
    final_pdf(session)
    show(page, session)
    page.show_printers(Printer((), ""))
    target = tmp_path / "bao-cao.docx"
    assert save(page, page.word_button, target) == "bao-cao-2022-lan-1.docx"
    assert target.read_bytes() == session.jobs.run(partial(word, id=ID)).result()
    assert page.banners.texts()["saved"].startswith("Đã lưu bao-cao.docx")


def test_the_same_page_is_saved_as_a_sheet(page: PaperPage, session: Session, tmp_path: Path) -> None:
    final_pdf(session)
    show(page, session)
    for names in ((), ("HP",)):  # with a printer or without
        page.show_printers(Printer(names, "".join(names)))
        target = tmp_path / "bao-cao.xlsx"
        assert save(page, page.sheet_button, target) == "bao-cao-2022-lan-1.xlsx"
        assert target.read_bytes() == sheet_of(current(session))
        assert page.banners.texts()["saved"].startswith("Đã lưu bao-cao.xlsx")


def test_once_the_number_is_known_the_paper_can_be_printed_again_with_it(
    page: PaperPage, session: Session, tmp_path: Path
) -> None:
    frozen = final_pdf(session)
    show(page, session)
    assert not page.number_button.isVisible()
    page.number.set_text("45")
    page._keep_number()
    session.jobs.finish()
    assert page.number_button.text() == "In lại có số và ngày"

    page.number_button.click()
    session.jobs.finish()
    assert (page.title.text(), page.number_button.text()) == ("In lại báo cáo", "Xem bản đã trình ký")
    assert [one.good for one in page.checked()] == [True] * 4
    page.day.set_text("13/10/2022")
    page._keep_number()  # the day comes onto the print that is shown
    session.jobs.finish()
    session.jobs.finish()
    target = tmp_path / "in-lai.pdf"
    assert save(page, page.print_button, target) == "bao-cao-2022-lan-1-in-lai.pdf"
    assert target.read_bytes() == session.jobs.run(partial(paper_with_number, id=ID)).result()

    page.number_button.click()
    session.jobs.finish()
    save(page, page.print_button, target)
    assert target.read_bytes() == frozen


def test_number_and_day_are_kept_and_change_no_paper_code(page: PaperPage, session: Session) -> None:
    final_pdf(session)
    show(page, session)
    code = current(session).paper_code
    page.number.set_text("45")
    page.day.set_text("ngày 13 tháng 10 năm 2022")
    page._keep_number()
    session.jobs.finish()
    kept = current(session)
    assert (kept.document_number, f"{kept.document_day}", kept.paper_code) == ("45", "2022-10-13", code)
    assert page.day.text() == "13/10/2022"
    show(page, session)
    assert [one.good for one in page.checked()] == [True] * 4  # the pages are those printed before


def test_a_day_there_is_none_of_is_told_and_not_kept(page: PaperPage, session: Session) -> None:
    final_pdf(session)
    show(page, session)
    page.day.set_text("31/02/2023")
    page._keep_number()
    session.jobs.finish()
    assert page.day.edit.property("state") == "error"
    assert current(session).document_day is None


def pdf_printer(path: Path, copies: int = 1) -> QPrinter:
    """A QPrinter whose paper can be read again."""
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    dress(printer, copies, both_sides=False)
    return printer


def test_the_printer_gets_every_page_in_its_true_size(session: Session, tmp_path: Path, page: PaperPage) -> None:
    data = final_pdf(session)
    out = tmp_path / "out.pdf"
    steps: list[tuple[int, int]] = []
    print_pdf(data, pdf_printer(out), 1, lambda done, total, _what="": steps.append((done, total)))
    given, taken = pypdfium2.PdfDocument(data), pypdfium2.PdfDocument(str(out))
    try:
        assert len(taken) == len(given)
        assert steps[-1] == (len(given), len(given))
        size = [round(n) for n in taken[0].get_size()]
        assert size == [595, 842]
        dark = [_dark_share(doc[0]) for doc in (given, taken)]
        assert dark[1] == pytest.approx(dark[0], rel=0.25)
    finally:
        given.close()
        taken.close()


def _dark_share(page: pypdfium2.PdfPage) -> float:
    raw = bytes(page.render(scale=1, grayscale=True).buffer)
    return sum(255 - value for value in raw) / (255 * len(raw))


def test_a_driver_without_copies_gets_the_pages_again(session: Session, tmp_path: Path, page: PaperPage) -> None:
    data = final_pdf(session)
    printer = pdf_printer(tmp_path / "out.pdf", 2)
    print_pdf(data, printer, 2)
    taken = pypdfium2.PdfDocument(str(tmp_path / "out.pdf"))
    given = pypdfium2.PdfDocument(data)
    repeated = 1 if printer.supportsMultipleCopies() else 2
    try:
        assert len(taken) == len(given) * repeated
    finally:
        taken.close()
        given.close()


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_a_printer_that_takes_nothing_is_told(session: Session, tmp_path: Path, page: PaperPage) -> None:
    with pytest.raises(UserError) as refusal:
        print_pdf(final_pdf(session), pdf_printer(tmp_path / "none" / "out.pdf"), 1)
    assert refusal.value.code is Code.PRINT_FAILED


def test_printing_can_be_stopped_between_pages(session: Session, tmp_path: Path, page: PaperPage) -> None:
    def stop(done: int, total: int, what: str = "") -> None:
        if done == 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        print_pdf(final_pdf(session), pdf_printer(tmp_path / "out.pdf"), 1, stop)


def test_a_plan_is_printed_under_the_room_of_plans(page: PaperPage, session: Session) -> None:
    show(page, session)
    assert page.under() == "report"
    page.enter("2022-plan")
    session.jobs.finish()
    assert page.under() == "plan"
    assert page.title.text() == "In thử kế hoạch"
    assert page.back.text() == "Về kế hoạch"
