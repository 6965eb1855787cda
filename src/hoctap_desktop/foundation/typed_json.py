"""JSON from outside, field by field: every field has a type (true is not 1), a length, and no unknown neighbours."""

import re
from collections.abc import Mapping
from datetime import date, datetime

from hoctap_desktop.foundation.canonical_json import LARGEST, JsonValue
from hoctap_desktop.foundation.clock import VIETNAM
from hoctap_desktop.foundation.errors import Code, UserError

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\+07:00", re.ASCII)
_HASH = re.compile(r"[0-9a-f]{64}")


class Fields:
    """One JSON object that must have exactly the named fields. Every method raises UserError(BAD_CONTENT, where=…)."""

    def __init__(self, value: JsonValue, names: tuple[str, ...], where: str) -> None:
        if not isinstance(value, dict):
            raise bad(where)
        if value.keys() != {*names}:
            wrong = (*sorted(set(value) - set(names)), *(n for n in names if n not in value))
            raise bad(f"{where} › {wrong[0]}")
        self._value = value
        self._where = where

    def place(self, name: str) -> str:
        """How a person finds the field: "answers.json › unit › code"."""
        return f"{self._where} › {name}"

    def raw(self, name: str) -> JsonValue:
        return self._value[name]

    def is_null(self, name: str) -> bool:
        return self._value[name] is None

    def text(self, name: str, longest: int, *, least: int = 0, line_ends: bool = False) -> str:
        """Text of `least` to `longest` characters; on one line unless `line_ends`."""
        value = self._value[name]
        if isinstance(value, str) and least <= len(value) <= longest and "\n" not in value:
            return value  # nearly always: nobody asks where it stands
        return text(value, longest, self.place(name), least=least, line_ends=line_ends)

    def match(self, name: str, pattern: re.Pattern[str]) -> str:
        """A text that `pattern` matches as a whole."""
        value = self._value[name]
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise bad(self.place(name))
        return value

    def hash(self, name: str) -> str:
        """64 lower-case hex digits."""
        return self.match(name, _HASH)

    def number(self, name: str, least: int, most: int = LARGEST) -> int:
        value = self._value[name]
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise bad(self.place(name))
        return value

    def flag(self, name: str) -> bool:
        value = self._value[name]
        if not isinstance(value, bool):
            raise bad(self.place(name))
        return value

    def items(self, name: str, most: int) -> list[JsonValue]:
        """A list of at most `most` items."""
        value = self._value[name]
        if not isinstance(value, list) or len(value) > most:
            raise bad(self.place(name))
        return value

    def texts(self, name: str, most: int, longest: int) -> tuple[str, ...]:
        """A list of single lines."""
        return tuple(text(item, longest, self.place(name)) for item in self.items(name, most))

    def hashes(self, name: str, most: int) -> tuple[str, ...]:
        """A list of different hashes."""
        found = tuple(item for item in self.items(name, most) if isinstance(item, str) and _HASH.fullmatch(item))
        if len(set(found)) != len(self.items(name, most)):
            raise bad(self.place(name))
        return found

    def mapping(self, name: str, most: int) -> Mapping[str, JsonValue]:
        """An object with free names, at most `most` of them."""
        value = self._value[name]
        if not isinstance(value, dict) or len(value) > most:
            raise bad(self.place(name))
        return value

    def day(self, name: str) -> date:
        """An ISO day that exists."""
        try:
            return date.fromisoformat(self.match(name, _DAY))
        except ValueError as cause:
            raise bad(self.place(name)) from cause

    def day_or_none(self, name: str) -> date | None:
        return None if self.is_null(name) else self.day(name)

    def moment(self, name: str) -> datetime:
        """Whole seconds at +07:00."""
        try:
            return datetime.fromisoformat(self.match(name, _MOMENT))
        except ValueError as cause:
            raise bad(self.place(name)) from cause


def text(value: JsonValue, longest: int, where: str, *, least: int = 0, line_ends: bool = False) -> str:
    """`value` as text of `least` to `longest` characters; on one line unless `line_ends`."""
    if not isinstance(value, str) or not least <= len(value) <= longest or (not line_ends and "\n" in value):
        raise bad(where)
    return value


def moment_text(moment: datetime) -> str:
    """2022-10-13T14:32:11+07:00."""
    return moment.astimezone(VIETNAM).isoformat(timespec="seconds")


def bad(where: str) -> UserError:
    """The refusal of a field."""
    return UserError(Code.BAD_CONTENT, where=where)
