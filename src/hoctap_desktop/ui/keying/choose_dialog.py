"""Whose paper lies on the desk: a unit and a kind."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from hoctap_desktop.filing.model import KIND_WORDS, Kind
from hoctap_desktop.ui.widgets.dialog import Dialog
from hoctap_desktop.ui.widgets.fields import ChoiceField
from hoctap_desktop.units.model import Unit


class ChooseDialog(Dialog):
    """`chosen(unit code, kind)`. units: those below; unit: code of the one that is offered first."""

    chosen = Signal(str, str)

    def __init__(self, parent: QWidget, units: Sequence[Unit], unit: str = "") -> None:
        super().__init__(parent, "Nhập hộ đơn vị gửi bản giấy", icon="file-pen-line")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.add_text("Số gõ ở đây được tính như gói đã nhận, và luôn ghi rõ là nhập hộ từ bản giấy.", "ink2")
        self.unit = ChoiceField("Đơn vị gửi bản giấy")
        for one in units:
            self.unit.add(one.short_name or one.name, one.code)
        self.unit.choose(unit)
        self.kind = ChoiceField("Văn bản")
        for kind in (Kind.REPORT, Kind.PLAN):
            self.kind.add(KIND_WORDS[kind], kind.value)
        for field in (self.unit, self.kind):
            self.body.addSpacing(6)
            self.body.addWidget(field)
        self.add_button("Để sau", "secondary")
        self.add_button("Nhập hộ", "primary", icon="arrow-right", act=self._go)
        self.focus_first(self.unit.box)

    def _go(self) -> None:
        self.chosen.emit(str(self.unit.data()), str(self.kind.data()))
