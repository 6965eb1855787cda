"""The menu of the right button: Qt's own speaks English."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from hoctap_desktop.ui.plan.blocks import is_table

if TYPE_CHECKING:
    from hoctap_desktop.ui.plan.editor import BlockEditor


def menu_of(editor: "BlockEditor") -> QMenu:
    """Made fresh for where the caret is."""
    menu = QMenu(editor)
    free, chosen = not editor.isReadOnly(), editor.textCursor().hasSelection()
    for words, act, on in (
        ("Hoàn tác\tCtrl+Z", editor.step_back, free and editor.can_undo()),
        ("Làm lại\tCtrl+Y", editor.step_forth, free and editor.can_redo()),
        ("", None, False),
        ("Cắt\tCtrl+X", editor.cut_blocks, free and chosen),
        ("Chép\tCtrl+C", editor.copy, chosen),
        ("Dán\tCtrl+V", editor.paste, free and editor.canPaste()),
        ("Chọn hết\tCtrl+A", editor.selectAll, True),
        ("", None, False),
        ("Sửa bảng\tF2", editor.edit_table, free and is_table(editor.textCursor().block())),
    ):
        if act is None:
            menu.addSeparator()
            continue
        item = menu.addAction(words)
        item.setEnabled(on)
        item.triggered.connect(lambda _checked=False, act=act: act())
    return menu
