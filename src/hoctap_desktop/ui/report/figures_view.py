"""The one grid of the report: as on paper, driven by the keyboard."""

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import QAbstractItemView, QApplication, QMenu

from hoctap_desktop.form.answers import WORDS, NoNumber
from hoctap_desktop.foundation.numbers import print_count
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.report.figures_delegate import BACK, ENTER, FORWARD, FiguresDelegate, box_rect
from hoctap_desktop.ui.report.figures_model import FIRST, NOTE, SECOND, FiguresModel
from hoctap_desktop.ui.report.figures_table import FiguresTable
from hoctap_desktop.ui.report.pasting import copied, copied_box
from hoctap_desktop.ui.report.presenter import KEYS
from hoctap_desktop.ui.widgets.composition import Composition
from hoctap_desktop.ui.widgets.fields import LineEdit

_KEY_OF = {getattr(Qt.Key, f"Key_{letter}"): kind for letter, kind in KEYS.items()}
_TABS = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
_F2 = QAbstractItemView.EditTrigger.EditKeyPressed
_TYPED = QAbstractItemView.EditTrigger.AnyKeyPressed
_WITH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_ONE = QItemSelectionModel.SelectionFlag.ClearAndSelect


class FiguresView(FiguresTable):
    """Enter, Down, Tab: next cell; Up, Shift+Tab: back; Right, Left: Ghi chú and back; K, C, A: no number; Delete.

    F2: into the cell behind what stands there; typing: in place of it; Esc: as it was. Shift with Up and Down selects
    rows, Ctrl+A all; Ctrl+C and Ctrl+V copy and paste; the right button or the menu key opens the menu of a cell.
    `stated(field, kind)`, `blanked(fields)`, `entered(field)` when the cursor comes to a box, `list_asked(field)` on
    the button of a group row, `passed` when Enter goes beyond the last cell, `pasted(text)`, `computed_asked(field)`,
    `diary_asked(field)` on N.
    """

    stated = Signal(str, object)
    blanked = Signal(list)
    pasted = Signal(str)
    computed_asked = Signal(str)
    entered = Signal(str)
    diary_asked = Signal(str)
    passed = Signal()

    def __init__(self, model: FiguresModel) -> None:
        super().__init__(model)
        self._selected: tuple[int, int] = (0, -1)  # first and last row, when there are several
        self._composition = Composition()
        self._delegate = FiguresDelegate(self, model, self)
        self._delegate.passed.connect(self.passed)
        self.setItemDelegate(self._delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setEditTriggers(_TYPED | _F2 | QAbstractItemView.EditTrigger.DoubleClicked)
        self.setTabKeyNavigation(True)
        self.setAccessibleName("Bảng số liệu")
        self.selectionModel().currentChanged.connect(self._moved)
        self.selectionModel().selectionChanged.connect(lambda *_: self._select())

    # --- where the keyboard is ------------------------------------------------------------------------------------

    def is_editing(self) -> bool:
        """True while an editor is open."""
        return self.state() == QAbstractItemView.State.EditingState

    def has_keyboard(self) -> bool:
        """True while keys come to the grid or to its editor."""
        return self.hasFocus() or self.is_editing()

    def field_at(self) -> str:
        """Field of the box the cursor is in, "" elsewhere."""
        box = self._model.box(self.currentIndex())
        return box.field if box else ""

    def go_to(self, field: str, *, edit: bool = False) -> bool:
        """Puts the cursor on a field; edit: opens its editor. False when the grid has no such field."""
        place = self._model.place_of(field)
        if not place.isValid():
            return False
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.setCurrentIndex(place)
        self._bring_in_sight(place)
        if edit:
            self.edit(place)
        return True

    def go_to_note(self, row: str) -> None:
        """Opens the column Ghi chú of a row for typing."""
        at = self._model.row_at(row)
        if at >= 0:
            self.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.setCurrentIndex(self._model.index(at, NOTE))
            self._bring_in_sight(self.currentIndex())
            self.edit(self._model.index(at, NOTE))

    def _beside(self, row: int, column: int, by: int) -> QModelIndex | None:
        """The next box in reading order after a place, or the one before it; None when there is none."""
        while 0 <= row < self._model.rowCount():
            count = len(self._model.grid_row(row).boxes)
            columns = range(FIRST, FIRST + count)
            found = [one for one in columns if (one > column if by > 0 else one < column)]
            if found:
                return self._model.index(row, found[0] if by > 0 else found[-1])
            row, column = row + by, -1 if by > 0 else NOTE + 1
        return None

    # --- several rows -----------------------------------------------------------------------------------------

    def is_chosen(self, row: int) -> bool:
        """The row is one of several that are selected."""
        return self._selected[0] <= row <= self._selected[1]

    def _select(self) -> None:
        rows = sorted(index.row() for index in self.selectedIndexes())
        found = (rows[0], rows[-1]) if rows and rows[0] != rows[-1] else (0, -1)
        if found != self._selected:
            for at in {*range(self._selected[0], self._selected[1] + 1), *range(found[0], found[1] + 1)}:
                self._paint_row(self._model.index(at, 0))
            self._selected = found

    def _extend(self, by: int) -> None:
        """Shift with an arrow: the selection grows from where it began."""
        at = self.currentIndex()
        anchor = self._selected[0 if self._selected[1] == at.row() else 1] if self._selected[1] >= 0 else at.row()
        found = self._beside(at.row() + by, -1 if by > 0 else NOTE + 1, by)
        if found is None:
            return
        column = at.column() if at.column() == NOTE else FIRST
        goal = self._model.index(found.row(), column)
        flag = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(goal, flag.NoUpdate)
        block = QItemSelection(self._model.index(anchor, column), goal)
        self.selectionModel().select(block, flag.ClearAndSelect)
        self.scrollTo(goal)

    def select_all(self) -> None:
        """Every row, numbers and notes."""
        last = self._model.index(self._model.rowCount() - 1, NOTE)
        block = QItemSelection(self._model.index(0, FIRST), last)
        self.selectionModel().select(block, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def copy(self) -> None:
        """What is selected, or the cell the cursor is in, as a spreadsheet takes it."""
        at, chosen = self.currentIndex(), self.selectedIndexes()
        if self._selected[1] < 0:
            box = self._model.box(at)
            if box is not None and len(self._model.grid_row(at.row()).boxes) > 1:
                QGuiApplication.clipboard().setText(copied_box(box))
                return
            rows = [at.row()] if at.isValid() else []
            columns = {at.column()}
        else:
            rows = list(range(self._selected[0], self._selected[1] + 1))
            columns = {index.column() for index in chosen}
        places = [(row, bool(columns & {FIRST, SECOND}), NOTE in columns) for row in rows]
        QGuiApplication.clipboard().setText(copied([self._model.grid_row(n) for n in range(len(self))], places))

    def chosen_fields(self) -> list[str]:
        """The numbers that can be blanked: of the rows selected, or the one the cursor is in."""
        if self._selected[1] < 0:
            box = self._model.box(self.currentIndex())
            return [box.field] if box is not None and box.editable and not box.counted else []
        rows = (self._model.grid_row(at) for at in range(self._selected[0], self._selected[1] + 1))
        return [box.field for row in rows for box in row.boxes if box.editable and not box.counted]

    # --- the menu of a cell ---------------------------------------------------------------------------------------

    def menu(self) -> QMenu:
        """What can be done with the cell the cursor is in; where no number belongs only copying and pasting."""
        box = self._model.box(self.currentIndex())
        menu = QMenu(self)
        if box is not None and box.editable:
            for letter, kind in KEYS.items():
                act = menu.addAction(f"{WORDS[kind]}\t{letter}")
                act.triggered.connect(lambda _checked=False, kind=kind: self.stated.emit(box.field, kind))
            menu.addAction("Có làm, bằng 0\t0").triggered.connect(lambda: self._model.typed.emit(box.field, "0"))
            menu.addAction("Để trống\tDelete").triggered.connect(lambda: self.blanked.emit(self.chosen_fields()))
            if box.computed is not None:
                words = f"Lấy số máy cộng ({print_count(box.computed)})"
                menu.addAction(words).triggered.connect(lambda: self.computed_asked.emit(box.field))
            menu.addSeparator()
        menu.addAction("Chép\tCtrl+C").triggered.connect(self.copy)
        paste = menu.addAction("Dán\tCtrl+V")
        paste.triggered.connect(self.paste)
        paste.setEnabled(bool(QGuiApplication.clipboard().text()) and self.may_paste())
        if self.actions():
            menu.addSeparator()
            menu.addActions(self.actions())
        return menu

    def may_paste(self) -> bool:
        """The cursor is where something can be typed."""
        at = self.currentIndex()
        return at.isValid() and bool(self._model.grid_row(at.row()).editable)

    def paste(self) -> None:
        """Says `pasted` with the text of the clipboard."""
        if self.may_paste():
            self.pasted.emit(QGuiApplication.clipboard().text())

    @guarded(None)
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            at = self.indexAt(event.pos())
            if (
                at.isValid()
                and (self._model.box(at) is not None or at.column() == NOTE)
                and not self.is_chosen(at.row())
            ):
                self.setCurrentIndex(at)
            spot = event.globalPos()
        else:
            spot = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(spot)

    # --- steps ----------------------------------------------------------------------------------------------------

    def step(self, by: int) -> bool:
        """To the next box (1) or the one before (-1); False when there is none."""
        at = self.currentIndex()
        found = self._beside(at.row(), at.column(), by) if at.isValid() else self._beside(0, -1, 1)
        if found is None:
            return False
        self.setCurrentIndex(found)
        self._bring_in_sight(found)
        return True

    def show_beside(self, by: int) -> None:
        """Where step(by) will lead comes in sight, while the editor is still open.

        Qt moves what was painted only where nothing is marked to be painted behind it, and an editor that closes is.
        """
        at = self.currentIndex()
        found = self._beside(at.row(), at.column(), by)
        if found is not None:
            self._bring_in_sight(found)

    def _bring_in_sight(self, index: QModelIndex) -> None:
        """One that is out of sight comes to the middle: what follows is seen too, and not every step scrolls."""
        seen = self.viewport().rect().contains(self.visualRect(index))
        hint = QAbstractItemView.ScrollHint
        self.scrollTo(index, hint.EnsureVisible if seen else hint.PositionAtCenter)

    def _moved(self, now: QModelIndex, before: QModelIndex) -> None:
        came = self._model.box(now)
        if (now.column() == NOTE) != (before.column() == NOTE) and self.hasFocus():
            QGuiApplication.inputMethod().update(Qt.InputMethodQuery.ImEnabled)
        for index in (before, now):
            self._paint_row(index)
        if came is not None:
            self.entered.emit(came.field)

    def _paint_row(self, index: QModelIndex) -> None:
        if index.isValid():
            top, height = self.rowViewportPosition(index.row()), self.rowHeight(index.row())
            self.viewport().update(0, top, self.viewport().width(), height)

    def _paint_spot(self) -> None:
        """The box or note the cursor is in: whether keys come to it is all that the focus changes."""
        at = self.currentIndex()
        if at.isValid():
            row, rect = self._model.grid_row(at.row()), self.visualRect(at)
            self.viewport().update(rect if at.column() == NOTE else box_rect(rect, row))

    @guarded(None)
    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Not Qt's own: it paints the whole table, and the focus goes to an editor and back with every number."""
        if not self.currentIndex().isValid():
            self.step(1)
        self._paint_spot()

    @guarded(None)
    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: ARG002 - Qt's signature
        self._paint_spot()

    # --- keys -----------------------------------------------------------------------------------------------------

    @guarded(None)
    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._composition.take(event, super().inputMethodEvent)

    @guarded(None)
    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> object:
        """Letters over a number are keys (K: không tổ chức), digits are digits: an input method only writes notes."""
        if query == Qt.InputMethodQuery.ImEnabled:
            return self.currentIndex().column() == NOTE
        return super().inputMethodQuery(query)

    @guarded(QModelIndex())
    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        move = QAbstractItemView.CursorAction
        at = self.currentIndex()
        first = self._beside(0, -1, 1)
        if first is None:
            return QModelIndex()
        if action in (move.MoveHome, move.MoveEnd):
            last = self._beside(self._model.rowCount() - 1, NOTE, -1)
            return first if action is move.MoveHome or last is None else last
        if not at.isValid():
            return first
        if action in (move.MoveLeft, move.MoveRight):
            row = self._model.grid_row(at.row())
            columns = [FIRST + place for place in range(len(row.boxes))] + ([NOTE] if row.boxes else [])
            if at.column() not in columns:
                return at
            place = columns.index(at.column()) + (1 if action is move.MoveRight else -1)
            return self._model.index(at.row(), columns[min(max(place, 0), len(columns) - 1)])
        if action in (move.MovePageUp, move.MovePageDown):
            by = 1 if action is move.MovePageDown else -1
            found = at
            for _ in range(8):
                further = self._beside(found.row(), found.column(), by)
                if further is None:
                    break
                found = further
            return found
        return super().moveCursor(action, modifiers)

    @guarded(None)
    def keyboardSearch(self, search: str) -> None:
        """A letter that a cell does not take stays there: Qt would go to a row that begins with it, unseen."""

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, at = event.key(), self.currentIndex()
        box = self._model.box(at)
        plain = not event.modifiers() & _WITH
        if plain and box is not None and box.editable and event.text().isdecimal():
            self.edit(at, _TYPED, event)  # most keys are digits: nothing else is asked of them
            return
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.select_all()
        elif shift and plain and key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._extend(1 if key == Qt.Key.Key_Down else -1)
        elif plain and key in (*FORWARD, *BACK):
            back = key in BACK or (shift and key in ENTER)
            if self.step(-1 if back else 1):
                return
            if key in ENTER and not back:
                self.passed.emit()
            elif key in _TABS:
                event.ignore()  # the focus leaves the grid
        elif key == Qt.Key.Key_F2 and self.edit(self.currentIndex(), _F2, event):
            editor = QApplication.focusWidget()
            if isinstance(editor, LineEdit):
                editor.deselect()  # F2 goes on writing, typing begins anew
                editor.end(False)
        elif plain and key == Qt.Key.Key_Delete and self.chosen_fields():
            self.blanked.emit(self.chosen_fields())
        elif plain and key == Qt.Key.Key_Delete and self.currentIndex().column() == NOTE:
            self._model.setData(self.currentIndex(), "")
        elif key == Qt.Key.Key_Escape and self._selected[1] >= 0:
            self.selectionModel().setCurrentIndex(self.currentIndex(), _ONE)
        elif plain and box is not None and key == Qt.Key.Key_N:
            self.diary_asked.emit(box.field)  # also from a cell that is counted: to see where its number is from
        elif plain and box is not None and box.editable and key in _KEY_OF:
            kind: NoNumber = _KEY_OF[key]
            self.stated.emit(box.field, kind)
        else:
            super().keyPressEvent(event)
            if not self.is_editing():
                self._bring_in_sight(self.currentIndex())
