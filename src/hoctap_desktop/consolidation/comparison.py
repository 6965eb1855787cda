"""What a received report is held against: the other units of the same level, and the unit's own year before. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from hoctap_desktop.consolidation.model import Reported, newest
from hoctap_desktop.filing.model import Kind
from hoctap_desktop.form.answers import Count
from hoctap_desktop.form.context import Context
from hoctap_desktop.units.model import Unit
from hoctap_desktop.units.past import predecessor_sum


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
) -> Context:
    """The context of a paper of `unit`. received: of this campaign and of the year before, all revisions.

    units: those below by code; a report of any other is left out. week_to: None when nobody knows the campaign's days.
    """
    if kind is not Kind.REPORT:
        return Context(week_to=week_to)
    before = year_before(campaign)
    of_last_year: dict[str, Mapping[str, int]] = {}
    sisters: dict[str, tuple[int, ...]] = {}
    others: dict[str, Mapping[str, int]] = {}
    for one in newest(tuple(_reports(received, (campaign, before)))):
        got, numbers = one.submission, _numbers(one)
        sender = units.get(got.unit_code)
        if got.campaign == before:
            of_last_year[got.unit_code] = numbers
        elif sender is not None and sender.code != unit.code:
            others[sender.short_name or sender.name] = numbers
            if sender.level == unit.level:
                for id, value in numbers.items():
                    sisters[id] = (*sisters.get(id, ()), value)
    # a merged unit is held against what went into it
    last_year = predecessor_sum(unit, units.values(), of_last_year).values
    return Context(last_year=last_year, sisters=sisters, others=others, week_to=week_to)


def _reports(received: Sequence[Reported], campaigns: tuple[str, ...]) -> Iterator[Reported]:
    return (one for one in received if one.submission.kind is Kind.REPORT and one.submission.campaign in campaigns)


def _numbers(one: Reported) -> dict[str, int]:
    return {id: found.value for id, found in one.cells.items() if isinstance(found, Count)}
