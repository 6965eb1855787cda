"""Stores that earlier versions of the program left behind open with today's, and nothing in them reads otherwise."""

import hashlib
import json
import sqlite3
import zipfile
from collections.abc import Collection
from pathlib import Path
from typing import Any

import pytest

from hoctap_desktop.consolidation import batches, sent
from hoctap_desktop.consolidation import repository as received
from hoctap_desktop.consolidation.intake import release, undo
from hoctap_desktop.consolidation.overview import current_totals
from hoctap_desktop.consolidation.own_report import with_totals
from hoctap_desktop.consolidation.paper_entries import EntryStatus, entries
from hoctap_desktop.consolidation.reviewing import decisions
from hoctap_desktop.consolidation.sent import as_sent, since_sent
from hoctap_desktop.consolidation.status import ReviewAct
from hoctap_desktop.consolidation.totals import Totals
from hoctap_desktop.consolidation.verdict_lines import Outcome
from hoctap_desktop.filing import change_rows
from hoctap_desktop.filing import repository as filings
from hoctap_desktop.filing.doubts import doubts_of
from hoctap_desktop.filing.model import Status
from hoctap_desktop.form.answers import Answers
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.store.check import check
from hoctap_desktop.store.database import Store, open_store
from hoctap_desktop.store.migrations import known_version
from hoctap_desktop.submission import repository as sealed
from hoctap_desktop.submission.enrolment import accept, open_key
from hoctap_desktop.submission.replies import last_reply
from hoctap_desktop.submission.reply import ReplyAct
from hoctap_desktop.submission.sending import already_sealed
from hoctap_desktop.submission.unseal import signed_by
from tests.consolidation.papers import LOWER, NURSERY
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
        changes = change_rows.history(store, newest.id)
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
    assert OLD == ["v15/huyen.zip", "v15/xa.zip", "v22/da-gui.zip", "v4/huyen.zip", "v4/xa.zip"]


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
        before = len(change_rows.history(store, "2022-report"))
        filings.set_answer(store, "2022-report", "participants", 5, NOW)
        assert len(change_rows.history(store, "2022-report")) == before + 1
        assert check(store) == ()
    finally:
        store.close()


@pytest.mark.parametrize("reworded", [False, True])
def test_a_report_sent_by_an_earlier_version_comes_out_again_byte_for_byte(
    reworded: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where today's version would say its coverage in other words."""
    if reworded:

        def in_other_words(answers: Answers, found: Totals, by_hand: Collection[str]) -> dict[str, JsonValue]:
            said = json.dumps(with_totals(answers, found, by_hand), ensure_ascii=False)
            for old, new in (("Tổng từ", "Gồm"), ("tổng từ", "gồm"), ("Chưa đơn vị nào có số", "Không nơi nào có")):
                said = said.replace(old, new)
            made: dict[str, JsonValue] = json.loads(said)
            return made

        monkeypatch.setattr(sent, "with_totals", in_other_words)
    store = open_store(unpacked(HERE / "v22" / "da-gui.zip", tmp_path), CLOCK)
    try:
        made = as_sent(store)
        assert (made.same, made.wrong, made.overridden) == (True, (), ("newspaper_articles",))
        assert (made.totals.number("participants").value, made.totals.coverage) == (1835, "2/4")
        since = since_sent(store)
        assert since is not None
        assert [(one.unit.code, one.what) for one in since.units] == [(NURSERY, "nộp thêm")]
        assert ("Số người tham gia", "1.835 (từ 2/4)", "1.842 (từ 3/4)") in [
            (one.place, one.old, one.new) for one in since.numbers
        ]
    finally:
        store.close()


def test_what_waited_in_a_kept_store_is_released_and_its_batch_is_put_back(tmp_path: Path) -> None:
    """Through the steps that made anew the tables of what waits, of reviews and of turns."""
    store = open_store(unpacked(HERE / "v15" / "huyen.zip", tmp_path), CLOCK)
    try:
        assert [one.unit_code for one in entries(store, "2022", EntryStatus.DRAFT)] == [LOWER]
        assert [one.act for one in decisions(store)] == [ReviewAct.APPROVED]
        held = sealed.held_packages(store)
        assert [one.unit.code for one in held] == [NURSERY, NURSERY]
        (asked,) = (one for one in held if "dang-ky" in one.file_name)
        accept(store, sealed.held_data(store, asked), asked.file_name, NOW)
        assert [line.outcome for line in release(store, asked.key_hash).lines] == [Outcome.TAKEN]
        assert sealed.held_packages(store) == ()
        first = batches.every(store)[-1]
        assert first.taken == 2
        assert len(undo(store, first.id)) == 2
        assert [one.unit_code for one in received.taken(store)] == [NURSERY]
        assert check(store) == ()
    finally:
        store.close()


def test_a_receipt_in_a_kept_store_still_ticks_the_road(tmp_path: Path) -> None:
    store = open_store(unpacked(HERE / "v15" / "xa.zip", tmp_path), CLOCK)
    try:
        last = last_reply(store, "2022-report")
        assert last is not None
        assert last.reply.act is ReplyAct.APPROVED
        assert sealed.sent_packages(store)[-1].package_id == last.reply.package_id
        key = open_key(store, "mat khau minh hoa")
        again = sealed.sent_package(store, "2022-report", 1)
        assert again is not None
        assert signed_by(again[1].data) == key.key_hash
    finally:
        store.close()
