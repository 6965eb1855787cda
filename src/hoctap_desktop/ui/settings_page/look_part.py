"""Thiết lập, the screen: text size and colours, taken up at once."""

from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from hoctap_desktop.ui import system, theme
from hoctap_desktop.ui.session import Session
from hoctap_desktop.ui.widgets.fields import ChoiceField

_SIZES = {100: "100 %, vừa", 115: "115 %, to", 130: "130 %, to hơn"}
_CONTRAST = {None: "Theo máy tính", False: "Màu thường", True: "Tương phản cao"}


class LookPart(QWidget):
    """Changes take hold at once: the window is made anew in the new look."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
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
        column.addStretch(1)
        self.text_size.chosen.connect(self._resize)
        self.contrast.chosen.connect(self._recolour)

    def _resize(self, percent: object) -> None:
        assert isinstance(percent, int)
        self._session.settings.text_size = percent
        self._apply()

    def _recolour(self, on: object) -> None:
        self._session.settings.contrast = on if isinstance(on, bool) else None
        self._apply()

    def _apply(self) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.apply(app, self._session.settings.theme(wished_contrast=system.wishes_contrast()))
        self._session.look_changed.emit()
