"""Parts of a report that nobody has written: the paper would carry their heading alone, or go to nobody. Pure."""

from collections.abc import Iterator

from hoctap_desktop.form.answers import Answers
from hoctap_desktop.form.definition import FieldType, FormDefinition, Section, Severity
from hoctap_desktop.form.findings import Finding
from hoctap_desktop.form.validation import place_of

EMPTY_PART = "empty_part"
_RECIPIENTS = "recipients"
_NO_RECIPIENTS = "Chưa ghi nơi nhận: giấy in ra không có mục «Nơi nhận». Ghi mỗi dòng một nơi, dòng cuối «Lưu: VT»."


def may_stay_blank(section: Section) -> tuple[str, ...]:
    """The fields of a numbered part of words and money of which none must be filled in, or nơi nhận; else none."""
    if any(field.id == _RECIPIENTS for field in section.fields):
        return (_RECIPIENTS,)
    if not section.number or section.rows:
        return ()
    free = all(field.type in (FieldType.LONG_TEXT, FieldType.MONEY) and not field.required for field in section.fields)
    return tuple(field.id for field in section.fields) if free else ()


def empty_part(form: FormDefinition, section: Section, answers: Answers) -> Finding | None:
    """Nên xem lại, when a part that `may_stay_blank` does; None for any other part.

    Not a rule of the form: its version 1 is out, and with another rule it would be another form (domain.md §4 has I.4,
    II.3 and II.4 among the parts of a report, §2 nơi nhận among those of every paper).
    """
    ids = may_stay_blank(section)
    if not ids or not all(_is_blank(answers.get(id)) for id in ids):
        return None
    words = _NO_RECIPIENTS
    if ids != (_RECIPIENTS,):
        above = next((other.number for other in form.sections if other.id == section.parent), "")
        number = ".".join(part for part in (above, section.number) if part)
        money = any(field.type is FieldType.MONEY for field in section.fields)
        none = "Không có khoản nào thì ghi 0." if money else "Nếu không có gì, ghi «Không có»."
        words = f"Mục {number} «{section.heading}» còn trống: giấy chỉ có tên mục. {none}"
    return Finding(EMPTY_PART, Severity.WARN, ids[0], place_of(form, ids[0]), words)


def _is_blank(value: object) -> bool:
    lines = value if isinstance(value, list | tuple) else [value]
    return all(line is None or (isinstance(line, str) and not line.strip()) for line in lines)


def empty_part_findings(form: FormDefinition, answers: Answers) -> Iterator[Finding]:
    """Every such part, in printed order."""
    for section in form.sections:
        finding = empty_part(form, section, answers)
        if finding is not None:
            yield finding
