"""Breaking text into lines."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from hoctap_desktop.document.lines import NO_BREAK, Line, balanced, broken, held, longest_word, printable
from hoctap_desktop.document.model import Run, plain
from hoctap_desktop.foundation.text import clean_line


def wide(text: str, bold: bool, italic: bool, size: float) -> float:
    """Every letter as wide as the type is high."""
    return len(text) * size


def texts(lines: list[Line]) -> list[str]:
    return ["".join(span.text for span in line.spans) for line in lines]


def test_a_line_is_as_full_as_can_be_and_no_wider() -> None:
    assert texts(broken(plain("một hai ba bốn"), 1, 8, wide)) == ["một hai", "ba bốn"]


def test_the_first_line_is_shorter_by_its_indent() -> None:
    assert texts(broken(plain("một hai ba bốn"), 1, 8, wide, indent=2)) == ["một", "hai ba", "bốn"]


def test_a_word_too_long_for_any_line_is_torn_and_not_lost() -> None:
    assert texts(broken(plain("a bbbbbbbbbbbb c"), 1, 5, wide)) == ["a", "bbbbb", "bbbbb", "bb c"]


def test_a_long_name_of_a_file_is_torn_behind_its_hyphens() -> None:
    name = "05812-ubnd-xa-ha-thuong-bao-cao.htgoi"
    assert texts(broken(plain(name), 1, 14, wide)) == ["05812-ubnd-xa-", "ha-thuong-bao-", "cao.htgoi"]
    assert longest_word(plain(name), 1, wide) == len(name)
    assert longest_word(plain(name), 1, wide, torn=True) == len("cao.htgoi")


def test_a_held_pair_wider_than_the_line_breaks_at_its_spaces() -> None:
    assert texts(broken(plain("ngày 05 tháng 02"), 1, 8, wide)) == ["ngày 05", "tháng 02"]


def test_no_break_pairs() -> None:
    for pair in (
        "ngày 05 tháng 02",
        "số 21/KH-UBND",
        "KT. CHỦ TỊCH",
        "TM. ỦY BAN",
        "năm 2027",
        "7 giờ 00",
        "5.000 đồng",
    ):
        assert held(f"xem {pair} này") == f"xem {pair.replace(' ', NO_BREAK)} này"


def test_other_words_are_left_free() -> None:
    for free in ("trong ngày hội", "một số người 5", "ngày 06/10/2022", "số 747/CV-PGDĐT-GDTX-KTKĐ-2022", "phần vào"):
        assert NO_BREAK not in held(free)


def test_a_pair_holds_where_its_style_changes() -> None:
    lines = broken((Run("từ ngày "), Run("05", bold=True), Run(" tháng 02")), 1, 17, wide)
    assert texts(lines) == ["từ", "ngày 05 tháng 02"]
    assert [span.bold for span in lines[1].spans] == [False, True, False]


def test_a_dash_never_begins_a_line() -> None:
    assert texts(broken(plain("Độc lập - Tự do"), 1, 8, wide)) == ["Độc", "lập - Tự", "do"]


def test_balanced_lines_are_alike_and_no_more_than_needed() -> None:
    assert texts(balanced(plain("aa bb cc dd ee ff gg"), 1, 18, wide)) == ["aa bb cc dd", "ee ff gg"]
    assert texts(balanced(plain("ngắn verylongword"), 1, 12, wide)) == ["ngắn", "verylongword"]


def test_a_centred_line_does_not_tear_a_compound_unless_it_must() -> None:
    name = plain("TRƯỜNG MẦM NON HÀ THƯỢNG")
    assert texts(balanced(name, 1, 20, wide)) == ["TRƯỜNG MẦM NON", "HÀ THƯỢNG"]
    assert texts(balanced(name, 1, 13, wide)) == ["TRƯỜNG MẦM", "NON HÀ THƯỢNG"]


def test_decomposed_and_invisible_text_is_made_printable() -> None:
    assert printable(unicodedata.normalize("NFD", "Hà Thượng")) == "Hà Thượng"
    assert printable("a\u200bb\tc\u00a0 d\u2011e\n") == "ab c\u00a0 d-e "


def test_spaces_at_a_change_of_style_are_neither_lost_nor_doubled() -> None:
    (line,) = broken((Run("Mục "), Run("một", bold=True), Run(": hai")), 1, 100, wide)
    assert [(span.text, span.x, span.spaces) for span in line.spans] == [("Mục ", 0, 0), ("một", 4, 1), (": hai", 7, 1)]


styled = st.builds(Run, st.text("aă đ -/.05ngàytháng", max_size=30), st.booleans(), st.booleans())


@given(st.lists(styled, max_size=6).map(tuple), st.integers(3, 30), st.integers(0, 2))
def test_no_letter_is_lost_and_no_line_too_wide(runs: tuple[Run, ...], width: int, indent: int) -> None:
    lines = broken(runs, 1, width, wide, indent=indent)
    letters = "".join("".join(texts(lines)).split())
    assert letters == "".join("".join(printable(run.text) for run in runs).split())
    for number, line in enumerate(lines):
        assert line.width <= width - (indent if number == 0 else 0)
        assert line.spaces == "".join(span.text for span in line.spans).count(" ")
    assert [line.last for line in lines] == [False] * (len(lines) - 1) + [True] * bool(lines)


def test_the_short_way_to_printable_text_is_the_long_one_for_every_letter() -> None:
    for letter in map(chr, (*range(0x20, 0xD800), *range(0xE000, 0x11000))):
        text = f"a{letter}b"
        parts = text.translate({0x2011: "-", 0x2007: NO_BREAK, 0x202F: NO_BREAK}).split(NO_BREAK)
        assert printable(text) == NO_BREAK.join(clean_line(f"x{part}x")[1:-1] for part in parts)
