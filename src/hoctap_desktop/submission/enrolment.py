"""Trust without internet: a key is made, asked for on a file and a stamped sheet, compared by a person, accepted."""

import hashlib
from dataclasses import dataclass, replace
from datetime import date, datetime

from hoctap_desktop.document.model import (
    Column,
    Document,
    Footer,
    Metadata,
    Paragraph,
    Run,
    Table,
    TableRow,
    Title,
    plain,
)
from hoctap_desktop.filing.printed import office_head, office_signature
from hoctap_desktop.foundation.clock import VIETNAM
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission import key_rows, repository
from hoctap_desktop.submission.attachments import Note
from hoctap_desktop.submission.certificate import Certificate, read_certificate
from hoctap_desktop.submission.fingerprint import fingerprint, same_fingerprint
from hoctap_desktop.submission.keys import ROUNDS, Key, from_pkcs12, make_key, to_pkcs12
from hoctap_desktop.submission.manifest import unit_name
from hoctap_desktop.submission.model import Enrolment, Envelope
from hoctap_desktop.submission.replies import uppers
from hoctap_desktop.submission.repository import Held, OwnKey
from hoctap_desktop.submission.roster import RosterKey, roster_json
from hoctap_desktop.submission.seal import Sealed, seal_enrolment, seal_roster
from hoctap_desktop.submission.sending import upper_unit
from hoctap_desktop.submission.signer import Signer
from hoctap_desktop.submission.tokens import open_token
from hoctap_desktop.submission.unseal import unseal
from hoctap_desktop.submission.verdict import accepted_before, endorsement_notes
from hoctap_desktop.units import repository as units
from hoctap_desktop.units.model import Unit
from hoctap_desktop.units.register import ever_below


@dataclass(frozen=True)
class Request:
    """What a unit hands in to be registered: a file, and a sheet to be printed, signed and stamped."""

    sealed: Sealed
    sheet: Document


@dataclass(frozen=True)
class Accepted:
    """key: as it stands in the roster. closed: keys of the unit it takes the place of. waiting: what it releases.

    notes: whether the unit's old key confirmed this one.
    """

    key: RosterKey
    closed: tuple[RosterKey, ...]
    waiting: tuple[Held, ...]
    notes: tuple[Note, ...] = ()


def init_key(store: Store, passphrase: str, at: datetime, rounds: int = ROUNDS) -> Key:
    """Makes the office's key under a passphrase. Raises UserError KEY_EXISTS, WEAK_PASSPHRASE, UNIT_UNKNOWN."""
    if repository.own_key(store) is not None:
        raise UserError(Code.KEY_EXISTS)
    own = units.own_unit(store)
    key = make_key(own.name, own.code, at)
    pkcs12 = to_pkcs12(key, passphrase, rounds)
    repository.save_own_key(store, OwnKey(key.key_hash, key.certificate, pkcs12, at))
    return key


def open_key(store: Store, passphrase: str) -> Signer:
    """The office's key, ready to sign. passphrase: of the key, or the PIN of the token it is on.

    Raises UserError KEY_MISSING, WRONG_PASSPHRASE, TOKEN_…
    """
    kept = repository.own_key(store)
    if kept is None:
        raise UserError(Code.KEY_MISSING)
    place = key_rows.token_place(store, kept.key_hash)
    if place is not None:
        return open_token(place, passphrase)
    return from_pkcs12(kept.pkcs12, passphrase)


def request(store: Store, key: Signer, at: datetime) -> Request:
    """The enrolment request of this office to its upper unit. Raises UserError(NO_UPPER_UNIT)."""
    own, upper = units.own_unit(store), upper_unit(store)
    said = key_rows.endorsement(store, key.key_hash)
    return Request(
        seal_enrolment(own, key, unit_name(upper), at, said), sheet(own, upper, read_certificate(key.certificate), at)
    )


