"""The button Excel of the report: Xuất biểu Excel, Nhập từ Excel."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu

from hoctap_desktop.filing.model import Filing, Status
from hoctap_desktop.filing.workbook import workbook_name
from hoctap_desktop.filing.workbook_reader import Reading, read_workbook
from hoctap_desktop.form.loader import form_by_id
from hoctap_desktop.foundation.progress import Progress
from hoctap_desktop.office import workbook
from hoctap_desktop.office.workbook import Looked
from hoctap_desktop.ui import files
from hoctap_desktop.ui.page import Page
from hoctap_desktop.ui.report.differences import DifferencesDialog
from hoctap_desktop.ui.widgets.buttons import Button

_BANNER = "excel"
EXPORT, IMPORT = "Xuất biểu Excel…", "Nhập từ Excel…"
EXPORT_KEY, IMPORT_KEY = "Ctrl+Shift+E", "Ctrl+Shift+I"


@dataclass(frozen=True)
class WorkbookWays:
    """How the page is asked and told.

    filing: what is open, None while nothing is; hand_over: what is being typed goes to the store; read_again: the
    store has others.
    """

    filing: Callable[[], Filing | None]
    hand_over: Callable[[], object]
    read_again: Callable[[], object]


class PageWorkbook(QObject):
    """Belongs to a page; `button` is for its title row."""

    def __init__(self, page: Page, ways: WorkbookWays) -> None:
        super().__init__(page)
        self._page, self._ways = page, ways
        self.button = Button("Excel", icon="table", size="small", act=self._open_menu)
        self.button.may_shorten("")
        self.button.setAccessibleName("Excel: xuất biểu, nhập biểu")
        self.button.setToolTip(f"Xuất biểu Excel ({EXPORT_KEY}), nhập từ Excel ({IMPORT_KEY})")
        for keys, act in ((EXPORT_KEY, self.export), (IMPORT_KEY, self.choose)):
            shortcut = QShortcut(QKeySequence(keys), page)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        self.dialog: DifferencesDialog | None = None
        page.session.campaign_changed.connect(self._drop_banner)

    def _drop_banner(self) -> None:
        """What it tells and gives back is of the report of another campaign."""
        self._page.banners.drop(_BANNER)

    def menu(self) -> QMenu:
        """What can be done now; a final report only goes out."""
        menu = QMenu(self.button)
        filing = self._ways.filing()
        menu.addAction(EXPORT, self.export)
        action = menu.addAction(IMPORT, self.choose)
        if filing is not None and filing.status is Status.FINAL:
            action.setEnabled(False)
            action.setText(f"{IMPORT} (đã chốt: lập lần sau rồi nhập)")
        return menu

    def _open_menu(self) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.button.mapToGlobal(self.button.rect().bottomLeft()))

    # --- out ------------------------------------------------------------------------------------------------------

    def export(self) -> None:
        """Asks for a place, writes the workbook of what stands in the store."""
        filing = self._ways.filing()
        if filing is None:
            return
        self._ways.hand_over()
        job = partial(workbook.workbook_of, id=filing.id)
        self._page.session.after_saves(job, partial(self._save, filing), words="Đang lập biểu Excel")

    def _save(self, filing: Filing, data: bytes) -> None:
        files.save_as(self._page, workbook_name(filing), files.SHEETS, lambda: data)

    # --- in -------------------------------------------------------------------------------------------------------

    def choose(self) -> None:
        """Asks for the workbook that came back."""
        filing = self._ways.filing()
        if filing is None or filing.status is Status.FINAL:
            return
        files.choose_one(self._page, "Chọn biểu Excel đã điền", files.SHEETS, self._take_first)

    def _take_first(self, chosen: Sequence[Path]) -> None:
        self.look_at(chosen[0])

    def look_at(self, path: Path) -> None:
        """Reads a workbook away from the store and the screen, then holds it against the report."""
        self._ways.hand_over()

        def read(_progress: Progress) -> Reading:
            return read_workbook(path, form_by_id)

        self._page.session.jobs.aside(read, self._compare, words=f"Đang đọc {path.name}")

    def _compare(self, reading: Reading) -> None:
        job = partial(workbook.held_against, reading=reading)
        self._page.session.after_saves(job, self._show, words="Đang so với báo cáo")

    def _show(self, looked: Looked) -> None:
        dialog = DifferencesDialog(self._page, looked.comparison)
        dialog.agreed.connect(partial(self._take, looked))
        dialog.wanted_new.connect(self.export)
        self.dialog = dialog
        dialog.destroyed.connect(self._forget)
        dialog.open()

    def _forget(self) -> None:
        self.dialog = None

    def _take(self, looked: Looked, fields: object) -> None:
        assert isinstance(fields, frozenset)
        job = partial(workbook.take, looked=looked, fields=fields)
        self._page.session.save(job, partial(self._taken, looked, fields), filing=looked.filing.id)

    def _taken(self, looked: Looked, fields: frozenset[str], _filing: Filing) -> None:
        self._ways.read_again()
        words = f"Đã lấy {len(fields)} mục từ Excel."
        back = partial(self._give_back, looked, fields)
        self._page.banners.show_banner(_BANNER, "ok", words, "Trả lại như cũ", back, closable=True)

    def _give_back(self, looked: Looked, fields: frozenset[str]) -> None:
        self._ways.hand_over()
        self._page.banners.drop(_BANNER)
        job = partial(workbook.give_back, looked=looked, fields=fields)
        self._page.session.save(job, self._given_back, filing=looked.filing.id)

    def _given_back(self, kept: tuple[str, ...]) -> None:
        self._ways.read_again()
        words = f"Đã trả lại như trước khi lấy từ Excel. Giữ chỗ sửa sau đó: {', '.join(kept)}." if kept else ""
        self._page.banners.show_banner(
            _BANNER, "ok", words or "Đã trả lại như trước khi lấy từ Excel.", leaves=not kept, closable=True
        )
