"""What lies on the receiving desk: jobs on the store's thread. No Qt."""

import contextlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from hoctap_desktop.campaign.repository import known_campaigns
from hoctap_desktop.consolidation import batches, intake, side_by_side, turns
from hoctap_desktop.consolidation.model import Beside
from hoctap_desktop.consolidation.received_lines import received_lines
from hoctap_desktop.consolidation.scan import encrypted_heads
from hoctap_desktop.consolidation.turn_paper import REQUEST
from hoctap_desktop.consolidation.turns import Turn
from hoctap_desktop.consolidation.verdict_lines import Line, Outcome, Summary, held_line
from hoctap_desktop.filing.model import KIND_WORDS, FormRef, Kind
from hoctap_desktop.form.loader import known_forms
from hoctap_desktop.foundation.clock import VIETNAM
from hoctap_desktop.foundation.dates import print_date
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.progress import Cancelled, Progress
from hoctap_desktop.foundation.text import slug
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission import repository as sealed
from hoctap_desktop.submission.encrypted_files import OwnReader, wanted
from hoctap_desktop.submission.enrolment import accept
from hoctap_desktop.submission.examine import describe
from hoctap_desktop.submission.model import Enrolment, Verdict
from hoctap_desktop.submission.repository import Held
from hoctap_desktop.submission.roster import RosterKey
from hoctap_desktop.submission.signer import Opener
from hoctap_desktop.submission.verdict import endorsement_notes, form_unknown
from hoctap_desktop.units.register import below_in, ever_below
from hoctap_desktop.units.repository import own_unit

_ACCEPTED = "Đã nhận khóa của đơn vị. Từ nay gói ký bằng khóa này được nhận."
_HERE = "Bản này đã nhận rồi, không có gì thay đổi."
_ALONE = "Nhận được. Bản đã duyệt trước đó không còn được tính."
_RELEASED = "gói đang chờ khóa"
_NEXT_TURN = "Khóa đã nhận; lần tiếp nhận trước đã hoàn tác. Lần tiếp nhận sau máy nhập gói này."
_DIFFERS = "Dãy số không khớp với phiếu có dấu. Gói nằm chờ, không nhập; hãy gọi đơn vị."


@dataclass(frozen=True)
class Desk:
    """One turn of receiving. batches: what undoing the turn puts back; at: when it began, None for an empty desk.

    lines: every file of the turn, and what is still to be done of turns before (Line.left_over). source: what was
    dropped ("USB (E:)"). notes: of the whole turn, for the officer. keys: of the units that wait, the day their open
    key was accepted. turn: its number, 0 for an empty desk or what was taken in without one. beside: packages that
    came for an accepted paper. past: an earlier turn is looked at; undone_at, broken_off: as of a Turn.
    """

    batches: tuple[str, ...] = ()
    at: datetime | None = None
    lines: tuple[Line, ...] = ()
    skipped: int = 0
    source: str = ""
    notes: tuple[str, ...] = ()
    keys: Mapping[str, date] = field(default_factory=dict)
    turn: int = 0
    beside: frozenset[str] = frozenset()
    past: bool = False
    undone_at: datetime | None = None
    broken_off: bool = False


def read_desk(store: Store) -> Desk:
    """The last turn that was not undone, as the store remembers it. Raises UserError(STORE_DAMAGED)."""
    return _as_it_is(store, _read(store))


def read_turn(store: Store, number: int) -> Desk:
    """A turn of before, as it was told, and what became of its papers since. Raises UserError TURN_UNKNOWN."""
    kept = turns.turn(store, number)
    last = turns.last_turn(store)
    desk = _desk_of(kept, kept.lines)
    if kept.undone_at is None:
        desk = _as_it_is(store, desk)
    return replace(desk, past=last is None or last.number != number, undone_at=kept.undone_at)


def _desk_of(kept: Turn, lines: Sequence[Line]) -> Desk:
    said = kept.skipped, kept.source, kept.notes
    return Desk(kept.batches, kept.at, tuple(lines), *said, turn=kept.number, broken_off=kept.broken_off)


