"""How close a sealed file comes to what one core can do: SHA-256 over its bytes and one ECDSA operation.

Ratios of that floor to our time (package-format.md: a prototype reached 0.64 for 1). Both sides are measured in turns
in one run, in seconds of the processor, medians: what else the machine does, and a disk's own speed, are not ours.
1. authenticity (open_seal): layout, signature, hashes; with an attachment of 1 MB, and without.
2. the whole receive: the file read, 1, the key judged, JSON read and checked against its form, the PDF looked through
   for scripts and for its paper code, compared with last year, answers and file stored and flushed, one commit a
   group of files (in memory, if /dev/shm is there).
3. sign: hashes, CMS signature, container. Not inside: the JSON, which was frozen when the paper was made final, and
   reading the new file back through open_seal, which a seal always does before anybody is told; measured beside it.
4. 150 files of 150 units taken in by one act; seal and verify of one file from the command line: seconds on the clock.
Exits 1 over a bound.
"""

import hashlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from hoctap_desktop.campaign.office_file import read_office_file
from hoctap_desktop.campaign.repository import choose, save_office
from hoctap_desktop.consolidation.intake import intake
from hoctap_desktop.document.code import paper_code
from hoctap_desktop.filing.content import filing_json
from hoctap_desktop.filing.filled_file import read_filled
from hoctap_desktop.filing.model import Filing, Status
from hoctap_desktop.foundation import paths
from hoctap_desktop.foundation.clock import VIETNAM, fixed_clock
from hoctap_desktop.office.paper import print_filing
from hoctap_desktop.store.database import Store, create
from hoctap_desktop.submission.container import SEALS, unpack
from hoctap_desktop.submission.enrolment import accept
from hoctap_desktop.submission.keys import Key, make_key
from hoctap_desktop.submission.manifest import UnitName, unit_name
from hoctap_desktop.submission.seal import Attachment, Sealed, seal_enrolment, seal_filing, signed_container
from hoctap_desktop.submission.unseal import open_seal
from hoctap_desktop.units.model import Unit

AT = datetime(2022, 10, 14, 8, 0, tzinfo=VIETNAM)
EXAMPLES = paths.forms() / "examples"
ROUNDS = 101
BATCHES = 7
FILES = MANY = (
    150  # one turn of a province; what is looked up once for a turn, and its memory, count for a file's share
)
Measured = tuple[float, float]  # seconds of ours, of the floor


def in_turns(ours: Callable[[], object], floor: Callable[[], object], rounds: int = ROUNDS) -> Measured:
    """Medians of the processor's seconds of one run of each, taken in turns."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds + 3):
        for act, found in zip((ours, floor), times, strict=True):
            start = time.process_time()
            act()
            found.append(time.process_time() - start)
    return statistics.median(times[0][3:]), statistics.median(times[1][3:])


def final(unit: Unit | None = None) -> Filing:
    """The example's report, finalised; of another unit when one is named."""
    filing = replace(read_filled(EXAMPLES / "2022-ha-thuong-report.toml"), status=Status.FINAL)
    filing = replace(filing, unit=unit or filing.unit)
    return replace(filing, paper_code=paper_code(filing_json(filing)))


def sealed(filing: Filing, key: Key, recipient: UnitName, page: bytes, photo: bytes, previous: str | None) -> Sealed:
    """A report as a sealed file."""
    files = (Attachment("anh.png", photo),) if photo else ()
    return seal_filing(filing, filing_json(filing), page, key, recipient, AT, previous=previous, attachments=files)


def verifying(key: Key, data: bytes) -> Callable[[], None]:
    """The floor of taking in: SHA-256 over `data`, one verify."""
    assert isinstance(key.private, ec.EllipticCurvePrivateKey)
    public, message = key.private.public_key(), b"m" * 300
    signature = key.private.sign(message, ec.ECDSA(hashes.SHA256()))

    def act() -> None:
        hashlib.sha256(data).digest()
        public.verify(signature, message, ec.ECDSA(hashes.SHA256()))

    return act


def signing(key: Key, data: bytes) -> Callable[[], None]:
    """The floor of sealing: SHA-256 over `data`, one signing."""
    private, message = key.private, b"m" * 300
    assert isinstance(private, ec.EllipticCurvePrivateKey)

    def act() -> None:
        hashlib.sha256(data).digest()
        private.sign(message, ec.ECDSA(hashes.SHA256()))

    return act


def upper_store(folder: Path, below: Sequence[Unit], key: Key) -> Store:
    """The store of an upper office that accepted one key of each unit below."""
    office = read_office_file(EXAMPLES / "2022-dai-tu-office.toml")
    store = create(folder / "upper.hoctap", fixed_clock(AT))
    save_office(store, office.own, below, office.upper, office.deadlines)
    choose(store, "2022")
    for unit in below:
        own = key if len(below) == 1 else make_key(unit.name, unit.code, AT)
        accept(store, seal_enrolment(unit, own, unit_name(office.own), AT).data, "dang-ky.htgoi", AT)
    return store


