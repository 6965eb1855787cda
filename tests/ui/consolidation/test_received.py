from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from hoctap_desktop.consolidation.intake import intake
from hoctap_desktop.filing.content import filing_json
from hoctap_desktop.office.paper import print_filing
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission import seal
from hoctap_desktop.submission.manifest import unit_name
from hoctap_desktop.submission.seal import Attachment, Sealed, seal_filing
from hoctap_desktop.ui.consolidation.paper_page import ReceivedPaperPage, read_paper
from hoctap_desktop.ui.consolidation.receipt_dialogs import ReceiptDayDialog
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.dialog import Dialog
from hoctap_desktop.ui.widgets.labels import ElidedLabel, Label
from tests.offices import dai_tu
from tests.signed_pdf import plain, sign
from tests.ui.conftest import Office
from tests.ui.consolidation import papers
from tests.ui.consolidation.conftest import accept_keys

NAME = papers.NAMES[0]
SCAN = sign(sign(plain(), "Van thu"), "Chu tich")
ACTIVE = plain() + b"<</S/JavaScript/JS(app.alert(1))>>"


def report_with_files() -> Sealed:
    filing = papers.filing(NAME)
    files = (Attachment("Bản ký, đóng dấu.pdf", SCAN), Attachment("phiếu.pdf", ACTIVE))
    upper = unit_name(dai_tu().own)
    data, pages = filing_json(filing), print_filing(filing).data
    return seal_filing(filing, data, pages, papers.key(NAME), upper, papers.SEALED_AT, attachments=files)


def test_the_receiver_sees_each_file_with_size_and_signatures(upper: Office, tmp_path: Path, qtbot: QtBot) -> None:
    sealed = report_with_files()

    def feed(store: Store) -> None:
        accept_keys(store, (NAME,))
        intake(store, [papers.put(tmp_path / "usb", sealed)])

    upper.worker.submit(feed).result()
    paper = upper.worker.submit(lambda store: read_paper(store, sealed.package_id)).result()
    assert [(one.name, one.data, one.active) for one in paper.attached] == [
        ("Bản ký, đóng dấu.pdf", SCAN, False),
        ("phiếu.pdf", ACTIVE, True),
    ]
    page = ReceivedPaperPage(upper.session)
    qtbot.addWidget(page)
    page.resize(1182, 654)
    page.show()
    page.enter((sealed.package_id, "receive"))
    upper.settle()
    shown = [label.whole() for label in page.findChildren(ElidedLabel)]
    assert {"Bản ký, đóng dấu.pdf", "phiếu.pdf"} <= set(shown)
    said = [label.text() for label in page.findChildren(Label)]
    assert any("có 2 chữ ký số trong tệp" in words for words in said)
    (look,) = [one for one in page.findChildren(Button) if one.accessibleName() == "Mở phiếu.pdf"]
    look.click()
    (question,) = page.window().findChildren(Dialog)
    assert question.accessibleName() == "Mở «phiếu.pdf»?"
    question.reject()


def test_a_file_whose_name_would_run_it_is_offered_by_what_its_bytes_are(
    upper: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seal, "original_name", lambda _name: "Giấy mời.bat")
    sealed = report_with_files()

    def feed(store: Store) -> None:
        accept_keys(store, (NAME,))
        intake(store, [papers.put(tmp_path / "usb", sealed)])

    upper.worker.submit(feed).result()
    paper = upper.worker.submit(lambda store: read_paper(store, sealed.package_id)).result()
    assert [one.name for one in paper.attached] == ["Giấy mời.bat.pdf", "Giấy mời.bat.pdf"]


def test_f2_sets_the_day_of_receipt_with_its_reason(fed: Office, qtbot: QtBot) -> None:
    package = papers.report(papers.NAMES[1]).package_id
    page = ReceivedPaperPage(fed.session)
    qtbot.addWidget(page)
    page.resize(1182, 654)
    page.show()
    page.activateWindow()
    page.enter((package, "receive"))
    fed.settle()
    QTest.keyClick(page.preview, Qt.Key.Key_F2)
    dialog = next(one for one in page.window().findChildren(ReceiptDayDialog) if one.isVisible())
    dialog.day.edit.setText("19/10/2022")
    assert dialog.late.text() == "Hạn cuối 17/10/2022: muộn 2 ngày."
    dialog.day.edit.setText("12/10/2022")
    dialog.keep.click()
    assert "Chưa ghi lý do" in dialog.reason.message.text()
    dialog.reason.edit.setText("dấu bưu điện ngày 12")
    dialog.keep.click()
    fed.settle()
    assert page.paper is not None
    assert page.paper.submission.received_on == date(2022, 10, 12)
    said = [label.text() for label in page.findChildren(Label)]
    assert {"12/10/2022", "dấu bưu điện ngày 12"} <= set(said)
    assert "day" in page.banners.texts()


def test_a_paper_whose_kept_file_is_lost_says_so_and_waits_for_it(upper: Office, tmp_path: Path, qtbot: QtBot) -> None:
    sealed = report_with_files()

    def feed(store: Store) -> None:
        accept_keys(store, (NAME,))
        intake(store, [papers.put(tmp_path / "usb", sealed)])

    def lose(store: Store) -> None:
        (store.files / f"{sealed.package_id}.htgoi").unlink()

    for job in (feed, lose):
        upper.worker.submit(job).result()
    page = ReceivedPaperPage(upper.session)
    qtbot.addWidget(page)
    page.show()
    page.enter((sealed.package_id, "receive"))
    upper.settle()
    assert sealed.name in page.banners.texts()["lost"]
    assert "Hãy nhận lại" in page.banners.texts()["lost"]
    assert not page.review.accept.isEnabled()
    assert not page.review.give_back.isEnabled()
    assert "nhận lại tệp" in page.review.accept.toolTip()
    QTest.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(page, Qt.Key.Key_Backspace, Qt.KeyboardModifier.ControlModifier)
    upper.settle()
    assert page.paper is not None
    assert page.paper.case.decided == ()
    assert page.side.currentIndex() == 0
    upper.worker.submit(lambda store: intake(store, [tmp_path / "usb"])).result()
    page.enter((sealed.package_id, "receive"))
    upper.settle()
    assert "lost" not in page.banners.texts()
    assert page.review.accept.isEnabled()
    assert page.review.accept.toolTip() == "Duyệt (Ctrl+Enter)"
    assert page.review.give_back.toolTip() == "Trả lại (Ctrl+Backspace)"
