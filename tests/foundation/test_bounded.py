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


FILE = ("Hà Thượng".encode(), "tệp Đọc.xlsx")


def test_what_the_reader_made_of_the_file_comes_back() -> None:
    assert run_bounded(f"{READERS}:answers", *FILE, options={"times": 2}) == {
        "name": "tệp Đọc.xlsx",
        "said": "Hà Thượng" * 2,
    }


def test_a_refusal_of_the_reader_is_raised_here_with_its_facts() -> None:
    with pytest.raises(UserError) as refused:
        run_bounded(f"{READERS}:refuses", *FILE)
    assert refused.value.code is Code.FILE_TOO_LARGE
    assert "3 MB" in str(refused.value)


@pytest.mark.parametrize("reader", ["fails", "nests", "crashes", "odd", "no_such_reader"])
def test_a_reader_that_goes_wrong_is_a_refusal_that_names_the_file(reader: str) -> None:
    with pytest.raises(UserError) as refused:
        run_bounded(f"{READERS}:{reader}", *FILE)
    assert refused.value.code is Code.READ_FAILED
    assert "tệp Đọc.xlsx" in str(refused.value)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no limit of what a process writes")
def test_a_reader_can_write_nothing(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        run_bounded(f"{READERS}:writes", *FILE, options={"folder": str(tmp_path)})
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) == 0


def test_a_reader_that_takes_too_much_memory_is_stopped() -> None:
    with pytest.raises(UserError) as refused:
        run_bounded(f"{READERS}:grows", *FILE, megabytes=256)
    assert refused.value.code is Code.READ_TOO_LARGE


@pytest.mark.parametrize("reader", ["waits", "spins"])
def test_a_reader_that_takes_too_long_is_stopped(reader: str) -> None:
    begun = time.monotonic()
    with pytest.raises(UserError) as refused:
        run_bounded(f"{READERS}:{reader}", *FILE, seconds=1)
    assert refused.value.code in (Code.READ_TOO_SLOW, Code.READ_FAILED)  # the clock outside, or that of the processor
    assert time.monotonic() - begun < 5


def test_the_child_loads_nothing_it_has_no_use_for() -> None:
    assert run_bounded(f"{READERS}:loaded", *FILE) == []


def test_the_frozen_program_answers_to_the_hidden_command() -> None:
    assert bounded.HIDDEN == READER
    request = (
        f'{{"function": "{READERS}:answers", "name": "a", "seconds": 10, "megabytes": 512, "options": {{"times": 1}}}}'
    )
    done = subprocess.run(
        [sys.executable, "-m", "hoctap_desktop", bounded.HIDDEN],
        input=request.encode() + b"\nwords",
        capture_output=True,
        check=True,
        env=bounded.surroundings(),
    )
    assert b'"said": "words"' in done.stdout


def test_a_child_learns_no_passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOCTAP_PASSPHRASE", "mật khẩu dài")
    monkeypatch.setenv("HOCTAP_NEW_PASSPHRASE", "mật khẩu dài")
    assert "mật khẩu dài" not in bounded.surroundings().values()
