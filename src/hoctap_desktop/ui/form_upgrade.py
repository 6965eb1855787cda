"""A draft begun on an older form: the page says so, shows what would move and what is left out, and moves it."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget

from hoctap_desktop.form.upgrades import Upgrade
from hoctap_desktop.foundation.numbers import print_count
from hoctap_desktop.office.campaigns import Offer, move_draft, offered_upgrade
from hoctap_desktop.ui import theme
from hoctap_desktop.ui.page import Page
from hoctap_desktop.ui.widgets.dialog import Dialog

_BANNER = "form-upgrade"


def upgrade_lines(done: Upgrade) -> tuple[str, ...]:
    """Everything that moved, was left out, or is asked anew, a line each."""
    said = [f"Bỏ ra (còn trong lịch sử): {one.label}. {one.why}" for one in done.dropped]
    said += [f"Chuyển: {one.before} → {one.after}" for one in done.moved]
    return (*said, *(f"Câu hỏi mới: {label}" for label in done.new))


def upgrade_words(done: Upgrade) -> str:
    """The counts, in a sentence."""
    return (
        f"Giữ {print_count(done.kept)} mục đã điền, {print_count(len(done.moved))} mục đổi chỗ hoặc đổi chữ, "
        f"bỏ ra {print_count(len(done.dropped))} mục, thêm {print_count(len(done.new))} câu hỏi."
    )


class UpgradeDialog(Dialog):
    """Everything that would move or be left out, before anything is done."""

    def __init__(self, page: Page, offer: Offer) -> None:
        super().__init__(page, f"Chuyển sang biểu mẫu bản {offer.new.version}", icon="refresh-cw", tone="pri")
        self.add_text(upgrade_words(offer.upgrade))
        found = upgrade_lines(offer.upgrade)
        if found:
            self.list = QListWidget()
            self.list.setAccessibleName("Những mục chuyển, bỏ ra, thêm mới")
            self.list.setWordWrap(True)
            self.list.setFixedHeight(theme.px(180))
            self.list.addItems(list(found))
            self.body.addSpacing(4)
            self.body.addWidget(self.list)
        self.add_text("Những gì bỏ ra vẫn còn trong lịch sử của văn bản.", "ink2")
        self.add_button("Để sau")
        self.add_button("Chuyển sang biểu mẫu này", "primary", act=partial(move, page, offer.filing.id))


def offer_upgrade(page: Page, filing_id: str) -> None:
    """Shows the banner when the draft of the page is on an older form than its campaign's; drops it otherwise.

    filing_id: "" where the page has no filing.
    """
    if not filing_id:
        page.banners.drop(_BANNER)
        return
    page.session.jobs.run(lambda store: (offered_upgrade(store, filing_id),), partial(_shown, page))


def _shown(page: Page, found: tuple[Offer | None]) -> None:
    offer = found[0]
    if offer is None:
        page.banners.drop(_BANNER)
        return
    if offer.filing.campaign != page.session.campaign.id:  # left meanwhile: the page asks anew for what it shows
        return

    def open_dialog() -> None:
        dialog = UpgradeDialog(page, offer)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    page.banners.show_banner(_BANNER, "warn", offer.words, "Xem và chuyển", open_dialog)


def move(page: Page, filing_id: str) -> None:
    """Moves the draft once every change on the screen is on the disk; the page then reads it again."""

    def done(_offer: object) -> None:
        page.banners.drop(_BANNER)
        page.session.changed.emit(filing_id)
        page.enter()

    page.session.after_saves(lambda store: move_draft(store, filing_id), done)
