"""In giấy giao nộp: the sheet on which the receiver signs for paper and file."""

from functools import partial

from hoctap_desktop.filing.model import paper_slug
from hoctap_desktop.submission.outgoing import Outgoing, outbox
from hoctap_desktop.ui.page import Page
from hoctap_desktop.ui.submission.presenter import Export, State
from hoctap_desktop.ui.widgets.buttons import Button

WORDS = "In giấy giao nộp"


class HandingIn:
    """The button and its act, for the package the page shows."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._export: Export | None = None
        self.button = Button(WORDS, icon="printer", act=self._ask)

    def show_export(self, export: Export) -> None:
        """Offered once the file was written: before, nobody can say what is handed in."""
        self._export = export
        self.button.setVisible(export.state is State.DONE)

    def _ask(self) -> None:
        if self._export is not None:
            id = self._export.filing.id
            self._page.session.jobs.run(lambda store: outbox(store).of(id), partial(self._print, self._export.holds))

    def _print(self, holds: str, one: Outgoing | None) -> None:
        from hoctap_desktop.ui.paper.print_dialog import print_table

        if one is None or one.sealed is None or one.recipient is None:
            return
        filing, sealed, recipient = one.filing, one.sealed, one.recipient
        day = self._page.session.now().date()

        def make() -> bytes:
            from hoctap_desktop.document.pdf import render
            from hoctap_desktop.submission.handing_in import handing_in_paper

            return render(handing_in_paper(filing, sealed, recipient, holds, day)).data

        print_table(self._page, f"giay-giao-nop-{paper_slug(filing.id)}-lan-{filing.revision}.pdf", make, WORDS)
