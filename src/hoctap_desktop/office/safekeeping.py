"""An office's data kept safe: copies, handing over to another computer or person, putting a copy back."""

import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from hoctap_desktop.foundation.clock import Clock
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.progress import Progress, silent
from hoctap_desktop.store import copies, passing
from hoctap_desktop.store.check import check
from hoctap_desktop.store.copies import BACKUP, HANDOVER, CopyHead, Restored
from hoctap_desktop.store.database import Store, open_store
from hoctap_desktop.units.repository import own_unit

Packing = Callable[[Progress], Path]


def take(store: Store, target: Path, kind: str = BACKUP) -> Packing:
    """Takes the store as it is now; the result, called on any thread, writes the copy to `target`.

    target: a file (.htsao), or a folder that is there and gets one named by office and moment. A handover is checked
    first.
    Raises UserError STORE_DAMAGED, UNIT_UNKNOWN, DISK_FULL, FILE_UNWRITABLE; so does the result, and
    READ_BACK_DIFFERS, COPY_FOLDER_AWAY.
    """
    own, at = own_unit(store), store.clock()
    if kind == HANDOVER and (damage := check(store)):
        raise UserError(Code.STORE_DAMAGED, file=store.path.name, where=damage[0].where)
    folder = tempfile.TemporaryDirectory(prefix=passing.COPY, ignore_cleanup_errors=True)
    try:
        taken = copies.snapshot(store, Path(folder.name))
    except BaseException:
        folder.cleanup()
        raise
    head = CopyHead(kind, own.code, own.name, at)

    def write(progress: Progress = silent) -> Path:
        try:
            file = target
            if target.suffix != copies.EXTENSION:
                # a folder on a stick that is away must not be made on the disk behind it
                if not target.is_dir():
                    raise UserError(Code.COPY_FOLDER_AWAY, file=str(target))
                file = target / copies.file_name(kind, own.code, at)
            return copies.pack(taken, head, file, progress)
        finally:
            folder.cleanup()

    return write


def back_up(store: Store, target: Path, kind: str = BACKUP) -> Path:
    """Both halves of `take` at once. Returns the file."""
    return take(store, target, kind)(silent)


def put_back(copy: Path, path: Path, clock: Clock, progress: Progress = silent) -> Restored:
    """Puts a copy at `path` and keeps what was there. No window may have it open.

    Raises UserError COPY_OTHER_UNIT when the data there are another office's; those of copies.restore.
    """
    head = copies.look(copy)
    if path.exists():
        there = _unit_at(path, clock)
        if there is not None and there[0] != head.unit_code:
            raise UserError(Code.COPY_OTHER_UNIT, file=copy.name, claimed=head.unit_name, own=there[1])
    return copies.restore(copy, path, clock, progress)


def restored_words(done: Restored, now: datetime) -> str:
    """What was put back, and where what it took the place of lies. now: for the zone the clock on the wall shows."""
    said = f"Đã khôi phục dữ liệu lúc {done.head.made_at.astimezone(now.tzinfo):%H:%M ngày %d/%m/%Y}."
    return f"{said} Dữ liệu trước đó còn giữ ở «{done.kept.name}», cùng thư mục." if done.kept is not None else said


def _unit_at(path: Path, clock: Clock) -> tuple[str, str] | None:
    """Code and name of the office whose data are at `path`, None when they cannot be read: they are kept anyhow."""
    try:
        store = open_store(path, clock)
    except UserError as cause:
        if cause.code is Code.STORE_IN_USE:
            raise
        return None
    try:
        own = own_unit(store)
        return own.code, own.name
    except UserError:
        return None
    finally:
        store.close()
