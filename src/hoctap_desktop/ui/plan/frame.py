"""The frame of the page Kế hoạch: title row, outline, middle, right pane, and how they stand in a narrow window."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from hoctap_desktop.ui.attached import AttachedLink
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.history.page_history import PageHistory, Ways
from hoctap_desktop.ui.page import Page
from hoctap_desktop.ui.session import Session
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.chips import Chip, ChipState
from hoctap_desktop.ui.widgets.choice import Choice
from hoctap_desktop.ui.widgets.finding_strip import FindingStrip
from hoctap_desktop.ui.widgets.findings_list import FindingRow, FindingsList
from hoctap_desktop.ui.widgets.labels import rule
from hoctap_desktop.ui.widgets.panes import Panes, RightPane, TitleRow, pane
from hoctap_desktop.ui.widgets.preview import Preview, PreviewTools
from hoctap_desktop.ui.widgets.search_bar import SearchBar
from hoctap_desktop.ui.widgets.section_list import SectionList
from hoctap_desktop.ui.widgets.side_over import PutAway

OUTLINE_WIDTH, PREVIEW_WIDTH, WIDE_PREVIEW = 226, 430, 520


class PlanFrame(Page):
    """Widgets and their places; the page gives them their acts."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.narrow = False
        self._found = 0
        self._title_row()
        self._frame()

    def _title_row(self) -> None:
        self.title = TitleRow("Kế hoạch Tuần lễ")
        self.chip = Chip(ChipState("pencil", "plain", "Bản nháp"))
        self.sections_box = Choice()
        self.sections_box.setAccessibleName("Mục đang mở")
        self.sections_box.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.sections_box.setMinimumContentsLength(18)
        self.sections_box.setMinimumWidth(100)  # gives way to the words of the buttons
        self.sections_box.hide()
        self.read_button = Button("Lấy bản có sẵn", icon="folder-open", size="small")
        self.amend_button = Button("Lập lần sau", icon="copy", size="small")
        self.pane_button = Button("Trang in", icon="eye", size="small", act=self.toggle_right)
        self.print_button = Button("In thử", icon="printer", size="small")
        self.finalise_button = Button("Chốt để in", "primary", icon="lock", size="small")
        self.title.lead(self.chip)
        self.title.lead(self.sections_box)
        self.history = PageHistory(self, self.ways())
        for button in (self.read_button, self.pane_button, self.print_button):
            button.may_shorten("")
        for button in (
            self.read_button, self.amend_button, self.pane_button, self.history.button, self.print_button,
            self.finalise_button,
        ):  # fmt: skip
            self.title.act(button)
        self.amend_button.hide()
        self.pane_button.hide()
        self.column.addWidget(self.title)
        banners = self.banners.layout()
        if banners is not None:
            banners.setContentsMargins(20, 8, 16, 8)
        self.column.addWidget(self.banners)

    def _frame(self) -> None:
        self.outline = SectionList(outline=True)
        self.add_button = Button("Thêm mục", icon="plus", size="small")
        self.left = pane("window")
        column = QVBoxLayout(self.left)
        column.setContentsMargins(2, 8, 2, 10)
        column.setSpacing(8)
        column.addWidget(self.outline, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(6, 0, 6, 0)
        foot.addWidget(self.add_button)
        foot.addStretch(1)
        column.addLayout(foot)
        self.files_link = AttachedLink(self)
        self.files_link.set_flush()
        files = QHBoxLayout()
        files.setContentsMargins(10, 0, 6, 0)
        files.addWidget(self.files_link)
        files.addStretch(1)
        column.addLayout(files)
        self.middle = QStackedWidget()
        self._middle_pane = pane("window")
        self.middle_column = QVBoxLayout(self._middle_pane)
        self.middle_column.setContentsMargins(0, 0, 0, 0)
        self.middle_column.setSpacing(0)
        self.middle_column.addWidget(self.middle, 1)
        self.findings = FindingsList("Máy đã kiểm tra: không còn chỗ nào cần xem.")
        self.preview = Preview(self.session.jobs)
        self.page_search = SearchBar(self.session.jobs, self.preview)
        printed = QWidget()
        column = QVBoxLayout(printed)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.page_search)
        column.addWidget(self.preview, 1)
        self.right = RightPane([("page", "Trang in", printed), ("look", "Cần xem", self.findings)])
        self.right.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        PutAway(self.right, self._put_right_away)
        self.right.setProperty("pane", "window")  # over the text of a narrow window nothing shines through
        self._right_edge = rule("v")
        self._right_edge.setParent(self)
        self._right_edge.hide()
        self.right.tools("page", PreviewTools(self.preview))
        self.split = Panes(self.left, self._middle_pane, self.right, sizes=(OUTLINE_WIDTH, 526, PREVIEW_WIDTH), grows=1)
        self.split.remember(self.session.settings, "plan")
        self.left.setMinimumWidth(180)
        self._middle_pane.setMinimumWidth(300)
        self.right.setMinimumWidth(268)
        self.column.addWidget(self.split, 1)
        self.strip = FindingStrip()
        self.strip.hide()
        self.column.addWidget(self.strip)

    def ways(self) -> Ways:
        """How the history of the page asks and tells it."""
        raise AssertionError("the page knows what is open")

    def saved_place(self) -> Callable[[QWidget], object] | None:
        return self.title.fold

    def set_narrow(self, narrow: bool) -> None:
        self.narrow = narrow
        self.left.setVisible(not narrow)
        self.chip.setVisible(not narrow)
        self.sections_box.setVisible(narrow)
        self.pane_button.setVisible(narrow)
        self.title.title.setText("Kế hoạch" if narrow else "Kế hoạch Tuần lễ")
        if narrow:
            self.right.setParent(self)
            self.right.hide()
            self._right_edge.hide()
            self._name_pane_button()
        elif self.right.parentWidget() is not self.split:
            self._right_edge.hide()
            self.split.addWidget(self.right)
            self.right.show()
            self.split.lay_out()
        self.show_strip()

    @guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.narrow:
            self._place_right()
        self.split.suppose(OUTLINE_WIDTH, WIDE_PREVIEW if self.is_wide() else PREVIEW_WIDTH)

    def toggle_right(self) -> None:
        """In a narrow window: the right pane over the text, or away."""
        self.right.setVisible(not self.right.isVisible())
        self._place_right()
        self._name_pane_button()

    def _put_right_away(self) -> None:
        if self.narrow and self.right.isVisible():
            self.toggle_right()

    def _name_pane_button(self) -> None:
        words = "Đóng" if self.right.isVisible() else "Trang in"
        self.pane_button.setText(words)
        self.pane_button.setToolTip(words)

    def _place_right(self) -> None:
        top = self.split.y()
        width = min(PREVIEW_WIDTH, self.width() - 80)
        self.right.setGeometry(self.width() - width, top, width, self.split.height())
        self._right_edge.setGeometry(self.width() - width - 1, top, 1, self.split.height())
        self._right_edge.setVisible(self.right.isVisible())
        self.right.raise_()

    def show_strip(self) -> None:
        """The strip of findings stands in a narrow window only."""
        self.strip.setVisible(self.narrow and self._found > 0)

    def show_rows(self, rows: Sequence[FindingRow]) -> None:
        """Cần xem, its count, and the strip of a narrow window."""
        self._found = len(rows)
        self.findings.show_rows(rows)
        self.right.tabs.set_count("look", len(rows))
        self.strip.show_rows(rows)
        self.show_strip()
