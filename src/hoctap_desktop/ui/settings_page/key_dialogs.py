"""Questions of Thiết lập, Khóa: passphrases, a key on a token, the keys of the units below."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from hoctap_desktop.submission.tokens import TokenKey
from hoctap_desktop.ui import theme
from hoctap_desktop.ui.first_run.frame import Scrolled
from hoctap_desktop.ui.passphrase import PASSPHRASE_HINT, strength
from hoctap_desktop.ui.settings_page.key_presenter import UnitKey
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.dialog import Dialog
from hoctap_desktop.ui.widgets.fields import ChoiceField, TextField
from hoctap_desktop.ui.widgets.labels import Label, rule
from hoctap_desktop.ui.widgets.panes import pane

_LONGEST = 200


class SecretDialog(Dialog):
    """Asks for the old passphrase (`old`), for a new one twice (`new`), or both; `given(old, new)` runs on the button.

    The caller closes it, or has it refuse.
    """

    def __init__(
        self,
        parent: QWidget,
        title: str,
        text: str,
        yes: str,
        given: Callable[[str, str], object],
        *,
        old: bool = False,
        new: bool = False,
        tone: str = "pri",
    ) -> None:
        super().__init__(parent, title, icon="key-round", tone=tone)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._given = given
        self.add_text(text, "ink2")
        self.body.addSpacing(6)
        self.old = _secret("Mật khẩu đang dùng") if old else None
        self.first = _secret("Mật khẩu mới", PASSPHRASE_HINT) if new else None
        self.again = _secret("Gõ lại mật khẩu mới") if new else None
        self._boxes = [box for box in (self.old, self.first, self.again) if box is not None]
        for at, box in enumerate(self._boxes):
            self.body.addWidget(box)
            following = self._boxes[at + 1].edit.setFocus if at + 1 < len(self._boxes) else self._press
            box.edit.returnPressed.connect(following)
        self.add_button("Để sau", "secondary")
        self.button = self.add_button(yes, "primary", icon="key-round", act=self._press, closes=False)
        self.focus_first(self._boxes[0].edit)

    def _press(self) -> None:
        for box in self._boxes:
            box.show_state()
        if self.old is not None and not self.old.text():
            self._wrong(self.old, "Hãy gõ mật khẩu đang dùng.")
            return
        if self.first is not None and self.again is not None:
            told = strength(self.first.text())
            if not told.enough:
                self._wrong(self.first, told.words)
                return
            if self.first.text() != self.again.text():
                self._wrong(self.again, "Hai lần gõ chưa giống nhau.")
                return
        self.hold("Đang làm")
        old, new = (box.text() if box is not None else "" for box in (self.old, self.first))
        self._given(old, new)

    def refuse(self, why: str) -> None:
        """Says why it was not done, at the passphrase that opens; the dialog stays."""
        self.let_go()
        self._wrong(self._boxes[0], why)

    def _wrong(self, box: TextField, why: str) -> None:
        box.show_state("error", why)
        self._fit()
        box.edit.setFocus()
        box.edit.selectAll()


class TokenDialog(Dialog):
    """The keys on a token; `chosen(key)` runs on the button, after which it closes."""

    def __init__(self, parent: QWidget, keys: Sequence[TokenKey], chosen: Callable[[TokenKey], object]) -> None:
        super().__init__(parent, "Dùng khóa trên thiết bị ký", icon="usb", tone="pri")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._keys = {one.place.key_hash: one for one in keys}
        self._chosen = chosen
        self.add_text(
            "Từ nay gói được ký bằng khóa chọn ở đây; mỗi lần mở chương trình máy hỏi mã PIN. Khóa cũ ký xác nhận khóa "
            "này, rồi cần nộp phiếu đăng ký mới cho cấp trên.",
            "ink2",
        )
        self.body.addSpacing(6)
        self.choice = ChoiceField("Khóa trên thiết bị")
        for one in keys:
            self.choice.add(f"{one.label or 'không tên'}, {one.place.label}", one.place.key_hash)
        self.choice.chosen.connect(lambda _hash: self._show())
        self.body.addWidget(self.choice)
        self.digits = Label("", "bold", selectable=True)
        self.tries = Label("", "body", "warn", wrap=True)
        self.body.addWidget(self.digits)
        self.body.addWidget(self.tries)
        self.add_button("Để sau", "secondary")
        self.button = self.add_button("Dùng khóa này", "primary", icon="key-round", act=self._press)
        self._show()

    def _show(self) -> None:
        one = self._keys[str(self.choice.data())]
        self.digits.setText(one.fingerprint)
        self.tries.setText(one.tries)
        self.tries.setVisible(bool(one.tries))
        self._fit()

    def _press(self) -> None:
        self._chosen(self._keys[str(self.choice.data())])


class UnitKeysDialog(Dialog):
    """The keys of the units below; `revoke(key)` for one that was stolen, `issue()` for the signed list of all."""

    def __init__(
        self,
        parent: QWidget,
        keys: Sequence[UnitKey],
        revoke: Callable[[UnitKey], object],
        issue: Callable[[], object],
    ) -> None:
        super().__init__(parent, "Khóa của các đơn vị", icon="key-round", tone="pri")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(theme.px(640))
        self.buttons: dict[str, Button] = {}
        if not keys:
            self.add_text("Chưa nhận khóa của đơn vị nào. Khóa nhận ở trang Tiếp nhận, sau khi so với phiếu có dấu.")
        else:
            self.add_text("Bị lấy cắp máy hoặc lộ mật khẩu thì hủy khóa ngay; mất máy thường thì đơn vị đăng ký lại.")
            inside = pane("surface")
            column = QVBoxLayout(inside)
            column.setContentsMargins(0, 0, 8, 0)
            column.setSpacing(8)
            for at, key in enumerate(keys):
                if at:
                    column.addWidget(rule("h2"))
                column.addLayout(self._row(key, revoke))
            column.addStretch(1)
            rows = Scrolled(inside)
            rows.setMinimumHeight(min(theme.px(320), theme.px(64) * len(keys)))
            self.body.addSpacing(4)
            self.body.addWidget(rows)
        self.add_button("Đóng", "secondary", first=True)
        self.issue = self.add_button("Ghi sổ khóa ra tệp", "secondary", icon="file-down", act=issue)

    def _row(self, key: UnitKey, revoke: Callable[[UnitKey], object]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Label(key.unit, "bold", wrap=True))
        words.addWidget(Label(key.fingerprint, "body", selectable=True))
        words.addWidget(Label(key.state, "secondary", "ink2", wrap=True))
        row.addLayout(words, 1)
        if key.open:
            button = Button("Hủy khóa", "danger", act=lambda: self._press(key, revoke))
            button.setAccessibleName(f"Hủy khóa của {key.unit}")
            self.buttons[key.code] = button
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _press(self, key: UnitKey, revoke: Callable[[UnitKey], object]) -> None:
        self.reject()
        revoke(key)


def _secret(label: str, hint: str = "") -> TextField:
    box = TextField(label, hint=hint)
    box.edit.setEchoMode(QLineEdit.EchoMode.Password)
    box.edit.setMaxLength(_LONGEST)
    return box
