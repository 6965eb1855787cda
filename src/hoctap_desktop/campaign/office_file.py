"""The file an office is set up from: itself, the units below it, the unit above, and the days papers are due.

[unit] and [upper] hold the fields of units.model.Unit ([unit.signer] those of Signer), [[below]] one unit each;
[[deadline]]: kind ("plan", "report"), level or unit, day, inclusive.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from hoctap_desktop.campaign.model import Deadline
from hoctap_desktop.foundation.boundary import Outside
from hoctap_desktop.foundation.errors import Code
from hoctap_desktop.foundation.toml_source import Table, load_toml
from hoctap_desktop.units.levels import levels
from hoctap_desktop.units.model import Unit
from hoctap_desktop.units.unit_table import CODE, read_unit


@dataclass(frozen=True)
class OfficeFile:
    """own: the office itself; below: those that report to it; upper: the one it reports to, None at the top."""

    own: Unit
    below: tuple[Unit, ...]
    upper: Unit | None
    deadlines: tuple[Deadline, ...]


def read_office_file(path: Path) -> OfficeFile:
    """The office in a TOML file. Raises UserError UNIT_FILE_BAD with file, row and sentence, or FILE_UNREADABLE."""
    top = load_toml(path, Outside.OFFICE, Code.UNIT_FILE_BAD)
    if not top.has("unit"):
        raise top.wrong("", "thiếu nhóm [unit] của chính cơ quan. Hãy thêm nhóm này.")
    above = _unit(top.table("upper")) if top.has("upper") else None
    own = _unit(top.table("unit"), above.code if above else None)
    seen = {own.code} | ({above.code} if above else set())
    below: dict[str, Unit] = {}
    for table in top.tables("below"):
        unit = _unit(table, own.code)
        if unit.code in seen:
            raise table.wrong("code", f"mã đơn vị «{unit.code}» có hai lần. Mỗi đơn vị một mã; hãy sửa lại.")
        seen.add(unit.code)
        below[unit.code] = unit
    deadlines = tuple(_deadline(table, {own.code: own, **below}) for table in top.tables("deadline"))
    top.refuse_unknown()
    return OfficeFile(own, tuple(below.values()), above, deadlines)


def _unit(table: Table, reports_to: str | None = None) -> Unit:
    """A unit whose level this program knows and which reports to `reports_to` (filled in when left out)."""
    unit = read_unit(table)
    known = {level.id for level in levels()}
    if unit.level not in known:
        raise table.wrong("level", f"không có cấp «{unit.level}». Các cấp: {', '.join(sorted(known))}. Hãy chọn một.")
    if unit.valid_from and unit.valid_to and unit.valid_to < unit.valid_from:
        raise table.wrong("valid_to", "«valid_to» đứng trước «valid_from». Hãy sửa ngày.")
    if unit.successor and unit.valid_to is None:
        raise table.wrong("successor", "đơn vị có «successor» thì phải có «valid_to», ngày cuối còn hiệu lực.")
    if unit.successor == unit.code:
        raise table.wrong("successor", "«successor» là mã của chính đơn vị này. Hãy ghi mã đơn vị mới.")
    if reports_to is None:
        return unit
    if unit.upper not in ("", reports_to):
        raise table.wrong("upper", f"«upper = {unit.upper}» khác mã cấp trên ở tệp này ({reports_to}). Hãy sửa lại.")
    return replace(unit, upper=reports_to)


def _deadline(table: Table, units: Mapping[str, Unit]) -> Deadline:
    kind = table.choice("kind", ("plan", "report"))
    code = table.word("unit", f"({CODE})?", "")
    level = table.choice("level", tuple(level.id for level in levels()), "") if table.has("level") else ""
    if bool(code) == bool(level):
        raise table.wrong("", "mỗi hạn nộp ghi «level» (cho cả cấp) hoặc «unit» (cho một đơn vị), một trong hai.")
    if code and code not in units:
        raise table.wrong("unit", f"không có đơn vị mã «{code}» trong tệp này. Hãy sửa mã.")
    found = Deadline(
        kind, level or units[code].level, table.day("day"), inclusive=table.flag("inclusive", False), unit=code
    )
    table.refuse_unknown()
    return found
