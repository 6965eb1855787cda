"""The office itself: units of the country's list, a key each, their reports sealed by the program's own sealing.

Two things go round the program. A report that its sender's checks would stop is sealed all the same: the receiver has
to name it. And keys are written into the roster as `accept` writes them, without reading it anew for each.
"""

import os
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from random import Random

from bench.offices.figures import drawn, plan, with_fault
from bench.offices.truth import KEPT_OUT, ON_SECOND_STICK, Answer, Fault, Planted, Truth, numbers
from hoctap_desktop.campaign.model import Deadline
from hoctap_desktop.campaign.office_file import OfficeFile
from hoctap_desktop.campaign.repository import campaign_by_id
from hoctap_desktop.document.code import paper_code
from hoctap_desktop.filing.content import filing_json
from hoctap_desktop.filing.model import Filing, Kind
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.clock import VIETNAM, fixed_clock
from hoctap_desktop.office.filings import as_final, new_filing
from hoctap_desktop.office.paper import print_filing
from hoctap_desktop.office.setting_up import make_office
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission.container import SIGNATURE, SUMS, Entry, pack, sums, unpack
from hoctap_desktop.submission.keys import Key, make_key
from hoctap_desktop.submission.manifest import UnitName, unit_name
from hoctap_desktop.submission.repository import add_roster_key
from hoctap_desktop.submission.roster import RosterKey
from hoctap_desktop.submission.seal import EXTENSION, Sealed, seal_filing
from hoctap_desktop.units import gazetteer
from hoctap_desktop.units.model import Unit
from hoctap_desktop.units.proposals import offices_of

CAMPAIGN = "2025"
KEYS_DAY = datetime(2025, 10, 8, 9, 0, tzinfo=VIETNAM)
SEALED_DAY = datetime(2025, 10, 13, 15, 30, tzinfo=VIETNAM)
DUE = date(2025, 10, 18)
FIRST_DAY = datetime(2025, 10, 14, 16, 0, tzinfo=VIETNAM)
SECOND_DAY = datetime(2025, 10, 21, 8, 15, tzinfo=VIETNAM)
DAYS_LATE = 4  # the 17th was the last good day
STICKS = ("usb-1", "usb-2")
STORE = "upper.hoctap"
_COPY = "ban sao"
_TEXTS = {
    "direction": "Ủy ban nhân dân ban hành kế hoạch, giao công chức văn hóa theo dõi, kiểm tra hai lần.",
    "launch": "Phát động ngày 01/10/2025 tại nhà văn hóa, có đại diện các trường dự.",
    "activities": "Mở thư viện buổi tối; các trường thi giới thiệu sách.",
    "results": "Người dự đông hơn các tuần thường.",
}
_FEW = 100


@dataclass(frozen=True)
class Made:
    """An office in a folder: its store with the units and their keys, two sticks, what must come out."""

    folder: Path
    truth: Truth

    @property
    def store(self) -> Path:
        return self.folder / STORE

    @property
    def sticks(self) -> tuple[Path, Path]:
        return self.folder / STICKS[0], self.folder / STICKS[1]


@contextmanager
def in_memory() -> Iterator[Path]:
    """A folder in memory where there is one, gone afterwards: thousands of files are not to wait for a disk."""
    shared = Path("/dev/shm")  # noqa: S108
    with tempfile.TemporaryDirectory(dir=shared if shared.is_dir() else None) as folder:
        yield Path(folder)


def units_for(count: int) -> OfficeFile:
    """The smallest province with so many communes, cut to `count`; beyond that the ministry with communes of all."""
    inside: dict[str, list[gazetteer.Place]] = {}
    for commune in gazetteer.communes():
        inside.setdefault(commune.upper, []).append(commune)
    enough = sorted((len(places), code) for code, places in inside.items() if len(places) >= count)
    places = inside[enough[0][1]] if enough else list(gazetteer.communes())
    if len(places) < count:
        raise ValueError(f"there are {len(places)} communes")
    proposals = [offices_of(place)[0] for place in places[:count]]
    department = proposals[0].upper
    province = gazetteer.by_code(places[0].upper)
    assert department is not None
    assert province is not None
    above = offices_of(province)[1].upper
    assert above is not None
    own, upper = (replace(department, upper=above.code), above) if enough else (above, None)
    below = tuple(_signed(replace(one.own, upper=own.code), at) for at, one in enumerate(proposals))
    return OfficeFile(own, below, upper, (Deadline("report", "commune", DUE),))


def make(folder: Path, count: int, seed: int) -> Made:
    """Makes the office. Raises ValueError for a count that cannot be had."""
    chance = Random(seed)
    office = units_for(count)
    codes = [unit.code for unit in office.below]
    planted = plan(codes, chance)
    faults = {one.unit: one for one in planted}
    answers: dict[str, dict[str, Answer]] = {code: drawn(chance) for code in codes}
    before = {code: drawn(chance) for code in codes}  # of the revision that was amended
    answers = {
        code: with_fault(figures, faults[code], answers[faults[code].other or code]) if code in faults else figures
        for code, figures in answers.items()
    }
    keys = {unit.code: make_key(unit.name, unit.code, KEYS_DAY) for unit in office.below}
    store = make_office(folder / STORE, office, fixed_clock(KEYS_DAY), CAMPAIGN)
    register(store, office.below, keys)
    store.close()
    for name in STICKS:
        (folder / name / _COPY).mkdir(parents=True)
    sealing = _Sealing(unit_name(office.own), keys)
    truth = Truth(seed, codes, DAYS_LATE, DAYS_LATE)
    drafts = []
    for unit in office.below:
        fault = faults[unit.code].fault if unit.code in faults else None
        if fault in (Fault.AMENDED, Fault.OLD_REVISION):
            drafts.append(report(unit, before[unit.code]))
        if fault is not Fault.MISSING:
            drafts.append(report(unit, answers[unit.code], 2 if fault in (Fault.AMENDED, Fault.OLD_REVISION) else 1))
        if fault not in KEPT_OUT:
            truth.counts[unit.code] = numbers(answers[unit.code])
    written = sealing.write(folder, drafts, faults)
    truth.planted = [replace(one, file=written.get(one.unit, "")) for one in planted]
    truth.save(folder / "truth.json")
    return Made(folder, truth)


