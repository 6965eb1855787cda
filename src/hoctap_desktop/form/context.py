"""What a check may look at beside the answers themselves. What is not known is left out, and its checks stay silent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Context:
    """last_year: own numbers of the year before, by field id. sisters: numbers of units of the same kind, by field id.

    others: whole tables of other units, by unit name.
    own_and_children: own activity plus the units below, where both are known. week_to: last day of the Week.
    plan_text: the body of the plan of the same campaign.
    """

    last_year: Mapping[str, int] = field(default_factory=dict)
    sisters: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    others: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    own_and_children: Mapping[str, int] = field(default_factory=dict)
    week_to: date | None = None
    plan_text: str = ""


NOTHING_ELSE_KNOWN = Context()
