"""Making a sealed file, and reading it back before anybody is told that it is there."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from hoctap_desktop import __version__
from hoctap_desktop.filing.model import Filing, Status, filing_id, paper_slug
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.file_kind import TRAVELLING, extension_of
from hoctap_desktop.foundation.text import slug, to_nfc
from hoctap_desktop.submission import signature
from hoctap_desktop.submission.campaign_file import CampaignFile, campaign_json, series_of
from hoctap_desktop.submission.container import ANSWERS, PACKAGE, SIGNATURE, SUMS, Entry, PackageKind, pack, sums
from hoctap_desktop.submission.contents import PRINTS, enrolment_json
from hoctap_desktop.submission.manifest import Manifest, UnitName, original_name, to_json, unit_name
from hoctap_desktop.submission.model import Enrolment
from hoctap_desktop.submission.reply import Reply, ReplyAct, reply_json
from hoctap_desktop.submission.roster import Roster, roster_json
from hoctap_desktop.submission.signer import Signer
from hoctap_desktop.submission.unseal import unseal
from hoctap_desktop.units.model import Unit

EXTENSION = ".htgoi"
_REPLY_SLUGS = {
    ReplyAct.RECEIVED: "phieu-tiep-nhan",
    ReplyAct.APPROVED: "phieu-da-duyet",
    ReplyAct.RETURNED: "phieu-tra-lai",
}
# Short enough for the file system of any stick, and for a path in a window's title.
_LONGEST_NAME = 100


@dataclass(frozen=True)
class Attachment:
    """A file a person adds. name: as it was called; its extension says what it is."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Sealed:
    """name: of the file to write (no person's name in it). package_id: SHA-256 of SEAL/SHA256SUMS, hex."""

    name: str
    data: bytes
    package_id: str


def seal_filing(
    filing: Filing,
    answers_json: bytes,
    print_pdf: bytes,
    key: Signer,
    recipient: UnitName,
    at: datetime,
    *,
    epoch: int = 1,
    previous: str | None = None,
    attachments: Sequence[Attachment] = (),
) -> Sealed:
    """The sealed file of a final filing. answers_json, print_pdf: as they were frozen.

    Raises UserError FILING_NOT_FINAL, FORBIDDEN_FILE, TOO_LARGE, BAD_CONTENT (the frozen answers are another filing's).
    """
    if filing.status is not Status.FINAL:
        raise UserError(Code.FILING_NOT_FINAL, filing=filing_id(filing.campaign, filing.kind))
    entries = [_attached(number, one) for number, one in enumerate(attachments, start=1)]
    manifest = Manifest(
        kind=PackageKind.SUBMISSION,
        unit=unit_name(filing.unit),
        recipient=recipient,
        series=filing_id(filing.campaign, filing.kind),
        revision=filing.revision,
        previous=previous,
        epoch=epoch,
        form=filing.form,
        created=at,
        program=__version__,
        document_number=filing.document_number,
        document_day=filing.document_day,
        attachments={
            entry.name: original_name(to_nfc(one.name)) for entry, one in zip(entries, attachments, strict=True)
        },
    )
    name = file_name(filing.unit, f"{paper_slug(filing.id)}-lan-{filing.revision}")
    prints = [Entry(PRINTS[filing.kind], print_pdf)]
    return _seal(name, manifest, answers_json, [*prints, *entries], key, at)


def seal_enrolment(unit: Unit, key: Signer, recipient: UnitName, at: datetime, endorsement: bytes = b"") -> Sealed:
    """The request of a unit to have its key registered, signed with that key; see Enrolment."""
    manifest = _plain_manifest(PackageKind.ENROLMENT, unit, recipient, 1, at)
    body = enrolment_json(Enrolment(unit, key.certificate, endorsement))
    return _seal(file_name(unit, "dang-ky"), manifest, body, [], key, at)


def seal_roster(unit: Unit, roster: Roster, key: Signer, at: datetime) -> Sealed:
    """The roster of an office, for everyone below it; signed and numbered."""
    manifest = _plain_manifest(PackageKind.ROSTER, unit, unit_name(unit), roster.number, at)
    name = file_name(unit, f"danh-sach-khoa-so-{roster.number}")
    return _seal(name, manifest, roster_json(roster), [], key, at)


def seal_campaign(
    unit: Unit, sent: CampaignFile, number: int, previous: str | None, key: Signer, at: datetime
) -> Sealed:
    """A campaign of an office, for everyone below it; signed and numbered, each campaign from 1."""
    manifest = replace(
        _plain_manifest(PackageKind.CAMPAIGN, unit, unit_name(unit), number, at),
        series=series_of(sent.campaign.id),
        previous=previous,
    )
    name = file_name(unit, f"dot-{sent.campaign.id}-lan-{number}")
    return _seal(name, manifest, campaign_json(sent), [], key, at)


def seal_reply(unit: Unit, recipient: UnitName, reply: Reply, key: Signer, at: datetime) -> Sealed:
    """A receipt or return slip of `unit` for the unit it answers. The file is named after the unit it goes to."""
    manifest = replace(
        _plain_manifest(PackageKind.REPLY, unit, recipient, reply.revision, at),
        series=reply.series,
        previous=reply.package_id,
    )
    what = f"{_REPLY_SLUGS[reply.act]}-{paper_slug(reply.series)}-lan-{reply.revision}"
    return _seal(_named(recipient.code, recipient.name, what), manifest, reply_json(reply), [], key, at)


def file_name(unit: Unit, what: str) -> str:
    """ "05812-ubnd-xa-ha-thuong-bao-cao-2022-lan-1.htgoi": ASCII, at most 100 characters.

    The code stands in front: without accents Sơn Hà and Sơn Hạ are one name, and both may lie on one stick.
    """
    return _named(unit.code, unit.short_name or unit.name, what)


def _named(code: str, name: str, what: str) -> str:
    tail = f"-{what}{EXTENSION}"
    head = "-".join(part for part in (slug(code), slug(name)) if part) or "don-vi"
    return head[: _LONGEST_NAME - len(tail)].rstrip("-") + tail


def _plain_manifest(kind: PackageKind, unit: Unit, recipient: UnitName, number: int, at: datetime) -> Manifest:
    return Manifest(kind, unit_name(unit), recipient, kind.value, number, None, 1, None, at, __version__)


def _seal(name: str, manifest: Manifest, body: bytes, files: Sequence[Entry], key: Signer, at: datetime) -> Sealed:
    entries = [Entry(PACKAGE, to_json(manifest)), Entry(ANSWERS, body), *files]
    data, package_id = signed_container(manifest.kind, entries, key, at)
    opened = unseal(data, name)  # what would be refused there is refused here, where it can be put right
    assert opened.package_id == package_id
    return Sealed(name, data, package_id)


def signed_container(kind: PackageKind, entries: Sequence[Entry], key: Signer, at: datetime) -> tuple[bytes, str]:
    """The bytes of a sealed file and its package id: hashes, signature, container.

    Not looked at: whether the entries say what a package may say. Raises UserError as container.pack and Signer.sign.
    """
    listed = sums(kind, entries)
    data = pack(kind, [*entries, Entry(SUMS, listed), Entry(SIGNATURE, signature.sign(listed, key, at))])
    return data, hashlib.sha256(listed).hexdigest()


def _attached(number: int, one: Attachment) -> Entry:
    extension = extension_of(one.name)
    if extension not in TRAVELLING:
        raise UserError(Code.FORBIDDEN_FILE, entry=one.name)
    return Entry(f"attachments/{number:03d}.{extension}", one.data)
