"""What a received report is held against: the other units of the same level, and the unit's own year before. Pure."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from hoctap_desktop.consolidation.model import NOTHING_DECIDED, Decided, Reported, newest
from hoctap_desktop.filing.model import Kind
from hoctap_desktop.form.answers import Count
from hoctap_desktop.form.context import Context, Others
from hoctap_desktop.form.definition import FormDefinition
from hoctap_desktop.units.model import Unit
from hoctap_desktop.units.past import Ancestry, predecessor_sum

_LEAST_SISTERS = 3  # a median of one or two units says nothing about what is usual
_Key = tuple[str, str]  # unit and series
_Table = Mapping[str, int]
_NO_NAMES: Mapping[str, str] = MappingProxyType({})


def year_before(campaign: str) -> str:
    """ "2021" of "2022"; "" of a campaign that is not called by a year."""
    year = campaign[:4]
    return str(int(year) - 1) if year.isascii() and year.isdigit() else ""


def compared_with(
    unit: Unit,
    campaign: str,
    kind: Kind,
    week_to: date | None,
    received: Sequence[Reported],
    units: Mapping[str, Unit],
    decided: Decided = NOTHING_DECIDED,
    form: FormDefinition | None = None,
) -> Context:
    """The context of a paper of `unit` on `form`. received: of this campaign and of the year before, all revisions.

    units: those below by code; a report of any other is left out. week_to: None when nobody knows the campaign's days.
    """
    return Neighbours(campaign, received, units, decided).context(unit, kind, week_to, form)


class Neighbours:
    """Everything the reports of a campaign are held against, kept up while they come in.

    A report costs the same whether it is the tenth or the three thousandth: nothing is gone through anew.
    """

    def __init__(
        self,
        campaign: str,
        received: Iterable[Reported],
        units: Mapping[str, Unit],
        decided: Decided = NOTHING_DECIDED,
    ) -> None:
        """As compared_with."""
        self._campaign, self._before = campaign, year_before(campaign)
        self._units = units
        self._decided = decided
        self._questions = _Questions()
        self._ancestry = Ancestry(units.values())
        self._same: dict[_Key, tuple[Reported, ...]] = {}
        self._counting: dict[_Key, Reported] = {}
        self._last_year: dict[str, _Table] = {}
        self._tables = _Tables(units)
        # by level: by question: the numbers of all units of that level, in order
        self._numbers: dict[str, dict[str, list[int]]] = {}
        for reported in received:
            if self._is_ours(reported):
                key = _key(reported)
                self._same[key] = (*self._same.get(key, ()), reported)
        for key, same in self._same.items():
            self._enter(key, newest(same, decided)[0], sort=False)
        for by_field in self._numbers.values():
            for values in by_field.values():
                values.sort()

    def add(self, reported: Reported) -> None:
        """One more came in. Another kind or another campaign's changes nothing."""
        if not self._is_ours(reported):
            return
        key = _key(reported)
        self._same[key] = (*self._same.get(key, ()), reported)
        counts = newest(self._same[key], self._decided)[0]
        if counts is not self._counting.get(key):
            self._leave(key)
            self._enter(key, counts, sort=True)

    def context(self, unit: Unit, kind: Kind, week_to: date | None, form: FormDefinition | None = None) -> Context:
        """What a paper of `unit`, filled in on `form`, is held against; its own numbers are left out."""
        if kind is not Kind.REPORT:
            return Context(week_to=week_to)
        own = self._tables.of(unit.code) or {}
        by_field = self._numbers.get(unit.level, {})
        usual = {name: _median(values, own.get(name)) for name, values in by_field.items()}
        names = self._questions.of(form)
        return Context(
            # a merged unit is held against what went into it
            last_year=_as_asked(names, predecessor_sum(unit, self._ancestry, self._last_year).values),
            usual=_as_asked(names, {name: found for name, found in usual.items() if found is not None}),
            others=_OthersThan(self._tables, unit.code, names),
            week_to=week_to,
        )

    def _is_ours(self, reported: Reported) -> bool:
        got = reported.submission
        return got.kind is Kind.REPORT and got.campaign in (self._campaign, self._before)

    def _enter(self, key: _Key, reported: Reported, *, sort: bool) -> None:
        """sort: keep the lists in order; else they are sorted at the end."""
        self._counting[key] = reported
        got, numbers = reported.submission, _numbers(reported, self._questions.of(reported.form))
        if got.campaign == self._before:
            self._last_year[got.unit_code] = numbers
        elif (sender := self._units.get(got.unit_code)) is not None:
            self._tables.enter(sender.code, numbers)
            by_field = self._numbers.setdefault(sender.level, {})
            for id, value in numbers.items():
                values = by_field.setdefault(id, [])
                if sort:
                    insort(values, value)
                else:
                    values.append(value)

    def _leave(self, key: _Key) -> None:
        reported = self._counting.pop(key, None)
        if reported is None:
            return
        got = reported.submission
        if got.campaign == self._before:
            del self._last_year[got.unit_code]
        elif (sender := self._units.get(got.unit_code)) is not None:
            for id, value in self._tables.leave(sender.code).items():
                values = self._numbers[sender.level][id]
                del values[bisect_left(values, value)]


