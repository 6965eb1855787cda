"""Whom something is still awaited from, and what is said to them: a letter, a call, a short text. Pure."""

import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from hoctap_desktop.consolidation.status import Board, Standing, State
from hoctap_desktop.document import layout
from hoctap_desktop.filing.model import KIND_WORDS, Kind
from hoctap_desktop.foundation.dates import print_date
from hoctap_desktop.foundation.numbers import print_count
from hoctap_desktop.units.model import Signer, Unit

_DAYS_TO_ANSWER = 2
_FRIDAY = 4


@dataclass(frozen=True)
class Awaited:
    """A unit and what it has not handed in, or has to hand in again."""

    unit: Unit
    owed: tuple[tuple[Kind, Standing], ...]

    @property
    def words(self) -> str:
        """ "kế hoạch chưa nộp, quá 9 ngày; báo cáo trả lại"."""
        return "; ".join(f"{KIND_WORDS[kind].lower()} {_said(standing)}" for kind, standing in self.owed)

    @property
    def states(self) -> str:
        """The same without the papers' kinds: "chưa nộp, quá 9 ngày"."""
        return "; ".join(_said(standing) for _, standing in self.owed)

    @property
    def overdue(self) -> int:
        """Days past the last good day, of the paper that is longest overdue."""
        return max((standing.overdue for _, standing in self.owed), default=0)


@dataclass(frozen=True)
class ListedUnit:
    """A line of the list in a letter, as it was when the list was made. due: the last good day, "" when none is set."""

    code: str
    name: str
    words: str
    due: str


@dataclass(frozen=True)
class Reminder:
    """A letter (công văn đôn đốc) that is being written: every text can be changed before it is printed.

    about: after "V/v"; to, recipients: a line each; before, after: paragraphs over and under the list, a line each.
    """

    id: str
    campaign: str
    kinds: tuple[Kind, ...]
    as_of: date
    units: tuple[ListedUnit, ...]
    about: str
    to: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    recipients: tuple[str, ...]
    signer: Signer


def awaited(found: Board, kinds: Sequence[Kind], codes: Collection[str] | None = None) -> tuple[Awaited, ...]:
    """The units that owe one of `kinds`, in the order of the board. codes: only these; None: all."""
    rows = []
    for row in found.rows:
        owed = tuple((kind, row.standing(kind)) for kind in kinds if _is_awaited(row.standing(kind)))
        if owed and (codes is None or row.unit.code in codes):
            rows.append(Awaited(row.unit, owed))
    return tuple(rows)


def _is_awaited(standing: Standing) -> bool:
    return standing.state in (State.NOT_SENT, State.RETURNED)


def _said(standing: Standing) -> str:
    words = standing.words[:1].lower() + standing.words[1:]
    note = standing.note.rstrip(".")
    if standing.state is State.RETURNED:
        return f"{words}: {note}" if note else words
    return f"{words}, {note[:1].lower()}{note[1:]}" if note else words


def papers_words(kinds: Sequence[Kind]) -> str:
    """ "kế hoạch và báo cáo"."""
    return " và ".join(KIND_WORDS[kind].lower() for kind in kinds)


# --- short texts -------------------------------------------------------------------------------------------------


def unit_text(one: Awaited, own: Unit, found: Board) -> str:
    """What is sent to one unit by Zalo or SMS."""
    what = []
    for kind, standing in one.owed:
        again = "gửi lại " if standing.state is State.RETURNED else "gửi "
        last = standing.deadline.last_good_day if standing.deadline else None
        due = f" (hạn {last:%d/%m})" if last else ""
        if last and standing.overdue:
            due = f" (hạn {last:%d/%m}, quá {print_count(standing.overdue)} ngày)"
        what.append(f"{again}{KIND_WORDS[kind].lower()}{due}")
    said = f"{_own_name(own)}: đề nghị {one.unit.short_name} {' và '.join(what)} {_week(found)}."
    return " ".join(part for part in (said, _call_back(own)) if part)


def group_text(rows: Sequence[Awaited], own: Unit, found: Board, kinds: Sequence[Kind]) -> str:
    """What is sent to all at once, with every name in it."""
    names = ", ".join(one.unit.short_name for one in rows)
    said = (
        f"{_own_name(own)}: đến ngày {found.as_of:%d/%m} còn {print_count(len(rows))} đơn vị chưa gửi "
        f"{papers_words(kinds)} {_week(found)}: {names}. Đề nghị các đơn vị gửi ngay."
    )
    return " ".join(part for part in (said, _call_back(own)) if part)


