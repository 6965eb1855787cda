"""A campaign as plain JSON: sealed into a package of its own, and kept in the store as it came."""

import re

from hoctap_desktop.campaign.model import Campaign, Deadline
from hoctap_desktop.campaign.rules import ID, mistake
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.typed_json import Fields, bad

_ID = re.compile(ID)
_LEVEL = re.compile(r"[a-z][a-z0-9_-]{0,39}")
_KIND = re.compile("plan|report")
_MOST_THEMES = 20
_MOST_SOURCES = 40
_MOST_DEADLINES = 4000
# In the place of a unit's code, which it cannot be: no unit of the level owes the paper. A reader that does not know it
# takes it for the day of a unit it has not.
_NOBODY = "-"


def campaign_value(campaign: Campaign) -> dict[str, JsonValue]:
    """The JSON object of a campaign with its deadlines."""
    return {
        "deadlines": [
            {
                "day": due.day.isoformat(),
                "inclusive": due.inclusive,
                "kind": due.kind,
                "level": due.level,
                "unit": due.unit,
            }
            for due in (*campaign.deadlines, *_freed(campaign))
        ],
        "id": campaign.id,
        "sources": list(campaign.sources),
        "themes": list(campaign.themes),
        "week_from": campaign.week_from.isoformat(),
        "week_to": campaign.week_to.isoformat(),
        "year": campaign.year,
    }


def campaign_from_value(value: JsonValue, where: str) -> Campaign:
    """The campaign in a JSON object. Raises UserError(BAD_CONTENT): a field is wrong, a day is set twice."""
    names = ("deadlines", "id", "sources", "themes", "week_from", "week_to", "year")
    fields = Fields(value, names, where)
    items = fields.items("deadlines", _MOST_DEADLINES)
    deadlines = tuple(_deadline(item, f"{fields.place('deadlines')} › {n}") for n, item in enumerate(items, start=1))
    if len({(due.kind, due.level, due.unit) for due in deadlines}) != len(deadlines):
        raise bad(fields.place("deadlines"))
    freed = frozenset((due.kind, due.level) for due in deadlines if due.unit == _NOBODY)
    campaign = Campaign(
        id=fields.match("id", _ID),
        year=fields.number("year", 2000, 2099),
        themes=fields.texts("themes", _MOST_THEMES, 300),
        week_from=fields.day("week_from"),
        week_to=fields.day("week_to"),
        sources=fields.texts("sources", _MOST_SOURCES, 300),
        deadlines=tuple(due for due in deadlines if due.unit != _NOBODY),
        free=freed,
    )
    wrong = mistake(campaign)
    if wrong is not None:
        raise bad(fields.place(wrong[0]))
    return campaign


def _freed(campaign: Campaign) -> tuple[Deadline, ...]:
    return tuple(Deadline(kind, level, campaign.week_to, unit=_NOBODY) for kind, level in sorted(campaign.free))


def _deadline(value: JsonValue, where: str) -> Deadline:
    fields = Fields(value, ("day", "inclusive", "kind", "level", "unit"), where)
    return Deadline(
        kind=fields.match("kind", _KIND),
        level=fields.match("level", _LEVEL),
        day=fields.day("day"),
        inclusive=fields.flag("inclusive"),
        unit=fields.text("unit", 40),
    )
