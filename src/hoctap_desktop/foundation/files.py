"""A file is replaced whole or not at all; reading is bounded."""

import contextlib
import errno
import io
import os
import shutil
import stat
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from pathlib import Path

from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.file_kind import what_is

_REPLACE_TRIES = 10
_PIECE = 2**16
_NEW = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


class Stage(StrEnum):
    """How far the writing of a file is: handed to the system, safe on the medium, read back and found the same."""

    WRITTEN = "written"
    FLUSHED = "flushed"
    COMPARED = "compared"


def _quiet(stage: Stage) -> None:
    """The listener of one who does not ask."""


def read_limited(path: Path, limit: int) -> bytes:
    """The bytes of `path`, at most `limit` of them.

    Raises UserError FILE_UNREADABLE, or FILE_TOO_LARGE without reading past the limit.
    """
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            # as much room as the file says it takes; one that says 0 (a pipe, a file of the system) is read as it comes
            data = file.read(min(size, limit) + 1 if size else limit + 1)
            if len(data) == size + 1 and size < limit:  # it grew meanwhile
                data += file.read(limit - size)
    except OSError as cause:
        raise UserError(Code.FILE_UNREADABLE, file=path.name) from cause
    if len(data) > limit:
        raise UserError(Code.FILE_TOO_LARGE, file=path.name, limit=f"{limit // 2**20} MB")
    return data


