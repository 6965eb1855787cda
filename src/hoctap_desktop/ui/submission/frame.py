"""The widgets of Gói gửi đi under each other: where to, the steps, what was written, the files, what may be done."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from hoctap_desktop.ui import theme
from hoctap_desktop.ui.attached import AttachedFiles
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.page import Page
from hoctap_desktop.ui.session import Session
from hoctap_desktop.ui.widgets.banner import UsbBanner
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.check_box import CheckBox
from hoctap_desktop.ui.widgets.fields import ChoiceField
from hoctap_desktop.ui.widgets.labels import Label
from hoctap_desktop.ui.widgets.panes import PageHead
from hoctap_desktop.ui.widgets.step_list import StepList


class Body(QWidget):
    """As high as its lines are at this width: a wrapped label otherwise claims the height of a narrow one."""

    @guarded(QSize(400, 300))
    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(hint.width(), self.heightForWidth(max(hint.width(), self.width())))


class SubmissionFrame(Page):
    """The page gives the widgets their acts and puts the column beside the paper's side."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.head = PageHead("Xuất gói gửi cấp trên")
        self.usb = UsbBanner()
        self.filings = ChoiceField("Văn bản")
        self.target = ChoiceField("Ghi vào")
        self.secret = CheckBox("Mã hóa tệp gửi")
        self.secret_words = Label("", "secondary", "ink2", wrap=True)
        self.steps = StepList()
        self._details = QGridLayout()
        self.write_button = Button("Ghi gói vào USB", "primary", icon="usb", size="large")
        self.done_button = Button("Xong, về trang chính", "primary", icon="check", size="large")
        self.other_button = Button("Ghi lần nữa", icon="usb", size="large")
        self.folder_button = Button("Lưu vào máy", icon="save", size="large")

    def main_column(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(14)
        column.addWidget(self.head)
        column.addWidget(self.banners)
        column.addWidget(self.usb)
        self.where = QFrame()
        self.where.setProperty("card", "true")
        card = QVBoxLayout(self.where)
        card.setContentsMargins(20, 14, 20, 16)
        card.setSpacing(10)
        where = QHBoxLayout()
        where.setSpacing(16)
        card.addLayout(where)
        card.addWidget(self.secret)
        card.addWidget(self.secret_words)
        for choice in (self.filings, self.target):
            choice.box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        where.addWidget(self.filings, 1)
        where.addWidget(self.target, 1)
        column.addWidget(self.where)
        column.addWidget(self.steps)
        self.details = QFrame()
        self.details.setProperty("card", "true")
        self._details.setContentsMargins(20, 14, 20, 14)
        self._details.setVerticalSpacing(8)
        self._details.setColumnMinimumWidth(0, theme.px(120))
        self._details.setColumnStretch(1, 1)
        self.details.setLayout(self._details)
        column.addWidget(self.details)
        self.attached_card = QFrame()
        self.attached_card.setProperty("card", "true")
        attached = QVBoxLayout(self.attached_card)
        attached.setContentsMargins(20, 14, 20, 14)
        self.attached = AttachedFiles(self)
        attached.addWidget(self.attached)
        column.addWidget(self.attached_card)
        self._acts = QWidget()
        row = QHBoxLayout(self._acts)
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(10)
        for button in (self.write_button, self.done_button, self.other_button, self.folder_button):
            row.addWidget(button)
        row.addStretch(1)
        column.addWidget(self._acts)
        self._main = column
        column.addStretch(1)
        return column
