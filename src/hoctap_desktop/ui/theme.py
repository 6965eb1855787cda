"""How everything looks: colour tokens, type, space, and the style sheet filled from them.

No other file holds a colour. `color`, `font` and `px` read the theme in force, so painters need no reference to it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from hoctap_desktop.foundation import paths

# ../shared/look/look.md §2
LIGHT: Mapping[str, str] = {
    "ink": "#1A2129",
    "ink2": "#48525C",
    "ink3": "#5D6770",
    "window": "#F2F4F1",
    "side": "#E7EBE6",
    "surface": "#FFFFFF",
    "desk": "#D9DED8",
    "head": "#E7EAE6",
    "group": "#F6F8F5",
    "computed": "#EEF1ED",
    "line": "#D2D9D2",
    "line2": "#E4E8E3",
    "edge": "#84908A",
    "pri": "#24479A",
    "pri-dark": "#1B3779",
    "pri-tint": "#E6ECF8",
    "on-pri": "#FFFFFF",
    "row-focus": "#F0F4FC",
    "ok": "#1B6A3A",
    "ok-tint": "#E2F1E6",
    "ok-line": "#9CCBAA",
    "warn": "#7F4D00",
    "warn-tint": "#FDF0D0",
    "warn-line": "#B07A12",
    "warn-banner": "#D9AC4C",
    "danger": "#AE231B",
    "danger-tint": "#FBE8E5",
    "danger-line": "#E0988F",
    "returned": "#98380C",
    "returned-tint": "#FBE7DB",
    "again": "#64389A",
    "again-tint": "#EFE8F8",
    "none-held": "#2F575C",
    "none-held-tint": "#DFECEC",
    "none-held-line": "#9DB9BA",
    "exempt": "#48525C",
    "exempt-tint": "#E7EAE6",
    "disabled": "#76807B",
    "search-hit": "#FFE9A8",
    "hover": "#DCE2DB",
    "page-edge": "#B9C1BA",
    "handle": "#A9B4AC",
    "bar": "#7F97D1",
    "road": "#AAB3AD",
}
CONTRAST: Mapping[str, str] = {
    "ink": "#000000",
    "ink2": "#1F1F1F",
    "ink3": "#2E2E2E",
    "window": "#FFFFFF",
    "side": "#FFFFFF",
    "surface": "#FFFFFF",
    "desk": "#FFFFFF",
    "head": "#FFFFFF",
    "group": "#EDEDED",
    "computed": "#EDEDED",
    "line": "#000000",
    "line2": "#6B6B6B",
    "edge": "#000000",
    "pri": "#002C8F",
    "pri-dark": "#001B5C",
    "pri-tint": "#FFF7B8",
    "on-pri": "#FFFFFF",
    "row-focus": "#FFF7B8",
    "ok": "#004D1F",
    "ok-tint": "#FFFFFF",
    "ok-line": "#004D1F",
    "warn": "#5A3200",
    "warn-tint": "#FFFFFF",
    "warn-line": "#5A3200",
    "warn-banner": "#5A3200",
    "danger": "#8C0000",
    "danger-tint": "#FFFFFF",
    "danger-line": "#8C0000",
    "returned": "#000000",
    "returned-tint": "#FFFFFF",
    "again": "#000000",
    "again-tint": "#FFFFFF",
    "none-held": "#000000",
    "none-held-tint": "#FFFFFF",
    "none-held-line": "#000000",
    "exempt": "#000000",
    "exempt-tint": "#FFFFFF",
    "disabled": "#4A4A4A",
    "search-hit": "#FFF7B8",
    "hover": "#EDEDED",
    "page-edge": "#000000",
    "handle": "#2E2E2E",
    "bar": "#002C8F",
    "road": "#000000",
}

# role: px, line height, bold (look.md §3)
TYPE: Mapping[str, tuple[float, int, bool]] = {
    "display": (27, 34, True),  # the name of the program on the first page
    "usb": (24, 32, True),  # the one large banner
    "page": (21, 28, True),
    "card": (18, 26, True),
    "group": (16, 22, True),
    "reading": (15, 23, False),
    "body": (14, 20, False),
    "bold": (14, 20, True),
    "secondary": (13, 18, False),
    "axis": (12.5, 16, False),
}
FAMILIES = ("Segoe UI", "Noto Sans")
CODE_FAMILIES = ("Consolas", "Noto Sans Mono")
TEXT_SIZES = (100, 115, 130)

PAGE_MARGIN = 24
RADIUS = {"cell": 3, "field": 5, "button": 6, "card": 8, "chip": 12}
ROW = {"grid": 26, "grid2": 44, "totals": 27, "list": 32, "side": 38, "head": 32}
CHIP_HEIGHT = 24
NARROW_BELOW = 1200
WIDE_FROM = 1600

_TOKEN = re.compile(r"@(?:px\((\d+(?:\.\d+)?)\)|([a-z][a-z0-9]*(?:-[a-z0-9]+)*))")


@dataclass(frozen=True)
class Theme:
    """contrast: the high-contrast tokens; text_size: 100, 115 or 130 percent, for type and row heights."""

    contrast: bool = False
    text_size: int = 100

    @property
    def tokens(self) -> Mapping[str, str]:
        return CONTRAST if self.contrast else LIGHT

    @property
    def factor(self) -> float:
        return self.text_size / 100

    def sheet(self) -> str:
        """The application's style sheet with every @token and @px(n) replaced. Raises KeyError for a token unknown."""
        text = (paths.resources() / "style.qss").read_text("utf-8")
        if self.contrast:
            text += (paths.resources() / "style-contrast.qss").read_text("utf-8")

        def value(found: re.Match[str]) -> str:
            if found[1]:
                return f"{float(found[1]) * self.factor:.0f}px"
            return self.tokens[found[2]]

        return _TOKEN.sub(value, text)

    def palette(self) -> QPalette:
        """The palette of Fusion from the tokens, with the Disabled group."""
        token = {name: QColor(value) for name, value in self.tokens.items()}
        role = QPalette.ColorRole
        palette = QPalette()
        for part, name in (
            (role.Window, "window"),
            (role.WindowText, "ink"),
            (role.Base, "surface"),
            (role.AlternateBase, "group"),
            (role.Text, "ink"),
            (role.PlaceholderText, "ink3"),
            (role.Button, "surface"),
            (role.ButtonText, "ink"),
            (role.BrightText, "danger"),
            (role.Highlight, "pri-tint"),
            (role.HighlightedText, "ink"),
            (role.Link, "pri"),
            (role.LinkVisited, "pri"),
            (role.ToolTipBase, "surface"),
            (role.ToolTipText, "ink"),
            (role.Light, "surface"),
            (role.Midlight, "line2"),
            (role.Mid, "line"),
            (role.Dark, "edge"),
            (role.Shadow, "edge"),
            (role.Accent, "pri"),
        ):
            palette.setColor(part, token[name])
        for part in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
            palette.setColor(QPalette.ColorGroup.Disabled, part, token["disabled"])
        return palette


