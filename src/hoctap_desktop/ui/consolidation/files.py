"""Asking where files are and where one shall be written; writing it and saying where it is."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from hoctap_desktop.foundation.files import replace_whole
from hoctap_desktop.foundation.progress import Progress
from hoctap_desktop.submission.seal import EXTENSION
from hoctap_desktop.ui.page import Page

SHEETS = "Bảng tính Excel (*.xlsx)"
PAPERS = "Bản in PDF (*.pdf)"


def choose_files(page: Page) -> list[Path]:
    """The files a person picks, [] for none."""
    names, _ = QFileDialog.getOpenFileNames(
        page, "Chọn tệp của các đơn vị", "", f"Gói của chương trình (*{EXTENSION});;Mọi tệp (*)"
    )
    return [Path(name) for name in names]


def choose_folder(page: Page) -> Path | None:
    """The folder or stick a person picks, None for none."""
    name = QFileDialog.getExistingDirectory(page, "Chọn thư mục hoặc USB")
    return Path(name) if name else None


def save_as(page: Page, name: str, kind: str, make: Callable[[], bytes]) -> None:
    """Asks for a place, makes and writes the file aside, and says on the page where it is. kind: SHEETS or PAPERS."""
    chosen, _ = QFileDialog.getSaveFileName(page, "Lưu thành", name, kind)
    if not chosen:
        return
    path = Path(chosen)
    ending = Path(name).suffix
    if path.suffix.lower() != ending:
        path = path.with_name(path.name + ending)

    def write(progress: Progress) -> Path:  # noqa: ARG001 - one step, nothing to count
        replace_whole(path, make())
        return path

    page.session.jobs.aside(write, lambda done: _tell(page, done), words=f"Đang ghi {path.name}")


def _tell(page: Page, path: Path) -> None:
    page.banners.show_banner(
        "saved", "ok", f"Đã lưu {path.name} vào {path.parent}.", "Mở thư mục", lambda: open_folder(path), leaves=True
    )


def open_folder(path: Path) -> None:
    """Shows the folder of a file in the system's own window."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
