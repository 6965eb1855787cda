"""What every page is handed: whose office, which campaign, the jobs, and the ways to speak to the window."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from hoctap_desktop.campaign.model import Campaign
from hoctap_desktop.filing.model import Filing, Status
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.clock import Clock
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.office import filings
from hoctap_desktop.office.filings import LocalWeek
from hoctap_desktop.store.database import Store
from hoctap_desktop.ui.jobs import Jobs, alive
from hoctap_desktop.ui.settings import Settings
from hoctap_desktop.units.model import Unit

T = TypeVar("T")
_OF_THE_DISK = frozenset({Code.DISK_FULL, Code.FILE_UNWRITABLE, Code.STORE_DAMAGED, Code.STORE_IN_USE, Code.STORE_GONE})


@dataclass(frozen=True)
class OfficeFacts:
    """Read from the store when the window opens or the campaign changes. below: units of the office, () for none.

    week: as the office's own plan sets it. written_at: the last sitting's beginning, by the clock of then.
    """

    own: Unit
    upper: Unit | None
    below: tuple[Unit, ...]
    campaign: Campaign
    campaigns: tuple[Campaign, ...]
    week: LocalWeek
    written_at: datetime | None = None


class Session(QObject):
    """One office open in one window.

    Signals a page emits: `saving()`, `saved(datetime)`, `save_failed(exception)` for the label and banner of the top
    bar; `navigate(room id, argument)` to go elsewhere; `changed(filing id)` when a filing changed, so that other pages
    read again; `problem(exception)` to show the dialog. `look_changed()`: the theme is another one;
    `leave_office()`: the person wants to open other data; `restore_wanted(copy)`: to put a copy in the place of these;
    `file_opened(path)`: a sealed file is to be looked at; `office_changed(OfficeFacts)`: units were changed.
    The window emits `campaign_changed()`.
    """

    saving = Signal()
    saved = Signal(object)
    save_failed = Signal(object)
    navigate = Signal(str, object)
    changed = Signal(str)
    problem = Signal(object)
    campaign_changed = Signal()
    counts_changed = Signal()
    look_changed = Signal()
    leave_office = Signal()
    office_changed = Signal(object)
    restore_wanted = Signal(Path)
    file_opened = Signal(Path)

    def __init__(
        self,
        facts: OfficeFacts,
        store_path: Path,
        jobs: Jobs,
        settings: Settings,
        clock: Clock,
        *,
        sample: bool = False,
    ) -> None:
        super().__init__()
        self.sample = sample  # data to look around in, gone when they are left
        self.facts = facts
        self.store_path = store_path
        self.jobs = jobs
        self.settings = settings
        self.clock = clock
        self._counts: dict[str, int] = {}
        self._waiting: list[_Save] = []
        self._failed: set[object] = set()  # keys of what waits after a failure
        self._unsaved: dict[str, dict[str, JsonValue | None]] = {}
        # touched on the store's thread only
        self._blocked_by: BaseException | None = None
        self._failing: dict[object, BaseException] = {}

    @property
    def own(self) -> Unit:
        return self.facts.own

    @property
    def upper(self) -> Unit | None:
        return self.facts.upper

    @property
    def campaign(self) -> Campaign:
        return self.facts.campaign

    @property
    def has_below(self) -> bool:
        """True when units report to this office: it has the rooms of the upper office."""
        return bool(self.facts.below)

    def save(
        self,
        job: Callable[[Store], T],
        done: Callable[[T], object] | None = None,
        *,
        filing: str = "",
    ) -> None:
        """Autosave: runs the job on the store's thread, says "Đang lưu", then "Đã lưu lúc …" only after it returned.

        filing: id told by `changed` afterwards. On failure the top bar shows a banner that stays, with "Lưu lại".
        Nothing is saved past a change the disk did not take: what failed goes first, in its order, with the next
        change or "Lưu lại", so that an older value never lands on a newer one. What a rule of the store refuses
        (UserError) is told and not tried again by itself.
        """
        self._begin(_Save(job, done, filing))

    def save_answers(
        self,
        id: str,
        changes: Mapping[str, JsonValue | None],
        done: Callable[[datetime | None], object] | None = None,
    ) -> None:
        """As save, for answers of the draft `id` (None: blank), each in its own commit. done: when the last was kept.

        They stand in `unsaved` until they are on the disk; one that cannot be written holds up no other. The store's
        thread is asked a moment later (Jobs.soon): the two threads share one interpreter.
        """
        self._unsaved.setdefault(id, {}).update(changes)
        self._waiting.append(_Save(None, done, id, dict(changes)))
        self.jobs.soon(self.save_again)  # the key is painted first

    def unsaved(self, filing: str) -> Mapping[str, JsonValue | None]:
        """The answers of a filing that are typed and not yet on the disk; None: blank."""
        return dict(self._unsaved.get(filing, {}))

    def as_typed(self, filing: Filing) -> Filing:
        """A filing read from the store with what is typed and not yet on the disk in its place."""
        unsaved = self._unsaved.get(filing.id)
        if not unsaved or filing.status is Status.FINAL:
            return filing
        answers = {**filing.answers, **unsaved}
        return replace(filing, answers={id: value for id, value in answers.items() if value is not None})

    def has_failed(self) -> bool:
        """True while a change that could not be written is not on the disk."""
        return bool(self._failed)

    def save_again(self) -> None:
        """Saves what could not be saved before, in its order."""
        waiting, self._waiting = self._waiting, []
        if waiting:
            self.saving.emit()
        for place, save in enumerate(waiting):
            self._submit(self._without_superseded(save), afresh=place == 0 and save.failed)

    def after_saves(
        self,
        job: Callable[[Store], T],
        done: Callable[[T], object] | None = None,
        failed: Callable[[BaseException], object] | None = None,
        *,
        words: str = "",
    ) -> None:
        """Runs a job that needs every change on the disk (finalising); fails as the change did that is not.

        What could not be saved before is tried once more first.
        """
        self.save_again()

        def when_all_is_saved(store: Store) -> T:
            for failure in self._failing.values():
                raise failure
            return job(store)

        self.jobs.run(when_all_is_saved, done, failed, words=words)

    def _begin(self, save: "_Save") -> None:
        self._waiting.append(save)
        self.save_again()

    def _without_superseded(self, save: "_Save") -> "_Save":
        """What was typed since then goes its own way."""
        if not save.failed or save.job is not None:
            return save
        now = self._unsaved.get(save.filing, {})
        return replace(save, answers={id: v for id, v in save.answers.items() if id in now and now[id] == v})

    def _submit(self, save: "_Save", *, afresh: bool) -> None:
        written: dict[str, JsonValue | None] = {}  # on the store's thread until the job is over, then on ours

        def on_store(store: Store) -> object:
            if afresh:
                self._blocked_by = None
            try:
                if self._blocked_by is not None:
                    raise self._blocked_by
                result = save.job(store) if save.job is not None else _keep(store, save, written)
            except BaseException as failure:
                if _of_the_disk(failure):
                    self._blocked_by = failure
                if not _refused(failure):
                    self._failing[save.key] = failure
                raise
            self._failing.pop(save.key, None)
            return result

        def ended(result: object) -> None:
            self._failed.discard(save.key)
            self._on_disk(save, written)
            self.saved.emit(self.clock())
            if save.filing:
                self.changed.emit(save.filing)
            if save.done is not None and save.alive():
                save.done(result)

        def failed(failure: BaseException) -> None:
            left = {id: value for id, value in save.answers.items() if id not in written}
            again = replace(save, failed=True, answers=left)
            self._on_disk(save, written)
            if _refused(failure):
                self._failed.discard(save.key)
                self._on_disk(save, left)  # never will be, and the store's own word stands
                self.save_failed.emit(SaveFailure(failure, lambda: self._retry(again)))
            else:
                self._failed.add(save.key)
                self._waiting.append(again)
                self.save_failed.emit(SaveFailure(failure, self.save_again))

        self.jobs.run(on_store, ended, failed)

    def _retry(self, save: "_Save") -> None:
        if save.job is None:
            self.save_answers(save.filing, save.answers, save.done)
        else:
            self._begin(save)

    def _on_disk(self, save: "_Save", written: Mapping[str, JsonValue | None]) -> None:
        """What was typed since then still waits for its own answer."""
        unsaved = self._unsaved.get(save.filing, {})
        for id, value in written.items():
            if id in unsaved and unsaved[id] == value:
                del unsaved[id]

    def set_count(self, room: str, count: int) -> None:
        """The number at the right of a room in the sidebar; only where work waits."""
        if self._counts.get(room, 0) != count:
            self._counts[room] = count
            self.counts_changed.emit()

    def count(self, room: str) -> int:
        return self._counts.get(room, 0)

    def now(self) -> datetime:
        return self.clock()


@dataclass(frozen=True)
class _Save:
    """One change on its way to the disk. job None: answers of `filing`. failed: it did not get there before."""

    job: Callable[[Store], Any] | None
    done: Callable[[Any], object] | None
    filing: str
    answers: Mapping[str, JsonValue | None] = field(default_factory=dict)
    failed: bool = False
    key: object = field(default_factory=object)

    def alive(self) -> bool:
        """False when the page that waits for the answer is gone."""
        return self.done is None or alive(self.done)


def _keep(store: Store, save: _Save, written: dict[str, JsonValue | None]) -> datetime | None:
    """Each answer in a commit of its own; only the disk's refusal ends it at once. written: those that were kept."""
    at, first = None, None
    for id, value in save.answers.items():
        try:
            at = filings.set_answer(store, save.filing, id, value)
            written[id] = value
        except Exception as failure:
            if _of_the_disk(failure):
                raise
            first = first or failure
    if first is not None:
        raise first
    return at


def _of_the_disk(failure: BaseException) -> bool:
    """What passes by itself or by hand, and then the change can be written: all after it waits its turn."""
    return isinstance(failure, OSError) or (isinstance(failure, UserError) and failure.code in _OF_THE_DISK)


def _refused(failure: BaseException) -> bool:
    """By a rule of the store: the same change will be refused again."""
    return isinstance(failure, UserError) and failure.code not in _OF_THE_DISK


@dataclass(frozen=True)
class SaveFailure:
    """A change that could not be written, and how to write it again."""

    failure: BaseException
    again: Callable[[], None]
