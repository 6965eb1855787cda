"""A file from the upper unit (reply, roster, campaign), taken in. Look, decide, act; one transaction a file."""

import sqlite3
from dataclasses import replace
from datetime import datetime, timedelta

from hoctap_desktop.campaign.taken import taken_campaigns
from hoctap_desktop.foundation.clock import VIETNAM
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.store.attached import fetch
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission import replies, repository
from hoctap_desktop.submission.campaign_file import CampaignFile
from hoctap_desktop.submission.campaigns import take_campaign
from hoctap_desktop.submission.endorsement import endorser
from hoctap_desktop.submission.enrolment import take_key
from hoctap_desktop.submission.examine import examine
from hoctap_desktop.submission.ledger import Taken
from hoctap_desktop.submission.model import Verdict
from hoctap_desktop.submission.replies import TakenReply
from hoctap_desktop.submission.reply import Reply
from hoctap_desktop.submission.roster import Roster, RosterKey
from hoctap_desktop.submission.seal import EXTENSION
from hoctap_desktop.submission.sending import upper_unit
from hoctap_desktop.submission.unseal import signed_by, unseal
from hoctap_desktop.submission.verdict import Receiver, latest_now, series_words, vouches
from hoctap_desktop.units import repository as units

# A clock some hours fast changes no order of replies; one that is further ahead says nothing of when it was.
_FAST_CLOCK = timedelta(days=1)


def look(store: Store, data: bytes, file_name: str) -> Verdict:
    """The verdict on a file for this office as one that is answered. Writes nothing, never raises UserError for it."""
    own = units.own_unit(store)
    taken = _taken(store)
    known = repository.roster(store)
    now = latest_now(store.clock(), known, taken, repository.latest_signed(store))
    sent_to = {one.package_id: one.recipient.code for one in repository.sent_packages(store)}
    verdict = examine(data, file_name, Receiver(known, own.code, now, taken, None, own.upper, sent_to=sent_to))
    if not verdict.acceptable or verdict.opened is None or not isinstance(verdict.opened.body, Reply):
        return verdict
    try:
        _check_reply(store, verdict, verdict.opened.body)
    except UserError as refusal:
        return replace(verdict, code=refusal.code, sentence=str(refusal))
    return verdict


def take_down(store: Store, data: bytes, file_name: str) -> Verdict:
    """Takes a reply, a roster or a campaign of the upper unit in; the verdict says what it was, or why not.

    Nothing is written unless every check passed. A file taken before changes nothing (ALREADY_RECEIVED, quiet).
    """
    with store.atomic():
        verdict = look(store, data, file_name)
        if verdict.code is Code.UNKNOWN_KEY and _follows_trusted(store, data, file_name):
            try:
                trusted = trust_upper(store, data, file_name, store.clock())
            except UserError as refusal:
                return replace(verdict, code=refusal.code, sentence=str(refusal))
            verdict = look(store, data, file_name)
            words = f"Cấp trên đã đổi khóa, khóa cũ xác nhận. Dãy số mới: {trusted.fingerprint}."
            verdict = replace(verdict, sentence=f"{words} {verdict.sentence}")
        if not verdict.acceptable or verdict.opened is None:
            return verdict
        repository.note_signed(store, verdict.opened.envelope.signed_at)
        match verdict.opened.body:
            case Reply() as reply:
                note = _take_reply(store, verdict, reply, data)
                return replace(verdict, sentence=f"{verdict.sentence} {note}".strip())
            case Roster() as roster:
                _take_roster(store, verdict, roster, data)
                return verdict
            case CampaignFile() as sent:
                note = take_campaign(store, verdict, sent, data)
                return replace(verdict, sentence=f"{verdict.sentence} {note}".strip())
            case _:
                return verdict


def is_from_upper(store: Store, data: bytes, file_name: str) -> bool:
    """True for a whole reply, roster or campaign that says it is the upper unit's: its key may be compared and pinned.

    Raises UserError, all of unseal.
    """
    opened = unseal(data, file_name)
    upper = units.own_unit(store).upper
    return isinstance(opened.body, Reply | Roster | CampaignFile) and bool(upper) and opened.manifest.unit.code == upper


def trust_upper(store: Store, data: bytes, file_name: str, at: datetime, confirmed: str | None = None) -> RosterKey:
    """Pins the key that signed a file of the upper unit, after its digits were compared with those on paper.

    confirmed: the digits a person read on the upper unit's instruction; when given they must be those of the file.
    Whoever passes None has let a person compare the two on a screen. An older key of the upper unit is closed today.

    Raises UserError: all of unseal; NO_UPPER_UNIT, NOT_OUR_UPPER, FINGERPRINT_DIFFERS, ALREADY_RECEIVED, EXPIRED_KEY.
    """
    opened = unseal(data, file_name)
    upper = upper_unit(store)
    if opened.manifest.unit.code != upper.code:
        raise UserError(Code.NOT_OUR_UPPER, unit=opened.manifest.unit.name)
    key, _ = take_key(store, opened.envelope, upper, at, confirmed)
    return key


