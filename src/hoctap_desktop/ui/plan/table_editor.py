"""The cells of a table, open for typing over its picture in the text."""

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from hoctap_desktop.plan.programme import is_programme, numbered
from hoctap_desktop.ui import theme
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.widgets.composition import Composition
from hoctap_desktop.ui.widgets.fields import LineEdit

Index = QModelIndex | QPersistentModelIndex
Rows = tuple[tuple[str, ...], ...]


class _Cells(QStyledItemDelegate):
    """Escape keeps what stands in the cell: nothing typed is thrown away. Tab in the last cell goes past the end."""

    escaped = Signal()
    past_end = Signal()

    @guarded(None)
    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: ARG002
        made = LineEdit(size="cell", parent=parent)
        made.setAccessibleName(f"Dòng {index.row() + 1}, cột {index.column() + 1}")
        return made

    @guarded(None)
    def setEditorData(self, editor: QWidget, index: Index) -> None:
        assert isinstance(editor, LineEdit)
        editor.set_text(str(index.data(Qt.ItemDataRole.EditRole) or ""))

    @guarded(None)
    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        assert isinstance(editor, LineEdit)
        editor.say()
        model.setData(index, editor.typed(), Qt.ItemDataRole.EditRole)

    @guarded(False)
    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        escape = isinstance(event, QKeyEvent) and (event.key() == Qt.Key.Key_Escape or _leaves(event))
        if escape and event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            event.accept()
            if event.type() == QEvent.Type.KeyPress:
                self.commitData.emit(cast("QWidget", editor))
                self.closeEditor.emit(cast("QWidget", editor))
                self.escaped.emit()
            return True
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Tab and event.type() == QEvent.Type.KeyPress:
            cells = self.parent()
            if isinstance(cells, TableEditor) and cells.at_end():
                self.past_end.emit()
                return True
        return super().eventFilter(editor, event)


