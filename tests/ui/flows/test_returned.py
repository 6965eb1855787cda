"""There and back in two windows: each file is opened as a double click opens it, each act is a press on a button."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hoctap_desktop.consolidation.overview import current_board
from hoctap_desktop.consolidation.status import State
from hoctap_desktop.foundation.errors import Code
from hoctap_desktop.store.check import check
from hoctap_desktop.submission.enrolment import init_key
from hoctap_desktop.submission.repository import own_key, sent_packages
from hoctap_desktop.ui.consolidation.paper_page import ReceivedPaperPage
from hoctap_desktop.ui.consolidation.receive_page import ReceivePage
from hoctap_desktop.ui.consolidation.slips import read_slips
from hoctap_desktop.ui.consolidation.slips_dialog import write_slips
from hoctap_desktop.ui.home.page import HomePage
from hoctap_desktop.ui.key_dialog import KeyDialog
from hoctap_desktop.ui.main_window import MainWindow
from hoctap_desktop.ui.report.page import ReportPage
from hoctap_desktop.ui.submission.office_key import OfficeKey
from hoctap_desktop.ui.submission.page import SubmissionPage
from hoctap_desktop.ui.submission.presenter import Target
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.labels import Label
from tests.offices import NOW
from tests.ui.conftest import Office, OpenOffice

UPPER = "19-171-GDDT"
ID = "2022-report"


class Desk:
    """One office in its window."""

    def __init__(self, office: Office, qtbot: QtBot) -> None:
        self.office = office
        self.window = MainWindow(office.session)
        qtbot.addWidget(self.window)
        self.window.resize(1366, 696)
        self.window.show()
        self.window.open_room("home")
        self.key = office.worker.submit(lambda store: init_key(store, "mật khẩu dài", store.clock(), 1000)).result()
        OfficeKey.of(office.session).key = self.key
        self.settle()

    def settle(self) -> None:
        for _ in range(4):
            self.office.settle()
            QApplication.processEvents()

    def double_click(self, path: Path, *buttons: str) -> None:
        """The file is opened, and these buttons are pressed, each in the dialog that stands then."""
        self.office.session.file_opened.emit(path)
        self.settle()
        for words in buttons:
            self.press(words)

    def press(self, words: str) -> None:
        dialog = self.window.opener.dialog
        assert dialog is not None, words
        (button,) = [one for one in dialog.findChildren(Button) if one.text() == words]
        button.click()
        self.settle()

    def said(self) -> str:
        return " ".join(self.window.banners.texts().values())

    def home(self) -> str:
        page = self.window.page("home")
        assert isinstance(page, HomePage)
        page.enter()
        self.settle()
        assert page._road_facts is not None
        return " | ".join(
            f"{one.state} {one.note} {one.card.text if one.card else ''}" for one in page._road_facts.steps
        )


@pytest.fixture
def desks(open_office: OpenOffice, qtbot: QtBot) -> Iterator[tuple[Desk, Desk]]:
    unit, upper = Desk(open_office(at=NOW), qtbot), Desk(open_office(UPPER, at=NOW), qtbot)
    yield unit, upper
    for desk in (unit, upper):
        desk.settle()
        OfficeKey.of(desk.office.session).lock()
        assert desk.office.worker.submit(check).result() == ()


def sealed_onto(desk: Desk, stick: Path) -> Path:
    """The unit makes its report final and writes it: the pages' own acts."""
    stick.mkdir(exist_ok=True)
    page = desk.window.page("report")
    assert isinstance(page, ReportPage)
    desk.window.open_room("report")
    desk.settle()
    page.final.finalise()
    desk.settle()
    export = desk.window.page("export")
    assert isinstance(export, SubmissionPage)
    desk.window.open_room("export", ID)
    desk.settle()
    export.write(Target("USB", str(stick), stick=True))
    desk.settle()
    return next(path for path in stick.iterdir() if "bao-cao" in path.name)


def state(desk: Desk) -> State:
    board = desk.office.worker.submit(current_board).result()
    return next(row.report.state for row in board.rows if row.unit.code == "05812")


def answer_onto(desk: Desk, stick: Path) -> Path:
    """The upper office writes what is due."""
    stick.mkdir()
    slips = desk.office.worker.submit(read_slips).result()
    page = desk.window.page("board")
    write_slips(page, slips, stick, printed=True)
    desk.settle()
    (paper,) = stick.glob("*.pdf")
    assert paper.read_bytes().startswith(b"%PDF")
    said = " ".join(page.banners.texts().values())
    assert "Đã đọc lại thấy đúng." in said
    assert "rút USB" not in said  # this stick is a folder on the disk
    return next(stick.glob("*.htgoi"))


def open_received(desk: Desk) -> ReceivedPaperPage:
    receive = desk.window.page("receive")
    assert isinstance(receive, ReceivePage)
    receive._act(receive.model.first_with_act())
    desk.settle()
    page = desk.window.page("received")
    assert isinstance(page, ReceivedPaperPage)
    return page


