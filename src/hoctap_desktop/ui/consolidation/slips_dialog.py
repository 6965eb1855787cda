"""Ghi phiếu trả lời: for whom, where to, with or without the half page on paper."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt

from hoctap_desktop.foundation.progress import Progress
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission.outgoing import read_back_words, write_to
from hoctap_desktop.submission.signer import Signer
from hoctap_desktop.ui import files
from hoctap_desktop.ui.consolidation import slips as words
from hoctap_desktop.ui.consolidation.slips import Slip, SlipFile
from hoctap_desktop.ui.page import Page
from hoctap_desktop.ui.submission.office_key import OfficeKey
from hoctap_desktop.ui.submission.presenter import Volume, sticks
from hoctap_desktop.ui.submission.volumes import mounted
from hoctap_desktop.ui.widgets.check_box import CheckBox
from hoctap_desktop.ui.widgets.dialog import Dialog
from hoctap_desktop.ui.widgets.fields import ChoiceField

FOLDER = "Thư mục khác…"
_BANNER = "slips"


class SlipsDialog(Dialog):
    """unit: whose slips are chosen at first, "" for all."""

    def __init__(self, page: Page, slips: Sequence[Slip], folders: Sequence[tuple[str, str]], unit: str = "") -> None:
        super().__init__(page, "Ghi phiếu trả lời", icon="file-check-2", tone="pri")
        self._page, self._slips = page, tuple(slips)
        self.said = self.add_text("")
        self.body.addSpacing(4)
        self.whose = ChoiceField("Cho đơn vị")
        self.whose.add(f"Tất cả, {len(words.units_of(slips))} đơn vị", "")
        for one in words.units_of(slips):
            self.whose.add(one.name, one.code)
        self.whose.choose(unit)
        self.whose.chosen.connect(lambda _data: self._count())
        self.body.addWidget(self.whose)
        self.where = ChoiceField("Ghi vào")
        for name, folder in (*folders, (FOLDER, "")):
            self.where.add(name, folder)
        self.body.addWidget(self.where)
        self.printed = CheckBox("Kèm bản in (PDF) của mỗi phiếu, và một tệp in tất cả")
        self.printed.setChecked(True)
        self.body.addWidget(self.printed)
        self.body.addSpacing(4)
        about = "Đơn vị mở tệp trên máy của mình: phiếu tiếp nhận đánh dấu xong, phiếu trả lại chỉ chỗ cần sửa."
        self.add_text(about, "ink2")
        self.add_button("Để sau")
        self.write = self.add_button("Ghi phiếu", "primary", icon="usb", act=self._write)
        self.focus_first(self.write)
        self._count()

    def chosen(self) -> tuple[Slip, ...]:
        """The slips of the unit that is chosen."""
        code = self.whose.data()
        return tuple(slip for slip in self._slips if code in ("", slip.unit.code))

    def _count(self) -> None:
        self.said.setText(f"Sẽ ghi {words.counted(self.chosen())}.")

    def _write(self) -> None:
        slips, printed = self.chosen(), self.printed.isChecked()
        folder = str(self.where.data() or "")

        def into(place: Path) -> None:
            write_slips(self._page, slips, place, printed=printed)

        if folder:
            into(Path(folder))
        else:
            files.choose_place(self._page, into)


def ask_for_slips(page: Page, unit: str = "") -> None:
    """Opens the dialog once it is known what is due and which sticks are there."""

    def show(slips: tuple[Slip, ...]) -> None:
        if not slips:
            page.banners.show_banner(_BANNER, "info", "Chưa có gói nào để trả lời.", closable=True)
            return

        def with_sticks(volumes: Sequence[Volume]) -> None:
            found = sticks(volumes)
            dialog = SlipsDialog(page, slips, [(one.words, one.folder) for one in found], unit)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()

        page.session.jobs.aside(lambda _progress: mounted(), with_sticks)

    page.session.jobs.run(words.read_slips, show, words="Đang xem phiếu")


def write_slips(page: Page, slips: Sequence[Slip], folder: Path, *, printed: bool) -> None:
    """Signs what was not signed yet (asking for the key then), writes all of it and says so."""

    def sign(key: Signer | None) -> None:
        def job(store: Store) -> tuple[SlipFile, ...]:
            return words.files_of(store, slips, key, printed=printed)

        page.session.jobs.run(job, write, words="Đang ký phiếu")

    def write(files: tuple[SlipFile, ...]) -> None:
        def job(progress: Progress) -> str:
            for done, one in enumerate(files):
                progress(done, len(files), one.name)
                write_to(folder, one.name, one.data)
            return f"({len(files)} tệp) vào {folder}. {read_back_words(folder)}"

        page.session.jobs.aside(job, told, words="Đang ghi phiếu", things="tệp")

    def told(where: str) -> None:
        page.banners.show_banner(_BANNER, "ok", f"Đã ghi {words.counted(slips)} {where}", closable=True)

    if all(slip.signed for slip in slips):
        sign(None)
    else:
        OfficeKey.of(page.session).then(page, sign)
