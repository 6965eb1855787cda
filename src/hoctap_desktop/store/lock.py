"""One opener at a time: an OS lock on a file of its own, which the system frees when its holder dies, even by kill -9.

The lock is not taken on the store itself: opening and closing the store's file drops SQLite's own locks.
"""

import contextlib
import os
import sys
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


class Lock:
    """A lock that is held until release()."""

    def __init__(self, path: Path, handle: int) -> None:
        self._path = path
        self._handle: int | None = handle

    def release(self) -> None:
        """Frees the lock and takes its file away. A second call does nothing."""
        if self._handle is None:
            return
        handle, self._handle = self._handle, None
        if sys.platform == "win32":  # an open file cannot be taken away there; one that another opener holds stays
            os.close(handle)
            with contextlib.suppress(OSError):
                self._path.unlink()
        else:  # taken away while still held, so that nobody waits on a file that has no name any more
            with contextlib.suppress(OSError):
                self._path.unlink()
            os.close(handle)


def take(path: Path, *, make: bool = True) -> Lock | None:
    """The lock on `path`, or None when another opener holds it. Raises OSError when the folder refuses the file.

    make: False for a lock that must be there already; FileNotFoundError when it is not.
    """
    while True:
        handle = os.open(path, os.O_RDWR | (os.O_CREAT if make else 0), 0o666)
        try:
            _lock(handle)
        except OSError:
            os.close(handle)
            return None
        if _still_named(path, handle):
            return Lock(path, handle)
        os.close(handle)  # its holder took the file away between our open and our lock: try on the new one


def _still_named(path: Path, handle: int) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False
