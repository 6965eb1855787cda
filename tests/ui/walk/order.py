"""Reading order: top to bottom, left to right, each pane to its end before the next."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QRect

from tests.ui.walk.seen import Control

SLACK = 3  # px: rows whose parts differ in height


def out_of_order(controls: Sequence[Control]) -> list[str]:
    """The steps of the Tab key that go up or back to the left, when there are more than the one from end to start."""
    ring = [*controls, *controls[:1]]
    back = [f"{one} → {two}" for one, two in pairwise(ring) if _goes_back(one, two)]
    return back if len(back) > 1 else []


def _goes_back(one: Control, two: Control) -> bool:
    a, b = _parted(one, two)
    above = b.bottom() <= a.top() + SLACK
    beside = not above and a.bottom() > b.top() + SLACK
    return (above and b.left() < a.right() - SLACK) or (beside and b.right() <= a.left() + SLACK)


def _parted(one: Control, two: Control) -> tuple[QRect, QRect]:
    """The two parts of the innermost widget that holds both, in which they stand."""
    for (a, a_rect), (b, b_rect) in zip(one.path, two.path, strict=False):
        if a != b:
            return a_rect, b_rect
    return one.rect, two.rect
