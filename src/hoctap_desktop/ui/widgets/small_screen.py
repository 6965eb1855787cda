"""A whole window on a screen that is smaller than it (1366×768 at 200 %): everything is reached by scrolling."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


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
        self.takeWidget()
        frame.setMinimumSize(self._least)
        self.setWidget(frame)
