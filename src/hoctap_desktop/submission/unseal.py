"""Opening a sealed file: every check that needs no roster. Nothing is written, nothing is trusted yet."""

import hashlib
from collections.abc import Callable, Sequence
from typing import TypeVar

from hoctap_desktop.document.pdf_file import hashed
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.text import clean_line
from hoctap_desktop.submission import signature
from hoctap_desktop.submission.container import PRINT, SIGNATURE, SUMS, Container, Entry, identity_of, sums, unpack
from hoctap_desktop.submission.contents import read_contents, read_manifest
from hoctap_desktop.submission.encryption import refuse_encrypted
from hoctap_desktop.submission.model import Envelope, Opened
from hoctap_desktop.submission.signature import SignatureParts

_T = TypeVar("_T")


def open_seal(data: bytes, file_name: str) -> Envelope:
    """Size, layout, entries, signature, hashes, in this order.

    Raises UserError: TOO_LARGE, NOT_A_PACKAGE, FOREIGN_LAYOUT, DAMAGED_ENTRY, FORBIDDEN_FILE, PACKAGE_NEWER,
    WEAK_OR_FOREIGN_SIGNATURE, ALTERED; ENCRYPTED, FOREIGN_ENCRYPTION for a file that has to be decrypted first.
    """
    container = _unpacked(data, file_name)
    # a name on a stranger's stick may hold bytes that no screen can show
    return _envelope(clean_line(file_name), container, _signature_of(container))


def open_seals(files: Sequence[tuple[bytes, str]]) -> list[Envelope | UserError]:
    """As open_seal for each of several files, its refusal in the place of one that cannot be opened.

    What is done to one is done to all before the next is: what the processor knows of a step it need not learn anew.
    """
    unpacked = [_tried(_unpacked, data, name) for data, name in files]
    signed = [one if isinstance(one, UserError) else _tried(_signature_of, one) for one in unpacked]
    return [
        _tried(_envelope, clean_line(name), container, parts)
        if isinstance(parts, SignatureParts) and isinstance(container, Container)
        else _refusal(container, parts)
        for (_, name), container, parts in zip(files, unpacked, signed, strict=True)
    ]


def _unpacked(data: bytes, file_name: str) -> Container:
    refuse_encrypted(data, clean_line(file_name))
    return unpack(data, clean_line(file_name))


def _signature_of(container: Container) -> SignatureParts:
    parts = signature.read(container.get(SIGNATURE))
    signature.verify(parts, container.get(SUMS))
    return parts


def _envelope(file_name: str, container: Container, parts: SignatureParts) -> Envelope:
    """Raises UserError ALTERED: a hash that does not fit."""
    listed = container.get(SUMS)
    untouched = _check_sums(container, listed)
    package_id = hashlib.sha256(listed).hexdigest()
    return Envelope(file_name, container, package_id, parts.certificate, parts.signed_at, untouched)


def identity(data: bytes) -> str:
    """64 hex digits by which a file is known again, whatever its name: no other file has them.

    The SHA-256 of the file; of one whose hashes fit, what follows from them, so that they need not be taken twice.
    """
    try:
        container = unpack(data)
        _check_sums(container, container.get(SUMS))
    except UserError:
        return hashlib.sha256(data).hexdigest()
    return identity_of(container, hashlib.sha256(container.get(SUMS)).hexdigest())


def _tried(step: Callable[..., _T], *args: object) -> _T | UserError:
    try:
        return step(*args)
    except UserError as refusal:
        return refusal


def _refusal(*steps: object) -> UserError:
    return next(one for one in steps if isinstance(one, UserError))


def unseal(data: bytes, file_name: str = "") -> Opened:
    """The whole content of a sealed file, after every check that needs no roster. Raises UserError.

    Says nothing of who signed: ask verdict.judge before believing a word of it.
    """
    envelope = open_seal(data, file_name)
    return read_contents(envelope, read_manifest(envelope))


def signed_by(data: bytes) -> str:
    """The hash of the key that signed a file of our own, which was checked when it was made."""
    return signature.read(unpack(data).get(SIGNATURE)).certificate.key_hash


def _check_sums(container: Container, listed: bytes) -> frozenset[str]:
    """The prints that are as they were written (Envelope.untouched). Raises UserError ALTERED."""
    untouched = set()

    def digest(entry: Entry) -> str:
        if not entry.name.startswith(PRINT):
            return hashlib.sha256(entry.view).hexdigest()
        found, same = hashed(entry.view)
        if same:
            untouched.add(entry.name)
        return found

    expected = sums(container.kind, container.sealed[1:], digest)
    if listed == expected:
        return frozenset(untouched)
    for entry, wanted in zip(container.sealed, expected.splitlines(), strict=True):
        if wanted not in listed.splitlines():
            raise UserError(Code.ALTERED, entry=entry.name)
    raise UserError(Code.ALTERED, entry=SUMS)
