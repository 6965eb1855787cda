"""The table of Tiếp nhận: a verdict may take two lines, the act stands at the right of its row."""

from PySide6.QtCore import QModelIndex, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView

from hoctap_desktop.ui import icons, theme
from hoctap_desktop.ui.consolidation.receive_model import ACT, CONTENT, GLYPH, SENTENCE, UNIT, ReceiveModel
from hoctap_desktop.ui.consolidation.receive_presenter import FileRow
from hoctap_desktop.ui.consolidation.rows_view import (
    CENTRE,
    LEFT,
    PAD,
    ROW_ROLE,
    Index,
    RowDelegate,
    RowsView,
    focus_frame,
    write,
)
from hoctap_desktop.ui.guarded import guarded

GROUP_HEIGHT = 28
_WIDE = {GLYPH: 40, UNIT: 226, CONTENT: 164, ACT: 144}
_NARROW = {GLYPH: 36, UNIT: 186, CONTENT: 134, ACT: 140}
_CRAMPED = {GLYPH: 36, UNIT: 150, CONTENT: 104, ACT: 60}  # large letters: the icon alone stands for the act
_NARROW_BELOW = 900
_SENTENCE_LEAST = 180
_WORDS_FROM = 80
ICON = 18
WRAP = Qt.TextFlag.TextWordWrap
_TEXT_AT = 11 + ICON + 7


class _Paint(RowDelegate):
    def fill(self, index: Index, *, current: bool) -> str:
        return "group" if index.data(ROW_ROLE).group else super().fill(index, current=current)

    def paint_cell(self, painter: QPainter, rect: QRect, index: Index, *, current: bool) -> None:
        row: FileRow = index.data(ROW_ROLE)
        if row.group:
            write(painter, rect.adjusted(14, 0, -PAD, 0), row.title, bold=True)
            return
        match index.column():
            case 0:
                icons.paint(painter, row.icon, row.token, rect.left() + 14, rect.center().y() - 8.5, ICON)
            case 1:
                _wrapped(painter, rect, row.unit, "ink", bold=row.strong)
            case 2:
                _wrapped(painter, rect, row.content, "ink2")
            case 3:
                _wrapped(painter, rect, row.sentence, "danger" if row.token == "danger" else "ink")
            case _:
                if row.act:
                    focused = current and self.view.hasFocus()
                    _paint_act(painter, act_box(rect, row), row, focused=focused)


def _wrapped(painter: QPainter, rect: QRect, words: str, token: str, *, bold: bool = False) -> None:
    painter.setFont(theme.font("body", bold=bold))
    painter.setPen(theme.color(token))
    painter.drawText(rect.adjusted(PAD, 0, -PAD, 0), int(LEFT | WRAP), words)


def act_box(cell: QRect, row: FileRow) -> QRect:
    """The button of a row inside its last cell."""
    height = theme.px(26)
    left, wide = cell.left() + PAD, cell.width() - 2 * PAD
    if not row.act_icon:  # a text button: its words under those of the others
        wide = QFontMetrics(theme.font("body")).horizontalAdvance(row.act_words) + 24
        left = min(left + _TEXT_AT - 12, max(cell.left(), cell.right() - wide))
    return QRect(left, cell.center().y() - height // 2 + 1, wide, height)


def _paint_act(painter: QPainter, box: QRect, row: FileRow, *, focused: bool) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    room = QRectF(box)
    if row.act_icon:
        painter.setPen(QPen(theme.color("edge"), 1))
        painter.setBrush(theme.color("surface"))
        painter.drawRoundedRect(room.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        worded = room.width() >= theme.px(_WORDS_FROM)
        left = room.left() + 11 if worded else room.center().x() - ICON / 2
        icons.paint(painter, row.act_icon, "ink", left, room.center().y() - ICON / 2, ICON)
        if worded:
            write(painter, room.adjusted(_TEXT_AT, 0, -6, 0), row.act_words)
    else:
        write(painter, room, row.act_words, "pri", align=CENTRE)
    if focused:
        focus_frame(painter, room.adjusted(-1, -1, 1, 1))


class ReceiveView(RowsView):
    """Up and Down go over the heads of groups; a click on a row's button acts as Enter does."""

    def __init__(self, model: ReceiveModel) -> None:
        super().__init__(model, "Các tệp của lượt này")
        self._model = model
        self.setItemDelegate(_Paint(self))
        self.setMouseTracking(True)
        self.lay_out()

    def lay_out(self) -> None:
        widths = _NARROW if self.width() < _NARROW_BELOW else _WIDE
        if self.viewport().width() < theme.px(sum(widths.values()) + _SENTENCE_LEAST):
            widths = _CRAMPED
        for column, width in widths.items():
            self.setColumnWidth(column, theme.px(width))
        left = self.viewport().width() - sum(theme.px(width) for width in widths.values())
        sentence = max(theme.px(130), left)
        self.setColumnWidth(SENTENCE, sentence)
        for at in range(self._model.rowCount()):
            row = self._model.row(at)
            if row.group:
                if self.columnSpan(at, GLYPH) != ACT + 1:
                    self.setSpan(at, GLYPH, 1, ACT + 1)
                self.setRowHeight(at, theme.px(GROUP_HEIGHT))
                continue
            if self.columnSpan(at, GLYPH) != 1:
                self.setSpan(at, GLYPH, 1, 1)
            texts = ((UNIT, row.unit, row.strong), (CONTENT, row.content, False), (SENTENCE, row.sentence, False))
            taken = max(self._height(column, words, bold=bold) for column, words, bold in texts)
            self.setRowHeight(at, max(theme.px(theme.ROW["list"]), taken + 12))

    def _height(self, column: int, words: str, *, bold: bool) -> int:
        room = QRect(0, 0, self.columnWidth(column) - 2 * PAD, 1000)
        return QFontMetrics(theme.font("body", bold=bold)).boundingRect(room, int(LEFT | WRAP), words).height()

    def _act_at(self, spot: QPoint) -> int:
        index = self.indexAt(spot)
        if not index.isValid() or index.column() != ACT:
            return -1
        row = self._model.row(index.row())
        return index.row() if row.act and act_box(self.visualRect(index), row).contains(spot) else -1

    @guarded(None)
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        at = self._act_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and at >= 0 and at == self.currentIndex().row():
            self.acted.emit(at)

    @guarded(None)
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._act_at(event.position().toPoint()) < 0:  # the button has acted with the first click
            super().mouseDoubleClickEvent(event)

    @guarded(None)
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        over = self._act_at(event.position().toPoint()) >= 0
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    @guarded(QModelIndex())
    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        files = [at for at in range(self._model.rowCount()) if not self._model.row(at).group]
        step = {
            QAbstractItemView.CursorAction.MoveUp: -1,
            QAbstractItemView.CursorAction.MovePrevious: -1,
            QAbstractItemView.CursorAction.MoveDown: 1,
            QAbstractItemView.CursorAction.MoveNext: 1,
        }.get(action)
        at = self.currentIndex().row()
        if step is None or not files or at not in files:
            return super().moveCursor(action, modifiers)
        place = min(max(files.index(at) + step, 0), len(files) - 1)
        return self._model.index(files[place], GLYPH)
