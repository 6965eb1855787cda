"""Search in printed pages: accents count when the query has some, hits have their place."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from hoctap_desktop.foundation.text import clean_line, matches
from hoctap_desktop.ui.widgets.page_text import Box, PageText, count_words, find


def page(text: str) -> PageText:
    """Letters 10 wide in lines 20 high, without room for line ends."""
    boxes: list[Box | None] = []
    row = column = 0
    for letter in text:
        if letter == "\n":
            boxes.append(None)
            row, column = row + 1, 0
        else:
            boxes.append(Box(column * 10, row * 20, column * 10 + 10, row * 20 + 14))
            column += 1
    return PageText(text, tuple(boxes))


def found(query: str, text: str) -> int:
    return len(find(query, [page(text)]))


def test_a_query_without_accents_finds_all() -> None:
    assert found("ha thuong", "UBND xã Hà Thượng, HÀ THƯỢNG, hạ thương") == 3
    assert found("dai tu", "huyện Đại Từ") == 1


def test_a_query_with_accents_finds_only_these() -> None:
    assert found("Hà Thượng", "UBND xã Hà Thượng, HÀ THƯỢNG, hạ thương") == 2
    assert found("thướng", "Thượng") == 0


def test_the_old_and_the_new_place_of_a_tone_are_one() -> None:
    assert found("hoà", "hòa bình, HOÀ BÌNH, hoa") == 2


def test_a_word_typed_halfway_is_found() -> None:
    assert found("thượ", "xã Hà Thượng") == 1


def test_decomposed_letters_are_found_with_their_marks() -> None:
    text = unicodedata.normalize("NFD", "xã Hà Thượng")
    for query in ("Hà Thượng", unicodedata.normalize("NFD", "Hà Thượng"), "ha thuong"):
        (hit,) = find(query, [page(text)])
        assert hit.boxes[0].right == len(text) * 10
    assert found("chư̆", "buôn Chư̆ Đăng") == 1


def test_a_hit_over_a_line_end_has_a_box_on_each_line() -> None:
    (hit,) = find("toàn dân học", [page("Ngày hội toàn dân\nhọc tập")])
    assert hit.boxes == (Box(90, 0, 170, 14), Box(0, 20, 30, 34))


def test_the_hyphen_at_a_line_end_is_a_hyphen() -> None:
    assert found("gd-đt", "Phòng GD\x02ĐT") == 1


def test_hits_come_in_reading_order_with_their_page() -> None:
    hits = find("tuần", [page("Tuần lễ, tuần"), page("không"), page("lễ tuần")])
    assert [(hit.page, hit.boxes[0].left) for hit in hits] == [(0, 0), (0, 90), (2, 30)]


def test_nothing_typed_finds_nothing() -> None:
    assert found("", "a") == found("  ", "a  b") == found("a", "") == 0


WORDS = st.text("aàáãeêểoòóuưứđĐHhCc ̣", max_size=12)


@given(WORDS, WORDS)
def test_what_matches_is_found(query: str, text: str) -> None:
    query, text = clean_line(query), clean_line(text)
    if query and matches(query, text):
        assert found(query, text) >= 1
    elif query and unicodedata.normalize("NFC", query).casefold() not in unicodedata.normalize("NFC", text).casefold():
        assert found(query, text) == 0


@given(st.text(max_size=6), st.text(max_size=30))
def test_any_text_can_be_searched(query: str, text: str) -> None:
    for hit in find(query, [page(text)]):
        assert all(box.right > box.left for box in hit.boxes)


def test_the_count_is_said() -> None:
    assert count_words(2, 12) == "3 trên 12"
    assert count_words(0, 0) == "Không thấy"
