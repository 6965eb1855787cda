"""What to tell a person about a file, and whether to take it: the checks of package-format.md in their order. Pure.

size → layout → entries → signature → hashes → key → unit and recipient → revocation and time → JSON → file types →
revision. A file that fails a check is told by that check alone.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import assert_never

from hoctap_desktop.filing.content import Content
from hoctap_desktop.filing.model import KIND_WORDS as FILING_WORDS
from hoctap_desktop.filing.model import FormRef, Kind
from hoctap_desktop.foundation.clock import VIETNAM
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.submission import ledger
from hoctap_desktop.submission.attachments import Note, note
from hoctap_desktop.submission.campaign_file import CampaignFile
from hoctap_desktop.submission.certificate import Certificate
from hoctap_desktop.submission.container import KIND_WORDS, PackageKind
from hoctap_desktop.submission.contents import read_contents, read_manifest
from hoctap_desktop.submission.endorsement import endorser
from hoctap_desktop.submission.fingerprint import fingerprint
from hoctap_desktop.submission.ledger import Before, Taken, TakeWithGap, of_series
from hoctap_desktop.submission.manifest import Manifest
from hoctap_desktop.submission.model import Enrolment, Envelope, Opened, Verdict
from hoctap_desktop.submission.reply import REPLY_WORDS, Reply
from hoctap_desktop.submission.roster import Roster, RosterKey

_NOBODY: Mapping[str, str] = MappingProxyType({})
# A minute hand a little fast is no reason to send anybody to the clock.
_STICK_LIES = timedelta(days=366)
_CLOCK_SLACK = timedelta(minutes=10)


def latest_now(clock: datetime, roster: Roster, taken: Before, signed: date | None = None) -> datetime:
    """ "Now" for expiry: the latest of the clock, the roster's date and the last import (a dead battery sets 2009).

    signed: the latest day on which anybody trusted signed what came here. The days of roster and imports were told by
    this machine's clock: one that was years ahead for a day must not set "now" for years. They count no further than
    a year past that day, which is longer than a stick lies about; None: nobody knows, they count as they are.
    """
    day = max([roster.day, *(one.day for one in taken)])
    if signed is not None:
        day = min(day, signed + _STICK_LIES)
    return max(clock, datetime(day.year, day.month, day.day, tzinfo=VIETNAM))


@dataclass(frozen=True)
class Receiver:
    """The office that asks about a file, and what it knows.

    roster: the keys it compared and accepted, its upper unit's among them. own_code: its own; upper_code: of the one it
    reports to, "" when it asks as one that takes in. now: see latest_now. taken: packages taken in before, of any unit.
    forms: those known here, None not to ask. succession: of units that were merged, who may file for them
    (units/succession.py). signer_of: the hash of the key that signed a package taken before; asked only of what a
    successor filed. sent_to: whom it sent a package to, by its id: a unit that moved to another upper unit is still
    answered by the former one.
    """

    roster: Roster
    own_code: str
    now: datetime
    taken: Before = ()
    forms: Collection[FormRef] | None = None
    upper_code: str = ""
    succession: Mapping[str, frozenset[str]] = field(default_factory=dict)
    signer_of: Callable[[Taken], str] = lambda _: ""
    sent_to: Mapping[str, str] = field(default_factory=dict)


def judge(envelope: Envelope, receiver: Receiver) -> Verdict:
    """The verdict on a file whose seal holds: key, unit and recipient, time, content, revision, in this order."""
    known = Known(envelope)
    try:
        match envelope.kind:
            case PackageKind.SUBMISSION:
                return _judge_submission(known, receiver)
            case PackageKind.ENROLMENT:
                return _judge_enrolment(known, receiver)
            case PackageKind.REPLY if receiver.upper_code or receiver.sent_to:
                return _judge_reply(known, receiver)
            case PackageKind.ROSTER | PackageKind.CAMPAIGN if receiver.upper_code:
                return _judge_numbered(known, receiver)
            case PackageKind.ROSTER | PackageKind.REPLY | PackageKind.CAMPAIGN:
                known.manifest = read_manifest(envelope)
                unit = known.manifest.unit.name
                raise UserError(Code.KIND_NOT_TAKEN, kind=KIND_WORDS[envelope.kind], unit=unit)
            case _:
                assert_never(envelope.kind)
    except UserError as refusal:
        return known.verdict(refusal.code, str(refusal))


class Known:
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


def _judge_submission(known: Known, receiver: Receiver) -> Verdict:
    envelope, now, forms = known.envelope, receiver.now, receiver.forms
    key, manifest = _signed(known, receiver.roster)
    if key.unit.code in receiver.succession.get(manifest.unit.code, ()):
        known.may_speak_for_unit = True
        known.notes.append(note(Code.FILED_FOR, unit=key.unit.name, merged=manifest.unit.name))
        # both keys may have been lost once: numbers begin anew with either
        known.epoch = receiver.roster.epoch(manifest.unit.code) + key.epoch - 1
        successor = envelope.signer.key_hash
    else:
        _check_unit(known, key, manifest)
        successor = ""
    _check_recipient(known, receiver, manifest)
    before = of_series(receiver.taken, manifest.unit.code, manifest.series)
    if not any(one.package_id == envelope.package_id for one in before):  # time is judged when first seen
        _check_days(envelope, key, now)
    opened = known.opened = read_contents(envelope, manifest)
    form = opened.filing.form
    if forms is not None and form not in forms:
        raise form_unknown(form, forms)
    known.notes += opened.notes
    if envelope.signed_at > now + _CLOCK_SLACK:
        known.notes.append(note(Code.CLOCK))
    if successor:
        # What this very key filed before counts for as much as what it files now: when a key of the merged unit was
        # revoked since, an older paper of the successor's must not come out on top.
        before = [
            replace(one, epoch=known.epoch)
            if one.epoch < known.epoch
            and (one.package_id == envelope.package_id or receiver.signer_of(one) == successor)
            else one
            for one in before
        ]
    decision = ledger.decide(
        before,
        unit_code=manifest.unit.code,
        series=manifest.series,
        epoch=known.epoch,
        revision=manifest.revision,
        package_id=envelope.package_id,
        previous=manifest.previous,
    )
    if refusal := ledger.refusal(decision, manifest.revision):
        raise refusal
    if isinstance(decision, TakeWithGap):
        # with nothing of the unit here it may have moved from another upper unit, which has what it sent before
        code = Code.REVISION_FIRST_HERE if decision.older is None else Code.REVISION_GAP
        known.notes.append(note(code, revision=manifest.revision))
    if isinstance(decision, TakeWithGap | ledger.Take):
        known.older = decision.older
    return known.verdict(None, f"Nhận được: {subject(opened)} của «{manifest.unit.name}».")


def _judge_enrolment(known: Known, receiver: Receiver) -> Verdict:
    """A request's key is new by its nature: the answer is to compare fingerprints, or that it has been accepted."""
    envelope, now = known.envelope, receiver.now
    manifest = known.manifest = read_manifest(envelope)
    key = receiver.roster.key(envelope.signer.key_hash)
    if key is not None:
        known.signer_known, known.epoch = True, key.epoch
        _check_unit(known, key, manifest)
    _check_recipient(known, receiver, manifest)
    opened = known.opened = read_contents(envelope, manifest)
    known.notes += opened.notes
    assert isinstance(opened.body, Enrolment)
    known.notes += endorsement_notes(opened.body, receiver.roster, manifest, now)
    if key is not None:
        raise accepted_before(key, envelope)
    if envelope.signer.valid_to < now:
        raise UserError(Code.EXPIRED_KEY, day=_day(envelope.signer.valid_to))
    raise UserError(Code.UNKNOWN_KEY, fingerprint=envelope.fingerprint)