def _read(store: Store) -> Desk:
    turn = _kept(store)
    if turn is not None:
        now = {_key(one): one for one in (*_waiting(store), *_undecided(store))}
        told = {_key(one) for one in turn.lines}
        before = _left_over(one for key, one in now.items() if key not in told)
        # what waited then and does no more was dealt with elsewhere
        since = [one for one in turn.lines if one.outcome is not Outcome.WAITING or _key(one) in now]
        lines = (*before, *(_in_place(now.get(_key(one), one), one) for one in since))
        return _desk_of(turn, lines)
    batch = next((one for one in batches.every(store) if one.undone_at is None), None)
    waiting = (*_waiting(store), *_undecided(store))
    if batch is None:
        return Desk(lines=waiting)
    received = received_lines(store, batches.packages_of(store, batch.id) - {one.package_id for one in waiting})
    return Desk((batch.id,), batch.begun_at, (*waiting, *received))


def receive(
    store: Store, progress: Progress, paths: Sequence[Path], source: str = "", keys: Sequence[Opener] = ()
) -> Desk:
    """Takes files in; the desk as it is then. Raises UserError and Cancelled as intake does."""
    return take_in(store, progress, paths, source, keys)[1]


def locked(store: Store, progress: Progress, paths: Sequence[Path]) -> tuple[OwnReader, ...]:
    """The keys of this office that encrypted files among these are for: to be opened before they are taken in."""
    return wanted(store, encrypted_heads(paths, progress))


def take_in(
    store: Store, progress: Progress, paths: Sequence[Path], source: str = "", keys: Sequence[Opener] = ()
) -> tuple[Summary, Desk]:
    """Takes files in as one turn, which is kept when there was anything to tell. keys, raises: as intake does.

    The turn is in the store, still without a line, before its first paper: finish_broken_off knows it by that.
    """
    with contextlib.suppress(UserError):  # a damaged turn is told where turns are read; papers go on coming in
        finish_broken_off(store)
    left = _refused_before(store)
    begun = _Begun(store, source, left)
    try:
        summary = intake.intake(store, paths, progress, keys, begun=begun.begin)
    except Cancelled:
        turns.forget_turn(store, begun.number)
        raise
    if not summary.lines:
        return summary, Desk(at=begun.at, skipped=summary.skipped, source=source, notes=summary.notes)
    told = {_key(line) for line in summary.lines if line.package_id}
    undecided = (line for line in _undecided(store) if _key(line) not in told)
    before = _left_over((*_not_settled(left, summary.lines), *_waiting(store, told), *undecided))
    batches = (summary.batch,) if summary.batch else ()
    lines = (*before, *summary.lines)
    desk = Desk(batches, begun.at, lines, summary.skipped, source, summary.notes, turn=begun.number)
    return summary, _keep(store, desk)


class _Begun:
    """A turn of which nothing is told yet. number: 0 until it is in the store, with its first paper.

    left: what it carries over from the turn before.
    """

    def __init__(self, store: Store, source: str, left: Sequence[Line]) -> None:
        self._store, self._source, self._left = store, source, tuple(left)
        self.at, self.number = store.clock(), 0

    def begin(self, batch: str) -> None:
        self.number = turns.keep_turn(self._store, Turn((batch,), self.at, self._left, source=self._source)).number


def _refused_before(store: Store) -> tuple[Line, ...]:
    """The files of the last turn that were refused and not put aside; what was left over in it among them."""
    with contextlib.suppress(UserError):  # a damaged turn is told where turns are read
        last = turns.last_turn(store)
        return _left_over(one for one in last.lines if one.outcome is Outcome.REFUSED) if last is not None else ()
    return ()


def _not_settled(before: Sequence[Line], told: Sequence[Line]) -> tuple[Line, ...]:
    """Of files that were refused before, those that were not read again in `told`, and of which no good one came.

    A name settles only what says nothing of itself, and only a name that names the unit, as ours do.
    """
    again = {line.digest for line in told if line.digest}
    read = {line.file for line in told}
    good = [line for line in told if line.outcome is not Outcome.REFUSED and line.unit_code]
    papers = {line.whose for line in good}
    ours = {line.file for line in good if line.file.lower().startswith(f"{slug(line.unit_code)}-")}

    def settled(one: Line) -> bool:
        seen = one.digest in again if one.digest else one.file in read
        return seen or (one.whose in papers if one.whose else one.file in ours)

    return tuple(one for one in before if not settled(one))


