"""What the page Theo dõi says of a board: the head figure, the curve, the rows that are asked for. No Qt."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from hoctap_desktop.campaign.model import Campaign
from hoctap_desktop.consolidation.overview import board_before, current_board
from hoctap_desktop.consolidation.progress import Curve, curve, last_good_day
from hoctap_desktop.consolidation.status import DONE, OUTSIDE, STATE_WORDS, Board, Standing, State
from hoctap_desktop.filing.model import KIND_WORDS, Kind
from hoctap_desktop.foundation.numbers import print_count
from hoctap_desktop.foundation.text import Findable, findable, finder, matches, sort_key, without_marks
from hoctap_desktop.store.database import Store
from hoctap_desktop.units.levels import levels
from hoctap_desktop.units.model import Level

# In the order in which a paper goes through them, the last still awaited.
ORDER = (
    State.APPROVED,
    State.RECEIVED,
    State.RESENT,
    State.PROPOSED,
    State.NOT_HELD,
    State.EXEMPT,
    State.LATE,
    State.RETURNED,
    State.NOT_SENT,
)
_COLUMNS = UNIT, KIND, PLAN, REPORT, RECEIVED, NOTE = range(6)
_FAR = date.max
_NOTHING = Standing(State.NOT_OWED)
_NO_NAME = Findable("", "")
# How lines can stand in groups, as the list box says it.
GROUPS: Mapping[str, str] = {
    "area": "Theo địa bàn",
    "level": "Theo loại đơn vị",
    "report": "Theo tình trạng báo cáo",
    "plan": "Theo tình trạng kế hoạch",
}


@dataclass(frozen=True)
class BoardRead:
    """A board with all that is shown of it, made on the store's thread."""

    board: Board
    lines: "tuple[Line, ...]"
    curve: Curve
    before: Board | None = None


def read_board(store: Store, as_of: date | None, campaign: Campaign) -> BoardRead:
    """The board at the end of a day (None: today), its lines and its curve. Raises UserError as current_board."""
    found = current_board(store, as_of, campaign)
    return shown(found, board_before(store, found.campaign))


def shown(found: Board, before: Board | None = None) -> BoardRead:
    """What is shown of a board. before: last year's."""
    return BoardRead(found, lines(found), curve(found, before), before)


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
        rest = f", còn {print_count(self.left)}" if self.left else ""
        return f"trên {print_count(self.total)} đơn vị đã xong phần báo cáo{rest}"


@dataclass(frozen=True)
class Line:
    """One unit. ranks: its place in the order of each column; name: ready to be searched; groups: by each of GROUPS.

    of a heading in the table only `heading` is told, and how many units stand under it.
    """

    code: str
    unit: str
    level: str = ""
    kind: str = ""
    plan: Standing = _NOTHING
    report: Standing = _NOTHING
    received: date | None = None
    note: str = ""
    ranks: tuple[int, ...] = ()
    name: Findable = _NO_NAME
    groups: Mapping[str, "Group"] = field(default_factory=dict)
    heading: str = ""

    @property
    def package_id(self) -> str:
        """What opens: the report, else the plan; "" when nothing came."""
        received = self.report.received or self.plan.received
        return received.submission.package_id if received else ""

    def stands(self, state: State) -> bool:
        """True when its plan or its report is in `state`."""
        return state is self.plan.state or state is self.report.state


@dataclass(frozen=True)
class Group:
    """What units have alike, and where it stands among the others."""

    words: str
    rank: tuple[object, ...]


@dataclass(frozen=True)
class Wanted:
    """Which rows, in which order. state, level: None for all; group: one of GROUPS, "" for none."""

    query: str = ""
    state: State | None = None
    level: str | None = None
    column: int = UNIT
    descending: bool = False
    group: str = ""


@dataclass(frozen=True)
class Counted:
    """What stands on the chips over the table: of the named lines, and of all of them."""

    named: int
    states: Mapping[State, int]
    reports: Mapping[State, int] = field(default_factory=dict)  # of the reports alone


def head(found: Board) -> BoardHead:
    """The figures over the table, of the reports."""
    counts = found.counts(Kind.REPORT)
    total = sum(counts[state] for state in ORDER)
    left = len(found.waiting(Kind.REPORT))
    # nobody waits for a second person where one is enough
    shown = (state for state in ORDER if state is not State.PROPOSED or found.two_persons)
    parts = tuple(Part(state, STATE_WORDS[state], counts[state]) for state in shown)
    last = last_good_day(found)
    days = (last - found.as_of).days if last else 0
    due = "" if last is None else f"còn {days} ngày" if days > 0 else "hôm nay là ngày cuối" if days == 0 else ""
    if last is not None and days < 0:
        due = f"quá {print_count(-days)} ngày"
    if not left:  # nobody is waited for
        due = ""
    return BoardHead(total - left, total, due, bool(left) and last is not None and days < 0, parts)


