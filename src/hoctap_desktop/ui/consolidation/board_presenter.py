"""What the page Theo dõi says of a board: the head figure, the curve, the rows that are asked for. No Qt."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from hoctap_desktop.consolidation.status import STATE_WORDS, Board, Standing, State, arrivals
from hoctap_desktop.filing.model import Kind
from hoctap_desktop.foundation.numbers import print_count
from hoctap_desktop.foundation.text import matches, sort_key, without_marks
from hoctap_desktop.units.levels import levels

# In the order in which a paper goes through them, the last still awaited.
ORDER = (
    State.APPROVED,
    State.RECEIVED,
    State.RESENT,
    State.NOT_HELD,
    State.EXEMPT,
    State.LATE,
    State.RETURNED,
    State.NOT_SENT,
)
UNIT, KIND, PLAN, REPORT, RECEIVED, NOTE = range(6)
_SEEN_BEFORE = timedelta(days=7)
_SEEN_AFTER = timedelta(days=30)
_AFTER_ALL = timedelta(days=2)
_LONGEST = timedelta(days=60)
_FAR = date.max


@dataclass(frozen=True)
class Part:
    """One state: its part of the bar and its line of the legend."""

    state: State
    words: str
    count: int


@dataclass(frozen=True)
class BoardHead:
    """done, total: of the reports. due: "còn 3 ngày", "hôm nay là ngày cuối", "quá 2 ngày"; "" when no day is set."""

    done: int
    total: int
    due: str
    overdue: bool
    parts: tuple[Part, ...]

    @property
    def left(self) -> int:
        return self.total - self.done

    @property
    def words(self) -> str:
        """What follows the large figure."""
        rest = f", còn {self.left}" if self.left else ""
        return f"trên {self.total} đơn vị đã xong phần nộp{rest}"


@dataclass(frozen=True)
class CurveDay:
    """One day of the curve. count: units that had filed by its end, None for days to come; free: Saturday or Sunday."""

    day: date
    count: int | None
    free: bool


@dataclass(frozen=True)
class Curve:
    """last: the last good day, None when none is set. as_of: the day of the board, which may lie after the days."""

    days: tuple[CurveDay, ...]
    total: int
    last: date | None
    as_of: date | None = None

    @property
    def caption(self) -> str:
        months = {one.day.month for one in self.days}
        month = f" tháng {months.pop()}" if len(months) == 1 else ""
        return f"Số đơn vị đã nộp, theo ngày{month}"


@dataclass(frozen=True)
class Line:
    """One unit. spans: (start, length) of the letters that were searched for. keys: for sorting by each column."""

    code: str
    unit: str
    level: str
    kind: str
    plan: Standing
    report: Standing
    received: date | None
    note: str
    keys: tuple[object, ...]
    spans: tuple[tuple[int, int], ...] = ()

    @property
    def package_id(self) -> str:
        """What opens: the report, else the plan; "" when nothing came."""
        received = self.report.received or self.plan.received
        return received.submission.package_id if received else ""

    def stands(self, state: State) -> bool:
        """True when its plan or its report is in `state`."""
        return state in (self.plan.state, self.report.state)


@dataclass(frozen=True)
class Wanted:
    """Which rows, in which order. state, level: None for all."""

    query: str = ""
    state: State | None = None
    level: str | None = None
    column: int = UNIT
    descending: bool = False


def head(found: Board) -> BoardHead:
    """The figures over the table, of the reports."""
    counts = found.counts(Kind.REPORT)
    total = sum(counts[state] for state in ORDER)
    left = len(found.waiting(Kind.REPORT))
    parts = tuple(Part(state, STATE_WORDS[state], counts[state]) for state in ORDER)
    last = last_good_day(found)
    days = (last - found.as_of).days if last else 0
    due = "" if last is None else f"còn {days} ngày" if days > 0 else "hôm nay là ngày cuối" if days == 0 else ""
    if last is not None and days < 0:
        due = f"quá {print_count(-days)} ngày"
    if not left:  # nobody is waited for
        due = ""
    return BoardHead(total - left, total, due, bool(left) and last is not None and days < 0, parts)


def last_good_day(found: Board) -> date | None:
    """The last good day of the reports: that of most units."""
    days = Counter(row.report.deadline.last_good_day for row in found.rows if row.report.deadline is not None)
    return min(days, key=lambda day: (-days[day], day), default=None)


def curve(found: Board) -> Curve:
    """Units that had filed their reports, day by day up to the last good day (or the day of the board)."""
    last = last_good_day(found)
    came = dict(arrivals(found.rows, Kind.REPORT))
    end = max(last, min(found.as_of, last + _SEEN_AFTER)) if last else found.as_of
    if last is not None and found.as_of > last + _SEEN_AFTER:
        # looked back at: a month in which nothing came any more says nothing
        end = min(max([last, *came]) + _AFTER_ALL, last + _SEEN_AFTER)
    start = end - _SEEN_BEFORE if last is None else min(last, end) - _SEEN_BEFORE
    if came:
        start = max(min(start, min(came) - timedelta(days=1)), end - _LONGEST)
    count = max((total for day, total in came.items() if day < start), default=0)
    days: list[CurveDay] = []
    day = start
    while day <= end:
        count = came.get(day, count)
        days.append(CurveDay(day, count if day <= found.as_of else None, day.weekday() >= 5))
        day += timedelta(days=1)
    total = sum(found.counts(Kind.REPORT)[state] for state in ORDER)
    return Curve(tuple(days), total, last, found.as_of)


def lines(found: Board) -> tuple[Line, ...]:
    """A line for each unit, with its keys for sorting worked out once."""
    known = {level.id: level for level in levels()}
    made: list[Line] = []
    for row in found.rows:
        level = known.get(row.unit.level)
        word = level.word if level else ""
        name = sort_key(row.unit.short_name)
        note = row.report.note or row.plan.note
        received = row.report.received_on
        keys = (
            name,
            (level.rank if level else 0, sort_key(word), name),
            (_place(row.plan), name),
            (_place(row.report), name),
            (received or _FAR, name),
            (not note, sort_key(note), name),
        )
        made.append(
            Line(
                row.unit.code,
                row.unit.short_name,
                row.unit.level,
                word[:1].upper() + word[1:],
                row.plan,
                row.report,
                received,
                note,
                keys,
            )
        )
    return tuple(made)


def select(every: Sequence[Line], wanted: Wanted) -> tuple[Line, ...]:
    """The lines that are asked for, sorted, with the searched letters marked."""
    found = [
        replace(line, spans=spans(wanted.query, line.unit)) if wanted.query.strip() else line
        for line in named(every, wanted)
        if wanted.state is None or line.stands(wanted.state)
    ]
    found.sort(key=lambda line: line.keys[wanted.column], reverse=wanted.descending)  # type: ignore[arg-type, return-value]
    return tuple(found)


def named(every: Sequence[Line], wanted: Wanted) -> list[Line]:
    """The lines of the wanted level whose name holds the words, whatever their state."""
    query = " ".join(wanted.query.split())
    return [
        line
        for line in every
        if (wanted.level is None or line.level == wanted.level) and (not query or matches(query, line.unit))
    ]


def state_counts(every: Sequence[Line], wanted: Wanted) -> Mapping[State, int]:
    """How many of the named lines stand in each state, by plan or report: the counts of the filter chips."""
    counts: Counter[State] = Counter()
    for line in named(every, wanted):
        counts.update({line.plan.state, line.report.state})
    return counts


def found_words(shown: int, total: int, wanted: Wanted) -> str:
    """ "31 trên 168 đơn vị có «phu»"; "" when nothing was asked for."""
    query = " ".join(wanted.query.split())
    if not query and wanted.state is None and wanted.level is None:
        return ""
    return f"{shown} trên {total} đơn vị" + (f" có «{query}»" if query else "")


def spans(query: str, text: str) -> tuple[tuple[int, int], ...]:
    """Where `query` stands in `text`, accents counting as `matches` lets them count."""
    words = " ".join(query.split())
    bare, key = without_marks(text), without_marks(words)
    if not key or len(bare) != len(text):
        return ()
    found: list[tuple[int, int]] = []
    at = bare.find(key)
    while at >= 0:
        if matches(words, text[at : at + len(key)]):
            found.append((at, len(key)))
        at = bare.find(key, at + len(key))
    return tuple(found)


def _place(standing: Standing) -> tuple[int, int]:
    if standing.state is State.NOT_SENT:
        return ORDER.index(standing.state), standing.overdue
    return (ORDER.index(standing.state) if standing.state in ORDER else len(ORDER)), standing.days_late
