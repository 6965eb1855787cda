"""Tệp kèm: the files beside a filing or an entry of the diary, by drop or dialog, with thumbnails."""

import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QDesktopServices,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QImage,
    QImageIOHandler,
    QImageReader,
    QPainter,
    QPixmap,
)
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from hoctap_desktop.filing import attaching, attachment_rows
from hoctap_desktop.filing.attaching import Attached, Beside, Got
from hoctap_desktop.filing.attachments import LARGEST, MOST_BYTES, Attachment, Refused, kind_words, size_words
from hoctap_desktop.foundation.files import replace_whole
from hoctap_desktop.foundation.progress import Progress
from hoctap_desktop.foundation.text import shortened_inside
from hoctap_desktop.store import passing
from hoctap_desktop.store.database import Store
from hoctap_desktop.ui import files, icons, theme
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.page import Page
from hoctap_desktop.ui.reading_order import bring_in_sight
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.dialog import Dialog, ask
from hoctap_desktop.ui.widgets.drop_zone import DropZone
from hoctap_desktop.ui.widgets.fields import Message
from hoctap_desktop.ui.widgets.labels import ElidedLabel, Label

THUMB = QSize(48, 36)
_NAMED = 5  # of the files that were not taken
_SHORT = 40  # letters of a name among other words
_MOST_PIXELS = 120_000_000
DIARY = "diary-"
KINDS = "Ảnh, PDF, Excel, Word (*.jpg *.jpeg *.png *.pdf *.xlsx *.docx);;Mọi tệp (*)"


def read_files(store: Store, owner: str, revision: int | None = None) -> Beside:
    """What stands beside an owner: a filing (its newest revision, or the one named), or an entry of the diary."""
    if owner.startswith(DIARY):
        return Beside(attachment_rows.attached(store, owner), True)
    return attaching.beside(store, owner, revision)


def add_files(store: Store, owner: str, read: Sequence[Got | Refused], revision: int | None = None) -> Attached:
    """Attaches files that were read to an owner."""
    if owner.startswith(DIARY):
        return attaching.attach_read_to(store, owner, 0, read)
    return attaching.attach_read(store, owner, read, revision)


