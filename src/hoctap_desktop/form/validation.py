"""All findings of a filled form: what every form is checked for, then what its own rules say."""

from collections.abc import Iterator, Mapping

from hoctap_desktop.form.answers import COMPUTED, Answers, NoNumber, text
from hoctap_desktop.form.checks import CHECKS
from hoctap_desktop.form.context import NOTHING_ELSE_KNOWN, Context
from hoctap_desktop.form.definition import Field, FieldType, FormDefinition, RollUp, Severity
from hoctap_desktop.form.findings import Finding
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.dates import parse_date
from hoctap_desktop.foundation.errors import UserError
from hoctap_desktop.foundation.numbers import COUNT_DIGITS, MONEY_DIGITS, print_count

REASON_LENGTH = 300
NOTE = "note."
# must-fix first
ORDER = {Severity.BLOCK: 0, Severity.ASK: 1, Severity.WARN: 2}
_CLASS_KEYS = {"name": str, "learners": int, "subject": str, "place": str, "from": str, "to": str}


def findings(form: FormDefinition, answers: Answers, context: Context = NOTHING_ELSE_KNOWN) -> tuple[Finding, ...]:
    """Every finding, must-fix first, then in the order of the form.

    Checks of types come first: a rule looks only at answers whose shape is right (domain.md §4).
    """
    shapes = tuple(shape_findings(form, answers))
    broken = {finding.field for finding in shapes}
    sound = {id: value for id, value in answers.items() if id not in broken}
    found = [*shapes, *_required(form, sound), *_without_echoes(form, tuple(_rules(form, sound, context)))]
    place = {field.id: index for index, field in enumerate(form.fields())}
    found.sort(key=lambda f: (ORDER[f.severity], place.get(f.field, len(place))))
    return tuple(found)


def shape_findings(form: FormDefinition, answers: Answers) -> Iterator[Finding]:
    """What no answer may be: an unknown field, a wrong type, too long, not an integer ≥ 0, a group row with a value."""
    known = {field.id: field for field in form.fields()}
    known |= {COMPUTED + field.id: field for field in form.fields() if field.roll_up is not RollUp.NONE}
    groups = {row.id: row for s in form.sections for row in s.rows if row.is_group}
    for id, value in answers.items():
        if id in known:
            why = wrong_shape(known[id], value)
            if why:
                yield Finding("type", Severity.BLOCK, id, place_of(form, id), why)
        elif id in groups:
            why = f"Dòng nhóm “{groups[id].label}” không có ô số. Hãy nhập ở các dòng bên dưới."
            yield Finding("group_row", Severity.BLOCK, id, groups[id].label, why)
        elif not (form.asks_reason(id) and isinstance(value, str) and len(value) <= REASON_LENGTH):
            why = f"Biểu mẫu {form.name} (bản {form.version}) không có mục “{id}”."
            yield Finding("unknown_field", Severity.BLOCK, id, id, why)


def wrong_shape(field: Field, value: JsonValue) -> str:
    """Why `value` cannot be an answer to `field`; "" when it can."""
    match field.type:
        case FieldType.COUNT | FieldType.MONEY:
            return _wrong_number(field, value)
        case FieldType.LINES:
            return _wrong_lines(field, value)
        case FieldType.CLASSES:
            return _wrong_classes(field, value)
        case _:
            return _wrong_text(field, value)


def _wrong_number(field: Field, value: JsonValue) -> str:
    digits = MONEY_DIGITS if field.type is FieldType.MONEY else COUNT_DIGITS
    if isinstance(value, dict):
        kinds = [kind.value for kind in NoNumber]
        reason = value.get("reason", "")
        sound = set(value) <= {"none", "reason"} and value.get("none") in kinds
        if sound and isinstance(reason, str) and len(reason) <= REASON_LENGTH:
            return ""
        return f"{field.label}: kiểu “không có số” chưa đúng. Chọn lại một trong ba kiểu."
    if isinstance(value, bool) or not isinstance(value, int):
        return f"{field.label}: phải là số nguyên từ 0. Hãy nhập lại."
    if value < 0:
        return f"{field.label}: số lượng không được âm. Nếu không có, nhập 0."
    if value >= 10**digits:
        return f"{field.label}: số có hơn {digits} chữ số. Hãy xem lại."
    return ""


def _wrong_lines(field: Field, value: JsonValue) -> str:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        return f"{field.label}: phải là danh sách, mỗi dòng một mục."
    if len(value) > 100:
        return f"{field.label}: có {len(value)} dòng, nhiều nhất 100. Hãy bớt dòng."
    for number, item in enumerate(value, start=1):
        if isinstance(item, str) and len(item) > field.max_length:
            return f"{field.label}: dòng {number} dài {len(item)} chữ, nhiều nhất {field.max_length}. Hãy rút ngắn."
    return ""


