"""The frame of the window: rooms at the left, campaign and saved time on top, banners, the strip of what is at work."""

from datetime import date

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from hoctap_desktop.campaign.model import Campaign
from hoctap_desktop.office.filings import LocalWeek
from hoctap_desktop.ui.jobs import Running
from hoctap_desktop.ui.session import Session
from hoctap_desktop.ui.widgets.banner import BannerArea
from hoctap_desktop.ui.widgets.labels import rule
from hoctap_desktop.ui.widgets.panes import pane
from hoctap_desktop.ui.widgets.progress import CountBar
from hoctap_desktop.ui.widgets.sidebar import Sidebar
from hoctap_desktop.ui.widgets.small_screen import SmallScreen
from hoctap_desktop.ui.widgets.top_bar import TopBar

TITLE = "Tuần lễ học tập suốt đời"
SMALLEST = (900, 440)


def window_title(short_name: str, area: str) -> str:
    """ "Tuần lễ học tập suốt đời – UBND xã Hà Thượng, huyện Đại Từ"."""
    return f"{TITLE} – {', '.join(part for part in named_apart(short_name, area) if part)}"


def named_apart(short_name: str, area: str) -> tuple[str, str]:
    """Name and area of an office, the area said once: "Sở GDĐT tỉnh Thái Nguyên" lies in "tỉnh Thái Nguyên"."""
    return short_name.removesuffix(f" {area}") if area else short_name, area


def week_words(week: LocalWeek, campaign: Campaign) -> tuple[str, str]:
    """The Week ("06/10 đến 12/10/2022"), and where its days are from when they are the office's own, else ""."""

    def days(first: date, last: date) -> str:
        return f"{first:%d/%m} đến {last:%d/%m/%Y}"

    why = f"Tuần lễ theo kế hoạch của đơn vị; cả nước {days(campaign.week_from, campaign.week_to)}"
    return days(week.first, week.last), why if week.local else ""


class WindowFrame(QWidget):
    """Holds the pages of an office; which page is open and what happened is the window's."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._screen = SmallScreen(QSize(*SMALLEST))
        row.addWidget(self._screen)
        self._frame = pane("window")
        self._screen.hold(self._frame)
        self._fill()

    def make_anew(self) -> None:
        """Every part once more, with no page in it."""
        old = self._frame
        old.hide()
        self._frame = pane("window")
        self._screen.hold(self._frame)
        old.deleteLater()
        self._fill()

    def _fill(self) -> None:
        line = QHBoxLayout(self._frame)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        self.sidebar = Sidebar()
        line.addWidget(self.sidebar)
        line.addWidget(rule("v"))
        column = QVBoxLayout()
        column.setSpacing(0)
        line.addLayout(column, 1)
        self.top = TopBar()
        column.addWidget(self.top)
        holder = QWidget()
        margins = QVBoxLayout(holder)
        margins.setContentsMargins(20, 8, 20, 0)
        self.banners = BannerArea()
        margins.addWidget(self.banners)
        self._banner_holder = holder
        holder.hide()
        column.addWidget(holder)
        if self.session.sample:
            said = "Đang xem dữ liệu mẫu, số liệu minh họa. Thoát ra là xóa sạch, không lẫn vào dữ liệu thật."
            leave = self.session.leave_office.emit
            self.banners.show_banner("sample", "info", said, "Thoát dữ liệu mẫu", leave)
            holder.show()
        self._stack = QStackedWidget()
        column.addWidget(self._stack, 1)
        self._strip = pane("surface")
        strip = QVBoxLayout(self._strip)
        strip.setContentsMargins(20, 8, 20, 10)
        self.bar = CountBar()
        strip.addWidget(self.bar)
        self._strip.hide()
        column.addWidget(self._strip)
        self.bar.stopped.connect(self.session.jobs.stop)

    def _show_campaign(self) -> None:
        facts = self.session.facts
        campaigns = [(one.id, one.name) for one in reversed(facts.campaigns)]
        self.top.set_campaign(facts.campaign.name, *week_words(facts.week, facts.campaign), campaigns)
        self.sidebar.set_unit(*named_apart(facts.own.short_name, facts.own.area))

    def _show_banners(self) -> None:
        self._banner_holder.setVisible(bool(self.banners.texts()))

    def say(self, key: str, tone: str, text: str) -> None:
        """A banner over every page that the person may close; good news goes by itself."""
        banner = self.banners.show_banner(key, tone, text, closable=True, leaves=True)
        banner.closed.connect(self._show_banners)
        self._show_banners()

    def _show_job(self, running: Running | None) -> None:
        if running is None:
            self._strip.hide()
            return
        self.bar.set_things(running.things)
        self.bar.set(running.done, running.total, " ".join(p for p in (running.words, running.what) if p))
        self.bar.may_stop(running.stoppable and running.over_two_seconds)
        self._strip.show()
