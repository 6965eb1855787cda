"""Files beside the store, named by what is in them: written whole before the commit that names them.

The name is the SHA-256 of the file; of a sealed file that was just judged it may be its package id, the SHA-256 of the
list of hashes inside, so that a large package need not be hashed twice. What no row names any more (a turn that was
broken off, a file that waited and was taken in) is swept when nobody can be writing it.
"""

import contextlib
import hashlib
import io
import os
import re
import sqlite3
import stat
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path

from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.files import read_limited, replace_all
from hoctap_desktop.store.database import Store
from hoctap_desktop.store.digest import intact

_LIMIT = 64 * 2**20
# Columns that name a file beside the store, in whatever table, and its suffix; of "kept" the column extension says it.
_SUFFIXES: Mapping[str, str] = {"print": ".pdf", "file": ".htgoi", "kept": ""}
_KEPT_NAME = re.compile(r"[0-9a-f]{64}\.[a-z0-9]{1,8}")
_UNFINISHED = re.compile(r"\.hoctap-[0-9a-f]{16}\.tmp")  # of foundation/files.replace_whole, killed
# as submission/container.py writes it
_SUMS, _SIGNATURE = "SEAL/SHA256SUMS", "SEAL/signature.p7s"
_SUM = re.compile(r"([0-9a-f]{64})  (.+)")


def keep(store: Store, data: bytes, suffix: str) -> str:
    """Writes `data` as "<store>.files/<sha256><suffix>", read-only, and returns the SHA-256.

    Raises UserError when it cannot.
    """
    name = hashlib.sha256(data).hexdigest()
    _keep(store.files, [(f"{name}{suffix}", data)])
    return name


def keep_packages(
    store: Store, packages: Sequence[tuple[bytes, str]], suffix: str, told: Callable[[], None] = lambda: None
) -> None:
    """As keep, for sealed files whose seals were found to hold: their bytes, and their package ids for names.

    told: called after each is written; may raise. They are flushed and not read back: hundreds come at once, each lies
    on its stick as well, and `fetch` and doctor compare what they read with its name.
    """
    _keep(store.files, [(f"{package_id}{suffix}", data) for data, package_id in packages], told, read_back=False)


def _keep(
    folder: Path,
    files: Sequence[tuple[str, bytes]],
    told: Callable[[], None] = lambda: None,
    *,
    read_back: bool = True,
) -> None:
    new = [(name, data) for name, data in files if not _lies(folder / name, data)]
    if new:
        # What was sent, received or printed is evidence: nobody's editor shall save over it.
        replace_all(folder, new, lambda _stage: told(), read_only=True, read_back=read_back)


def _lies(path: Path, data: bytes) -> bool:
    return path.is_file() and path.read_bytes() == data


def mend(store: Store, data: bytes, name: str, suffix: str) -> bool:
    """Keeps `data` again under `name` where what lay there is gone or changed; False when it is whole."""
    path = store.files / f"{name}{suffix}"
    with contextlib.suppress(OSError):
        if path.read_bytes() == data:
            return False
    try:
        fetch(store, name, suffix)
    except UserError:
        if os.name == "nt" and path.exists():
            path.chmod(stat.S_IWRITE | stat.S_IREAD)
        _keep(path.parent, [(path.name, data)])
        return True
    return False  # the same package, written otherwise


def fetch(store: Store, name: str, suffix: str) -> bytes:
    """The bytes kept under `name`. Raises UserError STORE_DAMAGED, naming the file, when they are gone or changed."""
    path = store.files / f"{name}{suffix}"
    try:
        data = read_limited(path, _LIMIT)
    except UserError as cause:
        raise UserError(Code.STORE_DAMAGED, file=store.path.name, where=f"tệp {path.name} (không còn)") from cause
    if hashlib.sha256(data).hexdigest() != name and _package_id(data) != name:
        raise UserError(Code.STORE_DAMAGED, file=store.path.name, where=f"tệp {path.name} (đã bị thay đổi)")
    return data


