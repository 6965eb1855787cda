"""Days of the week written beside dates: "thứ Hai, ngày 06/10/2022", "09/10/2022 (CN)". Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

_BY_WORD = {"hai": 0, "ba": 1, "tư": 2, "năm": 3, "sáu": 4, "bảy": 5, "bẩy": 5}
_WORDS = ("hai", "ba", "tư", "năm", "sáu", "bảy", "nhật")
# "lần thứ hai" counts, and so do these; what is counted is no day of the week.
_COUNTED = """lần khóa khoá kỳ kì đợt vòng người lớp mục phần chương hạng giải bậc bản số điểm đội nhóm tập quý học
khối điều khoản"""
_COUNTING = frozenset(_COUNTED.split())
_DAY = r"thứ\s*(?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])(?!\w)|chủ\s*nhật(?!\w)"
_SHORT = r"(?-i:\bCN\b|\bT[2-7]\b)"
_WEEKDAY = rf"(?P<day>(?<!\w)(?:{_DAY}|{_SHORT}))"
_YEAR = r"(?:20\d\d|\{\{year\}\})"
_DATE = (
    r"(?P<date>\{\{\s*[\w.]+\s*\}\}"
    rf"|(?<![\d/.-])\d{{1,2}}\s*[/.-]\s*\d{{1,2}}(?:\s*[/.-]\s*{_YEAR})?(?![\w/-]|\.\d)"
    rf"|(?<!\d)\d{{1,2}}\s+tháng\s+\d{{1,2}}(?:\s*[,/]?\s*(?:năm\s+)?{_YEAR})?(?!\w))"
)
_BEFORE = re.compile(rf"{_WEEKDAY}\s*[,:(–-]?\s*(?:ngày\s+)?\(?\s*{_DATE}", re.IGNORECASE)
_AFTER = re.compile(
    rf"{_DATE}\s*(?:[,–-]\s*|\(\s*(?:là\s+)?(?:ngày\s+)?|\s+là\s+(?:ngày\s+)?|\s){_WEEKDAY}", re.IGNORECASE
)
_NUMBERS = re.compile(r"\d+")


@dataclass(frozen=True)
class Weekday:
    """A day of the week beside a date. start, end: of its words in the text; words: as written; day: the date.

    right: the day of the week the date has, in the same spelling. date_start, date_end: of the date's words.
    """

    start: int
    end: int
    words: str
    day: date
    right: str
    date_start: int
    date_end: int

    @property
    def wrong(self) -> bool:
        return weekday_number(self.words) != self.day.weekday()


def weekdays(text: str, year: int, values: Mapping[str, str] | None = None) -> tuple[Weekday, ...]:
    """Every day of the week that stands beside a date, in order.

    year: of dates without one. values: of {{fields}} that are dates, as printed (06/10/2022).
    """
    found: list[Weekday] = []
    for pattern in (_BEFORE, _AFTER):
        for hit in pattern.finditer(text):
            start, end = hit.span("day")
            if _is_counting(text, start) or any(w.start < end and start < w.end for w in found):
                continue
            # "ngày 03/10, thứ Ba ngày 04/10": the day of the week belongs to what follows it
            day = _date(hit["date"], year, values or {})
            if day is not None:
                words = hit["day"]
                found.append(Weekday(start, end, words, day, spelled_like(words, day), *hit.span("date")))
    return tuple(sorted(found, key=lambda weekday: weekday.start))


def lone_weekdays(text: str) -> Iterator[tuple[int, int]]:
    """Where days of the week are named, beside a date or not."""
    for hit in re.finditer(_WEEKDAY, text, re.IGNORECASE):
        if not _is_counting(text, hit.start("day")):
            yield hit.span("day")


def weekday_number(words: str) -> int:
    """0 for Monday … 6 for Sunday, of a spelling that was found."""
    bare = " ".join(words.lower().replace("thứ", " ").split())
    if bare[-1:].isdigit():
        return int(bare[-1]) - 2
    return _BY_WORD.get(bare, 6)


def spelled_like(words: str, day: date) -> str:
    """The day of the week of `day` in the spelling of `words`: "thứ 2" -> "thứ 5", "Thứ Hai" -> "Thứ Năm"."""
    number = day.weekday()
    if words == "CN" or re.fullmatch(r"T[2-7]", words):
        return "CN" if number == 6 else f"T{number + 2}"
    large = [part[0].isupper() for part in words.split()]
    first = "Thứ" if large[0] else "thứ"
    if number == 6:
        return f"{'Chủ' if large[0] else 'chủ'} {'Nhật' if large[-1] and len(large) > 1 else 'nhật'}"
    if any(c.isdigit() for c in words):
        return f"{first} {number + 2}"
    last = _WORDS[number]
    return f"{first} {last.capitalize() if large[-1] else last}"


def _is_counting(text: str, start: int) -> bool:
    before = text[:start].lower().split()
    return bool(before) and before[-1] in _COUNTING and text[start : start + 3].lower() == "thứ"


def _date(words: str, year: int, values: Mapping[str, str]) -> date | None:
    if words.startswith("{{"):
        words = values.get(words.strip("{} "), "")
    numbers = [int(found) for found in _NUMBERS.findall(words)]
    if len(numbers) not in (2, 3):
        return None
    try:
        return date(numbers[2] if len(numbers) == 3 else year, numbers[1], numbers[0])
    except ValueError:
        return None
