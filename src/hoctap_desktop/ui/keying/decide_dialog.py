"""The numbers that were typed in two ways, beside each other: which one stands on the paper."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QWidget

from hoctap_desktop.consolidation.keying import Differing
from hoctap_desktop.ui import theme
from hoctap_desktop.ui.consolidation.rows_view import scrolled
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.dialog import Dialog
from hoctap_desktop.ui.widgets.labels import Label
from hoctap_desktop.ui.widgets.panes import pane

MOST_HEIGHT = 280


class DecideDialog(Dialog):
    """`decided(values)`: a value for every field; only then can it be pressed."""

    decided = Signal(object)

    def __init__(self, parent: QWidget, found: Sequence[Differing]) -> None:
        super().__init__(parent, f"Hai lần gõ khác nhau ở {len(found)} ô", icon="list-checks", tone="warn")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.add_text("Xem bản giấy rồi chọn số đúng. Cả hai đều sai thì đóng lại và gõ lại ô đó.", "ink2")
        self._found = tuple(found)
        self._groups: list[QButtonGroup] = []
        inner = pane("surface")
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 4, 8, 4)
        grid.setColumnStretch(0, 1)
        for column, words in enumerate(("Ô", "Lần một", "Lần hai")):
            grid.addWidget(Label(words, "secondary", "ink2"), 0, column)
        for row, each in enumerate(self._found, 1):
            grid.addWidget(Label(each.label, wrap=True), row, 0)
            group = QButtonGroup(self)
            for column, (words, which) in enumerate(((each.first_words, "lần một"), (each.second_words, "lần hai"))):
                button = Button(words, "filter")
                button.setCheckable(True)
                button.setAccessibleName(f"{each.label}, {which}: {words}")
                group.addButton(button, column)
                grid.addWidget(button, row, column + 1)
                button.clicked.connect(partial(self._count))
            self._groups.append(group)
        area = scrolled(inner)
        area.setFixedHeight(min(theme.px(MOST_HEIGHT), inner.sizeHint().height() + 6))
        self.body.addWidget(area)
        self.add_button("Để sau", "secondary")
        self.done_button = self.add_button("Ghi lựa chọn", "primary", icon="check", act=self._decide)
        self.focus_first(self._groups[0].button(0))
        self._count()

    def _count(self, _checked: bool = False) -> None:
        open_ones = sum(group.checkedId() < 0 for group in self._groups)
        self.done_button.disable(f"Còn {open_ones} ô chưa chọn.") if open_ones else self.done_button.enable()

    def _decide(self) -> None:
        chosen = zip(self._found, self._groups, strict=True)
        self.decided.emit({each.field: each.second if group.checkedId() else each.first for each, group in chosen})
