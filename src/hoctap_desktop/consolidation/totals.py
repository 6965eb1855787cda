"""Adding up: every total says how many units it covers, and every number opens into its units. Pure.

0, none held, not yet known, not applicable and blank are five things (domain.md §4): none held adds nothing and is
covered; not yet known and blank are not covered; not applicable leaves the denominator. A sixth is a unit whose form
did not ask: it is not covered, and nobody misses its number.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from datetime import datetime
from functools import cached_property, partial
from itertools import chain

from hoctap_desktop.consolidation.model import Reported, Submission, held_nothing
from hoctap_desktop.filing.model import Summed, SummedUnit
from hoctap_desktop.form.answers import WORDS, Answers, Cell, Count, Missing, NoNumber, cell
from hoctap_desktop.form.definition import Field, FieldType, FormDefinition, RollUp
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.numbers import print_count
from hoctap_desktop.units.model import Unit
from hoctap_desktop.units.past import Past

NOTHING_CAME = "Chưa nộp"
NOT_COUNTED = "chưa tính"
BLANK = "Để trống"
NOT_ASKED = "Mẫu chưa hỏi"
ON_PAPER = "Bản giấy chưa nhập số"


@dataclass(frozen=True)
class Source:
    """What one unit brings to a number. value: what is added, None when it brings none.

    words: the number as printed, or why there is none. covered: the unit's share is known; counts: it stands in the
    denominator. package_id, revision: of the submission, "" and 0 when none came. from_paper: typed here (Nhập hộ).
    asked: False when the form the unit filled in does not have the question.
    """

    unit: Unit
    value: int | None
    words: str
    covered: bool
    counts: bool
    package_id: str = ""
    revision: int = 0
    from_paper: bool = False
    asked: bool = True


@dataclass(frozen=True)
class Uncounted:
    """A paper that came and is not added up. state: why, as on the board ("Trả lại", "Chờ người thứ hai").

    submission: None when all there is of it is the paper (ON_PAPER).
    """

    state: str
    submission: Submission | None

    @property
    def words(self) -> str:
        """ "Trả lại, chưa tính"."""
        return f"{self.state}, {NOT_COUNTED}"


@dataclass(frozen=True)
class Confirmed:
    """A sum that may count one thing twice, as the officer confirmed it. summed: what was added up then.

    shares: digest of who brought what (Total.shares); "" where it was confirmed before that was kept.
    """

    summed: int
    value: int
    reason: str
    who: str
    at: datetime
    shares: str = ""


@dataclass(frozen=True)
class Total:
    """One number of the consolidated table. below: what the units bring, None when none of them has a number.

    own: of the office's own activity, None when blank. covered, of: how many units it is known of, and of how many;
    unasked: how many of the others filled in a form without the question.
    confirmed: by the officer, while the sum is what it was then, of the same shares. lapsed: what was confirmed of
    another sum, or of the same one from other units.
    """

    field: Field
    below: int | None
    own: Cell
    covered: int
    of: int
    trace: Callable[[], tuple[Source, ...]] = dataclass_field(compare=False, repr=False)
    confirmed: Confirmed | None = None
    lapsed: Confirmed | None = None
    unasked: int = 0

    @property
    def shares(self) -> str:
        """Digest of who brings how much, the own activity included: one sum of other units has another one."""
        return _shares(((source.unit.code, source.value or 0) for source in self.sources), self.own_value)

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Every unit, the greatest number first, those without a number after them in the order of the units."""
        return self.trace()

    @property
    def value(self) -> int | None:
        """The units and the own activity together."""
        own = self.own_value
        return self.below if own is None else (self.below or 0) + own

    @property
    def own_value(self) -> int | None:
        """What the own activity adds; none held is 0."""
        match self.own:
            case Count(value):
                return value
            case Missing(NoNumber.NOT_HELD):
                return 0
            case _:
                return None

    @property
    def own_words(self) -> str:
        """The own activity to be read: a number, or why there is none ("Không tổ chức"); "" while it is blank."""
        match self.own:
            case Count(value):
                return print_count(value)
            case Missing(kind):
                return WORDS[kind]
            case _:
                return ""

    @property
    def stated(self) -> int | None:
        """What goes upward: the sum, or what the officer confirmed instead of it."""
        return self.confirmed.value if self.confirmed is not None else self.value

    @property
    def coverage(self) -> str:
        """ "111/165", as it is written into reports and told to machines."""
        return f"{self.covered}/{self.of}"

    @property
    def coverage_words(self) -> str:
        """The same to be read: "2.906/3.321"."""
        return f"{print_count(self.covered)}/{print_count(self.of)}"

    @property
    def missing(self) -> tuple[Source, ...]:
        """The units whose share is not known yet."""
        if self.covered + self.unasked == self.of:
            return ()
        return tuple(source for source in self.sources if source.counts and source.asked and not source.covered)

    @property
    def not_asked(self) -> tuple[Unit, ...]:
        """The units whose form did not ask."""
        return tuple(source.unit for source in self.sources if not source.asked) if self.unasked else ()

    @property
    def may_repeat(self) -> bool:
        """Two levels may report one article: the officer confirms such a sum (domain.md §4)."""
        return self.field.roll_up is RollUp.SUM_MAY_REPEAT

    @property
    def to_confirm(self) -> bool:
        """A sum of several shares that may count one thing twice, and nobody has confirmed it."""
        if not self.may_repeat or self.confirmed is not None or not self.value:
            return False
        shares = sum(1 for source in self.sources if source.value) + bool(self.own_value)
        return shares > 1

    @property
    def cell(self) -> Cell:
        """The total as an answer of the office's own report. Unknown when nobody could tell, with its reason."""
        if self.stated is not None:
            told = [source for source in self.sources if source.covered] if not self.stated else []
            own_held = self.own is not None and self.own != Missing(NoNumber.NOT_HELD)
            none_held = all(source.words == WORDS[NoNumber.NOT_HELD] for source in told)
            if told and none_held and not own_held and self.covered == self.of:
                return Missing(NoNumber.NOT_HELD)
            return Count(self.stated)
        if not self.of:
            return Missing(NoNumber.NOT_APPLICABLE)
        if self.unasked == self.of:
            return Missing(NoNumber.UNKNOWN, f"Biểu mẫu của các đơn vị chưa hỏi ({self.coverage})")
        return Missing(NoNumber.UNKNOWN, f"Chưa đơn vị nào có số ({self.coverage})")