def receive(key: Key, page: bytes, photo: bytes) -> Measured:
    """Seconds a file of a whole receive takes: `FILES` revisions of one report in a folder, several times over.

    The floor goes through the same files: as in a receive, none of them lies ready in the processor.
    """
    office = read_office_file(EXAMPLES / "2022-dai-tu-office.toml")
    filing, previous, files = final(), None, []
    for revision in range(1, FILES + 1):
        one = sealed(replace(filing, revision=revision), key, unit_name(office.own), page, photo, previous)
        previous = one.package_id
        files.append(one.data)
    ours, floors = [], []
    checks = [verifying(key, each) for each in files]

    def floor() -> None:
        for check in checks:
            check()

    for _ in range(BATCHES):
        with tempfile.TemporaryDirectory(dir=memory()) as name:
            stick = Path(name) / "stick"
            stick.mkdir()
            for number, each in enumerate(files):
                (stick / f"{number:03d}.htgoi").write_bytes(each)
            store = upper_store(Path(name), [filing.unit], key)
            floors.append(in_turns(floor, floor, 3)[0] / FILES)
            start = time.process_time()
            summary = intake(store, [stick], digests=False)
            ours.append((time.process_time() - start) / FILES)
            floors.append(in_turns(floor, floor, 3)[0] / FILES)
            store.close()
            assert summary.clean, summary.lines
    return statistics.median(ours), statistics.median(floors)


def many(photo: bytes) -> float:
    """Seconds on the clock of taking in one report of each of 150 units."""
    office = read_office_file(EXAMPLES / "2022-dai-tu-office.toml")
    below = [replace(office.below[0], code=f"{number:05d}", name=f"UBND xã {number}") for number in range(1, MANY + 1)]
    below = [replace(unit, short_name=unit.name) for unit in below]
    with tempfile.TemporaryDirectory(dir=memory()) as name:
        stick = Path(name) / "stick"
        stick.mkdir()
        store = create(Path(name) / "upper.hoctap", fixed_clock(AT))
        save_office(store, office.own, below, office.upper, office.deadlines)
        choose(store, "2022")
        for unit in below:
            key = make_key(unit.name, unit.code, AT)
            accept(store, seal_enrolment(unit, key, unit_name(office.own), AT).data, "dang-ky.htgoi", AT)
            filing = final(unit)
            one = sealed(filing, key, unit_name(office.own), print_filing(filing).data, photo, None)
            (stick / one.name).write_bytes(one.data)
        start = time.perf_counter()
        summary = intake(store, [stick], digests=False)
        took = time.perf_counter() - start
        store.close()
        assert summary.clean, summary.lines
        assert len(summary.lines) == MANY
        return took


def memory() -> Path | None:
    """A folder of our own in memory is made there; None: the usual place."""
    shared = Path("/dev/shm")  # noqa: S108
    return shared if shared.is_dir() else None


def from_the_command_line() -> float:
    """Seconds of `hoctap seal` and `hoctap verify` of one file, each in a process of its own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        program = [sys.executable, "-m", "hoctap_desktop"]
        environment = {**os.environ, "HOCTAP_PASSPHRASE": "mat khau du dai", "PYTHONIOENCODING": "utf-8"}

        def run(*words: str) -> None:
            subprocess.run([*program, *words], cwd=folder, env=environment, check=True, capture_output=True)

        run("office", "init", "a.hoctap", "--unit", str(EXAMPLES / "2022-ha-thuong-office.toml"))
        run("fill", "a.hoctap", str(EXAMPLES / "2022-ha-thuong-report.toml"))
        run("finalise", "a.hoctap", "report")
        run("keys", "init", "a.hoctap")
        start = time.perf_counter()
        run("seal", "a.hoctap", "report", "--out", ".")
        run("verify", next(folder.glob("*.htgoi")).name)
        return time.perf_counter() - start


def main() -> int:
    """Prints one line a measurement; 1 when a bound is passed."""
    key, filing = make_key("UBND xã Hà Thượng", "05812", AT), final()
    recipient = unit_name(read_office_file(EXAMPLES / "2022-dai-tu-office.toml").own)
    page = print_filing(filing).data
    photo = b"\x89PNG\r\n\x1a\n" + os.urandom(2**20)
    small, large = (sealed(filing, key, recipient, page, files, None).data for files in (b"", photo))
    found = unpack(large)
    entries = [entry for entry in found.entries if entry.name not in SEALS]
    signed = signing(key, large)
    rows: list[tuple[str, Measured, float]] = [
        ("authenticity, 1 MB attached", in_turns(lambda: open_seal(large, "a"), verifying(key, large)), 0.60),
        ("authenticity, no attachment", in_turns(lambda: open_seal(small, "a"), verifying(key, small)), 0.45),
        ("whole receive, 1 MB attached", receive(key, page, photo), 0.25),
        ("sign, 1 MB attached", in_turns(lambda: signed_container(found.kind, entries, key, AT), signed), 0.60),
        (
            "  with reading it back",
            in_turns(lambda: sealed(filing, key, recipient, page, photo, None), signed),
            0.0,
        ),
    ]
    passed = True
    for words, (ours, floor), bound in rows:
        passed &= floor / ours >= bound
        least = f"  at least {bound:.2f}" if bound else ""
        print(f"{words:30} {ours * 1e3:8.3f} ms  floor {floor * 1e3:8.3f} ms  ratio {floor / ours:5.2f}{least}")
    _, floor = rows[0][1]
    for words, seconds, most, per in (
        (f"{MANY} files of {MANY} units", many(photo), 5.0, MANY * floor),
        ("seal + verify, command line", from_the_command_line(), 1.0, 0.0),
    ):
        passed &= seconds < most
        ratio = f"  ratio {per / seconds:5.2f}" if per else ""
        print(f"{words:30} {seconds:8.2f} s   below {most:.2f} s{ratio}")
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
