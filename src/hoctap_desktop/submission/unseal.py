"""Opening a sealed file: every check that needs no roster. Nothing is written, nothing is trusted yet."""

import base64
import binascii
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from hoctap_desktop.document.code import paper_code
from hoctap_desktop.filing.content import Content, filing_from_json, unit_from_value, unit_value
from hoctap_desktop.filing.model import filing_id
from hoctap_desktop.foundation import canonical_json
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.typed_json import Fields, bad
from hoctap_desktop.submission import signature
from hoctap_desktop.submission.attachments import Note, check_file, file_notes
from hoctap_desktop.submission.certificate import MAX_CERTIFICATE, Certificate
from hoctap_desktop.submission.container import (
    ANSWERS,
    KIND_WORDS,
    PACKAGE,
    SIGNATURE,
    SUMS,
    Container,
    Entry,
    PackageKind,
    sums,
    unpack,
)
from hoctap_desktop.submission.keys import fingerprint
from hoctap_desktop.submission.manifest import Manifest, from_json
from hoctap_desktop.submission.roster import Roster, roster_from_json
from hoctap_desktop.units.model import Unit

_T = TypeVar("_T")


@dataclass(frozen=True)
class Envelope:
    """A sealed file whose bytes are those that were signed, by somebody. Its content has not been read.

    package_id: SHA-256 of SEAL/SHA256SUMS, hex. signed_at: by the signer's clock, +07:00.
    """

    file_name: str
    container: Container
    package_id: str
    signer: Certificate
    signed_at: datetime

    @property
    def kind(self) -> PackageKind:
        return self.container.kind

    @property
    def fingerprint(self) -> str:
        """Of the key that signed it, as on paper."""
        return fingerprint(self.signer.key_hash)


@dataclass(frozen=True)
class Enrolment:
    """The content of an enrolment request: who asks, with which certificate (DER)."""

    unit: Unit
    certificate: bytes


@dataclass(frozen=True)
class Opened:
    """A sealed file read whole. body: the content of answers.json, by kind. notes: about files inside."""

    envelope: Envelope
    manifest: Manifest
    body: Content | Enrolment | Roster
    notes: tuple[Note, ...]

    @property
    def package_id(self) -> str:
        return self.envelope.package_id

    @property
    def answers_json(self) -> bytes:
        """The frozen bytes the paper code is drawn from."""
        return self.envelope.container.get(ANSWERS)

    @property
    def paper_code(self) -> str:
        """What stands at the foot of the paper, when paper and file are one."""
        return paper_code(self.answers_json)

    @property
    def filing(self) -> Content:
        """The filing inside. Only for kind submission."""
        assert isinstance(self.body, Content)
        return self.body

    @property
    def prints(self) -> tuple[Entry, ...]:
        return self.envelope.container.prints

    @property
    def attachments(self) -> tuple[Entry, ...]:
        return self.envelope.container.attachments


def open_seal(data: bytes, file_name: str) -> Envelope:
    """Size, layout, entries, signature, hashes, in this order.

    Raises UserError: TOO_LARGE, NOT_A_PACKAGE, FOREIGN_LAYOUT, DAMAGED_ENTRY, FORBIDDEN_FILE, PACKAGE_NEWER,
    WEAK_OR_FOREIGN_SIGNATURE, ALTERED.
    """
    container = unpack(data, file_name)
    listed = container.get(SUMS)
    parts = signature.read(container.get(SIGNATURE))
    signature.verify(parts, listed)
    _check_sums(container, listed)
    return Envelope(file_name, container, hashlib.sha256(listed).hexdigest(), parts.certificate, parts.signed_at)


def read_manifest(envelope: Envelope) -> Manifest:
    """package.json. Raises UserError(BAD_CONTENT)."""
    manifest = _reading(PACKAGE, from_json, envelope.container.get(PACKAGE))
    if manifest.kind is not envelope.kind:
        raise bad(f"{PACKAGE} › kind")
    if set(manifest.attachments) != {entry.name for entry in envelope.container.attachments}:
        raise bad(f"{PACKAGE} › attachments")
    if (manifest.form is None) is (manifest.kind is PackageKind.SUBMISSION):
        raise bad(f"{PACKAGE} › form")
    return manifest


