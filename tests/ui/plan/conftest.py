"""A plan page over the store of the sample commune."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from hoctap_desktop.filing.model import Filing, Kind
from hoctap_desktop.foundation.clock import VIETNAM, fixed_clock
from hoctap_desktop.office import filings, sample
from hoctap_desktop.store.worker import Worker
from hoctap_desktop.ui.jobs import Jobs
from hoctap_desktop.ui.office_facts import read_facts
from hoctap_desktop.ui.plan.page import PlanPage
from hoctap_desktop.ui.session import Session
from hoctap_desktop.ui.settings import Settings

AT = datetime(2022, 10, 4, 9, 14, 20, tzinfo=VIETNAM)
Stored = Callable[[], Filing]


@pytest.fixture
def session(tmp_path: Path, qapp: object) -> Iterator[Session]:
    path = tmp_path / "office.hoctap"
    sample.make_sample(path, fixed_clock(AT), sample.COMMUNE).close()
    worker = Worker(path, fixed_clock(AT))
    jobs = Jobs(worker)
    facts = worker.submit(read_facts).result()
    yield Session(facts, path, jobs, Settings(tmp_path / "settings.ini"), fixed_clock(AT))
    jobs.finish()
    jobs.close()
    worker.close()


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> PlanPage:
    """The page, opened and active, at the size it has in the window."""
    made = PlanPage(session)
    qtbot.addWidget(made)
    made.resize(1366 - 184, 696 - 42)
    made.show()
    made.enter()
    session.jobs.finish()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    focus = made.first_focus()
    assert focus is not None
    focus.setFocus()
    return made


@pytest.fixture
def stored(session: Session) -> Stored:
    """Reads what is in the store now."""

    def read() -> Filing:
        found: list[Filing] = []
        session.jobs.finish()
        session.jobs.run(lambda store: filings.open_or_begin(store, Kind.PLAN), found.append)
        session.jobs.finish()
        return found[0]

    return read
