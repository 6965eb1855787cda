"""The pages of the window, in the order of the sidebar. A new page is one function and one line here."""

from hoctap_desktop.ui.page import Page, Room
from hoctap_desktop.ui.session import Session


def _home(session: Session) -> Page:
    from hoctap_desktop.ui.home.page import HomePage

    return HomePage(session)


def _plan(session: Session) -> Page:
    from hoctap_desktop.ui.plan.page import PlanPage

    return PlanPage(session)


def _diary(session: Session) -> Page:
    from hoctap_desktop.ui.diary.page import DiaryPage

    return DiaryPage(session)


def _report(session: Session) -> Page:
    from hoctap_desktop.ui.report.page import ReportPage

    return ReportPage(session)


def _paper(session: Session) -> Page:
    from hoctap_desktop.ui.paper.page import PaperPage

    return PaperPage(session)


def _export(session: Session) -> Page:
    from hoctap_desktop.ui.submission.page import SubmissionPage

    return SubmissionPage(session)


def _settings(session: Session) -> Page:
    from hoctap_desktop.ui.settings_page.page import SettingsPage

    return SettingsPage(session)


def _units(session: Session) -> Page:
    from hoctap_desktop.ui.units.page import UnitsPage

    return UnitsPage(session)


def _campaign(session: Session) -> Page:
    from hoctap_desktop.ui.campaign.page import CampaignPage

    return CampaignPage(session)


def _receive(session: Session) -> Page:
    from hoctap_desktop.ui.consolidation.receive_page import ReceivePage

    return ReceivePage(session)


def _received(session: Session) -> Page:
    from hoctap_desktop.ui.consolidation.paper_page import ReceivedPaperPage

    return ReceivedPaperPage(session)


def _beside(session: Session) -> Page:
    from hoctap_desktop.ui.consolidation.beside_page import BesidePage

    return BesidePage(session)


def _keying(session: Session) -> Page:
    from hoctap_desktop.ui.keying.page import KeyingPage

    return KeyingPage(session)


def _board(session: Session) -> Page:
    from hoctap_desktop.ui.consolidation.board_page import BoardPage

    return BoardPage(session)


def _remind(session: Session) -> Page:
    from hoctap_desktop.ui.consolidation.remind_page import RemindPage

    return RemindPage(session)


def _letter(session: Session) -> Page:
    from hoctap_desktop.ui.consolidation.letter_page import LetterPage

    return LetterPage(session)


def _totals(session: Session) -> Page:
    from hoctap_desktop.ui.consolidation.totals_page import TotalsPage

    return TotalsPage(session)


ROOMS: tuple[Room, ...] = (
    Room("home", "house", "Trang chính", _home),
    Room("plan", "file-pen-line", "Kế hoạch", _plan),
    Room("diary", "notebook-pen", "Nhật ký", _diary),
    Room("report", "clipboard-list", "Báo cáo", _report),
    Room("print", "printer", "In trình ký", _paper, group="hidden", under="report"),
    Room("export", "package", "Gói gửi đi", _export),
    Room("receive", "inbox", "Tiếp nhận", _receive, group="below"),
    Room("received", "inbox", "Gói đã nhận", _received, group="hidden", under="receive"),
    Room("beside", "history", "Xem hai bản", _beside, group="hidden", under="receive"),
    Room("keying", "file-pen-line", "Nhập hộ", _keying, group="hidden", under="board"),
    Room("board", "list-checks", "Theo dõi", _board, group="below"),
    Room("remind", "phone", "Nhắc nộp", _remind, group="hidden", under="board"),
    Room("letter", "file-text", "Công văn đôn đốc", _letter, group="hidden", under="board"),
    Room("totals", "sigma", "Tổng hợp", _totals, group="below"),
    Room("settings", "settings", "Thiết lập", _settings, group="foot"),
    Room("units", "landmark", "Đơn vị cấp dưới", _units, group="hidden", under="settings"),
    Room("campaign", "calendar-days", "Đợt và biểu mẫu", _campaign, group="hidden", under="settings"),
)


def room(id: str) -> Room:
    """The room called `id`. Raises KeyError."""
    return {one.id: one for one in ROOMS}[id]
