import dataclasses
import io
import logging
import sqlite3
import traceback
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from hoctap_desktop.document.pdf import render
from hoctap_desktop.foundation import canonical_json
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.store.check import check
from hoctap_desktop.store.database import Store
from hoctap_desktop.store.rows import insert
from hoctap_desktop.submission import key_rows, own_keys, repository
from hoctap_desktop.submission.coming_down import take_down, trust_upper
from hoctap_desktop.submission.container import ANSWERS, PackageKind
from hoctap_desktop.submission.endorsement import endorse, endorser
from hoctap_desktop.submission.enrolment import accept, init_key, issue_roster, open_key, request, revoke
from hoctap_desktop.submission.examine import examine
from hoctap_desktop.submission.keys import Key, from_pkcs12, make_key, to_pkcs12
from hoctap_desktop.submission.model import Enrolment
from hoctap_desktop.submission.own_keys import (
    change_passphrase,
    key_backup,
    new_key,
    read_key_file,
    restore_key,
    write_backup,
)
from hoctap_desktop.submission.roster import Roster, RosterKey, roster_from_json, roster_json
from hoctap_desktop.submission.unseal import unseal
from hoctap_desktop.submission.verdict import Receiver
from tests.offices import HA_THUONG, commune_store, upper_store
from tests.submission.packages import AT, NOW, commune_key, edit_json, forge, other_key, roster
from tests.submission.test_enrolment import refused

OLD, NEW = "mật khẩu dài", "mật khẩu mới, dài hơn"
FEW = 1000
UPPER_CODE = "19-171-GDDT"


@pytest.fixture
def commune(tmp_path: Path) -> Iterator[Store]:
    store = commune_store(tmp_path / "xa.hoctap")
    yield store
    store.close()


@pytest.fixture
def upper(tmp_path: Path) -> Iterator[Store]:
    store = upper_store(tmp_path / "phong.hoctap")
    yield store
    store.close()


# --- passphrase ---------------------------------------------------------------------------------------------------


def test_a_changed_passphrase_opens_the_same_key_and_the_old_one_no_more(commune: Store) -> None:
    key = init_key(commune, OLD, AT, FEW)
    change_passphrase(commune, OLD, NEW, FEW)
    assert open_key(commune, NEW).key_hash == key.key_hash
    assert refused(open_key, commune, OLD) is Code.WRONG_PASSPHRASE
    assert check(commune) == ()


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [("sai rồi nhé", NEW, Code.WRONG_PASSPHRASE), (OLD, "ngắn", Code.WEAK_PASSPHRASE)],
)
def test_a_refused_change_leaves_the_key_byte_for_byte(commune: Store, old: str, new: str, code: Code) -> None:
    init_key(commune, OLD, AT, FEW)
    before = repository.own_key(commune)
    assert refused(change_passphrase, commune, old, new, FEW) is code
    assert repository.own_key(commune) == before


