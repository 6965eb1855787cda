"""The key of an office: P-256, self-signed, kept as PKCS#12 under a passphrase; and its fingerprint for paper."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.text import to_nfc
from hoctap_desktop.submission import der
from hoctap_desktop.submission.certificate import Certificate, read_certificate
from hoctap_desktop.submission.der import Walk, integer, tlv
from hoctap_desktop.submission.fingerprint import fingerprint

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.asymmetric.padding import OAEP
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

ROUNDS = 600_000
LEAST_PASSPHRASE = 8
_YEARS = 10
_LONGEST_NAME = 64  # ub-common-name and ub-serial-number of RFC 5280


@dataclass(frozen=True)
class Key:
    """private: P-256, or RSA 2048–4096; it appears in no print of the key. certificate: DER. A Signer and an Opener."""

    private: "EllipticCurvePrivateKey | RSAPrivateKey" = field(repr=False)
    certificate: bytes = field(repr=False)

    @property
    def details(self) -> Certificate:
        return read_certificate(self.certificate)

    @property
    def key_hash(self) -> str:
        """SHA-256 of the public key, hex."""
        return self.details.key_hash

    @property
    def fingerprint(self) -> str:
        """The six groups of five digits that go on paper."""
        return fingerprint(self.key_hash)

    def sign(self, data: bytes) -> bytes:
        """See Signer."""
        from cryptography.hazmat.primitives import hashes
        from cryptography.hazmat.primitives.asymmetric import ec, padding

        if isinstance(self.private, ec.EllipticCurvePrivateKey):
            return self.private.sign(data, ec.ECDSA(hashes.SHA256()))
        return self.private.sign(data, padding.PKCS1v15(), hashes.SHA256())

    def agree(self, point: bytes) -> bytes:
        """See Opener. Raises ValueError also for a key of another kind."""
        from cryptography.hazmat.primitives.asymmetric import ec

        if not isinstance(self.private, ec.EllipticCurvePrivateKey):
            raise ValueError("not a P-256 key")
        return self.private.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point))

    def recover(self, value: bytes) -> bytes:
        """See Opener. Raises ValueError also for a key of another kind."""
        from cryptography.hazmat.primitives.asymmetric import rsa

        if not isinstance(self.private, rsa.RSAPrivateKey):
            raise ValueError("not an RSA key")
        return self.private.decrypt(value, oaep())


def oaep() -> "OAEP":
    """The padding under which a content key goes to an RSA key."""
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import padding

    return padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None)


def make_key(unit_name: str, unit_code: str, at: datetime) -> Key:
    """A new P-256 key with its own certificate: common name the unit's name, serial number its code, ten years.

    It signs, and files may be encrypted to it (docs/decisions/0012).
    """
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    private = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, _cut(unit_name)),
            x509.NameAttribute(NameOID.SERIAL_NUMBER, unit_code),
        ]
    )
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only"), False
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at)
        .not_valid_after(_years_later(at))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(digital_signature=True, content_commitment=True, key_agreement=True, **usage), critical=True
        )
        .sign(private, hashes.SHA256())
    )
    return Key(private, certificate.public_bytes(serialization.Encoding.DER))


def is_short(passphrase: str) -> bool:
    """Under LEAST_PASSPHRASE letters, however they are spelled."""
    return len(to_nfc(passphrase)) < LEAST_PASSPHRASE


def to_pkcs12(key: Key, passphrase: str, rounds: int = ROUNDS) -> bytes:
    """The key under a passphrase (AES-256, PBKDF2-SHA-256). Raises UserError(WEAK_PASSPHRASE) under 8 characters."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.serialization import pkcs12

    secret = _secret(passphrase)
    if is_short(passphrase):
        raise UserError(Code.WEAK_PASSPHRASE, least=LEAST_PASSPHRASE)
    encryption = (
        serialization.PrivateFormat.PKCS12.encryption_builder()
        .kdf_rounds(rounds)
        .key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC)
        .hmac_hash(hashes.SHA256())
        .build(secret)
    )
    certificate = x509.load_der_x509_certificate(key.certificate)
    made = pkcs12.serialize_key_and_certificates(b"hoctap", key.private, certificate, None, encryption)
    return _with_slow_mac(made, secret.decode(), rounds)


