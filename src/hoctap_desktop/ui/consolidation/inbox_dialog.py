"""Which folder is watched for files of the units: chosen, another one, or none."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt

from hoctap_desktop.ui import files
from hoctap_desktop.ui.consolidation.inbox_watch import InboxWatch
from hoctap_desktop.ui.page import Page
from hoctap_desktop.ui.widgets.dialog import Dialog


class InboxDialog(Dialog):
    """The act of the first button is the one that is wanted most: choosing."""

    def __init__(self, page: Page, watch: InboxWatch) -> None:
        super().__init__(page, "Thư mục nhận", icon="inbox", tone="pri")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._page, self._watch = page, watch
        folder = watch.folder
        self.said = self.add_text(f"Đang theo dõi: {folder}" if folder is not None else "Chưa theo dõi thư mục nào.")
        self.body.addSpacing(4)
        self.add_text(
            "Máy xem thư mục này khi cửa sổ đang mở và báo có mấy tệp mới. Máy không tự nhận, không sửa, không dời, "
            "không xóa tệp nào. Tệp đang chép dở thì chờ chép xong. Tệp đã xem rồi không báo lại.",
            "ink2",
        )
        self.add_button("Để nguyên")
        if folder is not None:
            self.stop = self.add_button("Thôi theo dõi", act=lambda: watch.set_folder(None))
        self.choose = self.add_button("Chọn thư mục…", "primary", icon="folder-open", act=self._choose, first=True)

    def _choose(self) -> None:
        def chosen(paths: Sequence[Path]) -> None:
            self._watch.set_folder(paths[0])

        files.choose_folder(self._page, chosen)
