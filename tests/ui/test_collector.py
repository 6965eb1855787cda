"""Cycles with Qt objects in them are collected on the window's thread."""

import gc
import threading
import weakref

from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from hoctap_desktop.ui.collector import Collector, collect_due


def test_a_worker_never_collects_and_the_window_does(qtbot: QtBot) -> None:
    collector = Collector()
    assert not gc.isenabled()
    thing = QObject()
    timer = QTimer(thing)
    timer.start(10_000)
    thing.setProperty("self", thing)
    thing.ring = thing  # type: ignore[attr-defined]
    gone = weakref.ref(thing)
    del thing, timer

    worker = threading.Thread(target=lambda: [[] for _ in range(50_000)])
    worker.start()
    worker.join()
    assert gone() is not None
    gc.collect()
    assert gone() is None
    collector.stop()


def test_what_is_due_is_collected() -> None:
    gc.disable()
    keep: list[list[int]] = [[] for _ in range(5_000)]
    collect_due()
    assert gc.get_count()[0] < gc.get_threshold()[0]
    assert len(keep) == 5_000
