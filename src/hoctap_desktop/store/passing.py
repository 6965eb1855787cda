"""Folders for what passes, in the system's own place for such things; what a killed program left there is swept.

Sample data go as soon as no program holds them; a copy on its way to a stick, or of a file that was looked at, when it
is a day old: another program may still show it.
"""

import contextlib
import tempfile
import time
from pathlib import Path

from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.files import remove_folder
from hoctap_desktop.store import lock

SAMPLE, COPY, LOOK = "hoctap-mau-", "hoctap-sao-", "hoctap-xem-"
_LOCK = "dang-xem.lock"
_DAY_S = 86_400
_TRIES = 20  # each loses only to a sweep that comes between two calls


def hold(prefix: str, inside: Path | None = None) -> tuple[Path, lock.Lock]:
    """A new folder and the lock that keeps it from being swept. Raises UserError FILE_UNWRITABLE."""
    for _ in range(_TRIES):  # another program that starts may sweep it before it is held
        try:
            folder = Path(tempfile.mkdtemp(prefix=prefix, dir=inside))
            with contextlib.suppress(FileNotFoundError):
                held = lock.take(folder / _LOCK)
                if held is not None:
                    return folder, held
        except OSError as cause:
            raise UserError(Code.FILE_UNWRITABLE, file=str(inside or tempfile.gettempdir())) from cause
    raise UserError(Code.FILE_UNWRITABLE, file=str(inside or tempfile.gettempdir()))


def sweep(inside: Path | None = None) -> int:
    """Takes away what killed programs left; how many folders."""
    gone = 0
    with contextlib.suppress(OSError):
        for folder in (inside or Path(tempfile.gettempdir())).iterdir():
            if folder.name.startswith((SAMPLE, COPY, LOOK)) and folder.is_dir() and not folder.is_symlink():
                with contextlib.suppress(OSError):
                    gone += _sweep_held(folder) if folder.name.startswith(SAMPLE) else _sweep_old(folder)
    return gone


def _sweep_held(folder: Path) -> bool:
    there = {path.name for path in folder.iterdir()}
    if not there:  # made a moment ago and not held yet, or its program was killed before it held it
        return _sweep_old(folder)
    if _LOCK not in there:  # let go of: a new lock in it could only be ours
        remove_folder(folder)
        return True
    held = lock.take(folder / _LOCK, make=False)
    if held is None:
        return False
    with contextlib.suppress(OSError):  # Windows leaves the lock's own file while it is open
        remove_folder(folder)
    held.release()
    if folder.exists():
        remove_folder(folder)
    return True


def _sweep_old(folder: Path) -> bool:
    if time.time() - folder.stat().st_mtime < _DAY_S:
        return False
    remove_folder(folder)
    return True
