"""A received paper for the pictures: looked at, and with a return slip being written."""

from typing import cast

from hoctap_desktop.consolidation.overview import current_board
from hoctap_desktop.filing.model import Kind
from hoctap_desktop.store.database import Store
from hoctap_desktop.ui.consolidation.paper_page import ReceivedPaperPage
from hoctap_desktop.ui.consolidation.review import pile_of
from hoctap_desktop.ui.page import Page


def _first(store: Store) -> str:
    return pile_of(current_board(store), Kind.REPORT)[0]


def open_paper(page: Page) -> None:
    """The report of the first unit of the board."""
    received = cast(ReceivedPaperPage, page)
    received.session.jobs.run(_first, lambda package: received.enter((package, "board")))
    received.session.jobs.finish()
    received.session.jobs.finish()


def write_slip(page: Page) -> None:
    """Two fields marked."""
    open_paper(page)
    received = cast(ReceivedPaperPage, page)
    received.review.give_back.click()
    slip = received.slip
    slip.words.set_text("Đề nghị xem lại hai số, gửi lại trước ngày 18/10.")
    said = {"participants": "Gấp mười lần năm trước, có đúng không?", "talks": "Thiếu buổi ngày 07/10."}
    for field, words in said.items():
        slip.choose(field)
        slip.remark.set_text(words)
