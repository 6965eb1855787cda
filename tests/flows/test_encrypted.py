"""Encrypted on the way: sealed by a unit, taken in by its upper unit, through new keys on both sides."""

import contextlib
import os
import signal
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from hoctap_desktop.cli import main
from hoctap_desktop.consolidation.desk import receive
from hoctap_desktop.consolidation.intake import intake
from hoctap_desktop.consolidation.scan import encrypted_heads
from hoctap_desktop.consolidation.verdict_lines import Outcome, Summary
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.office.filings import finalise
from hoctap_desktop.office.sample import make_sample
from hoctap_desktop.store.check import check
from hoctap_desktop.store.database import Store, open_store
from hoctap_desktop.submission import repository
from hoctap_desktop.submission.coming_down import take_down, trust_upper
from hoctap_desktop.submission.encrypted_files import encrypted, own_readers, unlock, wanted
from hoctap_desktop.submission.encryption import can_be_encrypted_to, decrypt, encrypt
from hoctap_desktop.submission.enrolment import accept, init_key, issue_roster, request
from hoctap_desktop.submission.keys import Key
from hoctap_desktop.submission.outgoing import note_out, outbox, sealed_file, write_to
from hoctap_desktop.submission.own_keys import change_passphrase, new_key, use_token
from hoctap_desktop.submission.tokens import keys_on, open_token
from hoctap_desktop.ui.arrived import Next, look_at
from tests.offices import CLOCK
from tests.submission.packages import other_key
from tests.submission.softhsm import PIN, soft_token
from tests.submission.test_encryption import signing_only
from tests.submission.test_enrolment import refused

UPPER, ID = "19-171-GDDT", "2022-report"
PASSPHRASE, LATER, FEW = "mật khẩu dài", "mật khẩu khác", 1000
AT = CLOCK()


@dataclass
class Offices:
    """Both stores with their keys, compared in both directions, and the unit's report made final."""

    commune: Store
    upper: Store
    key: Key
    theirs: Key

    def unlocked(self, stick: Path, passphrase: str = PASSPHRASE) -> Summary:
        """The stick taken in by the upper unit, its passphrase given."""
        keys = unlock(wanted(self.upper, encrypted_heads([stick])), passphrase)
        return intake(self.upper, [stick], keys=keys)


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[Offices]:
    commune = make_sample(tmp_path / "xa.hoctap", CLOCK)
    upper = make_sample(tmp_path / "phong.hoctap", CLOCK, UPPER)
    found = Offices(commune, upper, init_key(commune, PASSPHRASE, AT, FEW), init_key(upper, PASSPHRASE, AT, FEW))
    asked = request(commune, found.key, AT).sealed
    accept(upper, asked.data, asked.name, AT, found.key.fingerprint)
    compare(found)
    finalise(commune, ID)
    yield found
    for store in (commune, upper):
        with contextlib.suppress(sqlite3.ProgrammingError):  # a test may have closed it
            store.close()


def compare(offices: Offices) -> None:
    """The unit compares the digits of its upper unit's list on paper."""
    listed = issue_roster(offices.upper, offices.theirs, AT)
    trust_upper(offices.commune, listed.data, listed.name, AT, offices.theirs.fingerprint)
    assert take_down(offices.commune, listed.data, listed.name).code is None


def out(offices: Offices, folder: Path) -> Path:
    """The report onto a stick, encrypted."""
    folder.mkdir(exist_ok=True)
    made = sealed_file(offices.commune, ID, offices.key, AT, encrypt=True)
    note_out(offices.commune, made, "USB", AT)
    return write_to(folder, made.name, made.data)


def test_what_is_encrypted_is_the_sealed_file_and_both_offices_open_it(offices: Offices, tmp_path: Path) -> None:
    path = out(offices, tmp_path / "usb")
    plain = sealed_file(offices.commune, ID, None, AT)
    assert path.name == plain.name.replace(".htgoi", "-ma-hoa.htgoi")
    for key in (offices.key, offices.theirs):
        assert decrypt(path.read_bytes(), path.name, (key,)) == plain.data
    assert refused(decrypt, path.read_bytes(), path.name, (other_key(),)) is Code.ENCRYPTED


