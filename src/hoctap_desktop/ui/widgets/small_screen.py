"""A whole window on a screen that is smaller than it (1366×768 at 200 %): everything is reached by scrolling."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from hoctap_desktop.ui.guarded import guarded


class SmallScreen(QScrollArea):
    """Holds the frame of a window, never smaller than `least`; the bars come only when the window is smaller."""

    def __init__(self, least: QSize) -> None:
        super().__init__()
        self._least = least
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)

    def hold(self, frame: QWidget) -> None:
        """Shows `frame` in the place of what was held."""
        if (before := self.takeWidget()) is not None:
            before.hide()
            before.deleteLater()
        frame.setMinimumSize(self._least)
        holder = _Holder(frame)
        holder.setMinimumSize(self._least)
        self.setWidget(holder)


class _Holder(QWidget):
    """Gives the frame its own size. Asked directly, a frame with a sentence that wraps (any banner) would be made as
    high as it would like to be, and the whole window scrolled.
    """

    def __init__(self, frame: QWidget) -> None:
        super().__init__()
        frame.setParent(self)
        self._frame = frame

    @guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._frame.setGeometry(self.rect())
        super().resizeEvent(event)
