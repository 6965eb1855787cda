"""The findings of a narrow window: one line at the foot of the page."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from hoctap_desktop.ui import theme
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.findings_list import LOOKS, FindingRow
from hoctap_desktop.ui.widgets.labels import ElidedLabel, IconLabel, Label

_TINTS = {"block": "danger-tint", "ask": "warn-tint", "warn": "warn-tint", "info": "pri-tint"}


class FindingStrip(QWidget):
    """One finding in one line at the foot, "1 trên 3", up and down. `opened(key)` when pressed or stepped to."""

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[FindingRow, ...] = ()
        self._at = 0
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 2, 8, 0)
        line.setSpacing(9)
        self._icon = IconLabel("circle-x", "danger", 18)
        self._title = Label("", "bold", "danger")
        self._text = ElidedLabel("", "body", "ink")
        self._count = Label("", "body", "ink2")
        line.addWidget(self._icon)
        line.addWidget(self._title)
        line.addWidget(self._text, 1)
        line.addWidget(self._count)
        line.addWidget(Button("", "icon", icon="chevron-up", words="Chỗ trước", act=lambda: self.step(-1)))
        line.addWidget(Button("", "icon", icon="chevron-down", words="Chỗ tiếp theo", act=lambda: self.step(1)))
        self.setFixedHeight(theme.px(40))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_rows(self, rows: Sequence[FindingRow]) -> None:
        key = self._rows[self._at].key if self._rows else ""
        self._rows = tuple(rows)
        self._at = next((at for at, row in enumerate(self._rows) if row.key == key), 0)
        self._show()

    def step(self, by: int) -> None:
        if self._rows:
            self._at = (self._at + by) % len(self._rows)
            self._show()
            self.opened.emit(self._rows[self._at].key)

    def _show(self) -> None:
        self.setVisible(bool(self._rows) and not self.isHidden())
        if not self._rows:
            return
        row = self._rows[self._at]
        icon, token, _ = LOOKS[row.kind]
        self._icon.set_icon(icon, token)
        self._title.setText(f"{row.title}.")
        self._title.set_token(token)
        self._text.set_text(row.text)
        self._count.setText(f"{self._at + 1} trên {len(self._rows)}")
        self.setAccessibleName(f"{row.title}. {row.text}")
        self.update()

    @guarded(None)
    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002 - Qt's signature
        if self._rows:
            self.opened.emit(self._rows[self._at].key)

    @guarded(None)
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        painter = QPainter(self)
        kind = self._rows[self._at].kind if self._rows else "info"
        painter.fillRect(self.rect(), theme.color(_TINTS[kind]))
        painter.fillRect(0, 0, self.width(), 2, theme.color(LOOKS[kind][1]))