def accepted_before(key: RosterKey, envelope: Envelope) -> UserError:
    """Why a key that was accepted once is not accepted anew, though it was closed since: it never comes back.

    A request from the time when it was open is old news, which lies on many a stick; one signed since says what a
    paper would be told.
    """
    signed = envelope.signed_at.astimezone(VIETNAM).date()
    if key.revoked is not None and key.revoked <= signed:
        return UserError(Code.REVOKED_KEY, day=f"{key.revoked:%d/%m/%Y}")
    if key.valid_to < signed:
        return UserError(Code.EXPIRED_KEY, day=f"{key.valid_to:%d/%m/%Y}")
    return UserError(Code.ALREADY_RECEIVED, day=f"{key.accepted:%d/%m/%Y}")


def endorsement_notes(enrolment: Enrolment, roster: Roster, manifest: Manifest, now: datetime) -> tuple[Note, ...]:
    """What the unit's old key says of the new one, and whether that counts."""
    old = endorser(enrolment.endorsement)
    if old is None:
        return ()
    code = Code.KEY_CONFIRMED if vouches(old, roster, manifest.unit.code, now) else Code.KEY_NOT_CONFIRMED
    return (note(code, unit=manifest.unit.name, fingerprint=fingerprint(old.key_hash)),)


def vouches(old: Certificate, roster: Roster, unit_code: str, now: datetime) -> bool:
    """True when `old` is a key of the unit that may still speak for it today, and none was accepted in its place.

    A key that was replaced stays open to the end of that day, for what it signed before; it vouches for nobody.
    """
    key, today = roster.key(old.key_hash), now.astimezone(VIETNAM).date()
    if key is None or key.unit.code != unit_code or key.revoked is not None or key.valid_to < today:
        return False
    others = (other for other in roster.keys_of(unit_code) if other is not key)
    return not any(key.valid_to <= other.accepted and key.accepted <= other.accepted for other in others)


def _judge_reply(known: Known, receiver: Receiver) -> Verdict:
    """A receipt or return slip: by a key of the upper unit that was compared, for this office.

    Or of the one that was it then: whom the very package was sent to that is answered.
    """
    key, manifest = _from_upper(known, receiver, receiver.sent_to)
    _check_recipient(known, receiver, manifest)
    _check_days(known.envelope, key, receiver.now)
    opened = known.opened = read_contents(known.envelope, manifest)
    return known.verdict(None, f"Nhận được: {subject(opened)}, của «{manifest.unit.name}».")


