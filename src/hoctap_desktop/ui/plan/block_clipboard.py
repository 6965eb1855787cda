"""Blocks on the clipboard: our own format with kinds and fields, and plain text with numbers and values."""

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QTextCursor, QTextDocument

from hoctap_desktop.document.model import Run
from hoctap_desktop.plan.outline import Block, Outline
from hoctap_desktop.plan.pasting import Pasted
from hoctap_desktop.ui.plan import blocks as b
from hoctap_desktop.ui.plan.block_view import BlockView
from hoctap_desktop.ui.plan.blocks import head_of, storable

MIME = "application/x-hoctap-blocks"


def mime_of(editor: BlockView) -> QMimeData:
    """The selection in both formats."""
    data = QMimeData()
    outline = selected_outline(editor)
    data.setData(MIME, b.to_json(outline).encode())
    data.setText(_selected_words(editor, outline))
    return data


def can_paste(source: QMimeData) -> bool:
    """True when there is something to paste."""
    return source.hasFormat(MIME) or source.hasText() or source.hasHtml()


def own_blocks(source: QMimeData) -> Outline | None:
    """Blocks that were copied from a text of ours; None for anything else."""
    if not source.hasFormat(MIME):
        return None
    return b.from_json(bytes(source.data(MIME).data()).decode("utf-8", "replace"))


def inside_line(pasted: Pasted, text: str) -> Pasted:
    """For a paste into a line that has letters: one line stays as it is, its number or dash too."""
    if len(pasted.outline) != 1 or pasted.outline[0].kind == "table":
        return pasted
    block = pasted.outline[0]
    words = " ".join(storable(text).split("\n")).strip("\r\n")
    styled = block.kind == "paragraph" and any(run.bold or run.italic for run in block.runs)
    return Pasted((Block("paragraph", 0, block.runs if styled or not words else (Run(words),)),), (), pasted.coding)


def selected_outline(editor: BlockView) -> Outline:
    """The blocks of the selection; a part of one block is a paragraph of these letters."""
    document, cursor = editor.document(), editor.textCursor()
    start, end = cursor.selectionStart(), cursor.selectionEnd()
    first, last = document.findBlock(start), document.findBlock(end)
    whole = start == first.position() and end == first.position() + first.length() - 1
    copy = QTextDocument()
    part = QTextCursor(copy)
    part.insertFragment(cursor.selection())
    found = list(b.raw_outline(copy))
    if first == last and not whole:
        return tuple(Block("paragraph", 0, block.runs) for block in found)
    if found and found[0].kind != "table":  # Qt forgets the kind of a fragment's first block
        head = head_of(first)
        found[0] = Block(head.kind, head.level, found[0].runs, head.mark, head.number)
        if head.kind == "table" or start > first.position():
            found[0] = Block("paragraph", 0, found[0].runs)
    return tuple(found)


def _selected_words(editor: BlockView, outline: Outline) -> str:
    first = editor.document().findBlock(editor.textCursor().selectionStart()).blockNumber()
    lines = []
    for index, block in enumerate(outline):
        mark = editor.number_of(first + index) if block.kind in ("heading", "bullet", "recipient") else ""
        if block.kind == "table":
            words = "\n".join("\t".join(editor.blocks.tables.words(cell) for cell in row) for row in block.rows)
        else:
            words = b.spoken(block, editor.values)
        lines.append(f"{mark} {words}" if mark else words)
    return "\n".join(lines)
