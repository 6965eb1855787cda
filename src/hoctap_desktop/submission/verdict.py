"""What to tell a person about a file, and whether to take it: the checks of package-format.md in their order. Pure.

size → layout → entries → signature → hashes → key → unit and recipient → revocation and time → JSON → file types →
revision. A file that fails a check is told by that check alone.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import assert_never

from hoctap_desktop.filing.content import Content
from hoctap_desktop.filing.model import KIND_WORDS as FILING_WORDS
from hoctap_desktop.filing.model import FormRef
from hoctap_desktop.foundation.clock import VIETNAM
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.submission import ledger
from hoctap_desktop.submission.attachments import Note, note
from hoctap_desktop.submission.container import KIND_WORDS, PackageKind
from hoctap_desktop.submission.ledger import Taken, TakeWithGap
from hoctap_desktop.submission.manifest import Manifest
from hoctap_desktop.submission.roster import Roster, RosterKey
from hoctap_desktop.submission.unseal import Enrolment, Envelope, Opened, open_seal, read_contents, read_manifest

# A minute hand a little fast is no reason to send anybody to the clock.
_CLOCK_SLACK = timedelta(minutes=10)


@dataclass(frozen=True)
class Verdict:
    """The answer to "may this file be taken in, and if not, why".

    code: None when it may, or (without a roster) when nothing is wrong with the file itself. sentence: for a person.
    intact: the bytes are those that were signed. signer_known: the key is in our roster. may_speak_for_unit: it is the
    key of the unit named inside. is_for_us: we are the recipient named inside. The last three are False when not asked.
    manifest: as far as it could be read; believe it only when acceptable. opened: the content, when read whole.
    epoch: of the key by our roster, to be kept with what is taken in. older: what this replaces.
    """

    file_name: str
    code: Code | None
    sentence: str
    notes: tuple[Note, ...] = ()
    intact: bool = False
    signer_known: bool = False
    may_speak_for_unit: bool = False
    is_for_us: bool = False
    package_id: str = ""
    fingerprint: str = ""
    manifest: Manifest | None = None
    opened: Opened | None = None
    epoch: int = 0
    older: Taken | None = None

    @property
    def acceptable(self) -> bool:
        """Take it in."""
        return self.code is None and self.intact and self.signer_known and self.may_speak_for_unit and self.is_for_us

    @property
    def quiet(self) -> bool:
        """Nothing to do and nothing wrong."""
        return self.code is Code.ALREADY_RECEIVED


def latest_now(clock: datetime, roster: Roster, taken: Sequence[Taken]) -> datetime:
    """ "Now" for expiry: the latest of the clock, the roster's date and the last import (a dead battery sets 2009)."""
    days = [roster.day, *(one.day for one in taken)]
    return max(clock, *(datetime(day.year, day.month, day.day, tzinfo=VIETNAM) for day in days))


def examine(
    data: bytes,
    file_name: str,
    roster: Roster,
    own_code: str,
    now: datetime,
    taken: Sequence[Taken],
    forms: Collection[FormRef] | None = None,
) -> Verdict:
    """The verdict on any bytes whatever. `forms`: those known here, or None not to ask. Never raises UserError."""
    try:
        envelope = open_seal(data, file_name)
    except UserError as refusal:
        return Verdict(file_name, refusal.code, str(refusal))
    return judge(envelope, roster, own_code, now, taken, forms)


def judge(
    envelope: Envelope,
    roster: Roster,
    own_code: str,
    now: datetime,
    taken: Sequence[Taken],
    forms: Collection[FormRef] | None = None,
) -> Verdict:
    """The verdict on a file whose seal holds: key, unit and recipient, time, content, revision, in this order.

    own_code: code of the office that asks. now: see latest_now. taken: packages taken in before, of any unit.
    """
    known = _Known(envelope)
    try:
        match envelope.kind:
            case PackageKind.SUBMISSION:
                return _judge_submission(known, roster, own_code, now, taken, forms)
            case PackageKind.ENROLMENT:
                return _judge_enrolment(known, roster, own_code, now)
            case PackageKind.ROSTER | PackageKind.REPLY | PackageKind.CAMPAIGN:
                known.manifest = read_manifest(envelope)
                unit = known.manifest.unit.name
                raise UserError(Code.KIND_NOT_TAKEN, kind=KIND_WORDS[envelope.kind], unit=unit)
            case _:
                assert_never(envelope.kind)
    except UserError as refusal:
        return known.verdict(refusal.code, str(refusal))


def describe(data: bytes, file_name: str) -> Verdict:
    """What a file is, without a store: who, which, whether it is whole. Whether to trust the key is left open."""
    try:
        envelope = open_seal(data, file_name)
    except UserError as refusal:
        return Verdict(file_name, refusal.code, str(refusal))
    known = _Known(envelope)
    try:
        known.manifest = read_manifest(envelope)
        known.opened = read_contents(envelope, known.manifest)
    except UserError as refusal:
        return known.verdict(refusal.code, str(refusal))
    known.notes = list(known.opened.notes)
    signed = f"{envelope.signed_at:%d/%m/%Y lúc %H:%M}"
    return known.verdict(
        None,
        f"{_subject(known.opened)} của «{known.manifest.unit.name}», gửi «{known.manifest.recipient.name}», "
        f"ký ngày {signed}. Còn nguyên vẹn từ khi ký. Dãy số khóa: {envelope.fingerprint}. "
        "Hãy so dãy số với phiếu đăng ký có dấu.",
    )


