"""A letter (công văn) on the page: what it is about under its number, whom it is addressed to, no title."""

from dataclasses import replace

import pytest

from hoctap_desktop.document import fonts
from hoctap_desktop.document.flow import pages
from hoctap_desktop.document.layout import MM, official
from hoctap_desktop.document.model import Addressees, Document, Paragraph, plain
from hoctap_desktop.document.pdf import render
from hoctap_desktop.document.pieces import Text
from hoctap_desktop.foundation.errors import Code, UserError
from tests.document.samples import LETTERHEAD, SENTENCE, document
from tests.document.word_files import model_text, text_of, word

LAYOUT = official()
ABOUT = "V/v đôn đốc nộp báo cáo kết quả Tuần lễ hưởng ứng học tập suốt đời năm 2022"
HEAD = replace(LETTERHEAD, symbol="UBND", about=ABOUT)
THREE = Addressees(("UBND xã Hà Thượng;", "UBND xã Phú Lạc;", "Trường THCS Hà Thượng."), "to")


def letter(to: Addressees = THREE) -> Document:
    return document((to, Paragraph(plain(f"{SENTENCE}./."), "p1")), letterhead=HEAD, title=None)


def texts(made: Document) -> list[tuple[float, Text]]:
    (page,) = pages(made, LAYOUT, fonts.measure())
    return [(placed.top, item) for placed in page for item in placed.piece.items if isinstance(item, Text)]


def test_what_it_is_about_stands_in_the_left_block_under_the_number() -> None:
    found = texts(letter())
    number = next(top + one.y for top, one in found if one.text == "Số:")
    about = [(top + one.y, one) for top, one in found if one.text and one.text in ABOUT and one.size == 13.0]
    assert " ".join(one.text for _, one in about) == ABOUT
    width = LAYOUT.letterhead.left - LAYOUT.letterhead.gutter
    for y, one in about:
        assert y > number
        middle = one.x + fonts.measure()(one.text, False, False, one.size) / 2
        assert middle == pytest.approx(width / 2, abs=0.5)
        assert not one.bold
        assert not one.italic
    assert {one.size for _, one in found if "KẾ HOẠCH" in one.text} == set()


def test_the_gap_for_the_number_is_as_wide_as_on_any_paper() -> None:
    blank = [(one.x, one.text) for _, one in texts(letter()) if one.text in ("Số:", "/UBND")]
    (left, lead), (right, _) = blank
    assert right - left - fonts.measure()(lead, False, False, 13.0) >= 25


def test_one_office_stands_in_the_line_of_the_lead_in_the_middle() -> None:
    found = texts(letter(Addressees(("Trường THCS Hà Thượng",))))
    line = next(one for _, one in found if one.text.startswith("Kính gửi:"))
    assert line.text == "Kính gửi: Trường THCS Hà Thượng"
    middle = line.x + fonts.measure()(line.text, False, False, line.size) / 2
    assert middle == pytest.approx(LAYOUT.page.text_width / 2, abs=0.5)


def test_several_offices_stand_below_one_another_under_the_colon() -> None:
    found = [one for _, one in texts(letter())]
    lead = next(one for one in found if one.text == "Kính gửi:")
    colon = lead.x + fonts.measure()("Kính gửi", False, False, lead.size)
    items = [one for one in found if one.text.startswith("- ") and one.size == 14.0]
    assert [one.text for one in items] == [f"- {each}" for each in THREE.to]
    assert {round(one.x - colon, 1) for one in items} == {0.0}
    assert lead.x == pytest.approx(24 * MM)


def test_nobody_to_write_to_leaves_no_line() -> None:
    assert not [one for _, one in texts(letter(Addressees(("", " ")))) if "Kính gửi" in one.text]


def test_word_has_the_same_words_in_the_same_order() -> None:
    for made in (letter(), letter(Addressees(("Trường THCS Hà Thượng",)))):
        assert "".join(text_of(word(made)).split()) == "".join(model_text(made).split())


def test_the_file_is_the_same_for_the_same_letter_and_says_where_its_parts_are() -> None:
    made = render(letter())
    assert made.data == render(letter()).data
    assert [mark.key for mark in made.marks] == ["letterhead", "to", "p1", "signature"]


def test_a_letter_that_cannot_be_printed_is_named_by_its_place() -> None:
    with pytest.raises(UserError) as caught:
        render(letter(Addressees(("Trường \u0e01",))))
    assert caught.value.code is Code.LETTER_MISSING
    assert "Kính gửi" in str(caught.value)
