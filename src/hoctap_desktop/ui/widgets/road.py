"""The road of the year: circles on a line, green as far as done, and one card for what is to be done now."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from hoctap_desktop.ui import icons, theme
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.chips import Chip, ChipState
from hoctap_desktop.ui.widgets.labels import ElidedLabel, IconLabel, Label
from hoctap_desktop.ui.widgets.progress import Bar

CIRCLE = 32
GUTTER = 48
ROW = 50


class StepState(StrEnum):
    DONE = "done"
    OPEN = "open"
    NOW = "now"
    LATER = "later"
    OVERDUE = "overdue"


@dataclass(frozen=True)
class Act:
    """A button of a step. id: what the road says when it is pressed."""

    id: str
    words: str
    icon: str = ""


@dataclass(frozen=True)
class Card:
    """What the present step shows. chip: e.g. ChipState("clock", "warn", "Còn 5 ngày"), None for none.

    text: where the person stopped; counts: (words, done, total, things) bars; looks: (finding kind, sentence) lines,
    kind "block" or "warn"; primary: the next act; secondary: one more or None.
    """

    text: str
    primary: Act
    secondary: Act | None = None
    chip: ChipState | None = None
    counts: tuple[tuple[str, int, int, str], ...] = ()
    looks: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class RoadStep:
    """number: as painted in its circle. note: behind the title. act: text button at the right. card: only for now."""

    number: int
    title: str
    state: StepState
    note: str = ""
    act: Act | None = None
    card: Card | None = None
    chip: ChipState | None = None


_SAID = {
    StepState.DONE: "đã xong",
    StepState.OPEN: "đang mở",
    StepState.NOW: "việc lúc này",
    StepState.LATER: "chưa đến lượt",
    StepState.OVERDUE: "quá hạn",
}


def paint_circle(painter: QPainter, center: QPointF, state: StepState, number: int, *, of_card: bool = False) -> None:
    """The circle of a step: check, ring, filled, grey ring, red ring. of_card: overdue and yet the present step."""
    looks = {
        StepState.DONE: ("ok", "ok-tint", "ok"),
        StepState.OPEN: ("pri", "surface", "pri"),
        StepState.NOW: ("pri", "pri", "on-pri"),
        StepState.LATER: ("road", "window", "ink2"),
        StepState.OVERDUE: ("danger", "surface", "danger"),
    }
    ring, fill, ink = looks[state]
    if state is StepState.OVERDUE and of_card:
        fill, ink = "danger", "on-pri"
    painter.setPen(QPen(theme.color(ring), 2))
    painter.setBrush(theme.color(fill))
    radius = CIRCLE / 2 - 1
    painter.drawEllipse(center, radius, radius)
    box = QRectF(center.x() - 16, center.y() - 16, 32, 32)
    if state is StepState.DONE:
        icons.paint_in(painter, "check", ink, box, 17)
    else:
        painter.setFont(theme.font("bold"))
        painter.setPen(theme.color(ink))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(number))


class _Step(QWidget):
    """One row; knows where its circle stands."""

    def __init__(self, step: RoadStep, say: Callable[[str], None]) -> None:
        super().__init__()
        self.step = step
        self.primary: Button | None = None
        self.setAccessibleName(f"Bước {step.number}, {step.title}, {_SAID[step.state]}. {step.note}")
        line = QHBoxLayout(self)
        line.setContentsMargins(GUTTER, 0, 0, 0)
        line.setSpacing(14)
        if step.card is not None:
            line.setContentsMargins(GUTTER, 4, 0, 12)
            line.addWidget(self._card(step, step.card, say))
            return
        self.setFixedHeight(theme.px(ROW))
        heavy = step.state in (StepState.DONE, StepState.OPEN, StepState.OVERDUE)
        token = "danger" if step.state is StepState.OVERDUE else "ink"
        line.addWidget(Label(step.title, "reading", token, bold=heavy))
        if step.chip is not None:
            line.addWidget(Chip(step.chip))
        line.addWidget(ElidedLabel(step.note, "body", "ink2"), 1)
        if step.act is not None:
            act = step.act
            button = Button(act.words, "text", icon=act.icon, act=lambda: say(act.id))
            button.setAccessibleName(f"{act.words}: {step.title}")
            line.addWidget(button)

    def _card(self, step: RoadStep, card: Card, say: Callable[[str], None]) -> QFrame:
        frame = QFrame()
        frame.setProperty("card", "now")
        column = QVBoxLayout(frame)
        column.setContentsMargins(20, 14, 20, 16)
        column.setSpacing(3)
        head = QHBoxLayout()
        head.addWidget(Label(step.title, "card"), 1)
        if card.chip is not None:
            head.addWidget(Chip(card.chip, bold=True))
        column.addLayout(head)
        column.addWidget(Label(card.text, "body", "ink2", wrap=True))
        if card.counts or card.looks:
            column.addSpacing(8)
            column.addLayout(self._facts(card))
        column.addSpacing(14)
        acts = QHBoxLayout()
        acts.setSpacing(12)
        primary, secondary = card.primary, card.secondary
        self.primary = Button(primary.words, "primary", icon=primary.icon, size="large", act=lambda: say(primary.id))
        acts.addWidget(self.primary)
        if secondary is not None:
            acts.addWidget(
                Button(secondary.words, "secondary", icon=secondary.icon, size="large", act=lambda: say(secondary.id))
            )
        acts.addStretch(1)
        column.addLayout(acts)
        return frame

    @staticmethod
    def _facts(card: Card) -> QHBoxLayout:
        facts = QHBoxLayout()
        facts.setSpacing(28)
        for words, done, total, things in card.counts:
            part = QWidget()
            part.setMaximumWidth(212)
            grid = QGridLayout(part)
            grid.setContentsMargins(0, 0, 0, 0)
            grid.setHorizontalSpacing(4)
            grid.setVerticalSpacing(6)
            grid.addWidget(Label(words), 0, 0)
            grid.addWidget(Label(str(done), bold=True), 0, 1)
            grid.addWidget(Label(f"trên {total} {things}".rstrip()), 0, 2)
            grid.setColumnStretch(0, 1)
            bar = Bar()
            bar.set(done, total)
            grid.addWidget(bar, 1, 0, 1, 3)
            facts.addWidget(part, 10, Qt.AlignmentFlag.AlignVCenter)
        if card.looks:
            looks = QVBoxLayout()
            looks.setSpacing(3)
            for kind, sentence in card.looks:
                row = QHBoxLayout()
                row.setSpacing(7)
                token = "danger" if kind == "block" else "warn"
                row.addWidget(IconLabel("circle-x" if kind == "block" else "triangle-alert", token, 17))
                row.addWidget(Label(sentence, "body", token))
                row.addStretch(1)
                looks.addLayout(row)
            facts.addLayout(looks)
        facts.addStretch(1)
        return facts

    def circle_y(self) -> float:
        """Height of the circle's middle in this widget."""
        return 36.0 if self.step.card is not None else self.height() / 2