class TableEditor(QTableWidget):
    """`done(rows)` once, when the cells are left: by Escape, Ctrl+Enter or a click elsewhere. Nothing typed is lost.

    Tab goes on, and in the last cell adds a row; a row left wholly blank at the end goes away. F5 adds a row under the
    current one, Shift+F5 takes it away, Ctrl+Z gives it back, Alt with an arrow moves it. In a programme the first
    column numbers itself and is passed over.
    """

    done = Signal(object)

    def __init__(self, rows: Rows, widths: Sequence[float], heights: Sequence[float], parent: QWidget) -> None:
        super().__init__(len(rows), len(rows[0]), parent)
        self._composition = Composition()
        self._least = len(rows)
        self._told = False
        self._counted = is_programme(tuple(rows))
        self._before: list[Rows] = []
        self.setFrameShape(QFrame.Shape.Box)
        self.setFont(theme.font("body"))
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        self.horizontalHeader().setStretchLastSection(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Các ô của bảng")
        self.setToolTip("Esc: xong. F5: thêm dòng. Shift+F5: bỏ dòng. Tab ở ô cuối: thêm dòng.")
        self.setWordWrap(True)
        self._cells = _Cells(self)
        self._cells.escaped.connect(self.finish)
        self._cells.past_end.connect(lambda: self.add_row(at_end=True))
        self.setItemDelegate(self._cells)
        self.setEditTriggers(QTableWidget.EditTrigger.AllEditTriggers)
        for at, width in enumerate(widths):
            self.setColumnWidth(at, round(width))
        for number, height in enumerate(heights):
            self.setRowHeight(number, round(height))
        self._fill(rows)
        if self._counted:
            self.setCurrentCell(min(1, len(rows) - 1), 1)
        else:
            self.setCurrentCell(0, 0)
        _application().installEventFilter(self)

    def _fill(self, rows: Rows | Sequence[tuple[str, ...]]) -> None:
        self.setRowCount(len(rows))
        for number, row in enumerate(rows):
            for at, cell in enumerate(row):
                item = QTableWidgetItem(cell)
                if self._counted and at == 0:
                    item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
                self.setItem(number, at, item)

    def add_row(self, *, at_end: bool = False) -> None:
        """A row under the current one, or at the end; the keyboard goes into it."""
        row, column = self._close_cell()
        rows = list(self._all())
        number = len(rows) if at_end else row + 1
        self._change([*rows[:number], ("",) * self.columnCount(), *rows[number:]], number, 0 if at_end else column)

    def remove_row(self) -> None:
        """The current row goes, but never the head or the only row under it."""
        number, column = self._close_cell()
        rows = list(self._all())
        if number > 0 and len(rows) > 2:
            self._least = min(self._least, len(rows) - 1)
            self._change([*rows[:number], *rows[number + 1 :]], min(number, len(rows) - 2), column)
        else:
            self.setCurrentCell(number, column)

    def move_row(self, by: int) -> None:
        """The current row one place up (-1) or down (1), under the head."""
        number, column = self._close_cell()
        rows = list(self._all())
        if number > 0 and 0 < number + by < len(rows):
            rows[number], rows[number + by] = rows[number + by], rows[number]
            self._change(rows, number + by, column)
        else:
            self.setCurrentCell(number, column)

    def _close_cell(self) -> tuple[int, int]:
        """Takes what is typed in the open cell; where it was."""
        place = (self.currentRow(), self.currentColumn())
        QGuiApplication.inputMethod().commit()
        self.setCurrentItem(None)  # type: ignore[call-overload]  # closes an open cell and keeps its words
        return place

    def _change(self, rows: Sequence[tuple[str, ...]], row: int, column: int) -> None:
        self._before.append(self._all())
        self._show_rows(rows, row, column)

    def _undo_rows(self) -> None:
        if self._before:
            row, column = self._close_cell()
            before = self._before.pop()
            self._show_rows(before, min(row, len(before) - 1), column)

    def _show_rows(self, rows: Sequence[tuple[str, ...]], row: int, column: int) -> None:
        self._fill(numbered(tuple(rows)) if self._counted else rows)
        for number in range(self.rowCount()):
            self.setRowHeight(number, max(self.rowHeight(number), theme.px(28)))
        high = sum(self.rowHeight(number) for number in range(self.rowCount()))
        over = self.parentWidget()
        room = over.height() - self.y() if over is not None else self.height()
        self.resize(self.width(), min(max(self.height(), high + 2 * self.frameWidth()), room))
        self.setCurrentCell(row, max(1 if self._counted else 0, column))

    def _all(self) -> Rows:
        return tuple(
            tuple(item.text() if (item := self.item(n, at)) else "" for at in range(self.columnCount()))
            for n in range(self.rowCount())
        )

    def at_end(self) -> bool:
        """True in the last cell."""
        return (self.currentRow(), self.currentColumn()) == (self.rowCount() - 1, self.columnCount() - 1)

    def rows(self) -> Rows:
        """The words of the cells."""
        found = list(self._all())
        while len(found) > self._least and not any(cell.strip() for cell in found[-1]):
            found.pop()
        return tuple(found)

    def finish(self) -> None:
        """Takes what is typed, the input method's part too, and says done."""
        if self._told:
            return
        self._told = True
        self._close_cell()
        _application().removeEventFilter(self)
        self.done.emit(self.rows())

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if event.key() == Qt.Key.Key_Escape or (control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)):
            self.finish()
        elif event.key() == Qt.Key.Key_Tab and self.at_end():
            self.add_row(at_end=True)
        elif event.key() == Qt.Key.Key_F5:
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self.remove_row()
            else:
                self.add_row()
        elif alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.move_row(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.matches(QKeySequence.StandardKey.Undo):
            self._undo_rows()
        elif event.matches(QKeySequence.StandardKey.Paste):
            if (box := self._open_cell()) is not None:
                box.paste_words()
        else:
            super().keyPressEvent(event)
        event.accept()  # a key of the cells never goes on to the text under them

    @guarded(None)
    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Words that come at once, not letter by letter: Qt opens the cell for them and loses them."""
        at_once = event.commitString() and not event.preeditString()
        if at_once and self.state() != QAbstractItemView.State.EditingState:
            if (box := self._open_cell()) is not None:
                QApplication.sendEvent(box, event)
            return
        self._composition.take(event, super().inputMethodEvent)

    def _open_cell(self) -> LineEdit | None:
        """The box of the current cell, what stands in it selected; None where nothing may be typed."""
        item = cast("QTableWidgetItem | None", self.currentItem())
        if item is None or not item.flags() & Qt.ItemFlag.ItemIsEditable:
            return None
        self.editItem(item)
        box = next((one for one in self.viewport().findChildren(LineEdit) if one.isVisible()), None)
        if box is not None:
            box.selectAll()
        return box

    @guarded(QModelIndex())
    def moveCursor(self, cursorAction: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        found = super().moveCursor(cursorAction, modifiers)
        steps = (QAbstractItemView.CursorAction.MoveNext, QAbstractItemView.CursorAction.MovePrevious)
        if self._counted and found.column() == 0 and cursorAction in steps:
            if cursorAction == steps[0]:
                return self.model().index(found.row(), 1)
            return self.model().index(max(0, found.row() - 1), self.columnCount() - 1)
        return found

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


def _leaves(event: QKeyEvent) -> bool:
    """Ctrl+Enter: Qt would hand the words of the cell on a second time when the cells are gone already."""
    control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
    return bool(control) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def _application() -> QApplication:
    return cast("QApplication", QApplication.instance())
