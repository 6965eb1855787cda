"""Parts of a report in words that nobody has written: the paper would carry their heading alone. Pure."""

from collections.abc import Iterator

from hoctap_desktop.form.answers import Answers, text
from hoctap_desktop.form.definition import FieldType, FormDefinition, Section, Severity
from hoctap_desktop.form.findings import Finding
from hoctap_desktop.form.validation import place_of

EMPTY_PART = "empty_part"


def in_words(section: Section) -> bool:
    """A numbered part of words alone that may stay blank."""
    if not section.number or not section.fields or section.rows:
        return False
    return all(field.type is FieldType.LONG_TEXT and not field.required for field in section.fields)


def empty_part(form: FormDefinition, section: Section, answers: Answers) -> Finding | None:
    """Nên xem lại, when a part `in_words` is blank; None for any other part.

    Not a rule of the form: its version 1 is out, and with another rule it would be another form (domain.md §4 has II.3
    and II.4 among the parts of a report).
    """
    if not in_words(section) or any(text(answers, field.id).strip() for field in section.fields):
        return None
    above = next((other.number for other in form.sections if other.id == section.parent), "")
    number = ".".join(part for part in (above, section.number) if part)
    words = f"Mục {number} «{section.heading}» còn trống: giấy chỉ có tên mục. Nếu không có gì, ghi «Không có»."
    first = section.fields[0].id
    return Finding(EMPTY_PART, Severity.WARN, first, place_of(form, first), words)


def empty_part_findings(form: FormDefinition, answers: Answers) -> Iterator[Finding]:
    """Every such part, in printed order."""
    for section in form.sections:
        finding = empty_part(form, section, answers)
        if finding is not None:
            yield finding
