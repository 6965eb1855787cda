"""Stores that earlier versions of the program left behind open with today's, and nothing in them reads otherwise."""

import hashlib
import json
import sqlite3
import zipfile
from pathlib import Path
from typing import Any

import pytest

from hoctap_desktop.consolidation import repository as received
from hoctap_desktop.consolidation.overview import current_totals
from hoctap_desktop.filing import repository as filings
from hoctap_desktop.filing.doubts import doubts_of
from hoctap_desktop.filing.model import Status
from hoctap_desktop.store.check import check
from hoctap_desktop.store.database import Store, open_store
from hoctap_desktop.store.migrations import known_version
from hoctap_desktop.submission.sending import already_sealed
from tests.offices import CLOCK, NOW

HERE = Path(__file__).parent
OLD = sorted(path.relative_to(HERE).as_posix() for path in HERE.glob("v*/*.zip"))


@pytest.fixture(params=OLD)
def kept(request: pytest.FixtureRequest) -> Path:
    """A kept store, as its zip; what was read from it then stands beside it."""
    return HERE / str(request.param)


def unpacked(kept: Path, folder: Path) -> Path:
    """A copy of the store with the files beside it, where it may be changed."""
    with zipfile.ZipFile(kept) as archive:
        archive.extractall(folder)
    return folder / f"{kept.stem}.hoctap"


def as_told(store: Store) -> dict[str, Any]:
    """What a store says, in the shape of the json beside it."""
    told: dict[str, Any] = {"filings": [], "received": [], "totals": {}}
    for newest in filings.all_filings(store):
        changes = filings.history(store, newest.id)
        for one in filings.versions(store, newest.id):
            final = one.status is Status.FINAL
            pdf = filings.frozen(store, one.id, one.revision).pdf if final else b""
            told["filings"].append(
                {
                    "id": one.id,
                    "revision": one.revision,
                    "status": one.status.value,
                    "answers": dict(one.answers),
                    "paper_code": one.paper_code,
                    "number": one.document_number,
                    "print": hashlib.sha256(pdf).hexdigest() if final else None,
                    "changes": [
                        [c.field, c.before, c.after, c.at.isoformat()] for c in changes if c.revision == one.revision
                    ],
                }
            )
    for taken in received.taken(store):
        answers = dict(received.answers_of(store, taken.package_id))
        told["received"].append(
            {"package": taken.package_id, "unit": taken.unit_code, "revision": taken.revision, "answers": answers}
        )
    if told["received"]:
        told["totals"] = {one.field.id: [one.value, str(one.coverage)] for one in current_totals(store).numbers}
    return told


def test_there_are_kept_stores() -> None:
    assert OLD == ["v4/huyen.zip", "v4/xa.zip"]


def test_a_kept_store_says_today_what_it_said_then(kept: Path, tmp_path: Path) -> None:
    store = open_store(unpacked(kept, tmp_path), CLOCK)
    try:
        assert store.query("PRAGMA user_version")[0][0] == known_version()
        assert check(store) == ()
        assert as_told(store) == json.loads(kept.with_suffix(".json").read_text(encoding="utf-8"))
    finally:
        store.close()


def test_before_a_kept_store_is_changed_a_copy_of_it_is_laid_beside_it(kept: Path, tmp_path: Path) -> None:
    path = unpacked(kept, tmp_path)
    version = int(kept.parent.name.removeprefix("v"))
    before = _dump(path)
    open_store(path, CLOCK).close()
    if version < known_version():
        assert _dump(path.with_name(f"{path.name}.sao-luu-muc-{version}-{NOW:%Y%m%d-%H%M%S}")) == before
    else:
        assert _dump(path) == before


def _dump(path: Path) -> list[str]:
    db = sqlite3.connect(path)
    try:
        return list(db.iterdump())
    finally:
        db.close()


def test_work_goes_on_in_a_kept_store(tmp_path: Path) -> None:
    store = open_store(unpacked(HERE / "v4" / "xa.zip", tmp_path), CLOCK)
    try:
        assert [doubt.line for doubt in doubts_of(store, "2022-plan")] == [12]
        sealed = already_sealed(store, "2022-plan")
        assert sealed is not None
        assert sealed.name.endswith("ke-hoach-2022-lan-1.htgoi")
        before = len(filings.history(store, "2022-report"))
        filings.set_answer(store, "2022-report", "participants", 5, NOW)
        assert len(filings.history(store, "2022-report")) == before + 1
        assert check(store) == ()
    finally:
        store.close()
