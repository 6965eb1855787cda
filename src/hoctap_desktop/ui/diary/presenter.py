"""What the diary page decides: entries on the screen, what to save, promises, numbers. No Qt."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from hoctap_desktop.campaign.model import Campaign
from hoctap_desktop.diary.model import (
    DAY,
    DAYS,
    FROM,
    KIND,
    MAX_LENGTH,
    NOTE,
    PLACE,
    PROMISE,
    SUBJECT,
    TITLE,
    TO,
    TYPED,
    DiaryForm,
    Entry,
    Kind,
    day_of,
)
from hoctap_desktop.diary.promises import Kept, Promise, kept
from hoctap_desktop.diary.proposals import Taken
from hoctap_desktop.filing.model import Filing
from hoctap_desktop.form.definition import FormDefinition
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.dates import parse_date, print_date, weekday
from hoctap_desktop.foundation.errors import UserError
from hoctap_desktop.foundation.numbers import parse_count, print_count
from hoctap_desktop.office.from_diary import Diary
from hoctap_desktop.ui.diary.numbers import ReportNumbers

_SHORT_DAY = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})")
_CLASS_FIELDS = ((SUBJECT, "Nội dung học", "line"), (FROM, "Từ ngày", "day"), (TO, "Đến ngày", "day"))
_FAR = 31  # days outside the Week that nobody asks about


@dataclass(frozen=True)
class Save:
    """Fields of an entry to store; value None: blank."""

    entry: int
    changes: Mapping[str, JsonValue | None]


@dataclass(frozen=True)
class Line:
    """One row of the list at the left: a day, or an entry under it. incomplete: a kind or a day is missing."""

    key: str
    words: str
    head: bool = False
    incomplete: bool = False


@dataclass(frozen=True)
class Shown:
    """One field of the open entry. kind: "day", "line", "long", "count", "choice"; state, message: of its box.

    hint: a fact under it. unit: the word behind a number.
    """

    id: str
    label: str
    kind: str
    value: str = ""
    unit: str = ""
    state: str = "normal"
    message: str = ""
    hint: str = ""


@dataclass(frozen=True)
class PromiseRow:
    """One thing the plan promised. title: "07 băng rôn"; facts: day and place, "" for none. asks: a number is typed.

    done: what stands in its box; entries: (number, words) made for it; ticked: something was done about it.
    """

    key: str
    title: str
    facts: str
    sentence: str
    unsure: str
    asks: bool
    unit: str
    done: str
    entries: tuple[tuple[int, str], ...]
    ticked: bool
    message: str = ""


@dataclass(frozen=True)
class _Undo:
    """An entry as it was: its fields before, or None when it was there and now is removed."""

    entry: int
    before: Mapping[str, JsonValue | None]
    removed: bool = False


class DiaryPresenter:
    """The diary on the screen. Every change returns what to store; nothing here stores it."""

    def __init__(self, diary: Diary, form: DiaryForm, report: FormDefinition, campaign: Campaign, today: date) -> None:
        self.form = form
        self.report_form = report
        self.campaign = campaign
        self.today = today
        self.open = 0
        self._entries: dict[int, Entry] = {}
        self._kept: set[int] = set()  # begun in the store, or on the way there
        self._promise_slips: dict[str, tuple[str, str]] = {}
        self._undo: list[_Undo] = []
        self.read(diary)

    def read(self, diary: Diary) -> None:
        """What the store holds now; what a person is at stays: the open entry, undo, an entry just begun."""
        self.promised = diary.promises
        self.has_plan = diary.has_plan
        self.report: Filing | None = diary.report
        self.files = dict(diary.files)
        self._taken: Mapping[str, Taken] = diary.offered.taken
        begun = {number: one for number, one in self._entries.items() if number not in self._kept}
        self._entries = {one.number: one for one in diary.entries} | begun
        self._removed: dict[int, Entry] = {one.number: one for one in diary.removed}
        self._next = max([diary.next_number, *(number + 1 for number in begun)])
        self._kept = {one.number for one in diary.entries}
        if self.open not in self._entries:
            self.open = 0

    # --- what is there --------------------------------------------------------------------------------------------

    @property
    def entries(self) -> tuple[Entry, ...]:
        """By day, then as they were begun; those without a day last."""
        return tuple(sorted(self._entries.values(), key=lambda one: (one.text(DAY) or "9999", one.number)))

    @property
    def removed(self) -> tuple[Entry, ...]:
        """The trash, the latest first."""
        return tuple(self._removed.values())

    def is_there(self, number: int) -> bool:
        return number in self._entries

    @property
    def is_empty(self) -> bool:
        return not self._entries

    def lines(self) -> tuple[Line, ...]:
        """The list at the left: days, and under each what happened."""
        found: list[Line] = []
        for day, entries in groupby(self.entries, key=lambda one: one.text(DAY)):
            found.append(Line(f"day-{day}", self._day_words(day), head=True))
            found += [
                Line(str(one.number), self.words_of(one), incomplete=not one.text(KIND) or not day) for one in entries
            ]
        return tuple(found)

    @staticmethod
    def _day_words(iso: str) -> str:
        day = day_of(iso)
        return f"{weekday(day)}, {day:%d/%m}" if day else "Chưa rõ ngày"

    def words_of(self, entry: Entry) -> str:
        """ "Tọa đàm về đọc sách: 97 người" or "Băng rôn, panô, khẩu hiệu: 7 cái"."""
        kind = self.form.kind(entry.text(KIND))
        name = entry.text(TITLE) or (kind.label if kind else "") or entry.text(NOTE).split("\n")[0] or "Việc mới"
        counted = self._counted(entry, kind)
        return f"{name}: {counted}" if counted else name

    @staticmethod
    def _counted(entry: Entry, kind: Kind | None) -> str:
        numbers = [(n, value) for n in (kind.numbers if kind else ()) if (value := entry.count(n.id)) is not None]
        # one talk is no news beside its hundred people
        telling = [(n, value) for n, value in numbers if not (n.start == value and len(numbers) > 1)] or numbers
        return ", ".join(f"{print_count(value)} {n.unit}" for n, value in telling[:1])

    def fields(self) -> tuple[Shown, ...]:
        """The fields of the open entry, in the order they are asked; () when none is open."""
        entry = self._entries.get(self.open)
        if entry is None:
            return ()
        kind = self.form.kind(entry.text(KIND))
        found = [
            self._field(entry, KIND, "Loại việc", "choice"),
            self._field(entry, DAY, "Ngày", "day"),
            self._field(entry, TITLE, "Tên lớp" if kind and kind.class_list else "Nội dung", "line"),
        ]
        for one in kind.numbers if kind else ():
            shown = self._field(entry, one.id, one.label, "count")
            found.append(replace(shown, unit=one.unit, hint="" if one.feeds else "Chỉ ghi ở nhật ký."))
        if kind is not None and kind.class_list:
            found += [self._field(entry, id, label, what) for id, label, what in _CLASS_FIELDS]
        found.append(self._field(entry, PLACE, "Nơi học" if kind and kind.class_list else "Nơi", "line"))
        found.append(self._field(entry, NOTE, "Ghi chú", "long"))
        return tuple(found)

    def _field(self, entry: Entry, id: str, label: str, what: str) -> Shown:
        typed = entry.text(TYPED + id)
        if typed:
            return Shown(id, label, what, typed, state="error", message=self._why(id, typed))
        if what == "count":
            value = entry.count(id)
            return Shown(id, label, what, "" if value is None else print_count(value))
        text = entry.text(id)
        if what == "day":
            day = day_of(text)
            state, message = self._far(entry, id, day)
            return Shown(id, label, what, print_date(day) if day else "", state=state, message=message)
        return Shown(id, label, what, text)

    def _far(self, entry: Entry, id: str, day: date | None) -> tuple[str, str]:
        if day is None:
            return "normal", ""
        first = day_of(entry.text(FROM))
        if id == TO and first and day < first:
            return "warn", f"Ngày cuối ở trước ngày đầu ({print_date(first)}). Hãy xem lại."
        first, last = self.campaign.week_from, self.campaign.week_to
        away = max((first - day).days, (day - last).days)
        if away > _FAR:
            week = f"{print_date(first)} đến {print_date(last)}"
            return "warn", f"Ngày này xa Tuần lễ ({week}). Hãy xem lại năm và tháng."
        return "normal", ""

    # --- changes --------------------------------------------------------------------------------------------------

    def begin(self, kind: str = "", **content: JsonValue) -> int:
        """A new entry on the screen, open; it is stored with the first thing written into it."""
        self.drop_untouched()
        entry = self._started(kind, content)
        self._entries[entry.number] = entry
        self.open = entry.number
        return entry.number

    def _started(self, kind: str, content: Mapping[str, JsonValue]) -> Entry:
        found = self.form.kind(kind)
        given: dict[str, JsonValue] = {DAY: self._likely_day().isoformat(), **content}
        if found is not None:
            given[KIND] = kind
            for one in found.numbers:
                if one.start is not None:
                    given.setdefault(one.id, one.start)
        entry = Entry(self._next, self.campaign.id, given)
        self._next += 1
        return entry

    def _likely_day(self) -> date:
        """Today during the Week, the day last written about after it, else the Week's first day."""
        if self.campaign.week_from <= self.today <= self.campaign.week_to:
            return self.today
        days = [day for one in self._entries.values() if (day := one.day) is not None]
        return days[-1] if days else self.campaign.week_from

    def drop_untouched(self) -> None:
        """An entry begun and never written into leaves no trace."""
        for number in [n for n in self._entries if n not in self._kept]:
            del self._entries[number]
            if self.open == number:
                self.open = 0

    def write(self, field: str, typed: str) -> tuple[Save, ...]:
        """What a person left in a field of the open entry."""
        if self.open not in self._entries:
            return ()
        try:
            changes = {field: self._read(field, typed), TYPED + field: None}
        except UserError:
            changes = {field: None, TYPED + field: " ".join(typed.split())[:200]}
        kind = changes[field]
        if field == KIND and isinstance(kind, str):
            changes |= self._starts(kind)
        return self._change(changes)

    def _why(self, field: str, typed: str) -> str:
        """Why a text cannot be taken."""
        try:
            self._read(field, typed)
        except UserError as refusal:
            return str(refusal)
        return ""

    def _starts(self, kind_id: str) -> dict[str, JsonValue | None]:
        """The numbers a kind begins with, where nothing stands yet."""
        kind, entry = self.form.kind(kind_id), self._entries[self.open]
        numbers = kind.numbers if kind else ()
        return {n.id: n.start for n in numbers if n.start is not None and n.id not in entry.content}

    def _read(self, field: str, typed: str) -> JsonValue | None:
        bare = typed.strip()
        if not bare:
            return None
        if self.form.number(field) is not None:
            return parse_count(bare)
        if field in DAYS:
            short = _SHORT_DAY.fullmatch(bare)
            return parse_date(f"{bare}/{self.campaign.year}" if short else bare).isoformat()
        if field == NOTE:
            return typed[: MAX_LENGTH[NOTE]]
        return " ".join(typed.split())[: MAX_LENGTH.get(field, 200)]

    def _change(self, changes: Mapping[str, JsonValue | None]) -> tuple[Save, ...]:
        content = self._entries[self.open].content
        real = {f: v for f, v in changes.items() if content.get(f) != v or type(content.get(f)) is not type(v)}
        if not real:
            return ()
        self._undo.append(_Undo(self.open, {f: content.get(f) for f in real}))
        return self._put(self.open, real)

    def _put(self, number: int, changes: Mapping[str, JsonValue | None]) -> tuple[Save, ...]:
        entry = self._entries[number]
        content = {**entry.content, **{f: v for f, v in changes.items() if v is not None}}
        for field in [f for f, v in changes.items() if v is None]:
            content.pop(field, None)
        self._entries[number] = replace(entry, content=content)
        if number in self._kept:
            return (Save(number, dict(changes)),) if changes else ()
        if not changes:
            return ()
        self._kept.add(number)
        return (Save(number, {**content, **changes}),)

    def keep_for_files(self, number: int) -> tuple[Save, ...]:
        """An entry that got a photo before a word is kept from then on."""
        if number not in self._entries or number in self._kept:
            return ()
        self._kept.add(number)
        return (Save(number, dict(self._entries[number].content)),)

    def remove(self, number: int) -> bool:
        """Takes an entry off the screen. True when the store has it too (it goes into the trash there)."""
        entry = self._entries.pop(number, None)
        if entry is None:
            return False
        if self.open == number:
            self.open = 0
        if number not in self._kept:
            return False
        self._removed = {number: entry, **self._removed}
        self._undo.append(_Undo(number, {}, removed=True))
        return True

    def put_back(self, number: int) -> bool:
        """Takes an entry out of the trash and opens it. False when it is not there."""
        entry = self._removed.pop(number, None)
        if entry is None:
            return False
        self._entries[number] = replace(entry, removed_at=None)
        self._kept.add(number)
        self._undo = [one for one in self._undo if not (one.removed and one.entry == number)]
        self.open = number
        return True

    @property
    def can_undo(self) -> bool:
        return bool(self._undo)

    def undo(self) -> tuple[Save, ...] | int:
        """Takes the last change back: what to store, or the number of an entry to take out of the trash."""
        if not self._undo:
            return ()
        last = self._undo.pop()
        if last.removed:
            self.put_back(last.entry)
            return last.entry
        if last.entry not in self._entries:
            return ()
        self.open = last.entry
        now = self._entries[last.entry].content
        return self._put(last.entry, {f: v for f, v in last.before.items() if now.get(f) != v})

    # --- what the plan promised -----------------------------------------------------------------------------------

    def promises(self) -> tuple[PromiseRow, ...]:
        """Everything the plan promised, ceremonies first, the uncertain last."""
        return tuple(self._promise_row(one) for one in kept(self.promised, self.entries))

    def waiting(self) -> int:
        """How many promises nothing is written about yet."""
        return sum(1 for one in self.promises() if not one.ticked)

    def _promise_row(self, one: Kept) -> PromiseRow:
        promise = one.promise
        number = self.form.number(promise.number)
        slip = self._promise_slips.get(promise.key)
        count = f"{promise.count:02d} " if promise.count is not None else ""
        title = f"{count}{promise.words}"
        facts = ", ".join(
            part for part in (promise.time, print_date(promise.day) if promise.day else "", promise.place) if part
        )
        done = "" if one.done is None or number is None else print_count(one.done)
        return PromiseRow(
            promise.key,
            title[:1].upper() + title[1:],
            facts,
            promise.sentence,
            promise.unsure,
            # one number belongs to one entry; of several the entries themselves are corrected
            asks=number is not None and len(one.entries) < 2,
            unit=number.unit if number else "",
            done=slip[0] if slip else done,
            entries=tuple((entry.number, self._entry_words(entry)) for entry in one.entries),
            ticked=not one.waits and (number is None or one.done is not None),
            message=slip[1] if slip else "",
        )

    def _entry_words(self, entry: Entry) -> str:
        day = entry.day
        return f"{day:%d/%m} {self.words_of(entry)}" if day else self.words_of(entry)

    def tick(self, key: str, typed: str) -> tuple[Save, ...]:
        """The number a person wrote beside a promise: an entry is made for it, or its entry is corrected."""
        one = next((k for k in kept(self.promised, self.entries) if k.promise.key == key), None)
        if one is None or len(one.entries) > 1:
            return ()
        promise, was = one.promise, self.open
        try:
            value = parse_count(typed) if typed.strip() else None
        except UserError as refusal:
            self._promise_slips[key] = (typed.strip(), str(refusal))
            return ()
        self._promise_slips.pop(key, None)
        if one.entries:
            self.open = one.entries[0].number
            saves = self._change({promise.number: value})
        elif value is None:
            return ()
        else:
            saves = self._begun_for(promise, {promise.number: value})
        self.open = was if was in self._entries else self.open
        return saves

    def begin_for(self, key: str) -> tuple[Save, ...]:
        """An entry for a promise, with what the plan says of it; it is open afterwards."""
        promise = next((one for one in self.promised if one.key == key), None)
        return self._begun_for(promise, {}) if promise is not None else ()

    def _begun_for(self, promise: Promise, content: Mapping[str, JsonValue]) -> tuple[Save, ...]:
        kind = self.form.kind(promise.kind)
        given: dict[str, JsonValue] = {PROMISE: promise.key, **content}
        if kind is not None and kind.event:
            given[TITLE] = kind.label
        if promise.day is not None:
            given[DAY] = promise.day.isoformat()
        if promise.place:
            given[PLACE] = promise.place
        self.begin(promise.kind, **given)
        self._undo.append(_Undo(self.open, dict.fromkeys(self._entries[self.open].content)))
        self._kept.add(self.open)
        return (Save(self.open, dict(self._entries[self.open].content)),)

    # --- what the report may take ---------------------------------------------------------------------------------

    def numbers(self) -> ReportNumbers:
        """The report's numbers beside those of the entries on the screen."""
        return ReportNumbers(self.entries, self.form, self.report_form, self.report, self._taken)


def trash_words(entry: Entry, words: str) -> str:
    """A removed entry in the list of the trash."""
    day = entry.day
    return f"{print_date(day)}: {words}" if day else words
