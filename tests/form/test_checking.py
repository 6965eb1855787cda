"""Checking that follows the typing says what a fresh check says, whatever was typed in whatever order."""

from datetime import date
from random import Random

import pytest

from hoctap_desktop.form.context import Context, Others
from hoctap_desktop.form.loader import form_by_id
from hoctap_desktop.form.validation import Checking, findings
from hoctap_desktop.foundation.canonical_json import JsonValue

FORM = form_by_id("report", 1)
NUMBERS = [field.id for field in FORM.indicators()]
CONTEXT = Context(
    last_year=dict.fromkeys(NUMBERS, 12),
    usual=dict.fromkeys(NUMBERS[:6], 5),
    others=Others({"Xã Bên": dict.fromkeys(NUMBERS, 300)}),
    own_and_children=dict.fromkeys(NUMBERS[:3], 40),
    week_to=date(2022, 10, 7),
    promised=frozenset({"banners"}),
)
UNKNOWN: JsonValue = {"none": "unknown", "reason": ""}
WAITING: JsonValue = {"none": "unknown", "reason": "chờ"}
NOT_HELD: JsonValue = {"none": "not_held"}
ODD: JsonValue = {"none": "?"}
VALUES: tuple[JsonValue | None, ...] = (
    None, 0, 1, 7, 12, 100, 300, 5_000, -1, 10**9, "x", True, UNKNOWN, WAITING, NOT_HELD, ODD,
)  # fmt: skip
TEXTS: tuple[JsonValue | None, ...] = (None, "", "   ", "lời", "x" * 400, 5, ["a"])
LISTS: tuple[JsonValue | None, ...] = (None, [], [{"name": "Tin học", "learners": 20}], [{"learners": 2}])
REASONS = [f"reason.{rule.id}.{id}" for rule in FORM.rules for id in (NUMBERS[0], "banners", "document.month")]


def change(random: Random) -> tuple[str, JsonValue | None]:
    """Any field, any value, also those that may not be."""
    match random.randrange(6):
        case 0 | 1:
            return random.choice(NUMBERS), random.choice(VALUES)
        case 2:
            return random.choice(REASONS), random.choice(TEXTS)
        case 3:
            return f"computed.{random.choice(NUMBERS)}", random.choice(VALUES)
        case 4:
            return "class_list", random.choice(LISTS)
        case _:
            other = [*(f.id for f in FORM.fields() if f.id not in NUMBERS), "propaganda", "no.such"]
            return random.choice(other), random.choice((*TEXTS, "2022-09", "2022-10"))


@pytest.mark.parametrize("seed", range(25))
def test_following_the_typing_says_what_a_fresh_check_says(seed: int) -> None:
    random = Random(seed)
    answers: dict[str, JsonValue] = {}
    checking = Checking(FORM, answers, CONTEXT)
    seen = {finding.field for finding in checking.findings()}
    for _ in range(60):
        changes = dict(change(random) for _ in range(random.choice((1, 1, 1, 4))))
        for id, value in changes.items():
            answers.pop(id, None)
            if value is not None:
                answers[id] = value
        before = {id: checking.of(id) for id in seen}
        differ = checking.change(changes, answers)
        seen |= {finding.field for finding in checking.findings()}
        assert differ == {id for id in seen if checking.of(id) != before.get(id, ())}
        now, fresh = checking.findings(), findings(FORM, answers, CONTEXT)
        assert sorted(map(repr, now)) == sorted(map(repr, fresh))
        assert [f.field for f in now if FORM.field(f.field)] == [f.field for f in fresh if FORM.field(f.field)]
