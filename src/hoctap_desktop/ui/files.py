"""Asking where files are and where one shall be written; writing it and saying where it is."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from hoctap_desktop.foundation.files import replace_whole
from hoctap_desktop.foundation.progress import Progress
from hoctap_desktop.submission.seal import EXTENSION
from hoctap_desktop.ui import theme
from hoctap_desktop.ui.page import Page

SHEETS = "Bảng tính Excel (*.xlsx)"
PAPERS = "Bản in PDF (*.pdf)"
WORDS = "Văn bản Word (*.docx)"


def choose_files(page: Page, take: Callable[[Sequence[Path]], object]) -> QFileDialog:
    """Asks for files; `take` gets them when a person picked some."""
    dialog = QFileDialog(
        page, "Chọn tệp của các đơn vị", str(begin_at(page)), f"Gói của chương trình (*{EXTENSION});;Mọi tệp (*)"
    )
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    return _open(page, dialog, take)


def choose_one(page: Page, title: str, kind: str, take: Callable[[Sequence[Path]], object]) -> QFileDialog:
    """Asks for one file. kind: SHEETS, PAPERS or WORDS."""
    dialog = QFileDialog(page, title, str(begin_at(page)), f"{kind};;Mọi tệp (*)")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return _open(page, dialog, take)


def choose_folder(page: Page, take: Callable[[Sequence[Path]], object]) -> QFileDialog:
    """Asks for one folder or stick."""
    dialog = QFileDialog(page, "Chọn thư mục hoặc USB", str(begin_at(page)))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    return _open(page, dialog, take)


def choose_place(page: Page, act: Callable[[Path], object]) -> QFileDialog:
    """Asks for a folder to write into, beginning at the person's documents."""
    dialog = QFileDialog(page, "Chọn thư mục", str(documents()))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda name: act(Path(name)))
    _show(page, dialog)
    return dialog


def begin_at(page: Page) -> Path:
    """Where a dialog opens: where the last one ended, else the person's documents."""
    return page.session.settings.folder or documents()


def documents() -> Path:
    """The person's folder for documents, as the system names it; their own folder where nobody made that one.

    A dialog that begins at a folder that is not there takes its name for what was typed, and Chọn stays grey.
    """
    named = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
    return named if os.path.isdir(named) else Path.home()  # noqa: PTH112 - False, too, where asking is refused


def _open(page: Page, dialog: QFileDialog, take: Callable[[Sequence[Path]], object]) -> QFileDialog:
    def chosen(names: Sequence[str]) -> None:
        paths = [Path(name) for name in names]
        page.session.settings.folder = paths[0] if paths[0].is_dir() else paths[0].parent
        take(paths)

    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.filesSelected.connect(chosen)
    _show(page, dialog)
    return dialog


def _show(page: Page, dialog: QFileDialog) -> None:
    """Where the system has no dialog of its own, Qt's begins too narrow for its columns; the system's is left alone."""
    over = page.window()
    dialog.resize(min(theme.px(860), over.width() - 32), min(theme.px(520), over.height() - 64))
    dialog.open()


def save_as(page: Page, name: str, kind: str, make: Callable[[], bytes]) -> QFileDialog:
    """Asks for a place; then makes and writes the file aside, and says where it is. kind: SHEETS, PAPERS or WORDS."""
    dialog = QFileDialog(page, "Lưu thành", str(begin_at(page) / name), kind)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(Path(name).suffix.lstrip("."))
    return _open(page, dialog, lambda chosen: write(page, chosen[0], make))


def write(page: Page, path: Path, make: Callable[[], bytes]) -> None:
    """Makes a file and writes it whole, away from the screen's thread."""

    def job(_progress: Progress) -> Path:
        replace_whole(path, make())
        return path

    page.session.jobs.aside(job, lambda done: _tell(page, done), words=f"Đang ghi {path.name}")


def _tell(page: Page, path: Path) -> None:
    folder = QUrl.fromLocalFile(str(path.parent))
    page.banners.show_banner(
        "saved",
        "ok",
        f"Đã lưu {path.name} vào {path.parent}.",
        "Mở thư mục",
        lambda: QDesktopServices.openUrl(folder),
        leaves=True,
    )
