"""Taking numbers of the diary into the report: what would change, before and after."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from hoctap_desktop.ui.diary.numbers import Preview
from hoctap_desktop.ui.widgets.dialog import Dialog
from hoctap_desktop.ui.widgets.labels import Label

_MOST_SHOWN = 12


def ask_take(parent: QWidget, where: str, rows: Sequence[Preview], act: Callable[[], object]) -> Dialog:
    """Shows the numbers that would change; `act` takes them. where: "vào báo cáo", or "" on the report itself."""
    title = " ".join(part for part in (f"Lấy {len(rows)} số từ nhật ký", where) if part)
    dialog = Dialog(parent, f"{title}?", icon="notebook-pen", tone="pri")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    there = "Số đã nhập trong báo cáo" if where else "Số đã nhập"
    dialog.add_text(f"Mỗi số vẫn mở lại được đến từng việc trong nhật ký. {there} sẽ thay như sau:")
    for one in rows[:_MOST_SHOWN]:
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(Label(one.label, "body", wrap=True), 1)
        line.addWidget(Label(one.before, "body", "ink2"))
        line.addWidget(Label("→", "body", "ink2"))
        line.addWidget(Label(one.after, "bold"))
        line.addWidget(Label(one.unit, "secondary", "ink2"))
        dialog.body.addLayout(line)
    if len(rows) > _MOST_SHOWN:
        dialog.add_text(f"và {len(rows) - _MOST_SHOWN} số khác.", "ink2")
    dialog.add_button("Không lấy", "secondary")
    dialog.add_button("Lấy các số này", "primary", icon="check", act=act)
    dialog.open()
    return dialog
