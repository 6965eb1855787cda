"""The units of the board as table cells, filtered and sorted here."""

from hoctap_desktop.consolidation.status import Standing, State
from hoctap_desktop.ui.consolidation.board_presenter import KIND, NOTE, PLAN, RECEIVED, UNIT, Line, Wanted, select
from hoctap_desktop.ui.consolidation.lines_model import LinesModel
from hoctap_desktop.ui.widgets.chips import STATES, ChipState

TITLES = ("Đơn vị", "Loại", "Kế hoạch", "Báo cáo", "Ngày nhận", "Ghi chú")
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


class BoardModel(LinesModel[Line, Wanted]):
    """`set_lines` for a new board, `want` for another search, filter, order or grouping."""

    def __init__(self) -> None:
        super().__init__(TITLES, Wanted(), select, _text, _spoken)

    def units(self) -> int:
        """How many units are shown, headings left out."""
        return sum(not line.heading for line in self._rows)

    def headings(self) -> list[int]:
        """Where the headings of groups stand."""
        return [at for at, line in enumerate(self._rows) if line.heading] if self.wanted.group else []


def _text(line: Line, column: int) -> str:
    if line.heading:
        return line.heading if column == UNIT else ""
    if column == RECEIVED:
        return f"{line.received:%d/%m}" if line.received else ""
    if column == UNIT:
        return line.unit
    if column == KIND:
        return line.kind
    if column == NOTE:
        return line.note
    return (line.plan if column == PLAN else line.report).words


def _spoken(line: Line, column: int) -> str:
    text = _text(line, column) or "để trống"
    return text if column == UNIT else f"{line.unit}, {TITLES[column]}: {text}"
