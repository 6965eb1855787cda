"""Báo cáo, In trình ký and Gói gửi đi at every size of window, text and theme: no word is cut off."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hoctap_desktop.office.filings import finalise
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission.enrolment import init_key
from hoctap_desktop.ui import rooms
from hoctap_desktop.ui.main_window import MainWindow
from hoctap_desktop.ui.report.class_list import ClassListDialog
from hoctap_desktop.ui.report.page import ReportPage
from hoctap_desktop.ui.screenshots import report_being_filled
from hoctap_desktop.ui.session import Session
from hoctap_desktop.ui.submission.key_dialog import KeyDialog
from hoctap_desktop.ui.submission.page import SubmissionPage
from hoctap_desktop.ui.submission.presenter import Target, Volume
from hoctap_desktop.ui.theme import Theme
from tests.ui.cut import cut_off
from tests.ui.sessions import office_session

ID = "2022-report"
SIZES = ((1366, 696), (1093, 557), (911, 464), (1920, 1000))


def final(store: Store) -> None:
    finalise(store, ID)
    init_key(store, "mật khẩu dài", store.clock(), rounds=1000)


def window_of(session: Session, room: str, qtbot: QtBot) -> MainWindow:
    window = MainWindow(session, [rooms.room(id) for id in ("home", "report", "print", "export")])
    qtbot.addWidget(window)
    window.show()
    window.open_room(room)
    settle(session)
    return window


def settle(session: Session) -> None:
    for _ in range(3):
        session.jobs.finish()
        QApplication.processEvents()


def at_every_size(
    window: MainWindow, session: Session, act: Callable[[], object] | None = None
) -> dict[str, list[str]]:
    found = {}
    for width, height in SIZES:
        window.resize(width, height)
        settle(session)
        if act is not None:
            act()
            settle(session)
        if cut := cut_off(window):
            found[f"{width}×{height}"] = cut
    return found


@pytest.mark.parametrize("section", ["head", "funding", "figures", "foot"])
def test_the_report_fits_at_every_size(section: str, dressed: Theme, tmp_path: Path, qtbot: QtBot) -> None:
    with office_session(tmp_path) as session:
        window = window_of(session, "report", qtbot)
        page = window.open_page()
        assert isinstance(page, ReportPage)
        page.changes.change(lambda p: p.type_number("talks", "1,5"))
        page.forms.show(section, focus=True)
        assert at_every_size(window, session) == {}
        window.close()


def test_the_final_report_fits_at_every_size(dressed: Theme, tmp_path: Path, qtbot: QtBot) -> None:
    with office_session(tmp_path, prepare=final) as session:
        window = window_of(session, "report", qtbot)
        assert at_every_size(window, session) == {}
        window.close()


def test_the_printed_pages_fit_at_every_size(dressed: Theme, tmp_path: Path, qtbot: QtBot) -> None:
    with office_session(tmp_path, prepare=final) as session:
        window = window_of(session, "print", qtbot)
        assert at_every_size(window, session) == {}
        window.close()


def test_the_file_on_its_way_fits_at_every_size(dressed: Theme, tmp_path: Path, qtbot: QtBot) -> None:
    with office_session(tmp_path, prepare=final) as session:
        window = window_of(session, "export", qtbot)
        page = window.open_page()
        assert isinstance(page, SubmissionPage)
        volumes = (Volume("/media/van/KINGSTON", "KINGSTON", "/dev/sdb1", 10**9, True),)
        assert at_every_size(window, session, partial(page._take_volumes, volumes)) == {}
        window.close()


def test_the_dialogs_fit_at_every_size(dressed: Theme, tmp_path: Path, qtbot: QtBot) -> None:
    with office_session(tmp_path, prepare=final) as session:
        window = window_of(session, "export", qtbot)
        page = window.open_page()
        assert isinstance(page, SubmissionPage)
        page.write(Target("USB KINGSTON", str(tmp_path), stick=True))
        assert isinstance(page.dialog, KeyDialog)
        page.dialog.refuse("Mật khẩu của khóa chưa đúng. Hãy thử lại.")
        QApplication.processEvents()
        assert cut_off(page.dialog) == []
        page.dialog.reject()
        dialog = ClassListDialog(page, [{"name": "Tin học cho người lớn tuổi ở xóm 5", "learners": 20}])
        qtbot.addWidget(dialog)
        dialog.open()
        QApplication.processEvents()
        assert cut_off(dialog) == []
        dialog.reject()
        window.close()


def test_three_findings_and_the_legend_need_no_scroll_bar(tmp_path: Path, qtbot: QtBot) -> None:
    with office_session(tmp_path, prepare=report_being_filled) as session:
        window = window_of(session, "report", qtbot)
        window.resize(*SIZES[0])
        page = window.page("report")
        assert isinstance(page, ReportPage)
        page.go_to("talks")
        settle(session)
        assert len(page.findings.rows()) == 3
        assert page.findings.verticalScrollBar().maximum() == 0
