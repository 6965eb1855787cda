"""Text in a coding of before Unicode: shown as it came and as it should be, changed only when the person agrees."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from hoctap_desktop.ui.widgets.dialog import Dialog
from hoctap_desktop.ui.widgets.labels import Label

_LONGEST = 3_000  # letters; nothing is left out within: a name must be seen whole to be judged


def ask_coding(
    parent: QWidget | None,
    title: str,
    before: str,
    after: str,
    change: Callable[[], object],
    leave: Callable[[], object] | None = None,
) -> Dialog:
    """Opens the dialog. change: runs when the person agrees; leave: when the text shall stay as it came."""
    dialog = Dialog(parent, title, icon="file-text", tone="warn")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.add_text("Chữ như vậy in ra không đọc được. Máy đổi sang Unicode được, xem dòng dưới đã đúng chưa.")
    dialog.body.addSpacing(6)
    for head, words in (("Đang là", before), ("Đổi thành", after)):
        dialog.body.addWidget(Label(head, "secondary", "ink2"))
        dialog.body.addWidget(Label(_shown(words), "reading", wrap=True))
        dialog.body.addSpacing(4)
    dialog.add_button("Giữ nguyên" if leave else "Không lấy", act=leave)
    dialog.add_button("Đổi sang Unicode", "primary", act=change)
    dialog.open()
    return dialog


def _shown(words: str) -> str:
    """Whole lines, as many as there is room for; what is left is counted."""
    lines = words.split("\n")
    kept: list[str] = []
    for line in lines:
        if kept and sum(map(len, kept)) + len(line) > _LONGEST:
            return "\n".join((*kept, f"… và {len(lines) - len(kept)} dòng nữa"))
        kept.append(line)
    return "\n".join(kept)
