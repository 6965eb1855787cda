"""The one grid of the report: painted as on paper, driven by the keyboard."""

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QApplication,
    QHBoxLayout,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)
from shiboken6 import isValid

from hoctap_desktop.form.answers import WORDS, NoNumber
from hoctap_desktop.foundation.numbers import print_count
from hoctap_desktop.ui import theme
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.report.figures_model import (
    BEFORE,
    BOX_ROLE,
    FIRST,
    LABEL,
    NOTE,
    NUMBER,
    ROW_ROLE,
    SECOND,
    FiguresModel,
)
from hoctap_desktop.ui.report.grid_rows import Box, GridRow
from hoctap_desktop.ui.report.pasting import copied, copied_box
from hoctap_desktop.ui.report.presenter import KEYS
from hoctap_desktop.ui.widgets import number_cell
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.fields import LineEdit
from hoctap_desktop.ui.widgets.panes import Head

PAD = 8
GAP = 7
_WIDTHS = {NUMBER: 34, FIRST: 86, SECOND: 137, BEFORE: 86}
_LABEL_WIDTH, _LABEL_LEAST, _NOTE_LEAST = 289, 180, 118
_KEY_OF = {getattr(Qt.Key, f"Key_{letter}"): kind for letter, kind in KEYS.items()}
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_MIDDLE = Qt.AlignmentFlag.AlignCenter
_FORWARD = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down, Qt.Key.Key_Tab)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_TABS = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
_BACK = (Qt.Key.Key_Up, Qt.Key.Key_Backtab)
_F2 = QAbstractItemView.EditTrigger.EditKeyPressed
_ONE = QItemSelectionModel.SelectionFlag.ClearAndSelect
_LONGEST = 32767  # Qt's own
_OUTLINED = ("number", "blank", "frozen", "warn", "computed", "not_held", "unknown", "not_applicable")
Index = QModelIndex | QPersistentModelIndex


