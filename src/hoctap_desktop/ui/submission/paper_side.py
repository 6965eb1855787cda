"""Beside the package: the code its paper bears, what comes next, and the key it is signed with."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from hoctap_desktop.ui import theme
from hoctap_desktop.ui.submission.presenter import Export
from hoctap_desktop.ui.submission.qr import QrCode
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.labels import IconLabel, Label, rule

SIDE = 376


class PaperSide(QWidget):
    """acts: the buttons at the foot."""

    def __init__(self, acts: Sequence[Button]) -> None:
        super().__init__()
        self.qr = QrCode(106)
        self.code = [Label("", "card") for _ in range(3)]
        self._same = Label("", "body", wrap=True)
        self._use = Label("", "body", "ink2", wrap=True)
        self._next = QVBoxLayout()
        self._fingerprint = Label("", "secondary", "ink2", wrap=True, selectable=True)
        self.set_narrow(narrow=False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._code_card())
        column.addSpacing(4)
        column.addWidget(Label("Việc tiếp theo", "group"))
        self._next.setSpacing(8)
        column.addLayout(self._next)
        column.addSpacing(4)
        column.addWidget(self._fingerprint)
        for button in acts:
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def _code_card(self) -> QFrame:
        card = QFrame()
        card.setProperty("card", "true")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(22, 18, 22, 18)
        inside.setSpacing(10)
        inside.addWidget(Label("Mã giấy", "group"))
        inside.addWidget(Label("In ở chân mỗi trang của bản trình ký.", "body", "ink2", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(20)
        row.addWidget(self.qr)
        letters = QVBoxLayout()
        letters.setSpacing(2)
        for label in self.code:
            label.setFont(theme.code_font(25, bold=True))
            letters.addWidget(label)
        row.addLayout(letters)
        row.addStretch(1)
        inside.addSpacing(4)
        inside.addLayout(row)
        inside.addSpacing(4)
        inside.addWidget(rule("h2"))
        self._same_row = QWidget()
        same = QHBoxLayout(self._same_row)
        same.setContentsMargins(0, 0, 0, 0)
        same.setSpacing(10)
        same.addWidget(IconLabel("circle-check", "ok", 19, "đúng"), 0, Qt.AlignmentFlag.AlignTop)
        same.addWidget(self._same, 1)
        inside.addWidget(self._same_row)
        inside.addWidget(self._use)
        return card

    def set_narrow(self, *, narrow: bool) -> None:
        """As wide as the page when it stands under what it belongs to."""
        if narrow:
            self.setMinimumWidth(0)
            self.setMaximumWidth(16_777_215)
        else:
            self.setFixedWidth(theme.px(SIDE))

    def show_code(self, export: Export) -> None:
        for label, part in zip(self.code, export.code_parts, strict=False):
            label.setText(part)
        self.qr.set_text(export.qr_text())
        self._same.setText(export.same_as_paper)
        self._same_row.setVisible(bool(export.same_as_paper))
        self._use.setText(export.code_use)

    def show_next(self, steps: Sequence[str]) -> None:
        """What a person does after this page, in order."""
        while (item := self._next.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for number, step in enumerate(steps, 1):
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(8)
            mark = Label(f"{number}.", "bold")
            mark.setFixedWidth(theme.px(24))
            row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Label(step, wrap=True), 1)
            self._next.addWidget(line)

    def show_key(self, fingerprint: str) -> None:
        """The digits of the office's key, "" while it has none."""
        self._fingerprint.setText(f"Dãy số khóa của đơn vị: {fingerprint}" if fingerprint else "")
        self._fingerprint.setVisible(bool(fingerprint))
