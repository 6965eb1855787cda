"""The chain in the window by keys alone: the report is written, made final, sealed; a second office receives it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from hoctap_desktop.campaign.repository import active
from hoctap_desktop.consolidation.intake import intake
from hoctap_desktop.consolidation.overview import current_totals
from hoctap_desktop.consolidation.verdict_lines import Outcome
from hoctap_desktop.filing.model import Status
from hoctap_desktop.filing.repository import find
from hoctap_desktop.foundation.clock import fixed_clock
from hoctap_desktop.office.sample import CAMPAIGN, COMMUNE, candidates
from hoctap_desktop.office.setting_up import make_office
from hoctap_desktop.store.worker import Worker
from hoctap_desktop.submission.enrolment import accept
from hoctap_desktop.ui.jobs import Jobs
from hoctap_desktop.ui.main_window import MainWindow
from hoctap_desktop.ui.office_facts import read_facts
from hoctap_desktop.ui.paper.page import PaperPage
from hoctap_desktop.ui.report.page import ReportPage
from hoctap_desktop.ui.session import Session
from hoctap_desktop.ui.settings import Settings
from hoctap_desktop.ui.submission.office_key import OfficeKey
from hoctap_desktop.ui.submission.page import SubmissionPage
from hoctap_desktop.ui.submission.presenter import State, Volume
from hoctap_desktop.ui.widgets.dialog import Dialog
from tests.offices import upper_store
from tests.ui.keys import ALT, CTRL, press, target, write
from tests.ui.sessions import NOW

ID = "2022-report"
PASSPHRASE = "mot cau de nho"
ENTER = Qt.Key.Key_Return
# Keys typed into the grid, cell by cell; Enter goes on. "c" asks for the reason, "k" holds for both numbers of a row.
CELLS = (
    "4", "1.248", "0", "a", "14", "3", "46", "450", "c", "18", "2", "210", "k", "2", "57", "9", "315",
)  # fmt: skip
REASON = "Chờ Hội Khuyến học xã"
NUMBERS = {
    "organising_units": 4, "participants": 1248, "newspaper_articles": 0, "radio_items": 14, "wall_newspapers": 3,
    "wall_articles": 46, "leaflets": 450, "banners": 18, "talks": 2, "talk_attendees": 210, "classes": 2,
    "learners": 57, "bookcases": 9, "books_donated": 315,
}  # fmt: skip


class Clerk:
    """A window over a new office, and the keys of the one who sits at it."""

    def __init__(self, folder: Path, qtbot: QtBot) -> None:
        clock = fixed_clock(NOW)
        self.path = folder / "xa.hoctap"
        office = next(one.office for one in candidates() if one.unit.code == COMMUNE)
        make_office(self.path, office, clock, CAMPAIGN).close()
        self.worker = Worker(self.path, clock)
        self.jobs = Jobs(self.worker)
        facts = self.worker.submit(read_facts).result()
        self.session = Session(facts, self.path, self.jobs, Settings(folder / "xa.ini"), clock)
        self.window = MainWindow(self.session)
        self.qtbot = qtbot
        self.closed = False
        qtbot.addWidget(self.window)
        self.window.resize(1366, 696)
        self.window.show()
        self.here(self.window)
        self.window.open_room("home")
        self.settle()

    def settle(self) -> None:
        for _ in range(5):
            self.jobs.finish()
            QCoreApplication.sendPostedEvents(None, 0)

    def here(self, window: QWidget) -> None:
        """A window manager gives the keyboard to the window that came up or is left."""
        window.activateWindow()
        self.qtbot.waitUntil(lambda: QApplication.activeWindow() is window)

    def dialog(self) -> Dialog:
        """The dialog that came up."""
        found = next(w for w in QApplication.topLevelWidgets() if isinstance(w, Dialog) and w.isVisible())
        self.here(found)
        return found

    def tab_to(self, wanted: QWidget) -> None:
        """Tab until the keyboard is there."""
        for _ in range(40):
            if target() is wanted:
                return
            press(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab never comes to {wanted}")

    def close(self) -> None:
        """The end of the working day; a second call does nothing."""
        if self.closed:
            return
        self.closed = True
        self.window.close()
        self.settle()
        self.jobs.close()
        self.worker.close()


@pytest.fixture
def clerk(tmp_path: Path, qtbot: QtBot) -> Iterator[Clerk]:
    made = Clerk(tmp_path, qtbot)
    yield made
    made.close()


def write_report(clerk: Clerk) -> ReportPage:
    press(Qt.Key.Key_4, ALT)
    clerk.settle()
    page = clerk.window.open_page()
    assert isinstance(page, ReportPage)
    press(ENTER)  # Lập báo cáo
    clerk.settle()
    write("Xã đã ban hành kế hoạch, giao Trung tâm học tập cộng đồng theo dõi ba trường")
    press(ENTER, CTRL)
    write("Lễ phát động lúc 7 giờ 00 ngày 06/10/2022 tại Trường THCS Hà Thượng")
    press(ENTER, CTRL)
    write("Mở hai lớp cho người lớn")
    press(ENTER)
    write("Vận động sách cho các tủ sách ở xóm")
    press(ENTER, CTRL)
    write("12.500.000")
    press(ENTER)
    write("8000000")
    press(ENTER)
    press(ENTER, CTRL)
    write("Người dự đông hơn năm trước")
    press(ENTER, CTRL)
    for typed in CELLS:
        write(typed)
        if typed == "c":
            write(REASON)
        press(ENTER)
    write("Tủ sách cộng đồng chưa có kinh phí riêng")
    press(ENTER, CTRL)
    write("Hỗ trợ tài liệu hướng dẫn tự học")
    press(ENTER, CTRL)
    press(Qt.Key.Key_A, CTRL)  # over the ones it begins with
    write("Phòng GD&ĐT huyện")
    press(ENTER)
    write("Lưu: VT")
    for _ in range(5):  # recipients and the four lines of the signer, known already
        press(ENTER, CTRL)
    clerk.settle()
    return page


def test_a_report_goes_by_keys_from_the_first_word_to_the_total_of_the_upper_office(
    tmp_path: Path, clerk: Clerk
) -> None:
    page = write_report(clerk)
    assert page.presenter is not None
    assert [look.title for look in page.presenter.looks() if look.kind == "block"] == []
    assert clerk.window.top.saved.text() == "Đã lưu lúc 10:32:05"

    # final
    assert target() is page.final_button
    press(ENTER)
    clerk.settle()
    clerk.dialog()
    press(ENTER)
    clerk.settle()
    clerk.here(clerk.window)
    stored = clerk.jobs.run(lambda store: find(store, ID)).result()
    clerk.settle()
    assert stored is not None
    assert stored.status is Status.FINAL
    assert {id: stored.answers[id] for id in NUMBERS} == NUMBERS
    assert stored.answers["books_published"] == {"none": "unknown", "reason": REASON}
    assert stored.answers["exhibition_visits"] == {"none": "not_held", "reason": ""}
    assert stored.answers["tv_items"] == {"none": "not_applicable", "reason": ""}
    assert stored.answers["funding.raised"] == 8_000_000
    assert stored.answers["recipients"] == ["Phòng GD&ĐT huyện", "Lưu: VT"]
    paper = clerk.window.open_page()
    assert isinstance(paper, PaperPage)
    assert [one.good for one in paper.checked()] == [True] * 4

    # sealed
    stick = tmp_path / "KINGSTON"
    stick.mkdir()
    press(Qt.Key.Key_5, ALT)
    clerk.settle()
    export = clerk.window.open_page()
    assert isinstance(export, SubmissionPage)
    export._take_volumes((Volume(str(stick), "KINGSTON", "/dev/sdb1", 10**9, True),))  # a stick is put in
    clerk.tab_to(export.write_button)
    press(ENTER)
    clerk.dialog()
    write(PASSPHRASE)
    press(ENTER)
    write(PASSPHRASE)
    press(ENTER)
    clerk.settle()
    clerk.here(clerk.window)
    assert export.export.state is State.DONE
    assert export.usb.accessibleName().startswith("Có thể rút USB")
    export.enrolling.into(stick)  # the folder is chosen in a dialog of the system
    clerk.settle()
    key = OfficeKey.of(export.session).key
    assert key is not None
    digits = key.fingerprint
    clerk.close()

    # received in the second office, which has compared the key with the stamped sheet
    upper = upper_store(tmp_path / "huyen.hoctap", fixed_clock(NOW))
    request = next(stick.glob("*dang-ky.htgoi"))
    accept(upper, request.read_bytes(), request.name, NOW, confirmed=digits)
    summary = intake(upper, [stick])
    taken = [line for line in summary.lines if line.outcome is Outcome.TAKEN]
    assert [(line.unit_code, line.paper) for line in taken] == [(COMMUNE, "Báo cáo 2022, lần 1")]
    totals = current_totals(upper, campaign=active(upper))
    assert {id: totals.number(id).value for id in NUMBERS} == NUMBERS
    assert totals.number("participants").covered == 1
    upper.close()
