"""kill -9 in the middle of a word: whatever the window had acknowledged is there when it opens again."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hoctap_desktop.filing.repository import current
from hoctap_desktop.foundation.clock import fixed_clock
from hoctap_desktop.office.sample import make_sample
from hoctap_desktop.store.check import check
from hoctap_desktop.store.database import open_store
from tests.ui.flows.typist import LONG
from tests.ui.sessions import NOW

ID = "2022-report"
HERE = Path(__file__).parent
REPOSITORY = HERE.parents[2]


def type_and_kill(store: Path, begin: int, after: int) -> dict[str, int]:
    """Starts the window, kills it after so many acknowledgements; the last number acknowledged of each field."""
    path = os.pathsep.join([str(REPOSITORY / "src"), str(REPOSITORY), *(p for p in sys.path if p)])
    process = subprocess.Popen(
        [sys.executable, str(HERE / "typist.py"), str(store), str(begin)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": path, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert process.stdout is not None
    read = [process.stdout.readline() for _ in range(after)]
    process.kill()  # it types on while this travels: it dies anywhere in a word or in a save
    rest, errors = process.communicate()
    lines = [line for line in ("".join(read) + rest).splitlines(keepends=True) if line.endswith("\n")]
    assert len(lines) >= after, errors
    return {field: int(number) for field, number in (line.split() for line in lines)}


@pytest.mark.parametrize("after", [1, 5, 23])
def test_every_field_that_was_acknowledged_is_found_again(tmp_path: Path, after: int) -> None:
    path = tmp_path / "xa.hoctap"
    make_sample(path, fixed_clock(NOW)).close()
    begin = 1000
    acknowledged = type_and_kill(path, begin, after)
    store = open_store(path, fixed_clock(NOW))
    try:
        answers = current(store, ID).answers
        for field, number in acknowledged.items():
            found = answers[field]
            kept = int(str(found).removeprefix("so ")) if field in LONG else found
            # what was being saved when the kill came may be there as well, whole
            assert isinstance(kept, int)
            assert kept >= number
        assert check(store) == ()
    finally:
        store.close()
