"""Two versions side by side: numbers in a table, texts with the words that differ marked."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableFormat,
)
from PySide6.QtWidgets import QFrame, QTextEdit

from hoctap_desktop.filing.differences import Differences, Line
from hoctap_desktop.ui import theme


class DifferenceView(QTextEdit):
    """Read only; scrolled with the arrow keys. What differs is struck out or underlined: never by colour alone."""

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setProperty("plain", "true")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("Chỗ khác nhau")
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self.document().setDocumentMargin(12)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # always: a table is as wide as the room was before the bar came
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)

    def say(self, words: str) -> None:
        """One sentence in place of differences."""
        self.clear()
        QTextCursor(self.document()).insertText(words, _face("reading", "ink2"))

    def show_differences(self, found: Differences, old: str, new: str) -> None:
        """old, new: the words of the two versions, for the heads."""
        self.clear()
        if not found.count:
            self.say(f"Không có gì khác nhau giữa «{old}» và «{new}».")
            return
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        cursor.insertText(f"{found.count} mục khác nhau", _face("bold", "ink"))
        if found.numbers:
            rows = [(one.label, one.old, one.new) for one in found.numbers]
            self._table(cursor, ("Mục", old, new), rows, (50, 25, 25), numbers=True)
        for text in found.texts:
            cursor.insertBlock()
            cursor.insertBlock(_spaced())
            cursor.insertText(text.label, _face("bold", "ink"))
            self._table(cursor, (old, new), [(pair.old, pair.new) for pair in text.pairs], (50, 50))
        cursor.endEditBlock()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def add_table(
        self, title: str, head: tuple[str, ...], rows: Sequence[tuple[str, ...]], shares: tuple[int, ...]
    ) -> None:
        """One more table under what stands; shares: of the width, in per cent."""
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        if not self.document().isEmpty():
            cursor.insertBlock()
            cursor.insertBlock(_spaced())
        cursor.insertText(title, _face("bold", "ink"))
        self._table(cursor, head, rows, shares, numbers=True)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def add_words(self, words: str) -> None:
        """A sentence under what stands."""
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertBlock(_spaced())
        cursor.insertText(words, _face("secondary", "ink2"))
        self.moveCursor(QTextCursor.MoveOperation.Start)

    @staticmethod
    def head(cursor: QTextCursor, words: str) -> None:
        """A bold line over what follows."""
        if not cursor.atStart():
            cursor.insertBlock()
            cursor.insertBlock(_spaced())
        cursor.insertText(words, _face("bold", "ink"))

    @staticmethod
    def _table(
        cursor: QTextCursor,
        head: tuple[str, ...],
        rows: Sequence[tuple[Line | str, ...]],
        shares: tuple[int, ...],
        *,
        numbers: bool = False,
    ) -> QTextTable:
        made = QTextTableFormat()
        made.setBorder(1)
        made.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        made.setBorderBrush(theme.color("line"))
        made.setBorderCollapse(True)
        made.setCellPadding(6)
        made.setTopMargin(6)
        made.setHeaderRowCount(1)
        made.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        made.setColumnWidthConstraints([QTextLength(QTextLength.Type.PercentageLength, share) for share in shares])
        table = cursor.insertTable(len(rows) + 1, len(head), made)
        for column, words in enumerate(head):
            cell = table.cellAt(0, column)
            shade = QTextCharFormat()
            shade.setBackground(theme.color("head"))
            cell.setFormat(shade)
            at = cell.firstCursorPosition()
            at.setBlockFormat(_aligned(right=numbers and column > 0))
            at.insertText(words, _face("bold", "ink"))
        for row, cells in enumerate(rows, 1):
            for column, content in enumerate(cells):
                at = table.cellAt(row, column).firstCursorPosition()
                block = _aligned(right=numbers and column > 0)
                # 16.500.000 in a narrow column stays one number: the column grows, the words beside it wrap
                said = "".join(span.text for span in content) if isinstance(content, tuple) else content
                block.setNonBreakableLines(_is_one_number(said))
                at.setBlockFormat(block)
                if isinstance(content, str):
                    at.insertText(content, _face("body", "ink"))
                    continue
                is_old = column == len(cells) - 2
                for span in content:
                    at.insertText(span.text, _marked(old=is_old) if span.marked else _face("body", "ink"))
        cursor.movePosition(QTextCursor.MoveOperation.End)
        return table


def _spaced() -> QTextBlockFormat:
    block = QTextBlockFormat()
    block.setTopMargin(4)
    return block


def _is_one_number(words: str) -> bool:
    return bool(words) and words.replace(".", "").isdigit()


def _aligned(*, right: bool) -> QTextBlockFormat:
    block = QTextBlockFormat()
    block.setAlignment(Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft)
    return block


def _face(role: str, token: str) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setFont(theme.font(role))
    made.setForeground(theme.color(token))
    return made


def _marked(*, old: bool) -> QTextCharFormat:
    made = _face("body", "danger" if old else "ok")
    made.setBackground(theme.color("danger-tint" if old else "ok-tint"))
    font = made.font()
    font.setStrikeOut(old)
    font.setUnderline(not old)
    made.setFont(font)
    return made
