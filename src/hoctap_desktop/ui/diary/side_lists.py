"""The right pane of the diary: what the plan promised, and the numbers the report may take."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from hoctap_desktop.diary.proposals import Standing
from hoctap_desktop.ui import theme
from hoctap_desktop.ui.diary.numbers import NumberRow
from hoctap_desktop.ui.diary.presenter import PromiseRow
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.fields import LineEdit, Message
from hoctap_desktop.ui.widgets.labels import IconLabel, Label, rule
from hoctap_desktop.ui.widgets.panes import pane


class EntryLink(Button):
    """A link as wide as there is room: too long a text ends in … and stands whole in the tooltip."""

    def __init__(self, words: str, act: Callable[..., object]) -> None:
        super().__init__(words, "link", size="small", act=act)
        self._whole = words
        self.set_flush()
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @guarded(QSize(40, 26))
    def minimumSizeHint(self) -> QSize:
        return QSize(40, super().minimumSizeHint().height())

    @guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        shown = QFontMetrics(self.font()).elidedText(self._whole, Qt.TextElideMode.ElideMiddle, self.width())
        self.setText(shown)
        self.setToolTip(self._whole if shown != self._whole else "")


class _Rows(QScrollArea):
    """Rows under each other, made anew when they change; the keyboard stays where it was by the row's key."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inner = pane("surface")
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(0, 0, 0, 12)
        self._column.setSpacing(0)
        self.setWidget(self._inner)
        self.first: QWidget | None = None

    def _clear(self) -> None:
        self.first = None
        while (item := self._column.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()

    def _say(self, words: str) -> None:
        label = Label(words, "body", "ink2", wrap=True)
        label.setContentsMargins(14, 14, 14, 8)
        self._column.addWidget(label)

    def _row(self) -> tuple[QWidget, QVBoxLayout]:
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(14, 10, 12, 10)
        column.setSpacing(3)
        return row, column


class PromiseList(_Rows):
    """`ticked(key, text)`: a number was written beside a promise. `begun(key)`: an entry is to be made for it.

    `opened(entry)`: an entry made for it is to be shown.
    """

    ticked = Signal(str, str)
    begun = Signal(str)
    opened = Signal(int)

    def __init__(self) -> None:
        super().__init__("Việc đã hứa trong kế hoạch")
        self._shown: tuple[PromiseRow, ...] | None = None
        self._edits: dict[str, LineEdit] = {}

    def show_rows(self, rows: Sequence[PromiseRow], *, has_plan: bool) -> None:
        """The promises; without a plan, or when it promises nothing, a sentence."""
        if self._shown == tuple(rows) and rows:
            return
        with_keyboard = next((key for key, edit in self._edits.items() if edit.hasFocus()), "")
        self._shown = tuple(rows)
        self._edits = {}
        self._clear()
        if not rows:
            self._say(
                "Kế hoạch không nêu số cờ, băng rôn, lớp, lễ nào để đối chiếu."
                if has_plan
                else "Chưa lập kế hoạch của đợt này. Những việc kế hoạch hứa sẽ hiện ở đây, chờ ghi là đã làm."
            )
        for place, one in enumerate(rows):
            if place:
                self._column.addWidget(rule("h2"))
            self._column.addWidget(self._made(one))
        self._column.addStretch(1)
        if with_keyboard in self._edits:
            self._edits[with_keyboard].setFocus(Qt.FocusReason.OtherFocusReason)

    def edit(self, key: str) -> LineEdit | None:
        """The box of a promise that asks a number."""
        return self._edits.get(key)

    def _made(self, one: PromiseRow) -> QWidget:
        row, column = self._row()
        head = QHBoxLayout()
        head.setSpacing(8)
        mark, token, words = ("circle-check", "ok", "đã làm") if one.ticked else ("circle", "edge", "chưa ghi")
        head.addWidget(IconLabel(mark, token, 18, words), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(Label(one.title, "bold", wrap=True), 1)
        column.addLayout(head)
        if one.facts:
            column.addWidget(Label(one.facts, "secondary", "ink2", wrap=True))
        if one.sentence and not (one.facts and one.sentence.startswith(one.title)):
            column.addWidget(Label(f"«{one.sentence}»", "secondary", "ink2", wrap=True))
        if one.unsure:
            column.addWidget(Label(f"Chưa chắc: {one.unsure}", "secondary", "warn", wrap=True))
        for number, words in one.entries:
            link = EntryLink(words, _saying(self.opened, number))
            column.addWidget(link)
        if one.asks:
            column.addLayout(self._asking(one))
        elif not one.entries:
            button = Button("Ghi vào nhật ký", icon="plus", size="small", words=f"Ghi vào nhật ký: {one.title}")
            button.clicked.connect(_saying(self.begun, one.key))
            column.addSpacing(3)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            self.first = self.first or button
        if one.message:
            message = Message()
            column.addWidget(message)
            message.say(one.message)
        return row

    def _asking(self, one: PromiseRow) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setContentsMargins(0, 3, 0, 0)
        line.setSpacing(8)
        edit = LineEdit(one.done)
        edit.setAlignment(Qt.AlignmentFlag.AlignRight)
        edit.setFixedWidth(theme.px(86))
        edit.setAccessibleName(f"Đã làm: {one.title}")
        edit.set_state("error" if one.message else "normal")
        edit.left.connect(lambda text: self.ticked.emit(one.key, text))
        line.addWidget(Label("Đã làm", "body", "ink2"))
        line.addWidget(edit)
        line.addWidget(Label(one.unit, "body", "ink2"))
        line.addStretch(1)
        self._edits[one.key] = edit
        self.first = self.first or edit
        return line


class NumberList(_Rows):
    """`taken(indicator)`: one number is to go into the report. `opened(entry)`: an entry is to be shown."""

    taken = Signal(str)
    opened = Signal(int)

    def __init__(self) -> None:
        super().__init__("Số cho báo cáo")
        self._shown: tuple[NumberRow, ...] | None = None
        self._why = ""

    def show_rows(self, rows: Sequence[NumberRow], why_not: str) -> None:
        """The numbers; why_not: why the report takes none now."""
        if self._shown == tuple(rows) and self._why == why_not and rows:
            return
        self._shown, self._why = tuple(rows), why_not
        self._clear()
        if not rows:
            self._say("Khi nhật ký có số (người dự, băng rôn, lớp, sách…), máy cộng lại ở đây để đưa vào báo cáo.")
        for place, one in enumerate(rows):
            if place:
                self._column.addWidget(rule("h2"))
            self._column.addWidget(self._made(one, why_not))
        self._column.addStretch(1)

    def _made(self, one: NumberRow, why_not: str) -> QWidget:
        row, column = self._row()
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Label(one.label, "body", wrap=True), 1)
        head.addWidget(Label(one.value, "bold"), 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        token = "warn" if one.standing in (Standing.DIARY_CHANGED, Standing.OVERTYPED) else "ink2"
        column.addWidget(Label(one.words, "secondary", token, wrap=True))
        for entry, words in one.parts:
            link = EntryLink(words, _saying(self.opened, entry))
            column.addWidget(link)
        if one.takes:
            button = Button("Lấy vào báo cáo", size="small", words=f"Lấy vào báo cáo: {one.label}, {one.value}")
            button.clicked.connect(_saying(self.taken, one.indicator))
            if why_not:
                button.disable(why_not)
            column.addSpacing(3)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            self.first = self.first or button
        return row


def _saying(signal: object, value: object) -> Callable[..., None]:
    def say(_checked: bool = False) -> None:
        signal.emit(value)  # type: ignore[attr-defined]

    return say
