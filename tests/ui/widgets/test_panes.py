"""Panes keep the widths a person gave them: over pages, programs and windows of other sizes."""

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from hoctap_desktop.ui.settings import Settings
from hoctap_desktop.ui.widgets.panes import Panes


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.ini"


def made(qtbot: QtBot, file: Path, width: int = 1182) -> Panes:
    parts = [QWidget(), QWidget(), QWidget()]
    for part, least in zip(parts, (150, 400, 268), strict=True):
        part.setMinimumWidth(least)
    panes = Panes(*parts, sizes=(180, 734, 268))
    panes.remember(Settings(file), "report")
    qtbot.addWidget(panes)
    panes.resize(width, 600)
    panes.show()
    return panes


def drag(panes: Panes, handle: int, to: int) -> None:
    panes.moveSplitter(to, handle)


def test_the_middle_takes_what_the_sides_leave(qtbot: QtBot, file: Path) -> None:
    panes = made(qtbot, file)
    assert panes.sizes() == [180, 1182 - 180 - 268 - 2, 268]
    panes.resize(1400, 600)
    assert panes.sizes() == [180, 1400 - 180 - 268 - 2, 268]


def test_what_was_dragged_is_there_the_next_time(qtbot: QtBot, file: Path) -> None:
    first = made(qtbot, file)
    drag(first, 1, 220)
    drag(first, 2, 1182 - 400)
    assert first.sizes()[0] == 220
    kept = first.sizes()
    assert made(qtbot, file).sizes() == kept


def test_a_smaller_window_takes_from_the_sides_and_a_larger_one_gives_it_back(qtbot: QtBot, file: Path) -> None:
    first = made(qtbot, file, 1700)
    drag(first, 2, 1700 - 700)
    wide = first.sizes()
    assert wide[2] >= 690
    second = made(qtbot, file, 1000)
    assert sum(second.sizes()) == 1000 - 2
    assert second.sizes()[1] >= 400
    second.resize(1700, 600)
    assert second.sizes() == wide


def test_a_wide_window_supposes_other_widths_until_a_person_chooses(qtbot: QtBot, file: Path) -> None:
    panes = made(qtbot, file, 1700)
    panes.suppose(180, 520)
    assert panes.sizes()[2] == 520
    drag(panes, 2, 1700 - 300)
    chosen = panes.sizes()
    panes.suppose(180, 268)
    assert panes.sizes() == chosen


def test_while_a_pane_is_elsewhere_nothing_is_kept(qtbot: QtBot, file: Path) -> None:
    panes = made(qtbot, file)
    away = panes.widget(2)
    assert away is not None
    away.hide()
    drag(panes, 1, 300)
    assert Settings(file).blob("panes-report") is None
    away.show()
    panes.lay_out()
    assert panes.sizes() == [180, 1182 - 180 - 268 - 2, 268]


@pytest.mark.parametrize("bad", [b"", b"180", b"180 x", b"-5 268", b"180 268 1", b"1 99999999999", b"\xff 2"])
def test_a_line_that_is_no_widths_reads_as_none(qtbot: QtBot, file: Path, bad: bytes) -> None:
    settings = Settings(file)
    settings.set_blob("panes-report", QByteArray(bad))
    settings.sync()
    assert made(qtbot, file).sizes() == [180, 1182 - 180 - 268 - 2, 268]