class _Known:
    """What has been found out so far, whatever becomes of the file."""

    def __init__(self, envelope: Envelope) -> None:
        self.envelope = envelope
        self.notes: list[Note] = []
        self.manifest: Manifest | None = None
        self.opened: Opened | None = None
        self.signer_known = self.may_speak_for_unit = self.is_for_us = False
        self.epoch = 0
        self.older: Taken | None = None

    def verdict(self, code: Code | None, sentence: str) -> Verdict:
        return Verdict(
            self.envelope.file_name,
            code,
            sentence,
            tuple(self.notes),
            intact=True,
            signer_known=self.signer_known,
            may_speak_for_unit=self.may_speak_for_unit,
            is_for_us=self.is_for_us,
            package_id=self.envelope.package_id,
            fingerprint=self.envelope.fingerprint,
            manifest=self.manifest,
            opened=self.opened,
            epoch=self.epoch,
            older=self.older,
        )


def _judge_submission(
    known: _Known,
    roster: Roster,
    own_code: str,
    now: datetime,
    taken: Sequence[Taken],
    forms: Collection[FormRef] | None,
) -> Verdict:
    envelope = known.envelope
    key = roster.key(envelope.signer.key_hash)
    if key is None:
        known.manifest = _manifest_if_readable(envelope)
        raise UserError(Code.UNKNOWN_KEY, fingerprint=envelope.fingerprint)
    known.signer_known, known.epoch = True, key.epoch
    manifest = known.manifest = read_manifest(envelope)
    _check_unit(known, key, manifest)
    _check_recipient(known, own_code, manifest)
    if not any(one.package_id == envelope.package_id for one in taken):  # time is judged when first seen
        _check_days(envelope, key, now)
    opened = known.opened = read_contents(envelope, manifest)
    form = opened.filing.form
    if forms is not None and form not in forms:
        raise UserError(Code.FORM_UNKNOWN, form=f"{form.id} v{form.version}")
    known.notes += opened.notes
    if envelope.signed_at > now + _CLOCK_SLACK:
        known.notes.append(note(Code.CLOCK))
    decision = ledger.decide(
        taken,
        unit_code=manifest.unit.code,
        series=manifest.series,
        epoch=key.epoch,
        revision=manifest.revision,
        package_id=envelope.package_id,
        previous=manifest.previous,
    )
    if refusal := ledger.refusal(decision, manifest.revision):
        raise refusal
    if isinstance(decision, TakeWithGap):
        known.notes.append(note(Code.REVISION_GAP, revision=manifest.revision))
    if isinstance(decision, TakeWithGap | ledger.Take):
        known.older = decision.older
    return known.verdict(None, f"Nhận được: {_subject(opened)} của «{manifest.unit.name}».")


def _judge_enrolment(known: _Known, roster: Roster, own_code: str, now: datetime) -> Verdict:
    """A request's key is new by its nature: the answer is to compare fingerprints, or that it has been accepted."""
    envelope = known.envelope
    manifest = known.manifest = read_manifest(envelope)
    key = roster.key(envelope.signer.key_hash)
    if key is not None:
        known.signer_known, known.epoch = True, key.epoch
        _check_unit(known, key, manifest)
    _check_recipient(known, own_code, manifest)
    known.opened = read_contents(envelope, manifest)
    known.notes += known.opened.notes
    if key is not None:
        raise UserError(Code.ALREADY_RECEIVED, day=f"{key.accepted:%d/%m/%Y}")
    if envelope.signer.valid_to < now:
        raise UserError(Code.EXPIRED_KEY, day=_day(envelope.signer.valid_to))
    raise UserError(Code.UNKNOWN_KEY, fingerprint=envelope.fingerprint)


def _check_unit(known: _Known, key: RosterKey, manifest: Manifest) -> None:
    if key.unit.code != manifest.unit.code:
        raise UserError(Code.WRONG_UNIT, claimed=manifest.unit.name, owner=key.unit.name)
    known.may_speak_for_unit = True


def _check_recipient(known: _Known, own_code: str, manifest: Manifest) -> None:
    if manifest.recipient.code != own_code:
        raise UserError(Code.WRONG_RECIPIENT, recipient=manifest.recipient.name)
    known.is_for_us = True


def _check_days(envelope: Envelope, key: RosterKey, now: datetime) -> None:
    """The judge of time is the import, never the signing time: whoever holds a stolen key sets any clock he likes."""
    today = now.astimezone(VIETNAM).date()
    if key.revoked is not None and key.revoked <= today:
        raise UserError(Code.REVOKED_KEY, day=f"{key.revoked:%d/%m/%Y}")
    if key.valid_to < today:
        raise UserError(Code.EXPIRED_KEY, day=f"{key.valid_to:%d/%m/%Y}")
    if envelope.signer.valid_to < now:
        raise UserError(Code.EXPIRED_KEY, day=_day(envelope.signer.valid_to))


def _manifest_if_readable(envelope: Envelope) -> Manifest | None:
    try:
        return read_manifest(envelope)
    except UserError:
        return None


def _subject(opened: Opened) -> str:
    match opened.body:
        case Content(kind=kind, campaign=campaign):
            return f"{FILING_WORDS[kind]} {campaign}, lần {opened.manifest.revision}"
        case Enrolment():
            return "Đăng ký khóa"
        case Roster(number=number):
            return f"Danh sách khóa số {number}"
        case _:
            assert_never(opened.body)


def _day(moment: datetime) -> str:
    return f"{moment.astimezone(VIETNAM):%d/%m/%Y}"