def _left_over(lines: Iterable[Line]) -> tuple[Line, ...]:
    return tuple(replace(one, left_over=True) for one in lines)


def release(store: Store, key_hash: str) -> Summary:
    """Judges what waited for a key once more, as a turn of its own. Raises as intake.release."""
    left = _refused_before(store)
    begun = _Begun(store, _RELEASED, left)
    summary = intake.release(store, key_hash, begun.begin)
    if summary.batch:
        lines = (*_not_settled(left, summary.lines), *summary.lines)
        _keep(store, Desk((summary.batch,), begun.at, lines, source=_RELEASED, turn=begun.number))
    return summary


def finish_broken_off(store: Store) -> Turn | None:
    """Gives the last turn the lines it lacks when the program was killed in it: what was taken in and what it put by.

    The turn as it is then; None when it lacks nothing. One that was begun and took nothing in is no turn. Raises
    UserError(STORE_DAMAGED).
    """
    turn = turns.last_turn(store)
    if turn is None:
        return None
    told = {line.package_id for line in turn.own}
    missing = {id for batch in turn.batches for id in batches.packages_of(store, batch)} - told
    if not turn.own:  # what a told turn put by may have left its lines since
        missing.update(*(batches.put_by(store, batch) for batch in turn.batches))
    if not missing:
        if not turn.own:
            turns.forget_turn(store, turn.number)
        return None
    lines = [line for line in (*_waiting(store), *_undecided(store)) if line.package_id in missing]
    missing -= {line.package_id for line in lines}
    lines += received_lines(store, missing)
    left = _not_settled([one for one in turn.lines if one.left_over], lines)
    return turns.keep_turn(store, replace(turn, lines=(*left, *turn.own, *lines), broken_off=True))


def accept_key(store: Store, desk: Desk, line: Line) -> Desk:
    """Takes the key of an enrolment request and releases what waits for it.

    Raises UserError as submission.enrolment.accept.
    """
    held = next(one for one in sealed.held_packages(store) if _pair(one) == _pair(line))
    with store.atomic():
        accept(store, sealed.held_data(store, held), held.file_name, store.clock())
        sealed.let_go(store, held.package_id, held.key_hash)
    kept = desk.turn and turns.turn(store, desk.turn)

    def begin(batch: str) -> None:
        if kept:
            turns.keep_turn(store, replace(kept, batches=(*desk.batches, batch)))

    summary = intake.release(store, held.key_hash, begin)
    news = {_pair(one): one for one in summary.lines}
    news[_pair(line)] = _changed(line, Outcome.TAKEN, _ACCEPTED, None)
    waiting = {_pair(one) for one in sealed.held_packages(store)}
    lines = tuple(_in_place(news.get(_pair(one), _settled(one, waiting)), one) for one in desk.lines)
    told = {_pair(one) for one in desk.lines}
    more = tuple(one for pair, one in news.items() if pair not in told)
    batches = (*desk.batches, *((summary.batch,) if summary.batch else ()))
    return _keep(store, replace(desk, batches=batches, at=desk.at or store.clock(), lines=(*lines, *more)))


def refuse_key(store: Store, desk: Desk, line: Line) -> Desk:
    """The digits differ: what this key signed is not taken in; it waits on, marked, and can be compared again."""
    held = {_pair(one) for one in sealed.held_packages(store) if one.fingerprint == line.fingerprint}
    lines = tuple(
        replace(one, sentence=_DIFFERS, code=Code.FINGERPRINT_DIFFERS) if _pair(one) in held else one
        for one in desk.lines
    )
    return _keep(store, replace(desk, lines=lines))


def put_aside(store: Store, desk: Desk, line: Line) -> Desk:
    """Nothing more is to be done about a refused file: it leaves what is to be looked at. Done again, it comes back.

    Raises UserError(FILE_NOT_REFUSED) for a line of another kind.
    """
    if line not in desk.lines or line.outcome not in (Outcome.REFUSED, Outcome.PUT_ASIDE):
        raise UserError(Code.FILE_NOT_REFUSED, file=line.file)
    became = {Outcome.REFUSED: Outcome.PUT_ASIDE, Outcome.PUT_ASIDE: Outcome.REFUSED}
    lines = tuple(replace(one, outcome=became[one.outcome]) if one == line else one for one in desk.lines)
    return _keep(store, replace(desk, lines=lines))


