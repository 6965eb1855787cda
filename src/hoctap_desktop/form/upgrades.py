"""A draft begun on an older form, moved to the new one: by id, with a list of what moved and what was left. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from hoctap_desktop.form.answers import COMPUTED, Answers
from hoctap_desktop.form.definition import Field, FieldType, FormDefinition
from hoctap_desktop.foundation.canonical_json import JsonValue


@dataclass(frozen=True)
class MovedField:
    """An answer that came along to another place or other words. before, after: as each form says it."""

    id: str
    before: str
    after: str


@dataclass(frozen=True)
class DroppedField:
    """An answer the new form has no room for: it stays in the history of the filing. why: one sentence."""

    id: str
    label: str
    value: JsonValue
    why: str


@dataclass(frozen=True)
class Upgrade:
    """answers: those of the new form. kept: how many came along, moved among them; new: questions not asked before."""

    answers: Answers
    kept: int
    moved: tuple[MovedField, ...]
    dropped: tuple[DroppedField, ...]
    new: tuple[str, ...]


def upgrade(old: FormDefinition, new: FormDefinition, answers: Answers) -> Upgrade:
    """What the answers of a draft on `old` become on `new`."""
    kept: dict[str, JsonValue] = {}
    moved: list[MovedField] = []
    dropped: list[DroppedField] = []
    for id, value in answers.items():
        before, after = _asked(old, id), _asked(new, id)
        why = _why_not(old, new, before, after, id, value)
        if why:
            dropped.append(DroppedField(id, _label(old, id), value, why))
            continue
        kept[id] = value
        if (before_words := _place(old, id)) != (after_words := _place(new, id)):
            moved.append(MovedField(id, before_words, after_words))
    asked = {field.id for field in old.fields()}
    fresh = tuple(field.label for field in new.fields() if field.id not in asked and not field.id.startswith("note."))
    return Upgrade(kept, len(kept), tuple(moved), tuple(dropped), fresh)


T = TypeVar("T")


def answers_on(old: FormDefinition, new: FormDefinition, answers: Mapping[str, T]) -> dict[str, T]:
    """Whatever is held by field id of `old`, by the ids under which `new` asks the same; the rest is left out."""
    if old.hash == new.hash:
        return dict(answers)
    return {at: value for id, value in answers.items() if (at := new.asked_at(old, id))}


def _asked(form: FormDefinition, id: str) -> Field | None:
    return form.field(id.removeprefix(COMPUTED))


def _why_not(
    old: FormDefinition, new: FormDefinition, before: Field | None, after: Field | None, id: str, value: JsonValue
) -> str:
    if id.startswith("reason."):
        return "" if new.asks_reason(id) else "Biểu mẫu mới không hỏi lý do này."
    if after is None:
        return "Biểu mẫu mới không hỏi mục này."
    if before is not None and not old.asks_as(new, after.id):
        return "Biểu mẫu mới hỏi câu khác ở mục này."
    if before is not None and before.type is not after.type:
        return "Biểu mẫu mới hỏi mục này theo kiểu khác."
    if after.type is FieldType.CHOICE and value not in dict(after.choices):
        return "Biểu mẫu mới không có lựa chọn này."
    if any(len(text) > after.max_length for text in _texts(after, value)):
        return f"Biểu mẫu mới cho nhiều nhất {after.max_length} chữ."
    return ""


def _texts(field: Field, value: JsonValue) -> Iterable[str]:
    if isinstance(value, str):
        return (value,)
    if field.type is FieldType.LINES and isinstance(value, list):
        return (item for item in value if isinstance(item, str))
    return ()


def _label(form: FormDefinition, id: str) -> str:
    if id.startswith("reason."):
        field = next((one for one in form.fields() if id.endswith(f".{one.id}")), None)
        return f"Lý do: {field.label}" if field is not None else "Lý do"
    found = _asked(form, id)
    return found.label if found is not None else id


def _place(form: FormDefinition, id: str) -> str:
    """Where and how a form asks it: the number printed before it and its words."""
    if id.startswith("reason."):
        return ""
    id = id.removeprefix(COMPUTED)
    row = form.row_of(id)
    if row is None and id.startswith("note."):
        field = form.field(id)
        return field.label if field is not None else ""
    if row is not None:
        number = row.printed_number if row.printed_number not in ("", "-") else form.group_number(id)
        field = form.field(id)
        unit = f" ({field.unit})" if field is not None and len(row.cells) > 1 else ""
        return f"{number}. {row.label}{unit}" if number else f"{row.label}{unit}"
    section, field = form.section_of(id), form.field(id)
    if section is None or field is None:
        return ""
    return f"{section.label}: {field.label}" if section.label != field.label else field.label
