"""Two people's comparison: the digits of a key, large, beside the stamped sheet in the officer's hand."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QWidget

from hoctap_desktop.foundation.dates import print_date
from hoctap_desktop.ui import theme
from hoctap_desktop.ui.widgets.dialog import Dialog
from hoctap_desktop.ui.widgets.labels import Label

MATCHES = "Khớp với phiếu, nhận khóa"
DIFFERS = "Không khớp"


class KeyDialog(Dialog):
    """unit: as the request names it. waiting: packages the key would release. Without `accept` the request is missing.

    holder: whom to ask, under the unit's name. about: where the digits to compare with stand, when that is not the
    sheet of an enrolment.
    known: the day on which the unit's present key was accepted, None when it has none: a key accepted closes it.
    Esc changes nothing, and neither does Enter: a key is never accepted by a habit of the hand.
    """

    def __init__(
        self,
        parent: QWidget,
        unit: str,
        fingerprint: str,
        waiting: int,
        accept: Callable[[], object] | None,
        refuse: Callable[[], object],
        known: date | None = None,
        about: str = "",
        holder: str = "",
    ) -> None:
        super().__init__(parent, "So dãy số khóa với phiếu có dấu", icon="key-round", tone="warn")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fingerprint = fingerprint
        self.body.addWidget(Label(unit, "reading", bold=True, wrap=True))
        if holder:
            self.body.addWidget(Label(holder, "secondary", "ink2", wrap=True))
        self.body.addSpacing(4)
        self.body.addWidget(_Digits(fingerprint))
        self.body.addSpacing(4)
        if accept is not None:
            more = f" Nhận khóa thì {waiting} gói đang chờ được nhập ngay." if waiting else ""
            how = "Đọc từng nhóm trên phiếu đăng ký khóa có chữ ký và dấu. Chỉ nhận khi cả sáu nhóm giống nhau."
            self.add_text((about or how) + more)
        else:
            self.add_text(
                "Chưa có tệp đăng ký khóa này. Hãy xin đơn vị tệp đăng ký khóa và phiếu có dấu, rồi thả tệp vào trang "
                "Tiếp nhận. Gói vẫn nằm chờ, không mất."
            )
        if known is not None and accept is not None:
            self.body.addSpacing(4)
            self.closes = self.add_text(
                f"Đơn vị này đã có khóa, nhận ngày {print_date(known)}. Nhận khóa mới thì khóa cũ đóng từ hôm nay. "
                "Nếu đơn vị không báo trước, hãy gọi hỏi rồi mới nhận.",
                "warn",
            )
        self.close_button = self.add_button("Để chờ", first=True)
        self.differs = self.add_button(DIFFERS, act=refuse)
        if accept is not None:
            self.matches = self.add_button(MATCHES, "primary", icon="shield-check", act=accept)


class _Digits(QFrame):
    """Six groups in two rows of three."""

    def __init__(self, fingerprint: str) -> None:
        super().__init__()
        self.setProperty("card", "note")
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 12, 16, 12)
        grid.setHorizontalSpacing(28)
        grid.setVerticalSpacing(6)
        for place, group in enumerate(fingerprint.split()):
            label = Label(group, selectable=True)
            label.setFont(theme.code_font(24, bold=True))
            grid.addWidget(label, place // 3, place % 3)
        grid.setColumnStretch(3, 1)
        self.setAccessibleName(f"Dãy số khóa: {fingerprint}")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