def box_rect(cell: QRect, row: GridRow) -> QRect:
    """The box of a number inside its cell."""
    narrow = len(row.boxes) > 1
    width = theme.px(number_cell.NARROW_WIDTH if narrow else number_cell.WIDTH)
    height = theme.px(number_cell.HEIGHT)
    return QRect(cell.left() + PAD, cell.top() + (cell.height() - 1 - height) // 2 + 1, width, height)


def two_lines(words: str, metrics: QFontMetrics, width: int) -> str:
    """Words broken once; what does not fit on the second line ends in …"""
    first, rest = "", words.split(" ")
    while rest and metrics.horizontalAdvance(f"{first} {rest[0]}".strip()) <= width:
        first = f"{first} {rest.pop(0)}".strip()
    second = metrics.elidedText(" ".join(rest), Qt.TextElideMode.ElideRight, width)
    return f"{first}\n{second}" if first and second else first or second


class FiguresDelegate(QStyledItemDelegate):
    """Paints every cell of the grid; its editor is a line edit in the rectangle of the box."""

    def __init__(self, view: "FiguresView") -> None:
        super().__init__(view)
        self._view = view
        self._kept: LineEdit | None = None

    @guarded(None)
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: GridRow = index.data(ROW_ROLE)
        rect: QRect = option.rect
        at = self._view.currentIndex()
        current = at.isValid() and at.row() == index.row()
        chosen = self._view.is_chosen(index.row())
        fill = "group" if row.group else "pri-tint" if chosen else "row-focus" if current else "surface"
        column = index.column()
        painter.save()
        # No spans: with them Qt paints every spanned cell in sight whatever changed. A cell shows its part of the area.
        painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
        rect = self._view.area(index, rect, row)
        painter.fillRect(rect, theme.color(fill))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.color("line2"))
        if column == NUMBER:
            face = theme.font("bold" if row.group else "body")
            self._write(painter, rect, row.number, face, "ink" if row.group else "ink2", _MIDDLE)
        elif row.group or column == LABEL:
            self._paint_label(painter, rect, row)
        elif column in (FIRST, SECOND):
            place = column - FIRST if len(row.boxes) > 1 else 0
            is_at = current and at.column() == FIRST + place
            self._paint_box(painter, rect, row, row.boxes[place], is_at)
        elif column == BEFORE:
            self._paint_before(painter, rect, row)
        elif column == NOTE:
            self._paint_note(painter, rect, row, at == index)
        painter.restore()

    @staticmethod
    def _write(painter: QPainter, rect: QRect, words: str, face: object, token: str, align: Qt.AlignmentFlag) -> None:
        if not words:
            return
        painter.setFont(face)  # type: ignore[arg-type]
        painter.setPen(theme.color(token))
        shown = QFontMetrics(painter.font()).elidedText(words, Qt.TextElideMode.ElideRight, rect.width() + 1)
        painter.drawText(rect, align, shown)

    def _paint_label(self, painter: QPainter, rect: QRect, row: GridRow) -> None:
        area = rect.adjusted(PAD, 0, 0, -1)
        painter.setFont(theme.font("bold" if row.group else "body"))
        painter.setPen(theme.color("ink"))
        if rect.height() > theme.px(theme.ROW["grid"]) + 4:
            painter.drawText(area, _LEFT | Qt.TextFlag.TextWordWrap, row.label)
        else:
            self._write(painter, area, row.label, painter.font(), "ink", _LEFT)

    def _paint_box(self, painter: QPainter, rect: QRect, row: GridRow, box: Box, is_at: bool) -> None:
        area = QRectF(box_rect(rect, row))
        editing = is_at and self._view.is_editing()
        kind = "focus" if is_at and self._view.has_keyboard() and box.kind in ("number", "blank") else box.kind
        if editing:
            # the editor lies over the box, and is painted with each letter
            if painter.clipBoundingRect().right() <= area.right() + 1:
                return
        else:
            number_cell.paint_cell(painter, area, kind, box.text)
        if is_at and kind != "focus" and self._view.has_keyboard() and box.kind in _OUTLINED:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.color("pri"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), 3, 3)
        if len(row.boxes) == len(row.cells):
            left = round(area.right()) + GAP
            words = QRect(left, rect.top(), rect.right() - left, rect.height() - 1)
            self._write(painter, words, box.unit, theme.font("secondary"), "ink2", _LEFT)

    def _paint_before(self, painter: QPainter, rect: QRect, row: GridRow) -> None:
        area = rect.adjusted(0, 0, -PAD - 2, -1)
        if len(row.last_year) > 1 and rect.height() > theme.px(theme.ROW["grid"]) + 4:
            half = area.height() // 2
            for at, words in enumerate(row.last_year):
                line = QRect(area.left(), area.top() + at * half, area.width(), half)
                self._write(painter, line, words, theme.font("body"), "ink2", _RIGHT)
            return
        self._write(painter, area, " / ".join(row.last_year), theme.font("body"), "ink2", _RIGHT)

    def _paint_note(self, painter: QPainter, rect: QRect, row: GridRow, is_at: bool) -> None:
        area = rect.adjusted(PAD, 0, -PAD, -1)
        hint = not row.note
        token = "warn" if hint and row.asks_reason else "ink3" if hint else "ink2"
        words, face = row.note or row.note_hint, theme.font("secondary")
        if rect.height() > theme.px(theme.ROW["grid"]) + 4:
            painter.setFont(face)
            painter.setPen(theme.color(token))
            painter.drawText(area, _LEFT, two_lines(words, QFontMetrics(face), area.width()))
        else:
            self._write(painter, area, words, face, token, _LEFT)
        if is_at and self._view.has_keyboard():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.color("pri"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(rect).adjusted(2, 2, -3, -3), 3, 3)

    @guarded(QSize(60, 26))
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - Qt's signature
        return QSize(60, theme.px(theme.ROW["grid"]))

    # --- the editor -----------------------------------------------------------------------------------------------

    @guarded(None)
    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: ARG002
        edit = self._kept
        if edit is None or not isValid(edit) or edit.parentWidget() is not parent:
            edit = self._kept = LineEdit(size="cell", parent=parent)
        edit.setProperty("filled", False)
        row: GridRow = index.data(ROW_ROLE)
        box: Box | None = index.data(BOX_ROLE)
        if box is None:
            edit.setAlignment(Qt.AlignmentFlag.AlignLeft)
            edit.setFont(theme.font("secondary"))
            edit.setMaxLength(200)
            edit.setPlaceholderText(row.note_hint if row.asks_reason else "")
            edit.set_state("normal")
            edit.setAccessibleName(f"{'Lý do chưa có số' if row.asks_reason else 'Ghi chú'}, {row.label}")
            edit.setAccessibleDescription("")
        else:
            edit.setAlignment(Qt.AlignmentFlag.AlignRight)
            edit.setFont(theme.font("body"))
            edit.setMaxLength(_LONGEST)
            edit.setPlaceholderText("")
            edit.set_state("error" if box.kind == "error" else "normal")
            edit.setAccessibleName(box.label)
            edit.setAccessibleDescription(box.why)
        return edit

    @guarded(None)
    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        """One editor serves every cell: to make one for each number takes longer than to type it."""
        if editor is not self._kept:
            super().destroyEditor(editor, index)

    @guarded(None)
    def setEditorData(self, editor: QWidget, index: Index) -> None:
        assert isinstance(editor, LineEdit)
        # asked again when the row changes under the editor: what is being typed must stay
        if not editor.property("filled"):
            editor.setProperty("filled", True)
            editor.set_text(str(index.data(Qt.ItemDataRole.EditRole) or ""))
            editor.selectAll()

    @guarded(None)
    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        assert isinstance(editor, LineEdit)
        model.setData(index, editor.typed(), Qt.ItemDataRole.EditRole)

    @guarded(None)
    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        row: GridRow = index.data(ROW_ROLE)
        if not isinstance(editor, LineEdit):
            editor.setGeometry(self._view.area(index, rect, row))  # the button of a group row
        elif index.column() == NOTE:
            editor.setGeometry(rect.adjusted(1, 1, -2, -2))
        else:
            editor.setGeometry(box_rect(rect, row))

    @guarded(False)
    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(editor, LineEdit) and isinstance(event, QKeyEvent):
            step = 1 if event.key() in _FORWARD else -1 if event.key() in _BACK else 0
            if event.key() in _ENTER and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                step = -1
            if step:
                self.commitData.emit(editor)
                self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
                if not self._view.step(step) and event.key() in _ENTER and step > 0:
                    self._view.passed.emit()
                return True
        return super().eventFilter(editor, event)


