"""The strip over the blocks: undo, kind, indent, move, fields, delete."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from hoctap_desktop.foundation.text import shortened
from hoctap_desktop.plan.programme import empty_programme
from hoctap_desktop.ui import theme
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.plan.editor import BlockEditor
from hoctap_desktop.ui.plan.editor_keys import EMPTY_TABLE
from hoctap_desktop.ui.plan.presenter import Choice
from hoctap_desktop.ui.widgets import choice
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.labels import ElidedLabel, IconLabel, rule

KIND_WORDS = {
    ("heading", 1): "Đề mục 1",
    ("heading", 2): "Đề mục 2",
    ("heading", 3): "Đề mục 3",
    ("heading", 4): "Đề mục 4",
    ("paragraph", 0): "Đoạn văn",
    ("bullet", 1): "Gạch đầu dòng",
}
KIND_TIP = (
    "Kiểu của khối: đề mục Ctrl+1 đến Ctrl+4, đoạn văn Ctrl+0, gạch đầu dòng Ctrl+5,\n"
    "chèn bảng Ctrl+6, chèn chương trình Ctrl+7"
)
TABLE_WORDS = "Bảng"
PROGRAMME_WORDS = "Chương trình"
LINE_WORDS = "Một dòng"
CLOSED_WORDS = "Chỉ đọc. Cần sửa thì lập lần sau."
FIELD_WORDS = "Chèn thông tin chung"


class BlockToolbar(QWidget):
    """Acts on the current block of one editor; follows its caret."""

    def __init__(self, editor: BlockEditor, choices: Callable[[], Sequence[Choice]]) -> None:
        super().__init__()
        self._editor = editor
        self._choices = choices
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = self._row = QHBoxLayout()
        row.setContentsMargins(6, 0, 4, 0)
        row.setSpacing(0)
        self._acts = QWidget()
        self._acts.setLayout(row)
        self._closed = QWidget()
        told = QHBoxLayout(self._closed)
        told.setContentsMargins(24, 0, 8, 0)
        told.setSpacing(9)
        told.addWidget(IconLabel("lock", "ink2", 18))
        told.addWidget(ElidedLabel(CLOSED_WORDS, "body", "ink2"), 1)
        column.addWidget(self._acts, 1)
        column.addWidget(self._closed, 1)
        column.addWidget(rule())
        self.setFixedHeight(theme.px(41))
        self.undo = self._icon("undo", "Hoàn tác (Ctrl+Z); làm lại: Ctrl+Y", editor.step_back)
        self.kind = choice.Choice()
        self.kind.setProperty("kind", "tool")
        self.kind.setAccessibleName("Kiểu của khối")
        self.kind.setToolTip(KIND_TIP)
        for (kind, level), words in KIND_WORDS.items():
            self.kind.addItem(words, (kind, level))
        for words, rows in ((TABLE_WORDS, EMPTY_TABLE), (PROGRAMME_WORDS, empty_programme().rows)):
            self.kind.addItem(words, rows)
        if editor.lists:
            self.kind.addItem(LINE_WORDS)
        self._fit_kind()
        theme.changed().changed.connect(self._fit_kind)
        self.kind.activated.connect(self._choose)
        self.outdent = self._icon("indent-decrease", "Lên một cấp, cả phần thuộc nó (Shift+Tab)", editor.promote)
        self.indent = self._icon("indent-increase", "Xuống một cấp, cả phần thuộc nó (Tab)", editor.demote)
        self.up = self._icon("arrow-up", "Chuyển lên cả phần thuộc nó (Alt+mũi tên lên)", editor.move_up)
        self.down = self._icon("arrow-down", "Chuyển xuống cả phần thuộc nó (Alt+mũi tên xuống)", editor.move_down)
        self.field = Button(FIELD_WORDS, "plain", icon="calendar-days", words=FIELD_WORDS, act=self._open_fields)
        self.field.setToolTip(f"{FIELD_WORDS} (Ctrl+Space)")
        self.delete = self._icon("trash-2", "Xóa khối (Shift+F5)", editor.delete_blocks)
        for part in (self.undo, self._line(), self.kind, self._line()):
            row.addWidget(part)
        for part in (self.outdent, self.indent, self.up, self.down, self._line()):
            row.addWidget(part)
        row.addWidget(self.field)
        row.addStretch(1)
        row.addWidget(self.delete)
        editor.moved.connect(self.follow)
        editor.document().undoAvailable.connect(lambda _on: self.follow())
        editor.edited.connect(self._follow_undo)
        self.follow()

    def follow(self) -> None:
        """Shows the kind of the current block, and what may be done."""
        head = self._editor.head()
        free = not self._editor.isReadOnly()
        self._acts.setVisible(free)
        self._closed.setVisible(not free)
        words = PROGRAMME_WORDS if self._editor.in_programme() else TABLE_WORDS
        listed = self._editor.list_here()
        if listed is not None:
            words = LINE_WORDS
        elif head.kind != "table":
            words = KIND_WORDS[head.kind, 1 if head.kind == "bullet" else head.level]
        self.kind.setCurrentText(words)
        shaped = free and head.kind != "table" and listed is None
        self.kind.setEnabled(shaped)
        self.undo.setEnabled(free and self._editor.can_undo())
        for part in (self.outdent, self.indent):
            part.setEnabled(shaped)
        for part in (self.up, self.down, self.field, self.delete):
            part.setEnabled(free)

    def _follow_undo(self) -> None:
        self.undo.setEnabled(not self._editor.isReadOnly() and self._editor.can_undo())

    @guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        # In a narrow pane the longest button keeps its icon only.
        self.field.setText(FIELD_WORDS)
        if self._row.sizeHint().width() > event.size().width():
            self.field.setText("")
        super().resizeEvent(event)

    @guarded(QSize(200, 41))
    def minimumSizeHint(self) -> QSize:
        return QSize(200, theme.px(41))

    def fields_menu(self) -> QMenu:
        """The fields that may be put in, with their values, made fresh."""
        menu = QMenu(self)
        for one in self._choices():
            words = f"{one.label}: {shortened(one.value, 40)}" if one.value else f"{one.label} (chưa nhập)"
            act = menu.addAction(words.replace("&", "&&"))
            act.triggered.connect(lambda _checked=False, field=one.field: self._insert(field))
        return menu

    def _insert(self, field: str) -> None:
        self._editor.insert_field(field)
        self._editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_fields(self) -> None:
        menu = self.fields_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.field.mapToGlobal(self.field.rect().bottomLeft()))

    def _choose(self, index: int) -> None:
        """A kind for the block; a table or a programme comes in under it."""
        found = self.kind.itemData(index)
        self._editor.setFocus(Qt.FocusReason.OtherFocusReason)
        if found is None:  # a line is one by where it stands
            self.follow()
        elif index < len(KIND_WORDS):
            self._editor.set_kind(found[0], found[1])
        else:
            self._editor.insert_table(found)
            self.follow()

    def _icon(self, icon: str, words: str, act: Callable[[], object]) -> Button:
        def run() -> None:
            act()
            self._editor.setFocus(Qt.FocusReason.OtherFocusReason)

        return Button("", "icon", icon=icon, words=words, act=run)

    def _fit_kind(self) -> None:
        metrics = QFontMetrics(theme.font("body"))
        self.kind.setFixedWidth(
            max(metrics.horizontalAdvance(words) for words in (*KIND_WORDS.values(), PROGRAMME_WORDS, LINE_WORDS)) + 36
        )

    @staticmethod
    def _line() -> QWidget:
        line = rule("v")
        line.setFixedHeight(theme.px(18))
        holder = QWidget()
        layout = QHBoxLayout(holder)
        layout.setContentsMargins(3, 0, 3, 0)
        layout.addWidget(line)
        return holder
