"""A bit flipped anywhere in the store is harmless, or told: it never becomes another answer, nor a traceback."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from hoctap_desktop.campaign.repository import active
from hoctap_desktop.consolidation import repository
from hoctap_desktop.consolidation.intake import intake
from hoctap_desktop.consolidation.overview import current_totals
from hoctap_desktop.filing import change_rows
from hoctap_desktop.filing import repository as filings
from hoctap_desktop.filing.content import filing_json
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.store.check import check
from hoctap_desktop.store.database import Store, open_store
from hoctap_desktop.units.repository import own_unit, units_below
from tests.consolidation.papers import ALL, PDF, accept_keys, paper, put
from tests.offices import CLOCK, NOW, dai_tu, report_draft, upper_store

ID = "2022-report"
READS: dict[str, Callable[[Store], object]] = {
    "current": lambda store: filings.current(store, ID),
    "first revision": lambda store: filings.revision(store, ID, 1),
    "frozen": lambda store: filings.frozen(store, ID, 1),
    "history": lambda store: change_rows.history(store, ID),
    "own unit": own_unit,
    "units below": lambda store: units_below(store, own_unit(store).code),
    "campaign": active,
    "ledger": repository.taken,
    "answers": lambda store: [repository.answers_of(store, one.package_id) for one in repository.taken(store)],
    "totals": lambda store: [(total.field.id, total.value, total.coverage) for total in current_totals(store).numbers],
}


def _all_reads(store: Store) -> dict[str, object]:
    """What each read gives; the code where it is refused."""
    found: dict[str, object] = {}
    for name, read in READS.items():
        try:
            found[name] = read(store)
        except UserError as refusal:
            found[name] = refusal.code
    return found


def _full_store(folder: Path) -> Path:
    store = upper_store(folder / "a.hoctap")
    accept_keys(store)
    intake(store, [put(folder / "stick", *(paper(code, {"participants": 10, "launch": "chữ " * 400}) for code in ALL))])
    filings.begin(store, report_draft({"participants": 5, "launch": "chữ " * 800}, dai_tu().own))
    for number in range(20):
        filings.set_answer(store, ID, "banners", number, NOW)
    data = filing_json(filings.current(store, ID))
    filings.freeze(store, ID, data, PDF, "AAAA-BBBB-CCCC", NOW)
    filings.amend(store, ID, NOW)
    store.close()
    return store.path


def _flip(folder: Path, flips: int) -> None:
    path = _full_store(folder)
    store = open_store(path, CLOCK)
    right = _all_reads(store)
    store.close()
    assert not any(isinstance(value, Code) for value in right.values())
    raw = path.read_bytes()
    chance = random.Random(20221014)
    refused = 0
    for _ in range(flips):
        changed = bytearray(raw)
        at, bit = chance.randrange(len(raw)), chance.randrange(8)
        changed[at] ^= 1 << bit
        path.write_bytes(changed)
        path.with_name(path.name + "-wal").unlink(missing_ok=True)
        try:
            store = open_store(path, CLOCK)
        except UserError:
            refused += 1
            continue
        found = _all_reads(store)
        wrong = {name for name in right if found[name] != right[name] and not isinstance(found[name], Code)}
        damage = check(store)
        store.close()
        assert not wrong, f"byte {at}, bit {bit}: {wrong} read otherwise"
        if found != right:
            refused += 1
            assert damage, f"byte {at}, bit {bit}: refused, and the check sees nothing"
    assert refused > flips / 30  # the flips do hit what is read; most of a store is tables these reads do not ask


def test_no_flipped_bit_becomes_another_answer(tmp_path: Path) -> None:
    _flip(tmp_path, 60)


@pytest.mark.faults
def test_none_of_three_thousand_flipped_bits_becomes_another_answer(tmp_path: Path) -> None:
    _flip(tmp_path, 3000)
