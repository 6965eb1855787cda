"""Page 4: the passphrase of the office's key; once it is made, the enrolment sheet, printed or saved at once."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from hoctap_desktop.foundation.progress import Progress
from hoctap_desktop.submission.enrolment import Request
from hoctap_desktop.ui.files import documents
from hoctap_desktop.ui.first_run import frame
from hoctap_desktop.ui.jobs import Jobs
from hoctap_desktop.ui.passphrase import PASSPHRASE_HINT, strength
from hoctap_desktop.ui.widgets.banner import BannerArea
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.fields import TextField
from hoctap_desktop.ui.widgets.labels import Label

FORGOTTEN = "Máy không nhớ mật khẩu. Quên thì phải lập khóa mới và đăng ký lại với cấp trên."


@dataclass(frozen=True)
class Made:
    """A store that stands. asked: the enrolment of its key, None without a key or an upper unit; sheet: its PDF."""

    path: Path
    fingerprint: str = ""
    asked: Request | None = None
    sheet: bytes = b""
    receiver: str = ""


class KeyPage(QWidget):
    """`wanted(passphrase)`: make the office, "" without a key; `open_office(Path)`; `back()`."""

    wanted = Signal(str)
    open_office = Signal(Path)
    back = Signal()

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self._jobs = jobs
        self._made: Made | None = None
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self._halves = QStackedWidget()
        self._halves.addWidget(self._ask_half())
        self._halves.addWidget(self._sheet_half())
        whole.addWidget(self._halves)

    # --- the passphrase ------------------------------------------------------------------------------------------

    def _ask_half(self) -> QWidget:
        under = "Khóa ký mọi gói gửi đi. Mật khẩu giữ khóa khỏi tay người khác dùng máy này."
        page, column = frame.page("Đặt mật khẩu cho khóa của đơn vị", under)
        self._whose = Label("", "group", wrap=True)
        column.addWidget(self._whose)
        column.addSpacing(8)
        self.passphrase = TextField("Mật khẩu", hint=PASSPHRASE_HINT)
        self.again = TextField("Gõ lại mật khẩu")
        for field in (self.passphrase, self.again):
            field.edit.setEchoMode(QLineEdit.EchoMode.Password)
            field.setMaximumWidth(460)
            line = QHBoxLayout()  # a column asks how high a field is at its own width, not at the field's
            line.addWidget(field, 100)
            line.addStretch(1)
            column.addLayout(line)
            column.addSpacing(12)
        self.passphrase.edited.connect(self.judge)
        self.passphrase.edit.returnPressed.connect(self.again.edit.setFocus)
        self.again.edited.connect(lambda _text: self.again.show_state())
        self.again.edit.returnPressed.connect(self._keyed)
        column.addWidget(frame.note(FORGOTTEN))
        column.addSpacing(20)
        self.make = Button("Tạo dữ liệu và khóa", "primary", icon="key-round", size="large", act=self._keyed)
        self.skip = Button("Để khóa sau", size="large", words="Chưa có khóa thì chưa xuất được gói", act=self._skip)
        column.addWidget(frame.acts(self.make, self.skip, Button("Về bước trước", size="large", act=self.back.emit)))
        self.working = Label("", "body", "ink2")
        column.addSpacing(8)
        column.addWidget(self.working)
        column.addStretch(1)
        return page

    def show_office(self, short_name: str) -> None:
        self._whose.setText(f"Khóa của {short_name}")

    def judge(self, text: str) -> None:
        """Says how strong the passphrase is while it is typed."""
        said = strength(text)
        self.passphrase.show_state("warn" if text and said.tone != "ok" else "normal", said.words if text else "")

    def _keyed(self) -> None:
        typed = self.passphrase.text()
        said = strength(typed)
        if not said.enough:
            self.passphrase.show_state("error", said.words)
            self.passphrase.edit.setFocus()
            return
        self.passphrase.show_state()
        if self.again.text() != typed:
            self.again.show_state("error", "Hai lần gõ chưa giống nhau.")
            self.again.edit.setFocus()
            return
        self.again.show_state()
        self.wanted.emit(typed)

    def _skip(self) -> None:
        self.wanted.emit("")

    # --- the sheet -----------------------------------------------------------------------------------------------

    def _sheet_half(self) -> QWidget:
        page, column = frame.page("Nộp phiếu đăng ký khóa", "Dữ liệu và khóa đã tạo xong. Còn một việc làm một lần.")
        self.banners = BannerArea()
        column.addWidget(self.banners)
        self.banners.setContentsMargins(0, 0, 0, 12)  # it does not touch what stands under it
        self._told = Label("", "reading", wrap=True)
        column.addWidget(self._told)
        column.addSpacing(10)
        self.digits = Label("", "card", selectable=True)
        self.digits.setAccessibleName("Dãy số khóa")
        column.addWidget(self.digits)
        column.addSpacing(16)
        self.print = Button("In phiếu", icon="printer", size="large", act=self.print_sheet)
        self.save = Button("Lưu phiếu và tệp đăng ký", icon="save", size="large", act=self._pick)
        column.addWidget(frame.acts(self.print, self.save))
        column.addSpacing(20)
        column.addWidget(frame.note("Chưa in được bây giờ thì vào Gói gửi đi, Tạo phiếu đăng ký khóa."))
        column.addSpacing(20)
        self.enter = Button("Vào Trang chính", "primary", icon="arrow-right", size="large", act=self._enter)
        column.addWidget(frame.acts(self.enter))
        column.addStretch(1)
        return page

    def show_made(self, made: Made) -> None:
        """The store stands: its sheet, or straight on when there is nobody to enrol with."""
        self._made = made
        self.working.setText("")
        if made.asked is None:
            self.open_office.emit(made.path)
            return
        self._told.setText(
            f"In phiếu, ký, đóng dấu rồi nộp cùng tệp đăng ký cho {made.receiver}. Nơi nhận so dãy số dưới đây với "
            "phiếu, từ đó gói của đơn vị mới được nhận."
        )
        self.digits.setText(made.fingerprint)
        self._halves.setCurrentIndex(1)
        self.print.setFocus()

    def print_sheet(self) -> None:
        """Onto the printer of this machine; without one the sheet is saved instead."""
        made = self._made
        assert made is not None

        def job(progress: Progress) -> str:
            from hoctap_desktop.ui.paper.printing import make_printer, print_pdf, printers

            name = printers().default
            if name:
                print_pdf(made.sheet, make_printer(name, 1, both_sides=False), 1, progress)
            return name

        self._jobs.aside(job, self._printed)

    def _printed(self, printer: str) -> None:
        if printer:
            self.banners.show_banner("sheet", "ok", f"Đã gửi phiếu đến máy in {printer}.")
        else:
            words = "Máy này chưa có máy in. Lưu phiếu vào USB rồi in ở máy khác."
            self.banners.show_banner("sheet", "warn", words)
            self.save.setFocus()

    def _pick(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "Lưu phiếu và tệp đăng ký vào", str(documents()))
        if name:
            self.save_into(Path(name))

    def save_into(self, folder: Path) -> None:
        """Writes the sheet (PDF) and the request (.htgoi) into a folder or onto a stick, read back."""
        made = self._made
        assert made is not None
        asked = made.asked
        assert asked is not None

        def job(_progress: Progress) -> tuple[Path, Path]:
            from hoctap_desktop.submission.outgoing import write_enrolment

            return write_enrolment(asked, folder, lambda _stage: None)

        self._jobs.aside(job, self._saved)

    def _saved(self, made: tuple[Path, Path]) -> None:
        file, sheet = made
        self.banners.show_banner("sheet", "ok", f"Đã ghi {sheet.name} và {file.name} vào {file.parent}.")

    def _enter(self) -> None:
        assert self._made is not None
        self.open_office.emit(self._made.path)
