import subprocess
import unicodedata
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hoctap_desktop.foundation.clock import VIETNAM
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.submission.fingerprint import fingerprint, same_fingerprint
from hoctap_desktop.submission.keys import ROUNDS, Key, certified_code, from_pkcs12, make_key, to_pkcs12
from tests.submission.packages import AT, commune_key, rsa_key

PASSPHRASE = "Tuần lễ 2022"
FEW = 1000  # rounds: the default takes a third of a second


def openssl(folder: Path, *words: str) -> str:
    done = subprocess.run(["openssl", *words], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


def test_a_key_is_opened_with_its_passphrase() -> None:
    for key in (commune_key(), rsa_key()):
        opened = from_pkcs12(to_pkcs12(key, PASSPHRASE, FEW), PASSPHRASE)
        assert opened.certificate == key.certificate
        assert opened.key_hash == key.key_hash
        assert opened.private.private_numbers() == key.private.private_numbers()


def test_the_same_letters_typed_decomposed_open_it_too() -> None:
    kept = to_pkcs12(commune_key(), unicodedata.normalize("NFD", PASSPHRASE), FEW)
    assert from_pkcs12(kept, PASSPHRASE).key_hash == commune_key().key_hash


@pytest.mark.parametrize("typed", ["", "tuần lễ 2022", PASSPHRASE + " "])
def test_another_passphrase_does_not(typed: str) -> None:
    with pytest.raises(UserError) as refusal:
        from_pkcs12(to_pkcs12(commune_key(), PASSPHRASE, FEW), typed)
    assert refusal.value.code is Code.WRONG_PASSPHRASE


@pytest.mark.parametrize("typed", ["1234567", unicodedata.normalize("NFD", "mật khẩ")])
def test_a_short_passphrase_is_refused_however_its_letters_are_spelled(typed: str) -> None:
    with pytest.raises(UserError) as refusal:
        to_pkcs12(commune_key(), typed)
    assert refusal.value.code is Code.WEAK_PASSPHRASE


def test_every_way_to_guess_the_passphrase_costs_600000_rounds(tmp_path: Path) -> None:
    assert ROUNDS == 600_000
    (tmp_path / "key.p12").write_bytes(to_pkcs12(commune_key(), PASSPHRASE))
    said = openssl(tmp_path, "pkcs12", "-in", "key.p12", "-info", "-noout", "-passin", f"pass:{PASSPHRASE}")
    assert said.count("Iteration 600000") == 3, said  # MAC, certificate, key
    assert said.count("Iteration") == 3
    assert said.count("PBES2, PBKDF2, AES-256-CBC") == 2


def test_the_certificate_says_who_until_when(tmp_path: Path) -> None:
    (tmp_path / "c.der").write_bytes(commune_key().certificate)
    said = openssl(tmp_path, "x509", "-inform", "DER", "-in", "c.der", "-noout", "-subject", "-issuer", "-dates",
                   "-ext", "keyUsage,basicConstraints", "-nameopt", "utf8,sep_comma_plus,lname")  # fmt: skip
    assert "subject=commonName=Ủy ban nhân dân xã Hà Thượng,serialNumber=05812" in said
    assert "issuer=commonName=Ủy ban nhân dân xã Hà Thượng,serialNumber=05812" in said
    assert "notBefore=Oct 13 07:32:11 2022 GMT" in said
    assert "notAfter=Oct 13 07:32:11 2032 GMT" in said
    assert "CA:FALSE" in said
    assert "Digital Signature, Non Repudiation" in said


def test_a_long_name_is_cut_between_words_in_the_certificate(tmp_path: Path) -> None:
    name = "Trung tâm Giáo dục nghề nghiệp - Giáo dục thường xuyên huyện Đại Từ, tỉnh Thái Nguyên"
    (tmp_path / "c.der").write_bytes(make_key(name, "1", AT).certificate)
    said = openssl(tmp_path, "x509", "-inform", "DER", "-in", "c.der", "-noout", "-subject", "-nameopt", "utf8,lname")
    common_name = said.partition("commonName=")[2].partition(", serialNumber")[0]
    assert name.startswith(common_name + " ")
    assert len(common_name.encode()) <= 64


def test_a_certificate_tells_the_code_of_its_unit_and_nothing_when_its_subject_cannot_be_read() -> None:
    certificate = make_key("Xã Hà Thượng", "19170301", AT).certificate
    assert certified_code(certificate) == "19170301"
    assert certified_code(certificate.replace(b"19170301", b"1917\xff\xfe01")) == ""
    assert certified_code(b"0") == ""


def test_a_key_made_on_a_leap_day_ends_after_ten_years() -> None:
    key = make_key("x", "1", datetime(2024, 2, 29, 12, tzinfo=VIETNAM))
    assert key.details.valid_to == datetime(2034, 3, 1, 5, tzinfo=UTC)


def test_a_fingerprint_is_six_groups_of_five_digits() -> None:
    assert fingerprint("00" * 32) == "00000 00000 00000 00000 00000 00000"
    assert fingerprint("0000000001" * 6 + "ffff") == "00001 00001 00001 00001 00001 00001"
    assert fingerprint("000001869f" * 6 + "0000") == "99999 99999 99999 99999 99999 99999"
    assert commune_key().fingerprint == fingerprint(commune_key().key_hash)


def test_two_keys_have_two_fingerprints() -> None:
    assert len({make_key("x", "1", AT).fingerprint for _ in range(5)}) == 5


def test_typed_digits_are_compared_however_spaced() -> None:
    printed = "12345 67890 12345 67890 12345 67890"
    assert same_fingerprint("12345-67890 1234567890\n12345 67890", printed)
    assert not same_fingerprint("12345 67890 12345 67890 12345 67891", printed)
    assert not same_fingerprint("", printed)


def test_a_pkcs12_that_holds_no_certificate_is_not_taken_for_a_key() -> None:
    with pytest.raises(UserError):
        from_pkcs12(b"\x30\x00", PASSPHRASE)


def test_a_key_knows_its_own_certificate() -> None:
    assert isinstance(commune_key(), Key)
    assert commune_key().details.valid_from == AT
