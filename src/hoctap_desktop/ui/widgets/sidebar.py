"""The rooms at the left: unit's name on top, a list painted by a delegate, help and settings at the foot."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from hoctap_desktop.ui import icons, theme
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.widgets.labels import ElidedLabel, rule
from hoctap_desktop.ui.widgets.rows_model import ROW_ROLE, Index, ListRows

# with the 1 px line beside it 184 and 56
WIDE, NARROW = 183, 55


@dataclass(frozen=True)
class SideEntry:
    """id: room; count: shown only where work waits; caption: a line of small text, not a room; keys: "Alt+2"."""

    id: str
    icon: str
    words: str
    count: int = 0
    caption: bool = False
    keys: str = ""


class SideModel(ListRows[SideEntry]):
    """The entries of one of the two lists."""

    def row_of(self, id: str) -> int:
        return next((i for i, e in enumerate(self._rows) if e.id == id and not e.caption), -1)

    def said(self, row: SideEntry, role: int) -> object:
        if role == 0:
            return row.words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.words}, {row.count} việc chờ" if row.count else row.words
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{row.words} ({row.keys})" if row.keys else row.words
        return None

    def is_head(self, row: SideEntry) -> bool:
        return row.caption


class SidePaint(QStyledItemDelegate):
    """Fill, 3 px ink bar, icon, word, count."""

    @guarded(QSize(WIDE, 40))
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - Qt's signature
        entry: SideEntry = index.data(ROW_ROLE)
        return QSize(NARROW, theme.px(27 if entry.caption else 40))

    @guarded(None)
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry: SideEntry = index.data(ROW_ROLE)
        rect: QRect = option.rect
        state = option.state
        view = option.widget
        narrow = rect.width() < 100
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = Qt.AlignmentFlag.AlignVCenter
        if entry.caption:
            if narrow:
                painter.fillRect(rect.left() + 10, rect.center().y(), rect.width() - 20, 1, theme.color("line"))
            else:
                painter.setFont(theme.font("secondary"))
                painter.setPen(theme.color("ink2"))
                painter.drawText(QRectF(rect).adjusted(18, 0, -8, 0), middle, entry.words)
            painter.restore()
            return
        is_open = isinstance(view, SideList) and view.opened == entry.id
        over = bool(state & QStyle.StateFlag.State_MouseOver)
        focused = bool(state & QStyle.StateFlag.State_HasFocus) and view.hasFocus()
        paint_entry(painter, QRectF(rect).adjusted(8, 1, -8, -1), entry, is_open, over, focused, narrow)
        painter.restore()


def paint_entry(
    painter: QPainter, box: QRectF, entry: SideEntry, is_open: bool, over: bool, focused: bool, narrow: bool
) -> None:
    """One room in its state, within `box` (38 high)."""
    contrast = theme.theme().contrast
    edge = box.adjusted(0.5, 0.5, -0.5, -0.5)
    if is_open:
        painter.setPen(QPen(theme.color("line"), 2 if contrast else 1))
        painter.setBrush(theme.color("pri-tint" if contrast else "surface"))
        painter.drawRoundedRect(edge, 5, 5)
    elif over:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("hover"))
        painter.drawRoundedRect(box, 5, 5)
    if is_open:
        painter.fillRect(QRectF(box.left(), box.center().y() - 10, 3, 20), theme.color("pri"))
    if focused:
        painter.setPen(QPen(theme.color("pri"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 5, 5)
    ink = "pri" if is_open else "ink"
    middle = Qt.AlignmentFlag.AlignVCenter
    if narrow:
        icons.paint_in(painter, entry.icon, "pri" if is_open else "ink2", box, 18)
        if entry.count:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("pri"))
            painter.drawEllipse(QRectF(box.right() - 11, box.top() + 6, 7, 7))
        return
    icons.paint(painter, entry.icon, "pri" if is_open else "ink2", box.left() + 11, box.center().y() - 9, 18)
    painter.setFont(theme.font("bold" if is_open else "body"))
    painter.setPen(theme.color(ink))
    painter.drawText(box.adjusted(39, 0, -30 if entry.count else -4, 0), middle, entry.words)
    if entry.count:
        painter.setFont(theme.font("axis", bold=True))
        painter.setPen(theme.color("ink2"))
        painter.drawText(box.adjusted(0, 0, -10, 0), middle | Qt.AlignmentFlag.AlignRight, str(entry.count))


class SideList(QListView):
    """One list of rooms; moving with the arrow keys does not open, Enter and a click do."""

    picked = Signal(str)

    def __init__(self, words: str) -> None:
        super().__init__()
        self.opened = ""
        self.entries = SideModel()
        self.entries.setParent(self)
        self.setModel(self.entries)
        self._paint = SidePaint(self)
        self.setItemDelegate(self._paint)
        self.setProperty("pane", "side")
        self.setSelectionMode(QListView.SelectionMode.NoSelection)  # the arrow keys move, what is open stays marked
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(words)
        self.clicked.connect(self._pick)
        self.activated.connect(self._pick)

    def _pick(self, index: QModelIndex) -> None:
        entry = self.entries.row(index.row())
        if not entry.caption:
            self.picked.emit(entry.id)

    def show_open(self, id: str) -> None:
        """Marks the room as open; nothing marked when it is not in this list."""
        row = self.entries.row_of(id)
        self.opened = id if row >= 0 else ""
        self.setCurrentIndex(self.entries.index(row) if row >= 0 else QModelIndex())
        self.viewport().update()

    @guarded(None)
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Where nothing is open the keyboard begins at the first room, so that it is seen where it stands."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            rooms = (at for at in range(self.entries.rowCount()) if not self.entries.row(at).caption)
            self.setCurrentIndex(self.entries.index(next(rooms, -1)))

    def content_height(self) -> int:
        return sum(self.sizeHintForRow(row) for row in range(self.entries.rowCount()))


class Sidebar(QWidget):
    """`picked(room id)`. 184 wide, or 56 with icons alone and tooltips."""

    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("pane", "side")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(0)
        self._head = QWidget()
        head = QVBoxLayout(self._head)
        head.setContentsMargins(18, 13, 8, 0)
        head.setSpacing(0)
        self._unit = ElidedLabel("", "bold")
        self._area = ElidedLabel("", "secondary", "ink2")
        head.addWidget(self._unit)
        head.addWidget(self._area)
        head.addSpacing(10)
        column.addWidget(self._head)
        self._line = QWidget()
        inner = QVBoxLayout(self._line)
        inner.setContentsMargins(8, 0, 8, 9)
        inner.addWidget(rule())
        column.addWidget(self._line)
        self.rooms = SideList("Các trang")
        self.foot = SideList("Trợ giúp và thiết lập")
        self.rooms.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.foot.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.foot.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(self.rooms, 1)
        column.addWidget(self.foot)
        self.rooms.picked.connect(self.picked)
        self.foot.picked.connect(self.picked)
        self.set_narrow(False)

    def set_unit(self, name: str, area: str) -> None:
        self._unit.set_text(name)
        self._area.set_text(area)

    def set_entries(self, rooms: Sequence[SideEntry], foot: Sequence[SideEntry]) -> None:
        self.rooms.entries.set_rows(rooms)
        self.foot.entries.set_rows(foot)
        self.foot.setFixedHeight(self.foot.content_height() + 2)

    def show_open(self, id: str) -> None:
        self.rooms.show_open(id)
        self.foot.show_open(id)

    def set_narrow(self, narrow: bool) -> None:
        self._head.setVisible(not narrow)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setVisible(not narrow)
        self.setFixedWidth(NARROW if narrow else theme.px(WIDE))
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.setContentsMargins(0, 9 if narrow else 0, 0, 8)
