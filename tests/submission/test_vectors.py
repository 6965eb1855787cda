"""Vectors in the manner of Wycheproof through our own way of verifying: the values arithmetic makes special.

Each is a whole CMS signature over the same sums. Made here from known keys, with chosen nonces, so that the valid ones
are valid at the edges (s = n/2, r and s with zeros in front) and the invalid ones are wrong in one thing only.
"""

import dataclasses
import hashlib
from collections.abc import Callable, Iterator
from functools import cache

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding

from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.submission import der, signature
from hoctap_desktop.submission.der import integer, tlv
from hoctap_desktop.submission.signature import P256_ORDER as N
from hoctap_desktop.submission.signature import SignatureParts
from tests.submission.packages import AT, commune_key, rsa_key

SUMS = b"0" * 64 + b"  mimetype\n"
WEAK, ALTERED = Code.WEAK_OR_FOREIGN_SIGNATURE, Code.ALTERED


def verdict(parts: SignatureParts, sums: bytes = SUMS) -> Code | None:
    """What our own path says: written, read again, verified. None for a valid signature."""
    try:
        signature.verify(signature.read(signature._write(parts)), sums)
    except UserError as refusal:
        return refusal.code
    return None


@cache
def p256() -> SignatureParts:
    """A good signature to start from."""
    return signature.read(signature.sign(SUMS, commune_key(), AT))


@cache
def rsa() -> SignatureParts:
    """A good RSA signature to start from."""
    return signature.read(signature.sign(SUMS, rsa_key(), AT))


@cache
def hashed() -> int:
    """The number that is signed: SHA-256 of the signed attributes."""
    parts = p256()
    signed = tlv(der.SET, signature._attributes(parts.certificate, parts.digest, parts.signed_at))
    return int.from_bytes(hashlib.sha256(signed).digest())


def private_number() -> int:
    private = commune_key().private
    assert isinstance(private, ec.EllipticCurvePrivateKey)
    return private.private_numbers().private_value


def with_nonce(k: int) -> tuple[int, int]:
    """r and the lower s of the signature with nonce k."""
    r = ec.derive_private_key(k, ec.SECP256R1()).public_key().public_numbers().x % N
    s = pow(k, -1, N) * (hashed() + r * private_number()) % N
    return r, min(s, N - s)


def pair(r: int, s: int) -> bytes:
    return tlv(der.SEQUENCE, integer(r), integer(s))


