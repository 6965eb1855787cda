"""One thread opens the store and hands it to each job in turn. No Qt: the screen brings results back to its thread."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from hoctap_desktop.foundation.clock import Clock
from hoctap_desktop.store.database import Store, open_store

T = TypeVar("T")


class Worker:
    """Owns the store of a window. Jobs run in the order they were given; an exception of a job reaches its future.

    `opened` is done when the store is open; when opening failed it holds the UserError, and so does every job.
    """

    def __init__(self, path: Path, clock: Clock) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")
        self.opened: Future[Store] = self._thread.submit(open_store, path, clock)
        self._closed = False

    def submit(self, job: Callable[[Store], T]) -> "Future[T]":
        """Runs `job(store)` on the store's thread, after the jobs given before. A future cancelled in time never runs.

        Raises RuntimeError after close().
        """
        return self._thread.submit(self._run, job)

    def _run(self, job: Callable[[Store], T]) -> T:
        return job(self.opened.result())

    def close(self) -> None:
        """Waits for the jobs already given, closes the store and ends the thread. A second call does nothing."""
        if self._closed:
            return
        self._closed = True
        self._thread.submit(self._close_store)
        self._thread.shutdown(wait=True)

    def _close_store(self) -> None:
        if self.opened.exception() is None:
            self.opened.result().close()
