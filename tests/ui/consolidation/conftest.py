"""The upper office of the example in a window, with the files of its units."""

from pathlib import Path
from typing import TypeVar

import pytest
from pytestqt.qtbot import QtBot

from hoctap_desktop.consolidation.intake import intake
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission.enrolment import accept
from hoctap_desktop.ui.page import Page
from tests.offices import NOW
from tests.ui.conftest import Office, OpenOffice
from tests.ui.consolidation import papers

UPPER = "19-171-GDDT"


@pytest.fixture
def upper(open_office: OpenOffice) -> Office:
    """The upper office on 14/10/2022 at 16:12, with no key and no paper yet."""
    return open_office(UPPER, at=NOW)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A folder with the four reports."""
    return papers.put(tmp_path / "usb", *(papers.report(name) for name in papers.NAMES))


@pytest.fixture
def fed(upper: Office, stick: Path) -> Office:
    """The upper office when it knows three keys of four and has read the stick: three reports taken, one waits."""

    def feed(store: Store) -> None:
        accept_keys(store, papers.NAMES[:3])
        intake(store, [stick])

    upper.worker.submit(feed).result()
    return upper


def accept_keys(store: Store, names: tuple[str, ...]) -> None:
    """Takes the keys of these units in."""
    for name in names:
        request = papers.request(name)
        accept(store, request.data, request.name, store.clock())


@pytest.fixture
def gone_to(upper: Office) -> list[tuple[str, object]]:
    """Where pages asked to go."""
    found: list[tuple[str, object]] = []
    upper.session.navigate.connect(lambda room, argument: found.append((room, argument)))
    return found


P = TypeVar("P", bound=Page)


def on_screen(page: P, office: Office, qtbot: QtBot) -> P:
    """The page as the window brings it up, at the size it has there, with everything read."""
    qtbot.addWidget(page)
    page.resize(1182, 654)
    page.show()
    page.activateWindow()
    page.enter()
    office.settle()
    return page
