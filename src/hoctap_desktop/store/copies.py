"""Copies of an office's data in one file each: the store (through SQLite's backup) and every file beside it.

A copy (.htsao) is a zip: thong-tin.json (whose, from when, the SHA-256 of everything in it), du-lieu.hoctap, tep/….
It is written beside its place, read back, and only then gets its name. Nothing here opens the live store's file.
"""

import contextlib
import errno
import hashlib
import json
import os
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from hoctap_desktop.foundation.clock import VIETNAM, Clock
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.files import forget_read, remove_folder, sync_folder
from hoctap_desktop.foundation.progress import Progress, silent
from hoctap_desktop.store import lock
from hoctap_desktop.store.attached import listed, named
from hoctap_desktop.store.check import check
from hoctap_desktop.store.database import Store, open_store

EXTENSION = ".htsao"
BACKUP, HANDOVER = "backup", "handover"
_FORMAT, _VERSION = "hoctap-copy", 1
_HEAD, _DATA, _FILES = "thong-tin.json", "du-lieu.hoctap", "tep/"
_FILE_NAME = re.compile(r"tep/[0-9a-f]{64}\.[a-z0-9]{1,8}")
_HEAD_LIMIT = 64 * 2**20
_BLOCK = 2**20
_STAMP = "%Y%m%d-%H%M%S"
NOT_CONTENT = frozenset({"fact", "sitting", "_sqlite_migrations"})
# What bad zip files have been seen to raise.
_BAD = (
    zipfile.BadZipFile, zlib.error, ValueError, KeyError, TypeError, EOFError, struct.error, NotImplementedError,
    RuntimeError, IndexError, OverflowError, RecursionError,
)  # fmt: skip


@dataclass(frozen=True)
class CopyHead:
    """Whose copy, from when. kind: BACKUP or HANDOVER."""

    kind: str
    unit_code: str
    unit_name: str
    made_at: datetime


@dataclass(frozen=True)
class Snapshot:
    """The store as it was at one moment, in `folder`; files: those beside the live store, which never change."""

    folder: Path
    data: Path
    files: tuple[Path, ...]


@dataclass(frozen=True)
class Restored:
    """path: the store that was put back; kept: where what it took the place of lies, None when nothing was there."""

    path: Path
    head: CopyHead
    kept: Path | None


def snapshot(store: Store, folder: Path) -> Snapshot:
    """Copies the store into `folder` (on this computer's own disk) and lists the files beside it that its rows name.

    Runs on the store's thread and takes milliseconds; packing may then take its time elsewhere.
    Raises UserError FILE_UNWRITABLE, DISK_FULL, STORE_DAMAGED.
    """
    data = store.back_up(folder / _DATA)
    files = tuple(store.files / name for name in sorted(listed(store) & named(store)))
    return Snapshot(folder, data, files)


def content(store: Store) -> str:
    """What a copy would hold, as one SHA-256: the same, in any process, while nothing was written.

    Left out are the facts, which follow from the answers, and the sittings: the last one ends after the copy is made.
    """
    found = hashlib.sha256()
    schema = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"
    for (table,) in store.query(schema):
        if table in NOT_CONTENT:
            continue
        digested = store.query("SELECT 1 FROM pragma_table_info(?) WHERE name = 'digest'", (table,))
        wanted = "coalesce(group_concat(digest), '')" if digested else "*"
        rows = [tuple(row) for row in store.query(f"SELECT {wanted} FROM {table}")]  # noqa: S608 - names from the schema
        found.update(repr((table, rows)).encode())
    return found.hexdigest()


