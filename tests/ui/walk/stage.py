"""Brings the scenes of the walk up on sample data."""

import gc
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget

from hoctap_desktop.campaign import repository as campaigns
from hoctap_desktop.form import loader
from hoctap_desktop.foundation.clock import fixed_clock
from hoctap_desktop.store.database import open_store
from hoctap_desktop.store.worker import Worker
from hoctap_desktop.ui.first_run.sample_data import sample_store
from hoctap_desktop.ui.first_run.window import CHOOSE, FirstRunWindow
from hoctap_desktop.ui.jobs import Jobs
from hoctap_desktop.ui.main_window import MainWindow
from hoctap_desktop.ui.office_facts import read_facts
from hoctap_desktop.ui.screenshots import SAVED_AT, UPPER, UPPER_AT
from hoctap_desktop.ui.session import Session
from hoctap_desktop.ui.settings import Settings
from tests.ui.walk.scene import Scene, settle

CLIENT = QSize(1366, 696)


class Stage:
    """Opens scenes on copies of two stores that are made once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0

    def _store(self, scene: Scene) -> Path:
        kept = self._folder / f"kept-{scene.unit}"
        campaigns.know(())  # what the office of the scene before knew
        loader.know(())
        sample_store(kept, scene.unit, fixed_clock(UPPER_AT if scene.unit == UPPER else SAVED_AT))
        self._count += 1
        folder = self._folder / f"stage-{self._count}"
        shutil.copytree(kept, folder)
        return sample_store(folder, scene.unit, fixed_clock(scene.at))

    @contextmanager
    def opened(self, scene: Scene, client: QSize = CLIENT) -> Iterator[tuple[QWidget, QWidget]]:
        """The window and the part to look at: the window itself, or the dialog or menu over it."""
        if not scene.room:
            with self._first_run(scene, client) as shown:
                yield shown
            return
        clock = fixed_clock(scene.at)
        path = self._store(scene)
        if scene.before is not None:
            store = open_store(path, clock)
            try:
                scene.before(store)
            finally:
                store.close()
        worker = Worker(path, clock)
        jobs = Jobs(worker)
        failures: list[BaseException] = []
        jobs.unhandled.connect(failures.append)
        facts = worker.submit(read_facts).result()
        session = Session(facts, path, jobs, Settings(path.parent / "settings.ini"), clock)
        window = MainWindow(session)
        try:
            window.setMinimumSize(window.minimumSize().boundedTo(client))  # as on a screen of that size
            window.resize(client)
            window.show()
            window.activateWindow()
            window.open_room(scene.room, scene.argument)
            session.saved.emit(scene.at)  # a window in use says when it saved: at the top, or among a page's buttons
            settle(jobs)
            looked_at = scene.act(window) if scene.act is not None else None
            settle(jobs)
            yield window, looked_at if isinstance(looked_at, QWidget) else window
        finally:
            settle(jobs)
            for top in QApplication.topLevelWidgets():
                if isinstance(top, QDialog | QMenu):
                    top.close()
            window.close()
            window.deleteLater()
            settle(jobs)
            gc.collect()  # here, and not by chance in a thread that may not take windows away
            jobs.close()
            worker.close()
            shutil.rmtree(path.parent, ignore_errors=True)
        assert failures == []

    @contextmanager
    def _first_run(self, scene: Scene, client: QSize) -> Iterator[tuple[QWidget, QWidget]]:
        self._count += 1
        folder = self._folder / f"stage-{self._count}"
        folder.mkdir()
        window = FirstRunWindow(Settings(folder / "settings.ini"), fixed_clock(scene.at), folder)
        try:
            window.setMinimumSize(window.minimumSize().boundedTo(client))
            window.resize(client)
            window.show()
            window.activateWindow()
            if scene.argument != CHOOSE:
                window.search_for("05809")
                settle(window.jobs)
                window.choose.next.click()
                settle(window.jobs)
                assert isinstance(scene.argument, int)
                window._go(scene.argument)
            settle(window.jobs)
            looked_at = scene.act(window) if scene.act is not None else None
            settle(window.jobs)
            yield window, looked_at if isinstance(looked_at, QWidget) else window
        finally:
            for top in QApplication.topLevelWidgets():
                if isinstance(top, QDialog | QMenu):
                    top.close()
            window.close()
            window.deleteLater()
            settle(window.jobs)
