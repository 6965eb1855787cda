"""The files of a turn as table cells: glyph, Đơn vị, Nội dung, Kết quả xem tệp, act."""

from collections.abc import Sequence

from PySide6.QtCore import Qt

from hoctap_desktop.ui.consolidation.receive_presenter import FileRow
from hoctap_desktop.ui.widgets.rows_model import TableRows

GLYPH, UNIT, CONTENT, SENTENCE, ACT = range(5)
_TITLES = ("", "Đơn vị", "Nội dung", "Kết quả xem tệp", "")


class ReceiveModel(TableRows[FileRow]):
    """Group rows span the table; files can be selected."""

    def __init__(self) -> None:
        super().__init__(_TITLES)

    def row_of(self, key: str) -> int:
        """Where a file stands, -1 when it does not."""
        return next((at for at, row in enumerate(self._rows) if row.key == key and not row.group), -1)

    def first_with_act(self) -> int:
        """The first row that asks for something, else the first file; -1 for none."""
        files = [at for at, row in enumerate(self._rows) if not row.group]
        return next((at for at in files if self._rows[at].strong and self._rows[at].act), files[0] if files else -1)

    def from_row(self, at: int) -> tuple[FileRow, ...]:
        """The file at this row, and behind it those that ask for something; () for no row."""
        if at < 0:
            return ()
        return (self._rows[at], *(row for row in self._rows[at + 1 :] if row.strong and row.act))

    def next_of(self, wanted: Sequence[FileRow]) -> int:
        """Where to go on, given `from_row` of before: to the same file; when it was settled, to the next to be done."""
        same = self.row_of(wanted[0].key) if wanted else -1
        if same >= 0 and (self._rows[same].strong or not wanted[0].strong):
            return same
        later = (self.row_of(row.key) for row in wanted[1:])
        first = self.first_with_act()
        at = next((at for at in later if at >= 0 and self._rows[at].strong), first)
        return same if same >= 0 and not self._rows[at].strong else at

    def is_head(self, row: FileRow) -> bool:
        return row.group

    def said(self, row: FileRow, column: int, role: int) -> object:
        if role == 0:
            return self._text(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(row, column)
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
