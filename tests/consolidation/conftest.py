"""The upper office with the keys of its four units, and a stick."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hoctap_desktop.store.database import Store
from tests.consolidation.papers import accept_keys
from tests.offices import upper_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An open store of the upper office; the keys of all units are registered."""
    store = upper_store(tmp_path / "upper.hoctap")
    accept_keys(store)
    yield store
    store.close()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """An empty folder."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder
