"""A file double-clicked while the window is open: the second program hands its name to the first and goes.

A folder of the person's own takes the place of a socket: one small file for each name, read once and removed.
"""

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
    """`came(path)` for each file that another start of the program was asked to open, from now on."""

    came = Signal(Path)

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
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
        """Gives names to the window that is open. False when they could not be written.

        A letter may be read and gone the moment it has its name: nothing is asked of it afterwards.
        """
        self._watch.blockSignals(True)
        try:
            for path in paths:
                letter = self._folder / uuid.uuid4().hex
                letter.write_bytes(os.fsencode(path))
                letter.replace(letter.with_suffix(_ENDING))
        except OSError:
            return False
        return True

    def _look(self, _folder: str) -> None:
        for letter in sorted(self._folder.glob(f"*{_ENDING}")):
            try:
                name = os.fsdecode(letter.read_bytes()[:_LONGEST])
                letter.unlink()
            except OSError:
                continue  # another one read it
            self.came.emit(Path(name))
