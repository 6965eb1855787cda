import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.numbers import parse_count, print_count


@pytest.mark.parametrize(
    ("typed", "value"),
    [("1234567", 1234567), ("1.234.567", 1234567), ("1 234 567", 1234567), ("05", 5), (" 0 ", 0), ("000000000012", 12)],
)
def test_the_ways_a_clerk_writes_a_count_are_taken(typed: str, value: int) -> None:
    assert parse_count(typed) == value


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("1,5", "phần lẻ"),
        ("1.5", "phần lẻ"),
        ("1.23", "phần lẻ"),
        ("-3", "dấu"),
        ("+3", "dấu"),
        ("12 người", "không phải chữ số"),
        ("1.234.56", "phần lẻ"),
        ("1234567890", "9 chữ số"),
        ("", "trống"),
        ("٣", "không phải chữ số"),
        ("1e3", "không phải chữ số"),
        ("0.125", "phần lẻ"),
        ("1.234 567", "không phải chữ số"),
        ("١.٢٣٤", "không phải chữ số"),
        ("=1+1", "không phải chữ số"),
    ],
)
def test_what_is_no_count_is_refused_with_its_reason(typed: str, why: str) -> None:
    with pytest.raises(UserError) as refusal:
        parse_count(typed, where="Số người tham gia")
    assert refusal.value.code is Code.NOT_A_COUNT
    assert why in str(refusal.value)
    assert "Số người tham gia" in str(refusal.value)


@given(st.integers(0, 999_999_999))
def test_what_is_printed_is_read_back(value: int) -> None:
    assert parse_count(print_count(value)) == value


@given(st.text())
def test_any_text_is_a_count_or_a_refusal(typed: str) -> None:
    told: Code | None = None
    found = 0
    try:
        found = parse_count(typed)
    except UserError as refusal:
        told = refusal.code
    assert found >= 0
    assert told in (None, Code.NOT_A_COUNT)
