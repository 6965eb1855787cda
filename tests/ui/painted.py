"""Which widgets were painted: how far a key reaches on the screen."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from hoctap_desktop.ui.guarded import guarded


class PaintedWidgets(QObject):
    """`seen`: the widgets of a window in the order of their paintings, since it was made or cleared."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.seen: list[QWidget] = []
        QApplication.processEvents()
        for widget in (window, *window.findChildren(QWidget)):
            widget.installEventFilter(self)

    @guarded(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
            self.seen.append(watched)
        return False
