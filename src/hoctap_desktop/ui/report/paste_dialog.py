"""Before a block is taken into the table: what goes where, and a verdict on each cell."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from hoctap_desktop.ui import icons, theme
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.report.dialog_table import DialogTable
from hoctap_desktop.ui.report.pasting import Pasted, words_of
from hoctap_desktop.ui.widgets.dialog import Dialog
from hoctap_desktop.ui.widgets.rows_model import ROW_ROLE, Index, TableRows

WHERE, NOW, TEXT, VERDICT = range(4)
_TITLES = ("Ô trong bảng", "Đang có", "Dán vào", "Kết luận")
_SHARES = (28, 17, 13, 42)  # of the room: reasons are long
_WITHOUT_REASONS = (40, 17, 13, 30)
WIDTH, ROWS = 860, 9
_SIDE, _MARK = 8, 22  # beside the words of a cell; the icon before a verdict
_MOST_LINES = 12
_FLAGS = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
_VERDICTS = {
    "new": ("check", "ok", "Lấy"),
    "over": ("triangle-alert", "warn", "Lấy, thay nội dung đang có"),
    "same": ("check", "ink2", "Giống sẵn"),
    "refused": ("circle-x", "danger", "Không lấy"),
    "outside": ("circle-x", "danger", "Không lấy"),
}


class PastedModel(TableRows[Pasted]):
    """One row a cell of the block."""

    def __init__(self, found: Sequence[Pasted]) -> None:
        super().__init__(_TITLES, found)

    def said(self, row: Pasted, column: int, role: int) -> object:
        verdict = _VERDICTS[row.verdict][2]
        words = (row.where, row.now, row.text, f"{verdict}: {row.why}" if row.why else verdict)
        if role in (0, Qt.ItemDataRole.ToolTipRole):
            return words[column]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.where or 'Ngoài bảng'}, {_TITLES[column]}: {words[column] or 'để trống'}"
        return None


class _Delegate(QStyledItemDelegate):
    @guarded(None)
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        view = option.widget
        one: Pasted = index.data(ROW_ROLE)
        icon, token, _ = _VERDICTS[one.verdict]
        at = view.currentIndex().row() == index.row() and view.hasFocus() if isinstance(view, QTableView) else False
        painter.save()
        painter.fillRect(rect, theme.color("row-focus" if at else "surface"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.color("line2"))
        area = rect.adjusted(_SIDE, 0, -_SIDE, -1)
        if index.column() == VERDICT:
            icons.paint(painter, icon, token, area.left(), area.center().y() - 7, 15)
            area = area.adjusted(_MARK, 0, 0, 0)
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color(token if index.column() == VERDICT else "ink2" if index.column() == NOW else "ink"))
        painter.setClipRect(area)
        painter.drawText(area, _FLAGS, str(index.data(0)))
        painter.restore()


class PastedTable(DialogTable):
    """The list; only to read."""

    def __init__(self, model: PastedModel) -> None:
        self._shares = _SHARES if any(one.why for one in model.rows()) else _WITHOUT_REASONS
        super().__init__(model, _Delegate(), "Các ô sẽ dán")
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)

    def _height(self, row: int) -> int:
        """Every word of a row is seen: a reason ends with what to do."""
        metrics = QFontMetrics(theme.font("body"))
        lines = 1
        for column in range(self.model().columnCount()):
            room = max(1, self.columnWidth(column) - 2 * _SIDE - (_MARK if column == VERDICT else 0))
            words = str(self.model().index(row, column).data(0))
            if metrics.horizontalAdvance(words) > room:
                found = metrics.boundingRect(QRect(0, 0, room, 10_000), _FLAGS, words).height()
                lines = max(lines, min(_MOST_LINES, round(found / metrics.lineSpacing())))
        return theme.px(theme.ROW["list"]) + (lines - 1) * metrics.lineSpacing()

    @guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for column, share in enumerate(self._shares):
            self.setColumnWidth(column, self.viewport().width() * share // sum(self._shares))
        heights = [self._height(row) for row in range(self.model().rowCount())]
        for row, height in enumerate(heights):
            self.setRowHeight(row, height)
        most = theme.px(theme.ROW["list"]) * ROWS
        self.setFixedHeight(min(sum(heights), most) + theme.px(theme.ROW["head"]) + 2)


class PasteDialog(Dialog):
    """Shows what a paste would do; `take` runs when the person consents, and only then."""

    def __init__(self, parent: QWidget, found: Sequence[Pasted], take: Callable[[], object]) -> None:
        super().__init__(parent, "Dán vào bảng số liệu?", icon="clipboard-paste", tone="pri")
        self.setFixedWidth(min(theme.px(WIDTH), parent.window().width() - 40))
        self.add_text(f"{words_of(found)} Hoàn tác một lần (Ctrl+Z) là trở lại như trước.", "ink2")
        # what cannot be taken stands first: that is what has to be looked at
        worst = sorted(found, key=lambda one: one.verdict not in ("refused", "outside"))
        self.table = PastedTable(PastedModel(worst))
        self.body.addSpacing(6)
        self.body.addWidget(self.table)
        count = sum(one.taken for one in found)
        if count:
            self.add_button("Không dán", "secondary")
            self.add_button(f"Lấy {count} ô", "primary", icon="check", act=take)
        else:
            self.add_button("Đóng", "secondary", first=True)
