"""Banners under the title row, in place of messages that vanish; and the one large banner of the export."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QCursor, QHideEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from hoctap_desktop.ui import icons, theme
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.labels import IconLabel, Label

_ICONS = {"ok": "circle-check", "warn": "triangle-alert", "danger": "circle-x", "info": "info"}
_INKS = {"ok": "ok", "warn": "warn", "danger": "danger", "info": "ink"}
LEAVES_AFTER_MS = 8_000
_LOOK_AGAIN_MS = 40
_WAIT_MS = 1_000


class Banner(QFrame):
    """Tint, icon, one sentence, at most one link. tone: "ok", "warn", "danger", "info"."""

    closed = Signal()
    leaving = Signal()  # it goes, with the keyboard in it

    def __init__(
        self,
        tone: str,
        text: str,
        link: str = "",
        act: Callable[[], object] | None = None,
        *,
        closable: bool = False,
        also: Sequence[tuple[str, Callable[[], object]]] = (),
    ) -> None:
        super().__init__()
        self.setProperty("banner", tone)
        self.tone = tone
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(10)
        row.addWidget(IconLabel(_ICONS[tone], "pri" if tone == "info" else tone, 18))
        self._text = Label(text, "body", _INKS[tone], wrap=True)
        row.addWidget(self._text, 1)
        if link:
            row.addWidget(Button(link, "link", act=act))
        for words, other in also:
            row.addWidget(Button(words, "link", act=other))
        if closable:
            row.addWidget(Button("", "icon", icon="x", words="Cất dòng này", act=self.close_now))
        self.setMinimumHeight(theme.px(36))
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    @guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a low page what stands under the banners gives way, not their words."""
        super().resizeEvent(event)
        row = self.layout()
        self.setMinimumHeight(max(theme.px(36), row.totalHeightForWidth(self.width()) if row is not None else 0))

    def text(self) -> str:
        return self._text.text()

    def holds_focus(self) -> bool:
        """The keyboard is on one of its links."""
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def close_now(self) -> None:
        if self.holds_focus():
            self.leaving.emit()
        self.hide()
        self.closed.emit()
        self.deleteLater()


