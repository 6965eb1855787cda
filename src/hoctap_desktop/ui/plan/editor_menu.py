"""The menu of the right button: Qt's own speaks English."""

from collections.abc import Callable

from PySide6.QtWidgets import QMenu

from hoctap_desktop.ui.plan.block_acts import BlockActs
from hoctap_desktop.ui.plan.blocks import is_table
from hoctap_desktop.ui.plan.field_acts import near_field


def menu_of(editor: BlockActs) -> QMenu:
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
        ("Chọn hết\tCtrl+A", editor.select_all, True),
        ("", None, False),
        ("Xóa cả phần thuộc nó\tCtrl+Shift+F5", editor.delete_part, free and has_part(editor)),
        ("Sửa bảng\tF2", editor.edit_table, free and is_table(editor.textCursor().block())),
        ("Số của đề mục\tF2", editor.edit_number, free and editor.head().kind == "heading"),
        ("Chèn thông tin chung\tCtrl+Space", editor.pick_field, free),
        *_of_field(editor, free),
    ):
        if act is None:
            menu.addSeparator()
            continue
        item = menu.addAction(words)
        item.setEnabled(on)
        item.triggered.connect(lambda _checked=False, act=act: act())
    if editor.actions():  # those the page has added
        menu.addSeparator()
        menu.addActions(editor.actions())
    return menu


def has_part(editor: BlockActs) -> bool:
    """True when something belongs to the current block."""
    first, end = editor.family()
    return end - first > 1


def _of_field(editor: BlockActs, free: bool) -> tuple[tuple[str, Callable[[], object], bool], ...]:
    """For the field at the caret: to where it is entered, and away from it."""
    field, _ = near_field(editor.textCursor())
    if not field:
        return ()
    place = editor.place_of_field(field)
    filled = bool(editor.values.get(field, "").strip())
    return (
        (f"Sửa ở mục {place}\tF2", editor.open_field, free and bool(place)),
        ("Thay bằng chữ thường", editor.field_to_plain, free and filled),
    )
