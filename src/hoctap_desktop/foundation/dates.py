"""Days, months and times as the documents write them: 06/10/2022, ngày 30 tháng 7 năm 2021, 10/2022, 7h30, 8g00."""

import re
from datetime import date, time

from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.text import to_nfc

WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")
_SLASHED = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})")
_SPELLED = re.compile(r"(?:ngày\s+)?(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_MONTH = re.compile(r"(?:tháng\s*)?([0-9]{1,2})\s*(?:[/.-]|\s+năm\s+)\s*([0-9]{4})", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"([0-9]{4})[-/]([0-9]{1,2})")
_TIME = re.compile(r"(\d{1,2})\s*(?:giờ|h|g|:)\s*(\d{2})?(?:\s*phút)?", re.IGNORECASE)


def parse_date(typed: str, *, where: str = "") -> date:
    """The day a person typed in any style of the documents, or UserError(NOT_A_DATE)."""
    text = to_nfc(typed).strip()
    try:
        if found := _ISO.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _SLASHED.fullmatch(text) or _SPELLED.fullmatch(text):
            return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        pass
    raise UserError(Code.NOT_A_DATE, typed=typed, where=f" ở «{where}»" if where else "")


def parse_time(typed: str, *, where: str = "") -> time:
    """The time of day a person typed (7h, 7h30, 8 giờ 00, 8g00, 07:30), or UserError(NOT_A_TIME)."""
    found = _TIME.fullmatch(to_nfc(typed).strip())
    if found and int(found[1]) < 24 and int(found[2] or 0) < 60:
        return time(int(found[1]), int(found[2] or 0))
    raise UserError(Code.NOT_A_TIME, typed=typed, where=f" ở «{where}»" if where else "")


def read_month(typed: str) -> str:
    """ "2022-10" of "10/2022", "tháng 10 năm 2022" or itself; "" for what is no month."""
    text = to_nfc(typed).strip()
    found, turned = _MONTH.fullmatch(text), _YEAR_FIRST.fullmatch(text)
    year, month = (turned[1], turned[2]) if turned else (found[2], found[1]) if found else ("0", "0")
    try:
        return f"{date(int(year), int(month), 1):%Y-%m}"
    except ValueError:
        return ""


def print_month(month: str) -> str:
    """ "10/2022" of "2022-10"; what is no month as it stands."""
    known = read_month(month)
    return f"{known[5:]}/{known[:4]}" if known and known == month else month


def print_date(day: date) -> str:
    """06/10/2022."""
    return f"{day.day:02d}/{day.month:02d}/{day.year}"


def print_time(moment: time) -> str:
    """7 giờ 00."""
    return f"{moment.hour} giờ {moment.minute:02d}"


def weekday(day: date) -> str:
    """The day of the week in words: Thứ Hai … Chủ Nhật."""
    return WEEKDAYS[day.weekday()]