def _package_id(data: bytes) -> str:
    """The package id of a sealed file all of whose hashes fit; "" for any other file, whatever is wrong with it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            listed = archive.read(_SUMS)
            found = {name: wanted for wanted, name in (_sum(line) for line in listed.decode("ascii").splitlines())}
            if sorted([*found, _SUMS, _SIGNATURE]) != sorted(archive.namelist()) or archive.testzip() is not None:
                return ""
            if any(hashlib.sha256(archive.read(name)).hexdigest() != wanted for name, wanted in found.items()):
                return ""
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, EOFError, NotImplementedError, RuntimeError, OSError):
        return ""
    return hashlib.sha256(listed).hexdigest()


def _sum(line: str) -> tuple[str, str]:
    match = _SUM.fullmatch(line)
    if match is None:
        raise ValueError(line)
    return match[1], match[2]


# --- what no row names --------------------------------------------------------------------------------------------


def files_of(row: sqlite3.Row) -> list[tuple[str, str]]:
    """The files beside the store that a row names: name and suffix."""
    columns = [column for column in _SUFFIXES if column in row.keys() and row[column]]  # noqa: SIM118 - no mapping
    return [(row[column], _SUFFIXES[column] or f".{row['extension']}") for column in columns]


def named(store: Store) -> frozenset[str]:
    """The files beside the store that rows name, by file name; rows that were put back or removed name theirs too."""
    found: set[str] = set()
    for table, columns in _naming(store):
        rows = store.query(f"SELECT {', '.join(columns)} FROM {table}")  # noqa: S608 - names of the schema
        found.update(name + suffix for row in rows for name, suffix in files_of(row))
    return frozenset(found)


def listed(store: Store) -> frozenset[str]:
    """The names of our files beside the store as they lie there, halves that a killed program left behind too."""
    try:
        names = os.listdir(store.files)  # noqa: PTH208 - thousands of files: no paths are made of them
    except OSError:
        return frozenset()
    return frozenset(name for name in names if _KEPT_NAME.fullmatch(name) or _UNFINISHED.fullmatch(name))


def unnamed(store: Store) -> frozenset[str]:
    """The names of files beside the store that no row names: nothing will ever ask for them."""
    lying = listed(store)
    return lying - named(store) if lying else lying


def unnamed_words(count: int) -> str:
    """What a person is told of them: no damage, and nothing to do."""
    return (
        f"Có {count} tệp thừa cạnh tệp dữ liệu (của lượt dừng giữa chừng, của gói đã hết chờ), không dòng nào dùng. "
        "Không hại gì; lần mở chương trình sau máy tự dọn."
    )


def sweep(store: Store, but: Collection[str] | None = None) -> int:
    """Removes what no row names; how many files. To be called where no copy of the store is being written.

    but: file names to leave, those that lay there before what was just broken off; None: any file may go, but none
    while a row that names files is damaged, whose file may be the one it once named.
    """
    found = unnamed(store).difference(but or ())
    if not found or (but is None and not _all_intact(store)):
        return 0
    gone, folder = 0, str(store.files)
    for name in found:  # thousands of files: no paths are made of them
        path = os.path.join(folder, name)  # noqa: PTH118
        with contextlib.suppress(OSError):
            if os.name == "nt":
                os.chmod(path, stat.S_IWRITE | stat.S_IREAD)  # noqa: PTH101
            os.unlink(path)  # noqa: PTH108
            gone += 1
    return gone


def _naming(store: Store) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Tables with columns that name files, and those columns."""
    marks = ", ".join(f"'{column}'" for column in _SUFFIXES)
    for row in store.query(
        "SELECT m.name, group_concat(c.name) AS columns FROM sqlite_schema AS m "  # noqa: S608 - our own names
        f"JOIN pragma_table_info(m.name) AS c ON c.name IN ({marks}) WHERE m.type = 'table' GROUP BY m.name"
    ):
        columns = tuple(row["columns"].split(","))
        yield row["name"], (*columns, "extension") if "kept" in columns else columns


def _all_intact(store: Store) -> bool:
    tables = [table for table, _ in _naming(store)]
    return all(intact(row) for table in tables for row in store.query(f"SELECT * FROM {table}"))  # noqa: S608
