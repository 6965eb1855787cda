"""What the page Tổng hợp says of the totals: the table as on paper, and one number opened into its units. No Qt."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from hoctap_desktop.consolidation.outliers import WHY_WORDS, Outliers
from hoctap_desktop.consolidation.printed import OWN_WORDS
from hoctap_desktop.consolidation.sent import AsSent
from hoctap_desktop.consolidation.status import STATE_WORDS, State
from hoctap_desktop.consolidation.totals import (
    BLANK,
    NOT_ASKED,
    NOT_COUNTED,
    NOTHING_CAME,
    ON_PAPER,
    Source,
    Total,
    Totals,
)
from hoctap_desktop.form.answers import WORDS, NoNumber
from hoctap_desktop.form.definition import FieldType, Row, Section
from hoctap_desktop.foundation.clock import VIETNAM
from hoctap_desktop.foundation.dates import print_date
from hoctap_desktop.foundation.numbers import print_count
from hoctap_desktop.units.levels import unit_word
from hoctap_desktop.units.model import Unit

_ENOUGH = 3
_THIN = 60
MAY_REPEAT = "có thể trùng"


@dataclass(frozen=True)
class TotalRow:
    """One row of the table. field: "" for a group. before: last year's total, "" when not known.

    unasked: how many units filled in a form without the question; thin: under 60 % of the others are covered.
    doubtful: a unit stands far above the others.
    """

    field: str
    number: str
    label: str
    value: str = ""
    covered: int = 0
    of: int = 0
    unasked: int = 0
    before: str = ""
    may_repeat: bool = False
    doubtful: bool = False

    @property
    def group(self) -> bool:
        return not self.field

    @property
    def coverage(self) -> str:
        return f"{print_count(self.covered)}/{print_count(self.of)}"

    @property
    def thin(self) -> bool:
        asked = self.of - self.unasked
        return asked > 0 and self.covered * 100 < asked * _THIN


@dataclass(frozen=True)
class Share:
    """What one unit brings. value: None when it brings no number; words: the number, or why there is none.

    icon, token: of a missing number; far: worth a second look. before: last year's number, None when not known.
    own: the office's own activity, no unit. merged: last year's number is the sum of units before it, in words.
    """

    unit: str
    value: int | None
    words: str
    package_id: str = ""
    far: bool = False
    icon: str = ""
    token: str = "ink2"
    before: int | None = None
    own: bool = False
    merged: str = ""


@dataclass(frozen=True)
class Warned:
    """A doubt about one cell. id: what to say when it is put aside."""

    title: str
    text: str
    package_id: str
    id: str = ""


@dataclass(frozen=True)
class Years:
    """This year against the last: two bars with their figures. before: None when nothing is known of it."""

    year: int
    value: int | None
    before: int | None

    @property
    def words(self) -> str:
        """How the bars are read aloud."""
        said = [f"năm {self.year - 1} {_shown(self.before)}", f"năm {self.year} {_shown(self.value)}"]
        return ", ".join(said)


@dataclass(frozen=True)
class Confirming:
    """What is to be said of a sum that may count one thing twice. done: somebody confirmed it."""

    title: str
    text: str
    done: bool


@dataclass(frozen=True)
class DoubtRow:
    """One doubt in the list of all. standing: nobody put it aside."""

    key: str
    title: str
    text: str
    standing: bool
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
    years: Years | None = None
    confirming: Confirming | None = None

    @property
    def middle_words(self) -> str:
        if self.middle is None:
            return ""
        return f"Một nửa số đơn vị dưới {print_count(round(self.middle))}"

    @property
    def merged_words(self) -> str:
        """What the star beside a unit means; with one such unit, whose sum it is."""
        starred = [share for share in (*self.told, *self.silent) if share.merged]
        if not starred:
            return ""
        if len(starred) == 1:
            return f"* Năm trước: {starred[0].merged}"
        return f"* {print_count(len(starred))} đơn vị mới: năm trước là tổng của các đơn vị trước đây."


def table(found: Totals, before: Totals | None, doubts: Outliers = ()) -> tuple[TotalRow, ...]:
    """The rows as on the form; sums of money after them."""
    marked = {one.field.id for one in doubts if one.standing and one.field is not None}
    totals = {total.field.id: total for total in found.numbers}
    last = {total.field.id: total for total in before.numbers} if before else {}
    rows: list[TotalRow] = []
    for section in found.form.sections:
        for row in section.rows:
            if row.is_group:
                rows.append(TotalRow("", row.printed_number, row.label))
            rows += [_row(row.printed_number, _label(row, totals[id]), totals[id], last, marked) for id in row.cells]
    for section in found.form.sections:
        money = [f.id for f in section.fields if f.id in totals and f.type is FieldType.MONEY]
        if money:
            rows.append(TotalRow("", _number(found, section), section.heading))
            rows += [_row("-", totals[id].field.label, totals[id], last, marked) for id in money]
    return tuple(rows)


def detail(total: Total, label: str, before: Totals | None, year: int, doubts: Outliers = ()) -> Detail:
    """One number with its units, the greatest first. year: of the campaign."""
    middle = _middle(total)
    last = _last_year(total, before)
    here = [one for one in doubts if one.standing and one.field is not None and one.field.id == total.field.id]
    far = {one.unit.code for one in here}
    merged = {code: past.words for code, past in before.pasts.items()} if before else {}
    told = tuple(_share(source, far, last, merged) for source in total.sources if source.value is not None)
    silent = tuple(_share(source, far, last, merged) for source in total.sources if source.value is None)
    if total.own_value is not None:
        told = (Share(OWN_WORDS, total.own_value, total.own_words, own=True), *told)
    warned = tuple(
        Warned(
            f"{one.unit.short_name}: {_shown(one.value)}, {WHY_WORDS[one.why]}", one.sentence, one.package_id, one.id
        )
        for one in here
    )
    known = next((one for one in before.numbers if one.field.id == total.field.id), None) if before else None
    years = Years(year, total.stated, known.value) if known is not None and known.value is not None else None
    return Detail(
        total.field.id,
        label,
        total.field.unit,
        _shown(total.stated),
        _coverage_words(total),
        told,
        silent,
        middle,
        warned,
        years,
        _confirming(total),
    )


def _coverage_words(total: Total) -> str:
    said = f"Tổng từ {print_count(total.covered)} trên {print_count(total.of)} đơn vị"
    return f"{said}; mẫu của {print_count(total.unasked)} đơn vị chưa hỏi" if total.unasked else said


def as_sent_words(made: AsSent) -> str:
    """What came of making the sent report again."""
    day = print_date(made.sent.sealed_at.astimezone(VIETNAM).date())
    begun = f"Bản đã gửi lần {made.sent.revision} ngày {day}"
    if made.same:
        changed = f" ({len(made.overridden)} số cơ quan ghi khác số cộng)" if made.overridden else ""
        return f"{begun}: dựng lại từ các báo cáo đã cộng, giống hệt{changed}."
    return f"{begun}: dựng lại không khớp. {'; '.join(made.wrong[:3])}. Bản đã gửi vẫn còn nguyên trong máy."


def doubt_rows(doubts: Outliers) -> tuple[DoubtRow, ...]:
    """Every doubt as a line of the list; those put aside come last, with the reason."""
    ordered = sorted(doubts, key=lambda one: not one.standing)
    return tuple(
        DoubtRow(
            one.id,
            f"{one.unit.short_name}, {one.place[:1].lower()}{one.place[1:]}",
            one.sentence if one.standing else f"{one.sentence} Đã giữ: {one.reason}",
            one.standing,
            one.package_id,
        )
        for one in ordered
    )


def _confirming(total: Total) -> Confirming | None:
    given = total.confirmed
    if given is not None:
        said = f"{given.who + ', ' if given.who else ''}{print_date(given.at.astimezone(VIETNAM).date())}"
        title = f"Đã xác nhận {print_count(given.value)}, máy cộng được {print_count(given.summed)}"
        return Confirming(title, f"{given.reason} ({said})", True)
    if not total.to_confirm:
        return None
    text = f"Hai nơi có thể cùng báo một bài, tin. Máy cộng được {_shown(total.value)}, cần cán bộ xác nhận."
    if total.lapsed is not None:
        text = f"Máy cộng được {_shown(total.value)}. {lapsed_words(total)}"
        return Confirming("Số đã thay đổi, cần xác nhận lại", text, False)
    return Confirming("Tổng này có thể tính trùng", text, False)


def lapsed_words(total: Total) -> str:
    """What was confirmed before the reports changed; "" when nothing was."""
    old = total.lapsed
    if old is None:
        return ""
    when = f"khi máy cộng được {print_count(old.summed)}" if old.summed != total.value else "khi từ những đơn vị khác"
    return f"Đã xác nhận {print_count(old.value)} {when} ({old.reason})."


def _shown(value: int | None) -> str:
    return print_count(value) if value is not None else "chưa có số"


def silent_words(found: Totals) -> str:
    """The chip beside the title."""
    left, came = len(found.silent), len(found.uncounted)
    if came and came == left:
        return f"Còn {print_count(left)} bản chưa tính"
    behind = f", {print_count(came)} bản chưa tính" if came else ""
    return (
        f"Còn {print_count(left)} đơn vị chưa có số{behind}" if left else f"Đủ {print_count(len(found.units))} đơn vị"
    )


def left_words(found: Totals, doubts: Outliers) -> str:
    """What the officer has not looked at yet, "" for nothing."""
    sums, odd = sum(total.to_confirm for total in found.numbers), sum(one.standing for one in doubts)
    said = [f"{print_count(sums)} tổng có thể trùng chưa xác nhận"] if sums else []
    said += [f"{print_count(odd)} chỗ khác thường chưa xem"] if odd else []
    return f"Còn {' và '.join(said)}." if said else ""


def whole_words(own: Unit) -> str:
    """ "toàn huyện": the area of an office; "" when its level has no word."""
    word = unit_word(own)
    return f"toàn {word}" if word else ""


def report_words(own: Unit) -> str:
    """The words of the primary button."""
    return f"Lập báo cáo {unit_word(own)}".strip()


def first_choice(rows: Sequence[TotalRow]) -> str:
    """The row to open first: one to look at, else the first with several units, else none."""
    fields = [row for row in rows if not row.group]
    doubtful = next((row.field for row in fields if row.doubtful), "")
    return doubtful or next((row.field for row in fields[1:2] or fields), "")


def _row(number: str, label: str, total: Total, last: Mapping[str, Total], marked: Collection[str]) -> TotalRow:
    earlier = last.get(total.field.id)
    known = earlier is not None and earlier.value is not None and earlier.covered > 0
    return TotalRow(
        total.field.id,
        number,
        label,
        print_count(total.stated) if total.stated is not None else "",
        total.covered,
        total.of,
        total.unasked,
        print_count(earlier.value) if known and earlier is not None and earlier.value is not None else "",
        total.to_confirm,
        total.field.id in marked,
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


def _share(source: Source, far: Collection[str], last: Mapping[str, int], merged: Mapping[str, str]) -> Share:
    icon, token = "", "ink2"
    if source.value is None or source.words == WORDS[NoNumber.NOT_HELD]:
        icon, token = _glyph(source)
    name = f"{source.unit.short_name} (nhập hộ)" if source.from_paper else source.unit.short_name
    doubtful = source.unit.code in far
    before = last.get(source.unit.code)
    sum_words = merged.get(source.unit.code, "") if before is not None else ""
    name += " *" if sum_words else ""
    return Share(name, source.value, source.words, source.package_id, doubtful, icon, token, before, merged=sum_words)


def _glyph(source: Source) -> tuple[str, str]:
    if source.words == NOTHING_CAME:
        return "circle", "ink2"
    if source.words.endswith(NOT_COUNTED):
        if source.words.startswith(STATE_WORDS[State.RETURNED]):
            return "undo-2", "returned"
        return ("file-pen-line", "warn") if source.words.startswith(ON_PAPER) else ("users", "pri")
    if source.words == BLANK:
        return "circle-alert", "warn"
    if source.words == WORDS[NoNumber.NOT_HELD]:
        return "circle-minus", "none-held"
    if source.words in (WORDS[NoNumber.NOT_APPLICABLE], NOT_ASKED):
        return "circle-slash", "ink2"
    return "hourglass", "warn"


def _last_year(total: Total, before: Totals | None) -> dict[str, int]:
    """Last year's numbers of the units of now; of a merged one the sum of those that went into it."""
    if before is None:
        return {}
    found = {source.unit.code: before.values(source.unit.code).get(total.field.id) for source in total.sources}
    return {code: value for code, value in found.items() if value is not None}
