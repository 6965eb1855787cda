"""The strip under a text in blocks: one sentence about what the person is doing, and what they may do instead."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from hoctap_desktop.ui import theme
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.labels import ElidedLabel, IconLabel, rule
from hoctap_desktop.ui.widgets.panes import pane

Offer = tuple[str, Callable[[], object]]
FIRST_KEYS = "Ctrl+Enter"


class OfferStrip(QWidget):
    """Stands there only while it has something to say. Ctrl+Enter in the text takes the first offer, Esc says no."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(rule())
        strip = pane("window")
        self._row = QHBoxLayout(strip)
        self._row.setContentsMargins(14, 5, 8, 5)
        self._row.setSpacing(8)
        self._row.addWidget(IconLabel("info", "pri", 18))
        self._words = ElidedLabel("", "body")
        self._row.addWidget(self._words, 1)
        self._close = Button("", "icon", icon="x", words="Thôi (Esc)", act=self.dismiss)
        self._row.addWidget(self._close)
        column.addWidget(strip)
        self._buttons: list[Button] = []
        self._offers: tuple[Offer, ...] = ()
        self._no: Callable[[], object] = lambda: None
        self.setFixedHeight(theme.px(43))
        self.hide()

    def say(self, words: str, offers: Sequence[Offer], no: Callable[[], object] = lambda: None) -> None:
        """no: what happens when the person closes it."""
        self._words.set_text(words)
        self._words.setToolTip(words)
        for button in self._buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._offers, self._no = tuple(offers), no
        self._buttons = []
        for number, (name, _) in enumerate(offers):
            button = Button(name, size="small", act=partial(self.take, number))
            button.setToolTip(f"{name} ({FIRST_KEYS})" if number == 0 else name)
            self._row.insertWidget(self._row.count() - 1, button)
            self._buttons.append(button)
        self.setAccessibleName(words)
        self.show()

    def words(self) -> str:
        """What is said; "" while the strip is away."""
        return "" if self.isHidden() else self.accessibleName()

    def offers(self) -> tuple[str, ...]:
        return () if self.isHidden() else tuple(name for name, _ in self._offers)

    def take(self, number: int = 0) -> bool:
        """Does an offer; False when there is none."""
        if self.isHidden() or number >= len(self._offers):
            return False
        act = self._offers[number][1]
        self.hide()
        act()
        return True

    def dismiss(self) -> bool:
        """The person wants none of it; False when nothing was asked."""
        if self.isHidden():
            return False
        self.hide()
        self._no()
        return True