def _wrong_classes(field: Field, value: JsonValue) -> str:
    if not isinstance(value, list) or len(value) > 500:
        return f"{field.label}: phải là danh sách lớp, nhiều nhất 500 lớp."
    for number, item in enumerate(value, start=1):
        if not isinstance(item, dict) or not set(item) <= set(_CLASS_KEYS) or "name" not in item:
            return f"{field.label}: lớp thứ {number} thiếu tên hoặc có mục lạ. Hãy nhập lại."
        for key, content in item.items():
            if type(content) is not _CLASS_KEYS[key]:
                return f"{field.label}: lớp thứ {number}, mục “{key}” sai kiểu. Hãy nhập lại."
            if isinstance(content, str) and len(content) > field.max_length:
                return f"{field.label}: lớp thứ {number}, mục “{key}” quá dài. Hãy rút ngắn."
            if isinstance(content, int) and not 0 <= content < 10**COUNT_DIGITS:
                return f"{field.label}: lớp thứ {number}, số học viên không đúng. Hãy nhập lại."
    return ""


def _wrong_text(field: Field, value: JsonValue) -> str:
    if not isinstance(value, str):
        return f"{field.label}: phải là chữ. Hãy nhập lại."
    if len(value) > field.max_length:
        long, most = print_count(len(value)), print_count(field.max_length)
        return f"{field.label}: dài {long} chữ, nhiều nhất {most}. Hãy rút ngắn."
    if not value:
        return ""
    if field.type is FieldType.LINE and "\n" in value:
        return f"{field.label}: chỉ một dòng. Hãy bỏ chỗ xuống dòng."
    if field.type is FieldType.DATE and not _is_iso_day(value):
        return f"{field.label}: “{value}” không phải ngày có thật. Nhập dạng 06/10/2022."
    if field.type is FieldType.MONTH and not _is_iso_day(f"{value}-01"):
        return f"{field.label}: “{value}” không phải tháng. Nhập dạng 10/2022."
    if field.type is FieldType.CHOICE and value not in dict(field.choices):
        known = ", ".join(f"{kept} ({words})" for kept, words in field.choices)
        return f"{field.label}: không có “{value}”. Chọn một trong: {known}."
    if field.type is FieldType.TIME and not _is_iso_time(value):
        return f"{field.label}: “{value}” không phải giờ. Nhập dạng 7 giờ 30."
    return ""


def _is_iso_day(value: str) -> bool:
    try:
        return parse_date(value).isoformat() == value
    except UserError:
        return False


def _is_iso_time(value: str) -> bool:
    hour, colon, minute = value.partition(":")
    return (
        bool(colon)
        and len(value) == 5
        and value.isascii()
        and (hour + minute).isdigit()
        and int(hour) < 24
        and int(minute) < 60
    )


def _required(form: FormDefinition, answers: Answers) -> Iterator[Finding]:
    for field in form.fields():
        value = answers.get(field.id)
        blank = value is None or (isinstance(value, str) and not value.strip()) or value == []
        if field.required and blank:
            why = f"Mục “{field.label}” còn trống. Hãy nhập."
            yield Finding("required", Severity.BLOCK, field.id, place_of(form, field.id), why)


def _rules(form: FormDefinition, answers: Answers, context: Context) -> Iterator[Finding]:
    for rule in form.rules:
        for hit in CHECKS[rule.check].run(rule, form, answers, context):
            settled_by = f"reason.{rule.id}.{hit.field}" if rule.severity is not Severity.BLOCK else ""
            reason = hit.facts.get("reason", "") or (text(answers, settled_by) if settled_by else "")
            message = rule.message.format_map(_Known(hit.facts))
            place = place_of(form, hit.field)
            yield Finding(rule.id, rule.severity, hit.field, place, message, settled_by, reason)


def _without_echoes(form: FormDefinition, found: tuple[Finding, ...]) -> Iterator[Finding]:
    """Drops "còn trống" where another rule already says, with its reason, that this very cell is missing."""
    blank_rules = {rule.id for rule in form.rules if rule.check == "not_blank"}
    told = {f.field for f in found if f.severity is Severity.BLOCK and f.rule not in blank_rules}
    return (f for f in found if f.rule not in blank_rules or f.field not in told)


class _Known(dict[str, str]):
    def __init__(self, facts: Mapping[str, str]) -> None:
        super().__init__(facts)

    def __missing__(self, key: str) -> str:
        return ""


def place_of(form: FormDefinition, field_id: str) -> str:
    """Where a field stands, in the words of the paper: "mục 4, số lần hội thảo" or "mục I.2, lễ phát động"."""
    section = form.section_of(field_id)
    field = form.field(field_id)
    if section is None or field is None:
        return field_id
    label = field.label[:1].lower() + field.label[1:]
    row = form.row_of(field_id)
    if row is not None or field_id.startswith(NOTE):
        group = form.group_number(field_id)
        return f"mục {group}, {label}" if group else label
    parent = next((s.number for s in form.sections if s.id == section.parent), "")
    number = ".".join(part for part in (parent, section.number) if part)
    return f"mục {number}, {label}" if number else label
