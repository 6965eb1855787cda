import subprocess
import sys
import time
from pathlib import Path

import pytest

from hoctap_desktop.__main__ import READER
from hoctap_desktop.foundation import bounded
from hoctap_desktop.foundation.bounded import run_bounded
from hoctap_desktop.foundation.errors import Code, UserError

READERS = "tests.foundation.bounded_readers"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "tệp Đọc.xlsx"
    path.write_text("Hà Thượng", encoding="utf-8")
    return path


def test_what_the_reader_made_of_the_file_comes_back(file: Path) -> None:
    assert run_bounded(f"{READERS}:answers", file) == {"name": "tệp Đọc.xlsx", "said": "Hà Thượng"}


def test_a_refusal_of_the_reader_is_raised_here_with_its_facts(file: Path) -> None:
    with pytest.raises(UserError) as refused:
        run_bounded(f"{READERS}:refuses", file)
    assert refused.value.code is Code.FILE_TOO_LARGE
    assert "3 MB" in str(refused.value)


@pytest.mark.parametrize("reader", ["fails", "nests", "crashes", "odd", "writes", "no_such_reader"])
def test_a_reader_that_goes_wrong_is_a_refusal_that_names_the_file(reader: str, file: Path) -> None:
    with pytest.raises(UserError) as refused:
        run_bounded(f"{READERS}:{reader}", file)
    assert refused.value.code is Code.READ_FAILED
    assert "tệp Đọc.xlsx" in str(refused.value)
    assert sum(path.stat().st_size for path in file.parent.iterdir()) == file.stat().st_size


def test_a_reader_that_takes_too_much_memory_is_stopped(file: Path) -> None:
    with pytest.raises(UserError) as refused:
        run_bounded(f"{READERS}:grows", file, megabytes=256)
    assert refused.value.code is Code.READ_TOO_LARGE


@pytest.mark.parametrize("reader", ["waits", "spins"])
def test_a_reader_that_takes_too_long_is_stopped(reader: str, file: Path) -> None:
    begun = time.monotonic()
    with pytest.raises(UserError) as refused:
        run_bounded(f"{READERS}:{reader}", file, seconds=1)
    assert refused.value.code in (Code.READ_TOO_SLOW, Code.READ_FAILED)  # the clock outside, or that of the processor
    assert time.monotonic() - begun < 5


def test_the_child_loads_nothing_it_has_no_use_for(file: Path) -> None:
    assert run_bounded(f"{READERS}:loaded", file) == []


def test_the_frozen_program_answers_to_the_hidden_command(file: Path) -> None:
    assert bounded.HIDDEN == READER
    request = f'{{"function": "{READERS}:answers", "path": "{file}", "seconds": 10, "megabytes": 512}}'
    done = subprocess.run(
        [sys.executable, "-m", "hoctap_desktop", bounded.HIDDEN],
        input=request.encode(),
        capture_output=True,
        check=True,
        env=bounded._surroundings(),
    )
    assert b'"result"' in done.stdout
