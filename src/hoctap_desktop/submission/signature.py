"""SEAL/signature.p7s: a detached CMS signature with the attributes of CAdES-B-B, in one fixed shape.

The reader takes five values out (certificate, algorithm, digest, time, signature), writes the whole again and compares
bytes: no general ASN.1 parser stands before trust. RFC 5652, RFC 5035, RFC 5754, ETSI EN 319 122-1.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from hoctap_desktop.foundation.clock import VIETNAM
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.submission import der
from hoctap_desktop.submission.certificate import Certificate, read_certificate
from hoctap_desktop.submission.der import NotDer, Walk, integer, tlv

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

    from hoctap_desktop.submission.signer import Signer

MAX_SIGNATURE = 16384
_LAST_YEAR = 9000  # the last hours of 9999 have no name at +07:00


def _oid(hex_content: str) -> bytes:
    return tlv(der.OID, bytes.fromhex(hex_content))


_SIGNED_DATA = _oid("2a864886f70d010702")
_DATA = _oid("2a864886f70d010701")
_CONTENT_TYPE = _oid("2a864886f70d010903")
_MESSAGE_DIGEST = _oid("2a864886f70d010904")
_SIGNING_TIME = _oid("2a864886f70d010905")
_SIGNING_CERTIFICATE_V2 = _oid("2a864886f70d010910022f")
_SHA256 = tlv(der.SEQUENCE, _oid("608648016503040201"))
ECDSA_SHA256 = tlv(der.SEQUENCE, _oid("2a8648ce3d040302"))
_RSA_KEY = tlv(der.SEQUENCE, _oid("2a864886f70d010101"), b"\x05\x00")
RSA_PKCS1 = _RSA_KEY  # in CMS the signature algorithm of PKCS#1 v1.5 is named like the key (RFC 3370, 3.2)
# SubjectPublicKeyInfo of a P-256 key up to its uncompressed point
_P256_HEAD = bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d030107034200")
_RSA_BITS = range(2048, 4097)
P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


@dataclass(frozen=True)
class SignatureParts:
    """The five values that differ from one signature to the next. signed_at: at +07:00, whole seconds."""

    certificate: Certificate
    algorithm: bytes
    digest: bytes
    signed_at: datetime
    value: bytes

    @cached_property
    def attributes(self) -> bytes:
        """The signed attributes, as they follow from the values."""
        return _attributes(self.certificate, self.digest, self.signed_at)


def sign(sums: bytes, signer: "Signer", at: datetime) -> bytes:
    """The DER of a signature over `sums` (SEAL/SHA256SUMS) at the moment `at`. Raises UserError, see Signer.sign."""
    certificate = read_certificate(signer.certificate)
    digest = hashlib.sha256(sums).digest()
    value = signer.sign(tlv(der.SET, _attributes(certificate, digest, at)))
    if certificate.public_key.startswith(_P256_HEAD):
        return _write(SignatureParts(certificate, ECDSA_SHA256, digest, at, low_s(value)))
    return _write(SignatureParts(certificate, RSA_PKCS1, digest, at, value))


def low_s(value: bytes) -> bytes:
    """The DER of an ECDSA signature with the lower of the two numbers s that verify: one text, one spelling (SEC 1).

    Raises NotDer.
    """
    r, s = _pair(value)
    if P256_ORDER // 2 < s < P256_ORDER:
        s = P256_ORDER - s
    return tlv(der.SEQUENCE, integer(r), integer(s))


def signs_with(certificate: Certificate) -> str:
    """ "ecdsa" for a P-256 key, "rsa" for one of 2048–4096 bits, "" for a key that cannot seal our files."""
    if len(certificate.public_key) == len(_P256_HEAD) + 65 and certificate.public_key.startswith(_P256_HEAD):
        return "ecdsa"
    try:
        _rsa_numbers(certificate.public_key)
    except NotDer:
        return ""
    return "rsa"


def read(data: bytes) -> SignatureParts:
    """The five values of a signature. Raises UserError(WEAK_OR_FOREIGN_SIGNATURE) for any other shape."""
    if len(data) > MAX_SIGNATURE:
        raise _foreign("size")
    try:
        parts = _walk(data)
    except NotDer as cause:
        raise _foreign("der") from cause
    if _write(parts) != data:
        raise _foreign("shape")
    return parts


def verify(parts: SignatureParts, sums: bytes) -> None:
    """Passes when `parts` is a signature over `sums`.

    Raises UserError: ALTERED when it is over something else, WEAK_OR_FOREIGN_SIGNATURE for another kind of key.
    """
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, padding

    if parts.digest != hashlib.sha256(sums).digest():
        raise UserError(Code.ALTERED, entry="SEAL/SHA256SUMS")
    signed = tlv(der.SET, parts.attributes)
    key = _public_key(parts)
    try:
        if isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(parts.value, signed, ec.ECDSA(hashes.SHA256()))
        else:
            key.verify(parts.value, signed, padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature as cause:
        raise UserError(Code.ALTERED, entry="SEAL/signature.p7s") from cause


def _write(parts: SignatureParts) -> bytes:
    certificate = parts.certificate
    signer = tlv(
        der.SEQUENCE,
        integer(1),
        tlv(der.SEQUENCE, certificate.issuer, certificate.serial),
        _SHA256,
        tlv(der.CONTEXT_0, parts.attributes),
        parts.algorithm,
        tlv(der.OCTETS, parts.value),
    )
    signed_data = tlv(
        der.SEQUENCE,
        integer(1),
        tlv(der.SET, _SHA256),
        tlv(der.SEQUENCE, _DATA),
        tlv(der.CONTEXT_0, certificate.data),
        tlv(der.SET, signer),
    )
    return tlv(der.SEQUENCE, _SIGNED_DATA, tlv(der.CONTEXT_0, signed_data))


def _attributes(certificate: Certificate, digest: bytes, at: datetime) -> bytes:
    """The four signed attributes in the order DER wants of a SET OF."""
    certificate_hash = tlv(der.OCTETS, hashlib.sha256(certificate.data).digest())
    # SigningCertificateV2: one ESSCertIDv2, its hash SHA-256 by default
    certificate_id = tlv(der.SEQUENCE, tlv(der.SEQUENCE, tlv(der.SEQUENCE, certificate_hash)))
    values = (
        (_CONTENT_TYPE, _DATA),
        (_SIGNING_TIME, der.moment(at)),
        (_MESSAGE_DIGEST, tlv(der.OCTETS, digest)),
        (_SIGNING_CERTIFICATE_V2, certificate_id),
    )
    return b"".join(sorted(tlv(der.SEQUENCE, name, tlv(der.SET, value)) for name, value in values))


def _walk(data: bytes) -> SignatureParts:
    outer = Walk(data).enter(der.SEQUENCE)
    outer.whole(der.OID)
    signed_data = outer.enter(der.CONTEXT_0, der.SEQUENCE)
    signed_data.whole(der.INTEGER)
    signed_data.whole(der.SET)
    signed_data.whole(der.SEQUENCE)
    certificate = read_certificate(signed_data.content(der.CONTEXT_0))
    signer = signed_data.enter(der.SET, der.SEQUENCE)
    signer.whole(der.INTEGER)
    signer.whole(der.SEQUENCE)
    signer.whole(der.SEQUENCE)
    attributes = signer.enter(der.CONTEXT_0)
    attributes.whole(der.SEQUENCE)
    time = attributes.enter(der.SEQUENCE)
    time.whole(der.OID)
    signed_at = der.read_moment(time.enter(der.SET).whole(der.UTC_TIME, der.FULL_TIME))
    if signed_at.year > _LAST_YEAR:
        raise NotDer
    message_digest = attributes.enter(der.SEQUENCE)
    message_digest.whole(der.OID)
    digest = message_digest.enter(der.SET).content(der.OCTETS)
    algorithm = signer.whole(der.SEQUENCE)
    value = signer.content(der.OCTETS)
    return SignatureParts(certificate, algorithm, digest, signed_at.astimezone(VIETNAM), value)


def _public_key(parts: SignatureParts) -> "EllipticCurvePublicKey | RSAPublicKey":
    try:
        if parts.algorithm == ECDSA_SHA256:
            return _p256_key(parts)
        if parts.algorithm == RSA_PKCS1:
            return _rsa_key(parts)
    except (NotDer, ValueError) as cause:  # ValueError: a point that is not on the curve, numbers that are no key
        raise _foreign("key") from cause
    raise _foreign("algorithm")


def _p256_key(parts: SignatureParts) -> "EllipticCurvePublicKey":
    point = parts.certificate.public_key.removeprefix(_P256_HEAD)
    if len(point) != 65 or point[0] != 4:
        raise NotDer
    r, s = _pair(parts.value)
    # Without the upper half of s: whoever has a signature could otherwise make a second one of it.
    if not (0 < r < P256_ORDER and 0 < s <= P256_ORDER // 2):
        raise NotDer
    return on_curve(point)


@lru_cache(maxsize=256)
def on_curve(point: bytes) -> "EllipticCurvePublicKey":
    """The key at an uncompressed point: a unit signs its plan and its report with one. Raises ValueError."""
    from cryptography.hazmat.primitives.asymmetric import ec

    return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)


def _pair(value: bytes) -> tuple[int, int]:
    """r and s of an ECDSA signature. Raises NotDer."""
    outer = Walk(value)
    numbers = outer.enter(der.SEQUENCE)
    r, s = numbers.number(), numbers.number()
    numbers.end()
    outer.end()
    return r, s


def _rsa_key(parts: SignatureParts) -> "RSAPublicKey":
    from cryptography.hazmat.primitives.asymmetric import rsa

    modulus, exponent = _rsa_numbers(parts.certificate.public_key)
    if len(parts.value) != (modulus.bit_length() + 7) // 8:
        raise NotDer
    return rsa.RSAPublicNumbers(exponent, modulus).public_key()


def _rsa_numbers(public_key: bytes) -> tuple[int, int]:
    """Modulus and exponent of an RSA key of the sizes taken. Raises NotDer."""
    info = Walk(public_key).enter(der.SEQUENCE)
    if info.whole(der.SEQUENCE) != _RSA_KEY:
        raise NotDer
    bits = info.content(der.BITS)
    numbers = Walk(bits[1:]).enter(der.SEQUENCE)
    modulus, exponent = numbers.number(), numbers.number()
    numbers.end()
    if bits[:1] != b"\0" or modulus.bit_length() not in _RSA_BITS or modulus % 2 == 0:
        raise NotDer
    if not 65537 <= exponent < 2**32 or exponent % 2 == 0:
        raise NotDer
    return modulus, exponent


def _foreign(detail: str) -> UserError:
    return UserError(Code.WEAK_OR_FOREIGN_SIGNATURE, detail=detail)