def lines(found: Board) -> tuple[Line, ...]:
    """A line for each unit, with its place in every order worked out once (some hundred ms for 10,000 units)."""
    known = {level.id: level for level in levels()}
    words = {id: level.word[:1].upper() + level.word[1:] for id, level in known.items()}
    rows = found.rows
    place = _ranked([(sort_key(row.unit.short_name), row.unit.code) for row in rows])
    notes = [row.report.note or row.plan.note for row in rows]
    days = [row.report.received_on for row in rows]
    note_keys = {note: sort_key(note) for note in set(notes)}
    by_column = (
        place,
        _ranked([(_rank(known, row.unit.level), at) for row, at in zip(rows, place, strict=True)]),
        _ranked([(*_place(row.plan), at) for row, at in zip(rows, place, strict=True)]),
        _ranked([(*_place(row.report), at) for row, at in zip(rows, place, strict=True)]),
        _ranked([(day or _FAR, at) for day, at in zip(days, place, strict=True)]),
        _ranked([(not note, note_keys[note], at) for note, at in zip(notes, place, strict=True)]),
    )
    areas = {
        area: Group(area or "Chưa ghi địa bàn", (not area, sort_key(area))) for area in {r.unit.area for r in rows}
    }
    kinds = {
        level: Group(words.get(level, level) or "Chưa ghi loại", (_rank(known, level), level))
        for level in {row.unit.level for row in rows}
    }
    return tuple(
        Line(
            row.unit.code,
            row.unit.short_name,
            row.unit.level,
            words.get(row.unit.level, ""),
            row.plan,
            row.report,
            days[at],
            notes[at],
            tuple(ranks[at] for ranks in by_column),
            findable(row.unit.short_name),
            {
                "area": areas[row.unit.area],
                "level": kinds[row.unit.level],
                "plan": _STATE_GROUPS[row.plan.state],
                "report": _STATE_GROUPS[row.report.state],
            },
        )
        for at, row in enumerate(rows)
    )


def _ranked(keys: Sequence[Any]) -> list[int]:
    """The place of each key in their order."""
    ranks = [0] * len(keys)
    for rank, at in enumerate(sorted(range(len(keys)), key=keys.__getitem__)):
        ranks[at] = rank
    return ranks


def _rank(known: Mapping[str, Level], level: str) -> int:
    return known[level].rank if level in known else 0


def select(every: Sequence[Line], wanted: Wanted) -> Sequence[Line]:
    """The lines that are asked for, sorted; grouped, with a heading over each group."""
    column, state = wanted.column, wanted.state
    found = named(every, wanted)
    if state is not None:
        found = [line for line in found if line.stands(state)]
    found.sort(key=lambda line: line.ranks[column], reverse=wanted.descending)
    return _grouped(found, wanted.group) if wanted.group in GROUPS else found


def _grouped(found: Sequence[Line], by: str) -> list[Line]:
    groups: dict[str, tuple[Group, list[Line]]] = {}
    for line in found:
        group = line.groups[by]
        groups.setdefault(group.words, (group, []))[1].append(line)
    rows: list[Line] = []
    for group, inside in sorted(groups.values(), key=lambda one: one[0].rank):
        rows.append(Line("", "", heading=f"{group.words}: {_group_words(inside)}"))
        rows += inside
    return rows


def _group_words(inside: Sequence[Line]) -> str:
    owing = [line for line in inside if line.report.state not in OUTSIDE]
    done = sum(line.report.state in DONE for line in owing)
    said = f"{print_count(len(inside))} đơn vị"
    return f"{said}, {print_count(done)} trên {print_count(len(owing))} đã nộp báo cáo" if owing else said


def groups_of(every: Sequence[Line]) -> tuple[str, ...]:
    """The ways of grouping that part these lines at all."""
    return tuple(by for by in GROUPS if len({line.groups[by].words for line in every}) > 1)


def named(every: Sequence[Line], wanted: Wanted) -> list[Line]:
    """The lines of the wanted level whose name holds the words, whatever their state."""
    query, level = " ".join(wanted.query.split()), wanted.level
    lines = list(every) if level is None else [line for line in every if line.level == level]
    if not query:
        return lines
    holds = finder(query)
    return [line for line in lines if holds(line.name)]