def undo(store: Store, batches: Sequence[str]) -> tuple[str, ...]:
    """Puts a turn back in one commit; the packages that count no more. Raises UserError(BATCH_UNKNOWN)."""
    with store.atomic():
        papers = tuple(one.package_id for batch in reversed(batches) for one in intake.undo(store, batch))
        for kept in turns.turns(store):
            if kept.undone_at is None and kept.batches and set(kept.batches) <= set(batches):
                turns.undo_turn(store, kept.number, store.clock())
    return papers


def to_look_at(store: Store) -> int:
    """How many files wait for somebody: what the sidebar says before the room is opened."""
    turn = _kept(store)
    refused = turn.count(Outcome.REFUSED) if turn else 0
    return len(sealed.held_packages(store)) + len(_beside(store)) + refused


def _keep(store: Store, desk: Desk) -> Desk:
    at = desk.at or store.clock()
    said = desk.skipped, desk.source, desk.notes
    kept = Turn(desk.batches, at, desk.lines, *said, desk.turn, broken_off=desk.broken_off)
    return _as_it_is(store, replace(desk, at=at, turn=turns.keep_turn(store, kept).number))


def _as_it_is(store: Store, desk: Desk) -> Desk:
    """What became since of papers that came for an accepted one; and the keys of those that wait."""
    found, lines = set(), []
    for line in desk.lines:
        if line.outcome is Outcome.BESIDE:
            found.add(line.package_id)
            lines.append(_decided_line(store, line))
        else:
            lines.append(line)
    return _with_keys(store, replace(desk, lines=tuple(lines), beside=frozenset(found)))


def _decided_line(store: Store, line: Line) -> Line:
    try:
        pair = side_by_side.side_by_side(store, line.package_id)
    except UserError as gone:
        if gone.code not in (Code.NOTHING_BESIDE, Code.PACKAGE_UNKNOWN):
            raise
        # its accepted paper was put back, or it was itself
        return replace(line, outcome=Outcome.TAKEN, sentence=_ALONE)
    accepted = pair.accepted.named
    match pair.standing:
        case side_by_side.Standing.TAKEN:
            return replace(line, outcome=Outcome.REPLACED, sentence=f"Đã lấy bản này, thay {accepted} đã duyệt.")
        case side_by_side.Standing.KEPT:
            words = f"Đã quyết định giữ {accepted} đã duyệt; bản này không tính."
            return replace(line, outcome=Outcome.UNCHANGED, sentence=words)
        case side_by_side.Standing.RETURNED:
            words = f"Đã trả lại đơn vị; vẫn tính {accepted} đã duyệt."
            return replace(line, outcome=Outcome.UNCHANGED, sentence=words)
        case side_by_side.Standing.PROPOSED:
            return replace(line, sentence=f"{line.sentence} Một người đã đề nghị lấy bản này, chờ người thứ hai.")
        case _:
            return line


def _beside(store: Store) -> tuple[Beside, ...]:
    return side_by_side.waiting(store, [campaign.id for campaign in known_campaigns()])


def _undecided(store: Store) -> tuple[Line, ...]:
    """Later papers nobody has decided on, from whatever turn."""
    found = {one.later.submission.package_id: one.accepted.submission for one in _beside(store)}
    return received_lines(store, found.keys(), found)


def _in_place(line: Line, before: Line) -> Line:
    """What is said now in the place of what was said before of the same file."""
    left_over = before.left_over and line.outcome is before.outcome  # what became of it since belongs to this turn
    return replace(line, digest=line.digest or before.digest, left_over=left_over)


def _kept(store: Store) -> Turn | None:
    """The turn that was told last, unless it was put back or another came after it without this window."""
    turn = turns.last_turn(store)
    if turn is None:
        return None
    known = {one.id: one for one in batches.every(store)}
    if any(id not in known or known[id].undone_at for id in turn.batches):
        return None
    last = next((one for one in known.values() if one.undone_at is None), None)
    if last is None or last.id in turn.batches or last.begun_at <= turn.at:
        return turn
    return turn if turns.is_told(store, last.id) else None


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


def _pair(one: Line | Held) -> tuple[str, str]:
    """What a file is known by: the id does not cover who signed, so a stranger may make a second file of it."""
    return one.package_id, one.fingerprint


