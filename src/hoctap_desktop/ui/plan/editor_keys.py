"""Which key does what in a block editor. What is not here is Qt's; all of it stands in resources/help/plan.md."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from hoctap_desktop.plan.programme import empty_programme
from hoctap_desktop.ui.plan import field_acts
from hoctap_desktop.ui.plan.block_acts import BlockActs
from hoctap_desktop.ui.plan.blocks import is_table

Act = Callable[[BlockActs], object]
_Key = Qt.Key
_NONE, _CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
_ALT, _SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
EMPTY_TABLE = (("TT", "Nội dung", "Ghi chú"), ("", "", ""))


def _edit(editor: BlockActs) -> None:
    """F2: the cells of a table, the place where a field's value stands, or the number of a heading."""
    if is_table(editor.textCursor().block()):
        editor.edit_table()
    elif field_acts.near_field(editor.textCursor())[0]:
        editor.open_field()
    else:
        editor.edit_number()


ACTS: Mapping[tuple[Qt.KeyboardModifier, Qt.Key], Act] = {
    (_CTRL, _Key.Key_B): lambda editor: editor.toggle("bold"),
    (_CTRL, _Key.Key_I): lambda editor: editor.toggle("italic"),
    (_CTRL, _Key.Key_Y): lambda editor: editor.step_forth(),
    (_CTRL, _Key.Key_0): lambda editor: editor.set_kind("paragraph", 0),
    (_CTRL, _Key.Key_1): lambda editor: editor.set_kind("heading", 1),
    (_CTRL, _Key.Key_2): lambda editor: editor.set_kind("heading", 2),
    (_CTRL, _Key.Key_3): lambda editor: editor.set_kind("heading", 3),
    (_CTRL, _Key.Key_4): lambda editor: editor.set_kind("heading", 4),
    (_CTRL, _Key.Key_5): lambda editor: editor.set_kind("bullet", 1),
    (_CTRL, _Key.Key_6): lambda editor: editor.insert_table(EMPTY_TABLE),
    (_CTRL, _Key.Key_7): lambda editor: editor.insert_table(empty_programme().rows),
    (_CTRL, _Key.Key_D): lambda editor: editor.duplicate(),
    (_CTRL, _Key.Key_Space): lambda editor: editor.pick_field(),
    (_ALT, _Key.Key_Up): lambda editor: editor.move_by(-1),
    (_ALT, _Key.Key_Down): lambda editor: editor.move_by(1),
    (_NONE, _Key.Key_F2): _edit,
    (_NONE, _Key.Key_F5): lambda editor: editor.add_block(),
    (_SHIFT, _Key.Key_F5): lambda editor: editor.delete_blocks(),
    (_CTRL | _SHIFT, _Key.Key_F5): lambda editor: editor.delete_part(),
    (_CTRL, _Key.Key_A): lambda editor: editor.select_all(),
}


def own_key(editor: BlockActs, event: QKeyEvent) -> bool:
    """Does what the key is for; False for a key that is Qt's."""
    key = event.key()
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    control, alt = bool(held & _CTRL), bool(held & _ALT)
    act = ACTS.get((held, _Key(key))) if key in _KNOWN else None
    if act is not None:
        act(editor)
    elif event.matches(QKeySequence.StandardKey.Undo):
        editor.step_back()
    elif event.matches(QKeySequence.StandardKey.Redo):
        editor.step_forth()
    elif any(event.matches(line) for line in _WHOLE_LINES):
        return True  # of Linux alone, without a question: fields and a whole table would go by one key
    elif event.matches(QKeySequence.StandardKey.Cut):
        editor.cut_blocks()
    elif event.matches(QKeySequence.StandardKey.Delete) or event.matches(QKeySequence.StandardKey.DeleteEndOfWord):
        return editor.delete_key(event, back=False)
    elif key == _Key.Key_Backspace and not alt:
        return editor.delete_key(event, back=True)
    elif key in (_Key.Key_Return, _Key.Key_Enter):
        if control:
            editor.take_offer()
        else:
            editor.enter()
    elif key == _Key.Key_Escape:
        return editor.strip is not None and editor.strip.dismiss()
    elif key == _Key.Key_Tab and not control:
        editor.demote()
    elif key == _Key.Key_Backtab:
        editor.promote()
    elif event.text() and event.text().isprintable() and not (control and not alt):
        return editor.type_letter(event)
    else:
        return False
    return True


_WHOLE_LINES = (QKeySequence.StandardKey.DeleteEndOfLine, QKeySequence.StandardKey.DeleteCompleteLine)
_KNOWN = frozenset(int(key) for _, key in ACTS)