def test_the_same_revision_for_the_same_keys_is_the_same_file_and_is_kept(offices: Offices, tmp_path: Path) -> None:
    path = out(offices, tmp_path / "usb")
    again = sealed_file(offices.commune, ID, None, AT, encrypt=True)
    assert again.data == path.read_bytes()
    shown = outbox(offices.commune).of(ID)
    assert shown is not None
    assert shown.sealed == again
    assert check(offices.commune) == ()
    plain = sealed_file(offices.commune, ID, None, AT)
    note_out(offices.commune, plain, "USB", AT.replace(minute=59))
    shown = outbox(offices.commune).of(ID)
    assert shown is not None
    assert shown.sealed == plain  # the form it went out in last


def test_whoever_signs_for_a_merged_unit_is_the_sender_who_can_open_it(offices: Offices) -> None:
    made = sealed_file(offices.commune, ID, other_key(), AT, encrypt=True)
    plain = sealed_file(offices.commune, ID, None, AT)
    for key in (other_key(), offices.theirs):
        assert decrypt(made.data, "", (key,)) == plain.data


def test_another_encrypted_file_of_that_name_is_never_written_over(offices: Offices, tmp_path: Path) -> None:
    path = out(offices, tmp_path / "usb")
    other = encrypted(offices.commune, sealed_file(offices.commune, ID, None, AT), AT).data
    path.write_bytes(other[:-1])  # a broken copy
    write_to(path.parent, path.name, other)
    fresh = make_another(other, offices)
    assert refused(write_to, path.parent, path.name, fresh) is Code.FILE_IN_THE_WAY
    assert path.read_bytes() == other


