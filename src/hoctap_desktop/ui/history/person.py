"""Of Thiết lập: who sits at the machine, whose name stands beside each change; and the way to the trash."""

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from hoctap_desktop.foundation.account import account_name
from hoctap_desktop.store import sitting
from hoctap_desktop.ui import theme
from hoctap_desktop.ui.history.trash_can import TrashCan
from hoctap_desktop.ui.page import Page
from hoctap_desktop.ui.session import Session
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.fields import TextField
from hoctap_desktop.ui.widgets.labels import Label, rule

_LONGEST = 80
_HINT = "Chỉ hiện trong Lịch sử; không in ra, không vào gói gửi đi."


def person_at_machine(session: Session) -> str:
    """The name chosen in Thiết lập, else that of the account."""
    return session.settings.person or account_name()


def sit_down(session: Session) -> None:
    """From the next change on the store notes this person. It says nothing when it fails: the change itself will."""
    session.jobs.run(partial(sitting.be, who=person_at_machine(session)), failed=_leave_it)


def _leave_it(_failure: BaseException) -> None:
    pass


class PersonSettings(QWidget):
    """The box "Người đang nhập" and the button Thùng rác."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._session = page.session
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addWidget(Label("Người đang nhập và những gì đã bỏ", "group"))
        column.addWidget(rule())
        self.name = TextField(
            "Người đang nhập", page.session.settings.person, hint=_HINT, placeholder=account_name() or "Tên của bạn"
        )
        self.name.edit.setMaxLength(_LONGEST)
        self.name.setMaximumWidth(theme.px(520))
        self.name.left.connect(self._named)
        column.addWidget(self.name)
        self.trash = TrashCan(page, lambda _filing: None)
        row = QHBoxLayout()
        row.addWidget(Button("Mở Thùng rác", icon="trash-2", act=self.trash.open))
        row.addStretch(1)
        column.addLayout(row)

    def _named(self, name: str) -> None:
        self._session.settings.person = " ".join(name.split())
        sit_down(self._session)
