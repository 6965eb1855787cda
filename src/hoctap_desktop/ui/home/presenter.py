"""The road of one campaign: which steps, in what state, and what the one card says. No widgets, no store."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hoctap_desktop.campaign.model import Deadline
from hoctap_desktop.filing.model import Filing, Kind, Status
from hoctap_desktop.form.answers import Answers
from hoctap_desktop.form.definition import FieldType, FormDefinition
from hoctap_desktop.form.filled_rows import filled_rows
from hoctap_desktop.form.findings import Finding
from hoctap_desktop.foundation.dates import print_date, weekday

_COUNTED = (FieldType.COUNT, FieldType.MONEY)


@dataclass(frozen=True)
class PaperFacts:
    """What the road needs to know of one filing. sent_at: when its newest revision was written out and
    compared; None: not yet.
    """

    kind: Kind
    final: bool
    revision: int = 1
    changed_at: datetime | None = None
    finalised_at: datetime | None = None
    document_number: str = ""
    document_day: date | None = None
    sent_at: datetime | None = None
    paper_code: str = ""
    symbol: str = ""
    must_fix: int = 0
    look_again: int = 0
    written: tuple[int, int] = (0, 0)
    cells: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class HomeFacts:
    """today; the office's two filings, None while not begun; its deadlines; words for its level.

    week_to: the last day of the Week as the office holds it; word: of its own level ("xã"); upper_word: of the upper
    unit's level ("huyện"); upper_name, contact, phone: of the upper unit, "" when there is none.
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


@dataclass(frozen=True)
class Button:
    """act: "<verb> <kind>", read by the page: "begin plan", "open plan", "print plan", "signed plan", "export plan"."""

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


_STRIP = 6
# A campaign whose deadline passed so many days ago is looked back at: nothing in it is urgent any more.
_LONG_PAST = 60
_WORDS = {Kind.PLAN: "kế hoạch", Kind.REPORT: "báo cáo"}
_OPEN_ICON = "arrow-right"


def paper_facts(
    filing: Filing, form: FormDefinition, findings: Sequence[Finding], sent_at: datetime | None
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
        paper_code=filing.paper_code,
        symbol=f"{form.symbol}-{filing.unit.symbol}".strip("-"),
        must_fix=sum(finding.blocks for finding in findings),
        look_again=sum(not finding.blocks for finding in findings),
        written=_written(form, filing.answers),
        cells=filled_rows(form, filing.answers),
    )


def _written(form: FormDefinition, answers: Answers) -> tuple[int, int]:
    """Sections with words to write that have them all, of how many."""
    asked = [
        wanted
        for section in form.sections
        if (wanted := [f.id for f in section.fields if f.required and f.type not in _COUNTED])
    ]
    return sum(all(answers.get(id) for id in wanted) for wanted in asked), len(asked)


def road(facts: HomeFacts) -> Road:
    """The steps of the year in order, exactly one of them with the card; and the deadline that comes next."""
    done = _done(facts)
    now = _now(facts, done)
    steps = tuple(_step(facts, place, done, now) for place in range(len(_TITLES)))
    return Road(f"Việc của {facts.word} trong đợt này", steps, _due(facts, now))


_TITLES = (
    "Lập kế hoạch",
    "In, trình ký kế hoạch",
    "Gửi kế hoạch",
    "Lập báo cáo",
    "In, trình ký báo cáo",
    "Xuất gói",
)


def _done(facts: HomeFacts) -> tuple[bool, ...]:
    found: list[bool] = []
    for paper in (facts.plan, facts.report):
        final = paper is not None and paper.final
        sent = final and paper is not None and paper.sent_at is not None
        # A paper that was sent had been signed, whether or not its number was noted here.
        signed = final and paper is not None and (sent or bool(paper.document_number or paper.document_day))
        found += [final, signed, sent]
    return tuple(found)


def _now(facts: HomeFacts, done: tuple[bool, ...]) -> int:
    """The place of the card: the first step not done; after the Week the report goes first.

    With the report sent, a plan that was begun is work still; one that never was is not asked for any more.
    """
    if all(done[3:]):
        return len(done) - 1 if facts.plan is None or all(done) else done.index(False)
    if facts.today > facts.week_to:
        return 3 + done[3:].index(False)
    return done.index(False)


