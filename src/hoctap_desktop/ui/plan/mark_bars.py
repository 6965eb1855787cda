"""What is left of last year's plan in a text: tinted words, and under their block a bar with the two answers."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QTextBlock
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from hoctap_desktop.foundation.text import shortened
from hoctap_desktop.ui import theme
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.plan.block_view import BlockView
from hoctap_desktop.ui.plan.layout import BAR, GUTTER, RIGHT
from hoctap_desktop.ui.plan.mark_words import ShownMark
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.labels import ElidedLabel, IconLabel

_ABOVE, _BELOW = 2, 4
_LONGEST = 28


class _Bar(QFrame):
    """The bar of one block: of its first mark."""

    def __init__(self, parent: QWidget, mark: ShownMark, acted: Callable[[str, str], object]) -> None:
        super().__init__(parent)
        self.mark = mark
        self.setProperty("card", "warn")
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setAccessibleName(f"{mark.said} «{mark.words}»")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 8, 0)
        row.setSpacing(8)
        row.addWidget(IconLabel("triangle-alert", "warn", 16))
        said = ElidedLabel(mark.said, "body")
        row.addWidget(said, 1)
        for act, words, kind in (("change", mark.change, "secondary"), ("keep", "Giữ nguyên", "link")):
            if words:
                button = Button(shortened(words, _LONGEST), kind, size="small")
                button.setAccessibleName(f"{words}: «{mark.words}»")
                button.setToolTip(f"{words} ({'Alt+D' if act == 'change' else 'Alt+G'})")
                button.clicked.connect(lambda _checked=False, act=act: acted(mark.key, act))
                row.addWidget(button)


class MarkBars(QObject):
    """Keeps the bars of one editor where their blocks are."""

    def __init__(self, editor: BlockView, acted: Callable[[str, str], object]) -> None:
        super().__init__(editor)
        self._editor = editor
        self._acted = acted
        self._marks: tuple[ShownMark, ...] = ()
        self._bars: dict[str, _Bar] = {}
        self._blocks: dict[int, ShownMark] = {}  # text block -> its first mark
        editor.verticalScrollBar().valueChanged.connect(self.place)
        editor.blocks.moved.connect(self.place)
        editor.viewport().installEventFilter(self)

    def show_marks(self, marks: Sequence[ShownMark]) -> None:
        """These marks instead of those shown."""
        self._blocks = {}
        tinted: dict[int, list[tuple[str, int]]] = {}
        numbers = {field: self._editor.numbers(field) for field in {mark.field for mark in marks}}
        for mark in marks:
            if mark.place < len(numbers[mark.field]):
                number = numbers[mark.field][mark.place]
                self._blocks.setdefault(number, mark)
                tinted.setdefault(number, []).append((mark.words, mark.nth))
        self._editor.tint(tinted)
        open_ = {} if self._editor.isReadOnly() else self._blocks
        self._editor.blocks.set_bars(set(open_))
        self._blocks = dict(open_)
        wanted = {mark.key: mark for mark in self._blocks.values()}
        for key in [key for key, bar in self._bars.items() if wanted.get(key) != bar.mark]:
            gone = self._bars.pop(key)
            gone.hide()
            gone.deleteLater()
        self.place()

    def mark_here(self) -> ShownMark | None:
        """The mark whose bar stands under the caret's block."""
        return self._blocks.get(self._editor.textCursor().blockNumber())

    def place(self) -> None:
        """Bars of the blocks in sight to their places; the others away."""
        view = self._editor.viewport()
        scrolled = self._editor.verticalScrollBar().value()
        for number, mark in self._blocks.items():
            block: QTextBlock = self._editor.document().findBlockByNumber(number)
            row = self._editor.blocks.row(block)
            top = round(row.bottom()) - theme.px(BAR) - scrolled + _ABOVE
            seen = block.isValid() and -theme.px(BAR) < top < view.height()
            bar = self._bars.get(mark.key)
            if not seen:
                if bar is not None:
                    bar.hide()
                continue
            if bar is None:
                bar = self._bars[mark.key] = _Bar(view, mark, self._acted)
            width = view.width() - GUTTER + 8 - RIGHT
            bar.setGeometry(GUTTER - 8, top, width, theme.px(BAR) - _ABOVE - _BELOW)
            bar.show()

    @guarded(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.place()
        return super().eventFilter(watched, event)
