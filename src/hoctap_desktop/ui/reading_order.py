"""The Tab key goes as the eye reads: by the layouts, whenever and in whatever order the parts were made."""

from collections.abc import Iterator

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

from hoctap_desktop.ui import theme

_WHOLE = (QComboBox, QLineEdit, QAbstractSpinBox)  # their parts are their own affair


def in_reading_order(root: QWidget, also: QWidget | None = None) -> list[QWidget]:
    """The visible, enabled widgets under `root` that take the focus by Tab, in the order in which they are read.

    also: one that is among them though Tab does not come to it.
    """
    found: dict[QWidget, None] = {}
    for widget in _walk(root):
        tabbed = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isEnabled() and widget.focusProxy() is None
        if tabbed or widget is also:
            found.setdefault(widget)
    return list(found)


def step(window: QWidget, *, forward: bool) -> bool:
    """What Tab and Shift+Tab do in a window: the focus goes to what is read next, or before; False for none.

    Qt's own ring is left alone: it goes by when the parts were made, and moving them in it moves their children too.
    """
    now = window.focusWidget()
    ring = in_reading_order(window, now)
    if not ring or ring == [now]:
        return False
    if now in ring:
        to = ring[(ring.index(now) + (1 if forward else -1)) % len(ring)]
    else:
        to = ring[0 if forward else -1]
    to.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    bring_in_sight(to)
    return True


def bring_in_sight(focused: QWidget, *, sideways: bool = True) -> None:
    """Scrolls to what the keyboard came to, with the label over it; Qt does so only within the area it was in."""
    at = focused.parentWidget()
    while at is not None:
        if isinstance(at, QScrollArea):
            bar = at.horizontalScrollBar()
            left = bar.value()
            at.ensureWidgetVisible(focused, 8, theme.px(32))
            if not sideways:
                bar.setValue(left)
        at = at.parentWidget()


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
