"""The styles of a Word file: what each says of its letters, with what it inherits."""

from collections.abc import Iterator
from dataclasses import dataclass

from hoctap_desktop.plan.docx_package import Element, W

_OFF = ("0", "false", "off", "none")


@dataclass(frozen=True)
class Look:
    """How letters look; None where nothing is said."""

    bold: bool | None = None
    italic: bool | None = None
    capitals: bool | None = None
    hidden: bool | None = None
    font: str | None = None

    def over(self, below: "Look") -> "Look":
        """This look, with the gaps filled from another."""
        return Look(
            below.bold if self.bold is None else self.bold,
            below.italic if self.italic is None else self.italic,
            below.capitals if self.capitals is None else self.capitals,
            below.hidden if self.hidden is None else self.hidden,
            below.font if self.font is None else self.font,
        )


def _switch(properties: Element, name: str) -> bool | None:
    found = properties.find(f"{W}{name}")
    return None if found is None else found.get(f"{W}val") not in _OFF


def look_of(properties: Element | None) -> Look:
    """What properties of letters (w:rPr) say."""
    if properties is None:
        return Look()
    fonts = properties.find(f"{W}rFonts")
    font = None if fonts is None else fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi")
    bold, italic, capitals, hidden = (_switch(properties, name) for name in ("b", "i", "caps", "vanish"))
    return Look(bold, italic, capitals, hidden, font)


def value_of(parent: Element | None, name: str) -> str | None:
    """The value (w:val) of a child, None where there is none."""
    found = None if parent is None else parent.find(f"{W}{name}")
    return None if found is None else found.get(f"{W}val")


@dataclass
class Style:
    id: str
    based_on: str
    look: Look
    properties: Element | None
    heading: bool


class Styles:
    """The styles of a document, each with what it inherits."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Style] = {}
        self.plain = Look()
        self.default = ""
        if root is None:
            return
        defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self.plain = look_of(defaults)
        for found in root.iter(f"{W}style"):
            id = found.get(f"{W}styleId") or ""
            properties = found.find(f"{W}pPr")
            name = (value_of(found, "name") or "").lower()
            heading = name.startswith("heading") or value_of(properties, "outlineLvl") not in (None, "9")
            based_on = value_of(found, "basedOn") or ""
            self._styles[id] = Style(id, based_on, look_of(found.find(f"{W}rPr")), properties, heading)
            if found.get(f"{W}type") == "paragraph" and found.get(f"{W}default") == "1":
                self.default = id

    def chain(self, id: str) -> Iterator[Style]:
        """A style and what it is based on, the nearest first; a circle ends where it closes."""
        seen: set[str] = set()
        while id in self._styles and id not in seen:
            seen.add(id)
            yield self._styles[id]
            id = self._styles[id].based_on

    def look(self, id: str) -> Look:
        found = Look()
        for style in self.chain(id):
            found = found.over(style.look)
        return found

    def is_heading(self, id: str) -> bool:
        return any(style.heading for style in self.chain(id))
