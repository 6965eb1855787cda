"""Controls side by side that go on in a next row where the page is narrow or the letters are large."""

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from hoctap_desktop.ui.guarded import guarded


class WrappedRow(QWidget):
    """`widgets` in reading order, each as large as it likes to be; gap: px between them and between the rows."""

    def __init__(self, *widgets: QWidget, gap: int = 10) -> None:
        super().__init__()
        self._widgets = widgets
        self._gap = gap
        for widget in widgets:
            widget.setParent(self)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _places(self, width: int) -> list[QRect]:
        """Where the shown ones stand in `width`."""
        places: list[QRect] = []
        at, high = QPoint(0, 0), 0
        for widget in self._widgets:
            if widget.isHidden():
                continue
            size = widget.sizeHint().expandedTo(widget.minimumSize())
            if places and at.x() + size.width() > width:
                at, high = QPoint(0, at.y() + high + self._gap), 0
            places.append(QRect(at, size))
            at += QPoint(size.width() + self._gap, 0)
            high = max(high, size.height())
        return places

    def _size(self, places: list[QRect]) -> QSize:
        return QSize(max((p.right() + 1 for p in places), default=0), max((p.bottom() + 1 for p in places), default=0))

    @guarded(False)
    def hasHeightForWidth(self) -> bool:
        return True

    @guarded(0)
    def heightForWidth(self, width: int) -> int:
        return self._size(self._places(width)).height()

    @guarded(QSize(0, 0))
    def sizeHint(self) -> QSize:
        return self._size(self._places(1 << 20))

    @guarded(QSize(0, 0))
    def minimumSizeHint(self) -> QSize:
        return QSize(self._size(self._places(0)).width(), self.heightForWidth(max(1, self.width())))

    @guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        shown = [widget for widget in self._widgets if not widget.isHidden()]
        for widget, place in zip(shown, self._places(self.width()), strict=True):
            widget.setGeometry(place)
        self.updateGeometry()
