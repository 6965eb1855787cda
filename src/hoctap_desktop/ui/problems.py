"""How failures reach the person: one dialog for what they can put right, one for bugs; and the crash hook."""

import contextlib
import logging
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, QThread, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from hoctap_desktop import __version__
from hoctap_desktop.foundation import clock, paths
from hoctap_desktop.ui import guarded
from hoctap_desktop.ui.problem_words import Advice, advice
from hoctap_desktop.ui.widgets.dialog import Dialog

_log = logging.getLogger(__name__)


class ProblemDialog(Dialog):
    """What happened, what is safe, Việc cần làm, folded details, code; "Đóng"."""

    def __init__(
        self,
        parent: QWidget | None,
        said: Advice,
        *,
        details: str = "",
    ) -> None:
        super().__init__(
            parent, said.title, icon="circle-x" if said.bug else "triangle-alert", tone="danger" if said.bug else "warn"
        )
        self.said = said
        self.add_text(" ".join(part for part in (said.text, said.safe) if part))
        if said.steps:
            self.add_steps(said.steps)
        self.add_details(details or said.details, said.code)
        self.add_button("Đóng", "primary")


class Problems(QObject):
    """Shows failures over a window, one dialog at a time; more of the same kind while one is open are only logged."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._dialog: ProblemDialog | None = None

    def show(self, failure: BaseException) -> None:
        """Opens the dialog for `failure`."""
        said = advice(failure)
        details = said.details
        if said.bug:
            details = "".join(traceback.format_exception(failure))[-1500:]
            _log.error("unexpected failure", exc_info=failure)
        if self._dialog is not None:
            return
        self._dialog = ProblemDialog(self._window, said, details=details)
        self._dialog.finished.connect(self._closed)
        self._dialog.open()

    def shown(self) -> ProblemDialog | None:
        """The dialog that is open."""
        return self._dialog

    def _closed(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None

    def from_override(self, failure: BaseException) -> None:
        """The sink of ui/guarded.py: after Qt is done with what it was doing, from whatever thread."""
        if QThread.currentThread() is self.thread():
            QTimer.singleShot(0, self, lambda: self.show(failure))


class CrashHook:
    """Takes exceptions nobody caught: itself off first, then a log file, then the dialog. No network.

    folder: where the log files go (by default <data folder>/logs). Use install() once at the start.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or paths.data_folder() / "logs"
        self.show: Callable[[BaseException], object] | None = None

    def install(self) -> None:
        sys.excepthook = self.taken
        threading.excepthook = lambda args: self.taken(args.exc_type, args.exc_value, args.exc_traceback)

    def uninstall(self) -> None:
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__

    def taken(self, kind: type[BaseException], failure: BaseException | None, trace: TracebackType | None) -> None:
        """Called by Python with an exception nobody caught."""
        if failure is None or issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, failure or kind(), trace)
            return
        # A second failure while telling of the first must not come back here.
        self.uninstall()
        try:
            self.write(failure)
            if self.show is not None and QApplication.instance() is not None:
                self.show(failure)
        finally:
            self.install()

    def write(self, failure: BaseException) -> Path | None:
        """The log file written for `failure`, None when even that failed."""
        now = clock.system_clock()
        text = "".join(traceback.format_exception(failure))
        with contextlib.suppress(OSError, ValueError):  # a window started without a console may have none to write to
            print(text, end="", file=sys.stderr)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            file = self._folder / f"crash-{now:%Y%m%d-%H%M%S}.txt"
            with file.open("a", encoding="utf-8") as log:  # two may come in one second
                log.write(f"hoctap-desktop {__version__}, Python {sys.version}\n{now.isoformat()}\n\n{text}\n")
        except OSError:
            return None
        return file


def listen(problems: Problems) -> None:
    """Failures inside overrides go to this window's dialog from now on."""
    guarded.report_to(problems.from_override)
