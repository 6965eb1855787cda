"""Letters of the answers that the shipped fonts cannot print: found before anything is laid out."""

from collections.abc import Iterator

from hoctap_desktop.document import fonts
from hoctap_desktop.document.lines import printable
from hoctap_desktop.form.answers import Answers
from hoctap_desktop.form.definition import FieldType, FormDefinition, Severity
from hoctap_desktop.form.findings import Finding
from hoctap_desktop.form.validation import place_of
from hoctap_desktop.foundation.canonical_json import JsonValue

LETTER_MISSING = "letter_missing"
_WITH_WORDS = (FieldType.LINE, FieldType.LONG_TEXT, FieldType.BODY, FieldType.LINES, FieldType.CLASSES)
_EXCERPT = 30


def letter_findings(form: FormDefinition, answers: Answers) -> tuple[Finding, ...]:
    """A must-fix finding for each field with such a letter, naming the first one and where it stands.

    The fonts are loaded only for a text with a letter that is rare in Vietnamese.
    """
    found = (letter_finding(form, field.id, answers.get(field.id)) for field in form.fields())
    return tuple(finding for finding in found if finding)


def letter_finding(form: FormDefinition, id: str, value: JsonValue | None) -> Finding | None:
    """The same for one answer; None for an answer that is no field of the form."""
    field = form.field(id)
    if field is None or field.type not in _WITH_WORDS:
        return None
    for line in _lines(value):
        words = printable(line)
        letter = fonts.lacking(words) if fonts.UNUSUAL.search(words) else ""
        if letter:
            codes = " ".join(f"U+{ord(sign):04X}" for sign in letter)
            start = max(words.index(letter) - _EXCERPT // 2, 0)
            part = words[start : start + _EXCERPT].strip()
            where = f" trong «{part}»" if part != letter else ""
            why = f"Có chữ «{letter}» ({codes}){where} mà phông in không có. Hãy thay chữ đó."
            return Finding(LETTER_MISSING, Severity.BLOCK, field.id, place_of(form, field.id), why)
    return None


def _lines(value: JsonValue | None) -> Iterator[str]:
    match value:
        case str():
            yield from value.splitlines()
        case list():
            for item in value:
                yield from _lines(item)
        case dict():
            for item in value.values():
                yield from _lines(item)
