"""As typist.py, and it says each change the moment it is typed too: "typed <field> <number> <seconds>".

python grid_clerk.py STORE BEGIN
"""

import sys
import time
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from hoctap_desktop.ui import theme
from tests.ui.flows.typist import Typist


class GridClerk(Typist):
    """Tells what was typed, not only what was acknowledged."""

    def type_one(self) -> None:
        super().type_one()
        field, number = self.typed[-1]
        print("typed", field, number, f"{time.monotonic():.3f}", flush=True)

    def acknowledged(self, _at: object) -> None:
        if self.typed and self.window.top.saved.text().startswith("Đã lưu"):
            field, number = self.typed.popleft()
            print("kept", field, number, f"{time.monotonic():.3f}", flush=True)


if __name__ == "__main__":
    app = QApplication([])
    theme.apply(app, theme.Theme())
    clerk = GridClerk(Path(sys.argv[1]), int(sys.argv[2]))
    QCoreApplication.exec()
