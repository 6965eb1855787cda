"""Facts that stand once: {{week.from}} in a text becomes the value as it is printed. Pure."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, time

from hoctap_desktop.campaign.model import Campaign
from hoctap_desktop.document.model import Run, Runs
from hoctap_desktop.filing.printed import reserved_values
from hoctap_desktop.form.answers import Answers, lines, text
from hoctap_desktop.form.definition import NUMBERING, NUMBERINGS, Field, FieldType, FormDefinition, Severity
from hoctap_desktop.form.findings import Finding
from hoctap_desktop.form.validation import place_of
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.dates import print_date, print_time
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.units.model import Unit

_LONGEST_SHOWN = 60
GAP = "……"
FIELD = re.compile(r"\{\{\s*([A-Za-z0-9_.]+)\s*\}\}")
_SINGLE = (FieldType.LINE, FieldType.DATE, FieldType.TIME, FieldType.MONTH)
_WITH_FIELDS = (FieldType.LINE, FieldType.BODY, FieldType.LONG_TEXT)


def field_values(form: FormDefinition, answers: Answers, unit: Unit, campaign: Campaign) -> dict[str, str]:
    """Every field a text of this form may use, as printed; "" for one that is blank.

    A line may itself use the reserved fields ("năm {{year}}"), but no other: nothing can go round in circles.
    """
    values = reserved_values(unit, campaign)
    own = {f.id: printed_value(f, answers.get(f.id)) for f in form.fields() if f.type in _SINGLE}
    return {**{id: FIELD.sub(lambda m: values.get(m[1], m[0]), value) for id, value in own.items()}, **values}


def printed_value(field: Field, value: JsonValue) -> str:
    """One answer as printed: 06/10/2022, 7 giờ 00, 10/2022, or the line itself. "" when blank or of another type.

    What is not in the shape of its type is printed as it stands; form/validation.py tells of it.
    """
    if not isinstance(value, str):
        return ""
    try:
        match field.type:
            case FieldType.DATE:
                return print_date(date.fromisoformat(value))
            case FieldType.TIME:
                return print_time(time.fromisoformat(value))
            case FieldType.MONTH:
                year, month = value.split("-")
                return f"{int(month):02d}/{year}"
            case _:
                return value
    except ValueError:
        return value


def fill(words: str, values: Mapping[str, str], form: FormDefinition) -> str:
    """`words` with each field's value in it, a blank one as "……". Raises UserError(FIELD_UNKNOWN) naming the field."""

    def value(found: re.Match[str]) -> str:
        if found[1] not in values:
            raise UserError(Code.FIELD_UNKNOWN, form=form.id, field=found[1])
        return values[found[1]].strip() or GAP

    return FIELD.sub(value, words)


def fill_runs(runs: Runs, values: Mapping[str, str], form: FormDefinition) -> Runs:
    """As fill, run by run: a value takes the style of the place it stands in."""
    return tuple(Run(fill(run.text, values, form), run.bold, run.italic) for run in runs)


def scheme_of(form: FormDefinition, answers: Answers) -> str:
    """How the headings of this plan are numbered: its own way when it has one, else the form's."""
    own = text(answers, NUMBERING)
    return own if own in NUMBERINGS else form.numbering


def used_fields(words: str) -> tuple[str, ...]:
    """The ids of the fields in a text, in order, each once."""
    return tuple(dict.fromkeys(found[1] for found in FIELD.finditer(words)))


def field_findings(form: FormDefinition, answers: Answers, unit: Unit, campaign: Campaign) -> tuple[Finding, ...]:
    """A finding for each field a text uses that the form has not, or that is blank and would print as a gap."""
    values = field_values(form, answers, unit, campaign)
    found: list[Finding] = []
    for place, words in _texts(form, answers):
        where = place_of(form, place)
        if re.search(r"\{\{|\}\}", FIELD.sub("", words)):
            why = "Có dấu «{{» hoặc «}}» lẻ, không thành tên mục: sẽ in nguyên dấu. Hãy sửa lại tên mục hoặc xóa dấu."
            found.append(Finding("field_broken", Severity.BLOCK, place, where, why))
        if (asked := form.field(place)) and asked.type is FieldType.BODY and (line := _lone_stars(words)):
            why = f"Dấu «**» ở «{line}» không có cặp: sẽ in nguyên dấu. Hãy thêm dấu còn thiếu hoặc xóa dấu."
            found.append(Finding("bold_broken", Severity.WARN, place, where, why))
        for id in used_fields(words):
            if id not in values:
                why = f"Có chỗ «{{{{{id}}}}}» mà biểu mẫu không có mục này. Hãy xóa hoặc sửa tên mục."
                found.append(Finding("field_unknown", Severity.BLOCK, place, where, why))
            elif not values[id].strip() and not any(f.rule == "field_blank" and f.field == id for f in found):
                label = known.label if (known := form.field(id)) else id
                why = f"Mục «{label}» còn trống nhưng có dùng trong bài: sẽ in thành «{GAP}». Hãy nhập."
                found.append(Finding("field_blank", Severity.BLOCK, id, place_of(form, id), why))
    return tuple(found)


def _lone_stars(words: str) -> str:
    """The beginning of the first line with "**" that has no second one; "" when there is none."""
    lines = (line for line in words.split("\n") if line.replace("\\*", "").count("**") % 2)
    return next(lines, "")[:_LONGEST_SHOWN].strip()


def _texts(form: FormDefinition, answers: Answers) -> Iterator[tuple[str, str]]:
    for field in form.fields():
        if field.type in _WITH_FIELDS:
            yield field.id, text(answers, field.id)
        elif field.type is FieldType.LINES:
            yield field.id, "\n".join(lines(answers, field.id))
