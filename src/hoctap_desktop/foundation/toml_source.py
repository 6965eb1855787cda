"""TOML read strictly: every mistake is told with file, row and sentence; unknown names are refused."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path

from hoctap_desktop.foundation.boundary import Outside, take_in_text
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.text import to_nfc

Place = tuple[str | int, ...]
_HEADER = re.compile(r"\s*(\[\[?)\s*(.+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"""\s*((?:"[^"]*"|'[^']*'|[\w.-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[\w-]+))*)\s*=""")
_PART = re.compile(r""""([^"]*)"|'([^']*)'|([\w-]+)""")
_FENCE = re.compile(r'"""|' + "'''")
_REQUIRED = object()


def load_toml(path: Path, kind: Outside, code: Code) -> "Table":
    """The top table of a TOML file.

    Raises UserError(code, file, row, why), FILE_UNREADABLE, FILE_TOO_LARGE, NOT_TEXT.
    """
    return parse_toml(take_in_text(kind, path), path.name, code)


def parse_toml(text: str, file: str, code: Code) -> "Table":
    """The top table of TOML text; `file` is the name used in sentences. Raises UserError(code, file, row, why)."""
    text = to_nfc(text)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as cause:
        found = re.search(r"at line (\d+)", str(cause))
        row = int(found[1]) if found else text.count("\n") + 1
        why = "không đọc được theo quy cách TOML (thiếu dấu nháy, dấu bằng hoặc ngoặc?). Hãy sửa dòng này."
        if re.search(r"overwrite|twice|declare|mutate", str(cause)):
            why = "tên ở dòng này đã ghi ở trên. Mỗi tên chỉ ghi một lần; hãy xóa hoặc sửa tên."
        raise UserError(code, file=file, row=row, why=why) from cause
    except (RecursionError, ValueError) as cause:
        long = re.search(r"\d{1000}|[\[{]{100}", text)
        row = text[: long.start()].count("\n") + 1 if long else 1
        raise UserError(code, file=file, row=row, why="lồng nhau quá sâu hoặc có số quá dài. Hãy sửa lại.") from cause
    return Table(data, Source(file, code, _line_index(text)))


@dataclass(frozen=True)
class Source:
    """Where a table came from: the file's name, the code its mistakes carry, and the row of each name."""

    file: str
    code: Code
    rows: Mapping[Place, int]


def _allowed(pattern: str) -> str:
    """What an id of `pattern` is made of, in words; tried out, so that the words never say more than the pattern."""

    def takes(word: str) -> bool:
        return re.fullmatch(pattern, word) is not None

    if not takes("aa"):
        return "Hãy ghi như ở các tệp mẫu."
    signs = " ".join(sign for sign in "_./-" if takes(f"a{sign}a"))
    letters = "chữ không dấu" if takes("AA") else "chữ thường không dấu"
    begin = "" if takes("1a") else "; bắt đầu bằng chữ"
    return f"Chỉ dùng {letters}, số{signs and f' và các dấu {signs}'}{begin}."


