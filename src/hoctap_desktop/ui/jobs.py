"""Slow work off the screen's thread; its results, failures and progress come back on it.

Jobs with the store run one after another on the store's own thread (store/worker.py), those without on two of ours:
one for long acts (reading a stick), one that only paints pages and forgets all but the newest request.
"""

import logging
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol, TypeVar

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal, Slot

from hoctap_desktop.foundation.progress import Cancelled, Progress
from hoctap_desktop.store.database import Store

T = TypeVar("T")
Done = Callable[[Any], object]
Failed = Callable[[BaseException], object]

SHOWN_AFTER_MS = 300
STOPPABLE_AFTER_MS = 2_000
SWITCH_S = 0.0005
# What is handed on after a key waits until the key is painted; the next one is not there yet.
SOON_MS = 10

_log = logging.getLogger(__name__)


class StoreThread(Protocol):
    """What Jobs wants of store.worker.Worker."""

    def submit(self, job: Callable[[Store], T]) -> "Future[T]": ...

    def close(self) -> None: ...


@dataclass
class Running:
    """A job the person may see. words: what is being done ("Đang đọc USB"); things: counted things ("tệp")."""

    words: str
    things: str = ""
    stoppable: bool = False
    done: int = 0
    total: int = 0
    what: str = ""
    stop: bool = False
    seen: bool = False
    over_two_seconds: bool = False


class _Courier(QObject):
    """Carries callables from other threads to the one it was made in."""

    _sent = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._sent.connect(self._run, Qt.ConnectionType.QueuedConnection)

    def send(self, act: Callable[[], object]) -> None:
        self._sent.emit(act)

    @Slot(object)
    def _run(self, act: Callable[[], object]) -> None:
        act()


