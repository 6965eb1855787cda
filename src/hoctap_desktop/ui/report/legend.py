"""Under the findings: what to do when there is no number to enter."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from hoctap_desktop.ui.widgets.labels import Label
from hoctap_desktop.ui.widgets.number_cell import NumberCell

_KEYS = (
    ("number", "0", "có làm, bằng 0"),
    ("not_held", "", "phím K"),
    ("unknown", "", "phím C"),
    ("not_applicable", "", "phím A"),
    ("blank", "", "chưa nhập"),
)


class Legend(QWidget):
    """ "Khi không có số để nhập": each kind of no number with its key."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 12, 6)
        column.setSpacing(4)
        column.addWidget(Label("Khi không có số để nhập", "bold"))
        for kind, text, words in _KEYS:
            row = QHBoxLayout()
            row.setSpacing(14)
            row.addWidget(NumberCell(kind, text))
            row.addWidget(Label(words, "secondary"), 1)
            column.addLayout(row)