class _Questions:
    """One name for a question, whatever a form calls it: two offices may give one number to two questions."""

    def __init__(self) -> None:
        self._by_form: dict[str, Mapping[str, str]] = {}
        self._known: list[tuple[FormDefinition, str, str]] = []

    def of(self, form: FormDefinition | None) -> Mapping[str, str]:
        """The names of what an office added to this form itself, by id; every other id is its own name."""
        if form is None:
            return _NO_NAMES
        names = self._by_form.get(form.hash)
        if names is None:
            names = self._by_form[form.hash] = {id: self._name(form, id) for id in form.offices_own}
        return names

    def _name(self, form: FormDefinition, id: str) -> str:
        for known, asked_as, name in self._known:
            if known.asked_at(form, id) == asked_as:
                return name
        taken = {name for _, _, name in self._known}
        name = id if id not in taken else f"{id} {len(taken)}"
        self._known.append((form, id, name))
        return name


def _as_asked(names: Mapping[str, str], found: _Table) -> _Table:
    """Numbers by question as numbers by the ids of the form these names are of."""
    if not names:
        return found
    ids = {name: id for id, name in names.items()}
    return {ids.get(name, name): value for name, value in found.items() if name in ids or name not in names}


class _Tables:
    """The numbers of each unit, found by what they are: a copied report is found without going through all others."""

    def __init__(self, units: Mapping[str, Unit]) -> None:
        self._units = units
        self._by_unit: dict[str, _Table] = {}
        # by the fields that are compared: by their values: the units that have just these, in the order they came
        self._alike: dict[tuple[str, ...], dict[tuple[int | None, ...], dict[str, None]]] = {}

    def __len__(self) -> int:
        return len(self._by_unit)

    def of(self, code: str) -> _Table | None:
        return self._by_unit.get(code)

    def enter(self, code: str, table: _Table) -> None:
        self._by_unit[code] = table
        for fields, by_values in self._alike.items():
            by_values.setdefault(_values(table, fields), {})[code] = None

    def leave(self, code: str) -> _Table:
        table = self._by_unit.pop(code)
        for fields, by_values in self._alike.items():
            del by_values[_values(table, fields)][code]
        return table

    def same_as(self, own: _Table, fields: tuple[str, ...], but: str) -> str:
        """The name of the first unit other than `but` whose numbers of `fields` are `own`; "" for none."""
        if fields not in self._alike:
            by_values = self._alike[fields] = {}
            for code, table in self._by_unit.items():
                by_values.setdefault(_values(table, fields), {})[code] = None
        alike = (code for code in self._alike[fields].get(_values(own, fields), {}) if code != but)
        return next((self._units[code].short_name or self._units[code].name for code in alike), "")


class _OthersThan(Others):
    """The tables of all units but one. names: what the paper's form calls its questions."""

    def __init__(self, tables: _Tables, code: str, names: Mapping[str, str]) -> None:
        super().__init__()
        self._all, self._code, self._names = tables, code, names

    def __bool__(self) -> bool:
        return len(self._all) > (self._all.of(self._code) is not None)

    def same_as(self, own: _Table, fields: Sequence[str]) -> str:
        names = self._names
        if names:
            own, fields = {names.get(id, id): value for id, value in own.items()}, [names.get(id, id) for id in fields]
        return self._all.same_as(own, tuple(fields), self._code)


def _key(reported: Reported) -> _Key:
    return reported.submission.unit_code, reported.submission.series


def _values(table: _Table, fields: Iterable[str]) -> tuple[int | None, ...]:
    return tuple(map(table.get, fields))


def _median(values: Sequence[int], own: int | None) -> int | None:
    """The median of numbers in order without one of them, rounded down; None for too few."""
    count = len(values) - (own is not None)
    if count < _LEAST_SISTERS:
        return None
    gap = bisect_left(values, own) if own is not None else count

    def at(place: int) -> int:
        return values[place + (place >= gap)]

    middle = count // 2
    return at(middle) if count % 2 else (at(middle - 1) + at(middle)) // 2


def _numbers(one: Reported, names: Mapping[str, str]) -> dict[str, int]:
    return {names.get(id, id): value for id, value in _counts(one)} if names else dict(_counts(one))


def _counts(one: Reported) -> Iterator[tuple[str, int]]:
    return ((id, found.value) for id, found in one.cells.items() if isinstance(found, Count))
