"""An office open in a session over a store in a temporary folder, as the window has it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from hoctap_desktop.foundation.clock import VIETNAM, fixed_clock
from hoctap_desktop.office.sample import COMMUNE, make_sample
from hoctap_desktop.store.database import Store
from hoctap_desktop.store.worker import Worker
from hoctap_desktop.ui.jobs import Jobs
from hoctap_desktop.ui.office_facts import read_facts
from hoctap_desktop.ui.session import Session
from hoctap_desktop.ui.settings import Settings

NOW = datetime(2022, 10, 14, 10, 32, 5, tzinfo=VIETNAM)


@contextmanager
def office_session(
    folder: Path, code: str = COMMUNE, *, prepare: Callable[[Store], object] | None = None
) -> Iterator[Session]:
    """The sample office `code`; a failure nobody expected fails the test. prepare: works on the store first."""
    clock = fixed_clock(NOW)
    path = folder / f"{code}.hoctap"
    store = make_sample(path, clock, code)
    if prepare is not None:
        prepare(store)
    store.close()
    worker = Worker(path, clock)
    jobs = Jobs(worker)
    failures: list[BaseException] = []
    jobs.unhandled.connect(failures.append)
    facts = worker.submit(read_facts).result()
    session = Session(facts, path, jobs, Settings(folder / f"{code}.ini"), clock)
    try:
        yield session
        jobs.finish()
    finally:
        jobs.close()
        worker.close()
    assert failures == []
