"""Under the findings: what to do when there is no number to enter. A press on a kind puts it into the open cell."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.widgets.labels import Label
from hoctap_desktop.ui.widgets.number_cell import NumberCell

_KEYS = (
    ("number", "0", "có làm, bằng 0"),
    ("not_held", "", "phím K"),
    ("unknown", "", "phím C"),
    ("not_applicable", "", "phím A"),
    ("blank", "", "chưa nhập"),
)


class _Kind(NumberCell):
    pressed = Signal(str)

    def __init__(self, kind: str, text: str) -> None:
        super().__init__(kind, text)
        self.kind = kind
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip("Bấm để ghi vào ô đang chọn (phím Delete)" if kind == "blank" else "Bấm để ghi vào ô đang chọn")

    @guarded(None)
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit(self.kind)


class Legend(QWidget):
    """ "Khi không có số để nhập": each kind of no number with its key. `picked(kind)` on a press: a kind of box."""

    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 12, 6)
        column.setSpacing(4)
        column.addWidget(Label("Khi không có số để nhập", "bold"))
        self.kinds: dict[str, _Kind] = {}
        for kind, text, words in _KEYS:
            row = QHBoxLayout()
            row.setSpacing(14)
            self.kinds[kind] = _Kind(kind, text)
            self.kinds[kind].pressed.connect(self.picked)
            row.addWidget(self.kinds[kind])
            row.addWidget(Label(words, "secondary"), 1)
            column.addLayout(row)
