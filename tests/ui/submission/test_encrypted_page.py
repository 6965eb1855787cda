"""Encryption in the window: chosen where a package is written, opened with a passphrase that is asked once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from hoctap_desktop.consolidation.verdict_lines import Outcome
from hoctap_desktop.foundation.errors import Code
from hoctap_desktop.office.filings import finalise
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission.coming_down import trust_upper
from hoctap_desktop.submission.encryption import decrypt, encrypt
from hoctap_desktop.submission.enrolment import init_key
from hoctap_desktop.submission.keys import Key
from hoctap_desktop.submission.own_keys import new_key, use_token
from hoctap_desktop.submission.roster import Roster
from hoctap_desktop.submission.seal import seal_roster
from hoctap_desktop.submission.tokens import keys_on
from hoctap_desktop.submission.wrapper import is_encrypted
from hoctap_desktop.ui import rooms
from hoctap_desktop.ui.consolidation.receive_page import ReceivePage
from hoctap_desktop.ui.main_window import MainWindow
from hoctap_desktop.ui.opening import Opener
from hoctap_desktop.ui.session import Session
from hoctap_desktop.ui.submission.key_dialog import KeyDialog
from hoctap_desktop.ui.submission.office_key import OfficeKey
from hoctap_desktop.ui.submission.page import SubmissionPage
from hoctap_desktop.ui.submission.presenter import State, Target
from tests.offices import dai_tu
from tests.submission.packages import NOW, other_key, upper_key
from tests.submission.softhsm import PIN, soft_token
from tests.ui.consolidation import papers
from tests.ui.sessions import office_session
from tests.ui.submission.test_page import ID, PASSPHRASE, settle

UPPER = "19-171-GDDT"


def compared(store: Store) -> None:
    """The report is final, the office has a key, and its upper unit's digits were compared."""
    finalise(store, ID)
    init_key(store, PASSPHRASE, store.clock(), rounds=1000)
    listed = seal_roster(dai_tu().own, Roster(1, NOW.date(), ()), upper_key(), NOW)
    trust_upper(store, listed.data, listed.name, store.clock())


def unknown(store: Store) -> None:
    finalise(store, ID)


@pytest.fixture
def commune(tmp_path: Path) -> Iterator[Session]:
    with office_session(tmp_path, prepare=compared) as session:
        yield session


@pytest.fixture
def upper(tmp_path: Path) -> Iterator[Session]:
    with office_session(tmp_path, UPPER) as session:
        yield session


def export_page(session: Session, qtbot: QtBot) -> SubmissionPage:
    page = SubmissionPage(session, rounds=1000)
    qtbot.addWidget(page)
    page.resize(1182, 654)
    page.show()
    page.enter()
    settle(session)
    return page


def own_key_of(session: Session) -> Key:
    """The office's key, made for the test."""
    found: list[Key] = []
    session.jobs.run(lambda store: init_key(store, PASSPHRASE, store.clock(), rounds=1000), found.append)
    settle(session)
    return found[0]


def for_upper(folder: Path, *keys: Key) -> Path:
    """The reports of two units, encrypted to one key each, and a third that is not."""
    folder.mkdir()
    for name, key in zip(papers.NAMES, keys, strict=False):
        data = encrypt(papers.report(name).data, (papers.key(name).details, key.details))
        (folder / f"{name}.htgoi").write_bytes(data)
    papers.put(folder, papers.report(papers.NAMES[3]))
    return folder


def dialog_of(session: Session) -> KeyDialog:
    dialog = OfficeKey.of(session).dialog
    assert dialog is not None
    return dialog


def give(session: Session, words: str) -> None:
    dialog = dialog_of(session)
    dialog.first.set_text(words)
    dialog.button.click()
    settle(session)


# --- sealing ------------------------------------------------------------------------------------------------------


def test_a_package_is_encrypted_only_when_that_is_chosen(commune: Session, qtbot: QtBot, tmp_path: Path) -> None:
    page = export_page(commune, qtbot)
    assert page.secret.isEnabled()
    assert not page.secret.isChecked()
    assert "ai cầm USB cũng đọc được" in page.secret_words.text()
    page.secret.click()
    assert "Chỉ Phòng GDĐT" in page.secret_words.text()
    assert "mất khóa" in page.secret_words.text()

    (tmp_path / "usb").mkdir()
    page.write(Target("USB A", str(tmp_path / "usb"), stick=True))
    give(commune, PASSPHRASE)
    assert page.export.state is State.DONE
    (path,) = (tmp_path / "usb").iterdir()
    assert path.name.endswith("-ma-hoa.htgoi")
    assert dict(page.export.details())["Mã hóa"].startswith("chỉ Phòng GDĐT")
    plain: list[bytes] = []
    commune.jobs.run(lambda store: next(iter(_plain(store))), plain.append)
    settle(commune)
    assert decrypt(path.read_bytes(), "", (upper_key(),)) == plain[0]

    again = export_page(commune, qtbot)  # told later as it went out
    assert again.export.file == path.name
    assert "Mã hóa" in dict(again.export.details())
    assert not again.secret.isChecked()


