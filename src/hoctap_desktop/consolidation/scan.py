"""Finding files on a stick and reading them. Reads only; judges nothing, writes nothing."""

import os
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from hoctap_desktop.foundation.boundary import Outside, take_in, take_in_into
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.progress import Progress, silent
from hoctap_desktop.foundation.text import clean_line, sort_key
from hoctap_desktop.submission.seal import EXTENSION
from hoctap_desktop.submission.wrapper import HEAD, is_encrypted

_ASK_EVERY = 200  # files found: some milliseconds
_PACKAGE_START = b"PK\x03\x04"
_MIMETYPE = b"mimetypeapplication/vnd.hoctap.goi+zip"
# A clerk may have put one of these on the stick in place of a package: they are worth a line of their own.
_MEANT_FOR_US = frozenset({".xlsx", ".xls", ".ods", ".zip", ".rar", ".7z"})
_GROUP_FILES, _GROUP_BYTES = 24, 16 * 2**20
# What systems and programs leave on sticks.
_NOT_A_PERSONS = frozenset({"system volume information", "$recycle.bin", "thumbs.db", "desktop.ini"})


@dataclass(frozen=True)
class Scan:
    """files: to be judged, by name (10 after 9). skipped: how many other files stand in the folders.

    unreadable: folders that could not be looked into.
    """

    files: tuple[Path, ...]
    skipped: int
    unreadable: tuple[Path, ...] = ()


def scan(paths: Sequence[Path], progress: Progress = silent) -> Scan:
    """Every file worth judging among files, folders, a whole stick. Raises UserError(FILE_UNREADABLE): no such path.

    progress: asked now and then, of 0 files, since nobody knows yet how many there are; raises Cancelled when it does.
    """
    found: dict[str, Path] = {}
    real: dict[Path, str] = {}
    skipped = 0
    unreadable: list[Path] = []
    for path in paths:
        if path.is_dir():
            for inside in walk(path, unreadable):
                if worth_judging(inside):
                    found.setdefault(_resolved(inside, real), inside)
                else:
                    skipped += 1
                if (len(found) + skipped) % _ASK_EVERY == 0:
                    progress(0, 0)
        elif path.is_file():
            found[_resolved(path, real)] = path
        else:
            raise UserError(Code.FILE_UNREADABLE, file=path.name or str(path))
    progress(0, 0)
    files = _in_order(found.values())
    return Scan(tuple(files), skipped, tuple(dict.fromkeys(unreadable)))


def _in_order(found: Collection[Path]) -> list[Path]:
    """By path, 10 after 9. The folders all of them stand in say nothing of their order, and are not looked at."""
    names = [str(one) for one in found]
    start = os.path.commonprefix(names).rfind(os.sep) + 1  # noqa: RUF071 - up to the last separator in it
    keys = {name: sort_key(name[start:]) for name in names}
    return sorted(found, key=lambda one: keys[str(one)])


def read(path: Path) -> bytes:
    """The bytes of a file. Raises UserError FILE_UNREADABLE, FILE_TOO_LARGE (more than a package may have)."""
    return take_in(Outside.PACKAGE, path)


class Rooms:
    """Memory for the files of a group, used again for the next one once nobody looks at it any more."""

    def __init__(self) -> None:
        self._rooms: list[bytearray] = []

    def read(self, place: int, path: Path) -> bytes:
        """As read, into the room number `place`: what was read into it before must be done with."""
        while len(self._rooms) <= place:
            self._rooms.append(bytearray())
        try:
            self._rooms[place] = take_in_into(Outside.PACKAGE, path, self._rooms[place])
        except BufferError:
            self._rooms[place] = bytearray()  # who still looks keeps the old one
            return read(path)
        return cast(bytes, self._rooms[place])  # read like bytes by everybody; nobody writes into it


def size_of(path: Path) -> int:
    """Bytes of a file; 0 when nobody can say: reading it will tell why."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _resolved(path: Path, real: dict[Path, str]) -> str:
    """Where a file really stands. real: the folders that were asked for before."""
    if path.is_symlink():
        return str(path.resolve())
    if path.parent not in real:
        real[path.parent] = str(path.parent.resolve())
    return os.path.join(real[path.parent], path.name)  # noqa: PTH118 - thousands of them


def encrypted_heads(paths: Sequence[Path], progress: Progress = silent) -> tuple[bytes, ...]:
    """The first bytes of every encrypted file among files, folders, a whole stick: whom they are for stands there.

    Raises Cancelled when `progress` does.
    """
    progress(0, 0)
    files = [inside for path in paths for inside in (walk(path, []) if path.is_dir() else (path,))]
    heads = []
    for done, path in enumerate(files):
        progress(done, len(files), path.name)
        heads.append(_head_if_encrypted(path))
    return tuple(head for head in heads if head)


def called(paths: Sequence[Path], names: Collection[str]) -> tuple[Path, ...]:
    """The files that lines call so, among files, folders, a whole stick; what is gone is no trouble."""
    files = (inside for path in paths for inside in (walk(path, []) if path.is_dir() else (path,)))
    return tuple(path for path in files if clean_line(path.name) in names and path.is_file())


def _head_if_encrypted(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            start = file.read(24)
            return start + file.read(HEAD) if is_encrypted(start) else b""
    except OSError:
        return b""


def walk(folder: Path, unreadable: list[Path]) -> Iterator[Path]:
    """Files worth a look; folders nobody can list, or whose files nobody can ask after, go to `unreadable`."""

    def note(failure: OSError) -> None:
        unreadable.append(Path(failure.filename or folder))

    # followlinks stays off: a link that points upward would never end
    for base, folders, names in os.walk(folder, onerror=note):
        folders[:] = sorted(name for name in folders if not _hidden(name))
        for name in sorted(names):
            path = Path(base) / name
            try:
                wanted = not _hidden(name) and path.is_file()
            except OSError:  # a folder that may be listed but not entered
                unreadable.append(Path(base))
                break
            if wanted:
                yield path


def _hidden(name: str) -> bool:
    return name.startswith((".", "~$")) or name.lower() in _NOT_A_PERSONS


def worth_judging(path: Path) -> bool:
    """By its name, or by its first bytes when the name was lost on the way."""
    if path.suffix.lower() == EXTENSION or path.suffix.lower() in _MEANT_FOR_US:
        return True
    try:
        with path.open("rb") as file:
            start = file.read(128)
    except OSError:
        return False
    return (start.startswith(_PACKAGE_START) and _MIMETYPE in start) or is_encrypted(start)


def groups(files: Sequence[Path]) -> Iterator[Sequence[Path]]:
    """The files in their order, some at a time: few enough that Dừng is heard soon, and that memory stays small."""
    group: list[Path] = []
    room = _GROUP_BYTES
    for found in files:
        size = size_of(found)
        if group and (len(group) == _GROUP_FILES or size > room):
            yield group
            group, room = [], _GROUP_BYTES
        group.append(found)
        room -= size
    if group:
        yield group
