"""A view whose cells open at a key, under an input method (unikey): one event at a time.

Giving the editor the keyboard makes the method commit what it holds; it commits it to who has the keyboard until then,
which is the view; and the view gives the editor the keyboard, and so on until the stack is full (seen with ibus). The
words of the inner event are those of the outer one.
"""

from collections.abc import Callable

from PySide6.QtGui import QInputMethodEvent


class Composition:
    """One for each view; its inputMethodEvent hands every event to `take`."""

    def __init__(self) -> None:
        self._busy = False

    def take(self, event: QInputMethodEvent, act: Callable[[QInputMethodEvent], None]) -> None:
        """Does `act` (Qt's own) unless it is at it already."""
        if self._busy:
            event.accept()
            return
        self._busy = True
        try:
            act(event)
        finally:
            self._busy = False
