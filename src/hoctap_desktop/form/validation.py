"""All findings of a filled form: what every form is checked for, then what its own rules say."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from hoctap_desktop.form.answers import COMPUTED, Answers, NoNumber, text
from hoctap_desktop.form.checks import CHECKS, DIFFERS_FROM_COMPUTED, LIST_CHECKS
from hoctap_desktop.form.context import NOTHING_ELSE_KNOWN, Context
from hoctap_desktop.form.definition import Field, FieldType, FormDefinition, RollUp, Rule, Severity
from hoctap_desktop.form.findings import Finding
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.dates import parse_date
from hoctap_desktop.foundation.errors import UserError
from hoctap_desktop.foundation.numbers import COUNT_DIGITS, MONEY_DIGITS, print_count

REASON_LENGTH = 300
NOTE = "note."
REQUIRED = "required"  # the rule that a field may not be empty
# must-fix first
ORDER = {Severity.BLOCK: 0, Severity.ASK: 1, Severity.WARN: 2}
_LARGEST_COUNT = 10**COUNT_DIGITS
_CLASS_KEYS = {"name": str, "learners": int, "subject": str, "place": str, "from": str, "to": str}
_CLASS_WORDS = {
    "name": "tên lớp",
    "learners": "số học viên",
    "subject": "nội dung",
    "place": "nơi học",
    "from": "từ ngày",
    "to": "đến ngày",
}


def findings(
    form: FormDefinition, answers: Answers, context: Context = NOTHING_ELSE_KNOWN, *, sound: bool = False
) -> tuple[Finding, ...]:
    """Every finding, must-fix first, then in the order of the form.

    Checks of types come first: a rule looks only at answers whose shape is right (domain.md §4). sound: shape_findings
    was asked before and found nothing.
    """
    return Checking(form, answers, context, sound=sound).findings()


# severity, place of the field in the form, source (shape, required, then the rules in order), field
_Key = tuple[int, int, int, str]
_SHAPE, _REQUIRED = -2, -1


class Checking:
    """The findings of answers that change while they are typed.

    After a change only the verdicts that can differ are given anew, so that a key costs the same in a form of twenty
    fields and of two thousand. What it says is always what it would say if made afresh.
    """

    def __init__(
        self,
        form: FormDefinition,
        answers: Answers,
        context: Context = NOTHING_ELSE_KNOWN,
        *,
        sound: bool = False,
    ) -> None:
        """sound: the answers' shapes were looked at before, and all are right."""
        self._form = form
        self._context = context
        self._numbers, self._added_up = frozenset(form.indicator_ids), frozenset(form.added_up)
        self._answers: dict[str, JsonValue] = dict(answers)
        shapes = {} if sound else {f.field: f for f in shape_findings(form, answers)}
        self._sound = {id: value for id, value in answers.items() if id not in shapes}
        missing = {id: f for id in form.required if (f := _required(form, id, self._sound.get(id)))}
        # by source: by field
        self._told: dict[int, dict[str, Finding]] = {_SHAPE: shapes, _REQUIRED: missing}
        self._told |= {place: {} for place in range(len(form.rules))}
        self._blank = {place for place, rule in enumerate(form.rules) if rule.check == "not_blank"}
        self._hard = {place for place, rule in enumerate(form.rules) if rule.severity is Severity.BLOCK} - self._blank
        # what is said, in order, and by field
        self._keys: list[_Key] = []
        self._found: list[Finding] = []
        self._of: dict[str, tuple[tuple[_Key, Finding], ...]] = {}
        for place, rule in enumerate(form.rules):
            self._told[place] = self._run(rule)
        for id in set().union(*self._told.values()):
            if said := self._said(id):
                self._of[id] = said
        pairs = sorted((pair for said in self._of.values() for pair in said), key=lambda pair: pair[0])
        self._keys, self._found = [key for key, _ in pairs], [finding for _, finding in pairs]

    def change(self, fields: Iterable[str], answers: Answers) -> frozenset[str]:
        """Looks again after these fields changed; `answers`: all of them as they are now.

        The fields of which something else is said now.
        """
        changed = set(fields)
        self._take(changed, answers)
        touched = {_number_of(id) for id in changed}
        # what a list counts is judged with the list
        touched |= {r.fields[0] for r in self._form.rules if r.check in LIST_CHECKS and r.fields[1] in changed}
        doubtful = changed | touched
        for place, rule in enumerate(self._form.rules):
            settled = {id.removeprefix(f"reason.{rule.id}.") for id in changed if id.startswith(f"reason.{rule.id}.")}
            if CHECKS[rule.check].each:
                every = self._added_up if rule.check == DIFFERS_FROM_COMPUTED else self._numbers
                own = every if rule.fields[0] == "*" else {rule.fields[0]}
                for id in (touched | settled) & own:
                    self._told[place].pop(id, None)
                    self._told[place] |= self._run(replace(rule, fields=(id,)))
                doubtful |= settled
            elif settled or touched & self._numbers or touched & set(rule.fields):
                before, self._told[place] = self._told[place], self._run(rule)
                doubtful |= {*before, *self._told[place]}
        return frozenset(id for id in doubtful if self._say_anew(id))

    def findings(self) -> tuple[Finding, ...]:
        """All of them, must-fix first, then in the order of the form."""
        return tuple(self._found)

    def of(self, field: str) -> tuple[Finding, ...]:
        """Those of one field, in the same order."""
        return tuple(finding for _, finding in self._of.get(field, ()))

    def _said(self, id: str) -> tuple[tuple[_Key, Finding], ...]:
        """What stands of one field, and where in the order."""
        here = {source: by_field[id] for source, by_field in self._told.items() if id in by_field}
        if _SHAPE in here:  # what cannot be read is not blank either, nor zero: nothing else is said of it
            here = {_SHAPE: here[_SHAPE]}
        # "còn trống" is an echo where another rule already says, with its reason, that this very cell is missing
        elif not self._hard.isdisjoint(here) or _REQUIRED in here:
            here = {source: finding for source, finding in here.items() if source not in self._blank}
        at = self._form.order.get(id, len(self._form.order))
        return tuple(sorted(((ORDER[f.severity], at, source, id), f) for source, f in here.items()))

    def _say_anew(self, id: str) -> bool:
        """True when something else is said of a field than before."""
        before, now = self._of.get(id, ()), self._said(id)
        if now == before:
            return False
        for key, _ in before:
            at = bisect_left(self._keys, key)
            del self._keys[at], self._found[at]
        for key, finding in now:
            at = bisect_left(self._keys, key)
            self._keys.insert(at, key)
            self._found.insert(at, finding)
        self._of[id] = now
        return True

    def _take(self, fields: set[str], answers: Answers) -> None:
        shapes = self._told[_SHAPE]
        for id in fields:
            for known in (self._answers, self._sound, shapes, self._told[_REQUIRED]):
                known.pop(id, None)
            if id in answers:
                self._answers[id] = answers[id]
        changed = {id: self._answers[id] for id in fields if id in self._answers}
        shapes |= {f.field: f for f in shape_findings(self._form, changed)}
        self._sound |= {id: value for id, value in changed.items() if id not in shapes}
        self._miss(fields)

    def _miss(self, fields: Iterable[str]) -> None:
        missing = ((id, _required(self._form, id, self._sound.get(id))) for id in fields)
        self._told[_REQUIRED] |= {id: finding for id, finding in missing if finding}

    def _run(self, rule: Rule) -> dict[str, Finding]:
        found: dict[str, Finding] = {}
        for hit in CHECKS[rule.check].run(rule, self._form, self._sound, self._context):
            settled_by = f"reason.{rule.id}.{hit.field}" if rule.severity is not Severity.BLOCK else ""
            reason = hit.facts.get("reason", "") or (text(self._sound, settled_by) if settled_by else "")
            message = (hit.message or rule.message).format_map(_Known(hit.facts))
            place = place_of(self._form, hit.field)
            found[hit.field] = Finding(rule.id, rule.severity, hit.field, place, message, settled_by, reason)
        return found


