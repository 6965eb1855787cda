import dataclasses
import hashlib
import re
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoctap_desktop.foundation.clock import VIETNAM
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.submission import der, signature
from hoctap_desktop.submission.certificate import read_certificate
from hoctap_desktop.submission.der import NotDer, Walk, integer, tlv
from hoctap_desktop.submission.keys import Key, make_key
from tests.submission.packages import AT, commune_key, other_key, rsa_key

SUMS = b"0" * 64 + b"  mimetype\n"


def refused(data: bytes, sums: bytes = SUMS) -> Code:
    with pytest.raises(UserError) as refusal:
        signature.verify(signature.read(data), sums)
    assert str(refusal.value)
    return refusal.value.code


def openssl(words: str, folder: Path) -> str:
    done = subprocess.run(["openssl", *words.split()], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.mark.parametrize("key", [commune_key, rsa_key, lambda: rsa_key(4096)], ids=["p256", "rsa2048", "rsa4096"])
def test_what_is_signed_verifies(key: Callable[[], Key]) -> None:
    parts = signature.read(signature.sign(SUMS, key(), AT))
    signature.verify(parts, SUMS)
    assert parts.signed_at == AT
    assert parts.certificate.data == key().certificate
    assert parts.certificate.key_hash == key().key_hash
    assert parts.digest == hashlib.sha256(SUMS).digest()


@pytest.mark.parametrize("key", [commune_key, rsa_key])
def test_openssl_verifies_it_and_takes_it_for_a_cades_signature(key: Callable[[], Key], tmp_path: Path) -> None:
    (tmp_path / "s.p7s").write_bytes(signature.sign(SUMS, key(), AT))
    (tmp_path / "sums").write_bytes(SUMS)
    (tmp_path / "unit.der").write_bytes(key().certificate)
    verify = "cms -verify -binary -inform DER -in s.p7s -content sums -CAfile unit.crt -partial_chain -purpose any"
    openssl("x509 -inform DER -in unit.der -out unit.crt", tmp_path)
    openssl(f"{verify} -cades -out out", tmp_path)
    assert (tmp_path / "out").read_bytes() == SUMS
    (tmp_path / "sums").write_bytes(SUMS + b"x")
    with pytest.raises(subprocess.CalledProcessError):
        openssl(f"{verify} -out out", tmp_path)


def test_another_text_under_the_same_signature_is_told_as_altered() -> None:
    assert refused(signature.sign(SUMS, commune_key(), AT), SUMS + b"x") is Code.ALTERED


@pytest.mark.parametrize("key", [commune_key, rsa_key])
def test_every_flipped_byte_is_refused(key: Callable[[], Key]) -> None:
    good = signature.sign(SUMS, key(), AT)
    for at in range(len(good)):
        bad = bytearray(good)
        bad[at] ^= 0x01
        assert refused(bytes(bad)) in {Code.WEAK_OR_FOREIGN_SIGNATURE, Code.ALTERED}, at


def test_every_cut_and_every_added_byte_is_refused() -> None:
    good = signature.sign(SUMS, commune_key(), AT)
    assert {refused(good[:length]) for length in range(len(good))} == {Code.WEAK_OR_FOREIGN_SIGNATURE}
    assert refused(good + b"\0") is Code.WEAK_OR_FOREIGN_SIGNATURE
    assert refused(good + bytes(20_000)) is Code.WEAK_OR_FOREIGN_SIGNATURE


@given(st.binary(max_size=300))
def test_random_bytes_are_no_signature(data: bytes) -> None:
    assert refused(data) is Code.WEAK_OR_FOREIGN_SIGNATURE


def test_a_signature_made_by_openssl_in_its_own_shape_is_foreign(tmp_path: Path) -> None:
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    key = commune_key()
    pem = key.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (tmp_path / "key.pem").write_bytes(pem)
    (tmp_path / "unit.der").write_bytes(key.certificate)
    (tmp_path / "sums").write_bytes(SUMS)
    openssl("x509 -inform DER -in unit.der -out unit.crt", tmp_path)
    openssl("cms -sign -binary -in sums -signer unit.crt -inkey key.pem -outform DER -out s.p7s -md sha256", tmp_path)
    assert refused((tmp_path / "s.p7s").read_bytes()) is Code.WEAK_OR_FOREIGN_SIGNATURE


def test_a_signature_by_another_key_under_our_certificate_is_altered() -> None:
    mixed = Key(other_key().private, commune_key().certificate)
    assert refused(signature.sign(SUMS, mixed, AT)) is Code.ALTERED


def test_a_weak_or_strange_key_is_refused() -> None:
    from cryptography.hazmat.primitives.asymmetric import ec

    assert refused(signature.sign(SUMS, rsa_key(1024), AT)) is Code.WEAK_OR_FOREIGN_SIGNATURE
    strange = make_key("x", "1", AT)
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization

    private = ec.generate_private_key(ec.SECP384R1())
    source = x509.load_der_x509_certificate(strange.certificate)
    certificate = (
        x509.CertificateBuilder(source.issuer, source.subject, private.public_key(), source.serial_number)
        .not_valid_before(source.not_valid_before_utc)
        .not_valid_after(source.not_valid_after_utc)
        .sign(private, hashes.SHA256())
    )
    p384 = Key(private, certificate.public_bytes(serialization.Encoding.DER))
    assert refused(signature.sign(SUMS, p384, AT)) is Code.WEAK_OR_FOREIGN_SIGNATURE


def changed(**values: object) -> bytes:
    """A signature in the right shape with one of its five values replaced."""
    parts = signature.read(signature.sign(SUMS, commune_key(), AT))
    return signature._write(dataclasses.replace(parts, **values))  # type: ignore[arg-type]


def test_a_point_that_is_not_on_the_curve_is_refused() -> None:
    certificate = bytearray(commune_key().certificate)
    certificate[certificate.index(signature._P256_HEAD) + len(signature._P256_HEAD) + 10] ^= 1
    assert refused(changed(certificate=read_certificate(bytes(certificate)))) is Code.WEAK_OR_FOREIGN_SIGNATURE


@pytest.mark.parametrize(
    "value",
    [b"", b"\x30\x00", b"\x00" * 70, tlv(der.SEQUENCE, integer(1)), tlv(der.SEQUENCE, integer(1), integer(1), b"\0")],
)
def test_a_signature_value_that_is_no_pair_of_numbers_is_refused(value: bytes) -> None:
    assert refused(changed(value=value)) is Code.WEAK_OR_FOREIGN_SIGNATURE


def test_a_pair_of_wrong_numbers_is_altered() -> None:
    assert refused(changed(value=tlv(der.SEQUENCE, integer(1), integer(1)))) is Code.ALTERED


def test_a_swapped_algorithm_is_refused() -> None:
    assert refused(changed(algorithm=signature.RSA_PKCS1)) is Code.WEAK_OR_FOREIGN_SIGNATURE
    assert refused(changed(algorithm=tlv(der.SEQUENCE, b"\x05\x00"))) is Code.WEAK_OR_FOREIGN_SIGNATURE


def test_another_signing_time_is_altered() -> None:
    assert refused(changed(signed_at=datetime(2021, 1, 1, tzinfo=VIETNAM))) is Code.ALTERED


@pytest.mark.parametrize("year", [1950, 1999, 2000, 2049, 2050, 8999])
def test_a_moment_is_read_as_it_was_written(year: int) -> None:
    moment = datetime(year, 2, 3, 4, 5, 6, tzinfo=UTC)
    assert der.read_moment(der.moment(moment)) == moment


@pytest.mark.parametrize(
    "element",
    [
        b"\x17\x0d221013073211+",
        b"\x17\x0d221313073211Z",
        b"\x17\x0d2210130732 1Z",
        b"\x17\x0b2210130732Z",
        b"\x18\x0f20221013073211Z",
        b"\x18\x0f20501313073211Z",
        b"\x17\x0f20221013073211Z",
        b"\x18\x0d221013073211Z",
        b"\x17\x00",
    ],
)
def test_another_spelling_of_a_moment_is_refused(element: bytes) -> None:
    with pytest.raises(NotDer):
        der.read_moment(element)


@given(st.integers(0, 2**4100))
def test_numbers_are_spelled_the_shortest_way(value: int) -> None:
    assert Walk(integer(value)).number() == value


@pytest.mark.parametrize(
    "data",
    [b"", b"\x02", b"\x02\x00", b"\x02\x81\x01\x01", b"\x02\x82\x00\x81" + bytes(129), b"\x02\x80\x00",
     b"\x02\x84\0\0\0\1\1", b"\x02\x02\x00\x01", b"\x02\x01\xff", b"\x02\x02\x01", b"\x04\x01\x01"],
)  # fmt: skip
def test_another_spelling_of_a_number_is_refused(data: bytes) -> None:
    with pytest.raises(NotDer):
        Walk(data).number()


def test_the_attributes_are_those_of_cades_and_sorted(tmp_path: Path) -> None:
    (tmp_path / "s.p7s").write_bytes(signature.sign(SUMS, commune_key(), AT))
    shown = openssl("cms -cmsout -print -inform DER -in s.p7s", tmp_path)
    names = re.findall(r"object: (\S+)", shown[shown.index("signedAttrs") :])
    assert names == ["contentType", "signingTime", "messageDigest", "id-smime-aa-signingCertificateV2"]
    assert "UTCTIME:Oct 13 07:32:11 2022 GMT" in shown
