"""Opening a sealed file in the window: dropped anywhere, chosen, or double-clicked. One dialog says what it is."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from hoctap_desktop.filing.model import Kind
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission.encrypted_files import OwnReader
from hoctap_desktop.submission.model import Verdict
from hoctap_desktop.submission.reply import ReplyAct
from hoctap_desktop.submission.seal import EXTENSION
from hoctap_desktop.submission.signer import Opener as OpenKey
from hoctap_desktop.ui import arrived as words
from hoctap_desktop.ui.arrived import Arrived, Next
from hoctap_desktop.ui.files import documents
from hoctap_desktop.ui.key_dialog import KeyDialog
from hoctap_desktop.ui.office_facts import read_facts
from hoctap_desktop.ui.problem_words import spoken_code
from hoctap_desktop.ui.session import Session
from hoctap_desktop.ui.widgets.dialog import Dialog

BUTTON = "Mở phiếu của cấp trên"
_ABOUT_UPPER = (
    "Đọc từng nhóm trên phiếu giấy của cấp trên (dòng «Dãy số khóa»), hoặc gọi điện hỏi cấp trên. Chỉ nhận khi cả sáu "
    "nhóm giống nhau. Máy chỉ hỏi một lần cho mỗi khóa."
)
_BANNER = "arrived"


class Bench(Protocol):
    """The window, as far as it is needed here."""

    def say(self, key: str, tone: str, text: str) -> None:
        """A banner over every page; "" takes it away."""

    def receive(self, paths: Sequence[Path]) -> None:
        """Brings up Tiếp nhận and reads the files there."""

    def unlock(self, readers: Sequence[OwnReader], act: Callable[[Sequence[OpenKey]], object]) -> None:
        """Asks for the passphrase of these keys, and goes on with those that are open then."""


class Opener(QObject):
    """Files wait in line: one dialog at a time. `bench` is the window, `over` the widget dialogs stand on."""

    def __init__(self, session: Session, bench: Bench, over: QWidget) -> None:
        super().__init__(over)
        self._session, self._bench, self._over = session, bench, over
        self._waiting: list[Path] = []
        self._busy = False
        self.dialog: Dialog | None = None
        over.setAcceptDrops(True)
        session.file_opened.connect(self.open)

    def open(self, path: Path) -> None:
        """Says what the file is and does what the person wants."""
        self._waiting.append(Path(path))
        self._go_on()

    def dragged(self, event: QDragEnterEvent) -> None:
        """Files over the window: ours may be let go there."""
        _ours(event)

    def dropped(self, event: QDropEvent) -> None:
        """Opens the files of ours among those let go over the window."""
        for path in _ours(event):
            self.open(path)

    def _go_on(self) -> None:
        if self._busy or not self._waiting:
            return
        self._busy = True
        self._look(self._waiting.pop(0))

    def _look(self, path: Path, keys: Sequence[OpenKey] = ()) -> None:
        job = partial(words.look_at, path=path, keys=keys)
        self._session.jobs.run(job, self._looked, self._failed, words=f"Đang xem {path.name}")

    def _free(self) -> None:
        self.dialog = None
        self._busy = False
        self._go_on()

    def _failed(self, failure: BaseException) -> None:
        self._session.problem.emit(failure)
        self._free()

    def _looked(self, arrived: Arrived) -> None:
        if arrived.silent and arrived.next is Next.TAKE:
            self._take(arrived)
            return
        dialog = Dialog(self._over, arrived.title, icon=arrived.icon, tone=arrived.tone)
        dialog.add_text(arrived.text)
        if arrived.code is not None and arrived.next is Next.NOTHING:
            dialog.add_details(f"{arrived.code.value}: {arrived.path}", f"Mã {spoken_code(arrived.code)}")
        dialog.add_button("Để sau" if arrived.button else "Đóng")
        if arrived.button:
            dialog.focus_first(dialog.add_button(arrived.button, "primary", act=partial(self._act, arrived)))
        self._show(dialog)

    def _show(self, dialog: Dialog) -> None:
        self.dialog = dialog
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(partial(self._closed, dialog))
        dialog.open()

    def _closed(self, dialog: Dialog, _result: int = 0) -> None:
        """Left alone the line goes on; an act that was chosen frees it when it is done."""
        if dialog.result() != Dialog.DialogCode.Accepted:
            self._free()

    def _act(self, arrived: Arrived) -> None:
        match arrived.next:
            case Next.TAKE:
                self._take(arrived)
                return
            case Next.COMPARE:
                self._compare(arrived)
                return
            case Next.UNLOCK:
                self._bench.unlock(arrived.wanted, partial(self._look_inside, arrived))
                return
            case Next.RECEIVE:
                self._bench.receive([arrived.path])
            case Next.SENT:
                self._session.navigate.emit("export", arrived.filing)
            case Next.KNOWN:
                self._go_to(arrived)
            case Next.NOTHING:
                pass
        self._free()

    def _look_inside(self, arrived: Arrived, keys: Sequence[OpenKey]) -> None:
        """Goes on as if the inner file had been opened; without a key the line is free for the next one."""
        if keys:
            self._look(arrived.path, keys)
        else:
            self._free()

    def _compare(self, arrived: Arrived) -> None:
        def differs() -> None:
            said = f"Dãy số của tệp «{arrived.path.name}» không khớp. Chưa nhận gì. Hãy gọi {arrived.unit}."
            self._bench.say(_BANNER, "danger", said)

        accept = partial(self._take, arrived, compared=True)
        dialog = KeyDialog(self._over, arrived.unit, arrived.fingerprint, 0, accept, differs, about=_ABOUT_UPPER)
        self._show(dialog)

    def _take(self, arrived: Arrived, *, compared: bool = False) -> None:
        def job(store: Store) -> Verdict:
            return words.take(store, arrived, compared=compared)

        self._session.jobs.run(job, partial(self._taken, arrived), self._failed, words="Đang nhận")

    def _taken(self, arrived: Arrived, verdict: Verdict) -> None:
        good = verdict.code is None
        self._bench.say(_BANNER, "ok" if good else "warn", verdict.sentence)
        if good:
            # a campaign may have come, a reply lights up its paper: whoever shows either reads again
            self._session.jobs.run(read_facts, partial(self._told, arrived), self._failed)
        else:
            self._free()

    def _told(self, arrived: Arrived, facts: object) -> None:
        if facts != self._session.facts:
            self._session.office_changed.emit(facts)
        self._session.changed.emit(arrived.filing)
        if not arrived.silent:
            self._go_to(arrived)
        self._free()

    def _go_to(self, arrived: Arrived) -> None:
        """A return slip leads to its first field, anything else to the road."""
        campaign, _, kind = arrived.filing.rpartition("-")
        if arrived.act is ReplyAct.RETURNED and campaign == self._session.campaign.id and kind in list(Kind):
            self._session.navigate.emit(kind, arrived.field or None)
        else:
            self._session.navigate.emit("home", None)


def _ours(event: QDropEvent) -> list[Path]:
    """Sealed files among what is dragged; where there are some it is taken, as a copy: the file stays where it is."""
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    ours = [path for path in paths if path.suffix.lower() == EXTENSION]
    if ours:
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
    return ours


def choose_slip(parent: QWidget, session: Session) -> QFileDialog:
    """Asks for a file of the upper unit and opens it."""
    start = session.settings.folder or documents()
    dialog = QFileDialog(parent, BUTTON, str(start), f"Gói của chương trình (*{EXTENSION})")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def chosen(names: Sequence[str]) -> None:
        for name in names:
            session.settings.folder = Path(name).parent
            session.file_opened.emit(Path(name))

    dialog.filesSelected.connect(chosen)
    dialog.open()
    return dialog
