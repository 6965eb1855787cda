"""Letters of the highlands' languages that have no sign of their own, looked at as pictures of the printed page."""

from collections.abc import Callable
from dataclasses import replace
from itertools import product
from typing import Any

import pypdfium2
import pytest

from hoctap_desktop.document import accents, fonts, page_content
from hoctap_desktop.document.accents import Accent
from hoctap_desktop.document.lines import broken
from hoctap_desktop.document.model import Paragraph, Run
from hoctap_desktop.document.pdf import render
from tests.document.samples import SIGNATURE, Paper, document

BREVE = "\u0306"
DOT_BELOW = "\u0323"
SCALE = 8.0
EM = 14 * SCALE
FACES = list(product((False, True), repeat=2))
BY_BREVE = [letter + BREVE for letter in "êôơưÊÔƠƯ"]


def inked(text: str, bold: bool, italic: bool) -> frozenset[tuple[int, int]]:
    """The dark points of the first paragraph's line when it says `text`: (x, y), y downwards."""
    made = document((Paragraph((Run(text, bold, italic),), "p"),), recipients=None, signature=None)
    printed = render(made)
    mark = next(mark for mark in printed.marks if mark.key == "p")
    with pypdfium2.PdfDocument(printed.data) as file:
        height = file[0].get_height()
        bitmap: Any = file[0].render(
            scale=SCALE, grayscale=True, crop=(100, height - mark.bottom - 6, 400, mark.top - 6)
        )
        picture = bitmap.to_pil()
    wide = picture.width
    return frozenset((n % wide, n // wide) for n, value in enumerate(picture.tobytes()) if value < 128)


def box(points: frozenset[tuple[int, int]]) -> tuple[int, int, int, int]:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def faults(letter: str, bold: bool, italic: bool) -> list[str]:
    """What is wrong with how the accent of `letter` (a letter and one sign) looks beside the font's own ă, ẹ."""
    base, sign = letter[0], letter[1]
    reference = ("ă", "a") if sign == BREVE else ("ẹ", "e")
    gap, lean = _distance(inked(reference[0], bold, italic), inked(reference[1], bold, italic), sign)
    bare, whole = inked(base, bold, italic), inked(letter, bold, italic)
    wrong = []
    if len(bare - whole) > 0.02 * len(bare):
        wrong.append("the letter itself has changed")
    if not whole - bare:
        return [*wrong, "no accent"]
    own_gap, own_lean = _distance(whole, bare, sign)
    if own_gap < 0.01 * EM:
        wrong.append("the accent lies in the letter")
    if abs(own_gap - gap) > 0.04 * EM:
        wrong.append("the accent stands too far off or too near")
    horn = 0.09 * EM if base.lower() in "ơư" else 0.0  # the ink of the letter goes on to the right
    leaning = 0.12 * EM if italic else 0.0  # what stands further up or down stands further aside
    up = sign == BREVE
    if not -0.05 * EM - horn - (0 if up else leaning) <= own_lean - lean <= 0.05 * EM + (leaning if up else 0):
        wrong.append("the accent stands beside the letter")
    return wrong


def _distance(whole: frozenset[tuple[int, int]], bare: frozenset[tuple[int, int]], sign: str) -> tuple[float, float]:
    """Free height between letter and accent, and how far the accent's middle is right of the letter's."""
    left, top, right, bottom = box(bare)
    outside = frozenset(p for p in whole - bare if (p[1] < top if sign == BREVE else p[1] > bottom))
    if not outside or len(outside) < 0.9 * len(whole - bare):
        return 0.0, 0.0
    a_left, a_top, a_right, a_bottom = box(outside)
    gap = top - a_bottom if sign == BREVE else a_top - bottom
    return float(gap), (a_left + a_right - left - right) / 2


@pytest.mark.parametrize(("bold", "italic"), FACES)
def test_each_accent_stands_above_its_letter_in_the_middle_and_touches_nothing(bold: bool, italic: bool) -> None:
    found = {letter: faults(letter, bold, italic) for letter in [*BY_BREVE]}
    assert {letter: wrong for letter, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize(("bold", "italic"), FACES)
def test_an_accent_below_stands_below(bold: bool, italic: bool) -> None:
    found = {letter: faults(letter, bold, italic) for letter in ("ƀ" + DOT_BELOW, "č" + DOT_BELOW)}
    assert {letter: wrong for letter, wrong in found.items() if wrong} == {}


def test_the_checker_sees_an_accent_drawn_without_placing_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """A twin: the signs drawn where the font alone would put them, or pushed to the side."""

    def nowhere(cluster: str, _ink: accents.InkOf, _slope: float) -> tuple[Accent, ...]:
        return tuple(Accent(sign, 0.0, 0.0) for sign in cluster[1:])

    def aside(cluster: str, ink: accents.InkOf, slope: float) -> tuple[Accent, ...]:
        return tuple(replace(accent, x=accent.x + 250) for accent in real(cluster, ink, slope))

    real: Callable[[str, accents.InkOf, float], tuple[Accent, ...]] = accents.place_accents
    for twin in (nowhere, aside):
        monkeypatch.setattr(page_content, "place_accents", twin)
        assert all(faults(letter, False, False) for letter in ("ê" + BREVE, "Ơ" + BREVE))


def test_our_placing_agrees_with_the_fonts_own_composed_letters() -> None:
    for bold, italic in FACES:
        ink, slope = fonts.ink(bold, italic), fonts.slope(bold, italic)
        for letter, base, sign in (("ă", "a", BREVE), ("ŏ", "o", BREVE), ("č", "c", "\u030c"), ("ẹ", "e", DOT_BELOW)):
            (accent,) = accents.place_accents(base + sign, ink, slope)
            own = ink(letter)
            if sign == DOT_BELOW:
                assert ink(sign).bottom + accent.y == pytest.approx(own.bottom, abs=45)
            else:
                assert ink(sign).top + accent.y == pytest.approx(own.top, abs=45)


def test_several_accents_of_one_letter_stand_over_each_other() -> None:
    ink = fonts.ink(False, False)
    first, second = accents.place_accents("e\u0302\u0306", ink, 0.0)
    assert ink("\u0306").bottom + second.y > ink("\u0302").top + first.y
    assert accents.place_accents("ệ" + BREVE, ink, 0.0)[0].y > 0


def test_names_come_out_of_the_file_as_they_went_in() -> None:
    names = ["H'Yim Kđoh", "H'Bia Ê\u0306ban", "Y Thô\u0306ng Mlô", "Kbuô\u0306r", "ƀuôn Ư\u0306 čư ñu", "i\u030a"]
    made = document(
        tuple(
            Paragraph((Run(f"Ông {name}, bà {name} và các bạn", bold, italic),))
            for name in names
            for bold, italic in FACES
        ),
        signature=replace(SIGNATURE, name=names[1]),
    )
    with Paper(render(made).data) as page:
        text = page.text()
        for name in names:
            assert text.count(f"Ông {name}, bà {name} và các bạn") == len(FACES)
        assert text.endswith(names[1])


def test_a_line_is_never_broken_between_a_letter_and_its_accent() -> None:
    measure = fonts.measure()
    lines = broken((Run("ê\u0306" * 200),), 14.0, 100.0, measure)
    assert len(lines) > 3
    assert all(span.text.startswith("ê") and span.text.endswith(BREVE) for line in lines for span in line.spans)


@pytest.mark.parametrize("text", ["a\u0334", "a\u0361b", "\u0306a", "a \u0306b"])
def test_a_sign_that_cannot_be_placed_is_refused(text: str) -> None:
    assert fonts.lacking(text) != ""
