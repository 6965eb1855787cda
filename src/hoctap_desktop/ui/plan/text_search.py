"""Ctrl+F in the plan: in the texts in blocks, with what their fields show, and in the boxes; accents or not."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from hoctap_desktop.ui import theme
from hoctap_desktop.ui.plan import blocks as b
from hoctap_desktop.ui.plan import field_acts
from hoctap_desktop.ui.plan.editor import BlockEditor
from hoctap_desktop.ui.plan.sheets import Sheets
from hoctap_desktop.ui.widgets.marked_text import spans
from hoctap_desktop.ui.widgets.search_bar import FindStrip


@dataclass(frozen=True)
class Found:
    """field: the box or text; start, end: positions in the document of a text, or -1 in a box."""

    field: str
    start: int = -1
    end: int = -1


class TextSearch(FindStrip):
    """`reached(field)`: the hit the person is at stands in this field, whose sheet shall be seen."""

    reached = Signal(str)

    def __init__(self, sheets: Sheets) -> None:
        super().__init__("Tìm trong kế hoạch")
        self._sheets = sheets
        self._hits: tuple[Found, ...] = ()
        self._current = -1

    def hits(self) -> tuple[Found, ...]:
        return self._hits

    def seek(self) -> None:
        if self.isHidden():
            return
        self._hits = tuple(self._find(self.query.typed()))
        self._current = self._first()
        self._mark()
        if self._hits:
            self._go()

    def refresh(self) -> None:
        """The text has changed: the marks follow, the caret stays."""
        if not self.isHidden():
            self._hits = tuple(self._find(self.query.typed()))
            self._current = min(self._current, len(self._hits) - 1)
            self._mark()

    def step(self, by: int) -> None:
        if self._hits:
            self._current = (self._current + by) % len(self._hits)
            self._mark()
            self._go()

    def close_bar(self) -> None:
        if self.isHidden():
            return
        inside = self.query.hasFocus()
        self.hide()
        self._hits = ()
        self._mark()
        sheet = self._sheets.current()
        if inside and sheet is not None:
            if sheet.editor is not None:
                sheet.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            else:
                sheet.focus()

    def _first(self) -> int:
        """The first hit from where the person is on."""
        sheet = self._sheets.current()
        if not self._hits or sheet is None:
            return 0 if self._hits else -1
        order = {id: number for number, every in enumerate(self._sheets) for id in every.fields}
        caret = sheet.editor.textCursor().selectionStart() if sheet.editor is not None else -1
        here = (order[sheet.fields[0]], caret)
        later = (n for n, hit in enumerate(self._hits) if (order[hit.field], hit.start) >= here)
        return next(later, 0)

    def _find(self, query: str) -> Iterator[Found]:
        if not query.strip():
            return
        for sheet in self._sheets:
            boxes = sheet.form.boxes if sheet.form is not None else {}
            yield from (Found(id) for id, box in boxes.items() if spans(query, box.text()))
            if sheet.editor is not None:
                for block in b.blocks_of(sheet.editor.document()):
                    field = sheet.editor.field_of(block)
                    for start, end in _in_block(query, block, sheet.editor):
                        yield Found(field, block.position() + start, block.position() + end)

    def _mark(self) -> None:
        self.show_count(self._current, len(self._hits))
        for _, editor in self._sheets.texts():
            here = [hit for hit in self._hits if hit.start >= 0 and hit.field in editor.fields()]
            editor.setExtraSelections([_mark(editor, hit) for hit in here])

    def _go(self) -> None:
        hit = self._hits[self._current]
        self.reached.emit(hit.field)
        sheet = self._sheets.of(hit.field)
        if sheet is None:
            return
        if hit.start < 0:
            if sheet.form is not None:
                sheet.form.ensureWidgetVisible(sheet.form.boxes[hit.field], 0, 24)
        elif sheet.editor is not None:
            cursor = sheet.editor.textCursor()
            cursor.setPosition(hit.start)
            cursor.setPosition(hit.end, QTextCursor.MoveMode.KeepAnchor)
            sheet.editor.setTextCursor(cursor)
            sheet.editor.ensureCursorVisible()


def _in_block(query: str, block: QTextBlock, editor: BlockEditor) -> tuple[tuple[int, int], ...]:
    """Stretches of a text block, as positions in it; a field is one letter however long its value."""
    if b.is_table(block):
        return ((0, 1),) if spans(query, b.spoken(b.raw_block(block), editor.values)) else ()
    letters: list[str] = []
    places: list[int] = []
    cursor = QTextCursor(block)
    for at, letter in enumerate(block.text()):
        words = letter
        if letter == b.OBJECT:
            words = editor.values.get(field_acts.field_at(cursor, block.position() + at), "")
        letters.append(words)
        places += [at] * len(words)
    return tuple((places[low], places[high - 1] + 1) for low, high in spans(query, "".join(letters)))


def _mark(editor: BlockEditor, hit: Found) -> QTextEdit.ExtraSelection:
    made = QTextEdit.ExtraSelection()
    form = QTextCharFormat()
    form.setBackground(theme.color("search-hit"))
    if theme.theme().contrast:
        form.setFontUnderline(True)
    cursor = QTextCursor(editor.document())
    cursor.setPosition(hit.start)
    cursor.setPosition(hit.end, QTextCursor.MoveMode.KeepAnchor)
    made.cursor, made.format = cursor, form
    return made
