"""Printed pages to be read: the preview, its list of pages at the left, its search above, and their keys."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from hoctap_desktop.ui.jobs import Jobs
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.labels import rule
from hoctap_desktop.ui.widgets.page_list import PageList
from hoctap_desktop.ui.widgets.preview import Preview
from hoctap_desktop.ui.widgets.search_bar import SearchBar

# Two pages are seen at once: a list of them would only take their room.
LISTED_FROM = 3


class Reader(QWidget):
    """`scope`: the page in which Ctrl+F, Ctrl with +, − and 0 work wherever the keyboard is.

    The list of pages is open when there are many and the window is wide, until the person folds or opens it:
    `list_chosen(open)`. Buttons for a head row: `list_button`, `search_button`, `zoom_buttons`.
    """

    list_chosen = Signal(bool)

    def __init__(self, jobs: Jobs, scope: QWidget, *, columns: int = 1, outside: bool = False) -> None:
        super().__init__()
        self.preview = Preview(jobs, columns=columns, outside=outside)
        self.search = SearchBar(jobs, self.preview)
        self.pages = PageList(jobs, self.preview)
        self._narrow = False
        self._wish: bool | None = None
        self.list_button = Button("", "icon", icon="panel-left", act=self._toggle)
        self.search_button = Button("", "icon", icon="search", words="Tìm trong trang in (Ctrl+F)", act=self.search.ask)
        self.zoom_buttons = (
            Button("", "icon", icon="zoom-out", words="Thu nhỏ (Ctrl+−)", act=lambda: self.preview.zoom_by(-1)),
            Button("", "icon", icon="zoom-in", words="Phóng to (Ctrl++)", act=lambda: self.preview.zoom_by(1)),
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.pages)
        self._rule = rule("v")
        row.addWidget(self._rule)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.search)
        column.addWidget(self.preview, 1)
        row.addLayout(column, 1)
        keys = {
            "Ctrl+F": self.search.ask,
            "Ctrl++": lambda: self.preview.zoom_by(1),
            "Ctrl+=": lambda: self.preview.zoom_by(1),
            "Ctrl+-": lambda: self.preview.zoom_by(-1),
            "Ctrl+0": self.preview.fit,
        }
        for key, act in keys.items():
            shortcut = QShortcut(QKeySequence(key), scope)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        self._leave = QShortcut(QKeySequence("Esc"), self)
        self._leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._leave.activated.connect(self.search.close_bar)
        self.preview.page_changed.connect(lambda _page, _pages: self._fold())
        self._fold()

    def set_narrow(self, narrow: bool) -> None:
        """In a narrow window the list begins folded."""
        if narrow != self._narrow:
            self._narrow = narrow
            self._fold()

    def wish_list(self, shown: bool | None) -> None:
        """What the person chose last; None: as it fits."""
        self._wish = shown
        self._fold()

    def is_list_open(self) -> bool:
        return not self.pages.isHidden()

    def _fold(self) -> None:
        many = self.preview.pages() >= LISTED_FROM
        wanted = self._wish if self._wish is not None else many and not self._narrow
        self._show_list(wanted and self.preview.pages() > 0)

    def _toggle(self) -> None:
        shown = not self.is_list_open()
        self._wish = shown
        self._show_list(shown)
        if not self._narrow:
            self.list_chosen.emit(shown)
        if shown:
            self.pages.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_list(self, shown: bool) -> None:
        if shown != self.is_list_open() or self._rule.isHidden() == shown:
            self.pages.show_pages(shown)
            self._rule.setVisible(shown)
        words = "Ẩn danh sách trang" if shown else "Hiện danh sách trang"
        self.list_button.setToolTip(words)
        self.list_button.setAccessibleName(words)
