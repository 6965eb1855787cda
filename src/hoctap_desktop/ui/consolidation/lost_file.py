"""A received paper whose kept file is gone: said once, and what would decide blindly waits until it came again."""

from collections.abc import Sequence
from functools import partial

from hoctap_desktop.ui.page import Page
from hoctap_desktop.ui.widgets.buttons import Button

_WHY = "Tệp của bản này đã mất hoặc bị thay đổi; nhận lại tệp rồi quyết định"


class LostFile:
    """The banner of a page and the buttons that are off while it stands."""

    def __init__(self, page: Page, buttons: Sequence[Button]) -> None:
        self._page = page
        self._tips = {button: button.toolTip() for button in buttons}

    def show(self, words: str) -> None:
        """words: what is lost and the way out; "" when nothing is."""
        if words:
            to_desk = partial(self._page.session.navigate.emit, "receive", None)
            self._page.banners.show_banner("lost", "danger", words, "Đến Tiếp nhận", to_desk)
        else:
            self._page.banners.drop("lost")
        for button, tip in self._tips.items():
            if words:
                button.disable(_WHY)
            elif not button.isEnabled():
                told_anew = button.toolTip()
                button.enable()
                button.setToolTip(tip if told_anew == _WHY else told_anew)
