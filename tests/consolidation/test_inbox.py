"""The watched folder: offered once, only when it stands still, never touched."""

import os
from pathlib import Path

import pytest

from hoctap_desktop.consolidation import desk as desks
from hoctap_desktop.consolidation import inbox
from hoctap_desktop.foundation.progress import silent
from hoctap_desktop.store.database import Store
from tests.consolidation.papers import COMMUNE, LOWER, paper, put

REPORT = paper(COMMUNE, {"participants": 10})


def looked(folder: Path) -> inbox.Look:
    return inbox.look(folder, inbox.look(folder))


def test_a_file_is_read_only_after_it_stood_still(stick: Path) -> None:
    put(stick, REPORT)
    first = inbox.look(stick)
    assert (first.moving, first.digests) == (1, {})
    (stick / REPORT.name).write_bytes(REPORT.data[:-10])
    second = inbox.look(stick, first)
    assert (second.moving, second.digests) == (1, {})
    third = inbox.look(stick, second)
    assert third.moving == 0
    assert [path.name for path in third.digests] == [REPORT.name]


def test_a_file_that_grows_with_its_old_time_is_not_read(stick: Path) -> None:
    """Copying on Windows gives the copy the time of its source before it is whole."""
    put(stick, REPORT)
    path = stick / REPORT.name
    os.utime(path, (1, 1))
    first = inbox.look(stick)
    path.write_bytes(REPORT.data + b"x")
    os.utime(path, (1, 1))
    assert inbox.look(stick, first).digests == {}


def test_what_was_judged_is_not_offered_again_under_whatever_name(store: Store, stick: Path) -> None:
    put(stick, REPORT, paper(LOWER, {"participants": 1}))
    (stick / "bao cao.xlsx").write_bytes(b"PK\x03\x04 [Content_Types].xml xl/workbook.xml")
    (stick / "ghi chu.txt").write_bytes(b"x")
    new = inbox.unjudged(store, looked(stick))
    assert len(new) == 3
    desk = desks.receive(store, silent, new)
    assert inbox.unjudged(store, looked(stick)) == ()
    (stick / "chep lai.htgoi").write_bytes(REPORT.data)
    assert inbox.unjudged(store, looked(stick)) == ()
    desks.undo(store, desk.batches)
    assert len(inbox.unjudged(store, looked(stick))) == 3


def test_two_copies_of_one_file_are_offered_once(store: Store, stick: Path) -> None:
    put(stick, REPORT)
    (stick / "ban sao.htgoi").write_bytes(REPORT.data)
    assert [path.name for path in inbox.unjudged(store, looked(stick))] == [REPORT.name]


def test_looking_changes_nothing_in_the_folder(store: Store, stick: Path) -> None:
    put(stick / "sâu", REPORT)
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in stick.rglob("*") if path.is_file()}
    inbox.unjudged(store, looked(stick))
    assert {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in stick.rglob("*") if path.is_file()} == before


def test_a_folder_that_is_away_is_said_quietly(tmp_path: Path) -> None:
    assert inbox.look(tmp_path / "E").gone
    assert inbox.look_twice(tmp_path / "E", lambda _s: None).gone


def test_a_file_nobody_may_read_is_not_offered(stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(stick, REPORT)
    first = inbox.look(stick)

    def refuse(*_args: object, **_more: object) -> object:
        raise PermissionError(13, "busy")

    with monkeypatch.context() as held:
        held.setattr(Path, "open", refuse)
        found = inbox.look(stick, first)
    assert list(found.digests.values()) == [None]
    assert inbox.look(stick, found).digests != found.digests  # whoever held it has let it go


def test_two_looks_of_one_command_have_the_pause_between_them(stick: Path) -> None:
    put(stick, REPORT)
    pauses: list[float] = []
    found = inbox.look_twice(stick, pauses.append)
    assert pauses == [inbox.STILL_AFTER_S]
    assert len(found.digests) == 1
