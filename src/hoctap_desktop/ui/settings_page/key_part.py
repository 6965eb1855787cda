"""Thiết lập, the key: whether there is one, its digits, and where it is made and enrolled."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hoctap_desktop.foundation.dates import print_date
from hoctap_desktop.submission.repository import OwnKey, own_key
from hoctap_desktop.ui.first_run import frame
from hoctap_desktop.ui.first_run.key_page import FORGOTTEN
from hoctap_desktop.ui.session import Session
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.labels import Label


class KeyPart(QWidget):
    """The passphrase itself is kept nowhere: there is nothing to show of it but that it is asked for."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self.said = Label("", "body", wrap=True)
        column.addWidget(self.said)
        self.digits = Label("", "card", selectable=True)
        self.digits.setAccessibleName("Dãy số khóa")
        column.addWidget(self.digits)
        self.enrol = Button("Vào Gói gửi đi", icon="package", act=self._go)
        column.addWidget(self.enrol, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(6)
        column.addWidget(frame.note(FORGOTTEN))
        column.addStretch(1)

    def _go(self) -> None:
        self._session.navigate.emit("export", None)

    def look_again(self) -> None:
        self._session.jobs.run(own_key, self._show)

    def _show(self, key: OwnKey | None) -> None:
        if key is None:
            self.said.setText("Đơn vị chưa có khóa. Khóa được tạo khi xuất gói lần đầu, hoặc khi lập phiếu đăng ký.")
            self.digits.setText("")
        else:
            made = print_date(key.made_at.date())
            self.said.setText(f"Khóa lập ngày {made}, có mật khẩu. Máy hỏi mật khẩu một lần mỗi khi mở chương trình.")
            self.digits.setText(key.fingerprint)
        self.digits.setVisible(key is not None)
