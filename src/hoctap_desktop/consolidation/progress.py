"""How far the whole is, day by day up to the last good day, beside last year: what screen and print draw. Pure."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from hoctap_desktop.consolidation.status import Board, arrivals
from hoctap_desktop.filing.model import Kind

_SEEN_BEFORE = timedelta(days=7)
_SEEN_AFTER = timedelta(days=30)
_AFTER_ALL = timedelta(days=2)
_LONGEST = timedelta(days=60)
_SATURDAY = 5


@dataclass(frozen=True)
class CurveDay:
    """One day. count: units that had filed by its end, None for days to come; free: Saturday or Sunday.

    before: how many of today's units had filed as many days before the end last year, None when nothing is known.
    """

    day: date
    count: int | None
    free: bool
    before: float | None = None


@dataclass(frozen=True)
class Curve:
    """last: the last good day, None when none is set. as_of: the day of the board, which may lie after the days.

    year_before: of the numbers of last year, 0 when nothing is known of it.
    """

    days: tuple[CurveDay, ...]
    total: int
    last: date | None
    as_of: date | None = None
    year_before: int = 0

    @property
    def caption(self) -> str:
        months = {one.day.month for one in self.days}
        month = f" tháng {months.pop()}" if len(months) == 1 else ""
        return f"Số đơn vị đã nộp, theo ngày{month}"

    @property
    def legend(self) -> str:
        """The caption, and what the dots are."""
        return f"Số đơn vị đã nộp; chấm: {self.pace_words}" if self.pace_words else self.caption

    @property
    def now(self) -> int:
        """How many have filed."""
        return next((one.count for one in reversed(self.days) if one.count is not None), 0)

    @property
    def days_left(self) -> int:
        """Working days after the day of the board up to the last good day."""
        if self.last is None or self.as_of is None:
            return 0
        later = range(1, (self.last - self.as_of).days + 1)
        return sum((self.as_of + timedelta(days=n)).weekday() < _SATURDAY for n in later)

    @property
    def pace_words(self) -> str:
        """ "cần 18 đơn vị mỗi ngày làm việc"; "" when nobody is waited for, or no day is left."""
        left, days = self.total - self.now, self.days_left
        return f"cần {-(-left // days)} đơn vị mỗi ngày làm việc" if left > 0 and days else ""


def last_good_day(found: Board) -> date | None:
    """The last good day of the reports: that of most units."""
    standings = (row.report for row in found.rows)
    days = Counter(one.deadline.last_good_day for one in standings if one.deadline is not None)
    return min(days, key=lambda day: (-days[day], day), default=None)


def curve(found: Board, before: Board | None = None) -> Curve:
    """Units that had filed, day by day up to the last good day (or the day of the board). before: last year's board."""
    last = last_good_day(found)
    came = dict(arrivals(found.rows, Kind.REPORT))
    end = max(last, min(found.as_of, last + _SEEN_AFTER)) if last else found.as_of
    if last is not None and found.as_of > last + _SEEN_AFTER:
        # looked back at: a month in which nothing came any more says nothing
        end = min(max([last, *came]) + _AFTER_ALL, last + _SEEN_AFTER)
    start = end - _SEEN_BEFORE if last is None else min(last, end) - _SEEN_BEFORE
    if came:
        start = max(min(start, min(came) - timedelta(days=1)), end - _LONGEST)
    total = found.owing(Kind.REPORT)
    earlier = _last_year(before, last, total)
    count = max((reached for day, reached in came.items() if day < start), default=0)
    days: list[CurveDay] = []
    day = start
    while day <= end:
        count = came.get(day, count)
        shown = count if day <= found.as_of else None
        known = max((share for on, share in earlier.items() if on <= day), default=0.0) if earlier else None
        days.append(CurveDay(day, shown, day.weekday() >= _SATURDAY, known))
        day += timedelta(days=1)
    year = before.campaign.year if earlier and before is not None else 0
    return Curve(tuple(days), total, last, found.as_of, year)


def _last_year(before: Board | None, last: date | None, total: int) -> dict[date, float]:
    """Last year's numbers by this year's days, as many days before the end, of as many units as this year."""
    if before is None or last is None:
        return {}
    then, of = last_good_day(before), before.owing(Kind.REPORT)
    if then is None or not of:
        return {}
    return {day + (last - then): reached * total / of for day, reached in arrivals(before.rows, Kind.REPORT)}
