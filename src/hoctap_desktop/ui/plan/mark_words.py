"""A mark of last year as a text in blocks shows it. No Qt."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ShownMark:
    """One mark in a text. field: the answer it stands in; place: index of its block there.

    nth: which of the same words in the block; words: as they stand; said: the sentence of the bar; change:
    words of the first button, "" for none.
    """

    key: str
    field: str
    place: int
    words: str
    nth: int
    said: str
    change: str
