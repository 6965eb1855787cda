"""The five ways in which Vietnamese comes into a box, to whatever has the keyboard."""

import unicodedata
from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from hoctap_desktop.foundation.text import without_marks
from tests.ui.keys import CTRL, NONE, target


def by_keys(text: str) -> None:
    """Letter by letter, as a layout with Vietnamese letters sends them."""
    for letter in text:
        key = Qt.Key.Key_Space if letter == " " else Qt.Key.Key_unknown
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(target(), QKeyEvent(kind, key, NONE, letter))


def by_unikey(text: str) -> None:
    """A word plain; when its marks are typed, as many Backspaces as it has letters, and the word anew."""
    for number, word in enumerate(text.split(" ")):
        if number:
            by_keys(" ")
        plain = without_marks(word)
        if plain != word.lower() and len(plain) == len(word):
            by_keys(plain)
            for _ in plain:
                QTest.keyClick(target(), Qt.Key.Key_Backspace)
        by_keys(word)


def by_paste_nfc(text: str) -> None:
    _paste(unicodedata.normalize("NFC", text))


def by_paste_nfd(text: str) -> None:
    """As old documents and Macs give it: letters and marks apart."""
    _paste(unicodedata.normalize("NFD", text))


def by_input_method(text: str) -> None:
    """Word by word: underlined while it grows, then committed."""
    for number, word in enumerate(text.split(" ")):
        for end in range(1, len(word) + 1):
            QApplication.sendEvent(target(), QInputMethodEvent(word[:end], []))
        commit = QInputMethodEvent()
        commit.setCommitString(f" {word}" if number else word)
        QApplication.sendEvent(target(), commit)


def by_commit(text: str) -> None:
    """All at once, as an input method or a voice gives it."""
    commit = QInputMethodEvent()
    commit.setCommitString(text)
    QApplication.sendEvent(target(), commit)


def _paste(text: str) -> None:
    QApplication.clipboard().setText(text)
    QTest.keyClick(target(), Qt.Key.Key_V, CTRL)


WAYS: dict[str, Callable[[str], None]] = {
    "keys": by_keys,
    "unikey": by_unikey,
    "paste": by_paste_nfc,
    "paste NFD": by_paste_nfd,
    "input method": by_input_method,
}
