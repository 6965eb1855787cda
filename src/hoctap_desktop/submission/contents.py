"""What stands inside a seal that holds: package.json, answers.json, the files. Pure.

Asked for only after the key is known (the order of checks of package-format.md).
"""

import base64
from collections.abc import Callable
from typing import TypeVar

from hoctap_desktop.filing.content import Content, filing_from_json
from hoctap_desktop.filing.model import Kind, filing_id
from hoctap_desktop.foundation import canonical_json
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.typed_json import Fields, bad
from hoctap_desktop.submission import endorsement, endorsement_field
from hoctap_desktop.submission.attachments import check_file, file_notes
from hoctap_desktop.submission.campaign_file import CampaignFile, campaign_from_json, series_of
from hoctap_desktop.submission.certificate import MAX_CERTIFICATE
from hoctap_desktop.submission.container import ANSWERS, PACKAGE, PackageKind, front
from hoctap_desktop.submission.manifest import Manifest, from_json
from hoctap_desktop.submission.model import Enrolment, Envelope, Opened
from hoctap_desktop.submission.reply import Reply, reply_from_json
from hoctap_desktop.submission.roster import Roster, roster_from_json
from hoctap_desktop.units.as_json import unit_from_value, unit_value

_T = TypeVar("_T")
# The printed pages that belong to a filing, and no others.
PRINTS = {Kind.PLAN: "print/ke-hoach.pdf", Kind.REPORT: "print/bao-cao.pdf"}


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


def claimed(data: bytes) -> Manifest | None:
    """What a file that cannot be opened says it is, None when that cannot be read either. Nothing of it is believed."""
    try:
        said = front(data, PACKAGE)
        return from_json(said) if said is not None else None
    except UserError:
        return None


def read_contents(envelope: Envelope, manifest: Manifest) -> Opened:
    """answers.json against package.json, then files. Raises UserError BAD_CONTENT, FORBIDDEN_FILE."""
    body = _body(envelope, manifest)
    _check_prints(envelope, body)
    files = (*envelope.container.prints, *envelope.container.attachments)
    for entry in files:
        check_file(entry)
    return Opened(envelope, manifest, body, file_notes(files))


def enrolment_json(enrolment: Enrolment) -> bytes:
    """answers.json of an enrolment request."""
    return canonical_json.encode(
        {
            "certificate": base64.b64encode(enrolment.certificate).decode("ascii"),
            "unit": unit_value(enrolment.unit),
            **endorsement_field.field_value(enrolment.endorsement),
        }
    )


def _body(envelope: Envelope, manifest: Manifest) -> Content | Enrolment | Roster | Reply | CampaignFile:
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
            endorsement.check(roster.endorsement, envelope.signer)
            return roster
        case PackageKind.REPLY:
            return _check_reply(_reading(ANSWERS, reply_from_json, data), manifest)
        case PackageKind.CAMPAIGN:
            sent = _reading(ANSWERS, campaign_from_json, data)
            if manifest.series != series_of(sent.campaign.id):
                raise bad(f"{PACKAGE} › series")
            return sent


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


def _check_reply(found: Reply, manifest: Manifest) -> Reply:
    """What a reply answers stands in both: package.json for whoever sorts files, answers.json for the unit."""
    if found.unit_code != manifest.recipient.code:
        raise bad(f"{ANSWERS} › unit")
    if found.series != manifest.series:
        raise bad(f"{PACKAGE} › series")
    if found.revision != manifest.revision:
        raise bad(f"{PACKAGE} › revision")
    if found.package_id != manifest.previous:
        raise bad(f"{PACKAGE} › previous")
    return found


def _check_prints(envelope: Envelope, body: Content | Enrolment | Roster | Reply | CampaignFile) -> None:
    """A filing travels with the print of its kind; what else is printed beside it could be taken for its paper."""
    expected = [PRINTS[body.kind]] if isinstance(body, Content) else []
    found = [entry.name for entry in envelope.container.prints]
    for name in found:
        if name not in expected:
            raise UserError(Code.FORBIDDEN_FILE, entry=name)
    for name in expected:
        if name not in found:
            raise bad(name)


def _check_enrolment(found: Enrolment, envelope: Envelope, manifest: Manifest) -> Enrolment:
    if found.certificate != envelope.signer.data:
        raise bad(f"{ANSWERS} › certificate")
    endorsement.check(found.endorsement, envelope.signer)
    if found.unit.code != manifest.unit.code:
        raise bad(f"{ANSWERS} › unit › code")
    if manifest.unit.name not in (found.unit.short_name, found.unit.name):
        raise bad(f"{PACKAGE} › unit › name")
    if manifest.series != manifest.kind.value:
        raise bad(f"{PACKAGE} › series")
    return found


def _enrolment_from_json(data: bytes) -> Enrolment:
    value = canonical_json.decode(data)
    fields = Fields(value, ("certificate", "unit", *endorsement_field.names(value)), ANSWERS)
    spelled = fields.text("certificate", 2 * MAX_CERTIFICATE)
    certificate = endorsement_field.from_base64(spelled, fields.place("certificate"))
    old = endorsement_field.read_field(fields, value)
    return Enrolment(unit_from_value(fields.raw("unit"), fields.place("unit")), certificate, old)


def _reading(entry: str, read: Callable[[bytes], _T], data: bytes) -> _T:
    """`read(data)`, its refusal of a spelling told as a fault of the package."""
    try:
        return read(data)
    except UserError as refusal:
        if refusal.code is Code.BAD_JSON:
            raise bad(f"{entry} ({refusal.facts['why']})") from refusal
        raise