def test_a_change_that_breaks_off_leaves_every_key_as_it_was(commune: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    first = init_key(commune, OLD, AT, FEW)
    new_key(commune, OLD, NOW, first, FEW)
    before = (repository.own_key(commune), key_rows.former_keys(commune))

    seen: list[str] = []

    def breaking(db: sqlite3.Connection, table: str, row: Mapping[str, object]) -> None:
        seen.append(table)
        if table == "former_key":
            raise OSError("power cut")
        insert(db, table, row)

    monkeypatch.setattr(key_rows, "insert", breaking)
    with pytest.raises(OSError, match="power cut"):
        change_passphrase(commune, OLD, NEW, FEW)
    assert seen == ["own_key", "former_key"]
    assert (repository.own_key(commune), key_rows.former_keys(commune)) == before


def test_former_keys_go_under_the_new_passphrase_unless_they_had_another(commune: Store) -> None:
    first = init_key(commune, "một mật khẩu khác", AT, FEW)
    second = new_key(commune, OLD, AT + timedelta(days=1), first, FEW)
    new_key(commune, OLD, NOW, second, FEW)
    change_passphrase(commune, OLD, NEW, FEW)
    opens = {
        one.key.key_hash: [words for words in (OLD, NEW, "một mật khẩu khác") if _opens(one.key.pkcs12, words)]
        for one in key_rows.former_keys(commune)
    }
    assert opens == {first.key_hash: ["một mật khẩu khác"], second.key_hash: [NEW]}


def _opens(pkcs12: bytes, passphrase: str) -> bool:
    try:
        from_pkcs12(pkcs12, passphrase)
    except UserError:
        return False
    return True


def test_without_a_key_there_is_nothing_to_change_or_copy(commune: Store) -> None:
    assert refused(change_passphrase, commune, OLD, NEW, FEW) is Code.KEY_MISSING
    assert refused(key_backup, commune, AT) is Code.KEY_MISSING
    assert refused(new_key, commune, NEW, AT, None, FEW) is Code.KEY_MISSING


# --- copy and putting back ----------------------------------------------------------------------------------------


def test_a_copied_key_is_put_back_on_a_new_pc(commune: Store, tmp_path: Path) -> None:
    key = init_key(commune, OLD, AT, FEW)
    file, sheet = write_backup(key_backup(commune, NOW, "két sắt"), tmp_path)
    assert file.name == f"05812-ubnd-xa-ha-thuong-khoa-{key.fingerprint[:5]}-20221014.p12"
    assert sheet.read_bytes().startswith(b"%PDF-")
    fresh = commune_store(tmp_path / "moi.hoctap")
    assert refused(restore_key, fresh, file, "sai rồi nhé", FEW) is Code.WRONG_PASSPHRASE
    assert repository.own_key(fresh) is None
    assert restore_key(fresh, file, OLD, FEW).key_hash == key.key_hash
    assert open_key(fresh, OLD).certificate == key.certificate
    assert refused(restore_key, fresh, file, OLD, FEW) is Code.KEY_EXISTS
    assert check(fresh) == ()
    fresh.close()


def test_the_recovery_sheet_says_which_key_and_where_and_never_the_passphrase(commune: Store) -> None:
    from pypdf import PdfReader

    key = init_key(commune, OLD, AT, FEW)
    made = key_backup(commune, NOW, "két sắt phòng Văn thư")
    printed = render(made.sheet)
    text = PdfReader(io.BytesIO(printed.data)).pages[0].extract_text()
    assert printed.pages == 1
    for words in (*key.fingerprint.split(), "05812", "14/10/2022", "két sắt phòng Văn thư", made.name):
        assert words in text, words
    assert OLD not in text
    assert "......" in _text(key_backup(commune, NOW))


def _text(made: own_keys.KeyBackup) -> str:
    from pypdf import PdfReader

    return PdfReader(io.BytesIO(render(made.sheet).data)).pages[0].extract_text()


def test_files_that_hold_no_key_of_the_unit_are_refused(commune: Store, tmp_path: Path) -> None:
    from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12

    other = tmp_path / "other.p12"
    other.write_bytes(to_pkcs12(other_key(), OLD, FEW))
    assert refused(restore_key, commune, other, OLD, FEW) is Code.KEY_OF_OTHER_UNIT
    text = tmp_path / "text.p12"
    text.write_bytes(b"no key at all")
    assert refused(restore_key, commune, text, OLD, FEW) is Code.KEY_FILE_BAD
    bare = tmp_path / "bare.p12"
    bare.write_bytes(
        pkcs12.serialize_key_and_certificates(
            b"x", commune_key().private, None, None, BestAvailableEncryption(OLD.encode())
        )
    )
    assert refused(read_key_file, bare, OLD) is Code.KEY_FILE_BAD
    assert refused(restore_key, commune, tmp_path / "none.p12", OLD, FEW) is Code.FILE_UNREADABLE
    assert repository.own_key(commune) is None


# --- a new key ----------------------------------------------------------------------------------------------------


def test_a_new_key_is_confirmed_by_the_old_one_and_the_upper_office_is_told(commune: Store, upper: Store) -> None:
    first = init_key(commune, OLD, AT, FEW)
    accept(upper, request(commune, first, AT).sealed.data, "a", AT, first.fingerprint)
    second = new_key(commune, NEW, NOW, first, FEW)
    assert open_key(commune, NEW).key_hash == second.key_hash
    asked = request(commune, second, NOW).sealed
    opened = unseal(asked.data)
    assert isinstance(opened.body, Enrolment)
    old = endorser(opened.body.endorsement)
    assert old is not None
    assert old.key_hash == first.key_hash
    verdict = examine(asked.data, "a", Receiver(repository.roster(upper), UPPER_CODE, NOW))
    assert (verdict.code, [note.code for note in verdict.notes]) == (Code.UNKNOWN_KEY, [Code.KEY_CONFIRMED])
    assert "Khóa cũ xác nhận" in verdict.notes[0].sentence
    accepted = accept(upper, asked.data, "a", NOW, second.fingerprint)
    assert [note.code for note in accepted.notes] == [Code.KEY_CONFIRMED]
    assert [one.key_hash for one in accepted.closed] == [first.key_hash]
    assert accepted.key.epoch == 1
    assert check(commune) == check(upper) == ()


def test_the_old_key_confirms_nothing_once_it_was_revoked_closed_or_never_known(upper: Store, commune: Store) -> None:
    first = init_key(commune, OLD, AT, FEW)
    second = new_key(commune, NEW, NOW, first, FEW)
    asked = request(commune, second, NOW).sealed

    def notes() -> list[Code]:
        return [one.code for one in examine(asked.data, "a", Receiver(repository.roster(upper), UPPER_CODE, NOW)).notes]

    assert notes() == [Code.KEY_NOT_CONFIRMED]
    repository.add_roster_key(upper, _entry(first, valid_to=date(2022, 10, 13)), first.certificate)
    assert notes() == [Code.KEY_NOT_CONFIRMED]
    repository.change_roster_key(upper, _entry(first))
    assert notes() == [Code.KEY_CONFIRMED]
    revoke(upper, "05812", NOW)
    assert notes() == [Code.KEY_NOT_CONFIRMED]


def _entry(key: Key, **changes: Any) -> RosterKey:
    return dataclasses.replace(roster().keys[0], key_hash=key.key_hash, **changes)


def test_a_key_made_because_the_old_one_was_lost_says_nothing_of_it(commune: Store) -> None:
    init_key(commune, OLD, AT, FEW)
    second = new_key(commune, NEW, NOW, None, FEW)
    body = unseal(request(commune, second, NOW).sealed.data).body
    assert isinstance(body, Enrolment)
    assert body.endorsement == b""
    stranger = new_key(commune, NEW, NOW, other_key(), FEW)
    assert key_rows.endorsement(commune, stranger.key_hash) == b""  # only the office's own old key is asked


def test_an_endorsement_of_something_else_is_bad_content(commune: Store) -> None:
    first = init_key(commune, OLD, AT, FEW)
    second = new_key(commune, NEW, NOW, first, FEW)
    good = request(commune, second, NOW).sealed.data

    def told(value: object) -> Code:
        def change(tree: dict[str, object]) -> None:
            tree["previous"] = value

        data = forge(edit_json(ANSWERS, change), second, PackageKind.ENROLMENT, good)
        return refused(unseal, data, "a")

    import base64

    def spelled(data: bytes) -> str:
        return base64.b64encode(data).decode()

    assert told(None) is Code.BAD_CONTENT
    assert told("") is Code.BAD_CONTENT
    assert told(True) is Code.BAD_CONTENT
    assert told(spelled(endorse(first, other_key().certificate, NOW))) is Code.BAD_CONTENT
    assert told(spelled(endorse(second, second.certificate, NOW))) is Code.BAD_CONTENT  # a key that praises itself
    right = endorse(first, second.certificate, NOW)
    assert told(spelled(right + b"\0")) is Code.BAD_CONTENT
    assert told(spelled(right)[:-1] + "\n") is Code.BAD_CONTENT
    assert told("A" * 40_000) is Code.BAD_CONTENT
    for at in range(0, len(right), 7):
        bent = bytearray(right)
        bent[at] ^= 1
        assert told(spelled(bytes(bent))) is Code.BAD_CONTENT, at


def test_a_request_without_an_endorsement_is_spelled_as_it_always_was() -> None:
    from hoctap_desktop.submission.contents import enrolment_json

    tree = canonical_json.decode(enrolment_json(Enrolment(HA_THUONG, commune_key().certificate)))
    assert isinstance(tree, dict)
    assert sorted(tree) == ["certificate", "unit"]
    plain = canonical_json.decode(roster_json(roster()))
    assert isinstance(plain, dict)
    assert sorted(plain) == ["day", "keys", "number"]
    with_one = dataclasses.replace(roster(), endorsement=b"\1\2\3")
    assert roster_from_json(roster_json(with_one)) == with_one


# --- the upper unit's new key -------------------------------------------------------------------------------------


def test_a_new_key_of_the_upper_unit_is_taken_when_the_old_one_confirms_it(commune: Store, upper: Store) -> None:
    first = init_key(upper, OLD, AT, FEW)
    accept(upper, _request_of(commune_key()), "a", AT)
    one = issue_roster(upper, first, AT)
    trust_upper(commune, one.data, one.name, AT, first.fingerprint)
    assert take_down(commune, one.data, one.name).code is None
    second = new_key(upper, NEW, NOW, first, FEW)
    two = issue_roster(upper, second, NOW)
    body = unseal(two.data).body
    assert isinstance(body, Roster)
    assert body.number == 2
    verdict = take_down(commune, two.data, two.name)
    assert verdict.code is None
    assert "khóa cũ xác nhận" in verdict.sentence
    keys = {key.key_hash: key for key in repository.roster(commune).keys_of(UPPER_CODE)}
    assert set(keys) == {first.key_hash, second.key_hash}
    assert keys[second.key_hash].valid_to == second.details.valid_to.date()
    assert take_down(commune, two.data, two.name).code is Code.ALREADY_RECEIVED
    assert check(commune) == ()


def test_a_new_key_of_the_upper_unit_nobody_trusted_confirms_is_compared_again(commune: Store, upper: Store) -> None:
    first = init_key(upper, OLD, AT, FEW)
    accept(upper, _request_of(commune_key()), "a", AT)
    one = issue_roster(upper, first, AT)
    trust_upper(commune, one.data, one.name, AT, first.fingerprint)
    lost = new_key(upper, NEW, NOW, None, FEW)
    two = issue_roster(upper, lost, NOW)
    assert take_down(commune, two.data, two.name).code is Code.UNKNOWN_KEY
    third = new_key(upper, NEW, NOW, lost, FEW)  # confirmed, but by a key the commune never compared
    three = issue_roster(upper, third, NOW)
    assert take_down(commune, three.data, three.name).code is Code.UNKNOWN_KEY
    assert [key.key_hash for key in repository.roster(commune).keys] == [first.key_hash]


def _request_of(key: Key) -> bytes:
    from tests.submission.test_enrolment import request_of

    return request_of(key)


# --- nothing secret is told ---------------------------------------------------------------------------------------


def test_no_print_log_or_traceback_shows_a_passphrase_or_a_key(
    commune: Store, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    key = init_key(commune, OLD, AT, FEW)
    kept = repository.own_key(commune)
    private = f"{key.private.private_numbers().private_value:x}"  # type: ignore[union-attr]
    said = [repr(key), str(key), repr(kept), repr(key_backup(commune, AT).sheet)]
    for call, words in ((open_key, ("sai mật khẩu",)), (change_passphrase, ("sai mật khẩu", NEW, FEW))):
        with pytest.raises(UserError) as refusal:
            call(commune, *words)
        said += ["".join(traceback.format_exception(refusal.value)), repr(refusal.value.facts)]
    said.append(caplog.text)
    assert kept is not None
    for shown in said:
        for secret in (OLD, NEW, "sai mật khẩu", private, repr(kept.pkcs12)[2:40]):
            assert secret not in shown, shown
    assert repr(key) == "Key()"


def test_a_key_of_another_unit_never_becomes_the_offices(commune: Store) -> None:
    assert make_key(HA_THUONG.name, HA_THUONG.code, AT).key_hash != commune_key().key_hash
    init_key(commune, OLD, AT, FEW)
    first = repository.own_key(commune)
    assert first is not None
    new_key(commune, NEW, NOW, None, FEW)
    assert [one.key.key_hash for one in key_rows.former_keys(commune)] == [first.key_hash]


def test_what_a_replaced_key_signed_is_written_anew_with_a_new_number(upper: Store) -> None:
    from hoctap_desktop.submission.campaigns import already_issued_campaign, campaign_to_send, issue_campaign
    from hoctap_desktop.submission.unseal import signed_by

    first = init_key(upper, OLD, AT, FEW)
    rosters, campaigns = [issue_roster(upper, first, AT)], [issue_campaign(upper, first, AT)]
    assert issue_campaign(upper, first, NOW) == campaigns[0]
    second = new_key(upper, NEW, NOW, first, FEW)
    assert already_issued_campaign(upper, campaign_to_send(upper)) is None
    rosters.append(issue_roster(upper, second, NOW))
    campaigns.append(issue_campaign(upper, second, NOW))
    for files in (rosters, campaigns):
        assert [signed_by(one.data) for one in files] == [first.key_hash, second.key_hash]
        assert [unseal(one.data).manifest.revision for one in files] == [1, 2]
    assert already_issued_campaign(upper, campaign_to_send(upper)) == campaigns[1]


def test_a_key_file_of_another_curve_is_refused_before_anything_is_signed(commune: Store, tmp_path: Path) -> None:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import pkcs12
    from cryptography.x509.oid import NameOID

    private = ec.generate_private_key(ec.SECP384R1())
    name = x509.Name([x509.NameAttribute(NameOID.SERIAL_NUMBER, HA_THUONG.code)])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(private.public_key())
    made = made.serial_number(5).not_valid_before(AT).not_valid_after(AT + timedelta(days=99))
    locked = serialization.BestAvailableEncryption(OLD.encode())
    file = tmp_path / "khoa.p12"
    file.write_bytes(
        pkcs12.serialize_key_and_certificates(b"x", private, made.sign(private, hashes.SHA256()), None, locked)
    )
    assert refused(restore_key, commune, file, OLD, FEW) is Code.KEY_FILE_BAD
    assert repository.own_key(commune) is None
