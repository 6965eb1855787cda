"""The bar over every page: campaign (opens a list), week, and when the last change was saved."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from hoctap_desktop.ui import theme
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.labels import IconLabel, Label, rule

HEIGHT = 42


class SavedLabel(QWidget):
    """ "Đã lưu lúc 10:32:05" with a green check; "Đang lưu"; "Chưa lưu được" in danger."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(7)
        self._icon = IconLabel("check", "ok", 17)
        self._text = Label("", "body", "ink2")
        self._whole = self._short = ""
        self._is_short = False
        row.addWidget(self._icon)
        row.addWidget(self._text)
        self.hide()

    def set_short(self, short: bool) -> None:
        """The green check and the time alone, the words under the mouse: for large letters in a narrow title row."""
        self._is_short = short
        self._fit()

    def saved(self, at: datetime) -> None:
        self._show("check", "ok", f"Đã lưu lúc {at:%H:%M:%S}", "ink2", short=f"{at:%H:%M:%S}")

    def saving(self) -> None:
        self._show("clock", "ink2", "Đang lưu", "ink2")

    def failed(self) -> None:
        self._show("circle-x", "danger", "Chưa lưu được", "danger")

    def text(self) -> str:
        return self._whole

    def _fit(self) -> None:
        shown = self._short if self._is_short else self._whole
        self._text.setText(shown)
        self.setToolTip(self._whole if shown != self._whole else "")

    def _show(self, icon: str, token: str, text: str, ink: str, *, short: str = "") -> None:
        self._icon.set_icon(icon, token)
        self._whole, self._short = text, short or text
        self._fit()
        self._text.set_token(ink)
        self.setAccessibleName(text)
        self.show()


class TopBar(QWidget):
    """42 high. `chosen(campaign id)` when the person picks another campaign."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("pane", "window")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        # A holder of its own: a bare row would be no higher than its lowest part.
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(20, 0, 20, 0)
        row.setSpacing(10)
        self.campaign = CampaignButton()
        self._line = rule("v")
        self._line.setFixedHeight(16)
        self._week = Label("", "body", "ink2")
        self.saved = SavedLabel()
        self._place = row
        row.addWidget(self.campaign)
        row.addWidget(self._line)
        row.addWidget(self._week)
        row.addStretch(1)
        row.addWidget(self.saved)
        column.addWidget(holder, 1)
        column.addWidget(rule())
        self.setFixedHeight(theme.px(HEIGHT))
        self.campaign.chosen.connect(self.chosen)

    def set_campaign(self, name: str, week: str, why: str, all_campaigns: Sequence[tuple[str, str]] = ()) -> None:
        """name: "Tuần lễ học tập suốt đời năm 2022"; week: "06/10 đến 12/10/2022".

        all_campaigns: (id, name) of the list. why: told of the week under the mouse and by a screen reader; "" for
        nothing.
        """
        self.campaign.set(name, all_campaigns)
        self._week.setText(week)
        self._week.setToolTip(why)
        self._week.setAccessibleDescription(why)

    def week(self) -> tuple[str, str]:
        """What it says of the Week, and why."""
        return self._week.text(), self._week.toolTip()

    def take_saved_back(self) -> None:
        """The saved label comes home from the title row it was folded into."""
        self._place.addWidget(self.saved)


class CampaignButton(Button):
    """The campaign's name in bold with a chevron; opens a list of campaigns."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__("", "plain", icon="chevron-down", words="Chọn đợt")
        self.put_icon_behind()
        self._campaigns: tuple[tuple[str, str], ...] = ()
        self.clicked.connect(self._open)

    def set(self, name: str, campaigns: Sequence[tuple[str, str]]) -> None:
        self.setText(name)
        self.setFont(theme.font("bold"))
        self._campaigns = tuple(campaigns)
        self.setAccessibleName(f"Đợt: {name}")

    def menu_of(self) -> QMenu:
        """The list, made fresh."""
        menu = QMenu(self)
        for id, name in self._campaigns:
            act = menu.addAction(name)
            act.setCheckable(True)
            act.setChecked(name == self.text())
            act.triggered.connect(lambda _checked=False, id=id: self.chosen.emit(id))
        return menu

    def _open(self) -> None:
        menu = self.menu_of()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))