def _number_of(id: str) -> str:
    """The number an answer belongs to: what was computed for it is judged with it."""
    return id.removeprefix(COMPUTED)


def shape_findings(form: FormDefinition, answers: Answers) -> Iterator[Finding]:
    """What no answer may be: an unknown field, a wrong type, too long, not an integer ≥ 0, a group row with a value."""
    for id, value in answers.items():
        asked = form.field(id)
        if type(value) is int and asked is not None and asked.type is FieldType.COUNT and 0 <= value < _LARGEST_COUNT:
            continue  # most answers
        asked = asked or _computed(form, id)
        if asked is not None:
            why = wrong_shape(asked, value)
            if why:
                yield Finding("type", Severity.BLOCK, id, place_of(form, id), why)
        elif group := form.group(id):
            why = f"Dòng nhóm «{group.label}» không có ô số. Hãy nhập ở các dòng bên dưới."
            yield Finding("group_row", Severity.BLOCK, id, group.label, why)
        elif not (form.asks_reason(id) and isinstance(value, str) and len(value) <= REASON_LENGTH):
            why = f"Biểu mẫu {form.name} (bản {form.version}) không có mục «{id}»."
            yield Finding("unknown_field", Severity.BLOCK, id, id, why)


def is_known(form: FormDefinition, id: str) -> bool:
    """An answer of this name may be kept: a field of the form, what was computed for one, the reason for a finding."""
    return form.field(id) is not None or _computed(form, id) is not None or form.asks_reason(id)


