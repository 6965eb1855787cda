"""What to do about a file that was not taken: whom to call with which words, or how to copy it again."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from hoctap_desktop.ui.consolidation.receive_presenter import NextStep
from hoctap_desktop.ui.widgets.dialog import Dialog
from hoctap_desktop.ui.widgets.labels import Label

_NO_NUMBER = "Chưa có số điện thoại của đơn vị: ghi ở Đơn vị cấp dưới."


class NextStepDialog(Dialog):
    """choose: picks the file that was copied again; called: keeps that the unit was called; aside: puts it aside."""

    def __init__(
        self,
        page: QWidget,
        step: NextStep,
        choose: Callable[[], object],
        called: Callable[[], object],
        aside: Callable[[], object],
    ) -> None:
        calls = bool(step.note)
        super().__init__(page, step.title, icon="phone" if calls else "refresh-cw", tone="warn")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.reach = Label(step.reach, "usb", wrap=True, selectable=True)
        self.body.addWidget(self.reach)
        self.reach.setVisible(bool(step.reach))
        if calls and not step.reach:
            self.add_text(_NO_NUMBER, "warn")
        self.said = self.add_text(step.said, "ink2")
        self.add_steps(step.steps)
        self.aside = self.add_button("Gác lại", act=aside)
        self.add_button("Đóng")
        if calls:
            self.act = self.add_button("Ghi là đã gọi", "primary", icon="check", act=called)
        else:
            self.act = self.add_button("Chọn tệp…", "primary", icon="file-text", act=choose)
