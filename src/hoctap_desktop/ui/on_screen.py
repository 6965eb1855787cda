"""Windows that fit the screen they open on: 1366×768 at 150 % leaves 911×470, and a title bar nobody can reach."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QWidget

# What a system puts round a window of ours: its title bar.
TITLE_BAR = 32


def fitted(wanted: QSize, room: QRect, least: QSize) -> QRect:
    """Where a window of `wanted` size (within its frame) opens in `room`: in the middle, never past its edges.

    least: it is not made smaller than that, and then begins at the top left, where its title bar is.
    """
    size = wanted.boundedTo(QSize(room.width(), room.height() - TITLE_BAR)).expandedTo(least)
    left = room.x() + max(0, (room.width() - size.width()) // 2)
    top = room.y() + max(0, (room.height() - TITLE_BAR - size.height()) // 2)
    return QRect(left, top, size.width(), size.height())


def least_size(smallest: QSize, room: QRect) -> QSize:
    """How small a window may be made: as its frame, or as the screen where that is smaller still."""
    return smallest.boundedTo(QSize(room.width(), room.height() - TITLE_BAR))


def limit_window(window: QWidget, smallest: QSize) -> None:
    """Says how small a person may make a window."""
    window.setMinimumSize(least_size(smallest, window.screen().availableGeometry()))


def place_window(window: QWidget, wanted: QSize) -> None:
    """Gives a window that is not shown yet its size and its place."""
    box = fitted(wanted, window.screen().availableGeometry(), window.minimumSize())
    window.resize(box.size())
    window.move(box.topLeft())
