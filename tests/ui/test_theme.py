"""Colours that can be read, and a sheet without a token left over."""

import re

import pytest
from PySide6.QtGui import QFontDatabase, QFontInfo
from PySide6.QtWidgets import QApplication

from hoctap_desktop.foundation import paths
from hoctap_desktop.ui import theme
from hoctap_desktop.ui.theme import CONTRAST, LIGHT, Theme
from hoctap_desktop.ui.widgets import chips


def contrast_ratio(one: str, other: str) -> float:
    """Contrast of two "#RRGGBB" colours by WCAG 2: 1 … 21."""
    first, second = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (first + 0.05) / (second + 0.05)


def _luminance(colour: str) -> float:
    def linear(part: str) -> float:
        share = int(part, 16) / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(colour[1:3]) + 0.7152 * linear(colour[3:5]) + 0.0722 * linear(colour[5:7])


# (text, behind, least) as measured in look.md §2
PAIRS = (
    ("ink", "surface", 16.2),
    ("ink", "window", 14.7),
    ("ink2", "surface", 8.0),
    ("ink2", "window", 7.2),
    ("ink2", "side", 6.6),
    ("ink3", "surface", 5.8),
    ("ink3", "window", 5.2),
    ("ink3", "side", 4.8),
    ("pri", "surface", 8.6),
    ("pri", "pri-tint", 7.3),
    ("on-pri", "pri", 8.6),
    ("ok", "ok-tint", 5.7),
    ("warn", "warn-tint", 6.3),
    ("danger", "danger-tint", 5.8),
    ("on-pri", "danger", 6.9),
    ("returned", "returned-tint", 6.0),
    ("again", "again-tint", 6.8),
    ("none-held", "none-held-tint", 6.6),
    ("exempt", "exempt-tint", 6.6),
    ("disabled", "window", 3.7),
    ("edge", "surface", 3.3),
)


@pytest.mark.parametrize(("text", "behind", "least"), PAIRS)
def test_light_text_can_be_read_on_what_is_behind_it(text: str, behind: str, least: float) -> None:
    assert round(contrast_ratio(LIGHT[text], LIGHT[behind]), 1) >= least


@pytest.mark.parametrize(("text", "behind"), [(text, behind) for text, behind, _ in PAIRS])
def test_high_contrast_has_no_text_below_8_8(text: str, behind: str) -> None:
    assert contrast_ratio(CONTRAST[text], CONTRAST[behind]) >= 8.8


def test_both_themes_have_the_same_tokens() -> None:
    assert set(LIGHT) == set(CONTRAST)


@pytest.mark.parametrize("made", [Theme(), Theme(contrast=True), Theme(text_size=115), Theme(True, 130)])
def test_the_sheet_has_every_token_replaced(made: Theme) -> None:
    assert "@" not in made.sheet()


def test_no_colour_stands_outside_the_tokens() -> None:
    hexes = re.compile(r"#[0-9A-Fa-f]{3,8}\b")
    files = [paths.resources() / "style.qss", paths.resources() / "style-contrast.qss"]
    files += [f for f in (paths.resources().parent / "src/hoctap_desktop/ui").rglob("*.py") if f.name != "theme.py"]
    assert {f.name: hexes.findall(f.read_text("utf-8")) for f in files if hexes.search(f.read_text("utf-8"))} == {}


def test_text_size_multiplies_type_and_heights(qapp: QApplication) -> None:
    theme.apply(qapp, Theme(text_size=130))
    try:
        assert theme.font("body").pixelSize() == 18
        assert theme.px(26) == 34
        assert "min-height: 42px" in theme.theme().sheet()
    finally:
        theme.apply(qapp, Theme())


def test_every_tone_of_a_chip_is_made_of_tokens() -> None:
    for look in chips.TONES.values():
        assert {look.ink, look.fill or "surface", look.edge or "ink"} <= set(LIGHT)


def test_our_own_fonts_are_there_on_any_machine(qapp: QApplication) -> None:
    theme.load_fonts()
    assert {"Noto Sans", "Noto Sans Mono"} <= set(QFontDatabase.families())
    assert QFontInfo(theme.font("body")).family() in ("Segoe UI", "Noto Sans")
    assert QFontInfo(theme.font("page")).bold()


def test_digits_are_all_of_one_width(qapp: QApplication) -> None:
    from PySide6.QtGui import QFontMetricsF

    metrics = QFontMetricsF(theme.font("body"))
    assert len({round(metrics.horizontalAdvance(digit), 3) for digit in "0123456789"}) == 1


def _pairs_of_the_sheet() -> set[tuple[str, str]]:
    """(text, behind) of every rule of the sheet that names both."""
    sheet = re.sub(r"/\*.*?\*/", "", (paths.resources() / "style.qss").read_text("utf-8"), flags=re.DOTALL)
    found = set()
    for selector, rule in re.findall(r"([^{}]+)\{([^{}]*)\}", sheet):
        text = re.search(r"(?<![-\w])color:\s*@([\w-]+)", rule)
        behind = re.search(r"background(?:-color)?:\s*@([\w-]+)", rule)
        if text and behind and "disabled" not in selector:  # exempt by rule: never needed to act
            found.add((text[1], behind[1]))
    return found


@pytest.mark.parametrize("tokens", [LIGHT, CONTRAST], ids=["light", "contrast"])
def test_every_pair_the_sheet_and_the_chips_use_can_be_read(tokens: dict[str, str]) -> None:
    pairs = _pairs_of_the_sheet()
    assert len(pairs) > 5
    pairs |= {(look.ink, look.fill or "surface") for look in chips.TONES.values()}
    low = {pair: round(contrast_ratio(tokens[pair[0]], tokens[pair[1]]), 2) for pair in pairs}
    assert {pair: ratio for pair, ratio in low.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("behind", ["surface", "window", "group", "head", "computed", "row-focus", "pri-tint"])
@pytest.mark.parametrize("text", ["ink", "ink2", "pri", "danger", "warn", "ok"])
def test_words_can_be_read_on_every_ground_they_stand_on(text: str, behind: str) -> None:
    for tokens in (LIGHT, CONTRAST):
        assert contrast_ratio(tokens[text], tokens[behind]) >= 4.5
