"""Where files are dropped: a dashed frame that turns solid while something hangs over it."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.widgets.labels import ElidedLabel, IconLabel, Label, restyle


class DropZone(QFrame):
    """`dropped(paths)`: list of pathlib.Path (files and folders). `add(widget)`: buttons at the right."""

    dropped = Signal(list)

    def __init__(self, title: str, text: str = "", *, over: str = "Thả ra là đọc") -> None:
        super().__init__()
        self._resting, self._over = title, over
        self._heavy = bool(text)
        self.setAcceptDrops(True)
        self.setProperty("drop", "idle")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16 if not text else 20, 10, 8 if not text else 20, 10)
        self._row.setSpacing(8 if not text else 16)
        self._icon = IconLabel("upload", "pri", 26 if text else 20)
        self._row.addWidget(self._icon)
        column = QVBoxLayout()
        column.setSpacing(0)
        self._title = Label(title, "reading" if text else "body", bold=self._heavy)
        column.addWidget(self._title)
        if text:
            self._text = ElidedLabel(text, "body", "ink2")
            column.addWidget(self._text)
        self._row.addLayout(column, 1)
        self.setAccessibleName(f"{title}. {text}")
        if text:
            self.setMinimumHeight(64)

    def say(self, text: str) -> None:
        """Another line under the title of a zone that was made with one."""
        self._text.set_text(text)
        self.setAccessibleName(f"{self._resting}. {text}")

    def add(self, widget: QWidget) -> None:
        self._row.addWidget(widget)

    def hang(self, over: bool) -> None:
        """Looks as while something hangs over it, or as at rest."""
        self.setProperty("drop", "over" if over else "idle")
        self._title.setText(self._over if over else self._resting)
        self._title.set_token("pri" if over else "ink")
        self._title.set_bold(over or self._heavy)
        restyle(self)

    @guarded(None)
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.hang(True)

    @guarded(None)
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: ARG002 - Qt's signature
        self.hang(False)

    @guarded(None)
    def dropEvent(self, event: QDropEvent) -> None:
        self.hang(False)
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if paths:
            self.dropped.emit(paths)
