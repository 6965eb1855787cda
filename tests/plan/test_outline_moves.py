"""Blocks move with all that belongs to them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoctap_desktop.plan.outline import Block, parse
from hoctap_desktop.plan.outline_moves import family, family_end, move_down, move_up, shifted

LETTERS = {"h": "heading", "b": "bullet", "p": "paragraph", "t": "table"}


def heads(words: str) -> list[Block]:
    """ "h1 p b1 b2": headings and bullets with their level."""
    return [Block(LETTERS[word[0]], int(word[1:] or 0)) for word in words.split()]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "at", "end"),
    [("h1 p h2 p h1", 0, 4), ("h1 p h2 p h1", 2, 4), ("h1 p h2 p h1", 1, 2), ("b1 b2 b2 b1", 0, 3), ("b1 p b2", 0, 1)],
)
def test_what_belongs_to_a_block(words: str, at: int, end: int) -> None:
    assert family_end(heads(words), at) == end


@pytest.mark.parametrize(
    ("words", "first", "up", "down"),
    [
        ("h1 p h1 p h1", 2, 0, 5),  # a part goes over its neighbours whole
        ("h1 p h2 p h2 h1 p", 2, 0, 5),
        ("h1 h2 p h1 p h2", 1, 0, 5),  # into the next part, behind the words directly under its heading
        ("p h1 p", 1, None, None),  # the lead-in never becomes part of a heading
        ("b1 b2 b1 b2", 2, 0, None),
        ("p b1 b2 p", 1, 0, 4),
        ("t p", 0, None, 2),
    ],
)
def test_where_a_family_goes(words: str, first: int, up: int | None, down: int | None) -> None:
    blocks = heads(words)
    start, end = family(blocks, first, first)
    assert (move_up(blocks, start, end), move_down(blocks, start, end)) == (up, down)


@given(st.lists(st.sampled_from(["h1", "h2", "h3", "p", "b1", "b2", "t"]), min_size=1, max_size=12), st.data())
def test_a_move_goes_outside_its_family_and_loses_nothing(words: list[str], data: st.DataObject) -> None:
    blocks = heads(" ".join(words))
    start, end = family(blocks, at := data.draw(st.integers(0, len(blocks) - 1)), at)
    up, down = move_up(blocks, start, end), move_down(blocks, start, end)
    assert up is None or 0 <= up < start
    assert down is None or end < down <= len(blocks)


HEADS = parse("# A\n\n## A1\n\n- x\n  + y\n\n### A11\n\n# B\n\nđoạn")


def levels(first: int, last: int, by: int) -> list[tuple[str, int]] | None:
    new = shifted(HEADS, first, last, by)
    if new is None:
        return None
    return [(new.get(at, head).kind, new.get(at, head).level) for at, head in enumerate(HEADS)]


def test_a_heading_takes_its_part_along_and_leaves_what_is_no_heading() -> None:
    assert levels(0, 0, 1) == [
        ("heading", 2),
        ("heading", 3),
        ("bullet", 1),
        ("bullet", 2),
        ("heading", 4),
        ("heading", 1),
        ("paragraph", 0),
    ]


def test_a_part_comes_back_as_it_was() -> None:
    down = shifted(HEADS, 0, 0, 1)
    assert down is not None
    lower = [down.get(at, head) for at, head in enumerate(HEADS)]
    up = shifted(lower, 0, 0, -1)
    assert up is not None
    assert [(b.kind, b.level) for b in (up.get(at, head) for at, head in enumerate(lower))] == [
        (b.kind, b.level) for b in HEADS
    ]


def test_a_bullet_takes_those_under_it_along_and_the_first_depth_becomes_a_paragraph() -> None:
    assert (levels(2, 2, 1) or [])[2:4] == [("bullet", 2), ("bullet", 3)]
    assert (levels(2, 2, -1) or [])[2:4] == [("paragraph", 0), ("bullet", 1)]
    assert (levels(6, 6, 1) or [])[6] == ("bullet", 1)


def test_what_would_go_deeper_than_there_are_levels_does_not_go_at_all() -> None:
    deep = parse("# A\n\n#### B")
    assert shifted(deep, 0, 0, 1) is None
    assert shifted(parse("- a\n    * b"), 0, 0, 1) is None


def test_a_heading_of_the_first_level_stays() -> None:
    assert shifted(HEADS, 0, 0, -1) == {}
    assert shifted(HEADS, 6, 6, -1) == {}
