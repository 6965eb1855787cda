"""What a page shows before there is anything: why, what comes here, and the one act that begins it."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from hoctap_desktop.ui import theme
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.labels import IconLabel, Label

LEFT, TOP = 84, 56
LOW = 400


class EmptyState(QWidget):
    """A left-aligned block 430 wide: icon 48, title, one or two sentences, the primary button, one shortcut."""

    def __init__(
        self,
        icon: str,
        title: str,
        text: str,
        button: str = "",
        act: Callable[[], object] | None = None,
        *,
        button_icon: str = "plus",
        also: str = "",
        also_act: Callable[[], object] | None = None,
    ) -> None:
        super().__init__()
        self._line = line = QHBoxLayout(self)
        line.setContentsMargins(LEFT, TOP, 24, 24)
        block = QWidget()
        block.setMaximumWidth(460)
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(IconLabel(icon, "ink3", 48))
        column.addSpacing(12)
        column.addWidget(Label(title, "card", wrap=True))
        column.addWidget(Label(text, "reading", "ink2", wrap=True))
        self.button: Button | None = None
        if button:
            column.addSpacing(12)
            self.button = Button(button, "primary", icon=button_icon, size="large", act=act)
            column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        if also:
            column.addSpacing(12)
            column.addWidget(Button(also, "link", act=also_act), 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        line.addWidget(block, 3)
        line.addStretch(1)

    @guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        low = self.height() < theme.px(LOW)  # the words need the room more than what is above them
        self._line.setContentsMargins(LEFT, 16 if low else TOP, 24, 8 if low else 24)