def test_a_report_goes_up_comes_back_goes_up_again_and_its_receipt_ticks_the_road(
    desks: tuple[Desk, Desk], tmp_path: Path
) -> None:
    unit, upper = desks
    first = sealed_onto(unit, tmp_path / "usb1")
    export = unit.window.page("export")
    assert isinstance(export, SubmissionPage)
    export.enrolling.into(tmp_path / "usb1")
    unit.settle()
    request = next(path for path in (tmp_path / "usb1").glob("*dang-ky.htgoi"))

    # up: the report waits for its key, the request brings it
    upper.double_click(first, "Tiếp nhận")
    receive = upper.window.page("receive")
    assert isinstance(receive, ReceivePage)
    assert receive.desk is not None
    assert [line.code for line in receive.desk.lines] == [Code.UNKNOWN_KEY]
    upper.double_click(request, "Tiếp nhận")
    line = next(one for one in receive.desk.lines if one.paper == "đăng ký khóa")
    dialog = receive.compare(line)
    assert isinstance(dialog, KeyDialog)
    assert dialog.fingerprint == unit.key.fingerprint
    dialog.matches.click()
    upper.settle()
    assert state(upper) is State.RECEIVED

    # returned with two fields marked
    paper = open_received(upper)
    paper.review.give_back.click()
    paper.slip.send.click()
    upper.settle()
    assert "Trả lại phải ghi lý do" in paper.slip.words.message.text()
    paper.slip.words.set_text("Xem lại hai số.")
    for field, words in (("participants", "Gấp mười lần năm trước?"), ("talks", "Thiếu buổi ngày 07/10.")):
        paper.slip.choose(field)
        paper.slip.remark.set_text(words)
    paper.slip.send.click()
    upper.settle()
    assert state(upper) is State.RETURNED
    slip = answer_onto(upper, tmp_path / "usb2")

    # down: the digits are compared once, then the fields light up
    unit.double_click(slip, "So dãy số")
    assert isinstance(unit.window.opener.dialog, KeyDialog)
    assert unit.window.opener.dialog.fingerprint == upper.key.fingerprint
    unit.press("Khớp với phiếu, nhận khóa")
    report = unit.window.page("report")
    assert unit.window.open_page() is report
    assert isinstance(report, ReportPage)
    assert report.presenter is not None
    assert [(look.kind, look.field) for look in report.presenter.looks()] == [
        ("remark", "participants"),
        ("remark", "talks"),
    ]
    assert "Xem lại hai số" in " ".join(report.banners.texts().values())
    assert "Huyện trả lại ngày 14/10/2022: Xem lại hai số." in unit.home()

    # Nộp lại from the road: the next revision keeps the remarks in sight until it is sent
    home = unit.window.page("home")
    assert isinstance(home, HomePage)
    home.act("resubmit report")
    unit.settle()
    assert report.presenter.filing.revision == 2
    assert report.at.field == "participants", "it comes up at what the slip names first"
    assert report.presenter.message_of("talks") == ("warn", "Thiếu buổi ngày 07/10.")
    report.changes.change(lambda presenter: presenter.type_number("talks", "3"))
    unit.settle()
    second = sealed_onto(unit, tmp_path / "usb3")
    sent = unit.office.worker.submit(sent_packages).result()
    assert [(one.revision, one.previous) for one in sent] == [(1, None), (2, sent[0].package_id)]
    unit.window.open_room("report")
    unit.settle()
    assert report.presenter.looks() == ()

    # up again and accepted
    upper.double_click(second, "Tiếp nhận")
    assert state(upper) is State.RESENT
    paper = open_received(upper)
    paper.review.accept.click()
    upper.settle()
    assert state(upper) is State.APPROVED
    receipt = answer_onto(upper, tmp_path / "usb4")

    # the receipt ticks the road
    unit.double_click(receipt, "Mở")
    assert "Phiếu tiếp nhận, đã duyệt cho báo cáo 2022, lần 2" in unit.said()
    assert "done Huyện nhận báo cáo ngày 14/10/2022, đã duyệt. Lần 2, mã giấy" in unit.home()
    unit.double_click(receipt, "Xem")
    assert unit.window.opener.dialog is None


def test_a_file_for_nobody_here_is_told_and_left(desks: tuple[Desk, Desk], tmp_path: Path) -> None:
    unit, upper = desks
    first = sealed_onto(unit, tmp_path / "usb1")
    unit.double_click(first)
    assert "do chính đơn vị này làm" in words_of(unit)
    unit.press("Xem gói gửi đi")
    assert unit.window.open_page() is unit.window.page("export")
    broken = tmp_path / "hong.htgoi"
    broken.write_bytes(first.read_bytes()[:-40])
    upper.double_click(broken)
    assert "Không mở được «hong.htgoi»" in words_of(upper)
    upper.press("Đóng")
    assert upper.window.opener.dialog is None
    assert unit.office.worker.submit(own_key).result() is not None


def words_of(desk: Desk) -> str:
    dialog = desk.window.opener.dialog
    assert dialog is not None
    return " ".join([dialog.accessibleName(), *(label.text() for label in dialog.findChildren(Label))])
