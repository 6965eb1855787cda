"""A text in blocks through time: another state as one step of undo, undo and redo beyond what the window remembers."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal

from hoctap_desktop.filing.timeline import Timeline
from hoctap_desktop.plan.page_text import Lines
from hoctap_desktop.ui.plan import blocks as b
from hoctap_desktop.ui.plan import cursor_acts as acts
from hoctap_desktop.ui.plan.block_view import BlockView


class BlockSteps(BlockView):
    """`leaving` before and `landed` after a step of the window's own; `far(-1 or 1)` beyond these."""

    leaving = Signal()
    landed = Signal()
    far = Signal(int)

    def __init__(self, scheme: str, name: str, *, field: str = "body", lines: Sequence[Lines] = ()) -> None:
        super().__init__(scheme, name, field=field, lines=lines)
        self.past: Timeline | None = None
        self.take_answer_back: Callable[[], bool] = lambda: False  # what was decided of the text after its last change

    def replace(self, text: str) -> None:
        """Another page or text as one step that can be undone."""
        with self.step() as cursor:
            acts.replace(cursor, 0, self.document().blockCount() - 1, self.page_blocks(text), self.known)

    def can_undo(self) -> bool:
        return self.document().isUndoAvailable() or (self.past is not None and self.past.can_go_back())

    def can_redo(self) -> bool:
        return self.document().isRedoAvailable() or (self.past is not None and self.past.can_go_forth())

    def step_back(self) -> None:
        """Undo; beyond what this window remembers, the states from before.

        The caret stays where it is when only kinds changed: Qt would put it into the next block.
        """
        if self.isReadOnly() or self.take_answer_back():
            return
        if self.document().isUndoAvailable():
            self._through_time(self.undo)
        elif not self.isReadOnly():
            self.far.emit(-1)

    def step_forth(self) -> None:
        """Redo."""
        if self.document().isRedoAvailable():
            self._through_time(self.redo)
        elif not self.isReadOnly():
            self.far.emit(1)

    def _through_time(self, act: Callable[[], object]) -> None:
        if self.isReadOnly():
            return
        self.leaving.emit()
        words, at = self.toPlainText(), self.textCursor().position()
        act()
        if self.toPlainText() == words:
            self.put_caret(at)
        self.ensureCursorVisible()
        self.landed.emit()

    def show_state(self, text: str) -> None:
        """Another state of the page, which becomes the beginning of what this window remembers.

        Only blocks that differ are written; the caret goes to the end of them.
        """
        if text == self.page_text():
            return
        old, new = b.raw_outline(self.document()), self.page_blocks(text)
        shorter = min(len(old), len(new))
        low = next((n for n in range(shorter) if old[n] != new[n]), shorter)
        same = next((n for n in range(shorter - low) if old[-1 - n] != new[-1 - n]), shorter - low)
        if low + same == shorter:  # blocks only came or only went: with a neighbour there is something to replace
            low, same = (low, same - 1) if same else (low - 1, same)
        with self.step() as cursor:
            acts.replace(cursor, low, len(old) - 1 - same, new[low : len(new) - same], self.known)
        self.document().clearUndoRedoStacks()
