"""What lies on the receiving desk: jobs on the store's thread. No Qt."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from hoctap_desktop.campaign.repository import known_campaigns, with_deadlines
from hoctap_desktop.consolidation import intake, repository, turns
from hoctap_desktop.consolidation.comparison import compared_with
from hoctap_desktop.consolidation.decisions import receipt_words
from hoctap_desktop.consolidation.intake import Line, Outcome
from hoctap_desktop.consolidation.model import Reported, held_nothing
from hoctap_desktop.consolidation.turns import Turn
from hoctap_desktop.filing.model import KIND_WORDS, Kind
from hoctap_desktop.form.context import Context
from hoctap_desktop.form.loader import form_by_id
from hoctap_desktop.form.validation import findings
from hoctap_desktop.foundation.clock import VIETNAM
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.progress import Progress
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission import repository as sealed
from hoctap_desktop.submission.container import KIND_WORDS as PACKAGE_WORDS
from hoctap_desktop.submission.container import PackageKind
from hoctap_desktop.submission.enrolment import accept
from hoctap_desktop.submission.examine import describe
from hoctap_desktop.submission.ledger import Taken
from hoctap_desktop.submission.model import Enrolment
from hoctap_desktop.submission.verdict import endorsement_notes
from hoctap_desktop.units.repository import own_unit, unit, units_below

REQUEST = PACKAGE_WORDS[PackageKind.ENROLMENT]
_ACCEPTED = "Đã nhận khóa của đơn vị. Từ nay gói ký bằng khóa này được nhận."
_HERE = "Bản này đã nhận rồi, không có gì thay đổi."
_DIFFERS = "Dãy số không khớp với phiếu có dấu. Không nhận khóa này. Hãy gọi đơn vị."


@dataclass(frozen=True)
class Desk:
    """One turn of receiving. batches: what undoing the turn puts back; at: when it began, None for an empty desk.

    lines: every file of the turn, and what waits for its key from turns before. source: what was dropped ("USB (E:)").
    notes: of the whole turn, for the officer. keys: of the units that wait, the day their open key was accepted.
    """

    batches: tuple[str, ...] = ()
    at: datetime | None = None
    lines: tuple[Line, ...] = ()
    skipped: int = 0
    source: str = ""
    notes: tuple[str, ...] = ()
    keys: Mapping[str, date] = field(default_factory=dict)


def read_desk(store: Store) -> Desk:
    """The last turn that was not undone, as the store remembers it. Raises UserError(STORE_DAMAGED)."""
    return _with_keys(store, _read(store))


def _read(store: Store) -> Desk:
    turn = _kept(store)
    if turn is not None:
        now = {one.package_id: one for one in _waiting(store)}
        told = {one.package_id for one in turn.lines}
        before = [one for id, one in now.items() if id not in told]
        # what waited then and does no more was dealt with elsewhere
        since = [one for one in turn.lines if one.outcome is not Outcome.WAITING or one.package_id in now]
        lines = (*before, *(now.get(one.package_id, one) for one in since))
        return Desk(turn.batches, turn.at, lines, turn.skipped, turn.source, turn.notes)
    batch = next((one for one in repository.batches(store) if one.undone_at is None), None)
    waiting = _waiting(store)
    if batch is None:
        return Desk(lines=waiting)
    return Desk((batch.id,), batch.begun_at, (*waiting, *_received(store, batch.id)))


def receive(store: Store, progress: Progress, paths: Sequence[Path], source: str = "") -> Desk:
    """Takes files in. Raises UserError and Cancelled as intake does."""
    summary = intake.intake(store, paths, progress)
    told = {line.package_id for line in summary.lines if line.package_id}
    before = tuple(line for line in _waiting(store) if line.package_id not in told)
    batches = (summary.batch,) if summary.batch else ()
    desk = Desk(batches, store.clock(), (*before, *summary.lines), summary.skipped, source, summary.notes)
    return _keep(store, desk) if desk.lines else desk


def accept_key(store: Store, desk: Desk, line: Line) -> Desk:
    """Takes the key of an enrolment request and releases what waits for it.

    Raises UserError as submission.enrolment.accept.
    """
    held = next(one for one in sealed.held_packages(store) if one.package_id == line.package_id)
    accept(store, sealed.held_data(store, held.package_id), held.file_name, store.clock())
    sealed.let_go(store, held.package_id)
    summary = intake.release(store, held.key_hash)
    news = {one.package_id: one for one in summary.lines}
    news[line.package_id] = _changed(line, Outcome.TAKEN, _ACCEPTED, None)
    waiting = {one.package_id for one in sealed.held_packages(store)}
    lines = tuple(news.get(one.package_id, _settled(one, waiting)) for one in desk.lines)
    told = {one.package_id for one in desk.lines}
    more = tuple(one for id, one in news.items() if id not in told)
    batches = (*desk.batches, *((summary.batch,) if summary.batch else ()))
    return _keep(store, replace(desk, batches=batches, at=desk.at or store.clock(), lines=(*lines, *more)))


def refuse_key(store: Store, desk: Desk, line: Line) -> Desk:
    """The digits differ: what this key signed waits no longer. The files can be dropped in again."""
    held = [one for one in sealed.held_packages(store) if one.fingerprint == line.fingerprint]
    for one in held:
        sealed.let_go(store, one.package_id)
    gone = {one.package_id for one in held}
    lines = tuple(
        _changed(one, Outcome.REFUSED, _DIFFERS, Code.FINGERPRINT_DIFFERS) if one.package_id in gone else one
        for one in desk.lines
    )
    return _keep(store, replace(desk, lines=lines))


def undo(store: Store, batches: Sequence[str]) -> int:
    """Puts a turn back; how many papers count no more. Raises UserError(BATCH_UNKNOWN)."""
    papers = sum(len(intake.undo(store, batch)) for batch in reversed(batches))
    turns.forget_turn(store)
    return papers


def to_look_at(store: Store) -> int:
    """How many files wait for somebody: what the sidebar says before the room is opened."""
    turn = _kept(store)
    refused = sum(line.outcome is Outcome.REFUSED for line in turn.lines) if turn else 0
    return len(sealed.held_packages(store)) + refused


def _keep(store: Store, desk: Desk) -> Desk:
    at = desk.at or store.clock()
    turns.keep_turn(store, Turn(desk.batches, at, desk.lines, desk.skipped, desk.source, desk.notes))
    return _with_keys(store, desk)


def _kept(store: Store) -> Turn | None:
    """The turn that was told last, unless it was put back or another came after it without this window."""
    turn = turns.last_turn(store)
    if turn is None:
        return None
    known = {one.id: one for one in repository.batches(store)}
    if any(id not in known or known[id].undone_at for id in turn.batches):
        return None
    later = (one for id, one in known.items() if id not in turn.batches and one.undone_at is None)
    return None if any(one.begun_at > turn.at for one in later) else turn


def _with_keys(store: Store, desk: Desk) -> Desk:
    waiting = {line.unit_code for line in desk.lines if line.outcome is Outcome.WAITING}
    if not waiting:
        return replace(desk, keys={})
    today = store.clock().astimezone(VIETNAM).date()
    keys = {
        key.unit.code: key.accepted
        for key in sealed.roster(store).keys
        if key.unit.code in waiting and key.revoked is None and key.valid_from <= today < key.valid_to
    }
    return replace(desk, keys=keys)


def _waiting(store: Store) -> tuple[Line, ...]:
    found = []
    for held in sealed.held_packages(store):
        verdict = describe(sealed.held_data(store, held.package_id), held.file_name)
        paper, sentence = "", str(UserError(Code.UNKNOWN_KEY, fingerprint=held.fingerprint))
        if verdict.opened is not None and isinstance(verdict.opened.body, Enrolment):
            said = endorsement_notes(verdict.opened.body, sealed.roster(store), verdict.opened.manifest, store.clock())
            sentence = " ".join([sentence, *(one.sentence for one in said)])
        if (manifest := verdict.manifest) is not None:
            campaign, _, kind = manifest.series.rpartition("-")
            paper = REQUEST
            if manifest.form is not None:
                paper = f"{KIND_WORDS[Kind(kind)]} {campaign}, lần {manifest.revision}"
        found.append(
            Line(
                held.file_name,
                Outcome.WAITING,
                sentence,
                Code.UNKNOWN_KEY,
                held.unit.code,
                held.unit.name,
                paper,
                held.package_id,
                held.fingerprint,
            )
        )
    return tuple(found)


def _received(store: Store, batch: str) -> tuple[Line, ...]:
    everything = tuple(one for campaign in known_campaigns() for one in repository.reported(store, campaign.id))
    return tuple(_line(store, one, everything) for one in everything if one.submission.batch == batch)


def _line(store: Store, one: Reported, everything: Sequence[Reported]) -> Line:
    got = one.submission
    form = form_by_id(got.form.id, got.form.version)
    campaign = with_deadlines(store, got.campaign)
    series = [
        other.submission
        for other in everything
        if (other.submission.unit_code, other.submission.series) == (got.unit_code, got.series)
    ]
    # what was typed from paper before is told in the notes
    earlier = [
        other for other in series if not other.from_paper and (other.epoch, other.revision) < (got.epoch, got.revision)
    ]
    last = max(earlier, key=lambda other: (other.epoch, other.revision), default=None)
    older = (
        Taken(last.unit_code, last.series, last.epoch, last.revision, last.package_id, last.received_on)
        if last
        else None
    )
    sender = unit(store, got.unit_code)
    deadline = campaign.deadline(got.kind.value, sender.level, sender.code) if sender else None
    late = deadline.days_late(min(other.received_on for other in series)) if deadline else None
    below = {each.code: each for each in units_below(store, own_unit(store).code)}
    context = Context(week_to=campaign.week_to)
    if sender is not None:
        context = compared_with(sender, got.campaign, got.kind, campaign.week_to, everything, below)
    words = receipt_words(
        older,
        got.notes,
        late,
        nothing_held=got.kind is Kind.REPORT and held_nothing(form, one.cells),
        findings=findings(form, repository.answers_of(store, got.package_id), context),
    )
    return Line(
        got.file_name,
        Outcome.REPLACED if older else Outcome.TAKEN,
        words,
        None,
        got.unit_code,
        got.unit_name,
        f"{KIND_WORDS[got.kind]} {got.campaign}, lần {got.revision}",
        got.package_id,
        "",
        late,
    )


def _settled(line: Line, waiting: Collection[str]) -> Line:
    """A file that waited and does no more, though nothing is said of it: it was here already."""
    if line.outcome is not Outcome.WAITING or line.package_id in waiting:
        return line
    return _changed(line, Outcome.UNCHANGED, _HERE, Code.ALREADY_RECEIVED)


def _changed(line: Line, outcome: Outcome, sentence: str, code: Code | None) -> Line:
    return Line(
        line.file, outcome, sentence, code, line.unit_code, line.unit, line.paper, line.package_id, line.fingerprint
    )