def counted(every: Sequence[Line], wanted: Wanted) -> Counted:
    """How many lines are named, and how many of them stand in each state, by plan or report."""
    found = named(every, wanted)
    pairs = Counter((line.plan.state, line.report.state) for line in found)
    states: Counter[State] = Counter()
    reports: Counter[State] = Counter()
    for (plan, report), count in pairs.items():
        reports[report] += count
        for state in {plan, report}:
            states[state] += count
    return Counted(len(found), states, reports)


def chip_words(state: State, found: Counted) -> str:
    """What a chip is called. The head counts reports alone: another count beside the same word would be a riddle."""
    if state is State.NOT_SENT and found.states[state] != found.reports[state]:
        return "Còn thiếu"  # a plan, a report or both
    return STATE_WORDS[state]


def pile(shown: Sequence[Line], chosen: Line) -> tuple[str, ...]:
    """The papers to go through after `chosen` was opened: those of its kind, in the order that is shown."""
    kind = Kind.REPORT if chosen.report.received else Kind.PLAN
    stands = (line.report if kind is Kind.REPORT else line.plan for line in shown)
    return tuple(one.received.submission.package_id for one in stands if one.received is not None)


def is_awaited(line: Line) -> bool:
    """True while its plan or its report has to be handed in, or again."""
    return not {line.plan.state, line.report.state}.isdisjoint((State.NOT_SENT, State.RETURNED))


def awaited_lines(every: Sequence[Line], wanted: Wanted) -> list[Line]:
    """The lines that are asked for and something is awaited from."""
    state = wanted.state
    return [line for line in named(every, wanted) if is_awaited(line) and (state is None or line.stands(state))]


def to_remind(awaited: Sequence[Line]) -> int:
    """How many units Nhắc nộp opens with: who owes the report, or the plan where nobody owes a report."""
    report = sum(line.report.state in (State.NOT_SENT, State.RETURNED) for line in awaited)
    return report or len(awaited)


def next_awaited(shown: Sequence[Line], at: int, by: int) -> int:
    """The row of the next (by 1) or last (by -1) one that is awaited, round the ends; -1 when there is none."""
    rows = [row for row, line in enumerate(shown) if line.code and is_awaited(line)]
    if not rows:
        return -1
    after = [row for row in rows if (row > at if by > 0 else row < at)]
    return (after or rows)[0 if by > 0 else -1]


@dataclass(frozen=True)
class Dated:
    """A paper whose day of receipt can be set. subject: id of its package, entry or receipt; on_paper: of a receipt."""

    subject: str
    words: str
    day: date
    on_paper: bool
    last_good_day: date | None


def dated(line: Line) -> tuple[Dated, ...]:
    """What came from a unit, the report first."""
    found = []
    for kind, standing in ((Kind.REPORT, line.report), (Kind.PLAN, line.plan)):
        last = standing.deadline.last_good_day if standing.deadline else None
        if standing.received is not None:
            got = standing.received.submission
            words = f"{KIND_WORDS[kind]}, {got.nth}"
            found.append(Dated(got.package_id, words, got.received_on, False, last))
        if standing.paper is not None:
            words = f"{KIND_WORDS[kind]}, bản giấy"
            found.append(Dated(standing.paper.id, words, standing.paper.received_on, True, last))
    return tuple(found)


def found_words(shown: int, total: int, wanted: Wanted) -> str:
    """ "31 trên 168 đơn vị có «phu»"; "" when nothing was asked for."""
    query = " ".join(wanted.query.split())
    if not query and wanted.state is None and wanted.level is None:
        return ""
    return f"{print_count(shown)} trên {print_count(total)} đơn vị" + (f" có «{query}»" if query else "")


@lru_cache(maxsize=20_000)
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


_STATE_GROUPS: Mapping[State, "Group"] = {
    state: Group(STATE_WORDS[state], (ORDER.index(state) if state in ORDER else len(ORDER),)) for state in State
}


def remembered(wanted: Wanted) -> str:
    """What of it the office keeps for next time: all but the words that are searched for."""
    kept = {
        "state": wanted.state.value if wanted.state else None,
        "level": wanted.level,
        "column": wanted.column,
        "descending": wanted.descending,
        "group": wanted.group,
    }
    return json.dumps(kept)


def recalled(text: str) -> Wanted:
    """What was kept; what cannot be read counts as nothing kept."""
    try:
        kept = json.loads(text)
        state = kept["state"]
        return Wanted(
            state=State(state) if state else None,
            level=str(kept["level"]) if kept["level"] else None,
            column=int(kept["column"]) % len(_COLUMNS),
            descending=bool(kept["descending"]),
            group=kept["group"] if kept["group"] in GROUPS else "",
        )
    except (ValueError, KeyError, TypeError):
        return Wanted()
