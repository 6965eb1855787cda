"""Thiết lập: everything of the first pages, changed later; one part at a time, chosen at the left."""

from collections.abc import Sequence

from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from hoctap_desktop import __version__
from hoctap_desktop.ui import theme
from hoctap_desktop.ui.first_run.frame import CONTENT, Scrolled
from hoctap_desktop.ui.history.person import PersonSettings
from hoctap_desktop.ui.page import Page
from hoctap_desktop.ui.session import Session
from hoctap_desktop.ui.settings_page.data_part import DataPart
from hoctap_desktop.ui.settings_page.key_part import KeyPart
from hoctap_desktop.ui.settings_page.look_part import LookPart
from hoctap_desktop.ui.settings_page.office_part import NamePart, PaperPart
from hoctap_desktop.ui.settings_page.review_part import ReviewPart
from hoctap_desktop.ui.widgets.labels import Label, rule
from hoctap_desktop.ui.widgets.panes import PageHead, pane
from hoctap_desktop.ui.widgets.section_list import SectionList, SectionRow

LIST_WIDTH = 204
# id, words of the list, title, what stands under it
PARTS = (
    ("office", "Đơn vị", "Đơn vị và cấp trên", "Sửa ô nào, máy ghi ngay khi rời ô đó."),
    ("papers", "Đầu trang, người ký", "Đầu trang và người ký", "In ở đầu và cuối mọi văn bản lập từ nay."),
    ("data", "Dữ liệu, bản sao", "Dữ liệu và bản sao", "Máy tự sao mỗi ngày và khi đóng chương trình."),
    ("key", "Khóa", "Khóa ký gói", "Để cấp trên biết gói đúng là của đơn vị."),
    ("person", "Người nhập", "", ""),
    ("look", "Màn hình", "Cách hiện trên màn hình", "Đổi là thấy ngay."),
)
# Pages of their own, opened from the same list: for who has units below, or begins to.
PAGES = (("units", "Đơn vị cấp dưới"), ("campaign", "Đợt và biểu mẫu"))
_REMEMBERED = "settings_part"


class SettingsPage(Page):
    """argument of enter: the id of a part."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        line = QHBoxLayout()
        line.setSpacing(0)
        side = pane("window")
        side.setFixedWidth(theme.px(LIST_WIDTH))
        left = QVBoxLayout(side)
        # the words of the list stand under those of the head
        left.setContentsMargins(theme.PAGE_MARGIN - 20, 16, 8, 16)
        left.setSpacing(8)
        head = PageHead("Thiết lập")
        head.setContentsMargins(12, 0, 0, 0)
        left.addWidget(head)
        self.parts = SectionList()
        self.parts.setAccessibleName("Các phần của Thiết lập")
        rows = [SectionRow(id, words) for id, words, _title, _under in PARTS]
        pages = [SectionRow(id, words, ruled=place == 0) for place, (id, words) in enumerate(PAGES)]
        self.parts.set_rows([*rows, *pages])
        self.parts.chosen.connect(self.show_part)
        left.addWidget(self.parts, 1)
        version = Label(f"Bản {__version__}", "secondary", "ink3")
        version.setContentsMargins(12, 0, 0, 0)
        left.addWidget(version)
        line.addWidget(side)
        line.addWidget(rule("v"))
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        banners = QHBoxLayout()
        banners.setContentsMargins(theme.PAGE_MARGIN, 8, theme.PAGE_MARGIN, 0)
        banners.addWidget(self.banners)
        column.addLayout(banners)
        self._stack = QStackedWidget()
        column.addWidget(self._stack, 1)
        line.addLayout(column, 1)
        self.column.addLayout(line)
        self.names = NamePart(session)
        self.papers = PaperPart(session)
        self.data = DataPart(self)
        self.key = KeyPart(self)
        self.person = PersonSettings(self)
        self.review = ReviewPart(session)
        people = QWidget()
        both = QVBoxLayout(people)
        both.setContentsMargins(0, 0, 0, 0)
        both.addWidget(self.person)
        both.addWidget(self.review)
        both.addStretch(1)
        self.look = LookPart(session)
        self._made: dict[str, QWidget] = {
            "office": self.names,
            "papers": self.papers,
            "data": self.data,
            "key": self.key,
            "person": people,
            "look": self.look,
        }
        for id, _words, title, under in PARTS:
            self._stack.addWidget(Scrolled(_framed(title, under, self._made[id])))
        session.campaign_changed.connect(self._facts_changed)
        remembered = session.property(_REMEMBERED)
        self.show_part(remembered if remembered in self._made else PARTS[0][0])

    def show_part(self, id: str) -> None:
        """Brings up one part; what it shows is read anew. One with a page of its own is gone to."""
        if id in dict(PAGES):
            self.parts.open(self.part_shown())
            self.session.navigate.emit(id, None)
            return
        self.session.setProperty(_REMEMBERED, id)  # the page is made anew with another text size
        self.parts.open(id)
        self._stack.setCurrentIndex([part[0] for part in PARTS].index(id))
        if id == "data":
            self.data.look_again()
        elif id == "person":
            self.review.look_again()
        elif id == "key":
            self.key.look_again()

    def enter(self, argument: object = None) -> None:
        if isinstance(argument, str) and argument in self._made:
            self.show_part(argument)

    def part_shown(self) -> str:
        return PARTS[self._stack.currentIndex()][0]

    def _facts_changed(self) -> None:
        focused: QWidget | None = QApplication.focusWidget()
        for part in (self.names, self.papers):
            if focused is None or not part.isAncestorOf(focused):  # not under the hands of whoever is typing
                part.show_facts()

    def first_focus(self) -> QWidget | None:
        return self.parts

    def panes(self) -> Sequence[QWidget]:
        return (self.parts, self._stack)


def _framed(title: str, under: str, part: QWidget) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(theme.PAGE_MARGIN, 16, theme.PAGE_MARGIN, theme.PAGE_MARGIN)
    block = QWidget()
    block.setMaximumWidth(CONTENT + 60)
    column = QVBoxLayout(block)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    if title:
        column.addWidget(Label(title, "card", wrap=True))
        column.addSpacing(2)
        column.addWidget(Label(under, "body", "ink2", wrap=True))
        column.addSpacing(14)
    column.addWidget(part, 1)
    row.addWidget(block, 100)
    row.addStretch(1)
    return holder
