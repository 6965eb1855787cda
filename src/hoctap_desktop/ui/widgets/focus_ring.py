"""One ring per window that shows where the keyboard is: 2 px, 2 px outside; fields show it by their own border."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QCursor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QScrollArea,
    QWidget,
)

from hoctap_desktop.ui import theme
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.reading_order import bring_in_sight

_OWN_FOCUS = (QLineEdit, QComboBox, QAbstractSpinBox, QAbstractScrollArea, QAbstractItemView)


def _clicked(widget: QWidget) -> bool:
    """True while a mouse button is down over it: then the click gave it the keyboard."""
    if QApplication.mouseButtons() == Qt.MouseButton.NoButton:
        return False
    return widget.rect().contains(widget.mapFromGlobal(QCursor.pos()))


def _bring(focused: QWidget) -> None:
    if focused.hasFocus() and focused.isVisible():
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)  # what was just put there has no place yet
        bring_in_sight(focused, sideways=False)  # a page opens at its left edge, also where it is wider than the screen


def _of_one_table(old: QWidget | None, now: QWidget) -> bool:
    """Between a table and the box over its cell: the table brings its cells in sight itself."""
    for table, box in ((old, now), (now, old)):
        if isinstance(table, QAbstractItemView) and box is not None and table.isAncestorOf(box):
            return True
    return False


class FocusRing(QWidget):
    """Lies over its window, transparent for the mouse. A widget with property "ownfocus" paints its focus itself.

    Round a pane that scrolls it is drawn inside, since panes reach the edge of the window.
    Buttons show the ring after Tab, a shortcut or setFocus(), not after a click. What the keyboard came to without the
    mouse is scrolled into sight: a page opens at its first unfinished field, and nobody types where nothing is seen.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._followed: QWidget | None = None
        self._watched: list[QWidget] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("")
        self.hide()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)

    def _follow(self, old: QWidget | None, now: QWidget | None) -> None:
        for widget in self._watched:
            self._unwatch(widget)
        self._watched = []
        self._followed = None
        if now is not None and now.window() is self._window:
            if QApplication.mouseButtons() == Qt.MouseButton.NoButton and not _of_one_table(old, now):
                QTimer.singleShot(0, now, partial(_bring, now))  # once the page it opened with has its sizes
            if (
                (isinstance(now, QScrollArea) or not isinstance(now, _OWN_FOCUS))
                and not now.property("ownfocus")
                and now is not self._window
                and not _clicked(now)
            ):
                self._follow_up(now)
        self.place()

    def _follow_up(self, now: QWidget) -> None:
        """What it lies in may be moved under it, as by a page that scrolls: watched while it follows something."""
        self._followed = now
        above: QWidget | None = now
        while above is not None:
            above.installEventFilter(self)
            self._watched.append(above)
            above = above.parentWidget() if above is not self._window else None

    def _unwatch(self, widget: QWidget) -> None:
        try:
            widget.removeEventFilter(self)
        except RuntimeError:
            pass  # it is gone already

    def place(self) -> None:
        """Moves the ring to what it follows."""
        widget = self._followed
        if widget is None or not widget.isVisibleTo(self._window) or widget.visibleRegion().isEmpty():
            self.hide()
            return
        gap = 0 if isinstance(widget, QScrollArea) else 5 if theme.theme().contrast else 4
        corner = widget.mapTo(self._window, QPoint(0, 0))
        self.setGeometry(QRect(corner, widget.size()).adjusted(-gap, -gap, gap, gap))
        self.raise_()
        self.show()
        self.update()

    @guarded(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (
            QEvent.Type.Resize,
            QEvent.Type.Move,
            QEvent.Type.LayoutRequest,
            QEvent.Type.Show,
            QEvent.Type.Hide,
        ) or (event.type() == QEvent.Type.KeyPress and watched is self._followed):
            self.place()
        return False

    @guarded(None)
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = 3.0 if theme.theme().contrast else 2.0
        painter.setPen(QPen(theme.color("pri"), width))
        inset = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 9, 9)
