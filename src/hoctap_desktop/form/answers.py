"""What was answered, as plain JSON: one value per field id. 0, none, unknown and blank are four things."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from hoctap_desktop.foundation.canonical_json import JsonValue

Answers = Mapping[str, JsonValue]


# What was added up from below stands beside what is stated: computed, stated and reason are kept (domain.md §4).
COMPUTED = "computed."


class NoNumber(StrEnum):
    """Why a cell holds no number. A blank cell is none of these: it is not in the answers at all."""

    NOT_HELD = "not_held"  # không tổ chức
    UNKNOWN = "unknown"  # chưa có số liệu, with a reason
    NOT_APPLICABLE = "not_applicable"  # không áp dụng


WORDS = {
    NoNumber.NOT_HELD: "Không tổ chức",
    NoNumber.UNKNOWN: "Chưa có số liệu",
    NoNumber.NOT_APPLICABLE: "Không áp dụng",
}


@dataclass(frozen=True)
class Count:
    """A number, 0 among them."""

    value: int


@dataclass(frozen=True)
class Missing:
    """A stated "no number". reason: asked for UNKNOWN."""

    kind: NoNumber
    reason: str = ""


Cell = Count | Missing | None


def cell(answers: Answers, id: str) -> Cell:
    """The cell of a COUNT or MONEY field; None when blank. The JSON must have passed validation."""
    value = answers.get(id)
    if type(value) is int:  # neither True nor False
        return Count(value)
    if isinstance(value, dict):
        return Missing(NoNumber(str(value.get("none"))), str(value.get("reason", "")))
    return None


def cell_json(content: Cell) -> JsonValue:
    """The JSON of a cell; None (blank) is to be left out of the answers."""
    match content:
        case Count(value):
            return value
        case Missing(kind, reason):
            return {"none": kind.value, "reason": reason}
        case None:
            return None


def same_answer(one: JsonValue | None, other: JsonValue | None) -> bool:
    """1 and True are two answers."""
    return one == other and type(one) is type(other)


def number(answers: Answers, id: str) -> int | None:
    """The number in a cell, or None when there is none of any kind."""
    value = answers.get(id)
    return value if type(value) is int else None


def text(answers: Answers, id: str) -> str:
    """The text of a field, "" when blank."""
    value = answers.get(id)
    return value if isinstance(value, str) else ""


def lines(answers: Answers, id: str) -> tuple[str, ...]:
    """The items of a LINES field."""
    value = answers.get(id)
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()
