"""The rows of the report form as a grid: words are typed into it, ids are nowhere to be seen."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyleOptionViewItem, QWidget

from hoctap_desktop.form.editing import Question
from hoctap_desktop.ui import theme
from hoctap_desktop.ui.campaign.presenter import LABEL, NOTE, NUMBER, TITLES, UNIT
from hoctap_desktop.ui.consolidation.rows_view import PAD, ROW_ROLE, RowDelegate, RowsView, focus_frame, write
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.widgets.composition import Composition
from hoctap_desktop.ui.widgets.fields import LineEdit
from hoctap_desktop.ui.widgets.rows_model import Index, TableRows

_EDITABLE = Qt.ItemFlag.ItemIsEditable
_WIDTHS = {NUMBER: 52, UNIT: 170, NOTE: 250}


class QuestionModel(TableRows[Question]):
    """`typed(row id, column, text)` when a cell was left with another text."""

    typed = Signal(str, int, str)

    def __init__(self) -> None:
        super().__init__(TITLES)

    def question(self, at: int) -> Question | None:
        return self._rows[at] if 0 <= at < len(self._rows) else None

    def row_of(self, id: str) -> int:
        return next((at for at, one in enumerate(self._rows) if one.id == id), -1)

    def said(self, row: Question, column: int, role: int) -> object:
        text = (row.number, row.label, row.unit, row.note)[column]
        if role in (0, Qt.ItemDataRole.EditRole):
            return text
        if role == Qt.ItemDataRole.ToolTipRole:
            return text or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{TITLES[column]}, {row.label}: {text or 'để trống'}"
        return None

    @guarded(False)
    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not index.isValid() or str(value) == self.data(index):
            return False
        self.typed.emit(self._rows[index.row()].id, index.column(), str(value))
        return True

    @guarded(Qt.ItemFlag.NoItemFlags)
    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        one = self.question(index.row())
        if one is not None and not (one.group and index.column() in (UNIT, NOTE)):
            found |= _EDITABLE
        return found


class _Paint(RowDelegate):
    def fill(self, index: Index, *, current: bool) -> str:
        one: Question = index.data(ROW_ROLE)
        return "row-focus" if current else "group" if one.group else "surface"

    def paint_cell(self, painter: QPainter, rect: QRect, index: Index, *, current: bool) -> None:
        one: Question = index.data(ROW_ROLE)
        room = rect.adjusted(theme.PAGE_MARGIN if index.column() == NUMBER else PAD, 0, -PAD, 0)
        token = "ink2" if index.column() in (NUMBER, NOTE) else "ink"
        write(painter, room, str(index.data()), token, bold=one.group or None)
        if current and self.view.hasFocus() and self.view.currentIndex() == index:
            focus_frame(painter, rect.toRectF().adjusted(1, 1, -1, -1))

    @guarded(None)
    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: ARG002
        made = LineEdit(size="cell", parent=parent)
        made.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
        return made

    @guarded(None)
    def setEditorData(self, editor: QWidget, index: Index) -> None:
        assert isinstance(editor, LineEdit)
        editor.set_text(str(index.data()))
        editor.selectAll()

    @guarded(None)
    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        assert isinstance(editor, LineEdit)
        assert isinstance(model, QuestionModel)
        model.setData(index, editor.typed())


class QuestionView(RowsView):
    """F2, Enter, a double click or typing opens a cell."""

    def __init__(self, model: QuestionModel) -> None:
        super().__init__(model, "Các dòng của biểu báo cáo")
        self._composition = Composition()
        self.setProperty("ownfocus", True)
        self.setItemDelegate(_Paint(self))
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.lay_out()

    def lay_out(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme.px(theme.ROW["list"]))
        whole = self.viewport().width()
        used = 0
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, theme.px(width))
            used += theme.px(width)
        self.setColumnWidth(LABEL, max(theme.px(220), whole - used))

    @guarded(None)
    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._composition.take(event, super().inputMethodEvent)

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        at = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and at.isValid():
            if at.flags() & _EDITABLE:
                self.edit(at)
            return
        super().keyPressEvent(event)
