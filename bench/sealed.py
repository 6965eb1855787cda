"""How close a sealed file comes to what one core can do: SHA-256 over its bytes and one ECDSA operation.

Ratios of that floor to our time, medians, both sides in one run (package-format.md: a prototype reached 0.64):
1. authenticity (open_seal) with an attachment of 1 MB, and of a small file; 2. the whole receive: scripts in PDFs
looked for, JSON read and checked, answers and file stored (in memory, if /dev/shm is there: a disk's own speed is not ours);
3. sealing; 4. sign and verify of one file from the command line, in seconds. Exits 1 over a bound.
"""

import hashlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from hoctap_desktop.campaign.office_file import read_office_file
from hoctap_desktop.campaign.repository import choose, save_office
from hoctap_desktop.consolidation.intake import intake
from hoctap_desktop.filing.content import filing_json
from hoctap_desktop.filing.filled_file import read_filled
from hoctap_desktop.filing.model import Filing, Status
from hoctap_desktop.foundation import paths
from hoctap_desktop.foundation.clock import VIETNAM, fixed_clock
from hoctap_desktop.office.paper import print_filing
from hoctap_desktop.store.database import create
from hoctap_desktop.submission.enrolment import accept
from hoctap_desktop.submission.keys import Key, make_key
from hoctap_desktop.submission.manifest import unit_name
from hoctap_desktop.submission.seal import Attachment, Sealed, seal_enrolment, seal_filing
from hoctap_desktop.submission.unseal import open_seal

AT = datetime(2022, 10, 14, 8, 0, tzinfo=VIETNAM)
EXAMPLES = paths.forms() / "examples"
ROUNDS = 60
FILES = 40


def median(act: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Seconds of one run of `act`."""
    act()
    found = []
    for _ in range(rounds):
        start = time.perf_counter()
        act()
        found.append(time.perf_counter() - start)
    return statistics.median(found)


def final(revision: int = 1) -> Filing:
    """The example's report, finalised."""
    return replace(read_filled(EXAMPLES / "2022-ha-thuong-report.toml"), status=Status.FINAL, revision=revision)


def sealed(key: Key, page: bytes, attachments: tuple[Attachment, ...] = ()) -> Sealed:
    """The example's report as a sealed file."""
    office = read_office_file(EXAMPLES / "2022-dai-tu-office.toml")
    filing = final()
    return seal_filing(filing, filing_json(filing), page, key, unit_name(office.own), AT, attachments=attachments)


def floors(key: Key, data: bytes) -> tuple[float, float]:
    """Seconds of SHA-256 over `data` with one verify, and with one signing."""
    assert isinstance(key.private, ec.EllipticCurvePrivateKey)
    private, public, message = key.private, key.private.public_key(), b"m" * 300
    signature = private.sign(message, ec.ECDSA(hashes.SHA256()))

    def verify() -> None:
        hashlib.sha256(data).digest()
        public.verify(signature, message, ec.ECDSA(hashes.SHA256()))

    def sign() -> None:
        hashlib.sha256(data).digest()
        private.sign(message, ec.ECDSA(hashes.SHA256()))

    return median(verify), median(sign)


def receive(key: Key, page: bytes, photo: bytes) -> float:
    """Seconds a file of a whole receive takes, store and all: `FILES` revisions of one report in a folder."""
    office = read_office_file(EXAMPLES / "2022-dai-tu-office.toml")
    shared = Path("/dev/shm")  # noqa: S108 - memory, and a folder of our own in it
    with tempfile.TemporaryDirectory(dir=shared if shared.is_dir() else None) as name:
        folder = Path(name)
        stick = folder / "stick"
        stick.mkdir()
        previous = None
        for revision in range(1, FILES + 1):
            filing = replace(final(), revision=revision)
            one = seal_filing(
                filing, filing_json(filing), page, key, unit_name(office.own), AT, previous=previous,
                attachments=(Attachment("anh.png", photo),) if photo else (),
            )  # fmt: skip
            previous = one.package_id
            (stick / f"{revision:03d}.htgoi").write_bytes(one.data)
        store = create(folder / "upper.hoctap", fixed_clock(AT))
        save_office(store, office.own, office.below, office.upper, office.deadlines)
        choose(store, "2022")
        accept(store, seal_enrolment(final().unit, key, unit_name(office.own), AT).data, "dang-ky.htgoi", AT)
        start = time.perf_counter()
        summary = intake(store, [stick])
        took = time.perf_counter() - start
        store.close()
        assert summary.clean, summary.lines
        return took / FILES


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
    key = make_key("UBND xã Hà Thượng", "05812", AT)
    page = print_filing(final()).data
    photo = b"\x89PNG\r\n\x1a\n" + os.urandom(2**20)
    small, large = (sealed(key, page, files) for files in ((), (Attachment("anh.png", photo),)))
    rows = []
    for words, one, bound in (
        ("authenticity, 1 MB attached", large, 0.60),
        ("authenticity, no attachment", small, 0.45),
    ):
        floor, _ = floors(key, one.data)
        rows.append((words, median(lambda data=one.data: open_seal(data, "a")), floor, bound))
    floor, floor_sign = floors(key, large.data)
    rows.append(("whole receive, 1 MB attached", receive(key, page, photo), floor, 0.25))
    rows.append(
        (
            "seal, 1 MB attached",
            median(lambda: sealed(key, page, (Attachment("anh.png", photo),))),
            floor_sign,
            0.60,
        )
    )
    passed = True
    for words, ours, floor, bound in rows:
        ratio = floor / ours
        passed &= ratio >= bound
        print(f"{words:30} {ours * 1e3:8.3f} ms  floor {floor * 1e3:8.3f} ms  ratio {ratio:5.2f}  at least {bound:.2f}")
    seconds = from_the_command_line()
    passed &= seconds < 1.0
    print(f"{'seal + verify, command line':30} {seconds:8.2f} s   bound 1.00 s")
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