def _step(facts: HomeFacts, place: int, done: tuple[bool, ...], now: int) -> Step:
    kind = Kind.PLAN if place < 3 else Kind.REPORT
    paper = facts.plan if kind is Kind.PLAN else facts.report
    title = _TITLES[place]
    if place == 2:
        title = f"Gửi kế hoạch lên {facts.upper_word}"
    elif place == 5:
        title = f"Xuất gói, gửi lên {facts.upper_word}"
    late = _days_late(facts, kind)
    number = place + 1
    if place == now:
        ended = done[place]
        card = _card(facts, place, kind, paper, ended)
        state = "done" if ended else "overdue" if late else "now"
        return Step(number, title, state, card=card)
    if done[place] and paper is not None:
        return Step(number, title, "done", _done_note(place, paper), _look_button(place, kind))
    if place == 3 or (place < now and _reachable(place, done)):
        late_chip = ("circle-alert", "danger", f"Quá hạn {late} ngày") if late else None
        state = "overdue" if late else "open"
        return Step(number, title, state, _open_note(place, paper, facts), _next_button(place, kind), chip=late_chip)
    return Step(number, title, "later", _later_note(place, facts))


def _reachable(place: int, done: tuple[bool, ...]) -> bool:
    first = 0 if place < 3 else 3
    return all(done[first:place])


def _done_note(place: int, paper: PaperFacts) -> str:
    again = f", lần {paper.revision}" if paper.revision > 1 else ""
    if place in (0, 3):
        return f"Chốt ngày {_day(paper.finalised_at)}{again}"
    if place in (1, 4):
        number = f"Số {paper.document_number}/{paper.symbol}" if paper.document_number else ""
        signed = f"ký ngày {print_date(paper.document_day)}" if paper.document_day else ""
        said = ", ".join(part for part in (number, signed) if part)
        return said[:1].upper() + said[1:] if said else "Đã trình ký"
    return f"Đã xuất gói ngày {_day(paper.sent_at)}"


def _open_note(place: int, paper: PaperFacts | None, facts: HomeFacts) -> str:
    if place in (0, 3):
        if paper is None:
            return "Chưa bắt đầu" if place == 0 else f"Sau Tuần lễ, từ ngày {facts.week_to:%d/%m/%Y}"
        left = f"còn {paper.must_fix} chỗ phải sửa, " if paper.must_fix else ""
        return f"Đang làm, {left}sửa gần nhất {_moment(paper.changed_at, facts.today)}"
    if place in (1, 4):
        return "Đã chốt, chưa ghi số và ngày ký"
    return "Đã ký, chưa xuất gói"


def _later_note(place: int, facts: HomeFacts) -> str:
    if place in (1, 4):
        return f"Khi {_WORDS[Kind.PLAN if place == 1 else Kind.REPORT]} không còn chỗ phải sửa"
    due = facts.plan_due if place == 2 else facts.report_due
    said = f"{_due_words(due)}, kèm bản giấy có dấu" if due else "Kèm bản giấy có dấu"
    return said[:1].upper() + said[1:]


def _look_button(place: int, kind: Kind) -> Button:
    if place in (0, 3):
        return Button(f"open {kind.value}", "Xem lại")
    if place in (1, 4):
        return Button(f"print {kind.value}", "Xem lại")
    return Button(f"export {kind.value}", "Xem gói")


def _next_button(place: int, kind: Kind) -> Button:
    if place in (0, 3):
        return Button(f"open {kind.value}", "Mở")
    if place in (1, 4):
        return Button(f"print {kind.value}", "In")
    return Button(f"export {kind.value}", "Xuất gói")


def _card(facts: HomeFacts, place: int, kind: Kind, paper: PaperFacts | None, ended: bool) -> CardFacts:
    name = _WORDS[kind]
    if ended and paper is not None:
        over = "Đã xong việc của đợt này." if facts.plan is not None else "Đã gửi báo cáo; đợt này chưa lập kế hoạch."
        return CardFacts(
            f"{over} Gói {name} xuất ngày {_day(paper.sent_at)}, mã giấy {_code(paper.paper_code)}.",
            Button(f"export {kind.value}", "Xem gói đã xuất", "package"),
            Button(f"print {kind.value}", "Xem trang in", "eye"),
            ("circle-check", "ok", "Đã xong" if facts.plan is not None else "Đã gửi"),
        )
    chip = _chip(facts, kind)
    if place in (0, 3):
        if paper is None:
            begin = "Máy điền sẵn những gì đã biết: đơn vị, chủ đề, ngày của Tuần lễ, người ký."
            return CardFacts(begin, Button(f"begin {kind.value}", f"Bắt đầu lập {name}", _OPEN_ICON), None, chip)
        counts: tuple[tuple[str, int, int, str], ...] = ()
        if paper.written[1]:
            counts += (("Phần viết", *paper.written, "mục"),)
        if paper.cells[1]:
            counts += (("Bảng số liệu", *paper.cells, "ô"),)
        looks: tuple[tuple[str, str], ...] = ()
        if paper.must_fix:
            looks += (("block", f"{paper.must_fix} chỗ phải sửa"),)
        if paper.look_again:
            looks += (("warn", f"{paper.look_again} chỗ nên xem lại"),)
        ready = not paper.must_fix
        text = f"Lần sửa gần nhất {_moment(paper.changed_at, facts.today)}."
        if kind is Kind.PLAN and facts.report is not None and facts.report.sent_at is not None:
            left = f"còn {paper.must_fix} chỗ phải sửa" if paper.must_fix else "chưa chốt"
            text = f"Báo cáo đã gửi. Kế hoạch {left}. {text}"
        if ready:
            text += " Không còn chỗ phải sửa, chốt được để in."
        words = f"Làm tiếp {name}" if not ready else f"Xem lại và chốt {name}"
        primary = Button(f"open {kind.value}", words, _OPEN_ICON)
        return CardFacts(text, primary, Button(f"print {kind.value}", "Xem trang in", "eye"), chip, counts, looks)
    if place in (1, 4):
        closed = _day(paper.finalised_at if paper else None)
        return CardFacts(
            f"Đã chốt ngày {closed}. In ra trình ký, đóng dấu rồi ghi số và ngày ký.",
            Button(f"print {kind.value}", f"In, trình ký {name}", "printer"),
            Button(f"signed {kind.value}", "Ghi số, ngày ký", "stamp"),
            chip,
        )
    to = facts.upper_name or facts.upper_word
    return CardFacts(
        f"Ghi một gói có khóa của đơn vị vào USB, mang cùng bản giấy có dấu đến {to}.",
        Button(f"export {kind.value}", f"Xuất gói {name}", "usb"),
        Button(f"print {kind.value}", "Xem trang in", "eye"),
        chip,
    )