def _judge_numbered(known: Known, receiver: Receiver) -> Verdict:
    """A roster or a campaign of the upper unit: by a key of its own only, and with a higher number only."""
    envelope = known.envelope
    key, manifest = _from_upper(known, receiver)
    known.is_for_us = True  # it is for everyone below
    _check_days(envelope, key, receiver.now)
    opened = known.opened = read_contents(envelope, manifest)
    decision = ledger.decide(
        receiver.taken,
        unit_code=manifest.unit.code,
        series=manifest.series,
        epoch=key.epoch,
        revision=manifest.revision,
        package_id=envelope.package_id,
        previous=None,
    )
    if refusal := ledger.refusal(decision, manifest.revision):
        raise refusal
    return known.verdict(None, f"Nhận được: {subject(opened)}, của «{manifest.unit.name}».")


def _from_upper(known: Known, receiver: Receiver, sent_to: Mapping[str, str] = _NOBODY) -> tuple[RosterKey, Manifest]:
    """The key and the manifest of what comes down. Raises UserError UNKNOWN_KEY, WRONG_UNIT, NOT_OUR_UPPER."""
    key, manifest = _signed(known, receiver.roster)
    _check_unit(known, key, manifest)
    if manifest.unit.code not in (receiver.upper_code, sent_to.get(manifest.previous or "")):
        raise UserError(Code.NOT_OUR_UPPER, unit=manifest.unit.name)
    return key, manifest


def _signed(known: Known, roster: Roster) -> tuple[RosterKey, Manifest]:
    """The key a file was signed with and its manifest. Raises UserError(UNKNOWN_KEY), the manifest told if readable."""
    envelope = known.envelope
    key = roster.key(envelope.signer.key_hash)
    if key is None:
        known.manifest = manifest_if_readable(envelope)
        raise UserError(Code.UNKNOWN_KEY, fingerprint=envelope.fingerprint)
    known.signer_known, known.epoch = True, key.epoch
    known.manifest = read_manifest(envelope)
    return key, known.manifest


def _check_unit(known: Known, key: RosterKey, manifest: Manifest) -> None:
    if key.unit.code != manifest.unit.code:
        raise UserError(Code.WRONG_UNIT, claimed=manifest.unit.name, owner=key.unit.name)
    known.may_speak_for_unit = True


def _check_recipient(known: Known, receiver: Receiver, manifest: Manifest) -> None:
    if manifest.recipient.code != receiver.own_code:
        raise UserError(Code.WRONG_RECIPIENT, recipient=manifest.recipient.name)
    known.is_for_us = True


def _check_days(envelope: Envelope, key: RosterKey, now: datetime) -> None:
    """The judge of time is the import, never the signing time: whoever holds a stolen key sets any clock he likes."""
    today = now.astimezone(VIETNAM).date()
    if key.revoked is not None:  # at once: its day was told by a clock that may have been ahead
        raise UserError(Code.REVOKED_KEY, day=f"{key.revoked:%d/%m/%Y}")
    if key.valid_to < today:
        raise UserError(Code.EXPIRED_KEY, day=f"{key.valid_to:%d/%m/%Y}")
    if envelope.signer.valid_to < now:
        raise UserError(Code.EXPIRED_KEY, day=_day(envelope.signer.valid_to))


def manifest_if_readable(envelope: Envelope) -> Manifest | None:
    """The manifest of a file nothing else is known of, or None."""
    try:
        return read_manifest(envelope)
    except UserError:
        return None


def form_unknown(form: FormRef, known: Collection[FormRef]) -> UserError:
    """Why a filing on this form cannot be taken: none of that name and number is here, or only another issuer's."""
    if any((one.id, one.version) == (form.id, form.version) for one in known):
        return UserError(Code.FORM_DIFFERS, form=form.id, version=form.version)
    return UserError(Code.FORM_UNKNOWN, form=f"{form.id}, bản {form.version}")


def subject(opened: Opened) -> str:
    match opened.body:
        case Content(kind=kind, campaign=campaign):
            return f"{FILING_WORDS[kind]} {campaign}, lần {opened.manifest.revision}"
        case Enrolment():
            return "Đăng ký khóa"
        case Roster(number=number):
            return f"Danh sách khóa số {number}"
        case CampaignFile(campaign=campaign_sent):
            return f"Gói đợt {campaign_sent.id}, lần {opened.manifest.revision}"
        case Reply() as reply:
            return reply_words(reply)
        case _:
            assert_never(opened.body)


def reply_words(reply: Reply) -> str:
    """ "Phiếu trả lại cho báo cáo 2022, lần 1"."""
    return f"{REPLY_WORDS[reply.act]} cho {series_words(reply.series)}, lần {reply.revision}"


def series_words(series: str) -> str:
    """ "báo cáo 2022" for "2022-report"; the series itself when it is no filing's."""
    campaign, _, kind = series.rpartition("-")
    return f"{FILING_WORDS[Kind(kind)].lower()} {campaign}" if kind in [one.value for one in Kind] else series


def _day(moment: datetime) -> str:
    return f"{moment.astimezone(VIETNAM):%d/%m/%Y}"
