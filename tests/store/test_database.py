"""Opening, refusing, locking, committing."""

import contextlib
import hashlib
import os
import sqlite3
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.store import migrations
from hoctap_desktop.store.database import Store, create, open_store
from tests.offices import CLOCK


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "Hà Thượng.hoctap"


def _code(path: Path) -> Code:
    with pytest.raises(UserError) as caught:
        open_store(path, CLOCK)
    return caught.value.code


def _names(folder: Path) -> list[str]:
    return sorted(found.name for found in folder.iterdir())


def _insert(store: Store, kind: str) -> None:
    with store.atomic() as db:
        db.execute("INSERT INTO source (origin, unit, campaign, kind) VALUES ('own', '', '', ?)", (kind,))


def _fail_after(store: Store, kind: str) -> None:
    with store.atomic():
        _insert(store, kind)
        raise ZeroDivisionError


def _kinds(store: Store) -> list[str]:
    return [row["kind"] for row in store.query("SELECT kind FROM source ORDER BY rowid")]


def test_a_store_opens_with_the_settings_that_lose_nothing(path: Path) -> None:
    store = create(path, CLOCK)
    read = {
        name: store.query(f"PRAGMA {name}")[0][0]
        for name in ("journal_mode", "synchronous", "locking_mode", "foreign_keys", "application_id", "user_version")
    }
    store.close()
    assert read == {
        "journal_mode": "wal",
        "synchronous": 2,
        "locking_mode": "exclusive",
        "foreign_keys": 1,
        "application_id": migrations.APPLICATION_ID,
        "user_version": migrations.known_version(),
    }


def test_a_closed_store_is_one_file(path: Path) -> None:
    store = create(path, CLOCK)
    _insert(store, "plan")
    store.close()
    store.close()
    assert _names(path.parent) == [path.name]


def test_what_was_committed_is_there_after_reopening(path: Path) -> None:
    store = create(path, CLOCK)
    _insert(store, "plan")
    store.close()
    again = open_store(path, CLOCK)
    assert _kinds(again) == ["plan"]
    again.close()


def test_an_error_leaves_nothing_of_the_block(path: Path) -> None:
    store = create(path, CLOCK)
    with pytest.raises(ZeroDivisionError):
        _fail_after(store, "plan")
    assert _kinds(store) == []
    store.close()


def test_an_inner_block_is_undone_alone(path: Path) -> None:
    store = create(path, CLOCK)
    with store.atomic():
        _insert(store, "plan")
        with pytest.raises(ZeroDivisionError):
            _fail_after(store, "report")
    assert _kinds(store) == ["plan"]
    store.close()


def test_a_fault_of_our_own_sql_goes_up_as_it_is(path: Path) -> None:
    store = create(path, CLOCK)
    with pytest.raises(sqlite3.OperationalError):
        store.query("SELECT nothing FROM nowhere")
    with pytest.raises(sqlite3.IntegrityError), store.atomic() as db:
        db.execute("INSERT INTO fact (indicator, source, value) VALUES ('a', 99, 1)")
    store.close()


def test_a_missing_store_is_told(path: Path) -> None:
    assert _code(path) is Code.STORE_MISSING
    assert _names(path.parent) == []


def test_a_store_is_made_in_a_folder_that_is_not_there_yet(tmp_path: Path) -> None:
    create(tmp_path / "Học tập" / "2022" / "a.hoctap", CLOCK).close()
    assert _names(tmp_path / "Học tập" / "2022") == ["a.hoctap"]


def test_an_existing_store_is_not_made_again(path: Path) -> None:
    create(path, CLOCK).close()
    before = path.read_bytes()
    with pytest.raises(UserError) as caught:
        create(path, CLOCK)
    assert caught.value.code is Code.STORE_EXISTS
    assert path.read_bytes() == before


def test_a_second_opener_is_told_that_it_is_in_use(path: Path) -> None:
    store = create(path, CLOCK)
    assert _code(path) is Code.STORE_IN_USE
    _insert(store, "plan")
    assert _kinds(store) == ["plan"]
    store.close()
    open_store(path, CLOCK).close()


def test_another_process_is_told_that_it_is_in_use(path: Path) -> None:
    store = create(path, CLOCK)
    script = (
        "import sys; from pathlib import Path\n"
        "from hoctap_desktop.foundation.clock import system_clock\n"
        "from hoctap_desktop.foundation.errors import UserError\n"
        "from hoctap_desktop.store.database import open_store\n"
        "try: open_store(Path(sys.argv[1]), system_clock)\n"
        "except UserError as cause: print(cause.code)\n"
    )
    found = subprocess.run(
        [sys.executable, "-c", script, str(path)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)},
    )
    assert found.stdout.strip() == "store_in_use"
    store.close()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "tệp trống"),
        (b"PK\x03\x04" + bytes(200), "tệp nén"),
        (b"%PDF-1.7\n" + bytes(200), "PDF"),
        (b"SQLite format 3\0", "SQLite"),
        (b"Ngay 06/10/2022" * 20, "tệp văn bản"),
    ],
)
def test_a_file_of_another_kind_is_named_and_left_alone(path: Path, content: bytes, words: str) -> None:
    path.write_bytes(content)
    with pytest.raises(UserError) as caught:
        open_store(path, CLOCK)
    assert caught.value.code is Code.STORE_FOREIGN
    assert words in str(caught.value)
    assert path.read_bytes() == content
    assert _names(path.parent) == [path.name]


def test_a_folder_is_no_store(path: Path) -> None:
    path.mkdir()
    assert _code(path) is Code.STORE_FOREIGN


def test_a_sqlite_file_of_another_program_is_left_alone(path: Path) -> None:
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE t (a)")
    other.commit()
    other.close()
    before = path.read_bytes()
    with pytest.raises(UserError) as caught:
        open_store(path, CLOCK)
    assert caught.value.code is Code.STORE_FOREIGN
    assert "chương trình khác" in str(caught.value)
    assert path.read_bytes() == before


def test_a_newer_store_is_refused_and_stays_byte_for_byte(path: Path) -> None:
    create(path, CLOCK).close()
    raw = bytearray(path.read_bytes())
    raw[60:64] = struct.pack(">i", migrations.known_version() + 1)
    path.write_bytes(raw)
    with pytest.raises(UserError) as caught:
        open_store(path, CLOCK)
    assert caught.value.code is Code.STORE_NEWER
    assert str(migrations.known_version() + 1) in str(caught.value)
    assert path.read_bytes() == raw
    assert _names(path.parent) == [path.name]


def test_a_store_cut_short_is_damaged(path: Path) -> None:
    create(path, CLOCK).close()
    raw = path.read_bytes()
    path.write_bytes(raw[: len(raw) // 2])
    assert _code(path) is Code.STORE_DAMAGED


def test_a_disk_without_room_is_told_and_nothing_of_the_block_stays(path: Path) -> None:
    store = create(path, CLOCK)
    pages = store.query("PRAGMA page_count")[0][0]
    store.query(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(UserError) as caught, store.atomic() as db:
        db.execute("INSERT INTO source (origin, unit, campaign, kind) VALUES ('own', '', '', ?)", ("x" * 100_000,))
    assert caught.value.code is Code.DISK_FULL
    assert _kinds(store) == []
    store.query("PRAGMA max_page_count = 1000000")
    _insert(store, "plan")
    assert _kinds(store) == ["plan"]
    store.close()


def test_who_remembers_what_is_undone_is_told_once_after_it_and_not_after_a_commit(path: Path) -> None:
    store = create(path, CLOCK)
    told: list[list[str]] = []

    def forget(undone: Store) -> None:
        told.append(_kinds(undone))

    store.when_undone(forget)  # nothing is being written: nothing can be undone
    with store.atomic():
        _insert(store, "plan")
        store.when_undone(forget)
    assert told == []
    with contextlib.suppress(ZeroDivisionError), store.atomic():
        _insert(store, "report")
        with store.atomic():
            store.when_undone(forget)
        store.when_undone(forget)
        raise ZeroDivisionError
    assert told == [["plan"]]
    store.close()


def test_a_block_inside_that_is_undone_alone_tells_of_what_it_held(path: Path) -> None:
    store = create(path, CLOCK)
    told: list[str] = []

    def of_outer(_undone: Store) -> None:
        told.append("outer")

    def of_inner(_undone: Store) -> None:
        told.append("inner")

    def refuses(_undone: Store) -> None:
        raise UserError(Code.STORE_DAMAGED, file="a", where="b")

    with contextlib.suppress(ZeroDivisionError), store.atomic():
        store.when_undone(of_outer)
        with contextlib.suppress(ArithmeticError), store.atomic():
            store.when_undone(refuses)
            store.when_undone(of_inner)
            raise ArithmeticError
        assert told == ["inner"]
        raise ZeroDivisionError
    assert told == ["inner", "outer"]
    store.close()


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError) as caught:
        create(tmp_path / "file" / "a.hoctap", CLOCK)
    assert caught.value.code is Code.FILE_UNWRITABLE


def test_opening_a_store_of_today_does_not_load_sqlite_utils(path: Path) -> None:
    create(path, CLOCK).close()
    before = hashlib.sha256(path.read_bytes()).digest()
    script = (
        "import sys; from pathlib import Path\n"
        "from hoctap_desktop.foundation.clock import system_clock\n"
        "from hoctap_desktop.store.database import open_store\n"
        "open_store(Path(sys.argv[1]), system_clock).close()\n"
        "print([m for m in ('sqlite_utils', 'cryptography', 'reportlab', 'openpyxl') if m in sys.modules])\n"
    )
    found = subprocess.run(
        [sys.executable, "-c", script, str(path)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)},
    )
    assert found.stdout.strip() == "[]"
    assert hashlib.sha256(path.read_bytes()).digest() == before
