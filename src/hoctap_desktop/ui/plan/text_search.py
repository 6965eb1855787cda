"""Ctrl+F in the plan: in the texts in blocks, with what their fields show, and in the boxes; and other words there."""

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QApplication, QHBoxLayout, QTextEdit, QVBoxLayout, QWidget

from hoctap_desktop.ui import theme
from hoctap_desktop.ui.form_entry.boxes import PickedField
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.plan import text_hits
from hoctap_desktop.ui.plan.editor import BlockEditor
from hoctap_desktop.ui.plan.sheets import Sheet, Sheets
from hoctap_desktop.ui.plan.text_hits import Found
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.fields import LineEdit, LongEdit
from hoctap_desktop.ui.widgets.labels import Label
from hoctap_desktop.ui.widgets.page_text import stretches
from hoctap_desktop.ui.widgets.qt_letters import qt_length
from hoctap_desktop.ui.widgets.search_bar import LONGEST, FindStrip, QueryEdit

_SHIFT = Qt.KeyboardModifier.ShiftModifier
_RULE = "Khi thay, máy chỉ tìm đúng tiếng, đúng dấu."
_UNDO = "Muốn hoàn tác: Ctrl+Z ở nơi đã thay."
_ELSEWHERE = "lấy từ Thông tin chung, sửa ở đó"


