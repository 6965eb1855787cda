"""What a page of the window is, and how it is registered (ui/rooms.py)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hoctap_desktop.ui import theme
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.session import Session
from hoctap_desktop.ui.widgets.banner import BannerArea
from hoctap_desktop.ui.widgets.fields import LineEdit, LongEdit
from hoctap_desktop.ui.widgets.panes import Pane

SIDEBAR = 184  # with its line, beside every page


class Page(Pane):
    """Base of every page: a column with room for the page, and `banners` to be placed under its title row.

    The window calls, in this order: __init__(session) once, `enter(argument)` each time the page comes up,
    `leave()` before another page comes up or the window closes (after the input method was committed),
    `set_narrow(bool)` when the window becomes narrow or wide (theme.is_narrow) and once after __init__.
    """

    def __init__(self, session: Session) -> None:
        super().__init__("window")
        self.session = session
        self.banners = BannerArea()
        self.banners.setParent(self)  # until the page gives it its place
        self.banners.left_alone.connect(self._take_keyboard)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)

    def enter(self, argument: object = None) -> None:
        """The page comes up: read what may have changed. argument: from `session.navigate(room, argument)`."""

    def leave(self) -> None:
        """The page goes: hand what is typed to `session.save`."""

    def save_now(self) -> None:
        """Ctrl+S: hands on what is being typed; the page stays as it is. Every box says its text when asked."""
        focused = self.focusWidget()
        if isinstance(focused, LineEdit | LongEdit):
            focused.say()

    def undo_last(self) -> None:
        """Ctrl+Z in a box that has nothing to undo of its own."""

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo_last()
        else:
            super().keyPressEvent(event)

    def first_focus(self) -> QWidget | None:
        """Where the keyboard begins: the next act, or the first unfinished field."""
        return None

    def _take_keyboard(self) -> None:
        """The banner the keyboard was in goes: to where the person works, else to any pane that can have it."""
        for place in (self.first_focus(), *self.panes()):
            if place is not None and place.isVisibleTo(self) and place.isEnabled():
                place.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def panes(self) -> Sequence[QWidget]:
        """The panes F6 walks through, in reading order."""
        return ()

    def set_narrow(self, narrow: bool) -> None:
        """In a narrow window sections become a list box, the right pane opens by its button."""

    def is_wide(self) -> bool:
        """True in a window of 1600 px and more: the right pane grows."""
        return self.width() >= theme.WIDE_FROM - theme.px(SIDEBAR)

    def saved_place(self) -> Callable[[QWidget], object] | None:
        """Takes the saved label into the page's title row while narrow (TitleRow.fold); None hides the label's fold."""
        return None

    def under(self) -> str:
        """Id of the room marked in the sidebar, when the page belongs now to one and now to another; "" for its own."""
        return ""

    def help_name(self) -> str:
        """Name of the help file resources/help/<name>.md; "" for that of the room."""
        return ""

    def help_part(self) -> str:
        """The part of the help (its anchor) for the field that is open; "" for the head of the page."""
        return ""


@dataclass(frozen=True)
class Room:
    """One page as the window knows it.

    id: for ever ("report"); icon, words: in the sidebar; factory: makes the page on first use, importing its module
    then, so that the window starts quickly. group: "own", "below" (only with units below), "foot", or "hidden" (not
    in the sidebar; `under` is the room marked there instead).
    """

    id: str
    icon: str
    words: str
    factory: Callable[[Session], Page]
    group: str = "own"
    under: str = ""
