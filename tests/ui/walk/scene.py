"""A scene of the walk, and what brings one up: acts on the page that is open, and what they open."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMenu, QWidget

from hoctap_desktop.store.database import Store
from hoctap_desktop.ui.jobs import Jobs
from hoctap_desktop.ui.main_window import MainWindow
from hoctap_desktop.ui.screenshots import COMMUNE, SAVED_AT

REPORT = "2022-report"
Act = Callable[[Any], object]


@dataclass(frozen=True)
class Scene:
    """A page in one of its states, or a dialog or menu over it: `act` brings it up and gives it back (None: the page).

    room "": the window of the first run, `argument` its step.
    """

    name: str
    room: str
    argument: object = None
    unit: str = COMMUNE
    at: datetime = SAVED_AT
    before: Callable[[Store], object] | None = None
    act: Act | None = None


def settle(jobs: Jobs) -> None:
    """Lets every job end and every answer arrive."""
    for _ in range(3):
        jobs.finish()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()


def opened(kind: type[QWidget] = QDialog) -> QWidget:
    """The dialog or menu on top."""
    shown = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]
    assert shown, "nothing opened"
    return shown[-1]


def dialog_after(act: Act) -> Act:
    """Does `act`, waits for jobs, gives the dialog that opened."""

    def run(window: MainWindow) -> QWidget:
        act(window)
        settle(window.session.jobs)
        return opened()

    return run


def on_page(act: Callable[[Any], object]) -> Act:
    """Does `act` with the page that is up, waits, gives the dialog that opened."""
    return dialog_after(lambda window: act(window.open_page()))


def pages_only(act: Callable[[Any], object]) -> Act:
    """Brings the page into another state."""

    def run(window: MainWindow) -> None:
        act(window.open_page())
        settle(window.session.jobs)

    return run


def menu_of(button: str) -> Act:
    """Presses a button of the page that opens a menu."""

    def run(window: MainWindow) -> QWidget:
        getattr(window.open_page(), button).click()
        settle(window.session.jobs)
        return opened(QMenu)

    return run


def menu_over(find: Callable[[Any], QWidget]) -> Act:
    """Asks for the menu of the right button of a part of the page."""

    def run(window: MainWindow) -> QWidget:
        part = find(window.open_page())
        part.setFocus()
        where = part.rect().center()
        viewport = getattr(part, "viewport", lambda: part)()
        event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, where, part.mapToGlobal(where))
        QApplication.sendEvent(viewport, event)
        settle(window.session.jobs)
        return opened(QMenu)

    return run


def file_dialog(act: Callable[[Any], object]) -> Act:
    def run(window: MainWindow) -> QWidget:
        act(window.open_page())
        settle(window.session.jobs)
        return opened(QFileDialog)

    return run
