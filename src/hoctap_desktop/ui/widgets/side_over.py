"""The right pane of a work screen: beside the middle, in a narrow window over it."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QWidget

from hoctap_desktop.ui import theme
from hoctap_desktop.ui.widgets.labels import restyle, rule
from hoctap_desktop.ui.widgets.panes import Panes

_OVER_WIDTH = 340


class SideOver:
    """`box` lies at the top of `work`; the page calls `place` when it was resized."""

    def __init__(self, work: QWidget, box: Panes, right: QWidget) -> None:
        self._work, self._box, self._right = work, box, right
        self._narrow = False
        self._edge = rule("v")
        self._edge.setParent(work)
        self._edge.hide()

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
