"""Watches the inbox folder for a window: looks when the window is in front, when the folder says so, and on return.

Nothing is taken in here: the page offers what is new, and a person presses.
"""

import time
from functools import partial
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from hoctap_desktop.consolidation import inbox
from hoctap_desktop.consolidation.inbox import Look
from hoctap_desktop.store.database import Store
from hoctap_desktop.ui.of_session import OfSession
from hoctap_desktop.ui.session import Session

# Beyond these, folders inside are looked at on return only.
MOST_FOLDERS = 64


class InboxWatch(OfSession):
    """`told()`: what is new, moving or gone is another. new: files nobody judged; moving: still being copied."""

    told = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.new: tuple[Path, ...] = ()
        self.moving = 0
        self.gone = False
        self._last: Look | None = None
        self._looked_at = 0.0
        self._busy = False
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._folder_changed)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self._look)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.applicationStateChanged.connect(self._state_changed)
        session.changed.connect(self._store_changed)

    @property
    def folder(self) -> Path | None:
        """The folder that is watched, None while none was chosen."""
        return self._session.settings.inbox(self._session.own.code)

    def set_folder(self, folder: Path | None) -> None:
        """Watches another folder, or none."""
        self._session.settings.set_inbox(self._session.own.code, folder)
        self._last = None
        self._tell((), 0, gone=False)
        if known := self._watcher.directories():
            self._watcher.removePaths(known)
        self.look()

    def look(self) -> None:
        """Looks now, or as soon as the last look is old enough to tell what stands still."""
        if self.folder is None or self._busy or self._again.isActive():
            return
        since = time.monotonic() - self._looked_at
        if self._last is not None and since < inbox.STILL_AFTER_S:
            self._again.start(round((inbox.STILL_AFTER_S - since) * 1000))
        else:
            self._look()

    def _look(self) -> None:
        folder = self.folder
        if folder is None or self._busy:
            return
        self._busy = True
        job = partial(_looked, folder, self._last)
        self._session.jobs.aside(job, self._seen, self._failed)

    def _seen(self, found: tuple[Path, Look]) -> None:
        folder, look = found
        self._busy = False
        self._looked_at = time.monotonic()
        if folder != self.folder:
            self.look()
            return
        self._last = None if look.gone else look
        if look.gone:
            self._tell((), 0, gone=True)
            return
        self._watch(folder, look)
        if look.moving and QGuiApplication.applicationState() == Qt.ApplicationState.ApplicationActive:
            self._again.start(round(inbox.STILL_AFTER_S * 1000))
        self._judge()

    def _failed(self, _failure: BaseException) -> None:
        self._busy = False
        self._tell((), 0, gone=True)

    def _judge(self) -> None:
        """Asks the store which of the files were judged before."""
        if self._last is not None:
            self._session.jobs.run(partial(_new, look=self._last), self._judged)

    def _judged(self, found: tuple[Look, tuple[Path, ...]]) -> None:
        look, new = found
        if look is self._last:
            self._tell(new, look.moving, gone=False)

    def _tell(self, new: tuple[Path, ...], moving: int, *, gone: bool) -> None:
        if (new, moving, gone) != (self.new, self.moving, self.gone):
            self.new, self.moving, self.gone = new, moving, gone
            self.told.emit()

    def _watch(self, folder: Path, look: Look) -> None:
        wanted = {str(folder), *sorted({str(path.parent) for path in look.stamps})[:MOST_FOLDERS]}
        known = set(self._watcher.directories())
        if new := sorted(wanted - known):
            self._watcher.addPaths(new)
        if old := sorted(known - wanted):
            self._watcher.removePaths(old)

    def _folder_changed(self, _path: str) -> None:
        self.look()

    def _store_changed(self, _filing: str) -> None:
        self._judge()

    def _state_changed(self, state: Qt.ApplicationState) -> None:
        if state == Qt.ApplicationState.ApplicationActive:
            self.look()


def _looked(folder: Path, before: Look | None, _progress: object = None) -> tuple[Path, Look]:
    return folder, inbox.look(folder, before)


def _new(store: Store, look: Look) -> tuple[Look, tuple[Path, ...]]:
    return look, inbox.unjudged(store, look)
