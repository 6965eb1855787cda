"""The offices to choose from, as rows of a list."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from hoctap_desktop.ui import icons, theme
from hoctap_desktop.ui.first_run.presenter import OfficeRow
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.widgets.marked_text import paint_marked, spans
from hoctap_desktop.ui.widgets.rows_model import ROW_ROLE, Index, ListRows

QUERY_ROLE = ROW_ROLE + 1
ROW_HEIGHT = 46


class OfficeListModel(ListRows[OfficeRow]):
    """Rows, and the words searched for."""

    def __init__(self) -> None:
        super().__init__()
        self._query = ""

    def set_found(self, rows: Sequence[OfficeRow], query: str) -> None:
        self._query = query
        self.set_rows(rows)

    def code(self, index: Index) -> str:
        return self._rows[index.row()].code if index.isValid() else ""

    def said(self, row: OfficeRow, role: int) -> object:
        if role == 0:
            return row.name
        if role == QUERY_ROLE:
            return self._query
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.name}, {row.place}"
        return None


class OfficePaint(QStyledItemDelegate):
    """Icon, name with the searched letters marked, place at the right, a check on the chosen one."""

    @guarded(QSize(400, ROW_HEIGHT))
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - Qt's signature
        return QSize(400, theme.px(ROW_HEIGHT))

    @guarded(None)
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: OfficeRow = index.data(ROW_ROLE)
        rect: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(rect, theme.color("pri-tint"))
            painter.fillRect(rect.left(), rect.top(), 4, rect.height(), theme.color("pri"))
            icons.paint(painter, "check", "pri", rect.right() - 33, rect.center().y() - 9, 20)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.color("group"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.color("line2"))
        icons.paint(painter, row.icon, "pri" if chosen else "ink2", rect.left() + 15, rect.center().y() - 9, 20)
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color("ink2"))
        place = QRectF(rect).adjusted(0, 0, -45, 0)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, row.place)
        room = painter.fontMetrics().horizontalAdvance(row.place) + 60
        name = QRectF(rect).adjusted(46, 0, -room, 0)
        face = theme.font("bold" if chosen else "body")
        paint_marked(painter, name, row.name, spans(str(index.data(QUERY_ROLE)), row.name), face)
        painter.restore()
