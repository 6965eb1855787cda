"""The export page: sealing, writing, reading back; a wrong passphrase; a stick that is gone; enrolment."""

import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from hoctap_desktop.document.code import read_qr
from hoctap_desktop.filing.attachments import kind_words
from hoctap_desktop.foundation import files
from hoctap_desktop.foundation.progress import Cancelled
from hoctap_desktop.office.filings import finalise
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission import outgoing
from hoctap_desktop.submission.enrolment import init_key
from hoctap_desktop.submission.keys import make_key
from hoctap_desktop.submission.sending import seal
from hoctap_desktop.submission.unseal import unseal
from hoctap_desktop.ui import files as files_of_window
from hoctap_desktop.ui.home.page import _Papers, read_papers
from hoctap_desktop.ui.paper.print_dialog import PrintDialog
from hoctap_desktop.ui.session import Session
from hoctap_desktop.ui.submission.key_dialog import KeyDialog
from hoctap_desktop.ui.submission.page import SubmissionPage
from hoctap_desktop.ui.submission.presenter import State, Target, Volume
from hoctap_desktop.ui.submission.qr import modules
from hoctap_desktop.ui.submission.volumes import mounted
from hoctap_desktop.ui.widgets.buttons import Button
from tests.signed_pdf import plain, sign
from tests.ui.sessions import office_session

ID = "2022-report"
PASSPHRASE = "mật khẩu dài"


def settle(session: Session) -> None:
    """Delivers answers and what they post, until nothing is under way."""
    for _ in range(6):
        session.jobs.finish()
        QCoreApplication.sendPostedEvents(None, 0)


def stick(folder: Path) -> Target:
    folder.mkdir(exist_ok=True)
    return Target(f"USB {folder.name}", str(folder), stick=True)


def final_report(store: Store) -> None:
    finalise(store, ID)


def with_key(store: Store) -> None:
    finalise(store, ID)
    init_key(store, PASSPHRASE, store.clock(), rounds=1000)


Opened = Callable[..., tuple[SubmissionPage, Session]]


@pytest.fixture
def opened(tmp_path: Path, qtbot: QtBot) -> Iterator[Opened]:
    """Opens the page over an office whose report is final, or as `prepare` leaves it."""
    contexts = []

    def make(prepare: Callable[[Store], object] | None = final_report) -> tuple[SubmissionPage, Session]:
        context = office_session(tmp_path, prepare=prepare)
        session = context.__enter__()
        contexts.append(context)
        page = SubmissionPage(session, rounds=1000)
        qtbot.addWidget(page)
        page.resize(1182, 654)
        page.show()
        page.enter()
        settle(session)
        return page, session

    yield make
    for context in contexts:
        context.__exit__(None, None, None)


def state_of(page: SubmissionPage) -> State:
    return page.export.state


def key_dialog(page: SubmissionPage) -> KeyDialog:
    assert isinstance(page.dialog, KeyDialog)
    return page.dialog


def give(page: SubmissionPage, session: Session, words: str, again: str = "") -> None:
    dialog = key_dialog(page)
    dialog.first.set_text(words)
    dialog.again.set_text(again or words)
    dialog.button.click()
    settle(session)


def test_with_nothing_final_the_page_says_what_comes_first(opened: Opened) -> None:
    page, _ = opened(None)
    assert page.export.state is State.EMPTY
    assert page.stack.currentWidget() is page.empty
    assert page.empty.button is not None
    assert page.focusWidget() is page.empty.button, "the keyboard begins on the next act"


def test_the_first_file_makes_the_key_and_may_be_pulled_only_at_the_end(opened: Opened, tmp_path: Path) -> None:
    page, session = opened()
    assert page.handing_in.button.isHidden(), "nothing was written that could be handed in"
    told: list[str] = []
    page._stage.connect(lambda *_: told.append(page.usb.accessibleName().split(".")[0]))
    page.write(stick(tmp_path / "KINGSTON"))
    give(page, session, PASSPHRASE)
    assert told == ["Đừng rút USB", "Đừng rút USB", "Có thể rút USB"]
    file = next((tmp_path / "KINGSTON").iterdir())
    found = unseal(file.read_bytes(), file.name)
    assert found.manifest.recipient.code == "19-171-GDDT"
    assert found.filing.answers["participants"] == 535
    assert page.export.details()[0] == ("Tệp trên USB", file.name)
    assert page.done_button.isVisible()
    assert [row.state for row in page.steps.rows()] == ["done"] * 5
    assert "key" in page.banners.texts()  # the new key wants to be registered
    page.handing_in.button.click()
    settle(session)
    (dialog,) = page.findChildren(PrintDialog)
    assert dialog._make().startswith(b"%PDF")
    assert dialog._name == "giay-giao-nop-bao-cao-2022-lan-1.pdf"
    dialog.reject()


