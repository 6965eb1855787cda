"""A hand at the block editor: keys, an input method, the caret; and what then stands there."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFont, QInputMethodEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QApplication

from hoctap_desktop.plan.headings import heading_looks
from hoctap_desktop.plan.outline import Block
from hoctap_desktop.ui.plan import blocks as b
from hoctap_desktop.ui.plan.editor import BlockEditor

VALUES = {"week.from": "06/10/2022", "week.to": "12/10/2022", "opening.place": "", "year": "2022"}
LABELS = {"week.from": "Từ ngày", "week.to": "Đến ngày", "opening.place": "Nơi khai mạc"}
TEXT = """Mở đầu năm {{year}}:

# Mục đích

## Thời gian

Từ ngày {{week.from}} đến ngày {{week.to}} tại {{opening.place}}.

- Thành phần: đại diện các đoàn thể.
  + Hội Khuyến học.

| TT | Việc |
| --- | --- |
| 1 | Khai mạc |

# Tổ chức thực hiện {III.}

Hết."""
Key = Qt.Key
Mod = Qt.KeyboardModifier


def press(editor: BlockEditor, key: Key, modifiers: Mod = Mod.NoModifier, text: str = "") -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(editor, QKeyEvent(kind, key, modifiers, text))


def type_in(editor: BlockEditor, words: str) -> None:
    """Letters as a keyboard of the system sends them, Vietnamese ones too."""
    for letter in words:
        press(editor, Key.Key_Space if letter == " " else Key.Key_unknown, text=letter)


def commit(editor: BlockEditor, words: str, *, replace: tuple[int, int] = (0, 0), preedit: str = "") -> None:
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(words, *replace)
    QApplication.sendEvent(editor, event)


def caret(editor: BlockEditor, block: int, at: int = 0, *, until: tuple[int, int] | None = None) -> None:
    document = editor.document()
    cursor = QTextCursor(document.findBlockByNumber(block))
    cursor.setPosition(cursor.position() + at)
    if until is not None:
        cursor.setPosition(document.findBlockByNumber(until[0]).position() + until[1], QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)


def end_of(editor: BlockEditor, block: int) -> int:
    return editor.document().findBlockByNumber(block).length() - 1


def heads(editor: BlockEditor) -> list[str]:
    return [f"{x.kind}{x.level or ''}" for x in map(b.head_of, b.blocks_of(editor.document()))]


def numbers(editor: BlockEditor) -> list[str]:
    return [editor.number_of(n) for n in range(editor.document().blockCount())]


def heights_are_right(editor: BlockEditor) -> bool:
    now = editor.blocks.heights()
    editor.document().setPageSize(editor.document().pageSize())  # a whole relayout
    return now == editor.blocks.heights()


def bold_blocks(editor: BlockEditor) -> set[int]:
    """Numbers of the text blocks shown wholly bold by rule."""
    return {
        block.blockNumber()
        for block in b.blocks_of(editor.document())
        if block.text().strip()
        and any(
            one.start == 0 and one.length == block.length() - 1 and one.format.fontWeight() >= QFont.Weight.Bold
            for one in block.layout().formats()
        )
    }


def printed_bold(kept: Sequence[Block | None]) -> set[int]:
    """Numbers of the text blocks that are printed wholly bold as headings."""
    stored = {number: block for number, block in enumerate(kept) if block is not None}
    places = list(stored)
    looks = heading_looks(tuple(stored.values()))
    return {places[at] for at, look in looks.items() if look.bold and stored[places[at]].text.strip()}
