"""Thiết lập, the data: where they stand, their copies, putting one back, handing over, looking for damage."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from hoctap_desktop.foundation.progress import Progress
from hoctap_desktop.store.attached import unnamed_words
from hoctap_desktop.store.check import Damage
from hoctap_desktop.store.copies import EXTENSION, HANDOVER, CopyHead
from hoctap_desktop.store.database import Store
from hoctap_desktop.ui import theme
from hoctap_desktop.ui.consolidation.inbox_dialog import InboxDialog
from hoctap_desktop.ui.consolidation.inbox_watch import InboxWatch
from hoctap_desktop.ui.copy_keeper import CopyKeeper, CopyState, copy_words
from hoctap_desktop.ui.files import documents
from hoctap_desktop.ui.page import Page
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.dialog import Dialog, ask
from hoctap_desktop.ui.widgets.fields import ChoiceField, TextField
from hoctap_desktop.ui.widgets.labels import Label, rule

_KEPT = (5, 10, 20, 50)


class DataPart(QWidget):
    """Buttons with one sentence each on what they do."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._session = page.session
        self.copies = CopyKeeper.of(page.session)
        self.copies.told.connect(self.show_state)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.file = TextField("Tệp dữ liệu", str(page.session.store_path))
        self.file.edit.setReadOnly(True)
        self.file.show_state("frozen")
        column.addWidget(self.file)
        column.addSpacing(12)
        self.folder = TextField("Thư mục bản sao", str(page.session.settings.copies or ""))
        self.folder.edit.setReadOnly(True)
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(self.folder, 1)
        beside = QVBoxLayout()
        beside.addSpacing(theme.line_height("body") + 4)
        beside.addWidget(Button("Chọn thư mục", icon="folder-open", act=self._choose_folder))
        beside.addStretch(1)
        line.addLayout(beside)
        column.addLayout(line)
        column.addSpacing(8)
        self.kept = ChoiceField("Giữ lại")
        for count in sorted({*_KEPT, page.session.settings.copies_kept}):
            self.kept.add(f"{count} bản gần nhất", count)
        self.kept.choose(page.session.settings.copies_kept)
        self.kept.setMaximumWidth(220)
        self.kept.chosen.connect(self._keep_count)
        column.addWidget(self.kept)
        column.addSpacing(10)
        self.state = Label("", "body", "ink2", wrap=True)
        column.addWidget(self.state)
        column.addSpacing(16)
        column.addWidget(rule())
        column.addSpacing(12)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        leave = self._session.leave_office.emit
        rows: tuple[tuple[str, str, Callable[[], object], str], ...] = (
            ("Sao lưu ngay", "save", self.copy_now, "Ghi thêm một bản sao vào thư mục trên, cả tệp kèm và gói."),
            (
                "Khôi phục",
                "history",
                self._pick_copy,
                "Lấy lại dữ liệu từ một bản sao; dữ liệu đang có vẫn giữ.",
            ),
            ("Soát dữ liệu", "shield-check", self.examine, "Xem dữ liệu có chỗ nào hỏng không. Không sửa gì."),
            ("Bàn giao", "upload", self._pick_handover, "Ghi mọi thứ của đơn vị vào một tệp cho máy hoặc người mới."),
            ("Mở dữ liệu khác", "folder-open", leave, "Về trang đầu để mở đơn vị khác."),
        )
        if self._session.has_below:
            watched = "Chọn thư mục máy theo dõi để báo tệp mới của đơn vị cấp dưới."
            rows = (*rows, ("Thư mục nhận", "inbox", self.ask_inbox, watched))
        self.buttons: dict[str, Button] = {}
        for place, (words, icon, act, what) in enumerate(rows):
            self.buttons[words] = Button(words, icon=icon, act=act)
            grid.addWidget(self.buttons[words], place, 0)
            grid.addWidget(Label(what, "body", "ink2", wrap=True), place, 1)
        grid.setColumnStretch(1, 1)
        column.addLayout(grid)
        column.addStretch(1)
        if self._session.sample:
            for words in ("Sao lưu ngay", "Khôi phục", "Bàn giao"):
                self.buttons[words].disable("Dữ liệu mẫu thoát ra là xóa, không sao lưu")

    def ask_inbox(self) -> InboxDialog:
        """The folder whose new files Tiếp nhận offers."""
        dialog = InboxDialog(self._page, InboxWatch.of(self._session))
        dialog.open()
        return dialog

    def look_again(self) -> None:
        self.copies.look()

    def show_state(self, state: CopyState) -> None:
        """How the copies stand."""
        self.folder.set_text(str(state.folder or ""))
        words, tone = copy_words(state, self._session.now())
        self.state.setText(words)
        self.state.set_token("warn" if tone == "warn" else "ok")

    # --- copies --------------------------------------------------------------------------------------------------

    def _keep_count(self, count: object) -> None:
        if isinstance(count, int):
            self._session.settings.copies_kept = count

    def _choose_folder(self) -> None:
        start = self.folder.text() or str(documents())
        name = QFileDialog.getExistingDirectory(self, "Chọn thư mục giữ bản sao", start)
        if name:
            self.use_folder(Path(name))

    def use_folder(self, folder: Path) -> None:
        """Copies go there from now on; the first one at once."""
        self._session.settings.copies = folder
        self.folder.set_text(str(folder))
        if not self._session.sample:
            self.copies.copy()

    def copy_now(self) -> None:
        """A copy at once; the folder is asked for when none was named."""
        if self._session.settings.copies is None:
            self._choose_folder()
        else:
            self.copies.copy()

    # --- putting back --------------------------------------------------------------------------------------------

    def _pick_copy(self) -> None:
        start = str(self._session.settings.copies or documents())
        kinds = f"Bản sao, tệp bàn giao (*{EXTENSION})"
        name, _ = QFileDialog.getOpenFileName(self, "Khôi phục từ bản sao", start, kinds)
        if name:
            self.ask_restore(Path(name))

    def ask_restore(self, copy: Path) -> None:
        """Says whose copy it is and from when before it takes the place of what is there."""

        def job(_progress: Progress) -> CopyHead:
            from hoctap_desktop.store.copies import look

            return look(copy)

        self._session.jobs.aside(job, partial(self._ask, copy))

    def _ask(self, copy: Path, head: CopyHead) -> Dialog:
        made = head.made_at.astimezone(self._session.now().tzinfo)
        return ask(
            self,
            "Khôi phục dữ liệu từ bản sao?",
            f"Bản sao của {head.unit_name}, lúc {made:%H:%M ngày %d/%m/%Y}. Những gì làm sau lúc đó không có trong bản "
            "sao; dữ liệu đang có vẫn được giữ bên cạnh dưới tên khác. Chương trình sẽ đóng rồi mở lại.",
            yes="Khôi phục",
            no="Để sau",
            act=partial(self._session.restore_wanted.emit, copy),
        )

    # --- handing over, damage ------------------------------------------------------------------------------------

    def _pick_handover(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "Ghi tệp bàn giao vào", str(documents()))
        if name:
            self.hand_over(Path(name))

    def hand_over(self, folder: Path) -> None:
        """Everything of the office as one file in `folder`, for another computer or person."""

        def take(store: Store) -> Callable[[Progress], Path]:
            from hoctap_desktop.office.safekeeping import take as taken

            return taken(store, folder, HANDOVER)

        def write(packing: Callable[[Progress], Path]) -> None:
            self._session.jobs.aside(packing, self._handed_over, words="Đang ghi tệp bàn giao")

        self._session.jobs.run(take, write, words="Đang soát dữ liệu")

    def _handed_over(self, file: Path) -> None:
        self._page.banners.show_banner(
            "handover",
            "ok",
            f"Đã ghi {file.name} vào {file.parent}. Ở máy mới chọn Chuyển từ máy cũ. Mật khẩu của khóa báo riêng cho "
            "người nhận; từ nay chỉ làm việc ở máy mới.",
            closable=True,
        )

    def examine(self) -> None:
        """Looks at every row and file of the store."""

        def job(store: Store) -> tuple[tuple[Damage, ...], int]:
            from hoctap_desktop.store.attached import unnamed
            from hoctap_desktop.store.check import check

            return check(store), len(unnamed(store))

        self._session.jobs.run(job, self._examined, words="Đang soát dữ liệu")

    def _examined(self, found: tuple[tuple[Damage, ...], int]) -> None:
        damage, stray = found
        if not damage:
            said = f"Dữ liệu nguyên vẹn. {unnamed_words(stray)}" if stray else "Dữ liệu nguyên vẹn."
            self._page.banners.show_banner("doctor", "ok", said, leaves=not stray, closable=bool(stray))
            return
        more = f" và {len(damage) - 1} chỗ nữa" if len(damage) > 1 else ""
        said = f"Dữ liệu hỏng ở {damage[0].where}{more}. Hãy khôi phục từ bản sao gần nhất."
        self._page.banners.show_banner("doctor", "danger", said, "Khôi phục", self._pick_copy)
