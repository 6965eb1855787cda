"""Heading numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoctap_desktop.document.numbering import SCHEMES, letter, numbers, roman


def computed(*levels: int, scheme: str = "decree") -> list[str]:
    return numbers([(level, None) for level in levels], scheme)


def test_the_decree_scheme_counts_each_level_anew_under_its_parent() -> None:
    assert computed(1, 2, 2, 3, 3, 4, 1, 2) == ["I.", "1.", "2.", "a)", "b)", "-", "II.", "1."]


def test_the_decimal_scheme_repeats_the_parents_number() -> None:
    assert computed(1, 2, 2, 3, 3, 4, scheme="decimal") == ["I.", "1.", "2.", "2.1.", "2.2.", "2.2.1."]


def test_official_letters_have_the_barred_d_and_leave_out_f_j_w_z() -> None:
    assert "".join(letter(n) for n in range(1, 24)) == "abcdđeghiklmnopqrstuvxy"
    assert [letter(24), letter(25)] == ["aa", "ab"]


def test_an_office_may_leave_the_barred_d_out() -> None:
    assert computed(1, 2, 3, 3, 3, 3, 3, scheme="decree_latin")[2:] == ["a)", "b)", "c)", "d)", "e)"]


def test_an_override_is_printed_as_it_is_and_counted_on_from() -> None:
    levels = [(1, None), (1, None), (1, None), (1, "III."), (1, None)]
    assert numbers(levels, "decree") == ["I.", "II.", "III.", "III.", "IV."]


def test_children_carry_the_number_their_parent_was_given() -> None:
    assert numbers([(1, None), (2, "4."), (3, None), (3, "4.7"), (3, None)], "decimal")[2:] == ["4.1.", "4.7", "4.8."]


def test_an_override_that_fits_no_scheme_counts_as_one() -> None:
    assert numbers([(2, None), (2, "Mục hai:"), (2, None)], "decree") == ["1.", "Mục hai:", "3."]


def test_an_unnumbered_heading_counts_nothing_but_begins_anew_below() -> None:
    assert numbers([(1, None), (2, None), (1, ""), (2, None), (1, None)], "decree") == ["I.", "1.", "", "1.", "II."]


def test_levels_beyond_the_scheme_use_its_last_pattern() -> None:
    assert computed(1, 5, scheme="decree")[1] == "-"


def test_a_skipped_level_reads_as_one() -> None:
    assert computed(1, 3, scheme="decimal")[1] == "1.1."


@pytest.mark.parametrize(("value", "text"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (40, "XL"), (99, "XCIX")])
def test_roman_numbers(value: int, text: str) -> None:
    assert roman(value) == text


@given(st.lists(st.integers(1, 4), max_size=40), st.sampled_from(sorted(SCHEMES)))
def test_overriding_a_number_with_itself_changes_nothing(levels: list[int], scheme: str) -> None:
    printed = computed(*levels, scheme=scheme)
    assert numbers(list(zip(levels, printed, strict=True)), scheme) == printed