def test_the_passphrase_is_asked_once_and_a_wrong_one_is_told(opened: Opened, tmp_path: Path) -> None:
    page, session = opened(with_key)
    page.write(stick(tmp_path / "A"))
    give(page, session, "không phải mật khẩu")
    assert key_dialog(page).first.edit.property("state") == "error"
    assert state_of(page) is State.READY
    give(page, session, PASSPHRASE)
    assert state_of(page) is State.DONE
    page._again()
    page.write(stick(tmp_path / "B"))
    settle(session)
    assert page.dialog is None
    first, second = (next((tmp_path / name).iterdir()) for name in ("A", "B"))
    assert first.read_bytes() == second.read_bytes()


def test_a_short_passphrase_makes_no_key(opened: Opened, tmp_path: Path) -> None:
    page, session = opened()
    page.write(stick(tmp_path / "A"))
    give(page, session, "ngắn")
    assert key_dialog(page).first.edit.property("state") == "error"
    page.dialog.reject()  # type: ignore[union-attr]
    assert list((tmp_path / "A").iterdir()) == []


def test_a_stick_that_is_gone_is_told_and_the_file_is_written_again(opened: Opened, tmp_path: Path) -> None:
    page, session = opened(with_key)
    gone = Target("USB KINGSTON", str(tmp_path / "gone"), stick=True)
    page.write(gone)
    give(page, session, PASSPHRASE)
    assert page.dialog is not None
    assert page.dialog.windowTitle() == "Chưa ghi xong vào USB"
    assert [row.state for row in page.steps.rows()] == ["done", "done", "failed", "later", "later"]
    (tmp_path / "gone").mkdir()
    page.dialog.accept()
    page.write(gone)
    settle(session)
    assert page.export.state is State.DONE


