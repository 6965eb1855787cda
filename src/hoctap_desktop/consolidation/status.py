"""Who has filed, who has not: the board of units and their papers on a given day. Pure.

States and words: domain.md §1. Lateness counts from the day of receipt, never from the sender's clock.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from hoctap_desktop.campaign.model import Campaign, Deadline
from hoctap_desktop.consolidation.model import Reported, held_nothing, newest
from hoctap_desktop.filing.model import Kind
from hoctap_desktop.form.definition import FormDefinition
from hoctap_desktop.foundation.dates import print_date
from hoctap_desktop.foundation.numbers import print_count
from hoctap_desktop.submission.reply import Remark
from hoctap_desktop.units.model import Unit


class State(StrEnum):
    """What a cell of the board can say."""

    NOT_SENT = "not_sent"
    RECEIVED = "received"
    LATE = "late"
    RETURNED = "returned"
    RESENT = "resent"
    APPROVED = "approved"
    NOT_HELD = "not_held"
    EXEMPT = "exempt"
    NOT_OWED = "not_owed"


STATE_WORDS: Mapping[State, str] = {
    State.NOT_SENT: "Chưa nộp",
    State.RECEIVED: "Đã nhận",
    State.LATE: "Nộp muộn",
    State.RETURNED: "Trả lại",
    State.RESENT: "Nộp lại",
    State.APPROVED: "Đã duyệt",
    State.NOT_HELD: "Không tổ chức",
    State.EXEMPT: "Được miễn",
    State.NOT_OWED: "Không phải nộp",
}
# Nothing more is awaited from a unit in one of these.
DONE = frozenset({State.RECEIVED, State.LATE, State.RESENT, State.APPROVED, State.NOT_HELD})
# These leave the denominator.
_OUTSIDE = frozenset({State.EXEMPT, State.NOT_OWED})


class ReviewAct(StrEnum):
    """What an officer did with a paper that was received."""

    RETURNED = "returned"
    APPROVED = "approved"
    REOPENED = "reopened"  # the decision before was taken back


@dataclass(frozen=True)
class Review:
    """A decision of an officer about one package. reason: his words for the whole paper; remarks: on single fields."""

    package_id: str
    act: ReviewAct
    day: date
    reason: str = ""
    remarks: tuple[Remark, ...] = ()
    who: str = ""
    decided_at: datetime | None = None


@dataclass(frozen=True)
class Standing:
    """One cell of the board.

    days_late: of what was received, by its first receipt. overdue: days past the last good day while nothing came.
    deadline: the unit's own, None when none is set. received: what counts, None when nothing came.
    """

    state: State
    deadline: Deadline | None = None
    days_late: int = 0
    overdue: int = 0
    received: Reported | None = None
    note: str = ""

    @property
    def words(self) -> str:
        """The words of the chip: "Đã nhận", "Nộp muộn 3 ngày", "Chưa nộp, quá 12 ngày"."""
        if self.state is State.LATE:
            return f"{STATE_WORDS[self.state]} {self.days_late} ngày"
        if self.state is State.NOT_SENT and self.overdue:
            return f"{STATE_WORDS[self.state]}, quá {print_count(self.overdue)} ngày"
        return STATE_WORDS[self.state]

    @property
    def received_on(self) -> date | None:
        return self.received.submission.received_on if self.received else None


@dataclass(frozen=True)
class BoardRow:
    """A unit with its plan and its report."""

    unit: Unit
    plan: Standing
    report: Standing

    def standing(self, kind: Kind) -> Standing:
        return self.plan if kind is Kind.PLAN else self.report


@dataclass(frozen=True)
class Board:
    """The units below on one day, in the order they were given."""

    campaign: Campaign
    as_of: date
    rows: tuple[BoardRow, ...]

    def counts(self, kind: Kind) -> Mapping[State, int]:
        """How many units stand in each state."""
        return Counter(row.standing(kind).state for row in self.rows)

    def owing(self, kind: Kind) -> int:
        """How many units owe this paper: the denominator."""
        return sum(row.standing(kind).state not in _OUTSIDE for row in self.rows)

    def done(self, kind: Kind) -> int:
        """How many of them have nothing more to send."""
        return sum(row.standing(kind).state in DONE for row in self.rows)

    @property
    def illustrative(self) -> bool:
        """True when any paper holds figures invented for show."""
        return any(
            standing.received is not None and standing.received.submission.illustrative
            for row in self.rows
            for standing in (row.plan, row.report)
        )

    def waiting(self, kind: Kind) -> tuple[BoardRow, ...]:
        """The units something is still awaited from."""
        return tuple(row for row in self.rows if row.standing(kind).state in (State.NOT_SENT, State.RETURNED))


@dataclass(frozen=True)
class Excuses:
    """Units that need not file, by kind of paper: codes."""

    exempt: Mapping[Kind, frozenset[str]] = field(default_factory=dict)

    def holds(self, unit: str, kind: Kind) -> bool:
        return unit in self.exempt.get(kind, frozenset())


NOBODY_EXCUSED = Excuses()


def board(
    campaign: Campaign,
    units: Sequence[Unit],
    received: Sequence[Reported],
    forms: Mapping[Kind, FormDefinition],
    as_of: date,
    excuses: Excuses = NOBODY_EXCUSED,
    reviews: Sequence[Review] = (),
) -> Board:
    """The board as it stood at the end of `as_of`. received: every submission of the campaign, all revisions."""
    known = [one for one in received if one.submission.received_on <= as_of]
    by_unit: dict[tuple[str, Kind], list[Reported]] = {}
    for one in known:
        by_unit.setdefault((one.submission.unit_code, one.submission.kind), []).append(one)
    acts = {review.package_id: review for review in reviews if review.day <= as_of}
    acts = {id: review for id, review in acts.items() if review.act is not ReviewAct.REOPENED}
    rows = tuple(
        BoardRow(
            unit,
            *(
                _standing(
                    campaign, unit, kind, by_unit.get((unit.code, kind), []), forms.get(kind), as_of, excuses, acts
                )
                for kind in (Kind.PLAN, Kind.REPORT)
            ),
        )
        for unit in units
    )
    return Board(campaign, as_of, rows)


def arrivals(board_rows: Iterable[BoardRow], kind: Kind) -> tuple[tuple[date, int], ...]:
    """How many units had filed by each day on which something came: the picture of progress."""
    days = Counter(
        on
        for row in board_rows
        if row.standing(kind).state in DONE and (on := row.standing(kind).received_on) is not None
    )
    total = 0
    curve: list[tuple[date, int]] = []
    for day in sorted(days):
        total += days[day]
        curve.append((day, total))
    return tuple(curve)


def _standing(
    campaign: Campaign,
    unit: Unit,
    kind: Kind,
    received: Sequence[Reported],
    form: FormDefinition | None,
    as_of: date,
    excuses: Excuses,
    acts: Mapping[str, Review],
) -> Standing:
    deadline = campaign.deadline(kind.value, unit.level, unit.code)
    if not received:
        if not unit.stood_on(campaign.week_to):
            return Standing(State.NOT_OWED)
        if excuses.holds(unit.code, kind):
            return Standing(State.EXEMPT, deadline)
        if deadline is None and any(each.kind == kind.value for each in campaign.deadlines):
            # some offices plan and owe no report at all: no day is set for their level
            return Standing(State.NOT_OWED)
        return Standing(State.NOT_SENT, deadline, overdue=deadline.days_late(as_of) if deadline else 0)
    (current,) = newest(tuple(received))
    first = min(one.submission.received_on for one in received)
    late = deadline.days_late(first) if deadline else 0
    note = " ".join(part for part in (_stood_words(unit, campaign), _note(current, received, acts)) if part)
    return Standing(_state(current, received, form, late, acts), deadline, late, 0, current, note)


def _stood_words(unit: Unit, campaign: Campaign) -> str:
    """Why a unit that filed owed nothing; "" for all others. A merged unit's numbers may stand in its successor's."""
    if unit.stood_on(campaign.week_to):
        return ""
    if unit.valid_to is not None and unit.valid_to < campaign.week_to:
        return f"Đơn vị đã hết hiệu lực ngày {print_date(unit.valid_to)}."
    assert unit.valid_from is not None
    return f"Đơn vị chỉ có từ ngày {print_date(unit.valid_from)}."


def _state(
    current: Reported,
    received: Sequence[Reported],
    form: FormDefinition | None,
    late: int,
    acts: Mapping[str, Review],
) -> State:
    review = acts.get(current.submission.package_id)
    if review is not None:
        return State.APPROVED if review.act is ReviewAct.APPROVED else State.RETURNED
    if current.submission.kind is Kind.REPORT and form is not None and held_nothing(form, current.cells):
        return State.NOT_HELD
    if any(_was_returned(one, acts) for one in received):
        return State.RESENT
    return State.LATE if late else State.RECEIVED


def _was_returned(one: Reported, acts: Mapping[str, Review]) -> bool:
    review = acts.get(one.submission.package_id)
    return review is not None and review.act is ReviewAct.RETURNED


def _note(current: Reported, received: Sequence[Reported], acts: Mapping[str, Review]) -> str:
    review = acts.get(current.submission.package_id)
    if review is not None and review.reason:
        return review.reason
    said = list(current.submission.notes)
    # which paper or package stands for which is said in the notes
    earlier = [one.submission for one in received if one is not current and not one.submission.from_paper]
    if earlier and not current.submission.from_paper:
        before = max(earlier, key=lambda one: (one.epoch, one.revision))
        replaced = f"thay bản lần {before.revision} ngày {print_date(before.received_on)}"
        said.insert(0, f"Lần {current.submission.revision}, {replaced}.")
    if current.submission.day_reason:
        said.append(f"Ngày nhận ghi tay: {current.submission.day_reason}")
    return " ".join(said)
