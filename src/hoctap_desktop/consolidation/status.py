"""Who has filed, who has not: the board of units and their papers on a given day. Pure.

States and words: domain.md §1. Lateness counts from the day of receipt, never from the sender's clock.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from hoctap_desktop.campaign.model import Campaign, Deadline
from hoctap_desktop.consolidation.model import (
    Beside,
    Choice,
    ChoiceAct,
    Decided,
    PaperReceipt,
    Reported,
    beside,
    held_nothing,
    newest,
)
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
    PROPOSED = "proposed"
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
    State.PROPOSED: "Chờ người thứ hai",
    State.APPROVED: "Đã duyệt",
    State.NOT_HELD: "Không tổ chức",
    State.EXEMPT: "Được miễn",
    State.NOT_OWED: "Không phải nộp",
}
# Nothing more is awaited from a unit in one of these.
DONE = frozenset({State.RECEIVED, State.LATE, State.RESENT, State.PROPOSED, State.APPROVED, State.NOT_HELD})
# What is added up: all that is done with; under the two-person rule only what two persons approved.
COUNTED, COUNTED_BY_TWO = DONE, frozenset({State.APPROVED})
# These leave the denominator.
OUTSIDE = frozenset({State.EXEMPT, State.NOT_OWED})


class ReviewAct(StrEnum):
    """What an officer did with a paper that was received."""

    RETURNED = "returned"
    PROPOSED = "proposed"  # one person found it right; under the two-person rule another one approves
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
    deadline: the unit's own, None when none is set. received: what counts, None when nothing came. later: a paper that
    came for an accepted one and does not count; undecided: nobody has said yet which of the two counts. paper: that
    was handed in by itself; what is received counts beside it.
    """

    state: State
    deadline: Deadline | None = None
    days_late: int = 0
    overdue: int = 0
    received: Reported | None = None
    note: str = ""
    later: Reported | None = None
    undecided: bool = False
    paper: PaperReceipt | None = None

    @property
    def words(self) -> str:
        """The words of the chip: "Đã nhận", "Nộp muộn 3 ngày", "Chưa nộp, quá 12 ngày"."""
        if self.state is State.LATE:
            return f"{STATE_WORDS[self.state]} {print_count(self.days_late)} ngày"
        if self.state is State.RECEIVED and self.received is None:
            return "Đã nhận bản giấy"
        if self.state is State.NOT_SENT and self.overdue:
            return f"{STATE_WORDS[self.state]}, quá {print_count(self.overdue)} ngày"
        return STATE_WORDS[self.state]

    @property
    def received_on(self) -> date | None:
        if self.received is not None:
            return self.received.submission.received_on
        return self.paper.received_on if self.paper is not None else None


@dataclass(frozen=True)
class BoardRow:
    """A unit with its plan and its report."""

    unit: Unit
    plan: Standing
    report: Standing

    def standing(self, kind: Kind) -> Standing:
        return self.plan if kind is Kind.PLAN else self.report


HELD_WORDS = "Có tệp chờ so dãy số khóa."


@dataclass(frozen=True)
class Board:
    """The units below on one day, in the order they were given. two_persons: nothing counts before two approved it."""

    campaign: Campaign
    as_of: date
    rows: tuple[BoardRow, ...]
    two_persons: bool = False
    basis: "_Basis | None" = field(default=None, compare=False, repr=False)

    def counts_in(self, standing: Standing) -> bool:
        """True when a paper is added up: its state says so, nothing else does."""
        return standing.received is not None and standing.state in self.counting

    @property
    def counting(self) -> frozenset[State]:
        """The states in which a paper is added up."""
        return COUNTED_BY_TWO if self.two_persons else COUNTED

    def counts(self, kind: Kind) -> Mapping[State, int]:
        """How many units stand in each state."""
        return Counter(row.standing(kind).state for row in self.rows)

    def owing(self, kind: Kind) -> int:
        """How many units owe this paper: the denominator."""
        return sum(row.standing(kind).state not in OUTSIDE for row in self.rows)

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

    def with_held(self, codes: Collection[str]) -> "Board":
        """The same, told of the units in `codes` that what they sent waits for its key: nobody has to remind them."""

        def told(standing: Standing) -> Standing:
            return replace(standing, note=HELD_WORDS) if standing.state is State.NOT_SENT else standing

        rows = tuple(
            replace(row, plan=told(row.plan), report=told(row.report)) if row.unit.code in codes else row
            for row in self.rows
        )
        return replace(self, rows=rows)

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


@dataclass(frozen=True)
class _Basis:
    """What a board was made from. facts: what holds for every unit; papers, acts: by unit, by package."""

    facts: tuple[object, ...]
    excuses: Excuses
    papers: Mapping[str, Sequence[Reported]]
    acts: Mapping[str, Review]
    chosen: Mapping[str, Choice]
    decided: Decided
    receipts: Mapping[str, tuple[PaperReceipt, ...]]
    rows: Mapping[str, BoardRow]