def accept(store: Store, data: bytes, file_name: str, at: datetime, confirmed: str | None = None) -> Accepted:
    """Takes the key of an enrolment request into the roster; older keys of the unit are closed as of today.

    confirmed: the digits a person read from the stamped sheet; when given they must be those of the file. Whoever
    passes None has let a person compare the two on a screen.

    Raises UserError: all of unseal; WRONG_FILE_KIND, WRONG_RECIPIENT, UNIT_UNKNOWN (not below this office),
    FINGERPRINT_DIFFERS, ALREADY_RECEIVED, WRONG_UNIT (the key belongs to another unit), EXPIRED_KEY,
    REVOKED_KEY. A key that was closed or revoked is never accepted again, whatever paper comes with it.
    """
    opened = unseal(data, file_name)
    if not isinstance(opened.body, Enrolment):
        raise UserError(
            Code.WRONG_FILE_KIND, file=file_name, wanted="tệp đăng ký khóa", found="đây là gói khác của chương trình"
        )
    manifest = opened.manifest
    own = units.own_unit(store)
    if manifest.recipient.code != own.code:
        raise UserError(Code.WRONG_RECIPIENT, recipient=manifest.recipient.name)
    # The upper unit's key is compared by trust_upper alone: one taken here could sign what comes down. A unit that
    # reported here in another year may still owe that year's paper.
    below = (one for one in ever_below(store, own.code) if one.code not in (own.upper, own.code))
    unit = next((one for one in below if one.code == manifest.unit.code), None)
    if unit is None:
        raise UserError(Code.UNIT_UNKNOWN, unit=manifest.unit.code)
    with store.atomic():
        known = repository.roster(store)
        key, closed = take_key(store, opened.envelope, unit, at, confirmed)
    notes = endorsement_notes(opened.body, known, manifest, at)
    return Accepted(key, closed, repository.held_packages(store, key.key_hash), notes)


def take_key(
    store: Store, envelope: Envelope, unit: Unit, at: datetime, confirmed: str | None
) -> tuple[RosterKey, tuple[RosterKey, ...]]:
    """The key that signed a file is the unit's from today on, older keys of the unit are closed: (key, closed).

    Raises UserError FINGERPRINT_DIFFERS, EXPIRED_KEY, REVOKED_KEY, ALREADY_RECEIVED, WRONG_UNIT.
    """
    signer, digits = envelope.signer, envelope.fingerprint
    if confirmed is not None and not same_fingerprint(confirmed, digits):
        raise UserError(Code.FINGERPRINT_DIFFERS, fingerprint=digits)
    if signer.valid_to < at:
        raise UserError(Code.EXPIRED_KEY, day=f"{signer.valid_to.astimezone(VIETNAM):%d/%m/%Y}")
    day = at.astimezone(VIETNAM).date()
    with store.atomic():
        known = repository.roster(store)
        _refuse_known(known.key(signer.key_hash), unit, envelope)
        key = RosterKey(
            unit=unit_name(unit),
            key_hash=signer.key_hash,
            valid_from=day,
            valid_to=signer.valid_to.astimezone(VIETNAM).date(),
            accepted=day,
            epoch=known.epoch(unit.code),
        )
        closed = tuple(replace(old, valid_to=day) for old in known.keys_of(unit.code) if _open(old, day))
        for old in closed:
            repository.change_roster_key(store, old)
        repository.add_roster_key(store, key, signer.data)
        repository.note_signed(store, envelope.signed_at)
    return key, closed


def revoke(store: Store, unit_code: str, at: datetime) -> tuple[RosterKey, ...]:
    """Trusts no key of a unit from today on (stolen). The next key accepted begins a new epoch.

    What was taken in before stays; a file first seen from now on is refused.

    Raises UserError UNIT_UNKNOWN, NO_OPEN_KEY.
    """
    day = at.astimezone(VIETNAM).date()
    with store.atomic():
        known = repository.roster(store).keys_of(unit_code)
        unit = units.unit(store, unit_code)
        if unit is None and not known:  # a key outlives its unit's place in the list
            raise UserError(Code.UNIT_UNKNOWN, unit=unit_code)
        keys = tuple(key for key in known if _open(key, day))
        if not keys:
            raise UserError(Code.NO_OPEN_KEY, unit=unit.short_name if unit else known[0].unit.name)
        revoked = tuple(replace(key, revoked=day) for key in keys)
        for key in revoked:
            repository.change_roster_key(store, key)
    return revoked


