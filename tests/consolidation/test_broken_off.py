"""A turn of receiving that is broken off leaves the store as it was, to the last row."""

from pathlib import Path

import pytest

from hoctap_desktop.consolidation.intake import intake
from hoctap_desktop.foundation.progress import Cancelled
from hoctap_desktop.store.check import check
from hoctap_desktop.store.database import Store
from tests.consolidation.papers import ALL, COMMUNE, LOWER, paper, put


def _rows(store: Store) -> dict[str, list[tuple[object, ...]]]:
    tables = [row[0] for row in store.query("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {table: [tuple(row) for row in store.query(f"SELECT * FROM {table}")] for table in tables}


@pytest.mark.parametrize("at", range(6))
def test_broken_off_at_any_file_not_a_row_is_left(store: Store, stick: Path, at: int) -> None:
    put(stick / "before", paper(COMMUNE, {"participants": 10}))
    intake(store, [stick / "before"])
    before = _rows(store)
    previous = paper(COMMUNE, {"participants": 10}).package_id
    put(
        stick / "more",
        paper(COMMUNE, {"participants": 12}, revision=2, previous=previous),
        *(paper(code, {"participants": 10}) for code in ALL if code != COMMUNE),
        paper(LOWER, {"participants": 1}, signed_by="a stranger"),  # waits for its key
    )
    asked = []

    def stop(done: int, total: int, what: str = "") -> None:
        asked.append((done, total))
        if done == at and total:
            raise Cancelled

    with pytest.raises(Cancelled):
        intake(store, [stick / "more"], stop)
    assert asked[-1] == (at, 5)
    assert _rows(store) == before
    assert check(store) == ()
    summary = intake(store, [stick / "more"])  # nothing of it stands in the way of the next try
    assert summary.batch == "20221014-2"
    assert [line.outcome.value for line in summary.lines].count("waiting") == 1
