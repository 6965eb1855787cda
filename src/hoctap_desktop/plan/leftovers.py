"""Last year's plan as the start of this year's: what is left in it of the old year, and what it should become. Pure.

Marked are: dates and years of the old year wherever they stand; and, where they came with the old plan, dates
without a year, days of the week, document numbers, persons, committees that are not this one (an office that merged
began with the plan of one of those that became it). The old theme is marked wherever it stands. A mark goes
when its words are changed or the person keeps them. What is typed anew for the new year is never marked.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from hoctap_desktop.campaign.model import Campaign
from hoctap_desktop.form.answers import Answers, text
from hoctap_desktop.form.context import Carried, Spot
from hoctap_desktop.form.definition import FormDefinition, Severity
from hoctap_desktop.form.findings import Finding
from hoctap_desktop.form.validation import place_of
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.weekdays import lone_weekdays, spelled_like, weekdays
from hoctap_desktop.plan.belonging import named_committees, other_committees
from hoctap_desktop.plan.places import Outlines, items_of

LEFTOVER = "leftover"
KIND_WORDS = {
    "year": "năm cũ",
    "date": "ngày năm cũ",
    "weekday": "thứ của năm cũ",
    "theme": "chủ đề năm cũ",
    "number": "số văn bản năm cũ",
    "name": "tên người của năm cũ",
    "unit": "tên đơn vị cũ",
}
# These stand once in this year's draft already; the signer is the one of the office now.
_OF_THIS_YEAR = ("document.month", "theme", "week.from", "week.to")
_AROUND = 24
_ENOUGH = 8

_YEAR = r"(?<![\d/.,-])(?:20\d\d)(?![\d/]|[.,-]\d)"
_DATE = re.compile(
    r"(?<![\d/.-])\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?20\d\d(?!\d)"
    r"|(?<!\d)\d{1,2}\s+tháng\s+\d{1,2}(?:\s*,?\s+năm\s+20\d\d)?(?!\w)"
    r"|(?<![\d/.-])\d{1,2}/20\d\d(?!\d)"
    r"|(?<![\d/.,-])\d{1,2}/\d{1,2}(?![\w/-]|[.,]\d)"
)
_PERIOD = re.compile(r"(?<!\d)(20\d\d)(\s*[-–]\s*)(20\d\d)(?!\d)")
_LONE_YEAR = re.compile(_YEAR)
_NUMBER = re.compile(
    r"(?:[Ss]ố\s*:?\s*)?(?<![\d/])\d{1,6}(?:/20\d\d)?/[A-ZĐ]{2,}[\w&]*(?:[-/][A-ZĐ][\w&]*)*"
    r"(?:\s*,?\s*ngày\s+(?:\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?20\d\d|\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+20\d\d))?"
)
_TITLE = r"(?<!\w)(?:[Ôô]ng|[Bb]à|[Đđ]ồng chí|[Đđ]/c|[Tt]hầy giáo|[Cc]ô giáo|[Tt]hầy|[Cc]ô|[Aa]nh|[Cc]hị)\s*:?\s+"
_PERSON = re.compile(rf"{_TITLE}([^\W\d_][\w'’]*(?:\s+[^\W\d_][\w'’]*){{1,4}})")


@dataclass(frozen=True)
class Mark:
    """Something left of the old year.

    item: index of the block in a body's outline, or of the line in a list, else 0. start, end: in the words of that
    item (plan/places.py). words: as they stand; proposal: what they should become, "" when nobody can know.
    """

    field: str
    item: int
    start: int
    end: int
    kind: str
    words: str
    proposal: str
    spot: Spot

    @property
    def key(self) -> str:
        return f"{LEFTOVER}:{self.field}:{self.item}:{self.start}:{self.words}"


@dataclass(frozen=True)
class _Candidate:
    start: int
    end: int
    kind: str
    proposal: str = ""
    sure: bool = False


# --- the start ---------------------------------------------------------------------------------------------------


def carry(
    old: Answers, old_week: tuple[date, date], old_campaign: Campaign, form: FormDefinition, draft: Answers
) -> tuple[dict[str, JsonValue], Carried]:
    """What to put into this year's draft from last year's plan, and what is to be marked.

    old: the answers of last year's plan, read by `form`, this year's; old_week: as that plan held it. draft: this
    year's, as it is begun: the theme, the Week, the month and the signer stay its own.
    """
    taken: dict[str, JsonValue] = {}
    for field in form.fields():
        own = field.id in _OF_THIS_YEAR or field.id.startswith("signer.")
        if field.id in old and not (own and draft.get(field.id)):
            taken[field.id] = old[field.id]
    theme = text(old, "theme")
    themes = tuple(dict.fromkeys(t for t in (theme, *old_campaign.themes) if t and "{{" not in t))
    carried = Carried(old_campaign.year, *old_week, themes)
    names = _names(form, {**taken, **{id: v for id, v in old.items() if id.startswith("signer.")}})
    known = _knowing(carried, None, names)
    spots = tuple(
        _spot(field.id, item, found, words)
        for field, item, words in items_of(form, taken)
        for found in _candidates(words, known)
    )
    return taken, replace(carried, spots=spots)


def _names(form: FormDefinition, answers: Answers) -> tuple[str, ...]:
    found = [text(answers, "signer.name")]
    for _field, _item, words in items_of(form, answers):
        found += [name for _start, name in _persons(words)]
    return tuple(dict.fromkeys(name for name in found if len(name.split()) > 1))


def _persons(words: str) -> Iterator[tuple[int, str]]:
    for hit in _PERSON.finditer(words):
        name = ""
        for part in re.finditer(r"\S+", hit[1]):
            if not part[0][0].isupper():
                break
            name = hit[1][: part.end()]
        if " " in name:
            yield hit.start(1), name


# --- what is left ------------------------------------------------------------------------------------------------


def leftovers(
    form: FormDefinition,
    answers: Answers,
    carried: Carried | None,
    campaign: Campaign,
    values: Mapping[str, str] | None = None,
    outlines: Outlines | None = None,
) -> tuple[Mark, ...]:
    """Every mark that stands, in printed order. values: of {{fields}}, as printed, for days of the week beside them.

    outlines: of bodies open in an editor (plan/places.py).
    """
    if carried is None:
        return ()
    came = {(spot.kind, spot.words) for spot in carried.spots}
    names = tuple(dict.fromkeys(spot.words for spot in carried.spots if spot.kind == "name"))
    known = _knowing(carried, campaign, names, values)
    marks: list[Mark] = []
    for field, item, words in items_of(form, answers, outlines):
        for found in _candidates(words, known):
            here = words[found.start : found.end]
            if found.sure or (found.kind, here) in came:
                spot = _spot(field.id, item, found, words)
                marks.append(Mark(field.id, item, found.start, found.end, found.kind, here, found.proposal, spot))
    return _not_kept(marks, carried.kept)


def leftover_findings(
    form: FormDefinition,
    answers: Answers,
    carried: Carried | None,
    campaign: Campaign,
    values: Mapping[str, str] | None = None,
) -> tuple[Finding, ...]:
    """A must-fix finding for each mark: last year's plan is not printed as this year's unseen."""
    found = []
    for mark in leftovers(form, answers, carried, campaign, values):
        message = f"Còn {KIND_WORDS[mark.kind]}: «{mark.words}». {told(mark)}"
        found.append(Finding(LEFTOVER, Severity.BLOCK, mark.field, place_of(form, mark.field), message))
    return tuple(found)


def told(mark: Mark) -> str:
    """What the person may do with a mark."""
    if mark.proposal:
        return f"Đổi thành «{mark.proposal}», hoặc giữ nguyên nếu vẫn đúng."
    return "Sửa lại, hoặc giữ nguyên nếu vẫn đúng."


def _not_kept(marks: Sequence[Mark], kept: Sequence[Spot]) -> tuple[Mark, ...]:
    """Without the marks the person kept: each kept spot settles the one mark that stands most like it."""
    standing = list(marks)
    for spot in kept:
        alike = [
            (_likeness(spot, mark.spot), -abs(spot.item - mark.item), -index) for index, mark in enumerate(standing)
        ]
        best, _, index = max(alike, default=(-1, 0, 0))
        if best >= 0:
            del standing[-index]
    return tuple(standing)


def _likeness(kept: Spot, spot: Spot) -> int:
    """How many letters round two spots agree; -1 when they are not the same."""
    if (kept.field, kept.kind, kept.words) != (spot.field, spot.kind, spot.words):
        return -1
    behind = _common(kept.before[::-1], spot.before[::-1])
    ahead = _common(kept.after, spot.after)
    whole = kept.before == spot.before and kept.after == spot.after
    # One side as it was is enough, so that an edit on the other side does not ask again; where that side is short,
    # only in the same place.
    side = max(len(k) for k, s in ((kept.before, spot.before), (kept.after, spot.after), ("", "")) if k == s)
    near = side >= _ENOUGH or (side > 0 and kept.item == spot.item)
    return behind + ahead + 100 * whole if whole or near else -1


def _common(a: str, b: str) -> int:
    count = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        count += 1
    return count


def _spot(field: str, item: int, found: _Candidate, words: str) -> Spot:
    before = words[max(0, found.start - _AROUND) : found.start]
    after = words[found.end : found.end + _AROUND]
    return Spot(field, found.kind, words[found.start : found.end], before, after, item)


# --- candidates --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class _Known:
    """What texts are searched for: of the old plan, and of this year. One object a question, so that answers keep."""

    carried: Carried
    campaign: Campaign | None
    names: tuple[str, ...]
    values: Mapping[str, str]


@lru_cache(maxsize=8)
def _known(
    year: int,
    week: tuple[date, date],
    themes: tuple[str, ...],
    campaign: Campaign | None,
    names: tuple[str, ...],
    values: tuple[tuple[str, str], ...],
) -> _Known:
    return _Known(Carried(year, *week, themes), campaign, names, dict(values))


def _knowing(
    carried: Carried, campaign: Campaign | None, names: tuple[str, ...], values: Mapping[str, str] | None = None
) -> _Known:
    week = carried.week_from, carried.week_to
    return _known(carried.year, week, carried.themes, campaign, names, tuple((values or {}).items()))


@lru_cache(maxsize=4096)
def _quick(words: str) -> bool:
    """False for words that can hold no candidate but a theme or a name."""
    return bool(re.search(r"\d|thứ|chủ nhật|\bCN\b", words, re.IGNORECASE))


@lru_cache(maxsize=4096)  # of a long text only the block that changed is searched again
def _candidates(words: str, known: _Known) -> tuple[_Candidate, ...]:
    """What in a text may be of the old year, in order, none over another; with proposals for a campaign."""
    carried, campaign = known.carried, known.campaign
    found: list[_Candidate] = []
    for theme in carried.themes:
        pattern = r"\s+".join(re.escape(part) for part in theme.split())
        new = "; ".join(campaign.themes) if campaign else ""
        same = campaign is not None and any(theme.casefold() == t.casefold() for t in campaign.themes)
        if not same:
            _add(
                found,
                [_Candidate(*hit.span(), "theme", new, True) for hit in re.finditer(pattern, words, re.IGNORECASE)],
            )
    if _quick(words):
        _add(found, [_Candidate(*hit.span(), "number") for hit in _NUMBER.finditer(words)])
        _add(found, list(_days_and_years(words, carried, campaign)))
        _add(found, list(_weekdays(words, carried, campaign, known.values)))
    _add(found, list(_committees(words, campaign, known.values)))
    for name in known.names:
        _add(found, [_Candidate(hit.start(), hit.end(), "name") for hit in _named(name, words)])
    return tuple(sorted(found, key=lambda candidate: candidate.start))


def _add(found: list[_Candidate], more: Sequence[_Candidate]) -> None:
    found += [one for one in more if not any(one.start < other.end and other.start < one.end for other in found)]


def _named(name: str, words: str) -> Iterator[re.Match[str]]:
    return re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", words)


def _committees(words: str, campaign: Campaign | None, values: Mapping[str, str]) -> Iterator[_Candidate]:
    if campaign is None:
        yield from (_Candidate(start, end, "unit") for start, end, _level, _name in named_committees(words))
        return
    name = values.get("unit.name", "")
    for start, end, named in other_committees(words, name):
        short = values.get("unit.short_name", "") if named.startswith("UBND") else ""
        yield _Candidate(start, end, "unit", short or name)


def _days_and_years(words: str, carried: Carried, campaign: Campaign | None) -> Iterator[_Candidate]:
    taken: list[tuple[int, int]] = []
    for hit in _PERIOD.finditer(words):
        taken.append(hit.span())
        first, last = int(hit[1]), int(hit[3])
        if carried.year not in (first, last):
            continue
        by = campaign.year - carried.year if campaign else 0
        school_year = last == first + 1
        proposal = f"{first + by}{hit[2]}{last + by}" if school_year and by else ""
        # The school year that holds the new Week, or a programme that still runs, may well be meant.
        sure = school_year and not (campaign and first == campaign.year)
        yield _Candidate(*hit.span(), "year", proposal, sure)
    for hit in _DATE.finditer(words):
        if any(a < hit.end() and hit.start() < b for a, b in taken):
            continue
        day, year = _day_of(hit[0], carried)
        if day is None:
            continue
        taken.append(hit.span())
        old = year is not None and (campaign is None or year < campaign.year)
        if year is None or old:
            yield _Candidate(*hit.span(), "date", _moved(hit[0], day, carried, campaign), year is not None)
    for hit in _LONE_YEAR.finditer(words):
        if any(a < hit.end() and hit.start() < b for a, b in taken):
            continue
        year = int(hit[0])
        if year == carried.year and (campaign is None or year != campaign.year):
            yield _Candidate(*hit.span(), "year", str(campaign.year) if campaign else "", True)


def _day_of(words: str, carried: Carried) -> tuple[date | None, int | None]:
    """The day, or the first of the month; and the year as written. (None, None) for what is no day."""
    numbers = [int(number) for number in re.findall(r"\d+", words)]
    if len(numbers) == 2 and numbers[1] > 2000:
        day, month, year = 1, numbers[0], numbers[1]
    elif len(numbers) == 2:
        day, month, year = numbers[0], numbers[1], None
    else:
        day, month, year = numbers
    try:
        return date(year or carried.year, month, day), year
    except ValueError:
        return None, None


def moved_day(day: date, carried: Carried, campaign: Campaign) -> date:
    """A day of the old plan as far from this year's Week as it was from the old one.

    One that was left there from a year still further back is taken for the day of that name in the old plan's year.
    """
    if day.year < carried.year:
        day = day.replace(year=carried.year, day=min(day.day, 28) if day.month == 2 else day.day)
    return campaign.week_from + (day - carried.week_from)


def _moved(words: str, day: date, carried: Carried, campaign: Campaign | None) -> str:
    """The moved date, written the way it was."""
    if campaign is None:
        return ""
    parts = re.findall(r"\d+", words)
    if len(parts) == 2 and int(parts[1]) > 2000:
        return f"{parts[0]}/{campaign.year}"
    new = moved_day(day, carried, campaign)
    numbers = iter((new.day, new.month, new.year))

    def like(found: re.Match[str]) -> str:
        number = next(numbers)
        return f"{number:0{len(found[0])}d}" if found[0].startswith("0") or len(found[0]) > 1 else str(number)

    return re.sub(r"\d+", like, words)


def _weekdays(
    words: str, carried: Carried, campaign: Campaign | None, values: Mapping[str, str]
) -> Iterator[_Candidate]:
    year = campaign.year if campaign else carried.year
    beside = {w.start: w for w in weekdays(words, carried.year, values)}
    for start, end in lone_weekdays(words):
        weekday = beside.get(start)
        if weekday is None or campaign is None:
            yield _Candidate(start, end, "weekday")
            continue
        written = words[weekday.date_start : weekday.date_end]
        if weekday.day.year == year and (written.startswith("{{") or str(year) in written):
            if weekday.wrong:  # the date is this year's already
                yield _Candidate(start, end, "weekday", weekday.right)
        else:
            new = moved_day(weekday.day, carried, campaign)
            yield _Candidate(start, end, "weekday", spelled_like(weekday.words, new))
