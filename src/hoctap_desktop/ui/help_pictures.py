"""The pictures of the help, cut out of the screenshots: `python -m hoctap_desktop.ui.help_pictures --from DIR`.

DIR holds what `./dev screenshots` made at 100 %. Written to resources/help/pictures, small and with few colours.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage

from hoctap_desktop.foundation import paths

WIDTH = 600
_SHADES = 0xF8F8F8  # near ones count as one
# By picture: the screenshot, and the part of it that is shown.
CUTS: dict[str, tuple[str, QRect]] = {
    "home": ("trang-chinh", QRect(184, 42, 860, 470)),
    "plan": ("ke-hoach", QRect(184, 42, 860, 430)),
    "diary": ("nhat-ky", QRect(184, 42, 880, 470)),
    "report": ("bao-cao", QRect(184, 42, 920, 430)),
    "print": ("in-trinh-ky", QRect(560, 42, 806, 440)),
    "export": ("goi-gui-di", QRect(184, 42, 860, 430)),
    "receive": ("tiep-nhan", QRect(184, 42, 940, 430)),
    "board": ("theo-doi", QRect(184, 42, 940, 430)),
    "totals": ("tong-hop", QRect(184, 42, 920, 430)),
    "settings": ("thiet-lap", QRect(184, 42, 860, 400)),
    "first_run": ("mo-lan-dau", QRect(220, 0, 900, 470)),
}


def cut(image: QImage, part: QRect) -> QImage:
    """A part of a screenshot, as wide as the help's column, in 256 colours."""
    small = image.copy(part).scaledToWidth(WIDTH, Qt.TransformationMode.SmoothTransformation)
    plain = small.convertToFormat(QImage.Format.Format_RGB32)
    seen = Counter(plain.pixel(x, y) & _SHADES for y in range(plain.height()) for x in range(plain.width()))
    table = [colour | 0xFF000000 for colour, _count in seen.most_common(256)]
    flags = Qt.ImageConversionFlag.ThresholdDither | Qt.ImageConversionFlag.AvoidDither
    return plain.convertToFormat(QImage.Format.Format_Indexed8, table, flags)


def main(argv: Sequence[str] | None = None) -> int:
    """Writes the pictures; names those for which there is no screenshot."""
    parser = argparse.ArgumentParser(description="Ảnh của trợ giúp")
    parser.add_argument("--from", dest="source", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=paths.resources() / "help" / "pictures")
    wanted = parser.parse_args(argv)
    wanted.out.mkdir(parents=True, exist_ok=True)
    missing = []
    for name, (shot, part) in CUTS.items():
        image = QImage(str(wanted.source / f"{shot}.png"))
        if image.isNull():
            missing.append(shot)
        else:
            cut(image, part).save(str(wanted.out / f"{name}.png"))
    if missing:
        print("Chưa có ảnh chụp:", ", ".join(missing), file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
