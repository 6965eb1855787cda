"""What is worth a second look before numbers go upward: each doubt names unit and cell, and says why. Pure.

The rules are those of domain.md §4: ten times more or less than last year or than the median of sister units, values
far outside the spread of the sisters, the table of another unit or of last year, all multiples of 100, attendees
without talks and their like. A doubt is a question to the unit, never a correction.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from statistics import median

from hoctap_desktop.consolidation.totals import Totals, climbing
from hoctap_desktop.form.answers import Answers, Cell, Count, cell_json
from hoctap_desktop.form.checks import CHECKS
from hoctap_desktop.form.context import NOTHING_ELSE_KNOWN
from hoctap_desktop.form.definition import Field, FieldType, FormDefinition
from hoctap_desktop.foundation.numbers import print_count
from hoctap_desktop.units.model import Unit

TIMES = 10
ROUND = 100
# Under three sisters a median says nothing of the usual size, under eight their spread says nothing.
_SISTERS = 3
_SPREAD = 8
# How far outside: in median absolute deviations, scaled to standard deviations of a normal spread (1.4826), and at
# least three times the median, so that a narrow spread does not make everybody suspect.
_DEVIATIONS, _SCALE, _LEAST_TIMES = 6, 1.4826, 3
# Small tables of one and two agree by chance; three numbers above ten do not.
_TELLING, _ENOUGH_TELLING = 10, 3
_OF_ONE_TABLE = frozenset({"needs", "at_most", "ratio_between", "held_needs"})


class Why(StrEnum):
    """The rule that spoke."""

    LAST_YEAR = "last_year"
    SISTERS = "sisters"
    SPREAD = "spread"
    COPIED = "copied"
    SAME_AS_LAST_YEAR = "same_as_last_year"
    ROUND = "round"
    TABLE = "table"


WHY_WORDS: Mapping[Why, str] = {
    Why.LAST_YEAR: "khác hẳn năm trước",
    Why.SISTERS: "khác hẳn đơn vị bạn",
    Why.SPREAD: "xa các đơn vị bạn",
    Why.COPIED: "trùng bảng của đơn vị khác",
    Why.SAME_AS_LAST_YEAR: "trùng bảng năm trước",
    Why.ROUND: "mọi số đều tròn trăm",
    Why.TABLE: "các ô không khớp nhau",
}


@dataclass(frozen=True)
class Outlier:
    """One doubt. id: the same while unit, cell and value are the same. field: None for a whole table.

    sentence: why, with the numbers compared; reason: why the officer put it aside, "" while it stands.
    """

    id: str
    why: Why
    unit: Unit
    field: Field | None
    value: int | None
    sentence: str
    package_id: str
    reason: str = ""

    @property
    def place(self) -> str:
        """What a person calls the cell."""
        return self.field.label if self.field is not None else "Cả bảng"

    @property
    def standing(self) -> bool:
        return not self.reason


Outliers = tuple[Outlier, ...]
Table = Mapping[str, int]


def outliers(found: Totals, before: Totals | None = None, dismissed: Mapping[str, str] | None = None) -> Outliers:
    """Every doubt about the reports that were added up, in the order of units, then of the form.

    before: of the year before, None when nothing is known. dismissed: reasons by id.
    """
    fields = tuple(field for field in climbing(found.form) if field.type is FieldType.COUNT)
    units = {unit.code: unit for unit in found.units}
    cells = {one.submission.unit_code: one.cells_on(found.form) for one in found.reported}
    tables = {code: _numbers(fields, answered) for code, answered in cells.items()}
    counts = {field.id for field in fields}
    last = _last_year(before, found.units, counts) if before else {}
    merged = {code: past for code, past in before.pasts.items() if past.merged} if before else {}
    usual = _usual(fields, units, tables)
    same = _same(tables)
    doubts: list[Outlier] = []
    for one in found.reported:
        code = one.submission.unit_code
        unit, table = units[code], tables[code]
        make = _Maker(unit, one.submission.package_id)
        for field in fields:
            value = table.get(field.id)
            if value is not None:
                before_value = last.get(code, {}).get(field.id)
                sum_of = len(merged[code].summed) if code in merged else 0
                doubts += _of_number(make, field, value, before_value, usual.get((unit.level, field.id)), sum_of)
        doubts += _of_table(make, found.form, cells[code])
        doubts += _of_whole(make, table, last.get(code), [units[each] for each in same.get(code, ())])
    reasons = dismissed or {}
    return tuple(replace(one, reason=reasons.get(one.id, "")) for one in doubts)


@dataclass(frozen=True)
class _Maker:
    unit: Unit
    package_id: str

    def __call__(self, why: Why, field: Field | None, value: int | None, sentence: str, mark: str = "") -> Outlier:
        place = field.id if field is not None else "*"
        last = mark or (str(value) if value is not None else self.package_id[:12])
        id = f"{why.value}.{self.unit.code}.{place}.{last}"
        return Outlier(id, why, self.unit, field, value, sentence, self.package_id)


@dataclass(frozen=True)
class _Usual:
    """Of the units of one level: the middle, how far a half of them stand from it, how many there are."""

    middle: float
    deviation: float
    count: int


def _numbers(fields: Sequence[Field], cells: Mapping[str, Cell]) -> Table:
    return {field.id: found.value for field in fields if isinstance(found := cells.get(field.id), Count)}


def _usual(
    fields: Sequence[Field], units: Mapping[str, Unit], tables: Mapping[str, Table]
) -> dict[tuple[str, str], _Usual]:
    by_level: dict[str, list[Table]] = {}
    for code, table in tables.items():
        by_level.setdefault(units[code].level, []).append(table)
    found: dict[tuple[str, str], _Usual] = {}
    for level, sisters in by_level.items():
        for field in fields:
            values = [table[field.id] for table in sisters if field.id in table]
            if len(values) > _SISTERS:  # the unit itself and three others
                middle = median(values)
                found[level, field.id] = _Usual(middle, median(abs(value - middle) for value in values), len(values))
    return found


def _last_year(before: Totals, units: Sequence[Unit], counts: Collection[str]) -> dict[str, Table]:
    """The counts of each unit in the year before; of a merged one the sum of those that went into it."""
    told = {one.submission.unit_code for one in before.reported} | set(before.pasts)
    found = ((unit.code, before.values(unit.code)) for unit in units if unit.code in told)
    return {code: {id: value for id, value in values.items() if id in counts} for code, values in found if values}


def _of_number(
    make: _Maker, field: Field, value: int, last: int | None, usual: _Usual | None, sum_of: int = 0
) -> Iterator[Outlier]:
    """sum_of: of how many units before it last year's number is the sum, 0 when it is the unit's own."""
    shown = f"{print_count(value)} {field.unit}".strip()
    if value and last and (value >= last * TIMES or value * TIMES <= last):
        told = print_count(last) + (f" (cộng {sum_of} đơn vị trước đây)" if sum_of else "")
        yield make(Why.LAST_YEAR, field, value, f"Ghi {shown}, năm trước {told}: {_times(value, last)}.")
    if usual is None or not value or not usual.middle:
        return
    middle = usual.middle
    told = f"một nửa số đơn vị cùng cấp dưới {print_count(round(middle))}"
    if value >= middle * TIMES or value * TIMES <= middle:
        yield make(Why.SISTERS, field, value, f"Ghi {shown}, {told}: {_times(value, middle)}.")
    elif usual.count >= _SPREAD and usual.deviation:
        away = abs(value - middle) / (_SCALE * usual.deviation)
        far = max(value / middle, middle / value) >= _LEAST_TIMES
        if away > _DEVIATIONS and far:
            yield make(Why.SPREAD, field, value, f"Ghi {shown}, {told} và phần lớn ở gần mức đó.")


def _times(value: float, other: float) -> str:
    if value >= other:
        return f"gấp {print_count(round(value / other))} lần"
    return f"chỉ bằng 1/{print_count(round(other / value))}"


def _of_table(make: _Maker, form: FormDefinition, cells: Mapping[str, Cell]) -> Iterator[Outlier]:
    """The form's own rules about one number against another: attendees without talks, more cases than books …"""
    answers: Answers = {id: cell_json(found) for id, found in cells.items()}
    for rule in form.rules:
        if rule.check in _OF_ONE_TABLE:
            for hit in CHECKS[rule.check].run(rule, form, answers, NOTHING_ELSE_KNOWN):
                field = form.field(hit.field)
                found = cells.get(hit.field)
                value = found.value if isinstance(found, Count) else None
                mark = f"{rule.id}.{hit.facts.get('value', '')}.{hit.facts.get('other', '')}"
                yield make(Why.TABLE, field, value, rule.message.format_map(hit.facts), mark)


