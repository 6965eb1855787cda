"""The cells of a table, open for typing over its picture in the text."""

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from hoctap_desktop.ui import theme
from hoctap_desktop.ui.guarded import guarded

Index = QModelIndex | QPersistentModelIndex
Rows = tuple[tuple[str, ...], ...]


class _Cells(QStyledItemDelegate):
    """Escape keeps what stands in the cell: nothing typed is thrown away."""

    escaped = Signal()

    @guarded(None)
    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        made = super().createEditor(parent, option, index)
        made.setProperty("size", "cell")
        return made

    @guarded(False)
    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if escape and event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            event.accept()
            if event.type() == QEvent.Type.KeyPress:
                self.commitData.emit(cast("QWidget", editor))
                self.closeEditor.emit(cast("QWidget", editor))
                self.escaped.emit()
            return True
        return super().eventFilter(editor, event)


class TableEditor(QTableWidget):
    """`done(rows)` once, when the cells are left: by Escape, Ctrl+Enter or a click elsewhere. Nothing typed is lost.

    Tab goes on, and in the last cell adds a row; a row left wholly blank at the end goes away.
    """

    done = Signal(object)

    def __init__(self, rows: Rows, widths: Sequence[float], heights: Sequence[float], parent: QWidget) -> None:
        super().__init__(len(rows), len(rows[0]), parent)
        self._least = len(rows)
        self._told = False
        self.setFrameShape(QFrame.Shape.Box)
        self.setFont(theme.font("body"))
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        self.horizontalHeader().setStretchLastSection(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Các ô của bảng")
        self.setToolTip("Esc: xong. Tab ở ô cuối: thêm dòng.")
        self.setWordWrap(True)
        self._cells = _Cells(self)
        self._cells.escaped.connect(self.finish)
        self.setItemDelegate(self._cells)
        self.setEditTriggers(QTableWidget.EditTrigger.AllEditTriggers)
        for at, width in enumerate(widths):
            self.setColumnWidth(at, round(width))
        for number, row in enumerate(rows):
            self.setRowHeight(number, round(heights[number]))
            for at, cell in enumerate(row):
                self.setItem(number, at, QTableWidgetItem(cell))
        self.setCurrentCell(0, 0)
        _application().installEventFilter(self)

    def rows(self) -> Rows:
        """The words of the cells."""
        found = [
            tuple(item.text() if (item := self.item(n, at)) else "" for at in range(self.columnCount()))
            for n in range(self.rowCount())
        ]
        while len(found) > self._least and not any(cell.strip() for cell in found[-1]):
            found.pop()
        return tuple(found)

    def finish(self) -> None:
        """Takes what is typed, the input method's part too, and says done."""
        if self._told:
            return
        self._told = True
        QGuiApplication.inputMethod().commit()
        self.setCurrentItem(None)  # type: ignore[call-overload]  # closes an open cell and keeps its words
        _application().removeEventFilter(self)
        self.done.emit(self.rows())

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        last = self.currentRow() == self.rowCount() - 1 and self.currentColumn() == self.columnCount() - 1
        if event.key() == Qt.Key.Key_Escape or (control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)):
            self.finish()
        elif event.key() == Qt.Key.Key_Tab and last:
            self.insertRow(self.rowCount())
            self.setRowHeight(self.rowCount() - 1, theme.px(28))
            over = self.parentWidget()
            room = over.height() - self.y() if over is not None else self.height()
            self.resize(self.width(), min(self.height() + theme.px(28), room))
            self.setCurrentCell(self.rowCount() - 1, 0)
        else:
            super().keyPressEvent(event)

    @guarded(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = event.type() == QEvent.Type.MouseButtonPress and isinstance(watched, QWidget)
        if pressed and watched is not self and not self.isAncestorOf(cast("QWidget", watched)):
            self.finish()
        return super().eventFilter(watched, event)

    @guarded(None)
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        now = QApplication.focusWidget()
        if now is not None and now is not self and not self.isAncestorOf(now):
            self.finish()


def _application() -> QApplication:
    return cast("QApplication", QApplication.instance())
