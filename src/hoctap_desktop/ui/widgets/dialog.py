"""Dialogs: frameless, 550 wide, centred on their window, above a dim layer. Title = what happened."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from PySide6.QtCore import SIGNAL, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QRegion,
    QResizeEvent,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from hoctap_desktop.ui import icons, reading_order, theme
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.focus_ring import FocusRing
from hoctap_desktop.ui.widgets.labels import Label, rule

WIDTH = 550
RADIUS = 8
LEAST_HEIGHT = 240


class Dim(QWidget):
    """Darkens the window under a dialog, or the dialog another one is asked over."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setGeometry(window.rect())
        self.setAccessibleName("")

    @guarded(None)
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        QPainter(self).fillRect(self.rect(), QColor(26, 33, 41, 82))


class Disc(QWidget):
    """An icon on a tinted disc. tone: "warn", "danger", "ok", "pri"."""

    def __init__(self, icon: str, tone: str) -> None:
        super().__init__()
        self._icon, self._tone = icon, tone
        self.setFixedSize(42, 42)

    @guarded(None)
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color(self._tone), 2) if theme.theme().contrast else Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(f"{self._tone}-tint"))
        painter.drawEllipse(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        icons.paint_in(painter, self._icon, self._tone, QRectF(self.rect()), 22)


def rounded(box: QRect) -> QRegion:
    """A box without its corners."""
    shape = QPainterPath()
    shape.addRoundedRect(QRectF(box), RADIUS, RADIUS)
    return QRegion(shape.toFillPolygon().toPolygon())


class _Area(QScrollArea):
    """The lines of a dialog; they scroll where there are more than the window has room for."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.setWidget(content)
        for part in (self.viewport(), content):
            part.setAutoFillBackground(False)


class Dialog(QDialog):
    """Base of all dialogs. Fill `body`, add buttons with `add_button` (primary last), then `open()` or `exec()`.

    Esc does what closing does: the harmless one. open_help: opens a page of the help (its name, a part of it) over a
    dialog; the help, a dialog itself, puts itself here.
    """

    open_help: ClassVar[Callable[["Dialog", str, str], object] | None] = None

    def __init__(self, parent: QWidget | None, title: str, *, icon: str = "info", tone: str = "pri") -> None:
        super().__init__(parent.window() if parent is not None else None)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setModal(True)
        room = parent.window().width() - 16 if parent is not None else WIDTH
        self.setFixedWidth(max(WIDTH, min(theme.px(WIDTH), room)))
        self._dim: Dim | None = None
        self._spot: QPoint | None = None
        self._first: QWidget | None = None
        self._yes: Button | None = None
        self._held = False
        outer = QVBoxLayout(self)
        outer.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)  # `_fit` says how high
        outer.setContentsMargins(1, 1, 1, 1)
        outer.setSpacing(0)
        self._content = QWidget()
        top = QHBoxLayout(self._content)
        top.setContentsMargins(23, 21, 23, 16)
        top.setSpacing(16)
        top.addWidget(Disc(icon, tone), 0, Qt.AlignmentFlag.AlignTop)
        self.body = QVBoxLayout()
        self.body.setSpacing(6)
        self.body.addWidget(Label(title, "card", wrap=True))
        top.addLayout(self.body, 1)
        self._area = _Area(self._content)
        outer.addWidget(self._area)
        self._foot = QFrame()
        self._foot.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._buttons = QHBoxLayout(self._foot)
        self._buttons.setContentsMargins(23, 12, 23, 12)
        self._buttons.setSpacing(10)
        self._buttons.addStretch(1)
        self._aside = 0
        outer.addWidget(rule())
        outer.addWidget(self._foot)
        self.ring = FocusRing(self)
        QShortcut(QKeySequence("F1"), self).activated.connect(self.show_help)

    def show_help(self) -> None:
        """F1: the help of this question over it; where nothing is written of it, that of the page under it."""
        from hoctap_desktop.ui.help_places import DIALOGS

        if Dialog.open_help is None:
            return
        place = DIALOGS.get(type(self).__name__)
        under = self.parentWidget()
        there = getattr(under, "help_place", None)
        Dialog.open_help(self, *(place.partition("#")[::2] if place else there() if there else ("start", "")))

    def add_text(self, text: str, token: str = "ink") -> Label:
        label = Label(text, "reading", token, wrap=True)
        self.body.addWidget(label)
        return label

    def add_steps(self, steps: Sequence[str]) -> None:
        """The numbered list under a line."""
        self.body.addSpacing(6)
        self.body.addWidget(rule("h2"))
        self.body.addSpacing(4)
        self.body.addWidget(Label("Việc cần làm", "bold"))
        for number, step in enumerate(steps, 1):
            row = QHBoxLayout()
            row.setSpacing(10)
            mark = Label(f"{number}.", "reading")
            mark.setFixedWidth(18)
            row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Label(step, "reading", wrap=True), 1)
            self.body.addLayout(row)

    def add_details(self, details: str, code: str) -> None:
        """The folded part and the code at its right."""
        row = QHBoxLayout()
        fold = Button("Chi tiết để gửi người hỗ trợ", "text", icon="chevron-right", flush=True)
        fold.setProperty("extent", "small")
        text = Label(details, "secondary", "ink2", wrap=True, selectable=True)
        text.hide()

        def turn() -> None:
            text.setVisible(not text.isVisible())
            fold.set_icon("chevron-down" if text.isVisible() else "chevron-right")
            self._fit()

        fold.clicked.connect(lambda _checked=False: turn())
        row.setContentsMargins(0, 4, 0, 0)
        row.addWidget(fold)
        row.addStretch(1)
        row.addWidget(Label(code, "secondary", "ink3", selectable=True))
        self.body.addLayout(row)
        self.body.addWidget(text)

    def add_button(
        self,
        words: str,
        kind: str = "secondary",
        *,
        icon: str = "",
        act: Callable[[], object] | None = None,
        closes: bool = True,
        first: bool = False,
    ) -> Button:
        """first: it has the focus when the dialog opens (else the last one added of kind primary)."""

        def press() -> None:
            if closes:
                self.accept() if kind in ("primary", "danger-final") else self.reject()
            if act is not None:
                act()

        button = Button(words, kind, icon=icon, act=press)
        self._buttons.addWidget(button)
        if kind == "primary":
            self._yes = button
        if first or (kind == "primary" and self._first is None):
            self._first = button
        return button

    def add_aside(self, button: QWidget) -> None:
        """Puts a button at the left of the foot, away from those that close."""
        self._buttons.insertWidget(self._aside, button)
        self._aside += 1

    def focus_first(self, widget: QWidget) -> None:
        self._first = widget

    def hold(self, why: str) -> None:
        """Nothing but `accept` closes it until let_go(): what it was asked for is being done, and answers to it."""
        self._held = True
        for button in self._foot.findChildren(Button):
            button.disable(why)

    def let_go(self) -> None:
        """What was asked for is over, and the buttons answer again."""
        self._held = False
        for button in self._foot.findChildren(Button):
            button.enable()

    @guarded(None)
    def reject(self) -> None:
        if not self._held:
            super().reject()

    def _fit(self) -> None:
        """As high as its lines are at its width; adjustSize would leave room for labels broken more narrowly.

        Never higher than its window: then the lines scroll, and the buttons stay in sight.
        """
        layout, inner = self.layout(), self._content.layout()
        if layout is None or inner is None:
            return
        inner.activate()
        layout.activate()
        self._foot.setFixedHeight(self._foot.sizeHint().height())
        around = self._foot.height() + 3
        over = self.parentWidget()
        most = max(LEAST_HEIGHT, over.height() - 16) if over is not None else self.screen().availableGeometry().height()
        wide = self.width() - 2
        high = inner.totalHeightForWidth(wide)
        scrolls = high + around > most
        # a bar where all lines fit would make them narrower, and then they do not
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if scrolls else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self._area.setVerticalScrollBarPolicy(policy)
        if scrolls:
            high = inner.totalHeightForWidth(wide - self._area.verticalScrollBar().sizeHint().width())
        self._content.setMinimumHeight(high)
        self._area.setFixedHeight(min(high, most - around))
        self._place(QSize(self.width(), self._area.height() + around))

    def _place(self, size: QSize) -> None:
        """Size and place in one: alone a new size is asked for at the place X told last, which may be that of before.

        In the middle of its window when it comes; growing, it stays where it is while its foot is on the screen.
        """
        over = self.parentWidget()
        if over is None or not self.isVisible():
            self.resize(size)
            return
        if self._spot is None:
            self._spot = over.mapToGlobal(over.rect().center()) - QRect(QPoint(0, 0), size).center()
            self._spot.setY(max(over.mapToGlobal(over.rect().topLeft()).y() + 8, self._spot.y()))
        room = self.screen().availableGeometry()
        # the buttons stand at the foot: they must be on the screen
        self._spot.setY(max(room.top(), min(self._spot.y(), room.bottom() - size.height())))
        self.setGeometry(QRect(self._spot, size))

    @guarded(False)
    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 - Qt's name
        return reading_order.step(self, forward=next)

    @guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if QGuiApplication.platformName() == "xcb":  # without a compositor what is translucent is black there
            self.setMask(rounded(self.rect()))

    @guarded(None)
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._spot = None
        self._fit()
        over = self.parentWidget()
        if over is not None and self._dim is None:
            asking = [one for one in over.findChildren(Dialog) if one is not self and one.isVisible()]
            self._dim = Dim(asking[-1] if asking else over)
            self._dim.show()
        if self._first is not None:
            self._first.setFocus(Qt.FocusReason.OtherFocusReason)

    @guarded(None)
    def done(self, result: int) -> None:
        if self._dim is not None:
            if isValid(self._dim):  # else gone with the dialog it lay over
                self._dim.hide()
                self._dim.deleteLater()
            self._dim = None
        super().done(result)

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go_on()  # buttons take it themselves; Enter elsewhere must not press anything
            return
        super().keyPressEvent(event)

    def _go_on(self) -> None:
        """Enter in a box that has nothing of its own to do with it: to the next box, from the last to the answer."""
        box = self.focusWidget()
        if not isinstance(box, QLineEdit) or box.receivers(SIGNAL("returnPressed()")) > 1:  # one: it says its text
            return
        ring = reading_order.in_reading_order(self, box)
        after = (one for one in ring[ring.index(box) + 1 :] if not isinstance(one, QAbstractButton))
        to = next(after, self._yes)
        if to is not None and to.isEnabled():
            to.setFocus(Qt.FocusReason.TabFocusReason)
            reading_order.bring_in_sight(to)

    @guarded(None)
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        painter = QPainter(self)
        if not self.mask().isEmpty():  # what the mask leaves of the corners would be black
            painter.fillRect(self.rect(), theme.color("edge"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(theme.color("edge"), 1))
        painter.setBrush(theme.color("surface"))
        painter.drawRoundedRect(box, RADIUS, RADIUS)
        painter.setClipRect(QRectF(1, self._foot.y(), self.width() - 2, self.height() - self._foot.y() - 1))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("window"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS - 1, RADIUS - 1)


def ask(
    parent: QWidget,
    title: str,
    text: str,
    *,
    yes: str,
    no: str,
    act: Callable[[], object],
    danger: bool = False,
    icon: str = "triangle-alert",
) -> Dialog:
    """A question whose answers are verbs: ask(page, "Bỏ bản nháp?", "…", yes="Bỏ bản nháp", no="Giữ lại", act=…).

    Opens and returns at once; `act` runs when the person chose `yes`.
    """
    dialog = Dialog(parent, title, icon=icon, tone="danger" if danger else "warn")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.add_text(text)
    dialog.add_button(no, "secondary", first=danger)
    dialog.add_button(yes, "danger-final" if danger else "primary", act=act)
    dialog.open()
    return dialog
