"""Việc đã bỏ: what was taken out of the diary, each with its way back."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.dialog import Dialog
from hoctap_desktop.ui.widgets.labels import Label

_MOST_SHOWN = 12


def show_trash(parent: QWidget, removed: Sequence[tuple[int, str]], put_back: Callable[[int], object]) -> Dialog:
    """Opens the dialog. removed: number and words of each entry, the latest first."""
    dialog = Dialog(parent, "Việc đã bỏ", icon="trash-2", tone="pri")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.add_text("Chưa mất gì: lấy lại việc nào, việc đó về đúng ngày của nó.", "ink2")
    for number, words in removed[:_MOST_SHOWN]:
        dialog.body.addLayout(_row(dialog, number, words, put_back))
    if len(removed) > _MOST_SHOWN:
        dialog.add_text(f"và {len(removed) - _MOST_SHOWN} việc bỏ trước đó.", "ink2")
    dialog.add_button("Đóng", "primary")
    dialog.open()
    return dialog


def _row(dialog: Dialog, number: int, words: str, put_back: Callable[[int], object]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(Label(words, "body", wrap=True), 1)

    def back() -> None:
        dialog.reject()
        put_back(number)

    row.addWidget(Button("Lấy lại", icon="undo", size="small", words=f"Lấy lại: {words}", act=back))
    return row