class _Watch(QObject):
    changed = Signal()


class _State:
    """What is in force. One per process, as there is one application."""

    theme = Theme()
    watch = _Watch()
    fonts_loaded = False


def theme() -> Theme:
    """The theme in force."""
    return _State.theme


def changed() -> _Watch:
    """Its signal `changed` comes after a new theme is in force; widgets that keep pixmaps or sizes listen."""
    return _State.watch


def apply(app: QApplication, new: Theme) -> None:
    """Puts `new` in force: fonts, palette, style sheet of the whole application."""
    _State.theme = new
    load_fonts()
    if app.style().objectName() != "fusion":
        app.setStyle("Fusion")
    app.setPalette(new.palette())
    app.setFont(font("body"))
    app.setStyleSheet(new.sheet())
    changed().changed.emit()


def load_fonts() -> None:
    """Registers Noto Sans and Noto Sans Mono, which ship with the program: a machine without them shows them too."""
    if _State.fonts_loaded:
        return
    for file in sorted((paths.resources() / "fonts" / "ui").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(file))
    _State.fonts_loaded = True


def color(token: str) -> QColor:
    """The colour of a token, e.g. "pri-tint"."""
    return QColor(_colour(_State.theme.tokens[token]))


@cache
def _colour(written: str) -> QColor:
    """Read once: cells ask for thousands of them a second."""
    return QColor(written)


def px(size: float) -> int:
    """A height or type size at the chosen text size, in whole logical pixels."""
    return round(size * _State.theme.factor)


def is_narrow(width: int) -> bool:
    """A window of this width has no room for everything beside one another; large letters need more of it."""
    return width < px(NARROW_BELOW)


def font(role: str = "body", *, bold: bool | None = None) -> QFont:
    """The font of a role of TYPE; digits all of one width."""
    size, _, heavy = TYPE[role]
    return QFont(_face(round(size * _State.theme.factor), heavy if bold is None else bold))


@cache
def _face(size: int, bold: bool) -> QFont:
    made = QFont()
    made.setFamilies(list(FAMILIES))
    made.setPixelSize(size)
    made.setBold(bold)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


def code_font(size: float = 13, *, bold: bool = False) -> QFont:
    """The font of codes and rows of numbers that are read out (paper code, key numbers)."""
    made = QFont()
    made.setFamilies(list(CODE_FAMILIES))
    made.setPixelSize(round(size * _State.theme.factor))
    made.setBold(bold)
    return made


def line_height(role: str) -> int:
    """The line height of a role, in pixels at the chosen text size."""
    return px(TYPE[role][1])
