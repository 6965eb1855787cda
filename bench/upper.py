"""An office with many units: what totals and workbooks cost beside the least they could cost. Seeded.

1. totals of N reports that were judged and stand in memory, with coverage. Floor: the same numbers in one wide table
   of SQLite, a column a number, added up by one SELECT. At most 3.5 times the floor, and under 100 ms; under 100 ms
   too after one more report came in, when store, board and sums are asked again. Beside it, without bound: asked for
   again while nothing was written; the first reading after the store was opened, when every row's digest is checked.
2. a workbook of 10,000 × 40 numbers: at most 1.2 times openpyxl's write-only mode on bare values, under 100 MB.
3. every planted fault (ten times too much, a copied table, all multiples of 100, attendees without talks) is named.

Both sides in turns in one run, seconds of the processor, medians. Exits 1 over a bound. `python -m bench.upper [N]`.
"""

import random
import sqlite3
import statistics
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterable
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

from hoctap_desktop.campaign.repository import choose
from hoctap_desktop.consolidation import batches, repository
from hoctap_desktop.consolidation.model import Submission
from hoctap_desktop.consolidation.outliers import outliers
from hoctap_desktop.consolidation.overview import current_totals
from hoctap_desktop.consolidation.totals import totals
from hoctap_desktop.document.sheet import Sheet, SheetColumn, render
from hoctap_desktop.filing.model import FormRef, Kind
from hoctap_desktop.form.loader import form_by_id
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.clock import VIETNAM, fixed_clock
from hoctap_desktop.store.database import Store, create
from hoctap_desktop.units.model import Unit
from hoctap_desktop.units.repository import save_units

AT = datetime(2022, 10, 14, 8, 0, tzinfo=VIETNAM)
FORM = form_by_id("report", 1)
IDS = [field.id for field in FORM.indicators()]
FAULTS = ("zero too many", "copied", "round", "attendees without talks")
TIMES, MOST = 3.5, 0.1
XLSX_TIMES, XLSX_MB = 1.2, 100
ROUNDS = 7


def _units(count: int) -> list[Unit]:
    return [Unit(f"{n:05d}", f"Xã {n}", f"Xã {n}", "commune", upper="00") for n in range(1, count + 1)]


def _answers(chance: random.Random) -> dict[str, JsonValue]:
    people = 400 + chance.randrange(601)
    made: dict[str, JsonValue] = {id: 11 + chance.randrange(31) for id in IDS}
    made["organising_units"], made["participants"] = 1 + chance.randrange(9), people
    return {**made, "learners": 103 + chance.randrange(97)}


