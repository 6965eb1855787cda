"""kill -9 at any moment loses nothing that was acknowledged and leaves nothing half done."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from hoctap_desktop.consolidation import repository, turns
from hoctap_desktop.consolidation.desk import finish_broken_off
from hoctap_desktop.consolidation.intake import intake
from hoctap_desktop.consolidation.overview import current_totals
from hoctap_desktop.consolidation.verdict_lines import Outcome
from hoctap_desktop.diary.repository import entries
from hoctap_desktop.filing.change_rows import history
from hoctap_desktop.filing.repository import begin, current
from hoctap_desktop.store.attached import listed, sweep
from hoctap_desktop.store.check import check
from hoctap_desktop.store.database import open_store
from tests.consolidation.papers import ALL, accept_keys, paper, put
from tests.offices import CLOCK, commune_store, report_draft, upper_store

HERE = Path(__file__).parent


def _run_and_kill(script: str, *args: str, acknowledged_before_the_kill: int) -> int:
    """Starts a script, kills it after so many acknowledgements, and returns the last number acknowledged."""
    process = subprocess.Popen(
        [sys.executable, str(HERE / script), *args],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)},
    )
    assert process.stdout is not None
    read = [process.stdout.readline() for _ in range(acknowledged_before_the_kill)]
    process.kill()  # it works on while this travels: it dies anywhere in a save
    with process:  # not communicate: it forgets the lines that were read together with the last one
        assert process.stderr is not None
        rest, errors = process.stdout.read(), process.stderr.read()
    assert errors == ""
    whole = [line for line in ("".join(read) + rest).splitlines(keepends=True) if line.endswith("\n")]
    return int(whole[-1])


def _nothing_is_lost(path: Path, kills: int) -> None:
    store = commune_store(path)
    begin(store, report_draft({"launch": "chữ " * 2000}))
    store.close()
    chance = random.Random(20221014)
    number = 0
    for _ in range(kills):
        last = _run_and_kill("clerk.py", str(path), str(number), acknowledged_before_the_kill=chance.randint(1, 40))
        store = open_store(path, CLOCK)
        answers = current(store, "2022-report").answers
        saved = [change.after for change in history(store, "2022-report")]
        for acknowledged in range(max(0, last - 6), last + 1):
            assert answers[f"field.{acknowledged % 7}"] in (acknowledged, acknowledged + 7)
        # the one being saved when the kill came may be there as well, whole
        assert saved[: last + 1] == list(range(last + 1))
        assert len(saved) in (last + 1, last + 2)
        assert check(store) == ()
        store.close()
        number = len(saved)


def _no_paper_is_half_taken(folder: Path, kills: int) -> None:
    stick = folder / "stick"
    for code in ALL:
        previous = None
        for revision in range(1, 6):
            one = paper(code, {"participants": revision}, revision=revision, previous=previous)
            previous = one.package_id
            put(stick, one)
    chance = random.Random(20221014)
    for number in range(kills):
        path = folder / f"{number}.hoctap"
        store = upper_store(path)
        accept_keys(store)
        store.close()
        done = _run_and_kill("officer.py", str(path), str(stick), acknowledged_before_the_kill=chance.randint(1, 4 * 5))
        store = open_store(path, CLOCK)
        taken = len(repository.taken(store))
        assert taken in (done, min(done + 8, 4 * 5))  # a group is there whole or not at all
        assert check(store) == ()
        turn = finish_broken_off(store)
        assert len(turns.turns(store)) == (taken > 0)
        if turn is not None:  # else the kill came before the first paper, or after the last line
            assert turn.broken_off
            assert {line.package_id for line in turn.lines} == {one.package_id for one in repository.taken(store)}
        sweep(store)
        assert len(listed(store)) == taken
        rest = intake(store, [stick])
        assert rest.count(Outcome.UNCHANGED) + rest.count(Outcome.REFUSED) == taken
        assert len(repository.taken(store)) == 4 * 5
        assert current_totals(store).number("participants").value == 4 * 5
        store.close()


def test_a_program_killed_while_taking_papers_in_goes_on_where_it_was(tmp_path: Path) -> None:
    _no_paper_is_half_taken(tmp_path, kills=1)


@pytest.mark.faults
def test_sixty_kills_while_taking_papers_in_leave_no_paper_half_taken(tmp_path: Path) -> None:
    _no_paper_is_half_taken(tmp_path, kills=60)


def test_a_killed_program_loses_no_acknowledged_field(tmp_path: Path) -> None:
    _nothing_is_lost(tmp_path / "a.hoctap", kills=1)


@pytest.mark.faults
def test_two_hundred_kills_lose_no_acknowledged_field(tmp_path: Path) -> None:
    _nothing_is_lost(tmp_path / "a.hoctap", kills=200)


def _no_entry_is_lost(path: Path, kills: int) -> None:
    commune_store(path).close()
    chance = random.Random(20221007)
    number = 0
    for _ in range(kills):
        last = _run_and_kill("diarist.py", str(path), str(number), acknowledged_before_the_kill=chance.randint(1, 40))
        store = open_store(path, CLOCK)
        counts = {one.number: one.count("banner_count") for one in entries(store, "2022")}
        for acknowledged in range(max(0, last - 4), last + 1):
            found = counts[1 + acknowledged % 5] or 0  # or a later one of the same entry, saved and not yet told
            assert found >= acknowledged
            assert (found - acknowledged) % 5 == 0
        assert check(store) == ()
        # no number is left out; the one being saved when the kill came may be there too
        number = max(filter(None, counts.values()), default=last) + 1
        store.close()


def test_kills_while_the_diary_is_written(tmp_path: Path) -> None:
    _no_entry_is_lost(tmp_path / "a.hoctap", kills=3)


@pytest.mark.faults
def test_a_hundred_kills_while_the_diary_is_written(tmp_path: Path) -> None:
    _no_entry_is_lost(tmp_path / "a.hoctap", kills=100)
