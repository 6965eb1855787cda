"""What every page is handed: whose office, which campaign, the jobs, and the ways to speak to the window."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from hoctap_desktop.campaign.model import Campaign
from hoctap_desktop.foundation.clock import Clock
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.office.filings import LocalWeek
from hoctap_desktop.store.database import Store
from hoctap_desktop.ui.jobs import Jobs
from hoctap_desktop.ui.settings import Settings
from hoctap_desktop.units.model import Unit

T = TypeVar("T")
# What passes by itself or by hand, and then the change can be written: everything after it waits its turn.
_OF_THE_DISK = frozenset({Code.DISK_FULL, Code.FILE_UNWRITABLE, Code.STORE_DAMAGED, Code.STORE_IN_USE})


@dataclass(frozen=True)
class OfficeFacts:
    """Read from the store when the window opens or the campaign changes. below: units of the office, () for none.

    week: as the office's own plan sets it.
    """

    own: Unit
    upper: Unit | None
    below: tuple[Unit, ...]
    campaign: Campaign
    campaigns: tuple[Campaign, ...]
    week: LocalWeek


class Session(QObject):
    """One office open in one window.

    Signals a page emits: `saving()`, `saved(datetime)`, `save_failed(exception)` for the label and banner of the top
    bar; `navigate(room id, argument)` to go elsewhere; `changed(filing id)` when a filing changed, so that other pages
    read again; `problem(exception)` to show the dialog. `look_changed()`: the theme is another one;
    `leave_office()`: the person wants to open other data. The window emits `campaign_changed()`.
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

    def __init__(self, facts: OfficeFacts, store_path: Path, jobs: Jobs, settings: Settings, clock: Clock) -> None:
        super().__init__()
        self.facts = facts
        self.store_path = store_path
        self.jobs = jobs
        self.settings = settings
        self.clock = clock
        self._counts: dict[str, int] = {}
        self._waiting: list[_Save] = []
        self._blocked_by: BaseException | None = None  # touched on the store's thread only

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
        Nothing is saved past a change that failed: what failed goes first, in its order, with the next change or
        "Lưu lại", so that an older value never lands on a newer one.
        """
        self._waiting.append(_Save(job, done, filing))
        self.save_again()

    def save_again(self) -> None:
        """Saves what could not be saved before, in its order."""
        waiting, self._waiting = self._waiting, []
        if waiting:
            self.saving.emit()
        for place, save in enumerate(waiting):
            self._submit(save, afresh=place == 0 and save.failed)

    def after_saves(
        self,
        job: Callable[[Store], T],
        done: Callable[[T], object] | None = None,
        failed: Callable[[BaseException], object] | None = None,
        *,
        words: str = "",
    ) -> None:
        """Runs a job that needs every change on the disk (finalising); fails as the change did that is not."""

        def when_all_is_saved(store: Store) -> T:
            if self._blocked_by is not None:
                raise self._blocked_by
            return job(store)

        self.jobs.run(when_all_is_saved, done, failed, words=words)

    def _submit(self, save: "_Save", *, afresh: bool) -> None:
        def on_store(store: Store) -> object:
            if afresh:
                self._blocked_by = None
            if self._blocked_by is not None:
                raise self._blocked_by
            try:
                return save.job(store)
            except UserError as failure:
                if failure.code in _OF_THE_DISK:
                    self._blocked_by = failure
                raise

        def ended(result: object) -> None:
            self.saved.emit(self.clock())
            if save.filing:
                self.changed.emit(save.filing)
            if save.done is not None:
                save.done(result)

        def failed(failure: BaseException) -> None:
            if isinstance(failure, UserError) and failure.code in _OF_THE_DISK:
                self._waiting.append(replace(save, failed=True))
                self.save_failed.emit(SaveFailure(failure, self.save_again))
            else:
                self.save_failed.emit(SaveFailure(failure, lambda: self.save(save.job, save.done, filing=save.filing)))

        self.jobs.run(on_store, ended, failed)

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
    """One change on its way to the disk. failed: it did not get there before."""

    job: Callable[[Store], Any]
    done: Callable[[Any], object] | None
    filing: str
    failed: bool = False


@dataclass(frozen=True)
class SaveFailure:
    """A change that could not be written, and how to write it again."""

    failure: BaseException
    again: Callable[[], None]