def _planted(answers: list[dict[str, JsonValue]], codes: list[str]) -> dict[str, tuple[str, str]]:
    """Puts one fault of each kind in; unit and rule by the fault's name."""
    places = {fault: (len(answers) * (at + 1)) // 6 for at, fault in enumerate(FAULTS)}
    answers[places["zero too many"]]["leaflets"] = 4000
    answers[places["copied"]] = dict(answers[0])
    round_ones: dict[str, JsonValue] = dict.fromkeys(IDS, 100)
    answers[places["round"]] = {**round_ones, "participants": 600}
    answers[places["attendees without talks"]]["talks"] = 0
    rules = ("sisters", "copied", "round", "table")
    return {fault: (codes[places[fault]], rule) for fault, rule in zip(FAULTS, rules, strict=True)}


def _submission(unit: Unit, number: int) -> Submission:
    return Submission(
        f"{number:064x}", unit.code, unit.name, "2022-report", "2022", Kind.REPORT, 1, 1, None,
        FormRef(FORM.id, FORM.version, FORM.hash), False, "", None, "", date(2022, 10, 14), "", AT, "20221014-1",
        f"{unit.code}.htgoi", "",
    )  # fmt: skip


def _median(act: Callable[[], object], rounds: int = ROUNDS, before: Callable[[], object] = lambda: None) -> float:
    spent = []
    for _ in range(rounds):
        before()
        start = time.process_time()
        act()
        spent.append(time.process_time() - start)
    return statistics.median(spent)


def _wide(answers: Iterable[dict[str, JsonValue]]) -> Callable[[], object]:
    db = sqlite3.connect(":memory:")
    db.execute(f"CREATE TABLE wide (unit TEXT, {', '.join(f'c{n} INTEGER' for n in range(len(IDS)))})")
    rows = [["", *(one[id] for id in IDS)] for one in answers]
    db.executemany(f"INSERT INTO wide VALUES ({', '.join('?' * (len(IDS) + 1))})", rows)  # noqa: S608 - our own names
    sums = f"SELECT count(*), {', '.join(f'sum(c{n}), count(c{n})' for n in range(len(IDS)))} FROM wide"  # noqa: S608
    return lambda: db.execute(sums).fetchall()


def _office(folder: Path, units: list[Unit], answers: list[dict[str, JsonValue]]) -> Store:
    store = create(folder / "upper.hoctap", fixed_clock(AT))
    with store.atomic():
        save_units(store, Unit("00", "Tỉnh", "Tỉnh", "province"), units, None)
        choose(store, "2022")
        batches.begin(store, AT)
        for number, (unit, told) in enumerate(zip(units, answers, strict=True)):
            repository.record_all(store, [(_submission(unit, number), told)])
    return store


def totals_of(count: int) -> bool:
    """Part 1 and 3."""
    chance = random.Random(count)
    units = _units(count + ROUNDS)
    answers = [_answers(chance) for _ in units]
    planted = _planted(answers, [unit.code for unit in units[:count]])
    with tempfile.TemporaryDirectory() as folder:
        store = _office(Path(folder), units[:count], answers[:count])
        save_units(store, Unit("00", "Tỉnh", "Tỉnh", "province"), units, None, "2022")
        start = time.process_time()
        found = current_totals(store)
        first = time.process_time() - start
        late = iter(range(count, count + ROUNDS))

        def one_more() -> None:
            number = next(late)
            repository.record_all(store, [(_submission(units[number], number), answers[number])])

        ours = _median(lambda: current_totals(store), before=one_more)
        again = _median(lambda: current_totals(store))
        wide = _median(_wide(answers))
        now = current_totals(store)
        adding = _median(lambda: totals(FORM, now.units, now.reported))
        start = time.process_time()
        named = {(one.unit.code, one.why.value) for one in outliers(now)}
        doubts = time.process_time() - start
        store.close()
    sums = {id: sum(int(str(one[id])) for one in answers) for id in IDS}
    right = {id: now.number(id).value for id in IDS} == sums and found.coverage == f"{count}/{count + ROUNDS}"
    missing = [fault for fault, place in planted.items() if place not in named]
    times = adding / wide
    print(
        f"totals of {count}: {adding * 1000:.1f} ms, wide table {wide * 1000:.1f} ms: {times:.2f} times "
        f"(at most {TIMES}); again {again * 1000:.1f} ms; after one more {ours * 1000:.0f} ms; first {first:.2f} s"
    )
    named_all = "all named" if not missing else f"NOT NAMED: {missing}"
    print(f"  sums {'right' if right else 'WRONG'}; faults {named_all}, in {doubts:.2f} s")
    return right and not missing and (count < 10_000 or (times <= TIMES and max(adding, ours) < MOST))


def workbook() -> bool:
    """Part 2."""
    import openpyxl

    rows: list[tuple[str | int, ...]] = [(f"Xã {n}", *(n * place % 5000 for place in range(39))) for n in range(10_000)]
    columns = tuple(SheetColumn(f"Số {place}", 12) for place in range(40))

    def bare() -> object:
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet("Bảng")
        for row in rows:
            sheet.append(row)
        data = BytesIO()
        book.save(data)
        return data

    def ours() -> object:
        return render([Sheet("Bảng", columns, tuple(rows), ("Bảng",), landscape=True)])

    times = _median(ours, 3) / _median(bare, 3)
    tracemalloc.start()
    ours()
    memory = tracemalloc.get_traced_memory()[1] / 2**20
    tracemalloc.stop()
    print(f"workbook 10,000 × 40: {times:.2f} times openpyxl write-only (at most {XLSX_TIMES}), {memory:.0f} MB")
    return times <= XLSX_TIMES and memory < XLSX_MB


if __name__ == "__main__":
    counts = [int(each) for each in sys.argv[1:]] or [20, 168, 3_321, 10_000]
    sys.exit(0 if all([*(totals_of(count) for count in counts), workbook()]) else 1)
