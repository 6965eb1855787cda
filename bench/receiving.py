"""Taking in the files of a whole province and of the whole country: made by bench.offices, received by the program.

1. 150 units: every file verified, received, its verdict saved, in under 5 s on the clock; the same sticks again change
   nothing; put back, the office stands as before.
2. 3,321 units on one core: at most 10 times the floor (each file read, hashed, one signature verified, in the same
   run), a file at most 1.2 times as dear as at 168; under 400 MB of memory.
3. Cancel, asked for at any file, ends within half a second, and not a row is left.

The prints inside are real ones. Each size is received in a process of its own, in memory where there is /dev/shm.
Every size is gone through once before it counts: memory that a (virtual) machine touches for the first time costs
five times as much to write to, and nothing of that is ours. What the process remembers of keys and certificates is
forgotten in between: those of 168 units would be known in the second round, those of 3,321 are too many to keep.
Seconds of the processor where nothing else is said.
Exits 1 over a bound. `python -m bench.receiving [N]`.
"""

import hashlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from bench.offices.made import FIRST_DAY, STORE, in_memory, make
from hoctap_desktop.consolidation import desk, repository
from hoctap_desktop.consolidation.intake import intake
from hoctap_desktop.consolidation.overview import current_board, current_totals
from hoctap_desktop.foundation.clock import fixed_clock
from hoctap_desktop.foundation.progress import Cancelled, silent
from hoctap_desktop.store.database import Store, open_store
from hoctap_desktop.submission.certificate import read_certificate
from hoctap_desktop.submission.repository import held_packages
from hoctap_desktop.submission.signature import on_curve

ROOT = Path(__file__).parents[1]
AT_ONCE, SECONDS = 150, 5.0
SMALL, LARGE = 168, 3_321
FLOORS, GROWTH, MEGABYTES, CANCEL = 10.0, 1.2, 400, 0.5
ROUNDS = 5


@contextmanager
def opened(office: Path) -> Iterator[Store]:
    """A fresh copy of the office's store, before anything was received."""
    with tempfile.TemporaryDirectory(dir=office.parent) as folder:
        shutil.copy(office / STORE, folder)
        store = open_store(Path(folder) / STORE, fixed_clock(FIRST_DAY))
        try:
            yield store
        finally:
            store.close()


def floor(files: Sequence[Path]) -> float:
    """Seconds of reading, hashing, and verifying one signature, for each file."""
    key, message = ec.generate_private_key(ec.SECP256R1()), b"m" * 300
    public, signature = key.public_key(), key.sign(message, ec.ECDSA(hashes.SHA256()))
    start = time.process_time()
    for file in files:
        hashlib.sha256(file.read_bytes()).digest()
        public.verify(signature, message, ec.ECDSA(hashes.SHA256()))
    return time.process_time() - start


