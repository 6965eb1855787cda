"""Taking files in: look, decide, act; one verdict line per file, one undo per batch.

Some files at a time go into one transaction, each under a savepoint of its own: opened one after the other, judged one
after the other, written one after the other, which costs half of doing it all for one and then for the next. Nothing is
told before its transaction is on the disk. When anything goes wrong in a group it is undone, and its files go alone.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TypeVar, assert_never

from hoctap_desktop.campaign.model import Campaign
from hoctap_desktop.campaign.repository import choose, is_chosen, known_campaigns, with_deadlines
from hoctap_desktop.consolidation import batches, repository
from hoctap_desktop.consolidation.comparison import Neighbours, year_before
from hoctap_desktop.consolidation.decisions import (
    Refuse,
    Replace,
    Take,
    Unchanged,
    Wait,
    decide,
    received_words,
)
from hoctap_desktop.consolidation.model import Reported, Submission, held_nothing, newest
from hoctap_desktop.consolidation.reviewing import decided, void
from hoctap_desktop.consolidation.scan import Rooms, groups, read, scan
from hoctap_desktop.consolidation.verdict_lines import (
    Line,
    Outcome,
    Summary,
    against_paper,
    claiming,
    come_down_line,
    held_line,
    paper_words,
    refused_line,
    verdict_line,
)
from hoctap_desktop.filing.model import FormRef, Kind
from hoctap_desktop.form.answers import Answers, cell
from hoctap_desktop.form.definition import FormDefinition
from hoctap_desktop.form.loader import known_forms
from hoctap_desktop.form.validation import findings
from hoctap_desktop.foundation.clock import VIETNAM
from hoctap_desktop.foundation.collector import seldom
from hoctap_desktop.foundation.dates import print_date
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.progress import Cancelled, Progress, silent
from hoctap_desktop.foundation.text import clean_line
from hoctap_desktop.store.attached import listed, sweep
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission import repository as sealed
from hoctap_desktop.submission.coming_down import take_down
from hoctap_desktop.submission.container import PackageKind
from hoctap_desktop.submission.encrypted_files import Unlocker
from hoctap_desktop.submission.examine import examine_opened, opened_seal, opened_seals
from hoctap_desktop.submission.ledger import Register, Taken
from hoctap_desktop.submission.manifest import Manifest
from hoctap_desktop.submission.model import Envelope, Verdict
from hoctap_desktop.submission.own_files import own_file, own_keys
from hoctap_desktop.submission.repository import Held
from hoctap_desktop.submission.signer import Opener
from hoctap_desktop.submission.unseal import identity, open_seal, signed_by
from hoctap_desktop.submission.verdict import Receiver, latest_now
from hoctap_desktop.units.model import Unit
from hoctap_desktop.units.register import below_in, ever_below
from hoctap_desktop.units.repository import own_unit
from hoctap_desktop.units.succession import succession

_log = logging.getLogger(__name__)
# Of the store, so of every file that follows; whatever else is wrong is wrong with one file.
_OF_THE_STORE = frozenset(code for code in Code if code.name.startswith("STORE_"))
# What a package that waited asks for may come with the next campaign, or be typed in; a clock that is ahead may be set
# right: it is not sent away for good.
_MAY_COME_YET = frozenset(
    {Code.FORM_UNKNOWN, Code.FORM_DIFFERS, Code.UNIT_UNKNOWN, Code.UNIT_ELSEWHERE, Code.EXPIRED_KEY}
)
_FROM_ABOVE = frozenset({PackageKind.REPLY, PackageKind.ROSTER, PackageKind.CAMPAIGN})
_MENDED = "Tệp giữ ở máy này đã mất hoặc bị thay đổi; nay đã cất lại."
_SLOW_CLOCK = timedelta(days=1)
_T = TypeVar("_T")


def intake(
    store: Store,
    paths: Sequence[Path],
    progress: Progress = silent,
    keys: Sequence[Opener] = (),
    *,
    digests: bool = True,
    begun: Callable[[str], None] = lambda _: None,
) -> Summary:
    """Takes in files, folders, a whole stick. A file is taken whole or not at all; the same file again changes nothing.

    keys: those that are open, for files that came encrypted; what is inside is judged and kept, not the wrapping.
    digests: of each file for its line, by which a watched folder knows it again; costs a second pass over its bytes.
    begun: called with the id of the batch in the transaction of the first thing that is written.

    A full disk is told in the line of each file that did not fit, a bug in the line of the file that met it: no file
    keeps another out. What comes from the upper unit on the same stick are taken too. Raises UserError
    NO_UNITS_BELOW (nobody below and nobody above), FILE_UNREADABLE (no such path), STORE_DAMAGED; Cancelled when
    `progress` raises it: nothing of the batch is there then.
    """
    with seldom():
        desk = _Desk(store, keys, digests=digests, begun=begun, ask=lambda: progress(0, 0))
        return _intake(desk, paths, progress)


def _intake(desk: "_Desk", paths: Sequence[Path], progress: Progress) -> Summary:
    store = desk.store
    scanned, lying = scan(paths, progress), listed(store)
    total = len(scanned.files)
    lines = [
        refused_line(folder.name, UserError(Code.FOLDER_UNREADABLE, file=folder.name)) for folder in scanned.unreadable
    ]
    try:
        done = 0
        for group in groups(scanned.files):
            lines += desk.take(group, _further(progress, done, total))
            done += len(group)
        progress(total, total)
    except Cancelled:
        if desk.batch is not None:
            batches.forget(store, desk.batch)
            sealed.unnote_signed(store, desk.signed, desk.signed_before)
        sweep(store, lying)
        raise
    lines += _waited_for_more(desk)
    return Summary(desk.batch, tuple(lines), scanned.skipped, desk.notes)


def _waited_for_more(desk: "_Desk") -> list[Line]:
    """The key is known and still a package waits: its form or its unit was not here. Perhaps it is now."""
    held = [one for one in sealed.held_packages(desk.store) if desk.roster.key(one.key_hash) is not None]
    if not held:
        return []
    again = _Desk(desk.store, begun=desk.tell_begun)  # a campaign may have come on this very stick
    again.batch = desk.batch
    found = [again.release(one) for one in held]
    desk.batch = again.batch
    return [line for line in found if line is not None and line.outcome in (Outcome.TAKEN, Outcome.REPLACED)]


def release(store: Store, key_hash: str | None = None, begun: Callable[[str], None] = lambda _: None) -> Summary:
    """Judges again what waits for a key (of one key, or of all), after a key was accepted.

    What is taken in now keeps the day on which it came. The lines tell of papers taken or refused; what still waits
    stays, and the request of the key itself has done its work. begun: as intake.
    """
    desk = _Desk(store, begun=begun)
    lines: list[Line] = []
    for held in sealed.held_packages(store, key_hash):
        line = desk.release(held)
        if line is not None and line.code is not Code.ALREADY_RECEIVED:
            lines.append(line)
    return Summary(desk.batch, tuple(lines), notes=desk.notes)


def undo(store: Store, batch: str) -> tuple[Submission, ...]:
    """Puts a batch back: its papers count no more, older revisions count again, what was decided of them is taken back.

    Raises UserError(BATCH_UNKNOWN).
    """
    with store.atomic():
        back = batches.undo(store, batch, store.clock())
        void(store, [one.package_id for one in back], "Hoàn tác lượt tiếp nhận.")
    return back


class _Desk:
    """What is looked up once for a batch, and the batch itself, begun with the first thing that is written."""

    def __init__(
        self,
        store: Store,
        keys: Sequence[Opener] = (),
        *,
        digests: bool = False,
        begun: Callable[[str], None] = lambda _: None,
        ask: Callable[[], None] = lambda: None,
    ) -> None:
        """ask: called between the steps of looking things up, which take a while in a large office; may raise."""
        ask()
        self.store = store
        self.digests = digests
        self.tell_begun = begun
        self.unlocker = Unlocker(store, keys)
        self.own, self.own_keys = own_unit(store), own_keys(store)
        below = ever_below(store, self.own.code)
        if not below and not self.own.upper:
            raise UserError(Code.NO_UNITS_BELOW)
        self.units = {unit.code: unit for unit in below}
        ask()
        self.roster = sealed.roster(store)
        ask()
        self.taken = Register(repository.taken(store))
        ask()
        self.signed = self.signed_before = sealed.latest_signed(store)
        self.now = latest_now(store.clock(), self.roster, self.taken, self.signed)
        self.forms = {FormRef(form.id, form.version, form.hash): form for form in known_forms()}
        self.receiver = Receiver(
            self.roster,
            self.own.code,
            self.now,
            self.taken,
            self.forms.keys(),
            succession=succession(below, self.now.astimezone(VIETNAM).date()),
            signer_of=self._signer_of,
        )
        self.campaigns: dict[str, Campaign | None] = {}
        self.below: dict[str, dict[str, Unit]] = {}
        self.received: dict[str, _Received] = {}
        self.neighbours: dict[str, Neighbours] = {}
        self.chosen = False
        self.to_keep: list[tuple[bytes, str]] = []
        self.to_record: list[tuple[Submission, Answers]] = []
        self.rooms = Rooms()
        self.batch: str | None = None
        self.decided = decided(store)
        ask()

    @property
    def notes(self) -> tuple[str, ...]:
        """That the clock of this machine is far behind what came in before: one of the two is wrong."""
        clock = self.store.clock()
        if self.now - clock <= _SLOW_CLOCK:
            return ()
        clock_words, last = (print_date(at.astimezone(VIETNAM).date()) for at in (clock, self.now))
        return (str(UserError(Code.CLOCK_BEHIND, clock=clock_words, last=last)),)

    def take(self, group: Sequence[Path], progress: Callable[[int, str], None]) -> list[Line]:
        """The lines of a group of files, in its order. progress: told how many of them are on the disk, committed."""
        if self.units:
            before = self._state()
            try:
                return self._together(group, progress)
            except Cancelled:
                self._back_to(before)
                raise
            except Exception:  # noqa: BLE001
                # one by one it shows which of them it was; a bug is logged there
                self._back_to(before)
        lines = []
        for done, found in enumerate(group):
            progress(done, found.name)
            lines.append(self._alone(found))
        return lines

    def _together(self, group: Sequence[Path], progress: Callable[[int, str], None]) -> list[Line]:
        """All of a group in one transaction. Raises whatever goes wrong with any of them: nothing is written then."""
        files: list[tuple[bytes, bytes]] = []  # as on the stick, and what was inside when it came encrypted
        for place, found in enumerate(group):
            progress(0, found.name)
            raw = self.rooms.read(place, found)
            files.append((raw, self.unlocker.plain(raw, found.name)))
        seals = opened_seals([(data, found.name) for found, (_, data) in zip(group, files, strict=True)])
        with self.store.atomic():
            lines = []
            for (raw, data), seal in zip(files, seals, strict=True):
                verdict = self.judge(seal)
                if _comes_down(verdict):
                    raise _GoesAloneError  # what it changes is no part of a batch
                known = seal.identity if self.digests and isinstance(seal, Envelope) and data is raw else ""
                line = self.carry_out(verdict, data, self.now, known)
                lines.append(line if known else self._with_digest(line, raw))
            self._write(lambda: progress(0, group[0].name))
        return lines

    def _alone(self, found: Path) -> Line:
        """Judges one file and does what was decided, in one transaction."""

        def act() -> Line:
            raw = read(found)
            data = self.unlocker.plain(raw, found.name)
            verdict = self.examine(data, found.name)
            if _comes_down(verdict):
                return self._with_digest(come_down_line(take_down(self.store, data, found.name)), raw)
            if not self.units and verdict.manifest is not None:
                refused = refused_line(found.name, UserError(Code.NO_UNITS_BELOW))
                return self._with_digest(replace(refused, paper=paper_words(verdict.manifest)), raw)
            with self.store.atomic():
                line = self.carry_out(verdict, data, self.now)
                self._write()
            return self._with_digest(line, raw)

        return self._bounded(found.name, act)

    def release(self, held: Held) -> Line | None:
        """Judges what waits once more, in one transaction. None when its key is still not known."""

        def act() -> Line | None:
            try:
                data = sealed.held_data(self.store, held)
            except UserError as lost:
                if any(one.package_id == held.package_id for one in self.taken):
                    sealed.let_go(self.store, held.package_id, held.key_hash)
                    return None
                return held_line(held, lost)
            verdict = self.examine(data, held.file_name)
            if verdict.code is Code.UNKNOWN_KEY:
                return None
            with self.store.atomic():
                line = self.carry_out(verdict, data, held.received_at)
                self._write()
                if line.code in _MAY_COME_YET:
                    said = f"{line.sentence} Gói vẫn giữ ở đây, lần tiếp nhận sau xét lại."
                    return replace(line, outcome=Outcome.WAITING, sentence=said)
                sealed.let_go(self.store, held.package_id, held.key_hash)
                return line

        return self._bounded(held.file_name, act)

    def _bounded(self, name: str, act: Callable[[], _T]) -> _T | Line:
        """The line of `act`; what goes wrong with one file becomes its line, and the batch goes on."""
        before = self._state()
        try:
            return act()
        except UserError as failure:
            if failure.code in _OF_THE_STORE:
                raise
            line = refused_line(name, failure)
        except Exception:  # noqa: BLE001
            # A bug, but a hundred other units wait behind this file: it is logged, told, and stepped over.
            _log.exception("a file could not be taken in")
            line = refused_line(name, UserError(Code.INTERNAL, file=clean_line(name)))
        self._back_to(before)
        return line

    def _state(self) -> tuple[str | None, int]:
        return self.batch, len(self.taken)

    def _back_to(self, state: tuple[str | None, int]) -> None:
        """After a rollback: forgets what was remembered beside the store."""
        self.batch, taken = state
        self.taken.cut_to(taken)
        self.received.clear()
        self.neighbours.clear()
        self.to_keep.clear()
        self.to_record.clear()
        self.chosen = False
        self.signed = sealed.latest_signed(self.store)

    def _write(self, progress: Callable[[], None] = lambda: None) -> None:
        """The rows about to be committed; and their files, whole and on the disk before that."""
        repository.record_all(self.store, self.to_record)
        self.to_record.clear()
        repository.keep_files(self.store, self.to_keep, progress)
        self.to_keep.clear()

    def _with_digest(self, line: Line, raw: bytes) -> Line:
        return replace(claiming(line, raw), digest=identity(raw)) if self.digests else line

    def examine(self, data: bytes, name: str) -> Verdict:
        return self.judge(opened_seal(data, name))

    def judge(self, seal: Envelope | Verdict) -> Verdict:
        if isinstance(seal, Verdict):
            return seal
        if seal.signer.key_hash in self.own_keys:
            return own_file(seal)
        return examine_opened(seal, self.receiver)

    def _signer_of(self, taken: Taken) -> str:
        """The key that signed a package in the store: its row does not say, its file does."""
        return signed_by(repository.sealed_file(self.store, taken.package_id))

    def carry_out(self, verdict: Verdict, data: bytes, received_at: datetime, digest: str = "") -> Line:
        form = self.forms.get(verdict.opened.filing.form) if verdict.acceptable and verdict.opened else None
        campaign = verdict.opened.filing.campaign if form is not None and verdict.opened else ""
        decision = decide(verdict, self._below(campaign).keys(), form, self.units.keys())
        line = verdict_line(verdict, decision, digest)
        match decision:
            case Take() | Replace():
                assert form is not None
                return self._take_in(line, decision, form, data, received_at)
            case Wait(manifest):
                self._put_by(verdict.file_name, manifest, data, received_at)
                return line
            case Unchanged():
                if repository.mend_file(self.store, line.package_id, data):
                    return replace(line, sentence=f"{line.sentence} {_MENDED}")
                return line
            case Refuse():
                return line
            case _:
                assert_never(decision)

    def _take_in(
        self, line: Line, decision: Take | Replace, form: FormDefinition, data: bytes, received_at: datetime
    ) -> Line:
        opened = decision.opened
        content, manifest = opened.filing, opened.manifest
        self._choose(content.campaign)
        received_on = received_at.astimezone(VIETNAM).date()
        submission = Submission(
            package_id=opened.package_id,
            unit_code=manifest.unit.code,
            unit_name=manifest.unit.name,
            series=manifest.series,
            campaign=content.campaign,
            kind=content.kind,
            revision=manifest.revision,
            epoch=decision.epoch,
            previous=manifest.previous,
            form=content.form,
            illustrative=content.illustrative,
            document_number=manifest.document_number,
            document_day=manifest.document_day,
            paper_code=opened.paper_code,
            received_on=received_on,
            day_reason="",
            received_at=received_at,
            batch=self._begun(),
            file_name=line.file,
            file=opened.package_id,
            notes=decision.notes,
        )
        self.to_keep.append((data, opened.package_id))
        self._note_signed(opened.envelope.signed_at)
        typed = self._typed_from_paper(submission)
        if typed is not None:
            submission = replace(submission, notes=(*submission.notes, against_paper(form, typed, content.answers)))
            decision = replace(decision, notes=submission.notes)
        neighbours = self._neighbours(content.campaign)
        self.to_record.append((submission, content.answers))
        cells = {id: found for id in form.indicator_ids if (found := cell(content.answers, id)) is not None}
        reported = Reported(submission, cells, form)
        self._received(content.campaign).add(reported)
        for each in self.neighbours.values():
            each.add(reported)
        replaces = isinstance(decision, Replace) or typed is not None
        counts = self._still_counts(submission) if replaces else None
        first = self._first_receipt(submission)
        self.taken.add(
            Taken(
                submission.unit_code,
                submission.series,
                submission.epoch,
                submission.revision,
                submission.package_id,
                received_on,
                submission.previous,
            )
        )
        campaign = self._campaign(content.campaign)
        unit, week_to = self.units[submission.unit_code], campaign.week_to if campaign else None
        late = _days_late(campaign, content.kind, unit, first)
        words = received_words(
            decision,
            late,
            nothing_held=content.kind is Kind.REPORT and held_nothing(form, cells),
            findings=findings(form, content.answers, neighbours.context(unit, content.kind, week_to, form), sound=True),
            counts=counts,
        )
        return replace(line, sentence=words, days_late=late, outcome=line.outcome if counts is None else Outcome.BESIDE)

    def _still_counts(self, submission: Submission) -> Submission | None:
        """The accepted paper that counts though this one came later; None when this one counts."""
        (counts,) = newest(self._received(submission.campaign).of(submission), self.decided)
        return counts.submission if counts.submission.package_id != submission.package_id else None

    def _put_by(self, name: str, manifest: Manifest, data: bytes, received_at: datetime) -> None:
        seal = open_seal(data, name)
        held = Held(seal.package_id, name, seal.signer.key_hash, seal.fingerprint, manifest.unit, received_at)
        if sealed.hold(self.store, held, data):
            batches.note_held(self.store, self._begun(), seal.package_id, seal.signer.key_hash)

    def _begun(self) -> str:
        if self.batch is None:
            self.batch = batches.begin(self.store, self.now)
            self.tell_begun(self.batch)
        return self.batch

    def _note_signed(self, at: datetime) -> None:
        if self.signed is None or at.date() > self.signed:
            sealed.note_signed(self.store, at)
            self.signed = at.date()

    def _choose(self, campaign: str) -> None:
        """The first paper of an office that works on no campaign yet says which one that is."""
        if not self.chosen and any(one.id == campaign for one in known_campaigns()):
            if not is_chosen(self.store):
                choose(self.store, campaign)
                batches.note_choice(self.store, self._begun(), campaign)
            self.chosen = True

    def _received(self, campaign: str) -> "_Received":
        """What came of a campaign, read once for the batch and added to."""
        if campaign not in self.received:
            self.received[campaign] = _Received(repository.reported(self.store, campaign))
        return self.received[campaign]

    def _neighbours(self, campaign: str) -> Neighbours:
        if campaign not in self.neighbours:
            received = (*self._received(campaign), *self._received(year_before(campaign)))
            self.neighbours[campaign] = Neighbours(campaign, received, self._below(campaign), self.decided)
        return self.neighbours[campaign]

    def _below(self, campaign: str) -> dict[str, Unit]:
        """The units that report here in a campaign; of one nobody knows the year of, those of any year."""
        if campaign not in self.below:
            year = next((one.year for one in known_campaigns() if one.id == campaign), None)
            self.below[campaign] = below_in(self.store, self.own.code, year) if year is not None else self.units
        return self.below[campaign]

    def _first_receipt(self, submission: Submission) -> date:
        same = self.taken.of(submission.unit_code, submission.series)
        typed = self._typed_from_paper(submission)
        on_paper = [typed.submission.received_on] if typed else []
        return min([submission.received_on, *on_paper, *(one.day for one in same)])

    def _typed_from_paper(self, submission: Submission) -> Reported | None:
        """What this office typed for the unit while only its paper was here; the package now counts."""
        return next(
            (one for one in reversed(self._received(submission.campaign).of(submission)) if one.submission.from_paper),
            None,
        )

    def _campaign(self, id: str) -> Campaign | None:
        if id not in self.campaigns:
            here = any(campaign.id == id for campaign in known_campaigns())
            self.campaigns[id] = with_deadlines(self.store, id) if here else None
        return self.campaigns[id]


class _Received:
    """What came of a campaign, found by unit and series."""

    def __init__(self, reported: Iterable[Reported]) -> None:
        self._all: list[Reported] = []
        self._by_series: dict[tuple[str, str], list[Reported]] = {}
        for one in reported:
            self.add(one)

    def __iter__(self) -> Iterator[Reported]:
        return iter(self._all)

    def add(self, one: Reported) -> None:
        self._all.append(one)
        self._by_series.setdefault((one.submission.unit_code, one.submission.series), []).append(one)

    def of(self, submission: Submission) -> Sequence[Reported]:
        """Everything of the same unit and series, as it came."""
        return self._by_series.get((submission.unit_code, submission.series), ())


def _further(progress: Progress, before: int, total: int) -> Callable[[int, str], None]:
    """What tells how far a group is as how far all of them are."""
    return lambda done, what: progress(before + done, total, what)


class _GoesAloneError(Exception):
    """A file that takes no part in a group; never reaches a person."""


def _days_late(campaign: Campaign | None, kind: Kind, unit: Unit, first: date) -> int | None:
    deadline = campaign.deadline(kind.value, unit.level, unit.code) if campaign else None
    return deadline.days_late(first) if deadline else None


def _comes_down(verdict: Verdict) -> bool:
    """True for what an upper unit made: not this office itself."""
    return (
        verdict.code is not Code.OWN_FILE_BACK and verdict.manifest is not None and verdict.manifest.kind in _FROM_ABOVE
    )
