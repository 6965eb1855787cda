"""Signatures of another shape, by another key, of another kind."""

import functools
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from hoctap_desktop.foundation.errors import Code
from hoctap_desktop.submission import der, signature
from hoctap_desktop.submission.container import SIGNATURE, SUMS
from hoctap_desktop.submission.der import integer, tlv
from hoctap_desktop.submission.keys import Key
from tests.offices import NOW
from tests.submission.hostile.forge import Case, named, pieces
from tests.submission.packages import commune_key, other_key, rsa_key
from tests.submission.zips import write

P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def signed_as(cms: Callable[[bytes], bytes]) -> Callable[[], bytes]:
    """The good file under another signature over its own sums."""

    def make() -> bytes:
        found = pieces()
        named(found, SIGNATURE).data = cms(named(found, SUMS).data)
        return write(found)

    return make


def p256_value(key: Key, signed: bytes, low: bool = True) -> bytes:
    """A signature value of our key, with the lower or the higher of the two numbers s."""
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

    assert isinstance(key.private, ec.EllipticCurvePrivateKey)
    r, s = decode_dss_signature(key.private.sign(signed, ec.ECDSA(hashes.SHA256())))
    if (s <= P256_ORDER // 2) is not low:
        s = P256_ORDER - s
    return tlv(der.SEQUENCE, integer(r), integer(s))


@dataclass
class Cms:
    """The parts of a CMS signature, each of which may be bent before it is put together."""

    listed: bytes
    key: Key
    attributes: list[bytes]
    signer_version: int = 1
    digest: bytes = b""
    algorithm: bytes = signature.ECDSA_SHA256
    content: bytes = b""
    after_certificates: bytes = b""
    certificates: bytes | None = None
    unsigned: bytes = b""
    signers: int = 1
    issuer: bytes | None = None
    no_attributes: bool = False
    value: Callable[[bytes], bytes] | None = None
    sorted: bool = True

    def bytes(self) -> bytes:
        certificate = self.key.details
        rows = sorted(self.attributes) if self.sorted else self.attributes
        body = b"".join(rows)
        signed = self.listed if self.no_attributes else tlv(der.SET, body)
        value = (self.value or functools.partial(p256_value, self.key))(signed)
        signer = tlv(
            der.SEQUENCE,
            integer(self.signer_version),
            self.issuer or tlv(der.SEQUENCE, certificate.issuer, certificate.serial),
            self.digest or signature._SHA256,
            b"" if self.no_attributes else tlv(der.CONTEXT_0, body),
            self.algorithm,
            tlv(der.OCTETS, value),
            self.unsigned,
        )
        data = tlv(
            der.SEQUENCE,
            integer(1),
            tlv(der.SET, self.digest or signature._SHA256),
            tlv(der.SEQUENCE, signature._DATA, self.content),
            tlv(der.CONTEXT_0, certificate.data if self.certificates is None else self.certificates),
            self.after_certificates,
            tlv(der.SET, signer * self.signers),
        )
        return tlv(der.SEQUENCE, signature._SIGNED_DATA, tlv(der.CONTEXT_0, data))


def cms(change: Callable[[Cms], Any], key: Callable[[], Key] = commune_key) -> Callable[[], bytes]:
    """The good file under a signature whose parts were bent by its signer."""

    def make(listed: bytes) -> bytes:
        signer = key()
        whole = signature._attributes(signer.details, hashlib.sha256(listed).digest(), NOW)
        rows = []
        walk = der.Walk(whole)
        while not walk.done:
            rows.append(walk.whole(der.SEQUENCE))
        found = Cms(listed, signer, rows)
        change(found)
        return found.bytes()

    return signed_as(make)


def attribute(oid: str, *values: bytes) -> bytes:
    """A signed attribute."""
    return tlv(der.SEQUENCE, signature._oid(oid), tlv(der.SET, *values))


def strange_key(private: Any) -> Key:
    """A key of a kind the format does not know, under a certificate of its own."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization

    source = x509.load_der_x509_certificate(commune_key().certificate)
    made = (
        x509.CertificateBuilder(source.issuer, source.subject, private.public_key(), source.serial_number)
        .not_valid_before(source.not_valid_before_utc)
        .not_valid_after(source.not_valid_after_utc)
        .sign(
            private, None if "ed25519" in type(private).__module__ + type(private).__name__.lower() else hashes.SHA256()
        )
    )
    return Key(private, made.public_bytes(serialization.Encoding.DER))


def signatures() -> Iterator[Case]:
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding

    weak, altered = Code.WEAK_OR_FOREIGN_SIGNATURE, Code.ALTERED

    def our(listed: bytes) -> bytes:
        return signature.sign(listed, commune_key(), NOW)

    def set_(**fields: Any) -> Callable[[Cms], None]:
        return lambda found: found.__dict__.update(fields)

    def add(*rows: bytes) -> Callable[[Cms], None]:
        return lambda found: found.attributes.extend(rows)

    def drop(oid: str) -> Callable[[Cms], None]:
        def change(found: Cms) -> None:
            found.attributes = [row for row in found.attributes if signature._oid(oid) not in row]

        return change

    def replace(oid: str, row: bytes) -> Callable[[Cms], None]:
        def change(found: Cms) -> None:
            drop(oid)(found)
            found.attributes.append(row)

        return change

    def indefinite(data: bytes) -> bytes:
        return b"\x30\x80" + der.Walk(data).content(der.SEQUENCE) + b"\0\0"

    def long_length(data: bytes) -> bytes:
        body = der.Walk(data).content(der.SEQUENCE)
        return b"\x30\x83" + len(body).to_bytes(3) + body

    def backwards(found: Cms) -> None:
        found.attributes.reverse()
        found.sorted = False

    def high(found: Cms) -> None:
        found.value = functools.partial(p256_value, found.key, low=False)

    def value(data: bytes) -> Callable[[Cms], None]:
        return set_(value=lambda _signed: data)

    def padded(signed: bytes) -> bytes:
        pair = p256_value(commune_key(), signed)
        return tlv(der.SEQUENCE, der.Walk(pair).content(der.SEQUENCE), b"\x05\0")

    def pss(signed: bytes) -> bytes:
        private: Any = rsa_key().private
        return private.sign(signed, padding.PSS(padding.MGF1(hashes.SHA256()), 32), hashes.SHA256())  # type: ignore[no-any-return]

    def rsa_sha1(signed: bytes) -> bytes:
        private: Any = rsa_key().private
        return private.sign(signed, padding.PKCS1v15(), hashes.SHA1())  # type: ignore[no-any-return]

    sha1 = tlv(der.SEQUENCE, signature._oid("2b0e03021a"))
    sha512 = tlv(der.SEQUENCE, signature._oid("608648016503040203"))
    time = tlv(der.UTC_TIME, b"221014091203Z")
    signing_time = "2a864886f70d010905"
    message_digest = "2a864886f70d010904"
    ess = "2a864886f70d010910022f"
    zero, one = integer(0), integer(1)
    order = integer(P256_ORDER)
    for name, code, make in (
        ("no signature in it", weak, signed_as(lambda listed: b"")),
        ("zeros", weak, signed_as(lambda listed: bytes(512))),
        ("base64 of it", weak, signed_as(lambda listed: b"-----BEGIN CMS-----\nMIIB\n-----END CMS-----\n")),
        ("a byte behind it", weak, signed_as(lambda listed: our(listed) + b"\0")),
        ("cut short", weak, signed_as(lambda listed: our(listed)[:-1])),
        ("far too long", weak, signed_as(lambda listed: our(listed) + bytes(60_000))),
        ("BER: no length", weak, signed_as(lambda listed: indefinite(our(listed)))),
        ("BER: a longer length", weak, signed_as(lambda listed: long_length(our(listed)))),
        ("over another text", altered, signed_as(lambda listed: our(listed + b"x"))),
        (
            "by another key under our certificate",
            altered,
            signed_as(lambda listed: signature.sign(listed, Key(other_key().private, commune_key().certificate), NOW)),
        ),
        ("two signers", weak, cms(set_(signers=2))),
        ("no signers", weak, cms(set_(signers=0))),
        ("signer version 3", weak, cms(set_(signer_version=3))),
        ("digest SHA-1", weak, cms(set_(digest=sha1))),
        ("digest SHA-512", weak, cms(set_(digest=sha512))),
        ("the text inside", weak, cms(set_(content=tlv(der.CONTEXT_0, tlv(der.OCTETS, b"x"))))),
        ("no certificate", weak, cms(set_(certificates=b""))),
        (
            "two certificates",
            weak,
            cms(lambda found: found.__dict__.update(certificates=found.key.certificate + other_key().certificate)),
        ),
        (
            "another unit's certificate",
            weak,
            cms(lambda found: found.__dict__.update(certificates=other_key().certificate)),
        ),
        (
            "another issuer named",
            weak,
            cms(
                lambda found: found.__dict__.update(
                    issuer=tlv(der.SEQUENCE, other_key().details.issuer, other_key().details.serial)
                )
            ),
        ),
        ("a list of revoked certificates", weak, cms(set_(after_certificates=tlv(0xA1, b"")))),
        ("an unsigned attribute", weak, cms(set_(unsigned=tlv(0xA1, attribute("2a864886f70d01090e", b"\x05\0"))))),
        ("an attribute more, signed", weak, cms(add(attribute("2a864886f70d010914", tlv(0x0C, b"x"))))),
        ("no signed attributes", weak, cms(set_(no_attributes=True))),
        ("no signing time", weak, cms(drop(signing_time))),
        ("two signing times", weak, cms(add(attribute(signing_time, time)))),
        ("two values of the signing time", weak, cms(replace(signing_time, attribute(signing_time, time, time)))),
        (
            "a signing time that is none",
            weak,
            cms(replace(signing_time, attribute(signing_time, tlv(der.UTC_TIME, b"221399091203Z")))),
        ),
        (
            "a signing time without its zone",
            weak,
            cms(replace(signing_time, attribute(signing_time, tlv(der.UTC_TIME, b"2210140912")))),
        ),
        ("no message digest", weak, cms(drop(message_digest))),
        ("two message digests", weak, cms(add(attribute(message_digest, tlv(der.OCTETS, bytes(32)))))),
        (
            "a message digest of 20 bytes",
            altered,
            cms(replace(message_digest, attribute(message_digest, tlv(der.OCTETS, bytes(20))))),
        ),
        (
            "a message digest of something else",
            altered,
            cms(replace(message_digest, attribute(message_digest, tlv(der.OCTETS, bytes(32))))),
        ),
        (
            "another content type",
            weak,
            cms(replace("2a864886f70d010903", attribute("2a864886f70d010903", signature._SIGNED_DATA))),
        ),
        ("no certificate named in what is signed", weak, cms(drop(ess))),
        (
            "another certificate named in what is signed",
            weak,
            cms(
                replace(
                    ess,
                    attribute(ess, tlv(der.SEQUENCE, tlv(der.SEQUENCE, tlv(der.SEQUENCE, tlv(der.OCTETS, bytes(32)))))),
                )
            ),
        ),
        (
            "the attributes in another order",
            weak,
            cms(backwards),
        ),
        ("the other s of the same signature", weak, cms(high)),
        ("r and s of zero", weak, cms(value(tlv(der.SEQUENCE, zero, zero)))),
        ("r of zero", weak, cms(value(tlv(der.SEQUENCE, zero, one)))),
        ("r and s of one", altered, cms(value(tlv(der.SEQUENCE, one, one)))),
        ("r and s of the order", weak, cms(value(tlv(der.SEQUENCE, order, order)))),
        ("a negative r", weak, cms(value(tlv(der.SEQUENCE, tlv(der.INTEGER, b"\xff"), one)))),
        ("r with a zero in front", weak, cms(value(tlv(der.SEQUENCE, tlv(der.INTEGER, b"\0\x01"), one)))),
        ("something behind r and s", weak, cms(set_(value=padded))),
        ("r and s as bare bytes", weak, cms(value(bytes(64)))),
        (
            "ECDSA with parameters",
            weak,
            cms(set_(algorithm=tlv(der.SEQUENCE, signature._oid("2a8648ce3d040302"), b"\x05\0"))),
        ),
        ("ECDSA with SHA-1", weak, cms(set_(algorithm=tlv(der.SEQUENCE, signature._oid("2a8648ce3d0401"))))),
        ("called RSA", weak, cms(set_(algorithm=signature.RSA_PKCS1))),
        (
            "P-384",
            weak,
            signed_as(lambda listed: signature.sign(listed, strange_key(ec.generate_private_key(ec.SECP384R1())), NOW)),
        ),
        (
            "secp256k1",
            weak,
            signed_as(lambda listed: signature.sign(listed, strange_key(ec.generate_private_key(ec.SECP256K1())), NOW)),
        ),
        (
            "Ed25519",
            weak,
            cms(
                set_(value=lambda signed: bytes(64), algorithm=tlv(der.SEQUENCE, signature._oid("2b6570"))),
                key=lambda: strange_key(ed25519.Ed25519PrivateKey.generate()),
            ),
        ),
        ("RSA of 1024 bits", weak, signed_as(lambda listed: signature.sign(listed, rsa_key(1024), NOW))),
        ("RSA-PSS under the name of PKCS#1", altered, cms(set_(algorithm=signature.RSA_PKCS1, value=pss), key=rsa_key)),
        ("RSA with SHA-1", altered, cms(set_(algorithm=signature.RSA_PKCS1, value=rsa_sha1), key=rsa_key)),
        (
            "RSA value too short",
            weak,
            cms(set_(algorithm=signature.RSA_PKCS1, value=lambda signed: bytes(10)), key=rsa_key),
        ),
    ):
        yield Case("signature", name, code, make)
