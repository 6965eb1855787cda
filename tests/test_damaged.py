"""Files that fuzzing made of good ones (tests/damaged): each is read, or refused in words, on every system."""

import importlib
import time
from pathlib import Path

import pytest

from hoctap_desktop.foundation.errors import UserError
from tests.faults.fuzz import TARGETS

FOLDER = Path(__file__).parent / "damaged"


@pytest.mark.parametrize("name", TARGETS)
def test_every_kept_file_is_read_or_refused(name: str) -> None:
    target = importlib.import_module(f"tests.faults.fuzz.{name}")
    files = sorted((FOLDER / name).iterdir())
    assert len(files) >= 10
    for file in files:
        start = time.process_time()
        try:
            target.read(file.read_bytes())
        except UserError as refusal:
            assert str(refusal), file.name  # noqa: PT017 - each of many
        assert time.process_time() - start < 5, file.name


@pytest.mark.parametrize("name", TARGETS)
def test_the_good_files_fuzzing_begins_with_are_read(name: str) -> None:
    """Else the fuzzer would throw stones at a door that never opens."""
    target = importlib.import_module(f"tests.faults.fuzz.{name}")
    target.read(next(iter(target.seeds())))