@dataclass(frozen=True)
class Totals:
    """The consolidated table. reported: submissions that were added up; units: all that owe a report.

    own: the office's own activity, as answers by field id. uncounted: papers that came and are not in, by unit code.
    pasts: of a year before, what units that were merged since had then, by their code of today.
    """

    form: FormDefinition
    units: tuple[Unit, ...]
    reported: tuple[Reported, ...]
    numbers: tuple[Total, ...]
    own: Answers = dataclass_field(default_factory=dict)
    uncounted: Mapping[str, Uncounted] = dataclass_field(default_factory=dict)
    pasts: Mapping[str, Past] = dataclass_field(default_factory=dict, compare=False)

    @property
    def illustrative(self) -> bool:
        """True when any of the figures is invented for show."""
        return any(one.submission.illustrative for one in self.reported)

    @property
    def based_on(self) -> tuple[str, ...]:
        """Package ids, in the order of the units."""
        return tuple(one.submission.package_id for one in self.reported)

    @property
    def summed(self) -> Summed:
        """What stands in the office's own report, so that anybody can add it up again."""
        made = {one.submission.unit_code: one.submission for one in self.reported}
        units = tuple(
            SummedUnit(unit.code, made[unit.code].revision, made[unit.code].package_id)
            if unit.code in made
            else SummedUnit(unit.code)
            for unit in self.units
        )
        below = {total.field.id: total.below for total in self.numbers if total.below is not None}
        return Summed(units, below, self.own)

    @property
    def from_paper(self) -> tuple[Unit, ...]:
        """The units whose numbers were typed here from their paper."""
        typed = {one.submission.unit_code for one in self.reported if one.submission.from_paper}
        return tuple(unit for unit in self.units if unit.code in typed)

    @property
    def coverage(self) -> str:
        """How many of the units have reported: "4/4"."""
        return f"{len(self.reported)}/{len(self.units)}"

    @property
    def coverage_words(self) -> str:
        """The same to be read: "2.906/3.321"."""
        return f"{print_count(len(self.reported))}/{print_count(len(self.units))}"

    @property
    def silent(self) -> tuple[Unit, ...]:
        """The units of which nothing is added up."""
        heard = {one.submission.unit_code for one in self.reported}
        return tuple(unit for unit in self.units if unit.code not in heard)

    @property
    def came(self) -> Mapping[str, tuple[Unit, ...]]:
        """Of the silent ones those whose paper came, by why it is not added up ("Trả lại")."""
        found: dict[str, list[Unit]] = {}
        for unit in self.units:
            if unit.code in self.uncounted:
                found.setdefault(self.uncounted[unit.code].state, []).append(unit)
        return {state: tuple(units) for state, units in found.items()}

    def values(self, code: str) -> Mapping[str, int]:
        """What a unit brings to each number, {} for nothing; of one merged since, the sum of what went into it."""
        if code in self.pasts:
            return self.pasts[code].values
        one = self._by_unit.get(code)
        return values_of(self.form, one) if one is not None else {}

    @cached_property
    def _by_unit(self) -> Mapping[str, Reported]:
        return {one.submission.unit_code: one for one in self.reported}

    def number(self, id: str) -> Total:
        """The total of an indicator, with its trace. Raises UserError(INDICATOR_UNKNOWN) naming those there are."""
        found = next((total for total in self.numbers if total.field.id == id), None)
        if found is None:
            known = ", ".join(total.field.id for total in self.numbers)
            raise UserError(Code.INDICATOR_UNKNOWN, indicator=id, known=known)
        return found


