"""Guards round every test with Qt: nothing stays on the clipboard, no window stays behind."""

import gc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from hoctap_desktop.foundation.clock import VIETNAM, fixed_clock
from hoctap_desktop.office.sample import make_sample
from hoctap_desktop.store.worker import Worker
from hoctap_desktop.ui import i18n, theme
from hoctap_desktop.ui.jobs import Jobs
from hoctap_desktop.ui.office_facts import read_facts
from hoctap_desktop.ui.session import Session
from hoctap_desktop.ui.settings import Settings

# Qt keeps its one tooltip label between uses.
KEPT_BY_QT = {"QTipLabel"}


def windows() -> list[QWidget]:
    """The windows that exist, shown or not, except Qt's own; those already told to go are gone."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return [w for w in QApplication.topLevelWidgets() if w.metaObject().className() not in KEPT_BY_QT]


def let_go_of_the_mouse() -> None:
    """A press whose widget went before its release would stay down for every test after it."""
    if QApplication.mouseButtons() != Qt.MouseButton.NoButton:
        ground = QWidget()
        ground.show()
        QTest.mouseRelease(ground, Qt.MouseButton.LeftButton)
        ground.close()
        ground.deleteLater()


@pytest.fixture(scope="session", autouse=True)
def vietnamese_qt(qapp: QApplication) -> Iterator[None]:
    """Qt's own words and dates as in the program: what keys are called decides which shortcuts are the same."""
    before = QLocale()
    translator = i18n.install(qapp)
    yield
    qapp.removeTranslator(translator)
    QLocale.setDefault(before)


@pytest.fixture(params=[theme.Theme(), theme.Theme(contrast=True), theme.Theme(text_size=130)], ids=str)
def dressed(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[theme.Theme]:
    """Each of the looks in turn."""
    theme.apply(qapp, request.param)
    yield request.param
    theme.apply(qapp, theme.Theme())


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> None:
    """The program's own style, light and at 100 %: widgets are measured and painted as they will be."""
    if qapp.styleSheet() == "" or theme.theme() != theme.Theme():
        theme.apply(qapp, theme.Theme())


@pytest.fixture(autouse=True)
def nothing_left_behind(qapp: QApplication) -> Iterator[None]:
    """Clears the clipboard (data made in Python crashes Qt at exit when left there) and fails on windows left over."""
    before = set(windows())
    gc.disable()  # as in the program: cycles with widgets in them die on this thread, below, and in no worker's
    yield
    gc.collect(2 if gc.get_count()[2] > 10 else 1)
    QApplication.clipboard().clear()
    let_go_of_the_mouse()
    left = [w for w in windows() if w not in before]
    if left:
        # Perhaps only a reference cycle holds them.
        del left
        gc.collect()
        left = [w for w in windows() if w not in before]
    if left:
        names = ", ".join(f"{type(w).__name__} {w.objectName()!r}" for w in left)
        for window in left:
            window.hide()
            window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        pytest.fail(f"windows left behind (add them with qtbot.addWidget): {names}", pytrace=False)


@dataclass
class Office:
    """A store of sample data open as in a window: its session, and the thread that holds it."""

    path: Path
    worker: Worker
    session: Session

    def settle(self) -> None:
        """Waits for every job and delivers every answer."""
        self.session.jobs.finish()
        QApplication.processEvents()
        self.session.jobs.finish()


OpenOffice = Callable[..., Office]


@pytest.fixture
def open_office(tmp_path: Path, qapp: QApplication) -> Iterator[OpenOffice]:
    """Opens sample offices: open_office(), open_office("19-171-GDDT", at=…); by default Hà Thượng on 12/10/2022."""
    opened: list[Office] = []

    def make(code: str = "05812", at: datetime = datetime(2022, 10, 12, 10, 32, 5, tzinfo=VIETNAM)) -> Office:
        clock = fixed_clock(at)
        path = tmp_path / f"{code}-{len(opened)}.hoctap"
        make_sample(path, clock, code).close()
        worker = Worker(path, clock)
        jobs = Jobs(worker)
        facts = worker.submit(read_facts).result()
        session = Session(facts, path, jobs, Settings(tmp_path / "settings.ini"), clock)
        opened.append(Office(path, worker, session))
        return opened[-1]

    yield make
    for office in opened:
        office.session.jobs.finish()
        office.session.jobs.close()
        office.worker.close()


@pytest.fixture
def office(open_office: OpenOffice) -> Office:
    """Hà Thượng with its plan and report as drafts, on 12/10/2022 at 10:32:05."""
    return open_office()
