"""Cần xem: findings under each other, each with where, what, and at most two acts. Enter goes to the field."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from hoctap_desktop.ui import theme
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.labels import IconLabel, Label, rule

LOOKS = {
    "block": ("circle-x", "danger", "Phải sửa"),
    "ask": ("triangle-alert", "warn", "Xem lại"),
    "warn": ("triangle-alert", "warn", "Xem lại"),
    "info": ("info", "pri", "Nên biết"),
}


@dataclass(frozen=True)
class FindingRow:
    """key: what `chosen` and `acted` say (e.g. the field id). kind: a key of LOOKS.

    title: the bold line ("Phải sửa: mục 4, số lần"); text: one or two sentences; acts: (id, words), at most two.
    """

    key: str
    kind: str
    title: str
    text: str
    acts: tuple[tuple[str, str], ...] = ()


class _Row(QWidget):
    pressed = Signal(str)
    acted = Signal(str, str)

    def __init__(self, row: FindingRow) -> None:
        super().__init__()
        self.row = row
        self.chosen = False
        icon, token, word = LOOKS[row.kind]
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 10, 12, 10)
        line.setSpacing(9)
        line.addWidget(IconLabel(icon, token, 18, word), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(1)
        self._title = Label(row.title, "bold", token, wrap=True)
        self._text = Label(row.text, "body", "ink", wrap=True)
        column.addWidget(self._title)
        if row.text:
            column.addWidget(self._text)
        if row.acts:
            acts = QHBoxLayout()
            acts.setContentsMargins(0, 6, 0, 0)
            acts.setSpacing(6)
            for place, (act, words) in enumerate(row.acts):
                made = Button(words, "secondary" if place == 0 else "text", size="small")
                made.clicked.connect(lambda _checked=False, act=act: self.acted.emit(row.key, act))
                acts.addWidget(made)
            acts.addStretch(1)
            column.addLayout(acts)
        line.addLayout(column, 1)
        self.setAccessibleName(f"{row.title}. {row.text}")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    @guarded(None)
    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002 - Qt's signature
        self.pressed.emit(self.row.key)

    @guarded(None)
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        if self.chosen:
            painter = QPainter(self)
            painter.fillRect(self.rect(), theme.color("pri-tint"))
            if theme.theme().contrast:
                painter.fillRect(QRectF(0, 0, 5, self.height()), theme.color(LOOKS[self.row.kind][1]))


class FindingsList(QScrollArea):
    """`chosen(key)` on click or arrow keys, `opened(key)` on Enter or double press, `acted(key, act)` on a button."""

    chosen = Signal(str)
    opened = Signal(str)
    acted = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("Chỗ cần xem")
        self._rows: list[_Row] = []
        self._foot: QWidget | None = None
        self._at = -1
        self._build(())

    def show_rows(self, rows: Sequence[FindingRow], foot: QWidget | None = None) -> None:
        """Shows `rows`, keeping the chosen one by key. foot: a widget under them (help of the page), made once."""
        kept = self.current()
        if foot is not None:
            self._foot = foot
        scroll = self.verticalScrollBar().value()
        self._build(rows)
        self.choose(kept, scroll=False)
        self.verticalScrollBar().setValue(scroll)

    def current(self) -> str:
        """Key of the chosen row, "" for none."""
        return self._rows[self._at].row.key if 0 <= self._at < len(self._rows) else ""

    def rows(self) -> list[FindingRow]:
        return [widget.row for widget in self._rows]

    def choose(self, key: str, *, scroll: bool = True) -> None:
        """Tints the row with `key` (none when there is no such row), without saying so."""
        self._at = next((i for i, widget in enumerate(self._rows) if widget.row.key == key), -1)
        for place, widget in enumerate(self._rows):
            widget.chosen = place == self._at
            widget.update()
        if scroll and self._at >= 0:
            self.ensureWidgetVisible(self._rows[self._at])

    def step(self, by: int) -> None:
        """The next (1) or the one before (-1), round the end; says `opened`, as F8 wants the field."""
        if self._rows:
            self.choose(self._rows[(self._at + by) % len(self._rows) if self._at >= 0 else 0].row.key)
            self.opened.emit(self.current())

    def _build(self, rows: Sequence[FindingRow]) -> None:
        if self._foot is not None:
            self._foot.setParent(None)
        body = QWidget()
        body.setProperty("pane", "surface")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._rows = []
        for row in rows:
            widget = _Row(row)
            widget.pressed.connect(self._pressed)
            widget.acted.connect(self.acted)
            self._rows.append(widget)
            column.addWidget(widget)
            column.addWidget(rule())
        if self._foot is not None:
            column.addWidget(self._foot)
            self._foot.show()
        column.addStretch(1)
        self.setWidget(body)

    def _pressed(self, key: str) -> None:
        again = key == self.current()
        self.choose(key, scroll=False)
        self.chosen.emit(key)
        if again:
            self.opened.emit(key)

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self._rows:
            by = 1 if event.key() == Qt.Key.Key_Down else -1
            at = min(max(self._at + by, 0), len(self._rows) - 1)
            self.choose(self._rows[at].row.key)
            self.chosen.emit(self.current())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current():
            self.opened.emit(self.current())
        else:
            super().keyPressEvent(event)
