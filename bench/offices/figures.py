"""The units' answers and the faults planted in them, drawn from a seed. Plain Python, nothing of the program.

Sound figures stay within a third of a middle, so that nothing but what was planted may be doubted.
"""

from collections.abc import Iterator, Sequence
from random import Random

from bench.offices.truth import COUNTS, Answer, Fault, Planted

_MIDDLES = {
    "organising_units": 12, "participants": 1400, "newspaper_articles": 9, "tv_items": 6, "radio_items": 22,
    "wall_newspapers": 40, "wall_articles": 130, "leaflets": 420, "books_published": 60, "banners": 25, "talks": 9,
    "talk_attendees": 520, "exhibitions": 5, "exhibition_visits": 610, "classes": 8, "learners": 230, "bookcases": 14,
    "books_donated": 380,
}  # fmt: skip
_NOT_HELD: dict[str, str] = {"none": "not_held", "reason": ""}
_UNKNOWN: dict[str, str] = {"none": "unknown", "reason": "Chờ Hội Khuyến học xã"}
_NO_USE: dict[str, str] = {"none": "not_applicable", "reason": ""}
# Cells in which a number ten times too large is still a number of the table's own rules.
_OUTLIERS = ("leaflets", "banners", "wall_articles", "books_published", "radio_items")
_EACH, _SOUND = 40, 4


def drawn(chance: Random) -> dict[str, Answer]:
    """The numbers of one unit; some units have other kinds of answer than a number, some left the money blank."""
    made: dict[str, Answer] = {id: round(middle * chance.uniform(0.75, 1.3)) for id, middle in _MIDDLES.items()}
    if chance.random() < 0.1:
        made |= {"exhibitions": dict(_NOT_HELD), "exhibition_visits": dict(_NOT_HELD)}
    if chance.random() < 0.1:
        made["tv_items"] = dict(_NO_USE)
    if chance.random() < 0.1:
        made["books_published"] = dict(_UNKNOWN)
    made["funding.state"] = 100_000 * chance.randrange(10, 200)
    if chance.random() < 0.7:
        made["funding.raised"] = 1_000 * chance.randrange(500, 60_000)
    return made


def nothing_held() -> dict[str, Answer]:
    """The real, signed answer "không tổ chức"."""
    return {id: dict(_NOT_HELD) for id in COUNTS}


def plan(units: Sequence[str], chance: Random) -> list[Planted]:
    """Which unit gets which fault: one in forty of each kind, at least one; the others are sound.

    Raises ValueError for fewer units than faults need.
    """
    each = max(1, len(units) // _EACH)
    free = list(units)
    chance.shuffle(free)
    if len(free) < (len(Fault) + 2) * each + _SOUND:
        raise ValueError(f"{len(units)} units are too few for every fault; 20 or more")
    found = list(_planned(free, each, chance))
    order = {code: at for at, code in enumerate(units)}
    return sorted(found, key=lambda one: (order[one.unit], one.fault))


def _planned(free: list[str], each: int, chance: Random) -> Iterator[Planted]:
    """Units are taken out of `free` as they get their fault, or are needed sound by another's."""
    for fault in Fault:
        for _ in range(each):
            unit = free.pop()
            match fault:
                case Fault.OUTLIER:
                    field = chance.choice(_OUTLIERS)
                    yield Planted(fault, unit, field, _MIDDLES[field] * 17)
                case Fault.ATTENDEES:
                    yield Planted(fault, unit, "talks", _MIDDLES["talk_attendees"])
                case Fault.ALTERED | Fault.RESUMMED:
                    yield Planted(fault, unit, "participants", 987_654)
                case Fault.COPIED | Fault.SISTERS_KEY:
                    yield Planted(fault, unit, other=free.pop())
                case _:
                    yield Planted(fault, unit)


def with_fault(answers: dict[str, Answer], one: Planted, copied: dict[str, Answer]) -> dict[str, Answer]:
    """The answers of a unit after its fault was planted. copied: those of the unit it copies from."""
    match one.fault:
        case Fault.NOT_HELD:
            return nothing_held()
        case Fault.OUTLIER:
            assert one.value is not None
            return answers | {one.field: one.value}
        case Fault.ATTENDEES:
            assert one.value is not None
            return answers | {one.field: 0, "talk_attendees": one.value}
        case Fault.COPIED:
            return dict(copied)
        case _:
            return answers
