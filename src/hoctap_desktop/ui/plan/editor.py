"""The block editor of a plan: which keys, input methods, clicks and pastes do which of its acts."""

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
)

from hoctap_desktop.foundation.text import unseen
from hoctap_desktop.plan.pasting import old_coding, told_coding
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.plan import cursor_acts as acts
from hoctap_desktop.ui.plan.block_acts import BlockActs
from hoctap_desktop.ui.plan.block_clipboard import can_paste, mime_of, own_blocks
from hoctap_desktop.ui.plan.blocks import is_table
from hoctap_desktop.ui.plan.editor_keys import own_key
from hoctap_desktop.ui.plan.editor_menu import menu_of
from hoctap_desktop.ui.widgets.coding_dialog import ask_coding
from hoctap_desktop.ui.widgets.unseen import seen_only


class BlockEditor(BlockActs):
    """One QTextEdit over one document; what it does stands in block_acts.py."""

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        letters = event.text()
        if letters and not letters.isascii() and not self.isReadOnly() and not seen_only(letters, self.name_here()):
            return
        if self.isReadOnly() or not own_key(self, event):
            super().keyPressEvent(event)

    @guarded(None)
    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if self.isReadOnly():
            event.ignore()
            return
        if unseen(event.commitString()):
            event.setCommitString(
                seen_only(event.commitString(), self.name_here()), event.replacementStart(), event.replacementLength()
            )
        if event.commitString() or event.preeditString():
            self.spare_field()
        cursor = self.textCursor()
        typing = bool(event.commitString() or event.preeditString())
        if typing and (cursor.hasSelection() or is_table(cursor.block())):
            self.give_up_selected()
            with self.step() as cursor:
                acts.clear_selection(cursor)
                acts.leave_table(cursor)
        super().inputMethodEvent(event)

    @guarded(None)
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on what is chosen begins anew: dragged to another program, Qt would take blocks away by itself."""
        here = self.cursorForPosition(event.position().toPoint())
        chosen = self.textCursor()
        plain = event.button() == Qt.MouseButton.LeftButton and event.modifiers() == Qt.KeyboardModifier.NoModifier
        if plain and chosen.selectionStart() <= here.position() <= chosen.selectionEnd() and chosen.hasSelection():
            self.setTextCursor(here)
        super().mousePressEvent(event)

    @guarded(None)
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        block = self.cursorForPosition(point).block()
        at = point.y() + self.verticalScrollBar().value()
        if is_table(block) and self.blocks.row(block).top() <= at <= self.blocks.row(block).bottom():
            self.put_caret(block.position())
            self.edit_table()
        elif field := self.field_at(event.position()):
            self.field_opened.emit(field)
        else:
            super().mouseDoubleClickEvent(event)

    @guarded(None)
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Mouse and not self.textCursor().hasSelection():
            self.setTextCursor(self.cursorForPosition(event.pos()))
        menu = menu_of(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    @guarded(None)
    def createMimeDataFromSelection(self) -> QMimeData:
        return mime_of(self)

    @guarded(False)
    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return can_paste(source)

    @guarded(None)
    def insertFromMimeData(self, source: QMimeData) -> None:
        if self.isReadOnly():
            return
        own = own_blocks(source)
        if own is not None:
            self.paste_own(own)
            return
        html, text = source.html() if source.hasHtml() else "", source.text()
        old = old_coding(html, text)
        if old is None:
            seen_only(text, self.name_here())
            self.paste_foreign(html, text)
            return
        coding, before, after = old
        ask_coding(
            self,
            f"Chữ vừa dán gõ bằng {told_coding(coding)}",
            before,
            after,
            lambda: self.paste_foreign(html, text, coding),
            lambda: self.paste_foreign(html, text),
        )
