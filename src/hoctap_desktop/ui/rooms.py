"""The pages of the window, in the order of the sidebar. A new page is one function and one line here."""

from hoctap_desktop.ui.page import Page, Room
from hoctap_desktop.ui.session import Session


def _home(session: Session) -> Page:
    from hoctap_desktop.ui.home.page import HomePage

    return HomePage(session)


def _plan(session: Session) -> Page:
    from hoctap_desktop.ui.plan.page import PlanPage

    return PlanPage(session)


def _settings(session: Session) -> Page:
    from hoctap_desktop.ui.settings_page.page import SettingsPage

    return SettingsPage(session)


ROOMS: tuple[Room, ...] = (
    Room("home", "house", "Trang chính", _home),
    Room("plan", "file-pen-line", "Kế hoạch", _plan),
    Room("settings", "settings", "Thiết lập", _settings, group="foot"),
)


def room(id: str) -> Room:
    """The room called `id`. Raises KeyError."""
    return {one.id: one for one in ROOMS}[id]
