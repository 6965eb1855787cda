"""The outline of a form at the left: sections with numbers, ticks and marks, one of them open."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from hoctap_desktop.ui import icons, theme
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.widgets.rows_model import ROW_ROLE, Index, ListRows

MARKS = {
    "done": ("check", "ok", "xong"),
    "block": ("circle-x", "danger", "có chỗ phải sửa"),
    "warn": ("triangle-alert", "warn", "có chỗ nên xem lại"),
    "open": ("circle", "edge", "chưa làm"),
    "": ("", "", ""),
}


@dataclass(frozen=True)
class SectionRow:
    """key: what `chosen` says. number: as printed; level: 0 heads (bold), 1, 2 indented; mark: a key of MARKS.

    head: a group head that cannot be opened ("I. Triển khai"); ruled: a line above it.
    """

    key: str
    label: str
    number: str = ""
    level: int = 1
    mark: str = ""
    head: bool = False
    ruled: bool = False


class SectionModel(ListRows[SectionRow]):
    """The rows of the outline."""

    def set_rows(self, rows: Sequence[SectionRow]) -> None:
        """New rows; when only marks and labels differ the selection stays."""
        new = tuple(rows)
        if [r.key for r in new] == [r.key for r in self._rows]:
            changed = [i for i, (a, b) in enumerate(zip(new, self._rows, strict=True)) if a != b]
            self._rows = new
            for i in changed:
                self.dataChanged.emit(self.index(i), self.index(i))
            return
        super().set_rows(new)

    def row_of(self, key: str) -> int:
        return next((i for i, row in enumerate(self._rows) if row.key == key and not row.head), -1)

    def said(self, row: SectionRow, role: int) -> object:
        words = f"{row.number} {row.label}".strip()
        if role in (0, Qt.ItemDataRole.ToolTipRole):
            return words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            mark = MARKS[row.mark][2]
            return f"{row.number} {row.label}, {mark}".strip(", ") if mark else words
        return None

    def is_head(self, row: SectionRow) -> bool:
        return row.head


class _Paint(QStyledItemDelegate):
    @guarded(QSize(100, 33))
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - Qt's signature
        row = index.data(ROW_ROLE)
        height = 33 if row.level == 1 and not self._outline(index) else 30
        if row.head:
            height = 31
        if row.ruled:
            height += 18
        return QSize(100, theme.px(height))

    @guarded(None)
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: SectionRow = index.data(ROW_ROLE)
        rect: QRect = option.rect
        state = option.state
        is_open = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.ruled:
            painter.fillRect(rect.left() + 8, rect.top() + 8, rect.width() - 16, 1, theme.color("line"))
            rect = rect.adjusted(0, theme.px(18), 0, 0)
        box = QRectF(rect).adjusted(6, 1, -6, -1)
        if is_open:
            painter.setPen(QPen(theme.color("pri"), 2) if theme.theme().contrast else Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("pri-tint"))
            painter.drawRoundedRect(box, 4, 4)
        elif state & QStyle.StateFlag.State_MouseOver and not row.head:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("hover"))
            painter.drawRoundedRect(box, 4, 4)
        view = option.widget
        if is_open and view.hasFocus():
            painter.setPen(QPen(theme.color("pri"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4)
        heavy = row.head or row.level == 0 or is_open
        face = theme.font("bold" if heavy else "body")
        painter.setFont(face)
        painter.setPen(theme.color("pri" if is_open else "ink"))
        left = box.left() + 6 + max(0, row.level - 1) * 20 + (16 if row.level and self._outline(index) else 0)
        metrics = QFontMetrics(face)
        middle = Qt.AlignmentFlag.AlignVCenter
        if row.number:
            if not is_open and not heavy:
                painter.setPen(theme.color("ink2"))
            painter.drawText(QRectF(left, box.top(), 60, box.height()), middle, row.number)
            if self._outline(index):
                left += metrics.horizontalAdvance(row.number) + 6
            else:
                left += (
                    max(36, metrics.horizontalAdvance(row.number) + 6)
                    if not row.head
                    else (metrics.horizontalAdvance(row.number) + 5)
                )
            painter.setPen(theme.color("pri" if is_open else "ink"))
        room = box.right() - (28 if row.mark else 6) - left
        words = metrics.elidedText(row.label, Qt.TextElideMode.ElideRight, int(room) + 1)
        painter.drawText(QRectF(left, box.top(), room + 2, box.height()), middle, words)
        if row.mark:
            name, token, _ = MARKS[row.mark]
            size = 16
            icons.paint(painter, name, token, box.right() - 6 - size, box.center().y() - size / 2, size)
        painter.restore()

    @staticmethod
    def _outline(index: Index) -> bool:
        return bool(index.model().property("outline"))


class SectionList(QListView):
    """`chosen(key)` when the person opens a row. outline: numbers flow with their words (plan), else in a column."""

    chosen = Signal(str)

    def __init__(self, *, outline: bool = False) -> None:
        super().__init__()
        self.rows = SectionModel()
        self.rows.setParent(self)
        self.rows.setProperty("outline", outline)
        self.setModel(self.rows)
        self._paint = _Paint(self)
        self.setItemDelegate(self._paint)
        self.setProperty("pane", "window")
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName("Các mục")
        self.selectionModel().currentChanged.connect(self._moved)
        self._quiet = False

    def set_rows(self, rows: Sequence[SectionRow]) -> None:
        self._quiet = True
        kept = self.current()
        self.rows.set_rows(rows)
        self.open(kept)
        self._quiet = False

    def current(self) -> str:
        """Key of the open row, "" for none."""
        index = self.currentIndex()
        return self.rows.row(index.row()).key if index.isValid() else ""

    def open(self, key: str) -> None:
        """Opens a row without saying so."""
        row = self.rows.row_of(key)
        was, self._quiet = self._quiet, True
        if row >= 0:
            self.setCurrentIndex(self.rows.index(row))
        self._quiet = was

    def _moved(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid() and not self._quiet:
            self.chosen.emit(self.rows.row(current.row()).key)
