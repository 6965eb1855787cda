"""What the receiver must come to, in plain Python: nothing of the program is imported here.

A number is added up only where a file of its unit counts; 0, none held, not yet known, not applicable and blank are
five things (none held is covered and adds nothing, not applicable leaves the denominator).
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

Answer = int | str | list[str] | dict[str, str]
MONEY = ("funding.state", "funding.raised")
UNITS = "organising_units"
COUNTS = (
    UNITS, "participants", "newspaper_articles", "tv_items", "radio_items", "wall_newspapers", "wall_articles",
    "leaflets", "books_published", "banners", "talks", "talk_attendees", "exhibitions", "exhibition_visits", "classes",
    "learners", "bookcases", "books_donated",
)  # fmt: skip


class Fault(StrEnum):
    """What was planted. The first five keep a file, or a second one of its unit, out."""

    ALTERED = "altered"  # a number changed after sealing, the list of hashes left alone
    RESUMMED = "resummed"  # the same, the list of hashes made to fit, which breaks the signature
    FOREIGN_KEY = "foreign key"  # signed by a key nobody compared
    SISTERS_KEY = "a sister's key"  # signed by the accepted key of another unit
    OLD_REVISION = "old revision"  # revision 1 comes after revision 2
    DUPLICATE = "duplicate"
    AMENDED = "amended"  # revision 2 comes days after revision 1: it counts
    NOT_HELD = "không tổ chức"
    LATE = "late"
    MISSING = "missing"
    OUTLIER = "outlier"
    COPIED = "copied report"
    ATTENDEES = "attendees without talks"


# Nothing of these units counts.
KEPT_OUT = frozenset({Fault.ALTERED, Fault.RESUMMED, Fault.FOREIGN_KEY, Fault.SISTERS_KEY, Fault.MISSING})
# They come with the second stick, after the last good day.
ON_SECOND_STICK = frozenset({Fault.LATE, Fault.AMENDED, Fault.OLD_REVISION})


@dataclass(frozen=True)
class Planted:
    """One fault. unit: its code; field: the cell, "" where it is of the whole file; value: the number that is wrong.

    other: code of the unit copied from, or whose key signed. file: name of the file it is in, "" for none.
    """

    fault: Fault
    unit: str
    field: str = ""
    value: int | None = None
    other: str = ""
    file: str = ""


@dataclass(frozen=True)
class Sum:
    """One number of the office: None when nobody has one; of how many units it is known, and of how many asked."""

    value: int | None
    covered: int
    of: int


@dataclass
class Truth:
    """units: codes in their order. counts: by code, the answers of the file that counts. days_late: of the late."""

    seed: int
    units: list[str]
    days_late: int
    overdue: int
    counts: dict[str, dict[str, Answer]] = field(default_factory=dict)
    planted: list[Planted] = field(default_factory=list)

    def of(self, *faults: Fault) -> list[Planted]:
        return [one for one in self.planted if one.fault in faults]

    def faults_of(self, unit: str) -> set[Fault]:
        return {one.fault for one in self.planted if one.unit == unit}

    def words(self, unit: str) -> str:
        """What the board must say of a unit's report on the second day."""
        faults = self.faults_of(unit)
        if faults & KEPT_OUT:
            return f"Chưa nộp, quá {self.overdue} ngày"
        if Fault.NOT_HELD in faults:
            return "Không tổ chức"
        return f"Nộp muộn {self.days_late} ngày" if Fault.LATE in faults else "Đã nhận"

    def sums(self) -> dict[str, Sum]:
        """Every number added up from the answers alone."""
        return {id: self._sum(id) for id in (*MONEY, *COUNTS)}

    def silent(self) -> list[str]:
        """Units of which nothing counts."""
        return [unit for unit in self.units if unit not in self.counts]

    def doubts(self) -> set[tuple[str, str, str]]:
        """Unit, rule and cell ("" for the whole table) of everything the office must be told to look at."""
        return set(self._doubts())

    def _sum(self, id: str) -> Sum:
        total, covered, outside = 0, 0, 0
        for answers in self.counts.values():
            answer = answers.get(id)
            if isinstance(answer, int):
                total, covered = total + answer, covered + 1
            elif isinstance(answer, dict):
                covered += answer["none"] == "not_held"
                outside += answer["none"] == "not_applicable"
            elif id == UNITS and any(isinstance(answers.get(each), int) for each in COUNTS):
                total, covered = total + 1, covered + 1  # one that held something is one, written or not
        return Sum(total if covered else None, covered, len(self.units) - outside)

    def _doubts(self) -> Iterator[tuple[str, str, str]]:
        for one in self.planted:
            if one.fault is Fault.OUTLIER:
                yield one.unit, "sisters", one.field
            elif one.fault is Fault.ATTENDEES:
                yield one.unit, "table", one.field
            elif one.fault is Fault.COPIED:
                yield one.unit, "copied", ""
                yield one.other, "copied", ""

    def save(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1), encoding="utf-8")


def read_truth(path: Path) -> Truth:
    """What `save` wrote."""
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    planted = [Planted(**(one | {"fault": Fault(one["fault"])})) for one in data.pop("planted")]
    return Truth(**data, planted=planted)


def numbers(answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """The cells of the table and the money, without the texts."""
    return {id: answer for id, answer in answers.items() if id in COUNTS or id in MONEY}