def issue_roster(store: Store, key: Signer, at: datetime) -> Sealed:
    """The roster of this office as a signed, numbered file. Without a change of a key it is the last one's bytes."""
    own = units.own_unit(store)
    known = repository.roster(store)
    # the key of an office above, of today or before, is not this office's to vouch for
    above = uppers(store)
    vouched = tuple(key for key in known.keys if key.unit.code not in above)
    known = replace(known, keys=vouched, endorsement=key_rows.endorsement(store, key.key_hash))
    # signed by another key it is another file: the one before may be lost, or in a thief's hands
    keys_hash = hashlib.sha256(roster_json(replace(known, number=1)) + key.key_hash.encode()).hexdigest()
    last = repository.last_issue(store)
    if last is not None and last[0] == keys_hash:
        return last[1]
    issued = replace(known, number=known.number + 1)
    sealed = seal_roster(own, issued, key, at)
    repository.remember_issue(store, issued.number, keys_hash, sealed, at)
    return sealed


def sheet(unit: Unit, recipient: Unit, certificate: Certificate, at: datetime) -> Document:
    """The enrolment sheet, A4: the unit, its fingerprint in six groups of five digits, place for signature and stamp.

    The officer compares this paper with his screen before he accepts the key (package-format.md §6). The QR says
    the same digits: a hand scanner types them where they are asked for.
    """
    day, made = at.astimezone(VIETNAM).date(), certificate.valid_from.astimezone(VIETNAM)
    digits = fingerprint(certificate.key_hash)
    groups = tuple((Run(group, bold=True),) for group in digits.split())
    return Document(
        letterhead=office_head(unit, day, "ĐKK"),
        title=Title("PHIẾU ĐĂNG KÝ KHÓA", "ký gói dữ liệu gửi cấp trên"),
        blocks=(
            Paragraph(plain(f"Kính gửi: {recipient.name}.")),
            Paragraph((*plain("Đơn vị đăng ký: "), Run(unit.name, bold=True), *plain(f" (mã đơn vị {unit.code})."))),
            Paragraph(plain(f"Khóa lập ngày {made:%d/%m/%Y}. Dãy số của khóa:")),
            Table(tuple(Column(f"Nhóm {n}", 1 / 6, "center") for n in range(1, 7)), (TableRow(groups),)),
            Paragraph(
                plain(
                    "Cán bộ tiếp nhận so dãy số trên phiếu này với dãy số hiện trên màn hình. Chỉ nhận khóa khi cả sáu "
                    "nhóm giống nhau và phiếu có chữ ký, dấu của đơn vị."
                )
            ),
            Paragraph(
                plain(
                    "Đơn vị chịu trách nhiệm giữ khóa và mật khẩu; mất máy hoặc lộ mật khẩu thì báo ngay cho nơi nhận."
                )
            ),
        ),
        recipients=None,
        signature=office_signature(unit.signer, note="(ký tên và đóng dấu)"),
        metadata=Metadata("Phiếu đăng ký khóa", unit.name, created=day),
        footer=Footer(left=f"Dãy số khóa: {digits}", qr=digits),
    )


def _refuse_known(known: RosterKey | None, unit: Unit, envelope: Envelope) -> None:
    if known is None:
        return
    if known.unit.code != unit.code:
        raise UserError(Code.WRONG_UNIT, claimed=unit.short_name or unit.name, owner=known.unit.name)
    raise accepted_before(known, envelope)


def _open(key: RosterKey, day: date) -> bool:
    return key.revoked is None and key.valid_to >= day
