"""What the road of a campaign is made from, and what it is made of: facts in, steps out. No widgets, no store."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from hoctap_desktop.campaign.model import Deadline
from hoctap_desktop.filing.model import Filing, Kind, Status
from hoctap_desktop.form.answers import Answers
from hoctap_desktop.form.definition import FieldType, FormDefinition
from hoctap_desktop.form.filled_rows import filled_rows, must_fix
from hoctap_desktop.form.findings import Finding
from hoctap_desktop.foundation.clock import VIETNAM
from hoctap_desktop.submission.reply import Reply, ReplyAct

_STATES = {ReplyAct.RECEIVED: "received", ReplyAct.APPROVED: "accepted", ReplyAct.RETURNED: "returned"}
_COUNTED = (FieldType.COUNT, FieldType.MONEY)


@dataclass(frozen=True)
class PaperFacts:
    """What the road needs to know of one filing. sent_at: when its newest revision was written out and
    compared; None: not yet. earlier_sent: the same of the newest revision before it.
    """

    kind: Kind
    final: bool
    revision: int = 1
    changed_at: datetime | None = None
    finalised_at: datetime | None = None
    document_number: str = ""
    document_day: date | None = None
    sent_at: datetime | None = None
    earlier_sent: datetime | None = None
    paper_code: str = ""
    symbol: str = ""
    must_fix: int = 0
    look_again: int = 0
    written: tuple[int, int] = (0, 0)
    cells: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class DiaryFacts:
    """entries: what was noted during the Week so far; waiting: what the plan promised and nobody has ticked yet."""

    entries: int = 0
    waiting: int = 0


@dataclass(frozen=True)
class ReceiptFacts:
    """The upper office's answer to one revision. state: "received", "accepted", "returned" (then with a reason).

    day: of the receipt, of a return that of the decision; paper_code: of the paper it answers. former: the name of who
    answers when that is not the upper unit of today, to whom the unit moved since.
    """

    state: str
    revision: int
    day: date
    reason: str = ""
    paper_code: str = ""
    former: str = ""


@dataclass(frozen=True)
class HomeFacts:
    """today; the office's two filings, None while not begun; its deadlines; words for its level.

    week_from, week_to: the days of the Week as the office holds it; word: of its own level ("xã"); upper_word: of the
    upper unit's level ("huyện"); upper_name, contact, phone: of the upper unit, "" when there is none. owes: the kinds
    of paper this office files at all. diary: None while it cannot be read. receipts: answers that came back, by kind.
    newer_year: a year of which this program has no campaign yet, 0 when the open one is today's.
    """

    today: date
    week_to: date
    plan: PaperFacts | None
    report: PaperFacts | None
    plan_due: Deadline | None = None
    report_due: Deadline | None = None
    word: str = "đơn vị"
    upper_word: str = "cấp trên"
    upper_name: str = ""
    contact: str = ""
    phone: str = ""
    week_from: date | None = None
    owes: tuple[Kind, ...] = (Kind.PLAN, Kind.REPORT)
    diary: DiaryFacts | None = None
    receipts: Mapping[Kind, ReceiptFacts] = field(default_factory=dict)
    newer_year: int = 0

    def paper(self, kind: Kind) -> PaperFacts | None:
        return self.plan if kind is Kind.PLAN else self.report

    def due(self, kind: Kind) -> Deadline | None:
        return self.plan_due if kind is Kind.PLAN else self.report_due

    def returned(self, kind: Kind) -> ReceiptFacts | None:
        """The answer that sent the newest revision back, None when there is none."""
        paper, receipt = self.paper(kind), self.receipts.get(kind)
        same = paper is not None and receipt is not None and paper.final and receipt.revision == paper.revision
        return receipt if same and receipt is not None and receipt.state == "returned" else None


@dataclass(frozen=True)
class Button:
    """act: "<verb> <kind>", read by the page: "begin plan", "open plan", "print plan", "signed plan", "export plan";

    or a verb alone: "diary", "settings".
    """

    act: str
    words: str
    icon: str = ""


@dataclass(frozen=True)
class CardFacts:
    """The card of the present step. chip: (icon, tone, words) or None; counts: (words, done, total, things);

    looks: ("block" or "warn", sentence).
    """

    text: str
    primary: Button
    secondary: Button | None = None
    chip: tuple[str, str, str] | None = None
    counts: tuple[tuple[str, int, int, str], ...] = ()
    looks: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Step:
    """state: "done", "open", "now", "later", "overdue". chip as in CardFacts, for a step overdue without the card."""

    number: int
    title: str
    state: str
    note: str = ""
    button: Button | None = None
    card: CardFacts | None = None
    chip: tuple[str, str, str] | None = None


@dataclass(frozen=True)
class DayFacts:
    """One day of the strip: kind "today", "work", "rest", "last"."""

    day: date
    kind: str


@dataclass(frozen=True)
class DueFacts:
    """The leaf: last good day, days left in words, sentences, days of the strip (none when too far or past)."""

    last_day: date
    left: str
    sentences: tuple[str, ...]
    days: tuple[DayFacts, ...]


@dataclass(frozen=True)
class Road:
    title: str
    steps: tuple[Step, ...]
    due: DueFacts | None
    note: str = ""


def paper_facts(
    filing: Filing,
    form: FormDefinition,
    findings: Sequence[Finding],
    sent_at: datetime | None,
    earlier_sent: datetime | None = None,
) -> PaperFacts:
    """The facts of one filing. findings: of its draft, () once final."""
    return PaperFacts(
        kind=filing.kind,
        final=filing.status is Status.FINAL,
        revision=filing.revision,
        changed_at=filing.changed_at,
        finalised_at=filing.finalised_at,
        document_number=filing.document_number,
        document_day=filing.document_day,
        sent_at=sent_at,
        earlier_sent=earlier_sent,
        paper_code=filing.paper_code,
        symbol=f"{form.symbol}-{filing.unit.symbol}".strip("-"),
        must_fix=must_fix(form, findings),
        look_again=sum(not finding.blocks for finding in findings),
        written=_written(form, filing.answers),
        cells=filled_rows(form, filing.answers),
    )


def receipt_facts(reply: Reply, former: str = "") -> ReceiptFacts:
    """What came back, as the road tells it. former: see ReceiptFacts."""
    returned = reply.act is ReplyAct.RETURNED
    day = reply.decided_at.astimezone(VIETNAM).date() if returned else reply.received_on
    said = " ".join(reply.words.split())
    if returned and reply.remarks:
        said = f"{said.rstrip('.')}. " if said else ""
        said += f"Nhận xét ở {len(reply.remarks)} mục."
    return ReceiptFacts(_STATES[reply.act], reply.revision, day, said, reply.paper_code, former)


def _written(form: FormDefinition, answers: Answers) -> tuple[int, int]:
    """Sections with words to write that have them all, of how many."""
    asked = [
        wanted
        for section in form.sections
        if (wanted := [f.id for f in section.fields if f.required and f.type not in _COUNTED])
    ]
    return sum(all(answers.get(id) for id in wanted) for wanted in asked), len(asked)
