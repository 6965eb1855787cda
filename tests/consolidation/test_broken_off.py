"""A turn of receiving that is broken off leaves the store as it was, to the last row."""

from pathlib import Path

import pytest

from hoctap_desktop.consolidation import desk as desks
from hoctap_desktop.consolidation import repository, turns
from hoctap_desktop.consolidation.intake import intake
from hoctap_desktop.consolidation.turn_paper import BROKEN_OFF, turn_document, turn_sheets
from hoctap_desktop.consolidation.verdict_lines import Outcome
from hoctap_desktop.document import pdf
from hoctap_desktop.foundation.progress import Cancelled, silent
from hoctap_desktop.store.attached import listed, sweep
from hoctap_desktop.store.check import check
from hoctap_desktop.store.database import Store
from tests.consolidation.papers import ALL, COMMUNE, LOWER, paper, put, request
from tests.consolidation.test_turns import words_of
from tests.offices import NOW, dai_tu, upper_store


def _rows(store: Store) -> dict[str, list[tuple[object, ...]]]:
    tables = [row[0] for row in store.query("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {table: [tuple(row) for row in store.query(f"SELECT * FROM {table}")] for table in tables}


@pytest.mark.parametrize("together", [1, 2, 8])
def test_broken_off_wherever_it_asks_not_a_row_is_left(
    store: Store, stick: Path, monkeypatch: pytest.MonkeyPatch, together: int
) -> None:
    monkeypatch.setattr("hoctap_desktop.consolidation.scan._GROUP_FILES", together)
    put(stick / "before", paper(COMMUNE, {"participants": 10}))
    intake(store, [stick / "before"])
    before, files_before = _rows(store), listed(store)
    previous = paper(COMMUNE, {"participants": 10}).package_id
    put(
        stick / "more",
        paper(COMMUNE, {"participants": 12}, revision=2, previous=previous),
        *(paper(code, {"participants": 10}) for code in ALL if code != COMMUNE),
        paper(LOWER, {"participants": 1}, signed_by="a stranger"),  # waits for its key
    )
    files = len(list((stick / "more").iterdir()))
    asked: list[tuple[int, int]] = []
    allowed = 0

    def count(done: int, total: int, what: str = "") -> None:
        asked.append((done, total))
        if len(asked) > allowed:
            raise Cancelled

    while True:
        asked.clear()
        try:
            summary = intake(store, [stick / "more"], count)
            break
        except Cancelled:
            allowed += 1
            assert _rows(store) == before
            assert listed(store) == files_before
            assert check(store) == ()
    assert asked[-1] == (files, files)
    assert len(asked) > files // together  # once a group at least
    assert summary.batch == "20221014-2"  # nothing of what was broken off stands in the way
    assert [line.outcome.value for line in summary.lines].count("waiting") == 1


class _KilledError(BaseException):
    """Stands for kill -9: nobody catches it."""


def _killed(store: Store, stick: Path, groups: int) -> None:
    """Reads the stick and is killed when so many groups are on the disk."""
    committed: set[int] = set()

    def kill(done: int, total: int, what: str = "") -> None:
        committed.add(done)
        if len(committed - {0}) == groups:
            raise _KilledError

    with pytest.raises(_KilledError):
        desks.receive(store, kill, [stick], "USB (E:)")


@pytest.fixture
def two_a_group(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hoctap_desktop.consolidation.scan._GROUP_FILES", 2)


@pytest.mark.usefixtures("two_a_group")
def test_a_turn_that_was_killed_is_finished_from_what_it_took_in(store: Store, stick: Path) -> None:
    put(stick, *(paper(code, {"participants": 10}) for code in ALL))
    (stick / "z.htgoi").write_bytes(b"no package")
    _killed(store, stick, 1)
    turn = desks.finish_broken_off(store)
    assert turn is not None
    assert turn.broken_off
    assert (turn.source, len(turn.batches), turn.count(Outcome.TAKEN), len(turn.lines)) == ("USB (E:)", 1, 2, 2)
    assert all(line.sentence.startswith("Nhận được. Đúng hạn.") for line in turn.lines)
    assert desks.finish_broken_off(store) is None  # told once
    desk = desks.read_desk(store)
    assert (desk.turn, desk.lines, desk.broken_off) == (turn.number, turn.lines, True)
    told = NOW, desk.source, desk.lines
    printed = turn_document(dai_tu().own, *told, broken_off=True)
    said = words_of(pdf.render(printed).data)
    assert "dừng giữa chừng" in said
    assert "thả lại USB" in said
    (sheet,) = turn_sheets(dai_tu().own, *told, broken_off=True)
    assert BROKEN_OFF in sheet.above
    desks.undo(store, desk.batches)
    assert repository.taken(store) == ()
    assert turns.turns(store)[0].undone_at is not None
    assert sweep(store) == 0
    assert check(store) == ()


@pytest.mark.usefixtures("two_a_group")
def test_what_a_killed_turn_put_by_stands_in_it(store: Store, stick: Path) -> None:
    put(stick, *(paper(code, {"participants": 10}, signed_by="a stranger") for code in ALL[:3]))
    _killed(store, stick, 1)
    turn = desks.finish_broken_off(store)
    assert turn is not None
    assert [line.outcome for line in turn.lines] == [Outcome.WAITING] * 2


@pytest.mark.usefixtures("two_a_group")
def test_the_next_turn_finishes_the_one_before_it(store: Store, stick: Path) -> None:
    put(stick, *(paper(code, {"participants": 10}) for code in ALL))
    _killed(store, stick, 1)
    desk = desks.receive(store, silent, [stick])
    assert [(one.broken_off, len(one.lines)) for one in turns.turns(store)] == [(False, 4), (True, 2)]
    assert (desk.broken_off, len(desk.lines)) == (False, 4)
    assert desks.finish_broken_off(store) is None


@pytest.mark.usefixtures("two_a_group")
def test_a_turn_broken_off_by_the_person_leaves_none_behind(store: Store, stick: Path) -> None:
    put(stick, *(paper(code, {"participants": 10}) for code in ALL))

    def stop(done: int, total: int, what: str = "") -> None:
        if done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        desks.receive(store, stop, [stick])
    assert turns.turns(store) == ()
    assert not listed(store)


def test_a_kill_while_a_key_releases_its_papers_leaves_them_in_their_turn(
    tmp_path: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = upper_store(tmp_path / "new.hoctap")
    sent, asked = paper(COMMUNE, {"participants": 10}), request(COMMUNE)
    desk = desks.receive(store, silent, [put(stick, sent, asked)])
    line = next(line for line in desk.lines if line.package_id == asked.package_id)

    def killed(*_args: object) -> None:
        raise _KilledError

    with monkeypatch.context() as patched:
        patched.setattr(desks, "_keep", killed)
        with pytest.raises(_KilledError):
            desks.accept_key(store, desk, line)
    assert [one.package_id for one in repository.taken(store)] == [sent.package_id]
    desk = desks.read_desk(store)
    assert len(desk.batches) == 2
    desks.undo(store, desk.batches)
    assert repository.taken(store) == ()
    store.close()
