"""Rows of truth: written with their digest, changed with it, refused when they are not what was written."""

from pathlib import Path

import pytest

from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.store import rows
from hoctap_desktop.store.database import Store
from hoctap_desktop.store.digest import intact
from tests.offices import commune_store

ROW = {"filing": "2022-plan", "field": "aims", "block": 3, "letter": 14}
KEY = {"filing": "2022-plan"}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = commune_store(tmp_path / "a.hoctap")
    with store.atomic() as db:
        rows.insert(db, "stopped", ROW)
    return store


def test_a_row_put_again_stands_alone_with_its_own_digest(store: Store) -> None:
    with store.atomic() as db:
        rows.put(db, "stopped", ROW | {"block": 4})
    (row,) = store.query("SELECT * FROM stopped")
    assert row["block"] == 4
    assert intact(row)


def test_rows_are_numbered_as_they_come(store: Store) -> None:
    doubt = {"filing": "2022-plan", "line": 2, "words": "?", "why": "không rõ"}
    with store.atomic() as db:
        assert [rows.append(db, "doubt", doubt) for _ in range(2)] == [1, 2]
    assert all(intact(row) for row in store.query("SELECT * FROM doubt"))


def test_a_changed_row_keeps_its_other_columns_and_is_whole(store: Store) -> None:
    with store.atomic() as db:
        rows.change(db, "stopped", KEY, {"letter": 20})
    (row,) = store.query("SELECT * FROM stopped")
    assert (row["block"], row["letter"]) == (3, 20)
    assert intact(row)


def test_a_change_does_not_make_a_damaged_row_whole_again(store: Store) -> None:
    with store.atomic() as db:
        db.execute("UPDATE stopped SET block = 9")
        with pytest.raises(UserError) as refused:
            rows.change(db, "stopped", KEY, {"letter": 20})
    assert refused.value.code is Code.STORE_DAMAGED
    (row,) = store.query("SELECT * FROM stopped")
    assert row["letter"] == 14
    assert not intact(row)
