"""An old plan was read: what the reader was unsure of, line by line, before anything is taken."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from hoctap_desktop.ui.plan.outlook import PASTED, Recognised
from hoctap_desktop.ui.widgets.dialog import Dialog
from hoctap_desktop.ui.widgets.labels import Label, rule
from hoctap_desktop.ui.widgets.panes import pane

TALLEST = 300


def doubts_dialog(parent: QWidget, found: Recognised, take: Callable[[], object]) -> Dialog:
    """Opens the dialog; `take` runs when the person takes the plan."""
    sure = not found.doubts
    named = "Chữ vừa dán" if found.file == PASTED else f"Tệp {found.file}"
    dialog = Dialog(parent, "Đã đọc kế hoạch có sẵn", icon="file-text", tone="pri" if sure else "warn")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.add_text(
        f"{named}: máy nhận ra mọi phần."
        if sure
        else f"{named}: có {len(found.doubts)} chỗ máy chưa chắc. Xem từng dòng rồi sửa sau khi lấy."
    )
    if not sure:
        dialog.body.addWidget(_list(found))
    dialog.body.addSpacing(6)
    dialog.add_text("Nội dung đang có được thay bằng bản này. Có thể trả lại như cũ.", "ink2")
    dialog.add_button("Không lấy")
    dialog.add_button("Lấy vào kế hoạch", "primary", act=take)
    dialog.open()
    return dialog


def _list(found: Recognised) -> QScrollArea:
    body = pane("surface")
    column = QVBoxLayout(body)
    column.setContentsMargins(12, 4, 12, 4)
    column.setSpacing(0)
    for number, (line, words, why) in enumerate(found.doubts):
        if number:
            column.addWidget(rule("h2"))
        row = QVBoxLayout()
        row.setContentsMargins(0, 8, 0, 8)
        row.setSpacing(2)
        row.addWidget(Label(f"Dòng {line}" if line else "Cả văn bản", "bold"))
        if words:
            row.addWidget(Label(f"«{words}»", "body", "ink2", wrap=True))
        row.addWidget(Label(why, "body", wrap=True))
        column.addLayout(row)
    column.addStretch(1)
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setAccessibleName("Những chỗ máy chưa chắc")
    area.setWidget(body)
    area.setMinimumHeight(min(TALLEST, 24 + 74 * len(found.doubts)))
    area.setMaximumHeight(TALLEST)
    return area
