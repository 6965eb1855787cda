"""The table of numbers as cells: TT, Nội dung hoạt động, Số lượng (two columns), Năm trước, Ghi chú."""

from collections.abc import Sequence
from operator import is_not

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.report.grid_rows import SHORT, Box, GridRow
from hoctap_desktop.ui.widgets import number_cell

NUMBER, LABEL, FIRST, SECOND, BEFORE, NOTE = range(6)
COLUMNS = 6
Index = QModelIndex | QPersistentModelIndex
_ALIGN = {
    NUMBER: Qt.AlignmentFlag.AlignHCenter,
    BEFORE: Qt.AlignmentFlag.AlignRight,
}


class FiguresModel(QAbstractTableModel):
    """`typed(field, text)` and `noted(row id, text)` come when an editor was left with another text."""

    typed = Signal(str, str)
    noted = Signal(str, str)

    def __init__(self, year: int) -> None:
        super().__init__()
        self._rows: tuple[GridRow, ...] = ()
        self._at: dict[str, int] = {}  # row of a cell or note
        self._year = year

    def set_rows(self, rows: Sequence[GridRow]) -> None:
        """New contents; the same rows with other boxes keep cursor and scroll position."""
        new, old = tuple(rows), self._rows
        # most are the very rows of before
        others = [at for at, other in enumerate(map(is_not, old, new)) if other]
        if len(new) != len(old) or any(old[at].id != new[at].id for at in others):
            self.beginResetModel()
            self._rows = new
            self._at = {id: at for at, row in enumerate(new) for id in (*row.cells, f"note.{row.id}")}
            self.endResetModel()
            return
        self._rows = new
        for at in others:
            if old[at] != new[at]:
                self.dataChanged.emit(self.index(at, 0), self.index(at, COLUMNS - 1))

    def set_year(self, year: int) -> None:
        """The year of the campaign, for the head."""
        self._year = year
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, COLUMNS - 1)

    def grid_row(self, row: int) -> GridRow:
        return self._rows[row]

    def box(self, index: Index) -> Box | None:
        """The box at a place, None where no number belongs."""
        if not index.isValid():
            return None
        boxes = self._rows[index.row()].boxes
        place = index.column() - FIRST
        return boxes[place] if 0 <= place < len(boxes) and index.column() in (FIRST, SECOND) else None

    def typed_at(self, index: Index) -> str:
        """What a box or a note begins with when it is opened; "" for a number that is not one."""
        if index.column() == NOTE:
            return self._rows[index.row()].note_typed
        box = self.box(index)
        return box.text if box is not None and box.kind not in SHORT else ""

    def place_of(self, field: str) -> QModelIndex:
        """Where a field is: its box, or the column Ghi chú for a note; an invalid index for other fields."""
        at = self._at.get(field)
        if at is None:
            return QModelIndex()
        row = self._rows[at]
        if field not in row.cells:
            return self.index(at, NOTE) if not row.group else QModelIndex()
        return self.index(at, FIRST + (row.cells.index(field) if len(row.boxes) == len(row.cells) else 0))

    def row_at(self, id: str) -> int:
        """Place of a row by its id; -1 for none."""
        return next((at for at, row in enumerate(self._rows) if row.id == id), -1)

    @guarded(0)
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    @guarded(0)
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else COLUMNS

    @guarded(None)
    def data(self, index: Index, role: int = 0) -> object:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == 0:
            return self._text(row, index)
        if role == Qt.ItemDataRole.EditRole:
            return self.typed_at(index)
        if role == Qt.ItemDataRole.ToolTipRole:
            box = self.box(index)
            return (box.why or None) if box is not None else self._text(row, index) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(row, index)
        return None

    def _text(self, row: GridRow, index: Index) -> str:
        match index.column():
            case 0:
                return row.number
            case 1:
                return row.label
            case 4:
                return " / ".join(row.last_year)
            case 5:
                return row.note or row.note_hint
        box = self.box(index)
        if box is None:
            return ""
        return SHORT.get(box.kind, box.text)

    def _spoken(self, row: GridRow, index: Index) -> str:
        box = self.box(index)
        if box is not None:
            said = number_cell.words(box.kind, box.text)
            return f"{box.label}, {said}" + (f". {box.why}" if box.why else "")
        if index.column() == BEFORE and row.last_year:
            return f"{row.label}, năm {self._year - 1}: {' và '.join(row.last_year)}"
        if index.column() == NOTE and not row.group:
            return f"Ghi chú, {row.label}: {row.note or 'để trống'}"
        return self._text(row, index)

    @guarded(False)
    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not index.isValid() or not self.flags(index) & _EDITABLE:
            return False
        text = str(value)
        if text == self.typed_at(index):
            return False
        box = self.box(index)
        if box is not None:
            self.typed.emit(box.field, text)
        else:
            self.noted.emit(self._rows[index.row()].id, text)
        return True

    @guarded(Qt.ItemFlag.NoItemFlags)
    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or index.row() >= len(self._rows):
            return Qt.ItemFlag.NoItemFlags
        row, column = self._rows[index.row()], index.column()
        if column == NOTE and not row.group:
            return _TYPED if row.editable else _USABLE
        if column in (FIRST, SECOND) and column - FIRST < len(row.boxes):
            return _TYPED if row.boxes[column - FIRST].editable else _USABLE
        return _ENABLED

    @guarded(None)
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < COLUMNS:
            return None
        if role == 0:
            titles = ("TT", "Nội dung hoạt động", f"Số lượng năm {self._year}", "", f"Năm {self._year - 1}", "Ghi chú")
            return titles[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGN.get(section)
        return None


# put together once: a view asks for every cell it paints, twice
_EDITABLE = Qt.ItemFlag.ItemIsEditable
_ENABLED = Qt.ItemFlag.ItemIsEnabled
_USABLE = _ENABLED | Qt.ItemFlag.ItemIsSelectable
_TYPED = _USABLE | _EDITABLE
