"""The table of totals and the list of one number's units, as cells."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt

from hoctap_desktop.foundation.numbers import print_count
from hoctap_desktop.ui.consolidation.rows_view import ROW_ROLE, Index
from hoctap_desktop.ui.consolidation.totals_presenter import MAY_REPEAT, Share, TotalRow
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.widgets.rows_model import TableRows

NUMBER, LABEL, VALUE, COVERAGE, BEFORE = range(5)
_ALIGNED = {
    NUMBER: Qt.AlignmentFlag.AlignHCenter,
    VALUE: Qt.AlignmentFlag.AlignRight,
    BEFORE: Qt.AlignmentFlag.AlignRight,
}


class TotalsModel(TableRows[TotalRow]):
    """Group rows span the table; last year's column stands only where something is known of it."""

    def __init__(self) -> None:
        super().__init__(("TT", "Nội dung", "Tổng", "Tổng từ", ""))

    def set_totals(self, rows: Sequence[TotalRow], whole: str, year: int) -> None:
        """whole: title of the sums ("Toàn huyện"); year: of the campaign."""
        self._titles = ("TT", "Nội dung", whole or "Tổng", "Tổng từ", f"Năm {year - 1}")
        self.set_rows(rows)

    def row_of(self, field: str) -> int:
        return next((at for at, row in enumerate(self._rows) if row.field == field and field), -1)

    def knows_before(self) -> bool:
        """True when last year is known of any row."""
        return any(row.before for row in self._rows)

    def is_head(self, row: TotalRow) -> bool:
        return row.group

    def said(self, row: TotalRow, column: int, role: int) -> object:
        if role == 0:
            return self._text(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            if column == LABEL and row.may_repeat:
                return f"{row.label}: hai đơn vị có thể cùng báo một bài, tin. Hãy xem lại trước khi lập báo cáo."
            return row.label if column == LABEL else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _spoken(row)
        return None

    @staticmethod
    def _text(row: TotalRow, column: int) -> str:
        if row.group:
            return {NUMBER: row.number, LABEL: row.label}.get(column, "")
        return (row.number, row.label, row.value, row.coverage, row.before)[column]

    @guarded(None)
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGNED.get(section)
        return super().headerData(section, orientation, role)


def _spoken(row: TotalRow) -> str:
    if row.group:
        return f"{row.number} {row.label}"
    said = [
        row.label,
        row.value or "chưa có số",
        f"tổng từ {print_count(row.covered)} trên {print_count(row.of)} đơn vị",
    ]
    if row.may_repeat:
        said.append(MAY_REPEAT)
    if row.doubtful:
        said.append("có đơn vị nên xem lại")
    if row.before:
        said.append(f"năm trước {row.before}")
    return ", ".join(said)


class SharesModel(QAbstractListModel):
    """The units of one number: those that have one, a head, those that have none."""

    def __init__(self) -> None:
        super().__init__()
        self._told: tuple[Share, ...] = ()
        self._silent: tuple[Share, ...] = ()

    def set_shares(self, told: Sequence[Share], silent: Sequence[Share]) -> None:
        self.beginResetModel()
        self._told, self._silent = tuple(told), tuple(silent)
        self.endResetModel()

    def share(self, at: int) -> Share | None:
        """The unit of a row, None for the head between."""
        if at < len(self._told):
            return self._told[at]
        at -= len(self._told) + 1
        return self._silent[at] if 0 <= at < len(self._silent) else None

    def most(self) -> int:
        """The greatest number, at least 1."""
        return max((share.value or 0 for share in self._told), default=0) or 1

    def head_row(self) -> int:
        """Where those without a number begin; -1 when there are none."""
        return len(self._told) if self._silent else -1

    @guarded(0)
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        if parent.isValid():
            return 0
        return len(self._told) + (len(self._silent) + 1 if self._silent else 0)

    @guarded(None)
    def data(self, index: Index, role: int = 0) -> object:
        if not index.isValid() or index.row() >= self.rowCount():
            return None
        share = self.share(index.row())
        words = f"{share.unit}: {share.words}" if share else f"Chưa có số, {print_count(len(self._silent))} đơn vị"
        if share and share.before is not None and role != 0:
            words += f"; năm trước {print_count(share.before)}. {share.merged}".rstrip(". ") + "."
        if role == ROW_ROLE:
            return share
        if role == 0 or role == Qt.ItemDataRole.ToolTipRole:
            return words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{words}, nên xem lại" if share and share.far else words
        return None

    @guarded(Qt.ItemFlag.NoItemFlags)
    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or self.share(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
