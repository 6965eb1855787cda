"""Python's search for objects that hold one another: rare while a great many are made that do not."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_MADE = 50_000  # objects more than were let go of, before anybody looks; 700 else


@contextmanager
def seldom() -> Iterator[None]:
    """In this block the search runs a seventieth as often: thousands of files read in one go hold no circles."""
    before = gc.get_threshold()
    gc.set_threshold(_MADE, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
