"""Buttons of the five kinds. Verb first, at most one primary on a screen, a disabled one says why."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QIcon, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton, QStylePainter

from hoctap_desktop.ui import icons, theme
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.widgets.labels import restyle

ICON, GAP = 18, 8
_INK = {
    "primary": "on-pri",
    "secondary": "ink",
    "text": "pri",
    "link": "pri",
    "danger": "danger",
    "danger-final": "on-pri",
    "icon": "ink",
    "plain": "ink",
    "filter": "ink",
}


class Button(QPushButton):
    """kind: "primary", "secondary", "text", "link", "danger", "danger-final" (inside its dialog), "icon", "filter".

    size: "normal" 34, "small" 30 (title rows), "large" 42 (the next act). flush: see `set_flush`. An icon
    button needs `words` for its tooltip and accessible name. Enter presses it as Space does.
    """

    def __init__(
        self,
        text: str = "",
        kind: str = "secondary",
        *,
        icon: str = "",
        size: str = "normal",
        words: str = "",
        flush: bool = False,
        act: Callable[[], object] | None = None,
    ) -> None:
        super().__init__(text)
        self._all_words = text
        self._named = ""  # by us, after its words
        self._forms: tuple[str, ...] = ()
        self._form = 0
        self._icon = icon
        self._icon_behind = False
        self._flush = flush
        self._kind = kind
        self._words = words
        self.setProperty("kind", kind)
        self.setProperty("extent", size)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if act is not None:
            self.clicked.connect(lambda _checked=False: act())
        self._dress()
        theme.changed().changed.connect(self._dress)

    def set_kind(self, kind: str) -> None:
        """Another kind, e.g. when another act becomes the primary one."""
        if kind == self._kind:
            return
        self._kind = kind
        self.setProperty("kind", kind)
        restyle(self)  # first: unpolishing brings back the letters it had before
        self._dress()

    def set_icon(self, icon: str) -> None:
        self._icon = icon
        self._dress()

    def put_icon_behind(self) -> None:
        """The icon after the words: a chevron of something that opens."""
        self._icon_behind = True
        self.update()

    def disable(self, why: str) -> None:
        """Greys it out; the tooltip says what is missing."""
        self.setEnabled(False)
        self.setToolTip(why)
        self.setAccessibleDescription(why)

    def enable(self) -> None:
        self.setEnabled(True)
        self.setAccessibleDescription("")
        self._tell()

    def set_flush(self) -> None:
        """The words begin at the left edge: links under each other stand in line."""
        self._flush = True
        self.update()

    # --- where its row has no room --------------------------------------------------------------------------------

    def may_shorten(self, *forms: str) -> None:
        """What it says where its title row has no room for more, shorter and shorter; "": its icon alone."""
        self._forms, self._form = forms, 0
        self._say()

    @guarded(None)
    def setText(self, text: str) -> None:
        """The whole words, however few of them are seen."""
        self._all_words = text
        self._say()

    def forms(self) -> int:
        """How many shorter forms it has."""
        return len(self._forms)

    def form(self) -> int:
        """0: it says the whole."""
        return self._form

    def set_form(self, form: int) -> None:
        if form != self._form:
            self._form = form
            self._say()

    def room_of(self, form: int) -> int:
        """What the words of a form take of its width, in px."""
        words = (self._all_words, *self._forms)[form]
        return self.fontMetrics().horizontalAdvance(words) + (GAP - 4 if self._icon else 0) if words else 0

    def _say(self) -> None:
        words = (self._all_words, *self._forms)[self._form]
        if words != self.text():
            super().setText(words)
        if self._forms and not self._words:
            if self.accessibleName() in ("", self._named):
                self._named = self._all_words
                self.setAccessibleName(self._named)
            if words != self._all_words and not self.toolTip():
                self.setToolTip(self._all_words)

    def _tell(self) -> None:
        if self._words:
            self.setToolTip(self._words)
            self.setAccessibleName(self._words)

    def _dress(self) -> None:
        if self._icon:
            self.setIcon(icons.icon(self._icon, _INK[self._kind], ICON))
            self.setIconSize(QSize(ICON, ICON))
        large = self.property("extent") == "large"
        self.setFont(theme.font("reading" if large else "body", bold=self._kind in ("primary", "danger-final")))
        if self.isEnabled():
            self._tell()

    @guarded(QSize(40, 34))
    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        # Qt sets icon and text 4 px apart; the pictures have 9.
        return QSize(hint.width() + (GAP - 4 if self._icon and self.text() else 0), hint.height())

    @guarded(None)
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text, option.icon = "", QIcon()
        option.state &= ~QStyle.StateFlag.State_HasFocus
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        ink = _INK.get(self._kind, "ink") if self.isEnabled() else "disabled"
        face = QFont(self.font())
        face.setUnderline(self._kind == "link")
        painter.setFont(face)
        painter.setPen(theme.color(ink))
        words = self.text()
        width = painter.fontMetrics().horizontalAdvance(words)
        lead = (ICON + (GAP if words else 0)) if self._icon else 0
        room = QRectF(self.rect())
        left = 0.0 if self._flush else room.center().x() - (width + lead) / 2
        if self._icon_behind:
            icons.paint(painter, self._icon, ink, left + width + GAP, room.center().y() - ICON / 2, ICON)
            lead = 0
        elif self._icon:
            icons.paint(painter, self._icon, ink, left, room.center().y() - ICON / 2, ICON)
        painter.drawText(
            QRectF(left + lead, room.top(), width + 2, room.height()), Qt.AlignmentFlag.AlignVCenter, words
        )

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)