def totals(
    form: FormDefinition,
    units: Sequence[Unit],
    reported: Sequence[Reported],
    own: Answers | None = None,
    confirmed: Mapping[str, Confirmed] | None = None,
    uncounted: Mapping[str, Uncounted] | None = None,
) -> Totals:
    """Adds up every number of `form` that climbs. units: those that owe a report; reported: what counts of each.

    own: the office's own activity. confirmed: by the officer, by field id; one of another sum is left out.
    uncounted: by unit code, what came and does not count: it is named where a number is traced.
    A report of a unit that is not among `units` is left out.
    """
    by_unit = {one.submission.unit_code: one for one in reported}
    counted = tuple(by_unit[unit.code] for unit in units if unit.code in by_unit)
    fields = climbing(form)
    count = len(fields)
    tallies = [one.tallies.get(form.hash) or _tally(form, fields, one) for one in counted]
    values = list(chain.from_iterable(tally[0] for tally in tallies))
    marks = b"".join(tally[1] for tally in tallies)
    all_units, numbers = tuple(units), []
    for place, field in enumerate(fields):
        here = marks[place::count]
        known = here.count(_NUMBER)
        below = sum(values[place::count]) if known else None
        trace = partial(_trace, form, field, all_units, by_unit, uncounted or {})
        of, unasked = len(units) - here.count(_NO_USE), here.count(_NOT_ASKED)
        total = Total(field, below, cell(own or {}, field.id), known, of, trace, unasked=unasked)
        given = (confirmed or {}).get(field.id)
        if given is not None:
            brought = zip((one.submission.unit_code for one in counted), values[place::count], strict=True)
            stands = given.summed == total.value and given.shares in ("", _shares(brought, total.own_value))
            total = replace(total, confirmed=given) if stands else replace(total, lapsed=given)
        numbers.append(total)
    return Totals(form, all_units, counted, tuple(numbers), own or {}, uncounted or {})


def _shares(brought: Iterable[tuple[str, int]], own: int | None) -> str:
    said = sorted((code, value) for code, value in brought if value)
    return hashlib.sha256(repr((said, own or 0)).encode()).hexdigest()


def climbing(form: FormDefinition) -> tuple[Field, ...]:
    """The numbers of a form that are added up from below."""
    return tuple(
        field
        for field in form.fields()
        if field.roll_up is not RollUp.NONE and field.type in (FieldType.COUNT, FieldType.MONEY)
    )


