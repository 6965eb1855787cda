"""Of Thiết lập: how many persons a received paper needs before it counts. For an office with units below."""

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from hoctap_desktop.office.office_acts import set_two_persons, two_persons
from hoctap_desktop.ui import theme
from hoctap_desktop.ui.session import Session
from hoctap_desktop.ui.widgets.fields import ChoiceField
from hoctap_desktop.ui.widgets.labels import Label, rule

_SAID = (
    "Hai người: người thứ nhất bấm Đề nghị duyệt, một người khác bấm Duyệt. Đến lúc đó bản nộp đứng ở «Chờ người thứ "
    "hai» và số chưa được cộng. Máy phân biệt theo tên ở ô Người đang nhập."
)


class ReviewPart(QWidget):
    """The box "Duyệt bản nhận được"; hidden while nobody reports here."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 20, 0, 0)
        column.setSpacing(8)
        column.addWidget(Label("Duyệt bản nhận được", "group"))
        column.addWidget(rule())
        self.persons = ChoiceField("Số người duyệt")
        self.persons.add("Một người duyệt là đủ", False)
        self.persons.add("Hai người: một đề nghị, một duyệt", True)
        self.persons.setMaximumWidth(theme.px(520))
        self.persons.chosen.connect(self._chosen)
        column.addWidget(self.persons)
        column.addWidget(Label(_SAID, "secondary", "ink2", wrap=True))
        if not session.has_below:
            self.hide()

    def look_again(self) -> None:
        """What holds now, read from the store."""
        self.setVisible(self._session.has_below)
        self._session.jobs.run(two_persons, self.persons.choose)

    def _chosen(self, on: object) -> None:
        self._session.save(partial(set_two_persons, on=bool(on)), filing="")