def read_contents(envelope: Envelope, manifest: Manifest) -> Opened:
    """answers.json against package.json, then files. Raises UserError BAD_CONTENT, FORBIDDEN_FILE, KIND_NOT_TAKEN."""
    body = _body(envelope, manifest)
    files = (*envelope.container.prints, *envelope.container.attachments)
    for entry in files:
        check_file(entry)
    return Opened(envelope, manifest, body, file_notes(files))


def unseal(data: bytes, file_name: str = "") -> Opened:
    """The whole content of a sealed file, after every check that needs no roster. Raises UserError.

    Says nothing of who signed: ask verdict.judge before believing a word of it.
    """
    envelope = open_seal(data, file_name)
    return read_contents(envelope, read_manifest(envelope))


def enrolment_json(enrolment: Enrolment) -> bytes:
    """answers.json of an enrolment request."""
    return canonical_json.encode(
        {
            "certificate": base64.b64encode(enrolment.certificate).decode("ascii"),
            "unit": unit_value(enrolment.unit),
        }
    )


def _check_sums(container: Container, listed: bytes) -> None:
    expected = sums(container.kind, container.sealed[1:])
    if listed == expected:
        return
    for entry, wanted in zip(container.sealed, expected.splitlines(), strict=True):
        if wanted not in listed.splitlines():
            raise UserError(Code.ALTERED, entry=entry.name)
    raise UserError(Code.ALTERED, entry=SUMS)


def _body(envelope: Envelope, manifest: Manifest) -> Content | Enrolment | Roster:
    data = envelope.container.get(ANSWERS)
    match manifest.kind:
        case PackageKind.SUBMISSION:
            return _check_filing(_reading(ANSWERS, filing_from_json, data), manifest)
        case PackageKind.ENROLMENT:
            return _check_enrolment(_reading(ANSWERS, _enrolment_from_json, data), envelope, manifest)
        case PackageKind.ROSTER:
            roster = _reading(ANSWERS, roster_from_json, data)
            if manifest.series != manifest.kind.value or manifest.revision != roster.number:
                raise bad(f"{PACKAGE} › revision")
            return roster
        case PackageKind.REPLY | PackageKind.CAMPAIGN:
            raise UserError(Code.KIND_NOT_TAKEN, kind=KIND_WORDS[manifest.kind], unit=manifest.unit.name)


def _check_filing(content: Content, manifest: Manifest) -> Content:
    if content.unit.code != manifest.unit.code:
        raise bad(f"{ANSWERS} › unit › code")
    if manifest.unit.name not in (content.unit.short_name, content.unit.name):
        raise bad(f"{PACKAGE} › unit › name")
    if content.form != manifest.form:
        raise bad(f"{PACKAGE} › form")
    if manifest.series != filing_id(content.campaign, content.kind):
        raise bad(f"{PACKAGE} › series")
    return content


def _check_enrolment(found: Enrolment, envelope: Envelope, manifest: Manifest) -> Enrolment:
    if found.certificate != envelope.signer.data:
        raise bad(f"{ANSWERS} › certificate")
    if found.unit.code != manifest.unit.code:
        raise bad(f"{ANSWERS} › unit › code")
    if manifest.unit.name not in (found.unit.short_name, found.unit.name):
        raise bad(f"{PACKAGE} › unit › name")
    if manifest.series != manifest.kind.value:
        raise bad(f"{PACKAGE} › series")
    return found


def _enrolment_from_json(data: bytes) -> Enrolment:
    fields = Fields(canonical_json.decode(data), ("certificate", "unit"), ANSWERS)
    spelled = fields.text("certificate", 2 * MAX_CERTIFICATE)
    try:
        certificate = base64.b64decode(spelled.encode(), validate=True)
    except (binascii.Error, ValueError) as cause:
        raise bad(fields.place("certificate")) from cause
    return Enrolment(unit_from_value(fields.raw("unit"), fields.place("unit")), certificate)


def _reading(entry: str, read: Callable[[bytes], _T], data: bytes) -> _T:
    """`read(data)`, its refusal of a spelling told as a fault of the package."""
    try:
        return read(data)
    except UserError as refusal:
        if refusal.code is Code.BAD_JSON:
            raise bad(f"{entry} ({refusal.facts['why']})") from refusal
        raise
