"""Rows are judged once while a store is open: changes of the program are seen, and changes of the disk between two."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from hoctap_desktop.consolidation import receipt_days
from hoctap_desktop.consolidation.intake import intake, undo
from hoctap_desktop.consolidation.overview import current_board, current_totals
from hoctap_desktop.consolidation.reviewing import decide
from hoctap_desktop.consolidation.status import ReviewAct, State
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.office.units_below import excuse
from hoctap_desktop.store.database import Store, open_store
from tests.consolidation.papers import ALL, COMMUNE, LOWER, paper, put
from tests.offices import CLOCK, NOW


def summed(store: Store) -> tuple[int | None, str]:
    total = current_totals(store).number("participants")
    return total.value, total.coverage


def test_every_change_in_the_program_is_seen_at_once(store: Store, stick: Path) -> None:
    first = paper(COMMUNE, {"participants": 10})
    intake(store, [put(stick / "a", first)])
    assert summed(store) == (10, "1/4")
    unchanged = current_board(store).rows[0]
    batch = intake(store, [put(stick / "b", paper(LOWER, {"participants": 5}))]).batch
    assert summed(store) == (15, "2/4")
    assert current_board(store).rows[0] is unchanged  # nothing of it is new
    assert batch is not None
    undo(store, batch)
    assert summed(store) == (10, "1/4")
    decide(store, first.package_id, ReviewAct.RETURNED, "Xem lại.")
    assert summed(store) == (None, "0/4")
    decide(store, first.package_id, ReviewAct.REOPENED)
    receipt_days.set_received_on(store, first.package_id, NOW.date() - timedelta(days=2), "Dấu bưu điện")
    assert current_board(store).rows[0].report.received_on == NOW.date() - timedelta(days=2)
    excuse(store, [ALL[3]], "2022", {"report": "Chưa có học sinh"})
    assert [row.report.state for row in current_board(store).rows][3] is State.EXEMPT
    assert summed(store) == (10, "1/3")


def test_a_change_that_was_rolled_back_is_none(store: Store, stick: Path) -> None:
    intake(store, [put(stick, paper(COMMUNE, {"participants": 10}))])

    def fail() -> None:
        with store.atomic():
            intake(store, [put(stick, paper(LOWER, {"participants": 5}))])
            assert summed(store) == (15, "2/4")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert summed(store) == (10, "1/4")


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE fact SET value = value + 1 WHERE indicator = 'participants'",
        "UPDATE submission SET epoch = 2",
        "UPDATE review SET act = 'approved'",
        "UPDATE unit SET content = replace(content, 'Hà', 'Hạ') WHERE code = '05812'",
        "UPDATE office_act SET content = 'null'",
    ],
)
def test_what_was_altered_on_the_disk_between_two_openings_is_seen(store: Store, stick: Path, sql: str) -> None:
    from hoctap_desktop.office.office_acts import set_two_persons

    sent = paper(COMMUNE, {"participants": 10})
    intake(store, [put(stick, sent)])
    decide(store, sent.package_id, ReviewAct.RETURNED, "Xem lại.")
    set_two_persons(store, on=True)
    current_totals(store)
    store.close()
    with closing(sqlite3.connect(store.path)) as disk:
        disk.execute(sql)
        disk.commit()
    again = open_store(store.path, CLOCK)
    with pytest.raises(UserError) as damaged:
        current_totals(again)
    assert damaged.value.code is Code.STORE_DAMAGED
    again.close()
