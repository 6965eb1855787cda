"""Files of ours wait in line: what goes wrong with one holds up no other."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission.model import Verdict
from hoctap_desktop.ui import arrived, opening
from hoctap_desktop.ui.arrived import Arrived, Next
from tests.ui.conftest import Office


class Frame(QWidget):
    """The window, as far as an Opener needs it here."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def say(self, _key: str, _tone: str, text: str) -> None:
        self.said.append(text)

    def receive(self, paths: object) -> None:
        raise AssertionError(paths)

    def unlock(self, readers: object, act: object) -> None:
        raise AssertionError((readers, act))


def test_the_next_file_opens_though_the_office_could_not_be_read_after_the_first(
    office: Office, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def look(_store: Store, path: Path, keys: object) -> Arrived:
        assert not keys
        return Arrived(path, b"", Next.TAKE, "Phiếu", "", silent=True)

    def take(_store: Store, one: Arrived, *, compared: bool) -> Verdict:
        assert not compared
        return Verdict(one.path.name, None, f"Đã nhận {one.path.name}.")

    def gone(_store: Store) -> None:
        raise UserError(Code.STORE_GONE)

    monkeypatch.setattr(arrived, "look_at", look)
    monkeypatch.setattr(arrived, "take", take)
    monkeypatch.setattr(opening, "read_facts", gone)
    told: list[UserError] = []
    office.session.problem.connect(told.append)
    frame = Frame()
    qtbot.addWidget(frame)
    opener = opening.Opener(office.session, frame, frame)
    for name in ("a.htgoi", "b.htgoi"):
        opener.open(tmp_path / name)
    for _ in range(4):
        office.settle()
    assert frame.said == ["Đã nhận a.htgoi.", "Đã nhận b.htgoi."]
    assert [one.code for one in told] == [Code.STORE_GONE, Code.STORE_GONE]
