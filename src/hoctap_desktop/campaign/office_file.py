"""The file an office is set up from: itself, the units below it, the unit above, and the days papers are due.

[unit] and [upper] hold the fields of units.model.Unit ([unit.signer] those of Signer), [[below]] one unit each;
[[deadline]]: kind ("plan", "report"), level or unit, day, inclusive.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from hoctap_desktop.campaign.model import Deadline
from hoctap_desktop.foundation.errors import Code
from hoctap_desktop.foundation.toml_source import Table, load_toml
from hoctap_desktop.units.levels import levels
from hoctap_desktop.units.model import Unit
from hoctap_desktop.units.unit_file import CODE, read_unit


@dataclass(frozen=True)
class OfficeFile:
    """own: the office itself; below: those that report to it; upper: the one it reports to, None at the top."""

    own: Unit
    below: tuple[Unit, ...]
    upper: Unit | None
    deadlines: tuple[Deadline, ...]


def read_office_file(path: Path) -> OfficeFile:
    """The office in a TOML file. Raises UserError UNIT_FILE_BAD with file, row and sentence, or FILE_UNREADABLE."""
    top = load_toml(path, Code.UNIT_FILE_BAD)
    above = read_unit(top.table("upper")) if top.has("upper") else None
    if not top.has("unit"):
        raise top.wrong("", "thiếu nhóm [unit] của chính cơ quan. Hãy thêm nhóm này.")
    own = read_unit(top.table("unit"), upper=above.code if above else "")
    if above and own.upper != above.code:
        raise top.table("unit").wrong("upper", f"“upper = {own.upper}” khác mã ở [upper] ({above.code}). Hãy sửa lại.")
    seen = {own.code} | ({above.code} if above else set())
    below: dict[str, Unit] = {}
    for table in top.tables("below"):
        unit = read_unit(table, upper=own.code)
        if unit.code in seen:
            raise table.wrong("code", f"mã đơn vị “{unit.code}” có hai lần. Mỗi đơn vị một mã; hãy sửa lại.")
        if unit.upper != own.code:
            raise table.wrong("upper", f"đơn vị dưới phải nộp lên “{own.code}”. Hãy xóa dòng “upper”.")
        seen.add(unit.code)
        below[unit.code] = unit
    deadlines = tuple(_deadline(table, {own.code: own, **below}) for table in top.tables("deadline"))
    top.refuse_unknown()
    return OfficeFile(own, tuple(below.values()), above, deadlines)


def _deadline(table: Table, units: Mapping[str, Unit]) -> Deadline:
    kind = table.choice("kind", ("plan", "report"))
    code = table.word("unit", f"({CODE})?", "")
    level = table.choice("level", ("", *(level.id for level in levels())), "")
    if bool(code) == bool(level):
        raise table.wrong("", "mỗi hạn nộp ghi “level” (cho cả cấp) hoặc “unit” (cho một đơn vị), một trong hai.")
    if code and code not in units:
        raise table.wrong("unit", f"không có đơn vị mã “{code}” trong tệp này. Hãy sửa mã.")
    found = Deadline(
        kind, level or units[code].level, table.day("day"), inclusive=table.flag("inclusive", False), unit=code
    )
    table.refuse_unknown()
    return found