class BannerArea(QWidget):
    """Where the banners of a page stand, newest on top; one for each key. Empty it takes no room.

    `left_alone`: a banner goes while the keyboard is in it; somebody has to give the keyboard a place.

    What stands under the banners moves when one comes or goes. So none does while a button of the mouse is down (the
    press would fall on one row and the release on another), and one that goes by itself waits for a pointer that is
    about to press something under it.
    """

    left_alone = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._shown: dict[str, Banner] = {}
        self._leaving: list[Banner] = []  # no longer told, and still there until the mouse is up
        self._settling = False
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    def show_banner(
        self,
        key: str,
        tone: str,
        text: str,
        link: str = "",
        act: Callable[[], object] | None = None,
        *,
        leaves: bool = False,
        closable: bool = False,
        also: Sequence[tuple[str, Callable[[], object]]] = (),
    ) -> Banner:
        """Shows a banner in place of the one with the same key. leaves: only for ok, it goes after 8 s.

        also: more links (words, act), where one act is not all there is to do.
        """
        self.drop(key)
        banner = Banner(tone, text, link, act, closable=closable, also=also)
        self._shown[key] = banner
        self._column.insertWidget(0, banner)
        banner.closed.connect(lambda: self._forget(key, banner))
        banner.leaving.connect(self.left_alone)
        if leaves and tone == "ok":
            QTimer.singleShot(LEAVES_AFTER_MS, banner, lambda: self._leave(banner))
        if _mouse_is_down():
            banner.hide()
        self._settle()
        return banner

    def drop(self, key: str) -> None:
        """Takes the banner with this key away, if any."""
        banner = self._shown.pop(key, None)
        if banner is not None:
            self._hand_on(banner)
            self._leaving.append(banner)
        self._settle()

    def _settle(self) -> None:
        """What is shown comes and what was dropped goes, once no button of the mouse is down."""
        if _mouse_is_down():
            if not self._settling:
                self._settling = True
                QTimer.singleShot(_LOOK_AGAIN_MS, self, self._settle_later)
            return
        for banner in self._leaving:
            self._column.removeWidget(banner)
            banner.hide()
            banner.deleteLater()
        self._leaving.clear()
        for banner in self._shown.values():
            if banner.isHidden():
                banner.show()
        self.setVisible(bool(self._shown))

    def _settle_later(self) -> None:
        self._settling = False
        self._settle()

    def _leave(self, banner: Banner) -> None:
        """Its time is over; a pointer over what would move keeps it a little longer."""
        if _mouse_is_down() or self._pointed_under():
            QTimer.singleShot(_WAIT_MS, banner, lambda: self._leave(banner))
        else:
            banner.close_now()

    @guarded(None)
    def hideEvent(self, event: QHideEvent) -> None:
        """With its page good news goes: "Có thể rút USB" is not true for ever."""
        super().hideEvent(event)
        if not event.spontaneous() and not self.isHidden():
            for key in [key for key, banner in self._shown.items() if banner.tone == "ok"]:
                self.drop(key)

    def _pointed_under(self) -> bool:
        page, window = self.parentWidget(), self.window()
        if page is None or not self.isVisible() or not window.isActiveWindow():
            return False
        at = page.mapFromGlobal(QCursor.pos())
        return page.rect().contains(at) and at.y() > self.mapTo(page, self.rect().topLeft()).y()

    def _hand_on(self, banner: Banner) -> None:
        """The keyboard was in a banner that goes: back to where the person works, not to what Qt finds next."""
        if banner.holds_focus():
            self.left_alone.emit()

    def texts(self) -> dict[str, str]:
        """What is shown, by key."""
        return {key: banner.text() for key, banner in self._shown.items()}

    def _forget(self, key: str, banner: Banner) -> None:
        if self._shown.get(key) is banner:
            del self._shown[key]
        self.setVisible(bool(self._shown))


def _mouse_is_down() -> bool:
    return QApplication.mouseButtons() != Qt.MouseButton.NoButton


class UsbBanner(QWidget):
    """The one large banner. "Đừng rút USB" in warn while writing, "Có thể rút USB" in ok after the read-back."""

    def __init__(self) -> None:
        super().__init__()
        self._tone, self._title, self._text = "warn", "", ""
        self.icon = "usb"
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(108, 16, 24, 16)
        self._column.setSpacing(4)
        self._title_label = Label("", "usb", "warn")
        self._text_label = Label("", "reading", "ink", wrap=True)
        self._column.addStretch(1)
        self._column.addWidget(self._title_label)
        self._column.addWidget(self._text_label)
        self._column.addStretch(1)
        self.setMinimumHeight(98)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def say(self, tone: str, title: str, text: str, icon: str = "usb") -> None:
        """tone: "ok" or "warn" (or "danger")."""
        self.icon = icon
        self._tone, self._title, self._text = tone, title, text
        self._title_label.setText(title)
        self._title_label.set_token(tone)
        self._text_label.setText(text)
        self._text_label.set_token(tone)
        self.setAccessibleName(f"{title}. {text}")
        self.update()

    @guarded(None)
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        line = {"ok": "ok-line", "warn": "warn-banner", "danger": "danger-line"}[self._tone]
        painter.setPen(QPen(theme.color(line), 1))
        painter.setBrush(theme.color(f"{self._tone}-tint"))
        painter.drawRoundedRect(box, 6, 6)
        # The bar is painted: a thick border on one side of a rounded box bends.
        painter.setClipRect(QRectF(0, 0, 6, self.height()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(self._tone))
        painter.drawRoundedRect(QRectF(0, 0, 20, self.height()), 6, 6)
        painter.setClipping(False)
        disc = QRectF(28, (self.height() - 60) / 2, 60, 60)
        painter.drawEllipse(disc)
        icons.paint_in(painter, self.icon, "on-pri", disc, 32)
