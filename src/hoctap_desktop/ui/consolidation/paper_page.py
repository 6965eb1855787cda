"""A paper that was received: its pages as the unit printed them, and what is known of the file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from hoctap_desktop.consolidation import repository
from hoctap_desktop.consolidation.model import Submission
from hoctap_desktop.filing.model import KIND_WORDS
from hoctap_desktop.foundation.dates import print_date
from hoctap_desktop.store.database import Store
from hoctap_desktop.ui import theme
from hoctap_desktop.ui.consolidation.rows_view import scrolled
from hoctap_desktop.ui.page import Page
from hoctap_desktop.ui.session import Session
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.labels import ElidedLabel, Label, rule
from hoctap_desktop.ui.widgets.panes import Panes, TitleRow, pane
from hoctap_desktop.ui.widgets.reader import Reader

RIGHT = 300


@dataclass(frozen=True)
class Paper:
    """pages: the PDF as received, b"" when the package holds none. attached: names of the files beside it."""

    submission: Submission
    pages: bytes
    attached: tuple[str, ...]


def read_paper(store: Store, package_id: str) -> Paper:
    """A received paper. Raises UserError PACKAGE_UNKNOWN, STORE_DAMAGED."""
    opened = repository.opened(store, package_id)
    prints = [entry.data for entry in opened.prints if entry.data.startswith(b"%PDF")]
    names = tuple(opened.manifest.attachments.get(entry.name, entry.name) for entry in opened.attachments)
    return Paper(repository.submission(store, package_id), prints[0] if prints else b"", names)


def facts(paper: Paper) -> tuple[tuple[str, str], ...]:
    """What stands beside the pages: label and value; what is not known is left out."""
    got = paper.submission
    number = got.document_number
    signed = f", ngày {print_date(got.document_day)}" if got.document_day else ""
    shown = (
        ("Đơn vị", got.unit_name),
        ("Số văn bản", f"{number}{signed}" if number else ""),
        ("Lần nộp", str(got.revision)),
        ("Ngày nhận", print_date(got.received_on)),
        ("Ngày nhận ghi tay vì", got.day_reason),
        ("Mã giấy", got.paper_code),
        ("Tệp", got.file_name),
        ("Tệp kèm", "\n".join(paper.attached)),
        ("Lưu ý", " ".join(got.notes)),
    )
    return tuple((label, value) for label, value in shown if value)


class ReceivedPaperPage(Page):
    """Opened with (package id, room to go back to)."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._back = "receive"
        self.title = TitleRow("")
        self.unit = ElidedLabel("", "body", "ink2")
        self.title.lead(self.unit)
        self.reader = Reader(session.jobs, self)
        self.preview = self.reader.preview
        self.page_words = Label("", "secondary", "ink2")
        self.preview.page_changed.connect(self._show_page)
        self.title.act(self.page_words)
        for button in (self.reader.list_button, self.reader.search_button, *self.reader.zoom_buttons):
            self.title.act(button)
        self.back = Button("Về danh sách", icon="arrow-left", size="small", act=self._go_back, shortcut="Alt+Left")
        self.title.act(self.back)
        self.column.addWidget(self.title)
        self.banners.setContentsMargins(20, 8, 20, 8)
        self.column.addWidget(self.banners)
        inner = pane("surface")
        self.side = scrolled(inner)
        self.side.setMinimumWidth(220)
        self._facts = QVBoxLayout(inner)
        self._facts.setContentsMargins(16, 16, 16, 16)
        self._facts.setSpacing(4)
        panes = Panes(self.reader, self.side, sizes=(800, RIGHT), grows=0)
        panes.remember(session.settings, "received")
        self.column.addWidget(panes, 1)

    def enter(self, argument: object = None) -> None:
        if isinstance(argument, tuple) and len(argument) == 2:
            package, self._back = argument
            self.session.jobs.run(partial(read_paper, package_id=package), self._show, words="Đang mở gói")

    def first_focus(self) -> QWidget | None:
        return self.preview

    def panes(self) -> Sequence[QWidget]:
        return (self.preview, self.back)

    def saved_place(self) -> Callable[[QWidget], object] | None:
        return self.title.fold

    def under(self) -> str:
        """Marked in the sidebar: where the person came from."""
        return self._back

    def _show_page(self, page: int, pages: int) -> None:
        self.page_words.setText(f"Trang {page} trên {pages}" if pages else "")

    def _go_back(self) -> None:
        self.session.navigate.emit(self._back, None)

    def _show(self, paper: Paper) -> None:
        got = paper.submission
        self.title.title.setText(f"{KIND_WORDS[got.kind]}, lần {got.revision}")
        self.unit.set_text(got.unit_name)
        self.preview.show_pdf(paper.pages)
        if not paper.pages:
            self.banners.show_banner("none", "info", "Gói này không kèm bản in.")
        else:
            self.banners.drop("none")
        if got.illustrative:
            self.banners.show_banner("illustrative", "warn", "Số liệu minh họa: gói này chỉ để làm mẫu.")
        else:
            self.banners.drop("illustrative")
        while (item := self._facts.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._facts.addWidget(Label("Gói đã nhận", "group"))
        self._facts.addSpacing(4)
        for label, value in facts(paper):
            self._facts.addWidget(rule("h2"))
            self._facts.addWidget(Label(label, "secondary", "ink2"))
            said = Label(value, wrap=True, selectable=True)
            if label == "Mã giấy":
                said.setFont(theme.code_font(14))
            self._facts.addWidget(said)
        self._facts.addStretch(1)
