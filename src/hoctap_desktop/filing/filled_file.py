"""A filled file: one filing as TOML that a person can read and write (forms/examples/*.toml), or the same as JSON."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from hoctap_desktop.filing.model import Filing, FormRef, Kind, filing_id
from hoctap_desktop.form.answers import NoNumber
from hoctap_desktop.form.definition import Field, FieldType, FormDefinition
from hoctap_desktop.form.loader import form_by_id
from hoctap_desktop.form.validation import wrong_shape
from hoctap_desktop.foundation.boundary import Outside, take_in_text
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.dates import parse_date, parse_time
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.numbers import MONEY_DIGITS, parse_count
from hoctap_desktop.foundation.text import clean_line, clean_lines
from hoctap_desktop.foundation.toml_source import Place, Source, Table, parse_toml, plain_value
from hoctap_desktop.units.levels import levels
from hoctap_desktop.units.unit_table import read_unit

ILLUSTRATIVE = "Số liệu minh họa"
_CAMPAIGN = r"20[0-9]{2}(-[0-9a-z]{1,12})?"


def read_filled(path: Path) -> Filing:
    """The filing in a filled file (.toml or .json), as a draft of revision 1.

    Raises UserError FILLED_BAD (file, row, why) for anything the form does not have or cannot take, FORM_UNKNOWN,
    FILE_UNREADABLE, FILE_TOO_LARGE, NOT_TEXT, WRONG_FILE_KIND.
    """
    text = take_in_text(Outside.FILLED, path)
    if path.suffix.lower() == ".json":
        return filing_from(_json_table(text, path.name))
    if path.suffix.lower() != ".toml":
        found = f"tên tệp kết thúc bằng «{path.suffix or 'không có đuôi'}»"
        raise UserError(Code.WRONG_FILE_KIND, file=path.name, wanted="tệp đã điền (.toml, .json)", found=found)
    return filing_from(parse_toml(text, path.name, Code.FILLED_BAD))


def filing_from_data(data: Mapping[str, object], file: str) -> Filing:
    """The filing in what a reader recognised (plan/reader.py); raises as read_filled, without rows."""
    return filing_from(Table(data, Source(file, Code.FILLED_BAD, {(): 1})))


def filing_from(top: Table) -> Filing:
    """The filing of a filled file's top table; see read_filled."""
    kind = Kind(top.choice("kind", tuple(k.value for k in Kind)))
    form = form_by_id(top.text("form"), top.whole("version"), top.word("form_hash", "([0-9a-f]{64})?", ""))
    if form.kind != kind.value:
        raise top.wrong("form", f"biểu mẫu «{form.id}» không dùng cho «{kind.value}». Hãy sửa kind hoặc form.")
    campaign = top.word("campaign", _CAMPAIGN)
    illustrative = top.flag("illustrative", False)
    top.text("note", "")
    own = top.table("unit")
    unit = read_unit(own)
    known = [level.id for level in levels()]
    if unit.level not in known:
        raise own.wrong("level", f"không có cấp «{unit.level}». Các cấp: {', '.join(sorted(known))}. Hãy chọn một.")
    answers = {
        **_fields(top.table("fields"), form),
        **_cells(top.table("table"), form),
        **_notes(top.table("notes"), form),
        **_reasons(top.table("reasons"), form),
    }
    top.refuse_unknown()
    reference = FormRef(form.id, form.version, form.hash)
    return Filing(filing_id(campaign, kind), kind, campaign, unit, reference, answers, illustrative=illustrative)


def _json_table(text: str, file: str) -> Table:
    try:
        data = json.loads(text, parse_constant=_refuse_constant, object_pairs_hook=_once)
    except _Twice as cause:
        why = f"tên «{cause}» ghi hai lần, không biết lấy giá trị nào. Hãy xóa một."
        raise UserError(Code.FILLED_BAD, file=file, row=_row_of(text, str(cause)), why=why) from cause
    except (ValueError, RecursionError) as cause:
        row = getattr(cause, "lineno", 1)
        why = "không đọc được theo quy cách JSON (thiếu dấu phẩy, dấu nháy hoặc ngoặc?). Hãy sửa dòng này."
        raise UserError(Code.FILLED_BAD, file=file, row=row, why=why) from cause
    if not isinstance(data, dict):
        raise UserError(Code.FILLED_BAD, file=file, row=1, why="đây không phải một tệp đã điền. Hãy chọn tệp khác.")
    return Table(data, Source(file, Code.FILLED_BAD, dict(_rows(data, text))))


class _Twice(ValueError):
    """A name that stands twice in one JSON object: two meanings."""


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, value in pairs:
        if name in found:
            raise _Twice(name)
        found[name] = value
    return found


def _refuse_constant(literal: str) -> object:
    raise ValueError(literal)


def _row_of(text: str, name: str) -> int:
    """The row at which a name stands first."""
    return text[: max(0, text.find(json.dumps(name, ensure_ascii=False)))].count("\n") + 1


