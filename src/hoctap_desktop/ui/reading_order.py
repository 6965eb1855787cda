"""The Tab key goes as the eye reads: by the layouts, whenever and in whatever order the parts were made."""

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QGridLayout,
    QLayout,
    QLineEdit,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QWidget,
)

_WHOLE = (QComboBox, QLineEdit, QAbstractSpinBox)  # their parts are their own affair


def in_reading_order(root: QWidget) -> list[QWidget]:
    """The visible widgets under `root` that take the focus by Tab, in the order in which they are read."""
    found: dict[QWidget, None] = {}
    for widget in _walk(root):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
            found.setdefault(widget)
    return list(found)


def arrange(window: QWidget) -> None:
    """Sets the order of the Tab key in a window; nothing when it is so already."""
    wanted = in_reading_order(window)
    if not wanted or wanted == _from(wanted[0], set(wanted)):
        return
    for one, two in pairwise(wanted):
        QWidget.setTabOrder(one, two)


def _from(first: QWidget, wanted: set[QWidget]) -> list[QWidget]:
    """Once round the ring of the Tab key."""
    found = [first]
    at = first.nextInFocusChain()
    while at is not None and at is not first:
        if at in wanted:
            found.append(at)
        at = at.nextInFocusChain()
    return found


def _walk(widget: QWidget) -> Iterator[QWidget]:
    if not widget.isVisible():
        return
    yield widget
    if isinstance(widget, _WHOLE):
        return
    seen: set[QWidget] = set()
    for child in _placed(widget):
        if child not in seen:
            seen.add(child)
            yield from _walk(child)
    # what no layout places: over the others, or by hand
    loose = [
        child
        for child in widget.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        if child not in seen and not child.isWindow()
    ]
    for child in sorted(loose, key=lambda one: (one.y(), one.x())):
        yield from _walk(child)


def _placed(widget: QWidget) -> Iterator[QWidget]:
    if isinstance(widget, QSplitter):
        parts = (widget.widget(at) for at in range(widget.count()))
        yield from (part for part in parts if part is not None)
    elif isinstance(widget, QStackedWidget):
        current = widget.currentWidget()
        if current is not None:
            yield current
    elif isinstance(widget, QScrollArea):
        inner = widget.widget()
        if inner is not None:
            yield widget.viewport()
    else:
        layout = widget.layout()
        if layout is not None:
            yield from _of_layout(layout)


def _of_layout(layout: QLayout) -> Iterator[QWidget]:
    places = list(range(layout.count()))
    if isinstance(layout, QGridLayout):
        places.sort(key=lambda at: layout.getItemPosition(at)[:2])  # type: ignore[index]
    for at in places:
        item = layout.itemAt(at)
        inner = item.widget() if item is not None else None
        if inner is not None:
            yield inner
        elif item is not None and (below := item.layout()) is not None:
            yield from _of_layout(below)
