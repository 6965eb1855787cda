"""What is worth judging on a stick."""

import os
from pathlib import Path

import pytest

from hoctap_desktop.consolidation.scan import read, scan
from hoctap_desktop.foundation import boundary
from hoctap_desktop.foundation.boundary import Outside, Passage
from hoctap_desktop.foundation.errors import Code, UserError
from tests.consolidation.papers import COMMUNE, paper


def _names(paths: list[Path]) -> list[str]:
    return [found.name for found in scan(paths).files]


def test_packages_of_a_whole_stick_are_found_and_other_files_counted(stick: Path) -> None:
    (stick / "2022" / "xã").mkdir(parents=True)
    (stick / "2022" / "xã" / "b.HTGOI").write_bytes(b"x")
    (stick / "a.htgoi").write_bytes(b"x")
    for name in ("photo.jpg", "note.txt"):
        (stick / name).write_bytes(b"x")
    found = scan([stick])
    assert sorted(one.name for one in found.files) == ["a.htgoi", "b.HTGOI"]
    assert found.skipped == 2


def test_what_the_system_leaves_on_a_stick_is_no_file_of_a_person(stick: Path) -> None:
    for folder in ("System Volume Information", ".Trashes", "$RECYCLE.BIN"):
        (stick / folder).mkdir()
        (stick / folder / "a.htgoi").write_bytes(b"x")
    for name in ("._a.htgoi", "~$bao cao.xlsx", ".hoctap-x.tmp", "Thumbs.db"):
        (stick / name).write_bytes(b"x")
    assert scan([stick]).files == ()
    assert scan([stick]).skipped == 0


def test_a_package_that_lost_its_name_is_known_by_its_first_bytes(stick: Path) -> None:
    (stick / "bao cao.zip.bin").write_bytes(paper(COMMUNE, {}).data)
    (stick / "other.bin").write_bytes(b"PK\x03\x04 other")
    assert _names([stick]) == ["bao cao.zip.bin"]


def test_a_workbook_or_archive_that_may_be_meant_for_us_gets_a_line(stick: Path) -> None:
    for name in ("bao cao.xlsx", "tat ca.zip", "anh.jpg"):
        (stick / name).write_bytes(b"x")
    assert _names([stick]) == ["bao cao.xlsx", "tat ca.zip"]


def test_a_file_that_is_named_is_judged_whatever_it_is(stick: Path) -> None:
    (stick / "anh.jpg").write_bytes(b"x")
    assert _names([stick / "anh.jpg"]) == ["anh.jpg"]
    assert _names([stick, stick / "anh.jpg"]) == ["anh.jpg"]


def test_a_file_named_twice_is_read_once_and_ten_comes_after_nine(stick: Path) -> None:
    for name in ("lan-10.htgoi", "lan-9.htgoi"):
        (stick / name).write_bytes(b"x")
    assert _names([stick, stick / "lan-9.htgoi"]) == ["lan-9.htgoi", "lan-10.htgoi"]


def test_a_link_that_goes_in_circles_ends(stick: Path) -> None:
    (stick / "a.htgoi").write_bytes(b"x")
    (stick / "again").symlink_to(stick)
    assert _names([stick]) == ["a.htgoi"]


def test_a_folder_nobody_can_open_is_told_and_the_rest_is_found(stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("kin", "mở", "tên"):
        (stick / name).mkdir()
        (stick / name / "a.htgoi").write_bytes(b"x")
    listed, asked = os.scandir, Path.is_file

    def scandir(path: str) -> "os._ScandirIterator[str]":
        if Path(path).name == "kin":
            raise PermissionError(13, "no", path)
        return listed(path)

    def is_file(path: Path) -> bool:
        if path.parent.name == "tên":
            raise PermissionError(13, "no", str(path))
        return asked(path)

    monkeypatch.setattr("os.scandir", scandir)
    monkeypatch.setattr(Path, "is_file", is_file)
    found = scan([stick])
    assert [one.parent.name for one in found.files] == ["mở"]
    assert sorted(path.name for path in found.unreadable) == ["kin", "tên"]


def test_a_path_that_is_not_there_is_told(stick: Path) -> None:
    with pytest.raises(UserError) as caught:
        scan([stick / "nothing"])
    assert caught.value.code is Code.FILE_UNREADABLE


def test_no_more_is_read_than_a_package_may_have(stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boundary, "PASSAGES", {Outside.PACKAGE: Passage(10)})
    (stick / "a.htgoi").write_bytes(b"x" * 11)
    (found,) = scan([stick]).files
    with pytest.raises(UserError) as caught:
        read(found)
    assert caught.value.code is Code.FILE_TOO_LARGE