def pack(taken: Snapshot, head: CopyHead, target: Path, progress: Progress = silent) -> Path:
    """Writes the copy to `target`, reads it back, and gives it its name. A copy that is there already is replaced.

    Raises UserError FILE_UNWRITABLE, DISK_FULL, READ_BACK_DIFFERS.
    """
    making = target.with_name(f".{target.name}.tmp")
    entries = {_DATA: taken.data, **{_FILES + path.name: path for path in taken.files}}
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        hashes: dict[str, str] = {}
        with making.open("wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
                for done, (name, path) in enumerate(entries.items()):
                    progress(done, len(entries), path.name)
                    hashes[name] = _put(archive, name, path)
                archive.writestr(_HEAD, json.dumps(_head_value(head, hashes), ensure_ascii=False, indent=1))
            file.flush()
            os.fsync(file.fileno())
            forget_read(file.fileno())
        with _opened(making) as (archive, _head, known):
            for name in known:
                _verify(archive, name, known[name])
        making.replace(target)
        sync_folder(str(target.parent))
    except OSError as cause:
        _remove(making)
        full = cause.errno in (errno.ENOSPC, errno.EDQUOT)
        raise UserError(Code.DISK_FULL if full else Code.FILE_UNWRITABLE, file=target.name) from cause
    except UserError as cause:
        _remove(making)
        if cause.code is Code.COPY_BAD:
            raise UserError(Code.READ_BACK_DIFFERS, file=target.name) from cause
        raise
    except BaseException:
        _remove(making)
        raise
    progress(len(entries), len(entries))
    return target


def look(path: Path) -> CopyHead:
    """Whose copy it is, from its head alone. Raises UserError COPY_BAD, FILE_UNREADABLE."""
    with _opened(path) as (_archive, head, _hashes):
        return head


def unpack(path: Path, folder: Path, clock: Clock, progress: Progress = silent) -> tuple[Path, CopyHead]:
    """The store of a copy in `folder`, every byte compared and the store itself checked and brought up to date.

    Raises UserError COPY_BAD (saying why), STORE_NEWER, FILE_UNREADABLE, FILE_UNWRITABLE, DISK_FULL.
    """
    data = folder / _DATA
    beside = folder / f"{_DATA}.files"
    with _opened(path) as (archive, head, hashes), _written(folder):
        for done, (name, wanted) in enumerate(hashes.items()):
            progress(done, len(hashes), Path(name).name)
            target = data if name == _DATA else beside / name.removeprefix(_FILES)
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("wb") as out:
                _verify(archive, name, wanted, out)
                out.flush()
                os.fsync(out.fileno())
    try:
        store = open_store(data, clock)
    except UserError as cause:
        if cause.code is Code.STORE_NEWER:
            raise
        raise UserError(Code.COPY_BAD, file=path.name, why=str(cause)) from cause
    try:
        damage = check(store)
    finally:
        store.close()
    if damage:
        raise UserError(Code.COPY_BAD, file=path.name, why=f"{damage[0].where}: {damage[0].how}")
    return data, head


def restore(copy: Path, path: Path, clock: Clock, progress: Progress = silent) -> Restored:
    """Puts the store of a copy at `path`; what was there is kept beside it under another name.

    The copy is checked whole first: a refusal leaves everything as it is. Raises those of `unpack`, STORE_IN_USE.
    """
    path = path.absolute()
    making = path.with_name(f".{path.name}.khoi-phuc")
    with _written(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        held = lock.take(path.with_name(path.name + ".lock"))
    if held is None:
        raise UserError(Code.STORE_IN_USE, file=path.name)
    try:
        remove_folder(making)
        with _written(path):
            making.mkdir()
        data, head = unpack(copy, making, clock, progress)
        with _written(path):
            kept = _exchange(data, path, clock())
        return Restored(path, head, kept)
    finally:
        remove_folder(making)
        held.release()


def file_name(kind: str, unit_code: str, at: datetime) -> str:
    """ "ban-sao-05812-20221012-103205.htsao"."""
    word = "ban-giao" if kind == HANDOVER else "ban-sao"
    return f"{word}-{unit_code}-{at.strftime(_STAMP)}{EXTENSION}"


def copies_in(folder: Path, unit_code: str) -> tuple[Path, ...]:
    """The backup copies of an office in a folder, newest first, by their names. () where the folder is away."""
    wanted = re.compile(rf"ban-sao-{re.escape(unit_code)}-\d{{8}}-\d{{6}}{re.escape(EXTENSION)}")
    try:
        found = [path for path in folder.iterdir() if wanted.fullmatch(path.name)]
    except OSError:
        return ()
    return tuple(sorted(found, key=lambda path: path.name, reverse=True))


def moment_of(path: Path) -> datetime | None:
    """When a copy was made, as its name says, or None."""
    found = re.search(rf"-(\d{{8}}-\d{{6}}){re.escape(EXTENSION)}$", path.name)
    try:
        return datetime.strptime(found[1], _STAMP).replace(tzinfo=VIETNAM) if found else None
    except ValueError:
        return None


def keep_newest(folder: Path, unit_code: str, count: int) -> tuple[Path, ...]:
    """Takes older backup copies of an office away, so that `count` stay; those taken away. A busy one stays."""
    gone = []
    for path in copies_in(folder, unit_code)[max(1, count) :]:
        with contextlib.suppress(OSError):
            path.unlink()
            gone.append(path)
    return tuple(gone)


# --- within -------------------------------------------------------------------------------------------------------


def _put(archive: zipfile.ZipFile, name: str, path: Path) -> str:
    digest = hashlib.sha256()
    info = zipfile.ZipInfo(name)
    # PDFs, packages and photos are compressed already.
    info.compress_type = zipfile.ZIP_DEFLATED if name == _DATA else zipfile.ZIP_STORED
    with path.open("rb") as source, archive.open(info, "w", force_zip64=True) as out:
        while block := source.read(_BLOCK):
            digest.update(block)
            out.write(block)
    return digest.hexdigest()


def _head_value(head: CopyHead, hashes: Mapping[str, str]) -> dict[str, object]:
    return {
        "format": _FORMAT,
        "version": _VERSION,
        "kind": head.kind,
        "unit_code": head.unit_code,
        "unit_name": head.unit_name,
        "made_at": head.made_at.isoformat(),
        "sha256": dict(hashes),
    }


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[tuple[zipfile.ZipFile, CopyHead, dict[str, str]]]:
    """The archive, its head and the hashes it names; anything strange about it is COPY_BAD."""
    try:
        file = path.open("rb")
    except OSError as cause:
        raise UserError(Code.FILE_UNREADABLE, file=path.name) from cause
    with file, _refusing(path), zipfile.ZipFile(file) as archive:
        if archive.getinfo(_HEAD).file_size > _HEAD_LIMIT:
            raise ValueError("head too long")
        top = json.loads(archive.read(_HEAD))
        if top["format"] != _FORMAT or top["kind"] not in (BACKUP, HANDOVER):
            raise ValueError("no copy of ours")
        if top["version"] != _VERSION:
            raise UserError(Code.COPY_BAD, file=path.name, why="bản chương trình mới hơn đã ghi nó")
        hashes = {str(name): str(wanted) for name, wanted in top["sha256"].items()}
        names = archive.namelist()
        if sorted(names) != sorted([_HEAD, *hashes]) or _DATA not in hashes:
            raise ValueError("other entries than the head names")
        if any(name != _DATA and not _FILE_NAME.fullmatch(name) for name in hashes):
            raise ValueError("an entry with a strange name")
        head = CopyHead(
            top["kind"], str(top["unit_code"]), str(top["unit_name"]), datetime.fromisoformat(top["made_at"])
        )
        yield archive, head, hashes


@contextlib.contextmanager
def _refusing(path: Path) -> Iterator[None]:
    try:
        yield
    except _BAD as cause:
        raise UserError(Code.COPY_BAD, file=path.name, why="nội dung không đọc được") from cause
    except OSError as cause:
        if cause.errno in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise UserError(Code.FILE_UNREADABLE, file=path.name) from cause


@contextlib.contextmanager
def _written(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as cause:
        full = cause.errno in (errno.ENOSPC, errno.EDQUOT)
        raise UserError(Code.DISK_FULL if full else Code.FILE_UNWRITABLE, file=path.name) from cause


def _verify(archive: zipfile.ZipFile, name: str, wanted: str, out: IO[bytes] | None = None) -> None:
    digest = hashlib.sha256()
    with archive.open(name) as source:
        while block := source.read(_BLOCK):
            digest.update(block)
            if out is not None:
                out.write(block)
    if digest.hexdigest() != wanted:
        raise ValueError(f"{name} differs")


def _exchange(data: Path, path: Path, at: datetime) -> Path | None:
    """The new store and its files in the place of the old; should a step fail, the old ones come back."""
    kept = path.with_name(f"{path.name}.truoc-khoi-phuc-{at.strftime(_STAMP)}")
    moves = [
        (path, kept),
        (_beside(path, "-wal"), _beside(kept, "-wal")),
        (_beside(path, ".files"), _beside(kept, ".files")),
        (_beside(data, ".files"), _beside(path, ".files")),
        (data, path),
    ]
    done: list[tuple[Path, Path]] = []
    try:
        for source, target in moves:
            if source.exists():
                source.replace(target)
                done.append((source, target))
        sync_folder(str(path.parent))
    except OSError:
        for source, target in reversed(done):
            with contextlib.suppress(OSError):
                target.replace(source)
        raise
    return kept if kept.exists() else None


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)
