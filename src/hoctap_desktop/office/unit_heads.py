"""The columns of a list of units, found by their heads: in any order, with or without accents, over one row or two."""

import re
from collections.abc import Mapping

from hoctap_desktop.document.sheet_cells import RawSheet
from hoctap_desktop.foundation.text import without_marks

# What each column holds, its head as written, the heads it is known by beside that one.
HEADS: Mapping[str, tuple[str, ...]] = {
    "code": ("Mã đơn vị", "mã", "mã số", "mã đv", "mã xã", "mã xã, phường", "mã trường", "mã hành chính"),
    "name": (
        *("Tên đơn vị", "tên", "tên đầy đủ", "đơn vị", "tên xã", "tên xã, phường", "xã, phường", "tên trường"),
        *("tên xã, phường, thị trấn", "xã, phường, thị trấn", "tên xã, phường, đặc khu", "xã, phường, đặc khu"),
        *("tên đơn vị hành chính", "tên cơ quan", "cơ quan, đơn vị", "tên cơ quan, đơn vị", "trường"),
        *("tên đơn vị trường", "trường học", "tên trường học", "tên trường, đơn vị", "tên đơn vị, trường học"),
    ),
    "short_name": ("Tên ngắn", "tên viết tắt"),
    "level": ("Loại", "cấp", "loại đơn vị"),
    "area": ("Thuộc", "địa bàn"),
    "contact": (
        *("Người liên hệ", "liên hệ", "cán bộ phụ trách", "người phụ trách", "cán bộ đầu mối", "đầu mối"),
        *("họ và tên", "họ tên", "hiệu trưởng", "thủ trưởng", "người đứng đầu", "lãnh đạo"),
    ),
    "phone": ("Điện thoại", "số điện thoại", "đt", "sđt", "số đt", "điện thoại liên hệ", "di động"),
    "valid_from": ("Từ ngày", "hiệu lực từ"),
    "valid_to": ("Đến hết ngày", "đến ngày", "hết hiệu lực"),
    "successors": ("Mã đơn vị thay thế", "đơn vị thay thế", "nhập vào"),
    "free_plan": ("Miễn kế hoạch, lý do", "miễn kế hoạch"),
    "free_report": ("Miễn báo cáo, lý do", "miễn báo cáo"),
}
# Whom a unit reports to, a column for each year in which that changed; a head without a year means the campaign's.
UPPER = "upper "
UPPER_HEAD = "Nộp về, đợt {year}"
_UPPER_KEY = re.compile(r"nop ve(?: (?:tu )?(?:dot|nam))?(?: (20[0-9]{2}))?(?: ma)?")
_HEAD_ROWS = 20
_COUNTED = re.compile(r"\(?[0-9]{1,2}\)?")  # "(1) (2) (3)" under the heads


def key(words: str) -> str:
    """Words as they are compared: plain small letters and digits, one space between."""
    return re.sub(r"[^a-z0-9]+", " ", without_marks(words)).strip()


_KNOWN = {key(words): id for id, heads in HEADS.items() for words in heads}


def find_heads(sheet: RawSheet, year: int) -> tuple[int, dict[str, int]] | None:
    """The last row of the heads and the column of each id; `year`: of the campaign that is worked on.

    The first row with heads for code and name counts; in a list without codes, that for name and one thing more.
    """
    rows = [_heads_in(sheet, row, year) for row in range(_HEAD_ROWS + 2)]
    for wanted in ({"code", "name"}, {"name"}):
        for row in range(1, _HEAD_ROWS + 1):
            columns, last = rows[row], row
            under = rows[row + 1]
            if under and _continues(sheet, row + 1, columns, under):
                columns = under | {id: at for id, at in columns.items() if at not in under.values()}
                last = row + 1
            if wanted <= columns.keys() and len(columns) > 1:
                return last + _is_counted(sheet, last + 1), columns
    return None


def _heads_in(sheet: RawSheet, row: int, year: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for (at, column), cell in sorted(sheet.cells.items()):
        if at == row:
            words = key(cell.text)
            upper = _UPPER_KEY.fullmatch(words)
            id = f"{UPPER}{upper[1] or year}" if upper else _KNOWN.get(words)
            if id is not None:
                found.setdefault(id, column)
    return found


def _continues(sheet: RawSheet, row: int, above: Mapping[str, int], here: Mapping[str, int]) -> bool:
    """Whether heads go on in a second row, as under "Đầu mối" stand "Họ và tên" and "Số ĐT": no unit stands there."""
    places = {above[id] for id in ("code", "name") if id in above} - set(here.values())
    return bool(above) and not any((row, column) in sheet.cells for column in places)


def _is_counted(sheet: RawSheet, row: int) -> bool:
    """Whether a row only counts the columns."""
    texts = [cell.text.removesuffix(".0").strip() for (at, _), cell in sheet.cells.items() if at == row]
    return len(texts) > 1 and all(_COUNTED.fullmatch(text) or re.fullmatch("[A-Z]", text) for text in texts)
