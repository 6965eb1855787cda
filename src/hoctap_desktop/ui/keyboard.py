"""Keys a page listens to, and the list of places that Ctrl+F opens where there is no text to search.

The keys themselves, for help and its test, stand in key_table.py.
"""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from hoctap_desktop.ui import theme
from hoctap_desktop.ui.widgets.picker import Picked, Picker


def listen(page: QWidget, acts: Mapping[str, Callable[[], object]]) -> None:
    """Each key does its act while the keyboard is anywhere in `page`."""
    for keys, act in acts.items():
        shortcut = QShortcut(QKeySequence(keys), page)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)


def pick(
    over: QWidget, title: str, rows: Sequence[tuple[str, str]], go: Callable[[str], object], width: int = 0
) -> Picker:
    """Ctrl+F where there is no text to search: a list of places (key, words), narrowed by typing; `go(key)`.

    When the person wants none of them, the keyboard goes back where it was. width: in px, 0 for the usual one.
    """
    back = QApplication.focusWidget()
    picker = Picker(title, [Picked(key, words) for key, words in rows], over)

    def closed() -> None:
        if back is not None and isValid(back):
            back.setFocus(Qt.FocusReason.OtherFocusReason)

    if width:
        picker.setFixedWidth(min(width, over.width() - theme.px(80)))
    picker.chosen.connect(go)
    picker.closed.connect(closed)
    picker.open_at(QPoint(theme.px(60), theme.px(48)))
    return picker
