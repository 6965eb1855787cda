"""The sample data: offices to choose from, a store to look around in."""

from datetime import datetime
from pathlib import Path

from hoctap_desktop.filing.repository import all_filings
from hoctap_desktop.foundation.clock import VIETNAM, fixed_clock
from hoctap_desktop.office.sample import candidates, make_sample, search
from hoctap_desktop.units.repository import own_unit, units_below

CLOCK = fixed_clock(datetime(2022, 10, 12, 10, 32, 5, tzinfo=VIETNAM))


def test_every_office_of_the_examples_can_be_chosen_the_upper_one_first() -> None:
    codes = [one.unit.code for one in candidates()]
    assert codes[0] == "19-171-GDDT"
    assert set(codes[1:]) == {"05812", "05812-THCS", "05812-TH", "05812-MN"}
    commune = next(one for one in candidates() if one.unit.code == "05812")
    assert commune.unit.issuing == ("ỦY BAN NHÂN DÂN", "XÃ HÀ THƯỢNG")
    assert {d.kind for d in commune.deadlines} == {"plan", "report"}


def test_words_find_offices_with_or_without_accents() -> None:
    assert [one.unit.code for one in search("mam non", candidates())] == ["05812-MN"]
    assert [one.unit.code for one in search("Mầm non", candidates())] == ["05812-MN"]
    assert len(search("", candidates())) == 5


def test_the_commune_to_look_around_in_has_its_plan_and_report(tmp_path: Path) -> None:
    store = make_sample(tmp_path / "a.hoctap", CLOCK)
    try:
        assert {filing.id for filing in all_filings(store)} == {"2022-plan", "2022-report"}
        assert own_unit(store).upper == "19-171-GDDT"
    finally:
        store.close()


def test_the_upper_office_to_look_around_in_has_its_units(tmp_path: Path) -> None:
    store = make_sample(tmp_path / "b.hoctap", CLOCK, "19-171-GDDT")
    try:
        assert len(units_below(store, "19-171-GDDT")) == 4
    finally:
        store.close()
