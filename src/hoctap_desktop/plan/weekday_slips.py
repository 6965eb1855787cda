"""Days of the week that are not those of the dates beside them: "thứ Hai, ngày 06/10/2022" is a Thursday. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from hoctap_desktop.campaign.model import Campaign
from hoctap_desktop.filing.fields import FIELD, field_values
from hoctap_desktop.form.answers import Answers
from hoctap_desktop.form.definition import FormDefinition, Severity
from hoctap_desktop.form.findings import Finding
from hoctap_desktop.form.validation import place_of
from hoctap_desktop.foundation.dates import print_date, weekday
from hoctap_desktop.foundation.weekdays import weekdays
from hoctap_desktop.plan.places import Outlines, items_of
from hoctap_desktop.units.model import Unit

WRONG_WEEKDAY = "wrong_weekday"


@dataclass(frozen=True)
class Slip:
    """One wrong day of the week. start, end: of its words in the item (plan/places.py); right: what it should be."""

    field: str
    item: int
    start: int
    end: int
    words: str
    right: str
    message: str


def weekday_slips(
    form: FormDefinition,
    answers: Answers,
    year: int,
    values: Mapping[str, str],
    outlines: Outlines | None = None,
) -> tuple[Slip, ...]:
    """Every wrong day of the week in any text of the form, in printed order. values: of {{fields}}, as printed.

    outlines: of bodies open in an editor (plan/places.py).
    """
    slips = []
    for field, item, words in items_of(form, answers, outlines):
        for found in weekdays(words, year, values):
            if found.wrong:
                start, end = min(found.start, found.date_start), max(found.end, found.date_end)
                said = FIELD.sub(lambda hit: values.get(hit[1]) or hit[0], words[start:end])
                day = f"{print_date(found.day)} là {weekday(found.day)}"
                message = f"«{said}»: {day}, không phải {found.words}. Đổi thành «{found.right}»."
                slips.append(Slip(field.id, item, found.start, found.end, found.words, found.right, message))
    return tuple(slips)


def weekday_findings(form: FormDefinition, answers: Answers, unit: Unit, campaign: Campaign) -> tuple[Finding, ...]:
    """A warning for each of them."""
    slips = weekday_slips(form, answers, campaign.year, field_values(form, answers, unit, campaign))
    return tuple(
        Finding(WRONG_WEEKDAY, Severity.WARN, slip.field, place_of(form, slip.field), slip.message) for slip in slips
    )
