"""What a killed program left in the folder for passing things goes; what another program holds stays."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from hoctap_desktop.store import passing

HOLDER = """
import sys
from pathlib import Path
from hoctap_desktop.store import passing
folder, held = passing.hold(passing.SAMPLE, Path(sys.argv[1]))
(folder / "a.hoctap").write_bytes(b"x")
print("held", flush=True)
sys.stdin.read()
"""


def old(folder: Path) -> Path:
    """Two days."""
    folder.mkdir()
    (folder / "a").write_bytes(b"x")
    then = time.time() - 2 * 86_400
    os.utime(folder, (then, then))
    return folder


def test_sample_data_stay_while_their_program_lives_and_go_when_it_was_killed(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == b"held"
        assert passing.sweep(tmp_path) == 0
        holder.kill()
        holder.wait()
    assert passing.sweep(tmp_path) == 1
    assert list(tmp_path.iterdir()) == []


def test_copies_on_their_way_and_files_looked_at_go_after_a_day(tmp_path: Path) -> None:
    for prefix in (passing.COPY, passing.LOOK):
        (tmp_path / f"{prefix}new").mkdir()
        old(tmp_path / f"{prefix}old")
    assert passing.sweep(tmp_path) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["hoctap-sao-new", "hoctap-xem-new"]


def test_what_is_not_ours_stays_even_behind_a_link_with_our_name(tmp_path: Path) -> None:
    elsewhere = old(tmp_path / "documents")
    inside = tmp_path / "tmp"
    inside.mkdir()
    old(inside / "hoctap-bai-viet")
    (inside / f"{passing.SAMPLE}x").symlink_to(elsewhere)
    (inside / f"{passing.LOOK}x").symlink_to(elsewhere)
    (inside / f"{passing.COPY}x").write_bytes(b"a file")
    assert passing.sweep(inside) == 0
    assert [path.name for path in elsewhere.iterdir()] == ["a"]
    assert len(list(inside.iterdir())) == 4


def test_a_folder_away_is_swept_without_a_word(tmp_path: Path) -> None:
    assert passing.sweep(tmp_path / "away") == 0


@pytest.mark.parametrize("_round", range(3))
def test_a_sweep_never_takes_a_folder_from_one_who_just_began(tmp_path: Path, _round: int) -> None:
    over = threading.Event()

    def sweeping() -> None:
        while not over.is_set():
            passing.sweep(tmp_path)

    others = [threading.Thread(target=sweeping) for _ in range(2)]
    for other in others:
        other.start()
    try:
        for _ in range(100):
            folder, held = passing.hold(passing.SAMPLE, tmp_path)
            (folder / "a.hoctap").write_bytes(b"x")
            assert (folder / "a.hoctap").is_file()
            held.release()
    finally:
        over.set()
        for other in others:
            other.join()
