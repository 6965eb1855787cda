"""Who may file for a unit that was merged: the unit that took its place, and the one that took that one's place."""

from collections.abc import Mapping, Sequence
from datetime import date

from hoctap_desktop.units.model import Unit


def succession(units: Sequence[Unit], on: date) -> Mapping[str, frozenset[str]]:
    """For each unit that had ended by `on`: the codes of its successors (domain.md §1). A unit that stands has none."""
    ended = {
        unit.code: unit.successor
        for unit in units
        if unit.successor and unit.valid_to is not None and unit.valid_to < on
    }
    return {code: _after(code, ended) for code in ended}


def _after(code: str, ended: Mapping[str, str]) -> frozenset[str]:
    found: set[str] = set()
    while code in ended and ended[code] not in found:
        code = ended[code]
        found.add(code)
    return frozenset(found)