class _Head(Head):
    """Số lượng stands over both of its columns."""

    @guarded(None)
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        if logicalIndex in (FIRST, SECOND):
            left = self.sectionViewportPosition(FIRST)
            both = QRect(left, rect.top(), self.sectionSize(FIRST) + self.sectionSize(SECOND), rect.height())
            super().paintSection(painter, both, FIRST)
        else:
            super().paintSection(painter, rect, logicalIndex)


class FiguresView(QTableView):
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
    list_asked = Signal(str)
    diary_asked = Signal(str)
    passed = Signal()

    def __init__(self, model: FiguresModel) -> None:
        super().__init__()
        self._model = model
        model.setParent(self)
        self.setModel(model)
        self._delegate = FiguresDelegate(self)
        self.setItemDelegate(self._delegate)
        self._head = _Head(parent=self)
        self.setHorizontalHeader(self._head)
        self._head.setMinimumSectionSize(20)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(theme.px(theme.ROW["grid"]))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setTabKeyNavigation(True)
        self.setAutoScroll(False)  # by a row at each step at the foot; `_bring_in_sight` scrolls by half a table
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Bảng số liệu")
        model.modelReset.connect(self._lay_out)
        model.dataChanged.connect(self._fit_rows)
        theme.changed().changed.connect(self._lay_out)
        self.selectionModel().currentChanged.connect(self._moved)
        self.selectionModel().selectionChanged.connect(lambda *_: self._select())
        self._selected: tuple[int, int] = (0, -1)  # first and last row, when there are several
        self._lay_out()

    # --- shape ----------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._fit_columns()
        self._put_buttons()

    def area(self, index: Index, rect: QRect, row: GridRow) -> QRect:
        """What a cell is a part of: the label of a group goes through to the end, one number takes two columns."""
        first, last = (LABEL, NOTE) if row.group else (FIRST, SECOND) if len(row.boxes) == 1 else (-1, -1)
        if not first <= index.column() <= last:
            return rect
        left = self.columnViewportPosition(first)
        right = self.columnViewportPosition(last) + self.columnWidth(last)
        return QRect(left, rect.top(), right - left, rect.height())

    @guarded(QModelIndex())
    def indexAt(self, pos: QPoint) -> QModelIndex:
        """The cell under a point; both columns of a number that stands alone are that number."""
        found = super().indexAt(pos)
        if found.isValid() and found.column() == SECOND and len(self._model.grid_row(found.row()).boxes) == 1:
            return self._model.index(found.row(), FIRST)
        return found

    def _put_buttons(self) -> None:
        for at in range(self._model.rowCount()):
            row = self._model.grid_row(at)
            place = self._model.index(at, LABEL)
            if row.list_field and self.indexWidget(place) is None:
                button = Button("Danh sách lớp", "link", words="Mở danh sách lớp (Ctrl+L)")
                button.clicked.connect(lambda _checked=False, field=row.list_field: self.list_asked.emit(field))
                button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
                holder = QWidget()
                line = QHBoxLayout(holder)
                line.setContentsMargins(0, 0, PAD + 2, 1)
                line.addStretch(1)
                line.addWidget(button)
                self.setIndexWidget(place, holder)
        self.updateEditorGeometries()

    @guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()
        self.updateEditorGeometries()

    def _fit_columns(self) -> None:
        rows = [self._model.grid_row(at) for at in range(self._model.rowCount())]
        # without a figure of last year its column is room for Ghi chú
        self.setColumnHidden(BEFORE, not any(row.last_year for row in rows))
        widths = {column: width for column, width in _WIDTHS.items() if not self.isColumnHidden(column)}
        for column, width in widths.items():
            self.setColumnWidth(column, theme.px(width))
        fixed = sum(theme.px(width) for width in widths.values())
        # by the width of the whole grid: a scroll bar that comes must not break lines that then need the scroll bar
        room = self.width() - fixed - theme.px(_NOTE_LEAST)
        label = max(theme.px(_LABEL_LEAST), min(theme.px(_LABEL_WIDTH), room))
        self.setColumnWidth(LABEL, label)
        self.setColumnWidth(NOTE, max(theme.px(_NOTE_LEAST) - 10, self.viewport().width() - fixed - label))
        if rows:
            self._fit_rows(self._model.index(0, 0), self._model.index(len(rows) - 1, 0))

    def _is_tall(self, row: GridRow) -> bool:
        """Its words, or what stands in Ghi chú, need a second line."""
        if row.group:
            return False
        label, note = QFontMetrics(theme.font("body")), QFontMetrics(theme.font("secondary"))
        return (
            label.horizontalAdvance(row.label) > self.columnWidth(LABEL) - PAD
            or note.horizontalAdvance(row.note or row.note_hint) > self.columnWidth(NOTE) - 2 * PAD
        )

    def _fit_rows(self, first: QModelIndex, last: QModelIndex) -> None:
        """A note may have become longer or shorter."""
        for at in range(first.row(), last.row() + 1):
            height = theme.px(theme.ROW["grid2" if self._is_tall(self._model.grid_row(at)) else "grid"])
            if self.rowHeight(at) != height:
                self.setRowHeight(at, height)

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

    def __len__(self) -> int:
        return self._model.rowCount()

    def chosen_fields(self) -> list[str]:
        """The numbers that can be blanked: of the rows selected, or the one the cursor is in."""
        if self._selected[1] < 0:
            box = self._model.box(self.currentIndex())
            return [box.field] if box is not None and box.editable and not box.counted else []
        rows = (self._model.grid_row(at) for at in range(self._selected[0], self._selected[1] + 1))
        return [box.field for row in rows for box in row.boxes if box.editable and not box.counted]

    # --- the menu of a cell ---------------------------------------------------------------------------------------

    def menu(self) -> QMenu | None:
        """The menu of the cell the cursor is in; None where no number belongs."""
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
        paste.setEnabled(bool(QGuiApplication.clipboard().text()) and self._may_paste())
        if self.actions():
            menu.addSeparator()
            menu.addActions(self.actions())
        return menu

    def _may_paste(self) -> bool:
        at = self.currentIndex()
        return at.isValid() and bool(self._model.grid_row(at.row()).editable)

    def paste(self) -> None:
        """Says `pasted` with the text of the clipboard."""
        if self._may_paste():
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
        if menu is not None:
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

    def _bring_in_sight(self, index: QModelIndex) -> None:
        """One that is out of sight comes to the middle: what follows is seen too, and not every step scrolls."""
        seen = self.viewport().rect().contains(self.visualRect(index))
        hint = QAbstractItemView.ScrollHint
        self.scrollTo(index, hint.EnsureVisible if seen else hint.PositionAtCenter)

    def _moved(self, now: QModelIndex, before: QModelIndex) -> None:
        came = self._model.box(now)
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
        key, box = event.key(), self._model.box(self.currentIndex())
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
            Qt.KeyboardModifier.ShiftModifier,
        )
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.select_all()
        elif shift and plain and key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._extend(1 if key == Qt.Key.Key_Down else -1)
        elif plain and key in (*_FORWARD, *_BACK):
            back = key in _BACK or (shift and key in _ENTER)
            if self.step(-1 if back else 1):
                return
            if key in _ENTER and not back:
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
