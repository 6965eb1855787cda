"""Cần xem: findings under each other, each with where, what, and at most two acts. Enter goes to the field."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from hoctap_desktop.ui import theme
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.labels import IconLabel, Label, rule

# More than these are not made at once: the list moves on to the next ones when they are asked for.
AT_ONCE = 40
LATER_MS = 60
LOOKS = {
    "block": ("circle-x", "danger", "Phải sửa"),
    "ask": ("triangle-alert", "warn", "Xem lại"),
    "warn": ("triangle-alert", "warn", "Xem lại"),
    "info": ("info", "pri", "Nên biết"),
    "remark": ("undo-2", "returned", "Cấp trên nhận xét"),
    # what was before (ui/history)
    "past": ("history", "ink", "Mốc"),
    "draft": ("pencil", "ink", "Bản nháp"),
    "sealed": ("lock", "ink", "Đã chốt"),
    "sent": ("package", "ink", "Đã gửi"),
    "gone": ("trash-2", "ink", "Đã bỏ"),
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

    def __init__(self, nothing: str = "") -> None:
        """nothing: what stands in the list when it has no rows."""
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("Chỗ cần xem")
        self._all: list[FindingRow] = []
        # Rows are made a moment after the last key, so that none waits for them.
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(LATER_MS)
        self._later.timeout.connect(self._make)
        self._widgets: dict[str, tuple[_Row, QWidget]] = {}  # by key: the row and the line under it
        self._first = 0  # of those that are made
        self._foot: QWidget | None = None
        self._at = -1
        self._was_at = 0  # where the chosen row stood that is settled now: the one after it is next
        self._gone_to = ""  # where step() led last: a finding without a field leaves the keyboard here
        body = QWidget()
        body.setProperty("pane", "surface")
        body.setMinimumHeight(1)  # its own is that of lines broken far more narrowly: it would scroll past the last row
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._more = Label("", "secondary", "ink3", wrap=True)
        self._more.setContentsMargins(14, 8, 12, 8)
        self._more.hide()
        self._column.addWidget(self._more)
        self._none = QWidget()
        line = QHBoxLayout(self._none)
        line.setContentsMargins(14, 14, 12, 12)
        line.setSpacing(9)
        line.addWidget(IconLabel("circle-check", "ok", 18), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(Label(nothing, "body", wrap=True), 1)
        self._column.addWidget(self._none)
        self._none.hide()
        self._says_none = bool(nothing)
        self._column.addStretch(1)
        self.setWidget(body)

    def show_rows(self, rows: Sequence[FindingRow], foot: QWidget | None = None) -> None:
        """Shows `rows`, keeping the chosen one by key. foot: a widget under them (help of the page), made once."""
        kept = self.current()
        if foot is not None and foot is not self._foot:
            self._foot = foot
            self._column.insertWidget(self._column.count() - 1, foot)
            foot.show()
        if list(rows) == self._all:
            if not rows:
                self._tell_more(0)
            return
        scroll = self.verticalScrollBar().value()
        first = not self._all
        if kept:
            self._was_at = self._at
        self._all = list(rows)
        self._at = next((i for i, row in enumerate(self._all) if row.key == kept), -1)
        if first or not rows:
            self._make()
            self.verticalScrollBar().setValue(scroll)
        else:
            self._later.start()

    def current(self) -> str:
        """Key of the chosen row, "" for none."""
        return self._all[self._at].key if 0 <= self._at < len(self._all) else ""

    def rows(self) -> list[FindingRow]:
        return list(self._all)

    def choose(self, key: str, *, scroll: bool = True) -> None:
        """Tints the row with `key` (none when there is no such row), without saying so."""
        before, self._at = self.current(), next((i for i, row in enumerate(self._all) if row.key == key), -1)
        if self._at >= 0 and (key not in self._widgets or (scroll and self._later.isActive())):
            self._make()
        for one in {before, key} & set(self._widgets):
            widget = self._widgets[one][0]
            widget.chosen = one == self.current()
            widget.update()
        if self._at >= 0:
            self._was_at = 0
            if scroll:
                row = self._widgets[key][0]
                # a row made this moment has its place only when the lines are laid out
                QTimer.singleShot(0, row, lambda: self.ensureWidgetVisible(row))

    def step(self, by: int) -> None:
        """The next (1) or the one before (-1), round the end; says `opened`, as F8 wants the field.

        While the keyboard is in the list, the row it stands on is next: F7 chooses one without going to its field.
        """
        if not self._all:
            return
        looked_at = self.hasFocus() and self._at >= 0 and self.current() != self._gone_to
        if not (looked_at and by > 0):
            after = self._at + by if self._at >= 0 else self._was_at + min(by, 0)
            self.choose(self._all[after % len(self._all)].key)
        self._gone_to = self.current()
        self.opened.emit(self._gone_to)

    @guarded(None)
    def focusInEvent(self, event: QFocusEvent) -> None:
        self._gone_to = ""
        super().focusInEvent(event)

    def _make(self) -> None:
        """The widgets of the rows round the chosen one; those that say the same as before stay."""
        self._later.stop()
        last_start = max(len(self._all) - AT_ONCE, 0)
        if not self._first <= self._at < self._first + AT_ONCE:
            self._first = self._at - AT_ONCE // 2
        self._first = min(max(self._first, 0), last_start)
        wanted = {row.key: row for row in self._all[self._first : self._first + AT_ONCE]}
        for key, (widget, line) in list(self._widgets.items()):
            if wanted.get(key) != widget.row:
                del self._widgets[key]
                if widget.focusWidget() is not None and widget.focusWidget().hasFocus():
                    self.setFocus(Qt.FocusReason.OtherFocusReason)  # else Qt carries the keyboard out of the page
                for gone in (widget, line):
                    self._column.removeWidget(gone)
                    gone.hide()
                    gone.deleteLater()
        for place, (key, row) in enumerate(wanted.items()):
            if key not in self._widgets:
                widget = _Row(row)
                widget.pressed.connect(self._pressed)
                widget.acted.connect(self.acted)
                self._widgets[key] = (widget, rule())
            for offset, part in enumerate(self._widgets[key]):
                if self._column.indexOf(part) != 2 * place + offset:
                    self._column.insertWidget(2 * place + offset, part)
            self._widgets[key][0].chosen = key == self.current()
        self._tell_more(len(self._all) - len(wanted))

    def _tell_more(self, unseen: int) -> None:
        self._more.setText(f"Còn {unseen} chỗ nữa. F8: đến chỗ tiếp theo." if unseen else "")
        self._more.setVisible(bool(unseen))
        self._none.setVisible(self._says_none and not self._all)

    def _pressed(self, key: str) -> None:
        again = key == self.current()
        self.choose(key, scroll=False)
        self.chosen.emit(key)
        if again:
            self.opened.emit(key)

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self._all:
            by = 1 if event.key() == Qt.Key.Key_Down else -1
            at = min(max(self._at + by, 0), len(self._all) - 1)
            self.choose(self._all[at].key)
            self.chosen.emit(self.current())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current():
            self.opened.emit(self.current())
        else:
            super().keyPressEvent(event)
