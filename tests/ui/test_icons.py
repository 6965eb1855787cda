"""Icons take the colour of a token at any ratio, and every name used in the code is a file."""

import re

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from hoctap_desktop.foundation import paths
from hoctap_desktop.ui import icons, theme


def darkest(image: QImage) -> QColor:
    spots = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return max(spots, key=lambda c: c.alpha())


def test_an_icon_has_the_colour_of_its_token_and_the_size_of_the_ratio(qapp: QApplication) -> None:
    picture = icons.pixmap("house", "danger", 18, 1.5)
    assert (picture.width(), picture.devicePixelRatio()) == (27, 1.5)
    assert darkest(picture.toImage()).name() == theme.LIGHT["danger"].lower()


def test_the_same_icon_is_painted_once(qapp: QApplication) -> None:
    assert icons.pixmap("lock", "ink", 18, 1.0).cacheKey() == icons.pixmap("lock", "ink", 18, 1.0).cacheKey()


def test_an_icon_nobody_shipped_is_an_error(qapp: QApplication) -> None:
    with pytest.raises(FileNotFoundError):
        icons.pixmap("smiling-face")


def test_every_icon_named_in_the_code_is_shipped() -> None:
    source = paths.resources().parent / "src" / "hoctap_desktop" / "ui"
    named = re.compile(r'icon="([a-z0-9-]+)"|IconLabel\(\s*"([a-z0-9-]+)"|ChipState\(\s*"([a-z0-9-]+)"')
    wanted = {
        next(filter(None, found)) for file in source.rglob("*.py") for found in named.findall(file.read_text("utf-8"))
    }
    shipped = {file.stem for file in (paths.resources() / "icons").glob("*.svg")}
    assert len(wanted) > 10
    assert wanted <= shipped


def test_every_icon_shipped_is_shown_somewhere() -> None:
    sources = (paths.resources().parent / "src").rglob("*.py")
    words = set(re.findall(r'"([a-z0-9-]+)"', "".join(file.read_text("utf-8") for file in sources)))
    assert {file.stem for file in (paths.resources() / "icons").glob("*.svg")} <= words


def test_the_licences_of_lucide_and_feather_are_beside_the_icons() -> None:
    text = (paths.resources() / "icons" / "LICENSE-lucide.txt").read_text("utf-8")
    assert "ISC License" in text
    assert "MIT License" in text
    assert "Cole Bemis" in text
