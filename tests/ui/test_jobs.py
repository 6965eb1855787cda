"""Work off the screen's thread: answers come back on it, in order, and not to what is gone."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar, cast

import pytest
import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.progress import Cancelled, Progress
from hoctap_desktop.store.database import Store
from hoctap_desktop.ui import jobs as jobs_module
from hoctap_desktop.ui.jobs import Jobs, Running
from tests.ui.conftest import Office

T = TypeVar("T")
STORE = cast("Store", object())


class OneThread:
    """A store thread without a store."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(max_workers=1)

    def submit(self, job: Callable[[Store], T]) -> "Future[T]":
        return self._pool.submit(job, STORE)

    def close(self) -> None:
        self._pool.shutdown(wait=True)


@pytest.fixture
def jobs(qapp: QApplication) -> Iterator[Jobs]:
    thread = OneThread()
    made = Jobs(thread)
    yield made
    made.finish()
    made.close()
    thread.close()


def test_results_come_back_on_the_threads_of_the_screen_in_order(jobs: Jobs) -> None:
    got: list[tuple[int, threading.Thread]] = []
    for number in range(20):
        jobs.run(lambda _store, n=number: n, done=lambda n: got.append((n, threading.current_thread())))  # type: ignore[misc]
    jobs.finish()
    assert [n for n, _ in got] == list(range(20))
    assert {thread for _, thread in got} == {threading.main_thread()}


def test_the_store_is_handed_to_a_job_on_another_thread(jobs: Jobs) -> None:
    seen: list[object] = []

    def job(store: Store) -> None:
        seen.extend([store, threading.current_thread() is threading.main_thread()])

    jobs.run(job)
    jobs.finish()
    assert seen == [STORE, False]


def test_a_failure_goes_to_failed_or_to_everyone(jobs: Jobs) -> None:
    told: list[BaseException] = []
    loose: list[BaseException] = []
    jobs.unhandled.connect(loose.append)

    def job(_store: Store) -> None:
        raise UserError(Code.DISK_FULL, file="a.htgoi")

    jobs.run(job, failed=told.append)
    jobs.run(job)
    jobs.finish()
    assert [cast("UserError", one).code for one in told + loose] == [Code.DISK_FULL, Code.DISK_FULL]


def test_an_answer_for_a_widget_that_is_gone_is_left_out(jobs: Jobs) -> None:
    class Screen(QObject):
        def show(self, _value: int) -> None:
            raise AssertionError("shown on a screen that is gone")

    screen = Screen()
    jobs.run(lambda _store: 1, done=screen.show)
    shiboken6.delete(screen)
    jobs.finish()
    assert not jobs.busy()


class Screen(QObject):
    """A page: what was called on it after it went is kept."""

    def __init__(self) -> None:
        super().__init__()
        self.called: list[object] = []

    def local(self) -> Callable[[object], object]:
        def show(value: object) -> None:
            self.called.append(value)

        return show


def from_outside(screen: Screen, value: object) -> None:
    screen.called.append(value)


WAYS: list[Callable[[Screen], Callable[[object], object]]] = [
    lambda screen: lambda value: screen.called.insert(0, value),
    lambda screen: screen.local(),
    lambda screen: partial(from_outside, screen),
    lambda screen: partial(lambda value, over: over.called.append(value), over=screen),
]


@pytest.mark.parametrize("way", WAYS, ids=["lambda", "local", "partial", "keyword"])
@pytest.mark.parametrize("gone", [False, True])
def test_no_kind_of_callback_speaks_to_a_screen_that_is_gone(
    jobs: Jobs, way: Callable[[Screen], Callable[[object], object]], gone: bool
) -> None:
    screen, owner = Screen(), QObject()

    def fail(_store: Store) -> int:
        raise UserError(Code.DISK_FULL, file="a.htgoi")

    jobs.run(lambda _store: 1, way(screen))
    jobs.run(fail, None, way(screen))
    jobs.aside(lambda _progress: 2, way(screen))
    jobs.latest(owner, lambda: 3, way(screen))
    if gone:
        shiboken6.delete(screen)
    jobs.finish()
    assert len(screen.called) == (0 if gone else 4)


def test_a_saved_change_is_told_to_no_screen_that_is_gone(office: Office) -> None:
    there, gone = Screen(), Screen()
    for screen in (there, gone):
        office.session.save(lambda _store: 1, screen.local())
    shiboken6.delete(gone)
    office.settle()
    assert (there.called, gone.called) == ([1], [])


