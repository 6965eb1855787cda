"""Reads what the diary asks (forms/diary/*.toml) and refuses a bad one with file, row and sentence."""

from functools import cache
from pathlib import Path

from hoctap_desktop.diary.model import FIELDS, DiaryForm, Kind, Number
from hoctap_desktop.form.definition import FieldType, FormDefinition
from hoctap_desktop.form.loader import form_by_id
from hoctap_desktop.foundation.boundary import Outside
from hoctap_desktop.foundation.errors import Code
from hoctap_desktop.foundation.paths import forms
from hoctap_desktop.foundation.toml_source import Table, load_toml

_ID = r"[a-z][a-z0-9_]*"


@cache
def diary_form() -> DiaryForm:
    """The shipped definition. Raises UserError(FORM_BAD)."""
    return load_diary(forms() / "diary" / "v1.toml")


def load_diary(path: Path) -> DiaryForm:
    """The definition in `path`, checked against the report it feeds. Raises UserError FORM_BAD, FORM_UNKNOWN."""
    top = load_toml(path, Outside.FORM, Code.FORM_BAD)
    form, version = top.word("form", r"[a-z][a-z0-9_/]*"), top.whole("form_version")
    report = form_by_id(form, version)
    counts = {field.id for field in report.indicators()}
    seen: set[str] = set(FIELDS)
    kinds = [_kind(table, report, counts, seen) for table in top.tables("kind")]
    found = DiaryForm(top.word("id", _ID), top.whole("version"), form, version, tuple(kinds))
    if not kinds:
        raise top.wrong("kind", "chưa có loại việc nào. Hãy thêm một nhóm [[kind]].")
    top.refuse_unknown()
    return found


def _kind(table: Table, report: FormDefinition, counts: set[str], seen: set[str]) -> Kind:
    id = table.word("id", _ID)
    _once(table, f"kind {id}", seen)
    each = table.text("each", "")
    if each and each not in counts:
        raise table.wrong("each", f"biểu mẫu «{report.id}» không có chỉ tiêu «{each}». Hãy sửa mã chỉ tiêu.")
    listed = table.text("class_list", "")
    field = report.field(listed) if listed else None
    if listed and (field is None or field.type is not FieldType.CLASSES):
        raise table.wrong("class_list", f"«{listed}» không phải danh sách lớp của «{report.id}». Hãy sửa mã.")
    numbers = tuple(_number(one, report, counts, seen) for one in table.tables("number"))
    kind = Kind(
        id,
        table.text("label"),
        numbers,
        each,
        listed,
        table.choice("event", ("", "opening", "closing"), ""),
        table.texts("words", ()),
        table.texts("unless", ()),
    )
    table.refuse_unknown()
    return kind


def _number(table: Table, report: FormDefinition, counts: set[str], seen: set[str]) -> Number:
    id = table.word("id", _ID)
    _once(table, id, seen)
    feeds = table.texts("feeds", ())
    for indicator in feeds:
        if indicator not in counts:
            raise table.wrong("feeds", f"biểu mẫu «{report.id}» không có chỉ tiêu «{indicator}». Hãy sửa mã chỉ tiêu.")
    start = table.whole("start") if table.has("start") else None
    if start is not None and start < 0:
        raise table.wrong("start", "số điền sẵn không được âm. Hãy sửa giá trị.")
    found = Number(
        id, table.text("label"), table.text("unit"), feeds, start, table.texts("words", ()), table.texts("unless", ())
    )
    table.refuse_unknown()
    return found


def _once(table: Table, id: str, seen: set[str]) -> None:
    if id in seen:
        raise table.wrong("id", f"mã «{id.removeprefix('kind ')}» dùng hai lần. Hãy đặt mã khác.")
    seen.add(id)
