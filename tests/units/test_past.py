"""What a merged unit had before: the sum of those that went into it."""

from dataclasses import replace
from datetime import date

from hoctap_desktop.units.model import Unit
from hoctap_desktop.units.past import predecessor_sum, predecessors
from tests.offices import HA_THUONG

ENDED = date(2025, 6, 30)


def unit(code: str, *after: str) -> Unit:
    ended = ENDED if after else None
    successor = after[0] if after else ""
    return replace(HA_THUONG, code=code, short_name=f"xã {code}", valid_to=ended, successor=successor, also=after[1:])


NEW = unit("n")
TREE = [NEW, unit("a", "n"), unit("b", "n"), unit("c", "b"), unit("split", "n", "other"), unit("other")]


def test_all_that_went_into_a_unit_are_its_predecessors_also_by_way_of_another() -> None:
    assert [one.code for one in predecessors("n", TREE)] == ["a", "b", "c", "split"]


def test_a_merged_units_past_is_the_sum_of_its_predecessors_and_says_so() -> None:
    past = predecessor_sum(NEW, TREE, {"a": {"books": 3}, "b": {"books": 4, "talks": 1}, "c": {"books": 5}})
    assert past.values == {"books": 12, "talks": 1}
    assert past.merged
    assert past.words == "Cộng từ 3 đơn vị trước đây: xã a, xã b, xã c."


def test_a_predecessor_without_numbers_is_named() -> None:
    past = predecessor_sum(NEW, TREE, {"a": {"books": 3}})
    assert [one.code for one in past.missing] == ["b", "c"]
    assert "Chưa có số của xã b, xã c." in past.words


def test_who_did_not_stand_that_year_is_not_missed() -> None:
    tree = [NEW, unit("a", "n"), replace(unit("b", "n"), valid_to=date(2020, 1, 1))]
    past = predecessor_sum(NEW, tree, {"a": {"books": 3}}, date(2024, 10, 7))
    assert [one.code for one in past.missing] == ["n"]
    assert predecessor_sum(replace(NEW, valid_from=date(2025, 7, 1)), tree, {}, date(2020, 1, 1)).missing == tuple(
        tree[1:]
    )


def test_a_unit_that_was_split_is_divided_among_nobody() -> None:
    past = predecessor_sum(NEW, TREE, {"a": {"books": 3}, "split": {"books": 100}})
    assert past.values == {"books": 3}
    assert [one.code for one in past.shared] == ["split"]
    assert "đã chia cho nhiều đơn vị" in past.words


def test_parts_that_come_together_again_count_whole() -> None:
    tree = [NEW, unit("old", "x", "y"), unit("x", "n"), unit("y", "n")]
    assert predecessor_sum(NEW, tree, {"old": {"books": 7}}).values == {"books": 7}


def test_a_unit_nothing_went_into_has_its_own_past() -> None:
    past = predecessor_sum(NEW, [NEW, unit("z", "other")], {"n": {"books": 9}, "z": {"books": 1}})
    assert past.values == {"books": 9}
    assert not past.merged
    assert past.words == ""


def test_own_numbers_and_those_of_who_came_later_are_added() -> None:
    assert predecessor_sum(NEW, TREE, {"n": {"books": 1}, "a": {"books": 2}}).values == {"books": 3}


def test_a_ring_of_successors_ends() -> None:
    ring = [unit("a", "b"), unit("b", "a")]
    assert predecessor_sum(ring[0], ring, {"b": {"books": 2}}).values == {"books": 2}