class Jobs(QObject):
    """Runs work for the pages of one window.

    `shown(Running | None)`: a job with words has taken 0.3 s (again after 2 s, when Dừng may stand), or all are over.
    A failure nobody asked for goes to `unhandled`. `idle()`: the last answer was delivered.
    """

    shown = Signal(object)
    unhandled = Signal(object)
    idle = Signal()

    def __init__(self, store: StoreThread | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # Python's own 5 ms would keep the screen's thread waiting at each of its calls into Qt while another one works.
        sys.setswitchinterval(SWITCH_S)
        self._store = store
        self._courier = _Courier()
        self._aside: ThreadPoolExecutor | None = None
        self._painting: ThreadPoolExecutor | None = None
        self._newest: dict[int, int] = {}
        self._guard = threading.Lock()
        self._open = 0
        self._with_store = 0
        self._visible: list[Running] = []
        self._soon: list[Callable[[], object]] = []
        self._soon_timer = QTimer(self)
        self._soon_timer.setSingleShot(True)
        self._soon_timer.setInterval(SOON_MS)
        self._soon_timer.timeout.connect(self._do_now)
        self._closed = False
        self.abandoned = False

    # --- running -------------------------------------------------------------------------------------------------

    def run(
        self,
        job: Callable[[Store], T],
        done: Callable[[T], object] | None = None,
        failed: Failed | None = None,
        *,
        words: str = "",
    ) -> "Future[T]":
        """Runs job(store). words: shown when it takes over 0.3 s. Callbacks come on this thread, `done` or `failed`.

        A callback that speaks to a widget which is gone by then is left out (see alive).
        """
        running = Running(words) if words else None
        return self._submit(self._to_store, job, done, failed, running)

    def run_counted(
        self,
        job: Callable[[Store, Progress], T],
        done: Callable[[T], object] | None = None,
        *,
        words: str,
        things: str = "",
    ) -> "Future[T]":
        """Runs job(store, progress); its counts show in the bar, Dừng raises Cancelled inside the next progress call.

        A job that was stopped is not answered.
        """
        running = Running(words, things, stoppable=True)
        progress = self._progress(running)
        return self._submit(self._to_store, lambda store: job(store, progress), done, None, running)

    def aside(
        self,
        job: Callable[[Progress], T],
        done: Callable[[T], object] | None = None,
        failed: Failed | None = None,
        *,
        words: str = "",
        things: str = "",
        stoppable: bool = False,
    ) -> "Future[T]":
        """Runs job(progress) without the store, on a thread of its own kind (files, sticks)."""
        if self._aside is None:
            self._aside = ThreadPoolExecutor(max_workers=1, thread_name_prefix="aside")
        pool = self._aside
        running = Running(words, things, stoppable)
        progress = self._progress(running)
        return self._submit(pool.submit, lambda: job(progress), done, failed, running if words else None)

    def latest(
        self,
        owner: QObject,
        job: Callable[[], T],
        done: Callable[[T], object],
        failed: Failed | None = None,
    ) -> None:
        """Paints aside: of several requests of one owner only the newest is run and answered."""
        if self._painting is None:
            self._painting = ThreadPoolExecutor(max_workers=1, thread_name_prefix="painting")
        key = id(owner)
        with self._guard:
            ticket = self._newest.get(key, 0) + 1
            self._newest[key] = ticket

        def current() -> bool:
            with self._guard:
                return self._newest.get(key) == ticket

        def work() -> T | None:
            return job() if current() else None

        def take(result: T | None) -> None:
            if current() and result is not None and alive(done):
                done(result)

        take.__self__ = owner  # type: ignore[attr-defined]
        self._submit(lambda act: self._painting_pool().submit(act), work, take, failed, None)

    def soon(self, act: Callable[[], object]) -> None:
        """Does `act` on this thread when what a key changed is painted, and before the next job with the store.

        It counts as under way until then: finish() does it at once.
        """
        if act not in self._soon:
            self._soon.append(act)
        if not self._soon_timer.isActive():
            self._soon_timer.start()

    def _do_now(self) -> None:
        if not self._soon:  # nor is there a timer to ask when the window is gone
            return
        self._soon_timer.stop()
        acts, self._soon = self._soon, []
        for act in acts:
            act()

    def busy(self) -> bool:
        """True while any job is under way or its answer not yet delivered."""
        return self._open > 0 or bool(self._soon)

    def stop(self) -> None:
        """Asks the visible jobs to stop at their next step."""
        for running in self._visible:
            running.stop = True

    def using_store(self) -> bool:
        """True while something may be on its way to the disk of the store."""
        with self._guard:
            return self._with_store > 0 or bool(self._soon)

    def seen_job(self) -> Running | None:
        """The newest job that has words for a person, or None."""
        return self._visible[-1] if self._visible else None

    def finish(self, within: float | None = None) -> bool:
        """Waits until nothing is under way and every answer is delivered (before closing, and in tests).

        within: seconds to wait at most. False when something is under way still.
        """
        wait = threading.Event()
        until = None if within is None else time.monotonic() + within
        self._do_now()
        while self.busy() and not self.abandoned:
            self._do_now()
            QCoreApplication.sendPostedEvents(self._courier, QEvent.Type.MetaCall)
            if until is not None and time.monotonic() > until:
                return not self.busy()
            if self._open:
                wait.wait(0.002)
        return not self.busy()

    def abandon(self) -> None:
        """Waits no more for what hangs without the store (a dead stick): the process must be ended without its thread.

        The caller has seen that nothing is on its way to the store.
        """
        self.abandoned = True
        self.stop()

    def close(self) -> None:
        """Ends our threads after what they do; answers not delivered by then are dropped. The store is not ours."""
        self._closed = True
        self._soon_timer.stop()
        for pool in (self._aside, self._painting):
            if pool is not None:
                pool.shutdown(wait=not self.abandoned, cancel_futures=True)
        self._aside = self._painting = None

    # --- within --------------------------------------------------------------------------------------------------

    def _painting_pool(self) -> ThreadPoolExecutor:
        assert self._painting is not None
        return self._painting

    def _to_store(self, job: Callable[[Store], Any]) -> "Future[Any]":
        self._do_now()  # what was typed before comes first
        future = self._need_store().submit(job)
        with self._guard:
            self._with_store += 1
        future.add_done_callback(self._off_store)
        return future

    def _off_store(self, _future: "Future[Any]") -> None:
        with self._guard:
            self._with_store -= 1

    def _need_store(self) -> StoreThread:
        assert self._store is not None, "no store is open"
        return self._store

    def _progress(self, running: Running) -> Progress:
        def progress(done: int, total: int, what: str = "") -> None:
            if running.stop:
                raise Cancelled
            self._courier.send(lambda: self._count(running, done, total, what))

        return progress

    def _count(self, running: Running, done: int, total: int, what: str) -> None:
        running.done, running.total, running.what = done, total, what
        if self._closed:
            return
        if running.seen and self._visible and self._visible[-1] is running:
            self.shown.emit(running)

    def _submit(
        self,
        submit: Callable[[Any], "Future[Any]"],
        job: Callable[..., Any],
        done: Done | None,
        failed: Failed | None,
        running: Running | None,
    ) -> "Future[Any]":
        future = submit(job)  # first: what could not be given is not under way
        self._open += 1
        if running is not None:
            self._visible.append(running)
            QTimer.singleShot(SHOWN_AFTER_MS, self, lambda: self._reveal(running))
            QTimer.singleShot(STOPPABLE_AFTER_MS, self, lambda: self._offer_stop(running))
        future.add_done_callback(lambda ended: self._courier.send(lambda: self._end(ended, done, failed, running)))
        return future

    def _reveal(self, running: Running) -> None:
        if running in self._visible:
            running.seen = True
            self.shown.emit(running)

    def _offer_stop(self, running: Running) -> None:
        if running in self._visible:
            running.over_two_seconds = True
            self.shown.emit(running)

    def _say_idle(self) -> None:
        if not self._open:
            self.idle.emit()

    def _end(self, future: "Future[Any]", done: Done | None, failed: Failed | None, running: Running | None) -> None:
        self._open -= 1
        if self._closed:  # and deleted, perhaps: what was abandoned ends when its window is long gone
            return
        if not self._open:
            QTimer.singleShot(0, self, self._say_idle)
        if running is not None:
            self._visible.remove(running)
            left = [one for one in self._visible if one.seen]
            if running.seen:
                self.shown.emit(left[-1] if left else None)
        try:
            result = future.result()
        except (CancelledError, Cancelled):
            return
        except BaseException as failure:  # noqa: BLE001 - it came from another thread and must be told on this one
            if failed is not None and alive(failed):
                failed(failure)
            elif failed is None:
                self.unhandled.emit(failure)
            return
        if done is not None and alive(done):
            done(result)


def alive(callback: Callable[..., object]) -> bool:
    """False when a Qt object it would speak to has been destroyed.

    That is the one it is bound to, those a partial hands it, and those a lambda or local function took from around it.
    """
    held: list[object] = []
    while isinstance(callback, partial):
        held += [*callback.args, *callback.keywords.values()]
        callback = callback.func
    held.append(getattr(callback, "__self__", None))
    for cell in getattr(callback, "__closure__", None) or ():
        with suppress(ValueError):  # not filled yet
            held.append(cell.cell_contents)
    return all(shiboken6.isValid(one) for one in held if isinstance(one, QObject))
