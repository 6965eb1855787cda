"""Where data may be put."""

import tempfile
from pathlib import Path

import pytest

from hoctap_desktop.store.place import look_at


def test_a_folder_that_is_to_be_made_is_judged_by_the_one_above(tmp_path: Path) -> None:
    found = look_at(tmp_path / "a" / "b")
    assert found.writable
    assert found.free
    assert found.disk == tmp_path.stat().st_dev
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_takes_no_file_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert look_at(tmp_path / "file").writable  # its folder is meant

    def refuse(**_arguments: object) -> None:
        raise PermissionError

    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    found = look_at(tmp_path)
    assert (found.writable, found.disk) == (False, tmp_path.stat().st_dev)
