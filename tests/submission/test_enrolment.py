import dataclasses
import io
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from hoctap_desktop.document.pdf import render
from hoctap_desktop.foundation.clock import VIETNAM
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.office.changing import change_upper
from hoctap_desktop.store.check import check
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission import enrolment, repository
from hoctap_desktop.submission.coming_down import take_down, trust_upper
from hoctap_desktop.submission.enrolment import accept, init_key, issue_roster, open_key, request, revoke
from hoctap_desktop.submission.examine import examine
from hoctap_desktop.submission.keys import make_key
from hoctap_desktop.submission.manifest import UnitName
from hoctap_desktop.submission.repository import Held
from hoctap_desktop.submission.roster import Roster
from hoctap_desktop.submission.seal import seal_enrolment, seal_roster
from hoctap_desktop.submission.unseal import unseal
from hoctap_desktop.submission.verdict import Receiver
from tests.document.scanner import codes
from tests.offices import HA_THUONG, commune_store, dai_tu, upper_store
from tests.submission.packages import AT, NOW, OWN, commune_key, other_key, sealed

PASSPHRASE = "mật khẩu dài"


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


def request_of(key: object = None, unit: object = HA_THUONG) -> bytes:
    """An enrolment request to the upper office."""
    recipient = UnitName("19-171-GDDT", "Phòng GDĐT")
    return seal_enrolment(unit, key or commune_key(), recipient, AT).data  # type: ignore[arg-type]


def refused(call: object, *words: object) -> Code:
    with pytest.raises(UserError) as refusal:
        call(*words)  # type: ignore[operator]
    assert str(refusal.value)
    return refusal.value.code


def test_a_key_is_made_once_and_opened_with_its_passphrase(commune: Store) -> None:
    assert refused(open_key, commune, PASSPHRASE) is Code.KEY_MISSING
    key = init_key(commune, PASSPHRASE, AT, 1000)
    assert open_key(commune, PASSPHRASE).key_hash == key.key_hash
    assert refused(open_key, commune, "mật khẩu khác") is Code.WRONG_PASSPHRASE
    assert refused(init_key, commune, PASSPHRASE, AT, 1000) is Code.KEY_EXISTS
    kept = repository.own_key(commune)
    assert kept is not None
    assert kept.fingerprint == key.fingerprint
    assert refused(repository.save_own_key, commune, kept) is Code.KEY_EXISTS


def test_a_weak_passphrase_makes_no_key(commune: Store) -> None:
    assert refused(init_key, commune, "ngắn", AT, 1000) is Code.WEAK_PASSPHRASE
    assert repository.own_key(commune) is None


def test_the_default_key_costs_600000_rounds(commune: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(enrolment, "to_pkcs12", lambda key, passphrase, rounds: str(rounds).encode())
    init_key(commune, PASSPHRASE, AT)
    kept = repository.own_key(commune)
    assert kept is not None
    assert kept.pkcs12 == b"600000"


def test_a_request_travels_from_the_commune_into_the_roster(commune: Store, upper: Store) -> None:
    key = init_key(commune, PASSPHRASE, AT, 1000)
    made = request(commune, key, AT)
    assert made.sealed.name == "05812-ubnd-xa-ha-thuong-dang-ky.htgoi"
    accepted = accept(upper, made.sealed.data, made.sealed.name, NOW, key.fingerprint)
    assert accepted.key.unit.code == "05812"
    assert accepted.key.key_hash == key.key_hash
    assert (accepted.key.accepted, accepted.key.valid_to) == (date(2022, 10, 14), date(2032, 10, 13))
    assert accepted.closed == ()
    known = repository.roster(upper)
    assert known == Roster(0, date(2022, 10, 14), (accepted.key,))
    assert repository.roster_certificate(upper, key.key_hash) == key.certificate
    assert repository.roster_certificate(upper, "00" * 32) is None
    assert check(upper) == ()


def test_the_sheet_prints_the_digits_and_a_place_for_the_stamp(commune: Store) -> None:
    from pypdf import PdfReader

    key = init_key(commune, PASSPHRASE, AT, 1000)
    printed = render(request(commune, key, NOW).sheet)
    text = PdfReader(io.BytesIO(printed.data)).pages[0].extract_text()
    assert printed.pages == 1
    for words in (
        *key.fingerprint.split(),
        "PHIẾU ĐĂNG KÝ KHÓA",
        "05812",
        "ký tên và đóng dấu",
        "PHÓ CHỦ TỊCH",
        "Khóa lập ngày 13/10/2022",
        "Phòng Giáo dục và Đào tạo huyện Đại Từ",
    ):
        assert words in text, words


def test_a_scanner_reads_the_digits_of_the_key_from_the_sheet(commune: Store, upper: Store) -> None:
    key = init_key(commune, PASSPHRASE, AT, 1000)
    asked = request(commune, key, NOW)
    ((scanned,),) = codes(render(asked.sheet).data, 2.0)
    assert accept(upper, asked.sealed.data, "a", NOW, scanned).key.fingerprint == key.fingerprint


def test_digits_that_differ_from_the_stamped_sheet_accept_nothing(upper: Store) -> None:
    wrong = "00000 " * 6
    assert refused(accept, upper, request_of(), "a", NOW, wrong) is Code.FINGERPRINT_DIFFERS
    assert repository.roster(upper).keys == ()


def test_a_request_is_accepted_once(upper: Store) -> None:
    accept(upper, request_of(), "a", NOW)
    assert refused(accept, upper, request_of(), "a", NOW) is Code.ALREADY_RECEIVED


@pytest.mark.parametrize("stolen", [False, True])
def test_a_key_that_was_replaced_or_revoked_is_never_accepted_again_and_says_so(upper: Store, stolen: bool) -> None:
    accept(upper, request_of(), "a", AT)
    accept(upper, request_of(other_key()), "b", NOW)
    if stolen:
        repository.change_roster_key(
            upper, dataclasses.replace(repository.roster(upper).keys[0], revoked=NOW.astimezone(VIETNAM).date())
        )
    known, later = repository.roster(upper), NOW + timedelta(days=2)
    digits = unseal(request_of(), "a").envelope.fingerprint
    # the request of before lies on the stick still: no news
    assert refused(accept, upper, request_of(), "a", later, digits) is Code.ALREADY_RECEIVED
    recipient = UnitName("19-171-GDDT", "Phòng GDĐT")
    anew = seal_enrolment(HA_THUONG, commune_key(), recipient, later).data
    wanted = Code.REVOKED_KEY if stolen else Code.EXPIRED_KEY
    assert refused(accept, upper, anew, "c", later, digits) is wanted
    assert examine(anew, "c", Receiver(known, "19-171-GDDT", later)).code is wanted
    assert examine(request_of(), "a", Receiver(known, "19-171-GDDT", later)).code is Code.ALREADY_RECEIVED
    assert repository.roster(upper) == known


def test_a_key_of_one_unit_is_not_accepted_for_another(upper: Store) -> None:
    accept(upper, request_of(), "a", NOW)
    school = dataclasses.replace(HA_THUONG, code="05812-THCS", short_name="Trường THCS Hà Thượng")
    assert refused(accept, upper, request_of(unit=school), "a", NOW) is Code.WRONG_UNIT


def test_requests_of_strangers_and_for_others_are_refused(upper: Store, commune: Store) -> None:
    stranger = dataclasses.replace(HA_THUONG, code="99999")
    assert refused(accept, upper, request_of(unit=stranger), "a", NOW) is Code.UNIT_UNKNOWN
    assert refused(accept, commune, request_of(), "a", NOW) is Code.WRONG_RECIPIENT
    assert refused(accept, upper, sealed().data, "a", NOW) is Code.WRONG_FILE_KIND
    assert refused(accept, upper, b"x", "a", NOW) is Code.NOT_A_PACKAGE
    assert refused(accept, upper, request_of(), "a", NOW + timedelta(days=5000)) is Code.EXPIRED_KEY
    assert repository.roster(upper).keys == ()


def test_after_a_lost_pc_the_new_key_closes_the_old_one(upper: Store) -> None:
    first = accept(upper, request_of(), "a", AT).key
    second = accept(upper, request_of(other_key()), "a", NOW)
    assert [(key.key_hash, key.valid_to, key.revoked) for key in second.closed] == [
        (first.key_hash, date(2022, 10, 14), None)
    ]
    assert second.key.epoch == 1
    assert repository.roster(upper).key(first.key_hash) == second.closed[0]


def test_after_a_theft_the_next_key_begins_a_new_epoch(upper: Store) -> None:
    first = accept(upper, request_of(), "a", AT).key
    assert [key.revoked for key in revoke(upper, "05812", NOW)] == [date(2022, 10, 14)]
    assert refused(revoke, upper, "05812", NOW) is Code.NO_OPEN_KEY
    assert refused(revoke, upper, "99999", NOW) is Code.UNIT_UNKNOWN
    second = accept(upper, request_of(other_key()), "a", NOW)
    assert (first.epoch, second.key.epoch, second.closed) == (1, 2, ())


def test_a_package_from_an_unknown_key_waits_and_accepting_the_key_releases_it(upper: Store) -> None:
    package = sealed()
    verdict = examine(package.data, package.name, Receiver(repository.roster(upper), "19-171-GDDT", NOW))
    assert verdict.code is Code.UNKNOWN_KEY
    held = Held(package.package_id, package.name, commune_key().key_hash, verdict.fingerprint, OWN, NOW)
    assert repository.hold(upper, held, package.data)
    assert not repository.hold(upper, held, package.data)
    assert repository.held_packages(upper) == (held,)
    assert repository.held_packages(upper, other_key().key_hash) == ()
    accepted = accept(upper, request_of(), "a", NOW)
    assert accepted.waiting == (held,)
    data = repository.held_data(upper, held)
    assert examine(data, held.file_name, Receiver(repository.roster(upper), "19-171-GDDT", NOW)).acceptable
    assert check(upper) == ()
    repository.let_go(upper, held.package_id, held.key_hash)
    assert repository.held_packages(upper) == ()


def test_the_roster_is_signed_and_numbered_and_a_new_number_means_a_change(upper: Store) -> None:
    key = init_key(upper, PASSPHRASE, AT, 1000)
    accept(upper, request_of(), "a", AT)
    first = issue_roster(upper, key, AT)
    assert issue_roster(upper, key, NOW) == first
    accept(upper, request_of(other_key()), "a", NOW)
    second = unseal(issue_roster(upper, key, NOW).data)
    assert isinstance(second.body, Roster)
    assert (second.body.number, second.manifest.revision, second.envelope.signer.key_hash) == (2, 2, key.key_hash)
    assert second.body.keys == repository.roster(upper).keys
    assert repository.roster(upper).number == 2
    assert check(upper) == ()


def test_a_row_changed_behind_our_back_is_told(upper: Store) -> None:
    accept(upper, request_of(), "a", AT)
    with upper.atomic() as db:
        db.execute("UPDATE roster_key SET unit_code = '05812-THCS'")
    with pytest.raises(UserError) as refusal:
        repository.roster(upper)
    assert refusal.value.code is Code.STORE_DAMAGED
    assert "khóa đã đăng ký" in check(upper)[0].where


def test_a_key_needs_a_unit(tmp_path: Path) -> None:
    from hoctap_desktop.store.database import create
    from tests.offices import CLOCK

    store = create(tmp_path / "new.hoctap", CLOCK)
    assert refused(init_key, store, PASSPHRASE, AT, 1000) is Code.UNIT_UNKNOWN
    store.close()


def test_cryptography_is_not_loaded_before_a_key_is_needed() -> None:
    code = (
        "import sys, hoctap_desktop.submission.enrolment, hoctap_desktop.submission.examine;"
        "sys.exit(sorted({'cryptography', 'reportlab', 'openpyxl', 'sqlite_utils'} & set(sys.modules)) != [])"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_two_keys_made_at_once_differ() -> None:
    assert make_key("x", "1", AT).key_hash != make_key("x", "1", AT).key_hash


def test_the_key_of_the_upper_unit_or_of_the_office_itself_is_no_units_below(upper: Store) -> None:
    """A key accepted as the upper unit's could sign replies and rosters for this office."""
    office = dai_tu()
    assert office.upper is not None
    for unit in (office.upper, office.own):
        asked = request_of(make_key(unit.name, unit.code, AT), unit)
        assert refused(accept, upper, asked, "a", NOW) is Code.UNIT_UNKNOWN
    assert repository.roster(upper).keys == ()


def test_the_key_of_a_former_upper_unit_is_vouched_for_by_nobody_below(upper: Store) -> None:
    key = init_key(upper, PASSPHRASE, AT, 1000)
    accept(upper, request_of(), "a", AT)
    former = dai_tu().upper
    assert former is not None
    above = make_key(former.name, former.code, AT)
    told = seal_roster(former, Roster(1, AT.date(), ()), above, AT)
    trust_upper(upper, told.data, told.name, AT)
    assert take_down(upper, told.data, told.name).code is None
    change_upper(upper, dataclasses.replace(former, code="X1", name="Sở Giáo dục và Đào tạo"))
    body = unseal(issue_roster(upper, key, AT).data).body
    assert isinstance(body, Roster)
    assert {one.unit.code for one in body.keys} == {OWN.code}
