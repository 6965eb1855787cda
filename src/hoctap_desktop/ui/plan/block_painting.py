"""How blocks look beyond their letters: bold headings, slanted căn cứ, tinted words, numbers, names of the groups."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QSyntaxHighlighter, QTextBlock, QTextCharFormat
from PySide6.QtWidgets import QWidget

from hoctap_desktop.plan.page_text import Lines
from hoctap_desktop.ui import theme
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.plan import blocks as b
from hoctap_desktop.ui.plan.blocks import head_of
from hoctap_desktop.ui.plan.layout import CAPTION, GUTTER, NUMBER_RIGHT, RIGHT, STEP, BlockLayout
from hoctap_desktop.ui.widgets.qt_letters import qt_length, spread

_LIGHT, _BOLD = 0, 1


class Painted(Protocol):
    """What is painted on: a text in blocks."""

    blocks: BlockLayout
    lists: tuple[Lines, ...]

    def viewport(self) -> QWidget: ...

    def accessibleName(self) -> str: ...

    def number_of(self, number: int, /) -> str: ...

    def is_number_bold(self, number: int, /) -> bool: ...


class Headings(QSyntaxHighlighter):
    """Headings are bold as they are printed, căn cứ slanted, words to look at tinted: no step of undo, and not stored.

    The state Qt keeps of a text block is whether it is bold by now.
    """

    tinted: Mapping[int, Sequence[tuple[str, int]]] = {}
    bold: Collection[int] = ()  # numbers of the text blocks
    _behind = False

    def embolden(self, bold: Collection[int]) -> None:
        """These headings are bold from now on; Qt asks for blocks that change, `catch_up` for all others."""
        self.bold, self._behind = bold, True

    def catch_up(self) -> None:
        """What stands elsewhere than the change."""
        if not self._behind:
            return
        self._behind = False
        for number, block in enumerate(b.blocks_of(self.document())):
            if (number in self.bold) != (block.userState() == _BOLD):
                self.rehighlightBlock(block)

    @guarded(None)
    def highlightBlock(self, text: str) -> None:
        block, form, text = self.currentBlock(), QTextCharFormat(), spread(text)
        bold = block.blockNumber() in self.bold
        self.setCurrentBlockState(_BOLD if bold else _LIGHT)
        if bold:
            form.setFontWeight(QFont.Weight.Bold)
            self.setFormat(0, len(text), form)
        elif head_of(block).kind == "basis":
            form.setFontItalic(True)
            self.setFormat(0, len(text), form)
        for words, nth in self.tinted.get(block.blockNumber(), ()):
            places = [found.start() for found in re.finditer(re.escape(spread(words)), text)]
            if places:
                form.setBackground(theme.color("warn-tint"))
                form.setForeground(theme.color("warn"))
                form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
                form.setUnderlineColor(theme.color("warn-line"))
                self.setFormat(places[min(nth, len(places) - 1)], qt_length(words), form)


def paint_caption(view: Painted, painter: QPainter, block: QTextBlock, scrolled: int) -> None:
    """The name of a group over its first block; what to write there while it has only an empty line."""
    head, row = head_of(block), view.blocks.row(block).translated(0, -scrolled)
    known = next((one for one in view.lists if one.kind == head.kind), None)
    room = theme.px(CAPTION)
    if block.blockNumber():
        painter.fillRect(QRectF(0, row.top() - room, view.viewport().width(), 1), theme.color("line"))
    painter.setFont(theme.font("secondary", bold=True))
    painter.setPen(theme.color("ink2"))
    wide = row.width() - GUTTER - RIGHT
    box = QRectF(GUTTER, row.top() - room + 1, wide, room - 1)
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(box, flags, known.name if known else view.accessibleName())
    first, last = b.group_range(block)
    if known is not None and first == last and block.length() == 1:
        painter.setFont(theme.font("reading"))
        painter.setPen(theme.color("ink3"))
        metrics = painter.fontMetrics()
        first_sentence = known.hint.split(". ")[0].rstrip(".") + "." if known.hint else ""
        words = metrics.elidedText(first_sentence, Qt.TextElideMode.ElideRight, round(wide))
        line = block.layout().lineAt(0)
        baseline = block.layout().position().y() - scrolled + line.y() + line.ascent()
        if not block.layout().preeditAreaText():
            painter.drawText(QPointF(GUTTER, baseline), words)


def paint_number(view: Painted, painter: QPainter, block: QTextBlock, scrolled: int) -> None:
    """What stands in the gutter before a block, on the line of its first words."""
    words = view.number_of(block.blockNumber())
    layout = block.layout()
    if not words or not layout.lineCount():
        return
    line, head = layout.lineAt(0), head_of(block)
    baseline = layout.position().y() - scrolled + line.y() + line.ascent()
    painter.setFont(theme.font("reading", bold=view.is_number_bold(block.blockNumber())))
    painter.setPen(theme.color("ink"))
    width = painter.fontMetrics().horizontalAdvance(words)
    right = NUMBER_RIGHT + (STEP * (head.level - 1) if head.kind == "bullet" else 0)
    painter.drawText(max(4, right - width), round(baseline), words)
