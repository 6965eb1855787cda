"""Which key does what in a block editor. What is not here is Qt's."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from hoctap_desktop.ui.plan.blocks import is_table

if TYPE_CHECKING:
    from hoctap_desktop.ui.plan.editor import BlockEditor


def own_key(editor: "BlockEditor", event: QKeyEvent) -> bool:
    """Does what the key is for; False for a key that is Qt's."""
    key, with_keys = event.key(), event.modifiers()
    control = bool(with_keys & Qt.KeyboardModifier.ControlModifier)
    alt = bool(with_keys & Qt.KeyboardModifier.AltModifier)
    keys = Qt.Key
    if control and key in (keys.Key_B, keys.Key_I) and not alt:
        editor.toggle("bold" if key == keys.Key_B else "italic")
    elif event.matches(QKeySequence.StandardKey.Undo):
        editor.step_back()
    elif event.matches(QKeySequence.StandardKey.Redo) or (control and key == keys.Key_Y and not alt):
        editor.step_forth()
    elif event.matches(QKeySequence.StandardKey.Cut):
        editor.cut_blocks()
    elif event.matches(QKeySequence.StandardKey.Delete) or event.matches(QKeySequence.StandardKey.DeleteEndOfWord):
        return editor.delete_key(event, back=False)
    elif key == keys.Key_Backspace and not alt:
        return editor.delete_key(event, back=True)
    elif key in (keys.Key_Return, keys.Key_Enter):
        editor.enter()
    elif key == keys.Key_Tab and not control:
        editor.demote()
    elif key == keys.Key_Backtab:
        editor.promote()
    elif alt and key in (keys.Key_Up, keys.Key_Down):
        editor.move_by(-1 if key == keys.Key_Up else 1)
    elif key == keys.Key_F2 and is_table(editor.textCursor().block()):
        editor.edit_table()
    elif event.text() and event.text().isprintable() and not (control and not alt):
        return editor.type_letter(event)
    else:
        return False
    return True
