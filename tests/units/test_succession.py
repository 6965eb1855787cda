"""Who may file for a unit that was merged."""

import json
from dataclasses import replace
from datetime import date

import pytest

from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.units.as_json import unit_from_value, unit_value
from hoctap_desktop.units.model import Unit
from hoctap_desktop.units.succession import succession
from tests.offices import HA_THUONG

TODAY = date(2025, 7, 10)
ENDED = replace(HA_THUONG, valid_to=date(2025, 6, 30), successor="05815")


def unit(code: str, successor: str = "", ended: date | None = None) -> Unit:
    return replace(HA_THUONG, code=code, successor=successor, valid_to=ended)


def test_a_unit_that_ended_may_be_filed_for_by_the_one_that_took_its_place() -> None:
    assert succession([ENDED, unit("05815")], TODAY) == {"05812": {"05815"}}


def test_the_successor_of_a_successor_may_too() -> None:
    chain = [ENDED, unit("05815", "05900", date(2025, 7, 1)), unit("05900")]
    assert succession(chain, TODAY)["05812"] == {"05815", "05900"}


def test_nobody_files_for_a_unit_that_stands_still() -> None:
    assert succession([ENDED], date(2025, 6, 30)) == {}
    assert succession([replace(ENDED, valid_to=None)], TODAY) == {}


def test_units_that_name_each_other_come_to_an_end() -> None:
    ring = [unit("1", "2", date(2025, 1, 1)), unit("2", "1", date(2025, 1, 1))]
    assert succession(ring, TODAY) == {"1": {"1", "2"}, "2": {"1", "2"}}


def test_a_unit_without_successor_reads_as_it_was_written_before_there_were_any() -> None:
    assert "successor" not in unit_value(HA_THUONG)
    for one in (HA_THUONG, ENDED):
        assert unit_from_value(json.loads(json.dumps(unit_value(one))), "unit") == one


def test_a_successor_of_no_letters_is_refused() -> None:
    with pytest.raises(UserError) as refusal:
        unit_from_value({**unit_value(HA_THUONG), "successor": ""}, "unit")
    assert refusal.value.code is Code.BAD_CONTENT
