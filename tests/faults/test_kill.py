"""kill -9 at any moment of typing loses no field that was acknowledged."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from hoctap_desktop.filing.repository import begin, current, history
from hoctap_desktop.store.check import check
from hoctap_desktop.store.database import open_store
from tests.offices import CLOCK, commune_store, report_draft

CLERK = Path(__file__).with_name("clerk.py")


def _type_and_kill(path: Path, first: int, acknowledged_before_the_kill: int) -> int:
    """Starts the clerk, kills it after so many acknowledgements, and returns the last number acknowledged."""
    clerk = subprocess.Popen(
        [sys.executable, str(CLERK), str(path), str(first)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)},
    )
    assert clerk.stdout is not None
    read = [clerk.stdout.readline() for _ in range(acknowledged_before_the_kill)]
    clerk.kill()  # the clerk types on while this travels: it dies anywhere in a save
    rest, errors = clerk.communicate()
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
        last = _type_and_kill(path, number, chance.randint(1, 40))
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


def test_a_killed_program_loses_no_acknowledged_field(tmp_path: Path) -> None:
    _nothing_is_lost(tmp_path / "a.hoctap", kills=1)


@pytest.mark.faults
def test_two_hundred_kills_lose_no_acknowledged_field(tmp_path: Path) -> None:
    _nothing_is_lost(tmp_path / "a.hoctap", kills=200)