def bare_letters(text: str) -> str:
    """`text` without accents, letters as large as they are: an SMS holds 160 of these, and 70 of the others."""
    split = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in split if not unicodedata.combining(letter))


def messages_needed(text: str) -> int:
    """How many SMS a text takes: 160 letters without accents in one, 153 in each of several; with accents 70, 67."""
    alone, each = (160, 153) if text.isascii() else (70, 67)
    return 1 if len(text) <= alone else -(-len(text) // each)


def _own_name(own: Unit) -> str:
    return own.short_name or own.name


def _week(found: Board) -> str:
    return f"Tuần lễ học tập suốt đời {found.campaign.year}"


def _call_back(own: Unit) -> str:
    who = " ".join(part for part in (own.contact, own.phone) if part)
    return f"Liên hệ: {who}." if who else ""


# --- the letter --------------------------------------------------------------------------------------------------


def draft(
    id: str, rows: Sequence[Awaited], own: Unit, upper: Unit | None, found: Board, kinds: Sequence[Kind]
) -> Reminder:
    """The letter as the program proposes it, from the board."""
    papers, week = papers_words(kinds), found.campaign.name
    listed = tuple(_listed(one) for one in rows)
    few = stands_in_letter(len(rows))
    place = "dưới đây" if few else "kèm theo công văn này"
    done = "; ".join(
        f"{KIND_WORDS[kind].lower()} của {print_count(found.done(kind))} trên {print_count(found.owing(kind))} đơn vị"
        for kind in kinds
    )
    last = sorted({standing.deadline.last_good_day for one in rows for _, standing in one.owed if standing.deadline})
    due = f", hạn cuối là ngày {' và ngày '.join(print_date(day) for day in last)}" if last else ""
    asked = _asked_by(rows, found.as_of)
    own_day = "; đơn vị có hạn cuối sau ngày đó thì theo hạn trong danh sách" if last and last[-1] > asked else ""
    reach = " ".join(part for part in (own.contact, own.phone) if part)
    call = f" Đơn vị đã gửi mà vẫn có tên trong danh sách, xin báo lại: {reach}." if reach else ""
    stands = (
        f"Tính đến ngày {print_date(found.as_of)}, {own.name} đã nhận {done}; còn {print_count(len(rows))} đơn vị "
        f"chưa gửi hoặc phải gửi lại, theo danh sách {place}."
    )
    wanted = (
        f"{own.name} đề nghị Thủ trưởng các đơn vị có tên trong danh sách gửi {papers} "
        f"chậm nhất ngày {print_date(asked)} để kịp tổng hợp{own_day}.{call}"
    )
    return Reminder(
        id=id,
        campaign=found.campaign.id,
        kinds=tuple(kinds),
        as_of=found.as_of,
        units=listed,
        about=f"đôn đốc nộp {papers} {week}",
        to=tuple(one.name for one in listed) if few else ("Thủ trưởng các đơn vị có tên trong danh sách kèm theo",),
        before=(f"Theo kế hoạch tổ chức {week}, các đơn vị gửi {papers} về {own.name}{due}.", stands),
        after=(wanted, "Rất mong các đơn vị quan tâm, phối hợp thực hiện./."),
        recipients=("Như trên;", *((f"{upper.short_name or upper.name} (báo cáo);",) if upper else ()), "Lưu: VT."),
        signer=own.signer,
    )


def _listed(one: Awaited) -> ListedUnit:
    days = sorted({standing.deadline.last_good_day for _, standing in one.owed if standing.deadline})
    words = one.words
    return ListedUnit(
        one.unit.code,
        one.unit.name,
        words[:1].upper() + words[1:],
        ", ".join(print_date(day) for day in days),
    )


def with_list(written: Reminder, rows: Sequence[Awaited], as_of: date) -> Reminder:
    """The same texts over today's list."""
    return replace(written, units=tuple(_listed(one) for one in rows), as_of=as_of)


def stands_in_letter(count: int) -> bool:
    """True when so many units are addressed by name and listed in the letter itself; else in its appendix."""
    return count <= layout.official().addressees.named


def _asked_by(rows: Sequence[Awaited], as_of: date) -> date:
    """The first deadline while it runs for all of them, no day before it and none after; else two working days."""
    soon = answer_by(as_of)
    days = [standing.deadline.last_good_day if standing.deadline else soon for one in rows for _, standing in one.owed]
    first = min(days, default=soon)
    return first if first >= as_of else soon


def answer_by(as_of: date) -> date:
    """Two working days later."""
    day = as_of
    for _ in range(_DAYS_TO_ANSWER):
        day += timedelta(days=1)
        while day.weekday() > _FRIDAY:
            day += timedelta(days=1)
    return day
