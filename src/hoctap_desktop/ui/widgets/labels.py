"""Text on the window: labels in the roles of the type scale, rules between groups."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from hoctap_desktop.foundation.text import breakable, unbroken
from hoctap_desktop.ui import icons, theme
from hoctap_desktop.ui.guarded import guarded


class Label(QLabel):
    """Plain text in a role of theme.TYPE and the colour of a token; follows a change of theme.

    wrap: breaks lines (its height then follows its width), inside a word no line holds too. selectable: for codes and
    paths people copy, which stay as they are.
    """

    def __init__(
        self,
        text: str = "",
        role: str = "body",
        token: str = "ink",
        *,
        bold: bool | None = None,
        wrap: bool = False,
        selectable: bool = False,
    ) -> None:
        self._breaks = wrap and not selectable
        super().__init__(breakable(text) if self._breaks else text)
        self._role, self._token, self._bold = role, token, bold
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if wrap:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        if selectable:
            self.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
        self._dress()
        theme.changed().changed.connect(self._dress)

    @guarded(None)
    def setText(self, text: str) -> None:
        super().setText(breakable(text) if self._breaks else text)

    @guarded("")
    def text(self) -> str:
        """As it was given."""
        return unbroken(super().text()) if self._breaks else super().text()

    def set_token(self, token: str) -> None:
        """Another colour, for a change of state."""
        self._token = token
        self._dress()

    def set_bold(self, bold: bool) -> None:
        self._bold = bold
        self._dress()

    def _dress(self) -> None:
        self.setFont(theme.font(self._role, bold=self._bold))
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.WindowText, theme.color(self._token))
        self.setPalette(palette)


class ElidedLabel(Label):
    """One line that gives way: too long a text ends in … and stands whole in the tooltip."""

    def __init__(self, text: str = "", role: str = "body", token: str = "ink", *, bold: bool | None = None) -> None:
        super().__init__("", role, token, bold=bold)
        self._whole = ""
        self.setMinimumWidth(24)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        self._whole = text
        self.setAccessibleName(text)
        self._fit()
        self.updateGeometry()

    def whole(self) -> str:
        """The text, not elided."""
        return self._whole

    def _fit(self) -> None:
        shown = QFontMetrics(self.font()).elidedText(self._whole, Qt.TextElideMode.ElideRight, max(24, self.width()))
        super().setText(shown)
        self.setToolTip(self._whole if shown != self._whole else "")

    @guarded(QSize(24, 20))
    def sizeHint(self) -> QSize:
        return QSize(QFontMetrics(self.font()).horizontalAdvance(self._whole) + 2, super().sizeHint().height())

    @guarded(QSize(24, 20))
    def minimumSizeHint(self) -> QSize:
        return QSize(24, super().minimumSizeHint().height())

    @guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


class IconLabel(QWidget):
    """One icon of a fixed size; words: its accessible name and tooltip, "" where text beside it says the same."""

    def __init__(self, name: str, token: str = "ink", size: int = 18, words: str = "") -> None:
        super().__init__()
        self._name, self._token, self._size = name, token, size
        self.setFixedSize(size, size)
        self.setAccessibleName(words)
        self.setToolTip(words)

    def set_icon(self, name: str, token: str) -> None:
        self._name, self._token = name, token
        self.update()

    @guarded(None)
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        painter = QPainter(self)
        icons.paint(painter, self._name, self._token, 0, 0, self._size)


def rule(kind: str = "h") -> QFrame:
    """A 1 px line: "h" between groups, "h2" between rows, "v" between panes."""
    line = QFrame()
    line.setProperty("rule", kind)
    line.setSizePolicy(
        QSizePolicy.Policy.Fixed if kind == "v" else QSizePolicy.Policy.Expanding,
        QSizePolicy.Policy.Expanding if kind == "v" else QSizePolicy.Policy.Fixed,
    )
    return line


def restyle(widget: QWidget) -> None:
    """Makes the sheet look again after a property changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()
