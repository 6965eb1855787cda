"""Liberation Serif, shipped and embedded: how wide text is, and which letters there are. Loads reportlab when asked."""

import functools
import threading
import unicodedata
from collections.abc import Mapping
from typing import Any

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

    Beside letters the font has no glyph for these are marks with no precomposed letter (ê̆ of Ê Đê names): the font
    has the mark, but without shaping it would stand in the wrong place.
    """
    known = _letters()
    for place, letter in enumerate(text):
        if unicodedata.combining(letter):
            return text[max(place - 1, 0) : place + 1]
        if letter not in known:
            return letter
    return ""


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
