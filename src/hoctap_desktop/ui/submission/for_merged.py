"""Gửi thay: the data of a merged unit, its papers signed with the key of the unit that took its place."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt

from hoctap_desktop.foundation.errors import UserError
from hoctap_desktop.submission.for_merged import successor_key
from hoctap_desktop.submission.keys import Key, certified_code
from hoctap_desktop.ui import files
from hoctap_desktop.ui.page import Page
from hoctap_desktop.ui.submission.key_dialog import KeyDialog
from hoctap_desktop.ui.widgets.buttons import Button

_BANNER = "for-merged"


class ForMerged:
    """The button "Gửi thay đơn vị đã sáp nhập" and the key it was given; `key` signs while it is not None."""

    def __init__(self, page: Page, said: Callable[[], object]) -> None:
        self._page, self._said = page, said
        self.key: Key | None = None
        self.dialog: KeyDialog | None = None
        words = "Gửi thay đơn vị đã sáp nhập"
        self.button = Button(words, "text", icon="users", size="small", act=self._choose)
        self.button.setToolTip("Đang mở dữ liệu của đơn vị cũ; đơn vị kế tục ký gói bằng khóa của mình")

    def _choose(self) -> None:
        files.choose_one(
            self._page, "Chọn bản sao khóa của đơn vị kế tục", "Bản sao khóa (*.p12)", lambda paths: self.ask(paths[0])
        )

    def ask(self, path: Path) -> None:
        """Asks for the passphrase of the copy."""

        def given(passphrase: str) -> None:
            job = self._page.session.jobs.run
            job(lambda store: successor_key(store, path, passphrase), self._opened, self._refused)

        self.dialog = KeyDialog(self._page, given, new=False, opens_copy=path.name)
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog.finished.connect(self._closed)
        self.dialog.open()

    def _closed(self) -> None:
        self.dialog = None

    def _opened(self, key: Key) -> None:
        self.key = key
        if self.dialog is not None:
            self.dialog.accept()
        own = self._page.session.own
        said = (
            f"Gói sẽ được ký bằng khóa của đơn vị mã {certified_code(key.certificate)}, gửi thay cho "
            f"{own.short_name or own.name}. Cấp trên nhận khi danh sách của họ ghi đúng như vậy."
        )
        self._page.banners.show_banner(_BANNER, "info", said, "Thôi gửi thay", self.let_go)
        self._said()

    def _refused(self, failure: BaseException) -> None:
        if self.dialog is not None and isinstance(failure, UserError):
            self.dialog.refuse(str(failure))
            return
        if self.dialog is not None:
            self.dialog.let_go()
            self.dialog.reject()
        self._page.session.problem.emit(failure)

    def let_go(self) -> None:
        """Back to the office's own key."""
        self.key = None
        self._page.banners.drop(_BANNER)
        self._said()
