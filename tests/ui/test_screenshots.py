"""The pictures of docs/screenshots can be made, at every scale and in both themes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from hoctap_desktop.ui import rooms
from hoctap_desktop.ui.screenshots import SHOTS


@pytest.mark.parametrize(
    ("options", "size"),
    [
        ([], (1366, 696)),
        (["--scale", "1.25"], (1366, 696)),
        (["--scale", "1.5"], (1366, 696)),
        (["--contrast"], (1366, 696)),
    ],
)
def test_the_first_page_and_trang_chinh(
    options: list[str], size: tuple[int, int], tmp_path: Path, repository: Path
) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(repository / "src")}
    environment.pop("QT_SCALE_FACTOR", None)
    command = [sys.executable, "-W", "error", "-m", "hoctap_desktop.ui.screenshots", "--out", str(tmp_path), *options]
    ended = subprocess.run(
        [*command, "--only", "mo-lan-dau", "trang-chinh"],
        capture_output=True,
        text=True,
        env=environment,
        timeout=120,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    for name in ("mo-lan-dau", "trang-chinh"):
        picture = QImage(str(tmp_path / f"{name}.png"))
        # at 125 and 150 % a logical pixel more or less
        assert abs(picture.width() - size[0]) <= 2
        assert abs(picture.height() - size[1]) <= 2
        colours = {picture.pixelColor(x, y).name() for x in range(0, size[0], 9) for y in range(0, size[1], 9)}
        assert len(colours) > 12, "an empty picture"


def test_every_room_of_the_sidebar_has_its_picture() -> None:
    wanted = {room.id for room in rooms.ROOMS if room.group != "hidden"}
    assert wanted <= {shot.room for shot in SHOTS}


def test_no_two_pictures_share_a_name() -> None:
    assert len({shot.name for shot in SHOTS}) == len(SHOTS)
