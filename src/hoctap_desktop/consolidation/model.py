"""What the upper office holds of one package it took in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

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

    @property
    def nth(self) -> str:
        """ "lần 1"; what was typed from paper has no number of its own: "nhập hộ"."""
        return "nhập hộ" if self.from_paper else f"lần {self.revision}"

    @property
    def named(self) -> str:
        """ "bản lần 1", "bản nhập hộ"."""
        return f"bản {self.nth}"


@dataclass(frozen=True)
class Reported:
    """A submission that counts, with its numbers by field id; a blank cell is not in `cells`.

    form: the one it was filled in on, None when nobody knows it; what that does not ask is no blank.
    """

    submission: Submission
    cells: Mapping[str, Cell]
    form: FormDefinition | None = None
    # what totals.py reads off the cells, by form: made once, since a package never changes
    tallies: dict[str, tuple[tuple[int, ...], bytes]] = field(default_factory=dict, compare=False, repr=False)

    def asked_at(self, form: FormDefinition, id: str) -> str:
        """The id under which the paper answers the question `id` of `form`; "" when it was not asked."""
        own = self.form
        return id if own is None or own.hash == form.hash else own.asked_at(form, id)

    def cells_on(self, form: FormDefinition) -> Mapping[str, Cell]:
        """The cells that answer questions of `form`."""
        if self.form is None or self.form.hash == form.hash:
            return self.cells
        asked = ((form.asked_at(self.form, id), found) for id, found in self.cells.items())
        return {id: found for id, found in asked if id}


@dataclass(frozen=True)
class PaperReceipt:
    """A paper that was handed in, its numbers not typed yet. paper_code: "" when it bears none; note: the officer's.

    day_reason: why the day of receipt was set by hand, else "". who: at the machine; at: when it was noted.
    """

    id: str
    unit_code: str
    unit_name: str
    campaign: str
    kind: Kind
    received_on: date
    paper_code: str
    note: str
    who: str
    at: datetime
    day_reason: str = ""


class ChoiceAct(StrEnum):
    """What an officer chose when a later paper came for one that was accepted; taking it is approving it."""

    KEPT = "kept"  # the accepted one goes on counting
    UNDONE = "undone"  # the choice before was taken back


@dataclass(frozen=True)
class Choice:
    """A choice about a later paper beside an accepted one; package_id: of the later one."""

    package_id: str
    act: ChoiceAct
    day: date
    who: str
    chosen_at: datetime


@dataclass(frozen=True)
class Decided:
    """What officers decided of papers, by package id. kept: of a later one, that the accepted one goes on counting."""

    accepted: frozenset[str] = frozenset()
    returned: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()


NOTHING_DECIDED = Decided()


def newest(submissions: Sequence[Reported], decided: Decided = NOTHING_DECIDED) -> tuple[Reported, ...]:
    """Of each unit and series the one that counts: highest epoch, then highest revision. Order is kept.

    What was accepted is never replaced by itself: a later paper waits beside it until an officer approves that one.
    What was typed from paper counts while no package came, and over the very package it was decided to stand for: a
    later package takes its place. Of several entries the one entered last.
    """
    counts = {
        key: same[0] if len(same) == 1 else _counting(same, decided) for key, same in _by_series(submissions).items()
    }
    return tuple(one for one in submissions if counts[one.submission.unit_code, one.submission.series] is one)


@dataclass(frozen=True)
class Beside:
    """A later paper that came for an accepted one. undecided: nobody has said which of the two counts."""

    accepted: Reported
    later: Reported
    undecided: bool


def beside(submissions: Sequence[Reported], decided: Decided) -> tuple[Beside, ...]:
    """Of each unit and series the last paper that came for the one that counts and does not count itself."""
    found = []
    for same in _by_series(submissions).values():
        if len(same) == 1:
            continue
        counts, order = _counting(same, decided), in_order(same)
        last = order[-1]
        id = last.submission.package_id
        held_back = counts.submission.package_id in decided.accepted or id in decided.kept
        if last is not counts and not last.submission.from_paper and held_back:
            found.append(Beside(counts, last, id not in decided.kept | decided.returned))
    return tuple(found)


def _by_series(submissions: Sequence[Reported]) -> dict[tuple[str, str], list[Reported]]:
    found: dict[tuple[str, str], list[Reported]] = {}
    for one in submissions:
        found.setdefault((one.submission.unit_code, one.submission.series), []).append(one)
    return found


def _counting(same: Sequence[Reported], decided: Decided) -> Reported:
    first, *later = in_order(same)
    counts = first
    for one in later:
        if _takes_over(one, counts, decided):
            counts = one
    return counts


def in_order(same: Sequence[Reported]) -> list[Reported]:
    """Packages by rank; what was typed from paper before them all, or behind the package it stands for."""
    order = sorted((one for one in same if not one.submission.from_paper), key=_rank)
    typed: Reported | None = None
    for one in same:
        if one.submission.from_paper and (typed is None or one.submission.received_at >= typed.submission.received_at):
            typed = one
    if typed is not None:
        ids = [one.submission.package_id for one in order]
        stood_for = typed.submission.instead_of
        order.insert(ids.index(stood_for) + 1 if stood_for in ids else 0, typed)
    return order


def _takes_over(one: Reported, counts: Reported, decided: Decided) -> bool:
    id = one.submission.package_id
    if one.submission.from_paper:
        return True  # entered by name, with its reason
    if not counts.submission.from_paper and _rank(one) <= _rank(counts):
        return False
    if id in decided.accepted:
        return True
    return id not in decided.kept and counts.submission.package_id not in decided.accepted


def _rank(one: Reported) -> tuple[int, int]:
    return one.submission.epoch, one.submission.revision


def held_nothing(form: FormDefinition, cells: Mapping[str, Cell]) -> bool:
    """True for the real, signed answer "không tổ chức": said where units are counted, or in every cell of the table."""
    counting = (field.id for field in form.indicators() if field.roll_up is RollUp.COUNT_UNITS)
    first = next(counting, None)
    if first is not None and _not_held(cells.get(first)) and all(_not_held(cells.get(id)) for id in counting):
        return True
    return bool(form.indicator_ids) and all(_not_held(cells.get(id)) for id in form.indicator_ids)


def _not_held(cell: Cell) -> bool:
    return isinstance(cell, Missing) and cell.kind is NoNumber.NOT_HELD