def _chip(facts: HomeFacts, kind: Kind) -> tuple[str, str, str] | None:
    due = facts.plan_due if kind is Kind.PLAN else facts.report_due
    if due is None:
        return None
    late = due.days_late(facts.today)
    if late > _LONG_PAST:
        return ("clock", "plain", "Đã qua hạn nộp")
    if late:
        return ("circle-alert", "danger", f"Quá hạn {late} ngày")
    left = (due.last_good_day - facts.today).days
    if left == 0:
        return ("clock", "danger", "Hôm nay là ngày cuối")
    return ("clock", "warn" if left <= 7 else "plain", f"Còn {left} ngày")


def _days_late(facts: HomeFacts, kind: Kind) -> int:
    """Days late while that still matters, else 0."""
    due = facts.plan_due if kind is Kind.PLAN else facts.report_due
    late = due.days_late(facts.today) if due else 0
    return late if late <= _LONG_PAST else 0


def _due(facts: HomeFacts, now: int) -> DueFacts | None:
    kind = Kind.PLAN if now < 3 else Kind.REPORT
    due = facts.plan_due if kind is Kind.PLAN else facts.report_due
    if due is None:
        return None
    last = due.last_good_day
    said = f"{weekday(last)} {last:%d/%m} là ngày cuối nộp {_WORDS[kind]} lên {facts.upper_word}."
    late = due.days_late(facts.today)
    if late > _LONG_PAST:
        return DueFacts(last, "Đã qua hạn", (f"{weekday(last)} {last:%d/%m/%Y} là ngày cuối nộp {_WORDS[kind]}.",), ())
    if late:
        return DueFacts(last, f"Quá {late} ngày", (said, "Nộp muộn vẫn nhận. Nên gọi nơi nhận báo trước."), ())
    left = (last - facts.today).days
    work = sum(day.weekday() < 5 for day in _days(facts.today, last))
    sentences = (said, f"Tính cả hôm nay có {work} ngày làm việc.")
    strip: tuple[DayFacts, ...] = ()
    if left < _STRIP:
        strip = tuple(DayFacts(day, _day_kind(day, facts.today, last)) for day in _days(facts.today, last))
    return DueFacts(last, f"Còn {left} ngày" if left else "Hôm nay", sentences, strip)


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _day_kind(day: date, today: date, last: date) -> str:
    if day == today:
        return "today"
    if day == last:
        return "last"
    return "rest" if day.weekday() >= 5 else "work"


def _due_words(due: Deadline) -> str:
    return f"chậm nhất ngày {print_date(due.day)}" if due.inclusive else f"trước ngày {print_date(due.day)}"


def _day(moment: datetime | None) -> str:
    return print_date(moment.date()) if moment else "chưa rõ"


def _moment(moment: datetime | None, today: date) -> str:
    if moment is None:
        return "chưa có"
    return f"{moment:%H:%M} hôm nay" if moment.date() == today else f"ngày {print_date(moment.date())}"


def _code(code: str) -> str:
    """7K3MQ9TX2HBV in three groups; a code that has its hyphens stays."""
    bare = code.replace("-", "")
    return "-".join(bare[place : place + 4] for place in range(0, len(bare), 4)) or "chưa có"
