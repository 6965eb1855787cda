"""Signs where the font's anchors put them; the letters without anchors are looked at in test_accents."""

import subprocess
import sys
from itertools import product
from typing import Any

import pytest
import uharfbuzz

from hoctap_desktop.document import fonts, page_content
from hoctap_desktop.document.accents import place_accents
from hoctap_desktop.document.model import Paragraph, Run
from hoctap_desktop.document.pdf import render
from hoctap_desktop.document.shaping import anchored
from hoctap_desktop.foundation import paths
from hoctap_desktop.foundation.text import to_nfc
from tests.document.samples import document
from tests.document.test_accents import EM, FACES, box, inked

LETTERS = "bcdfghkmpqtvxzBCDFMPQVX"


def by_harfbuzz(text: str, bold: bool, italic: bool) -> tuple[float, float] | None:
    """Where HarfBuzz draws the sign of a letter, in parts of the type size; None when it has no anchor for it."""
    face = uharfbuzz.Face((paths.resources() / "fonts" / fonts.FACES[bold, italic][1]).read_bytes())
    font, buffer = uharfbuzz.Font(face), uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer, {})
    if len(buffer.glyph_infos) != 2 or buffer.glyph_positions[1].position[:2] == (0, 0):
        return None
    letter, sign = buffer.glyph_positions
    return (letter.x_advance + sign.x_offset) / face.upem, sign.y_offset / face.upem


@pytest.mark.parametrize(("bold", "italic"), FACES)
def test_a_sign_stands_where_harfbuzz_draws_it_for_every_letter_with_an_anchor(bold: bool, italic: bool) -> None:
    found = 0
    for letter, sign in product(
        "bcdfghkmpqtvxzBCDFMPQVX", "\u0300\u0301\u0302\u0303\u0304\u0306\u0308\u030c\u0323\u0331"
    ):
        text = letter + sign
        wanted = None if len(to_nfc(text)) == 1 or fonts.lacking(text) else by_harfbuzz(text, bold, italic)
        if wanted is None:
            continue
        (accent,) = anchored(text, bold, italic)
        assert (accent.x / 1000, accent.y / 1000) == pytest.approx(wanted, abs=0.02)
        found += 1
    assert found > 60


@pytest.mark.parametrize(("bold", "italic"), FACES)
def test_our_own_placing_is_as_high_as_the_anchors(bold: bool, italic: bool) -> None:
    """So that letters with and without anchors look alike in one word; sideways the anchors follow each shape."""
    ink, slope = fonts.ink(bold, italic), fonts.slope(bold, italic)
    for letter in "bcdhkmpxBCDFX":
        for sign in "\u0306\u0302\u0304":
            text = letter + sign
            if signs := anchored(text, bold, italic) if len(to_nfc(text)) == 2 else ():
                (own,) = place_accents(text, ink, slope)
                assert own.y == pytest.approx(signs[0].y, abs=40), text


@pytest.mark.parametrize("text", [letter + "\u0306" for letter in "êôơưÊÔƠƯđƀ"])
def test_the_font_has_no_anchors_on_the_letters_of_the_highlands(text: str) -> None:
    assert all(anchored(text, bold, italic) == () for bold, italic in FACES)


def test_harfbuzz_lays_two_signs_of_a_letter_in_each_other() -> None:
    """Why ê̆ drawn in parts (e, circumflex, breve) is no way out: both signs hang on the e at one height."""
    font = uharfbuzz.Font(uharfbuzz.Face((paths.resources() / "fonts" / fonts.FACES[False, False][1]).read_bytes()))
    buffer: Any = uharfbuzz.Buffer()
    buffer.add_str("b\u0302\u0306")
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer, {})
    _, first, second = buffer.glyph_positions
    assert abs(first.y_offset - second.y_offset) < 10


@pytest.mark.parametrize(("bold", "italic"), FACES)
@pytest.mark.parametrize("text", ["c\u0306", "x\u0303", "d\u0302"])
def test_a_sign_by_its_anchor_is_clear_of_its_letter_on_the_page(text: str, bold: bool, italic: bool) -> None:
    bare, whole = inked(text[0], bold, italic), inked(text, bold, italic)
    assert len(bare - whole) < 0.03 * len(bare)
    sign = whole - bare
    top = box(bare)[1]
    above = [point for point in sign if point[1] < top]
    assert len(above) > 0.9 * len(sign)
    assert top - max(y for _, y in above) > 0.01 * EM


def test_the_page_is_drawn_by_the_anchors(monkeypatch: pytest.MonkeyPatch) -> None:
    made = document((Paragraph((Run("c\u0306", italic=True),)),))
    by_anchor = render(made).data
    monkeypatch.setattr(page_content, "anchored", lambda *_: ())
    assert render(made).data != by_anchor


def test_a_page_without_such_letters_loads_no_harfbuzz() -> None:
    program = (
        "import sys; from hoctap_desktop.document.pdf import render; from tests.document.samples import document;"
        "render(document()); assert 'uharfbuzz' not in sys.modules;"
        "from hoctap_desktop.document.shaping import anchored; assert anchored('c\\u0306', False, False)"
    )
    subprocess.run([sys.executable, "-c", program], check=True, cwd=paths.forms().parent)
