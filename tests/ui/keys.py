"""Typing as a person does: ASCII key by key, Vietnamese as an input method commits it, to whatever has the keyboard."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def target() -> QWidget:
    """The widget that has the keyboard."""
    widget = QApplication.focusWidget()
    assert widget is not None, "nothing has the keyboard"
    return widget


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    """One key."""
    QTest.keyClick(target(), key, modifier)
    QCoreApplication.sendPostedEvents(None, 0)


def write(text: str) -> None:
    """A text. QTest.keyClicks ends the process on a letter that is not ASCII: those are committed word by word."""
    for word in text.replace(" ", " \x00").split("\x00"):
        if word.isascii():
            for letter in word:  # the first one may open an editor that takes the others
                QTest.keyClicks(target(), letter)
        else:
            commit = QInputMethodEvent()
            commit.setCommitString(word)
            QApplication.sendEvent(target(), commit)
    QCoreApplication.sendPostedEvents(None, 0)
