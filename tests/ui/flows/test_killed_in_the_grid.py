"""kill -9 while the grid is typed in: at most two seconds of typing are gone, and the next start says what is there."""

import os
import random
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from hoctap_desktop.filing.repository import current
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.clock import fixed_clock
from hoctap_desktop.office.recovery import forget, recovered
from hoctap_desktop.office.sample import make_sample
from hoctap_desktop.store.check import check
from hoctap_desktop.store.database import open_store
from tests.ui.flows.typist import LONG
from tests.ui.sessions import NOW

ID = "2022-report"
HERE = Path(__file__).parent
REPOSITORY = HERE.parents[2]
MOST_MISSING_S = 2.0


@dataclass(frozen=True)
class Told:
    """One line of grid_clerk.py."""

    word: str
    field: str
    number: int
    at: float


def killed(store: Path, begin: int, after: int) -> list[Told]:
    """Starts the window, kills it after so many changes were typed; what it said until then."""
    path = os.pathsep.join([str(REPOSITORY / "src"), str(REPOSITORY), *(p for p in sys.path if p)])
    process = subprocess.Popen(
        [sys.executable, str(HERE / "grid_clerk.py"), str(store), str(begin)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": path, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert process.stdout is not None
    read: list[str] = []
    while sum(line.startswith("typed") for line in read) < after:
        line = process.stdout.readline()
        if not line:
            break
        read.append(line)
    process.kill()  # it types on while this travels: it dies anywhere in a word or in a save
    rest, errors = process.communicate()
    lines = [line for line in ("".join(read) + rest).splitlines(keepends=True) if line.endswith("\n")]
    assert len(lines) >= after, errors
    parts = [line.split() for line in lines]
    return [Told(word, field, int(number), float(at)) for word, field, number, at in parts]


def number_in(field: str, value: JsonValue) -> int:
    return int(str(value).removeprefix("so ")) if field in LONG else int(str(value))


def one_kill(path: Path, begin: int, after: int) -> int:
    """Kills once and looks; the number to go on from."""
    told = killed(path, begin, after)
    store = open_store(path, fixed_clock(NOW))
    try:
        answers = current(store, ID).answers
        end = told[-1].at
        for one in told:
            # what was acknowledged, and what was typed longer ago than two seconds, is there or was typed over since
            if one.word == "kept" or one.at < end - MOST_MISSING_S:
                assert number_in(one.field, answers[one.field]) >= one.number, one
        found = recovered(store)
        if any(one.word == "kept" for one in told):
            assert found is not None
            assert found.sentence.startswith("Lần trước chương trình dừng đột ngột lúc khoảng 10:32 ngày 14/10/2022.")
            (report,) = found.kept
            kept = {one.field for one in told if one.word == "kept"}
            typed = {one.field for one in told}
            assert len(kept) <= int(report.words.split()[0]) <= len(typed)
            assert report.field in typed
        forget(store)
        assert recovered(store) is None
        assert check(store) == ()
    finally:
        store.close()
    return max(one.number for one in told) + 10


@pytest.mark.parametrize("after", [2, 9])
def test_what_was_typed_two_seconds_before_a_kill_is_there_and_told(tmp_path: Path, after: int) -> None:
    path = tmp_path / "xa.hoctap"
    make_sample(path, fixed_clock(NOW)).close()
    one_kill(path, 1000, after)


@pytest.mark.faults
@pytest.mark.parametrize("seed", range(15))
def test_a_hundred_and_fifty_kills_in_the_grid_lose_no_more_than_two_seconds(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "xa.hoctap"
    make_sample(path, fixed_clock(NOW)).close()
    chance, number = random.Random(seed), 1000
    for _ in range(10):
        number = one_kill(path, number, chance.randint(1, 40))
