"""Slow work tells how far it is through a plain callable; the screen supplies one, others stay silent."""

from typing import Protocol


class Cancelled(Exception):
    """Raised by a Progress when the person pressed Dừng; the work leaves things as they were."""


class Progress(Protocol):
    """Called with steps done, steps in all, and what is being worked on (Vietnamese); may raise Cancelled."""

    def __call__(self, done: int, total: int, what: str = "") -> None: ...


def silent(done: int, total: int, what: str = "") -> None:
    """The Progress of one who does not ask."""
