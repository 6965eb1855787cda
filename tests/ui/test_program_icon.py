"""The program's picture for title bar, task bar and the frozen program's file."""

import io
from pathlib import Path

import pytest
from PIL import Image
from PIL.IcoImagePlugin import IcoImageFile
from PySide6.QtWidgets import QApplication

from hoctap_desktop.ui import program_icon


def test_the_ico_is_read_by_another_reader_in_every_size(tmp_path: Path) -> None:
    path = tmp_path / "hoctap.ico"
    program_icon.write_ico(path)
    with Image.open(path) as found:
        assert found.format == "ICO"
        assert sorted(found.info["sizes"]) == [(size, size) for size in program_icon.SIZES]


@pytest.mark.parametrize("size", program_icon.SIZES)
def test_each_size_shows_white_on_blue_within_round_corners(size: int, tmp_path: Path) -> None:
    program_icon.write_ico(tmp_path / "hoctap.ico")
    data = (tmp_path / "hoctap.ico").read_bytes()
    with Image.open(io.BytesIO(data)) as found:
        assert isinstance(found, IcoImageFile)
        drawn = found.ico.getimage((size, size)).convert("RGBA")
    colours = {drawn.getpixel((x, y)) for x in range(size) for y in range(size)}
    assert drawn.getpixel((0, 0)) == (0, 0, 0, 0)
    assert (0x24, 0x40, 0x8E, 255) in colours
    assert any(isinstance(c, tuple) and min(c[:3]) > 140 and c[3] == 255 for c in colours)


def test_the_window_carries_it(qapp: QApplication) -> None:
    sizes = {size.width() for size in program_icon.window_icon().availableSizes()}
    assert sizes == set(program_icon.SIZES)
