"""Copies of an office's data: whole, checked, put back without losing what they replace."""

import errno
import json
import os
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from hoctap_desktop.filing.attaching import attach
from hoctap_desktop.filing.repository import begin
from hoctap_desktop.foundation.clock import VIETNAM, fixed_clock
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.store import copies
from hoctap_desktop.store.check import check
from hoctap_desktop.store.copies import BACKUP, CopyHead, copies_in, file_name, keep_newest, look, moment_of, restore
from hoctap_desktop.store.database import Store, open_store
from tests.offices import CLOCK, NOW, commune_store, report_draft

HEAD = CopyHead(BACKUP, "05812", "Ủy ban nhân dân xã Hà Thượng", NOW)


def rows(store: Store) -> int:
    return len(store.query("SELECT * FROM unit"))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = commune_store(tmp_path / "a.hoctap")
    begin(made, report_draft({}))
    source = tmp_path / "a.pdf"
    source.write_bytes(b"%PDF-1.4 a page")
    assert attach(made, "2022-report", [source]).taken
    return made


@pytest.fixture
def copy(store: Store, tmp_path: Path) -> Path:
    (tmp_path / "taken").mkdir()
    made = copies.pack(copies.snapshot(store, tmp_path / "taken"), HEAD, tmp_path / "usb" / "x.htsao")
    store.close()
    return made


def test_a_copy_brings_store_and_files_to_another_place(copy: Path, tmp_path: Path) -> None:
    done = restore(copy, tmp_path / "new" / "b.hoctap", CLOCK)
    assert (done.head, done.kept) == (HEAD, None)
    again = open_store(done.path, CLOCK)
    assert rows(again) == 2
    assert [path.read_bytes() for path in again.files.iterdir()] == [b"%PDF-1.4 a page"]
    again.close()
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["b.hoctap", "b.hoctap.files"]


