"""What a unit must be, however it came in; and who reports to whom in which year. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hoctap_desktop.foundation.text import clean_line, slug
from hoctap_desktop.units.levels import levels
from hoctap_desktop.units.model import Unit
from hoctap_desktop.units.unit_table import CODE

PLAN, REPORT = "plan", "report"
_MOST = {"name": 200, "short_name": 200, "area": 200, "contact": 200, "phone": 30}
_NAMES = {"name": "tên", "short_name": "tên ngắn", "area": "thuộc", "contact": "người liên hệ", "phone": "điện thoại"}
_PHONE = re.compile(r"[0-9+() .,;/-]*")


@dataclass(frozen=True)
class Excuse:
    """A unit that need not file one kind of paper in one campaign ("được miễn"). kind: "plan" or "report"."""

    campaign: str
    unit: str
    kind: str
    reason: str


@dataclass(frozen=True)
class ReportsTo:
    """From the campaign of `year` on a unit reports to `upper`, a unit's code, until another such line says else."""

    unit: str
    year: int
    upper: str


def upper_in(unit: Unit, year: int, lines: Iterable[ReportsTo]) -> str:
    """Whom a unit reports to in the campaign of that year: the last line up to it, else what the unit itself says."""
    known = [line for line in lines if line.unit == unit.code and line.year <= year]
    return max(known, key=lambda line: line.year).upper if known else unit.upper


def mistakes(unit: Unit, others: Mapping[str, Unit]) -> dict[str, str]:
    """Sentences by field of Unit, {} when all is well. others: every other unit that is known, by code."""
    found: dict[str, str] = {}
    if not re.fullmatch(CODE, unit.code):
        found["code"] = "Mã gồm chữ số, chữ cái, dấu chấm, gạch; không dấu cách, nhiều nhất 32 chữ."
    if len(clean_line(unit.name)) < 3:
        found["name"] = "Ghi tên đầy đủ như trên con dấu."
    for field, most in _MOST.items():
        if len(getattr(unit, field)) > most:
            found[field] = f"Ô «{_NAMES[field]}» nhiều nhất {most} chữ. Hãy rút ngắn."
    if not _PHONE.fullmatch(unit.phone):
        found["phone"] = "Điện thoại chỉ gồm chữ số và dấu. Nhiều số thì ngăn bằng dấu phẩy."
    if unit.level not in {level.id for level in levels()}:
        found["level"] = "Chọn một loại đơn vị trong danh sách."
    if unit.valid_from and unit.valid_to and unit.valid_to < unit.valid_from:
        found["valid_to"] = "Ngày cuối đứng trước ngày đầu. Hãy sửa ngày."
    if unit.successors and unit.valid_to is None:
        found["valid_to"] = "Đơn vị đã có đơn vị thay thế thì phải ghi ngày cuối còn hiệu lực."
    if why := _wrong_successors(unit, others):
        found["successor"] = why
    return found


def _wrong_successors(unit: Unit, others: Mapping[str, Unit]) -> str:
    if len(set(unit.successors)) != len(unit.successors):
        return "Một đơn vị thay thế được ghi hai lần. Hãy bỏ một."
    for code in unit.successors:
        if code == unit.code:
            return "Đơn vị thay thế không thể là chính đơn vị này."
        if code not in others:
            return f"Chưa có đơn vị mã «{code}». Hãy thêm đơn vị mới trước."
        if unit.code in _after(code, others):
            return f"«{others[code].short_name}» lại được thay bằng chính đơn vị này. Hãy xem lại."
    return ""


def _after(code: str, units: Mapping[str, Unit]) -> set[str]:
    found: set[str] = set()
    wanted = [code]
    while wanted:
        unit = units.get(wanted.pop())
        for after in unit.successors if unit is not None else ():
            if after not in found:
                found.add(after)
                wanted.append(after)
    return found


def sound_alike(units: Iterable[Unit]) -> tuple[tuple[Unit, ...], ...]:
    """Units whose names are one without accents (Sơn Hà, Sơn Hạ; domain.md §1): a person should look at the code."""
    found: dict[str, list[Unit]] = {}
    for unit in units:
        found.setdefault(slug(unit.name), []).append(unit)
    return tuple(tuple(same) for same in found.values() if len(same) > 1)