def _of_whole(make: _Maker, table: Table, last: Table | None, same: Sequence[Unit]) -> Iterator[Outlier]:
    if same:
        names = ", ".join(unit.short_name for unit in same[:3]) + ("…" if len(same) > 3 else "")
        yield make(Why.COPIED, None, None, f"Toàn bộ số liệu trùng với {names}. Có thể nhập nhầm bảng.")
    if last and _telling(table) and dict(last) == dict(table):
        yield make(Why.SAME_AS_LAST_YEAR, None, None, "Toàn bộ số liệu trùng với chính đơn vị năm trước.")
    told = [value for value in table.values() if value]
    if len(told) >= _ENOUGH_TELLING and all(value % ROUND == 0 for value in told):
        yield make(Why.ROUND, None, None, f"Cả {len(told)} số khác 0 đều tròn trăm: có thể là số ước, chưa đếm.")


def _telling(table: Table) -> bool:
    return sum(value > _TELLING for value in table.values()) >= _ENOUGH_TELLING


def _same(tables: Mapping[str, Table]) -> dict[str, list[str]]:
    """For each unit whose table others have too: those others."""
    by_content: dict[tuple[tuple[str, int], ...], list[str]] = {}
    for code, table in tables.items():
        if _telling(table):
            by_content.setdefault(tuple(sorted(table.items())), []).append(code)
    families = [family for family in by_content.values() if len(family) > 1]
    return {code: [other for other in family if other != code] for family in families for code in family}
