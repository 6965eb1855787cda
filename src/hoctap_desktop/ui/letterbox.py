"""The program started again while its window is open: the second one calls the first and goes.

A folder of the person's own takes the place of a socket: one small file for each file to open, or an empty one that
only asks for the window; read once and removed, which is the answer.
"""

import contextlib
import os
import time
import uuid
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, Signal
from shiboken6 import delete, isValid

_ENDING = ".path"
_LONGEST = 4096
_FORGOTTEN = 60.0  # seconds: who double-clicks several files starts the program several times at once


class Letterbox(QObject):
    """Of another start of the program, from now on: `came(path)` for each file it was asked to open; `called()`."""

    came = Signal(Path)
    called = Signal()

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._given: list[Path] = []
        self._watch = QFileSystemWatcher(self)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            return  # no hand-over then; the file can still be dropped onto the window
        for old in folder.iterdir():
            try:
                if time.time() - old.stat().st_mtime > _FORGOTTEN:
                    old.unlink()  # nobody was there to read it
            except OSError:
                continue  # somebody did just now
        self._watch.addPath(str(folder))
        self._watch.directoryChanged.connect(self._look)

    def close(self) -> None:
        """Watches no more."""
        if isValid(self._watch):
            delete(self._watch)

    def hand_over(self, paths: Sequence[Path]) -> bool:
        """Gives names to the window that is open; of no names, calls it. False when they could not be written."""
        self._watch.blockSignals(True)
        try:
            for name in [os.fsencode(path) for path in paths] or [b""]:
                letter = self._folder / uuid.uuid4().hex
                letter.write_bytes(name)
                letter.replace(letter.with_suffix(_ENDING))
                self._given.append(letter.with_suffix(_ENDING))
        except OSError:
            self.take_back()
            return False
        return True

    def is_read(self) -> bool:
        """Whether somebody has read all that was handed over."""
        return not any(os.path.lexists(letter) for letter in self._given)

    def take_back(self) -> None:
        """Takes away what nobody read; from now on it is this window that may be called."""
        given, self._given = self._given, []
        for letter in given:
            with contextlib.suppress(OSError):
                letter.unlink()
        self._watch.blockSignals(False)

    def _look(self, _folder: str) -> None:
        for letter in sorted(self._folder.glob(f"*{_ENDING}")):
            try:
                name = os.fsdecode(letter.read_bytes()[:_LONGEST])
                letter.unlink()
            except OSError:
                continue  # another one read it
            if name:
                self.came.emit(Path(name))
            else:
                self.called.emit()
