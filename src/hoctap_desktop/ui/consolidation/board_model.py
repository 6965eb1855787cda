"""The units of the board as table cells, filtered and sorted here."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt

from hoctap_desktop.consolidation.status import Standing, State
from hoctap_desktop.ui.consolidation.board_presenter import (
    KIND,
    NOTE,
    PLAN,
    RECEIVED,
    REPORT,
    UNIT,
    Line,
    Wanted,
    select,
)
from hoctap_desktop.ui.consolidation.rows_view import ROW_ROLE, Index
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.widgets.chips import STATES, ChipState

_TITLES = ("Đơn vị", "Loại", "Kế hoạch", "Báo cáo", "Ngày nhận", "Ghi chú")
_CHIPS = {
    State.NOT_SENT: "not_sent",
    State.RECEIVED: "received",
    State.LATE: "late",
    State.RETURNED: "returned",
    State.RESENT: "again",
    State.PROPOSED: "proposed",
    State.APPROVED: "accepted",
    State.NOT_HELD: "not_held",
    State.EXEMPT: "exempt",
}


def chip_of(state: State, words: str = "", *, overdue: bool = False) -> ChipState | None:
    """The chip of a state; None for a paper nobody asks for."""
    if state not in _CHIPS:
        return None
    look = STATES["overdue" if overdue else _CHIPS[state]]
    return ChipState(look.icon, look.tone, words or look.words)


def standing_chip(standing: Standing) -> ChipState | None:
    """The chip of one cell of the board, with its days."""
    return chip_of(standing.state, standing.words, overdue=standing.overdue > 0)


class BoardModel(QAbstractTableModel):
    """`set_lines` for a new board, `want` for another search, filter or order."""

    def __init__(self) -> None:
        super().__init__()
        self._every: tuple[Line, ...] = ()
        self._shown: tuple[Line, ...] = ()
        self.wanted = Wanted()

    def set_lines(self, every: Sequence[Line]) -> None:
        self._every = tuple(every)
        self._select()

    def want(self, wanted: Wanted) -> None:
        self.wanted = wanted
        self._select()

    def _select(self) -> None:
        self.beginResetModel()
        self._shown = select(self._every, self.wanted)
        self.endResetModel()

    def every(self) -> tuple[Line, ...]:
        return self._every

    def line(self, at: int) -> Line:
        return self._shown[at]

    def row_of(self, code: str) -> int:
        return next((at for at, line in enumerate(self._shown) if line.code == code), -1)

    @guarded(0)
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._shown)

    @guarded(0)
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(_TITLES)

    @guarded(None)
    def data(self, index: Index, role: int = 0) -> object:
        if not index.isValid() or index.row() >= len(self._shown):
            return None
        line = self._shown[index.row()]
        if role == 0:
            return self._text(line, index.column())
        if role == ROW_ROLE:
            return line
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._text(line, index.column()) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            text = self._text(line, index.column()) or "để trống"
            return text if index.column() == UNIT else f"{line.unit}, {_TITLES[index.column()]}: {text}"
        return None

    @staticmethod
    def _text(line: Line, column: int) -> str:
        if column == RECEIVED:
            return f"{line.received:%d/%m}" if line.received else ""
        return {
            UNIT: line.unit,
            KIND: line.kind,
            PLAN: line.plan.words,
            REPORT: line.report.words,
            NOTE: line.note,
        }[column]

    @guarded(None)
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        if orientation == Qt.Orientation.Horizontal and role == 0 and 0 <= section < len(_TITLES):
            return _TITLES[section]
        return None
