"""Numbers at the head of a line, told apart from figures in a sentence."""

import pytest

from hoctap_desktop.plan.numerals import follows, numeral, value, with_letters


@pytest.mark.parametrize(
    ("words", "kind", "text"),
    [
        ("I. MỤC ĐÍCH", "roman", "I."),
        ("IV/ Kinh phí", "roman", "IV/"),
        ("II - Nội dung", "roman", "II -"),
        ("A. Mục đích", "upper", "A."),
        ("Phần II. NỘI DUNG", "part", "Phần II."),
        ("1. Mục đích", "arabic", "1."),
        ("1.Mục đích", "arabic", "1."),
        ("2) Yêu cầu", "arabic", "2)"),
        ("2.1 Phát động", "decimal2", "2.1"),
        ("4.1. Thời gian", "decimal2", "4.1."),
        ("1.2.3. Chi tiết", "decimal3", "1.2.3."),
        ("a) Cấp tỉnh", "lower", "a)"),
        ("đ) Việc khác", "lower", "đ)"),
        ("(1) Việc khác", "bracket", "(1)"),
    ],
)
def test_numbers_of_headings_are_known(words: str, kind: str, text: str) -> None:
    found = numeral(words)
    assert found is not None
    assert (found.kind, found.text) == (kind, text)
    assert words[found.length :].strip() == words[found.length :] != ""


@pytest.mark.parametrize(
    "words",
    ["30/7/2021 của Thủ tướng", "2.5m cờ", "03 nhà trường", "1.248 lượt người", "12/10/2022.", "15 giờ", "3 nhà trường",
     "I", "1.", "Căn cứ", "VI phạm", "", "10. 000 cuốn sách", "20 - 30 người"],
)  # fmt: skip
def test_figures_in_a_sentence_are_no_headings(words: str) -> None:
    assert numeral(words) is None


def test_c_and_d_are_letters_after_b_and_roman_numbers_else() -> None:
    after_b = with_letters([numeral(words) for words in ("A. Một", "B. Hai", "I. Việc", "C. Ba", "D. Bốn")])
    assert [found.kind for found in after_b if found] == ["upper", "upper", "roman", "upper", "upper"]
    assert [found.kind for found in with_letters([numeral("C. Ba")]) if found] == ["roman"]


def test_letters_follow_with_or_without_d_stroke() -> None:
    def after(first: str, second: str) -> bool:
        a, b = numeral(f"{first} Việc"), numeral(f"{second} Việc")
        assert a
        assert b
        return follows(a, b)

    assert after("d)", "đ)")
    assert after("d)", "e)")
    assert after("đ)", "e)")
    assert not after("a)", "c)")
    assert after("III.", "IV.")
    assert not after("III.", "III.")
    assert after("2.1.", "2.2")


def test_roman_numbers_have_their_value() -> None:
    found = [numeral(f"{text} Mục") for text in ("IV.", "IX.", "XIV.", "XL.")]
    assert [value(number) for number in found if number] == [4, 9, 14, 40]
