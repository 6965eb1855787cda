"""What the first pages share: the mark, the steps at the left, the frame of a page."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from hoctap_desktop.ui import icons, theme
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.widgets.fields import ChoiceField, TextField
from hoctap_desktop.ui.widgets.labels import IconLabel, Label
from hoctap_desktop.ui.widgets.wrapped_row import WrappedRow

CONTENT = 720
STEPS = (
    ("Chọn đơn vị", "Tên này in ở đầu mọi văn bản"),
    ("Đầu trang và người ký", "Máy đã điền sẵn, sửa được"),
    ("Nơi giữ dữ liệu, bản sao", "Phòng khi máy hỏng"),
    ("Đặt mật khẩu cho khóa", "Để cấp trên nhận ra đơn vị"),
)


class Mark(QWidget):
    """The product's mark: an open book with a check, white on ink blue."""

    @guarded(QSize(52, 52))
    def sizeHint(self) -> QSize:
        return QSize(52, 52)

    @guarded(None)
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("pri"))
        painter.drawRoundedRect(QRectF(0, 0, 52, 52), 8, 8)
        icons.paint_in(painter, "book-open-check", "on-pri", QRectF(0, 0, 52, 52), 30)


class StepColumn(QWidget):
    """The steps at the left, the present one filled."""

    def __init__(self) -> None:
        super().__init__()
        self._at = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(44, 2, 0, 8)
        column.setSpacing(24)
        self._column = column
        self._titles: list[Label] = []
        self._texts: list[Label] = []
        for title, text in STEPS:
            words = QVBoxLayout()
            words.setSpacing(0)
            label = Label(title, "bold", wrap=True)
            self._titles.append(label)
            words.addWidget(label)
            self._texts.append(Label(text, "body", "ink2", wrap=True))
            words.addWidget(self._texts[-1])
            column.addLayout(words)
        self.set_step(0)

    def set_low(self, low: bool) -> None:
        """Titles alone, where the window is low."""
        for text in self._texts:
            text.setVisible(not low)
        self._column.setSpacing(18 if low else 24)
        self._measure()

    def _measure(self) -> None:
        self.setMinimumHeight(self._column.totalHeightForWidth(self.width()))

    @guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def set_step(self, at: int) -> None:
        self._at = at
        for place, label in enumerate(self._titles):
            label.set_token("pri" if place == at else "ink")
        self.setAccessibleName(f"Bước {at + 1} trên {len(STEPS)}: {STEPS[at][0]}")
        self.update()

    @guarded(None)
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        centers = [QPointF(15, label.y() + 13) for label in self._titles]
        painter.setPen(QPen(theme.color("road"), 2))
        for above, below in pairwise(centers):
            painter.drawLine(above + QPointF(0, 15), below - QPointF(0, 15))
        for place, center in enumerate(centers):
            done, now = place < self._at, place == self._at
            painter.setPen(QPen(theme.color("ok" if done else "pri" if now else "road"), 2))
            painter.setBrush(theme.color("ok-tint" if done else "pri" if now else "side"))
            painter.drawEllipse(center, 14, 14)
            box = QRectF(center.x() - 15, center.y() - 15, 30, 30)
            if done:
                icons.paint_in(painter, "check", "ok", box, 16)
            else:
                painter.setFont(theme.font("bold"))
                painter.setPen(theme.color("on-pri" if now else "ink2"))
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(place + 1))


def page(title: str, under: str) -> tuple[QWidget, QVBoxLayout]:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(56, 34, 24, 24)
    block = QWidget()
    block.setMaximumWidth(CONTENT)
    column = QVBoxLayout(block)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    head = Label(title, "page", wrap=True)
    face = head.font()
    face.setPixelSize(theme.px(24))
    head.setFont(face)
    column.addWidget(head)
    column.addSpacing(4)
    column.addWidget(Label(under, "reading", "ink2", wrap=True))
    column.addSpacing(16)
    row.addWidget(block, 100)
    row.addStretch(1)
    return holder, column


class Scrolled(QScrollArea):
    """A page that scrolls instead of being squeezed: wrapped labels say their height only once its width is known."""

    def __init__(self, page: QWidget) -> None:
        super().__init__()
        self.setAccessibleName("Nội dung trang")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(page)
        page.installEventFilter(self)

    @guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    @guarded(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._measure()
        return super().eventFilter(watched, event)

    def _measure(self) -> None:
        page = self.widget()
        layout = page.layout() if page is not None else None
        if page is not None and layout is not None:
            page.setMinimumHeight(layout.totalHeightForWidth(self.viewport().width()))


def acts(*buttons: QWidget) -> WrappedRow:
    return WrappedRow(*buttons, gap=12)


def note(text: str, icon: str = "info") -> QFrame:
    """A quiet box with one thing to know."""
    made = QFrame()
    made.setProperty("card", "note")
    inner = QHBoxLayout(made)
    inner.setContentsMargins(14, 12, 14, 12)
    inner.setSpacing(10)
    inner.addWidget(IconLabel(icon, "pri", 18), 0, Qt.AlignmentFlag.AlignTop)
    inner.addWidget(Label(text, wrap=True), 1)
    return made


def enter_steps_on(fields: Iterable[TextField | ChoiceField]) -> None:
    """Enter leads to what Tab leads to, as in the forms of the papers; after the last one that is the button."""
    for field in fields:
        if isinstance(field, ChoiceField):
            field.box.returned.connect(field.box.focusNextChild)
        else:
            field.edit.returnPressed.connect(field.edit.focusNextChild)


def in_thirds(column: QVBoxLayout, *rows: Sequence[QWidget], spans: Sequence[int]) -> None:
    """Fields over one or two of three columns each, so that their edges lie under each other from row to row."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(12)
    for third in range(3):
        grid.setColumnStretch(third, 1)
    left = iter(spans)
    for line, widgets in enumerate(rows):
        at = 0
        for widget in widgets:
            span = next(left)
            grid.addWidget(widget, line, at, 1, span, Qt.AlignmentFlag.AlignTop)
            at += span
    column.addLayout(grid)
    column.addSpacing(12)


def in_columns(column: QVBoxLayout, *rows: Sequence[QWidget], stretch: Sequence[int] = ()) -> None:
    """Fields side by side, held at the top: a message under one must not move its neighbours."""
    for widgets in rows:
        row = QHBoxLayout()
        row.setSpacing(16)
        for place, widget in enumerate(widgets):
            row.addWidget(widget, stretch[place] if len(stretch) == len(widgets) else 1, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        column.addSpacing(12)
