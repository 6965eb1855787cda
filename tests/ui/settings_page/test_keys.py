"""Thiết lập, Khóa: passphrase, copy, new key, token, keys of the units; the open key rests and is let go."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from hoctap_desktop.store.database import Store
from hoctap_desktop.submission import key_rows
from hoctap_desktop.submission.enrolment import accept, init_key, open_key
from hoctap_desktop.submission.keys import Key
from hoctap_desktop.submission.repository import own_key, roster
from hoctap_desktop.submission.tokens import TokenSigner
from hoctap_desktop.ui.settings_page.key_dialogs import SecretDialog, TokenDialog, UnitKeysDialog
from hoctap_desktop.ui.settings_page.key_part import BACK, CHANGE, COPY, LOST, NEW, UNITS, KeyPart
from hoctap_desktop.ui.settings_page.key_presenter import UnitKey, unit_keys
from hoctap_desktop.ui.settings_page.page import SettingsPage
from hoctap_desktop.ui.submission.key_dialog import KeyDialog
from hoctap_desktop.ui.submission.office_key import OfficeKey
from hoctap_desktop.ui.widgets.dialog import Dialog
from tests.submission.packages import AT, other_key
from tests.submission.softhsm import PIN, soft_token
from tests.submission.test_enrolment import request_of
from tests.ui.conftest import Office, OpenOffice

OLD, FRESH = "mật khẩu dài", "mật khẩu mới, dài hơn"
FEW = 1000


def make_key(store: Store) -> None:
    init_key(store, OLD, store.clock(), FEW)


def opened_part(office: Office, qtbot: QtBot) -> tuple[SettingsPage, KeyPart]:
    page = SettingsPage(office.session)
    qtbot.addWidget(page)
    page.resize(1182, 654)
    page.show()
    page.key._rounds = FEW
    page.enter("key")
    office.settle()
    return page, page.key


@pytest.fixture
def keyed(office: Office, qtbot: QtBot) -> tuple[Office, SettingsPage, KeyPart]:
    """An office with a key, its settings open."""
    office.session.jobs.run(make_key)
    office.settle()
    page, part = opened_part(office, qtbot)
    return office, page, part


Keyed = tuple[Office, SettingsPage, KeyPart]


def done(office: Office, job: Callable[[Store], object]) -> Any:
    """What a job on the store gave."""
    given: list[object] = []
    office.session.jobs.run(job, given.append)
    office.settle()
    return given[0]


def secrets(part: KeyPart) -> SecretDialog:
    assert isinstance(part.dialog, SecretDialog)
    return part.dialog


def give(office: Office, dialog: SecretDialog, old: str = "", new: str = "", again: str | None = None) -> None:
    if dialog.old is not None:
        dialog.old.set_text(old)
    if dialog.first is not None and dialog.again is not None:
        dialog.first.set_text(new)
        dialog.again.set_text(new if again is None else again)
    dialog.button.click()
    office.settle()


def shown(part: KeyPart) -> set[str]:
    return {words for words, button in part.buttons.items() if button.isVisible()}


def test_without_a_key_there_is_only_putting_one_back_or_a_token(office: Office, qtbot: QtBot) -> None:
    _page, part = opened_part(office, qtbot)
    assert shown(part).isdisjoint({CHANGE, COPY, NEW, LOST, UNITS})
    assert part.buttons[BACK].isVisible()
    assert "chưa có khóa" in part.said.text()


def test_the_passphrase_is_changed_and_a_wrong_one_is_told_in_the_dialog(keyed: Keyed) -> None:
    office, page, part = keyed
    dialog = part.ask_change()
    give(office, dialog, "sai rồi", FRESH)
    assert secrets(part).old.edit.property("state") == "error"  # type: ignore[union-attr]
    give(office, dialog, OLD, "ngắn")
    assert secrets(part).first.edit.property("state") == "error"  # type: ignore[union-attr]
    give(office, dialog, OLD, FRESH, "khác hẳn")
    assert secrets(part).again.edit.property("state") == "error"  # type: ignore[union-attr]
    give(office, dialog, OLD, FRESH)
    assert part.dialog is None
    assert "Đã đổi mật khẩu" in page.banners.texts()["key"]
    assert done(office, lambda store: open_key(store, FRESH).key_hash)


def test_what_is_being_done_with_a_key_is_not_broken_off_by_closing_its_question(keyed: Keyed) -> None:
    office, page, part = keyed
    dialog = part.ask_change()
    give(office, dialog, "sai rồi", FRESH)
    dialog.old.set_text(OLD)  # type: ignore[union-attr]
    dialog.button.click()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert not dialog.button.isEnabled()
    office.settle()
    assert part.dialog is None
    assert "Đã đổi mật khẩu" in page.banners.texts()["key"]

    acts: list[object] = []
    OfficeKey.of(office.session).then(page, acts.append)
    office.settle()
    asked = OfficeKey.of(office.session).dialog
    assert asked is not None
    asked.first.set_text("sai rồi")
    asked.button.click()
    office.settle()
    asked.reject()  # no answer is out: the question goes
    assert OfficeKey.of(office.session).dialog is None
    assert acts == []


def test_what_is_typed_is_never_shown(keyed: Keyed) -> None:
    _office, _page, part = keyed
    dialog = part.ask_change()
    boxes = [box for box in (dialog.old, dialog.first, dialog.again) if box is not None]
    assert [box.edit.echoMode() for box in boxes] == [QLineEdit.EchoMode.Password] * 3
    dialog.reject()


def test_a_copy_is_written_with_its_sheet_and_put_back_elsewhere(
    keyed: Keyed, open_office: OpenOffice, tmp_path: Path, qtbot: QtBot
) -> None:
    office, page, part = keyed
    usb = tmp_path / "usb"
    usb.mkdir()
    part.copy_into(usb)
    office.settle()
    (file,) = usb.glob("*.p12")
    assert [one.suffix for one in sorted(usb.iterdir())] == [".p12", ".pdf"]
    assert "phiếu khôi phục" in page.banners.texts()["key"]
    done(office, _without_key)
    part.look_again()
    office.settle()
    dialog = part.ask_back(file)
    give(office, dialog, "sai rồi")
    assert secrets(part).old.edit.property("state") == "error"  # type: ignore[union-attr]
    give(office, dialog, OLD)
    assert part.dialog is None
    assert part.digits.text() == done(office, own_key).fingerprint
    assert OfficeKey.of(office.session).key is not None


def _without_key(store: Store) -> None:
    with store.atomic() as db:
        db.execute("DELETE FROM own_key")


def test_a_new_key_is_confirmed_by_the_old_one(keyed: Keyed) -> None:
    office, page, part = keyed
    part.ask_new()
    office.settle()
    asks = OfficeKey.of(office.session).dialog
    assert isinstance(asks, KeyDialog)
    asks.first.set_text(OLD)
    asks.button.click()
    office.settle()
    give(office, secrets(part), new=FRESH)
    former = done(office, key_rows.former_keys)
    assert [bool(one.endorsement) for one in former] == [True]
    assert "Khóa cũ đã ký xác nhận" in page.banners.texts()["key"]
    signer = OfficeKey.of(office.session).key
    assert signer is not None
    assert part.digits.text() == signer.fingerprint


def test_a_lost_key_is_replaced_without_its_word(keyed: Keyed) -> None:
    office, page, part = keyed
    give(office, part.ask_lost(), new=FRESH)
    former = done(office, key_rows.former_keys)
    assert [bool(one.endorsement) for one in former] == [False]
    assert "phiếu có dấu" in page.banners.texts()["key"]


# --- the open key -------------------------------------------------------------------------------------------------


def test_the_key_is_let_go_by_hand_after_its_rest_and_on_leaving(keyed: Keyed, qtbot: QtBot) -> None:
    office, _page, part = keyed
    keeper = OfficeKey.of(office.session)
    key = done(office, lambda store: open_key(store, OLD))
    assert isinstance(key, Key)
    keeper.key = key
    assert part.lock.isVisible()
    assert "đang mở" in part.open_state.text()
    part.lock.click()
    assert keeper.key is None
    assert not part.lock.isVisible()
    keeper.key = key
    assert keeper._rest.isActive()
    assert keeper._rest.interval() == 30 * 60_000
    part.rest.chosen.emit(5)
    assert office.session.settings.key_minutes == 5
    assert keeper._rest.interval() == 5 * 60_000
    with qtbot.waitSignal(keeper.changed):
        keeper._rest.start(0)  # the minutes are over
    assert keeper.key is None
    keeper.key = key
    part.rest.chosen.emit(0)
    assert not keeper._rest.isActive()
    office.session.leave_office.emit()
    assert keeper.key is None


def test_the_passphrase_is_asked_once_while_the_key_is_open(keyed: Keyed) -> None:
    office, page, _part = keyed
    keeper = OfficeKey.of(office.session)
    acts: list[object] = []
    keeper.then(page, acts.append)
    office.settle()
    assert isinstance(keeper.dialog, KeyDialog)
    keeper.dialog.first.set_text(OLD)
    keeper.dialog.button.click()
    office.settle()
    keeper.then(page, acts.append)
    assert len(acts) == 2
    assert keeper.dialog is None


def test_no_log_line_holds_a_passphrase(keyed: Keyed, caplog: pytest.LogCaptureFixture) -> None:
    office, page, part = keyed
    caplog.set_level(logging.DEBUG)
    dialog = part.ask_change()
    give(office, dialog, "không phải nó đâu", FRESH)
    dialog.reject()
    keeper = OfficeKey.of(office.session)
    keeper.then(page, print)
    office.settle()
    assert keeper.dialog is not None
    keeper.dialog.first.set_text("cũng không phải")
    keeper.dialog.button.click()
    office.settle()
    keeper.dialog.reject()
    for secret in ("không phải nó đâu", FRESH, "cũng không phải"):
        assert secret not in caplog.text


# --- a token ------------------------------------------------------------------------------------------------------


def test_a_token_is_chosen_confirmed_by_the_old_key_and_its_pin_asked_for(
    keyed: Keyed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, page, part = keyed
    library = soft_token(tmp_path, monkeypatch, "EC").library
    part.look_at_token(library)
    office.settle()
    chooses = part.dialog
    assert isinstance(chooses, TokenDialog)
    digits = chooses.digits.text()
    chooses.button.click()
    office.settle()
    keeper = OfficeKey.of(office.session)
    assert keeper.dialog is not None
    keeper.dialog.first.set_text(OLD)
    keeper.dialog.button.click()
    office.settle()
    assert (part.digits.text(), part.state.token) == (digits, "Token EC")
    assert not part.buttons[CHANGE].isVisible()
    assert "Khóa cũ đã ký xác nhận" in page.banners.texts()["key"]
    signers: list[object] = []
    keeper.then(page, signers.append)  # the key of the machine was let go
    office.settle()
    asks = keeper.dialog
    assert asks is not None
    assert asks.first.label.text() == "Mã PIN"
    asks.first.set_text("000000")
    asks.button.click()
    office.settle()
    assert asks.first.edit.property("state") == "error"
    asks.first.set_text(PIN)
    asks.button.click()
    office.settle()
    assert [type(one) for one in signers] == [TokenSigner]
    keeper.lock()


def test_a_file_that_is_no_library_is_a_problem_told(keyed: Keyed, tmp_path: Path) -> None:
    office, _page, part = keyed
    told: list[object] = []
    office.session.jobs.unhandled.connect(told.append)
    part.look_at_token(tmp_path / "none.dll")
    office.settle()
    assert "thư viện PKCS#11" in str(told[0])


# --- the units below ----------------------------------------------------------------------------------------------


def test_the_upper_office_sees_its_units_keys_and_revokes_a_stolen_one(open_office: OpenOffice, qtbot: QtBot) -> None:
    office = open_office("19-171-GDDT")
    done(office, lambda store: accept(store, request_of(other_key()), "a", AT))
    _page, part = opened_part(office, qtbot)
    part.buttons[UNITS].click()
    office.settle()
    dialog = part.dialog
    assert isinstance(dialog, UnitKeysDialog)
    assert list(dialog.buttons) == ["05812"]
    dialog.buttons["05812"].click()
    asks = part.dialog
    assert isinstance(asks, Dialog)
    part._revoke(_only_unit_key(office))
    asks.reject()
    office.settle()
    (key,) = done(office, roster).keys_of("05812")
    assert key.revoked is not None
    assert not _only_unit_key(office).open


def _only_unit_key(office: Office) -> UnitKey:
    (found,) = done(office, unit_keys)
    assert isinstance(found, UnitKey)
    return found


def test_the_roster_is_written_for_the_units(open_office: OpenOffice, qtbot: QtBot, tmp_path: Path) -> None:
    office = open_office("19-171-GDDT")
    done(office, lambda store: accept(store, request_of(other_key()), "a", AT))
    page, part = opened_part(office, qtbot)
    key = done(office, lambda store: init_key(store, OLD, store.clock(), FEW))
    assert isinstance(key, Key)
    part.issue_into(tmp_path, key)
    office.settle()
    assert [one.suffix for one in tmp_path.glob("*khoa-so-1*")] == [".htgoi"]
    assert "Đã ghi" in page.banners.texts()["key"]
