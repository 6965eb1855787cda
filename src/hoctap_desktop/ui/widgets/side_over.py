"""The right pane of a work screen: beside the middle, in a narrow window over it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from hoctap_desktop.ui import theme
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.widgets.labels import restyle, rule
from hoctap_desktop.ui.widgets.panes import Panes

_OVER_WIDTH = 340


class PutAway(QObject):
    """Esc in what lies over the content: it goes, and the keyboard is back where it was before it came there."""

    def __init__(self, right: QWidget, put_away: Callable[[], object]) -> None:
        super().__init__(right)
        self._right, self._put_away = right, put_away
        self._behind: QWidget | None = None
        right.installEventFilter(self)  # what a part of it did not want: a search takes Esc for itself
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)

    def _follow(self, old: QWidget | None, now: QWidget | None) -> None:
        if old is not None and now is not None and self._right.isAncestorOf(now) and not self._right.isAncestorOf(old):
            self._behind = old

    @guarded(False)
    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if not (isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress):
            return False
        if event.key() != Qt.Key.Key_Escape:
            return False
        self._put_away()
        if self._right.isVisible():
            return False
        if self._behind is not None and isValid(self._behind):
            self._behind.setFocus(Qt.FocusReason.OtherFocusReason)
        return True


class SideOver:
    """`box` lies at the top of `work`; the page calls `place` when it was resized."""

    def __init__(self, work: QWidget, box: Panes, right: QWidget) -> None:
        self._work, self._box, self._right = work, box, right
        self._narrow = False
        self._edge = rule("v")
        self._edge.setParent(work)
        self._edge.hide()
        PutAway(right, self._put_away)

    def _put_away(self) -> None:
        if self._narrow:
            self.show(False)

    def set_narrow(self, narrow: bool) -> None:
        """Narrow: it goes out of the row, and out of sight until it is asked for."""
        self._narrow = narrow
        if narrow:
            self._right.setParent(self._work)
            self._right.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
            self._right.setProperty("pane", "surface")
            restyle(self._right)
            self.show(False)
        elif self._right.parentWidget() is not self._box:
            self._box.addWidget(self._right)
            self._right.show()
            self._edge.hide()
            self._box.lay_out()

    def turn(self, focus: QWidget) -> None:
        """Over the content with the keyboard in it, or away again."""
        self.show(not self._right.isVisible())
        if self._right.isVisible():
            self._right.raise_()
            focus.setFocus()

    def show(self, shown: bool) -> None:
        self._right.setVisible(shown)
        self._edge.setVisible(shown)
        self.place()

    def place(self) -> None:
        """At the right edge of what it lies over."""
        if self._narrow:
            width = min(theme.px(_OVER_WIDTH), self._work.width())
            height = self._box.height()
            self._right.setGeometry(QRect(self._work.width() - width, 0, width, height))
            self._edge.setGeometry(QRect(self._work.width() - width - 1, 0, 1, height))
            self._edge.raise_()
