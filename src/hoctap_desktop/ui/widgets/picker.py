"""A list to choose from by typing: over the text where the caret is, gone with Enter, Esc or a look elsewhere."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from hoctap_desktop.foundation.text import matches
from hoctap_desktop.ui import theme
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.widgets.fields import LineEdit
from hoctap_desktop.ui.widgets.labels import Label, rule

WIDTH, ROWS = 380, 9


@dataclass(frozen=True)
class Picked:
    """One row. key: what `chosen` gives; more: at the right, a value."""

    key: str
    words: str
    more: str = ""


class Picker(QFrame):
    """`chosen(key)` once, or `closed()` when the person wants none of it. Letters narrow the list, accents or not."""

    chosen = Signal(str)
    closed = Signal()

    def __init__(self, title: str, rows: Sequence[Picked], over: QWidget) -> None:
        super().__init__(over)
        self._rows = tuple(rows)
        self._done = False
        self.setProperty("card", "over")
        self.setAccessibleName(title)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 10)
        column.setSpacing(6)
        column.addWidget(Label(title, "bold"))
        self.query = LineEdit()
        self.query.setPlaceholderText("Gõ vài chữ để tìm, Enter để chọn")
        self.query.setAccessibleName(title)
        column.addWidget(self.query)
        column.addWidget(rule("h2"))
        self.list = QListWidget()
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName(f"{title}: các mục tìm được")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        column.addWidget(self.list)
        self.query.textChanged.connect(lambda _text: self._fill())
        self.list.itemClicked.connect(lambda _item: self._choose())
        self.query.installEventFilter(self)
        self._fill()

    def open_at(self, point: QPoint) -> None:
        """Shows the list at a point of its parent, or as near as there is room, and takes the keyboard."""
        over = self.parentWidget()
        assert over is not None
        wide = min(theme.px(WIDTH), over.width() - 16)
        self.list.setFixedHeight(min(ROWS, len(self._rows)) * theme.px(26) + 4)
        self.resize(wide, self.sizeHint().height())
        left = max(8, min(point.x(), over.width() - self.width() - 8))
        top = max(8, min(point.y(), over.height() - self.height() - 8))
        self.move(left, top)
        self.show()
        self.raise_()
        self.query.setFocus(Qt.FocusReason.PopupFocusReason)

    def shown(self) -> tuple[str, ...]:
        """Keys of the rows that are left."""
        items = (self.list.item(number) for number in range(self.list.count()))
        return tuple(str(item.data(Qt.ItemDataRole.UserRole)) for item in items)

    def _fill(self) -> None:
        query = self.query.typed()
        self.list.clear()
        for row in self._rows:
            if matches(query, f"{row.words} {row.more}"):
                item = QListWidgetItem(f"{row.words}: {row.more}" if row.more else row.words)
                item.setData(Qt.ItemDataRole.UserRole, row.key)
                item.setToolTip(item.text())  # a long one ends in …
                self.list.addItem(item)
        self.list.setCurrentRow(0)

    @guarded(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            acts: dict[int, Callable[[], None]] = {
                Qt.Key.Key_Return: self._choose,
                Qt.Key.Key_Enter: self._choose,
                Qt.Key.Key_Escape: self.leave,
                Qt.Key.Key_Up: partial(self._step, -1),
                Qt.Key.Key_Down: partial(self._step, 1),
            }
            if event.key() in acts:
                event.accept()
                if event.type() == QEvent.Type.KeyPress:
                    acts[event.key()]()
                return True
        elif event.type() == QEvent.Type.FocusOut and watched is self.query:
            self.leave()
        return super().eventFilter(watched, event)

    def _step(self, by: int) -> None:
        if self.list.count():
            self.list.setCurrentRow((self.list.currentRow() + by) % self.list.count())

    def _choose(self) -> None:
        row = self.list.currentRow()
        if row >= 0 and not self._done:
            key = self.shown()[row]
            self._done = True
            self._end()
            self.chosen.emit(key)

    def leave(self) -> None:
        """None of them."""
        if not self._done:
            self._done = True
            self._end()
            self.closed.emit()

    def _end(self) -> None:
        self.hide()
        self.deleteLater()
