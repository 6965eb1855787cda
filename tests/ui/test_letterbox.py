"""A second start of the program hands its file to the window that is open."""

import os
import time
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from hoctap_desktop.ui.letterbox import Letterbox


def test_a_name_handed_over_comes_to_the_window_that_is_open(tmp_path: Path, qtbot: QtBot) -> None:
    first, second = Letterbox(tmp_path / "o"), Letterbox(tmp_path / "o")
    wanted = Path("/usb/phiếu trả lại (2).htgoi")
    with qtbot.waitSignal(first.came, timeout=5000) as came:
        assert second.hand_over([wanted])
    assert came.args == [wanted]
    assert list((tmp_path / "o").iterdir()) == []


def test_a_letter_read_at_once_was_handed_over_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    box = Letterbox(tmp_path / "o")
    named = Path.replace

    def read_at_once(letter: Path, target: Path) -> Path:
        named(letter, target).unlink()  # the window that is open was quicker than the next line of this program
        return target

    monkeypatch.setattr(Path, "replace", read_at_once)
    assert box.hand_over([Path("/a.htgoi"), Path("/b.htgoi")])
    assert box.is_read()
    assert list((tmp_path / "o").iterdir()) == []


def test_a_call_without_a_file_asks_for_the_window(tmp_path: Path, qtbot: QtBot) -> None:
    first, second = Letterbox(tmp_path / "o"), Letterbox(tmp_path / "o")
    with qtbot.waitSignal(first.called, timeout=5000):
        assert second.hand_over([])
    assert second.is_read()


def test_a_call_that_nobody_reads_is_taken_back(tmp_path: Path, qtbot: QtBot) -> None:
    box = Letterbox(tmp_path / "o")
    assert box.hand_over([])
    assert not box.is_read()
    box.take_back()
    assert list((tmp_path / "o").iterdir()) == []


def test_who_was_not_answered_is_called_itself_from_then_on(tmp_path: Path, qtbot: QtBot) -> None:
    unanswered = Letterbox(tmp_path / "o")
    assert unanswered.hand_over([])
    unanswered.take_back()
    with qtbot.waitSignal(unanswered.called, timeout=5000):
        assert Letterbox(tmp_path / "o").hand_over([])


def test_what_nobody_read_is_forgotten_after_a_minute(tmp_path: Path, qtbot: QtBot) -> None:
    Letterbox(tmp_path / "o").hand_over([Path("/a.htgoi")])
    Letterbox(tmp_path / "o")  # a third start at the same time takes nobody's letter away
    (letter,) = (tmp_path / "o").iterdir()
    an_hour_ago = time.time() - 3600
    os.utime(letter, (an_hour_ago, an_hour_ago))
    Letterbox(tmp_path / "o")
    assert list((tmp_path / "o").iterdir()) == []


def test_a_folder_that_cannot_be_made_hands_nothing_over(tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "o").write_bytes(b"a file in the way")
    assert not Letterbox(tmp_path / "o").hand_over([Path("/a.htgoi")])


def test_a_closed_box_hears_nothing_more(tmp_path: Path, qtbot: QtBot) -> None:
    first, still, second = (Letterbox(tmp_path / "o") for _ in range(3))
    heard: list[Path] = []
    first.came.connect(heard.append)
    first.close()
    first.close()  # twice is as once
    with qtbot.waitSignal(still.came, timeout=5000):
        assert second.hand_over([Path("/a.htgoi")])
    assert heard == []