def rows(store: Store, *but: str) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    names = [row[0] for row in store.query("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {
        name: [tuple(row) for row in store.query(f"SELECT * FROM {name}")]  # noqa: S608 - names of the schema
        for name in names
        if name not in but
    }


def standing(store: Store) -> tuple[object, ...]:
    """How the office stands, for a person: the board, the totals, what waits, what was taken in."""
    board, totals = current_board(store), current_totals(store)
    states = [(row.unit.code, row.plan.words, row.report.words) for row in board.rows]
    numbers = [(total.field.id, total.value, total.coverage) for total in totals.numbers]
    # what is put back stays in the book, marked so, and the turn with its verdicts
    # and so does the latest day anybody trusted signed: it only bounds how far this machine's clock is believed
    book = rows(store, "batch", "batch_held", "submission", "source", "sqlite_sequence", "latest_signed")
    kept = {name: content for name, content in book.items() if not name.startswith("turn")}
    return states, numbers, held_packages(store), repository.taken(store), kept


def forget() -> None:
    """No certificate and no key is known from a round before."""
    read_certificate.cache_clear()
    on_curve.cache_clear()


def once(store: Store, sticks: Sequence[Path]) -> tuple[float, float, desk.Desk]:
    """Seconds of the processor and of the clock of taking the sticks in and saving the verdicts, as the window does."""
    cpu, clock = time.process_time(), time.perf_counter()
    told = desk.receive(store, silent, sticks, "USB")
    return time.process_time() - cpu, time.perf_counter() - clock, told


def cancel(store: Store, sticks: Sequence[Path], at: float) -> tuple[float, bool]:
    """Seconds from the click (the longest wait between two askings, and the end), and whether nothing is left.

    at: how far the work has come when it is cancelled, of 1.
    """
    before = rows(store)
    last, waits, asked = time.perf_counter(), [0.0], 0.0

    def progress(done: int, total: int, what: str = "") -> None:  # noqa: ARG001 - as Progress asks
        nonlocal last, asked
        now = time.perf_counter()
        waits.append(now - last)
        last = now
        if total and done >= int(at * (total - 1)):
            asked = now
            raise Cancelled

    try:
        intake(store, sticks, progress)
    except Cancelled:
        pass
    return max(waits) + time.perf_counter() - asked, rows(store) == before


def child(office: Path, what: str) -> dict[str, Any]:
    """One measurement in this process, on one core."""
    import resource

    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    sticks = sorted(office.glob("usb-*"))
    files = [file for stick in sticks for file in stick.rglob("*.htgoi")]
    found: dict[str, Any] = {"files": len(files)}
    if what == "cancel":
        with opened(office) as store:
            ends = [cancel(store, sticks, at) for at in (0.0, 0.5, 1.0)]
        return found | {"seconds": max(seconds for seconds, _ in ends), "nothing_left": all(none for _, none in ends)}
    spent, floors, clocks = [], [], []
    rounds = ROUNDS if len(files) < 1_000 else 2
    for number in range(rounds + 1):  # the first warms up
        with opened(office) as store:
            before = standing(store)
            floors.append(floor(files))
            forget()
            cpu, clock, told = once(store, sticks)
            floors.append(floor(files))
            if number:
                spent.append(cpu)
                clocks.append(clock)
            found["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            if what == "again":
                changes = store.state
                found["again"] = intake(store, sticks).batch is None and store.state == changes
                desk.undo(store, told.batches)
                found["undone"] = standing(store) == before
    return found | {
        "cpu": statistics.median(spent),
        "floor": statistics.median(floors),
        "clock": statistics.median(clocks),
    }


def measured(office: Path, what: str) -> dict[str, Any]:
    """`child` in a process of its own."""
    command = [sys.executable, "-m", "bench.receiving", "--child", str(office), what]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if ran.returncode:
        raise SystemExit(ran.stderr)
    result: dict[str, Any] = json.loads(ran.stdout)
    return result


def main(sizes: Sequence[int]) -> int:
    """Prints a line a measurement; 1 when a bound is passed."""
    passed, each = True, {}
    with in_memory() as folder:
        for count in sizes:
            office = make(folder / str(count), count, count).folder
            found = measured(office, "again" if count == AT_ONCE else "once")
            each[count] = found["cpu"] / found["files"]
            times = found["cpu"] / found["floor"]
            small = each.get(SMALL, each[count])
            lines = [
                (f"{found['cpu'] / found['files'] * 1e3:.2f} ms a file", True),
                (f"{times:.1f} times the floor (at most {FLOORS:.0f})", count != LARGE or times <= FLOORS),
                (f"{found['memory']:.0f} MB (under {MEGABYTES})", found["memory"] < MEGABYTES),
            ]
            if count == AT_ONCE:
                lines.append((f"{found['clock']:.2f} s on the clock (under {SECONDS:.0f})", found["clock"] < SECONDS))
                lines += [("again: 0 changes", found["again"]), ("put back: as before", found["undone"])]
            if count > SMALL in each:
                growth = each[count] / small
                lines.append((f"{growth:.2f} times a file of {SMALL} (at most {GROWTH})", growth <= GROWTH))
            stopped = measured(office, "cancel")
            lines.append((f"cancel {stopped['seconds']:.2f} s (under {CANCEL})", stopped["seconds"] < CANCEL))
            lines.append(("nothing left of it", stopped["nothing_left"]))
            told = "; ".join(words if right else words.upper() + " <<<" for words, right in lines)
            print(f"{count} units, {found['files']} files: {told}", flush=True)
            passed &= all(right for _, right in lines)
            shutil.rmtree(office)
    return 0 if passed else 1


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        print(json.dumps(child(Path(sys.argv[2]), sys.argv[3])))
        sys.exit(0)
    sys.exit(main([int(each) for each in sys.argv[1:]] or [AT_ONCE, SMALL, LARGE]))
