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


@pytest.mark.parametrize("together", [1, 2, 8])
def test_broken_off_wherever_it_asks_not_a_row_is_left(
    store: Store, stick: Path, monkeypatch: pytest.MonkeyPatch, together: int
) -> None:
    monkeypatch.setattr("hoctap_desktop.consolidation.intake._GROUP_FILES", together)
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
    files = len(list((stick / "more").iterdir()))
    asked: list[tuple[int, int]] = []
    allowed = 0

    def count(done: int, total: int, what: str = "") -> None:
        asked.append((done, total))
        if len(asked) > allowed:
            raise Cancelled

    while True:
        asked.clear()
        try:
            summary = intake(store, [stick / "more"], count)
            break
        except Cancelled:
            allowed += 1
            assert _rows(store) == before
            assert check(store) == ()
    assert asked[-1] == (files, files)
    assert len(asked) > files // together  # once a group at least
    assert summary.batch == "20221014-2"  # nothing of what was broken off stands in the way
    assert [line.outcome.value for line in summary.lines].count("waiting") == 1
