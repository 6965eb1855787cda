"""The widgets of Nhật ký and their places: days at the left, the entry in the middle, promises and numbers right."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from hoctap_desktop.diary.loader import diary_form
from hoctap_desktop.ui import theme
from hoctap_desktop.ui.attached import AttachedFiles
from hoctap_desktop.ui.diary.entry_form import EntryForm
from hoctap_desktop.ui.diary.side_lists import NumberList, PromiseList
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.page import Page
from hoctap_desktop.ui.session import Session
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.choice import Choice
from hoctap_desktop.ui.widgets.empty_state import EmptyState
from hoctap_desktop.ui.widgets.labels import Label, rule
from hoctap_desktop.ui.widgets.panes import Panes, RightPane, TitleRow, pane
from hoctap_desktop.ui.widgets.section_list import SectionList
from hoctap_desktop.ui.widgets.side_over import SideOver

LEFT, RIGHT, WIDE_RIGHT = 252, 306, 520
_FORM_WIDTH = 620
_TITLE = "Nhật ký hoạt động"


class DiaryFrame(Page):
    """The page gives the widgets their acts. `begun()`: an entry is to be begun."""

    begun = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._narrow = False
        self._title_row()
        self._parts()
        self.work = QWidget()
        work = QVBoxLayout(self.work)
        work.setContentsMargins(0, 0, 0, 0)
        work.setSpacing(0)
        self.left = self._left_pane()
        self.panes_box = Panes(self.left, self.middle, self.right, sizes=(LEFT, 620, RIGHT), grows=1)
        self.panes_box.remember(self.session.settings, "diary")
        work.addWidget(self.panes_box, 1)
        self.over = SideOver(self.work, self.panes_box, self.right)
        self.column.addWidget(self.work, 1)
        self.set_narrow(False)

    def _title_row(self) -> None:
        self.title = TitleRow(_TITLE)
        self.entry_box = Choice()
        self.entry_box.setAccessibleName("Việc đang xem")
        self.entry_box.setMinimumWidth(120)
        self.title.lead(self.entry_box)
        self.undo_button = Button("Hoàn tác", icon="undo", size="small")
        self.undo_button.setToolTip("Hoàn tác (Ctrl+Z)")
        self.trash_button = Button("Thùng rác", icon="trash-2", size="small")
        self.side_button = Button("Kế hoạch, số", icon="list-checks", size="small", act=self._turn_right)
        self.new_button = Button("Ghi việc mới", "primary", icon="plus", size="small", act=self.begun.emit)
        self.new_button.setToolTip("Ghi việc mới (F5)")
        for part in (self.undo_button, self.trash_button, self.side_button, self.new_button):
            self.title.act(part)
        self.column.addWidget(self.title)
        bar = QHBoxLayout()
        bar.setContentsMargins(20, 0, 16, 0)
        bar.addWidget(self.banners)
        self.column.addLayout(bar)

    def _parts(self) -> None:
        self.list = SectionList()
        self.list.setAccessibleName("Việc đã ghi, theo ngày")
        self.form = EntryForm(diary_form())
        self.attached = AttachedFiles(self, share="Kèm vào báo cáo", title="Ảnh, tệp kèm")
        self.remove_button = Button("Bỏ việc này", "text", icon="trash-2")
        self.remove_button.setToolTip("Bỏ việc này (Shift+F5). Lấy lại được ở Thùng rác.")
        self.empty = EmptyState(
            "notebook-pen",
            "Chưa ghi việc nào",
            "Trong Tuần lễ, việc gì đã làm thì ghi một dòng: ngày, nơi, mấy người, mấy băng rôn, kèm ảnh. "
            "Đến lúc báo cáo, máy cộng sẵn các số.",
            "Ghi việc đầu tiên (F5)",
            self.begun.emit,
        )
        self.nothing = QWidget()
        self.middle = QStackedWidget()
        self.middle.addWidget(self._form_pane())
        self.middle.addWidget(self.empty)
        self.middle.addWidget(self.nothing)
        self.promises = PromiseList()
        self.numbers = NumberList()
        self.take_button = Button("Lấy tất cả số từ nhật ký", icon="clipboard-list")
        self.right = RightPane(
            [("plan", "Từ kế hoạch", self.promises), ("report", "Số cho báo cáo", self._numbers_pane())]
        )
        self.right.setMinimumWidth(260)

    def _left_pane(self) -> QWidget:
        left = pane("window")
        left.setMinimumWidth(170)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 8, 0, 10)
        column.addWidget(self.list, 1)
        hints = Label("F5: ghi việc mới\nEnter: ô tiếp theo\nF6: sang khung khác", "secondary", "ink3", wrap=True)
        hints.setContentsMargins(12, 0, 8, 4)
        column.addWidget(hints)
        return left

    def _form_pane(self) -> QWidget:
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = pane("surface")
        line = QHBoxLayout(inner)
        line.setContentsMargins(24, 16, 24, 20)
        block = QWidget()
        block.setMaximumWidth(theme.px(_FORM_WIDTH))
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self.form)
        column.addWidget(self.attached)
        column.addWidget(self.remove_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        line.addWidget(block, 8)
        line.addStretch(1)
        scroll.setWidget(inner)
        self.form_scroll = scroll
        return scroll

    def _numbers_pane(self) -> QWidget:
        holder = pane("surface")
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.numbers, 1)
        column.addWidget(rule())
        foot = QHBoxLayout()
        foot.setContentsMargins(14, 10, 12, 10)
        foot.addWidget(self.take_button)
        foot.addStretch(1)
        column.addLayout(foot)
        return holder

    def set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        self.title.title.setText("Nhật ký" if narrow else _TITLE)
        self.title.title.setVisible(not narrow or theme.theme().factor == 1)
        self.left.setVisible(not narrow)
        self.entry_box.setVisible(narrow)
        self.side_button.setVisible(narrow)
        self.trash_button.setVisible(not narrow)
        self.over.set_narrow(narrow)

    def saved_place(self) -> Callable[[QWidget], object] | None:
        return self.title.fold

    def _turn_right(self) -> None:
        self.over.turn(self.right.tabs)

    @guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.over.place()
        self.panes_box.suppose(LEFT, WIDE_RIGHT if self.is_wide() else RIGHT)