class RoadWidget(QWidget):
    """All steps. `pressed` is told the id of an act; `focus_next_act` puts the keyboard on the primary button."""

    def __init__(self, pressed: Callable[[str], None]) -> None:
        super().__init__()
        self._pressed = pressed
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._steps: list[_Step] = []

    def set_steps(self, steps: Sequence[RoadStep]) -> None:
        while (item := self._column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._steps = [_Step(step, self._pressed) for step in steps]
        for widget in self._steps:
            self._column.addWidget(widget)
        self._column.addStretch(1)
        self.update()
        QTimer.singleShot(0, self, self.update)

    def steps(self) -> list[RoadStep]:
        return [widget.step for widget in self._steps]

    def next_act(self) -> Button | None:
        """The primary button of the card."""
        return next((w.primary for w in self._steps if w.primary is not None), None)

    @guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.update()

    @guarded(None)
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        places = [(w, QPointF(16, w.y() + w.circle_y())) for w in self._steps]
        for (upper, above), (lower, below) in pairwise(places):
            travelled = upper.step.state is StepState.DONE
            token = "ok" if travelled else "road"
            reached = lower.step.state is StepState.LATER
            painter.setPen(QPen(theme.color("road" if travelled and reached else token), 2))
            painter.drawLine(above + QPointF(0, 16), below - QPointF(0, 16))
        for widget, center in places:
            paint_circle(painter, center, widget.step.state, widget.step.number, of_card=widget.step.card is not None)