def valid() -> Iterator[tuple[str, bytes]]:
    for k in (1, 2, 3, N - 1, N - 2, N // 2, 2**128, 2**255):
        yield f"nonce {k:x}", pair(*with_nonce(k))
    short_r = next(pairs for k in range(1, 5000) if (pairs := with_nonce(k))[0] < 2**248)
    short_s = next(pairs for k in range(1, 5000) if (pairs := with_nonce(k))[1] < 2**247)
    full_r = next(pairs for k in range(1, 5000) if (pairs := with_nonce(k))[0] >= 2**255)
    yield "r with a zero byte less", pair(*short_r)
    yield "s with a zero byte less", pair(*short_s)
    yield "r with its highest bit set", pair(*full_r)


def invalid() -> Iterator[tuple[str, bytes, Code]]:
    r, s = with_nonce(7)
    for name, values in (
        ("s from above", (r, N - s)),
        ("r + n", (r + N, s)),
        ("s + n", (r, s + N)),
        ("r = n", (N, s)),
        ("s = n", (r, N)),
        ("r = 0", (0, s)),
        ("s = 0", (r, 0)),
        ("both 0", (0, 0)),
        ("r = n - 1 and s = n - 1", (N - 1, N - 1)),
        ("r of 2^256", (2**256, s)),
        ("s of 2^256", (r, 2**256)),
        ("r of 4000 bits", (2**4000, s)),
    ):
        yield name, pair(*values), WEAK
    for name, values in (
        ("r and s changed over", (min(s, N - s), min(r, N - r))),
        ("r + 1", (r + 1, s)),
        ("r - 1", (r - 1, s)),
        ("s - 1", (r, s - 1)),
        ("n - r", (N - r, s)),
        ("r = 1", (1, s)),
        ("s = 1", (r, 1)),
        ("r = s = 1", (1, 1)),
        ("s = n / 2", (r, N // 2)),
        ("r = n - 1", (N - 1, s)),
        ("r of the field's order", (2**256 % N, s)),
    ):
        yield name, pair(*values), ALTERED
    good = pair(r, s)
    body = der.Walk(good).content(der.SEQUENCE)
    number_r, number_s = integer(r), integer(s)
    for name, value in (
        ("empty", b""),
        ("an empty sequence", tlv(der.SEQUENCE)),
        ("one number", tlv(der.SEQUENCE, number_r)),
        ("three numbers", tlv(der.SEQUENCE, number_r, number_s, integer(0))),
        ("a set", tlv(der.SET, body)),
        ("cut", good[:-1]),
        ("a byte behind", good + b"\0"),
        ("a byte inside", tlv(der.SEQUENCE, body, b"\0")),
        ("a null inside", tlv(der.SEQUENCE, body, b"\x05\0")),
        ("no length", b"\x30\x80" + body + b"\0\0"),
        ("a length in two bytes", b"\x30\x81" + bytes([len(body)]) + body),
        ("a length of nothing", b"\x30\x80" + body),
        ("a length too great", b"\x30" + bytes([len(body) + 1]) + body),
        ("a length of four gigabytes", b"\x30\x84\xff\xff\xff\xff" + body),
        ("octets for r", tlv(der.SEQUENCE, tlv(der.OCTETS, number_r[2:]), number_s)),
        ("r negative", tlv(der.SEQUENCE, tlv(der.INTEGER, (-r).to_bytes(33, signed=True)), number_s)),
        ("s negative", tlv(der.SEQUENCE, number_r, tlv(der.INTEGER, (-s).to_bytes(33, signed=True)))),
        ("r with a zero in front", tlv(der.SEQUENCE, tlv(der.INTEGER, b"\0" + number_r[2:]), number_s)),
        ("s with a zero in front", tlv(der.SEQUENCE, number_r, tlv(der.INTEGER, b"\0" + number_s[2:]))),
        ("r of no bytes", tlv(der.SEQUENCE, tlv(der.INTEGER), number_s)),
        ("s of no bytes", tlv(der.SEQUENCE, number_r, tlv(der.INTEGER))),
        ("true for r", tlv(der.SEQUENCE, b"\x01\x01\xff", number_s)),
        ("null for s", tlv(der.SEQUENCE, number_r, b"\x05\0")),
        ("a real for s", tlv(der.SEQUENCE, number_r, b"\x09\x01\x40")),
        ("the bytes of r and s", r.to_bytes(32) + s.to_bytes(32)),
        ("a sequence in the sequence", tlv(der.SEQUENCE, good)),
        ("words", b"signature"),
        ("zeros", bytes(70)),
    ):
        yield name, value, WEAK


def rsa_invalid() -> Iterator[tuple[str, bytes, Code]]:
    private = rsa_key().private
    assert not isinstance(private, ec.EllipticCurvePrivateKey)
    numbers = private.private_numbers()
    modulus = numbers.public_numbers.n
    size = (modulus.bit_length() + 7) // 8
    signed = tlv(der.SET, signature._attributes(rsa().certificate, rsa().digest, rsa().signed_at))
    info = bytes.fromhex("3031300d060960864801650304020105000420")
    digest = hashlib.sha256(signed).digest()

    def raw(block: bytes) -> bytes:
        """What the key makes of a block of its own length, right or wrong."""
        return pow(int.from_bytes(block), numbers.d, modulus).to_bytes(size)

    def padded(content: bytes, start: bytes = b"\0\1", fill: bytes = b"\xff", stop: bytes = b"\0") -> bytes:
        return start + fill * (size - len(start) - len(stop) - len(content)) + stop + content

    assert raw(padded(info + digest)) == rsa().value, "the blocks below are wrong in one thing only"
    good = rsa().value
    for name, value in (
        ("too short", good[1:]),
        ("too long", good + b"\0"),
        ("a zero in front", b"\0" + good),
        ("empty", b""),
        ("the modulus more", (int.from_bytes(good) + modulus).to_bytes(size + 1)),
    ):
        yield name, value, WEAK
    for name, value in (
        ("zero", bytes(size)),
        ("one", (1).to_bytes(size)),
        ("the modulus", modulus.to_bytes(size)),
        ("the modulus less one", (modulus - 1).to_bytes(size)),
        ("a bit turned", bytes([good[0] ^ 1]) + good[1:]),
        ("block type 2", raw(padded(info + digest, b"\0\2"))),
        ("block type 0", raw(padded(info + digest, b"\0\0"))),
        ("no zero before the text", raw(padded(info + digest, stop=b"\xff"))),
        ("fill of zeros", raw(padded(info + digest, fill=b"\0"))),
        (
            "a short fill and rubbish behind (Bleichenbacher)",
            raw(b"\0\1" + b"\xff" * 8 + b"\0" + info + digest + bytes(size - 11 - len(info) - 32)),
        ),
        ("no name of the hash", raw(padded(digest))),
        ("no NULL after the hash", raw(padded(bytes.fromhex("302f300b0609608648016503040201") + b"\x04\x20" + digest))),
        ("named SHA-1", raw(padded(bytes.fromhex("3021300906052b0e03021a05000414") + digest[:20]))),
        (
            "named SHA-512",
            raw(padded(bytes.fromhex("3051300d060960864801650304020305000440") + hashlib.sha512(signed).digest())),
        ),
        ("a hash too short", raw(padded(info + digest[:-1]))),
        ("another hash", raw(padded(info + bytes(32)))),
        ("a long length in the name", raw(padded(b"\x30\x81\x31" + info[2:] + digest))),
        ("something behind the hash", raw(padded(info + digest + b"\0"))),
        ("PSS", private.sign(signed, padding.PSS(padding.MGF1(hashes.SHA256()), 32), hashes.SHA256())),
        ("PKCS#1 with SHA-512", private.sign(signed, padding.PKCS1v15(), hashes.SHA512())),
    ):
        yield name, value, ALTERED


@pytest.mark.parametrize(("name", "value"), list(valid()), ids=lambda value: value if isinstance(value, str) else "")
def test_a_valid_p256_signature_at_an_edge_is_valid(name: str, value: bytes) -> None:
    assert verdict(dataclasses.replace(p256(), value=value)) is None, name


def test_no_invalid_p256_signature_passes() -> None:
    found = {name: verdict(dataclasses.replace(p256(), value=value)) for name, value, _ in invalid()}
    assert found == {name: code for name, _, code in invalid()}


def test_no_invalid_rsa_signature_passes() -> None:
    assert verdict(rsa()) is None
    found = {name: verdict(dataclasses.replace(rsa(), value=value)) for name, value, _ in rsa_invalid()}
    assert found == {name: code for name, _, code in rsa_invalid()}


@pytest.mark.parametrize("parts", [p256, rsa], ids=["p256", "rsa"])
def test_no_flipped_bit_of_a_signature_passes(parts: Callable[[], SignatureParts]) -> None:
    good = bytearray(signature._write(parts()))
    flips = min(len(good) * 8, 7000)
    for at in range(flips):
        good[at // 8] ^= 1 << at % 8
        with pytest.raises(UserError) as refusal:
            signature.verify(signature.read(bytes(good)), SUMS)
        assert refusal.value.code in {WEAK, ALTERED}
        good[at // 8] ^= 1 << at % 8
    assert flips >= 5000