def _key(line: Line) -> tuple[str, str]:
    """As _pair while it waits; of what was taken in there is one."""
    return _pair(line) if line.outcome is Outcome.WAITING else (line.package_id, "")


def _waiting(store: Store, but: Collection[tuple[str, str]] = ()) -> tuple[Line, ...]:
    """What waits for its key; `but`: what is told of already, by _pair."""
    found = []
    known = sealed.roster(store)
    waiting = [held for held in sealed.held_packages(store) if _pair(held) not in but]
    differs = _marked(store, {_pair(held) for held in waiting})
    for held in waiting:
        try:
            verdict = describe(sealed.held_data(store, held), held.file_name)
        except UserError as lost:
            found.append(held_line(held, lost))
            continue
        paper, sentence = "", str(UserError(Code.UNKNOWN_KEY, fingerprint=held.fingerprint))
        if verdict.opened is not None and isinstance(verdict.opened.body, Enrolment):
            said = endorsement_notes(verdict.opened.body, sealed.roster(store), verdict.opened.manifest, store.clock())
            sentence = " ".join([sentence, *(one.sentence for one in said)])
        if (manifest := verdict.manifest) is not None:
            campaign, _, kind = manifest.series.rpartition("-")
            paper = REQUEST
            if manifest.form is not None:
                paper = f"{KIND_WORDS[Kind(kind)]} {campaign}, lần {manifest.revision}"
        code: Code | None = Code.UNKNOWN_KEY
        if _pair(held) in differs:
            code, sentence = Code.FINGERPRINT_DIFFERS, _DIFFERS
        elif (key := known.key(held.key_hash)) is not None:
            why = _waits_for(store, verdict, key)
            code, sentence = (why.code, str(why)) if why is not None else (None, _NEXT_TURN)
        found.append(
            Line(
                held.file_name,
                Outcome.WAITING,
                sentence,
                code,
                held.unit.code,
                held.unit.name,
                paper,
                held.package_id,
                held.fingerprint,
            )
        )
    return tuple(found)


def _waits_for(store: Store, verdict: Verdict, key: RosterKey) -> UserError | None:
    """Why a package still waits though its key was accepted; None for one whose taking in was undone."""
    assert verdict.manifest is not None
    form, unit, own = verdict.manifest.form, verdict.manifest.unit, own_unit(store).code
    known = {FormRef(one.id, one.version, one.hash) for one in known_forms()}
    if form is not None and form not in known:
        return form_unknown(form, known)
    if unit.code not in {one.code for one in ever_below(store, own)}:
        return UserError(Code.UNIT_UNKNOWN, unit=unit.code)
    id = verdict.manifest.series.rpartition("-")[0]
    campaign = next((one for one in known_campaigns() if one.id == id), None)
    if campaign is not None and unit.code not in below_in(store, own, campaign.year):
        return UserError(Code.UNIT_ELSEWHERE, unit=unit.name, campaign=id)
    if key.valid_to < store.clock().astimezone(VIETNAM).date():
        return UserError(Code.EXPIRED_KEY, day=print_date(key.valid_to))
    return None


def _marked(store: Store, waiting: Collection[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """Those of the packages that wait whose digits did not match the sheet when they were last compared, by _pair.

    A turn tells of what waits from turns before: as a rule the newest one tells of all.
    """
    last: dict[tuple[str, str], Code | None] = {}
    for kept in turns.newest_first(store) if waiting else ():
        told = {_pair(one): one.code for one in kept.lines if one.outcome is Outcome.WAITING}
        last = {pair: code for pair, code in told.items() if pair in waiting} | last
        if len(last) == len(waiting):
            break
    return frozenset(pair for pair, code in last.items() if code is Code.FINGERPRINT_DIFFERS)


def _settled(line: Line, waiting: Collection[tuple[str, str]]) -> Line:
    """A file that waited and does no more, though nothing is said of it: it was here already."""
    if line.outcome is not Outcome.WAITING or _pair(line) in waiting:
        return line
    return _changed(line, Outcome.UNCHANGED, _HERE, Code.ALREADY_RECEIVED)


def _changed(line: Line, outcome: Outcome, sentence: str, code: Code | None) -> Line:
    return replace(line, outcome=outcome, sentence=sentence, code=code, days_late=None)
