"""The number of one heading, typed over the gutter: blank lets the machine count, a dash prints none."""

from PySide6.QtCore import QEvent, QRect, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, Qt
from PySide6.QtWidgets import QWidget

from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.widgets.fields import LineEdit

NONE_MARK = "-"
LONGEST = 12


class NumberBox(LineEdit):
    """`done(number)` once: None for the computed one, "" for none. Esc leaves it as it was."""

    done = Signal(object)
    dropped = Signal()

    def __init__(self, number: str | None, computed: str, parent: QWidget) -> None:
        super().__init__(size="cell")
        self.setParent(parent)
        self._told = False
        self.setMaxLength(LONGEST)
        self.setText(NONE_MARK if number == "" else number or "")
        self.setPlaceholderText(computed)
        self.setAccessibleName("Số của đề mục")
        self.setToolTip("Để trống: máy tự đánh số. Gõ dấu trừ: không in số. Enter: xong.")

    def open_over(self, place: QRect) -> None:
        """Shows it in the gutter and takes the keyboard."""
        self.setGeometry(place)
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.selectAll()

    def _finish(self, *, kept: bool) -> None:
        if self._told:
            return
        self._told = True
        words = self.typed().strip()
        self.hide()
        self.deleteLater()
        if kept:
            self.done.emit(None if not words else "" if words == NONE_MARK else words)
        else:
            self.dropped.emit()

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
            self._finish(kept=True)
        elif event.key() == Qt.Key.Key_Escape:
            self._finish(kept=False)
        else:
            super().keyPressEvent(event)
        event.accept()

    @guarded(None)
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.type() == QEvent.Type.FocusOut:
            self._finish(kept=True)
