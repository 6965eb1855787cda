"""What a person, or a screen reader, meets in a window: its controls in tab order, and every word."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QFileDialog,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QPlainTextEdit,
    QScrollBar,
    QTabBar,
    QTextEdit,
    QToolButton,
    QTreeView,
    QWidget,
)

from hoctap_desktop.ui.reading_order import in_reading_order

_ROWS = 60  # of a table: enough to meet each kind of row


@dataclass(frozen=True)
class Control:
    """A part that takes the keyboard or the mouse. path: the widgets it stands in, the window first, itself last."""

    kind: str
    name: str
    value: str
    rect: QRect
    tabbed: bool
    path: tuple[tuple[int, QRect], ...]

    def __str__(self) -> str:
        return f"{self.kind} «{self.name or self.value}» {self.rect.x()},{self.rect.y()}"


@dataclass(frozen=True)
class Seen:
    """kind: class of the part; controls: all of them, first those the Tab key goes through, in its order."""

    kind: str
    controls: tuple[Control, ...]
    words: tuple[str, ...]

    def tabbed(self) -> tuple[Control, ...]:
        return tuple(one for one in self.controls if one.tabbed)


def look(root: QWidget) -> Seen:
    """Everything visible in `root`. Qt's own file dialog is only read: Windows shows its own in its place."""
    if isinstance(root, QMenu | QFileDialog):
        return Seen(type(root).__name__, (), tuple(_words(root)))
    chain = list(_tab_chain(root))
    rest = [w for w in root.findChildren(QWidget) if _is_control(w, root) and w not in chain]
    controls = tuple(_control(w, root, tabbed=w in chain) for w in [*chain, *rest])
    return Seen(type(root).__name__, controls, tuple(_words(root)))


# --- controls ----------------------------------------------------------------------------------------------------

_KINDS = (QAbstractButton, QLineEdit, QTextEdit, QPlainTextEdit, QComboBox, QAbstractItemView, QTabBar)


def _is_control(w: QWidget, root: QWidget) -> bool:
    if not w.isVisible() or w.window() is not root.window() or w.focusProxy() is not None:
        return False
    if w.objectName().startswith("qt_") or isinstance(w, QHeaderView | QScrollBar):
        return False
    inside = w.parent()
    if isinstance(inside, QComboBox | QLineEdit) or (isinstance(w, QToolButton) and isinstance(inside, QTabBar)):
        return False
    return isinstance(w, _KINDS) or bool(w.focusPolicy() & Qt.FocusPolicy.TabFocus)


def _tab_chain(root: QWidget) -> list[QWidget]:
    """What Tab goes through (ui/reading_order.py; that it does is tried in test_sizes.py)."""
    return [w for w in in_reading_order(root.window()) if _is_control(w, root)]


def _rect(w: QWidget, window: QWidget) -> QRect:
    return QRect(w.mapTo(window, QPoint(0, 0)), w.size())


def _control(w: QWidget, root: QWidget, *, tabbed: bool) -> Control:
    window = root.window()
    path = []
    at: QWidget | None = w
    while at is not None and at is not window:
        path.append((id(at), _rect(at, window)))
        at = at.parentWidget()
    return Control(type(w).__name__, said(w), _value(w), _rect(w, window), tabbed, tuple(reversed(path)))


def said(w: QWidget) -> str:
    """What a screen reader calls it."""
    if isinstance(w, QComboBox):  # Qt gives the value on Linux, and leaves the name to what labels it
        return w.accessibleName()
    return QAccessible.queryAccessibleInterface(w).text(QAccessible.Text.Name)


def _value(w: QWidget) -> str:
    if isinstance(w, QLineEdit):
        return w.text()
    if isinstance(w, QComboBox):
        return w.currentText()
    if isinstance(w, QTextEdit | QPlainTextEdit):
        return w.toPlainText()
    return ""


# --- words -------------------------------------------------------------------------------------------------------


def _words(root: QWidget) -> Iterator[str]:
    """Texts, tooltips, names, menus, cells; not what a person typed."""
    for w in [root, *root.findChildren(QWidget)]:
        if w is not root and not w.isVisibleTo(root):
            continue
        yield from (w.windowTitle(), w.toolTip(), w.accessibleName(), w.accessibleDescription(), w.whatsThis())
        yield said(w)
        if isinstance(w, QLabel | QAbstractButton):
            yield w.text()
        if isinstance(w, QLineEdit | QPlainTextEdit | QTextEdit):
            yield w.placeholderText()
        if isinstance(w, QComboBox):
            yield from (w.itemText(at) for at in range(w.count()))
        if isinstance(w, QTabBar):
            yield from (w.tabText(at) for at in range(w.count()))
        if isinstance(w, QAbstractItemView) and w.model() is not None:
            yield from _cells(w.model())
        for action in w.actions():
            yield from _action(action)


def drawn(root: QWidget) -> Iterator[str]:
    """The words a person can read in it and under the mouse."""
    for w in [root, *root.findChildren(QWidget)]:
        if w is not root and not w.isVisibleTo(root):
            continue
        yield from (w.windowTitle(), w.toolTip())
        if isinstance(w, QLabel | QAbstractButton):
            yield w.text().replace("&", "")
        if isinstance(w, QComboBox):
            yield from (w.itemText(at) for at in range(w.count()))
        if isinstance(w, QGroupBox):
            yield w.title()
        if isinstance(w, QTreeView | QListView) and w.model() is not None and w.rootIndex().isValid():
            yield from _cells(w.model(), w.rootIndex())


def _action(action: QAction) -> Iterator[str]:
    yield from (action.text().split("\t")[0], action.toolTip(), action.statusTip())


_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)


def _cells(model: QAbstractItemModel, root: QModelIndex | None = None) -> Iterator[str]:
    root = root or QModelIndex()
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(root)
    for column in range(columns):
        for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            head = model.headerData(column, Qt.Orientation.Horizontal, role)
            if isinstance(head, str):
                yield head
        for row in range(min(_ROWS, model.rowCount(root))):
            for role in _ROLES:
                cell = model.data(model.index(row, column, root), role)
                if isinstance(cell, str):
                    yield cell