def register(store: Store, units: Sequence[Unit], keys: dict[str, Key]) -> None:
    """The keys as `enrolment.accept` would write them one by one after each was compared."""
    day = KEYS_DAY.date()
    with store.atomic():
        for unit in units:
            key = keys[unit.code]
            last = key.details.valid_to.astimezone(VIETNAM).date()
            kept = RosterKey(unit_name(unit), key.key_hash, valid_from=day, valid_to=last, accepted=day)
            add_roster_key(store, kept, key.certificate)


def report(unit: Unit, answers: dict[str, Answer], revision: int = 1) -> Filing:
    """A final report; nobody has checked it."""
    draft = new_filing(Kind.REPORT, unit, campaign_by_id(CAMPAIGN), SEALED_DAY.date())
    typed: dict[str, JsonValue] = {**draft.answers, **_TEXTS, **answers}  # type: ignore[dict-item]
    final = replace(draft, answers=typed, revision=revision)
    return as_final(final, paper_code(filing_json(final)), SEALED_DAY)


# --- pages --------------------------------------------------------------------------------------------------------


def printed(filings: Sequence[Filing]) -> Iterator[bytes]:
    """The pages the units would print; many of them on all cores, 22 ms each.

    A page of another make would be read by the receiver in a process apart, a tenth of a second each.
    """
    if len(filings) < _FEW:
        yield from map(_printed, filings)
        return
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        yield from pool.map(_printed, filings, chunksize=16)


def _printed(filing: Filing) -> bytes:
    return print_filing(filing).data


# --- sealing ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Sealing:
    recipient: UnitName
    keys: dict[str, Key]

    def write(self, folder: Path, drafts: Sequence[Filing], faults: dict[str, Planted]) -> dict[str, str]:
        """Writes every file onto its stick; by unit, the file its fault is in."""
        foreign = make_key("Người lạ", "99999", KEYS_DAY)
        first: dict[str, str] = {}
        written: dict[str, str] = {}
        for filing, page in zip(drafts, printed(drafts), strict=True):
            code = filing.unit.code
            one = faults.get(code)
            fault = one.fault if one is not None else None
            key = self.keys[code]
            if fault is Fault.FOREIGN_KEY:
                key = foreign
            elif fault is Fault.SISTERS_KEY and one is not None:
                key = self.keys[one.other]
            sealed = seal_filing(
                filing, filing_json(filing), page, key, self.recipient, SEALED_DAY, previous=first.get(code)
            )
            first[code] = sealed.package_id
            data = sealed.data
            if fault in (Fault.ALTERED, Fault.RESUMMED) and one is not None:
                data = altered(sealed, one, resummed=fault is Fault.RESUMMED)
            second = fault in ON_SECOND_STICK and (fault is not Fault.OLD_REVISION or filing.revision == 1)
            second = second and not (fault is Fault.AMENDED and filing.revision == 1)
            stick = folder / STICKS[second]
            (stick / sealed.name).write_bytes(data)
            written[code] = sealed.name
            if fault is Fault.OLD_REVISION and filing.revision == 2:
                written[code] = sealed.name.replace("lan-2", "lan-1")
            if fault is Fault.DUPLICATE:
                written[code] = f"{Path(sealed.name).stem} - Copy{EXTENSION}"
                (stick / _COPY / written[code]).write_bytes(data)
        return written


def altered(sealed: Sealed, one: Planted, *, resummed: bool) -> bytes:
    """The file with another number in one cell, its container whole; resummed: its list of hashes says the new ones."""
    found = unpack(sealed.data)
    entries = []
    for entry in found.entries:
        data = entry.data
        if entry.name == "answers.json":
            head, mark, tail = data.partition(f'"{one.field}":'.encode())
            assert mark
            digits = len(tail) - len(tail.lstrip(b"0123456789"))
            data = head + mark + str(one.value).encode() + tail[digits:]
        entries.append(Entry(entry.name, data))
    inside = [entry for entry in entries if entry.name not in (SUMS, SIGNATURE)]
    listed = sums(found.kind, inside) if resummed else found.get(SUMS)
    return pack(found.kind, [*inside, Entry(SUMS, listed), Entry(SIGNATURE, found.get(SIGNATURE))])


def _signed(unit: Unit, at: int) -> Unit:
    """With the name of somebody who signs: a report without one would be stopped."""
    return replace(unit, signer=replace(unit.signer, name=f"Nguyễn Văn {_NAMES[at % len(_NAMES)]}"))


_NAMES = ("An", "Bình", "Châu", "Dũng", "Giang", "Hòa", "Khánh", "Lâm")
