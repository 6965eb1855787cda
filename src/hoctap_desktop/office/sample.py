"""The sample data that ships with the program: offices to choose from on the first page, and one to look around in."""

from dataclasses import dataclass, replace
from pathlib import Path

from hoctap_desktop.campaign.model import Deadline
from hoctap_desktop.campaign.office_file import OfficeFile, read_office_file
from hoctap_desktop.diary.filled_entries import read_entries
from hoctap_desktop.filing.filled_file import read_filled
from hoctap_desktop.filing.model import Filing
from hoctap_desktop.foundation import paths
from hoctap_desktop.foundation.clock import Clock
from hoctap_desktop.foundation.text import matches, sort_key
from hoctap_desktop.office.filings import fill
from hoctap_desktop.office.from_diary import add_entries
from hoctap_desktop.office.setting_up import make_office
from hoctap_desktop.store.database import Store
from hoctap_desktop.units.model import Unit

CAMPAIGN = "2022"
COMMUNE, UPPER = "05812", "19-171-GDDT"
_NO_FILINGS = ("-office", "-diary")
_DIARIES = {COMMUNE: "2022-ha-thuong-diary.toml"}


@dataclass(frozen=True)
class Candidate:
    """An office that may be set up without typing: itself, its upper unit, those below, when papers are due."""

    unit: Unit
    upper: Unit | None
    below: tuple[Unit, ...] = ()
    deadlines: tuple[Deadline, ...] = ()

    @property
    def office(self) -> OfficeFile:
        return OfficeFile(self.unit, self.below, self.upper, self.deadlines)


def office_files() -> tuple[OfficeFile, ...]:
    """The offices of forms/examples that add up others."""
    return tuple(read_office_file(path) for path in sorted((paths.forms() / "examples").glob("*-office.toml")))


def filled_examples() -> tuple[Filing, ...]:
    """The filled examples of forms/examples."""
    files = sorted((paths.forms() / "examples").glob("*.toml"))
    return tuple(read_filled(path) for path in files if not path.stem.endswith(_NO_FILINGS))


def candidates() -> tuple[Candidate, ...]:
    """Every office of the sample data, the upper ones first, then by name in the Vietnamese order."""
    whole = {filing.unit.code: filing.unit for filing in filled_examples()}
    found: dict[str, Candidate] = {}
    for office in office_files():
        below = tuple(whole.get(unit.code, unit) for unit in office.below)
        # An office may have a file of its own and stand in that of its upper unit too: it is offered once.
        found.setdefault(office.own.code, Candidate(office.own, office.upper, below, office.deadlines))
        for unit in sorted(below, key=lambda one: (levels_rank(one), sort_key(one.short_name))):
            own = tuple(d for d in office.deadlines if d.level == unit.level or d.unit == unit.code)
            found.setdefault(unit.code, Candidate(replace(unit, upper=office.own.code), office.own, (), own))
    return tuple(found.values())


def levels_rank(unit: Unit) -> int:
    """Higher levels first in lists."""
    from hoctap_desktop.units.levels import levels

    return -{level.id: level.rank for level in levels()}[unit.level]


def search(query: str, among: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Those whose name holds the words; accents count only when the query has some."""
    words = " ".join(query.split())
    return tuple(
        one for one in among if not words or matches(words, one.unit.name) or matches(words, one.unit.short_name)
    )


def make_sample(path: Path, clock: Clock, code: str = COMMUNE) -> Store:
    """A store to look around in: the office `code` in the campaign of the examples, its plan and report as drafts.

    Raises UserError STORE_EXISTS, FILE_UNWRITABLE.
    """
    chosen = next(one for one in candidates() if one.unit.code == code)
    store = make_office(path, chosen.office, clock, CAMPAIGN)
    try:
        for filing in filled_examples():
            if filing.unit.code == code:
                fill(store, filing)
        if code in _DIARIES:
            add_entries(store, read_entries(paths.forms() / "examples" / _DIARIES[code]))
    except BaseException:
        store.close()
        raise
    return store
