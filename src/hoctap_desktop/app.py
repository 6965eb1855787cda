"""Starts the window: the style, the crash hook, then the office that was open last, or the first page."""

import os
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from hoctap_desktop.foundation.clock import Clock, system_clock
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.paths import data_folder
from hoctap_desktop.store import passing
from hoctap_desktop.store.worker import Worker
from hoctap_desktop.ui import i18n, icons, system, theme
from hoctap_desktop.ui.collector import Collector
from hoctap_desktop.ui.copy_keeper import usual_folder
from hoctap_desktop.ui.first_run.sample_data import Trial
from hoctap_desktop.ui.first_run.window import FirstRunWindow
from hoctap_desktop.ui.jobs import Jobs
from hoctap_desktop.ui.letterbox import Letterbox
from hoctap_desktop.ui.main_window import MainWindow
from hoctap_desktop.ui.office_facts import clock_words, read_facts
from hoctap_desktop.ui.problems import CrashHook, Problems
from hoctap_desktop.ui.session import OfficeFacts, Session
from hoctap_desktop.ui.settings import Settings

_ANSWER_S = 5.0


class Program(QObject):
    """Holds the one window there is, and opens and closes offices. `done()`: another window has taken over.

    copies: where backup copies go when nobody named a folder.
    """

    done = Signal()

    def __init__(self, settings: Settings, clock: Clock = system_clock, copies: Path | None = None) -> None:
        super().__init__()
        self._settings = settings
        self._copies = copies
        self._clock = clock
        self._worker: Worker | None = None
        self._jobs: Jobs | None = None
        self._trial: Trial | None = None
        self.hangs = False
        self.window: QWidget | None = None
        self._to_open: list[Path] = []
        self._to_say = ""
        self._letterbox: Letterbox | None = None

    def start(self) -> None:
        """The office that was open last, or the first page, which says so when its data are gone."""
        store = self._settings.store
        if store is None:
            self.first_page()
        elif os.path.isfile(store):  # noqa: PTH113 - Path.is_file raises where asking is refused
            self.open_office(store)
        else:
            self.first_page(UserError(Code.STORE_MISSING, file=str(store)))

    def open_file(self, path: Path) -> None:
        """A sealed file that was double-clicked: the office that is open says what it is, or the next one to open."""
        self._to_open.append(path)
        if isinstance(self.window, MainWindow):
            self._open_files(self.window)

    def listen(self, letterbox: Letterbox) -> None:
        """Files double-clicked while this window is open come through the letterbox."""
        self._letterbox = letterbox
        letterbox.came.connect(self.open_file)
        letterbox.called.connect(self.come_up)

    def come_up(self) -> None:
        """Puts the window before the others: somebody started the program again to find it."""
        if self.window is not None:
            self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
            QApplication.alert(self.window)
            self.window.activateWindow()

    def _open_files(self, window: MainWindow) -> None:
        waiting, self._to_open = self._to_open, []
        for path in waiting:
            window.session.file_opened.emit(path)
        if waiting:
            self.come_up()

    def first_page(self, failure: BaseException | None = None) -> FirstRunWindow:
        """Shows the first page; failure: why the office could not be opened."""
        window = FirstRunWindow(self._settings, self._clock)
        window.told.connect(self._say_later)
        window.ready.connect(self.open_office)
        window.look_around.connect(self.look_around)
        self._show(window)
        if failure is not None:
            window.problems.show(failure)
        return window

    def _say_later(self, words: str) -> None:
        self._to_say = words

    def open_office(self, path: Path) -> None:
        """Opens the store at `path` and shows its window; a refusal leads to the first page."""
        self._worker = Worker(path, self._clock)
        self._jobs = Jobs(self._worker)
        # `done` runs on this thread, whichever window is up by then.
        self._jobs.run(read_facts, lambda facts: self._opened(path, facts), self._refused)

    def look_around(self, trial: Trial) -> None:
        """Shows sample data: what is remembered of real offices stays untouched, and all of them goes when left."""
        self._trial = trial
        self.open_office(trial.store)

    def _opened(self, path: Path, facts: OfficeFacts) -> None:
        assert self._jobs is not None
        settings = self._settings
        if self._trial is None:
            settings.store = path
        else:
            settings = settings.apart(self._trial.folder / "settings.ini")
        session = Session(facts, path, self._jobs, settings, self._clock, sample=self._trial is not None)
        window = MainWindow(session)
        session.leave_office.connect(self._leave, Qt.ConnectionType.QueuedConnection)
        session.restore_wanted.connect(self._restore, Qt.ConnectionType.QueuedConnection)
        self._show(window)
        window.open_room("home")
        window.copies.begin(self._copies)
        if self._to_say:
            window.say("restored", "info", self._to_say)
            self._to_say = ""
        if late := clock_words(self._clock(), facts.written_at):
            window.say("clock", "warn", late)
        self._open_files(window)

    def _refused(self, failure: BaseException) -> None:
        self._shut()
        in_use = isinstance(failure, UserError) and failure.code is Code.STORE_IN_USE
        if in_use and self._letterbox is not None and self._letterbox.hand_over(self._to_open):
            self._wait_for_answer(self._letterbox, failure, _ANSWER_S)
            return
        self.first_page(failure)

    def _wait_for_answer(self, letterbox: Letterbox, failure: BaseException, left: float) -> None:
        """Goes as soon as the window that is open has read the call; a command or a window that hangs reads none."""
        if letterbox.is_read():
            self._to_open = []
            self.done.emit()
        elif left > 0:
            QTimer.singleShot(50, self, lambda: self._wait_for_answer(letterbox, failure, left - 0.05))
        else:
            letterbox.take_back()
            self.first_page(failure)

    def _leave(self) -> None:
        window = self.window
        # For a moment no window is open, and that must not end the program.
        QApplication.setQuitOnLastWindowClosed(False)
        if window is not None and window.close():
            looked_around = self._trial is not None
            self._shut()
            if not looked_around:
                self._settings.store = None
            self.start()
        QApplication.setQuitOnLastWindowClosed(True)

    def _restore(self, copy: Path) -> None:
        """Closes the office, puts the copy in its place, and opens it again; a refusal opens it as it was."""
        window, path = self.window, self._settings.store
        QApplication.setQuitOnLastWindowClosed(False)
        if window is not None and path is not None and window.close():
            self._shut()
            self.first_page().put_back(copy, path)
        QApplication.setQuitOnLastWindowClosed(True)

    def _end_trial(self) -> None:
        if self._trial is None:
            return
        trial, self._trial = self._trial, None
        trial.end()
        app = QApplication.instance()
        wanted = self._settings.theme(wished_contrast=system.wishes_contrast())
        if isinstance(app, QApplication) and theme.theme() != wanted:  # another look was tried
            theme.apply(app, wanted)

    def _show(self, window: QWidget) -> None:
        old, self.window = self.window, window
        window.show()
        if old is not None:
            old.close()
            old.deleteLater()

    def _shut(self) -> None:
        if self._jobs is not None:
            self._jobs.finish()
            self._jobs.close()
            self.hangs = self.hangs or self._jobs.abandoned
        if self._worker is not None:
            self._worker.close()
        self._jobs = self._worker = None
        self._end_trial()

    def end(self) -> None:
        """Closes the store after every change given to it, and the settings."""
        if isinstance(self.window, FirstRunWindow):
            self.hangs = self.hangs or self.window.jobs.abandoned
        self._shut()
        if self._letterbox is not None:
            # here and now: what watches a folder must not wait for a garbage collector on some other thread
            self._letterbox.close()
            self._letterbox = None
        self._settings.sync()


