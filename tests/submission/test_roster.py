import dataclasses
import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from hoctap_desktop.foundation import canonical_json
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.submission.manifest import UnitName
from hoctap_desktop.submission.roster import Roster, roster_from_json, roster_json
from tests.submission.packages import OWN, commune_key, other_key, roster, roster_key


def test_what_is_written_is_what_is_read() -> None:
    other = roster_key(other_key(), UnitName("1", "Trường"), revoked=date(2022, 10, 2), epoch=3)
    whole = Roster(7, date(2022, 10, 2), (roster_key(), other))
    assert roster_from_json(roster_json(whole)) == whole


def test_a_key_is_found_by_its_hash() -> None:
    assert roster().key(commune_key().key_hash) == roster_key()
    assert roster().key(other_key().key_hash) is None
    assert roster().keys_of(OWN.code) == (roster_key(),)
    assert roster_key().fingerprint == commune_key().fingerprint


def test_a_stolen_key_raises_the_epoch_of_the_next_one_and_a_lost_one_does_not() -> None:
    assert Roster(1, date(2022, 1, 1), ()).epoch(OWN.code) == 1
    assert roster(roster_key(valid_to=date(2022, 10, 2))).epoch(OWN.code) == 1
    assert roster(roster_key(revoked=date(2022, 10, 2))).epoch(OWN.code) == 2
    renewed = dataclasses.replace(roster_key(other_key()), epoch=2)
    assert roster(roster_key(revoked=date(2022, 10, 2)), renewed).epoch(OWN.code) == 2


@pytest.mark.parametrize(
    "change",
    [
        lambda tree: tree.update(number=0),
        lambda tree: tree.update(number=True),
        lambda tree: tree.update(day="2022-13-01"),
        lambda tree: tree.update(keys={}),
        lambda tree: tree.update(more=1),
        lambda tree: tree["keys"].append(tree["keys"][0]),
        lambda tree: tree["keys"].append(1),
        lambda tree: tree["keys"][0].update(key_hash="AB" * 32),
        lambda tree: tree["keys"][0].update(epoch=0),
        lambda tree: tree["keys"][0].update(revoked=""),
        lambda tree: tree["keys"][0].update(unit={"code": "", "name": "x"}),
        lambda tree: tree["keys"][0].pop("to"),
    ],
)
def test_a_roster_of_another_shape_is_refused(change: Callable[[Any], Any]) -> None:
    tree = json.loads(roster_json(roster()))
    change(tree)
    with pytest.raises(UserError) as refusal:
        roster_from_json(canonical_json.encode(tree))
    assert refusal.value.code is Code.BAD_CONTENT
