"""Backup copies by themselves: once a day, and on closing what was changed. One that fails says so; nothing waits."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Signal

from hoctap_desktop.foundation.dates import print_date
from hoctap_desktop.foundation.errors import UserError
from hoctap_desktop.foundation.progress import Progress
from hoctap_desktop.store.copies import content, copies_in, keep_newest, moment_of
from hoctap_desktop.store.database import Store
from hoctap_desktop.ui.of_session import OfSession
from hoctap_desktop.ui.session import Session

# A window stays open over night: looked at so often.
HOUR_MS = 3_600_000
_FOLDER = "Ban sao Tuan le hoc tap"


def usual_folder() -> Path:
    """Where copies go unless a person says otherwise: a folder among their documents."""
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)) / _FOLDER


@dataclass(frozen=True)
class CopyState:
    """folder: None while none was named; newest: of the copies in it; count: how many; failed: why the last is none."""

    folder: Path | None
    newest: datetime | None = None
    count: int = 0
    failed: str = ""


def copy_words(state: CopyState, now: datetime) -> tuple[str, str]:
    """How the copies stand, and the tone "ok" or "warn"."""
    if state.folder is None:
        return "Chưa chọn thư mục bản sao, máy chưa tự sao lưu.", "warn"
    if state.newest is None:
        newest = "Chưa có bản sao nào trong thư mục này."
    else:
        at = state.newest.astimezone(now.tzinfo)
        day = "hôm nay" if at.date() == now.date() else f"ngày {print_date(at.date())}"
        newest = f"Bản sao gần nhất: {at:%H:%M} {day}; đang giữ {state.count} bản."
    if state.failed:
        return f"{newest} Lần sau đó chưa sao được: {state.failed}", "warn"
    return newest, "ok" if state.newest is not None else "warn"


Packing = Callable[[Progress], Path]


def _take(store: Store, folder: Path) -> Packing:
    # Here and not above: the first paint does without the checks of a store.
    from hoctap_desktop.office.safekeeping import take

    return take(store, folder)


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


class CopyKeeper(OfSession):
    """`told(CopyState)` after each try, and when the folder was looked at; `began(folder)`: copies go there now."""

    told = Signal(object)
    began = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._busy = False
        self._look_again = False  # closing, while a copy begun before is being written

    def _may(self) -> bool:
        return self._session.settings.copies is not None and not self._session.sample

    def begin(self, usual: Path | None) -> None:
        """Today's copy, as the window opens. Data that came here without the first pages have no folder: `usual` it is.

        Else no copy would be made, and nobody told.
        """
        if usual is None or self._may() or self._session.sample:
            self.daily()
        else:
            self._session.jobs.aside(lambda _progress: _made(usual), self._begun, self._failed)

    def _begun(self, folder: Path) -> None:
        self._session.settings.copies = folder
        self.began.emit(folder)
        self.daily()

    def daily(self) -> None:
        """Makes today's copy unless there is one. Looking into the folder may wait for a disk: it is done aside."""
        if self._may():
            today = self._session.now().date()
            self._session.jobs.aside(
                lambda _progress: self._look(), lambda state: self._daily(state, today), self._failed
            )

    def _daily(self, state: CopyState, today: date) -> None:
        self.told.emit(state)
        if state.newest is None or state.newest.date() != today:
            self.copy()

    def before_close(self) -> None:
        """Makes a copy when the data are not what the newest one holds; the window waits for it as for other work."""
        if self._may():
            self._session.jobs.run(content, self._copy_unless_held, self._failed)

    def _copy_unless_held(self, now: str) -> None:
        self._look_again = self._busy
        if now != self._session.settings.copied:
            self.copy()

    def copy(self) -> None:
        """Makes a copy now."""
        folder, settings = self._session.settings.copies, self._session.settings
        if folder is None or self._busy:
            return
        self._busy = True
        code, kept = self._session.own.code, settings.copies_kept

        def write(packing: Packing, progress: Progress) -> CopyState:
            packing(progress)
            keep_newest(folder, code, kept)
            return self._look()

        def taken(found: tuple[str, Packing]) -> None:
            held, packing = found
            done = partial(self._written, folder, held)
            self._session.jobs.aside(partial(write, packing), done, self._failed, words="Đang sao lưu dữ liệu")

        self._session.jobs.run(lambda store: (content(store), _take(store, folder)), taken, self._failed)

    def look(self) -> None:
        """Tells how the copies stand."""
        self._session.jobs.aside(lambda _progress: self._look(), self.told.emit, self._failed)

    def _look(self) -> CopyState:
        settings = self._session.settings
        folder = settings.copies
        if folder is None:
            return CopyState(None)
        found = copies_in(folder, self._session.own.code)
        newest = moment_of(found[0]) if found else None
        return CopyState(folder, newest, len(found), settings.copy_failed)

    def _written(self, folder: Path, held: str, state: CopyState) -> None:
        settings = self._session.settings
        self._busy = False
        settings.copy_failed = ""
        if folder == settings.copies:
            settings.copied = held
        self.told.emit(CopyState(state.folder, state.newest, state.count))
        if self._look_again:
            self.before_close()

    def _failed(self, failure: BaseException) -> None:
        self._busy = False
        why = str(failure) if isinstance(failure, UserError) else "máy gặp lỗi khi ghi. Hãy chọn thư mục khác."
        self._session.settings.copy_failed = why
        self.told.emit(CopyState(self._session.settings.copies, failed=why))
