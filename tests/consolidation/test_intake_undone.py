"""A turn of receiving taken back, stopped half way, or met by a fault: nothing of it is left behind."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from hoctap_desktop.campaign.repository import active, choose, is_chosen, save_office
from hoctap_desktop.consolidation import batches, paper_receipts, repository, scan
from hoctap_desktop.consolidation import intake as intake_module
from hoctap_desktop.consolidation.intake import intake, release, undo
from hoctap_desktop.consolidation.verdict_lines import Outcome
from hoctap_desktop.filing.model import Kind
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.progress import Cancelled
from hoctap_desktop.store.check import check
from hoctap_desktop.store.database import Store, create
from hoctap_desktop.submission.examine import examine_opened
from hoctap_desktop.submission.repository import held_packages
from tests.consolidation.papers import (
    ALL,
    COMMUNE,
    LOWER,
    PRIMARY,
    accept_keys,
    paper,
    put,
)
from tests.consolidation.taken import participants_of, picture_of, rows_of
from tests.offices import CLOCK, NOW, dai_tu, upper_store


def test_undoing_a_batch_makes_the_older_revision_count_again(store: Store, stick: Path) -> None:
    first = paper(COMMUNE, {"participants": 10})
    second = paper(COMMUNE, {"participants": 12}, revision=2, previous=first.package_id)
    intake(store, [put(stick, first)])
    batch = intake(store, [put(stick / "b", second, paper(LOWER, {"participants": 5}))]).batch
    assert participants_of(store) == 17
    assert batch == "20221014-2"
    assert {submission.package_id for submission in undo(store, batch)} >= {second.package_id}
    assert participants_of(store) == 10
    assert check(store) == ()
    known = batches.every(store)
    assert [(one.id, one.undone_at is not None, one.taken) for one in known] == [
        ("20221014-2", True, 2),
        ("20221014-1", False, 1),
    ]


def test_what_was_put_back_can_be_taken_in_again(store: Store, stick: Path) -> None:
    put(stick, paper(COMMUNE, {"participants": 10}))
    batch = intake(store, [stick]).batch
    assert batch is not None
    undo(store, batch)
    assert participants_of(store) is None
    assert picture_of(store, stick) == [(COMMUNE, "taken", None)]
    assert participants_of(store) == 10


def test_a_batch_is_undone_once(store: Store, stick: Path) -> None:
    batch = intake(store, [put(stick, paper(COMMUNE, {}))]).batch
    assert batch is not None
    undo(store, batch)
    for name in (batch, "20221014-9"):
        with pytest.raises(UserError) as caught:
            undo(store, name)
        assert caught.value.code is Code.BATCH_UNKNOWN


def test_stopping_puts_back_what_was_taken_so_far(store: Store, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "_GROUP_FILES", 2)
    put(stick, *(paper(code, {"participants": 10}) for code in ALL))
    steps: list[tuple[int, int]] = []

    def stop_after_two(done: int, total: int, what: str = "") -> None:
        steps.append((done, total))
        # what is told to be through is committed
        assert store.query("SELECT count(*) FROM submission")[0][0] >= done
        if done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        intake(store, [stick], stop_after_two)
    assert list(dict.fromkeys(steps)) == [(0, 0), (0, 4), (2, 4)]  # asked before the files are counted too
    assert repository.taken(store) == ()
    assert participants_of(store) is None


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Store]:
    """The upper office before any campaign was chosen, with the keys of its units."""
    office = dai_tu()
    found = create(tmp_path / "fresh.hoctap", CLOCK)
    save_office(found, office.own, office.below, office.upper, office.deadlines)
    accept_keys(found)
    yield found
    found.close()


def _chosen(store: Store) -> tuple[bool, str]:
    return is_chosen(store), active(store).id


def test_stopping_the_very_first_turn_leaves_no_campaign_chosen(
    fresh: Store, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scan, "_GROUP_FILES", 1)
    put(stick, *(paper(code, {"participants": 10}) for code in (COMMUNE, PRIMARY)))
    before, rows = _chosen(fresh), rows_of(fresh)
    assert not before[0]

    def stop_after_one(done: int, total: int, what: str = "") -> None:
        if done == 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        intake(fresh, [stick], stop_after_one)
    assert (_chosen(fresh), rows_of(fresh)) == (before, rows)


def test_undoing_the_very_first_turn_leaves_no_campaign_chosen(fresh: Store, stick: Path) -> None:
    before = _chosen(fresh)
    batch = intake(fresh, [put(stick, paper(COMMUNE, {"participants": 10}))]).batch
    assert batch is not None
    assert _chosen(fresh) == (True, "2022")
    undo(fresh, batch)
    assert _chosen(fresh) == before
    assert intake(fresh, [stick]).batch is not None
    assert _chosen(fresh) == (True, "2022")


def test_a_campaign_stays_chosen_while_a_paper_is_left(fresh: Store, stick: Path) -> None:
    first = intake(fresh, [put(stick / "a", paper(COMMUNE, {}))]).batch
    second = intake(fresh, [put(stick / "b", paper(PRIMARY, {}))]).batch
    assert first is not None
    assert second is not None
    undo(fresh, first)
    assert _chosen(fresh) == (True, "2022")
    undo(fresh, second)
    assert not is_chosen(fresh)


def test_a_campaign_stays_chosen_while_a_receipt_of_paper_is_noted_in_it(fresh: Store, stick: Path) -> None:
    batch = intake(fresh, [put(stick, paper(COMMUNE, {}))]).batch
    assert batch is not None
    unit = next(one for one in dai_tu().below if one.code == PRIMARY)
    noted = paper_receipts.add(fresh, unit, "2022", Kind.REPORT, NOW.date(), "", "")
    undo(fresh, batch)
    assert _chosen(fresh) == (True, "2022")
    again = intake(fresh, [stick]).batch
    assert again is not None
    paper_receipts.take_back(fresh, noted.id)
    undo(fresh, again)
    assert not is_chosen(fresh)


def test_what_the_officer_chose_since_stays_chosen(fresh: Store, stick: Path) -> None:
    batch = intake(fresh, [put(stick, paper(COMMUNE, {}))]).batch
    assert batch is not None
    choose(fresh, "2021")
    undo(fresh, batch)
    assert _chosen(fresh) == (True, "2021")


@pytest.mark.expected_log("a file could not be taken in")
def test_a_fault_in_the_middle_of_a_file_leaves_nothing_of_it(
    store: Store, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(stick, *(paper(code, {"participants": 10}) for code in (COMMUNE, PRIMARY)))

    def fails(db: sqlite3.Connection, rows: list[tuple[str, int]]) -> None:
        db.execute("INSERT INTO fact (indicator, source, value) VALUES ('participants', ?, 1)", (rows[0][1],))
        raise ArithmeticError

    before = rows_of(store)
    with monkeypatch.context() as patched:
        patched.setattr(repository, "add_fact_rows", fails)
        assert {line.code for line in intake(store, [stick]).lines} == {Code.INTERNAL}
    assert rows_of(store) == before
    assert participants_of(store) is None
    intake(store, [stick])
    assert participants_of(store) == 20


def test_a_full_disk_is_told_in_the_line_of_the_file_and_the_next_one_is_tried(
    store: Store, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(stick, *(paper(code, {"participants": 10}) for code in (COMMUNE, PRIMARY)))
    tried: list[str] = []
    keep = repository.keep_files

    def full_at_first(kept_in: Store, packages: Sequence[tuple[bytes, str]], told: Callable[[], None]) -> None:
        tried.extend(package_id for _, package_id in packages)
        if tried[0] in [package_id for _, package_id in packages]:
            raise UserError(Code.DISK_FULL, file="goi")
        keep(kept_in, packages, told)

    monkeypatch.setattr(repository, "keep_files", full_at_first)
    summary = intake(store, [stick])
    assert [line.code for line in summary.lines] == [Code.DISK_FULL, None]
    assert [(one.id, one.taken) for one in batches.every(store)] == [(summary.batch, 1)]
    assert participants_of(store) == 10


@pytest.mark.expected_log("a file could not be taken in")
@pytest.mark.parametrize("where", ["examine_opened", "findings"])
def test_a_bug_met_by_one_file_is_told_in_its_line_and_keeps_no_other_out(
    store: Store, stick: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    put(stick, *(paper(code, {"participants": 10}) for code in ALL))
    calls = iter(range(1, 9))
    real = getattr(intake_module, where)

    def fails_at_the_second(*args: object, **named: object) -> object:
        if next(calls) in (2, 4):  # with the others of its group, and alone
            raise ValueError("1²")
        return real(*args, **named)

    monkeypatch.setattr(intake_module, where, fails_at_the_second)
    summary = intake(store, [stick])
    assert [line.code for line in summary.lines] == [None, Code.INTERNAL, None, None]
    assert summary.lines[1].file in summary.lines[1].sentence
    assert summary.batch == "20221014-1"
    assert [(one.id, one.taken) for one in batches.every(store)] == [(summary.batch, 3)]
    assert participants_of(store) == 30
    monkeypatch.undo()
    assert intake(store, [stick]).count(Outcome.TAKEN) == 1
    assert participants_of(store) == 40


@pytest.mark.expected_log("a file could not be taken in")
def test_a_bug_met_by_one_paper_that_waits_leaves_it_waiting_and_lets_the_others_in(
    tmp_path: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = upper_store(tmp_path / "new.hoctap")
    intake(store, [put(stick, paper(COMMUNE, {"participants": 10}), paper(LOWER, {"participants": 5}))])
    accept_keys(store, COMMUNE, LOWER)
    calls = iter(range(1, 9))

    def fails_at_first(*args: object, **more: object) -> object:
        if next(calls) == 1:
            raise ValueError
        return examine_opened(*args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(intake_module, "examine_opened", fails_at_first)
    assert [line.code for line in release(store).lines] == [Code.INTERNAL, None]
    assert len(held_packages(store)) == 1
    store.close()
