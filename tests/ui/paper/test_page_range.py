"""Which pages to print: what is typed, strictly read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoctap_desktop.ui.paper.page_range import (
    Pages,
    Part,
    chosen_pages,
    print_pages,
    print_words,
    read_pages,
    sent_words,
)


@given(st.sets(st.integers(1, 60), min_size=1))
def test_what_is_printed_is_read_again(numbers: set[int]) -> None:
    assert read_pages(print_pages(numbers), 60) == Pages(tuple(sorted(numbers)))


@given(st.text("0123456789,-–; a\u2009٣", max_size=14), st.integers(1, 30))
def test_anything_typed_gives_pages_of_the_document_or_a_sentence(typed: str, total: int) -> None:
    found = read_pages(typed, total)
    assert bool(found.numbers) != bool(found.wrong)
    assert all(1 <= number <= total for number in found.numbers)
    assert list(found.numbers) == sorted(set(found.numbers))
    if found.numbers:
        assert read_pages(print_pages(found.numbers), total) == found


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [("1", (1,)), (" 1 , 3 - 5 ", (1, 3, 4, 5)), ("3–5", (3, 4, 5)), ("5,1", (1, 5)), ("2-2", (2,)), ("02", (2,))],
)
def test_numbers_ranges_and_commas_are_read(typed: str, numbers: tuple[int, ...]) -> None:
    assert read_pages(typed, 5) == Pages(numbers)


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ("", "Nhập số trang, ví dụ 1, 3-5."),
        ("1,,2", "Thừa dấu phẩy. Bỏ bớt hoặc thêm số trang."),
        ("1,", "Thừa dấu phẩy. Bỏ bớt hoặc thêm số trang."),
        ("hai", "«hai» không phải số trang. Viết như 1, 3-5."),
        ("1;2", "«1;2» không phải số trang. Viết như 1, 3-5."),
        ("1 2", "«1 2» không phải số trang. Viết như 1, 3-5."),
        ("٣", "«٣» không phải số trang. Viết như 1, 3-5."),
        ("0", "Không có trang 0: văn bản có 5 trang."),
        ("4-6", "Không có trang 6: văn bản có 5 trang."),
        ("9" * 5000, "Không có trang 99999999999…: văn bản có 5 trang."),
        ("5-3", "«5-3» viết ngược. Viết 3-5."),
        ("3-", "«3-» thiếu trang cuối. Viết như 3-5."),
        ("-3", "«-3» thiếu trang đầu. Viết như 3-5."),
        ("1-2-3", "«1-2-3» có hai dấu gạch. Viết như 1, 3-5."),
        ("1-3, 2", "Trang 2 ghi hai lần. Chỉ ghi một lần."),
    ],
)
def test_a_slip_is_told(typed: str, wrong: str) -> None:
    assert read_pages(typed, 5) == Pages(wrong=wrong)


def test_all_this_page_and_some() -> None:
    assert chosen_pages(Part.ALL, "9", 2, 3).numbers == (1, 2, 3)
    assert chosen_pages(Part.THIS, "9", 2, 3).numbers == (2,)
    assert chosen_pages(Part.THIS, "", 4, 3).numbers == (3,)  # a shorter document came while the last page was seen
    assert chosen_pages(Part.SOME, "1,3", 2, 3).numbers == (1, 3)
    assert chosen_pages(Part.ALL, "", 0, 0) == Pages()
    assert chosen_pages(Part.THIS, "", 0, 0).wrong == "Trang in chưa sẵn sàng."


def test_button_and_banner_say_the_pages_when_they_are_not_all() -> None:
    assert print_words(2, Pages((1, 2, 3)), 3) == "In 2 bản"
    assert print_words(2, Pages((2,)), 3) == "In 2 bản, trang 2"
    assert print_words(1, Pages((1, 3)), 3) == "In 1 bản, 2 trang"
    assert sent_words(2, Pages((1, 2, 3)), 3, "HP") == "Đã gửi 2 bản đến máy in HP."
    assert sent_words(2, Pages((1, 3, 4)), 5, "HP") == "Đã gửi 2 bản trang 1, 3-4 đến máy in HP."