def thumbnail(extension: str, data: bytes, size: QSize) -> QImage | None:
    """A small picture of a photo, or of a PDF's first page; None when there is none. Runs off the screen's thread."""
    if extension == "pdf":
        return _first_page(data, size)
    if extension not in ("jpg", "png"):
        return None
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, b"png" if extension == "png" else b"jpeg")
    reader.setAutoTransform(True)
    whole = reader.size()
    # a small file may claim a picture that no memory holds
    if not whole.isValid() or whole.width() * whole.height() > _MOST_PIXELS:
        return None
    turned = bool(reader.transformation() & QImageIOHandler.Transformation.TransformationRotate90)
    box = size.transposed() if turned else size  # it is scaled before it is turned upright
    reader.setScaledSize(whole.scaled(box, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    return None if image.isNull() else image


def _first_page(data: bytes, size: QSize) -> QImage | None:
    """A file of somebody else: PDFium reads it in a process of its own."""
    from hoctap_desktop.document.pdf_outside import first_page

    found = first_page(data, size.width(), size.height())
    if found is None:
        return None
    return QImage(found.rgb, found.width, found.height, 3 * found.width, QImage.Format.Format_RGB888).copy()


class AttachedFiles(QWidget):
    """The section "Tệp kèm" of a page: `show_owner(id)`. `changed(owner, count)` after it was read or changed.

    share: words of the act that attaches a file of the diary elsewhere.
    """

    changed = Signal(str, int)
    shared = Signal(int)

    def __init__(self, page: Page, *, share: str = "", title: str = "Tệp kèm") -> None:
        super().__init__()
        self._page = page
        self._share = share
        self._owner = ""
        self._revision: int | None = None
        self._beside = Beside((), True)
        self._pictures: dict[str, QImage | None] = {}
        self._thumbs: dict[str, QLabel] = {}
        self.setAcceptDrops(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(10)
        self.title = Label(title, "group")
        if title:
            head.addWidget(self.title)
        else:
            self.title.setParent(self)  # without one it would be a window of its own
            self.title.hide()
        limits = f"{'m' if title else 'M'}ỗi tệp đến {size_words(LARGEST)}, cả thảy {size_words(MOST_BYTES)}"
        self.limits = ElidedLabel(limits, "secondary", "ink3")
        head.addWidget(self.limits, 1)
        column.addLayout(head)
        self.rows = QVBoxLayout()
        self.rows.setSpacing(2)
        column.addLayout(self.rows)
        self.zone = DropZone("Thả ảnh, bản quét, PDF đã ký vào đây", over="Thả ra là kèm")
        self.choose = Button("Chọn tệp", icon="folder-open", size="small", words="Chọn tệp để kèm", act=self.ask_files)
        self.zone.add(self.choose)
        self.zone.dropped.connect(self.add)
        column.addWidget(self.zone)
        self.why = Label("", "secondary", "ink2", wrap=True)
        self.why.hide()
        column.addWidget(self.why)
        self.message = Message()
        column.addWidget(self.message)
        self._refused = False  # told, and perhaps under a long list
        self._gone: Attachment | None = None
        self.back = Button("", "link", size="small", act=self.put_back)
        self.back.set_flush()
        self.back.hide()
        column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)

    # --- dropped beside the zone, which a long list puts out of sight -------------------------------------------------

    @guarded(None)
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._beside.open:
            self.zone.dragEnterEvent(event)

    @guarded(None)
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.zone.dragLeaveEvent(event)

    @guarded(None)
    def dropEvent(self, event: QDropEvent) -> None:
        self.zone.dropEvent(event)

    # --- reading --------------------------------------------------------------------------------------------------

    def show_owner(self, owner: str, revision: int | None = None) -> None:
        """Reads and shows the files of a filing or an entry; "" for none. revision: None for the newest."""
        if (owner, revision) != (self._owner, self._revision):
            self._revision = revision
            self._beside = Beside((), True)
            self._owner = owner
            self._gone = None
            self.back.hide()
            self.message.say("")
            self._show()
        if owner:
            job = partial(read_files, owner=owner, revision=revision)
            self._page.session.jobs.run(job, partial(self._take, owner))

    def owner(self) -> str:
        return self._owner

    def shown(self) -> tuple[Attachment, ...]:
        """The files on the screen."""
        return self._beside.files

    def _take(self, owner: str, beside: Beside) -> None:
        if owner == self._owner:
            self._beside = beside
            self._show()
        self.changed.emit(owner, len(beside.files))
        if self._refused:
            self._refused = False
            QTimer.singleShot(0, self.message, partial(bring_in_sight, self.message))

    def _show(self) -> None:
        while (item := self.rows.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self._thumbs = {}
        for one in self._beside.files:
            self.rows.addWidget(self._row(one))
        self.zone.setVisible(self._beside.open)
        self.limits.setVisible(self._beside.open)
        self.why.setText(self._beside.why)
        self.why.setVisible(bool(self._beside.why))

    def _row(self, one: Attachment) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 2, 0, 2)
        line.setSpacing(10)
        thumb = QLabel()
        thumb.setFixedSize(THUMB)
        thumb.setAlignment(Qt.AlignmentFlag.AlignCenter)
        thumb.setPixmap(icons.pixmap("file-text", "ink3", 24))
        line.addWidget(thumb)
        self._thumbs[one.kept] = thumb
        self._picture(one)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(ElidedLabel(one.name, "body"))
        words.addWidget(ElidedLabel(kind_words(one), "secondary", "warn" if one.active else "ink2"))
        line.addLayout(words, 1)
        acts: list[tuple[str, str, Callable[[], object]]] = [
            ("eye", f"Mở {one.name}", partial(self._open, one)),
            ("file-down", f"Lưu {one.name} ra nơi khác", partial(self._save, one)),
        ]
        if self._share:
            acts.append(("clipboard-list", f"{self._share}: {one.name}", partial(self.shared.emit, one.number)))
        if self._beside.open and one.number not in self._beside.fixed:
            acts.append(("trash-2", f"Bỏ {one.name}", partial(self.remove, one)))
        for icon, tip, act in acts:
            line.addWidget(Button("", "icon", icon=icon, words=tip, act=act))
        return row

    # --- pictures -------------------------------------------------------------------------------------------------

    def _picture(self, one: Attachment) -> None:
        if one.kept in self._pictures:
            self._hang(one.kept)
            return
        if one.extension in ("jpg", "png", "pdf") and not (one.extension == "pdf" and one.active):
            self._page.session.jobs.run(partial(attaching.contents, one=one), partial(self._paint, one), _nothing)

    def _paint(self, one: Attachment, data: bytes) -> None:
        size = THUMB * self.devicePixelRatioF()
        job = partial(_painted, extension=one.extension, data=data, size=size)
        self._page.session.jobs.aside(job, partial(self._painted, one.kept), _nothing)

    def _painted(self, kept: str, image: QImage | None) -> None:
        self._pictures[kept] = image
        self._hang(kept)

    def _hang(self, kept: str) -> None:
        image, thumb = self._pictures.get(kept), self._thumbs.get(kept)
        if image is not None and thumb is not None:
            picture = QPixmap.fromImage(image)
            painter = QPainter(picture)
            painter.setPen(theme.color("line"))
            painter.drawRect(picture.rect().adjusted(0, 0, -1, -1))  # a white page would have no edge
            painter.end()
            picture.setDevicePixelRatio(self.devicePixelRatioF())
            thumb.setPixmap(picture)

    # --- acts -----------------------------------------------------------------------------------------------------

    def ask_files(self) -> QFileDialog:
        """Asks for files; they are attached when some were picked."""
        dialog = QFileDialog(self._page, "Chọn tệp để kèm", str(files.begin_at(self._page)), KINDS)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(self._chosen)
        dialog.open()
        return dialog

    def _chosen(self, names: Sequence[str]) -> None:
        if names:
            self._page.session.settings.folder = Path(names[0]).parent
            self.add([Path(name) for name in names])

    def add(self, paths: Sequence[Path]) -> None:
        """Attaches files; what could not be taken is told, each with its reason."""
        owner = self._owner
        if not owner or not self._beside.open:
            return
        read = partial(attaching.read_outside, tuple(paths), self._beside.files)
        done = partial(self._read, owner, self._revision)
        self._page.session.jobs.aside(read, done, words="Đang đọc", things="tệp", stoppable=True)

    def _read(self, owner: str, revision: int | None, read: Sequence[Got | Refused]) -> None:
        job = partial(add_files, owner=owner, read=read, revision=revision)
        self._page.session.jobs.run(job, partial(self._added, owner), self._broke_off, words="Đang kèm")

    def _added(self, owner: str, done: Attached) -> None:
        self.message.say(refused_words(done.refused) if done.refused else "", "warn")
        self._refused = bool(done.refused)
        self.show_owner(owner, self._revision)

    def _broke_off(self, failure: BaseException) -> None:
        """The disk refused: those before stand there."""
        self._page.session.problem.emit(failure)
        self.show_owner(self._owner, self._revision)

    def remove(self, one: Attachment) -> None:
        """Takes a file away into the trash; the line under the list puts it back."""
        self._page.session.save(partial(attaching.remove, number=one.number), partial(self._removed, one))

    def _removed(self, one: Attachment, _now: object) -> None:
        self._gone = one
        self.message.say("")
        self.back.setText(f"Đã bỏ «{shortened_inside(one.name, _SHORT)}». Lấy lại")
        self.back.show()
        self.show_owner(self._owner, self._revision)

    def put_back(self) -> None:
        """The file that was taken away last stands there again."""
        if self._gone is not None:
            job = partial(attaching.put_back, number=self._gone.number)
            self._gone = None
            self.back.hide()
            self._page.session.save(job, self._is_back)

    def _is_back(self, _now: object) -> None:
        self.show_owner(self._owner, self._revision)

    def _save(self, one: Attachment) -> None:
        self._page.session.jobs.run(partial(attaching.contents, one=one), partial(self._ask_place, one))

    def _ask_place(self, one: Attachment, data: bytes) -> None:
        save_bytes(self._page, one.name, data)

    def _open(self, one: Attachment) -> None:
        look = partial(self._page.session.jobs.run, partial(attaching.contents, one=one), partial(self._look, one))
        if one.active:
            ask_before_opening(self._page, one.name, look)
        else:
            look()

    def _look(self, one: Attachment, data: bytes) -> None:
        open_bytes(self._page, one.name, data)


class AttachedDialog(Dialog):
    """The files of a filing, over its page."""

    def __init__(self, page: Page, owner: str, title: str) -> None:
        super().__init__(page, title, icon="file-text", tone="pri")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(min(theme.px(620), page.window().width() - 40))
        self.add_text("Ảnh, bản quét, PDF đã ký đi cùng văn bản trong gói; máy không sửa gì trong tệp.", "ink2")
        self.files = AttachedFiles(page, title="")
        self.body.addWidget(self.files)
        self.add_button("Đóng", "primary")
        # rows that came are known to the layout only after this
        self.files.changed.connect(lambda _owner, _count: QTimer.singleShot(0, self, self._fit))
        self.files.show_owner(owner)
        self.focus_first(self.files.choose)


class AttachedLink(Button):
    """ "Tệp kèm 2": how many files stand beside a filing; opens them."""

    def __init__(self, page: Page) -> None:
        super().__init__("Tệp kèm", "text", icon="file-text", size="small", act=self.open_files)
        self._page = page
        self._owner = ""
        self.dialog: AttachedDialog | None = None
        self.hide()

    def show_owner(self, owner: str) -> None:
        """The filing whose files are counted; "" for none."""
        self._owner = owner
        self.setVisible(bool(owner))
        if owner:
            self._page.session.jobs.run(partial(read_files, owner=owner), self._count)

    def _count(self, beside: Beside) -> None:
        self.tell(self._owner, len(beside.files))

    def tell(self, owner: str, count: int) -> None:
        """How many there are."""
        if owner == self._owner:
            self.setText(f"Tệp kèm: {count}" if count else "Tệp kèm")

    def open_files(self) -> None:
        """Shows the files, to add and take away."""
        if self._owner:
            self.dialog = AttachedDialog(self._page, self._owner, "Tệp kèm văn bản")
            self.dialog.files.changed.connect(self.tell)
            self.dialog.open()


def refused_words(refused: Sequence[Refused]) -> str:
    """Why files were not taken: a line for each reason, with the files it holds for."""
    alike: dict[object, list[Refused]] = {}
    for one in refused:
        alike.setdefault((one.why.code, one.why.facts.get("found")), []).append(one)
    return "\n".join(f"{first.why}{_others(rest)}" for first, *rest in alike.values())


def _others(refused: Sequence[Refused]) -> str:
    if not refused:
        return ""
    named = ", ".join(f"«{shortened_inside(one.name, _SHORT)}»" for one in refused[:_NAMED])
    more = f" và {len(refused) - _NAMED} tệp khác" if len(refused) > _NAMED else ""
    return f" Cũng vậy: {named}{more}."


def save_bytes(page: Page, name: str, data: bytes) -> QFileDialog:
    """Asks where a file shall be written, as it is."""
    return files.save_as(page, name, f"{Path(name).suffix.lstrip('.').upper()} (*{Path(name).suffix})", lambda: data)


def open_bytes(page: Page, name: str, data: bytes) -> None:
    """Opens a copy with the system's own program; what is changed there changes nothing here."""

    def job(_progress: Progress) -> Path:
        path = Path(tempfile.mkdtemp(prefix=passing.LOOK)) / name
        replace_whole(path, data)
        return path

    page.session.jobs.aside(job, _show_file, words=f"Đang mở {name}")


def ask_before_opening(page: Page, name: str, act: Callable[[], object]) -> None:
    """A PDF with scripts or files inside is opened only by one who said so."""
    ask(
        page,
        f"Mở «{name}»?",
        "Tệp PDF này có đoạn lệnh hoặc tệp khác bên trong. Máy giữ nguyên tệp. Chỉ mở khi biết chắc tệp từ đâu đến.",
        yes="Vẫn mở",
        no="Không mở",
        act=act,
        danger=True,
    )


def _show_file(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def _painted(_progress: Progress, extension: str, data: bytes, size: QSize) -> QImage | None:
    return thumbnail(extension, data, size)


def _nothing(_failure: BaseException) -> None:
    """A file without a thumbnail is shown with its icon; opening it tells what is wrong."""