def _computed(form: FormDefinition, id: str) -> Field | None:
    """The field beside whose number stands what was computed for it: one that climbs into totals."""
    field = form.field(id.removeprefix(COMPUTED)) if id.startswith(COMPUTED) else None
    return field if field is not None and field.roll_up is not RollUp.NONE else None


def wrong_shape(field: Field, value: JsonValue) -> str:
    """Why `value` cannot be an answer to `field`; "" when it can."""
    if type(value) is int and field.type is FieldType.COUNT and 0 <= value < _LARGEST_COUNT:
        return ""  # most answers
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
        return f"{field.label}: kiểu «không có số» chưa đúng. Chọn lại một trong ba kiểu."
    if isinstance(value, str):
        return f"{field.label}: «{value}» không phải số nguyên từ 0. Hãy nhập lại."
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
                typed = f"«{content}» " if isinstance(content, str) else ""
                return f"{field.label}: lớp thứ {number}, {_CLASS_WORDS[key]} {typed}không đúng. Hãy nhập lại."
            if isinstance(content, str) and len(content) > field.max_length:
                return f"{field.label}: lớp thứ {number}, {_CLASS_WORDS[key]} quá dài. Hãy rút ngắn."
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
        return f"{field.label}: «{value}» không phải ngày có thật. Nhập dạng 06/10/2022."
    if field.type is FieldType.MONTH and not _is_iso_day(f"{value}-01"):
        return f"{field.label}: «{value}» không phải tháng. Nhập dạng 10/2022."
    if field.type is FieldType.CHOICE and value not in dict(field.choices):
        known = ", ".join(f"{kept} ({words})" for kept, words in field.choices)
        return f"{field.label}: không có «{value}». Chọn một trong: {known}."
    if field.type is FieldType.TIME and not _is_iso_time(value):
        return f"{field.label}: «{value}» không phải giờ. Nhập dạng 7 giờ 30."
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


def _required(form: FormDefinition, id: str, value: JsonValue | None) -> Finding | None:
    field = form.field(id)
    blank = value is None or (isinstance(value, str) and not value.strip()) or value == []
    if field is None or not field.required or not blank:
        return None
    return Finding(REQUIRED, Severity.BLOCK, id, place_of(form, id), blank_words(field))


def blank_words(field: Field) -> str:
    """What is said of a required field with nothing in it, wherever it is said."""
    return f"Mục «{field.label}» còn trống. Hãy nhập."


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
