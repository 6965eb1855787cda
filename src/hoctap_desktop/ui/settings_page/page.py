"""Thiết lập: how the window looks, whose data is open and where it stands."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from hoctap_desktop import __version__
from hoctap_desktop.ui import system, theme
from hoctap_desktop.ui.history.person import PersonSettings
from hoctap_desktop.ui.page import Page
from hoctap_desktop.ui.session import Session
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.fields import ChoiceField
from hoctap_desktop.ui.widgets.labels import Label, rule
from hoctap_desktop.ui.widgets.panes import PageHead

_SIZES = {100: "100 %, vừa", 115: "115 %, to", 130: "130 %, to hơn"}
_CONTRAST = {None: "Theo máy tính", False: "Màu thường", True: "Tương phản cao"}


class SettingsPage(Page):
    """Changes take hold at once: the window is made anew in the new look."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(theme.PAGE_MARGIN, 16, theme.PAGE_MARGIN, theme.PAGE_MARGIN)
        column.setSpacing(8)
        column.addWidget(PageHead("Thiết lập"))
        column.addWidget(self.banners)
        column.addSpacing(8)
        column.addWidget(Label("Cách hiện trên màn hình", "group"))
        column.addWidget(rule())
        self.text_size = ChoiceField("Cỡ chữ")
        for percent, words in _SIZES.items():
            self.text_size.add(words, percent)
        self.text_size.choose(session.settings.text_size)
        self.contrast = ChoiceField("Màu")
        for on, words in _CONTRAST.items():
            self.contrast.add(words, "" if on is None else on)
        self.contrast.choose("" if session.settings.contrast is None else session.settings.contrast)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.text_size)
        row.addWidget(self.contrast)
        row.addStretch(1)
        column.addLayout(row)
        self.person = PersonSettings(self)
        column.addWidget(self.person)
        column.addSpacing(16)
        column.addWidget(Label("Đơn vị và dữ liệu", "group"))
        column.addWidget(rule())
        column.addWidget(self._facts())
        other = Button("Mở dữ liệu khác", icon="folder-open", act=session.leave_office.emit)
        acts = QHBoxLayout()
        acts.addWidget(other)
        acts.addStretch(1)
        column.addLayout(acts)
        column.addStretch(1)
        scroll.setWidget(body)
        self.column.addWidget(scroll)
        self.text_size.chosen.connect(self._resize)
        self.contrast.chosen.connect(self._recolour)

    def _facts(self) -> QFrame:
        session = self.session
        made = QFrame()
        made.setProperty("card", "true")
        made.setMaximumWidth(734)
        grid = QGridLayout(made)
        grid.setContentsMargins(20, 14, 20, 14)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        rows = (
            ("Đơn vị", session.own.name),
            ("Mã đơn vị", session.own.code),
            ("Cấp trên", session.upper.name if session.upper else "Không có"),
            ("Tệp dữ liệu", str(session.store_path)),
            ("Bản chương trình", __version__),
        )
        for place, (label, value) in enumerate(rows):
            grid.addWidget(Label(label, "body", "ink2"), place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(Label(value, wrap=True, selectable=True), place, 1)
        grid.setColumnStretch(1, 1)
        return made

    def first_focus(self) -> QWidget | None:
        return self.text_size.box

    def panes(self) -> Sequence[QWidget]:
        return (self.text_size.box,)

    def _resize(self, percent: object) -> None:
        assert isinstance(percent, int)
        self.session.settings.text_size = percent
        self._apply()

    def _recolour(self, on: object) -> None:
        self.session.settings.contrast = on if isinstance(on, bool) else None
        self._apply()

    def _apply(self) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.apply(app, self.session.settings.theme(wished_contrast=system.wishes_contrast()))
        self.session.look_changed.emit()