class Ended(OneThread):
    def submit(self, job: Callable[[Store], T]) -> "Future[T]":
        raise RuntimeError(f"cannot schedule {job} after shutdown")


def test_a_job_that_could_not_be_given_is_not_under_way(qapp: QApplication) -> None:
    jobs = Jobs(Ended())
    with pytest.raises(RuntimeError):
        jobs.run(lambda _store: 1, words="Đang kiểm tra")
    assert (jobs.busy(), jobs.using_store(), jobs.seen_job()) == (False, False, None)
    jobs.close()


def test_a_long_job_shows_its_words_and_count_and_can_be_stopped(
    jobs: Jobs, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs_module, "SHOWN_AFTER_MS", 1)
    monkeypatch.setattr(jobs_module, "STOPPABLE_AFTER_MS", 2)
    shown: list[Any] = []
    jobs.shown.connect(lambda running: shown.append((running.words, running.done, running.total) if running else None))
    go_on = threading.Event()
    steps: list[int] = []

    def job(_store: Store, progress: Progress) -> str:
        for step in range(12):
            progress(step, 12, "a.htgoi")
            steps.append(step)
            if step == 7:
                go_on.wait(20)
        return "all"

    answers: list[str] = []
    jobs.run_counted(job, done=answers.append, words="Đang đọc USB", things="tệp")
    qtbot.waitUntil(lambda: ("Đang đọc USB", 7, 12) in shown)
    jobs.stop()
    go_on.set()
    jobs.finish()
    assert (answers, steps[-1], shown[-1]) == ([], 7, None)


def test_a_short_job_shows_nothing(jobs: Jobs, qtbot: QtBot) -> None:
    shown: list[Running | None] = []
    jobs.shown.connect(shown.append)
    jobs.run(lambda _store: 1, words="Đang kiểm tra")
    jobs.finish()
    assert shown == []


def test_only_the_newest_painting_of_an_owner_is_answered(jobs: Jobs) -> None:
    owner, other = QObject(), QObject()
    gate = threading.Event()
    painted: list[str] = []
    answers: list[str] = []

    def paint(name: str) -> str:
        painted.append(name)
        gate.wait(20)
        return name

    for name in ("first", "second", "third"):
        jobs.latest(owner, lambda name=name: paint(name), done=answers.append)  # type: ignore[misc]
    jobs.latest(other, lambda: paint("other"), done=answers.append)
    gate.set()
    jobs.finish()
    assert answers == ["third", "other"]
    assert "second" not in painted


def test_work_without_the_store_has_a_thread_of_its_own(jobs: Jobs) -> None:
    answers: list[int] = []

    def job(progress: Progress) -> int:
        progress(1, 1)
        return 5

    jobs.aside(job, done=answers.append)
    jobs.finish()
    assert answers == [5]


def test_what_is_done_soon_waits_for_the_frame_but_for_no_job(jobs: Jobs, qtbot: QtBot) -> None:
    done: list[str] = []
    note = partial(done.append, "soon")
    jobs.soon(note)
    jobs.soon(note)  # once is enough
    assert done == []
    assert jobs.busy()
    assert jobs.using_store()
    jobs.run(lambda store: "job", done.append)
    assert done == ["soon"]  # what was typed before goes first
    jobs.finish()
    assert done == ["soon", "job"]
    jobs.soon(note)
    qtbot.waitUntil(lambda: done == ["soon", "job", "soon"])
    jobs.soon(note)
    assert jobs.finish()
    assert done.count("soon") == 3
    assert not jobs.busy()


def test_what_was_abandoned_ends_in_silence_when_its_window_is_long_gone(qtbot: QtBot) -> None:
    given_up, free = Jobs(), threading.Event()
    answered: list[object] = []

    def hang(progress: Progress) -> None:
        free.wait(20)
        progress(1, 2)

    hangs = given_up.aside(hang, answered.append, words="Đang đọc USB")
    given_up.abandon()
    given_up.close()
    shiboken6.delete(given_up)
    with qtbot.captureExceptions() as bugs:
        free.set()
        with contextlib.suppress(Cancelled):
            hangs.result(20)
        for _ in range(20):
            QApplication.processEvents()
    assert (bugs, answered) == ([], [])
