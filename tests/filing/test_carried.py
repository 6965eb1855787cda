from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from hoctap_desktop.filing.carried import carried_of, keep_carried
from hoctap_desktop.form.context import Carried, Spot
from hoctap_desktop.store.check import check
from hoctap_desktop.store.database import Store
from tests.offices import commune_store

SPOT = Spot("body", "date", "06/10/2022", "Từ ngày ", " đến", 3)
CARRIED = Carried(2022, date(2022, 10, 6), date(2022, 10, 12), ("Chủ đề",), (SPOT,), (SPOT,))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = commune_store(tmp_path / "xa.hoctap")
    yield opened
    opened.close()


def test_what_a_draft_was_begun_from_comes_back(store: Store) -> None:
    assert carried_of(store, "2023-plan") is None
    keep_carried(store, "2023-plan", CARRIED)
    assert carried_of(store, "2023-plan") == CARRIED
    assert carried_of(store, "2024-plan") is None
    assert check(store) == ()


def test_the_newest_takes_the_place_of_the_one_before(store: Store) -> None:
    keep_carried(store, "2023-plan", CARRIED)
    keep_carried(store, "2023-plan", Carried(2021, CARRIED.week_from, CARRIED.week_to))
    kept = carried_of(store, "2023-plan")
    assert kept is not None
    assert kept.year == 2021
    keep_carried(store, "2023-plan", None)
    assert carried_of(store, "2023-plan") is None
