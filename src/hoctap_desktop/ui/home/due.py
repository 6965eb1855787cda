"""When papers are due, as Trang chính says it: the chip of a step, the leaf, the strip of days."""

from datetime import date, timedelta

from hoctap_desktop.campaign.model import Deadline
from hoctap_desktop.filing.model import Kind
from hoctap_desktop.foundation.dates import print_date, weekday
from hoctap_desktop.foundation.numbers import print_count
from hoctap_desktop.ui.home.facts import DayFacts, DueFacts, HomeFacts, PaperFacts

_STRIP = 6
# A campaign whose deadline passed so many days ago is looked back at: nothing in it is urgent any more.
_LONG_PAST = 60
WORDS = {Kind.PLAN: "kế hoạch", Kind.REPORT: "báo cáo"}


def chip(facts: HomeFacts, kind: Kind) -> tuple[str, str, str] | None:
    due = facts.due(kind)
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


def days_late(facts: HomeFacts, kind: Kind) -> int:
    """Days late while that still matters, else 0."""
    due = facts.due(kind)
    late = due.days_late(facts.today) if due else 0
    return late if late <= _LONG_PAST else 0


def due_facts(facts: HomeFacts, kind: Kind) -> DueFacts | None:
    due = facts.due(kind)
    if due is None:
        return None
    last = due.last_good_day
    said = f"{weekday(last)} {last:%d/%m} là ngày cuối nộp {WORDS[kind]} lên {facts.upper_word}."
    late = due.days_late(facts.today)
    if late > _LONG_PAST:
        return DueFacts(last, "Đã qua hạn", (f"{weekday(last)} {last:%d/%m/%Y} là ngày cuối nộp {WORDS[kind]}.",), ())
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


def due_words(due: Deadline) -> str:
    return f"chậm nhất ngày {print_date(due.day)}" if due.inclusive else f"trước ngày {print_date(due.day)}"


def late_words(facts: HomeFacts, kind: Kind, paper: PaperFacts) -> str:
    """ ", muộn 2 ngày" when the first revision to go out went after the last good day."""
    due, first = facts.due(kind), paper.earlier_sent or paper.sent_at
    late = due.days_late(first.date()) if due is not None and first is not None else 0
    return f", muộn {print_count(late)} ngày" if late else ""
