"""The cells of the report's table: how each is painted, and the box its number is typed into."""

from functools import lru_cache
from typing import Protocol

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractItemDelegate, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from hoctap_desktop.ui import theme
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.report.figures_model import BEFORE, FIRST, LABEL, NOTE, NUMBER, SECOND, FiguresModel, Index
from hoctap_desktop.ui.report.grid_rows import Box, GridRow
from hoctap_desktop.ui.widgets import number_cell
from hoctap_desktop.ui.widgets.fields import LineEdit

PAD = 8
GAP = 7
FORWARD = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down, Qt.Key.Key_Tab)
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
BACK = (Qt.Key.Key_Up, Qt.Key.Key_Backtab)
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_MIDDLE = Qt.AlignmentFlag.AlignCenter
# the fill of a row
CHOSEN, CURRENT = "pri-tint", "row-focus"
_LONGEST = 32767  # Qt's own
_OUTLINED = ("number", "blank", "frozen", "warn", "computed", "not_held", "unknown", "not_applicable")


def box_rect(cell: QRect, row: GridRow) -> QRect:
    """The box of a number inside its cell."""
    width = pair_width(row) if len(row.boxes) > 1 else theme.px(number_cell.WIDTH)
    height = theme.px(number_cell.HEIGHT)
    return QRect(cell.left() + PAD, cell.top() + (cell.height() - 1 - height) // 2 + 1, width, height)


def pair_width(row: GridRow) -> int:
    """How wide both boxes are where two numbers stand in a row: the longer one stands whole, up to a box of its own."""
    needed = (number_cell.needed_width(theme.theme(), box.kind, box.text) for box in row.boxes)
    return min(theme.px(number_cell.WIDTH), max(theme.px(number_cell.NARROW_WIDTH), *needed))


def two_lines(words: str, metrics: QFontMetrics, width: int) -> str:
    """Words broken once; what does not fit on the second line ends in …"""
    first, rest = "", words.split(" ")
    while rest and metrics.horizontalAdvance(f"{first} {rest[0]}".strip()) <= width:
        first = f"{first} {rest.pop(0)}".strip()
    second = metrics.elidedText(" ".join(rest), Qt.TextElideMode.ElideRight, width)
    return f"{first}\n{second}" if first and second else first or second


@lru_cache(maxsize=8192)
def _fitted(_theme: theme.Theme, words: str, role: str, width: int) -> str:
    """Words cut to a width with …; measured once, since every cell in sight is painted when the table scrolls."""
    return QFontMetrics(theme.font(role)).elidedText(words, Qt.TextElideMode.ElideRight, width)


@lru_cache(maxsize=8192)
def words_height(_theme: theme.Theme, words: str, role: str, width: int) -> int:
    """The height of words broken into lines of a width, 0 when one line holds them."""
    metrics = QFontMetrics(theme.font(role))
    if metrics.horizontalAdvance(words) <= width:
        return 0
    return metrics.boundingRect(QRect(0, 0, width, _LONGEST), Qt.TextFlag.TextWordWrap, words).height()


class CellEdit(LineEdit):
    """The box over a cell. It paints what lies behind its corners too: no letter has the table painted under it.

    `stepped(1, entered)` on Enter, Down, Tab and `stepped(-1, entered)` on their opposites; `ended(keep)` when the
    keyboard goes away or Esc is pressed. It tells its keys itself: Qt's way, an event filter, would see every event of
    every letter.
    """

    stepped = Signal(int, bool)
    ended = Signal(bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(size="cell", parent=parent)
        self.behind = "row-focus"
        self.filled = False

    def lie_over(self, token: str) -> None:
        """The fill of the row behind it; to be said after each change of its look, which takes it back."""
        self.behind = token
        self.ensurePolished()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    @guarded(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), theme.color(self.behind))
        super().paintEvent(event)

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in BACK or (key in ENTER and event.modifiers() & Qt.KeyboardModifier.ShiftModifier):
            self.stepped.emit(-1, key in ENTER)
        elif key in FORWARD:
            self.stepped.emit(1, key in ENTER)
        elif key == Qt.Key.Key_Escape:
            self.ended.emit(False)
        else:
            super().keyPressEvent(event)

    @guarded(False)
    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 - Qt's name
        """Tab; Qt also looks for another place when it hides the box."""
        if not self.isVisible():
            return super().focusNextPrevChild(next)
        self.stepped.emit(1 if next else -1, False)
        return True

    @guarded(None)
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.ended.emit(True)
        table = self.parentWidget()
        if event.reason() == Qt.FocusReason.ActiveWindowFocusReason and table is not None and not self.isVisible():
            table.setFocus()  # where the keyboard is when the window comes back


class Grid(Protocol):
    """What painting and typing ask of the grid they happen in."""

    def currentIndex(self) -> QModelIndex: ...

    def has_keyboard(self) -> bool: ...

    def is_editing(self) -> bool: ...

    def is_chosen(self, row: int) -> bool: ...

    def area(self, index: Index, rect: QRect, row: GridRow) -> QRect: ...

    def label_width(self, row: GridRow) -> int: ...

    def step(self, by: int) -> bool: ...

    def show_beside(self, by: int) -> None: ...


class FiguresDelegate(QStyledItemDelegate):
    """Paints every cell of the grid; its editor is a line edit in the rectangle of the box.

    `passed` when Enter goes beyond the last cell.
    """

    passed = Signal()

    def __init__(self, view: Grid, model: FiguresModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._view, self._model = view, model
        self._kept: CellEdit | None = None

    @guarded(None)
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = self._model.grid_row(index.row())
        rect: QRect = option.rect
        at = self._view.currentIndex()
        current = at.isValid() and at.row() == index.row()
        chosen = self._view.is_chosen(index.row())
        fill = "group" if row.group else CHOSEN if chosen else CURRENT if current else "surface"
        column = index.column()
        painter.save()
        # No spans: with them Qt paints every spanned cell in sight whatever changed. A cell shows its part of the area.
        cell, rect = rect, self._view.area(index, rect, row)
        if rect != cell:
            painter.setClipRect(cell, Qt.ClipOperation.IntersectClip)
        painter.fillRect(rect, theme.color(fill))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.color("line2"))
        if column == NUMBER:
            role = "bold" if row.group else "body"
            self._write(painter, rect, row.number, role, "ink" if row.group else "ink2", _MIDDLE)
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
    def _write(painter: QPainter, rect: QRect, words: str, role: str, token: str, align: Qt.AlignmentFlag) -> None:
        if words:
            painter.setFont(theme.font(role))
            painter.setPen(theme.color(token))
            painter.drawText(rect, align, _fitted(theme.theme(), words, role, rect.width() + 1))

    def _paint_label(self, painter: QPainter, rect: QRect, row: GridRow) -> None:
        area = QRect(rect.left() + PAD, rect.top(), self._view.label_width(row), rect.height() - 1)
        role = "bold" if row.group else "body"
        if rect.height() > theme.px(theme.ROW["grid"]) + 4:
            painter.setFont(theme.font(role))
            painter.setPen(theme.color("ink"))
            painter.drawText(area, _LEFT | Qt.TextFlag.TextWordWrap, row.label)
        else:
            self._write(painter, area, row.label, role, "ink", _LEFT)

    def _paint_box(self, painter: QPainter, rect: QRect, row: GridRow, box: Box, is_at: bool) -> None:
        area = QRectF(box_rect(rect, row))
        editing = is_at and self._view.is_editing()
        kind = "focus" if is_at and self._view.has_keyboard() and box.kind in ("number", "blank") else box.kind
        if not editing:
            number_cell.paint_cell(painter, area, kind, box.text)
        if is_at and kind != "focus" and self._view.has_keyboard() and box.kind in _OUTLINED:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.color("pri"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), 3, 3)
        if len(row.boxes) == len(row.cells):
            left = round(area.right()) + GAP
            words = QRect(left, rect.top(), rect.right() - left, rect.height() - 1)
            self._write(painter, words, box.unit, "secondary", "ink2", _LEFT)

    def _paint_before(self, painter: QPainter, rect: QRect, row: GridRow) -> None:
        area = rect.adjusted(0, 0, -PAD - 2, -1)
        if len(row.last_year) > 1 and rect.height() > theme.px(theme.ROW["grid"]) + 4:
            half = area.height() // 2
            for at, words in enumerate(row.last_year):
                line = QRect(area.left(), area.top() + at * half, area.width(), half)
                self._write(painter, line, words, "body", "ink2", _RIGHT)
            return
        self._write(painter, area, " / ".join(row.last_year), "body", "ink2", _RIGHT)

    def _paint_note(self, painter: QPainter, rect: QRect, row: GridRow, is_at: bool) -> None:
        area = rect.adjusted(PAD, 0, -PAD, -1)
        hint = not row.note
        token = "warn" if hint and row.asks_reason else "ink3" if hint else "ink2"
        words = row.note or row.note_hint
        if rect.height() > theme.px(theme.ROW["grid"]) + 4:
            face = theme.font("secondary")
            painter.setFont(face)
            painter.setPen(theme.color(token))
            painter.drawText(area, _LEFT, two_lines(words, QFontMetrics(face), area.width()))
        else:
            self._write(painter, area, words, "secondary", token, _LEFT)
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
        if edit is None:
            edit = self._kept = CellEdit(parent)
            edit.stepped.connect(self._stepped)
            edit.ended.connect(self._ended)
        edit.filled = False
        row, box = self._model.grid_row(index.row()), self._model.box(index)
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
        edit.lie_over(CHOSEN if self._view.is_chosen(index.row()) else CURRENT)
        return edit

    @guarded(None)
    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        """One editor serves every cell: to make one for each number takes longer than to type it."""
        if editor is not self._kept:
            super().destroyEditor(editor, index)

    @guarded(None)
    def setEditorData(self, editor: QWidget, index: Index) -> None:
        assert isinstance(editor, CellEdit)
        # asked again when the row changes under the editor: what is being typed must stay
        if not editor.filled:
            editor.removeEventFilter(self)  # the view has put it there; the box tells its keys itself
            editor.filled = True
            editor.set_text(self._model.typed_at(index))
            editor.selectAll()

    @guarded(None)
    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        assert isinstance(editor, CellEdit)
        editor.say()  # leaves out what nobody sees
        model.setData(index, editor.typed(), Qt.ItemDataRole.EditRole)

    @guarded(None)
    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        row = self._model.grid_row(index.row())
        if not isinstance(editor, CellEdit):
            editor.setGeometry(self._view.area(index, rect, row))  # the button of a group row
        elif index.column() == NOTE:
            editor.setGeometry(rect.adjusted(1, 1, -2, -2))
        else:
            editor.setGeometry(box_rect(rect, row))

    def _ended(self, keep: bool) -> None:
        """The box goes, its words are kept or not."""
        if self._kept is None or not self._view.is_editing():
            return  # it is being put away already: the keyboard goes out of it with that
        if keep:
            self.commitData.emit(self._kept)
        hint = QAbstractItemDelegate.EndEditHint
        self.closeEditor.emit(self._kept, hint.NoHint if keep else hint.RevertModelCache)

    def _stepped(self, by: int, entered: bool) -> None:
        """The words are kept, the box goes, the cursor goes on; Enter goes on beyond the last cell too."""
        self.commitData.emit(self._kept)
        self._view.show_beside(by)
        self.closeEditor.emit(self._kept, QAbstractItemDelegate.EndEditHint.NoHint)
        if not self._view.step(by) and entered and by > 0:
            self.passed.emit()
