"""Closing while something is under way, or while words are not on the disk: what is waited for, and the ways out."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from hoctap_desktop.ui.jobs import Jobs
from hoctap_desktop.ui.widgets.dialog import Dialog

HANGS_AFTER_MS = 10_000


class ClosingDialog(Dialog):
    """`close_window()`: nothing is under way any more, or the person gave it up. Esc and "Ở lại" keep the window."""

    close_window = Signal()

    def __init__(self, parent: QWidget, jobs: Jobs) -> None:
        super().__init__(parent, "Máy đang làm nốt một việc", icon="hourglass", tone="warn")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._jobs = jobs
        running = jobs.seen_job()
        what = f"{running.words}." if running is not None else "Đang ghi những gì anh, chị vừa làm."
        self.said = self.add_text(f"{what} Xong thì chương trình tự đóng.")
        self.stay = self.add_button("Ở lại", first=True)
        self.anyway = self.add_button("Đóng luôn", act=self._close_anyway, closes=False)
        self.anyway.hide()
        self.stop = self.add_button("Dừng việc này", act=self._stop, closes=False)
        self.stop.setVisible(running is not None and running.stoppable)
        jobs.idle.connect(self._idle)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hangs)
        self._timer.start(HANGS_AFTER_MS)

    def hangs(self) -> None:
        """It takes too long. Leaving is offered only when nothing is on its way to the office's own data."""
        if self._jobs.using_store():
            self.said.setText(f"{self._words()} Lâu hơn thường lệ. Dữ liệu chưa ghi xong nên chưa đóng được.")
            self._timer.start(HANGS_AFTER_MS)
        else:
            self.said.setText(
                f"{self._words()} Lâu hơn thường lệ, có thể USB không trả lời. Mọi thứ đã gõ đều đã lưu; đóng luôn thì "
                "chỉ bỏ dở việc này."
            )
            self.anyway.show()
        self._fit()

    def _words(self) -> str:
        running = self._jobs.seen_job()
        return f"{running.words}." if running is not None else "Máy vẫn đang làm."

    def _stop(self) -> None:
        self._jobs.stop()
        self.stop.disable("Đã bảo dừng, đợi bước đang làm xong")

    def _idle(self) -> None:
        self.accept()
        self.close_window.emit()

    def _close_anyway(self) -> None:
        if self._jobs.using_store():
            self.anyway.hide()
            return
        self._jobs.abandon()
        self.accept()
        self.close_window.emit()


class UnsavedDialog(Dialog):
    """Words that could not be written: closing now loses them. `again()`, `lose()`; Esc and "Ở lại" keep the window."""

    again = Signal()
    lose = Signal()

    def __init__(self, parent: QWidget, why: str) -> None:
        super().__init__(parent, "Còn chữ, số chưa lưu được", icon="triangle-alert", tone="warn")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.add_text(f"{why} Đóng bây giờ là mất những gì gõ từ lúc đó.")
        self.add_button("Đóng, bỏ phần này", "danger", act=self.lose.emit)
        self.add_button("Ở lại", first=True)
        self.add_button("Lưu lại rồi đóng", "primary", act=self.again.emit)
