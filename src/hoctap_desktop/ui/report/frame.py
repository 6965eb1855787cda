"""The frame of the page Báo cáo: title row, sections, middle, right pane, and how they stand in a narrow window."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from hoctap_desktop.ui import theme
from hoctap_desktop.ui.attached import AttachedLink
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.page import Page
from hoctap_desktop.ui.report.figures_model import FiguresModel
from hoctap_desktop.ui.report.figures_view import FiguresView
from hoctap_desktop.ui.report.legend import Legend
from hoctap_desktop.ui.session import Session
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.chips import Chip, ChipState
from hoctap_desktop.ui.widgets.choice import Choice
from hoctap_desktop.ui.widgets.empty_state import EmptyState
from hoctap_desktop.ui.widgets.finding_strip import FindingStrip
from hoctap_desktop.ui.widgets.findings_list import FindingsList
from hoctap_desktop.ui.widgets.labels import Label
from hoctap_desktop.ui.widgets.panes import Panes, RightPane, TitleRow, pane
from hoctap_desktop.ui.widgets.preview import Preview
from hoctap_desktop.ui.widgets.section_list import SectionList
from hoctap_desktop.ui.widgets.side_over import SideOver

LEFT, RIGHT, WIDE_RIGHT = 180, 268, 520
_TITLE = "Báo cáo kết quả Tuần lễ"


class ReportFrame(Page):
    """Widgets and their places; the page gives them their acts and adds the buttons of its parts."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.narrow = False
        self._title_row()
        self.empty = EmptyState(
            "clipboard-list",
            "Chưa lập báo cáo",
            "Báo cáo kết quả Tuần lễ có phần lời, 18 số liệu và người ký. Máy điền sẵn những gì đã biết.",
            "Lập báo cáo",
            self.begin,
        )
        self.sections = SectionList()
        self.figures = FiguresModel(session.campaign.year)
        self.grid = FiguresView(self.figures)
        self.middle = QStackedWidget()
        self.middle.addWidget(self.grid)
        self.findings = FindingsList("Máy đã kiểm tra: không còn chỗ nào cần xem.")
        self.legend = Legend()
        self.preview = Preview(session.jobs)
        self.right = RightPane([("look", "Cần xem", self.findings), ("page", "Trang in", self.preview)])
        self.right.tools("page", self._zoom_buttons())
        self.files_link = AttachedLink(self)
        self.files_link.set_flush()
        self.strip = FindingStrip()
        self._left_pane()
        self._work()

    def begin(self) -> None:
        """The button of the empty page."""
        raise AssertionError("the page knows how a report is begun")

    def _title_row(self) -> None:
        self.title = TitleRow(_TITLE)
        self.chip = Chip(ChipState("pencil", "plain", "Bản nháp, lần 1"))
        self.section_box = Choice()
        self.section_box.setAccessibleName("Mục")
        self.section_box.setMinimumWidth(110)
        self.title.lead(self.chip)
        self.title.lead(self.section_box)
        self.entered = Label("", "body", "ink2")
        self.look_button = Button("Cần xem", icon="list-checks", size="small", act=self._turn_right)
        self.undo_button = Button("Hoàn tác", icon="undo", size="small")
        self.undo_button.setToolTip("Hoàn tác (Ctrl+Z)")
        self.try_button = Button("In thử", icon="printer", size="small")
        self.final_button = Button("Chốt để in", "primary", icon="lock", size="small")
        self.amend_button = Button("Lập lần sau", icon="copy", size="small")
        for button in (self.undo_button, self.try_button, self.amend_button):
            button.may_shorten("")
        self.column.addWidget(self.title)
        self.banners.setContentsMargins(20, 8, 16, 8)
        self.column.addWidget(self.banners)

    def put_acts(self, *added: QWidget) -> None:
        """The buttons of the title row in their order; `added`: those of the page's parts."""
        for part in (
            self.entered, self.look_button, *added, self.undo_button, self.amend_button, self.try_button,
            self.final_button,
        ):  # fmt: skip
            self.title.act(part)

    def _left_pane(self) -> None:
        self.left = pane("window")
        self.left.setMinimumWidth(150)
        column = QVBoxLayout(self.left)
        column.setContentsMargins(0, 8, 0, 10)
        column.addWidget(self.sections, 1)
        self._links = QVBoxLayout()
        self._links.setContentsMargins(12, 0, 8, 0)
        self._links.addWidget(self.files_link, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self._links)
        hints = Label("Enter: ô tiếp theo\nN: số từ nhật ký\nF6: sang khung khác", "secondary", "ink3", wrap=True)
        hints.setContentsMargins(12, 0, 8, 4)
        column.addWidget(hints)

    def put_link(self, link: Button) -> None:
        """A way on, first under the sections."""
        link.set_flush()
        self._links.insertWidget(0, link, 0, Qt.AlignmentFlag.AlignLeft)

    def _work(self) -> None:
        self.work = QWidget()
        work = QVBoxLayout(self.work)
        work.setContentsMargins(0, 0, 0, 0)
        work.setSpacing(0)
        self.panes_box = Panes(self.left, self.middle, self.right, sizes=(LEFT, 734, RIGHT), grows=1)
        self.right.setMinimumWidth(RIGHT)
        self.panes_box.remember(self.session.settings, "report")
        work.addWidget(self.panes_box, 1)
        work.addWidget(self.strip)
        self.over = SideOver(self.work, self.panes_box, self.right)
        self.stack = QStackedWidget()
        self.stack.addWidget(QWidget())
        self.stack.addWidget(self.empty)
        self.stack.currentChanged.connect(lambda _index: self._show_heads())
        self.stack.addWidget(self.work)
        self.column.addWidget(self.stack, 1)

    def _zoom_buttons(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for icon, words, by in (("zoom-out", "Thu nhỏ", -1), ("zoom-in", "Phóng to", 1)):
            row.addWidget(Button("", "icon", icon=icon, words=words, act=partial(self.preview.zoom_by, by)))
        return holder

    def in_grid(self) -> bool:
        """The table of numbers is what the middle shows."""
        return self.middle.currentWidget() is self.grid

    # --- its width ------------------------------------------------------------------------------------------------

    def set_narrow(self, narrow: bool) -> None:
        self.narrow = narrow
        self.title.title.setText("Báo cáo" if narrow else _TITLE)
        self.left.setVisible(not narrow)
        self._show_heads()
        self.chip.setVisible(not narrow)
        self.over.set_narrow(narrow)
        self.strip.setHidden(not narrow)

    def _show_heads(self) -> None:
        """What of the title row a narrow window needs: nothing chooses a section where no report was begun."""
        begun = self.stack.currentWidget() is self.work
        # with large letters, and beside the buttons of a final report, the box that names the section has to do
        room = theme.theme().factor == 1 and self.amend_button.isHidden()
        self.title.title.setVisible(not (self.narrow and begun) or room)
        self.section_box.setVisible(self.narrow and begun)
        self.look_button.setVisible(self.narrow and begun)

    def saved_place(self) -> Callable[[QWidget], object] | None:
        return self.title.fold

    def _turn_right(self) -> None:
        self.over.turn(self.findings)

    @guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.over.place()
        self.panes_box.suppose(LEFT, WIDE_RIGHT if self.is_wide() else RIGHT)