@dataclass
class Table:
    """One TOML table being read. Names asked for are noted, so that `refuse_unknown` can find the rest."""

    data: Mapping[str, object]
    source: Source
    path: Place = ()
    asked: set[str] = field(default_factory=set)

    def wrong(self, key: str, why: str) -> UserError:
        """The refusal for the value at `key` (or the table itself when key is "")."""
        path = (*self.path, key) if key else self.path
        while path and path not in self.source.rows:
            path = path[:-1]
        return UserError(self.source.code, file=self.source.file, row=self.source.rows.get(path, 1), why=why)

    def _value(self, key: str, default: object, kinds: tuple[type, ...], wanted: str) -> object:
        self.asked.add(key)
        if key not in self.data:
            if default is _REQUIRED:
                raise self.wrong("", f"thiếu mục «{key}». Hãy thêm dòng {key} = …")
            return default
        value = self.data[key]
        if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
            raise self.wrong(key, f"«{key}» phải là {wanted}. Hãy sửa giá trị.")
        return value

    def has(self, key: str) -> bool:
        """True when the table holds `key`."""
        return key in self.data

    def text(self, key: str, default: object = _REQUIRED) -> str:
        """A text, without blanks around it; one that is required may not be empty."""
        found = str(self._value(key, default, (str,), "chữ trong dấu nháy")).strip()
        if default is _REQUIRED and not found:
            raise self.wrong(key, f"«{key}» còn trống. Hãy ghi chữ vào giữa hai dấu nháy.")
        return found

    def word(self, key: str, pattern: str, default: object = _REQUIRED) -> str:
        """A text that matches `pattern` whole."""
        found = self.text(key, default)
        if not re.fullmatch(pattern, found):
            raise self.wrong(key, f"«{key} = {found}» không đúng kiểu mã. {_allowed(pattern)}")
        return found

    def choice(self, key: str, choices: tuple[str, ...], default: object = _REQUIRED) -> str:
        """A text that is one of `choices`."""
        found = self.text(key, default)
        if found not in choices:
            raise self.wrong(key, f"«{key} = {found}» không có trong: {', '.join(choices)}. Hãy chọn một.")
        return found

    def whole(self, key: str, default: object = _REQUIRED) -> int:
        """A whole number."""
        found = self._value(key, default, (int,), "số nguyên")
        assert isinstance(found, int)
        return found

    def flag(self, key: str, default: bool) -> bool:
        """true or false."""
        return bool(self._value(key, default, (bool,), "true hoặc false"))

    def day(self, key: str) -> date:
        """A date such as 2022-10-06."""
        found = self._value(key, _REQUIRED, (date,), "ngày, dạng 2022-10-06")
        if isinstance(found, datetime) or not isinstance(found, date):
            raise self.wrong(key, f"«{key}» phải là ngày, dạng 2022-10-06. Hãy sửa giá trị.")
        return found

    def texts(self, key: str, default: object = _REQUIRED) -> tuple[str, ...]:
        """An array of texts."""
        found = self._value(key, default, (list, tuple), 'danh sách chữ, dạng ["…", "…"]')
        assert isinstance(found, list | tuple)
        if not all(isinstance(item, str) for item in found):
            raise self.wrong(key, f"«{key}» phải là danh sách chữ. Hãy sửa giá trị.")
        return tuple(str(item).strip() for item in found)

    def table(self, key: str) -> "Table":
        """A table under this one; an empty one when it is not there."""
        found = self._value(key, {}, (dict,), f"nhóm [{key}]")
        assert isinstance(found, dict)
        return Table(found, self.source, (*self.path, key))

    def tables(self, key: str) -> tuple["Table", ...]:
        """The array of tables [[key]], none when it is not there."""
        found = self._value(key, [], (list,), f"các nhóm [[{key}]]")
        assert isinstance(found, list)
        if not all(isinstance(item, dict) for item in found):
            raise self.wrong(key, f"«{key}» phải viết thành các nhóm [[{key}]]. Hãy sửa lại.")
        return tuple(Table(item, self.source, (*self.path, key, index)) for index, item in enumerate(found))

    def free(self, key: str) -> object:
        """The raw value, None when it is not there; the caller judges it."""
        self.asked.add(key)
        return self.data.get(key)

    def names(self) -> tuple[str, ...]:
        """Every name that stands in the table."""
        return tuple(self.data)

    def refuse_unknown(self) -> None:
        """Raise for the first name that was never asked for: a misspelt name must not be lost in silence."""
        for key in self.data:
            if key not in self.asked:
                known = ", ".join(sorted(self.asked))
                raise self.wrong(key, f"không có mục «{key}» ở đây. Các mục có: {known}. Hãy sửa tên hoặc xóa dòng.")


def _line_index(text: str) -> dict[Place, int]:
    """The row (from 1) at which each table and each key stands. Good enough to point; tomllib is the judge."""
    rows: dict[Place, int] = {(): 1}
    counts: dict[Place, int] = {}
    here: Place = ()
    fence = ""
    array: Place | None = None  # a list of { … } with an item a line
    for number, line in enumerate(text.split("\n"), start=1):
        if fence:
            if fence in line:
                fence = ""
            continue
        if array is not None and line.lstrip().startswith("{"):
            counts[array] = counts.get(array, -1) + 1
            rows.setdefault((*array, counts[array]), number)
            fences = _FENCE.findall(line)
            fence = fences[-1] if len(fences) % 2 else ""
        elif found := _HEADER.match(line):
            array = None
            here = _resolve(_parts(found[2]), counts, array=found[1] == "[[")
            rows.setdefault(here, number)
            if found[1] == "[[":
                rows.setdefault(here[:-1], number)  # a misspelt array is told at its first header
        elif found := _KEY.match(line):
            path = (*here, *_parts(found[1]))
            for length in range(len(here) + 1, len(path) + 1):
                rows.setdefault(path[:length], number)
            array = path if line.rstrip().endswith("[") else None
            fences = _FENCE.findall(line)
            if len(fences) % 2:
                fence = fences[-1]
    return rows


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(a or b or c for a, b, c in _PART.findall(dotted))


def _resolve(parts: tuple[str, ...], counts: dict[Place, int], *, array: bool) -> Place:
    """The path of a header, with the index of the array items it stands under."""
    path: Place = ()
    for position, part in enumerate(parts):
        path = (*path, part)
        last = position == len(parts) - 1
        if last and array:
            counts[path] = counts.get(path, -1) + 1
            path = (*path, counts[path])
        elif path in counts:
            path = (*path, counts[path])
    return path


def plain_value(value: object) -> object:
    """TOML dates and times as the text that JSON answers hold: "2022-10-06", "07:00"."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return value
