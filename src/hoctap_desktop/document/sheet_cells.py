"""A workbook from outside as plain cells. Looked over before any library opens it, and read in a process of its own."""

import re
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from hoctap_desktop.document.sheet_entry import MARK, unescaped
from hoctap_desktop.foundation.boundary import Outside, read_apart, take_in
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.file_kind import TABLES, what_is

_MAX_UNPACKED = 24 * 2**20
_MAX_ENTRIES = 500
_MAX_RATIO = 100
_SMALL = 2**20  # what a part may unpack to, however well it was packed
_MAX_MERGED = 5_000
# One shared text may stand in every cell: small on the disk, more than any memory as plain cells.
_MAX_CELLS = 300_000
_MAX_LETTERS = 8_000_000
_WANTED = "biểu Excel (.xlsx)"
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')


@dataclass(frozen=True)
class RawCell:
    """kind: "n" a number, "s" text, "d" day or time, "b" yes or no, "f" a formula, "e" an error; text: its content."""

    kind: str
    text: str


@dataclass(frozen=True)
class RawSheet:
    """cells: by row and column, from 1; blank ones are left out. merged: "C5:D6" …; hidden sheets are read too."""

    name: str
    cells: dict[tuple[int, int], RawCell]
    merged: tuple[str, ...]


def read_cells(path: Path) -> tuple[RawSheet, ...]:
    """The sheets of a workbook of ours (one that bears MARK).

    Raises UserError WRONG_FILE_KIND, WORKBOOK_OTHER_SAVE, WORKBOOK_FOREIGN, WORKBOOK_UNSAFE, WORKBOOK_MERGED,
    FILE_UNREADABLE, FILE_TOO_LARGE, READ_FAILED, READ_TOO_SLOW, READ_TOO_LARGE. Never anything else, whatever the file
    holds.
    """
    return _read(path, ours=True)


def read_any_cells(path: Path) -> tuple[RawSheet, ...]:
    """The sheets of a workbook somebody made, whoever it was: a list to be read by its column heads.

    Raises UserError as read_cells, never WORKBOOK_FOREIGN.
    """
    return _read(path, ours=False)


def _read(path: Path, *, ours: bool) -> tuple[RawSheet, ...]:
    data = take_in(Outside.WORKBOOK, path)
    found = what_is(data)
    if path.suffix.lower() == ".csv" and ours:
        raise UserError(Code.WORKBOOK_FOREIGN, file=path.name, found="lưu thành CSV thì mất dấu riêng của biểu")
    if found in TABLES or path.suffix.lower() == ".csv":
        raise UserError(Code.WORKBOOK_OTHER_SAVE, file=path.name, found=found)
    if not data.startswith(b"PK\x03\x04"):
        raise UserError(Code.WRONG_FILE_KIND, file=path.name, wanted=_WANTED, found=found)
    return sheets_of(read_apart(Outside.WORKBOOK, data, path.name, ours=ours))


def sheets_of(found: Any) -> tuple[RawSheet, ...]:
    """The sheets in what `read_in_child` gave."""
    return tuple(_sheet(each) for each in found)


def _sheet(value: Any) -> RawSheet:
    cells = {(row, column): RawCell(kind, text) for row, column, kind, text in value["cells"]}
    return RawSheet(value["name"], cells, tuple(value["merged"]))


# --- in the child --------------------------------------------------------------------------------------------------


def read_in_child(data: bytes, name: str, ours: bool = True) -> JsonValue:
    """The same as plain JSON; called by foundation/boundary.py. ours: refuse one that does not bear MARK."""
    _look_over(data, name, must_be_ours=ours)
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(data), keep_links=False)
    room = _Room(name)
    return [_plain_sheet(page, room) for page in book.worksheets]


