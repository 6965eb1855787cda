"""The row over a list of units: what is searched for at the left, then what a page puts behind it."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from hoctap_desktop.ui import theme
from hoctap_desktop.ui.widgets.fields import TextField
from hoctap_desktop.ui.widgets.labels import ElidedLabel


class FilterRow(QWidget):
    """asked: gets what is typed, at each letter. width: of the box in px. `row` takes more; `end` closes it."""

    def __init__(self, asked: Callable[[str], object], placeholder: str, name: str = "", *, width: int) -> None:
        super().__init__()
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(theme.PAGE_MARGIN, 7, theme.PAGE_MARGIN, 7)
        self.row.setSpacing(8)
        self.search = TextField(placeholder=placeholder, icon="search")
        self.search.setFixedWidth(theme.px(width))
        self.search.edit.setAccessibleName(name or placeholder)
        self.search.edit.setToolTip("Gõ có dấu hay không dấu đều tìm được (Ctrl+F)")
        self.search.edit.textChanged.connect(asked)
        self.row.addWidget(self.search)

    def end(self) -> ElidedLabel:
        """Room, then the words at the right: how many are shown."""
        self.row.addStretch(1)
        told = ElidedLabel("", "body", "ink2")
        self.row.addWidget(told)
        return told