def _rows(data: Mapping[str, object], text: str, path: tuple[str | int, ...] = ()) -> Iterator[tuple[Place, int]]:
    """The row of every name of the filing's own tables, near enough to find it."""
    yield path, _row_of(text, str(path[-1])) if path else 1
    for name, value in data.items():
        if isinstance(value, dict):
            yield from _rows(value, text, (*path, name))
        else:
            yield (*path, name), _row_of(text, name)


def _fields(table: Table, form: FormDefinition) -> dict[str, JsonValue]:
    answers: dict[str, JsonValue] = {}
    for key in table.names():
        field = form.field(key)
        if field is None or field.type is FieldType.COUNT or key.startswith("note."):
            known = ", ".join(f.id for f in form.fields() if f.type is not FieldType.COUNT and f.id[:5] != "note.")
            raise table.wrong(key, f"biểu mẫu không có mục «{key}». Các mục có: {known}. Hãy sửa tên.")
        answer = _answer(table, key, field)
        if answer not in ("", []):
            answers[key] = answer
    return answers


def _cells(table: Table, form: FormDefinition) -> dict[str, JsonValue]:
    answers: dict[str, JsonValue] = {}
    known = {field.id: field for field in form.indicators()}
    groups = {row.id: row.label for section in form.sections for row in section.rows if row.is_group}
    for key in table.names():
        if key in groups:
            raise table.wrong(key, f"«{key}» là dòng nhóm «{groups[key]}», không có ô số. Hãy xóa dòng này.")
        if key not in known:
            raise table.wrong(key, f"bảng không có ô «{key}». Các ô có: {', '.join(known)}. Hãy sửa tên.")
        answers[key] = _answer(table, key, known[key])
    return answers


def _notes(table: Table, form: FormDefinition) -> dict[str, JsonValue]:
    answers: dict[str, JsonValue] = {}
    for key in table.names():
        field = form.field(f"note.{key}")
        if field is None:
            raise table.wrong(key, f"bảng không có dòng «{key}» để ghi chú. Hãy sửa tên hoặc xóa dòng.")
        answers[field.id] = _answer(table, key, field)
    return answers


def _reasons(table: Table, form: FormDefinition) -> dict[str, JsonValue]:
    for key in table.names():
        if not form.asks_reason(f"reason.{key}"):
            raise table.wrong(key, f"biểu mẫu không hỏi lý do «{key}». Ghi đúng «<quy tắc>.<mục>», hoặc xóa dòng này.")
    return {f"reason.{key}": clean_line(table.text(key)) for key in table.names()}


def _answer(table: Table, key: str, field: Field) -> JsonValue:
    """The JSON answer for one TOML value, judged by its field."""
    raw = plain_value(table.free(key))
    try:
        answer = _converted(raw, field)
    except UserError as cause:
        raise table.wrong(key, str(cause)) from cause
    why = wrong_shape(field, answer)
    if why:
        raise table.wrong(key, why)
    return answer


def _converted(raw: object, field: Field) -> JsonValue:
    match field.type, raw:
        case (FieldType.COUNT, str()):
            return parse_count(raw, where=field.label)
        case (FieldType.MONEY, str()):
            return parse_count(raw, digits=MONEY_DIGITS, where=field.label)
        case (FieldType.COUNT | FieldType.MONEY, float()):
            why = "Số đếm không có phần lẻ; muốn ghi dấu chấm ngăn nghìn thì đặt trong dấu nháy."
            raise UserError(Code.NOT_A_COUNT, typed=str(raw), where=f" ở «{field.label}»", why=why)
        case (FieldType.COUNT | FieldType.MONEY, dict()):
            return _no_number(raw)
        case (FieldType.DATE, str()):
            return parse_date(raw, where=field.label).isoformat() if raw.strip() else ""
        case (FieldType.TIME, str()):
            return parse_time(raw, where=field.label).strftime("%H:%M") if raw.strip() else ""
        case (FieldType.LINE, str()):
            return clean_line(raw)
        case (FieldType.LONG_TEXT | FieldType.BODY, str()):
            return clean_lines(raw)
        case (FieldType.LINES, list()):
            return [clean_line(item) if isinstance(item, str) else _json(item) for item in raw]
        case _:
            return _json(raw)


def _no_number(raw: dict[str, object]) -> JsonValue:
    reason = raw.get("reason", "")
    if raw.get("none") == NoNumber.UNKNOWN.value or "reason" in raw:
        return {**{k: _json(v) for k, v in raw.items()}, "reason": reason if isinstance(reason, str) else ""}
    return {**{k: _json(v) for k, v in raw.items()}, "reason": ""}


def _json(value: object) -> JsonValue:
    """`value` with TOML's dates as text; a number with a fraction has no place in our JSON and becomes its text."""
    value = plain_value(value)
    if isinstance(value, dict):
        return {str(key): _json(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_json(item) for item in value]
    if value is None or isinstance(value, bool | int | str):
        return value
    return str(value)