def read_into(path: Path, limit: int, room: bytearray) -> bytearray:
    """As read_limited, into memory that was used before: `room`, or new when that is too small.

    Fresh memory for each of many large files costs more than reading them. Raises also BufferError when somebody still
    looks at what was in `room`.
    """
    if room:
        room.append(room.pop())  # where its length stays as it is, too, nobody may look at it
    try:
        with path.open("rb", buffering=0) as file:
            size = os.fstat(file.fileno()).st_size
            least = min(size, limit) + 1
            short = least - len(room)
            if short > len(room) // 8:
                room = bytearray(least + least // 8)  # the next file may be a little larger
                del room[least:]
            elif short > 0:
                room.extend(bytes(short))
            count = 0
            with memoryview(room) as view:
                while more := file.readinto(view[count:]):
                    count += more
    except OSError as cause:
        raise UserError(Code.FILE_UNREADABLE, file=path.name) from cause
    del room[count:]
    if count > limit or count != size:  # too large, grown meanwhile, or a file that says 0
        return bytearray(read_limited(path, limit))
    return room


def read_text(path: Path, limit: int = 4 * 2**20) -> str:
    """The text of a UTF-8 file (a byte order mark is dropped). Raises UserError also for NOT_TEXT."""
    return decoded(read_limited(path, limit), path.name)


def decoded(data: bytes, file: str) -> str:
    """The text of UTF-8 bytes. Raises UserError NOT_TEXT, saying what the file is instead."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as cause:
        raise UserError(Code.NOT_TEXT, file=file, found=what_is(data)) from cause


def replace_whole(path: Path, data: bytes, told: Callable[[Stage], None] = _quiet) -> None:
    """Write beside the target, fsync, rename, read back. told: called after each stage.

    Raises UserError DISK_FULL, FILE_UNWRITABLE, READ_BACK_DIFFERS.
    The old file stays whole until the new one is; a stick pulled half way leaves only a temporary file behind.
    """
    replace_all(path.parent, [(path.name, data)], told)


def replace_all(
    folder: Path,
    files: Sequence[tuple[str, bytes]],
    told: Callable[[Stage], None] = _quiet,
    *,
    read_only: bool = False,
    read_back: bool = True,
) -> None:
    """As replace_whole, several files of one folder by their names: it is flushed once for all of them.

    told: called after each is written, and once after each later stage. read_only: for good. read_back: False where
    whoever reads such a file compares it with its name anyway.
    """
    base, name, temporary = str(folder), folder.name, list[str]()
    try:
        with contextlib.ExitStack() as opened:
            handles = []
            for name, data in files:  # noqa: B007 - a failure names it
                handle, path = _temporary_in(folder, read_only=read_only)
                temporary.append(path)
                handles.append(handle)
                file = opened.enter_context(os.fdopen(handle, "wb", buffering=0))
                _write_all(file, data)
                told(Stage.WRITTEN)
            for handle in handles:
                os.fsync(handle)
        for name, _ in files:
            if read_only and os.name == "nt":
                os.chmod(temporary[0], stat.S_IREAD)  # noqa: PTH101
            _replace(temporary[0], os.path.join(base, name))  # noqa: PTH118 - thousands of files: no paths are made of them
            del temporary[0]
        sync_folder(base)
        told(Stage.FLUSHED)
        room = bytearray(_PIECE)
        for name, data in files if read_back else ():
            if not _is_on_medium(os.path.join(base, name), data, room):  # noqa: PTH118
                raise UserError(Code.READ_BACK_DIFFERS, file=name)
    except OSError as cause:
        _remove(temporary)
        code = Code.DISK_FULL if cause.errno in (errno.ENOSPC, errno.EDQUOT) else Code.FILE_UNWRITABLE
        raise UserError(code, file=name) from cause
    except BaseException:  # the listener said stop
        _remove(temporary)
        raise
    told(Stage.COMPARED)


def remove_folder(folder: Path) -> None:
    """Removes a folder of our own making with all in it, read-only files too (Windows refuses those else)."""

    def make_writable(act: Callable[[str], object], path: str, _failure: object) -> None:
        with contextlib.suppress(OSError):
            Path(path).chmod(stat.S_IWRITE | stat.S_IREAD)
            act(path)

    shutil.rmtree(folder, onerror=make_writable)


def _remove(temporary: Iterable[str]) -> None:
    for path in temporary:
        with contextlib.suppress(OSError):
            os.unlink(path)  # noqa: PTH108


def _is_on_medium(path: str, data: bytes, room: bytearray) -> bool:
    """True when a file just written holds `data`: asked of the medium, not of memory, where the system can be so asked.

    Piece by piece through `room`: a second copy of a large file costs more than comparing it.
    """
    piece = memoryview(room)
    with io.FileIO(path) as file:
        forget_read(file.fileno())
        at = 0
        while count := file.readinto(room):
            if not data.startswith(piece[:count], at):
                return False
            at += count
    return at == len(data)


def forget_read(handle: int) -> None:
    """What is read of a flushed file from now on comes from the medium, not from memory, where the system lets us."""
    if sys.platform != "win32" and hasattr(os, "posix_fadvise"):
        os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)


def _temporary_in(folder: Path, *, read_only: bool) -> tuple[int, str]:
    try:
        return _temporary(str(folder), read_only=read_only)
    except FileNotFoundError:
        _make_folder(folder)
        return _temporary(str(folder), read_only=read_only)


def _temporary(folder: str, *, read_only: bool) -> tuple[int, str]:
    """A new file that nobody else has, open for writing, and where it is.

    Readable from the first like any other file that is saved here: what an office hands on must be.
    """
    while True:
        path = os.path.join(folder, f".hoctap-{os.urandom(8).hex()}.tmp")  # noqa: PTH118
        with contextlib.suppress(FileExistsError):
            return os.open(path, _NEW, 0o444 if read_only and os.name != "nt" else 0o666), path


def _write_all(file: io.FileIO, data: bytes) -> None:
    written = file.write(data) or 0
    while written < len(data):  # a system may take less than the whole at once
        written += file.write(memoryview(data)[written:]) or 0


def _replace(source: str, target: str) -> None:
    # On Windows a virus scanner may hold the target for a moment: ten tries over 2.5 s, then it is an error.
    for attempt in range(_REPLACE_TRIES):
        try:
            os.replace(source, target)  # noqa: PTH105
            return
        except PermissionError:
            if os.name != "nt" or attempt == _REPLACE_TRIES - 1:
                raise
            time.sleep(0.25)


def _make_folder(folder: Path) -> None:
    """A folder and those it stands in; each new one's name is on the disk as well, or a power cut takes all of it."""
    new = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for one in reversed(new):
        sync_folder(str(one.parent))


def sync_folder(folder: str) -> None:
    """What was renamed, made or taken away in a folder is on the disk; Windows has no such call. Raises OSError."""
    if os.name == "nt":
        return
    handle = os.open(folder or ".", os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