def test_encrypted_files_are_taken_in_a_group_as_any_others(
    offices: Offices, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = out(offices, tmp_path / "usb")
    (path.parent / "b.htgoi").write_bytes(path.read_bytes())
    monkeypatch.setattr("hoctap_desktop.consolidation.intake._Desk._alone", None)  # not one by one
    found = offices.unlocked(path.parent)
    assert [line.outcome for line in found.lines] == [Outcome.TAKEN, Outcome.UNCHANGED]


def make_another(data: bytes, offices: Offices) -> bytes:
    """The same content encrypted once more: another file, nobody can tell from outside of what."""
    return encrypt(decrypt(data, "", (offices.key,)), (offices.key.details, offices.theirs.details))


def test_without_the_passphrase_it_is_told_and_with_it_taken_and_answered_by_its_inner_id(
    offices: Offices, tmp_path: Path
) -> None:
    path = out(offices, tmp_path / "usb")
    (line,) = intake(offices.upper, [path.parent]).lines
    assert (line.outcome, line.code) == (Outcome.REFUSED, Code.ENCRYPTED_LOCKED)
    assert "khóa đang dùng" in line.sentence
    assert refused(offices.unlocked, path.parent, "sai mật khẩu") is Code.WRONG_PASSPHRASE

    (line,) = offices.unlocked(path.parent).lines
    plain = sealed_file(offices.commune, ID, None, AT)
    assert (line.outcome, line.code, line.package_id) == (Outcome.TAKEN, None, plain.package_id)
    kept = [one.read_bytes() for one in offices.upper.files.iterdir()]
    assert plain.data in kept  # readable without the key from now on
    assert path.read_bytes() not in kept
    (line,) = offices.unlocked(path.parent).lines
    assert line.code is Code.ALREADY_RECEIVED
    assert check(offices.upper) == ()


def test_one_bad_file_on_a_stick_keeps_no_other_out(offices: Offices, tmp_path: Path) -> None:
    path = out(offices, tmp_path / "usb")
    data = path.read_bytes()
    (path.parent / "cut.htgoi").write_bytes(data[:-40])
    (path.parent / "bent.htgoi").write_bytes(data[:-20] + bytes([data[-20] ^ 1]) + data[-19:])
    (path.parent / "mat-ten").write_bytes(data)  # its name was lost on the way
    lines = {one.file: one.code for one in offices.unlocked(path.parent).lines}
    assert lines == {
        "cut.htgoi": Code.NOT_A_PACKAGE,
        "bent.htgoi": Code.DAMAGED_ENCRYPTION,
        path.name: None,
        "mat-ten": Code.ALREADY_RECEIVED,
    }


def test_the_desk_of_the_window_opens_them_the_same_way(offices: Offices, tmp_path: Path) -> None:
    path = out(offices, tmp_path / "usb")
    (key,) = unlock(wanted(offices.upper, encrypted_heads([path])), PASSPHRASE)
    desk = receive(offices.upper, lambda *_: None, [path], keys=(key,))
    assert [line.outcome for line in desk.lines] == [Outcome.TAKEN]


def test_it_is_refused_before_the_upper_units_key_was_compared_and_nothing_is_sealed(tmp_path: Path) -> None:
    commune = make_sample(tmp_path / "xa.hoctap", CLOCK)
    key = init_key(commune, PASSPHRASE, AT, FEW)
    finalise(commune, ID)
    with pytest.raises(UserError) as refusal:
        sealed_file(commune, ID, key, AT, encrypt=True)
    assert refusal.value.code is Code.RECIPIENT_KEY_UNKNOWN
    assert "danh sách khóa" in str(refusal.value)
    assert outbox(commune).cannot_encrypt == str(refusal.value)
    assert repository.sent_packages(commune) == ()
    commune.close()


@pytest.mark.parametrize("whose", ["recipient", "own"])
def test_a_key_of_an_earlier_program_only_signs(
    whose: str, offices: Offices, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = offices.theirs.certificate if whose == "recipient" else offices.key.certificate
    monkeypatch.setattr(
        "hoctap_desktop.submission.encrypted_files.can_be_encrypted_to",
        lambda one: can_be_encrypted_to(signing_only() if one == old else one),
    )
    code = Code.RECIPIENT_KEY_ONLY_SIGNS if whose == "recipient" else Code.OWN_KEY_ONLY_SIGNS
    assert refused(out, offices, tmp_path / "usb") is code
    assert repository.sent_packages(offices.commune) == ()


def test_old_keys_open_old_files_and_new_files_go_to_the_new_key(offices: Offices, tmp_path: Path) -> None:
    before = out(offices, tmp_path / "usb")
    old = offices.theirs
    offices.theirs = new_key(offices.upper, PASSPHRASE, AT, old, FEW)
    change_passphrase(offices.upper, PASSPHRASE, LATER, FEW)
    (line,) = intake(offices.upper, [before]).lines
    assert line.code is Code.ENCRYPTED_LOCKED
    assert "khóa cũ, thay ngày" in line.sentence
    (line,) = offices.unlocked(before, LATER).lines
    assert line.outcome is Outcome.TAKEN

    listed = issue_roster(offices.upper, offices.theirs, AT)
    assert take_down(offices.commune, listed.data, listed.name).code is None
    after = out(offices, tmp_path / "usb2")
    assert refused(decrypt, after.read_bytes(), "", (old,)) is Code.ENCRYPTED
    assert decrypt(after.read_bytes(), "", (offices.theirs,)) == decrypt(before.read_bytes(), "", (old,))
    (line,) = offices.unlocked(after, LATER).lines
    assert line.code is Code.ALREADY_RECEIVED


def test_a_forgotten_passphrase_of_an_old_key_is_told_apart(offices: Offices, tmp_path: Path) -> None:
    before = out(offices, tmp_path / "usb")
    new_key(offices.upper, LATER, AT, None, FEW)  # the old passphrase was forgotten
    assert refused(offices.unlocked, before, LATER) is Code.WRONG_PASSPHRASE
    assert [one.outcome for one in offices.unlocked(before, PASSPHRASE).lines] == [Outcome.TAKEN]


def test_a_double_click_asks_for_the_key_and_goes_on_as_with_the_inner_file(offices: Offices, tmp_path: Path) -> None:
    path = out(offices, tmp_path / "usb")
    asked = look_at(offices.upper, path)
    assert (asked.next, asked.code, len(asked.wanted)) == (Next.UNLOCK, Code.ENCRYPTED_LOCKED, 1)
    found = look_at(offices.upper, path, (offices.theirs,))
    assert found.next is Next.RECEIVE
    mine = look_at(offices.commune, path, (offices.key,))
    assert (mine.next, mine.filing) == (Next.SENT, ID)

    stranger = make_sample(tmp_path / "khac.hoctap", CLOCK, "19-171-GDDT")
    told = look_at(stranger, path)
    assert (told.next, told.code, told.button) == (Next.NOTHING, Code.ENCRYPTED, "")
    assert "«Ủy ban nhân dân xã Hà Thượng»" in told.text
    stranger.close()


def test_a_token_opens_what_was_encrypted_to_it(
    offices: Offices, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (chosen,) = keys_on(soft_token(tmp_path, monkeypatch, "RSA").library)
    use_token(offices.upper, chosen, AT, offices.theirs)
    signer = open_token(chosen.place, PIN)
    try:
        listed = issue_roster(offices.upper, signer, AT)
    finally:
        signer.close()
    assert take_down(offices.commune, listed.data, listed.name).code is None
    path = out(offices, tmp_path / "usb")
    (reader,) = wanted(offices.upper, encrypted_heads([path]))
    assert "thiết bị ký" in reader.words
    assert refused(unlock, (reader,), "000000") is Code.TOKEN_PIN_WRONG
    assert [one.outcome for one in offices.unlocked(path, PIN).lines] == [Outcome.TAKEN]


def test_a_token_that_was_pulled_out_is_told_in_each_line_and_its_login_is_over(
    offices: Offices, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (chosen,) = keys_on(soft_token(tmp_path, monkeypatch, "EC").library)
    use_token(offices.upper, chosen, AT, offices.theirs)
    signer = open_token(chosen.place, PIN)
    listed = issue_roster(offices.upper, signer, AT)
    assert take_down(offices.commune, listed.data, listed.name).code is None
    path = out(offices, tmp_path / "usb")
    (path.parent / "b.htgoi").write_bytes(path.read_bytes())
    os.kill(signer.pid, signal.SIGKILL)
    lines = intake(offices.upper, [path.parent], keys=(signer,)).lines
    assert {line.code for line in lines} == {Code.TOKEN_BROKE}
    assert not signer.alive
    assert [line.outcome for line in offices.unlocked(path, PIN).lines] == [Outcome.TAKEN]


def test_an_office_whose_own_key_is_on_a_token_tries_it_before_it_encrypts(
    offices: Offices, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (chosen,) = keys_on(soft_token(tmp_path, monkeypatch, "EC").library)
    use_token(offices.commune, chosen, AT, offices.key)
    sealed_file(offices.commune, ID, offices.key, AT)
    assert refused(partial(sealed_file, encrypt=True), offices.commune, ID, None, AT) is Code.KEY_MISSING
    signer = open_token(chosen.place, PIN)
    try:
        made = sealed_file(offices.commune, ID, signer, AT, encrypt=True)
        assert decrypt(made.data, "", (signer,)) == sealed_file(offices.commune, ID, None, AT).data
    finally:
        signer.close()


def test_the_command_line_seals_says_and_receives(
    offices: Offices, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    commune, upper = offices.commune.path, offices.upper.path
    offices.commune.close()
    offices.upper.close()
    monkeypatch.setenv("HOCTAP_PASSPHRASE", PASSPHRASE)
    assert main(["seal", str(commune), "report", "--out", str(tmp_path / "usb"), "--encrypt"]) == 0
    (path,) = (tmp_path / "usb").iterdir()
    assert path.name.endswith("-ma-hoa.htgoi")
    assert "Đã mã hóa" in capsys.readouterr().out
    assert main(["verify", str(path)]) == 1
    assert "[encrypted]" in capsys.readouterr().out

    monkeypatch.setenv("HOCTAP_PASSPHRASE", "sai mật khẩu")
    assert main(["receive", str(upper), str(path)]) == 1
    assert "wrong_passphrase" in capsys.readouterr().err
    monkeypatch.delenv("HOCTAP_PASSPHRASE")
    monkeypatch.setattr("getpass.getpass", no_terminal)
    assert main(["receive", str(upper), str(path)]) == 1
    assert "[encrypted_locked]" in capsys.readouterr().out
    secret = tmp_path / "secret.txt"
    secret.write_text(PASSPHRASE + "\n", "utf-8")
    assert main(["receive", str(upper), str(path), "--passphrase-file", str(secret)]) == 0
    capsys.readouterr()
    with_store = open_store(upper, CLOCK)
    assert len(own_readers(with_store)) == 1
    with_store.close()


def no_terminal(_prompt: str) -> str:
    raise EOFError
