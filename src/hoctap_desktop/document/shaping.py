"""Where the font itself puts a sign on a letter: its anchors, read by HarfBuzz.

Asked for letters with a sign that Unicode has no single letter for. Liberation Serif has anchors for c̆ or x̣, but none
for ê, ô, ơ, ư: those are placed by accents.py (docs/decisions/0006).
"""

import functools
from typing import Any

from hoctap_desktop.document.accents import Accent, drawn_letter
from hoctap_desktop.document.fonts import FACES, measure
from hoctap_desktop.foundation import paths


@functools.lru_cache(maxsize=4096)
def anchored(cluster: str, bold: bool, italic: bool) -> tuple[Accent, ...]:
    """The sign of a letter with one sign where the font's anchors put it; () without anchors or with more signs."""
    if len(cluster) != 2:
        return ()
    font, unit = _font(bold, italic)
    import uharfbuzz

    buffer = uharfbuzz.Buffer()
    buffer.add_str(drawn_letter(cluster) + cluster[1])
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer, {})
    drawn = [info.codepoint for info in buffer.glyph_infos]
    if drawn != [font.get_nominal_glyph(ord(letter)) for letter in (drawn_letter(cluster), cluster[1])]:
        return ()
    letter, sign = buffer.glyph_positions
    if (sign.x_offset, sign.y_offset) == (0, 0):
        return ()
    return (Accent(cluster[1], (letter.x_advance + sign.x_offset) * unit, sign.y_offset * unit),)


@functools.cache
def _font(bold: bool, italic: bool) -> tuple[Any, float]:
    """A face for HarfBuzz, and its unit in thousandths of the type size."""
    measure()  # reportlab is loaded first: while it is, uharfbuzz is hidden from it
    import uharfbuzz

    data = (paths.resources() / "fonts" / FACES[bold, italic][1]).read_bytes()
    face = uharfbuzz.Face(data)
    return uharfbuzz.Font(face), 1000 / face.upem
