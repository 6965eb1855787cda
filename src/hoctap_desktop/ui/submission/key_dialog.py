"""The passphrase of the office's key: set with a new key, asked once while the window is open."""

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QWidget

from hoctap_desktop.ui.passphrase import PASSPHRASE_HINT
from hoctap_desktop.ui.submission.presenter import passphrase_problem
from hoctap_desktop.ui.widgets.dialog import Dialog
from hoctap_desktop.ui.widgets.fields import TextField

Given = Callable[[str], object]


class KeyDialog(Dialog):
    """new: makes a key, the passphrase is typed twice. `given(passphrase)` runs on the button; the caller closes it.

    token: of a key on a token, how that is called; its PIN is asked for then. opens: which key is asked for to open
    files that came encrypted, "" when it is to sign. opens_copy: name of the copy of another unit's key.
    """

    def __init__(
        self, parent: QWidget, given: Given, *, new: bool, token: str = "", opens: str = "", opens_copy: str = ""
    ) -> None:
        title = "Tạo khóa của đơn vị" if new else "Mở tệp mã hóa" if opens else "Mở khóa của đơn vị"
        super().__init__(parent, title, icon="lock" if opens else "key-round", tone="pri")
        self._given = given
        self._new = new
        if new:
            self.add_text(
                "Khóa dùng để ký gói, như con dấu của tệp. Đặt một mật khẩu dễ nhớ với anh, chị và khó đoán với người "
                "khác. Quên mật khẩu thì phải lập khóa mới và đăng ký lại.",
                "ink2",
            )
        elif opens:
            what = f"Cắm thiết bị ký «{token}» rồi gõ mã PIN của nó" if token else "Gõ mật khẩu của khóa ấy"
            self.add_text(
                f"Có tệp mã hóa cho đơn vị này ({opens}). {what} để mở. Bỏ qua thì tệp mã hóa chưa được đọc, các tệp "
                "khác vẫn được xem.",
                "ink2",
            )
        elif opens_copy:
            self.add_text(f"Gõ mật khẩu của khóa trong tệp {opens_copy}. Khóa chỉ ở trong máy đến khi ký xong.", "ink2")
        elif token:
            self.add_text(
                f"Cắm thiết bị ký «{token}» rồi gõ mã PIN của nó. Gõ sai nhiều lần thì thiết bị tự khóa; máy không tự "
                "thử lại.",
                "ink2",
            )
        else:
            self.add_text(
                "Gõ mật khẩu của khóa để ký gói. Máy chỉ hỏi lại khi lâu không ký, hoặc mở lại chương trình.", "ink2"
            )
        self.body.addSpacing(6)
        hint = PASSPHRASE_HINT if new else ""
        self.first = TextField("Mã PIN" if token else "Mật khẩu", hint=hint)
        self.again = TextField("Gõ lại mật khẩu")
        for box in (self.first, self.again):
            box.edit.setEchoMode(QLineEdit.EchoMode.Password)
            box.edit.setMaxLength(200)
        self.body.addWidget(self.first)
        self.body.addWidget(self.again)
        self.again.setVisible(new)
        self.add_button("Bỏ qua" if opens else "Để sau", "secondary")
        self.button = self.add_button(
            "Tạo khóa" if new else "Mở khóa", "primary", icon="key-round", act=self._press, closes=False
        )
        self.first.edit.returnPressed.connect(self._enter_first)
        self.again.edit.returnPressed.connect(self._press)
        self.focus_first(self.first.edit)

    def _enter_first(self) -> None:
        if self._new:
            self.again.edit.setFocus()
        else:
            self._press()

    def _press(self) -> None:
        words = self.first.text()
        wrong = passphrase_problem(words, self.again.text()) if self._new else ""
        if wrong or not words:
            self.refuse(wrong or f"Hãy gõ {self.first.label.text().lower()}.")
            return
        self.first.show_state()
        self.hold("Đang tạo khóa" if self._new else "Đang mở khóa")
        self._given(words)

    def warn(self, words: str) -> None:
        """Something to know before it is typed."""
        self.first.show_state("warn", words)
        self._fit()

    def refuse(self, why: str) -> None:
        """Says why the passphrase was not taken; the dialog stays."""
        self.let_go()
        self.first.show_state("error", why)
        self._fit()
        self.first.edit.setFocus()
        self.first.edit.selectAll()