def board(
    campaign: Campaign,
    units: Sequence[Unit],
    received: Sequence[Reported],
    forms: Mapping[Kind, FormDefinition],
    as_of: date,
    excuses: Excuses = NOBODY_EXCUSED,
    reviews: Sequence[Review] = (),
    *,
    two_persons: bool = False,
    choices: Sequence[Choice] = (),
    receipts: Sequence[PaperReceipt] = (),
    last: Board | None = None,
) -> Board:
    """The board as it stood at the end of `as_of`. received: every submission of the campaign, all revisions.

    two_persons: the office's rule. receipts: of paper that was handed in by itself. last: a board made before; the row
    of a unit of which nothing changed is taken from it.
    """
    by_unit: dict[str, list[Reported]] = {}
    for one in received:
        if one.submission.received_on <= as_of:
            by_unit.setdefault(one.submission.unit_code, []).append(one)
    acts = {review.package_id: review for review in reviews if review.day <= as_of}
    silent = {ReviewAct.REOPENED} if two_persons else {ReviewAct.REOPENED, ReviewAct.PROPOSED}
    acts = {id: review for id, review in acts.items() if review.act not in silent}
    chosen = {choice.package_id: choice for choice in choices if choice.day <= as_of}
    hashes = tuple((kind, form.hash) for kind, form in forms.items())
    levels = {unit.level for unit in units}
    # the day of the office's own level says nothing of those below
    dated = frozenset(due.kind for due in campaign.deadlines if not due.unit and due.level in levels)
    facts = campaign, hashes, as_of, two_persons, dated
    known = last.basis if last is not None and last.basis is not None and last.basis.facts == facts else None
    on_paper: dict[str, tuple[PaperReceipt, ...]] = {}
    for receipt in receipts:
        if receipt.received_on <= as_of:
            on_paper[receipt.unit_code] = (*on_paper.get(receipt.unit_code, ()), receipt)
    rows = _Rows(campaign, forms, as_of, excuses, acts, chosen, on_paper, known, dated)
    made = tuple(rows.row(unit, by_unit.get(unit.code, ())) for unit in units)
    by_code = {row.unit.code: row for row in made}
    basis = _Basis(facts, excuses, by_unit, acts, chosen, rows.decided, on_paper, by_code)
    return Board(campaign, as_of, made, two_persons, basis)


class _Rows:
    """Makes one row after the other; those of which nothing changed come from what is `known`."""

    def __init__(
        self,
        campaign: Campaign,
        forms: Mapping[Kind, FormDefinition],
        as_of: date,
        excuses: Excuses,
        acts: Mapping[str, Review],
        chosen: Mapping[str, Choice],
        on_paper: Mapping[str, tuple[PaperReceipt, ...]],
        known: _Basis | None,
        dated: frozenset[str],
    ) -> None:
        self._campaign, self._forms, self._as_of, self._dated = campaign, forms, as_of, dated
        self._excuses, self._acts, self._on_paper = excuses, acts, on_paper
        self._known_on_paper = known.receipts if known else {}
        self.decided = known.decided if known else decided_by(acts.values(), chosen.values())
        told: set[str] = set()
        if known is not None and (acts != known.acts or chosen != known.chosen):
            before, chosen_before = known.acts, known.chosen
            told = {id for id in {*acts, *before} if acts.get(id) != before.get(id)}
            told |= {id for id in {*chosen, *chosen_before} if chosen.get(id) != chosen_before.get(id)}
            self.decided = decided_by(acts.values(), chosen.values())
        self._rows: Mapping[str, BoardRow] = known.rows if known and known.excuses == excuses else {}
        self._papers: Mapping[str, Sequence[Reported]] = known.papers if known else {}
        every = self._papers.items() if told else ()
        self._told = {code for code, papers in every if any(one.submission.package_id in told for one in papers)}

    def row(self, unit: Unit, papers: Sequence[Reported]) -> BoardRow:
        known = self._rows.get(unit.code)
        if (
            known is not None
            and (known.unit is unit or known.unit == unit)
            and unit.code not in self._told
            and self._on_paper.get(unit.code) == self._known_on_paper.get(unit.code)
            and papers == self._papers.get(unit.code, ())
        ):
            return known
        return BoardRow(unit, self._standing(unit, papers, Kind.PLAN), self._standing(unit, papers, Kind.REPORT))

    def _standing(self, unit: Unit, papers: Sequence[Reported], kind: Kind) -> Standing:
        of_kind = [one for one in papers if one.submission.kind is kind]
        form = self._forms.get(kind)
        acts, decided = self._acts, self.decided
        dated = kind.value in self._dated
        found = _standing(self._campaign, unit, kind, of_kind, form, self._as_of, self._excuses, acts, decided, dated)
        paper = next((one for one in self._on_paper.get(unit.code, ()) if one.kind is kind), None)
        return found if paper is None else _with_paper(found, paper, of_kind)


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
    decided: Decided,
    dated: bool,
) -> Standing:
    deadline = campaign.deadline(kind.value, unit.level, unit.code)
    if not received:
        if not unit.stood_on(campaign.week_to):
            return Standing(State.NOT_OWED)
        if excuses.holds(unit.code, kind):
            return Standing(State.EXEMPT, deadline)
        if deadline is None and (dated or not campaign.owes(kind.value, unit.level)):
            # some offices plan and owe no report at all: no day is set for their level, or the campaign says so
            return Standing(State.NOT_OWED)
        return Standing(State.NOT_SENT, deadline, overdue=deadline.days_late(as_of) if deadline else 0)
    (current,) = newest(received, decided)
    waits = next(iter(beside(received, decided)), None)
    first = min(one.submission.received_on for one in received)
    late = deadline.days_late(first) if deadline else 0
    said = (_stood_words(unit, campaign), _waits_words(waits), _note(current, received, acts))
    note = " ".join(part for part in said if part)
    state = _state(current, received, form, late, acts)
    later, undecided = (waits.later, waits.undecided) if waits is not None else (None, False)
    return Standing(state, deadline, late, 0, current, note, later, undecided)


