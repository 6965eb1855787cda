"""Reference cycles are collected on the window's thread only: a widget or a timer may die in no other thread."""

import gc

from PySide6.QtCore import QObject, QTimer

_INTERVAL_MS = 1000


class Collector(QObject):
    """Stands in for Python's own collector, which runs in whatever thread happens to make the next object.

    Keep it for as long as the program runs; `stop` gives the work back.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        # modules and classes stay for ever: looking through them again would stop the window for 0.1 s
        gc.freeze()
        self._timer = QTimer(self)
        self._timer.timeout.connect(collect_due)
        self._timer.start(_INTERVAL_MS)

    def stop(self) -> None:
        self._timer.stop()
        gc.unfreeze()
        gc.enable()


def collect_due() -> None:
    """Collects the generations that are due by Python's own thresholds, the oldest that is due first."""
    for generation in (2, 1, 0):
        if gc.get_count()[generation] > gc.get_threshold()[generation]:
            gc.collect(generation)
            return
