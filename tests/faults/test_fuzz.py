"""atheris against every reader of a file from outside: nothing but refusals may come out (tests/faults/fuzz).

HOCTAP_FUZZ_SECONDS: how long each, 60 when it is not set.
"""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ATHERIS_MISSING
from tests.faults.fuzz import TARGETS

RUNS_HERE = sys.platform == "linux" and sys.version_info < (3, 13)


@pytest.mark.faults
@pytest.mark.skipif(not RUNS_HERE, reason="atheris is built for Linux and Python up to 3.12")
@pytest.mark.parametrize("target", TARGETS)
def test_nothing_but_refusals_comes_out(target: str, tmp_path: Path, repository: Path) -> None:
    if importlib.util.find_spec("atheris") is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{ATHERIS_MISSING}, and CI must have it", pytrace=False)
        pytest.skip(f"{ATHERIS_MISSING}: readers are not fuzzed")
    seconds = int(os.environ.get("HOCTAP_FUZZ_SECONDS", "60"))
    command = [sys.executable, "-m", "tests.faults.fuzz", target]
    done = subprocess.run(
        [*command, "--seconds", str(seconds), "--corpus", str(tmp_path / "corpus")],
        cwd=repository,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(repository / "src"), str(repository)])},
        capture_output=True,
        text=True,
        errors="replace",
        timeout=seconds + 170,
        check=False,
    )
    found = {path.name: path.read_bytes()[:2000] for path in (tmp_path / "found").glob("*")}
    assert done.returncode == 0, f"{done.stdout[-3000:]}\n{done.stderr[-3000:]}\n{found}"
    assert not found
    assert "Done " in done.stderr
