"""The menu of a cell of the report's table."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from hoctap_desktop.form.answers import WORDS
from hoctap_desktop.foundation.numbers import print_count
from hoctap_desktop.ui.report.figures_model import FiguresModel
from hoctap_desktop.ui.report.presenter import KEYS

if TYPE_CHECKING:
    from hoctap_desktop.ui.report.figures_view import FiguresView


def cell_menu(view: "FiguresView", model: FiguresModel) -> QMenu:
    """What can be done with the cell the cursor is in; where no number belongs only copying and pasting."""
    box = model.box(view.currentIndex())
    menu = QMenu(view)
    if box is not None and box.editable:
        for letter, kind in KEYS.items():
            act = menu.addAction(f"{WORDS[kind]}\t{letter}")
            act.triggered.connect(lambda _checked=False, kind=kind: view.stated.emit(box.field, kind))
        menu.addAction("Có làm, bằng 0\t0").triggered.connect(lambda: model.typed.emit(box.field, "0"))
        menu.addAction("Để trống\tDelete").triggered.connect(lambda: view.blanked.emit(view.chosen_fields()))
        if box.computed is not None:
            words = f"Lấy số máy cộng ({print_count(box.computed)})"
            menu.addAction(words).triggered.connect(lambda: view.computed_asked.emit(box.field))
        menu.addSeparator()
    menu.addAction("Chép\tCtrl+C").triggered.connect(view.copy)
    paste = menu.addAction("Dán\tCtrl+V")
    paste.triggered.connect(view.paste)
    paste.setEnabled(bool(QGuiApplication.clipboard().text()) and view.may_paste())
    if view.actions():
        menu.addSeparator()
        menu.addActions(view.actions())
    return menu