def _follows_trusted(store: Store, data: bytes, file_name: str) -> bool:
    """True for a roster whose new key the upper unit's key of until now confirms: no paper is needed then."""
    try:
        body = unseal(data, file_name).body
    except UserError:  # whatever is wrong with it: nobody known signed it, and that is what is told
        return False
    old = endorser(body.endorsement) if isinstance(body, Roster) else None
    known, upper = repository.roster(store), units.own_unit(store).upper
    now = latest_now(store.clock(), known, _taken(store), repository.latest_signed(store))
    return old is not None and bool(upper) and vouches(old, known, upper, now)


def _check_reply(store: Store, verdict: Verdict, reply: Reply) -> None:
    """Is it news? Raises UserError ALREADY_RECEIVED, REPLY_OLDER, REPLY_UNKNOWN."""
    last = replies.last_reply(store, reply.series, reply.package_id)
    for one in replies.taken_replies(store, reply.series):
        if one.reply_id == verdict.package_id:
            raise UserError(Code.ALREADY_RECEIVED, day=f"{one.taken_at.astimezone(VIETNAM):%d/%m/%Y}")
    words = series_words(reply.series)
    now = latest_now(store.clock(), repository.roster(store), _taken(store), repository.latest_signed(store))
    if last is not None and last.reply.decided_at > now + _FAST_CLOCK:
        # by a clock that was ahead: it was decided when it came here at the latest, and must not shut out what follows
        last = replace(last, reply=replace(last.reply, decided_at=last.taken_at))
    if last is not None and last.reply.decided_at >= reply.decided_at:
        day = f"{last.reply.decided_at.astimezone(VIETNAM):%d/%m/%Y}"
        raise UserError(Code.REPLY_OLDER, paper=words, revision=reply.revision, day=day)
    sent = [one for one in repository.sent_packages(store) if one.series == reply.series]
    same = next((one for one in sent if one.revision == reply.revision), None)
    highest = max((one.revision for one in sent), default=0)
    if same is not None and same.package_id != reply.package_id:
        facts = {"revision": reply.revision, "next_revision": max(highest, reply.revision) + 1}
        raise UserError(Code.REPLY_UNKNOWN, paper=words, **facts)


def _take_reply(store: Store, verdict: Verdict, reply: Reply, data: bytes) -> str:
    """Writes the reply; what a person should know beside it."""
    assert verdict.manifest is not None
    sent = [one for one in repository.sent_packages(store) if one.series == reply.series]
    highest = max((one.revision for one in sent), default=0)
    note = ""
    if all(one.revision != reply.revision for one in sent):
        note = (
            f"Máy này không có bản lần {reply.revision} (dữ liệu có lẽ được khôi phục từ bản sao cũ). "
            f"Lần nộp sau sẽ là lần {max(highest, reply.revision) + 1}."
        )
    replies.remember_reply(
        store, TakenReply(verdict.package_id, verdict.manifest.unit, reply, store.clock(), note), data
    )
    return note


def _take_roster(store: Store, verdict: Verdict, roster: Roster, data: bytes) -> None:
    assert verdict.manifest is not None
    own = repository.own_key(store)
    entry = roster.key(own.key_hash) if own else None
    epoch = entry.epoch if entry else max(replies.own_epoch(store), 1)
    unit = verdict.manifest.unit.code
    replies.remember_roster(store, roster.number, verdict.package_id, unit, epoch, data, store.clock())


def _taken(store: Store) -> tuple[Taken, ...]:
    """The rosters and campaigns taken before, as the ledger knows them."""
    known = repository.roster(store)
    rosters = tuple(
        Taken(
            row["unit_code"],
            "roster",
            _epoch_of(store, row, known),
            row["number"],
            row["package_id"],
            datetime.fromisoformat(row["taken_at"]).astimezone(VIETNAM).date(),
        )
        for row in replies.taken_rosters(store)
    )
    campaigns = tuple(
        Taken(
            one.unit_code,
            one.series,
            one.epoch,
            one.revision,
            one.package_id,
            one.taken_at.astimezone(VIETNAM).date(),
        )
        for one in taken_campaigns(store)
    )
    return rosters + campaigns


def _epoch_of(store: Store, row: sqlite3.Row, known: Roster) -> int:
    """The epoch of the key a roster was signed with: numbers begin anew after a key of the upper unit was revoked."""
    if all(key.epoch == 1 for key in known.keys_of(row["unit_code"])):
        return 1
    key = known.key(signed_by(fetch(store, row["file"], EXTENSION)))
    return key.epoch if key is not None else 1
