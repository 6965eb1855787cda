"""Thiết lập, the key: its digits, its passphrase, its copy, a new one, one on a token; below, the keys of the units."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.progress import Progress
from hoctap_desktop.submission import enrolment, own_keys
from hoctap_desktop.submission.keys import ROUNDS
from hoctap_desktop.submission.outgoing import write_to
from hoctap_desktop.submission.own_keys import KeyBackup
from hoctap_desktop.submission.seal import Sealed
from hoctap_desktop.submission.signer import Signer
from hoctap_desktop.submission.tokens import TokenKey, keys_on
from hoctap_desktop.ui.files import begin_at
from hoctap_desktop.ui.first_run import frame
from hoctap_desktop.ui.first_run.key_page import FORGOTTEN
from hoctap_desktop.ui.page import Page
from hoctap_desktop.ui.settings_page.key_dialogs import SecretDialog, TokenDialog, UnitKeysDialog
from hoctap_desktop.ui.settings_page.key_presenter import RESTS, OwnKeyState, UnitKey, own_state, unit_keys
from hoctap_desktop.ui.submission.office_key import OfficeKey
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.dialog import Dialog, ask
from hoctap_desktop.ui.widgets.fields import ChoiceField
from hoctap_desktop.ui.widgets.labels import Label, rule

CHANGE, COPY, BACK = "Đổi mật khẩu", "Sao khóa", "Lấy lại khóa"
NEW, LOST, TOKEN, UNITS = "Thay khóa mới", "Mất hoặc lộ khóa", "Thiết bị ký", "Khóa các đơn vị"
_AGAIN = frozenset({Code.WRONG_PASSPHRASE, Code.WEAK_PASSPHRASE})


class KeyPart(QWidget):
    """The passphrase itself is kept nowhere."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._session = page.session
        self._rounds = ROUNDS  # tests take fewer
        self._keeper = OfficeKey.of(page.session)
        self._keeper.changed.connect(self._show_open)
        self.state = OwnKeyState()
        self.dialog: Dialog | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.said = Label("", "body", wrap=True)
        column.addWidget(self.said)
        self.digits = Label("", "card", selectable=True)
        self.digits.setAccessibleName("Dãy số khóa")
        column.addWidget(self.digits)
        line = QHBoxLayout()
        line.setSpacing(10)
        self.rest = ChoiceField("Hỏi lại mật khẩu khi không ký sau")
        for minutes in sorted({*RESTS, page.session.settings.key_minutes}, key=lambda one: one or 9999):
            self.rest.add(RESTS.get(minutes, f"{minutes} phút"), minutes)
        self.rest.choose(page.session.settings.key_minutes)
        self.rest.setMaximumWidth(300)
        self.rest.chosen.connect(self._keep_rest)
        line.addWidget(self.rest)
        line.addStretch(1)
        column.addLayout(line)
        state = QHBoxLayout()
        state.setSpacing(10)
        self.open_state = Label("", "body", "ink2")
        self.lock = Button("Khóa lại ngay", icon="lock", size="small", act=self._keeper.lock)
        state.addWidget(self.open_state)
        state.addWidget(self.lock)
        state.addStretch(1)
        column.addLayout(state)
        column.addSpacing(6)
        column.addWidget(rule())
        column.addSpacing(6)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        rows: tuple[tuple[str, str, Callable[[], object], str], ...] = (
            ("Vào Gói gửi đi", "package", self._go, "Xuất gói, lập phiếu đăng ký khóa nộp cấp trên."),
            (CHANGE, "key-round", self.ask_change, "Gõ mật khẩu đang dùng, rồi mật khẩu mới."),
            (COPY, "save", self._pick_copy, "Ghi tệp khóa và phiếu khôi phục để in, cất trong phong bì của cơ quan."),
            (BACK, "history", self._pick_back, "Trên máy mới: lấy khóa từ bản sao đã cất."),
            (NEW, "refresh-cw", self.ask_new, "Khóa cũ ký xác nhận khóa mới. Sau đó đăng ký lại với cấp trên."),
            (LOST, "triangle-alert", self.ask_lost, "Quên mật khẩu, mất máy, ngờ có người dùng: lập khóa mới."),
            (TOKEN, "usb", self._pick_library, "Dùng khóa trên thiết bị USB do cơ quan có thẩm quyền cấp."),
            (UNITS, "list-checks", self.show_units, "Khóa đã nhận của đơn vị cấp dưới; hủy khóa bị lấy cắp."),
        )  # fmt: skip
        self.buttons: dict[str, Button] = {}
        self._words: dict[str, Label] = {}
        for place, (words, icon, act, what) in enumerate(rows):
            self.buttons[words] = Button(words, icon=icon, act=act)
            self._words[words] = Label(what, "body", "ink2", wrap=True)
            grid.addWidget(self.buttons[words], place, 0)
            grid.addWidget(self._words[words], place, 1)
        grid.setColumnStretch(1, 1)
        column.addLayout(grid)
        column.addSpacing(6)
        column.addWidget(frame.note(FORGOTTEN))
        column.addStretch(1)
        self._show(self.state)

    # --- showing -------------------------------------------------------------------------------------------------

    def look_again(self) -> None:
        self._session.jobs.run(own_state, self._show)

    def _show(self, state: OwnKeyState) -> None:
        self.state = state
        self.said.setText(state.words)
        self.digits.setText(state.fingerprint)
        self.digits.setVisible(state.has_key)
        shown = {
            CHANGE: state.has_key and not state.token,
            COPY: state.has_key and not state.token,
            BACK: not state.has_key,
            NEW: state.has_key,
            LOST: state.has_key,
            UNITS: self._session.has_below,
        }
        for words, wanted in shown.items():
            self.buttons[words].setVisible(wanted)
            self._words[words].setVisible(wanted)
        self._show_open()

    def _show_open(self) -> None:
        open_now = self._keeper.key is not None
        self.open_state.setText("Khóa đang mở trong máy." if open_now else "Khóa chưa mở.")
        self.open_state.setVisible(self.state.has_key)
        self.lock.setVisible(open_now)

    def _keep_rest(self, minutes: object) -> None:
        if isinstance(minutes, int):
            self._session.settings.key_minutes = minutes
            self._keeper.rest_changed()

    def _go(self) -> None:
        self._session.navigate.emit("export", None)

    def _tell(self, words: str, link: str = "", act: Callable[[], object] | None = None, tone: str = "ok") -> None:
        self._page.banners.show_banner("key", tone, words, link, act, closable=True)

    # --- passphrase ----------------------------------------------------------------------------------------------

    def ask_change(self) -> SecretDialog:
        """Another passphrase for the key."""

        def given(old: str, new: str) -> None:
            self._session.jobs.run(
                lambda store: own_keys.change_passphrase(store, old, new, self._rounds),
                done,
                partial(self._refused, dialog),
                words="Đang đổi mật khẩu",
            )

        def done(_none: object) -> None:
            dialog.accept()
            self._tell("Đã đổi mật khẩu. Bản sao khóa cũ vẫn mở bằng mật khẩu cũ: ghi bản mới, hủy bản cũ.", COPY,
                       self._pick_copy)  # fmt: skip

        text = "Đổi xong, khóa và dãy số vẫn như cũ, không phải đăng ký lại."
        dialog = SecretDialog(self, "Đổi mật khẩu của khóa", text, "Đổi mật khẩu", given, old=True, new=True)
        return self._opened(dialog)

    def _refused(self, dialog: SecretDialog, failure: BaseException) -> None:
        if isinstance(failure, UserError) and failure.code in _AGAIN:
            dialog.refuse(str(failure))
        else:
            dialog.let_go()
            dialog.reject()
            self._session.problem.emit(failure)

    def _opened(self, dialog: SecretDialog) -> SecretDialog:
        self.dialog = dialog
        dialog.finished.connect(self._closed)
        dialog.open()
        return dialog

    def _closed(self) -> None:
        self.dialog = None

    # --- copy and putting back -----------------------------------------------------------------------------------

    def _pick_copy(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "Ghi bản sao khóa vào", str(begin_at(self._page)))
        if name:
            self.copy_into(Path(name))

    def copy_into(self, folder: Path) -> None:
        """Writes the key's file and the recovery sheet into a folder or onto a stick, read back."""

        def write(made: KeyBackup) -> None:
            self._session.jobs.aside(
                lambda _progress: own_keys.write_backup(made, folder), self._copied, words="Đang ghi bản sao khóa"
            )

        self._session.jobs.run(lambda store: own_keys.key_backup(store, store.clock()), write)

    def _copied(self, made: tuple[Path, Path]) -> None:
        file, sheet = made
        self._tell(
            f"Đã ghi {file.name} và phiếu khôi phục vào {file.parent}, đọc lại thấy đúng. In phiếu, ghi nơi cất, bỏ "
            "vào phong bì. Mật khẩu không ghi trên phiếu.",
            "In phiếu",
            partial(self.print_sheet, sheet),
        )

    def print_sheet(self, sheet: Path) -> None:
        """Onto the printer of this machine; without one the sheet is opened."""

        def job(progress: Progress) -> str:
            from hoctap_desktop.ui.paper.printing import make_printer, print_pdf, printers

            name = printers().default
            if name:
                print_pdf(sheet.read_bytes(), make_printer(name, 1, both_sides=False), 1, progress)
            return name

        self._session.jobs.aside(job, partial(self._printed, sheet))

    def _printed(self, sheet: Path, printer: str) -> None:
        if printer:
            self._tell(f"Đã gửi phiếu đến máy in {printer}.")
            return
        self._tell(
            f"Máy này chưa có máy in. Phiếu nằm ở {sheet}; mang sang máy khác để in.",
            "Mở thư mục",
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(sheet.parent))),
            "warn",
        )

    def _pick_back(self) -> None:
        kinds = f"Bản sao khóa (*{own_keys.KEY_EXTENSION})"
        name, _ = QFileDialog.getOpenFileName(self, "Lấy lại khóa từ bản sao", str(begin_at(self._page)), kinds)
        if name:
            self.ask_back(Path(name))

    def ask_back(self, file: Path) -> SecretDialog:
        """Puts a copy of the key back."""

        def given(old: str, _new: str) -> None:
            self._session.jobs.run(
                lambda store: own_keys.restore_key(store, file, old, self._rounds),
                back,
                partial(self._refused, dialog),
                words="Đang mở bản sao khóa",
            )

        def back(signer: Signer) -> None:
            dialog.accept()
            self._keeper.key = signer
            self.look_again()
            self._tell("Đã lấy lại khóa. Hãy so dãy số dưới đây với phiếu khôi phục.")

        text = f"Gõ mật khẩu của khóa trong tệp {file.name}."
        dialog = SecretDialog(self, "Lấy lại khóa từ bản sao", text, "Lấy lại khóa", given, old=True)
        return self._opened(dialog)

    # --- a new key -----------------------------------------------------------------------------------------------

    def ask_new(self) -> None:
        """A new key the old one confirms: the old one is opened first."""
        self._keeper.then(self._page, self._ask_passphrase_of_new)

    def _ask_passphrase_of_new(self, old: Signer) -> None:
        text = (
            "Máy lập khóa mới, khóa cũ ký xác nhận rồi thôi dùng. Những gói đã ký mà chưa nộp thì nộp trước khi cấp "
            "trên nhận khóa mới."
        )
        self._new_dialog("Thay khóa mới", text, old)

    def ask_lost(self) -> SecretDialog:
        """A new key nothing confirms: the stamped sheet alone speaks for it."""
        text = (
            "Khóa cũ không xác nhận được khóa mới, nên cấp trên phải so lại với phiếu có dấu. Bị lấy cắp hoặc ngờ có "
            "người dùng thì gọi ngay để cấp trên hủy khóa cũ."
        )
        return self._new_dialog("Lập khóa mới vì mất hoặc lộ khóa", text, None, tone="warn")

    def _new_dialog(self, title: str, text: str, old: Signer | None, tone: str = "pri") -> SecretDialog:
        def given(_old: str, new: str) -> None:
            self._session.jobs.run(
                lambda store: own_keys.new_key(store, new, store.clock(), old, self._rounds),
                made,
                partial(self._refused, dialog),
                words="Đang lập khóa mới",
            )

        def made(signer: Signer) -> None:
            dialog.accept()
            self._keeper.lock()
            self._keeper.key = signer
            self._tell_new(confirmed=old is not None)

        dialog = SecretDialog(self, title, text, "Lập khóa mới", given, new=True, tone=tone)
        return self._opened(dialog)

    def _tell_new(self, *, confirmed: bool) -> None:
        self.look_again()
        said = "Khóa cũ đã ký xác nhận." if confirmed else "Cấp trên phải so với phiếu có dấu."
        self._tell(
            f"Đã có khóa mới. {said} Lập phiếu đăng ký, nộp cấp trên trước hoặc cùng gói đầu tiên ký bằng khóa này.",
            "Vào Gói gửi đi",
            self._go,
            "info",
        )

    # --- a token -------------------------------------------------------------------------------------------------

    def _pick_library(self) -> None:
        kinds = "Thư viện PKCS#11 của hãng (*.dll *.so *.dylib);;Mọi tệp (*)"
        name, _ = QFileDialog.getOpenFileName(self, "Thư viện của thiết bị ký", "", kinds)
        if name:
            self.look_at_token(Path(name))

    def look_at_token(self, library: Path) -> None:
        """Lists the keys on the tokens of a vendor's library, in a process of its own."""

        def listed(found: tuple[TokenKey, ...]) -> None:
            if not found:
                self._session.problem.emit(UserError(Code.TOKEN_MISSING))
                return
            dialog = TokenDialog(self, found, self._chosen)
            self.dialog = dialog
            dialog.finished.connect(self._closed)
            dialog.open()

        self._session.jobs.aside(lambda _progress: keys_on(library), listed, words="Đang xem thiết bị ký")

    def _chosen(self, key: TokenKey) -> None:
        def found(another: bool) -> None:
            if another:
                self._keeper.then(self._page, lambda old: self._use(key, old))
            else:
                self._use(key, None)

        self._session.jobs.run(lambda store: own_keys.gives_way(store, key), found)

    def _use(self, key: TokenKey, old: Signer | None) -> None:
        def done(_none: None) -> None:
            self._keeper.lock()
            self._tell_new(confirmed=old is not None)

        self._session.jobs.run(lambda store: own_keys.use_token(store, key, store.clock(), old), done)

    # --- the units below -----------------------------------------------------------------------------------------

    def show_units(self) -> None:
        """The keys accepted so far, and revoking one."""

        def show(keys: tuple[UnitKey, ...]) -> None:
            dialog = UnitKeysDialog(self, keys, self._ask_revoke, self.ask_issue)
            self.dialog = dialog
            dialog.finished.connect(self._closed)
            dialog.open()

        self._session.jobs.run(unit_keys, show)

    def ask_issue(self) -> None:
        """The signed list of keys for the units below; after a new key it carries what the old one said."""
        self._keeper.then(self._page, self._pick_issue)

    def _pick_issue(self, key: Signer) -> None:
        name = QFileDialog.getExistingDirectory(self, "Ghi sổ khóa vào", str(begin_at(self._page)))
        if name:
            self.issue_into(Path(name), key)

    def issue_into(self, folder: Path, key: Signer) -> None:
        """Writes the roster into a folder or onto a stick, read back."""

        def write(issued: Sealed) -> None:
            self._session.jobs.aside(
                lambda _progress: write_to(folder, issued.name, issued.data), self._issued, words="Đang ghi sổ khóa"
            )

        self._session.jobs.run(lambda store: enrolment.issue_roster(store, key, store.clock()), write)

    def _issued(self, file: Path) -> None:
        self._tell(f"Đã ghi {file.name} vào {file.parent}, đọc lại thấy đúng. Chép cho các đơn vị cùng phiếu trả lời.")

    def _ask_revoke(self, key: UnitKey) -> None:
        self.dialog = ask(
            self,
            f"Hủy khóa của {key.unit}?",
            "Từ hôm nay máy không nhận gói nào ký bằng khóa này nữa; gói đã nhận vẫn giữ. Khóa tiếp theo của đơn vị mở "
            "một kỳ mới, lần nộp đếm lại từ đầu. Việc này không lấy lại được.",
            yes="Hủy khóa",
            no="Giữ lại",
            act=lambda: self._revoke(key),
            danger=True,
        )

    def _revoke(self, key: UnitKey) -> None:
        def done(_keys: object) -> None:
            self._tell(
                f"Đã hủy khóa của {key.unit}. Báo đơn vị lập khóa mới, nộp phiếu đăng ký có dấu, rồi ghi sổ khóa mới "
                "cho đơn vị.",
                UNITS,
                self.show_units,
            )

        self._session.jobs.run(lambda store: enrolment.revoke(store, key.code, store.clock()), done)
