"""Sums, what they cover, where each number comes from."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoctap_desktop.consolidation.model import Reported
from hoctap_desktop.consolidation.totals import Total, totals
from hoctap_desktop.form.answers import Cell, Count, Missing, NoNumber
from hoctap_desktop.form.loader import form_by_id
from hoctap_desktop.foundation.errors import Code, UserError
from tests.consolidation.papers import ALL, COMMUNE, LOWER, NURSERY, PRIMARY
from tests.consolidation.test_status import sent
from tests.offices import dai_tu

FORM = form_by_id("report", 1)
UNITS = dai_tu().below
NONE = Missing(NoNumber.NOT_HELD)
LATER = Missing(NoNumber.UNKNOWN, "Chờ Hội Khuyến học xã")
NO_USE = Missing(NoNumber.NOT_APPLICABLE)


def _number(id: str, cells: Mapping[str, Cell]) -> Total:
    """The total of one field; a unit that is left out has not reported, None stands for a blank cell."""
    reported = [sent(unit, 14, cells={id: cell} if cell is not None else {}) for unit, cell in cells.items()]
    return totals(FORM, UNITS, reported).number(id)


def test_the_five_things_a_cell_can_say_are_added_up_each_in_its_way() -> None:
    """domain.md §4: 0, none held, not yet known, not applicable, blank."""
    seen = {
        name: (found.value, found.coverage, [source.unit.code for source in found.missing])
        for name, found in (
            ("numbers", _number("talks", {COMMUNE: Count(2), LOWER: Count(3), PRIMARY: Count(0), NURSERY: Count(1)})),
            ("none held", _number("talks", {COMMUNE: Count(2), LOWER: NONE, PRIMARY: NONE, NURSERY: NONE})),
            ("unknown", _number("talks", {COMMUNE: Count(2), LOWER: LATER, PRIMARY: Count(1), NURSERY: NONE})),
            ("no use", _number("talks", {COMMUNE: Count(2), LOWER: NO_USE, PRIMARY: NO_USE, NURSERY: NONE})),
            ("blank", _number("talks", {COMMUNE: Count(2), LOWER: None, PRIMARY: None, NURSERY: NONE})),
            ("silent", _number("talks", {COMMUNE: Count(2)})),
        )
    }
    assert seen == {
        "numbers": (6, "4/4", []),
        "none held": (2, "4/4", []),
        "unknown": (3, "3/4", [LOWER]),
        "no use": (2, "2/2", []),
        "blank": (2, "2/4", [LOWER, PRIMARY]),
        "silent": (2, "1/4", [LOWER, PRIMARY, NURSERY]),
    }


def test_a_total_nobody_has_a_number_for_is_no_zero() -> None:
    nobody = _number("talks", {COMMUNE: LATER, LOWER: None})
    assert (nobody.value, nobody.coverage) == (None, "0/4")
    assert nobody.cell == Missing(NoNumber.UNKNOWN, "Chưa đơn vị nào có số (0/4)")
    no_use = _number("talks", dict.fromkeys(ALL, NO_USE))
    assert (no_use.value, no_use.coverage, no_use.cell) == (None, "0/0", NO_USE)
    none_held = _number("talks", dict.fromkeys(ALL, NONE))
    assert (none_held.value, none_held.coverage, none_held.cell) == (0, "4/4", NONE)
    some_held = _number("talks", {COMMUNE: NONE})
    assert (some_held.value, some_held.coverage, some_held.cell) == (0, "1/4", Count(0))


def test_units_are_counted_by_what_they_state_or_by_having_held_anything() -> None:
    reported = [
        sent(COMMUNE, 14, cells={"organising_units": Count(5), "talks": Count(1)}),
        sent(LOWER, 14, cells={"talks": Count(1)}),
        sent(PRIMARY, 14, cells={"organising_units": NONE}),
        sent(NURSERY, 14, cells={}),
    ]
    found = totals(FORM, UNITS, reported).number("organising_units")
    assert (found.value, found.coverage) == (6, "3/4")
    assert {source.unit.code: source.words for source in found.sources} == {
        COMMUNE: "5",
        LOWER: "1 (máy đếm)",
        PRIMARY: "Không tổ chức",
        NURSERY: "Để trống",
    }


def test_a_number_opens_into_its_units_the_greatest_first() -> None:
    found = _number("talks", {COMMUNE: Count(2), LOWER: LATER, PRIMARY: Count(1234)})
    assert [(source.unit.code, source.words, source.package_id, source.revision) for source in found.sources] == [
        (PRIMARY, "1.234", f"{PRIMARY}-report-1-1", 1),
        (COMMUNE, "2", f"{COMMUNE}-report-1-1", 1),
        (LOWER, "Chưa có số liệu: Chờ Hội Khuyến học xã", f"{LOWER}-report-1-1", 1),
        (NURSERY, "Chưa nộp", "", 0),
    ]


def test_a_sum_that_may_count_one_article_twice_is_marked() -> None:
    assert _number("newspaper_articles", {COMMUNE: Count(1)}).may_repeat
    assert not _number("talks", {COMMUNE: Count(1)}).may_repeat


def test_money_climbs_as_well_and_all_eighteen_numbers_do() -> None:
    found = totals(FORM, UNITS, [sent(COMMUNE, 14, cells={"funding.state": Count(4_500_000)})])
    ids = [total.field.id for total in found.numbers]
    assert ids == ["funding.state", "funding.raised", *(field.id for field in FORM.indicators())]
    assert len(list(FORM.indicators())) == 18
    assert found.number("funding.state").value == 4_500_000


def test_an_unknown_indicator_is_told_with_those_there_are() -> None:
    with pytest.raises(UserError) as caught:
        totals(FORM, UNITS, []).number("colour")
    assert caught.value.code is Code.INDICATOR_UNKNOWN
    assert "participants" in str(caught.value)


def test_the_table_knows_who_is_silent_and_what_it_stands_on() -> None:
    found = totals(FORM, UNITS, [sent(LOWER, 14), sent(COMMUNE, 14), sent("05830", 14)])
    assert found.coverage == "2/4"
    assert found.based_on == (f"{COMMUNE}-report-1-1", f"{LOWER}-report-1-1")
    assert [unit.code for unit in found.silent] == [PRIMARY, NURSERY]
    assert not found.illustrative


_cells = st.one_of(st.none(), st.integers(0, 10**9 - 1).map(Count), st.sampled_from([NONE, LATER, NO_USE]))


@given(st.lists(st.tuples(st.booleans(), _cells), min_size=4, max_size=4))
def test_whatever_units_say_a_sum_is_the_sum_of_its_sources(said: list[tuple[bool, Cell]]) -> None:
    reported: list[Reported] = []
    for unit, (came, cell) in zip(UNITS, said, strict=True):
        if came:
            reported.append(sent(unit.code, 14, cells={"talks": cell} if cell is not None else {}))
    found = totals(FORM, UNITS, reported).number("talks")
    numbers = [cell.value for came, cell in said if came and isinstance(cell, Count)]
    assert (found.value or 0) == sum(numbers)
    assert found.covered + len(found.missing) == found.of <= len(UNITS)
    assert len(found.sources) == len(UNITS)
    assert (found.value is None) == (found.covered == 0)
