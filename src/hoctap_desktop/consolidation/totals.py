"""Adding up: every total says how many units it covers, and every number opens into its units. Pure.

0, none held, not yet known, not applicable and blank are five things (domain.md §4): none held adds nothing and is
covered; not yet known and blank are not covered; not applicable leaves the denominator.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from hoctap_desktop.consolidation.model import Reported, held_nothing
from hoctap_desktop.form.answers import WORDS, Cell, Count, Missing, NoNumber
from hoctap_desktop.form.definition import Field, FieldType, FormDefinition, RollUp
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.numbers import print_count
from hoctap_desktop.units.model import Unit

NOTHING_CAME = "Chưa nộp"
BLANK = "Để trống"


@dataclass(frozen=True)
class Source:
    """What one unit brings to a number. value: what is added, None when it brings none.

    words: the number as printed, or why there is none. covered: the unit's share is known; counts: it stands in the
    denominator. package_id, revision: of the submission, "" and 0 when none came. from_paper: typed here (Nhập hộ).
    """

    unit: Unit
    value: int | None
    words: str
    covered: bool
    counts: bool
    package_id: str = ""
    revision: int = 0
    from_paper: bool = False


@dataclass(frozen=True)
class Total:
    """One number of the consolidated table. value: None when no unit has a number for it.

    sources: every unit, the greatest number first, those without a number after them in the order of the units.
    """

    field: Field
    value: int | None
    sources: tuple[Source, ...]

    @property
    def covered(self) -> int:
        return sum(source.covered for source in self.sources)

    @property
    def of(self) -> int:
        return sum(source.counts for source in self.sources)

    @property
    def coverage(self) -> str:
        """ "111/165"."""
        return f"{self.covered}/{self.of}"

    @property
    def missing(self) -> tuple[Source, ...]:
        """The units whose share is not known yet."""
        return tuple(source for source in self.sources if source.counts and not source.covered)

    @property
    def may_repeat(self) -> bool:
        """Two levels may report one article: the officer confirms such a sum (domain.md §4)."""
        return self.field.roll_up is RollUp.SUM_MAY_REPEAT

    @property
    def cell(self) -> Cell:
        """The total as an answer of the office's own report. Unknown when no unit could tell, with its reason."""
        if self.value is not None and any(source.value is not None for source in self.sources):
            told = [source for source in self.sources if source.covered]
            if self.covered == self.of and all(source.words == WORDS[NoNumber.NOT_HELD] for source in told):
                return Missing(NoNumber.NOT_HELD)
            return Count(self.value)
        if not self.of:
            return Missing(NoNumber.NOT_APPLICABLE)
        return Missing(NoNumber.UNKNOWN, f"Chưa đơn vị nào có số ({self.coverage})")


@dataclass(frozen=True)
class Totals:
    """The consolidated table. reported: submissions that were added up; units: all that owe a report."""

    form: FormDefinition
    units: tuple[Unit, ...]
    reported: tuple[Reported, ...]
    numbers: tuple[Total, ...]

    @property
    def illustrative(self) -> bool:
        """True when any of the figures is invented for show."""
        return any(one.submission.illustrative for one in self.reported)

    @property
    def based_on(self) -> tuple[str, ...]:
        """Package ids, in the order of the units."""
        return tuple(one.submission.package_id for one in self.reported)

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
    def silent(self) -> tuple[Unit, ...]:
        """The units that have not reported."""
        heard = {one.submission.unit_code for one in self.reported}
        return tuple(unit for unit in self.units if unit.code not in heard)

    def number(self, id: str) -> Total:
        """The total of an indicator, with its trace. Raises UserError(INDICATOR_UNKNOWN) naming those there are."""
        found = next((total for total in self.numbers if total.field.id == id), None)
        if found is None:
            known = ", ".join(total.field.id for total in self.numbers)
            raise UserError(Code.INDICATOR_UNKNOWN, indicator=id, known=known)
        return found


def totals(form: FormDefinition, units: Sequence[Unit], reported: Sequence[Reported]) -> Totals:
    """Adds up every number of `form` that climbs. units: those that owe a report; reported: what counts of each.

    A report of a unit that is not among `units` is left out.
    """
    by_unit = {one.submission.unit_code: one for one in reported}
    counted = tuple(by_unit[unit.code] for unit in units if unit.code in by_unit)
    numbers = tuple(
        _total(form, field, units, by_unit)
        for field in form.fields()
        if field.roll_up is not RollUp.NONE and field.type in (FieldType.COUNT, FieldType.MONEY)
    )
    return Totals(form, tuple(units), counted, numbers)


def _total(form: FormDefinition, field: Field, units: Sequence[Unit], by_unit: dict[str, Reported]) -> Total:
    sources = [_marked(_source(form, field, unit, by_unit.get(unit.code)), by_unit.get(unit.code)) for unit in units]
    known = [source.value for source in sources if source.value is not None]
    # a stable sort: those without a number keep the order of the units, after all the others
    ordered = sorted(sources, key=lambda source: -1 if source.value is None else source.value, reverse=True)
    return Total(field, sum(known) if known else None, tuple(ordered))


def _marked(source: Source, one: Reported | None) -> Source:
    return replace(source, from_paper=True) if one is not None and one.submission.from_paper else source


def _source(form: FormDefinition, field: Field, unit: Unit, one: Reported | None) -> Source:
    if one is None:
        return Source(unit, None, NOTHING_CAME, covered=False, counts=True)
    package, revision = one.submission.package_id, one.submission.revision
    match one.cells.get(field.id):
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
    """A blank cell brings nothing, except where units are counted: one that held something is one, written or not."""
    package, revision = one.submission.package_id, one.submission.revision
    held = any(isinstance(one.cells.get(each.id), Count) for each in form.indicators())
    if field.roll_up is RollUp.COUNT_UNITS and held and not held_nothing(form, one.cells):
        return Source(unit, 1, "1 (máy đếm)", True, True, package, revision)
    return Source(unit, None, BLANK, False, True, package, revision)
