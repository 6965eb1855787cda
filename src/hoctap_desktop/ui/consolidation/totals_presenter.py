"""What the page Tổng hợp says of the totals: the table as on paper, and one number opened into its units. No Qt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from hoctap_desktop.consolidation.totals import BLANK, NOTHING_CAME, Source, Total, Totals
from hoctap_desktop.form.answers import WORDS, NoNumber
from hoctap_desktop.form.definition import FieldType, Row, Section
from hoctap_desktop.foundation.numbers import print_count
from hoctap_desktop.units.levels import level_word

MUCH = 10
_ENOUGH = 3
_THIN = 60
MAY_REPEAT = "có thể trùng"


@dataclass(frozen=True)
class TotalRow:
    """One row of the table. field: "" for a group. before: last year's total, "" when not known.

    thin: under 60 % of the units are covered. doubtful: a unit stands far above the others.
    """

    field: str
    number: str
    label: str
    value: str = ""
    covered: int = 0
    of: int = 0
    before: str = ""
    may_repeat: bool = False
    doubtful: bool = False

    @property
    def group(self) -> bool:
        return not self.field

    @property
    def coverage(self) -> str:
        return f"{self.covered}/{self.of}"

    @property
    def thin(self) -> bool:
        return self.of > 0 and self.covered * 100 < self.of * _THIN


@dataclass(frozen=True)
class Share:
    """What one unit brings. value: None when it brings no number; words: the number, or why there is none.

    icon, token: of a missing number; far: ten times the median or more.
    """

    unit: str
    value: int | None
    words: str
    package_id: str = ""
    far: bool = False
    icon: str = ""
    token: str = "ink2"


@dataclass(frozen=True)
class Warned:
    """A unit that stands far above the others."""

    title: str
    text: str
    package_id: str


@dataclass(frozen=True)
class Detail:
    """One number opened. middle: the median of the units that wrote a number, None under three of them."""

    field: str
    label: str
    unit: str
    value: str
    coverage: str
    told: tuple[Share, ...]
    silent: tuple[Share, ...]
    middle: float | None
    warned: tuple[Warned, ...]

    @property
    def middle_words(self) -> str:
        if self.middle is None:
            return ""
        return f"Một nửa số đơn vị dưới {print_count(round(self.middle))}"


def table(found: Totals, before: Totals | None) -> tuple[TotalRow, ...]:
    """The rows as on the form; sums of money after them."""
    totals = {total.field.id: total for total in found.numbers}
    last = {total.field.id: total for total in before.numbers} if before else {}
    rows: list[TotalRow] = []
    for section in found.form.sections:
        for row in section.rows:
            if row.is_group:
                rows.append(TotalRow("", row.printed_number, row.label))
            rows += [_row(row.printed_number, _label(row, totals[id]), totals[id], last) for id in row.cells]
    for section in found.form.sections:
        money = [f.id for f in section.fields if f.id in totals and f.type is FieldType.MONEY]
        if money:
            rows.append(TotalRow("", _number(found, section), section.heading))
            rows += [_row("-", totals[id].field.label, totals[id], last) for id in money]
    return tuple(rows)


def detail(total: Total, label: str, before: Totals | None, year: int) -> Detail:
    """One number with its units, the greatest first. year: of the campaign."""
    middle = _middle(total)
    last = _last_year(total.field.id, before)
    told = tuple(_share(source, middle) for source in total.sources if source.value is not None)
    silent = tuple(_share(source, middle) for source in total.sources if source.value is None)
    warned = tuple(
        _warned(source, middle, last.get(source.unit.code), year - 1)
        for source in total.sources
        if middle is not None and _far(source, middle)
    )
    return Detail(
        total.field.id,
        label,
        total.field.unit,
        print_count(total.value) if total.value is not None else "chưa có số",
        f"Tổng từ {total.covered} trên {total.of} đơn vị",
        told,
        silent,
        middle,
        warned,
    )


def silent_words(found: Totals) -> str:
    """The chip beside the title."""
    left = len(found.silent)
    return f"Còn {left} đơn vị chưa có số" if left else f"Đủ {len(found.units)} đơn vị"


def whole_words(level: str) -> str:
    """ "toàn huyện": the area of an office of this level; "" when its level has no word."""
    word = level_word(level)
    return f"toàn {word}" if word else ""


def report_words(level: str) -> str:
    """The words of the primary button."""
    return f"Lập báo cáo {level_word(level)}".strip()


def first_choice(rows: Sequence[TotalRow]) -> str:
    """The row to open first: one to look at, else the first with several units, else none."""
    fields = [row for row in rows if not row.group]
    doubtful = next((row.field for row in fields if row.doubtful), "")
    return doubtful or next((row.field for row in fields[1:2] or fields), "")


def _row(number: str, label: str, total: Total, last: Mapping[str, Total]) -> TotalRow:
    earlier = last.get(total.field.id)
    known = earlier is not None and earlier.value is not None and earlier.covered > 0
    middle = _middle(total)
    return TotalRow(
        total.field.id,
        number,
        label,
        print_count(total.value) if total.value is not None else "",
        total.covered,
        total.of,
        print_count(earlier.value) if known and earlier is not None and earlier.value is not None else "",
        total.may_repeat,
        middle is not None and any(_far(source, middle) for source in total.sources),
    )


def _label(row: Row, total: Total) -> str:
    return row.label if len(row.cells) == 1 else total.field.label


def _number(found: Totals, section: Section) -> str:
    """ "I.4": sums of money stand in the text of the report, not in its table."""
    parents = {one.id: one for one in found.form.sections}
    upper = parents.get(section.parent)
    return ".".join(number for number in (upper.number if upper else "", section.number) if number)


def _middle(total: Total) -> float | None:
    """The median of what the units wrote; None under three of them: two say nothing of the usual size."""
    values = [source.value for source in total.sources if source.value is not None and _wrote(source)]
    return float(median(values)) if len(values) >= _ENOUGH else None


def _wrote(source: Source) -> bool:
    """True when the unit wrote a number; none held counts as 0 in the sum and says nothing of the usual size."""
    return source.value is not None and source.words != WORDS[NoNumber.NOT_HELD]


def _far(source: Source, middle: float) -> bool:
    return middle > 0 and source.value is not None and source.value >= MUCH * middle


def _share(source: Source, middle: float | None) -> Share:
    icon, token = "", "ink2"
    if source.value is None or source.words == WORDS[NoNumber.NOT_HELD]:
        icon, token = _glyph(source)
    far = middle is not None and _far(source, middle)
    name = f"{source.unit.short_name} (nhập hộ)" if source.from_paper else source.unit.short_name
    return Share(name, source.value, source.words, source.package_id, far, icon, token)


def _glyph(source: Source) -> tuple[str, str]:
    if source.words == NOTHING_CAME:
        return "circle", "ink2"
    if source.words == BLANK:
        return "circle-alert", "warn"
    if source.words == WORDS[NoNumber.NOT_HELD]:
        return "circle-minus", "none-held"
    if source.words == WORDS[NoNumber.NOT_APPLICABLE]:
        return "circle-slash", "ink2"
    return "hourglass", "warn"


def _warned(source: Source, middle: float, last: int | None, last_year: int) -> Warned:
    value = source.value or 0
    times = round(value / middle)
    title = f"{source.unit.short_name}: {print_count(value)}, gấp {times} lần mức giữa ({print_count(round(middle))})"
    text = "Có thể gõ thừa một số 0. Hãy xem báo cáo và hỏi lại đơn vị."
    if last is not None:
        text = f"Năm {last_year} đơn vị báo {print_count(last)}. {text}"
    return Warned(title, text, source.package_id)


def _last_year(field: str, before: Totals | None) -> dict[str, int]:
    total = next((one for one in before.numbers if one.field.id == field), None) if before else None
    sources = total.sources if total else ()
    return {source.unit.code: source.value for source in sources if source.value is not None}
