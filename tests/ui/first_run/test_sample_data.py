"""The stores of "Xem thử với dữ liệu mẫu"."""

from datetime import datetime
from pathlib import Path

from hoctap_desktop.consolidation.repository import taken
from hoctap_desktop.foundation.clock import VIETNAM, fixed_clock
from hoctap_desktop.store.database import open_store
from hoctap_desktop.store.passing import sweep
from hoctap_desktop.ui.first_run.sample_data import begin_trial, sample_store

CLOCK = fixed_clock(datetime(2022, 10, 20, 8, 0, tzinfo=VIETNAM))


def test_the_upper_office_has_received_every_unit_and_is_made_once(tmp_path: Path) -> None:
    path = sample_store(tmp_path, "19-171-GDDT", CLOCK)
    store = open_store(path, CLOCK)
    try:
        units = {one.unit_code for one in taken(store)}
    finally:
        store.close()
    assert len(units) == 4
    made = path.stat().st_mtime_ns
    assert sample_store(tmp_path, "19-171-GDDT", CLOCK) == path
    assert path.stat().st_mtime_ns == made


def test_the_commune_is_at_work_on_its_drafts(tmp_path: Path) -> None:
    assert sample_store(tmp_path, "05812", CLOCK) == tmp_path / "05812.hoctap"


def test_a_look_around_is_held_while_it_lasts_and_goes_whole(tmp_path: Path) -> None:
    trial = begin_trial("05812", CLOCK, tmp_path)
    assert trial.store.is_file()
    assert sweep(tmp_path) == 0
    trial.end()
    assert list(tmp_path.iterdir()) == []
