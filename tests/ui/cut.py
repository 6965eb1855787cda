"""Looks for words that do not fit: what a person would see cut off."""

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from hoctap_desktop.ui.widgets.labels import ElidedLabel


def cut_off(root: QWidget) -> list[str]:
    """The words of visible buttons and labels in `root` that are wider or higher than the room they have.

    Labels that end in … of themselves carry the whole text in their tooltip and are left out.
    """
    found = [
        f"button «{one.text()}»: {one.width()} of {one.sizeHint().width()}"
        for one in root.findChildren(QPushButton)
        if one.isVisible() and one.text() and one.width() < one.sizeHint().width() - 2
    ]
    for label in root.findChildren(QLabel):
        if not label.isVisible() or not label.text() or isinstance(label, ElidedLabel):
            continue
        if label.wordWrap():
            needed = label.heightForWidth(label.width())
            if label.height() < needed - 2:
                found.append(f"label «{label.text()}»: {label.height()} high of {needed}")
        else:
            width = QFontMetrics(label.font()).horizontalAdvance(label.text())
            if label.width() < width - 1:
                found.append(f"label «{label.text()}»: {label.width()} of {width}")
    return found
