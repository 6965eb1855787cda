"""Who sat at the program when, and whether it ended as it should."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from hoctap_desktop.filing import change_rows
from hoctap_desktop.filing import repository as filings
from hoctap_desktop.foundation.account import account_name
from hoctap_desktop.foundation.clock import fixed_clock
from hoctap_desktop.store import sitting
from hoctap_desktop.store.check import check
from hoctap_desktop.store.database import Store, open_store
from tests.offices import CLOCK, NOW, commune_store, report_draft

ID = "2022-report"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = commune_store(tmp_path / "a.hoctap")
    yield opened
    opened.close()


def killed(store: Store, folder: Path) -> Store:
    """The store as after kill -9: opened again from what was on the disk, the first process gone without a word."""
    path = folder / "killed.hoctap"
    path.write_bytes(b"")
    path.unlink()
    wal = store.path.with_name(store.path.name + "-wal")
    path.write_bytes(store.path.read_bytes())
    path.with_name(path.name + "-wal").write_bytes(wal.read_bytes())
    return open_store(path, fixed_clock(NOW + timedelta(hours=1)))


def test_the_person_is_the_account_of_the_system_until_another_is_named(store: Store) -> None:
    assert store.who == account_name()
    filings.begin(store, report_draft({}))
    sitting.be(store, "  Lan   Anh ")
    filings.set_answer(store, ID, "participants", 5, NOW)
    filings.set_answer(store, ID, "participants", 6, NOW)
    sitting.be(store, "Bình")
    filings.set_answer(store, ID, "participants", 7, NOW)
    assert [change.who for change in change_rows.history(store, ID)] == ["Lan Anh", "Lan Anh", "Bình"]


def test_who_only_reads_leaves_no_sitting(store: Store) -> None:
    store.query("SELECT * FROM filing")
    assert sitting.sittings(store) == ()


def test_a_sitting_of_a_change_that_was_taken_back_is_taken_back_with_it(store: Store) -> None:
    filings.begin(store, report_draft({}))
    sitting.be(store, "Lan")

    def interrupted() -> None:
        with store.atomic():
            filings.set_answer(store, ID, "participants", 5, NOW)
            raise ArithmeticError

    with pytest.raises(ArithmeticError):
        interrupted()
    filings.set_answer(store, ID, "participants", 6, NOW)
    assert [(one.who, one.first_change) for one in sitting.sittings(store)][1:] == [("Lan", 1)]
    assert check(store) == ()


def test_a_store_that_was_closed_has_nothing_to_tell(store: Store) -> None:
    filings.begin(store, report_draft({}))
    store.close()
    again = open_store(store.path, CLOCK)
    assert sitting.cut_off(again) is None
    assert [one.ended for one in sitting.sittings(again)] == [True]
    again.close()


def test_a_killed_program_is_found_at_the_next_start_until_it_was_told(store: Store, tmp_path: Path) -> None:
    filings.begin(store, report_draft({}))
    filings.set_answer(store, ID, "participants", 5, NOW)
    again = killed(store, tmp_path)
    found = sitting.cut_off(again)
    assert found is not None
    assert found.first_change == 1
    filings.set_answer(again, ID, "participants", 6, NOW)
    assert sitting.cut_off(again) == found  # the sitting of today is not cut off
    assert check(again) == ()
    sitting.told(again)
    assert sitting.cut_off(again) is None
    again.close()


def test_a_copy_of_an_open_store_was_not_cut_off(store: Store, tmp_path: Path) -> None:
    filings.begin(store, report_draft({}))
    copy = open_store(store.back_up(tmp_path / "copy.hoctap"), CLOCK)
    assert sitting.cut_off(copy) is None
    assert check(copy) == ()
    copy.close()
