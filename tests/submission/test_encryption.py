"""An encrypted file gives back the very bytes that went in, to two keys and nobody else; openssl agrees."""

import dataclasses
import random
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.submission import wrapper
from hoctap_desktop.submission.container import MAX_FILE
from hoctap_desktop.submission.encryption import can_be_encrypted_to, decrypt, encrypt
from hoctap_desktop.submission.examine import describe
from hoctap_desktop.submission.keys import Key
from tests.submission.hostile import encrypted as hostile_encrypted
from tests.submission.packages import commune_key, other_key, rsa_key, sealed, upper_key

REFUSALS = (Code.ENCRYPTED, Code.DAMAGED_ENCRYPTION, Code.FOREIGN_ENCRYPTION, Code.NOT_A_PACKAGE)
Pair = tuple[Callable[[], Key], Callable[[], Key]]
PAIRS: tuple[Pair, ...] = ((upper_key, commune_key), (rsa_key, commune_key), (upper_key, rsa_key))


def encrypted(data: bytes | None = None) -> bytes:
    """A report of Hà Thượng for its upper unit and itself."""
    return encrypt(sealed().data if data is None else data, (upper_key().details, commune_key().details))


def code_of(data: bytes, *keys: Key) -> Code:
    """How it is refused."""
    with pytest.raises(UserError) as refused:
        decrypt(data, "a.htgoi", keys)
    assert "a.htgoi" in str(refused.value)
    return refused.value.code


def outcome(data: bytes, key: Key) -> bytes | Code:
    """What was inside, or how it is refused."""
    try:
        return decrypt(data, "a.htgoi", (key,))
    except UserError as refusal:
        return refusal.code


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: "-".join(one.__name__ for one in pair))
def test_each_of_two_keys_opens_it_and_gets_the_same_bytes(pair: Pair) -> None:
    first, second = (one() for one in pair)
    data = sealed().data
    made = encrypt(data, (first.details, second.details))
    assert data not in made
    assert decrypt(made, "a.htgoi", (first,)) == decrypt(made, "a.htgoi", (second,)) == data
    assert decrypt(made, "a.htgoi", (other_key(), second)) == data


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=70_000))
def test_any_bytes_come_back_and_nothing_else_is_written_in_two_ways(data: bytes) -> None:
    made = encrypted(data)
    assert decrypt(made, "a", (commune_key(),)) == data
    found = wrapper.read(made, "a")
    assert wrapper.write(found.slots, found.nonce, made[found.start : found.end], found.tag) == made
    assert wrapper.write(found.slots[::-1], found.nonce, made[found.start : found.end], found.tag) == made


def test_the_same_file_twice_is_encrypted_by_other_keys() -> None:
    first, second = (wrapper.read(encrypted(b"x"), "a") for _ in range(2))
    assert first.nonce != second.nonce
    assert {one.value for one in first.slots}.isdisjoint(one.value for one in second.slots)
    assert {one.point for one in first.slots}.isdisjoint(one.point for one in second.slots)


def test_a_third_key_is_told_whom_the_file_is_for() -> None:
    with pytest.raises(UserError) as refused:
        decrypt(encrypted(), "a.htgoi", (other_key(),))
    assert refused.value.code is Code.ENCRYPTED
    assert "«Phòng GDĐT huyện Đại Từ»" in str(refused.value)
    assert "«Ủy ban nhân dân xã Hà Thượng»" in str(refused.value)


def test_the_largest_package_is_opened_and_one_byte_more_is_not_written() -> None:
    overhead = len(encrypted(bytes(100_000))) - 100_000
    spare = 8  # longer lengths are spelled with a byte more
    data = bytes(MAX_FILE - overhead - spare)
    made = encrypted(data)
    assert len(made) <= MAX_FILE
    assert decrypt(made, "a", (commune_key(),)) == data
    with pytest.raises(UserError) as refused:
        encrypted(bytes(MAX_FILE))
    assert refused.value.code is Code.TOO_LARGE


def test_a_file_that_ends_early_is_known_as_a_copy_that_was_cut() -> None:
    made = encrypted()
    for kept in (24, 400, len(made) - 1):
        assert code_of(made[:kept], commune_key()) is Code.NOT_A_PACKAGE
    assert code_of(made + b"\0", commune_key()) is Code.FOREIGN_ENCRYPTION
    assert code_of(made[:-4096] + bytes(4096), commune_key()) in (Code.DAMAGED_ENCRYPTION, Code.FOREIGN_ENCRYPTION)


