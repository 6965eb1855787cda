"""Sealed files for the tests of this room: one office, one upper office, one filing, and a forger's workbench."""

import dataclasses
import functools
import hashlib
import json
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any

from hoctap_desktop.document.code import paper_code
from hoctap_desktop.filing.content import filing_json
from hoctap_desktop.filing.model import Filing, FormRef, Kind, Status
from hoctap_desktop.foundation import canonical_json
from hoctap_desktop.foundation.clock import VIETNAM
from hoctap_desktop.submission import signature
from hoctap_desktop.submission.container import (
    SIGNATURE,
    SUMS,
    Entry,
    PackageKind,
    pack,
    sums,
    unpack,
)
from hoctap_desktop.submission.keys import Key, make_key
from hoctap_desktop.submission.ledger import Taken
from hoctap_desktop.submission.manifest import UnitName
from hoctap_desktop.submission.roster import Roster, RosterKey
from hoctap_desktop.submission.seal import Attachment, Sealed, seal_filing
from hoctap_desktop.submission.signer import Signer
from tests.offices import HA_THUONG
from tests.pages import page_saying

AT = datetime(2022, 10, 13, 14, 32, 11, tzinfo=VIETNAM)
NOW = datetime(2022, 10, 14, 16, 9, 47, tzinfo=VIETNAM)
UPPER = UnitName("19-171-GDDT", "Phòng GDĐT")
OWN = UnitName(HA_THUONG.code, HA_THUONG.short_name)
FORM = FormRef("report", 1, "ab" * 32)
PDF = b"%PDF-1.4\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(64))
XLSX = b"PK\x03\x04 [Content_Types].xml xl/workbook.xml"


@functools.cache
def commune_key() -> Key:
    """The key of Hà Thượng."""
    return make_key(HA_THUONG.name, HA_THUONG.code, AT)


@functools.cache
def upper_key() -> Key:
    """The key of the upper office."""
    return make_key("Phòng GDĐT huyện Đại Từ", UPPER.code, AT)


@functools.cache
def other_key() -> Key:
    """A key of somebody else."""
    return make_key("Trường THCS Cù Vân", "05830-THCS", AT)


@functools.cache
def rsa_key(bits: int = 2048) -> Key:
    """A key as a token holds it: RSA, with a certificate from an issuer of another name."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.x509.oid import NameOID

    private = rsa.generate_private_key(65537, bits)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "UBND xã Hà Thượng")]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Ban Cơ yếu Chính phủ")]))
        .public_key(private.public_key())
        .serial_number(2**100 + 7)
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2060, 1, 1, tzinfo=UTC))
        .sign(private, hashes.SHA256())
    )
    return Key(private, certificate.public_bytes(serialization.Encoding.DER))


FILING = Filing(
    id="2022-report",
    kind=Kind.REPORT,
    campaign="2022",
    unit=HA_THUONG,
    form=FORM,
    answers={"participants": 1248, "exhibitions": {"none": "not_held", "reason": ""}, "recipients": ["Như trên"]},
    status=Status.FINAL,
    document_number="05",
    document_day=date(2022, 10, 13),
    finalised_at=AT,
)


def sealed(
    revision: int = 1,
    previous: str | None = None,
    key: Signer | None = None,
    answers: dict[str, Any] | None = None,
    attachments: Sequence[Attachment] = (),
    recipient: UnitName = UPPER,
    print_pdf: bytes | None = None,
    at: datetime = AT,
) -> Sealed:
    """A report of Hà Thượng for the upper office."""
    filing = dataclasses.replace(FILING, revision=revision, answers=answers or FILING.answers)
    return seal_filing(
        filing,
        filing_json(filing),
        page_saying(code_of(filing)) if print_pdf is None else print_pdf,
        key or commune_key(),
        recipient,
        at,
        previous=previous,
        attachments=attachments,
    )


def code_of(filing: Filing) -> str:
    """The paper code of a filing."""
    return paper_code(filing_json(filing))


def roster(*keys: RosterKey) -> Roster:
    """The upper office's roster; with Hà Thượng's key when none is named."""
    return Roster(1, date(2022, 10, 1), keys or (roster_key(),))


def roster_key(key: Key | None = None, unit: UnitName = OWN, **changes: Any) -> RosterKey:
    """An entry of the roster."""
    entry = RosterKey(
        unit, (key or commune_key()).key_hash, date(2022, 10, 1), date(2032, 10, 1), accepted=date(2022, 10, 1)
    )
    return dataclasses.replace(entry, **changes)


def taken(package: Sealed, revision: int = 1, epoch: int = 1, day: date = date(2022, 10, 13)) -> Taken:
    """A ledger line for a package of Hà Thượng's report."""
    return Taken(OWN.code, "2022-report", epoch, revision, package.package_id, day)


def entries_of(data: bytes) -> dict[str, bytes]:
    """Name → bytes of everything after `mimetype`."""
    return {entry.name: entry.data for entry in unpack(data).entries}


def forge(
    change: Callable[[dict[str, bytes]], None],
    key: Key | None = None,
    kind: PackageKind = PackageKind.SUBMISSION,
    data: bytes | None = None,
    at: datetime = AT,
) -> bytes:
    """A package made by somebody who holds the key and our source, but seals what he likes: `change` edits entries."""
    entries = entries_of(data or sealed().data)
    del entries[SUMS], entries[SIGNATURE]
    change(entries)
    body = [Entry(name, content) for name, content in entries.items()]
    listed = sums(kind, body)
    return pack(kind, [*body, Entry(SUMS, listed), Entry(SIGNATURE, signature.sign(listed, key or commune_key(), at))])


def rewritten(data: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """A package made by somebody without the key: entries changed, container whole, seal as it was."""
    entries = entries_of(data)
    change(entries)
    return pack(unpack(data).kind, [Entry(name, content) for name, content in entries.items()])


def edit_json(entry: str, change: Callable[[Any], None]) -> Callable[[dict[str, bytes]], None]:
    """For `forge` and `rewritten`: changes the JSON tree of an entry."""

    def edit(entries: dict[str, bytes]) -> None:
        tree = json.loads(entries[entry])
        change(tree)
        entries[entry] = canonical_json.encode(tree)

    return edit


def package_id(data: bytes) -> str:
    """SHA-256 of SEAL/SHA256SUMS."""
    return hashlib.sha256(entries_of(data)[SUMS]).hexdigest()