def _plain(store: Store) -> Iterator[bytes]:
    from hoctap_desktop.submission.sending import already_sealed

    sealed = already_sealed(store, ID)
    assert sealed is not None
    yield sealed.data


def test_without_the_choice_nothing_is_encrypted(commune: Session, qtbot: QtBot, tmp_path: Path) -> None:
    page = export_page(commune, qtbot)
    page.write(Target("thư mục", str(tmp_path / "usb"), stick=False))
    (tmp_path / "usb").mkdir()
    give(commune, PASSPHRASE)
    (path,) = (tmp_path / "usb").iterdir()
    assert not is_encrypted(path.read_bytes())
    assert "Mã hóa" not in dict(page.export.details())


def test_a_sealed_package_is_encrypted_without_asking_for_the_key(
    commune: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    page = export_page(commune, qtbot)
    (tmp_path / "usb").mkdir()
    page.write(Target("USB A", str(tmp_path / "usb"), stick=True))
    give(commune, PASSPHRASE)
    OfficeKey.of(commune).lock()
    page._again()
    page.secret.click()
    page.write(Target("USB A", str(tmp_path / "usb"), stick=True))
    settle(commune)
    assert OfficeKey.of(commune).dialog is None
    assert len(list((tmp_path / "usb").iterdir())) == 2


def test_while_the_upper_units_key_is_unknown_the_choice_says_what_brings_it(tmp_path: Path, qtbot: QtBot) -> None:
    with office_session(tmp_path, prepare=unknown) as session:
        page = export_page(session, qtbot)
        assert not page.secret.isEnabled()
        assert "danh sách khóa" in page.secret_words.text()
        assert page.folder_button.isEnabled()


# --- receiving ----------------------------------------------------------------------------------------------------


def test_a_stick_with_many_asks_once_and_takes_all_in(upper: Session, qtbot: QtBot, tmp_path: Path) -> None:
    key = own_key_of(upper)
    page = ReceivePage(upper)
    qtbot.addWidget(page)
    page.enter()
    settle(upper)
    page.take_in([for_upper(tmp_path / "usb", key, key, key)])
    settle(upper)
    assert "khóa đang dùng" in dialog_of(upper).accessibleDescription() + _texts(dialog_of(upper))
    give(upper, "sai mật khẩu")
    assert "Mật khẩu" in dialog_of(upper).first.message.text()
    give(upper, PASSPHRASE)
    assert page.desk is not None
    assert [line.outcome for line in page.desk.lines] == [Outcome.WAITING] * 4  # whole, of keys nobody compared yet
    assert OfficeKey.of(upper).key is not None  # and signing needs no second question
    page.take_in([tmp_path / "usb"])
    settle(upper)
    assert OfficeKey.of(upper).dialog is None


def _texts(dialog: QWidget) -> str:
    from PySide6.QtWidgets import QLabel

    return " ".join(label.text() for label in dialog.findChildren(QLabel))


def test_left_out_the_encrypted_ones_say_so_and_the_others_are_read(
    upper: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    key = own_key_of(upper)
    page = ReceivePage(upper)
    qtbot.addWidget(page)
    page.take_in([for_upper(tmp_path / "usb", key, other_key())])
    settle(upper)
    dialog_of(upper).reject()
    settle(upper)
    assert page.desk is not None
    found = {line.file: line.code for line in page.desk.lines}
    assert sorted(code.value for code in found.values() if code) == ["encrypted", "encrypted_locked", "unknown_key"]


def test_the_line_of_a_locked_file_asks_for_its_key_again(upper: Session, qtbot: QtBot, tmp_path: Path) -> None:
    key = own_key_of(upper)
    page = ReceivePage(upper)
    qtbot.addWidget(page)
    page.take_in([for_upper(tmp_path / "usb", key, other_key(), key)])
    settle(upper)
    dialog_of(upper).reject()
    settle(upper)
    row = next(page.model.row(at) for at in range(page.model.rowCount()) if page.model.row(at).act == "unlock")
    assert (row.act_words, row.line and row.line.code) == ("Mở khóa", Code.ENCRYPTED_LOCKED)
    page.view.acted.emit(page.model.row_of(row.key))
    settle(upper)
    give(upper, PASSPHRASE)
    assert page.desk is not None
    opened = {papers.NAMES[0] + ".htgoi", papers.NAMES[2] + ".htgoi"}
    assert {line.outcome for line in page.desk.lines if line.file in opened} == {Outcome.WAITING}
    assert Code.ENCRYPTED_LOCKED not in {line.code for line in page.desk.lines}


def test_files_that_are_no_longer_there_are_asked_for(
    upper: Session, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = ReceivePage(upper)
    qtbot.addWidget(page)
    folder = for_upper(tmp_path / "usb", own_key_of(upper))
    page.take_in([folder])
    settle(upper)
    dialog_of(upper).reject()
    settle(upper)
    (folder / f"{papers.NAMES[0]}.htgoi").unlink()
    asked: list[object] = []
    monkeypatch.setattr("hoctap_desktop.ui.files.choose_files", lambda *given: asked.append(given))
    page.view.acted.emit(page.model.row_of(f"{papers.NAMES[0]}.htgoi"))
    settle(upper)
    assert len(asked) == 1


@pytest.mark.parametrize("kind", ["EC", "RSA"])
def test_a_key_on_a_token_is_asked_for_by_its_pin_which_is_never_tried_twice(
    upper: Session, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    (chosen,) = keys_on(soft_token(tmp_path, monkeypatch, kind).library)
    old = own_key_of(upper)
    upper.jobs.run(lambda store: use_token(store, chosen, store.clock(), old))
    settle(upper)
    folder = tmp_path / "usb"
    folder.mkdir()
    name, token = papers.NAMES[0], chosen.certificate
    (folder / "a.htgoi").write_bytes(encrypt(papers.report(name).data, (papers.key(name).details, token)))
    page = ReceivePage(upper)
    qtbot.addWidget(page)
    page.take_in([folder])
    settle(upper)
    dialog = dialog_of(upper)
    assert dialog.first.label.text() == "Mã PIN"
    assert f"Cắm thiết bị ký «Token {kind}»" in _texts(dialog)
    give(upper, "000000")
    assert dialog_of(upper) is dialog  # it waits, and says so
    assert "PIN" in dialog.first.message.text()
    give(upper, PIN)
    assert OfficeKey.of(upper).dialog is None
    assert page.desk is not None
    assert [line.outcome for line in page.desk.lines] == [Outcome.WAITING]
    OfficeKey.of(upper).lock()


def test_a_key_with_another_passphrase_is_asked_for_after_the_first(
    upper: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    old = own_key_of(upper)
    new: list[Key] = []
    upper.jobs.run(lambda store: new_key(store, "mật khẩu mới", store.clock(), None, 1000), new.append)
    settle(upper)
    page = ReceivePage(upper)
    qtbot.addWidget(page)
    page.take_in([for_upper(tmp_path / "usb", old, new[0])])
    settle(upper)
    give(upper, "mật khẩu mới")
    assert "khóa cũ, thay ngày" in _texts(dialog_of(upper))
    give(upper, PASSPHRASE)
    assert page.desk is not None
    assert {line.outcome for line in page.desk.lines} == {Outcome.WAITING}
    OfficeKey.of(upper).lock()
    assert OfficeKey.of(upper).key is None


# --- a double click -----------------------------------------------------------------------------------------------


@pytest.fixture
def window(upper: Session, qtbot: QtBot) -> MainWindow:
    """The upper office's window, with the room where files are received."""
    made = MainWindow(upper, [rooms.room("home"), rooms.room("receive")])
    qtbot.addWidget(made)
    made.resize(1366, 696)
    made.show()
    made.open_room("home")
    settle(upper)
    return made


def test_a_double_click_opens_it_with_the_passphrase_and_goes_on(
    upper: Session, window: MainWindow, tmp_path: Path
) -> None:
    key = own_key_of(upper)
    file = for_upper(tmp_path / "usb", key) / f"{papers.NAMES[0]}.htgoi"
    upper.file_opened.emit(file)
    settle(upper)
    opener = window.opener
    assert opener.dialog is not None
    assert opener.dialog.windowTitle() == "Tệp mã hóa cho đơn vị này"
    press(opener, "Mở bằng mật khẩu")
    settle(upper)
    give(upper, PASSPHRASE)
    press(opener, "Tiếp nhận")
    settle(upper)
    page = window.page("receive")
    assert isinstance(page, ReceivePage)
    assert page.desk is not None
    assert [line.outcome for line in page.desk.lines] == [Outcome.WAITING]
    assert OfficeKey.of(upper).dialog is None  # asked once


def test_left_alone_it_says_nothing_more_and_the_next_file_is_looked_at(
    upper: Session, window: MainWindow, tmp_path: Path
) -> None:
    folder = for_upper(tmp_path / "usb", own_key_of(upper))
    upper.file_opened.emit(folder / f"{papers.NAMES[0]}.htgoi")
    upper.file_opened.emit(folder / papers.report(papers.NAMES[3]).name)
    settle(upper)
    press(window.opener, "Mở bằng mật khẩu")
    settle(upper)
    dialog_of(upper).reject()
    settle(upper)
    assert window.opener.dialog is not None
    assert "Trường Mầm non Hà Thượng" in window.opener.dialog.windowTitle()
    window.opener.dialog.reject()


def test_a_double_click_on_what_is_for_another_office_says_whose_it_is(
    upper: Session, window: MainWindow, tmp_path: Path
) -> None:
    upper.file_opened.emit(for_upper(tmp_path / "usb", other_key()) / f"{papers.NAMES[0]}.htgoi")
    settle(upper)
    dialog = window.opener.dialog
    assert dialog is not None
    assert dialog.windowTitle() == "Tệp đã mã hóa cho nơi khác"
    assert "«Trường THCS Cù Vân»" in _texts(dialog)
    assert Code.ENCRYPTED.value in _texts(dialog)
    dialog.reject()


def press(opener: Opener, words: str) -> None:
    from hoctap_desktop.ui.widgets.buttons import Button

    assert opener.dialog is not None
    next(one for one in opener.dialog.findChildren(Button) if one.text() == words).click()
