"""Copies come from SQLite's backup, and are checked before they get their name."""

import sqlite3
from pathlib import Path

import pytest

from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.store.backup import back_up
from hoctap_desktop.store.database import create, open_store
from tests.offices import CLOCK


def test_a_copy_of_an_open_store_holds_what_was_committed(tmp_path: Path) -> None:
    store = create(tmp_path / "a.hoctap", CLOCK)
    with store.atomic() as db:
        db.execute("INSERT INTO source (origin, unit, campaign, kind) VALUES ('own', '', '', 'plan')")
    copy = store.back_up(tmp_path / "copy.hoctap")
    store.close()
    again = open_store(copy, CLOCK)
    assert len(again.query("SELECT * FROM source")) == 1
    again.close()


def test_a_copy_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    store = create(tmp_path / "a.hoctap", CLOCK)
    with pytest.raises(UserError) as caught:
        store.back_up(tmp_path / "no such folder" / "copy")
    assert caught.value.code is Code.FILE_UNWRITABLE
    store.close()


def test_a_damaged_store_gives_no_copy(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    raw = sqlite3.connect(path)
    raw.execute("CREATE TABLE t (a TEXT)")
    raw.execute("CREATE INDEX i ON t (a)")
    raw.executemany("INSERT INTO t VALUES (?)", [(f"{n:0100d}",) for n in range(500)])
    raw.commit()
    raw.close()
    pages = bytearray(path.read_bytes())
    pages[4096 * 5 : 4096 * 6] = bytes(4096)
    path.write_bytes(pages)
    damaged = sqlite3.connect(path, isolation_level=None)
    with pytest.raises(UserError) as caught:
        back_up(damaged, tmp_path / "copy")
    damaged.close()
    assert caught.value.code is Code.STORE_DAMAGED
    assert [found.name for found in tmp_path.iterdir()] == ["a.sqlite"]
