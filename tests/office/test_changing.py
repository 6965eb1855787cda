"""The office's own facts change; what was printed does not."""

from dataclasses import replace
from pathlib import Path

import pytest

from hoctap_desktop.campaign.repository import active
from hoctap_desktop.filing import repository as filings
from hoctap_desktop.filing.model import Kind, filing_id
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.office.changing import change_own, change_upper
from hoctap_desktop.office.filings import amend, finalise, paper
from hoctap_desktop.office.sample import make_sample
from hoctap_desktop.store.check import check
from hoctap_desktop.units.model import Unit
from hoctap_desktop.units.repository import own_unit, unit, units_below
from tests.offices import CLOCK, commune_store, upper_store

NEW_NAME = "Ủy ban nhân dân xã An Khánh"
ISSUING = ("ỦY BAN NHÂN DÂN", "XÃ AN KHÁNH")


def test_a_changed_name_leaves_what_was_printed_as_it_was(tmp_path: Path) -> None:
    store = make_sample(tmp_path / "a.hoctap", CLOCK)
    plan, report = (filing_id("2022", kind) for kind in (Kind.PLAN, Kind.REPORT))
    printed = finalise(store, report)
    bytes_then = paper(store, report)
    change_own(store, replace(own_unit(store), name=NEW_NAME, issuing=ISSUING))
    assert paper(store, report) == bytes_then
    assert filings.current(store, report) == printed
    assert filings.current(store, report).unit.name == "Ủy ban nhân dân xã Hà Thượng"
    assert filings.current(store, plan).unit.name == NEW_NAME
    assert filings.current(store, plan).unit.issuing == ISSUING
    assert check(store) == ()
    store.close()


def test_the_next_revision_takes_the_name_of_its_own_day(tmp_path: Path) -> None:
    store = make_sample(tmp_path / "a.hoctap", CLOCK)
    report = filing_id("2022", Kind.REPORT)
    finalise(store, report)
    change_own(store, replace(own_unit(store), name=NEW_NAME))
    amend(store, report)
    first, second = filings.versions(store, report)
    assert (first.unit.name, second.unit.name) == ("Ủy ban nhân dân xã Hà Thượng", NEW_NAME)
    store.close()


def test_code_and_upper_unit_are_not_changed_by_the_way(tmp_path: Path) -> None:
    store = commune_store(tmp_path / "a.hoctap")
    changed = change_own(store, replace(own_unit(store), code="1", upper="2", place="An Khánh"))
    assert own_unit(store) == changed
    assert (changed.code, changed.upper, changed.place) == ("05812", "19-171-GDDT", "An Khánh")
    store.close()


def test_units_below_deadlines_and_campaign_stay(tmp_path: Path) -> None:
    store = upper_store(tmp_path / "a.hoctap")
    before = units_below(store, own_unit(store).code), active(store)
    change_own(store, replace(own_unit(store), phone="0208 3000 123"))
    assert (units_below(store, own_unit(store).code), active(store)) == before
    store.close()


def test_another_upper_unit_takes_the_place_of_the_old(tmp_path: Path) -> None:
    store = commune_store(tmp_path / "a.hoctap")
    new = Unit("19-GDDT", "Sở Giáo dục và Đào tạo tỉnh Thái Nguyên", "Sở GDĐT", "tinh")
    assert change_upper(store, new).upper == "19-GDDT"
    assert unit(store, "19-GDDT") == new
    assert unit(store, "19-171-GDDT") is None
    assert change_upper(store, None).upper == ""
    assert own_unit(store).upper == ""
    store.close()


@pytest.mark.parametrize("code", ["19-171-GDDT", "05812"])
def test_neither_the_office_nor_one_below_it_is_its_upper_unit(tmp_path: Path, code: str) -> None:
    store = upper_store(tmp_path / "a.hoctap")
    with pytest.raises(UserError) as refused:
        change_upper(store, Unit(code, "Sở", "Sở", "tinh"))
    assert refused.value.code is Code.UPPER_IS_BELOW
    store.close()
