"""Entries written by hand in a TOML file: [[entry]] with day, kind, numbers and words."""

from pathlib import Path

from hoctap_desktop.diary.loader import diary_form
from hoctap_desktop.diary.model import DAY, DAYS, FROM, KIND, MAX_LENGTH, NOTE, PLACE, SUBJECT, TITLE, TO
from hoctap_desktop.foundation.boundary import Outside
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.errors import Code
from hoctap_desktop.foundation.numbers import COUNT_DIGITS
from hoctap_desktop.foundation.text import clean_line, clean_lines
from hoctap_desktop.foundation.toml_source import Table, load_toml

_TEXTS = (TITLE, PLACE, SUBJECT, NOTE)


def read_entries(path: Path) -> tuple[dict[str, JsonValue], ...]:
    """The contents of the entries in a file, in its order. Raises UserError ENTRIES_BAD (file, row, why)."""
    top = load_toml(path, Outside.ENTRIES, Code.ENTRIES_BAD)
    found = tuple(_content(table) for table in top.tables("entry"))
    if not found:
        raise top.wrong("", "chưa có mục nào. Hãy thêm một nhóm [[entry]].")
    top.refuse_unknown()
    return found


def _content(table: Table) -> dict[str, JsonValue]:
    kinds = diary_form().kinds
    kind_id = table.choice(KIND, tuple(kind.id for kind in kinds))
    kind = next(one for one in kinds if one.id == kind_id)
    content: dict[str, JsonValue] = {KIND: kind_id, DAY: table.day(DAY).isoformat()}
    for name in _TEXTS:
        text = (clean_lines if name == NOTE else clean_line)(table.text(name, ""))
        if len(text) > MAX_LENGTH[name]:
            raise table.wrong(name, f"«{name}» dài {len(text)} chữ, không quá {MAX_LENGTH[name]}. Hãy viết ngắn lại.")
        if text:
            content[name] = text
    for name in DAYS[1:]:
        if table.has(name):
            content[name] = table.day(name).isoformat()
    if content.get(FROM) and content.get(TO) and str(content[FROM]) > str(content[TO]):
        raise table.wrong(TO, "ngày cuối ở trước ngày đầu. Hãy sửa ngày.")
    for number in kind.numbers:
        if table.has(number.id):
            value = table.whole(number.id)
            if not 0 <= value < 10**COUNT_DIGITS:
                raise table.wrong(number.id, f"«{number.id} = {value}» không phải số đếm. Hãy ghi số nguyên từ 0.")
            content[number.id] = value
        elif number.start is not None:
            content[number.id] = number.start
    table.refuse_unknown()
    return content
