"""Page 1: whose office this is, chosen from the country's list, or another way to begin."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QListView, QVBoxLayout, QWidget

from hoctap_desktop.campaign.office_file import OfficeFile
from hoctap_desktop.ui import icons, theme
from hoctap_desktop.ui.first_run import frame
from hoctap_desktop.ui.first_run.office_list_model import ROW_HEIGHT, OfficeListModel, OfficePaint
from hoctap_desktop.ui.first_run.presenter import Offer, offers
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.labels import Label, rule
from hoctap_desktop.ui.widgets.wrapped_row import WrappedRow

HINT = "Ví dụ: an khanh thai nguyen, 05809, hoặc tên xã trước 01/07/2025. Trường học và cơ quan khác thì tự nhập."
LOW = 600
NONE = "Không có xã, phường, tỉnh nào như vậy. Xem lại cách viết, hoặc tự nhập tên."


class SearchEdit(QLineEdit):
    """The search box; Down and Up walk the list under it."""

    stepped = Signal(int)

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Down else -1)
            return
        super().keyPressEvent(event)


class ChoosePage(QWidget):
    """`chosen(OfficeFile)`; `typed()`: the person types it; `old_machine()`, `unit_file()`, `sample()`: other ways."""

    chosen = Signal(object)
    typed = Signal()
    old_machine = Signal()
    unit_file = Signal()
    sample = Signal()

    def __init__(self) -> None:
        super().__init__()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        page, column = frame.page(
            "Đơn vị của anh, chị là đơn vị nào?", "Gõ vài chữ trong tên, không cần dấu, hoặc mã đơn vị."
        )
        whole.addWidget(page)
        self._found: tuple[Offer, ...] = ()
        self.search = SearchEdit()
        self.search.setProperty("extent", "large")
        self.search.setAccessibleName("Tìm đơn vị")
        self.search.addAction(icons.icon("search", "ink2", 18), QLineEdit.ActionPosition.LeadingPosition)
        self.search.textEdited.connect(self.search_for)
        self.search.returnPressed.connect(self._choose)
        self.search.stepped.connect(self._step)
        column.addWidget(self.search)
        column.addSpacing(8)
        self._frame = QFrame()
        self._frame.setProperty("tablecard", "true")
        inner = QVBoxLayout(self._frame)
        inner.setContentsMargins(1, 1, 1, 1)
        self.offices = OfficeListModel()
        self.offices.setParent(self)
        self.list = QListView()
        self.list.setModel(self.offices)
        self._paint = OfficePaint(self.list)
        self.list.setItemDelegate(self._paint)
        self.list.setMouseTracking(True)
        self.list.setAccessibleName("Các đơn vị")
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.activated.connect(lambda _index: self._choose())
        inner.addWidget(self.list)
        column.addWidget(self._frame)
        self._none = Label("", "body", "ink2", wrap=True)
        column.addWidget(self._none)
        column.addSpacing(6)
        line = QHBoxLayout()
        line.addWidget(Button("Không thấy đơn vị, tự nhập tên", "text", icon="plus", flush=True, act=self.typed.emit))
        line.addStretch(1)
        column.addLayout(line)
        column.addSpacing(10)
        self.next = Button("Tiếp tục", "primary", icon="arrow-right", size="large", act=self._choose)
        column.addWidget(self.next, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(28)
        column.addWidget(rule())
        column.addSpacing(12)
        column.addWidget(Label("Hoặc bắt đầu cách khác", "group"))
        column.addSpacing(8)
        column.addWidget(
            WrappedRow(
                Button("Chuyển từ máy cũ", icon="database", act=self.old_machine.emit),
                Button("Mở tệp đơn vị", icon="folder-open", act=self.unit_file.emit),
                Button("Xem thử với dữ liệu mẫu", icon="eye", act=self.sample.emit),
            )
        )
        column.addStretch(1)
        self.search_for("")

    def search_for(self, words: str) -> None:
        """Shows the offices that fit; the first one is chosen."""
        if self.search.text() != words:
            self.search.setText(words)
        self._found = offers(words)
        self.offices.set_found([one.row for one in self._found], words)
        self._none.setText("" if self._found else NONE if words.strip() else HINT)
        self._none.setVisible(not self._found)
        self._frame.setVisible(bool(self._found))  # not an empty white box
        self.list.setFixedHeight(theme.px(ROW_HEIGHT) * min(self._rows(), max(1, len(self._found))))
        if self._found:
            self.list.setCurrentIndex(self.offices.index(0))
            self.next.enable()
        else:
            self.next.disable("Chưa chọn đơn vị nào")

    def _rows(self) -> int:
        """As many as leave the button under them on the screen."""
        return 5 if self.window().height() >= LOW else 3

    def _step(self, by: int) -> None:
        row = min(max(self.list.currentIndex().row() + by, 0), self.offices.rowCount() - 1)
        self.list.setCurrentIndex(self.offices.index(row))

    def _choose(self) -> None:
        row = self.list.currentIndex().row()
        if self._found and 0 <= row < len(self._found):
            office: OfficeFile = self._found[row].office
            self.chosen.emit(office)
