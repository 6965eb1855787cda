"""A store moves forward one step at a time, each whole or not at all, after a copy was kept."""

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.store import migrations
from hoctap_desktop.store.database import create, open_store
from tests.offices import CLOCK

if TYPE_CHECKING:
    from sqlite_utils.db import Database


def _adds_a_table(db: "Database") -> None:
    db.execute("CREATE TABLE later (a TEXT) STRICT")
    db.execute("INSERT INTO later VALUES ('kept')")


def _fails(db: "Database") -> None:
    db.execute("CREATE TABLE never (a TEXT) STRICT")
    raise ArithmeticError("a step with a fault")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A store of today's schema with one row in it, closed."""
    path = tmp_path / "a.hoctap"
    store = create(path, CLOCK)
    with store.atomic() as db:
        db.execute("INSERT INTO source (origin, unit, campaign, kind) VALUES ('own', '', '', 'plan')")
    store.close()
    return path


def test_an_older_store_is_brought_up_to_date_and_a_copy_is_kept(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    today = migrations.known_version()
    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, _adds_a_table))
    store = open_store(old, CLOCK)
    assert store.query("SELECT a FROM later")[0]["a"] == "kept"
    assert store.query("PRAGMA user_version")[0][0] == today + 1
    assert store.query("PRAGMA journal_mode")[0][0] == "wal"
    store.close()

    copy = old.with_name(f"a.hoctap.sao-luu-muc-{today}-20221014-161203")
    monkeypatch.setattr(migrations, "STEPS", migrations.STEPS[:-1])
    kept = open_store(copy, CLOCK)
    assert [row["kind"] for row in kept.query("SELECT kind FROM source")] == ["plan"]
    kept.close()
    assert sorted(path.name for path in old.parent.iterdir()) == ["a.hoctap", copy.name]


def test_a_failing_step_is_rolled_back_with_its_record_and_the_steps_before_it_stay(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = migrations.known_version()
    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, _adds_a_table, _fails))
    with pytest.raises(ArithmeticError):
        open_store(old, CLOCK)
    raw = sqlite3.connect(old)
    tables = {name for (name,) in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    applied = [name for (name,) in raw.execute("SELECT name FROM _sqlite_migrations ORDER BY id")]
    version = raw.execute("PRAGMA user_version").fetchone()[0]
    raw.close()
    assert "later" in tables
    assert "never" not in tables
    assert applied == [step.__name__ for step in migrations.STEPS[:-1]]
    assert version == today + 1

    monkeypatch.setattr(migrations, "STEPS", migrations.STEPS[:-1])
    open_store(old, CLOCK).close()


def test_the_version_reaches_the_head_of_the_file_even_when_the_store_is_never_closed(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, _adds_a_table))
    store = open_store(old, CLOCK)
    head = old.with_name("copy-as-after-a-power-cut")
    store.back_up(head)  # the live file itself must not be opened here: that would drop its locks
    store.close()
    monkeypatch.setattr(migrations, "STEPS", migrations.STEPS[:-1])
    for path in (old, head):
        with pytest.raises(UserError) as caught:
            open_store(path, CLOCK)
        assert caught.value.code is Code.STORE_NEWER


def test_every_step_has_a_name_that_says_its_number() -> None:
    for number, step in enumerate(migrations.STEPS, start=1):
        assert step.__name__.startswith(f"m{number:04d}_")
