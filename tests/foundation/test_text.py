import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoctap_desktop.foundation.text import (
    breakable,
    clean_line,
    clean_lines,
    findable,
    finder,
    fold,
    matches,
    seen,
    shortened,
    shortened_inside,
    slug,
    sort_key,
    to_nfc,
    unbroken,
    unseen,
    without_marks,
)


def test_a_decomposed_name_is_the_same_name() -> None:
    assert to_nfc(unicodedata.normalize("NFD", "Đặng Văn Thi")) == "Đặng Văn Thi"


@given(st.sampled_from(["son ha", "Sơn Hạ", "sơn", "hoà", "Cẩm Giang", "đ", "D", ""]), st.text(max_size=12))
def test_a_finder_finds_what_matches_does(query: str, more: str) -> None:
    holds = finder(query)
    for name in ("Sơn Hà", "Sơn Hạ", "Hòa Bình", "Cẩm Giàng", "Đức Lương", more):
        assert holds(findable(name)) == matches(query, name)


def test_search_without_accents_finds_both_names_and_with_accents_one() -> None:
    names = ["Sơn Hà", "Sơn Hạ", "Hà Thượng"]
    assert [name for name in names if matches("son ha", name)] == ["Sơn Hà", "Sơn Hạ"]
    assert [name for name in names if matches("Sơn Hạ", name)] == ["Sơn Hạ"]


def test_d_with_a_bar_folds_to_d() -> None:
    assert without_marks("Đắk Lắk") == "dak lak"
    assert matches("dak", "Đắk Lắk")


def test_the_old_and_the_new_place_of_a_tone_match_but_are_kept_as_typed() -> None:
    assert fold("Hoà Bình") == fold("Hòa Bình")
    assert clean_line("Hoà Bình") == "Hoà Bình"


def test_names_sort_in_the_order_of_the_vietnamese_alphabet() -> None:
    in_order = ["An", "Ăn", "Ân", "Ba", "Bà", "Bả", "Bã", "Bá", "Bạ", "Da", "Đa", "Ơn", "Xã 2", "Xã 10", "Ý"]
    assert sorted(set(in_order), key=sort_key) == in_order


def test_a_tone_counts_only_when_the_letters_are_alike() -> None:
    assert sort_key("Hạ An") < sort_key("Hà Bình")


def test_what_a_paste_hides_is_dropped() -> None:
    assert clean_line("  Hà\u200b Thượng\t\u202e xã \x07") == "Hà Thượng xã"
    assert clean_lines("một\r\n hai \u200f\n\n") == "một\n hai"


def test_a_file_name_is_plain_ascii() -> None:
    assert slug("UBND xã Ea H’Leo – Đắk Lắk") == "ubnd-xa-ea-h-leo-dak-lak"


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean_line(clean_line(text)) == clean_line(text)
    assert clean_lines(clean_lines(text)) == clean_lines(text)


@given(st.text(), st.text())
def test_the_sort_key_orders_any_two_texts(one: str, other: str) -> None:
    assert (sort_key(one) < sort_key(other)) or (sort_key(one) >= sort_key(other))


@pytest.mark.parametrize("name", ["Ba Tơ", "Ba Tô"])
def test_a_name_is_found_by_itself(name: str) -> None:
    assert matches(name, f"xã {name}")


def test_a_name_with_accents_is_not_found_by_one_that_lacks_a_tone() -> None:
    names = ["xã Cẩm Giang", "xã Cẩm Giàng"]
    assert [name for name in names if matches("Cẩm Giang", name)] == ["xã Cẩm Giang"]
    assert [name for name in names if matches("Cẩm Giàng", name)] == ["xã Cẩm Giàng"]


@pytest.mark.parametrize("typed", ["Cẩm G", "Cẩm Gia", "cẩm giang", "Cẩm Già", "Cẩm Giàng", "cam giang"])
def test_the_last_word_need_not_be_typed_to_its_end(typed: str) -> None:
    assert matches(typed, "xã Cẩm Giàng") == (typed != "cẩm giang")


@given(st.text())
def test_what_a_line_loses_is_counted_and_what_is_left_out_is_only_that(words: str) -> None:
    plain = to_nfc(words)
    assert unseen(plain) == len(plain) - len(seen(plain))
    assert unseen(seen(plain)) == 0
    assert clean_lines(seen(plain)) == clean_lines(plain)
    assert clean_line(seen(plain)) == clean_line(plain)


def test_words_and_white_space_are_seen() -> None:
    assert unseen("Hà Thượng\t\n\r\u00a0năm 2022 😀 «» “”") == 0
    assert unseen("\u200b\u202e\u00ad\ufeff\x00\x07\u2066") == 7


def test_what_is_shortened_is_no_longer_than_asked_with_the_mark_that_says_so() -> None:
    assert shortened("Hà Thượng", 9) == "Hà Thượng"
    assert shortened("xã Hà Thượng", 9) == "xã Hà Th…"
    assert shortened("Hà Thượng", 4) == "Hà…"


def test_a_word_no_line_holds_may_break_but_never_before_a_mark() -> None:
    assert breakable("Tuần lễ hưởng ứng học tập suốt đời năm 2022") == "Tuần lễ hưởng ứng học tập suốt đời năm 2022"
    word = "a" * 31 + "e\u0302\u0306" * 20
    broken = breakable(word)
    assert broken != word
    assert unbroken(broken) == word
    assert "\u200b\u0302" not in broken
    assert "\u200b\u0306" not in broken


@given(st.text(max_size=200), st.integers(6, 60))
def test_a_name_shortened_inside_keeps_its_end(text: str, most: int) -> None:
    short = shortened_inside(text, most)
    assert len(short) <= most
    assert short == text or text.endswith(short.rpartition("…")[2])