class WordsEdit(QueryEdit):
    """The box of the other words: Enter puts them in, the other keys are those of the query."""

    entered = Signal()

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & _SHIFT:
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class TextSearch(FindStrip):
    """`reached(field)`: the hit the person is at stands in this field, whose sheet shall be seen.

    `replaced(field, text)`: other words for a box.
    """

    reached = Signal(str)
    replaced = Signal(str, str)

    def __init__(self, sheets: Sheets) -> None:
        super().__init__("Tìm trong kế hoạch")
        self._sheets = sheets
        self._hits: tuple[Found, ...] = ()
        self._current = -1
        self.words = WordsEdit()
        self.words.setMaxLength(LONGEST)
        self.words.setPlaceholderText("Thay bằng")
        self.words.setAccessibleName("Thay bằng")
        self.words.setMaximumWidth(theme.px(320))
        self.words.stepped.connect(self.step)
        self.words.entered.connect(self.replace)
        self.words.closed.connect(self.close_bar)
        self.more_button = Button("Thay", "text", size="small", act=self.ask_replace)
        self.more_button.setToolTip("Tìm và thay (Ctrl+Shift+F)")
        self.one_button = Button("Thay chỗ này", size="small", act=self.replace)
        self.all_button = Button("Thay hết", size="small", act=self.replace_all)
        self.said = Label(_RULE, "secondary", "ink2", wrap=True)
        self.more = QWidget()
        self._build_more()

    def _build_more(self) -> None:
        """Box under box and button under button: from the query Tab goes to the other words."""
        boxes, buttons, first = QVBoxLayout(), QVBoxLayout(), QHBoxLayout()
        boxes.setSpacing(4)
        buttons.setSpacing(4)
        first.setSpacing(6)
        boxes.addWidget(self.query)
        boxes.addWidget(self.words)
        for part in (self.count, self.previous, self.next, self.more_button):
            first.addWidget(part)
        first.addStretch(1)
        first.addWidget(self.close_button)
        second = QHBoxLayout(self.more)
        second.setContentsMargins(0, 0, 0, 0)
        second.setSpacing(6)
        second.addWidget(self.one_button)
        second.addWidget(self.all_button)
        second.addStretch(1)
        for line in (first, second):
            line.addStrut(self.query.sizeHint().height())
        buttons.addLayout(first)
        buttons.addWidget(self.more)
        while self.row.count():
            self.row.takeAt(0)
        self.row.addLayout(boxes, 1)
        self.row.addLayout(buttons)
        self.said.setContentsMargins(12, 0, 12, 6)
        outer = self.layout()
        assert isinstance(outer, QVBoxLayout)
        outer.insertWidget(1, self.said)
        self._show_more(False)

    def _show_more(self, shown: bool) -> None:
        for part in (self.words, self.more, self.said):
            part.setVisible(shown)

    def hits(self) -> tuple[Found, ...]:
        return self._hits

    # --- finding -------------------------------------------------------------------------------------------------

    def seek(self) -> None:
        if self.isHidden():
            return
        self.say(_RULE)
        self._hits = tuple(self._find())
        self._current = self._first()
        self._mark()
        if self._hits:
            self._go()

    def refresh(self) -> None:
        """The text has changed: the marks follow, the caret stays."""
        if not self.isHidden():
            self._hits = tuple(self._find())
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
        focused = QApplication.focusWidget()
        inside = focused is not None and self.isAncestorOf(focused)
        at = self._hits[self._current] if 0 <= self._current < len(self._hits) else None
        self.hide()
        self._show_more(False)
        self._hits = ()
        self._mark()
        sheet = self._sheets.current()
        if inside and sheet is not None:
            if at is not None and at.box and sheet.form is not None and at.field in sheet.form.boxes:
                sheet.form.boxes[at.field].edit.setFocus(Qt.FocusReason.OtherFocusReason)
            elif sheet.editor is not None:
                sheet.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            else:
                sheet.focus()

    def _whole(self) -> bool:
        return not self.more.isHidden()

    def _first(self) -> int:
        """The first hit from where the person is on."""
        sheet = self._sheets.current()
        if not self._hits or sheet is None:
            return 0 if self._hits else -1
        order = {id: number for number, every in enumerate(self._sheets) for id in every.fields}
        caret = sheet.editor.textCursor().selectionStart() if sheet.editor is not None else -1
        here = (order[sheet.fields[0]], caret)
        return next((n for n, hit in enumerate(self._hits) if (order[hit.field], hit.place) >= here), 0)

    def _find(self) -> Iterator[Found]:
        query, whole = self.query.typed(), self._whole()
        if not query.strip():
            return
        for sheet in self._sheets:
            for id, box in sheet.form.boxes.items() if sheet.form is not None else ():
                if not isinstance(box, PickedField):
                    yield from text_hits.in_box(query, id, box.text(), whole=whole)
            if sheet.editor is not None:
                yield from text_hits.in_text(query, sheet.editor, whole=whole)

    def _mark(self) -> None:
        self.show_count(self._current, len(self._hits))
        at = self._hits[self._current] if 0 <= self._current < len(self._hits) else None
        for _, editor in self._sheets.texts():
            here = [hit for hit in self._hits if not hit.box and hit.field in editor.fields()]
            editor.setExtraSelections([_mark(editor, hit) for hit in here if hit.cell is None])
            cells = {(hit.at, *hit.cell) for hit in here if hit.cell is not None}
            editor.blocks.tables.mark(cells, (at.at, *at.cell) if at in here and at.cell is not None else None)
            editor.viewport().update()
        for button in (self.one_button, self.all_button):
            if self._hits:
                button.enable()
            else:
                button.disable("Chưa có chỗ nào để thay.")

    def _go(self) -> None:
        hit = self._hits[self._current]
        self.reached.emit(hit.field)
        sheet = self._sheets.of(hit.field)
        if sheet is None:
            return
        where = _named(sheet, hit)
        self.count.setToolTip(where)
        self.query.setAccessibleDescription(f"{self.count.text()}, {where}")
        if hit.box:
            if sheet.form is not None:
                _choose(sheet.form.boxes[hit.field].edit, hit)
                sheet.form.ensureWidgetVisible(sheet.form.boxes[hit.field], 0, 24)
        elif sheet.editor is not None and hit.cell is not None:
            sheet.editor.put_caret(hit.at)
            sheet.editor.show_row(hit.at, hit.cell[0])
        elif sheet.editor is not None:
            cursor = sheet.editor.textCursor()
            cursor.setPosition(hit.start)
            cursor.setPosition(hit.end, QTextCursor.MoveMode.KeepAnchor)
            sheet.editor.show_chosen(cursor)

    # --- other words ---------------------------------------------------------------------------------------------

    def say(self, words: str) -> None:
        """A sentence under the box of the other words."""
        self.said.setText(words)

    def _is_fixed(self) -> bool:
        """Nothing may be changed: a final plan."""
        return any(editor.isReadOnly() for _, editor in self._sheets.texts())

    def ask(self) -> None:
        """Comes up; words are replaced only where they may be changed."""
        self.more_button.setHidden(self._is_fixed())
        super().ask()

    def ask_replace(self) -> None:
        """Opens the second row; where nothing may be changed, only the search."""
        if self._is_fixed():
            self.ask()
            return
        self._show_more(True)
        self.ask()
        self.seek()
        if self.query.typed().strip():
            self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.words.selectAll()

    def replace(self) -> None:
        """Other words for the hit the person is at, and on to the next one."""
        self.refresh()
        if not 0 <= self._current < len(self._hits):
            return
        hit, words = self._hits[self._current], self.words.typed()
        if hit.fixed:
            self.say(f"Chỗ này {_ELSEWHERE}.")
            self.step(1)
            return
        self._put([hit])
        self._hits = tuple(self._find())
        again = len(list(stretches(self.query.typed(), words, whole=True)))  # what was put there is not asked about
        self._current = (
            self._current + again if self._current + again < len(self._hits) else min(0, len(self._hits) - 1)
        )
        self._mark()
        self.say(f"Đã thay 1 chỗ. {_UNDO}")
        if self._hits:
            self._go()

    def replace_all(self) -> None:
        """Other words for all hits at once; those of one text are one step of undo."""
        self.refresh()
        fixed = sum(hit.fixed for hit in self._hits)
        count = len(self._hits) - fixed
        others = [sheet for sheet in self._sheets if sheet is not self._sheets.current()]
        changed = {hit.field for hit in self._hits if not hit.fixed}
        also = [f"«{sheet.section.label}»" for sheet in others if changed & set(sheet.fields)]
        self._put([hit for hit in self._hits if not hit.fixed])
        self.refresh()
        where = f", cả ở {', '.join(also)}" if also else ""
        said = f"Đã thay {count} chỗ{where}. {_UNDO}" if count else ""
        left = f"{fixed} chỗ {_ELSEWHERE}." if fixed else ""
        self.say(" ".join(part for part in (said, left) if part) or "Không có chỗ nào để thay.")

    def _put(self, hits: list[Found]) -> None:
        query, words = self.query.typed().strip(), self.words.typed()
        for sheet in self._sheets:
            for id, box in sheet.form.boxes.items() if sheet.form is not None else ():
                own = [hit for hit in hits if hit.box and hit.field == id]
                if own:
                    self.replaced.emit(id, text_hits.replaced(box.text(), own, query, words))
            if sheet.editor is not None:
                own = [hit for hit in hits if not hit.box and hit.field in sheet.editor.fields()]
                if own:
                    text_hits.replace_in_text(sheet.editor, own, query, words)


def _named(sheet: Sheet, hit: Found) -> str:
    """The name of the box or text a hit stands in."""
    if hit.box and sheet.form is not None:
        return sheet.form.boxes[hit.field].label.text()
    lists = sheet.editor.lists if sheet.editor is not None else ()
    return next((one.name for one in lists if one.field == hit.field), sheet.section.label)


def _choose(edit: object, hit: Found) -> None:
    if isinstance(edit, LineEdit):
        start, end = (qt_length(edit.text()[:at]) for at in (hit.start, hit.end))
        edit.setSelection(start, end - start)
    elif isinstance(edit, LongEdit):
        start, end = (qt_length(edit.toPlainText()[:at]) for at in (hit.start, hit.end))
        cursor = edit.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        edit.setTextCursor(cursor)


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
