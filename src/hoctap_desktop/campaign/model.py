"""The Week of one year, and when papers are due."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Deadline:
    """The day papers are due, "trước ngày D": strictly before it unless `inclusive` ("tính cả ngày D").

    Weekends do not move it (domain.md §1).

    kind: "plan" or "report"; level: the Level id it holds for; unit: a unit code for an override, else "".
    """

    kind: str
    level: str
    day: date
    inclusive: bool = False
    unit: str = ""

    @property
    def last_good_day(self) -> date:
        return self.day if self.inclusive else self.day - timedelta(days=1)

    def days_late(self, received: date) -> int:
        """Days after the last good day at which the receiver got it; 0 when in time."""
        return max(0, (received - self.last_good_day).days)


@dataclass(frozen=True)
class Campaign:
    """One year's Week. id: "2022"; themes: one or more; week_from, week_to: first and last day; sources: documents.

    free: kinds of paper that units of a level need not file, as (kind, level).
    """

    id: str
    year: int
    themes: tuple[str, ...]
    week_from: date
    week_to: date
    sources: tuple[str, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    free: frozenset[tuple[str, str]] = frozenset()

    @property
    def name(self) -> str:
        return f"Tuần lễ học tập suốt đời năm {self.year}"

    def deadline(self, kind: str, level: str, unit: str = "") -> Deadline | None:
        """The deadline of a unit: its own override, else that of its level, else None."""
        own = [d for d in self.deadlines if d.kind == kind and d.unit and d.unit == unit]
        shared = [d for d in self.deadlines if d.kind == kind and not d.unit and d.level == level]
        return next(iter(own + shared), None)

    def owes(self, kind: str, level: str, unit: str = "") -> bool:
        """False where the campaign frees the level; a day that is set says all the same that it is owed."""
        return (kind, level) not in self.free or self.deadline(kind, level, unit) is not None
