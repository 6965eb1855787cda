"""Steps of one act under each other (writing to the stick): done, under way, failed, waiting; time at the right."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from hoctap_desktop.ui import theme
from hoctap_desktop.ui.widgets.labels import IconLabel, Label, rule

_MARKS = {
    "done": ("circle-check", "ok", "xong"),
    "now": ("clock", "pri", "đang làm"),
    "failed": ("circle-x", "danger", "chưa được"),
    "later": ("circle", "edge", "chưa đến lượt"),
}


@dataclass(frozen=True)
class StepRow:
    """state: "done", "now", "failed", "later"; when: "14:32:11" or a date, "" while it has not happened."""

    words: str
    state: str = "later"
    when: str = ""


class StepList(QFrame):
    """A card with one row per step."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", "true")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(20, 6, 20, 6)
        self._column.setSpacing(0)
        self._rows: tuple[StepRow, ...] = ()

    def rows(self) -> tuple[StepRow, ...]:
        return self._rows

    def set_rows(self, rows: Sequence[StepRow]) -> None:
        self._rows = tuple(rows)
        while (item := self._column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for place, row in enumerate(self._rows):
            if place:
                self._column.addWidget(rule("h2"))
            self._column.addWidget(_line(row))


def _line(row: StepRow) -> QWidget:
    icon, token, said = _MARKS[row.state]
    made = QWidget()
    made.setFixedHeight(theme.px(38))
    line = QHBoxLayout(made)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(12)
    line.addWidget(IconLabel(icon, token, 20, said))
    line.addWidget(Label(row.words, "body", "ink3" if row.state == "later" else "ink"), 1)
    line.addWidget(Label(row.when, "body", "ink2"), 0, Qt.AlignmentFlag.AlignRight)
    made.setAccessibleName(f"{row.words}, {said}")
    return made
