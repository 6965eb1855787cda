"""Where data may be put."""

from pathlib import Path

from hoctap_desktop.store.place import PlaceFacts, look_at


def test_a_folder_that_is_to_be_made_is_judged_by_the_one_above(tmp_path: Path) -> None:
    found = look_at(tmp_path / "a" / "b")
    assert found.writable
    assert found.free
    assert found.disk == tmp_path.stat().st_dev
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_takes_no_file_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert look_at(tmp_path / "file").writable  # its folder is meant
    assert look_at(Path("relative-and-away") / "x").writable is False
    assert PlaceFacts(False) == look_at(Path("relative-and-away"))