def test_what_a_copy_takes_the_place_of_is_kept_and_opens(copy: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.hoctap"
    changed = open_store(path, CLOCK)
    with changed.atomic() as db:
        db.execute("DELETE FROM office")
        db.execute("DELETE FROM unit")
    changed.close()
    done = restore(copy, path, CLOCK)
    again = open_store(path, CLOCK)
    assert rows(again) == 2
    again.close()
    assert done.kept == tmp_path / "a.hoctap.truoc-khoi-phuc-20221014-161203"
    old = open_store(done.kept, CLOCK)
    assert rows(old) == 0
    assert len(list(old.files.iterdir())) == 1
    old.close()


@pytest.mark.parametrize("step", range(4))
def test_a_step_that_fails_on_the_way_brings_the_old_data_back(
    step: int, copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, done = tmp_path / "a.hoctap", list[Path]()
    before = path.read_bytes()
    real = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if len(done) == step:
            done.append(self)
            raise PermissionError(errno.EACCES, "held by another program")
        done.append(self)
        return real(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", replace)
        with pytest.raises(UserError) as refused:
            restore(copy, path, CLOCK)
    assert refused.value.code is Code.FILE_UNWRITABLE
    assert len(done) > step
    assert path.read_bytes() == before
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.hoctap", "a.hoctap.files", "a.pdf", "taken", "usb"]
    old = open_store(path, CLOCK)
    assert check(old) == ()
    old.close()


def test_an_open_store_is_not_replaced(copy: Path, tmp_path: Path) -> None:
    live = open_store(tmp_path / "a.hoctap", CLOCK)
    with pytest.raises(UserError) as refused:
        restore(copy, tmp_path / "a.hoctap", CLOCK)
    assert refused.value.code is Code.STORE_IN_USE
    assert rows(live) == 2
    live.close()


def rewritten(copy: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """The same copy with other entries."""
    with zipfile.ZipFile(copy) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    change(entries)
    made = copy.with_name("changed.htsao")
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return made


def _flip(entries: dict[str, bytes]) -> None:
    entries["du-lieu.hoctap"] = entries["du-lieu.hoctap"][:-1] + b"?"


def _escape(entries: dict[str, bytes]) -> None:
    head = json.loads(entries["thong-tin.json"])
    head["sha256"]["../x"] = "0" * 64
    entries["thong-tin.json"] = json.dumps(head).encode()
    entries["../x"] = b""


def _add(entries: dict[str, bytes]) -> None:
    entries["tep/autorun.inf"] = b""


def _no_head(entries: dict[str, bytes]) -> None:
    del entries["thong-tin.json"]


def _later(entries: dict[str, bytes]) -> None:
    entries["thong-tin.json"] = entries["thong-tin.json"].replace(b'"version": 1', b'"version": 2')


@pytest.mark.parametrize("change", [_flip, _escape, _add, _no_head, _later])
def test_a_changed_copy_is_refused_and_nothing_is_touched(
    copy: Path, tmp_path: Path, change: Callable[[dict[str, bytes]], None]
) -> None:
    before = sorted(path.name for path in tmp_path.iterdir())
    bad = rewritten(copy, change)
    with pytest.raises(UserError) as refused:
        restore(bad, tmp_path / "a.hoctap", CLOCK)
    assert refused.value.code is Code.COPY_BAD
    assert sorted(path.name for path in tmp_path.iterdir()) == before
    again = open_store(tmp_path / "a.hoctap", CLOCK)
    assert rows(again) == 2
    again.close()


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"SQLite format 3\0", b"PK\x05\x06" + bytes(18)])
def test_no_copy_of_ours_is_refused(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "x.htsao"
    file.write_bytes(data)
    with pytest.raises(UserError) as refused:
        look(file)
    assert refused.value.code is Code.COPY_BAD


def test_a_copy_cut_short_is_refused(copy: Path) -> None:
    copy.write_bytes(copy.read_bytes()[:-100])
    with pytest.raises(UserError) as refused:
        look(copy)
    assert refused.value.code is Code.COPY_BAD


def test_a_copy_whose_store_lost_a_file_is_refused(store: Store, tmp_path: Path) -> None:
    with store.atomic() as db:
        db.execute("UPDATE unit SET content = replace(content, 'Hà', 'Ha')")
    (tmp_path / "taken").mkdir()
    made = copies.pack(copies.snapshot(store, tmp_path / "taken"), HEAD, tmp_path / "x.htsao")
    store.close()
    with pytest.raises(UserError) as refused:
        restore(made, tmp_path / "b.hoctap", CLOCK)
    assert refused.value.code is Code.COPY_BAD
    assert not (tmp_path / "b.hoctap").exists()


def test_a_place_that_refuses_is_told_and_leaves_nothing(store: Store, tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    taken = copies.snapshot(store, tmp_path / "taken")
    store.close()
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(UserError) as refused:
        copies.pack(taken, HEAD, tmp_path / "file" / "x.htsao")
    assert refused.value.code is Code.FILE_UNWRITABLE


@pytest.mark.skipif(not hasattr(os, "posix_fadvise"), reason="the system lets nobody ask this")
def test_a_copy_is_read_back_from_the_medium_and_its_name_is_on_it_too(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "taken").mkdir()
    taken = copies.snapshot(store, tmp_path / "taken")
    store.close()
    done: list[tuple[str, int]] = []
    monkeypatch.setattr(os, "fsync", lambda handle: done.append(("flushed", os.fstat(handle).st_ino)))
    monkeypatch.setattr(os, "posix_fadvise", lambda handle, *_: done.append(("forgotten", os.fstat(handle).st_ino)))
    made = copies.pack(taken, HEAD, tmp_path / "usb" / "x.htsao")
    file, folder = made.stat().st_ino, made.parent.stat().st_ino
    assert done == [("flushed", file), ("forgotten", file), ("flushed", folder)]


def test_a_stopped_copy_leaves_nothing_behind(store: Store, tmp_path: Path) -> None:
    class Stop(Exception):
        pass

    def stop(done: int, total: int, what: str = "") -> None:
        if done:
            raise Stop

    (tmp_path / "taken").mkdir()
    taken = copies.snapshot(store, tmp_path / "taken")
    store.close()
    with pytest.raises(Stop):
        copies.pack(taken, HEAD, tmp_path / "out" / "x.htsao", stop)
    assert list((tmp_path / "out").iterdir()) == []


def test_the_newest_copies_stay_those_of_others_too(tmp_path: Path) -> None:
    moments = [datetime(2022, 10, day, 8, 0, tzinfo=VIETNAM) for day in range(1, 6)]
    for at in moments:
        (tmp_path / file_name(BACKUP, "05812", at)).write_bytes(b"")
    (tmp_path / file_name(BACKUP, "05812-TH", moments[0])).write_bytes(b"")
    (tmp_path / "ban-giao-05812-20221001-080000.htsao").write_bytes(b"")
    assert len(keep_newest(tmp_path, "05812", 2)) == 3
    assert [path.name for path in copies_in(tmp_path, "05812")] == [
        "ban-sao-05812-20221005-080000.htsao",
        "ban-sao-05812-20221004-080000.htsao",
    ]
    assert len(list(tmp_path.iterdir())) == 4
    assert copies_in(tmp_path / "away", "05812") == ()


def test_the_moment_stands_in_the_name() -> None:
    found = moment_of(Path("ban-sao-05812-20221005-080000.htsao"))
    assert found is not None
    assert f"{found:%H:%M %d/%m/%Y}" == "08:00 05/10/2022"
    assert moment_of(Path("ban-sao-05812-20221305-080000.htsao")) is None
    assert moment_of(Path("x.htsao")) is None


def test_an_older_copy_is_brought_up_to_date(repository: Path, tmp_path: Path) -> None:
    place = tmp_path / "taken"
    with zipfile.ZipFile(repository / "tests" / "old_stores" / "v4" / "xa.zip") as archive:
        archive.extractall(place)
    files = tuple(sorted((place / "xa.hoctap.files").iterdir()))
    made = copies.pack(copies.Snapshot(place, place / "xa.hoctap", files), HEAD, tmp_path / "x.htsao")
    done = restore(made, tmp_path / "b.hoctap", fixed_clock(NOW))
    open_store(done.path, CLOCK).close()


def _dummy(kind: str) -> object:
    return {"INTEGER": 7, "BLOB": b"x"}.get(kind, "x")


def test_a_row_written_into_any_table_makes_other_content(tmp_path: Path) -> None:
    store = commune_store(tmp_path / "a.hoctap")
    schema = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
    tables = {name for (name,) in store.query(schema)} - copies.NOT_CONTENT
    assert len(tables) > 40
    for pragma in ("foreign_keys = OFF", "ignore_check_constraints = ON"):
        store.query(f"PRAGMA {pragma}")
    seen = {copies.content(store)}
    for table in sorted(tables):
        columns = store.query("SELECT name, type FROM pragma_table_info(?)", (table,))
        names, marks = ", ".join(one["name"] for one in columns), ", ".join("?" * len(columns))
        with store.atomic() as db:
            db.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", [_dummy(one["type"]) for one in columns])
        now = copies.content(store)
        assert now not in seen, table
        seen.add(now)
    store.close()


def test_content_stays_over_closing_and_opening_and_is_that_of_the_copy(tmp_path: Path) -> None:
    store = commune_store(tmp_path / "a.hoctap")
    before = copies.content(store)
    (tmp_path / "taken").mkdir()
    target = copies.pack(copies.snapshot(store, tmp_path / "taken"), HEAD, tmp_path / "x.htsao")
    store.close()
    again = open_store(tmp_path / "a.hoctap", CLOCK)
    assert copies.content(again) == before
    again.close()
    back = open_store(restore(target, tmp_path / "b.hoctap", CLOCK).path, CLOCK)
    assert copies.content(back) == before
    back.close()
