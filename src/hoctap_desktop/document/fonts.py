"""Liberation Serif, shipped and embedded: how wide text is, where its ink is, and which letters there are.

Loads reportlab when asked.
"""

import functools
import struct
import threading
import unicodedata
from collections.abc import Mapping
from typing import Any

from hoctap_desktop.document.accents import Ink, InkOf, can_be_placed
from hoctap_desktop.document.lines import Measure
from hoctap_desktop.foundation import paths

# (bold, italic) -> name in the PDF library, file in resources/fonts. The library caches fonts by these names.
FACES: Mapping[tuple[bool, bool], tuple[str, str]] = {
    (False, False): ("HoctapSerif", "LiberationSerif-Regular.ttf"),
    (True, False): ("HoctapSerif-Bold", "LiberationSerif-Bold.ttf"),
    (False, True): ("HoctapSerif-Italic", "LiberationSerif-Italic.ttf"),
    (True, True): ("HoctapSerif-BoldItalic", "LiberationSerif-BoldItalic.ttf"),
}
_loading = threading.Lock()


def face(bold: bool, italic: bool) -> str:
    """The name of a face in the PDF library, registered."""
    _faces()
    return FACES[bold, italic][0]


def measure() -> Measure:
    """The function that says how wide a text is in one of the faces."""
    faces = _faces()
    widths = {style: faces[style].face.charWidths for style in FACES}

    @functools.lru_cache(maxsize=20_000)
    def thousandths(text: str, bold: bool, italic: bool) -> float:
        known = widths[bold, italic]
        return float(sum(known.get(ord(letter), 0) for letter in text))

    return lambda text, bold, italic, size: thousandths(text, bold, italic) * size / 1000


def lacking(text: str) -> str:
    """The first letter of `text` (NFC) that cannot be printed right, "" when all can.

    A sign without a precomposed letter (ê̆ of Ê Đê names) can, when it stands above or below a letter; one that is
    to be joined to its letter, or that has none, is named with the letter before it.
    """
    known = _letters()
    for place, letter in enumerate(text):
        if unicodedata.combining(letter):
            bare = place == 0 or not text[place - 1].isprintable() or text[place - 1].isspace()
            if bare or letter not in known or not can_be_placed(letter):
                return text[max(place - 1, 0) : place + 1]
        elif letter not in known:
            return letter
    return ""


def ink(bold: bool, italic: bool) -> InkOf:
    """The function that says where a letter of a face has ink. KeyError for a letter the face lacks."""
    _faces()
    return _ink(bold, italic)


def slope(bold: bool, italic: bool) -> float:
    """How many degrees a face leans to the right."""
    return -float(_faces()[bold, italic].face.italicAngle)


@functools.cache
def _ink(bold: bool, italic: bool) -> InkOf:
    face_ = _load()[bold, italic].face
    outlines, places = face_.get_table("glyf"), face_.get_table("loca")
    wide = struct.unpack(">h", face_.get_table("head")[50:52])[0]  # places as 4 bytes, else as half of it in 2
    scale = 1000 / face_.unitsPerEm

    @functools.cache
    def of(letter: str) -> Ink:
        glyph = face_.charToGlyph[ord(letter)]
        start = (
            struct.unpack(">L", places[4 * glyph : 4 * glyph + 4])[0]
            if wide
            else 2 * struct.unpack(">H", places[2 * glyph : 2 * glyph + 2])[0]
        )
        left, bottom, right, top = struct.unpack(">4h", outlines[start + 2 : start + 10])
        return Ink(left * scale, bottom * scale, right * scale, top * scale)

    return of


@functools.cache
def _letters() -> frozenset[str]:
    """The letters that all four faces have."""
    sets = [set(font.face.charToGlyph) for font in _faces().values()]
    return frozenset(chr(code) for code in set.intersection(*sets))


@functools.cache
def _load() -> Mapping[tuple[bool, bool], Any]:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    loaded = {}
    for style, (name, file) in FACES.items():
        loaded[style] = TTFont(name, str(paths.resources() / "fonts" / file), shapable=False)
        pdfmetrics.registerFont(loaded[style])
    return loaded


def _faces() -> Mapping[tuple[bool, bool], Any]:
    with _loading:  # the preview and an export may ask at the same time
        return _load()
