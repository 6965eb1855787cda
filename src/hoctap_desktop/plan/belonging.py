"""Does the text of a plan speak of this unit and this year? Plans are made from older ones. Pure."""

import itertools
import re
from collections.abc import Iterator
from datetime import date

from hoctap_desktop.campaign.model import Campaign
from hoctap_desktop.form.answers import Answers, text
from hoctap_desktop.form.definition import FieldType, FormDefinition, Severity
from hoctap_desktop.form.findings import Finding
from hoctap_desktop.form.validation import place_of
from hoctap_desktop.foundation.text import slug, to_nfc
from hoctap_desktop.units.model import Unit

# Areas of one level, old and new names: a committee may name those above it, but no other of its own level.
_LEVELS = (
    ("xã", "phường", "thị trấn", "đặc khu"),
    ("huyện", "quận", "thị xã", "thành phố"),
    ("tỉnh", "thành phố"),
)
_COMMITTEE = r"(?:[ỦU]y ban nhân dân|[ỦU]ỷ ban nhân dân|UBND)"
_WORD = r"[^\W\d_]\w*"  # that it begins with a capital is looked at afterwards: re knows no class of capitals


def _words(levels: tuple[tuple[str, ...], ...]) -> str:
    return "|".join(sorted({word for level in levels for word in level}, key=len, reverse=True))


_ANY_COMMITTEE = re.compile(rf"{_COMMITTEE}\s+({_words(_LEVELS)})\s+(\d+|{_WORD}(?:[^\S\n]+{_WORD}){{0,3}})")
# The year of the Week itself; a plan rightly names other years (school years, older papers, programmes).
_YEARS = re.compile(r"(?:học tập suốt đời|Tuần lễ)\s+năm\s+(20\d\d)\b")
_OWN_YEAR = re.compile(r"năm\s+(20\d\d)\b(?!\s*[-–])")
_FIRST_MONTH, _LAST_MONTH = 9, 11


def belonging_findings(form: FormDefinition, answers: Answers, unit: Unit, campaign: Campaign) -> tuple[Finding, ...]:
    """A warning for each field with another committee of the unit's level, another year, or a Week in other months.

    The Week of a campaign lies in September to November (domain.md §1: about 1 October, local offices shift it).
    """
    return (*_names(form, answers, unit), *_years(form, answers, campaign), *_weeks(form, answers, campaign))


def named_committees(words: str) -> Iterator[tuple[int, int, str, str]]:
    """Each people's committee in a text: start, end, the word of its level, its name ("UBND xã Hà Thượng")."""
    for hit in _ANY_COMMITTEE.finditer(words):
        parts = list(itertools.takewhile(lambda part: _is_proper(part[0]), re.finditer(r"\S+", hit[2])))
        if parts:
            yield hit.start(), hit.start(2) + parts[-1].end(), hit[1], " ".join(part[0] for part in parts)


def other_committees(words: str, unit_name: str) -> Iterator[tuple[int, int, str]]:
    """Those of the level of a unit that are not its own: start, end, as it stands. None for what is no committee."""
    own = re.fullmatch(rf"{_COMMITTEE}\s+({_words(_LEVELS)})\s+(.+)", to_nfc(unit_name))
    if own is None:
        return
    # "thành phố" is of either level: only others called so
    same = (own[1],) if own[1] == "thành phố" else next(level for level in _LEVELS if own[1] in level)
    for start, end, level, name in named_committees(words):
        alike = slug(own[2]).startswith(slug(name)) or slug(name).startswith(slug(own[2]))
        if level in same and not alike:
            yield start, end, words[start:end]


def _names(form: FormDefinition, answers: Answers, unit: Unit) -> Iterator[Finding]:
    for field, words in _texts(form, answers):
        for _start, _end, named in other_committees(words, unit.name):
            name = " ".join(named.split())
            why = f"Bài còn tên «{name}», khác đơn vị này ({unit.name}). Hãy đổi lại nếu đó là tên cũ."
            yield _warning(form, "other_unit", field, why)
            break


def _is_proper(word: str) -> bool:
    """Of a name: with a capital, or a number."""
    return word[0].isupper() or word[0].isdigit()


def _years(form: FormDefinition, answers: Answers, campaign: Campaign) -> Iterator[Finding]:
    for field, words in _texts(form, answers):
        pattern = _OWN_YEAR if field == "subject" else _YEARS
        other = next((hit[1] for hit in pattern.finditer(words) if int(hit[1]) != campaign.year), "")
        if other:
            why = f"Bài còn năm {other}, đợt này là năm {campaign.year}. Hãy đổi lại nếu đó là năm cũ."
            yield _warning(form, "other_year", field, why)


def _weeks(form: FormDefinition, answers: Answers, campaign: Campaign) -> Iterator[Finding]:
    for field in ("week.from", "week.to"):
        try:
            day = date.fromisoformat(text(answers, field))
        except ValueError:
            continue
        if form.field(field) is not None and not (
            day.year == campaign.year and _FIRST_MONTH <= day.month <= _LAST_MONTH
        ):
            months = f"tháng {_FIRST_MONTH}–{_LAST_MONTH} năm {campaign.year}"
            yield _warning(form, "other_week", field, f"Tuần lễ trong bài ngoài {months}: {day:%d/%m/%Y}. Hãy xem lại.")
            return


def _texts(form: FormDefinition, answers: Answers) -> Iterator[tuple[str, str]]:
    for field in form.fields():
        if field.type in (FieldType.LINE, FieldType.LONG_TEXT, FieldType.BODY):
            yield field.id, to_nfc(text(answers, field.id)).replace("*", "")


def _warning(form: FormDefinition, rule: str, field: str, why: str) -> Finding:
    return Finding(rule, Severity.WARN, field, place_of(form, field), why)
