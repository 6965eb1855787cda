"""What the page Đơn vị cấp dưới shows: rows, filters, order, what a typed unit is. No Qt."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from hoctap_desktop.foundation.dates import parse_date, print_date
from hoctap_desktop.foundation.errors import UserError
from hoctap_desktop.foundation.numbers import print_count
from hoctap_desktop.foundation.text import clean_line, matches, sort_key
from hoctap_desktop.office.unit_sheet import SheetReading
from hoctap_desktop.office.units_below import Below, Register, kind_word
from hoctap_desktop.units.levels import levels
from hoctap_desktop.units.model import Unit
from hoctap_desktop.units.rules import PLAN, REPORT

CODE, UNIT, KIND, OWES, CONTACT, PHONE, UNTIL = range(7)
TITLES = ("Mã", "Đơn vị", "Loại", "Phải nộp", "Liên hệ", "Điện thoại", "Hiệu lực")
# What a unit owes, as chosen in its form: words, and the kinds it need not file.
OWED: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("both", "Kế hoạch và báo cáo", ()),
    ("plan", "Chỉ kế hoạch", (REPORT,)),
    ("report", "Chỉ báo cáo", (PLAN,)),
    ("none", "Được miễn cả hai", (PLAN, REPORT)),
)


class Shown(StrEnum):
    """Which units are asked for."""

    ALL = "all"
    STANDING = "standing"
    EXCUSED = "excused"
    ENDED = "ended"


SHOWN_WORDS = {
    Shown.ALL: "Tất cả",
    Shown.STANDING: "Đang nộp",
    Shown.EXCUSED: "Được miễn",
    Shown.ENDED: "Hết hiệu lực",
}


@dataclass(frozen=True)
class UnitLine:
    """One unit. until: "đến hết 30/06/2025, nay là 05815"; alike: another unit has this name without accents."""

    below: Below
    kind: str
    until: str
    alike: bool
    keys: tuple[object, ...]

    @property
    def unit(self) -> Unit:
        return self.below.unit

    @property
    def code(self) -> str:
        return self.below.unit.code

    def text(self, column: int) -> str:
        unit = self.below.unit
        return (
            unit.code,
            unit.short_name,
            self.kind,
            self.below.owes if unit.valid_to is None else "Không còn nộp",
            unit.contact,
            unit.phone,
            self.until,
        )[column]


@dataclass(frozen=True)
class Asked:
    """Which rows, in which order."""

    query: str = ""
    shown: Shown = Shown.ALL
    level: str = ""
    column: int = UNIT
    descending: bool = False


def lines(found: Register) -> tuple[UnitLine, ...]:
    """A line for each unit, its keys for sorting worked out once."""
    names = {one.unit.code: one.unit.short_name for one in found.rows}
    ranks = {level.id: level.rank for level in levels()}
    made = []
    for one in found.rows:
        unit, name = one.unit, sort_key(one.unit.short_name)
        kind, until = kind_word(unit), _until(unit, names)
        keys = (
            unit.code,
            (name, unit.code),
            (ranks.get(unit.level, 0), sort_key(kind), name),
            (one.owes, name),
            (not unit.contact, sort_key(unit.contact), name),
            (not unit.phone, unit.phone, name),
            (unit.valid_to or date.max, name),
        )
        made.append(UnitLine(one, kind, until, unit.code in found.alike, keys))
    return tuple(made)


def _until(unit: Unit, names: dict[str, str]) -> str:
    if unit.valid_to is None:
        return f"từ {print_date(unit.valid_from)}" if unit.valid_from else ""
    after = ", ".join(names.get(code, code) for code in unit.successors)
    return f"đến hết {print_date(unit.valid_to)}" + (f", nay là {after}" if after else "")


def is_shown(line: UnitLine, shown: Shown) -> bool:
    """True when the line belongs to what is asked for."""
    ended = line.unit.valid_to is not None
    match shown:
        case Shown.STANDING:
            return not ended and line.below.here and len({*line.below.free, *line.below.unowed}) < len((PLAN, REPORT))
        case Shown.EXCUSED:
            return bool(line.below.free)
        case Shown.ENDED:
            return ended
        case Shown.ALL:
            return True


def named(every: Sequence[UnitLine], asked: Asked) -> list[UnitLine]:
    """The lines of the wanted kind whose name or code holds what is typed, accents or not."""
    query = clean_line(asked.query)
    return [
        line
        for line in every
        if (not asked.level or line.unit.level == asked.level)
        and (not query or matches(query, line.unit.name) or matches(query, line.unit.short_name) or query in line.code)
    ]


def select(every: Sequence[UnitLine], asked: Asked) -> tuple[UnitLine, ...]:
    """The lines that are asked for, sorted."""
    found = [line for line in named(every, asked) if is_shown(line, asked.shown)]
    found.sort(key=lambda line: line.keys[asked.column], reverse=asked.descending)  # type: ignore[arg-type, return-value]
    return tuple(found)


def counts(every: Sequence[UnitLine], asked: Asked) -> dict[Shown, int]:
    """How many each filter would show."""
    found = named(every, asked)
    return {shown: sum(is_shown(line, shown) for line in found) for shown in Shown}


def count_words(shown: int, every: int) -> str:
    """ "31 trên 168 đơn vị"; "168 đơn vị" when all are shown."""
    return (
        f"{print_count(every)} đơn vị" if shown == every else f"{print_count(shown)} trên {print_count(every)} đơn vị"
    )


def owed_by(below: Below) -> str:
    """Which line of OWED a unit stands in."""
    return next(id for id, _words, free in OWED if set(free) == set(below.free))


def unowed_words(below: Below | None) -> str:
    """What no unit of its kind need file, whatever is chosen for this one; "" for nothing."""
    names = {PLAN: "kế hoạch", REPORT: "báo cáo"}
    found = ", ".join(words for kind, words in names.items() if below is not None and kind in below.unowed)
    return f"Đợt này cả loại đơn vị không phải nộp {found} (đặt ở Đợt và biểu mẫu)." if found else ""


def freed(owed: str, reason: str) -> dict[str, str]:
    """The reason by kind of paper for a line of OWED."""
    return dict.fromkeys(next(free for id, _words, free in OWED if id == owed), clean_line(reason))


@dataclass(frozen=True)
class Typed:
    """What a form holds of a unit."""

    code: str
    name: str
    short_name: str
    level: str
    area: str
    contact: str
    phone: str
    since: str = ""


def typed_unit(typed: Typed, known: Unit | None) -> Unit:
    """The unit a form says; what the form does not ask stays as it is known."""
    base = known or Unit("", "", "", "")
    return replace(
        base,
        code=base.code or clean_line(typed.code),
        name=clean_line(typed.name),
        short_name=clean_line(typed.short_name),
        level=typed.level,
        area=clean_line(typed.area),
        contact=clean_line(typed.contact),
        phone=clean_line(typed.phone),
        valid_from=day_typed(typed.since),
    )


def day_typed(words: str) -> date | None:
    """The day, None when it is none."""
    try:
        return parse_date(words)
    except UserError:
        return None


def codes_typed(words: str) -> tuple[str, ...]:
    """Codes between commas or blanks."""
    return tuple(words.replace(",", " ").replace(";", " ").split())


def reading_words(reading: SheetReading) -> str:
    """What a sheet would do, in one or two sentences."""
    if reading.wrong:
        return f"{print_count(len(reading.wrong))} ô phải sửa trong Excel. Chưa ghi gì; sửa xong nhập lại."
    new = sum(one.new for one in reading.differences)
    changed = len(reading.differences) - new
    said = f"Thêm {print_count(new)}, sửa {print_count(changed)}, như cũ {print_count(reading.same)}."
    if reading.absent:
        said += f" {print_count(len(reading.absent))} đơn vị không có trong bảng vẫn được giữ."
    return said


def reading_lines(reading: SheetReading) -> tuple[str, ...]:
    """One line for each wrong cell, else for each difference; what the machine put right first."""
    if reading.wrong:
        return tuple(f"{wrong.address[:1].upper()}{wrong.address[1:]}: {wrong.why}" for wrong in reading.wrong)
    said = [f"Máy tự sửa {note}" for note in reading.notes]
    for one in reading.differences:
        what = "; ".join(one.what)
        head = f"{'Thêm' if one.new else 'Sửa'} {one.unit.code}  {one.unit.short_name or one.unit.name}"
        said.append(f"{head}: {what}" if what else head)
    return tuple(said)
