import errno
import os
from pathlib import Path

import pytest

from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.files import Stage, read_limited, read_text, replace_whole
from hoctap_desktop.foundation.progress import Cancelled


def test_a_file_is_written_whole_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "new" / "a.pdf"
    replace_whole(target, b"one")
    replace_whole(target, b"two")
    assert target.read_bytes() == b"two"
    assert [path.name for path in target.parent.iterdir()] == ["a.pdf"]


@pytest.mark.parametrize(("number", "code"), [(errno.ENOSPC, Code.DISK_FULL), (errno.EIO, Code.FILE_UNWRITABLE)])
def test_a_failing_disk_keeps_the_old_file_and_leaves_no_half(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: Code
) -> None:
    target = tmp_path / "a.pdf"
    replace_whole(target, b"old")

    def failing(handle: int) -> None:
        raise OSError(number, "no")

    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(UserError) as refusal:
        replace_whole(target, b"new")
    assert refusal.value.code is code
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]


@pytest.mark.skipif(os.name == "nt", reason="Windows lets nobody ask this of a folder")
def test_the_names_of_new_folders_are_on_the_disk_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    real = os.fsync

    def noted(handle: int) -> None:
        asked.append(os.fstat(handle).st_ino)
        real(handle)

    monkeypatch.setattr(os, "fsync", noted)
    target = tmp_path / "new" / "newer" / "a.pdf"
    replace_whole(target, b"one")
    folders = (tmp_path, tmp_path / "new", target.parent)
    assert {folder.stat().st_ino for folder in folders} <= set(asked)


def test_a_folder_in_the_way_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").mkdir()
    with pytest.raises(UserError) as refusal:
        replace_whole(tmp_path / "a.pdf", b"new")
    assert refusal.value.code is Code.FILE_UNWRITABLE
    assert "a.pdf" in str(refusal.value)


def test_reading_stops_at_the_limit(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    assert read_limited(tmp_path / "a", 5) == b"12345"
    with pytest.raises(UserError) as refusal:
        read_limited(tmp_path / "a", 4)
    assert refusal.value.code is Code.FILE_TOO_LARGE


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none", tmp_path):
        with pytest.raises(UserError) as refusal:
            read_limited(path, 10)
        assert refusal.value.code is Code.FILE_UNREADABLE


def test_text_may_begin_with_a_byte_order_mark_but_must_be_utf8(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"\xef\xbb\xbfT\xc3\xadn")
    assert read_text(tmp_path / "a") == "Tín"
    (tmp_path / "b").write_bytes(b"PK\x03\x04\xed")
    with pytest.raises(UserError) as refusal:
        read_text(tmp_path / "b")
    assert refusal.value.code is Code.NOT_TEXT
    assert "nén" in str(refusal.value) or "ZIP" in str(refusal.value)


def test_a_listener_that_says_stop_leaves_no_half_file(tmp_path: Path) -> None:
    def stop(_stage: Stage) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        replace_whole(tmp_path / "a", b"x", stop)
    assert list(tmp_path.iterdir()) == []
