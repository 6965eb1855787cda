"""Opening a sealed file: every check that needs no roster. Nothing is written, nothing is trusted yet."""

import hashlib

from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.text import clean_line
from hoctap_desktop.submission import signature
from hoctap_desktop.submission.container import SIGNATURE, SUMS, Container, sums, unpack
from hoctap_desktop.submission.contents import read_contents, read_manifest
from hoctap_desktop.submission.encryption import refuse_encrypted
from hoctap_desktop.submission.model import Envelope, Opened


def open_seal(data: bytes, file_name: str) -> Envelope:
    """Size, layout, entries, signature, hashes, in this order.

    Raises UserError: TOO_LARGE, NOT_A_PACKAGE, FOREIGN_LAYOUT, DAMAGED_ENTRY, FORBIDDEN_FILE, PACKAGE_NEWER,
    WEAK_OR_FOREIGN_SIGNATURE, ALTERED; ENCRYPTED, FOREIGN_ENCRYPTION for a file that has to be decrypted first.
    """
    file_name = clean_line(file_name)  # a name on a stranger's stick may hold bytes that no screen can show
    refuse_encrypted(data, file_name)
    container = unpack(data, file_name)
    listed = container.get(SUMS)
    parts = signature.read(container.get(SIGNATURE))
    signature.verify(parts, listed)
    _check_sums(container, listed)
    return Envelope(file_name, container, hashlib.sha256(listed).hexdigest(), parts.certificate, parts.signed_at)


def unseal(data: bytes, file_name: str = "") -> Opened:
    """The whole content of a sealed file, after every check that needs no roster. Raises UserError.

    Says nothing of who signed: ask verdict.judge before believing a word of it.
    """
    envelope = open_seal(data, file_name)
    return read_contents(envelope, read_manifest(envelope))


def signed_by(data: bytes) -> str:
    """The hash of the key that signed a file of our own, which was checked when it was made."""
    return signature.read(unpack(data).get(SIGNATURE)).certificate.key_hash


def _check_sums(container: Container, listed: bytes) -> None:
    expected = sums(container.kind, container.sealed[1:])
    if listed == expected:
        return
    for entry, wanted in zip(container.sealed, expected.splitlines(), strict=True):
        if wanted not in listed.splitlines():
            raise UserError(Code.ALTERED, entry=entry.name)
    raise UserError(Code.ALTERED, entry=SUMS)
