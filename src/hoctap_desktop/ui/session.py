"""What every page is handed: whose office, which campaign, the jobs, and the ways to speak to the window."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from hoctap_desktop.campaign.model import Campaign
from hoctap_desktop.foundation.clock import Clock
from hoctap_desktop.store.database import Store
from hoctap_desktop.ui.jobs import Jobs
from hoctap_desktop.ui.settings import Settings
from hoctap_desktop.units.model import Unit

T = TypeVar("T")


@dataclass(frozen=True)
class OfficeFacts:
    """Read from the store when the window opens or the campaign changes. below: units of the office, () for none."""

    own: Unit
    upper: Unit | None
    below: tuple[Unit, ...]
    campaign: Campaign
    campaigns: tuple[Campaign, ...]


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
        """
        self.saving.emit()

        def ended(result: T) -> None:
            self.saved.emit(self.clock())
            if filing:
                self.changed.emit(filing)
            if done is not None:
                done(result)

        def failed(failure: BaseException) -> None:
            self.save_failed.emit(SaveFailure(failure, lambda: self.save(job, done, filing=filing)))

        self.jobs.run(job, ended, failed)

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
class SaveFailure:
    """A change that could not be written, and how to write it again."""

    failure: BaseException
    again: Callable[[], None]
