import unicodedata
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoctap_desktop.foundation.dates import (
    parse_date,
    parse_time,
    print_date,
    print_month,
    print_time,
    read_month,
    weekday,
)
from hoctap_desktop.foundation.errors import Code, UserError


@pytest.mark.parametrize(
    "typed", ["30/7/2021", "30/07/2021", "30-7-2021", "ngày 30 tháng 7 năm 2021", "30 tháng 07 năm 2021", "2021-07-30"]
)
def test_the_styles_of_the_documents_are_taken(typed: str) -> None:
    assert parse_date(typed) == date(2021, 7, 30)


def test_letters_and_accents_apart_are_the_same_day_and_time() -> None:
    assert parse_date(unicodedata.normalize("NFD", "ngày 30 tháng 7 năm 2021")) == date(2021, 7, 30)
    assert parse_time(unicodedata.normalize("NFD", "8 giờ 30 phút")) == time(8, 30)


@pytest.mark.parametrize("typed", ["31/09/2022", "30/02/2023", "7/2022", "mai", "", "1/1/22", "00/01/2022"])
def test_a_day_that_is_not_in_the_calendar_is_refused(typed: str) -> None:
    with pytest.raises(UserError) as refusal:
        parse_date(typed, where="Tuần lễ từ ngày")
    assert refusal.value.code is Code.NOT_A_DATE
    assert "Tuần lễ từ ngày" in str(refusal.value)


@pytest.mark.parametrize(
    ("typed", "moment"),
    [("7h", time(7)), ("7h30", time(7, 30)), ("8 giờ 00", time(8)), ("8g00", time(8)), ("07:30", time(7, 30))],
)
def test_the_ways_to_write_a_time_are_taken(typed: str, moment: time) -> None:
    assert parse_time(typed) == moment


@pytest.mark.parametrize("typed", ["25h", "7h61", "bảy giờ", "", "7"])
def test_what_is_no_time_is_refused(typed: str) -> None:
    with pytest.raises(UserError) as refusal:
        parse_time(typed)
    assert refusal.value.code is Code.NOT_A_TIME


@pytest.mark.parametrize(
    "typed",
    ["10/2022", "10-2022", "2022-10", "2022/10", "tháng 10 năm 2022", unicodedata.normalize("NFD", "Tháng 10/2022")],
)
def test_a_month_is_read_however_it_is_written_and_printed_one_way(typed: str) -> None:
    assert read_month(typed) == "2022-10"
    assert print_month(read_month(typed)) == "10/2022"


@pytest.mark.parametrize("typed", ["13/2022", "0/2022", "10/22", "mai", ""])
def test_what_is_no_month_is_none_and_printed_as_it_stands(typed: str) -> None:
    assert read_month(typed) == ""
    assert print_month(typed) == typed


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.times())
def test_what_is_printed_is_read_back(day: date, moment: time) -> None:
    assert parse_date(print_date(day)) == day
    assert parse_time(print_time(moment)) == time(moment.hour, moment.minute)


def test_the_sixth_of_october_2022_was_a_thursday() -> None:
    assert weekday(date(2022, 10, 6)) == "Thứ Năm"