def values_of(form: FormDefinition, one: Reported) -> dict[str, int]:
    """What a report brings to each number of the form; a number nobody knows is left out."""
    fields = climbing(form)
    values, marks = one.tallies.get(form.hash) or _tally(form, fields, one)
    return {field.id: value for field, value, mark in zip(fields, values, marks, strict=True) if mark == _NUMBER}


# What a cell is to a sum, a byte each: a column of ten thousand is counted without looking at one of them.
_NUMBER, _UNKNOWN, _NO_USE, _NOT_ASKED = range(4)


def _tally(form: FormDefinition, fields: Sequence[Field], one: Reported) -> tuple[tuple[int, ...], bytes]:
    values, marks = [], []
    for field in fields:
        source = _source(form, field, _NOBODY, one)
        values.append(source.value or 0)
        if source.covered:
            marks.append(_NUMBER)
        elif not source.asked:
            marks.append(_NOT_ASKED)
        else:
            marks.append(_UNKNOWN if source.counts else _NO_USE)
    one.tallies[form.hash] = tuple(values), bytes(marks)
    return one.tallies[form.hash]


_NOBODY = Unit("", "", "", "")


def _trace(
    form: FormDefinition,
    field: Field,
    units: Sequence[Unit],
    by_unit: Mapping[str, Reported],
    uncounted: Mapping[str, Uncounted],
) -> tuple[Source, ...]:
    sources = [_marked(_source(form, field, unit, by_unit.get(unit.code)), by_unit.get(unit.code)) for unit in units]
    if uncounted:
        sources = [_not_counted(source, uncounted.get(source.unit.code)) for source in sources]
    # a stable sort: those without a number keep the order of the units, after all the others
    return tuple(sorted(sources, key=lambda source: -1 if source.value is None else source.value, reverse=True))


def _marked(source: Source, one: Reported | None) -> Source:
    return replace(source, from_paper=True) if one is not None and one.submission.from_paper else source


def _not_counted(source: Source, why: Uncounted | None) -> Source:
    """The way to the paper that came, and why it is not in the sum."""
    if why is None or source.covered:
        return source
    got = why.submission
    if got is None:
        return replace(source, words=why.words)
    return replace(source, words=why.words, package_id=got.package_id, revision=got.revision)


def _source(form: FormDefinition, field: Field, unit: Unit, one: Reported | None) -> Source:
    if one is None:
        return Source(unit, None, NOTHING_CAME, covered=False, counts=True)
    package, revision = one.submission.package_id, one.submission.revision
    at = one.asked_at(form, field.id)
    if not at:
        return Source(unit, None, NOT_ASKED, False, True, package, revision, asked=False)
    match one.cells.get(at):
        case Count(value):
            return Source(unit, value, print_count(value), True, True, package, revision)
        case Missing(NoNumber.NOT_HELD):
            return Source(unit, 0, WORDS[NoNumber.NOT_HELD], True, True, package, revision)
        case Missing(NoNumber.NOT_APPLICABLE):
            return Source(unit, None, WORDS[NoNumber.NOT_APPLICABLE], False, False, package, revision)
        case Missing(NoNumber.UNKNOWN, reason):
            words = WORDS[NoNumber.UNKNOWN] + (f": {reason}" if reason else "")
            return Source(unit, None, words, False, True, package, revision)
        case _:
            return _blank(form, field, unit, one)


def _blank(form: FormDefinition, field: Field, unit: Unit, one: Reported) -> Source:
    """A blank cell brings nothing, except where units are counted: one that held something is one, written or not.

    What it held is read off all it was asked, whichever form is added up on.
    """
    package, revision = one.submission.package_id, one.submission.revision
    asked = one.form or form
    held = any(isinstance(one.cells.get(each.id), Count) for each in asked.indicators())
    if field.roll_up is RollUp.COUNT_UNITS and held and not held_nothing(asked, one.cells):
        return Source(unit, 1, "1 (máy đếm)", True, True, package, revision)
    return Source(unit, None, BLANK, False, True, package, revision)
