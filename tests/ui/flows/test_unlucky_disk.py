"""A disk that fills up or goes away while a person types: the window says so, keeps what was typed, saves it later."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
REPOSITORY = HERE.parents[2]


def run(folder: Path, how: str, mount: str = "") -> str:
    """Runs unlucky_disk.py, under a mount of its own when one is named; what it said."""
    path = os.pathsep.join([str(REPOSITORY / "src"), str(REPOSITORY), *(p for p in sys.path if p)])
    command = [sys.executable, str(HERE / "unlucky_disk.py"), str(folder), how]
    if mount:
        unshare = shutil.which("unshare")
        assert unshare is not None, "unshare (util-linux) is missing"
        words = " ".join(f'"{word}"' for word in command)
        command = [unshare, "--map-root-user", "--mount", "sh", "-c", f"{mount} && exec {words}"]
    environment = {**os.environ, "PYTHONPATH": path, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False, timeout=300)
    return done.stdout + ("" if done.returncode == 0 else done.stderr)


def test_a_data_folder_that_went_away_and_came_back_as_another_one(tmp_path: Path) -> None:
    (tmp_path / "fs").mkdir()
    assert run(tmp_path / "fs", "moved") == "ok\n"


@pytest.mark.faults
def test_a_disk_of_four_megabytes_that_fills_up(tmp_path: Path) -> None:
    (tmp_path / "fs").mkdir()
    assert run(tmp_path / "fs", "full", f'mount -t tmpfs -o size=4m tmpfs "{tmp_path}/fs"') == "ok\n"


@pytest.mark.faults
def test_a_stick_that_is_pulled_and_put_in_again(tmp_path: Path) -> None:
    for name in ("fs", "fs.base"):
        (tmp_path / name).mkdir()
    mount = f'mount -t tmpfs tmpfs "{tmp_path}/fs.base" && mount --bind "{tmp_path}/fs.base" "{tmp_path}/fs"'
    assert run(tmp_path / "fs", "gone", mount) == "ok\n"
