"""What can be pulled, and what is only a folder of the disk."""

import os
from pathlib import Path

import pytest

from hoctap_desktop.foundation import volumes
from hoctap_desktop.foundation.volumes import linux_says, on_stick
from hoctap_desktop.submission.outgoing import read_back_words


def test_linux_says_of_a_disk_whether_it_can_be_pulled(tmp_path: Path) -> None:
    for disk, flag in (("sda", "0"), ("sdb", "1")):
        place = tmp_path / "devices" / disk / f"{disk}1"
        place.mkdir(parents=True)
        (place.parent / "removable").write_text(flag + "\n")
        (tmp_path / f"{disk}1").symlink_to(place)
    assert linux_says(tmp_path, "sda1") is False
    assert linux_says(tmp_path, "sdb1") is True
    assert linux_says(tmp_path, "dm-0") is None


def test_a_folder_of_the_disk_is_no_stick_and_nothing_is_said_of_pulling(tmp_path: Path) -> None:
    assert not on_stick(tmp_path)
    assert not on_stick(tmp_path / "not" / "there")
    assert read_back_words(tmp_path) == "Đã đọc lại thấy đúng."


def test_a_folder_on_a_stick_is_known_by_its_device(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    device = tmp_path.stat().st_dev
    asked: list[str] = []

    def says(_blocks: Path, name: str) -> bool:
        asked.append(name)
        return True

    monkeypatch.setattr(volumes, "linux_says", says)
    assert read_back_words(tmp_path / "goi") == "Đã đọc lại thấy đúng, có thể rút USB."
    assert asked == [f"{os.major(device)}:{os.minor(device)}"]
