"""Every planted fault is named with unit and cell; a table without one stays quiet."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from hoctap_desktop.consolidation.model import Reported
from hoctap_desktop.consolidation.outliers import Why, outliers
from hoctap_desktop.consolidation.totals import Totals, totals
from hoctap_desktop.form.answers import Cell, Count
from hoctap_desktop.form.loader import form_by_id
from hoctap_desktop.units.model import Unit
from tests.consolidation.test_status import sent

FORM = form_by_id("report", 1)
UNITS = tuple(Unit(f"{number:05d}", f"Xã {number}", f"Xã {number}", "commune") for number in range(1, 21))


def _cells(number: int) -> dict[str, Cell]:
    """A plausible table: no two alike, nothing round, nothing that contradicts itself."""
    plain = {field.id: Count(41 + (number * 7 + place * 3) % 23) for place, field in enumerate(FORM.indicators())}
    people = {
        "participants": 913,
        "talk_attendees": 211,
        "learners": 431,
        "books_donated": 97,
        "exhibition_visits": 307,
    }
    return {**plain, **{id: Count(value + number) for id, value in people.items()}, "organising_units": Count(3)}


def _last_year() -> dict[str, dict[str, Cell]]:
    return {code: {**table, "talks": Count(30)} for code, table in _tables().items()}


def _reported(cells: Mapping[str, Mapping[str, Cell]]) -> tuple[Reported, ...]:
    return tuple(sent(code, 14, cells=each) for code, each in cells.items())


def _tables() -> dict[str, dict[str, Cell]]:
    return {unit.code: _cells(number) for number, unit in enumerate(UNITS)}


def _totals(tables: Mapping[str, Mapping[str, Cell]]) -> Totals:
    return totals(FORM, UNITS, _reported(tables))


def _named(now: Totals, before: Totals | None = None) -> set[tuple[str, str, str]]:
    return {(one.why.value, one.unit.code, one.field.id if one.field else "*") for one in outliers(now, before)}


def test_plausible_tables_raise_no_doubt() -> None:
    assert outliers(_totals(_tables()), _totals(_last_year())) == ()


@pytest.mark.parametrize(("value", "said"), [(7000, "gấp "), (4, "chỉ bằng 1/")])
def test_a_number_ten_times_off_the_sisters_and_off_last_year_is_named(value: int, said: str) -> None:
    now, before = _totals(_tables() | {"00005": {**_cells(4), "leaflets": Count(value)}}), _totals(_last_year())
    assert _named(now, before) == {("last_year", "00005", "leaflets"), ("sisters", "00005", "leaflets")}
    assert all(said in one.sentence and one.package_id for one in outliers(now, before))


def test_a_number_far_outside_the_spread_is_named_before_it_is_ten_times_too_much() -> None:
    tables = _tables() | {"00005": {**_cells(4), "participants": Count(4000)}}
    assert _named(_totals(tables)) == {("spread", "00005", "participants")}


def test_units_of_another_level_are_no_sisters() -> None:
    mixed = (*UNITS[:3], *(replace(unit, level="school") for unit in UNITS[3:6]))
    tables = {unit.code: {"participants": Count(12_000 if unit.level == "school" else 100)} for unit in mixed}
    found = totals(FORM, mixed, _reported(tables))
    assert not [one for one in outliers(found) if one.why in (Why.SISTERS, Why.SPREAD)]


def test_a_copied_table_is_named_at_both_units_with_the_other() -> None:
    found = _totals(_tables() | {"00007": _cells(2)})
    assert _named(found) == {("copied", "00003", "*"), ("copied", "00007", "*")}
    assert "Xã 3" in next(one.sentence for one in outliers(found) if one.unit.code == "00007")


def test_the_table_of_last_year_again_is_named() -> None:
    last = _last_year() | {"00009": _cells(8)}
    assert _named(_totals(_tables()), _totals(last)) == {("same_as_last_year", "00009", "*")}


def test_all_multiples_of_a_hundred_are_named() -> None:
    round_ones = {
        "participants": Count(900),
        "leaflets": Count(100),
        "books_donated": Count(100),
        "bookcases": Count(0),
    }
    assert ("round", "00002", "*") in _named(_totals(_tables() | {"00002": round_ones}))


def test_attendees_without_talks_are_named_at_the_cell_that_is_missing() -> None:
    assert ("table", "00004", "talks") in _named(_totals(_tables() | {"00004": {**_cells(3), "talks": Count(0)}}))


def test_what_was_put_aside_keeps_its_reason_until_the_value_changes() -> None:
    tables = _tables() | {"00005": {**_cells(4), "participants": Count(91_300)}}
    (doubt,) = outliers(_totals(tables))
    (kept,) = outliers(_totals(tables), dismissed={doubt.id: "Có lễ cấp tỉnh"})
    assert (kept.standing, kept.reason, kept.place) == (False, "Có lễ cấp tỉnh", "Số người tham gia")
    tables["00005"] = {**_cells(4), "participants": Count(91_301)}
    (again,) = outliers(_totals(tables), dismissed={doubt.id: "Có lễ cấp tỉnh"})
    assert again.standing
