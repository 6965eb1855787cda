"""How far work is: a thin bar with its numbers in words. Never a bar without numbers, never a wheel."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from hoctap_desktop.ui import theme
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.labels import Label


class Bar(QWidget):
    """The 6 px bar alone."""

    def __init__(self, token: str = "pri") -> None:
        super().__init__()
        self._done, self._total, self._token = 0, 0, token
        self.setFixedHeight(6)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set(self, done: int, total: int) -> None:
        self._done, self._total = done, total
        self.update()

    @guarded(QSize(120, 6))
    def sizeHint(self) -> QSize:
        return QSize(120, 6)

    @guarded(None)
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_bar(painter, QRectF(self.rect()), self._done, self._total, self._token)


def paint_bar(painter: QPainter, rect: QRectF, done: int, total: int, token: str = "pri") -> None:
    """Track and filled part, with round ends."""
    radius = rect.height() / 2
    painter.save()
    painter.setPen(theme.color("edge") if theme.theme().contrast else Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("line2"))
    painter.drawRoundedRect(rect, radius, radius)
    if total > 0 and done > 0:
        painter.setClipRect(QRectF(rect.left(), rect.top(), rect.width() * min(done, total) / total, rect.height()))
        painter.setBrush(theme.color(token))
        painter.drawRoundedRect(rect, radius, radius)
    painter.restore()


class CountBar(QWidget):
    """ "Đang đọc USB" at the left, "7 trên 12 tệp" at the right, the bar under both; Dừng when it may be stopped."""

    stopped = Signal()

    def __init__(self, what: str = "", things: str = "") -> None:
        super().__init__()
        self._things = things
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(7)
        row = QHBoxLayout()
        row.setSpacing(4)
        self._what = Label(what)
        self._done = Label("", bold=True)
        self._of = Label("")
        self._stop = Button("Dừng", "secondary", size="small", act=self.stopped.emit)
        self._stop.hide()
        row.addWidget(self._what, 1)
        row.addWidget(self._done)
        row.addWidget(self._of)
        row.addWidget(self._stop)
        column.addLayout(row)
        self._bar = Bar()
        column.addWidget(self._bar)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def set(self, done: int, total: int, what: str = "") -> None:
        """total 0: only the words, no bar."""
        if what:
            self._what.setText(what)
        self._done.setText(str(done) if total else "")
        self._of.setText(f"trên {total} {self._things}".rstrip() if total else "")
        self._bar.setVisible(total > 0)
        self._bar.set(done, total)
        self.setAccessibleName(f"{self._what.text()} {done} trên {total} {self._things}".strip())

    def set_things(self, things: str) -> None:
        """The word for what is counted ("tệp")."""
        self._things = things

    def may_stop(self, may: bool) -> None:
        self._stop.setVisible(may)