def test_no_flipped_bit_is_read_as_something_else() -> None:
    """Whoever has his own slot intact reads the signed file byte for byte; a bit anywhere else refuses it."""
    data = b"small"
    made = encrypted(data)
    slots = range(made.index(b"\x02\x01\x00\x31"), made.index(bytes.fromhex("2a864886f70d010701")))
    for at in range(len(made) * 8):
        bent = bytearray(made)
        bent[at // 8] ^= 1 << at % 8
        opened = []
        for key in (upper_key(), commune_key()):
            found = outcome(bytes(bent), key)
            assert found == data or found in REFUSALS
            opened += [key] if found == data else []
        assert len(opened) < 2
        assert not opened or at // 8 in slots


def test_a_thousand_mutations_of_a_real_one_are_refused_or_change_nothing() -> None:
    data = sealed().data
    made, chance = encrypted(data), random.Random(20221014)
    for _ in range(1_000):
        bent = bytearray(made)
        for _ in range(chance.randrange(1, 4)):
            at = chance.randrange(len(bent))
            bent[at : at + chance.randrange(3)] = chance.randbytes(chance.randrange(3))
        found = outcome(bytes(bent), commune_key())
        assert found == data or found in REFUSALS


def test_a_point_off_the_curve_is_never_handed_to_the_key() -> None:
    found = wrapper.read(encrypted(), "a")
    off = bytes([4]) + (5).to_bytes(32) + (7).to_bytes(32)
    slots = [dataclasses.replace(one, point=off) for one in found.slots]
    made = wrapper.write(slots, found.nonce, b"x", found.tag)
    assert code_of(made, commune_key()) is Code.DAMAGED_ENCRYPTION


def test_a_slot_for_another_kind_of_key_is_not_for_this_one() -> None:
    found = wrapper.read(encrypted(), "a")
    as_rsa = [wrapper.Slot(one.who, b"", bytes(256)) for one in found.slots]
    assert code_of(wrapper.write(as_rsa, found.nonce, b"x", found.tag), commune_key()) is Code.ENCRYPTED


def test_our_keys_may_be_encrypted_to_and_those_of_before_only_sign() -> None:
    assert can_be_encrypted_to(commune_key().certificate)
    assert can_be_encrypted_to(rsa_key().certificate)  # says nothing of its uses
    assert not can_be_encrypted_to(signing_only())
    assert not can_be_encrypted_to(b"\x30\x00")
    says_uses_twice = commune_key().certificate.replace(bytes.fromhex("0603551d13"), bytes.fromhex("0603551d0f"))
    assert not can_be_encrypted_to(says_uses_twice)


def signing_only() -> bytes:
    """A certificate as earlier programs made it."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    private = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Phòng GDĐT")])
    uses = ("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign", "encipher_only")
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=True, decipher_only=False, **dict.fromkeys(uses, False)
    )
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(7)
        .not_valid_before(datetime(2022, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2032, 1, 1, tzinfo=UTC))
        .add_extension(usage, critical=True)
        .sign(private, hashes.SHA256())
        .public_bytes(serialization.Encoding.DER)
    )


# --- openssl ---------------------------------------------------------------------------------------------------------


def as_pem(key: Key, folder: Path, name: str) -> None:
    """NAME.key and NAME.crt, as openssl takes them."""
    from cryptography import x509
    from cryptography.hazmat.primitives import serialization

    private = key.private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / f"{name}.key").write_bytes(private)
    certificate = x509.load_der_x509_certificate(key.certificate)
    (folder / f"{name}.crt").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))


def openssl(folder: Path, line: str) -> int:
    return subprocess.run(["openssl", *line.split()], cwd=folder, capture_output=True, check=False).returncode


DECRYPT = "cms -decrypt -binary -inform DER -in in.htgoi -recip {0}.crt -inkey {0}.key -out out.htgoi"
EC, RSA = "-keyopt ecdh_kdf_md:sha256", "-keyopt rsa_padding_mode:oaep -keyopt rsa_oaep_md:sha256"
ENCRYPT = "cms -encrypt -binary -aes-256-gcm -in plain -outform DER -out in.htgoi -recip a.crt {} -recip b.crt {}"


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: "-".join(one.__name__ for one in pair))
def test_openssl_opens_ours_with_either_key(pair: Pair, tmp_path: Path) -> None:
    keys = [one() for one in pair]
    for number in range(5):
        data = sealed(revision=number + 1).data
        (tmp_path / "in.htgoi").write_bytes(encrypt(data, [one.details for one in keys]))
        for name, key in zip("ab", keys, strict=True):
            as_pem(key, tmp_path, name)
            assert openssl(tmp_path, DECRYPT.format(name)) == 0
            assert (tmp_path / "out.htgoi").read_bytes() == data
            (tmp_path / "out.htgoi").unlink()


def test_openssl_too_refuses_what_was_altered(tmp_path: Path) -> None:
    as_pem(commune_key(), tmp_path, "a")
    made, chance = encrypted(), random.Random(5)
    found = wrapper.read(made, "a")
    for _ in range(10):
        bent = bytearray(made)
        bent[chance.randrange(found.start, len(made))] ^= 1 << chance.randrange(8)
        (tmp_path / "in.htgoi").write_bytes(bent)
        assert openssl(tmp_path, DECRYPT.format("a")) != 0
        assert code_of(bytes(bent), commune_key()) in (Code.DAMAGED_ENCRYPTION, Code.FOREIGN_ENCRYPTION)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: "-".join(one.__name__ for one in pair))
def test_we_open_what_openssl_encrypted_with_the_same_algorithms(pair: Pair, tmp_path: Path) -> None:
    keys = [one() for one in pair]
    data = sealed().data
    (tmp_path / "plain").write_bytes(data)
    for name, key in zip("ab", keys, strict=True):
        as_pem(key, tmp_path, name)
    options = [RSA if one.__name__ == "rsa_key" else EC for one in pair]
    assert openssl(tmp_path, ENCRYPT.format(*options)) == 0
    made = (tmp_path / "in.htgoi").read_bytes()
    for key in keys:
        assert decrypt(made, "a.htgoi", (key,)) == data


@pytest.mark.parametrize(
    "line",
    [
        ENCRYPT.format("", EC),  # SHA-1 in the key derivation
        ENCRYPT.format(EC, EC).replace("-aes-256-gcm", "-aes-256-cbc"),
        ENCRYPT.format(EC, EC).replace("-aes-256-gcm", "-aes-128-gcm"),
        ENCRYPT.format(EC, EC) + f" -recip c.crt {EC}",
        ENCRYPT.format(EC, EC).removesuffix(f" -recip b.crt {EC}"),
        ENCRYPT.format(EC, EC) + " -stream",
        "cms -encrypt -binary -aes-256-cbc -in plain -outform DER -out in.htgoi -pwri_password matkhau",
    ],
    ids=["sha-1", "cbc", "aes-128", "three readers", "one reader", "ber", "a password"],
)
def test_what_openssl_can_write_otherwise_is_refused(line: str, tmp_path: Path) -> None:
    (tmp_path / "plain").write_bytes(sealed().data)
    for name, key in zip("abc", (upper_key(), commune_key(), other_key()), strict=True):
        as_pem(key, tmp_path, name)
    assert openssl(tmp_path, line) == 0
    made = (tmp_path / "in.htgoi").read_bytes()
    assert wrapper.is_encrypted(made)
    assert code_of(made, commune_key()) is Code.FOREIGN_ENCRYPTION


# --- hostile files ---------------------------------------------------------------------------------------------------


def test_what_is_wrong_with_an_encrypted_file_is_told_by_its_own_code() -> None:
    found = {case.name: outcome(case.make(), upper_key()) for case in hostile_encrypted.closed()}
    assert found == {case.name: case.code for case in hostile_encrypted.closed()}


def test_what_shows_only_when_it_is_opened_gets_its_code_too() -> None:
    found, wanted = {}, {}
    for case in hostile_encrypted.opened():
        inside = outcome(case.make(), upper_key())
        found[case.name] = inside if isinstance(inside, Code) else describe(inside, "a.htgoi").code
        wanted[case.name] = case.code
    assert found == wanted
