"""An encrypted file: its shape, its slots, and what a key that never changes makes of it."""

import functools
from collections.abc import Iterator
from datetime import UTC, datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from hoctap_desktop.submission import wrapper
from hoctap_desktop.submission.encryption import decrypt, encrypt
from hoctap_desktop.submission.keys import Key


@functools.cache
def fixed_key(number: int) -> Key:
    """The same key and the same name in every run: files that are kept go on being for it."""
    private = ec.derive_private_key(0x1234567 + number, ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Đơn vị {number}")])
    certificate = (
        x509.CertificateBuilder(name, name, private.public_key(), number)
        .not_valid_before(datetime(2022, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2042, 1, 1, tzinfo=UTC))
        .sign(private, hashes.SHA256())
    )
    return Key(private, certificate.public_bytes(serialization.Encoding.DER))


def read(data: bytes) -> None:
    found = wrapper.read(data, "a.htgoi")
    again = wrapper.write(found.slots, found.nonce, data[found.start : found.end], found.tag)
    assert again == data
    assert wrapper.slots_in(data[: wrapper.HEAD]) == found.slots
    assert wrapper.names_words(found.slots)
    decrypt(data, "a.htgoi", (fixed_key(1), fixed_key(2)))


def seeds() -> Iterator[bytes]:
    pair = (fixed_key(1).details, fixed_key(2).details)
    yield encrypt(b"PK\3\4", pair)
    yield encrypt(bytes(300), pair)
    yield encrypt(b"", (fixed_key(1).details, fixed_key(3).details))
