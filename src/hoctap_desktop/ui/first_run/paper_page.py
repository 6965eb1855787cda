"""Page 2: what stands at the head and the foot of the office's papers, filled in already."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from hoctap_desktop.campaign.office_file import OfficeFile
from hoctap_desktop.ui.first_run import frame
from hoctap_desktop.ui.first_run.paper_form import PaperForm
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.labels import Label


class PaperPage(QWidget):
    """`done(OfficeFile)`; `rename()`: name, kind, code or upper unit are to be changed; `back()`."""

    done = Signal(object)
    rename = Signal()
    back = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._office: OfficeFile | None = None
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        under = "Máy đã điền sẵn theo tên đơn vị. Xem lại một lượt, sửa chỗ nào khác con dấu và văn bản cũ."
        page, column = frame.page("Đầu trang và người ký", under)
        whole.addWidget(page)
        line = QHBoxLayout()
        line.setSpacing(8)
        self._whose = Label("", "body", wrap=True)
        line.addWidget(self._whose, 1)
        line.addWidget(Button("Sửa tên, mã, cấp trên", "text", icon="pencil", act=self.rename.emit))
        column.addLayout(line)
        column.addSpacing(10)
        self.form = PaperForm()
        column.addWidget(self.form)
        column.addSpacing(6)
        self.next = Button("Tiếp tục", "primary", icon="arrow-right", size="large", act=self._next)
        column.addWidget(frame.acts(self.next, Button("Về bước trước", size="large", act=self.back.emit)))
        column.addStretch(1)

    def show_office(self, office: OfficeFile) -> None:
        self._office = office
        self.form.show_unit(office.own)
        to = f"gửi lên {office.upper.short_name} (mã {office.upper.code})" if office.upper else "chưa khai cấp trên"
        self._whose.setText(f"{office.own.name}, mã {office.own.code}; {to}.")

    def _next(self) -> None:
        unit = self.form.unit()
        if unit is not None and self._office is not None:
            self.done.emit(replace(self._office, own=unit))
