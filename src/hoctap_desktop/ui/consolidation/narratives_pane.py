"""Lời các đơn vị: one section of the report, what every unit wrote above, the office's own text below."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from hoctap_desktop.consolidation.overview import Narrative
from hoctap_desktop.consolidation.telling import Told
from hoctap_desktop.form.definition import Field
from hoctap_desktop.foundation.numbers import print_count
from hoctap_desktop.ui.widgets.fields import ChoiceField, LongTextField
from hoctap_desktop.ui.widgets.findings_list import FindingRow, FindingsList
from hoctap_desktop.ui.widgets.labels import Label
from hoctap_desktop.ui.widgets.panes import pane

SIDE = 16
_OPEN, _INSERT = "open", "insert"


class NarrativesPane(QWidget):
    """`asked(field)`: another section; `inserted(narrative)`, `opened(package)`, `written(words)`: what was done."""

    asked = Signal(str)
    inserted = Signal(object)
    opened = Signal(str)
    written = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._told: dict[str, Narrative] = {}
        self._shown = ""  # the section whose own text stands in the box
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        top = pane("surface")
        head = QVBoxLayout(top)
        head.setContentsMargins(SIDE, 10, SIDE, 8)
        self.section = ChoiceField("Mục của báo cáo")
        self.section.chosen.connect(lambda field: self.asked.emit(str(field)))
        self.count = Label("", "secondary", "ink2")
        head.addWidget(self.section)
        head.addWidget(self.count)
        column.addWidget(top)
        self.list = FindingsList()
        self.list.setAccessibleName("Các đơn vị viết")
        self.list.acted.connect(self._acted)
        self.list.opened.connect(self.opened)
        bottom = pane("surface")
        foot = QVBoxLayout(bottom)
        foot.setContentsMargins(SIDE, 8, SIDE, 12)
        self.own = LongTextField("Báo cáo của cơ quan viết", "", lines=5)
        self.own.left.connect(self.written)
        foot.addWidget(self.own)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.setHandleWidth(1)
        parts.setChildrenCollapsible(False)
        parts.addWidget(self.list)
        parts.addWidget(bottom)
        parts.setStretchFactor(0, 1)
        column.addWidget(parts, 1)

    def set_sections(self, fields: tuple[Field, ...]) -> None:
        """The sections to choose from, once."""
        for field in fields:
            self.section.add(field.label, field.id)

    def chosen(self) -> str:
        """Field id of the section."""
        return str(self.section.data() or "")

    def freeze(self, why: str) -> None:
        """why: the own report is final and says no more; "" while it can be written."""
        self.own.show_state("frozen" if why else "normal", why)

    def show_told(self, told: Told) -> None:
        self.section.choose(told.field.id)
        self._told = {one.package_id: one for one in told.units}
        self.count.setText(
            f"{print_count(len(told.units))} đơn vị viết ở mục này." if told.units else "Chưa đơn vị nào viết mục này."
        )
        self.list.show_rows(
            [
                FindingRow(
                    one.package_id,
                    "info",
                    one.unit.short_name or one.unit.name,
                    one.words,
                    ((_INSERT, "Chèn vào báo cáo"), (_OPEN, "Mở báo cáo")),
                )
                for one in told.units
            ]
        )
        # not over what is being typed: it is kept when the box is left
        if told.field.id != self._shown or not self.own.edit.hasFocus():
            self.own.set_text(told.own)
        self._shown = told.field.id

    def _acted(self, package: str, act: str) -> None:
        if act == _INSERT and package in self._told:
            self.inserted.emit(self._told[package])
        elif act == _OPEN:
            self.opened.emit(package)
