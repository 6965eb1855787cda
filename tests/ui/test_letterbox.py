"""A second start of the program hands its file to the window that is open."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from hoctap_desktop.ui.letterbox import Letterbox


def test_a_name_handed_over_comes_to_the_window_that_is_open(tmp_path: Path, qtbot: QtBot) -> None:
    first, second = Letterbox(tmp_path / "o"), Letterbox(tmp_path / "o")
    wanted = Path("/usb/phiếu trả lại (2).htgoi")
    with qtbot.waitSignal(first.came, timeout=5000) as came:
        assert second.hand_over([wanted])
    assert came.args == [wanted]
    assert list((tmp_path / "o").iterdir()) == []


def test_what_nobody_read_is_forgotten_at_the_next_start(tmp_path: Path, qtbot: QtBot) -> None:
    Letterbox(tmp_path / "o").hand_over([Path("/a.htgoi")])
    assert len(list((tmp_path / "o").iterdir())) == 1
    Letterbox(tmp_path / "o")
    assert list((tmp_path / "o").iterdir()) == []


def test_a_folder_that_cannot_be_made_hands_nothing_over(tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "o").write_bytes(b"a file in the way")
    assert not Letterbox(tmp_path / "o").hand_over([Path("/a.htgoi")])