def test_bytes_that_come_back_changed_never_say_pull(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, session = opened(with_key)
    usb = stick(tmp_path / "A")

    whole = files._is_on_medium
    monkeypatch.setattr(
        files, "_is_on_medium", lambda path, *rest: Path(path).parent.name != "A" and whole(path, *rest)
    )
    page.write(usb)
    give(page, session, PASSPHRASE)
    assert page.export.state is State.READY
    assert page.dialog is not None
    assert page.dialog.windowTitle() == "Ghi xong đọc lại thấy khác"
    assert not page.usb.isVisible()
    page.dialog.reject()


def test_the_enrolment_request_and_its_sheet_are_written(opened: Opened, tmp_path: Path) -> None:
    page, session = opened(with_key)
    page.write(stick(tmp_path / "A"))
    give(page, session, PASSPHRASE)
    page.enrolling.into(tmp_path / "A")
    settle(session)
    names = sorted(path.name for path in (tmp_path / "A").iterdir())
    assert names == [
        "05812-ubnd-xa-ha-thuong-bao-cao-2022-lan-1.htgoi",
        "05812-ubnd-xa-ha-thuong-dang-ky.htgoi",
        "05812-ubnd-xa-ha-thuong-dang-ky.pdf",
    ]
    assert "enrolled" in page.banners.texts()


def test_a_new_upper_office_has_its_key_sheet_before_it_has_anything_to_send(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its first file is the campaign, and units compare the key of that with the stamped sheet."""
    page, session = opened(lambda store: init_key(store, PASSPHRASE, store.clock(), rounds=1000))
    assert page.stack.currentWidget() is page.empty
    folder = tmp_path / "A"
    folder.mkdir()
    monkeypatch.setattr(files_of_window, "choose_place", lambda _page, into: into(folder))
    (link,) = [one for one in page.empty.findChildren(Button) if one.text() == "Tạo phiếu đăng ký khóa"]
    link.click()
    give(page, session, PASSPHRASE)
    assert sorted(path.suffix for path in (tmp_path / "A").iterdir()) == [".htgoi", ".pdf"]
    assert page.banners.isVisible()
    assert "enrolled" in page.banners.texts()


def test_without_a_stick_the_machine_is_offered(opened: Opened) -> None:
    page, _ = opened(with_key)
    page._take_volumes(())
    assert page.target.box.currentText() == "Chưa thấy USB"
    assert not page.write_button.isEnabled()
    assert page.folder_button.isEnabled()
    page._take_volumes((Volume("/media/van/KINGSTON", "", "/dev/sdb1", 10**9, True),))
    assert page.write_button.isEnabled()
    assert page.target.box.currentText() == "USB KINGSTON"
    page.leave()


def test_the_code_of_the_paper_is_shown_with_its_qr(opened: Opened) -> None:
    page, _ = opened(with_key)
    code = page.export.filing.paper_code
    assert "-".join(label.text() for label in page.side.code) == code
    assert read_qr(page.side.qr.text()).code == code
    rows = modules(page.side.qr.text())
    assert len(rows) == len(rows[0]) >= 21
    assert all(rows[0][:7])  # the finder pattern in the corner


def test_the_volumes_of_this_machine_can_be_read() -> None:
    assert any(stat.S_ISDIR(Path(volume.root).stat().st_mode) for volume in mounted())


def test_what_was_written_stands_there_as_done_when_the_page_comes_up_again(opened: Opened, tmp_path: Path) -> None:
    page, session = opened(with_key)
    page.write(stick(tmp_path / "A"))
    give(page, session, PASSPHRASE)
    page.leave()
    page.enter(ID)
    settle(session)
    assert state_of(page) is State.DONE
    assert [row.state for row in page.steps.rows()] == ["done"] * 5
    assert page.export.details()[0][1].endswith(".htgoi")
    assert page.usb.accessibleName().startswith("Đã xuất gói ngày 14/10/2022. Tệp đã ghi vào USB A")


def test_a_file_that_was_not_written_out_is_not_sent(opened: Opened, tmp_path: Path) -> None:
    page, session = opened(with_key)
    page.write(Target("USB KINGSTON", str(tmp_path / "gone"), stick=True))
    give(page, session, PASSPHRASE)
    assert page.dialog is not None
    page.dialog.reject()
    papers: list[_Papers] = []
    session.jobs.run(lambda store: read_papers(store, "2022"), papers.append)
    settle(session)
    assert papers[0].report is not None
    assert papers[0].report.sent_at is None
    (tmp_path / "gone").mkdir()
    page.write(Target("USB KINGSTON", str(tmp_path / "gone"), stick=True))
    settle(session)
    session.jobs.run(lambda store: read_papers(store, "2022"), papers.append)
    settle(session)
    assert papers[1].report is not None
    assert papers[1].report.sent_at == session.now()


def test_a_writing_that_is_stopped_leaves_nothing_and_may_begin_again(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, session = opened(with_key)
    usb = stick(tmp_path / "A")
    page.write(usb)
    with monkeypatch.context() as patched:
        patched.setattr(outgoing, "write_to", lambda *_: (_ for _ in ()).throw(Cancelled))
        give(page, session, PASSPHRASE)
    assert state_of(page) is State.READY
    assert list((tmp_path / "A").iterdir()) == []
    page.write(usb)
    settle(session)
    assert state_of(page) is State.DONE


def test_the_signed_scan_is_added_here_and_the_list_closes_with_the_package(opened: Opened, tmp_path: Path) -> None:
    page, session = opened()
    scan = tmp_path / "Bản ký, đóng dấu.pdf"
    scan.write_bytes(sign(plain(), "Chu tich"))
    page.attached.add([scan])
    settle(session)
    assert [kind_words(one) for one in page.attached.shown()] == ["PDF, 1 KB, có 1 chữ ký số trong tệp"]
    key = make_key("UBND xã Hà Thượng", "05812", session.now())
    session.jobs.run(lambda store: seal(store, page.export.filing.id, key, session.now()))
    settle(session)
    page.enter()
    settle(session)
    assert not page.attached.zone.isVisible()
    assert "đã ký gói" in page.attached.why.text()
