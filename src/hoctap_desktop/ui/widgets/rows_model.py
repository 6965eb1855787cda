"""Rows of anything as a list or a table of Qt's, filled at once. A subclass tells what a row says in a role."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from hoctap_desktop.ui.guarded import guarded

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole + 1  # the row itself, for who paints it
_CHOSEN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

R = TypeVar("R")


class ListRows(QAbstractListModel, Generic[R]):
    """`said` and `is_head` are for subclasses: a head cannot be chosen."""

    def __init__(self, rows: Sequence[R] = ()) -> None:
        super().__init__()
        self._rows = tuple(rows)

    def set_rows(self, rows: Sequence[R]) -> None:
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def row(self, at: int) -> R:
        return self._rows[at]

    def said(self, row: R, role: int) -> object:
        """What a row tells in any role but ROW_ROLE."""

    def is_head(self, row: R) -> bool:  # noqa: ARG002 - for subclasses
        return False

    @guarded(0)
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    @guarded(None)
    def data(self, index: Index, role: int = 0) -> object:
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        return row if role == ROW_ROLE else self.said(row, role)

    @guarded(Qt.ItemFlag.NoItemFlags)
    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or self.is_head(self._rows[index.row()]):
            return Qt.ItemFlag.NoItemFlags
        return _CHOSEN


class TableRows(QAbstractTableModel, Generic[R]):
    """titles: of the columns. `said` and `is_head` are for subclasses: a head is shown and cannot be chosen."""

    def __init__(self, titles: Sequence[str], rows: Sequence[R] = ()) -> None:
        super().__init__()
        self._titles = tuple(titles)
        self._rows = tuple(rows)

    def set_rows(self, rows: Sequence[R]) -> None:
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def row(self, at: int) -> R:
        return self._rows[at]

    def rows(self) -> tuple[R, ...]:
        return self._rows

    def said(self, row: R, column: int, role: int) -> object:
        """What a cell tells in any role but ROW_ROLE."""

    def is_head(self, row: R) -> bool:  # noqa: ARG002 - for subclasses
        return False

    @guarded(0)
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    @guarded(0)
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._titles)

    @guarded(None)
    def data(self, index: Index, role: int = 0) -> object:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        return row if role == ROW_ROLE else self.said(row, index.column(), role)

    @guarded(Qt.ItemFlag.NoItemFlags)
    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or index.row() >= len(self._rows):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled if self.is_head(self._rows[index.row()]) else _CHOSEN

    @guarded(None)
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        if orientation == Qt.Orientation.Horizontal and role == 0 and 0 <= section < len(self._titles):
            return self._titles[section]
        return None
