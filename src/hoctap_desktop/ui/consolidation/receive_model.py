"""The files of a turn as table cells: glyph, Đơn vị, Nội dung, Kết quả xem tệp, act."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt

from hoctap_desktop.ui.consolidation.receive_presenter import FileRow
from hoctap_desktop.ui.consolidation.rows_view import ROW_ROLE, Index
from hoctap_desktop.ui.guarded import guarded

GLYPH, UNIT, CONTENT, SENTENCE, ACT = range(5)
_TITLES = ("", "Đơn vị", "Nội dung", "Kết quả xem tệp", "")


class ReceiveModel(QAbstractTableModel):
    """Group rows span the table; files can be selected."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[FileRow, ...] = ()

    def set_rows(self, rows: Sequence[FileRow]) -> None:
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def row(self, at: int) -> FileRow:
        return self._rows[at]

    def row_of(self, key: str) -> int:
        """Where a file stands, -1 when it does not."""
        return next((at for at, row in enumerate(self._rows) if row.key == key and not row.group), -1)

    def first_with_act(self) -> int:
        """The first row that asks for something, else the first file; -1 for none."""
        files = [at for at, row in enumerate(self._rows) if not row.group]
        return next((at for at in files if self._rows[at].strong and self._rows[at].act), files[0] if files else -1)

    @guarded(0)
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    @guarded(0)
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(_TITLES)

    @guarded(None)
    def data(self, index: Index, role: int = 0) -> object:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == 0:
            return self._text(row, index.column())
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(row, index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if row.group:
                return row.title
            act = f" Enter: {row.act_words}." if row.act else ""
            return f"{row.unit}, {row.content}. {row.sentence}{act}"
        return None

    @staticmethod
    def _text(row: FileRow, column: int) -> str:
        if row.group:
            return row.title if column == GLYPH else ""
        return ("", row.unit, row.content, row.sentence, row.act_words)[column]

    @staticmethod
    def _tip(row: FileRow, column: int) -> str | None:
        if row.line is None:
            return None
        return {UNIT: row.line.file, SENTENCE: row.sentence, GLYPH: row.line.file}.get(column)

    @guarded(Qt.ItemFlag.NoItemFlags)
    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or index.row() >= len(self._rows):
            return Qt.ItemFlag.NoItemFlags
        if self._rows[index.row()].group:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    @guarded(None)
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        if orientation == Qt.Orientation.Horizontal and role == 0 and 0 <= section < len(_TITLES):
            return _TITLES[section]
        return None
