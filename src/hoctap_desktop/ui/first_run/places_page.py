"""Page 3: where the data and their backup copies live, and the campaign to begin with."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from hoctap_desktop.campaign.repository import shipped
from hoctap_desktop.foundation.volumes import on_stick
from hoctap_desktop.store.place import PlaceFacts, look_at
from hoctap_desktop.ui import theme
from hoctap_desktop.ui.first_run import frame
from hoctap_desktop.ui.first_run.presenter import Judged, judge_backup, judge_data
from hoctap_desktop.ui.jobs import Jobs
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.fields import ChoiceField, TextField

_KINDS = "Dữ liệu (*.hoctap)"


@dataclass(frozen=True)
class Places:
    """data: the file; copies: the folder of the backup copies; campaign: id."""

    data: Path
    copies: Path
    campaign: str


class PlacesPage(QWidget):
    """`done(Places)`; `back()`. The places are looked at aside: a disk may take its time."""

    done = Signal(object)
    back = Signal()

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self._jobs = jobs
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        page, column = frame.page("Dữ liệu để ở đâu, bản sao để ở đâu?", "Mọi thứ ở máy này, không gửi đi đâu.")
        whole.addWidget(page)
        self.data = TextField("Tệp dữ liệu")
        self.copies = TextField("Thư mục bản sao (tự sao mỗi ngày)")
        for field, choose in ((self.data, self._choose_data), (self.copies, self._choose_copies)):
            line = QHBoxLayout()
            line.setSpacing(10)
            line.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
            words = f"Chọn nơi khác: {field.label.text()}"
            beside = QVBoxLayout()
            beside.addSpacing(theme.line_height("body") + 4)  # beside the box, not beside the label over it
            beside.addWidget(Button("Chọn nơi khác", icon="folder-open", act=choose, words=words))
            beside.addStretch(1)
            line.addLayout(beside)
            column.addLayout(line)
            column.addSpacing(14)
            field.left.connect(self.look_again)
        self.campaign = ChoiceField("Đợt bắt đầu làm")
        self.campaign.setMaximumWidth(460)
        for one in reversed(shipped()):
            self.campaign.add(one.name, one.id)
        column.addWidget(self.campaign)
        column.addSpacing(20)
        self.next = Button("Tiếp tục", "primary", icon="arrow-right", size="large", act=self._next)
        column.addWidget(frame.acts(self.next, Button("Về bước trước", size="large", act=self.back.emit)))
        column.addStretch(1)
        self._judged: tuple[Judged, Judged] = (Judged("normal", ""), Judged("normal", ""))
        self._wanted = False

    def show_places(self, data: Path, copies: Path) -> None:
        self.data.set_text(str(data))
        self.copies.set_text(str(copies))
        QTimer.singleShot(0, self, self.look_again)

    def places(self) -> Places:
        data, copies = (Path(field.text()).expanduser() for field in (self.data, self.copies))
        return Places(data, copies, str(self.campaign.data()))

    def look_again(self, _text: str = "") -> None:
        """Judges both places anew; what was found stands under the fields."""
        chosen = self.places()
        self._jobs.latest(self, partial(_facts, chosen), self._show)

    def _show(self, found: tuple[Places, PlaceFacts, bool, PlaceFacts, bool]) -> None:
        chosen, data, data_stick, copies, copies_stick = found
        self._judged = judge_data(data, data_stick), judge_backup(copies, copies_stick, data)
        for field, said in zip((self.data, self.copies), self._judged, strict=True):
            field.show_state(said.tone, said.words if said.tone != "normal" else "")
            field.show_hint(said.words if said.tone == "normal" else "")
        if self._wanted:
            self._wanted = False
            wrong = [
                field
                for field, said in zip((self.data, self.copies), self._judged, strict=True)
                if said.tone == "error"
            ]
            if wrong:
                wrong[0].edit.setFocus()
            else:
                self.done.emit(chosen)

    def _next(self) -> None:
        """On, once the places as they are now were looked at."""
        self._wanted = True
        self.look_again()

    def _choose_data(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, "Chọn nơi giữ dữ liệu", self.data.text(), _KINDS)
        if name:
            self.data.set_text(name if name.endswith(".hoctap") else f"{name}.hoctap")
            self.look_again()

    def _choose_copies(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "Chọn thư mục giữ bản sao", self.copies.text())
        if name:
            self.copies.set_text(name)
            self.look_again()


def _facts(chosen: Places) -> tuple[Places, PlaceFacts, bool, PlaceFacts, bool]:
    data, copies = chosen.data.parent, chosen.copies
    return chosen, look_at(data), on_stick(data), look_at(copies), on_stick(copies)
