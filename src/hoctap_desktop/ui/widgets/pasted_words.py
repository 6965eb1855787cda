"""Words pasted into a field: in a coding of before Unicode they are shown before and after, and changed on consent."""

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from hoctap_desktop.foundation.legacy import CODING_WORDS, changed_lines, find_legacy
from hoctap_desktop.ui.widgets.coding_dialog import ask_coding

_MOST_LETTERS = 200_000


def clipboard_text() -> str:
    """What would be pasted as text."""
    data = QGuiApplication.clipboard().mimeData()
    return data.text()[:_MOST_LETTERS] if data.hasText() else ""


def asks_coding(field: QWidget, text: str, insert: Callable[[str], object]) -> bool:
    """True when the text is in an old coding: the person is asked, and `insert` gets it as they want it."""
    found = find_legacy(text[:_MOST_LETTERS])
    if found is None:
        return False
    changed = changed_lines(found.before, found.after)
    before = "\n".join(a for a, _ in changed) or found.before
    after = "\n".join(b for _, b in changed) or found.after
    ask_coding(
        field,
        f"Chữ vừa dán gõ bằng {CODING_WORDS[found.coding]}",
        before,
        after,
        lambda: insert(found.after),
        lambda: insert(text),
    )
    return True
