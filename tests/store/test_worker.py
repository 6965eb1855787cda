"""One thread owns the store; jobs run in order; what happens to a job reaches its future."""

import threading
from functools import partial
from pathlib import Path

import pytest

from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.store.database import Store, create, open_store
from hoctap_desktop.store.worker import Worker
from tests.offices import CLOCK


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a.hoctap"
    create(path, CLOCK).close()
    return path


def _insert(store: Store, kind: str) -> str:
    with store.atomic() as db:
        db.execute("INSERT INTO source (origin, unit, campaign, kind) VALUES ('own', '', '', ?)", (kind,))
    return threading.current_thread().name


def test_jobs_run_in_order_on_one_thread_that_is_not_ours(path: Path) -> None:
    worker = Worker(path, CLOCK)
    done = [worker.submit(partial(_insert, kind=f"job {n:02d}")) for n in range(30)]
    names = {future.result() for future in done}
    kinds = worker.submit(lambda store: [row[0] for row in store.query("SELECT kind FROM source ORDER BY rowid")])
    assert kinds.result() == [f"job {n:02d}" for n in range(30)]
    assert len(names) == 1
    assert threading.current_thread().name not in names
    worker.close()


def test_an_error_reaches_its_own_future_and_no_other(path: Path) -> None:
    worker = Worker(path, CLOCK)

    def fails(store: Store) -> None:
        _insert(store, "before")
        raise UserError(Code.DISK_FULL, file="a")

    failed, good = worker.submit(fails), worker.submit(lambda store: _insert(store, "after"))
    with pytest.raises(UserError):
        failed.result()
    good.result()
    worker.close()


def test_closing_waits_for_what_was_given_and_frees_the_store(path: Path) -> None:
    worker = Worker(path, CLOCK)
    last = [worker.submit(lambda store: _insert(store, "x")) for _ in range(20)][-1]
    worker.close()
    worker.close()
    assert last.done()
    store = open_store(path, CLOCK)
    assert len(store.query("SELECT * FROM source")) == 20
    store.close()
    with pytest.raises(RuntimeError):
        worker.submit(lambda store: None)


def test_a_store_that_does_not_open_tells_every_job(tmp_path: Path) -> None:
    worker = Worker(tmp_path / "none.hoctap", CLOCK)
    job = worker.submit(lambda store: None)
    for future in (worker.opened, job):
        found = future.exception()
        assert isinstance(found, UserError)
        assert found.code is Code.STORE_MISSING
    worker.close()


def test_a_job_cancelled_in_time_never_runs(path: Path) -> None:
    worker = Worker(path, CLOCK)
    gate = threading.Event()
    first = worker.submit(lambda store: gate.wait(30))
    second = worker.submit(lambda store: _insert(store, "never"))
    assert second.cancel()
    gate.set()
    assert first.result()
    assert worker.submit(lambda store: len(store.query("SELECT * FROM source"))).result() == 0
    worker.close()
