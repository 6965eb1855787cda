"""Blocks move with all that belongs to them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoctap_desktop.plan.outline import Block
from hoctap_desktop.plan.outline_moves import family, family_end, move_down, move_up

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
