"""The sheet of all components can be drawn in both themes, at every scale and text size."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage


@pytest.mark.parametrize("options", [[], ["--contrast"], ["--text-size", "130"], ["--scale", "1.5"]])
def test_the_sheet_is_drawn(tmp_path: Path, options: list[str], repository: Path) -> None:
    out = tmp_path / "sheet.png"
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(repository / "src")}
    environment.pop("QT_SCALE_FACTOR", None)
    ended = subprocess.run(
        [sys.executable, "-W", "error", "-m", "hoctap_desktop.ui.gallery", "--out", str(out), *options],
        capture_output=True,
        text=True,
        env=environment,
        timeout=120,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    picture = QImage(str(out))
    factor = 1.5 if "--scale" in options else 1
    assert picture.width() >= 1366 * factor
    # light: the window's own fill in the corner; contrast: white
    assert picture.pixelColor(2, 2).name() == ("#ffffff" if "--contrast" in options else "#f2f4f1")