def from_pkcs12(data: bytes, passphrase: str) -> Key:
    """The key in `data`. Raises UserError WRONG_PASSPHRASE, KEY_FILE_BAD (no key of ours in it)."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec, rsa
    from cryptography.hazmat.primitives.serialization import pkcs12

    try:
        private, certificate, _ = pkcs12.load_key_and_certificates(data, _secret(passphrase))
    except ValueError as cause:
        raise UserError(Code.WRONG_PASSPHRASE) from cause
    if certificate is None or not isinstance(private, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
        raise UserError(Code.KEY_FILE_BAD, file="PKCS#12")
    return Key(private, certificate.public_bytes(serialization.Encoding.DER))


def certified_code(certificate: bytes) -> str:
    """The unit's code in a certificate of make_key (its serial number), "" in any other and in what is none."""
    from cryptography import x509
    from cryptography.x509.oid import NameOID

    try:
        found = x509.load_der_x509_certificate(certificate).subject.get_attributes_for_oid(NameOID.SERIAL_NUMBER)
    except ValueError:
        return ""
    return str(found[0].value) if found else ""


def _secret(passphrase: str) -> bytes:
    # NFC: the same letters typed with another keyboard (Unikey, macOS) must open the same key
    return to_nfc(passphrase).encode()


def _cut(name: str) -> str:
    """A name no longer than a certificate allows, cut between words."""
    if len(name.encode()) <= _LONGEST_NAME:
        return name
    words = name.split()
    while len(" ".join(words).encode()) > _LONGEST_NAME and len(words) > 1:
        words.pop()
    return " ".join(words).encode()[:_LONGEST_NAME].decode(errors="ignore")


def _years_later(at: datetime) -> datetime:
    try:
        return at.replace(year=at.year + _YEARS)
    except ValueError:  # 29 February
        return at.replace(year=at.year + _YEARS, day=28) + timedelta(days=1)


def _with_slow_mac(made: bytes, passphrase: str, rounds: int) -> bytes:
    """The same PKCS#12 with its MAC drawn from the passphrase in `rounds` rounds.

    `cryptography` writes the MAC with 2,048 rounds whatever is asked for the encryption: guessing passphrases against
    the MAC would then be 300 times cheaper than the encryption allows. RFC 7292, 4 and appendix B.
    """
    pfx = Walk(made).enter(der.SEQUENCE)
    version, safe = pfx.whole(der.INTEGER), pfx.whole(der.SEQUENCE)
    inside = Walk(safe).enter(der.SEQUENCE)
    inside.whole(der.OID)
    content = inside.enter(der.CONTEXT_0).content(der.OCTETS)
    algorithm = pfx.enter(der.SEQUENCE, der.SEQUENCE).whole(der.SEQUENCE)
    salt = secrets.token_bytes(16)
    mac = hmac.digest(_mac_key(passphrase, salt, rounds), content, "sha256")
    digest = tlv(der.SEQUENCE, algorithm, tlv(der.OCTETS, mac))
    return tlv(der.SEQUENCE, version, safe, tlv(der.SEQUENCE, digest, tlv(der.OCTETS, salt), integer(rounds)))


def _mac_key(passphrase: str, salt: bytes, rounds: int) -> bytes:
    """RFC 7292 B.2 with SHA-256 and ID 3, for one block: just the 32 bytes a MAC key needs."""
    block = 64
    secret = passphrase.encode("utf-16-be") + b"\0\0"
    spread = b"".join((part * block)[: -(-len(part) // block) * block] for part in (salt, secret))
    found = hashlib.sha256(b"\3" * block + spread).digest()
    for _ in range(rounds - 1):
        found = hashlib.sha256(found).digest()
    return found