def make_application(arguments: Sequence[str]) -> QApplication:
    """The QApplication in its style and language."""
    QApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    app = QApplication([sys.argv[0], *arguments])
    app.setApplicationName("hoctap")
    app.setApplicationDisplayName("")
    app.setDesktopFileName("hoctap")
    return app


def run(argv: Sequence[str]) -> int:
    """Opens the window and stays until it is closed. argv: sealed files to look at. Returns the exit code."""
    app = make_application(argv)
    settings = Settings()
    theme.apply(app, settings.theme(wished_contrast=system.wishes_contrast()))
    app.setWindowIcon(icons.icon("book-open-check", "pri", 32))
    i18n.install(app)
    collector = Collector()  # kept until the end: no thread but this one may take a widget away
    hook = CrashHook()
    hook.install()
    program = Program(settings, copies=usual_folder())

    def tell(failure: BaseException) -> None:
        if program.window is not None:
            Problems(program.window).show(failure)

    hook.show = tell
    for name in argv:
        program.open_file(Path(name).absolute())
    program.done.connect(app.quit)
    program.listen(Letterbox(data_folder() / "opening"))
    program.start()
    threading.Thread(target=passing.sweep, name="sweep", daemon=True).start()
    code = app.exec()
    program.end()
    collector.stop()
    hook.uninstall()
    if program.hangs:
        # A thread waits for a stick that does not answer, and Python would wait for the thread. All is on the disk.
        os._exit(code)
    return code
