"""A list box as the program draws it."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter, QToolTip, QWidget

from hoctap_desktop.ui import icons
from hoctap_desktop.ui.guarded import guarded


class Choice(QComboBox):
    """A list box with our chevron. The mouse wheel does not change it: it scrolls the page. `returned()`: Enter.

    `came` and `gone` as in LineEdit.
    """

    returned = Signal()
    came = Signal()
    gone = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @guarded(None)
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    @guarded(None)
    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.came.emit()
        super().focusInEvent(event)

    @guarded(None)
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.gone.emit()

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.returned.emit()

    @guarded(QSize(80, 34))
    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width() + 8, hint.height())

    @guarded(None)
    def showPopup(self) -> None:
        """The list is as wide as its words: where the box is narrow they would all end in the same …"""
        view, room = self.view(), self.screen().availableGeometry()
        words = view.sizeHintForColumn(0) + view.verticalScrollBar().sizeHint().width() + 2 * view.frameWidth()
        view.setMinimumWidth(min(max(words, self.width()), room.width()))
        super().showPopup()
        box = view.window()
        if box.x() + box.width() > room.right():
            box.move(max(room.left(), room.right() + 1 - box.width()), box.y())

    def _fitted(self, option: QStyleOptionComboBox) -> str:
        """What is chosen, ended in … where the box is too narrow for it."""
        self.initStyleOption(option)
        field = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, field, self)
        return self.fontMetrics().elidedText(option.currentText, Qt.TextElideMode.ElideRight, room.width() - 1)

    @guarded(False)
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and self._fitted(QStyleOptionComboBox()) != self.currentText():
            QToolTip.showText(event.globalPos(), "\n".join(filter(None, (self.currentText(), self.toolTip()))), self)
            return True
        return super().event(event)

    @guarded(None)
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        option = QStyleOptionComboBox()
        option.currentText = self._fitted(option)
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        token = "ink" if self.isEnabled() else "disabled"
        icons.paint(painter, "chevron-down", token, self.width() - 26, (self.height() - 16) / 2, 16)
