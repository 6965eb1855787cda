"""Asks why something that was found is right as it stands."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from hoctap_desktop.form.validation import REASON_LENGTH
from hoctap_desktop.ui.widgets.dialog import Dialog
from hoctap_desktop.ui.widgets.fields import TextField


def ask_reason(parent: QWidget, about: str, reason: str, keep: Callable[[str], object]) -> Dialog:
    """about: what was found; reason: given before, or ""; `keep` gets what a person wrote."""
    dialog = Dialog(parent, "Ghi lý do", icon="pencil", tone="pri")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.add_text(about, "ink2")
    box = TextField("Lý do, một câu ngắn", reason)
    box.edit.setMaxLength(REASON_LENGTH)
    dialog.body.addSpacing(6)
    dialog.body.addWidget(box)
    dialog.add_button("Để sau", "secondary")
    button = dialog.add_button("Ghi lý do", "primary", icon="check", act=lambda: keep(box.text()))
    box.edit.returnPressed.connect(button.click)
    dialog.focus_first(box.edit)
    dialog.open()
    return dialog
