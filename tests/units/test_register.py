"""The tree of units in the store: acts that can be undone."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.store.check import check
from hoctap_desktop.store.database import Store
from hoctap_desktop.units import register
from hoctap_desktop.units.repository import all_units, own_unit, save_units, unit
from hoctap_desktop.units.rules import Excuse, ReportsTo, mistakes, sound_alike, upper_in
from tests.offices import HA_THUONG, upper_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    found = upper_store(tmp_path / "huyen.htdl")
    yield found
    found.close()


def test_what_an_act_did_is_undone_whole(store: Store) -> None:
    before = all_units(store)
    renamed = replace(before[1], name="Tên khác")
    new = replace(HA_THUONG, code="00001", upper=before[0].code)
    act = register.keep(
        store,
        "Sửa hai đơn vị",
        [
            register.with_unit(renamed),
            register.with_unit(new),
            register.with_excuse(Excuse("2022", new.code, "report", "CV 12")),
            register.with_reports_to(ReportsTo(new.code, 2022, "99")),
        ],
    )
    assert act is not None
    assert act.changed == 4
    assert unit(store, renamed.code) == renamed
    assert register.excuses(store, "2022") == (Excuse("2022", new.code, "report", "CV 12"),)
    assert check(store) == ()
    undone = register.undo(store)
    assert undone is not None
    assert undone.words == "Sửa hai đơn vị"
    assert all_units(store) == before
    assert register.excuses(store) == ()
    assert register.reports_to(store) == ()
    assert register.acts(store) == ()
    assert check(store) == ()


def test_acts_are_undone_newest_first(store: Store) -> None:
    one = all_units(store)[1]
    register.keep(store, "một", [register.with_unit(replace(one, phone="1"))])
    register.keep(store, "hai", [register.with_unit(replace(one, phone="2"))])
    assert [act.words for act in register.acts(store)] == ["hai", "một"]
    register.undo(store)
    found = unit(store, one.code)
    assert found is not None
    assert found.phone == "1"
    register.undo(store)
    assert unit(store, one.code) == one
    assert register.undo(store) is None


def test_an_act_that_changes_nothing_is_none(store: Store) -> None:
    assert register.keep(store, "không", [register.with_unit(all_units(store)[1])]) is None
    assert register.acts(store) == ()


def test_what_was_changed_another_way_since_is_not_undone_over(store: Store) -> None:
    own, *others = all_units(store)
    register.keep(store, "thêm", [register.with_unit(replace(HA_THUONG, code="00001", upper=own.code))])
    below = [one for one in others if one.upper == own.code]
    save_units(store, own, below, None, "2022")
    with pytest.raises(UserError) as refusal:
        register.undo(store)
    assert refusal.value.code is Code.UNITS_CHANGED
    assert len(register.acts(store)) == 1


def test_the_office_itself_is_changed_in_its_place(store: Store) -> None:
    own = own_unit(store)
    register.keep(store, "sửa", [register.with_unit(replace(own, phone="0900"))])
    assert own_unit(store).phone == "0900"


def test_a_damaged_row_is_named(store: Store) -> None:
    register.keep(store, "miễn", [register.with_excuse(Excuse("2022", "05812", "plan", "x"))])
    with store.atomic() as db:
        db.execute("UPDATE excuse SET reason = 'y'")
    with pytest.raises(UserError) as refusal:
        register.excuses(store)
    assert refusal.value.code is Code.STORE_DAMAGED
    assert any("được miễn" in damage.where for damage in check(store))


# --- rules --------------------------------------------------------------------------------------------------------


def test_whom_a_unit_reports_to_is_a_matter_of_the_year() -> None:
    lines = [ReportsTo("05812", 2025, "19"), ReportsTo("05812", 2027, "20"), ReportsTo("x", 2020, "z")]
    assert [upper_in(HA_THUONG, year, lines) for year in (2024, 2025, 2026, 2027)] == [
        HA_THUONG.upper,
        "19",
        "19",
        "20",
    ]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"code": "hai chữ"}, "code"),
        ({"name": "A"}, "name"),
        ({"phone": "gọi chị Hoa"}, "phone"),
        ({"level": "nước"}, "level"),
        ({"successor": "00001"}, "valid_to"),
        ({"successor": "chưa có"}, "successor"),
        ({"successor": "05812"}, "successor"),
        ({"successor": "00001", "also": ("00001",)}, "successor"),
        ({"short_name": "x" * 201}, "short_name"),
    ],
)
def test_a_wrong_field_is_named(changed: dict[str, object], field: str) -> None:
    wrong = replace(HA_THUONG, **changed)  # type: ignore[arg-type]
    assert field in mistakes(wrong, {"00001": replace(HA_THUONG, code="00001")})


def test_a_ring_of_successors_is_refused() -> None:
    other = replace(HA_THUONG, code="00001", successor="05812")
    assert "successor" in mistakes(replace(HA_THUONG, successor="00001"), {"00001": other})


def test_a_right_unit_has_no_mistakes() -> None:
    assert mistakes(HA_THUONG, {}) == {}


def test_units_whose_names_fold_to_one_are_found() -> None:
    ha, ha_low = (
        replace(HA_THUONG, code=code, name=f"Ủy ban nhân dân xã {name}")
        for code, name in (("1", "Sơn Hà"), ("2", "Sơn Hạ"))
    )
    assert sound_alike([ha, HA_THUONG, ha_low]) == ((ha, ha_low),)
