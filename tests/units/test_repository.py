"""The units of an office, as they were saved."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.store.database import create
from hoctap_desktop.units.repository import own_unit, save_units, unit, units_below
from tests.offices import CLOCK, HA_THUONG, NOW, dai_tu


def test_units_come_back_as_they_were_saved_in_their_order(tmp_path: Path) -> None:
    office = dai_tu()
    store = create(tmp_path / "a.hoctap", CLOCK)
    save_units(store, office.own, office.below, office.upper)
    assert own_unit(store) == office.own
    assert units_below(store, office.own.code) == office.below
    assert office.upper is not None
    assert unit(store, office.upper.code) == office.upper
    assert unit(store, "nowhere") is None
    store.close()


def test_saving_again_replaces_the_list(tmp_path: Path) -> None:
    office = dai_tu()
    store = create(tmp_path / "a.hoctap", CLOCK)
    save_units(store, office.own, office.below, office.upper)
    save_units(store, office.own, office.below[:1], None)
    assert units_below(store, office.own.code) == office.below[:1]
    assert unit(store, office.below[1].code) is None
    store.close()


def test_saving_again_leaves_the_day_the_office_began(tmp_path: Path) -> None:
    office, now = dai_tu(), [NOW]
    store = create(tmp_path / "a.hoctap", lambda: now[0])
    save_units(store, office.own, office.below, office.upper)
    now[0] = NOW + timedelta(days=400)
    save_units(store, replace(office.own, name="Xã khác"), office.below, office.upper)
    assert [row["created_at"] for row in store.query("SELECT * FROM office")] == [NOW.isoformat()]
    assert own_unit(store).name == "Xã khác"
    store.close()


def test_a_unit_stands_from_its_first_to_its_last_day(tmp_path: Path) -> None:
    office = dai_tu()
    old = replace(HA_THUONG, valid_from=date(2000, 1, 1), valid_to=date(2025, 6, 30))
    store = create(tmp_path / "a.hoctap", CLOCK)
    save_units(store, office.own, [old], None)
    known = {
        day: bool(units_below(store, office.own.code, day))
        for day in (date(1999, 12, 31), date(2000, 1, 1), date(2025, 6, 30), date(2025, 7, 1))
    }
    assert list(known.values()) == [False, True, True, False]
    store.close()


def test_a_store_without_an_office_says_so(tmp_path: Path) -> None:
    store = create(tmp_path / "a.hoctap", CLOCK)
    with pytest.raises(UserError) as caught:
        own_unit(store)
    assert caught.value.code is Code.UNIT_UNKNOWN
    store.close()


def test_two_units_with_one_code_are_a_fault_and_change_nothing(tmp_path: Path) -> None:
    store = create(tmp_path / "a.hoctap", CLOCK)
    save_units(store, HA_THUONG, [], None)
    with pytest.raises(ValueError, match="one code"):
        save_units(store, HA_THUONG, [HA_THUONG], None)
    assert own_unit(store) == HA_THUONG
    store.close()
