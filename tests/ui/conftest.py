"""Guards round every test with Qt: nothing stays on the clipboard, no window stays behind."""

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget

from hoctap_desktop.ui import theme

# Qt keeps its one tooltip label between uses.
KEPT_BY_QT = {"QTipLabel"}


def windows() -> list[QWidget]:
    """The windows that exist, shown or not, except Qt's own; those already told to go are gone."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return [w for w in QApplication.topLevelWidgets() if w.metaObject().className() not in KEPT_BY_QT]


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> None:
    """The program's own style, light and at 100 %: widgets are measured and painted as they will be."""
    if qapp.styleSheet() == "" or theme.theme() != theme.Theme():
        theme.apply(qapp, theme.Theme())


@pytest.fixture(autouse=True)
def nothing_left_behind(qapp: QApplication) -> Iterator[None]:
    """Clears the clipboard (data made in Python crashes Qt at exit when left there) and fails on windows left over."""
    before = set(windows())
    yield
    QApplication.clipboard().clear()
    left = [w for w in windows() if w not in before]
    if left:
        # Perhaps only a reference cycle holds them.
        del left
        gc.collect()
        left = [w for w in windows() if w not in before]
    if left:
        names = ", ".join(f"{type(w).__name__} {w.objectName()!r}" for w in left)
        for window in left:
            window.hide()
            window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        pytest.fail(f"windows left behind (add them with qtbot.addWidget): {names}", pytrace=False)
