"""What the upper office holds of one package it took in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from hoctap_desktop.filing.model import FormRef, Kind
from hoctap_desktop.form.answers import Cell, Missing, NoNumber
from hoctap_desktop.form.definition import FormDefinition, RollUp


@dataclass(frozen=True)
class Submission:
    """A package that was taken in.

    unit_name: as the package names it. series: "2022-report". epoch: of the key that signed it, by our roster.
    received_on: the day of receipt, by which lateness counts; day_reason: why it was set by hand, else "".
    from_paper: typed by this office from paper (Nhập hộ), no package; instead_of: the package it counts in place of.
    received_at: when this program took it in. previous: package id of the revision before, or None.
    file: SHA-256 of the sealed file kept beside the store. notes: sentences noted at receipt.
    """

    package_id: str
    unit_code: str
    unit_name: str
    series: str
    campaign: str
    kind: Kind
    revision: int
    epoch: int
    previous: str | None
    form: FormRef
    illustrative: bool
    document_number: str
    document_day: date | None
    paper_code: str
    received_on: date
    day_reason: str
    received_at: datetime
    batch: str
    file_name: str
    file: str
    notes: tuple[str, ...] = ()
    from_paper: bool = False
    instead_of: str = ""


@dataclass(frozen=True)
class Reported:
    """A submission that counts, with its numbers by field id; a blank cell is not in `cells`."""

    submission: Submission
    cells: Mapping[str, Cell]
    # what totals.py reads off the cells, by form: made once, since a package never changes
    tallies: dict[str, tuple[tuple[int, ...], bytes]] = field(default_factory=dict, compare=False, repr=False)


def newest(submissions: tuple[Reported, ...]) -> tuple[Reported, ...]:
    """Of each unit and series the one that counts: highest epoch, then highest revision. Order is kept.

    What was typed from paper counts while no package came, and over the very package it was decided to stand for: a
    later package takes its place. Of several entries the one entered last.
    """
    best: dict[tuple[str, str], Reported] = {}
    papers: dict[tuple[str, str], Reported] = {}
    for one in submissions:
        key = (one.submission.unit_code, one.submission.series)
        if one.submission.from_paper:
            last = papers.get(key)
            if last is None or one.submission.received_at >= last.submission.received_at:
                papers[key] = one
        else:
            known = best.get(key)
            if known is None or _rank(one) > _rank(known):
                best[key] = one
    for key, paper in papers.items():
        package = best.get(key)
        if package is None or package.submission.package_id == paper.submission.instead_of:
            best[key] = paper
    return tuple(one for one in submissions if best[(one.submission.unit_code, one.submission.series)] is one)


def _rank(one: Reported) -> tuple[int, int]:
    return one.submission.epoch, one.submission.revision


def held_nothing(form: FormDefinition, cells: Mapping[str, Cell]) -> bool:
    """True for the real, signed answer "không tổ chức": said where units are counted, or in every cell of the table."""
    counting = [field.id for field in form.indicators() if field.roll_up is RollUp.COUNT_UNITS]
    if counting and all(_not_held(cells.get(id)) for id in counting):
        return True
    indicators = [field.id for field in form.indicators()]
    return bool(indicators) and all(_not_held(cells.get(id)) for id in indicators)


def _not_held(cell: Cell) -> bool:
    return isinstance(cell, Missing) and cell.kind is NoNumber.NOT_HELD