def _look_over(data: bytes, file: str, *, must_be_ours: bool) -> None:
    """Refuses what would hurt a reader before one opens it: bombs, entities, passwords, foreign workbooks."""
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except zipfile.BadZipFile as cause:
        raise UserError(Code.READ_FAILED, file=file) from cause
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if "xl/workbook.bin" in names:
        raise UserError(Code.WORKBOOK_OTHER_SAVE, file=file, found="đây là tệp Excel nhị phân (.xlsb)")
    if not any(name.startswith("xl/") for name in names):
        raise UserError(Code.WRONG_FILE_KIND, file=file, wanted=_WANTED, found=what_is(data))
    if len(entries) > _MAX_ENTRIES or len(set(names)) != len(names):
        raise UserError(Code.WORKBOOK_UNSAFE, file=file, why="bên trong có quá nhiều tệp, hoặc hai tệp trùng tên")
    if any(entry.flag_bits & 1 for entry in entries):
        raise UserError(Code.WORKBOOK_UNSAFE, file=file, why="tệp có mật khẩu")
    for entry in entries:
        if entry.file_size > max(_SMALL, _MAX_RATIO * entry.compress_size):
            raise UserError(Code.WORKBOOK_UNSAFE, file=file, why="bung ra lớn khác thường")
    if sum(entry.file_size for entry in entries) > _MAX_UNPACKED:
        raise UserError(Code.READ_TOO_LARGE, file=file, limit=f"{_MAX_UNPACKED // 2**20} MB")
    ours, merged = False, 0
    for entry in entries:
        if not entry.filename.lower().endswith((".xml", ".rels", ".vml")):
            continue
        content = archive.read(entry)
        if b"\0" in content or b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            raise UserError(Code.WORKBOOK_UNSAFE, file=file, why=f"phần «{entry.filename}» có khai báo lạ")
        ours = ours or MARK.encode() in content
        merged += sum(_area(found) for found in _MERGE.finditer(content))
    if must_be_ours and not ours:
        raise UserError(Code.WORKBOOK_FOREIGN, file=file, found="không có dấu riêng của biểu")
    if merged > _MAX_MERGED:
        raise UserError(Code.WORKBOOK_MERGED, address=f"Tệp «{file}»")


def _area(found: re.Match[bytes]) -> int:
    left, top, right, bottom = (found[at] for at in (1, 2, 3, 4))
    return (abs(_place(right) - _place(left)) + 1) * (abs(int(bottom) - int(top)) + 1)


def _place(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


class _Room:
    """How many cells and letters may still come. Raises UserError(READ_TOO_LARGE)."""

    def __init__(self, file: str) -> None:
        self._file, self._cells, self._letters = file, _MAX_CELLS, _MAX_LETTERS

    def take(self, text: str) -> None:
        self._cells -= 1
        self._letters -= len(text)
        if self._cells < 0 or self._letters < 0:
            limit = f"{_MAX_CELLS} ô, {_MAX_LETTERS // 1_000_000} triệu chữ"
            raise UserError(Code.READ_TOO_LARGE, file=self._file, limit=limit)


def _plain_sheet(page: Any, room: _Room) -> JsonValue:
    cells: list[JsonValue] = []
    # only the cells that are there: a lone cell in the last row must not bring a million others
    for cell in page._cells.values():  # noqa: SLF001
        kind, text = _plain_cell(cell)
        if text:
            room.take(text)
            cells.append([cell.row, cell.column, kind, text])
    merged: list[JsonValue] = [str(found) for found in page.merged_cells.ranges]
    return {"name": str(page.title), "cells": cells, "merged": merged}


def _plain_cell(cell: Any) -> tuple[str, str]:
    value = cell.value
    if value is None:
        return "", ""
    if cell.data_type == "f":
        return "f", str(getattr(value, "text", value))
    if cell.data_type == "e":
        return "e", str(value)
    if isinstance(value, bool):
        return "b", "1" if value else "0"
    if isinstance(value, int | float):
        return "n", repr(value)
    if isinstance(value, str):
        return "s", unescaped(value)
    return "d", value.isoformat() if hasattr(value, "isoformat") else str(value)