def _with_paper(found: Standing, paper: PaperReceipt, received: Sequence[Reported]) -> Standing:
    """What stands when the paper itself was handed in: it counts from that day, whatever came later."""
    if found.received is None:
        late = found.deadline.days_late(paper.received_on) if found.deadline else 0
        code = f", mã giấy {paper.paper_code}" if paper.paper_code else ""
        said = [f"Bản giấy{code}, chưa nhập số.", paper.note]
        if paper.day_reason:
            said.append(f"Ngày nhận ghi tay: {paper.day_reason}")
        note = " ".join(part for part in said if part)
        return Standing(State.LATE if late else State.RECEIVED, found.deadline, late, 0, None, note, paper=paper)
    first = min(paper.received_on, *(one.submission.received_on for one in received))
    late = found.deadline.days_late(first) if found.deadline else 0
    state = found.state
    if state in (State.LATE, State.RECEIVED):
        state = State.LATE if late else State.RECEIVED
    note = " ".join(part for part in (found.note, _paper_words(paper, found.received)) if part)
    return replace(found, state=state, days_late=late, note=note, paper=paper)


def _paper_words(paper: PaperReceipt, received: Reported) -> str:
    """How the paper and what counts go together."""
    got = received.submission
    if got.from_paper:
        return ""
    day = print_date(paper.received_on)
    if not paper.paper_code or not got.paper_code:
        return f"Bản giấy nhận ngày {day}."
    if paper.paper_code == got.paper_code:
        return f"Bản giấy nhận ngày {day}, khớp mã giấy."
    return f"Bản giấy nhận ngày {day} có mã {paper.paper_code}, gói có mã {got.paper_code}: hãy so hai bản."


def _waits_words(waits: Beside | None) -> str:
    """That a later paper waits for a decision; "" when none does."""
    if waits is None or not waits.undecided:
        return ""
    later, accepted = waits.later.submission, waits.accepted.submission
    return (
        f"Có bản lần {later.revision} nhận ngày {print_date(later.received_on)} chờ quyết định; "
        f"vẫn tính {accepted.named} đã duyệt."
    )


def decided_by(reviews: Iterable[Review], choices: Iterable[Choice]) -> Decided:
    """What stands, by package. Of each package one review and one choice: the last."""
    acts = {review.package_id: review.act for review in reviews}
    chosen = {choice.package_id: choice.act for choice in choices}
    return Decided(
        accepted=frozenset(id for id, act in acts.items() if act is ReviewAct.APPROVED),
        returned=frozenset(id for id, act in acts.items() if act is ReviewAct.RETURNED),
        kept=frozenset(id for id, act in chosen.items() if act is ChoiceAct.KEPT),
    )


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
        return _REVIEWED[review.act]
    if current.submission.kind is Kind.REPORT and form is not None and held_nothing(form, current.cells):
        return State.NOT_HELD
    if any(_was_returned(one, acts) for one in received):
        return State.RESENT
    return State.LATE if late else State.RECEIVED


_REVIEWED = {
    ReviewAct.APPROVED: State.APPROVED,
    ReviewAct.RETURNED: State.RETURNED,
    ReviewAct.PROPOSED: State.PROPOSED,
}


def _was_returned(one: Reported, acts: Mapping[str, Review]) -> bool:
    review = acts.get(one.submission.package_id)
    return review is not None and review.act is ReviewAct.RETURNED


def _note(current: Reported, received: Sequence[Reported], acts: Mapping[str, Review]) -> str:
    review = acts.get(current.submission.package_id)
    if review is not None and review.reason:
        return review.reason
    said = list(current.submission.notes)
    # which paper or package stands for which is said in the notes
    got = current.submission
    earlier = [
        one.submission
        for one in received
        if not one.submission.from_paper and (one.submission.epoch, one.submission.revision) < (got.epoch, got.revision)
    ]
    if earlier and not current.submission.from_paper:
        before = max(earlier, key=lambda one: (one.epoch, one.revision))
        replaced = f"thay bản lần {before.revision} ngày {print_date(before.received_on)}"
        said.insert(0, f"Lần {current.submission.revision}, {replaced}.")
    if current.submission.day_reason:
        said.append(f"Ngày nhận ghi tay: {current.submission.day_reason}")
    return " ".join(said)
