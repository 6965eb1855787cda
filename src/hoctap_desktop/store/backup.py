"""A copy of the store through SQLite's backup: never by copying the live file, which would drop its locks."""

import contextlib
import errno
import os
import sqlite3
from datetime import datetime
from pathlib import Path

from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.files import sync_folder
from hoctap_desktop.store.sitting import settle_copy


def name_beside(path: Path, version: int, at: datetime) -> Path:
    """Where the copy of a store of schema `version` is kept: beside it, named by its level and the moment."""
    return path.with_name(f"{path.name}.sao-luu-muc-{version}-{at:%Y%m%d-%H%M%S}")


def back_up(connection: sqlite3.Connection, target: Path) -> Path:
    """Writes a whole copy to `target`, checked and renamed into place only when it is good.

    Raises UserError FILE_UNWRITABLE when the copy cannot be made, STORE_DAMAGED when what was copied is damaged.
    """
    making = target.with_name(target.name + ".tmp")
    try:
        making.unlink(missing_ok=True)
        with contextlib.closing(sqlite3.connect(making, isolation_level=None)) as copy:
            connection.backup(copy)
            found = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
            if found == "ok":
                settle_copy(copy)
        if found == "ok":
            with making.open("rb+") as file:
                os.fsync(file.fileno())
            making.replace(target)
            sync_folder(str(target.parent))
            return target
    except (OSError, sqlite3.OperationalError) as cause:
        _remove(making)
        full = (
            getattr(cause, "errno", 0) == errno.ENOSPC or getattr(cause, "sqlite_errorcode", 0) == sqlite3.SQLITE_FULL
        )
        raise UserError(Code.DISK_FULL if full else Code.FILE_UNWRITABLE, file=target.name) from cause
    except sqlite3.DatabaseError as cause:
        _remove(making)
        raise UserError(Code.STORE_DAMAGED, file=target.name, where="bản sao lưu") from cause
    _remove(making)
    raise UserError(Code.STORE_DAMAGED, file=target.name, where=found)


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)
