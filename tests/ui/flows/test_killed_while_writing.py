"""kill -9 in the middle of steady typing: of what was typed more than two seconds before, nothing is missing."""

import os
import random
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from hoctap_desktop.filing.repository import current
from hoctap_desktop.filing.undo import timelines
from hoctap_desktop.foundation.clock import fixed_clock
from hoctap_desktop.office.sample import make_sample
from hoctap_desktop.store.check import check
from hoctap_desktop.store.database import open_store
from tests.ui.flows.writer import CELLS
from tests.ui.sessions import NOW

HERE = Path(__file__).parent
REPOSITORY = HERE.parents[2]
MOST_LOST_S = 2.0


def write_and_kill(store: Path, where: str, begin: int, lines: int) -> tuple[list[tuple[str, int, float]], float]:
    """What was typed and when, and when the program was killed: after so many lines, anywhere in what it does."""
    path = os.pathsep.join([str(REPOSITORY / "src"), str(REPOSITORY), *(p for p in sys.path if p)])
    process = subprocess.Popen(
        [sys.executable, str(HERE / "writer.py"), str(store), where, str(begin)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": path, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert process.stdout is not None
    read = [process.stdout.readline() for _ in range(lines)]  # of a program that ended by itself they are blank
    killed = time.time()
    process.kill()
    rest, errors = process.communicate()
    whole = [line for line in ("".join(read) + rest).splitlines(keepends=True) if line.endswith("\n")]
    assert len(whole) >= lines, errors
    return [(field, int(number), float(at)) for field, number, at in (line.split() for line in whole)], killed


def lost_in_plan(path: Path, begin: int, lines: int) -> float:
    """Seconds of typing that are missing after a kill in the plan."""
    typed, killed = write_and_kill(path, "plan", begin, lines)
    store = open_store(path, fixed_clock(NOW))
    try:
        body = str(current(store, "2022-plan").answers.get("body", ""))
        found = [number for number in map(int, re.findall(r"số (\d+)", body)) if number >= begin]
        assert found == list(range(begin, begin + len(found))), "words are missing in the middle"
        last = begin + len(found) - 1
        assert check(store) == ()
        # what is kept of earlier states fits what is kept of the text
        line = timelines(store, "2022-plan", 1).get("body")
        if line is not None:
            while line.can_go_back():
                line.back()
    finally:
        store.close()
    return max((killed - at for _, number, at in typed if number > last), default=0.0)


def lost_in_grid(path: Path, begin: int, lines: int) -> float:
    """Seconds of typing that are missing after a kill in the grid of numbers."""
    typed, killed = write_and_kill(path, "grid", begin, lines)
    store = open_store(path, fixed_clock(NOW))
    try:
        answers = current(store, "2022-report").answers
        kept = {field: answers.get(field) for field in CELLS}
        assert check(store) == ()
    finally:
        store.close()

    def missing(field: str, number: int) -> bool:
        value = kept[field]
        return not (isinstance(value, int) and value >= number)

    return max((killed - at for field, number, at in typed if missing(field, number)), default=0.0)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "xa.hoctap"
    make_sample(made, fixed_clock(NOW)).close()
    return made


@pytest.mark.parametrize("lines", [7, 110])
def test_a_kill_while_writing_the_plan_loses_at_most_two_seconds(path: Path, lines: int) -> None:
    assert lost_in_plan(path, 100_000, lines) <= MOST_LOST_S


def test_a_kill_while_filling_the_grid_loses_at_most_two_seconds(path: Path) -> None:
    assert lost_in_grid(path, 100_000, 100) <= MOST_LOST_S


@pytest.mark.faults
@pytest.mark.parametrize("seed", range(20))  # 300 kills
def test_fifteen_kills_while_writing_and_filling_lose_at_most_two_seconds(path: Path, seed: int) -> None:
    chance = random.Random(seed)
    for number in range(15):
        begin = 100_000 + 1_000 * number
        lost = (lost_in_plan if number % 2 else lost_in_grid)(path, begin, chance.randint(1, 140))
        assert lost <= MOST_LOST_S, f"kill {number}"
